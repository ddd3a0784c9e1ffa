"""The state machine of a configuration, drawn by Graphviz: two legs in a state, events on arrows.

`machine_dot` writes the graph, `machine_svg` the picture, `machine_png` the picture in pixels, all
from a `chart.Chart` alone. Inferred arrows are dashed; the path of a call is thick, filled, and has
its moments.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from ...errors import printable
from ...words import State
from .. import engine, wording
from ..catalogue import say
from ..chart import LETTERS, Chart, Failures
from ..picture_palette import Paint, Theme, colours
from ..png import svg_to_png
from .finish import finished
from .graph import machine_graph
from .labels import notes

__all__ = ["Failures", "machine_dot", "machine_png", "machine_svg"]


def machine_dot(chart: Chart, *, theme: Theme = "light", failures: Failures = "grouped") -> str:
    """The machine in the DOT language, laid out as the picture; ``auto`` is light."""
    paint = dict(colours(theme))
    if theme != "dark":  # Graphviz 2 knows colours of six digits only
        paint[Paint.CONVERSATION_WORD] = paint[Paint.PAGE]
    return machine_graph(chart, paint, failures)


def machine_svg(
    chart: Chart,
    *,
    theme: Theme = "auto",
    failures: Failures = "grouped",
    program: Path | None = None,
) -> str:
    """The machine as a picture.

    Args:
        failures: one arrow from a box for all, an arrow from each state, or none but the one that
            the shown call takes.
        program: the Graphviz to draw with; None: the one that `engine.engine` finds.

    Raises:
        NoEngine: there is no Graphviz.
    """
    source = machine_dot(chart, theme=theme, failures=failures)
    picture, measured = (engine.run(source, form, program) for form in ("svg", "json"))
    return finished(
        picture, measured, theme, say("State machine: {title}", title=chart.title), _story(chart)
    )


def machine_png(
    chart: Chart,
    *,
    theme: Theme = "light",
    failures: Failures = "grouped",
    program: Path | None = None,
) -> bytes:
    """The machine in pixels, two for one of the picture; ``auto`` is light.

    The picture is drawn by resvg if that is installed (extra ``png``), else by Graphviz with the
    fonts that it finds.

    Raises:
        NoEngine: there is no Graphviz.
    """
    fixed: Theme = "dark" if theme == "dark" else "light"
    if find_spec("resvg_py") is not None:
        return svg_to_png(machine_svg(chart, theme=fixed, failures=failures, program=program))
    source = machine_dot(chart, theme=fixed, failures=failures)
    return engine.run(source.replace("{", "{\n\tdpi=192", 1), "png", program)


def _story(chart: Chart) -> str:
    """What the picture shows, in words."""
    said = [
        f"{letter}: {one.settings}."
        for letter, one in zip(LETTERS, chart.wordings, strict=False)
        if len(chart.wordings) > 1
    ]
    said += notes(chart)
    if chart.call is not None:
        said.append(say("The call: {name}.", name=printable(wording.of_ours(chart.call))))
    said += [
        f"{wording.moment(arrow.at or 0)} {wording.named(arrow.event)}: {_state(arrow.target)}."
        for arrow in chart.path
    ]
    return " ".join(said)


def _state(state: State) -> str:
    return f"{wording.named(state.contact)}/{wording.named(state.employee)}"
