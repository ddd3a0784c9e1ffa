"""Which kinds of picture there are, and in which formats each can be had: one table.

A row is a format: its name, which is also how its files end, and the function that draws it. The
command line offers what stands here and knows no format by itself, so a new format is a row and
what it draws with. The first row of a kind is taken where nobody asks for another.

Names cost nothing: what draws is loaded when it draws, and nothing here draws by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from attrs import frozen

from ..call.timeline import Timeline
from ..errors import UsageError, either, nearest, printable
from .picture_palette import Theme

if TYPE_CHECKING:  # loading it costs as much as drawing a call
    from ..call.difference import Difference
    from .chart import Chart
    from .sound.notes import Note  # noqa: TC004 - types here, of one format
    from .sound.sounded import Hearing  # noqa: TC004 - the same
    from .strips import Strips

    #: A difference, and the names of its calls; None: what makes them.
    Compared = tuple[Difference, tuple[str, str] | None]

Subject = TypeVar("Subject")


@frozen(kw_only=True)
class How:
    """How a picture is wished. A format takes what means something to it.

    Attributes:
        theme: ``auto`` is light, and dark where the viewer prefers dark; in pixels it is light.
        scale: of a ladder: time to scale, or equal steps with a broken axis.
        failures: of a machine: one arrow for all, one from each state, or none.
        command: what repeats the picture, as its reader would type it.
        hearing: of a timeline that is heard: by whom, and where recordings come from.
        tell: takes what a sound does beside its timeline; left out, nobody is told.
    """

    theme: Theme = "auto"
    scale: Literal["true", "compressed"] = "true"
    failures: Literal["grouped", "each", "none"] = "grouped"
    command: str = ""
    hearing: Hearing | None = None
    tell: Callable[[Note], object] | None = None


@frozen
class Kind(Generic[Subject]):
    """A kind of picture.

    Attributes:
        name: as ``callflow draw`` calls it.
        formats: by name, what draws; files end in a dot and the name.
    """

    name: str
    formats: Mapping[str, Callable[[Subject, How], str | bytes]]

    def draw(self, subject: Subject, form: str, how: How | None = None) -> str | bytes:
        """The picture in one of the formats.

        Raises:
            UsageError: there is no such format, or what draws it is not installed.
        """
        drawer = self.formats.get(form)
        if drawer is None:
            near = nearest(form, self.formats)
            raise UsageError(
                f"a {self.name} is drawn as {either([*self.formats])}, not as "
                f"{printable(form)}" + (f"; did you mean {near}?" if near else "")
            )
        return drawer(subject, how or How())


def _pixels(svg: Callable[[Subject, How], str]) -> Callable[[Subject, How], bytes]:
    def png(subject: Subject, how: How) -> bytes:
        from .png import svg_to_png

        return svg_to_png(svg(subject, how))

    return png


# ------------------------------------------------------------------------------ of a call: Timeline


def _timeline_svg(call: Timeline, how: How) -> str:
    from .lanes import timeline_svg

    return timeline_svg(call, theme=how.theme)


def _timeline_html(call: Timeline, how: How) -> str:
    from .html import timeline_html
    from .wording import request

    return timeline_html(call, request=request(call.case), command=how.command, theme=how.theme)


def _timeline_wav(call: Timeline, how: How) -> bytes:
    from .sound.sounded import sound

    heard = sound(call, how.hearing)
    wav = heard.wav()
    if how.tell is not None:
        for note in heard.notes:
            how.tell(note)
    return wav


TIMELINE = Kind(
    "timeline",
    {
        "svg": _timeline_svg,
        "png": _pixels(_timeline_svg),
        "html": _timeline_html,
        "wav": _timeline_wav,
    },
)


def _ladder_svg(call: Timeline, how: How) -> str:
    from .ladder import ladder_svg

    return ladder_svg(call, scale=how.scale, theme=how.theme)


def _ladder_md(call: Timeline, _how: How) -> str:
    from .mermaid import ladder_markdown

    return ladder_markdown(call)


LADDER = Kind("ladder", {"svg": _ladder_svg, "png": _pixels(_ladder_svg), "md": _ladder_md})


# -------------------------------------------------------- of two calls: Difference, and their names


def _comparison_svg(compared: Compared, how: How) -> str:
    from .comparison import comparison_svg

    difference, names = compared
    return comparison_svg(difference.before, difference.after, names=names, theme=how.theme)


COMPARISON = Kind("comparison", {"svg": _comparison_svg, "png": _pixels(_comparison_svg)})


# ------------------------------------------------------------------ of all ways of a set-up: Strips


def _ways_svg(strips: Strips, how: How) -> str:
    from .ways import ways_svg

    return ways_svg(strips, theme=how.theme)


WAYS = Kind("ways", {"svg": _ways_svg, "png": _pixels(_ways_svg)})


# ------------------------------------------------------------------------------ of a machine: Chart


def _machine_svg(chart: Chart, how: How) -> str:
    from .machine import machine_svg

    return machine_svg(chart, theme=how.theme, failures=how.failures)


def _machine_png(chart: Chart, how: How) -> bytes:
    from .machine import machine_png  # which does without resvg

    return machine_png(chart, theme=how.theme, failures=how.failures)


def _machine_dot(chart: Chart, how: How) -> str:
    from .machine import machine_dot

    return machine_dot(chart, theme=how.theme, failures=how.failures)


def _machine_md(chart: Chart, how: How) -> str:
    from .mermaid import machine_markdown

    return machine_markdown(chart, failures=how.failures)


MACHINE = Kind(
    "machine",
    {"svg": _machine_svg, "png": _machine_png, "dot": _machine_dot, "md": _machine_md},
)
