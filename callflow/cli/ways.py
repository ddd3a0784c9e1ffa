"""``callflow explore CASE``: every way in which a set-up can go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..api.errors import RequestRefused
from ..api.wire import json_text
from ..call.loading import case_to_dict
from ..call.loading.settings import holds_secret
from ..draw.picture_palette import Theme
from ..errors import CallflowError
from .output import Output
from .reading import Reader, complain
from .repeat import command_for
from .screen import screen_for

if TYPE_CHECKING:
    from ..verify.ways import Way, Ways

FORMAT = "callflow.ways/1"


def show_ways(
    path: str,
    reader: Reader,
    settings: Sequence[str],
    *,
    form: str,
    output: str | None,
    theme: Theme = "auto",
) -> int:
    """Show every way in which the set-up of a case can go.

    Args:
        path: the case; ``-`` is standard input.
        reader: reads it.
        settings: the options ``--set``.
        form: ``text``, ``json``, ``svg`` or ``png``.
        output: the file to write; None: standard output.
        theme: of a picture.

    Returns:
        The exit status: 0, or what a case that cannot be had calls for.
    """
    from ..verify.ways import ways_of

    with Output(output) as out:
        try:
            found = ways_of(reader.case(path))
        except RequestRefused as refused:
            if form == "json":
                out.write(refused.answer() + "\n")
            return complain(path, refused, "explored")
        except CallflowError as error:
            return complain(path, error, "explored")
        out.write(_answer(found, path, settings, form, theme, out))
    return 0


def _answer(
    found: Ways, path: str, settings: Sequence[str], form: str, theme: Theme, out: Output
) -> str | bytes:
    if form == "json":
        return json_text(ways_to_dict(found, path, settings), indent=2) + "\n"
    from ..verify.report.strips import strips_of

    if form == "text":
        from ..draw.text.ways import ways_text

        place = screen_for(out).place
        more = _command(path, settings, ())
        sheet = ways_text(strips_of(found), width=place.width, style=place.style, command=more)
        return sheet.render(place.style, colours=place.colours)
    from ..draw.formats import WAYS, How

    return WAYS.draw(strips_of(found), form, How(theme=theme))


def ways_to_dict(found: Ways, path: str, settings: Sequence[str]) -> dict[str, Any]:
    """The ways as JSON: each with its case and its timeline, and what makes it of the file.

    `callflow.schema` holds the layout as ``ways``.
    """
    from ..draw.deeds import deed_along

    configuration = found.case.configuration
    return {
        "format": FORMAT,
        "name": found.case.name,
        "configuration": {
            "first_call": str(configuration.first_call),
            "switch_at_once": configuration.switch_at_once,
            "contact_message": configuration.contact_message,
            "employee_message": configuration.employee_message,
        },
        "ways": [_way(way, path, settings) for way in found.ways],
        "barred": [
            {
                "events": [str(event) for event in one.path.events],
                "what": deed_along(one.path.edges),
                "why": one.why,
            }
            for one in found.barred
        ],
    }


def _way(way: Way, path: str, settings: Sequence[str]) -> dict[str, Any]:
    from ..draw.deeds import deed

    return {
        "outcome": str(way.outcome),
        "what": deed(way.timeline),
        "own": way.own,
        "events": [str(event) for event in way.path.events],
        "inferred": [clause.id for clause in way.inferred],
        "set": list(way.settings),
        "command": _command(path, settings, way.settings),
        "case": case_to_dict(way.case, secrets=False),
        "timeline": way.timeline.to_dict(),
    }


def _command(path: str, settings: Sequence[str], further: Sequence[str]) -> str | None:
    """What shows a way as a whole call; None: it would show a secret."""
    given = [*settings, *further]
    return None if any(map(holds_secret, given)) else command_for("simulate", path, given)
