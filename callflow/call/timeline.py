"""A timeline: what both parties live through, second by second, and by which clauses.

It holds the case and the steps that the simulator took; everything else is worked out when asked
for. Attributes are whole milliseconds from the accepted request; what methods take and give are
seconds. `Timeline.to_dict` is the JSON contract. The module decides nothing about what happens
next, and knows no
picture of itself: drawing asks it.

What comes out of a call (steps, segments, marks, figures) are named tuples, what people make and
keep are attrs objects: a call has a dozen of the former, and each is made in half the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from attrs import define, field, frozen

from ..clauses import CID_C, CID_E, DTMF, G11, G12, G13, Clauses, basis, ids, told
from ..table import Edge
from ..units import Milliseconds, milliseconds, seconds
from ..words import (
    ANSWERED,
    HUNG_UP,
    Basis,
    Event,
    LegState,
    Outcome,
    Party,
    Reason,
    ShowDuringCall,
    State,
)
from . import effect
from .case import Case
from .plan import ENDED_BY, message_length, unreached_reason

#: A step of a call: when, and by which rule.
Moment = tuple[Milliseconds, Edge]

_NOT_REACHED = {
    Event.CONTACT_UNREACHED: Outcome.CONTACT_NOT_REACHED,
    Event.EMPLOYEE_UNREACHED: Outcome.EMPLOYEE_NOT_REACHED,
}


class Step(NamedTuple):
    """An event handled, and the clauses that it gave to each leg; None: that leg kept its own."""

    at: Milliseconds
    event: Event
    source: State
    target: State
    contact: Clauses | None
    employee: Clauses | None
    basis: Basis

    @classmethod
    def of(cls, at: Milliseconds, edge: Edge) -> Step:
        """The step that a rule of a configuration makes at a moment."""
        return cls(
            at, edge.event, edge.source, edge.target, edge.contact, edge.employee, edge.basis
        )

    def because(self, party: Party) -> Clauses | None:
        """The clauses that the step gave to the leg of ``party``."""
        return self.contact if party == Party.CONTACT else self.employee

    def to_dict(self) -> dict[str, Any]:
        """As in the timeline JSON."""
        return {
            "at": seconds(self.at),
            "event": str(self.event),
            "from": _state_dict(self.source),
            "to": _state_dict(self.target),
            "clauses": {
                str(party): ids(clauses)
                for party, clauses in (
                    (Party.CONTACT, self.contact),
                    (Party.EMPLOYEE, self.employee),
                )
                if clauses is not None
            },
            "basis": str(self.basis),
        }


class Part(NamedTuple):
    """A stretch of a segment in which the clauses behind it stayed the same."""

    start: Milliseconds
    end: Milliseconds
    clauses: Clauses

    @property
    def basis(self) -> Basis:
        """Documented, or inferred."""
        return basis(self.clauses)

    @property
    def length(self) -> Milliseconds:
        """How long it lasted."""
        return self.end - self.start


class Segment(NamedTuple):
    """A stretch of time of a leg in one state.

    Attributes:
        clauses: those of all its parts, in order, without repeats.
        changes: its parts, if its clauses changed on the way; else empty.
    """

    state: LegState
    start: Milliseconds
    end: Milliseconds
    clauses: Clauses
    changes: tuple[Part, ...] = ()

    @property
    def length(self) -> Milliseconds:
        """How long it lasted."""
        return self.end - self.start

    @property
    def basis(self) -> Basis:
        """Documented if all of it is."""
        return basis(self.clauses)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The stretches in which its clauses stayed the same; mostly the whole is the only one."""
        return self.changes or (Part(self.start, self.end, self.clauses),)

    def to_dict(self) -> dict[str, Any]:
        """As in the timeline JSON."""
        known: dict[str, Any] = {
            "start": seconds(self.start),
            "end": seconds(self.end),
            "state": str(self.state),
            **told(self.clauses),
        }
        if self.changes:
            known["parts"] = [
                {
                    "start": seconds(part.start),
                    "end": seconds(part.end),
                    **told(part.clauses),
                }
                for part in self.parts
            ]
        return known


