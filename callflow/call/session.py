"""A call stepped by hand: what can happen now, make it happen, let time pass, take it back.

A session keeps to the law of time: it refuses what no case could bring about, so that the case of a
finished session simulates to exactly its steps. What is fired by hand overrides what the case says;
what the case says and nobody overrides falls due as in the simulator. The state moves through the
`transitions` machine; nothing here decides what follows on what.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, evolve, field, frozen

from ..choreography import SIMULTANEOUS, possible_events
from ..errors import ImpossibleEvent, UsageError
from ..machine import Call, machine_for
from ..table import Edge
from ..units import LONGEST, NEVER, Milliseconds, milliseconds
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
    State,
)
from .case import Case, PerParty, Person, Reaction
from .plan import (
    CONVERSATION,
    Lengths,
    message_length,
    plan,
    ring_timeout,
    unreached_reason,
)
from .timeline import Step, Timeline

_RANK = {event: place for place, event in enumerate(SIMULTANEOUS)}
#: What no case can have end in the millisecond in which it begins.
_TAKES_TIME = (
    Event.CONTACT_MESSAGE_ENDED,
    Event.EMPLOYEE_MESSAGE_ENDED,
    Event.CONVERSATION_ENDED,
)
_REACTION = {
    Reason.BUSY: Reaction.BUSY,
    Reason.REJECTED: Reaction.REJECTS,
    Reason.UNAVAILABLE: Reaction.UNAVAILABLE,
    Reason.NO_ANSWER: Reaction.NO_ANSWER,
}
#: Reasons that do not wait for the ring time-out.
_AT_ONCE = (Reason.BUSY, Reason.REJECTED, Reason.UNAVAILABLE)


@frozen
class _Lived:
    """What a session has come to: it is the last of these, with the earlier ones to go back to.

    ``started``: when the clock of each event started. ``reasons``: of parties unreached by hand.
    """

    at: Milliseconds
    moments: tuple[tuple[Milliseconds, Edge], ...]
    started: Mapping[Event, Milliseconds]
    reasons: Mapping[Party, Reason]


@define(eq=False)
class CallSession:
    """One call, stepped by hand.

    >>> session = CallSession(case)
    >>> session.advance(0)              # the request is accepted and the first phone rings
    >>> session.advance(4)
    >>> session.fire("employee_answered")
    >>> session.possible()
    >>> session.undo()

    Attributes:
        origin: the case that it started from.
    """

    origin: Case
    _call: Call = field(init=False, repr=False)
    _lengths: Lengths = field(init=False, repr=False)
    _lived: _Lived = field(init=False, repr=False)
    _earlier: list[_Lived] = field(factory=list, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        planned = plan(self.origin)
        lengths = list(planned.lengths)
        people = self.origin.people
        for party in Party:
            if people.of(party).reaction is None:  # nobody answers here by default
                lengths[SLOT[ANSWERED[party]]] = NEVER
                lengths[SLOT[UNREACHED[party]]] = ring_timeout(self.origin, party)
        if people.conversation is None:
            lengths[SLOT[Event.CONVERSATION_ENDED]] = NEVER
        self._lengths = tuple(lengths)
        self._call = machine_for(planned.configuration).model()
        self._lived = _Lived(0, (), {Event.START: 0}, {})

    # -------------------------------------------------------------------------------------- asking

    @property
    def at(self) -> Milliseconds:
        """The current moment, from the accepted request."""
        return self._lived.at

    @property
    def state(self) -> State:
        """The state of the call."""
        return self._call.state

    @property
    def finished(self) -> bool:
        """Whether both legs are released."""
        return self.state.contact is LegState.RELEASED

    @property
    def steps(self) -> tuple[Step, ...]:
        """What has happened."""
        return tuple(Step.of(at, edge) for at, edge in self._lived.moments)

    def possible(self) -> tuple[Event, ...]:
        """The events that can happen at the current moment, first what would be handled first."""
        return tuple(event for event in self._candidates() if self._refusal(event) is None)

    def due(self) -> tuple[Milliseconds, Event] | None:
        """What the case has coming next, and when; None: nothing happens by itself."""
        coming = ((self._due(event), event) for event in self._candidates())
        first = min(coming, key=lambda pair: pair[0], default=None)
        return first if first is not None and first[0] < NEVER else None

    def timeline(self) -> Timeline:
        """The timeline of a finished session.

        Raises:
            UsageError: the call is not over.
        """
        if not self.finished:
            raise UsageError(f"the call is not over yet, it is in {self.state}")
        return Timeline(self.case(), self._lived.moments)

    # -------------------------------------------------------------------------------------- acting

    def fire(self, event: Event | str, *, reason: Reason | str | None = None) -> Step:
        """Make an event happen at the current moment.

        Args:
            reason: why a party is unreached. Left out, it is what the case says of that party, else
                ``busy``. With ``no_answer`` the ring time-out is taken to be over now.

        Raises:
            ImpossibleEvent: it cannot happen in this state, or not at this moment; says what can.
            UsageError: a reason for an event that has none, or one that there is not.
        """
        if event not in self._call.possible():
            raise ImpossibleEvent(str(event), str(self.state), self.possible())
        event = Event(event)
        reasons = dict(self._lived.reasons)
        if event in UNREACHED.values() and event.party is not None:
            reasons[event.party] = self._reason(event.party, reason)
        elif reason is not None:
            raise UsageError(f"{event} has no reason")
        refusal = self._refusal(event, reasons)
        if refusal is not None:
            raise ImpossibleEvent(event, str(self.state), self.possible(), refusal)
        return self._happen(self.at, event, reasons)

    def advance(self, seconds: float) -> Step | None:
        """Let time pass, up to the first thing that the case has coming, which then happens.

        That is the end of a message, a ring time-out, and what the case says of people; what they
        do by default in a simulation they do not do here.

        Returns:
            The step that happened; None: only time has passed.

        Raises:
            UsageError: it is no time, the call is over, or too long for anything to happen after
                it.
        """
        length = _length(seconds)
        coming = self.due()
        if coming is not None and coming[0] <= self.at + length:
            return self._happen(*coming, self._lived.reasons)
        if self.finished:
            raise UsageError("the call is over, no time passes in it")
        latest = max(self._lived.started[event] for event in self._candidates()) + LONGEST
        if self.at + length > latest:
            raise UsageError(f"after {latest / 1000} s nothing can end this call any more")
        self._earlier.append(self._lived)
        self._lived = evolve(self._lived, at=self.at + length)
        return None

    def undo(self) -> None:
        """Take back the last `fire` or `advance`: state and moment are as they were before it.

        Raises:
            UsageError: there is nothing to take back.
        """
        if not self._earlier:
            raise UsageError("there is nothing to take back")
        self._lived = self._earlier.pop()
        moments = self._lived.moments
        self._call.move_to(moments[-1][1].target if moments else self._call.machine.start)

    def _happen(self, at: Milliseconds, event: Event, reasons: Mapping[Party, Reason]) -> Step:
        before = self._call.possible()
        edge = self._call.fire(event)
        begun = {e: at for e in self._call.possible() if e not in before}
        self._earlier.append(self._lived)
        self._lived = _Lived(
            at, (*self._lived.moments, (at, edge)), {**self._lived.started, **begun}, reasons
        )
        return Step.of(at, edge)

    # --------------------------------------------------------------------------- the law of time

    def _candidates(self) -> list[Event]:
        return sorted(self._call.possible(), key=_RANK.__getitem__)

    def _due(self, event: Event) -> Milliseconds:
        return self._lived.started[event] + self._lengths[SLOT[event]]

    def _refusal(self, event: Event, reasons: Mapping[Party, Reason] | None = None) -> str | None:
        """Why an event that the state allows cannot happen at this very moment; None: it can.

        No case can bring about what takes time and takes none, what would have been handled before
        something that has already happened in this millisecond, and what would have to wait for
        something that is due in it.
        """
        at = self.at
        since = at - self._lived.started[event]
        if since > LONGEST:
            return "that is more than a day after its clock started"
        if not since and event in _TAKES_TIME:
            return "it has only just begun"
        if not since and event.party and (reasons or {}).get(event.party) is Reason.NO_ANSWER:
            return "no phone rings for no time"
        for earlier, edge in self._lived.moments:
            if (
                earlier == at
                and _RANK[event] < _RANK[edge.event]
                and event in possible_events(edge.source)
            ):
                return f"at this moment it would have come before {edge.event}"
        for other in self._call.possible():
            if _RANK[other] < _RANK[event] and self._due(other) <= at:
                return f"{other} is due at this moment and comes first"
        return None

    def _reason(self, party: Party, given: Reason | str | None) -> Reason:
        timed_out = self._due(UNREACHED[party]) <= self.at
        if timed_out:
            said = unreached_reason(self.origin, party)
        else:
            reaction = self.origin.people.of(party).reaction
            said = next((r for r in _AT_ONCE if _REACTION[r] is reaction), Reason.BUSY)
        if given is None:
            return said
        if given not in list(Reason):
            raise UsageError(f"{given} is no reason; one of {', '.join(Reason)}")
        if timed_out and given != said:
            raise UsageError(f"the {party} is unreached by itself at this moment: {said}")
        return Reason(given)

    # --------------------------------------------------------------------------- what was lived

    def case(self) -> Case:
        """The case with the lengths that were lived.

        That of a finished session simulates to exactly its steps, that of an unfinished one begins
        with them. What was not lived stays as the case had it; only a phone still ringing rings on.
        """
        origin = self.origin
        return evolve(
            origin,
            people=evolve(
                origin.people,
                contact=self._person(Party.CONTACT),
                employee=self._person(Party.EMPLOYEE),
                conversation=self._conversation(),
            ),
            messages=PerParty(
                contact=self._message(Party.CONTACT), employee=self._message(Party.EMPLOYEE)
            ),
            ring_timeout=PerParty(
                contact=self._ring_timeout(Party.CONTACT),
                employee=self._ring_timeout(Party.EMPLOYEE),
            ),
        )

    def _took(self, event: Event) -> Milliseconds | None:
        """How long the clock of an event ran until it happened; None: it did not."""
        for at, edge in self._lived.moments:
            if edge.event is event:
                return at - self._lived.started[event]
        return None

    def _person(self, party: Party) -> Person:
        said = self.origin.people.of(party)
        answered, hung_up = self._took(ANSWERED[party]), self._took(HUNG_UP[party])
        if answered is not None:
            stays = said.hangs_up_after if said.reaction in (None, Reaction.ANSWERS) else None
            return Person(
                reaction=Reaction.ANSWERS,
                after=answered,
                hangs_up_after=stays if hung_up is None else hung_up,
            )
        rang = ANSWERED[party] in self._lived.started
        by_hand = self._lived.reasons.get(party)
        if by_hand in (None, Reason.NO_ANSWER):
            nobody = by_hand is not None or (rang and said.reaction is None)
            return Person(reaction=Reaction.NO_ANSWER) if nobody else said
        return Person(reaction=_REACTION[by_hand], after=self._took(UNREACHED[party]))

    def _ring_timeout(self, party: Party) -> Milliseconds | None:
        given, rang = self.origin.ring_timeout.of(party), self._took(UNREACHED[party])
        ran_out = self._lived.reasons.get(party) is Reason.NO_ANSWER
        if not ran_out or rang == ring_timeout(self.origin, party):
            return given
        return rang

    def _message(self, party: Party) -> Milliseconds | None:
        given, played = self.origin.messages.of(party), self._took(MESSAGE_ENDED[party])
        if played is None or played == message_length(self.origin, party):
            return given
        return played

    def _conversation(self) -> Milliseconds | None:
        given = self.origin.people.conversation
        planned = CONVERSATION if given is None else given
        begun = self._lived.started.get(Event.CONVERSATION_ENDED)
        if begun is None:
            return given
        ended = self._took(Event.CONVERSATION_ENDED)
        if ended is not None:
            return given if ended == planned else ended
        # A hang-up in the very millisecond comes first; without one the conversation goes on.
        at_least = max(self.at - begun + (0 if self.finished else 1), 1)
        return given if planned >= at_least else min(at_least, LONGEST)


def _length(given: float) -> Milliseconds:
    try:
        length = milliseconds(given)
    except (ValueError, OverflowError):
        length = -1
    if length < 0:
        raise UsageError(f"a length of time is 0 to 86 400 seconds, not {given}")
    return length
