"""What the README and the pages of the site show is what happens: every block is tried.

`UPDATE_PAGES=1 pytest tests/test_pages.py` writes what is printed now into the pages.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.page_blocks import ROOT, blocks, commands, folder_for_page, pages, try_block, try_console

NAMES = [str(page.relative_to(ROOT)) for page in pages()]


@pytest.mark.parametrize("name", NAMES)
def test_every_block_of_a_page_does_what_the_page_shows(name: str, tmp_path: Path) -> None:
    """Commands print what stands below them, cases are cases, settings can be read."""
    page = ROOT / name
    text = page.read_text(encoding="utf-8")
    folder = folder_for_page(tmp_path)
    wrong = []
    for block in blocks(text):
        if block.language != "console":
            try_block(block, folder)
            continue
        now = try_console(block, folder)
        if now != block.text:
            wrong.append((block, now))
    if os.environ.get("UPDATE_PAGES"):
        lines = text.splitlines(keepends=True)
        for block, now in reversed(wrong):  # from below, so that the lines above keep their place
            lines[block.line - 1 : block.line - 1 + block.text.count("\n")] = [now]
        page.write_text("".join(lines), encoding="utf-8")
        return
    for block, now in wrong:
        assert block.text == now, f"{name}:{block.line}; UPDATE_PAGES=1 writes what is printed now"


@pytest.mark.parametrize(
    "name", [name for name in NAMES if "```python" in (ROOT / name).read_text("utf-8")]
)
def test_the_python_of_a_page_runs(name: str, tmp_path: Path) -> None:
    """Each Python block is a module; what is a test in it is run as one, with the plugin."""
    folder = folder_for_page(tmp_path)
    text = (ROOT / name).read_text(encoding="utf-8")
    tests = 0
    for block in blocks(text):
        if block.file:
            try_block(block, folder)
        if block.language == "python":
            tests += len(re.findall(r"(?m)^def test_", block.text))
            (folder / f"test_line_{block.line}.py").write_text(block.text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--rootdir", str(folder), *folder.glob("test_*.py")],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    told = done.stdout + done.stderr
    assert done.returncode == (0 if tests else 5), told  # 5: no test, and all modules were run
    passed = re.search(r"(\d+) passed", told)
    assert not tests or (passed and int(passed[1]) >= tests), told


def test_pages_show_what_commands_print() -> None:
    """A page that runs nothing would prove nothing: the README alone shows several outputs."""
    shown = [
        told
        for name in NAMES
        for block in blocks((ROOT / name).read_text(encoding="utf-8"))
        if block.language == "console"
        for told in commands(block)[1]
        if told.shown.strip()
    ]
    assert len(shown) >= 10
