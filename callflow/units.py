"""Seconds outside, whole milliseconds inside: the one place where one becomes the other.

A time is rounded half-even from the decimal number as it was written; a float counts as its
shortest form. Nothing here knows what a time means.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

#: A moment or a length in whole milliseconds.
Milliseconds = int

#: No time of a case is longer: a day.
LONGEST: Milliseconds = 86_400_000

#: A clock that does not run out within any call: more than all times of a case together.
NEVER: Milliseconds = 1_000_000_000_000

_PLAIN = re.compile(r"(\d{1,5})(?:\.(\d{1,3}))?", re.ASCII)
_NUMBER = re.compile(r"([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?)\d+)?", re.ASCII)


def milliseconds(number: float | str | Decimal) -> Milliseconds:
    """Whole milliseconds of a number of seconds, rounded half-even from the decimal as written.

    Raises:
        ValueError: it is no finite number.
        OverflowError: it lies beyond a day on either side; judged before rounding.
    """
    text = repr(number) if isinstance(number, float) else str(number)
    plain = _PLAIN.fullmatch(text)
    if plain:  # nearly every time that people write
        length = int(plain[1]) * 1000 + int((plain[2] or "").ljust(3, "0"))
        if length <= LONGEST:
            return length
    written = _NUMBER.fullmatch(text)
    if not written:
        raise ValueError(text)
    from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

    try:
        exact = Decimal(text)
    except InvalidOperation:  # an exponent beyond what any decimal holds: nothing, or far too much
        if written[3] == "-" or not written[2].strip("0."):
            return 0
        raise OverflowError(text) from None
    if not -86_400 <= exact <= 86_400:
        raise OverflowError(text)
    return int(exact.quantize(Decimal("0.001"), rounding=ROUND_HALF_EVEN) * 1000)


def written(length: Milliseconds) -> float:
    """Seconds as people write them into a file: a whole number has no decimals."""
    return length / 1000 if length % 1000 else length // 1000


def seconds(length: Milliseconds) -> float:
    """Seconds of whole milliseconds."""
    return length / 1000