class Mark(NamedTuple):
    """DTMF digits sent together. ``at`` is when they are due; None: the contact never answered."""

    at: Milliseconds | None
    digits: str
    sent: bool
    clauses: Clauses

    @property
    def basis(self) -> Basis:
        """Always inferred: when the clock starts is our reading (G11)."""
        return basis(self.clauses)


class CallerId(NamedTuple):
    """The number that a party sees while the phone rings."""

    number: str
    clauses: Clauses

    @property
    def basis(self) -> Basis:
        """Documented, or inferred."""
        return basis(self.clauses)

    def to_dict(self) -> dict[str, Any]:
        """As in the timeline JSON."""
        return {
            "number": self.number,
            **told(self.clauses),
        }


class Figures(NamedTuple):
    """Sums of one leg, milliseconds.

    Attributes:
        waited: from the answer to the conversation, or to the release without one; None: never
            answered.
        message_length: of the message set for this party; None: there is none.
        message_heard, music_heard, talked: sums of segments; None: never dialed.
    """

    waited: Milliseconds | None = None
    message_length: Milliseconds | None = None
    message_heard: Milliseconds | None = None
    music_heard: Milliseconds | None = None
    talked: Milliseconds | None = None

    def to_dict(self) -> dict[str, float | None]:
        """As in the timeline JSON."""
        return {
            "waited": _optional_seconds(self.waited),
            "message_length": _optional_seconds(self.message_length),
            "message_heard": _optional_seconds(self.message_heard),
            "music_heard": _optional_seconds(self.music_heard),
            "talked": _optional_seconds(self.talked),
        }


@frozen(eq=False)
class Leg:
    """What one party lives through.

    Attributes:
        case: the case that the call comes from.
        moments: the steps of the call.
        segments: gapless from ``dialed`` to ``released``; none of a leg that was never dialed.
    """

    party: Party
    case: Case = field(repr=False)
    moments: tuple[Moment, ...] = field(repr=False)
    segments: tuple[Segment, ...]

    @property
    def number(self) -> str | None:
        """The number that is dialed; None: the case does not name the employee's."""
        if self.party is Party.CONTACT:
            return self.case.request.contact
        return self.case.scenario.employee_number

    @property
    def dialed(self) -> Milliseconds | None:
        """When the phone began to ring; None: it never did."""
        if self.segments:  # they are gapless from there
            return self.segments[0].start
        for at, edge in self.moments:
            if edge.target.leg(self.party) is LegState.DIALING:
                return at
        return None

    @property
    def answered(self) -> Milliseconds | None:
        """When the party answered; None: never."""
        return _moment_of(self.moments, ANSWERED[self.party])

    @property
    def released(self) -> Milliseconds | None:
        """When the leg was released; None: it was never dialed."""
        return None if self.dialed is None else self.moments[-1][0]

    @property
    def caller_id(self) -> CallerId | None:
        """The caller's number that the party sees; None: the phone never rang."""
        if self.dialed is None:
            return None
        request = self.case.request
        if self.party is Party.CONTACT:
            return CallerId(request.virtual_phone_number, (CID_C,))
        if self.case.scenario.show_during_call is ShowDuringCall.CONTACT_NUMBER:
            return CallerId(request.contact, (CID_E, G13))
        return CallerId(request.virtual_phone_number, (CID_E,))

    @property
    def figures(self) -> Figures:
        """How long the party waited, listened and talked."""
        length = message_length(self.case, self.party)
        if self.dialed is None:
            return Figures(message_length=length)
        talk, answered = self.conversation, self.answered
        ready = self.moments[-1][0] if talk is None else talk.start
        return Figures(
            waited=None if answered is None else ready - answered,
            message_length=length,
            message_heard=self._total(LegState.MESSAGE),
            music_heard=self._total(LegState.DIALING_MUSIC),
            talked=self._total(LegState.CONVERSATION),
        )

    def at(self, moment: float) -> LegState:
        """The leg's state ``moment`` seconds after the request; a border belongs to what begins."""
        at = milliseconds(moment)
        for segment in self.segments:
            if segment.start <= at < segment.end:
                return segment.state
        gone = self.released is not None and at >= self.released
        return LegState.RELEASED if gone else LegState.IDLE

    def hears(self, state: LegState | str) -> bool:
        """Whether the party is ever in ``state``: ``"message"``, ``"dialing_music"`` ...

        Raises:
            ValueError: there is no such state.
        """
        wanted = LegState(state)
        return any(segment.state is wanted for segment in self.segments)

    def total(self, state: LegState | str) -> float:
        """How many seconds the party is in ``state``.

        Raises:
            ValueError: there is no such state.
        """
        return seconds(self._total(LegState(state)))

    def _total(self, wanted: LegState) -> Milliseconds:
        return sum(segment.length for segment in self.segments if segment.state is wanted)

    @property
    def conversation(self) -> Segment | None:
        """The conversation; None: there was none."""
        last = self.segments[-1] if self.segments else None
        return last if last is not None and last.state is LegState.CONVERSATION else None

    def to_dict(self) -> dict[str, Any]:
        """As in the timeline JSON."""
        return {
            "number": self.number,
            "caller_id": None if self.caller_id is None else self.caller_id.to_dict(),
            "dialed": _optional_seconds(self.dialed),
            "answered": _optional_seconds(self.answered),
            "released": _optional_seconds(self.released),
            "figures": self.figures.to_dict(),
            "segments": [segment.to_dict() for segment in self.segments],
        }


