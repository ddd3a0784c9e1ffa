"""Questions to a timeline: each gives a verdict, in words that can stand in a report.

A question knows what it asks, not how it was put: `sentences` and `sequences` put it. What happens
is the timeline's; nothing here works it out again.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from ..call.effect import without_effect
from ..call.timeline import Mark, Part, Step, Timeline
from ..clauses import Clauses
from ..draw import wording
from ..units import Milliseconds
from ..words import (
    ANSWERED,
    MESSAGE_ENDED,
    UNREACHED,
    Event,
    LegState,
    Outcome,
    Party,
)
from .bounds import Bound
from .verdict import Verdict


class Occasion(StrEnum):
    """Something that can happen in a call, as it is told in a sentence."""

    CONVERSATION_BEGINS = "conversation begins"
    CONVERSATION_ENDS = "conversation ends"
    CONTACT_IS_DIALED = "contact is dialed"
    EMPLOYEE_IS_DIALED = "employee is dialed"
    CONTACT_ANSWERS = "contact answers"
    EMPLOYEE_ANSWERS = "employee answers"
    CONTACT_MESSAGE_BEGINS = "contact message begins"
    EMPLOYEE_MESSAGE_BEGINS = "employee message begins"
    CONTACT_MESSAGE_ENDS = "contact message ends"
    EMPLOYEE_MESSAGE_ENDS = "employee message ends"
    CONTACT_DIALING_MUSIC_BEGINS = "contact dialing_music begins"
    EMPLOYEE_DIALING_MUSIC_BEGINS = "employee dialing_music begins"
    CONTACT_IS_NOT_REACHED = "contact is not reached"
    EMPLOYEE_IS_NOT_REACHED = "employee is not reached"
    CONTACT_HANGS_UP = "contact hangs up"
    EMPLOYEE_HANGS_UP = "employee hangs up"
    CALL_ENDS = "call ends"

    @property
    def party(self) -> Party | None:
        """In whose life it happens; None: in both."""
        first = self.value.split()[0]
        return Party(first) if first in ("contact", "employee") else None


_ENTERS: dict[Occasion, tuple[Party, LegState]] = {
    Occasion.CONTACT_IS_DIALED: (Party.CONTACT, LegState.DIALING),
    Occasion.EMPLOYEE_IS_DIALED: (Party.EMPLOYEE, LegState.DIALING),
    Occasion.CONTACT_MESSAGE_BEGINS: (Party.CONTACT, LegState.MESSAGE),
    Occasion.EMPLOYEE_MESSAGE_BEGINS: (Party.EMPLOYEE, LegState.MESSAGE),
    Occasion.CONTACT_DIALING_MUSIC_BEGINS: (Party.CONTACT, LegState.DIALING_MUSIC),
    Occasion.EMPLOYEE_DIALING_MUSIC_BEGINS: (Party.EMPLOYEE, LegState.DIALING_MUSIC),
}
_HAPPENS: dict[Occasion, Event] = {
    Occasion.CONTACT_ANSWERS: ANSWERED[Party.CONTACT],
    Occasion.EMPLOYEE_ANSWERS: ANSWERED[Party.EMPLOYEE],
    Occasion.CONTACT_MESSAGE_ENDS: MESSAGE_ENDED[Party.CONTACT],
    Occasion.EMPLOYEE_MESSAGE_ENDS: MESSAGE_ENDED[Party.EMPLOYEE],
    Occasion.CONTACT_IS_NOT_REACHED: UNREACHED[Party.CONTACT],
    Occasion.EMPLOYEE_IS_NOT_REACHED: UNREACHED[Party.EMPLOYEE],
}
_HANGS_UP = (Occasion.CONTACT_HANGS_UP, Occasion.EMPLOYEE_HANGS_UP)


def occurs(timeline: Timeline, occasion: Occasion) -> Step | None:
    """The step in which something happens; None: it does not.

    A conversation begins if it lasts, be it a millisecond. A party hangs up also where the length
    of the conversation has passed and the case names that party.
    """
    steps = timeline.steps
    if occasion is Occasion.CALL_ENDS:
        return steps[-1]
    if occasion in (Occasion.CONVERSATION_BEGINS, Occasion.CONVERSATION_ENDS):
        if timeline.conversation is None:
            return None
        return steps[-2] if occasion is Occasion.CONVERSATION_BEGINS else steps[-1]
    if occasion in _HANGS_UP:
        return steps[-1] if timeline.ended_by is occasion.party else None
    if occasion in _HAPPENS:
        return next((step for step in steps if step.event is _HAPPENS[occasion]), None)
    return _entered(timeline, *_ENTERS[occasion])


def _entered(timeline: Timeline, party: Party, state: LegState) -> Step | None:
    """The step with which a leg came into a state; no leg comes back to one."""
    for step in timeline.steps:
        if step.target.leg(party) is state:
            return step
    return None


def in_force(timeline: Timeline, at: Milliseconds) -> Step:
    """The last step taken at a moment or before it: the reason for what is lived through then."""
    return [step for step in timeline.steps if step.at <= at][-1]


def clauses_of(step: Step) -> tuple[Clauses, ...]:
    """The lists that a step gave to the legs, each once."""
    given = (step.contact, step.employee)
    return tuple(dict.fromkeys(clauses for clauses in given if clauses))


def parts(
    timeline: Timeline, party: Party, *states: LegState, since: Milliseconds = 0
) -> Iterator[Part]:
    """The stretches in which a party is in one of some states."""
    for segment in timeline.leg(party).segments:
        if segment.state in states and segment.start >= since:
            yield from segment.parts


def _grounds(found: Iterator[Part]) -> tuple[Clauses, ...]:
    return tuple(dict.fromkeys(part.clauses for part in found))


# ------------------------------------------------------------------------------------ what is heard


def hears_for(timeline: Timeline, party: Party, state: LegState, bound: Bound) -> Verdict:
    """Whether a party hears something, all in all, as long as expected."""
    leg = timeline.leg(party)
    segment = next((one for one in leg.segments if one.state is state), None)
    rests_on = _grounds(parts(timeline, party, state)) or _instead(timeline, party)
    if segment is None:
        return Verdict(
            holds=bound.holds(0),
            said=_never(timeline, party, state),
            at=_turning(timeline, party),
            party=party,
            rests_on=rests_on,
        )
    beyond = bound.beyond(segment.length)
    said = f"{_it(state)} {wording.length(segment.length)}"
    if bound.high != 0:  # what was not to be at all is not too long
        said += _off(beyond, "long", "short")
    if bound.high == 0:
        at, note = segment.start, ""
    elif beyond > 0 and bound.high is not None:
        at = segment.start + bound.high
        note = f"{wording.length(bound.high)} are over at {wording.clock(at)}"
    else:
        at = segment.end if beyond else segment.start
        note = f"over at {wording.clock(at)}" if beyond else ""
    return Verdict(holds=not beyond, said=said, at=at, note=note, party=party, rests_on=rests_on)


def hears(timeline: Timeline, party: Party, state: LegState) -> Verdict:
    """Whether a party ever hears something."""
    return hears_for(timeline, party, state, Bound(1, None))


def never_hears(timeline: Timeline, party: Party, state: LegState) -> Verdict:
    """Whether a party never hears something."""
    return hears_for(timeline, party, state, Bound(None, 0))


def hears_whole_message(timeline: Timeline, party: Party) -> Verdict:
    """Whether a party hears the message set for it to its end."""
    length = timeline.leg(party).figures.message_length
    if length is None:
        return Verdict(
            holds=False,
            said=f"no message is set for the {party}",
            party=party,
            rests_on=_instead(timeline, party),
        )
    return hears_for(timeline, party, LegState.MESSAGE, Bound(length, length))


_WAITING = (LegState.MESSAGE, LegState.DIALING_MUSIC)


def waits(timeline: Timeline, party: Party, bound: Bound) -> Verdict:
    """Whether a party waits from the answer to the conversation (or the end) as long as expected.

    A party that never answered waits for nothing; no length holds for it.
    """
    leg = timeline.leg(party)
    answered, waited = leg.answered, leg.figures.waited
    if answered is None or waited is None:
        return Verdict(
            holds=False,
            said=f"the {party} never answers",
            at=_turning(timeline, party),
            party=party,
            rests_on=_instead(timeline, party),
        )
    beyond = bound.beyond(waited)
    over = beyond > 0 and bound.high is not None
    at = answered + (bound.high or 0) if over else answered + waited
    note = f"{wording.length(bound.high or 0)} are over at {wording.clock(at)}" if over else ""
    return Verdict(
        holds=not beyond,
        said=f"the {party} waited {wording.length(waited)}{_off(beyond, 'long', 'short')}",
        at=at,
        note=note,
        party=party,
        rests_on=_grounds(parts(timeline, party, *_WAITING)) or _instead(timeline, party),
    )


def lasts(timeline: Timeline, bound: Bound) -> Verdict:
    """Whether the whole call lasts as long as expected."""
    beyond = bound.beyond(timeline.duration)
    return Verdict(
        holds=not beyond,
        said=f"it lasted {wording.length(timeline.duration)}{_off(beyond, 'long', 'short')}",
        at=timeline.duration if beyond <= 0 else bound.high,
        rests_on=clauses_of(timeline.steps[-1]),
    )


def conversation_lasts(timeline: Timeline, bound: Bound) -> Verdict:
    """Whether both talk as long as expected."""
    return hears_for(timeline, Party.CONTACT, LegState.CONVERSATION, bound)


# ------------------------------------------------------------------------------------------ moments


def happens(timeline: Timeline, occasion: Occasion) -> Verdict:
    """Whether something happens."""
    step = occurs(timeline, occasion)
    if step is None:
        return _missing(timeline, occasion)
    return _met(timeline, occasion, step, holds=True)


def never_happens(timeline: Timeline, occasion: Occasion) -> Verdict:
    """Whether something does not happen."""
    step = occurs(timeline, occasion)
    if step is None:
        last = timeline.steps[-1]
        given = occasion in _HANGS_UP
        return Verdict(
            holds=True,
            said="it did not happen",
            at=last.at,
            party=occasion.party,
            rests_on=() if given else clauses_of(last),
        )
    return _met(timeline, occasion, step, holds=False)


def happens_at(timeline: Timeline, occasion: Occasion, bound: Bound) -> Verdict:
    """Whether something happens when expected."""
    step = occurs(timeline, occasion)
    if step is None:
        return _missing(timeline, occasion)
    beyond = bound.beyond(step.at)
    return _met(timeline, occasion, step, holds=not beyond, off=_off(beyond, "late", "early"))


def happens_before(timeline: Timeline, occasion: Occasion, limit: Milliseconds) -> Verdict:
    """Whether something happens before a moment."""
    return _beside(timeline, occasion, Bound(None, limit - 1))


def happens_after(timeline: Timeline, occasion: Occasion, limit: Milliseconds) -> Verdict:
    """Whether something happens after a moment."""
    return _beside(timeline, occasion, Bound(limit + 1, None))


def _beside(timeline: Timeline, occasion: Occasion, bound: Bound) -> Verdict:
    """Whether it happens on that side of a moment; by how much it does not would mislead."""
    step = occurs(timeline, occasion)
    if step is None:
        return _missing(timeline, occasion)
    return _met(timeline, occasion, step, holds=bound.holds(step.at))


class Order(StrEnum):
    """How two occasions follow each other."""

    WHEN = "when"
    BEFORE = "before"
    AFTER = "after"


def happens_in_order(
    timeline: Timeline, occasion: Occasion, order: Order, other: Occasion
) -> Verdict:
    """Whether something happens in the moment of another thing, before or after it.

    Both have to happen; that something never happens is asked by `never_happens`.
    """
    one, two = occurs(timeline, occasion), occurs(timeline, other)
    if one is None or two is None:
        return _missing(timeline, occasion if one is None else other)
    holds = {
        Order.WHEN: one.at == two.at,
        Order.BEFORE: one.at < two.at,
        Order.AFTER: one.at > two.at,
    }[order]
    said = f"{occasion} at {wording.clock(one.at)}, {other} at {wording.clock(two.at)}"
    rests_on = reason_of(timeline, occasion, one)
    if order is not Order.WHEN:
        rests_on += reason_of(timeline, other, two)
    return Verdict(
        holds=holds, said=said, at=one.at, party=occasion.party, rests_on=_once(rests_on)
    )


def dialed_in_order(timeline: Timeline, one: Party, order: Order, other: Party) -> Verdict:
    """Whether one party is dialed before or after the other."""
    dialed = {
        Party.CONTACT: Occasion.CONTACT_IS_DIALED,
        Party.EMPLOYEE: Occasion.EMPLOYEE_IS_DIALED,
    }
    first, second = occurs(timeline, dialed[one]), occurs(timeline, dialed[other])
    if order is Order.BEFORE and first is not None and second is None:
        return _met(timeline, dialed[one], first, holds=True)  # the other was not even dialed
    return happens_in_order(timeline, dialed[one], order, dialed[other])


def reason_of(timeline: Timeline, occasion: Occasion, step: Step) -> tuple[Clauses, ...]:
    """The clauses behind something that happened in a step.

    What people do (answer, hang up, be busy) is the case's own; behind its moment stands the step
    that dialed them. What plays to its end rests on what made it play, and not on what follows.
    """
    if occasion.party is not None and occasion in (*_HAPPENS, *_HANGS_UP):
        state = LegState.MESSAGE if step.event in MESSAGE_ENDED.values() else LegState.DIALING
        begun = _entered(timeline, occasion.party, state)
        return clauses_of(begun) if begun else ()
    if occasion is Occasion.CONVERSATION_ENDS:
        return clauses_of(timeline.steps[-2])
    return clauses_of(step)


def _met(
    timeline: Timeline, occasion: Occasion, step: Step, *, holds: bool, off: str = ""
) -> Verdict:
    return Verdict(
        holds=holds,
        said=f"{occasion} at {wording.clock(step.at)}{off}",
        at=step.at,
        party=occasion.party,
        rests_on=reason_of(timeline, occasion, step),
    )


def _missing(timeline: Timeline, occasion: Occasion) -> Verdict:
    last = timeline.steps[-1]
    return Verdict(
        holds=False,
        said=f"{occasion}: that never happens; {wording.outcome(timeline)}",
        at=last.at,
        party=occasion.party,
        rests_on=clauses_of(last),
    )


# -------------------------------------------------------------- outcome, numbers, marks, settings


def outcome_is(timeline: Timeline, outcome: Outcome, *, holds_if: bool = True) -> Verdict:
    """Whether the call turns out as expected; ``holds_if`` False asks whether it does not."""
    step = timeline.steps[-1]
    if timeline.conversation is not None:
        step = timeline.steps[-2]
    return Verdict(
        holds=(timeline.outcome is outcome) is holds_if,
        said=_turned_out(timeline),
        at=step.at,
        party=timeline.steps[-1].event.party if timeline.conversation is None else None,
        rests_on=clauses_of(step),
    )


def sees_caller(timeline: Timeline, party: Party, number: str) -> Verdict:
    """Whether a party sees a number as the caller's."""
    leg = timeline.leg(party)
    seen = leg.caller_id
    if seen is None:
        return Verdict(
            holds=False,
            said=f"the {party}'s phone never rings",
            at=timeline.duration,
            party=party,
            rests_on=clauses_of(timeline.steps[-1]),
        )
    return Verdict(
        holds=seen.number == number,
        said=f"the {party} sees {seen.number}",
        at=leg.dialed,
        party=party,
        rests_on=(seen.clauses,),
    )


