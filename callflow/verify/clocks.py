"""The clocks of a case on a path: which run for how long, which are open, and what times are left.

`paths` knows which times lead along a path when every clock may run as it likes. Here clocks have
lengths, or limits of lengths: each is a difference of two moments, of the step that starts it and
of the one in which it runs out, or would have, had no other step made it void. So one zone holds
the times of a path together with every open length of its case.

The module knows no sentence and asks nothing of a case but its times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from ..choreography import possible_events
from ..units import LONGEST, Milliseconds
from ..words import SLOT, Event
from .claims import Moment, Way
from .paths import Path
from .zones import Bound, Zone


@frozen
class Clock:
    """How long an event may take once it is possible.

    Attributes:
        name: the path in a case that says so, ``people.contact.answers_after``.
        low, high: its limits; equal: it is settled.
        optional: it may as well never run out.
    """

    name: str
    event: Event
    low: Milliseconds = 0
    high: Milliseconds = LONGEST
    optional: bool = False


@frozen
class Room:
    """The times that lead along a path, under some clocks.

    Attributes:
        zone: of the moments of all steps, and behind them of clocks that no step shows.
        spans: by the name of each clock that starts, from which moment to which it runs; those that
            may never run out and do not are not among them.
        stops: by the name of each clock that another step makes void, that step.
        unit: how much later is later, milliseconds.
    """

    path: Path
    zone: Zone
    spans: dict[str, tuple[int, int]]
    stops: dict[str, int]
    unit: Milliseconds = 1

    def under(self, way: Way) -> Room | None:
        """The times that fulfil some demands, too; None: none do."""
        zone = self.zone.copy()
        for earlier, later, low, high in way:
            one, other = self._at(earlier), self._at(later)
            if low is not None and not zone.at_least(one, other, -(-low // self.unit) * self.unit):
                return None
            if high is not None and not zone.at_most(one, other, high // self.unit * self.unit):
                return None
        return Room(self.path, zone, self.spans, self.stops, self.unit)

    def _at(self, moment: Moment) -> int:
        return moment if isinstance(moment, int) else self.spans[moment][1]

    def limits(self, name: str) -> tuple[Milliseconds, Milliseconds] | None:
        """The shortest and the longest that a clock can run; None: it does not start."""
        span = self.spans.get(name)
        if span is None:
            return None
        low, high = self.zone.limits(*span)
        return low, LONGEST if high is None else high

    def lengths(self, times: Sequence[Milliseconds]) -> dict[str, Milliseconds]:
        """How long each clock runs, given the moments."""
        return {
            name: times[later] - times[earlier] for name, (earlier, later) in self.spans.items()
        }


def rooms(path: Path, clocks: Sequence[Clock], unit: Milliseconds = 1) -> Iterator[Room]:
    """The times that lead along a path, one room for each clock that can bring about its end.

    A party that is busy is unreached by that or by the ring time-out, whichever comes first: two
    clocks for one event. Where both run out together the rooms overlap.

    Args:
        unit: how much later is later, milliseconds.
    """
    for cause in clocks:
        if cause.event is path.edges[-1].event:
            room = _Builder(path, clocks, cause, unit).room()
            if room is not None:
                yield room


class _Builder:
    """One room under construction."""

    def __init__(
        self, path: Path, clocks: Sequence[Clock], cause: Clock, unit: Milliseconds
    ) -> None:
        self.path = path
        self.unit = unit
        self.rank = {event: place for place, event in enumerate(path.order)}
        begun = {slot: place for place, edge in enumerate(path.edges) for slot in edge.starts}
        self.spans: dict[str, tuple[int, int]] = {}
        self.stops: dict[str, int] = {}
        self.void: list[tuple[Clock, int, int]] = []
        self.settled: list[Clock] = []
        behind = len(path.edges)
        for clock in clocks:
            start, place = begun.get(SLOT[clock.event]), path.place(clock.event)
            if start is None:
                continue
            if place is not None and (clock.event is not cause.event or clock is cause):
                self.spans[clock.name] = start, place
            elif clock.optional:
                continue
            else:
                self.spans[clock.name] = start, behind
                self.void.append((clock, start, behind))
                behind += 1
            self.settled.append(clock)
        self.size = behind
        self.causes = {clock.event for clock in clocks}

    def room(self) -> Room | None:
        """The room; None: no times lead along the path."""
        if not self.causes.issuperset(self.path.events[1:]):
            return None
        zone = Zone(self.size)
        if not (zone.narrow(self.path.bounds(self.unit)) and zone.narrow(self._waiting())):
            return None
        for clock in self.settled:
            span = self.spans[clock.name]
            low, high = -(-clock.low // self.unit) * self.unit, clock.high
            if not (zone.at_least(*span, low) and zone.at_most(*span, high)):
                return None
        return Room(self.path, zone, self.spans, self.stops, self.unit)

    def _waiting(self) -> Iterator[Bound]:
        """What did not run out was due, at each step meanwhile, later than that step.

        Or in the same moment, and stood behind it in the order of simultaneous events.
        """
        edges = self.path.edges
        for clock, start, due in self.void:
            for place in range(start + 1, len(edges)):
                if clock.event not in possible_events(edges[place].source):
                    break
                self.stops[clock.name] = place
                first = self.rank[clock.event] < self.rank[edges[place].event]
                yield Bound(place, due, self.unit if first else 0)
