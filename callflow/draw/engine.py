"""Where Graphviz is, and how it is run: the program ``dot``, or the wheel that brings one.

The package `graphviz` writes and runs; this module says which program it runs: ``dot`` on the path,
else ``graphviz-pure``, first the one installed beside this Python, then the one on the path.
Pictures that are checked in are drawn with ``graphviz-pure`` everywhere, whose bytes do not depend
on the machine.
"""

from __future__ import annotations

import os
import shutil
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Literal

from ..errors import CallflowError

Format = Literal["svg", "png", "json"]

_PURE = "graphviz-pure"
_ONE_AT_A_TIME = RLock()


class NoEngine(CallflowError):
    """There is no program that draws graphs."""

    def __init__(self) -> None:
        super().__init__(
            "no Graphviz here to draw a state machine with: install the program dot "
            "(apt install graphviz, brew install graphviz), or "
            f"pip install 'callflow-simulator[dot]', which brings {_PURE}"
        )


def pure_engine() -> Path | None:
    """The program of the wheel ``graphviz-pure``; None: it is not installed."""
    beside = shutil.which(_PURE, path=sysconfig.get_path("scripts"))
    found = beside or shutil.which(_PURE)
    return Path(found) if found else None


def engine() -> Path:
    """The program that draws graphs.

    Raises:
        NoEngine: there is none.
    """
    dot = shutil.which("dot")
    found = Path(dot) if dot else pure_engine()
    if found is None:
        raise NoEngine
    return found


def run(source: str, output: Format, program: Path | None = None) -> bytes:
    """What Graphviz makes of a graph.

    Args:
        source: the graph in the DOT language.
        program: the program to run; None: the one that `engine` finds.

    Raises:
        NoEngine: there is none.
    """
    from graphviz import pipe

    with _running(program or engine()):
        drawn: bytes = pipe("dot", output, source.encode(), quiet=True)
    return drawn


@contextmanager
def _running(program: Path) -> Iterator[None]:
    """Let the package run this program: it looks up a name in its module at every call."""
    from graphviz.backend import dot_command

    with _ONE_AT_A_TIME:
        usual = dot_command.DOT_BINARY
        dot_command.DOT_BINARY = Path(os.path.abspath(program))
        try:
            yield
        finally:
            dot_command.DOT_BINARY = usual