def mark_is_sent(timeline: Timeline, place: int, digits: str, bound: Bound | None) -> Verdict:
    """Whether the mark with these digits is sent, and when; ``place`` counts equal ones from 1."""
    mark = _mark(timeline, place, digits)
    if mark is None:
        return _no_mark(timeline, digits)
    if not mark.sent or mark.at is None:
        return _mark_verdict(timeline, mark, holds=False)
    beyond = 0 if bound is None else bound.beyond(mark.at)
    return _mark_verdict(timeline, mark, holds=not beyond, off=_off(beyond, "late", "early"))


def mark_is_not_sent(timeline: Timeline, place: int, digits: str) -> Verdict:
    """Whether the mark with these digits is there and not sent."""
    mark = _mark(timeline, place, digits)
    if mark is None:
        return _no_mark(timeline, digits)
    return _mark_verdict(timeline, mark, holds=not mark.sent)


def _mark(timeline: Timeline, place: int, digits: str) -> Mark | None:
    equal = [mark for mark in timeline.dtmf if mark.digits == digits]
    return equal[place - 1] if place <= len(equal) else None


def _no_mark(timeline: Timeline, digits: str) -> Verdict:
    known = ", ".join(f'"{mark.digits}"' for mark in timeline.dtmf)
    there = f"the marks are {known}" if known else "dtmf_string has no marks"
    return Verdict(holds=False, said=f'there is no such mark "{digits}"; {there}')


