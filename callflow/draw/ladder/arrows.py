"""What is told in a call, by whom to whom, as arrows; playback needs none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from ...call.timeline import Step, Timeline
from ...clauses import Clauses
from ...units import Milliseconds
from ...words import ANSWERED, LegState, Outcome, Party
from .. import wording
from ..catalogue import say

#: More marks than this are told in one arrow, and so are more digits together than those.
_MARKS, _DIGITS = 12, 18

_Side = Literal["contact", "employee"]


@frozen
class Arrow:
    """One thing told, or digits sent.

    Attributes:
        start, end: whose lifelines it joins; None: the PBX's.
        begins: the conversation, from one party to the other.
        digits: what is sent; then ``text`` is empty.
    """

    at: Milliseconds
    text: str
    start: Party | None
    end: Party | None
    clauses: Clauses = ()
    begins: bool = False
    failed: bool = False
    digits: str = ""

    @property
    def sides(self) -> tuple[_Side, ...]:
        """The fields that it goes through, left and right of the PBX."""
        if self.begins:
            return ("contact", "employee")
        party = self.start or self.end
        return ("contact",) if party is Party.CONTACT else ("employee",)

    @property
    def above(self) -> float:
        """The room that it takes above its line."""
        return 9 if self.digits else 17

    @property
    def below(self) -> float:
        """The room that it takes below its line."""
        return 9 if self.digits else 16 if self.clauses and not self.begins else 5


def arrows(timeline: Timeline) -> Iterator[Arrow]:
    """Everything told, in order; digits where they fall."""
    marks = [mark for mark in timeline.dtmf if mark.sent and mark.at is not None]
    if len(marks) > _MARKS:
        first, last = marks[0].at or 0, marks[-1].at or 0
        text = say(
            "sends {marks} until {last}",
            marks=wording.many(len(marks), "DTMF mark"),
            last=wording.clock(last),
        )
        pending = [Arrow(first, text, None, Party.CONTACT, marks[0].clauses)]
    else:
        pending = [
            Arrow(mark.at or 0, *_sent(mark.digits), mark.clauses, digits=shown_digits(mark.digits))
            for mark in marks
        ]
    for step in timeline.steps:
        while pending and pending[0].at < step.at:
            yield pending.pop(0)
        yield from _step(timeline, step)
    yield from pending


def _sent(digits: str) -> tuple[str, None, Party]:
    text = ""
    if not shown_digits(digits):
        text = say("sends {digits}", digits=wording.many(len(digits), "DTMF digit"))
    return text, None, Party.CONTACT


def shown_digits(digits: str) -> str:
    """Digits that fit on a key cap."""
    return digits if len(digits) <= _DIGITS else ""


def _step(timeline: Timeline, step: Step) -> Iterator[Arrow]:
    who = step.event.party
    begins = step.target.contact is LegState.CONVERSATION is not step.source.contact
    if who is not None and step.event is ANSWERED[who]:
        own = () if begins else step.because(who) or ()
        yield Arrow(step.at, say("answers"), who, None, own)
    for party in Party:
        dialed = step.target.leg(party) is LegState.DIALING is not step.source.leg(party)
        if dialed:
            clauses = step.because(party) or ()
            text = say("dials the {party}", party=party)
            yield Arrow(step.at, text, None, party, clauses)
    if begins:
        clauses = tuple(dict.fromkeys((step.contact or ()) + (step.employee or ())))
        parties = (Party.CONTACT, Party.EMPLOYEE)
        yield Arrow(step.at, say("conversation begins"), *parties, clauses, begins=True)
    if step.target.contact is LegState.RELEASED:
        yield from _release(timeline, step)


def _release(timeline: Timeline, step: Step) -> Iterator[Arrow]:
    who = step.event.party or timeline.ended_by or Party.CONTACT
    failed = timeline.outcome is not Outcome.CONVERSATION
    yield Arrow(step.at, wording.does(timeline), who, None, step.because(who) or (), failed=failed)
    if step.source.leg(who.other) is not LegState.IDLE:
        clauses = step.because(who.other) or ()
        yield Arrow(step.at, say("releases"), None, who.other, clauses, failed=failed)
