"""What a terminal shows, asked of a real one: a pseudo-terminal with so many columns."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def shown(folder: Path, columns: int, *arguments: str, **environment: str) -> list[str]:
    """The lines that a command prints on a terminal of this width, escapes and all."""
    outer, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR", "COLORTERM")}
    process = subprocess.Popen(
        [sys.executable, "-m", "callflow", *arguments],
        cwd=folder,
        stdout=inner,
        stderr=inner,
        stdin=subprocess.DEVNULL,
        env={
            **kept,
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "TERM": "xterm-256color",
            **environment,
        },
    )
    os.close(inner)
    printed = b""
    while True:
        try:
            part = os.read(outer, 65536)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        printed += part
    os.close(outer)
    assert process.wait() == 0
    return printed.decode().replace("\r\n", "\n").splitlines()


def bare(lines: list[str]) -> list[str]:
    return [_ESCAPE.sub("", line) for line in lines]


@pytest.mark.parametrize("columns", [80, 200])
def test_a_call_fits_the_terminal_and_uses_its_width(folder: Path, columns: int) -> None:
    lines = bare(shown(folder, columns, "simulate", "case.yaml"))
    assert columns - 20 < max(map(len, lines)) <= columns
    text = "\n".join(lines)
    for word in ("conversation begins", "G3 inferred", "dialing music", "waits 25.5 s"):
        assert word in text
    assert "░" in text
    assert "╱" in text


def test_colours_are_shown_and_every_word_without_them_too(folder: Path) -> None:
    coloured = shown(folder, 100, "simulate", "case.yaml")
    plain = shown(folder, 100, "simulate", "case.yaml", NO_COLOR="1")
    assert any("\x1b[" in line and ("38;5" in line or "48;5" in line) for line in coloured)
    assert not any(re.search(r"\x1b\[[0-9;]*[34]8", line) for line in plain)
    assert any("\x1b[1m" in line for line in plain), "bold stays"
    assert "█" in "\n".join(plain), "fills become a texture"

    def words(lines: list[str]) -> set[str]:
        return set(re.findall(r"[A-Za-z]{3,}|\d+\.\d", "\n".join(bare(lines))))

    assert words(coloured) == words(plain)


def test_a_dumb_terminal_gets_ascii(folder: Path) -> None:
    lines = shown(folder, 80, "simulate", "case.yaml", TERM="dumb")
    assert all(line.isascii() and line.isprintable() for line in lines)


def test_an_explanation_fits_the_terminal(folder: Path) -> None:
    lines = shown(folder, 80, "explain", "case.yaml")
    assert max(map(len, lines)) <= 80
