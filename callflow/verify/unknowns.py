"""Times that are unknown, and code that runs on them as it runs on milliseconds.

A `Time` is a sum of moments and whole milliseconds that stands where a number would stand: it is
added, subtracted and compared. What a comparison comes to is the *world*'s to say: it knows all
times that are still possible. Where both answers are possible it goes on with one and keeps the
other for later, so that running a function in every world is running it for all times.

Plain ``if``, ``and``, ``in``, ``max`` and ``==`` of lists therefore mean what they mean elsewhere;
there is no second way of writing a property. The module knows no call.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol

from ..units import NEVER, Milliseconds
from .zones import Bound, Zone

#: Coefficients of moments, by their places; none of them is 0.
Parts = Mapping[int, int]


class Entangled(Exception):
    """A comparison of more than two moments, which a zone cannot decide."""


class World(Protocol):
    """What is known of times, and what is decided where nothing is known."""

    def holds(self, parts: Parts, constant: Milliseconds) -> bool:
        """Whether the sum of these moments and milliseconds is 0 or more."""
        ...


class Time:  # noqa: PLW1641 - equal for some times and not for others, so it has no hash
    """A moment or a length that is not known: a sum of moments and milliseconds."""

    __slots__ = ("constant", "parts", "world")

    def __init__(self, world: World, parts: Parts, constant: Milliseconds = 0) -> None:
        self.world = world
        self.parts = parts
        self.constant = constant

    def _plus(self, other: Any, sign: int) -> tuple[Parts, Milliseconds]:
        """This and so many times the other."""
        if not isinstance(other, Time):
            return self.parts, self.constant + sign * other
        parts = {**self.parts}
        for place, count in other.parts.items():
            total = sign * count + parts.pop(place, 0)
            if total:
                parts[place] = total
        return parts, self.constant + sign * other.constant

    def __add__(self, other: Any) -> Time:
        return Time(self.world, *self._plus(other, 1))

    __radd__ = __add__

    def __sub__(self, other: Any) -> Time:
        return Time(self.world, *self._plus(other, -1))

    def __neg__(self) -> Time:
        opposite = {place: -count for place, count in self.parts.items()}
        return Time(self.world, opposite, -self.constant)

    def __rsub__(self, other: Any) -> Time:
        return Time(self.world, *(-self)._plus(other, 1))

    def __ge__(self, other: Any) -> bool:
        return self.world.holds(*self._plus(other, -1))

    def __gt__(self, other: Any) -> bool:
        parts, constant = self._plus(other, -1)
        return self.world.holds(parts, constant - 1)

    def __le__(self, other: Any) -> bool:
        return not self > other

    def __lt__(self, other: Any) -> bool:
        return not self >= other

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Time | int):
            return False
        parts, constant = self._plus(other, -1)
        if not parts:
            return constant == 0
        return self.world.holds(parts, constant) and not self.world.holds(parts, constant - 1)

    def __bool__(self) -> bool:
        return self != 0


class Said(NamedTuple):
    """An answer: that a sum of moments is at least ``least`` milliseconds, or that it is not."""

    parts: Parts
    least: Milliseconds
    yes: bool


class Known(NamedTuple):
    """Times that are still possible: a zone, and the open answers that were taken to come there."""

    zone: Zone
    taken: tuple[Said, ...] = ()


class ZoneWorld:
    """A world whose times are a zone; it narrows where a comparison was open.

    Attributes:
        said: every answer, so that somebody else can judge it.
    """

    def __init__(self, known: Known, waiting: list[Known]) -> None:
        self.zone = known.zone.copy()
        self.taken = list(known.taken)
        self.said: list[Said] = []
        self._waiting = waiting

    @property
    def known(self) -> Known:
        """What is known now."""
        return Known(self.zone.copy(), tuple(self.taken))

    @staticmethod
    def beginning(size: int, bounds: Iterable[Bound]) -> Known | None:
        """What is known of so many moments under some demands; None: no times fulfil them."""
        zone = Zone(size)
        return Known(zone) if zone.narrow(bounds) else None

    def holds(self, parts: Parts, constant: Milliseconds) -> bool:
        """Whether the sum is 0 or more.

        Raises:
            Entangled: it is of more than two moments, and not by way of such as coincide.
        """
        if not parts:
            return constant >= 0
        if abs(constant) >= NEVER // 2:  # whatever comes at all comes before never
            return constant > 0
        given, least_given = parts, -constant
        if len(parts) > 2:
            parts, constant = self._joined(parts, constant)
            if not parts:
                return constant >= 0
        earlier, later = _difference(parts)
        least, most = self.zone.limits(earlier, later)
        yes = least + constant >= 0
        if not yes and (most is None or most + constant >= 0):
            other = self.zone.copy()
            other.at_most(earlier, later, -constant - 1)
            self._waiting.append(Known(other, (*self.taken, Said(given, least_given, yes=False))))
            self.zone.at_least(earlier, later, -constant)
            self.taken.append(Said(given, least_given, yes=True))
            yes = True
        self.said.append(Said(given, least_given, yes))
        return yes

    def _joined(self, parts: Parts, constant: Milliseconds) -> tuple[Parts, Milliseconds]:
        """The same sum, moments that lie at a fixed distance counted as one."""
        found: dict[int, int] = {}
        for place, count in parts.items():
            for other in (0, *found):
                least, most = self.zone.limits(other, place)
                if least == most:
                    constant += count * least
                    if other:
                        found[other] += count
                    break
            else:
                found[place] = count
        return {place: count for place, count in found.items() if count}, constant


def _difference(parts: Parts) -> tuple[int, int]:
    """The earlier and the later moment of a difference."""
    if len(parts) == 1:
        ((place, count),) = parts.items()
        if count == 1:
            return 0, place
        if count == -1:
            return place, 0
    elif len(parts) == 2:
        (one, count), (other, opposite) = parts.items()
        if count == 1 and opposite == -1:
            return other, one
        if count == -1 and opposite == 1:
            return one, other
    raise Entangled(f"{len(parts)} moments are compared at once")
