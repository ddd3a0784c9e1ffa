"""A timeline: what both parties live through, second by second, and by which clauses.

It holds the case and the steps that the simulator took; everything else is worked out when asked for.
Attributes are whole milliseconds from the accepted request; what methods take and give are seconds.
`Timeline.to_dict` is the JSON contract. The module decides nothing about what happens next, and knows no
picture of itself: drawing asks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from attrs import define, frozen

from ..clauses import CID_C, CID_E, DTMF, G11, G12, G13, Clause, Clauses, basis
from ..table import Edge
from ..units import Milliseconds, milliseconds, seconds
from ..words import Basis, Event, LegState, Outcome, Party, Reason, ShowDuringCall, State
from . import effect
from .case import Case
from .plan import ENDED_BY, message_length, unreached_reason

_ANSWERED = {Party.CONTACT: Event.CONTACT_ANSWERED, Party.EMPLOYEE: Event.EMPLOYEE_ANSWERED}
_NOT_REACHED = {
    Event.CONTACT_UNREACHED: Outcome.CONTACT_NOT_REACHED,
    Event.EMPLOYEE_UNREACHED: Outcome.EMPLOYEE_NOT_REACHED,
}
_HUNG_UP = (Event.CONTACT_HUNG_UP, Event.EMPLOYEE_HUNG_UP)


@frozen
class Step:
    """An event handled. ``contact`` and ``employee``: the clauses it gave that leg; None: it kept its own."""

    at: Milliseconds
    event: Event
    source: State
    target: State
    contact: Clauses | None
    employee: Clauses | None
    basis: Basis

    def because(self, party: Party) -> Clauses | None:
        """The clauses that the step gave to the leg of ``party``."""
        return self.contact if party is Party.CONTACT else self.employee

    def to_dict(self) -> dict[str, Any]:
        """As in the timeline JSON."""
        return {
            "at": seconds(self.at),
            "event": self.event.value,
            "from": _state_dict(self.source),
            "to": _state_dict(self.target),
            "clauses": {
                party.value: _ids(clauses)
                for party in Party
                if (clauses := self.because(party)) is not None
            },
            "basis": self.basis.value,
        }


@frozen
class Part:
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


@frozen
class Segment:
    """A stretch of time in which a leg is in one state. It has one part, or more if its clauses changed."""

    state: LegState
    start: Milliseconds
    end: Milliseconds
    parts: tuple[Part, ...]

    @property
    def length(self) -> Milliseconds:
        """How long it lasted."""
        return self.end - self.start

    @property
    def clauses(self) -> Clauses:
        """The clauses of all its parts, in order, without repeats."""
        if len(self.parts) == 1:
            return self.parts[0].clauses
        return tuple(dict.fromkeys(clause for part in self.parts for clause in part.clauses))

    @property
    def basis(self) -> Basis:
        """Documented if all of it is."""
        return basis(self.clauses)

    def to_dict(self) -> dict[str, Any]:
        """As in the timeline JSON."""
        known: dict[str, Any] = {
            "start": seconds(self.start),
            "end": seconds(self.end),
            "state": self.state.value,
            "clauses": _ids(self.clauses),
            "basis": self.basis.value,
        }
        if len(self.parts) > 1:
            known["parts"] = [
                {
                    "start": seconds(part.start),
                    "end": seconds(part.end),
                    "clauses": _ids(part.clauses),
                    "basis": part.basis.value,
                }
                for part in self.parts
            ]
        return known


@frozen
class Mark:
    """DTMF digits sent together. ``at`` is when they are due; None: the contact never answered."""

    at: Milliseconds | None
    digits: str
    sent: bool
    clauses: Clauses

    @property
    def basis(self) -> Basis:
        """Always inferred: when the clock starts is our reading (G11)."""
        return basis(self.clauses)


@frozen
class CallerId:
    """The number that a party sees while the phone rings."""

    number: str
    clauses: Clauses

    @property
    def basis(self) -> Basis:
        """Documented, or inferred."""
        return basis(self.clauses)


@frozen(kw_only=True)
class Figures:
    """Sums of one leg, milliseconds.

    Attributes:
        waited: from the answer to the conversation, or to the release without one; None: never answered.
        message_length: of the message set for this party; None: there is none.
        message_heard, music_heard, talked: sums of segments; None: never dialed.
    """

    waited: Milliseconds | None
    message_length: Milliseconds | None
    message_heard: Milliseconds | None
    music_heard: Milliseconds | None
    talked: Milliseconds | None

    def to_dict(self) -> dict[str, float | None]:
        """As in the timeline JSON."""
        return {
            "waited": _optional_seconds(self.waited),
            "message_length": _optional_seconds(self.message_length),
            "message_heard": _optional_seconds(self.message_heard),
            "music_heard": _optional_seconds(self.music_heard),
            "talked": _optional_seconds(self.talked),
        }


@frozen(kw_only=True)
class Leg:
    """What one party lives through.

    Attributes:
        number: the number dialed; None: the case does not name the employee's.
        dialed, answered, released: moments; None: that never happened.
        segments: gapless from ``dialed`` to ``released``; none of a leg that was never dialed.
    """

    party: Party
    number: str | None
    caller_id: CallerId | None
    dialed: Milliseconds | None
    answered: Milliseconds | None
    released: Milliseconds | None
    segments: tuple[Segment, ...]
    figures: Figures

    def at(self, moment: float) -> LegState:
        """The state of the leg ``moment`` seconds after the request; a border belongs to what begins."""
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
            "caller_id": self.caller_id
            and {
                "number": self.caller_id.number,
                "clauses": _ids(self.caller_id.clauses),
                "basis": self.caller_id.basis.value,
            },
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
    moments: tuple[tuple[Milliseconds, Edge], ...]

    # ------------------------------------------------------------------------------------ the whole call

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
        return last.party if last in _HUNG_UP else None

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every event handled, also where no time passes."""
        return tuple(
            Step(at, edge.event, edge.source, edge.target, edge.contact, edge.employee, edge.basis)
            for at, edge in self.moments
        )

    @property
    def conversation(self) -> Segment | None:
        """The conversation, as the contact's leg has it; None: there was none."""
        return self.contact.conversation

    # --------------------------------------------------------------------------------------------- legs

    @cached_property
    def contact(self) -> Leg:
        """What the contact lives through."""
        return self._leg(Party.CONTACT)

    @cached_property
    def employee(self) -> Leg:
        """What the employee lives through."""
        return self._leg(Party.EMPLOYEE)

    def leg(self, party: Party | str) -> Leg:
        """What ``party`` lives through."""
        return self.contact if Party(party) is Party.CONTACT else self.employee

    def moment(self, event: Event) -> Milliseconds | None:
        """When the event happened; None: it did not."""
        for at, edge in self.moments:
            if edge.event is event:
                return at
        return None

    def _leg(self, party: Party) -> Leg:
        dialed = next(
            (at for at, edge in self.moments if edge.target.leg(party) is LegState.DIALING), None
        )
        answered = self.moment(_ANSWERED[party])
        segments = () if dialed is None else _segments(self.moments, party)
        length = message_length(self.case, party)
        begun = self.duration
        sums = dict.fromkeys(LegState, 0)
        for segment in segments:
            sums[segment.state] += segment.length
            if segment.state is LegState.CONVERSATION:
                begun = segment.start
        request, scenario = self.case.request, self.case.scenario
        return Leg(
            party=party,
            number=request.contact if party is Party.CONTACT else scenario.employee_number,
            caller_id=None if dialed is None else self._caller_id(party),
            dialed=dialed,
            answered=answered,
            released=None if dialed is None else self.duration,
            segments=segments,
            figures=Figures(
                waited=None if answered is None else begun - answered,
                message_length=length,
                message_heard=None if dialed is None else sums[LegState.MESSAGE],
                music_heard=None if dialed is None else sums[LegState.DIALING_MUSIC],
                talked=None if dialed is None else sums[LegState.CONVERSATION],
            ),
        )

    def _caller_id(self, party: Party) -> CallerId:
        request = self.case.request
        if party is Party.CONTACT:
            return CallerId(request.virtual_phone_number, (CID_C,))
        if self.case.scenario.show_during_call is ShowDuringCall.CONTACT_NUMBER:
            return CallerId(request.contact, (CID_E, G13))
        return CallerId(request.virtual_phone_number, (CID_E,))

    # ------------------------------------------------------------------------------- marks and settings

    @cached_property
    def dtmf(self) -> tuple[Mark, ...]:
        """The DTMF marks, in the order of ``dtmf_string``."""
        answered = self.moment(Event.CONTACT_ANSWERED)
        if answered is None:
            return tuple(
                Mark(None, digits, sent=False, clauses=(DTMF, G12))
                for _, digits in dtmf_marks(self.case.request.dtmf_string)
            )
        marks = []
        for wait, digits in dtmf_marks(self.case.request.dtmf_string):
            at = answered + wait
            sent = at < self.duration
            marks.append(Mark(at, digits, sent, (DTMF, G11) if sent else (DTMF, G11, G12)))
        return tuple(marks)

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
    def warnings(self) -> tuple[effect.Warning, ...]:
        """What is accepted, and probably not what was meant."""
        return effect.warnings(self.case)

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract ``callflow.timeline/1``; moments and lengths in seconds."""
        return {
            "format": "callflow.timeline/1",
            "name": self.case.name,
            "effective": self.effective.to_dict(),
            "outcome": self.outcome.value,
            "reason": self.reason and self.reason.value,
            "ended_by": self.ended_by and self.ended_by.value,
            "duration": seconds(self.duration),
            "legs": {party.value: self.leg(party).to_dict() for party in Party},
            "dtmf": [
                {
                    "at": _optional_seconds(mark.at),
                    "digits": mark.digits,
                    "sent": mark.sent,
                    "clauses": _ids(mark.clauses),
                    "basis": mark.basis.value,
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


def _segments(moments: tuple[tuple[Milliseconds, Edge], ...], party: Party) -> tuple[Segment, ...]:
    """A leg cut into segments, without those of no length, neighbours of one state joined."""
    segments: list[Segment] = []
    parts: list[Part] = []
    clauses: Clauses = ()
    state = LegState.IDLE
    since = 0
    contact = party is Party.CONTACT
    for at, edge in moments:
        if at > since:
            if state is not LegState.IDLE:
                if segments and segments[-1].state is state:
                    parts = list(segments.pop().parts)
                if parts and parts[-1].clauses == clauses:
                    parts[-1] = Part(parts[-1].start, at, clauses)
                else:
                    parts.append(Part(since, at, clauses))
                segments.append(Segment(state, parts[0].start, at, tuple(parts)))
                parts = []
            since = at
        target, given = (
            (edge.target.contact, edge.contact)
            if contact
            else (edge.target.employee, edge.employee)
        )
        state = target
        if given is not None:
            clauses = given
    return tuple(segments)


def _ids(clauses: tuple[Clause, ...]) -> list[str]:
    return [clause.id for clause in clauses]


def _state_dict(state: State) -> dict[str, str]:
    return {party.value: state.leg(party).value for party in Party}


def _optional_seconds(moment: Milliseconds | None) -> float | None:
    return None if moment is None else seconds(moment)
