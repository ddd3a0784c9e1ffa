"""The pictures of the pages: each drawn once, in one file that is light and dark.

A picture follows the colours of the page around it (``prefers-color-scheme`` inside the SVG), so an
ordinary Markdown image shows the right one everywhere. ``<picture>`` with two files would do so on
GitHub, and break where a builder moves pages and images: Sphinx copies the image alone, and MkDocs
does not rewrite the other's path.

State diagrams are drawn with the engine whose pictures do not depend on the machine.
"""

from __future__ import annotations

from pathlib import Path

from attrs import define, field

from ...call.difference import Difference
from ...call.timeline import Timeline
from ...draw.chart import Chart
from ...draw.comparison import comparison_picture
from ...draw.engine import pure_engine
from ...draw.finding import Finding
from ...draw.ladder import ladder_picture
from ...draw.lanes import timeline_picture
from ...draw.machine import machine_svg
from ...draw.overview import Row, overview_picture
from ...errors import UsageError
from ..alternatives import (
    ladder_words,
    machine_words,
    overview_words,
    path_words,
    timeline_words,
)
from .markdown import MARK, image

_FOLDER = "pictures"


@define
class Album:
    """Pictures by the names of their files, and how they are shown on a page.

    Attributes:
        up: the way from the page that is being written to the folder of all pages.
    """

    engine: Path
    files: dict[str, str] = field(factory=dict)
    up: str = ""

    def timeline(self, name: str, call: Timeline) -> str:
        """The call as two lanes."""
        return self._shown(name, timeline_words(call), timeline_picture(call).svg("auto"))

    def ladder(self, name: str, call: Timeline) -> str:
        """The call as a sequence of messages."""
        return self._shown(name, ladder_words(call), ladder_picture(call).svg("auto"))

    def machine(self, name: str, chart: Chart) -> str:
        """A state machine, with the path of a call if the chart has one."""
        words = path_words(chart) if chart.path else machine_words(chart)
        return self._shown(name, words, machine_svg(chart, theme="auto", program=self.engine))

    def comparison(self, name: str, difference: Difference, found: Finding) -> str:
        """Two calls above each other, and what differs for whom."""
        picture = comparison_picture(difference, found)
        return self._shown(name, f"{found.title}. {found.sentences}", picture.svg("auto"))

    def overview(self, name: str, title: str, rows: list[Row]) -> str:
        """Several calls under each other on one clock."""
        words = overview_words((f"{row.setting}, {row.finding}", row.timeline) for row in rows)
        return self._shown(
            name, f"{title}. {words}", overview_picture(rows, title=title).svg("auto")
        )

    def _shown(self, name: str, words: str, svg: str) -> str:
        file = f"{_FOLDER}/{name}.svg"
        self.files[file] = f"{svg.rstrip()}\n{MARK}\n"
        return image(words, self.up + file)


def empty_album() -> Album:
    """An album with an engine for its state diagrams.

    Raises:
        UsageError: the engine is not installed.
    """
    engine = pure_engine()
    if engine is None:
        raise UsageError(
            "the state diagrams of the pages are drawn with graphviz-pure, so that they are the "
            "same everywhere; pip install 'callflow-simulator[dot]' brings it"
        )
    return Album(engine)
