"""Questions that tests ask the desk, and what they look for in its answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from callflow.call.case import Case
from callflow.serve.desk import answer
from callflow.serve.desk.opening import mapping_of

Told = dict[str, Any]

#: A case with everything that the page shows.
FIRST: Told = {
    "name": "The first",
    "request": {
        "virtual_phone_number": "74993720692",
        "contact": "79260000000",
        "first_call": "employee",
        "switch_at_once": False,
        "dtmf_string": "..1.2.3",
        "contact_message": {"type": "media", "value": "237"},
    },
    "scenario": {
        "employee": {"number": "74950000001", "name": "Anna"},
        "employee_message": {"type": "tts", "value": "A client is calling you back"},
        "show_during_call": "service_number",
    },
    "account": {"media": {"237": 12.5}},
    "messages": {"employee": 4},
    "people": {
        "contact": {"answers_after": 9},
        "employee": {"answers_after": 6, "hangs_up_after": 40},
        "conversation": 60,
    },
}


def ask(case: Case | Mapping[str, Any] | None = None, **question: Any) -> Told:
    """The answer, as it comes to the page: through JSON and back."""
    if case is not None:
        question["case"] = mapping_of(case) if isinstance(case, Case) else case
    told: Told = json.loads(json.dumps(answer(json.loads(json.dumps(question)))))
    return told


def every_control(told: Told) -> Iterator[Told]:
    """All controls of an answer, shown at once or behind a button."""
    for section in told["controls"]:
        yield from section["controls"]
        yield from section["more"]


def notes_at(told: Told, path: str) -> list[Told]:
    """What is said at a control."""
    return next(one["notes"] for one in every_control(told) if one["path"] == path)
