"""The programs that draw graphs on this machine, and pictures drawn once for many tests."""

import shutil
from functools import cache
from pathlib import Path

from callflow.call.timeline import Timeline
from callflow.draw.chart import Chart, Failures
from callflow.draw.engine import pure_engine
from callflow.draw.machine import machine_svg
from tests.draw.machine_paths import timelines
from tests.draw.machine_reader import Picture, read

_DOT = shutil.which("dot")

#: By their names; those that are missing here are left out.
ENGINES: dict[str, Path] = {
    name: Path(found)
    for name, found in (("dot", _DOT), ("graphviz-pure", pure_engine()))
    if found is not None
}
HOW: tuple[Failures, ...] = ("grouped", "each", "none")


def calls(engine: str) -> list[Timeline]:
    """A call for every path; for a second engine, which costs as much again, every fifth."""
    return timelines() if engine == next(iter(ENGINES)) else timelines()[::5]


@cache
def svg_of(drawn: Chart, engine: str, failures: Failures) -> str:
    """The picture in light colours."""
    return machine_svg(drawn, theme="light", failures=failures, program=ENGINES[engine])


@cache
def picture_of(drawn: Chart, engine: str, failures: Failures) -> Picture:
    """The picture, read back."""
    return read(svg_of(drawn, engine, failures))