def _mark_verdict(timeline: Timeline, mark: Mark, *, holds: bool, off: str = "") -> Verdict:
    if mark.sent and mark.at is not None:
        said, at = f"it is sent at {wording.clock(mark.at)}{off}", mark.at
    elif mark.at is None:
        said, at = "it is not sent: the contact never answers", timeline.duration
    else:
        over = wording.clock(timeline.duration)
        said = f"it is not sent: due at {wording.clock(mark.at)}, and the call is over at {over}"
        at = timeline.duration
    return Verdict(holds=holds, said=said, at=at, party=Party.CONTACT, rests_on=(mark.clauses,))


def has_effect(timeline: Timeline, path: str, *, holds_if: bool = True) -> Verdict:
    """Whether a parameter can change what happens, whatever people do.

    It is a fact of request and scenario: what they would change if they were sent otherwise.
    ``holds_if`` False asks whether it cannot.
    """
    idle = without_effect(timeline.case, path)
    name = path.rpartition(".")[2]
    if idle is None:
        return Verdict(holds=holds_if, said=f"{name} has an effect")
    return Verdict(
        holds=not holds_if,
        said=f"{name} has no effect: {idle.text}",
        rests_on=(idle.clauses,),
    )


# ------------------------------------------------------------------------------------------- words


