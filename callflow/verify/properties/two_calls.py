"""The properties that compare two calls: ``holds_N(case, simulate)`` raises where N does not hold.

``simulate`` is what is judged, so that it may be a wrong one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from attrs import evolve

from ...call.case import Case, People, PerParty, Person, Reaction
from ...call.timeline import Timeline
from ...units import Milliseconds
from ...words import Party
from .asking import Call, must
from .facts import facts

Simulate = Callable[[Case], Timeline]
_T = TypeVar("_T")


def _lived(timeline: Timeline) -> tuple[Any, ...]:
    """Legs, marks, steps, outcome, reason, ended_by and duration."""
    return (
        timeline.contact.to_dict(),
        timeline.employee.to_dict(),
        timeline.dtmf,
        timeline.steps,
        timeline.outcome,
        timeline.reason,
        timeline.ended_by,
        timeline.duration,
    )


def _with_switch(case: Case, switch: bool | None) -> Case:
    return evolve(case, request=evolve(case.request, switch_at_once=switch))


def _begins(timeline: Timeline) -> Milliseconds | None:
    talks = Call(timeline).talks
    return talks[0][0] if talks else None


def holds_10(case: Case, simulate: Simulate) -> None:
    """With a tts message, flipping the switch changes nothing that anybody lives through."""
    if not facts(case).tts:
        return
    runs = [simulate(_with_switch(case, switch)) for switch in (True, False, None)]
    same = _lived(runs[0]) == _lived(runs[1]) == _lived(runs[2])
    must(same, "with a tts message the switch changes the call")
    must(runs[0].effective != runs[1].effective, "nothing tells of the switch that was asked for")


def holds_11(case: Case, simulate: Simulate) -> None:
    """If there is a conversation with the switch off, there is one with it on, no later."""
    off, on = (_begins(simulate(_with_switch(case, switch))) for switch in (False, True))
    if off is not None:
        must(on is not None, "the switch costs a conversation")
        must(on is None or on <= off, "the switch delays the conversation")


def _explicit(case: Case, k: int) -> Case:
    """The case with every length written out, times k."""
    known = facts(case)

    def times_k(person: Person, party: Party) -> Person:
        ring = known.ring[party]
        after = person.after
        if after is None and ring.reason is None:
            after = ring.after
        if after is None and person.reaction is None:
            after = 5_000
        gone = person.hangs_up_after
        return evolve(
            person,
            reaction=person.reaction or Reaction.ANSWERS,
            after=None if after is None else after * k,
            hangs_up_after=None if gone is None else gone * k,
        )

    people, timeouts = case.people, case.ring_timeout
    return evolve(
        case,
        people=evolve(
            people,
            contact=times_k(people.contact, Party.CONTACT),
            employee=times_k(people.employee, Party.EMPLOYEE),
            conversation=known.conversation * k,
        ),
        messages=PerParty(
            **{str(who): None if at is None else at * k for who, at in known.message.items()}
        ),
        ring_timeout=PerParty(
            contact=(timeouts.contact or 30_000) * k, employee=(timeouts.employee or 60_000) * k
        ),
    )


def holds_12(case: Case, simulate: Simulate, k: int = 3, later: int = 1) -> None:
    """Times scale with the case's, marks keep their distance; a later answer talks no earlier."""
    once, scaled = simulate(_explicit(case, 1)), simulate(_explicit(case, k))
    steps = [(step.at * k, step.event, step.target) for step in once.steps]
    same = steps == [(step.at, step.event, step.target) for step in scaled.steps]
    must(same, f"times {k} the call takes other steps")
    for party in Party:
        one, many = once.leg(party), scaled.leg(party)
        stretches = [(part.start * k, part.end * k, part.state) for part in one.segments]
        same = stretches == [(part.start, part.end, part.state) for part in many.segments]
        must(same, f"times {k} the {party}'s segments do not scale")
        for name in ("dialed", "answered", "released"):
            at = getattr(one, name)
            same = getattr(many, name) == (None if at is None else at * k)
            must(same, f"times {k} the {party} is {name} at another time")
    must(_waits(once) == _waits(scaled), f"times {k} marks change their distance")
    _no_earlier(case, simulate, later)


def _waits(timeline: Timeline) -> list[Milliseconds | None]:
    answered = timeline.contact.answered
    return [
        None if mark.at is None or answered is None else mark.at - answered
        for mark in timeline.dtmf
    ]


def _no_earlier(case: Case, simulate: Simulate, later: int) -> None:
    known = facts(case)
    begins = _begins(simulate(case))
    for party in Party:
        if known.ring[party].reason is not None:
            continue
        person = evolve(
            case.people.of(party),
            reaction=Reaction.ANSWERS,
            after=known.ring[party].after + later,
        )
        changed = evolve(case, people=_with(case.people, party, person))
        after = _begins(simulate(changed))
        right = begins is None or after is None or after >= begins
        must(right, f"the {party} answers later and both talk earlier")


def _with(people: People, party: Party, person: Person) -> People:
    if party is Party.CONTACT:
        return evolve(people, contact=person)
    return evolve(people, employee=person)


def _turned(mapping: Mapping[str, _T]) -> dict[str, _T]:
    return {key: mapping[key] for key in reversed(list(mapping))}


def holds_14(case: Case, simulate: Simulate) -> None:
    """Equal cases give the same JSON, byte for byte."""
    account = case.account
    turned = evolve(
        account,
        media=account.media and _turned(account.media),
        virtual_numbers=account.virtual_numbers and _turned(account.virtual_numbers),
    )
    copy = evolve(case, account=turned, expect={"the core": "keeps this unread"})
    must(copy == case, "a copy of the case is not equal to it")
    first, second = (
        json.dumps(simulate(one).to_dict(), ensure_ascii=False) for one in (case, copy)
    )
    must(first == second, "equal cases give other JSON")
