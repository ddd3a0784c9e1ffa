"""A real call held against a case: what people did is taken from the record, the rest is judged.

The call is walked through the table again, each event at the moment at which it was seen. What
people do (answer, hang up, be busy) the record says; what the platform does (dial, play, join,
release, send digits) must follow as the table has it. Every moment of a record may be off by a
tolerance, so each is an interval here, and a platform is found wrong only where no true times could
explain what was seen. After a difference the walk goes on from what was seen, so that one late
moment does not make all later ones late.

Where two events were seen so close together that either could be first, both orders are tried, and
the one that explains more counts. What the record does not say is listed and not guessed: where
people's own moments are missing, those of the case stand in, and what rests on them is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from attrs import evolve, field, frozen

from ..call.case import Case, People, Person, Reaction
from ..call.plan import plan, ring_timeout
from ..call.timeline import Moment, Step, Timeline, dtmf_marks
from ..choreography import rules_for
from ..clauses import DTMF, G11, G12, G15, Clauses
from ..draw import wording
from ..errors import CaseError
from ..table import Edge
from ..units import NEVER, Milliseconds
from ..words import (
    ANSWERED,
    HUNG_UP,
    MESSAGE_ENDED,
    SLOT,
    UNREACHED,
    Event,
    LegState,
    Party,
    Reason,
)
from .bounds import TOLERANCE
from .judgement import Difference, Judgement, blamed
from .records import ENTERED, Record, Seen, Sighting, impossible


class Span(NamedTuple):
    """When something happened: between two moments, and most likely at one of them or between.

    ``known``: it follows from what was seen; else from what the case says instead.
    """

    low: Milliseconds
    high: Milliseconds
    likely: Milliseconds
    known: bool = True

    def later(self, length: Milliseconds) -> Span:
        """The same, so much later."""
        return Span(self.low + length, self.high + length, self.likely + length, self.known)

    def meets(self, other: Span) -> bool:
        """Whether both could be the same moment."""
        return self.low <= other.high and other.low <= self.high

    def both(self, other: Span) -> Span:
        """The moments that both allow; they meet."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        likely = min(max(other.likely, low), high)
        return Span(low, high, likely, self.known or other.known)


def judge(case: Case, record: Record, *, tolerance: Milliseconds = TOLERANCE) -> Judgement:
    """A record held against a case.

    Args:
        tolerance: how far a moment of the record may lie from the true one.

    Raises:
        CaseError: no call at all can have been so; says what excludes what.
    """
    problems = [*impossible(record, tolerance)]
    if problems:
        raise CaseError(problems)
    walk = _Walk(case, record, tolerance)
    return walk.judgement(min(walk.ways(), key=_strangeness))


# ----------------------------------------------------------------------------------------- the walk


@frozen(kw_only=True)
class _Way:
    """A call walked so far.

    Attributes:
        earliest: when each step can have been at the earliest.
        used: sightings that are explained.
        off: how far the platform was off, in all.
        ended_early: the call was ended although something was seen before that and not explained.
    """

    edge: Edge
    at: Span
    moments: tuple[Moment, ...]
    started: Mapping[int, Span]
    earliest: tuple[Milliseconds, ...] = ()
    used: frozenset[Sighting] = frozenset()
    differences: tuple[Difference, ...] = ()
    held: tuple[tuple[Sighting, Clauses], ...] = ()
    untested: tuple[str, ...] = ()
    off: Milliseconds = 0
    ended_early: bool = False
    answered: Span | None = None

    def untold(self, what: str) -> _Way:
        """The same, with one thing more that the record does not test."""
        return evolve(self, untested=(*self.untested, what))


def _strangeness(way: _Way) -> tuple[int, bool, int, int]:
    """How much a way leaves open, the worst first."""
    return len(way.differences), way.ended_early, len(way.untested), way.off


class _Next(NamedTuple):
    """Something that could happen next.

    Attributes:
        due: when the table has it, if it is the platform's; else when it was seen.
        sighting: of the event itself.
        cause: a sighting that stands for it without naming it: the release.
    """

    edge: Edge
    due: Span
    sighting: Sighting | None = None
    cause: Sighting | None = None
    judged: bool = False


