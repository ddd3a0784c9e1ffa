"""Parameters and what people do, so combined that every two values meet in some case.

A parameter is a name and its values; a value is what it puts into a case file. Rows are found
greedily: each next one takes, parameter by parameter, the value that meets most of what has not
met. The module knows no call.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

#: Two values of two parameters, as they are told: ``first_call=contact``.
Pair = tuple[str, str]

_MEDIA = {"type": "media", "value": "237"}
_SPOKEN = {"type": "tts", "value": "You are being connected"}

#: Each parameter with its values: how it is told, where it stands in a case, and what stands there;
#: None: it is left out.
PARAMETERS: Mapping[str, Mapping[str, tuple[str, Any]]] = {
    "first_call": {
        "contact": ("request.first_call", "contact"),
        "employee": ("request.first_call", "employee"),
    },
    "switch_at_once": {
        "left out": ("request.switch_at_once", None),
        "false": ("request.switch_at_once", False),
        "true": ("request.switch_at_once", True),
    },
    "contact_message": {
        "media": ("request.contact_message", _MEDIA),
        "tts": ("request.contact_message", _SPOKEN),
        "left out": ("request.contact_message", None),
    },
    "employee_message": {
        "media": ("scenario.employee_message", {"type": "media", "value": "12"}),
        "tts": ("scenario.employee_message", {"type": "tts", "value": "A client is on the line"}),
        "none": ("scenario.employee_message", None),
    },
    "dtmf_string": {
        "left out": ("request.dtmf_string", None),
        "at once": ("request.dtmf_string", "1"),
        "later": ("request.dtmf_string", "..2*...#"),
    },
    "direction": {
        "left out": ("request.direction", None),
        "in": ("request.direction", "in"),
        "out": ("request.direction", "out"),
    },
    "external_id": {
        "left out": ("request.external_id", None),
        "given": ("request.external_id", "order-1"),
    },
    "show_during_call": {
        "service_number": ("scenario.show_during_call", "service_number"),
        "contact_number": ("scenario.show_during_call", "contact_number"),
    },
    "contact": {
        "answers": ("people.contact", {"answers_after": 3}),
        "is busy": ("people.contact", {"busy_after": 2}),
        "rejects": ("people.contact", {"rejects_after": 4}),
        "is unavailable": ("people.contact", {"unavailable_after": 1}),
        "does not answer": ("people.contact", "no_answer"),
        "answers and hangs up": ("people.contact", {"answers_after": 3, "hangs_up_after": 4}),
    },
    "employee": {
        "answers": ("people.employee", {"answers_after": 5}),
        "is busy": ("people.employee", {"busy_after": 2}),
        "rejects": ("people.employee", {"rejects_after": 4}),
        "is unavailable": ("people.employee", {"unavailable_after": 1}),
        "does not answer": ("people.employee", "no_answer"),
        "answers and hangs up": ("people.employee", {"answers_after": 5, "hangs_up_after": 7}),
    },
}

#: A choice of one value for each parameter, as it is told.
Row = Mapping[str, str]


def rows() -> Iterator[Row]:
    """Rows in which every two values of two parameters meet."""
    left = all_pairs()
    while left:
        row = _row(left)
        left -= set(pairs_of(row))
        yield row


def all_pairs() -> set[Pair]:
    """Every two values of two parameters."""
    return {
        (f"{one}={value}", f"{other}={second}")
        for one, other in combinations(PARAMETERS, 2)
        for value in PARAMETERS[one]
        for second in PARAMETERS[other]
    }


def pairs_of(row: Row) -> Iterator[Pair]:
    """The pairs that meet in a row."""
    told = [f"{name}={row[name]}" for name in PARAMETERS]
    return combinations(told, 2)


def _row(left: set[Pair]) -> Row:
    """A row with one of the pairs that are left, and as many others as can be found simply."""
    first, second = min(left)
    row = dict(one.split("=", 1) for one in (first, second))
    for name, values in PARAMETERS.items():
        if name not in row:
            meets = {value: _meets(name, value, row, left) for value in values}
            row[name] = max(meets, key=meets.__getitem__)
    return row


def _meets(name: str, value: str, row: Row, left: set[Pair]) -> int:
    """How many pairs that are left a value makes with those chosen."""
    order = list(PARAMETERS)
    count = 0
    for other, chosen in row.items():
        pair = (f"{name}={value}", f"{other}={chosen}")
        count += (pair if order.index(name) < order.index(other) else pair[::-1]) in left
    return count


def mapping(row: Row) -> dict[str, Any]:
    """The case of a row, laid out as a case file."""
    case: dict[str, Any] = {
        "request": {"virtual_phone_number": "74993720692", "contact": "79260000000"},
        "scenario": {},
        "messages": {},
        "people": {"conversation": 10},
    }
    for name, values in PARAMETERS.items():
        path, value = values[row[name]]
        part, key = path.split(".")
        if value is not None:
            case[part][key] = value
    for party, part in (("contact", "request"), ("employee", "scenario")):
        if f"{party}_message" in case[part]:
            case["messages"][party] = {"contact": 6, "employee": 4}[party]
    return {key: value for key, value in case.items() if value}


def chosen(case: Mapping[str, Any]) -> Row | None:
    """The row that a mapping is the case of; None: it is none of these."""
    row: dict[str, str] = {}
    for name, values in PARAMETERS.items():
        for told, (path, value) in values.items():
            part, key = path.split(".")
            if case.get(part, {}).get(key) == value:
                row[name] = told
    return row if len(row) == len(PARAMETERS) else None


def words(pair: Sequence[str]) -> str:
    """A pair as it is told to people."""
    return " with ".join(one.replace("=", " ") for one in pair)
