"""Times of a zone that are as near as possible to wished ones: the least sum of differences.

Wishes are lengths: from one moment to another it should be so long. What all of them together are
off at least is a linear program over differences of moments; its dual is a flow of least cost
through the bounds of the zone, in which each wish lets one unit pass either way. Every shortest
path adds a unit, so there are at most two for each wish, and the result is exact and whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attrs import define, field

from ..units import Milliseconds
from .zones import Zone


class Wish(NamedTuple):
    """From one moment to another it should be so long."""

    earlier: int
    later: int
    length: Milliseconds


class _Arc(NamedTuple):
    """A way for flow. ``number``: of the wish that lets it pass; None: a bound, which has no limit.

    ``back``: it takes flow back.
    """

    source: int
    target: int
    cost: int
    number: int | None
    back: bool


@define
class _Flow:
    """A flow through bounds and wishes, always of least cost."""

    bounds: dict[tuple[int, int], int]
    size: int
    through: dict[tuple[int, int], int] = field(factory=dict)
    wishes: list[_Arc] = field(factory=list)
    taken: list[bool] = field(factory=list)

    def arcs(self) -> Iterator[_Arc]:
        """Where flow can go now."""
        for (source, target), cost in self.bounds.items():
            yield _Arc(source, target, cost, None, back=False)
            if self.through.get((source, target)):
                yield _Arc(target, source, -cost, None, back=True)
        for wish, taken in zip(self.wishes, self.taken, strict=True):
            if taken:
                yield _Arc(wish.target, wish.source, -wish.cost, wish.number, back=True)
            else:
                yield wish

    def shortest(self, source: int) -> tuple[list[int | None], list[_Arc | None]]:
        """The least cost from one moment to each, and the last arc on the way; None: no way."""
        costs: list[int | None] = [None] * self.size
        last: list[_Arc | None] = [None] * self.size
        costs[source] = 0
        arcs = list(self.arcs())
        changed = True
        while changed:
            changed = False
            for arc in arcs:
                so_far, known = costs[arc.source], costs[arc.target]
                if so_far is not None and (known is None or so_far + arc.cost < known):
                    costs[arc.target], last[arc.target] = so_far + arc.cost, arc
                    changed = True
        return costs, last

    def add(self, source: int, target: int, cost: int) -> None:
        """Let one unit more pass, if that lowers the cost."""
        costs, last = self.shortest(target)
        back = costs[source]
        self.wishes.append(_Arc(source, target, cost, len(self.wishes), back=False))
        gains = back is not None and back + cost < 0
        self.taken.append(gains)
        at = source
        while gains and at != target:
            arc = last[at]
            if arc is None:
                break
            if arc.number is not None:
                self.taken[arc.number] = not arc.back
            else:
                bound = (arc.target, arc.source) if arc.back else (arc.source, arc.target)
                self.through[bound] = self.through.get(bound, 0) + (-1 if arc.back else 1)
            at = arc.source


def nearest_times(zone: Zone, wishes: Sequence[Wish]) -> tuple[Milliseconds, ...]:
    """Times of a zone whose lengths are off the wished ones by the least sum.

    Args:
        zone: none of its moments may be without limit.
    """
    bounds = {}
    for source in range(zone.size):
        for target in range(zone.size):
            most = zone.limits(source, target)[1]
            if source != target and most is not None:
                bounds[source, target] = most
    flow = _Flow(bounds, zone.size)
    for earlier, later, length in wishes:
        flow.add(earlier, later, length)
        flow.add(later, earlier, -length)
    costs, _ = flow.shortest(0)
    return tuple(cost or 0 for cost in costs)
