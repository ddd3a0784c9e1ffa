"""``callflow explore --prove``: what holds for all times?"""

from __future__ import annotations

import sys
import time

from ..api.wire import json_text
from ..verify.prove import prove
from ..verify.report.proving import proofs_text, proofs_to_dict
from .exploration import plain_only
from .output import Output
from .screen import place_of


def proofs(*, form: str, output: str | None) -> int:
    """Prove the properties, and tell how well each is known; 1 if one is refuted."""
    plain_only(form, "what is proved")
    begun = time.perf_counter()
    found = prove()
    taken = time.perf_counter() - begun
    with Output(output) as out:
        if form == "json":
            out.write(json_text(proofs_to_dict(found, taken), indent=2) + "\n")
        else:
            place = place_of(None if out.is_file else sys.stdout)
            sheet = proofs_text(found, taken, width=place.width, style=place.style)
            out.write(sheet.render(place.style, colours=place.colours))
    return 0 if found.holds else 1