@define(eq=False)
class Timeline:
    """What both parties live through in one call.

    Attributes:
        case: the case it comes from.
        moments: each step as (milliseconds, rule as it stands in the configuration).
    """

    case: Case
    moments: tuple[Moment, ...]
    _contact: Leg | None = field(default=None, init=False, repr=False)
    _employee: Leg | None = field(default=None, init=False, repr=False)

    # ------------------------------------------------------------------------------- the whole call

    @property
    def duration(self) -> Milliseconds:
        """The moment of release."""
        return self.moments[-1][0]

    @property
    def outcome(self) -> Outcome:
        """How the call turned out."""
        at, last = self.moments[-1]
        if last.source.contact is LegState.CONVERSATION and self.moments[-2][0] < at:
            return Outcome.CONVERSATION
        return _NOT_REACHED.get(last.event, Outcome.ABANDONED)

    @property
    def reason(self) -> Reason | None:
        """Why a party was not reached; None with the other outcomes."""
        last = self.moments[-1][1].event
        if last not in _NOT_REACHED or last.party is None:
            return None
        return unreached_reason(self.case, last.party)

    @property
    def ended_by(self) -> Party | None:
        """Who hung up; None if a party was not reached."""
        last = self.moments[-1][1].event
        if last is Event.CONVERSATION_ENDED:
            return self.case.people.ended_by or ENDED_BY
        return last.party if last in HUNG_UP.values() else None

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every event handled, also where no time passes."""
        return tuple(Step.of(at, edge) for at, edge in self.moments)

    @property
    def conversation(self) -> Segment | None:
        """The conversation, as the contact's leg has it; None: there was none."""
        return self.contact.conversation

    # ----------------------------------------------------------------------------------------- legs

    @property
    def contact(self) -> Leg:
        """What the contact lives through."""
        if self._contact is None:
            self._contact = Leg(Party.CONTACT, self.case, self.moments, _cut(self.moments, 0))
        return self._contact

    @property
    def employee(self) -> Leg:
        """What the employee lives through."""
        if self._employee is None:
            self._employee = Leg(Party.EMPLOYEE, self.case, self.moments, _cut(self.moments, 1))
        return self._employee

    def leg(self, party: Party | str) -> Leg:
        """What ``party`` lives through.

        Raises:
            ValueError: there is no such party.
        """
        if party == Party.CONTACT:
            return self.contact
        return self.employee if party == Party.EMPLOYEE else self.leg(Party(party))

    def moment(self, event: Event) -> Milliseconds | None:
        """When the event happened; None: it did not."""
        return _moment_of(self.moments, event)

    # --------------------------------------------------------------------------- marks and settings

    @cached_property
    def dtmf(self) -> tuple[Mark, ...]:
        """The DTMF marks, in the order of ``dtmf_string``."""
        waits = dtmf_marks(self.case.request.dtmf_string)
        return tuple(marks(waits, self.moment(Event.CONTACT_ANSWERED), self.duration))

    @property
    def effective(self) -> effect.Effective:
        """The settings that were in force, and what took the switch away."""
        return effect.effective(self.case)

    @cached_property
    def no_effect(self) -> tuple[effect.NoEffect, ...]:
        """Parameters that were sent or set and change nothing, whatever people do."""
        return effect.no_effect(self.case)

    @cached_property
    def assumptions(self) -> tuple[effect.Assumption, ...]:
        """What the case left out and this call made use of."""
        return effect.assumptions(self.case, [edge for _, edge in self.moments])

    @cached_property
    def warnings(self) -> tuple[effect.Caution, ...]:
        """What is accepted, and probably not what was meant."""
        return effect.warnings(self.case)

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract ``callflow.timeline/1``; moments and lengths in seconds."""
        return {
            "format": "callflow.timeline/1",
            "name": self.case.name,
            "effective": self.effective.to_dict(),
            "outcome": str(self.outcome),
            "reason": self.reason and str(self.reason),
            "ended_by": self.ended_by and str(self.ended_by),
            "duration": seconds(self.duration),
            "legs": {str(party): self.leg(party).to_dict() for party in Party},
            "dtmf": [
                {
                    "at": _optional_seconds(mark.at),
                    "digits": mark.digits,
                    "sent": mark.sent,
                    **told(mark.clauses),
                }
                for mark in self.dtmf
            ],
            "steps": [step.to_dict() for step in self.steps],
            "no_effect": [entry.to_dict() for entry in self.no_effect],
            "assumptions": [entry.to_dict() for entry in self.assumptions],
            "warnings": [entry.to_dict() for entry in self.warnings],
        }


_MARK = re.compile(r"(\.*)([0-9*#]*)", re.ASCII)


def dtmf_marks(dtmf_string: str | None) -> Iterator[tuple[Milliseconds, str]]:
    """Digits that are sent together, each with its wait from the contact's answer (clause DTMF)."""
    wait = 0
    for dots, together in _MARK.findall(dtmf_string or ""):
        wait += 1000 * len(dots)
        if together:
            yield wait, together


