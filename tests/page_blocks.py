"""The blocks of code of a Markdown page, and how each kind is put to the proof.

A page has a folder of its own, with the examples and situations in it, in which its blocks are
tried from top to bottom, as a reader would:

=============  ==========================================================================
``console``    each line after ``$`` is run; what stands below it is what it prints
``yaml``       a case is read; what is only expected is asked of a case; else it is parsed
``json toml``  parsed
``python``     run by pytest, as a module
``markdown``   each callflow fence in it is drawn
``{...}``      a directive of Sphinx: the build of the site is its proof
=============  ==========================================================================

``<!-- file: NAME -->`` above a block puts it into the folder under that name. Any other kind of
block is an error, so that none is passed by.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from callflow.call.loading import case_from_bytes, case_from_mapping, load_case
from callflow.publish.embedded import Place, embedded
from callflow.publish.fence import fences
from callflow.verify.check import check

ROOT = Path(__file__).parent.parent

#: What sets a machine up, or asks for tests that a reader has.
_NOT_RUN = re.compile(r"(make|pip|git|apt|pytest|cd|sphinx-build|mkdocs|zensical)\b")
#: Shown for what it is, with nothing to try.
_PLAIN = frozenset(("", "text", "rst"))

_FILE = re.compile(r"[ ]*<!-- file: (\S+) -->")
_FENCE = re.compile(r"([ ]*)(`{3,}|~{3,})(.*)")
_TOOK = re.compile(r"(?m)^((?:.* {2,})?)\d+\.\d\d s$")


class Block(NamedTuple):
    """A block: the line of its first line of code (from 1), its kind, its text, its file's name."""

    line: int
    language: str
    text: str
    file: str | None


def blocks(page: str) -> Iterator[Block]:
    """The blocks of a page."""
    lines = page.splitlines()
    at = 0
    while at < len(lines):
        opened = _FENCE.fullmatch(lines[at])
        at += 1
        if not opened:
            continue
        indent, mark, kind = opened.groups()
        end = next(n for n in range(at, len(lines)) if lines[n].strip() == mark)
        named = _FILE.fullmatch(lines[at - 2]) if at > 1 else None
        text = "".join(line.removeprefix(indent) + "\n" for line in lines[at:end])
        yield Block(at + 1, kind.strip(), text, named and named[1])
        at = end + 1


def pages() -> list[Path]:
    """The README and every page of the site but those that are written when it is built."""
    written = {ROOT / "docs" / "call", ROOT / "docs" / "notebooks"}
    found = sorted((ROOT / "docs").rglob("*.md"))
    return [ROOT / "README.md", *(page for page in found if written.isdisjoint(page.parents))]


def folder_for_page(folder: Path) -> Path:
    """The folder that a page is tried in."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    shutil.copytree(ROOT / "callflow" / "situations", folder / "callflow" / "situations")
    shutil.copy(ROOT / "tests" / "cases" / "first.yaml", folder)
    return folder


class Told(NamedTuple):
    """A command of a ``console`` block, with what is shown of what it prints."""

    command: str
    shown: str

    def __str__(self) -> str:
        return f"$ {self.command}\n{self.shown}"


def commands(block: Block) -> tuple[str, list[Told]]:
    """What stands before the first prompt, and the commands."""
    head, *parts = re.split(r"(?m)^\$ ", block.text)
    return head, [Told(*part.split("\n", 1)) for part in parts]


def printed(command: str, folder: Path) -> tuple[int, str]:
    """What a command prints, with the time that it took made equal."""
    if command.startswith("callflow preview"):
        return _previewed(command, folder)
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, _TOOK.sub(r"\g<1>0.01 s", done.stdout)


def _environment() -> dict[str, str]:
    environment = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    return environment


def _previewed(command: str, folder: Path) -> tuple[int, str]:
    """What a preview prints, which a reader ends with Ctrl-C when it has told its address."""
    with subprocess.Popen(
        ["sh", "-c", f"exec {command} --no-open"],
        cwd=folder,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as page:
        assert page.stdout is not None
        told = page.stdout.readline()
        page.send_signal(signal.SIGINT)
        told += page.stdout.read()
    return page.returncode, told


def try_console(block: Block, folder: Path) -> str:
    """The block as it should read. A command below which nothing stands must only be understood."""
    head, told = commands(block)
    assert told or _NOT_RUN.match(head), f"line {block.line}: no command after a $"
    now = [head]
    for one in told:
        if _NOT_RUN.match(one.command):
            now.append(str(one))
            continue
        status, out = printed(one.command, folder)
        if not one.shown.strip():
            assert status in (0, 1), out
        now.append(str(Told(one.command, out if one.shown.strip() else one.shown)))
    return "".join(now)


def try_block(block: Block, folder: Path) -> None:
    """Put a block that prints nothing to the proof."""
    if block.file:
        (folder / block.file).parent.mkdir(parents=True, exist_ok=True)
        (folder / block.file).write_text(block.text, encoding="utf-8")
    if block.language == "yaml":
        _try_yaml(block, folder)
    elif block.language == "json":
        json.loads(block.text)
    elif block.language == "toml":
        tomllib.loads(block.text)
    elif block.language == "markdown":
        lines = block.text.splitlines()
        for number, found in enumerate(fences(lines), 1):
            assert found.readable
            options = dict(re.findall(r'(\w+)="(.*?)"', found.header))
            place = Place(page=folder / "page.md", docs=folder, number=number)
            embedded("\n".join(found.body), options, place)
    else:
        known = block.language in _PLAIN or block.language.startswith("{")
        assert known or block.language in ("python", "console"), block


def _try_yaml(block: Block, folder: Path) -> None:
    value = yaml.load(block.text, Loader=_AnyTag)  # noqa: S506 - it makes nothing of tags
    if "request" in value:
        case_from_bytes(block.text.encode(), "yaml", folder=str(folder))
    elif set(value) == {"expect"}:
        case = load_case(str(folder / "examples" / "callback.yaml"))
        from callflow.call.loading import case_to_dict

        whole = {**case_to_dict(case), **value}
        assert not check("page", lambda: case_from_mapping(whole)).problems


class _AnyTag(yaml.SafeLoader):
    """Settings of MkDocs name functions by a tag."""


_AnyTag.add_multi_constructor("", lambda *_: None)
