"""The example of the case format, and ways to read and to be refused."""

from __future__ import annotations

from typing import Any

import pytest

from callflow.api.errors import RequestRefused
from callflow.call.case import Case
from callflow.call.loading import case_from_bytes
from callflow.errors import CaseError, Problem

EXAMPLE = """\
name: Employee first, the contact hears the whole message      # optional; null if left out
request:                     # EITHER only the params...
  virtual_phone_number: "74993720692"
  contact: "79260000000"
  first_call: employee       # contact | employee
  switch_at_once: false
  dtmf_string: "..1.2.3"
  contact_message: {type: media, value: "237"}
scenario:                    # the PBX scenario behind the virtual number
  employee: {number: "74950000001", name: Anna}
  employee_message: {type: tts, value: "A client is calling you back"}
  show_during_call: service_number
account:
  access_tokens: ["2fRN4g..."]
  virtual_numbers: {"74993720692": main, "74951112233": null}
  blacklist: ["79261112233"]
  media: {"237": 12.5}
  tts_message_max_length: 500
speech: {characters_per_second: 15}
messages: {contact: 12.5, employee: 4}
people:
  contact:  {answers_after: 9}
  employee: {answers_after: 6, hangs_up_after: 40}
  conversation: 60
ring_timeout: {contact: 30, employee: 60}
expect: {}
"""

EXAMPLE_DICT: dict[str, Any] = {
    "name": "Employee first, the contact hears the whole message",
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
    "account": {
        "access_tokens": ["2fRN4g..."],
        "virtual_numbers": {"74993720692": "main", "74951112233": None},
        "blacklist": ["79261112233"],
        "media": {"237": 12.5},
        "tts_message_max_length": 500,
    },
    "speech": {"characters_per_second": 15},
    "messages": {"contact": 12.5, "employee": 4},
    "people": {
        "contact": {"answers_after": 9},
        "employee": {"answers_after": 6, "hangs_up_after": 40},
        "conversation": 60,
    },
    "ring_timeout": {"contact": 30, "employee": 60},
    "expect": {},
}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of a value and of every value in it."""
    found = [path]
    pairs = value.items() if isinstance(value, dict) else ()
    for key, inner in pairs:
        found += places(inner, (*path, key))
    return found


#: Of the example, every place where a value stands; the first is the whole.
PLACES = places(EXAMPLE_DICT)

SMALLEST = (
    "request: {virtual_phone_number: 74993720692, contact: 79260000000, first_call: employee}\n"
)


def read(text: str | bytes, form: str = "yaml", **options: Any) -> Case:
    data = text.encode() if isinstance(text, str) else text
    return case_from_bytes(data, form, f"case.{form}", **options)


def problems(text: str | bytes, form: str = "yaml", **options: Any) -> list[Problem]:
    """What is wrong with a file that is no case."""
    with pytest.raises(CaseError) as caught:
        read(text, form, **options)
    return list(caught.value.problems)


def told(text: str | bytes, form: str = "yaml", **options: Any) -> list[str]:
    return [str(problem) for problem in problems(text, form, **options)]


def refused(text: str | bytes, form: str = "yaml", **options: Any) -> RequestRefused:
    with pytest.raises(RequestRefused) as caught:
        read(text, form, **options)
    return caught.value
