"""Zones: sets of times that differ by at most so much, and what can be asked of them.

A zone is a matrix of difference bounds over the moments of one call. Moments are whole units of
time, so that "later" is "at least one unit later". Closing the matrix (every bound as tight as the
others make it) tells whether any times fit, which are the smallest, and between which limits each
difference lies. The module knows no call.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

#: No bound.
FREE = 1 << 60


class Bound(NamedTuple):
    """``later - earlier >= least``: a demand on two moments, by their places."""

    earlier: int
    later: int
    least: int


class Zone:
    """Times of some moments, the first of which is 0.

    Args:
        size: how many moments there are.
    """

    __slots__ = ("_most", "size")

    def __init__(self, size: int) -> None:
        self.size = size
        # _most[a][b]: the most that b can be later than a.
        self._most = [[0 if a == b else FREE for b in range(size)] for a in range(size)]

    def copy(self) -> Zone:
        """The same zone, to be narrowed further."""
        other = Zone.__new__(Zone)
        other.size = self.size
        other._most = [row[:] for row in self._most]  # noqa: SLF001 - its own kind
        return other

    def at_least(self, earlier: int, later: int, least: int) -> bool:
        """Demand ``later - earlier >= least``; False if no times are left."""
        return self._tighten(later, earlier, -least)

    def at_most(self, earlier: int, later: int, most: int) -> bool:
        """Demand ``later - earlier <= most``; False if no times are left."""
        return self._tighten(earlier, later, most)

    def exactly(self, earlier: int, later: int, distance: int) -> bool:
        """Demand ``later - earlier == distance``; False if no times are left."""
        return self.at_least(earlier, later, distance) and self.at_most(earlier, later, distance)

    def narrow(self, bounds: Iterable[Bound]) -> bool:
        """Demand all of these; False if no times are left."""
        return all(self.at_least(*bound) for bound in bounds)

    def _tighten(self, source: int, target: int, most: int) -> bool:
        """One more bound on a closed matrix; it stays closed. Quadratic."""
        bounds = self._most
        if bounds[target][source] + most < 0:
            return False
        if most >= bounds[source][target]:
            return True
        onward = [(place, more) for place, more in enumerate(bounds[target]) if more < FREE]
        for row in bounds:
            if row[source] >= FREE:
                continue
            through = row[source] + most
            for place, more in onward:
                if through + more < row[place]:  # noqa: PLR1730 - min() takes three times as long
                    row[place] = through + more
        return True

    def least(self) -> tuple[int, ...]:
        """The smallest times: no moment can be earlier than there."""
        return tuple(-self._most[place][0] for place in range(self.size))

    def whole(self, unit: int) -> Zone | None:
        """The times of the zone that are whole multiples of a unit, counted in it; None: none."""
        other = Zone(self.size)
        for later, row in enumerate(self._most):
            for earlier, most in enumerate(row):
                # row[b] bounds b - later from above: b - later <= most
                if most < FREE and not other.at_most(later, earlier, most // unit):
                    return None
        return other

    def limits(self, earlier: int, later: int) -> tuple[int, int | None]:
        """The least and the most that one moment can be later than another; None: no limit."""
        most = self._most[earlier][later]
        return -self._most[later][earlier], None if most >= FREE else most

    def has(self, times: Sequence[int]) -> bool:
        """Whether times lie in the zone; they begin with 0."""
        return all(
            times[b] - times[a] <= self._most[a][b]
            for a in range(self.size)
            for b in range(self.size)
        )
