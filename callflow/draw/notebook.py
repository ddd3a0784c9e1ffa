"""In IPython and Jupyter a call shows itself: as the timeline picture, in a terminal as text lanes.

A timeline knows nothing of pictures. It is registered here by its name, so that a shell in which
none is shown loads nothing of this room, and IPython is never imported: whoever runs in it has it.
`import callflow` in a running shell registers, see there; ``%load_ext callflow`` does it for who
imported first and opened a shell later.

Three formats are offered, and the shell that shows takes what it can:

* SVG: what JupyterLab and VS Code take first. Dark where the reader prefers dark; it brings its own
  page, so that it can be read on any.
* PNG, where resvg is installed (extra ``png``): what GitHub shows, which takes SVG away. Light.
* Text: the lanes, as a pipe or a terminal gets them from ``callflow simulate``.

One that is not wanted is switched off as any other of the shell:
``get_ipython().display_formatter.formatters["image/svg+xml"].enabled = False``.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from html import unescape
from typing import TYPE_CHECKING, Any, Protocol

from attrs import frozen

from ..errors import UsageError

if TYPE_CHECKING:
    from ..call.timeline import Timeline
    from .chart import Chart

SVG, PNG, TEXT = "image/svg+xml", "image/png", "text/plain"
#: Pixels, and what a page needs to show them: their width on it, and words.
_Png = tuple[bytes, dict[str, Any]]

_WIDTH = re.compile(r'<svg\b[^>]*?\swidth="([\d.]+)')
_WORDS = re.compile(r"<(title|desc)>(.*?)</\1>", re.DOTALL)


class Shell(Protocol):
    """A shell of IPython, as far as it is asked for."""

    #: None in a shell that shows nothing.
    display_formatter: Any


class Printer(Protocol):
    """IPython's pretty printer, as far as it is used."""

    @property
    def stack(self) -> list[int]:
        """What is being printed, the outermost first."""
        ...

    def text(self, text: str) -> None:
        """Print some text."""
        ...


@frozen(repr=False)
class Drawing:
    """A picture of this package that shows itself in a notebook.

    >>> Drawing(comparison_svg(before, after))

    Attributes:
        svg: the picture, as one of the drawing functions gave it.
    """

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_png_(self) -> _Png | None:
        return _png(self.svg)

    def __repr__(self) -> str:
        return _words(self.svg)


def register(shell: Shell) -> None:
    """Let calls and state machines show themselves in a shell; to do it again changes nothing."""
    if shell.display_formatter is None:
        return
    formatters = shell.display_formatter.formatters
    for (module, name), shown in _SHOWN.items():
        for form, function in shown.items():
            if form in formatters:
                formatters[form].for_type_by_name(module, name, function)


# --------------------------------------------------------------------------------------- pictures


def _words(svg: str) -> str:
    """What a picture says, for who does not see it: its title, unless the rest begins with it."""
    said = [unescape(words) for _, words in _WORDS.findall(svg)]
    return "\n".join(said[1:] if said[1:] and said[1].startswith(said[0]) else said)


def _png(svg: str) -> _Png | None:
    """The picture, two pixels for one of its own, and how to show it; None: there is no resvg."""
    from .png import svg_to_png

    try:
        png = svg_to_png(svg)
    except UsageError:
        return None
    width = _WIDTH.search(svg)
    return png, {"alt": _words(svg), **({"width": round(float(width[1]))} if width else {})}


def _pictures(draw: Callable[[Any], str | None]) -> dict[str, Callable[[Any], object]]:
    """The formats that come from an SVG; None: it cannot be drawn here."""

    def png(shown: object) -> _Png | None:
        svg = draw(shown)
        return None if svg is None else _png(svg)

    return {SVG: draw, PNG: png}


# --------------------------------------------------------------------------- calls, state machines


def _timeline(timeline: Timeline) -> str:
    from .lanes import timeline_svg

    return timeline_svg(timeline)


def _timeline_text(timeline: Timeline, printer: Printer, _cycle: object) -> None:
    """A call alone as lanes; one in a list or a dictionary in a line."""
    from . import wording
    from .grid import IN_FILES, detect
    from .text import timeline_text

    if len(printer.stack) > 1:
        printer.text(f"<Timeline: {wording.title(timeline)}: {wording.outcome(timeline)}>")
        return
    place = IN_FILES
    if sys.stdout.isatty():
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
        place = detect(sys.stdout, os.environ, columns)
    sheet = timeline_text(timeline, width=place.width, style=place.style)
    printer.text(sheet.render(place.style, colours=place.colours).rstrip("\n"))


def _machine(chart: Chart) -> str | None:
    from .engine import NoEngine
    from .machine import machine_svg

    try:
        return machine_svg(chart)
    except NoEngine:
        return None


def _machine_text(chart: Chart, printer: Printer, _cycle: object) -> None:
    printer.text(f"<Chart: {chart.title}>")


#: What shows itself, by the name of its class, and how.
_SHOWN: Mapping[tuple[str, str], Mapping[str, Callable[..., object]]] = {
    ("callflow.call.timeline", "Timeline"): {**_pictures(_timeline), TEXT: _timeline_text},
    ("callflow.draw.chart", "Chart"): {**_pictures(_machine), TEXT: _machine_text},
}
