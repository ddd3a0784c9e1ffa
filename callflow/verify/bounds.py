"""A length or a moment as people write it, with its tolerance: ``at most 25``, ``12.5 +- 0.2``.

Whole milliseconds inside. The module knows no call.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from ..units import Milliseconds, milliseconds
from .grammar import Lexical

#: What ``about`` allows on either side, and what a real call may be off unless somebody says more.
TOLERANCE: Milliseconds = 1000


class Bound(NamedTuple):
    """From ``low`` to ``high``, both included; None: no limit on that side."""

    low: Milliseconds | None
    high: Milliseconds | None

    def holds(self, time: Milliseconds) -> bool:
        """Whether a time lies within."""
        return not self.beyond(time)

    def beyond(self, time: Milliseconds) -> Milliseconds:
        """By how much a time lies outside: negative below, positive above, 0 within."""
        if self.low is not None and time < self.low:
            return time - self.low
        if self.high is not None and time > self.high:
            return time - self.high
        return 0

    def limit(self, time: Milliseconds) -> Milliseconds | None:
        """The limit that a time outside breaks; None: it lies within."""
        beyond = self.beyond(time)
        return (self.low if beyond < 0 else self.high) if beyond else None


def exactly(time: Milliseconds) -> Bound:
    """That time and no other."""
    return Bound(time, time)


def about(time: Milliseconds) -> Bound:
    """Within a second."""
    return within(time, TOLERANCE)


def within(time: Milliseconds, tolerance: Milliseconds) -> Bound:
    """At most ``tolerance`` away."""
    return Bound(max(0, time - tolerance), time + tolerance)


def at_most(time: Milliseconds) -> Bound:
    """That or less."""
    return Bound(None, time)


def at_least(time: Milliseconds) -> Bound:
    """That or more."""
    return Bound(time, None)


def between(low: Milliseconds, high: Milliseconds) -> Bound:
    """From one to the other, whichever stands first."""
    return Bound(min(low, high), max(low, high))


def _read(word: str) -> Milliseconds:
    whole, _, part = word.rstrip(" second").partition(".")
    return 1000 * int(whole) + milliseconds(f"0.{part or 0}")


#: A number of seconds; the unit may stand behind it. No time of a case is longer than a day, but a
#: call has several. Decimals beyond the third are rounded, as those of a case are: programs write
#: 0.30000000000000004, too.
SECONDS = Lexical(
    re.compile(r"[0-9]{1,6}(?:\.[0-9]+)?(?: ?s| seconds?)?", re.ASCII),
    "a number of seconds (at most 999999)",
    _read,
)

#: A moment with its tolerance.
TIME: dict[str, Callable[..., Bound]] = {
    "{seconds}": exactly,
    "about {seconds}": about,
    "{seconds} +- {seconds}": within,
    "between {seconds} and {seconds}": between,
}

#: A length with its tolerance.
LENGTH: dict[str, Callable[..., Bound]] = {
    "exactly {seconds}": exactly,
    "at most {seconds}": at_most,
    "at least {seconds}": at_least,
    **TIME,
}
