"""What a leg lives through, and the steps of a call, in order: as exact as wanted.

``[dialing 9, message 12.5, conversation]`` is a whole leg; a state may have a length with its
tolerance. ``[start, ..., [31.5, contact_message_ended, conversation/conversation, EF5]]`` are the
steps: an event, or moment, event, state and clauses. ``...`` stands for anything, also for nothing.

A leg is told whole, unless it ends in ``...``. The steps may go on behind the last one that is
told: the end of a call is a step like others, and can be told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ..call.timeline import Part, Segment, Step, Timeline
from ..clauses import Clause, Clauses, cite
from ..draw import wording
from ..units import Milliseconds
from ..words import Event, LegState, Party, State
from .answers import clauses_of
from .bounds import Bound
from .verdict import Verdict


class Anything(NamedTuple):
    """``...``: any number of segments or steps, also none."""

    def __str__(self) -> str:
        return "..."


class Stretch(NamedTuple):
    """A state of a leg, and how long it lasts; None: as long as it will."""

    state: LegState
    length: Bound | None
    text: str

    def __str__(self) -> str:
        return self.text

    def fits(self, segment: Segment) -> bool:
        """Whether a segment is meant."""
        return segment.state is self.state and (
            self.length is None or self.length.holds(segment.length)
        )


class Taken(NamedTuple):
    """A step that is taken; what is None may be anything.

    Attributes:
        clauses: all of them stand behind the step, on whichever leg.
        because: exactly these stand behind the step for that leg; None: its clauses stay.
    """

    event: Event
    at: Bound | None = None
    state: State | None = None
    clauses: Clauses = ()
    because: tuple[tuple[Party, Clauses | None], ...] = ()
    text: str = ""

    def __str__(self) -> str:
        return self.text

    def fits(self, step: Step) -> bool:
        """Whether a step is meant."""
        cited = {clause for clauses in clauses_of(step) for clause in clauses}
        return (
            step.event is self.event
            and (self.at is None or self.at.holds(step.at))
            and (self.state is None or step.target == self.state)
            and cited.issuperset(self.clauses)
            and all(_same(step.because(party), clauses) for party, clauses in self.because)
        )


def _same(given: Clauses | None, named: Clauses | None) -> bool:
    """Whether exactly these clauses were given, in whatever order; to name none is as null."""
    return frozenset(given or ()) == frozenset(named or ())


def lives_through(
    timeline: Timeline, party: Party, expected: Sequence[Stretch | Anything]
) -> Verdict:
    """Whether a leg is, in order, what is expected.

    An empty list is a leg never dialed, or that was there for no time.
    """
    segments = timeline.leg(party).segments
    missed = _matched(expected, segments, lambda one, segment: one.state is segment.state)
    if missed is None:
        rests_on = dict.fromkeys(
            part.clauses for segment in segments for part in _asked(expected, segment)
        )
        return Verdict(holds=True, said=_told(segments), party=party, rests_on=tuple(rests_on))
    place, there = missed
    wanted = expected[place] if place < len(expected) else None
    found = segments[there] if there < len(segments) else None
    if not segments:
        never = timeline.leg(party).dialed is None
        said = f"the {party} {'is never dialed' if never else 'is there for no time'}"
    elif not expected and found:
        said = f"the {party} is dialed at {wording.clock(found.start)}"
    elif wanted and found:
        said = f"{'then' if there else 'first'} it is {_segment(found)}, not {wanted}"
    elif wanted:
        said = f"{wanted} is missing; the last is {_segment(segments[-1])}"
    else:
        said = f"{_segment(found)} comes on top"
    at, note = _where(wanted, found, timeline.duration)
    return Verdict(
        holds=False,
        said=said,
        at=at,
        note=note,
        party=party,
        rests_on=tuple(dict.fromkeys(part.clauses for part in found.parts)) if found else (),
    )


def takes_steps(timeline: Timeline, expected: Sequence[Taken | Anything]) -> Verdict:
    """Whether the steps of a call are, in order, as expected; others may follow."""
    steps, expected = timeline.steps, (*expected, Anything())
    missed = _matched(expected, steps, lambda one, step: one.event is step.event)
    if missed is None:
        named = [one.event for one in expected if isinstance(one, Taken)]
        rests_on = dict.fromkeys(
            clauses for step in steps if step.event in named for clauses in clauses_of(step)
        )
        return Verdict(holds=True, said=f"it takes {len(steps)} steps", rests_on=tuple(rests_on))
    place, there = missed
    wanted, found = expected[place], steps[there] if there < len(steps) else None
    if found:
        said = f"step {there + 1} is {_step(found)}, not {wanted}"
    else:
        said = f"{wanted} is missing; the last step is {_step(steps[-1])}"
    return Verdict(
        holds=False,
        said=said,
        at=timeline.duration if found is None else found.at,
        rests_on=clauses_of(found) if found else (),
    )


def _asked(expected: Sequence[Stretch | Anything], segment: Segment) -> tuple[Part, ...]:
    """The parts of a segment that is named; what ``...`` stands for was not asked."""
    named = any(isinstance(one, Stretch) and one.state is segment.state for one in expected)
    return segment.parts if named else ()


# ----------------------------------------------------------------------------------------- matching


def _matched(
    expected: Sequence[Any], found: Sequence[Any], alike: Callable[[Any, Any], bool]
) -> tuple[int, int] | None:
    """None if the lists fit; else the places, in both, that could not be passed.

    Of several ways to read ``...`` the one counts that gets furthest in ``expected``, and there the
    place that is ``alike``; if none is, what is expected is missing at the end.
    """
    begin = (0, 0)
    reached, waiting, stuck = {begin}, [begin], []
    while waiting:
        place, there = waiting.pop()
        if place == len(expected) and there == len(found):
            return None
        following = []
        if place < len(expected):
            one = expected[place]
            if isinstance(one, Anything):
                following.append((place + 1, there))
                if there < len(found):
                    following.append((place, there + 1))
            elif there < len(found) and one.fits(found[there]):
                following.append((place + 1, there + 1))
        if not following:
            stuck.append((place, there))
        fresh = [pair for pair in following if pair not in reached]
        reached.update(fresh)
        waiting.extend(fresh)
    last = max(place for place, _ in stuck)
    places = sorted(there for place, there in stuck if place == last)
    if last < len(expected) and len(places) > 1:
        near = [one for one in places if one < len(found) and alike(expected[last], found[one])]
        return last, near[0] if near else len(found)
    return last, places[0]


# -------------------------------------------------------------------------------------------- words


def _segment(segment: Segment | None) -> str:
    if segment is None:
        return "nothing"
    return f"{segment.state} {wording.length(segment.length)}"


def _told(segments: Sequence[Segment]) -> str:
    return ", ".join(map(_segment, segments)) or "it is there for no time"


def _step(step: Step) -> str:
    cited: dict[Clause, None] = {}
    for clauses in clauses_of(step):
        cited.update(dict.fromkeys(clauses))
    because = cite(cited)
    return f"[{wording.clock(step.at)}, {step.event}, {step.target}, {because}]"


def _where(
    wanted: Stretch | Anything | None, found: Segment | None, end: Milliseconds
) -> tuple[Milliseconds, str]:
    """The moment at which a leg leaves what was expected."""
    if found is None:
        return end, ""
    if isinstance(wanted, Stretch) and wanted.state is found.state and wanted.length is not None:
        beyond = wanted.length.beyond(found.length)
        if beyond > 0 and wanted.length.high is not None:
            at = found.start + wanted.length.high
            return at, f"{wording.length(wanted.length.high)} are over at {wording.clock(at)}"
        return found.end, f"over at {wording.clock(found.end)}"
    return found.start, ""
