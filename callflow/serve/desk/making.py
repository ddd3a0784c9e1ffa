"""What can be taken along from a page: the case, the timeline, pictures, sound, a page of its own."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import Any

from ...api.wire import json_text
from ...call.case import Case
from ...call.loading import case_to_yaml
from ...call.simulator import simulate
from ...draw.formats import TIMELINE, How
from ...draw.wording import title
from ...errors import CallflowError
from .question import Question

_TYPES = {
    "case": ("yaml", "application/yaml"),
    "json": ("json", "application/json"),
    "svg": ("svg", "image/svg+xml"),
    "png": ("png", "image/png"),
    "wav": ("wav", "audio/wav"),
    "html": ("html", "text/html"),
}


def made(case: Case, asked: Question) -> dict[str, Any]:
    """A file to take along: its name, its type, and its bytes in base 64; or why there is none."""
    form = asked.make or "case"
    ending, type_ = _TYPES[form]
    call = simulate(case)
    try:
        data = _data(form, case, asked)
    except CallflowError as error:
        return {"make": form, "refused": str(error)}
    return {
        "make": form,
        "name": f"{_file_name(title(call))}.{ending}",
        "type": type_,
        "data": b64encode(data).decode(),
    }


def _data(form: str, case: Case, asked: Question) -> bytes:
    call = simulate(case)
    if form == "case":
        return case_to_yaml(case, secrets=False).encode()
    if form == "json":
        return (json_text(call.to_dict(), indent=2) + "\n").encode()
    drawn = TIMELINE.draw(call, form, How(theme=asked.theme))
    return drawn if isinstance(drawn, bytes) else drawn.encode()


def _file_name(text: str) -> str:
    """A title as a name of a file on any system."""
    return re.sub(r"[^\w]+", "-", text).strip("-").lower()[:60] or "call"
