"""A failure as `callflow check` tells it, where pytest tells failures.

Twice: as the terminal shows it, at its width, and in colours if pytest uses some; and in plain
characters for files. The module judges nothing.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..draw.grid import IN_FILES, Line, Place, Sheet, cells, detect
from ..verify.check import Result
from ..verify.report import Teller
from . import terminal

if TYPE_CHECKING:
    import pytest
    from _pytest._io import TerminalWriter

#: Lines that tell something.
Telling = Callable[[Teller], Iterator[Line]]

_BEFORE_A_COMMAND = 9  # the indent, and "again: "


class Crash(NamedTuple):
    """What pytest's own summary, and tools that annotate sources, say of a failure."""

    path: str
    lineno: int
    message: str

    def __str__(self) -> str:
        """As ``--tb=line`` shows it."""
        return f"{self.path}:{self.lineno}: {self.message}"


class Told:
    """A failure told, in the form that pytest asks for.

    Attributes:
        plain: as it stands in files.
        callflow_sent: what else a worker of xdist sends: as it stands in the terminal, whether in
            colours, and the parts of ``reprcrash``.
    """

    def __init__(self, plain: str, shown: str, marked: bool, path: str, line: int, said: str):
        self.plain = plain
        self.callflow_sent = (shown, marked, path, line, said)
        self.reprcrash = Crash(path, line, said)

    def __str__(self) -> str:
        return self.plain.rstrip("\n")

    def toterminal(self, writer: TerminalWriter) -> None:
        """Write it to the terminal, or to what stands for one."""
        shown, marked, *_ = self.callflow_sent
        writer.write(shown if marked == writer.hasmarkup else self.plain)


class Terminal(NamedTuple):
    """The terminal of a run, asked as a stream is."""

    marked: bool
    width: int
    encoding: str

    def isatty(self) -> bool:
        """Whether colours are wanted, which pytest decides."""
        return self.marked

    def place(self) -> Place:
        """What can be shown there."""
        known = {name: os.environ.get(name, "") for name in ("TERM", "COLORTERM")}
        return detect(self, known, self.width)


def told(telling: Telling, test: str, config: pytest.Config, crash: Crash) -> Told:
    """A failure.

    Args:
        telling: its lines, for one place.
        test: that fails, by its name in its file.
        crash: what is said of it on one line.
    """
    here = Terminal(*terminal(config))
    place = here.place()

    def sheet(place: Place) -> Sheet:
        return Sheet(tuple(telling(Teller(place, _again(test, crash, place)))))

    shown = sheet(place).render(place.style, colours=place.colours)
    return Told(sheet(IN_FILES).plain(), shown, here.marked, *crash)


def _again(test: str, crash: Crash, place: Place) -> Callable[[Result], str]:
    """The command that runs a test again: by its name, or by its line if the name is too long."""
    by_name = shlex.join(["pytest", f"{crash.path}::{test}"])
    by_line = shlex.join(["pytest", crash.path, "-k", keyword(crash.lineno)])
    room = place.width - _BEFORE_A_COMMAND
    return lambda _: by_name if cells(by_name) <= room else by_line


def keyword(line: int) -> str:
    """What ``-k`` finds the tests of a line by."""
    return f":{line}:"
