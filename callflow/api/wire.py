"""JSON values as they travel: nothing is coerced, numbers stay as they were written.

A number is kept as its text, so that it is echoed as it was sent, and so that 100 000 digits or an
exponent of any size cost nothing. The module knows no request; reading bytes is in `decoding`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from attrs import frozen

if TYPE_CHECKING:
    from json import JSONEncoder

#: How deep objects and lists may stand in each other. The source names no limit; this one is ours.
DEEPEST = 64


@frozen
class Numeral:
    """A JSON number, as it was written."""

    text: str


JsonValue = None | bool | str | Numeral | list["JsonValue"] | dict[str, "JsonValue"]


def as_json(value: object, _room: int = DEEPEST + 1) -> JsonValue:
    """The JSON value of a plain Python value, numbers in their shortest form.

    What JSON cannot carry (bytes, a set, NaN) stays as it is, and is refused by the checks for its
    type. What is nested more than one level too deep is cut off there: the checks refuse it for its
    depth.
    """
    if value is None or isinstance(value, bool | Numeral):
        return value
    if isinstance(value, str):  # also the members of a text enum
        return value if type(value) is str else str.__str__(value)
    if isinstance(value, Mapping):
        if not _room:
            return None
        return {
            as_text if isinstance(as_text := as_json(key), str) else str(key): as_json(
                member, _room - 1
            )
            for key, member in value.items()
        }
    if isinstance(value, list | tuple):
        return [as_json(item, _room - 1) for item in value] if _room else None
    numeral = _numeral(value)
    return cast(JsonValue, value) if numeral is None else numeral


def _numeral(value: object) -> Numeral | None:
    """The numeral of a finite Python number, None for anything else."""
    if isinstance(value, int) and abs(value) < 10**18:
        text = int.__repr__(value)
    elif isinstance(value, float):
        text = float.__repr__(value)
    else:
        from decimal import Decimal

        if not isinstance(value, int | Decimal):
            return None
        text = str(Decimal(value))  # `str` of a whole number refuses more than 4300 digits
    return Numeral(text) if text.lstrip("-")[0].isdigit() else None


def encode(value: JsonValue) -> str:
    """JSON text without blanks, numbers as they were written.

    Raises:
        TypeError: something in ``value`` is no JSON value.
    """
    return _written(value, None)


def json_text(value: Any, indent: int | None = None) -> str:
    r"""JSON text of plain Python values and numerals, for an output that is UTF-8.

    Characters that are not printable, C1 and direction marks included, are written as ``\u``
    escapes, those above the basic plane as two. Without ``indent`` there are no blanks and no line
    breaks.

    Raises:
        TypeError: something in ``value`` is no plain value.
        ValueError: a float that is not finite, or a value that contains itself.
    """
    text = _written(value, indent)
    if text.isprintable() if indent is None else text.replace("\n", "").isprintable():
        return text
    # What JSON itself escapes is escaped by now: a line break is layout, all else is in a text.
    return re.sub(r"[^\n -~]", _escaped, text)


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    if character.isprintable():
        return character
    point = ord(character)
    if point < 0x10000:
        return f"\\u{point:04x}"
    high, low = divmod(point - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


class _NumeralMet(Exception):
    """The standard encoder has met a numeral, which it cannot write."""


@cache
def _encoder(indent: int | None) -> JSONEncoder:
    from json import JSONEncoder

    def strange(value: object) -> object:
        if isinstance(value, Numeral):
            raise _NumeralMet
        raise TypeError(f"a value of type {type(value).__name__} cannot be written as JSON")

    return JSONEncoder(
        ensure_ascii=False,
        allow_nan=False,
        indent=indent,
        separators=(",", ":" if indent is None else ": "),
        default=strange,
    )


def _written(value: Any, indent: int | None) -> str:
    try:
        return _encoder(indent).encode(value)
    except _NumeralMet:
        return _with_numerals(value, indent, "" if indent is None else "\n")


def _with_numerals(value: Any, indent: int | None, line: str) -> str:
    """As the standard encoder lays it out. ``line``: how a new line begins here, if one does."""
    if isinstance(value, Numeral):
        return value.text
    if not value or not isinstance(value, dict | list | tuple):
        return _encoder(indent).encode(value)
    inner = line + " " * (indent or 0) if line else ""
    if isinstance(value, dict):
        colon = ": " if line else ":"
        parts = [
            _encoder(None).encode(str(key)) + colon + _with_numerals(member, indent, inner)
            for key, member in value.items()
        ]
        return "{" + inner + ("," + inner).join(parts) + line + "}"
    parts = [_with_numerals(item, indent, inner) for item in value]
    return "[" + inner + ("," + inner).join(parts) + line + "]"
