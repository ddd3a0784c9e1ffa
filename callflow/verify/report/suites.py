"""What a suite came to, told to people and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...draw.grid import Line, Style, wrap
from ...draw.palette import Role
from ...errors import printable
from ..suite import Suite

FORMAT = "callflow.suite/1"


def suite_lines(suite: Suite, folder: str, *, width: int, style: Style) -> Iterator[Line]:
    """How many cases exercise how much; what is left out, and why."""
    criterion = suite.criterion
    cases = counted(len(suite.cases), "case")
    whole = f"{suite.covered} of {len(criterion.every)} {criterion.things}"
    told = f"{style.users(printable(folder))}: {cases}, {counted(suite.events, 'event')}: {whole}"
    yield from wrap([(told, Role.STRONG)], width)
    if suite.have:
        silent = sum(not one.expects for one in suite.have)
        own = f"{counted(len(suite.have), 'case')} of your own come first"
        yield from wrap([(f"{own} and have {suite.counted} of them", Role.TEXT)], width)
        if silent:
            looks = f"{silent} of these expect nothing, so nobody looks at what they exercise"
            yield from wrap([(looks, Role.STRONG)], width)
    if not suite.cases:
        yield from wrap([("nothing is left to write a case for", Role.TEXT)], width)
    if not suite.left_out:
        return
    yield from wrap([(f"left out: {len(suite.left_out)}", Role.STRONG)], width)
    for item, why in suite.left_out.items():
        for number, line in enumerate(wrap([(f"{item}: {why}", Role.TEXT)], max(width - 4, 20))):
            yield (("    " if number else "  ", Role.TEXT), *line)


def suite_to_dict(suite: Suite) -> dict[str, Any]:
    """The same as data; `callflow.schema` holds the layout as ``suite``."""
    criterion = suite.criterion
    return {
        "format": FORMAT,
        "cover": criterion.name,
        "items": len(criterion.every),
        "covered": suite.covered,
        "events": suite.events,
        "cases": [
            {
                "file": case.file,
                "name": case.timeline.case.name,
                "events": case.events,
                "outcome": str(case.timeline.outcome),
                "adds": list(case.adds),
            }
            for case in suite.cases
        ],
        "have": [
            {"case": one.name, "expects": one.expects, "adds": list(one.adds)} for one in suite.have
        ],
        "left_out": [{"item": item, "why": why} for item, why in suite.left_out.items()],
    }


def counted(number: int, what: str) -> str:
    """``1 case``, ``20 cases``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