@frozen
class _Walk:
    case: Case
    record: Record
    tolerance: Milliseconds
    lengths: tuple[Milliseconds, ...] = field(init=False)

    @lengths.default
    def _lengths(self) -> tuple[Milliseconds, ...]:
        return plan(self.case).lengths

    def span(self, sighting: Sighting) -> Span:
        at = sighting.at
        return Span(max(0, at - self.tolerance), at + self.tolerance, at)

    def ways(self) -> Iterator[_Way]:
        """Every way in which the record can be read, walked to its end."""
        start = rules_for(self.case.configuration).start
        begin = _Way(edge=start, at=Span(0, 0, 0), moments=(), started={})
        waiting = [self.entered(begin, start, Span(0, 0, 0))]
        while waiting:
            way = waiting.pop()
            following = self.following(way)
            if not following:
                yield self.finished(way)
            waiting += [self.taken(way, one, following) for one in following]

    # --------------------------------------------------------------------------- what comes next

    def following(self, way: _Way) -> list[_Next]:
        """What could happen next: of all that will, what could be the first."""
        known = [one for _, edge in way.edge.exits if (one := self.next(way, edge)) is not None]
        if not known:
            return []
        latest = min(one.due.high for one in known)
        first = [one for one in known if one.due.low <= latest]
        return known if self.seen_before_the_end(way, first) else first

    def seen_before_the_end(self, way: _Way, known: Sequence[_Next]) -> bool:
        """Whether something was seen before the call could end, and is not explained yet.

        Whatever leads there came first then, be it due or not: a platform that is early is no
        platform that goes on after the end.
        """
        ends = [
            self.span(sighting).low
            for one in known
            if not one.edge.exits and (sighting := one.sighting or one.cause) is not None
        ]
        return bool(ends) and any(
            self.span(one).high < min(ends)
            for one in self.record.sightings
            if one not in way.used and one.what is not Seen.DTMF
        )

    def next(self, way: _Way, edge: Edge) -> _Next | None:
        """When an event happens, as far as the record or else the case says; None: it does not."""
        event, slot = edge.event, SLOT[edge.event]
        seen = self.sighting_of(event)
        length = self.lengths[slot]
        began = way.started[slot]
        if event in MESSAGE_ENDED.values():
            due = began.later(length)
            if seen is None or seen in way.used:
                return _Next(edge, due)
            return _Next(edge, due, seen, judged=True)
        if seen is not None and seen not in way.used:
            return _Next(edge, _not_before(self.span(seen), way.at), seen)
        if self.says_otherwise(event):
            return None
        released = self.record.of(Seen.RELEASED)
        if released is not None and event not in ANSWERED.values():
            # Somebody ended the call, and the record does not say who.
            return _Next(edge, _not_before(self.span(released), way.at), cause=released)
        if length >= NEVER:
            return None
        return _Next(edge, began.later(length)._replace(known=False))

    def sighting_of(self, event: Event) -> Sighting | None:
        return next((one for one in self.record.sightings if one.what.event is event), None)

    def says_otherwise(self, event: Event) -> bool:
        """Whether the record tells of an event that excludes this one."""
        party = event.party
        enders = (*HUNG_UP.values(), *UNREACHED.values())
        if party is not None and event in (ANSWERED[party], UNREACHED[party]):
            others = {ANSWERED[party], UNREACHED[party]} - {event}
            if any(self.sighting_of(one) for one in others):
                return True
        if event in ANSWERED.values():
            return False
        return any(self.sighting_of(one) for one in enders)

    # ----------------------------------------------------------------------------- one step taken

    def taken(self, way: _Way, chosen: _Next, among: Sequence[_Next]) -> _Way:
        """The walk after one event."""
        due = chosen.due
        latest = min(one.due.high for one in among)
        if latest >= due.low:  # else it comes first although it is not due yet
            due = due._replace(high=latest, likely=min(due.likely, latest))
        edge = chosen.edge
        if not edge.exits and len(among) > 1 and self.seen_before_the_end(way, among):
            way = evolve(way, ended_early=True)
        if chosen.sighting is not None:
            way = evolve(way, used=way.used | {chosen.sighting})
            if chosen.judged:
                party = edge.event.party
                way, due = self.compared(way, chosen.sighting, due, party)
            else:
                way = self.in_time(way, chosen.sighting, edge)
        elif chosen.cause is not None:
            way = evolve(way, used=way.used | {chosen.cause})
        elif edge.event in MESSAGE_ENDED.values():
            way = way.untold(f"{edge.event}: not in the record")
        else:
            said = f"{edge.event}: not in the record; the case says {wording.clock(due.likely)}"
            way = way.untold(said)
        due = _not_before(due, way.at)
        return self.entered(way, edge, due)

    def in_time(self, way: _Way, sighting: Sighting, edge: Edge) -> _Way:
        """Whether a person could do so when it was seen: while the phone rings, and no earlier."""
        event = edge.event
        party = event.party
        if party is None:
            return way
        rang = way.started[SLOT[event]]
        seen = self.span(sighting)
        if sighting.what.reason is Reason.NO_ANSWER:  # it is the platform that gives up
            return self.given_up(way, sighting, rang, party)
        if event is ANSWERED[party] and rang.known and not self.rings_still(party, rang, seen):
            step = Step.of(*way.moments[-1])
            limit = wording.length(self._timeout(party))
            return self.differs(
                way,
                sighting,
                f"{sighting} at {wording.clock(sighting.at)}, after the ring time-out of {limit}",
                rang.likely + self._timeout(party),
                step,
                party,
                ((G15,),),
            )
        if seen.high < rang.low and rang.known:
            step = next(
                Step.of(at, one) for at, one in reversed(way.moments) if SLOT[event] in one.starts
            )
            early = f"{sighting} at {wording.clock(sighting.at)}, before it was possible"
            return self.differs(way, sighting, early, step.at, step, party, _lists(step, party))
        return way

    def given_up(self, way: _Way, sighting: Sighting, rang: Span, party: Party) -> _Way:
        """Whether a phone rang as long as the ring time-out has it."""
        due = rang.later(self._timeout(party))
        if not rang.known:
            said = f"{sighting}: rests on what the record does not say"
            return way.untold(said)
        if not due.meets(self.span(sighting)):
            return self.off_time(way, sighting, due, Step.of(*way.moments[-1]), party, ((G15,),))
        cited = () if self.case.ring_timeout.of(party) is not None else (G15,)
        return evolve(way, held=(*way.held, (sighting, cited)))

    def rings_still(self, party: Party, rang: Span, seen: Span) -> bool:
        return seen.low <= rang.high + self._timeout(party)

    def _timeout(self, party: Party) -> Milliseconds:
        return ring_timeout(self.case, party)

    def entered(self, way: _Way, edge: Edge, at: Span) -> _Way:
        """The walk after a step; what comes of it is held against what was seen."""
        moment = max(at.likely, way.moments[-1][0] if way.moments else 0)
        step = Step.of(moment, edge)
        way = evolve(
            way,
            edge=edge,
            moments=(*way.moments, (moment, edge)),
            earliest=(*way.earliest, at.low),
        )
        for what, party in _comes_of(edge):
            sighting = self.record.of(what)
            if sighting is None:
                way = way.untold(f"{what}: not in the record")
            elif sighting not in way.used:
                way = evolve(way, used=way.used | {sighting})
                way, at = self.held_against(way, sighting, at, step, party)
        started = dict(way.started)
        for slot in edge.starts:
            started[slot] = at
        answered = at if edge.event is Event.CONTACT_ANSWERED else way.answered
        return evolve(way, at=at, started=started, answered=answered)

    def compared(
        self, way: _Way, sighting: Sighting, due: Span, party: Party | None
    ) -> tuple[_Way, Span]:
        """A message that was seen to end; its clauses are those that made it play."""
        step = next(
            Step.of(at, edge)
            for at, edge in reversed(way.moments)
            if party is not None and edge.because(party) is not None
        )
        return self.held_against(way, sighting, due, step, party)

    def held_against(
        self, way: _Way, sighting: Sighting, due: Span, step: Step, party: Party | None
    ) -> tuple[_Way, Span]:
        """What was seen beside what was due; the walk goes on from what was seen."""
        seen, lists = self.span(sighting), _lists(step, party)
        if due.meets(seen):
            cited = tuple(dict.fromkeys(clause for clauses in lists for clause in clauses))
            if due.known:
                way = evolve(way, held=(*way.held, (sighting, cited)))
            return way, due.both(seen)._replace(known=True)
        if not due.known:
            said = f"{sighting}: rests on what the record does not say"
            return way.untold(said), seen
        way = self.off_time(way, sighting, due, step, party, lists)
        return way, seen

    def differs(
        self,
        way: _Way,
        sighting: Sighting,
        text: str,
        due: Milliseconds | None,
        step: Step,
        party: Party | None,
        lists: tuple[Clauses, ...],
    ) -> _Way:
        difference = Difference(
            text=text, at=sighting.at, due=due, step=step, party=party, lists=lists
        )
        off = abs(sighting.at - due) if due is not None else self.tolerance
        return evolve(way, differences=(*way.differences, difference), off=way.off + off)

    # ------------------------------------------------------------------------------ how it ended

    def finished(self, way: _Way) -> _Way:
        """The marks, and what was seen and never came up."""
        way = self.marks(way)
        over = not way.edge.exits
        left = [
            one
            for one in self.record.sightings
            if one not in way.used and one.what is not Seen.DTMF
        ]
        beyond = [one for one in left if over and one.at > way.at.high + self.tolerance]
        for sighting in left:
            if sighting in beyond and way.differences and beyond[0] is not sighting:
                continue
            step, party = self._in_force(way, sighting), sighting.what.party
            text = f"{sighting} at {wording.clock(sighting.at)}, which was not to happen"
            if sighting in beyond:
                told = ", ".join(f"{one} {wording.clock(one.at)}" for one in beyond)
                over_at = wording.clock(way.at.likely)
                text = f"the call goes on after its end at {over_at}: {told}"
                party = None
            way = self.differs(way, sighting, text, None, step, party, _lists(step, party))
        if not over:
            way = way.untold(f"all after {way.edge.target}")
        return way

    def _in_force(self, way: _Way, sighting: Sighting) -> Step:
        steps = [Step.of(at, edge) for at, edge in way.moments]
        party = sighting.what.party
        heard = sighting.what in _HEARD  # only who has answered hears anything
        found = [
            step
            for step, earliest in zip(steps, way.earliest, strict=True)
            if (
                earliest <= sighting.at + 2 * self.tolerance  # both moments may be off
                or (party is not None and heard and step.event is ANSWERED[party])
            )
            and (party is None or step.because(party) is not None)
        ]
        return found[-1] if found else steps[0]

    def marks(self, way: _Way) -> _Way:
        """Each mark that was due beside the one that was seen, in their order."""
        seen = [one for one in self.record.sightings if one.what is Seen.DTMF]
        answered = way.answered
        over = way.at if not way.edge.exits else None
        for wait, digits in dtmf_marks(self.case.request.dtmf_string):
            found = next((one for one in seen if one.digits == digits), None)
            due = None if answered is None else answered.later(wait)
            if found is not None:
                seen.remove(found)
                way = self.mark(way, found, due, over)
            elif due is not None and (over is None or due.likely < over.likely):
                way = way.untold(f"dtmf {digits}: not in the record")
        for extra in seen:
            text = f"{extra} at {wording.clock(extra.at)}, which was not to be sent"
            way = self.differs(
                way, extra, text, None, self._in_force(way, extra), Party.CONTACT, ((DTMF,),)
            )
        return way

    def mark(self, way: _Way, found: Sighting, due: Span | None, over: Span | None) -> _Way:
        step = self._in_force(way, found)
        if due is None or (over is not None and due.low >= over.high):
            text = f"{found} at {wording.clock(found.at)}, which was not to be sent"
            lists: tuple[Clauses, ...] = ((DTMF, G12),)
            return self.differs(way, found, text, None, step, Party.CONTACT, lists)
        if due.meets(self.span(found)):
            if not due.known:
                said = f"{found}: rests on what the record does not say"
                return way.untold(said)
            return evolve(way, held=(*way.held, (found, (DTMF, G11))))
        step = [Step.of(at, edge) for at, edge in way.moments if at <= due.likely][-1]
        return self.off_time(way, found, due, step, Party.CONTACT, ((DTMF, G11),))

    def off_time(
        self,
        way: _Way,
        sighting: Sighting,
        due: Span,
        step: Step,
        party: Party | None,
        lists: tuple[Clauses, ...],
    ) -> _Way:
        """The walk with a moment that was seen too late or too early."""
        off = sighting.at - due.likely
        text = (
            f"{sighting} at {wording.clock(sighting.at)}, {wording.length(abs(off))} "
            f"{'late' if off > 0 else 'early'}; due at {wording.clock(due.likely)}"
        )
        return self.differs(way, sighting, text, due.likely, step, party, lists)

    # ------------------------------------------------------------------------------- the answer

    def judgement(self, way: _Way) -> Judgement:
        """What came of the best way to read the record."""
        case = evolve(self.case, people=self.people(way))
        return Judgement(
            record=self.record,
            timeline=Timeline(case, way.moments),
            differences=blamed(way.differences),
            held=way.held,
            untested=way.untested,
        )

    def people(self, way: _Way) -> People:
        """What people did, as the call that was walked has it."""
        persons = {party: self.person(way, party) for party in Party}
        at = {edge.target: at for at, edge in way.moments}
        ended = way.moments[-1]
        talked = None
        if ended[1].source.contact is LegState.CONVERSATION:
            talked = ended[0] - at[ended[1].source]
        return evolve(
            self.case.people,
            contact=persons[Party.CONTACT],
            employee=persons[Party.EMPLOYEE],
            conversation=talked or self.case.people.conversation,
        )

    def person(self, way: _Way, party: Party) -> Person:
        given = self.case.people.of(party)
        events = {edge.event: at for at, edge in way.moments}
        dialed = next(
            (at for at, edge in way.moments if edge.target.leg(party) is LegState.DIALING), None
        )
        if dialed is None:
            return given
        answered, unreached = events.get(ANSWERED[party]), events.get(UNREACHED[party])
        if answered is not None:
            hung_up = events.get(HUNG_UP[party])
            return Person(
                reaction=Reaction.ANSWERS,
                after=answered - dialed,
                hangs_up_after=None if hung_up is None else hung_up - answered,
            )
        if unreached is None:
            return given
        reason = next(
            (
                one.what.reason
                for one in self.record.sightings
                if one.what.reason is not None and one.what.party is party
            ),
            None,
        )
        if reason is None or reason is Reason.NO_ANSWER:
            return Person(reaction=Reaction.NO_ANSWER) if reason else given
        return Person(reaction=_REACTIONS[reason], after=unreached - dialed)


