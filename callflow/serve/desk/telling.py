"""A call in the words of the page: headline, steps, notes, a table, what differs from another.

Data for a page that lays it out; the sentences are those of the explanation and the comparison.
``**`` stands around what is to be bold in a headline, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...call.difference import Difference
from ...call.timeline import Timeline
from ...clauses import Clauses
from ...draw import wording
from ...draw.catalogue import capital, clause_words, say
from ...draw.effects import effect
from ...draw.explain import Sentence, tell
from ...draw.finding import finding, shift, signed
from ...draw.lanes.head import settings as settings_in_force
from ...units import seconds
from ...words import Basis, Party

__all__ = [
    "compared",
    "headline",
    "notes",
    "sentence",
    "settings",
    "steps",
    "stretches",
    "table",
    "title",
]

Told = dict[str, Any]


def sentence(text: str) -> str:
    """A sentence of ours in the words of the page."""
    return say(text)


def title(call: Timeline) -> str:
    """The name of the call."""
    return wording.title(call)


def settings(call: Timeline) -> list[str]:
    """The settings in force."""
    return list(settings_in_force(call))


def headline(call: Timeline, difference: Difference | None) -> Told:
    """The answer: whether and when both talk, and who waits how long."""
    talk = call.conversation
    if talk is not None:
        heading = say("Both talk after {length}", length=wording.length(talk.start))
    else:
        end = wording.moment(call.duration)
        heading = capital(
            say("{ending} at {moment}: no conversation", ending=wording.ending(call), moment=end)
        )
    if difference is None:
        return {"good": talk is not None, "title": heading, "text": _waits(call)}
    begins = difference.begins
    if begins is not None:
        by = shift(begins[1] - begins[0])
        heading = say("{heading}, {shift} than in A", heading=_small(heading), shift=by)
    else:
        heading = _small(heading)
    found = finding(difference)
    text = found.sentences + (f" {found.behind}" if found.behind else "")
    return {"good": talk is not None, "title": f"B: {heading}", "text": text.replace("*", "∗")}


def _waits(call: Timeline) -> str:
    """Who waits how long, and how long they talk."""
    contact, employee = (call.leg(party).figures.waited for party in Party)
    talk = call.conversation
    said = []
    if contact is not None and employee is not None:
        said.append(
            say(
                "The contact waits **{first}**, the employee **{second}**.",
                first=wording.length(contact),
                second=wording.length(employee),
            )
        )
    else:
        for party, waited in ((Party.CONTACT, contact), (Party.EMPLOYEE, employee)):
            if waited is not None:
                length = wording.length(waited)
                said.append(say("The {party} waits **{length}**.", party=party, length=length))
            elif call.leg(party).dialed is None:
                said.append(say("The {party} is never called.", party=party))
    if talk is not None:
        said.append(say("They talk for {length}.", length=wording.length(talk.length)))
    return " ".join(said)


def stretches(call: Timeline) -> list[Told]:
    """The states that the call is in, one after the other; those of no length are left out."""
    found = []
    moments = call.moments
    for place, (at, edge) in enumerate(moments):
        until = moments[place + 1][0] if place + 1 < len(moments) else None
        if until != at:
            found.append(
                {
                    "start": seconds(at),
                    "end": None if until is None else seconds(until),
                    "state": str(edge.target),
                    "contact": str(edge.target.contact),
                    "employee": str(edge.target.employee),
                }
            )
    return found


def steps(call: Timeline) -> list[Told]:
    """What happened, step by step, each sentence with what says so."""
    return [
        {
            "at": None if line.at is None else seconds(line.at),
            "ms": call.duration if line.at is None else line.at,
            "clock": "" if line.at is None else wording.clock(line.at),
            "sentences": [_sentence(one) for one in line.sentences],
        }
        for line in tell(call).steps
    ]


def _sentence(one: Sentence) -> Told:
    return {
        "text": one.text,
        "hole": None if one.hole is None else one.hole.id,
        "clauses": _clauses(one.clauses),
        "basis": None if one.basis is None else str(one.basis),
    }


def _clauses(clauses: Clauses) -> list[Told]:
    return [
        {
            "id": clause.id,
            "says": clause_words(clause).says,
            "inferred": clause.basis is Basis.INFERRED,
        }
        for clause in clauses
    ]


def notes(call: Timeline) -> Told:
    """What is told of a call beside its steps."""
    told = tell(call)

    def listed(some: Iterable[Sentence]) -> list[Told]:
        return [_sentence(one) for one in some]

    return {
        "without_effect": [
            {
                "path": entry.path,
                "text": effect(entry),
                "clauses": _clauses(entry.clauses),
                "basis": str(entry.basis),
                "misleads": wording.misleads(call, entry),
            }
            for entry in call.no_effect
        ],
        "settings": listed(told.settings),
        "figures": [{"party": str(party), "says": list(pieces)} for party, pieces in told.figures],
        "assumptions": listed(told.assumptions),
        "warnings": listed(told.warnings),
        "left_out": told.left_out,
    }


def table(call: Timeline) -> list[Told]:
    """The lanes as rows, for who reads them better so."""
    rows = [
        {
            "start": segment.start,
            "who": say("{party}", party=party),
            "what": wording.STATE[segment.state][0],
            "state": str(segment.state),
            "from": wording.clock(segment.start),
            "to": wording.clock(segment.end),
            "length": wording.length(segment.length),
            "clauses": _clauses(segment.clauses),
            "basis": str(segment.basis),
        }
        for party in Party
        for segment in call.leg(party).segments
    ]
    rows += [
        {
            "start": call.duration + 1 if mark.at is None else mark.at,
            "who": say("{party}", party=Party.CONTACT),
            "what": f"DTMF {mark.digits}",
            "state": "dtmf",
            "from": "" if mark.at is None else wording.clock(mark.at),
            "to": "",
            "length": "" if mark.sent else say("not sent"),
            "clauses": _clauses(mark.clauses),
            "basis": str(mark.basis),
        }
        for mark in call.dtmf
    ]
    return sorted(rows, key=lambda row: row["start"])


def compared(difference: Difference) -> Told:
    """What differs from the pinned call, and for whom."""
    found = finding(difference)
    return {
        "names": list(found.names),
        "title": found.title,
        "text": found.sentences,
        "behind": found.behind,
        "rows": [
            {
                "who": row.who,
                "what": row.what,
                "before": row.before,
                "after": row.after,
                "difference": None if row.difference is None else signed(row.difference),
            }
            for row in found.rows
        ],
    }


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