def marks(
    waits: Iterable[tuple[Milliseconds, str]],
    answered: Milliseconds | None,
    released: Milliseconds,
) -> Iterator[Mark]:
    """What becomes of digits that wait so long from the contact's answer; None: there is none."""
    for wait, digits in waits:
        if answered is None:
            yield Mark(None, digits, sent=False, clauses=(DTMF, G12))
            continue
        at = answered + wait
        sent = at < released
        yield Mark(at, digits, sent, (DTMF, G11) if sent else (DTMF, G11, G12))


def _moment_of(moments: tuple[Moment, ...], event: Event) -> Milliseconds | None:
    for at, edge in moments:
        if edge.event is event:
            return at
    return None


def _cut(moments: tuple[Moment, ...], side: int) -> tuple[Segment, ...]:
    """One leg (0 the contact's, 1 the employee's) cut into segments.

    Stretches of no length are left out. A leg never comes back to a state that it has left.
    """
    segments: list[Segment] = []
    parts: list[Part] = []  # of the segment that goes on, before its clauses changed
    state, since = LegState.IDLE, 0
    clauses: Clauses = ()
    for at, edge in moments:
        becomes, given = edge.legs[side]
        if becomes is not state:
            if at > since:
                if parts:
                    segments.append(_joined(state, [*parts, Part(since, at, clauses)]))
                    parts = []
                elif state is not LegState.IDLE:
                    segments.append(Segment(state, since, at, clauses))
            elif parts:
                segments.append(_joined(state, parts))
                parts = []
            state, since = becomes, at
        elif given is not None and given != clauses:
            if at > since:
                parts.append(Part(since, at, clauses))
            since = at
        if given is not None:
            clauses = given
    return tuple(segments)


def _joined(state: LegState, parts: list[Part]) -> Segment:
    """One segment of several parts."""
    cited = tuple(dict.fromkeys(clause for part in parts for clause in part.clauses))
    return Segment(state, parts[0].start, parts[-1].end, cited, tuple(parts) if parts[1:] else ())


def _state_dict(state: State) -> dict[str, str]:
    return {"contact": str(state.contact), "employee": str(state.employee)}


def _optional_seconds(moment: Milliseconds | None) -> float | None:
    return None if moment is None else seconds(moment)