def _turned_out(timeline: Timeline) -> str:
    """How the call turned out: the word for it, and what happened."""
    told = wording.outcome(timeline)
    happened = told.partition(": ")[2]
    return f"{timeline.outcome}: {happened}" if happened else told


def _it(state: LegState) -> str:
    return {
        LegState.DIALING: "it rang",
        LegState.CONVERSATION: "it lasted",
    }.get(state, "it heard")


def _off(beyond: Milliseconds, above: str, below: str) -> str:
    if not beyond:
        return ""
    return f", {wording.length(abs(beyond))} too {above if beyond > 0 else below}"


def _never(timeline: Timeline, party: Party, state: LegState) -> str:
    leg = timeline.leg(party)
    if leg.dialed is None:
        return f"the {party} is never dialed"
    if state is LegState.CONVERSATION:
        return f"there is no conversation: {wording.outcome(timeline)}"
    if leg.answered is None:
        return f"the {party} never answers"
    word = wording.STATE[state][0]
    return f"the {party} hears no {word}"


def _turning(timeline: Timeline, party: Party) -> Milliseconds:
    """The moment that decided that a party did not get something: its answer, else the end."""
    answered = timeline.leg(party).answered
    return timeline.duration if answered is None else answered


def _instead(timeline: Timeline, party: Party) -> tuple[Clauses, ...]:
    """On what it rests that a party did not get something: on all that it got since the answer."""
    states = (*_WAITING, LegState.CONVERSATION)
    return _grounds(parts(timeline, party, *states)) or clauses_of(timeline.steps[-1])


def _once(lists: tuple[Clauses, ...]) -> tuple[Clauses, ...]:
    return tuple(dict.fromkeys(lists))
