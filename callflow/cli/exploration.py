"""``callflow explore`` without a case: everything that can happen at all."""

from __future__ import annotations

import sys

from ..api.wire import json_text
from ..errors import UsageError
from ..verify.explore import explore
from ..verify.report.exploring import exploration_text, exploration_to_dict
from .output import Output
from .screen import place_of

FORMATS = ("text", "json")


def explored(*, form: str, output: str | None) -> int:
    """Walk everything, and tell what was found; 1 if a property does not hold."""
    plain_only(form, "what can happen at all")
    found = explore()
    with Output(output) as out:
        if form == "json":
            out.write(json_text(exploration_to_dict(found), indent=2) + "\n")
        else:
            place = place_of(None if out.is_file else sys.stdout)
            sheet = exploration_text(found, width=place.width, style=place.style)
            out.write(sheet.render(place.style, colours=place.colours))
    return 0 if found.holds else 1


def plain_only(form: str, what: str) -> None:
    """Refuse a picture where there is none."""
    if form not in FORMATS:
        raise UsageError(f"{what} is text or json, not {form}; with a CASE there is a picture")
