"""For which values of some times of a case a sentence holds, and what stands in the way.

All other times are those of the case, and so each path is a zone of the free ones alone. For one
free time a zone is an interval, and those of all paths together are every value, exact to the
millisecond. For several it is asked how few of them must change, and then by how little in sum. If
no values do, every path that they can still lead to says why not, by clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from attrs import frozen

from ..call.case import Case
from ..call.simulator import simulate
from ..call.timeline import Timeline
from ..choreography import rules_for
from ..clauses import Clauses
from ..units import LONGEST, Milliseconds
from .answers import in_force
from .answers.occasions import clauses_of
from .claims import Claim, Way, said
from .clocks import Room, rooms
from .grammar import Sentence
from .nearest import Wish, nearest_times
from .paths import Path, paths_of
from .sentences import ask, sentence_of
from .times import Time, asked, changed, clocks_of, times_of
from .verdict import Verdict


class Interval(NamedTuple):
    """Values of a time, from ``low`` to ``high``, both included."""

    low: Milliseconds
    high: Milliseconds


@frozen
class Stretch:
    """Values of a free time that lead along one path, and the call of the nearest to the case's."""

    values: Interval
    path: Path
    timeline: Timeline
    verdict: Verdict


@frozen
class Values:
    """For which values of one time a sentence holds.

    Attributes:
        holds: all values with which it does, as intervals, none of which touch.
        ways: the same by path, with a call of each.
        obstacles: the values with which it does not, by path.
    """

    sentence: Sentence
    name: str
    time: Time
    holds: tuple[Interval, ...]
    ways: tuple[Stretch, ...]
    obstacles: tuple[Stretch, ...]

    @property
    def nearest(self) -> Milliseconds | None:
        """The value that is nearest to the case's; None: there is none."""
        wished = LONGEST if self.time.value is None else self.time.value
        near = (_clamped(wished, values) for values in self.holds)
        return min(near, key=lambda value: abs(value - wished), default=None)


@frozen
class Obstacle:
    """A path that the free times can lead to, and why the sentence fails on it.

    Attributes:
        values: of the free times, as near to the case's as the path allows.
    """

    path: Path
    values: Mapping[str, Milliseconds]
    timeline: Timeline
    verdict: Verdict


@frozen
class Witness:
    """Values of several times with which a sentence holds.

    Attributes:
        values: of those that must change, no fewer of which will do. Empty: it holds as the case
            stands. None: no values of the free times will do.
        timeline: the call.
        obstacles: why no values will do.
        before: the values of the free times in the case; None: left out, and never happens.
    """

    sentence: Sentence
    names: tuple[str, ...]
    values: Mapping[str, Milliseconds] | None
    timeline: Timeline | None
    obstacles: tuple[Obstacle, ...]
    before: Mapping[str, Milliseconds | None]


# ---------------------------------------------------------------------------------------- one time


def values_for(case: Case, sentence: Sentence | str, name: str) -> Values:
    """All values of one time of a case with which a sentence holds.

    Args:
        name: one of `times.times_of`.

    Raises:
        Misread: the text is no sentence.
        UsageError: the case has no such time.
    """
    sentence = sentence_of(sentence)
    (name,) = asked(case, (name,))
    time = times_of(case)[name]
    ways: list[Stretch] = []
    obstacles: list[Stretch] = []
    for path in paths_of(rules_for(case.configuration)):
        claim = said(sentence, path, case).claim
        for demands, stretches in ((claim.holds, ways), (claim.fails, obstacles)):
            values = _united(_values(path, case, time, demands))
            stretches.extend(_stretch(case, sentence, path, time, one) for one in values)
    return Values(
        sentence,
        name,
        time,
        holds=_united(way.values for way in ways),
        ways=tuple(sorted(ways, key=lambda way: way.values)),
        obstacles=tuple(sorted(obstacles, key=lambda way: way.values)),
    )


def _values(path: Path, case: Case, time: Time, ways: Sequence[Way]) -> Iterator[Interval]:
    """The values that lead along a path in one of some ways."""
    clock = time.clock
    for room in _rooms(path, case, (clock.name,), ways):
        limits = room.limits(clock.name)
        yield Interval(*limits) if limits else Interval(clock.low, clock.high)


