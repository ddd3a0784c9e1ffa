"""The ladder of a call as Mermaid: who tells whom what, and what each party lives through.

The messages are the ladder's own arrows. A state of a leg is a note where it begins, with its
length. What is inferred says so and its arrow is dashed; a party that keeps the call from a
conversation ends it with a cross.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...call.timeline import Leg, Mark, Segment, Timeline
from ...clauses import Clauses, basis
from ...units import Milliseconds
from ...words import Basis, Party
from .. import wording
from ..catalogue import say, term
from ..ladder.arrows import Arrow, arrows, shown_digits
from .source import BREAK, block, diagram, entities

_PBX = "pbx"
_BESIDE = {Party.CONTACT: "left of", Party.EMPLOYEE: "right of"}


def ladder_mermaid(timeline: Timeline) -> str:
    """The ladder as a ``sequenceDiagram``."""
    lines = [
        *_participants(timeline),
        *(line for _, line in sorted(_told(timeline), key=lambda told: told[0])),
        *_not_dialed(timeline),
        *_unsent(timeline.dtmf),
    ]
    return diagram("sequenceDiagram", wording.title(timeline), lines)


def ladder_markdown(timeline: Timeline) -> str:
    """The ladder as a block of a Markdown page, with how the call turned out below it."""
    return block(
        ladder_mermaid(timeline),
        (
            f"- {wording.outcome(timeline)}",
            say("- dashed, and called inferred: our reading where the source is silent"),
        ),
    )


def _participants(timeline: Timeline) -> Iterator[str]:
    request, scenario = timeline.case.request, timeline.case.scenario
    for alias, name, number in (
        (Party.CONTACT, term("contact"), request.contact),
        (_PBX, term("pbx"), request.virtual_phone_number),
        (
            Party.EMPLOYEE,
            term("employee"),
            scenario.employee_number or say("from the scenario"),
        ),
    ):
        yield f"participant {alias} as {entities(name)}{BREAK}{entities(number)}"


def _told(timeline: Timeline) -> Iterator[tuple[Milliseconds, str]]:
    """Messages, then notes, each with its moment; of one moment they keep this order."""
    for arrow in arrows(timeline):
        yield arrow.at, _message(arrow)
    for party in Party:
        for segment in timeline.leg(party).segments:
            yield (
                segment.start,
                _note(f"{_BESIDE[party]} {party}", _state(timeline, party, segment)),
            )


def _message(arrow: Arrow) -> str:
    dashed = "-" if arrow.clauses and basis(arrow.clauses) is Basis.INFERRED else ""
    if arrow.begins:
        line = f"<<{dashed}->>"
    elif arrow.failed and arrow.start is not None:
        line = f"{dashed}-x"
    else:
        line = f"{dashed}->>"
    text = f"DTMF {arrow.digits}" if arrow.digits else arrow.text
    said = [f"{wording.moment(arrow.at)} {text}", *_cited(arrow.clauses)]
    return f"{arrow.start or _PBX}{line}{arrow.end or _PBX}: {_lines(said)}"


def _state(timeline: Timeline, party: Party, segment: Segment) -> Iterator[str]:
    """A state in the words of the timeline: how long, since when, by which clauses."""
    told = f"{wording.STATE[segment.state][0]} {wording.length(segment.length)}"
    if wording.cut_short(timeline, party, segment):
        told = say("{state}, cut short", state=told)
    yield told
    for part in segment.parts:
        yield say(
            "from {start} {clauses}",
            start=wording.moment(part.start),
            clauses=wording.cited(part.clauses, part.basis),
        )


def _not_dialed(timeline: Timeline) -> Iterator[str]:
    for party in Party:
        leg: Leg = timeline.leg(party)
        if not leg.segments:
            yield _note(f"{_BESIDE[party]} {party}", [wording.never_rang(leg)])


def _unsent(marks: Sequence[Mark]) -> Iterator[str]:
    """Digits that were never sent, together."""
    unsent = [mark for mark in marks if not mark.sent]
    if unsent:
        digits = " ".join(mark.digits for mark in unsent)
        count = sum(len(mark.digits) for mark in unsent)
        clauses = tuple(dict.fromkeys(clause for mark in unsent for clause in mark.clauses))
        said = shown_digits(digits) or wording.many(count, "digit")
        told = say("DTMF not sent: {digits}", digits=said)
        yield _note(f"over {Party.CONTACT},{_PBX}", [told, *_cited(clauses)])


def _note(place: str, said: Iterator[str] | Sequence[str]) -> str:
    return f"Note {place}: {_lines(said)}"


def _cited(clauses: Clauses) -> Iterator[str]:
    if clauses:
        yield wording.cited(clauses, basis(clauses))


def _lines(said: Iterator[str] | Sequence[str]) -> str:
    return BREAK.join(entities(line) for line in said)
