"""How the call turns out, the caller numbers, the marks, and which parameters have an effect."""

from __future__ import annotations

from ...call.effect import without_effect
from ...call.timeline import Mark, Timeline
from ...draw import wording
from ...words import Outcome, Party
from ..bounds import Bound
from ..verdict import Verdict
from .occasions import clauses_of, instead_told, of_outcome, off


def outcome_is(timeline: Timeline, outcome: Outcome, *, holds_if: bool = True) -> Verdict:
    """Whether the call turns out as expected; ``holds_if`` False asks whether it does not."""
    step = of_outcome(timeline)
    return Verdict(
        holds=(timeline.outcome is outcome) is holds_if,
        said=f"it is {timeline.outcome}: {instead_told(timeline)}",
        at=step.at,
        party=step.event.party if timeline.conversation is None else None,
        rests_on=clauses_of(step),
    )


def sees_caller(timeline: Timeline, party: Party, number: str) -> Verdict:
    """Whether a party sees a number as the caller's."""
    leg = timeline.leg(party)
    seen = leg.caller_id
    if seen is None:
        return Verdict(
            holds=False,
            said=f"the {party} is never dialed",
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


# ------------------------------------------------------------------------------------------- marks

#: So many marks are named where one is looked for in vain.
_NAMED = 10


def mark_is_sent(timeline: Timeline, place: int, digits: str, bound: Bound | None) -> Verdict:
    """Whether the mark with these digits is sent, and when; ``place`` counts equal ones from 1."""
    mark = _mark(timeline, place, digits)
    if mark is None:
        return _no_mark(timeline, place, digits)
    if not mark.sent or mark.at is None:
        return _mark_verdict(timeline, mark, holds=False)
    beyond = 0 if bound is None else bound.beyond(mark.at)
    return _mark_verdict(timeline, mark, holds=not beyond, more=off(beyond, "late", "early"))


def mark_is_not_sent(timeline: Timeline, place: int, digits: str) -> Verdict:
    """Whether the mark with these digits is there and not sent.

    That of a mark which ``dtmf_string`` does not have does not hold: more likely it was misnamed.
    """
    mark = _mark(timeline, place, digits)
    if mark is None:
        return _no_mark(timeline, place, digits)
    return _mark_verdict(timeline, mark, holds=not mark.sent)


def _equal(timeline: Timeline, digits: str) -> list[Mark]:
    return [mark for mark in timeline.dtmf if mark.digits == digits]


def _mark(timeline: Timeline, place: int, digits: str) -> Mark | None:
    equal = _equal(timeline, digits)
    return equal[place - 1] if place <= len(equal) else None


def _no_mark(timeline: Timeline, place: int, digits: str) -> Verdict:
    there = len(_equal(timeline, digits))
    if there:
        times = "only one mark" if there == 1 else f"only {there} marks"
        return Verdict(holds=False, said=f'dtmf_string has {times} "{digits}", not {place}')
    known = [f'"{mark.digits}"' for mark in timeline.dtmf]
    more = len(known) - _NAMED
    listed = ", ".join(known[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    marks = {0: "dtmf_string has no marks", 1: f"the only one is {listed}"}
    told = marks.get(len(known), f"the marks are {listed}")
    return Verdict(holds=False, said=f'there is no mark "{digits}"; {told}')


def _mark_verdict(timeline: Timeline, mark: Mark, *, holds: bool, more: str = "") -> Verdict:
    if mark.sent and mark.at is not None:
        said, at = f"it is sent at {wording.clock(mark.at)}{more}", mark.at
    elif mark.at is None:
        said, at = "it is not sent: the contact never answers", timeline.duration
    else:
        over = wording.clock(timeline.duration)
        said = f"it is not sent: due at {wording.clock(mark.at)}, and the call is over at {over}"
        at = timeline.duration
    return Verdict(holds=holds, said=said, at=at, party=Party.CONTACT, rests_on=(mark.clauses,))


# ---------------------------------------------------------------------------------------- settings


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