def _rooms(path: Path, case: Case, free: Sequence[str], ways: Sequence[Way]) -> Iterator[Room]:
    if not ways:
        return
    for room in rooms(path, clocks_of(case, free)):
        for way in ways:
            found = room.under(way)
            if found is not None:
                yield found


def _united(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same values in as few intervals as possible, in order."""
    found: list[Interval] = []
    for low, high in sorted(intervals):
        if found and low <= found[-1].high + 1:
            found[-1] = Interval(found[-1].low, max(found[-1].high, high))
        else:
            found.append(Interval(low, high))
    return tuple(found)


def _stretch(case: Case, sentence: Sentence, path: Path, time: Time, values: Interval) -> Stretch:
    value = _clamped(time.value, values)
    timeline = simulate(changed(case, {time.clock.name: value}))
    return Stretch(values, path, timeline, ask(sentence, timeline))


def _clamped(value: Milliseconds | None, values: Interval) -> Milliseconds:
    """The value of an interval that is nearest to the case's; to never, the latest one."""
    return min(max(LONGEST if value is None else value, values.low), values.high)


# ----------------------------------------------------------------------------------- several times


def witness_for(case: Case, sentence: Sentence | str, names: Sequence[str]) -> Witness:
    """Values of several times with which a sentence holds: as few of them changed as possible.

    Of several that change as few, those that change by the least sum. A hang-up that the case does
    not have is as if it came after the longest time.

    Args:
        names: some of `times.times_of`.

    Raises:
        Misread: the text is no sentence.
        UsageError: the case has no such time.
    """
    sentence = sentence_of(sentence)
    names = asked(case, names)
    before = {name: time.value for name, time in times_of(case).items() if name in names}
    claims = [
        (path, said(sentence, path, case).claim) for path in paths_of(rules_for(case.configuration))
    ]
    open_to = [
        (path, claim) for path, claim in claims if any(_rooms(path, case, names, claim.holds))
    ]
    if not open_to:
        obstacles = tuple(_obstacles(case, sentence, names, claims))
        return Witness(sentence, tuple(names), None, None, obstacles, before)
    found: list[_Near] = []
    for count in range(len(names) + 1):
        found += (
            _nearest(case, room, some)
            for some in combinations(names, count)
            for path, claim in open_to
            for room in _rooms(path, case, some, claim.holds)
        )
        if found:
            break
    values = min(found, key=lambda near: near.off).values
    timeline = simulate(changed(case, values))
    return Witness(sentence, tuple(names), values, timeline, (), before)


class _Near(NamedTuple):
    """Values, and by how much in sum they are off those of the case."""

    off: Milliseconds
    values: dict[str, Milliseconds]


def _nearest(case: Case, room: Room, names: Sequence[str]) -> _Near:
    """The values of times in a room that are nearest to the case's; only those that change."""
    times = times_of(case)
    wished = {name: times[name].value for name in names if name in room.spans}
    lengths = {name: LONGEST if value is None else value for name, value in wished.items()}
    wishes = [Wish(*room.spans[name], length) for name, length in lengths.items()]
    found = room.lengths(nearest_times(room.zone, wishes))
    return _Near(
        sum(abs(found[name] - length) for name, length in lengths.items()),
        {name: found[name] for name, value in wished.items() if found[name] != value},
    )


def _obstacles(
    case: Case, sentence: Sentence, names: Sequence[str], claims: Iterable[tuple[Path, Claim]]
) -> Iterator[Obstacle]:
    """Each path that the free times can lead to, with the values nearest to the case's."""
    for path, claim in claims:
        near = [_nearest(case, room, names) for room in _rooms(path, case, names, claim.fails)]
        if near:
            values = min(near, key=lambda one: one.off).values
            timeline = simulate(changed(case, values))
            yield Obstacle(path, values, timeline, ask(sentence, timeline))


# --------------------------------------------------------------- what is in the way


def behind(timeline: Timeline, verdict: Verdict) -> Clauses:
    """The clauses behind it that a sentence fails in a call.

    What it rests on; where that is people's own doing, the step in force when it is decided.
    """
    lists = verdict.rests_on
    if not any(lists) and verdict.at is not None:
        lists = clauses_of(in_force(timeline, verdict.at))
    return tuple(dict.fromkeys(clause for clauses in lists for clause in clauses))
