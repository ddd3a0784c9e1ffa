"""The properties that compare two calls, as functions of a case and a ``simulate`` to judge."""

from __future__ import annotations

import json
from collections.abc import Callable

from attrs import evolve

from callflow.call.case import Case, PerParty, Reaction
from callflow.words import Party
from tests.properties.arithmetic import facts
from tests.properties.laws import of

Simulate = Callable[[Case], object]


def _lived(timeline) -> tuple:
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


def _begins(timeline) -> int | None:
    talks = of(timeline, Party.CONTACT, "conversation")
    return talks[0][0] if talks else None


def holds_10(case: Case, simulate: Simulate) -> None:
    """With a tts message, flipping the switch changes nothing that anybody lives through."""
    if not facts(case).tts:
        return
    runs = [simulate(_with_switch(case, switch)) for switch in (True, False, None)]
    assert _lived(runs[0]) == _lived(runs[1]) == _lived(runs[2])
    assert runs[0].effective != runs[1].effective


def holds_11(case: Case, simulate: Simulate) -> None:
    """If there is a conversation with the switch off, there is one with it on, no later."""
    off, on = (_begins(simulate(_with_switch(case, switch))) for switch in (False, True))
    if off is not None:
        assert on is not None
        assert on <= off


def _explicit(case: Case, k: int) -> Case:
    """The case with every length written out, times k."""
    known = facts(case)

    def times_k(person, party: Party):
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
            **{who.value: None if at is None else at * k for who, at in known.message.items()}
        ),
        ring_timeout=PerParty(
            contact=(timeouts.contact or 30_000) * k, employee=(timeouts.employee or 60_000) * k
        ),
    )


def holds_12(case: Case, simulate: Simulate, k: int = 3, later: int = 1) -> None:
    """Times scale with the case's, marks keep their distance; a later answer talks no earlier."""
    once, scaled = simulate(_explicit(case, 1)), simulate(_explicit(case, k))
    assert [(s.at * k, s.event, s.target) for s in once.steps] == [
        (s.at, s.event, s.target) for s in scaled.steps
    ]
    for party in Party:
        one, many = once.leg(party), scaled.leg(party)
        assert [(s.start * k, s.end * k, s.state) for s in one.segments] == [
            (s.start, s.end, s.state) for s in many.segments
        ]
        for name in ("dialed", "answered", "released"):
            at = getattr(one, name)
            assert getattr(many, name) == (None if at is None else at * k)
    if once.contact.answered is not None:
        assert [mark.at - once.contact.answered for mark in once.dtmf] == [
            mark.at - scaled.contact.answered for mark in scaled.dtmf
        ]
    _no_earlier(case, simulate, later)


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
        changed = evolve(case, people=evolve(case.people, **{party.value: person}))
        after = _begins(simulate(changed))
        assert begins is None or after is None or after >= begins


def holds_14(case: Case, simulate: Simulate) -> None:
    """Equal cases give the same JSON, byte for byte."""
    account = case.account
    turned = evolve(
        account,
        media=account.media and dict(reversed(account.media.items())),
        virtual_numbers=account.virtual_numbers and dict(reversed(account.virtual_numbers.items())),
    )
    copy = evolve(case, account=turned, expect={"the core": "keeps this unread"})
    assert copy == case
    first, second = (
        json.dumps(simulate(one).to_dict(), ensure_ascii=False) for one in (case, copy)
    )
    assert first == second


TWO_RUNS = {10: holds_10, 11: holds_11, 12: holds_12, 14: holds_14}


def violated(case: Case, simulate: Simulate, laws: dict[int, Callable] = TWO_RUNS) -> int | None:
    """The number of a law of two runs that does not hold, or None."""
    for number, law in laws.items():
        try:
            law(case, simulate)
        except AssertionError:
            return number
    return None
