"""What the README shows is what happens: every marked command is run, every Python block too.

`UPDATE_README=1 pytest tests/test_readme.py` writes what is printed now into the page.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(
    r"<!-- output: (?P<command>[^\n]+) -->\n```console\n(?P<shown>.*?)```\n", re.DOTALL
)


def printed(command: str) -> str:
    words = shlex.split(command)
    assert words[0] == "callflow"
    environment = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    done = subprocess.run(
        [sys.executable, "-m", "callflow", *words[1:]],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    shown = re.sub(r"(?m)^(.* {2,})\d+\.\d\d s$", r"\g<1>0.01 s", done.stdout)  # the time it took
    return f"$ {command}\n{shown}"


def blocks() -> list[re.Match[str]]:
    return list(_BLOCK.finditer(README.read_text(encoding="utf-8")))


@pytest.mark.parametrize("block", blocks(), ids=lambda block: block["command"])
def test_a_command_of_the_readme_prints_what_is_shown(block: re.Match[str]) -> None:
    now = printed(block["command"])
    if os.environ.get("UPDATE_README"):
        page = README.read_text(encoding="utf-8")
        old = f"<!-- output: {block['command']} -->\n```console\n{block['shown']}```"
        new = f"<!-- output: {block['command']} -->\n```console\n{now}```"
        README.write_text(page.replace(old, new), encoding="utf-8")
        return
    assert block["shown"] == now


def test_the_readme_shows_what_commands_print() -> None:
    assert len(blocks()) >= 4


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    found = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert len(found) == 2
    shutil.copy(ROOT / "tests" / "cases" / "first.yaml", tmp_path)
    for number, code in enumerate(found):  # what is no test runs when its module is collected
        (tmp_path / f"test_block_{number}.py").write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--rootdir", str(tmp_path), str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_the_two_commands_stand_near_the_top() -> None:
    head = README.read_text(encoding="utf-8").splitlines()[:30]
    assert any(line.startswith("make demo") for line in head)
    assert any(line.startswith("make test") for line in head)


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*")), ids=lambda path: path.name)
def test_every_example_is_named_or_a_case_that_runs(path: Path) -> None:
    if path.suffix == ".csv":
        assert path.name in README.read_text(encoding="utf-8")
        return
    status = {"broken.yaml": 2, "refused.json": 3}.get(path.name, 0)
    done = subprocess.run(
        [sys.executable, "-m", "callflow", "simulate", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr
