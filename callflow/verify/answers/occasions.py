"""What can happen in a call, in which step it does, and on which clauses that rests.

The module judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from ...call.timeline import Part, Step, Timeline
from ...clauses import Clauses
from ...draw import wording
from ...units import Milliseconds
from ...words import ANSWERED, MESSAGE_ENDED, UNREACHED, Event, LegState, Party


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

    @property
    def denied(self) -> str:
        """That it does not happen, in words: ``conversation never begins``."""
        if self in (Occasion.CONTACT_IS_NOT_REACHED, Occasion.EMPLOYEE_IS_NOT_REACHED):
            return "it does not come to that"
        if self is Occasion.CONVERSATION_ENDS:
            return "there is no conversation"
        subject, verb, more = re.split("( is| hangs|(?= [a-z]+$))", self.value, maxsplit=1)
        return f"{subject}{verb} never{more}" if verb == " is" else f"{subject} never{verb}{more}"


#: What begins as a leg comes into a state.
ENTERS: dict[Occasion, tuple[Party, LegState]] = {
    Occasion.CONTACT_IS_DIALED: (Party.CONTACT, LegState.DIALING),
    Occasion.EMPLOYEE_IS_DIALED: (Party.EMPLOYEE, LegState.DIALING),
    Occasion.CONTACT_MESSAGE_BEGINS: (Party.CONTACT, LegState.MESSAGE),
    Occasion.EMPLOYEE_MESSAGE_BEGINS: (Party.EMPLOYEE, LegState.MESSAGE),
    Occasion.CONTACT_DIALING_MUSIC_BEGINS: (Party.CONTACT, LegState.DIALING_MUSIC),
    Occasion.EMPLOYEE_DIALING_MUSIC_BEGINS: (Party.EMPLOYEE, LegState.DIALING_MUSIC),
}
#: What is one event of the table.
HAPPENS: dict[Occasion, Event] = {
    Occasion.CONTACT_ANSWERS: ANSWERED[Party.CONTACT],
    Occasion.EMPLOYEE_ANSWERS: ANSWERED[Party.EMPLOYEE],
    Occasion.CONTACT_MESSAGE_ENDS: MESSAGE_ENDED[Party.CONTACT],
    Occasion.EMPLOYEE_MESSAGE_ENDS: MESSAGE_ENDED[Party.EMPLOYEE],
    Occasion.CONTACT_IS_NOT_REACHED: UNREACHED[Party.CONTACT],
    Occasion.EMPLOYEE_IS_NOT_REACHED: UNREACHED[Party.EMPLOYEE],
}
_HANGS_UP = (Occasion.CONTACT_HANGS_UP, Occasion.EMPLOYEE_HANGS_UP)
_ANSWERS = (Occasion.CONTACT_ANSWERS, Occasion.EMPLOYEE_ANSWERS)
_MESSAGE_ENDS = (Occasion.CONTACT_MESSAGE_ENDS, Occasion.EMPLOYEE_MESSAGE_ENDS)

#: What a party hears between the answer and the conversation.
WAITING = (LegState.MESSAGE, LegState.DIALING_MUSIC)


def occurs(timeline: Timeline, occasion: Occasion) -> Step | None:
    """The step in which something happens; None: it does not.

    A message, music and a conversation begin if they last, be it a millisecond: what cannot be seen
    in the lanes has not begun. A phone is dialed also if it is picked up in the same millisecond. A
    party hangs up also where the length of the conversation has passed and the case names that
    party.
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
    if occasion in HAPPENS:
        return next((step for step in steps if step.event is HAPPENS[occasion]), None)
    party, state = ENTERS[occasion]
    if state is not LegState.DIALING and not timeline.leg(party).hears(state):
        return None
    return _entered(timeline, party, state)


def _entered(timeline: Timeline, party: Party, state: LegState) -> Step | None:
    """The step with which a leg came into a state; no leg comes back to one."""
    for step in timeline.steps:
        if step.target.leg(party) is state:
            return step
    return None


def in_force(timeline: Timeline, at: Milliseconds) -> Step:
    """The last step taken at a moment or before it: the reason for what is lived through then."""
    return [step for step in timeline.steps if step.at <= at][-1]


# ----------------------------------------------------------------------------------------- clauses


def clauses_of(step: Step) -> tuple[Clauses, ...]:
    """The lists that a step gave to the legs, each once."""
    given = (step.contact, step.employee)
    return once(clauses for clauses in given if clauses)


def once(lists: Iterable[Clauses]) -> tuple[Clauses, ...]:
    """Each list once."""
    return tuple(dict.fromkeys(lists))


def parts(timeline: Timeline, party: Party, *states: LegState) -> Iterator[Part]:
    """The stretches in which a party is in one of some states."""
    for segment in timeline.leg(party).segments:
        if segment.state in states:
            yield from segment.parts


def grounds(timeline: Timeline, party: Party, *states: LegState) -> tuple[Clauses, ...]:
    """The clauses behind the stretches in which a party is in one of some states."""
    return once(part.clauses for part in parts(timeline, party, *states))


def instead(timeline: Timeline, party: Party) -> tuple[Clauses, ...]:
    """On what it rests that a party did not get something: on all that it got since the answer."""
    heard = grounds(timeline, party, *WAITING, LegState.CONVERSATION)
    return heard or clauses_of(timeline.steps[-1])


def of_outcome(timeline: Timeline) -> Step:
    """The step that makes the outcome: with it the conversation began, else the call ended."""
    return timeline.steps[-1 if timeline.conversation is None else -2]


def reason_of(timeline: Timeline, occasion: Occasion, step: Step) -> tuple[Clauses, ...]:
    """The clauses behind something that happened in a step.

    What people do (answer, hang up, be busy) is the case's own; behind its moment stands the step
    that dialed them. What plays to its end rests on what made it play, and not on what follows; so
    does a call that ends with a conversation.
    """
    if occasion.party is not None:
        if occasion in _MESSAGE_ENDS:
            return grounds(timeline, occasion.party, LegState.MESSAGE)
        if occasion in (*HAPPENS, *_HANGS_UP):
            dialed = _entered(timeline, occasion.party, LegState.DIALING)
            return clauses_of(dialed) if dialed else ()
    if occasion in (Occasion.CONVERSATION_ENDS, Occasion.CALL_ENDS):
        return clauses_of(of_outcome(timeline))
    return clauses_of(step)


def reason_against(timeline: Timeline, occasion: Occasion) -> tuple[Clauses, ...]:
    """The clauses behind it that something did not happen.

    What people do not do is the case's own. A message or music that never began was not played
    because of what the party got instead; a message that never ended was cut off by a step.
    Everything else was kept from happening by the step that ended the call.
    """
    party = occasion.party
    if party is None or occasion in _HANGS_UP:
        return () if party else clauses_of(timeline.steps[-1])
    if occasion in _ANSWERS:
        failed = Occasion.CONTACT_IS_NOT_REACHED
        if party is Party.EMPLOYEE:
            failed = Occasion.EMPLOYEE_IS_NOT_REACHED
        step = occurs(timeline, failed)
        return reason_of(timeline, failed, step) if step else clauses_of(timeline.steps[-1])
    if occasion in _MESSAGE_ENDS:
        for step in timeline.steps:
            if step.source.leg(party) is LegState.MESSAGE is not step.target.leg(party):
                return clauses_of(step)
    if occasion in _MESSAGE_ENDS or ENTERS.get(occasion, (party, None))[1] in WAITING:
        return instead(timeline, party)
    return clauses_of(timeline.steps[-1])


# ------------------------------------------------------------------------------------------- words


def off(beyond: Milliseconds, above: str, below: str) -> str:
    """By how much something lies outside: ``, 6.5 s too long``; nothing within."""
    if not beyond:
        return ""
    return f", {wording.length(abs(beyond))} too {above if beyond > 0 else below}"


def instead_told(timeline: Timeline) -> str:
    """What came of the call, in a clause: ``both talk from 31.5 to 46.0``."""
    talk = timeline.conversation
    if talk is not None:
        return f"both talk from {wording.clock(talk.start)} to {wording.clock(talk.end)}"
    end = wording.clock(timeline.duration)
    return f"the {wording.ending(timeline)}, and the call is over at {end}"
