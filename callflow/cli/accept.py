"""``callflow check PATH... --accept``: what happens now becomes what is expected.

The change is shown as a diff first. At a terminal it is asked whether to write it; elsewhere
``--yes`` writes it, and without that nothing is written.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import unified_diff
from functools import partial

import click

from ..call.loading import read_bytes
from ..call.loading.editing import without_secrets
from ..call.loading.files import format_of
from ..draw.wording import many
from ..errors import CallflowError, UsageError, printable
from ..verify.accept import Extent, accepted
from ..verify.check import Checked, asked
from ..verify.find import Found, is_stranger
from .output import Output, ReaderGone
from .reading import Reader, complain, worst

_MARK = b"\xef\xbb\xbf"


def accept_all(found: Found, reader: Reader, extent: str, *, yes: bool) -> int:
    """Each file's changes shown and, if that is wanted, written; the worst status of all."""
    for problem in found.problems:
        click.echo(problem, err=True)
    statuses = [2] if found.problems else []
    wanted: Extent = "steps" if extent == "steps" else "segments"
    for path, in_folder in found.files.items():
        if not (in_folder and is_stranger(path)):
            statuses.append(_accept(path, reader, wanted, yes=yes))
    return worst(statuses)


def _accept(path: str, reader: Reader, extent: Extent, *, yes: bool) -> int:
    if path == "-":
        raise UsageError("-: standard input cannot be rewritten; --accept takes files")
    try:
        form = format_of(path, reader.input_format)
        data = read_bytes(path)
        checked = asked(path, partial(reader.case, path))  # a fault of ours writes nothing
        before = data.removeprefix(_MARK).decode()
        after = accepted(before, form, checked, extent)
    except UnicodeDecodeError:
        return complain(path, UsageError(f"{path}: is not UTF-8"), "written")
    except CallflowError as error:
        return complain(path, error, "written")
    left = _left(checked)
    if after == before:
        told = f"nothing to write; {left}" if left else "what happens is what is expected"
        _show(f"{printable(path)}: {told}", yes=yes)
        return 0
    shown = (without_secrets(text, form) for text in (before, after))
    _show("\n".join(_diff(path, *shown)), yes=yes)
    if not (yes or _asked(path)):
        click.echo(f"{printable(path)}: nothing was written", err=True)
        return 1
    if read_bytes(path) != data:
        click.echo(f"{printable(path)}: it was changed meanwhile; nothing was written", err=True)
        return 2
    with Output(path) as out:
        out.write((_MARK if data.startswith(_MARK) else b"") + after.encode())
    if left:
        click.echo(f"{printable(path)}: {left}", err=True)
    return 0


def _left(checked: Checked) -> str:
    """What goes on to fail: sentences say what somebody meant, and nobody but them rewrites it."""
    failing = sum(result.expectation.key == "that" for result in checked.failures)
    if not failing:
        return ""
    fail = "does" if failing == 1 else "do"
    return f"{many(failing, 'sentence')} under that: {fail} not hold; --accept writes no sentences"


def _show(text: str, *, yes: bool) -> None:
    """Show it; with ``--yes`` nobody need look on."""
    out = Output(None)
    try:
        out.write(text + "\n")
        out.flush()
    except ReaderGone:
        if not yes:
            raise


def _diff(path: str, before: str, after: str) -> Iterator[str]:
    """The change as a unified diff, in characters that a terminal takes."""
    name = printable(path)
    now, then = f"{name} (now)", f"{name} (accepted)"
    lines = unified_diff(before.splitlines(), after.splitlines(), now, then, lineterm="")
    return map(_coloured if sys.stdout is not None and sys.stdout.isatty() else printable, lines)


def _coloured(text: str) -> str:
    colours = {"+": "green", "-": "red", "@": "cyan"}
    return click.style(printable(text), fg=colours.get(text[:1]))


def _asked(path: str) -> bool:
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        click.echo("--yes writes it", err=True)
        return False
    return click.confirm(f"write {printable(path)}?", default=False)
