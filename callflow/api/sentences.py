"""What is wrong with a parameter and how to repair it, in our words.

Each sentence begins behind the name: it follows ``request.contact:`` in a complaint about a file
and ``contact`` in a message. Values are shown on one line and shortened; of a secret only its type
is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from ..errors import nearest
from .echo import LONGEST, is_secret, shortened, shown
from .parameters import NEWER, Kind, Parameter
from .wire import JsonValue, Numeral

_DIGITS = "0123456789"

#: Signs that people put into phone numbers and that may be left out.
_DECORATION = " +-().\u00a0"


def missing(parameter: Parameter, unknown: Iterable[str]) -> str:
    """A required parameter was not sent. ``unknown``: names that were, and are no parameters."""
    few = [name for name in islice(unknown, 100) if len(name) <= LONGEST]
    misspelt = nearest(parameter.path, few) if few else None
    if misspelt:
        return f"is missing; is {shortened(misspelt)} a misspelling of it?"
    return f"is missing and required: {parameter.meaning}"


def wrong_type(parameter: Parameter, value: JsonValue) -> str:
    """The value has another JSON type."""
    secret = is_secret(parameter.path)
    given = shown(value, secret=secret)
    if parameter.kind is Kind.BOOLEAN:
        said = f"must be true or false, not {given}"
        word = value.strip().lower() if isinstance(value, str) else ""
        return said + (f"; write {word} without quotes" if word in ("true", "false") else "")
    if parameter.kind is Kind.OBJECT:
        said = (
            f"must be an object with {' and '.join(m.name for m in parameter.members)}, not {given}"
        )
        if isinstance(value, str) and value:
            said += '; a text to be read is {"type": "tts", "value": "..."}'
        return said
    said = f"must be a text, not {given}"
    if isinstance(value, Numeral) and not secret and len(value.text) <= LONGEST:
        return f'{said}; write it in quotes: "{value.text}"'
    if isinstance(value, Numeral):
        return f"{said}; write it in quotes"
    if value is None and not parameter.required:
        return f"{said}; leave it out, or write a text"
    return said


def wrong_value(parameter: Parameter, value: str) -> str:
    """The type is right and the format is not."""
    if parameter.choices:
        near = nearest(value, parameter.choices)
        said = f"must be {parameter.valid}, not {shown(value)}"
        return said + (f"; did you mean {near}?" if near else "")
    if parameter.path == "dtmf_string":
        strange = next(character for character in value if character not in _DIGITS + "*#.")
        return f"must have {parameter.valid}, not {shown(strange)} in {shortened(value)}"
    if not value:
        return f"must be {parameter.valid}, not empty"
    digits = "".join(character for character in value if character in _DIGITS)
    if parameter.path == "contact" and value == digits and len(digits) < 6:
        return (
            f"must not be an extension number ({value}), those are not supported; "
            "give the whole number, 6 to 15 digits"
        )
    said = f"must be {parameter.valid}, not {shown(value)}"
    if value == digits and not value.startswith("0"):
        return f"{said}, which has {len(value)}"
    undecorated = not value.strip(_DIGITS + _DECORATION) and value != digits
    if undecorated and parameter.pattern and re.fullmatch(parameter.pattern, digits):
        return f"{said}; write {digits}"
    return said


def unexpected(path: str, known: Iterable[str]) -> str:
    """No parameter has this name. ``known``: the paths that may stand in its place."""
    if path in NEWER:
        return (
            "is a parameter of newer documentation, which is not part of this product; take it out"
        )
    near = nearest(path, known)
    return "is no parameter of this method; " + (f"did you mean {near}?" if near else "take it out")


def wrong_member(member: str, wanted: str, value: JsonValue) -> str:
    """A member of the envelope is not what it must be."""
    if member == "params":  # its text may be anything, a secret too
        return f"must be {wanted}, not {shown(value, secret=True)}"
    said = f"must be {wanted}, not {shown(value)}"
    if member == "jsonrpc" and isinstance(value, Numeral):
        said += '; write "2.0" in quotes'
    return said


def listed(values: Iterable[str], few: int = 3) -> str:
    """The first of several values: ``237, 238 and more``."""
    first = list(islice(values, few + 1))
    return ", ".join(shortened(value) for value in first[:few]) + (
        " and more" if len(first) > few else ""
    )