_REACTIONS = {
    Reason.BUSY: Reaction.BUSY,
    Reason.REJECTED: Reaction.REJECTS,
    Reason.UNAVAILABLE: Reaction.UNAVAILABLE,
}


_HEARD = frozenset(
    what
    for party in Party
    for what in (
        ENTERED[party, LegState.MESSAGE],
        ENTERED[party, LegState.DIALING_MUSIC],
        Seen(MESSAGE_ENDED[party]),
    )
)


def _comes_of(edge: Edge) -> Iterator[tuple[Seen, Party | None]]:
    """What a record can say of a step beside its event."""
    source, target = edge.source, edge.target
    if target.contact is LegState.CONVERSATION:
        yield Seen.CONVERSATION, None
        return
    if not edge.exits:
        yield Seen.RELEASED, None
        return
    for party in Party:
        state = target.leg(party)
        if state is not source.leg(party) and (party, state) in ENTERED:
            yield ENTERED[party, state], party


def _lists(step: Step, party: Party | None) -> tuple[Clauses, ...]:
    """The clauses that a step gave to a leg, or to both."""
    parties = tuple(Party) if party is None else (party,)
    given = (step.because(one) for one in parties)
    return tuple(dict.fromkeys(clauses for clauses in given if clauses))


def _not_before(span: Span, earliest: Span) -> Span:
    """A span that begins no earlier than another; if it lies before it, it is that one."""
    low = max(span.low, earliest.low)
    high = max(span.high, low)
    return Span(
        low,
        high,
        min(max(span.likely, earliest.likely, low), max(high, earliest.likely)),
        span.known,
    )
