"""The properties that hold for every call, one function each, so that they can judge mutants too.

``holds_N(timeline)`` raises AssertionError where property N does not hold. What must be so is
worked out anew from the case, by the arithmetic of `arithmetic`; of the timeline only what it says
is read. Those that compare two runs (10, 11, 12, 14) stand in `two_runs`.

A timeline may be the work of a mutant: a law must fail on it by an assertion, not by an accident.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise

from callflow.clauses import Clause
from tests.properties.arithmetic import (
    CONTACT,
    EMPLOYEE,
    ENDS,
    OTHER,
    PARTIES,
    RANK,
    Facts,
    facts,
    possible,
)

Law = Callable[[object], None]

ON_LINE = ("message", "dialing_music", "conversation")
SEGMENT_STATES = ("dialing", *ON_LINE)
UNREACHED = {f"{party}_unreached": party for party in PARTIES}
HUNG_UP = {f"{party}_hung_up": party for party in PARTIES}


# ------------------------------------------------------------------------------------ reading steps


_LAST: list = [None, None]


def known(timeline) -> Facts:
    """The facts of the timeline's case; the last ones are kept, since many laws ask in a row."""
    if _LAST[0] is not timeline.case:
        _LAST[:] = [timeline.case, facts(timeline.case)]
    return _LAST[1]


def moment(timeline, event: str) -> int | None:
    """When the first step with this event was."""
    return next((step.at for step in timeline.steps if step.event == event), None)


def answered(timeline, party: str) -> int | None:
    return moment(timeline, f"{party}_answered")


def talk_began(timeline) -> int | None:
    """When the steps came to the conversation, be it for no time at all."""
    return next((step.at for step in timeline.steps if step.target.contact == "conversation"), None)


def of(timeline, party: str, state: str) -> list[tuple[int, int]]:
    """The segments of a leg in one state, as (start, end)."""
    return [(s.start, s.end) for s in timeline.leg(party).segments if s.state == state]


def left(timeline, party: str, state: str) -> list:
    """The steps by which a leg leaves a state."""
    return [
        step for step in timeline.steps if step.source.leg(party) == state != step.target.leg(party)
    ]


def came_to(timeline, party: str, state: str) -> list:
    """The steps by which a leg comes to a state."""
    return [
        step for step in timeline.steps if step.source.leg(party) != state == step.target.leg(party)
    ]


# --------------------------------------------------------------------------------------- properties


def holds_1(timeline) -> None:
    """Every call ends in released/released, by a hang-up, an unreached party or the talk's end."""
    steps = timeline.steps
    assert steps[0].event == "start"
    assert str(steps[0].source) == "idle/idle"
    assert str(steps[-1].target) == "released/released"
    for step in steps:
        assert (step.event in ENDS) is (step is steps[-1]), f"{step.event} in {step.source}"
        assert step.event in possible(step.source.contact, step.source.employee)
        released = [step.target.leg(party) == "released" for party in PARTIES]
        assert all(released) if step is steps[-1] else not any(released)
    for before, after in pairwise(steps):
        assert before.target == after.source
        assert before.at <= after.at
    states = [str(step.source) for step in steps]
    assert len(set(states)) == len(states), "a state came twice"
    case = known(timeline)
    assert timeline.duration == steps[-1].at
    assert timeline.duration <= sum(
        length or 0 for event in RANK if event != "start" for length in [case.length(event)]
    ), "the call got stuck"


def holds_2(timeline) -> None:
    """From answering to release a party's segments are gapless: nobody hears silence."""
    for party in PARTIES:
        leg, at = timeline.leg(party), answered(timeline, party)
        dialed = came_to(timeline, party, "dialing")
        assert leg.answered == at
        assert leg.dialed == (dialed[0].at if dialed else None)
        assert leg.released == (timeline.duration if dialed else None)
        if leg.dialed is None:
            assert not leg.segments
            assert at is None
            continue
        border = leg.dialed
        for segment in leg.segments:
            assert segment.start == border
            assert segment.end > segment.start
            assert segment.state in (ON_LINE if at is not None and border >= at else ("dialing",))
            border = segment.end
        assert border == leg.released
        assert at is None or at in (
            leg.dialed, leg.released, *(segment.start for segment in leg.segments)
        )  # fmt: skip
        for one, next_one in pairwise(leg.segments):
            assert one.state != next_one.state


def holds_3(timeline) -> None:
    """Both legs have one conversation segment with the same borders, or neither has one."""
    contact, employee = (of(timeline, party, "conversation") for party in PARTIES)
    assert contact == employee
    assert len(contact) <= 1
    for step in timeline.steps:
        talking = [step.target.leg(party) == "conversation" for party in PARTIES]
        assert talking[0] is talking[1]


def holds_4(timeline) -> None:
    """The leg that first_call names is dialed first; employee first, his message comes before."""
    case = known(timeline)
    first, second = timeline.leg(case.first), timeline.leg(case.second)
    assert first.dialed == 0
    assert timeline.steps[0].target.leg(case.first) == "dialing"
    assert timeline.steps[0].target.leg(case.second) == "idle"
    if case.first == EMPLOYEE and second.dialed is not None:
        message = case.message[EMPLOYEE] or 0
        assert first.answered is not None
        assert second.dialed >= first.answered + message
        heard = sum(end - start for start, end in of(timeline, EMPLOYEE, "message"))
        assert heard == message


def holds_5(timeline) -> None:
    """A tts contact message is cut by a hang-up or a failed employee leg, never by an answer."""
    case = known(timeline)
    if not case.tts:
        return
    for step in left(timeline, CONTACT, "message"):
        assert step.event in (
            "contact_message_ended", "contact_hung_up", "employee_hung_up", "employee_unreached"
        )  # fmt: skip
        if step.event == "contact_message_ended":
            begun = came_to(timeline, CONTACT, "message")[0].at
            assert step.at - begun == case.message[CONTACT]


def holds_6(timeline) -> None:
    """Effective switch false: only a hang-up or an unreached party cuts a message short."""
    case = known(timeline)
    if case.switch:
        return
    for party in PARTIES:
        for step in left(timeline, party, "message"):
            assert step.event == f"{party}_message_ended" or step.event in {**HUNG_UP, **UNREACHED}
            if step.event == f"{party}_message_ended":
                begun = came_to(timeline, party, "message")[0].at
                assert step.at - begun == case.message[party]


def holds_7(timeline) -> None:
    """Effective switch true, contact first: talk begins at the employee's answer or not at all."""
    case = known(timeline)
    if not case.switch or case.first != CONTACT:
        return
    for step in came_to(timeline, CONTACT, "conversation"):
        assert step.event == "employee_answered"
    for start, _ in of(timeline, CONTACT, "conversation"):
        assert start == answered(timeline, EMPLOYEE)


def holds_8(timeline) -> None:
    """A message is played at most once, and never after the conversation began."""
    began = talk_began(timeline)
    for party in PARTIES:
        assert len(of(timeline, party, "message")) <= 1
        assert len(came_to(timeline, party, "message")) <= 1
        for start, end in of(timeline, party, "message"):
            assert began is None or start < end <= began
        talking = False
        for step in timeline.steps:
            talking = talking or step.target.leg(party) == "conversation"
            assert not (talking and step.target.leg(party) == "message")


def holds_9(timeline) -> None:
    """Dialing music is heard only by a party on the line, never during the conversation."""
    began = talk_began(timeline)
    for party in PARTIES:
        at = answered(timeline, party)
        for start, end in of(timeline, party, "dialing_music"):
            assert at is not None
            assert at <= start < end <= timeline.duration
            assert began is None or end <= began
        for step in came_to(timeline, party, "dialing_music"):
            assert at is not None
            assert step.at >= at
            assert step.target.leg(OTHER[party]) != "conversation"


def holds_13(timeline) -> None:
    """Sent marks lie in the call in order, unsent ones after them, and no digit is lost."""
    at, marks = answered(timeline, CONTACT), timeline.dtmf
    sent = [mark for mark in marks if mark.sent]
    assert list(marks[: len(sent)]) == sent, "an unsent mark stands before a sent one"
    assert all(mark.digits for mark in marks)
    for mark in sent:
        assert at is not None
        assert mark.at is not None
        assert at <= mark.at < timeline.duration
    for one, next_one in pairwise(marks):
        assert at is None or one.at < next_one.at
    for mark in marks[len(sent) :]:
        assert mark.at is None if at is None else mark.at >= timeline.duration
    digits = (timeline.case.request.dtmf_string or "").replace(".", "")
    assert "".join(mark.digits for mark in marks) == digits


def holds_15(timeline) -> None:
    """The outcome is conversation exactly if there is one; reason and ended_by stand where due."""
    outcome, last = timeline.outcome, timeline.steps[-1].event
    assert (outcome == "conversation") is bool(of(timeline, CONTACT, "conversation"))
    if outcome != "conversation":
        assert outcome == {
            "contact_unreached": "contact_not_reached",
            "employee_unreached": "employee_not_reached",
        }.get(last, "abandoned")
    not_reached = outcome in ("contact_not_reached", "employee_not_reached")
    assert (timeline.reason is not None) is not_reached
    assert (timeline.ended_by is None) is not_reached


def holds_16(timeline) -> None:
    """Who is due a message hears it from his answer on, and nobody else hears one."""
    case = known(timeline)
    for party in PARTIES:
        at, length = answered(timeline, party), case.message[party]
        for step in came_to(timeline, party, "message"):
            assert case.due[party]
            assert step.event == f"{party}_answered"
        if not case.due[party] or at is None:
            assert not of(timeline, party, "message")
            continue
        assert came_to(timeline, party, "message"), "a due message did not begin"
        ends = [at + length, timeline.duration]
        interrupted = answered(timeline, EMPLOYEE)
        if case.switch and party == CONTACT and interrupted is not None:
            ends.append(interrupted)
        assert of(timeline, party, "message") == [(at, min(ends))] * (at < min(ends))


def holds_17(timeline) -> None:
    """A conversation begins at the latest of both answers and the ends of the due messages."""
    case, began = known(timeline), talk_began(timeline)
    times = [answered(timeline, party) for party in PARTIES]
    if None in times:
        assert began is None
        assert not of(timeline, CONTACT, "conversation")
        return
    due = [
        at + case.message[party]
        for party, at in zip(PARTIES, times, strict=True)
        if case.due[party]
    ]
    begins = times[1] if case.first == CONTACT and case.switch else max([*times, *due])
    assert began in (begins, None)
    assert began is not None or timeline.duration <= begins, "a conversation is missing"
    talks = [(begins, timeline.duration)] if begins < timeline.duration else []
    for party in PARTIES:
        assert of(timeline, party, "conversation") == talks


def holds_18(timeline) -> None:
    """Where the time goes: dialing, answering, failing, releasing, marks, the effective switch."""
    case, end = known(timeline), timeline.duration
    _where_dialing_and_answering_go(timeline, case, end)
    _where_the_release_comes_from(timeline, case, end)
    at = answered(timeline, CONTACT)
    marks = [(mark.at, mark.digits, mark.sent) for mark in timeline.dtmf]
    if at is None:
        assert marks == [(None, digits, False) for _, digits in case.marks]
    else:
        assert marks == [(at + wait, digits, at + wait < end) for wait, digits in case.marks]
    effective = timeline.effective
    assert effective.switch_at_once is case.switch
    assert effective.switch_requested is case.requested
    assert effective.first_call == case.first
    assert effective.switch_disabled_by == ("TTS" if case.requested and case.tts else None)


def _where_dialing_and_answering_go(timeline, case: Facts, end: int) -> None:
    first = answered(timeline, case.first)
    message = case.message[EMPLOYEE] or 0 if case.first == EMPLOYEE else 0
    dialed = {case.first: 0, case.second: None if first is None else first + message}
    for party in PARTIES:
        rung = came_to(timeline, party, "dialing")
        assert len(rung) <= 1
        if dialed[party] is None:
            assert not rung, f"the {party} was dialed out of turn"
            assert answered(timeline, party) is None
            continue
        if not rung:
            assert end <= dialed[party], f"the {party} was never dialed"
            assert answered(timeline, party) is None
            continue
        assert rung[0].at == dialed[party] == timeline.leg(party).dialed
        ring = case.ring[party]
        due = dialed[party] + ring.after
        happens = f"{party}_{'answered' if ring.reason is None else 'unreached'}"
        never = f"{party}_{'unreached' if ring.reason is None else 'answered'}"
        assert moment(timeline, never) is None
        assert moment(timeline, happens) in (due, None)
        assert moment(timeline, happens) is not None or end <= due, f"no {happens}"


def _where_the_release_comes_from(timeline, case: Facts, end: int) -> None:
    releases: dict[str, int] = {}
    for party in PARTIES:
        at, dialed, ring = answered(timeline, party), timeline.leg(party).dialed, case.ring[party]
        if dialed is not None and ring.reason is not None:
            releases[f"{party}_unreached"] = dialed + ring.after
        if at is not None and case.hangs_up[party] is not None:
            releases[f"{party}_hung_up"] = at + case.hangs_up[party]
    began = talk_began(timeline)
    if began is not None:
        releases["conversation_ended"] = began + case.conversation
    last = timeline.steps[-1].event
    assert releases, "nothing could end this call"
    assert end == min(releases.values())
    assert releases.get(last) == end, f"{last} was not due"
    if last in UNREACHED:
        talked = of(timeline, CONTACT, "conversation")
        assert timeline.reason == (None if talked else case.ring[UNREACHED[last]].reason)
    else:
        assert timeline.reason is None
        assert timeline.ended_by == HUNG_UP.get(last, case.ended_by)


def holds_19(timeline) -> None:
    """Of the events possible and due in that millisecond the step takes the first in the order."""
    case, clocks, before = known(timeline), {"start": 0}, frozenset(("start",))
    for step in timeline.steps:
        now = possible(step.source.contact, step.source.employee)
        assert now == before
        first = min(clocks, key=lambda event: (clocks[event], RANK[event]), default=None)
        assert (step.event, step.at) == (first, clocks.get(first)), f"{first} was due"
        before = possible(step.target.contact, step.target.employee)
        # What has happened does not happen again, even where its event stays possible.
        clocks = {
            event: due for event, due in clocks.items() if event in before and event != step.event
        }
        for event in before - now:
            length = case.length(event)
            if length is not None:
                clocks[event] = step.at + length


def holds_20(timeline) -> None:
    """Basis: what is documented under the premise and outside it; every end of a call is ours."""
    case = known(timeline)
    for step in timeline.steps:
        lists = {party: ids(step.because(party)) for party in PARTIES}
        if step.event in ENDS:
            hole = "G21" if step.event == "conversation_ended" else "G10"
            hole = "G9" if step.event in UNREACHED else hole
            if step.source.contact == "conversation":
                hole = "G21"
            assert lists == dict.fromkeys(PARTIES, (hole,))
            continue
        for party, clauses in lists.items():
            if clauses is None:
                assert step.source.leg(party) == step.target.leg(party), "a change unexplained"
                continue
            assert clauses, "an empty list of clauses"
            hole = _hole_under_premise(case, step, party)
            if not case.premise:
                assert documented(clauses) is (clauses in (("FC",), ("NOMSG",), ("MUSIC",)))
            elif hole is None:
                assert documented(clauses)
            else:
                assert not documented(clauses)
                assert hole in clauses


def _hole_under_premise(case: Facts, step, party: str) -> str | None:
    """The hole that the law excepts for this leg of this step, though the bullets speak."""
    if case.first == EMPLOYEE:
        waits = step.event == "contact_answered" and step.target.contact == "message"
        return "G3" if party == EMPLOYEE and waits else None
    if step.event != "employee_answered":
        return None
    if case.switch and step.source.contact == "dialing_music":
        return "G20"
    if party == EMPLOYEE:
        return "G6" if case.switch else "G19"
    return None


@cache
def ids(clauses: tuple[Clause, ...] | None) -> tuple[str, ...] | None:
    """Clauses as text."""
    return None if clauses is None else tuple(clause.id for clause in clauses)


def documented(clauses: tuple[str, ...]) -> bool:
    """Whether there is a clause and all are sentences of the source: no G with a number."""
    return bool(clauses) and not any(
        clause[0] == "G" and clause[1:].isdecimal() for clause in clauses
    )


def holds_page(timeline) -> None:
    """What the timeline shows is what its steps did: segments, parts, clauses, basis, figures."""
    case = known(timeline)
    for party in PARTIES:
        leg = timeline.leg(party)
        stretches = _stretches(timeline, party)
        shown = [(s.state, p.start, p.end, ids(p.clauses)) for s in leg.segments for p in s.parts]
        assert shown == stretches
        for segment in leg.segments:
            assert segment.state in SEGMENT_STATES
            assert segment.parts[0].start == segment.start
            assert segment.parts[-1].end == segment.end
            merged = tuple(dict.fromkeys(i for p in segment.parts for i in ids(p.clauses)))
            assert ids(segment.clauses) == merged
            assert segment.basis == ("documented" if documented(merged) else "inferred")
            for part in segment.parts:
                basis = "documented" if documented(ids(part.clauses)) else "inferred"
                assert part.basis == basis
        _figures(timeline, case, party)
    for step in timeline.steps:
        lists = [ids(step.because(party)) for party in PARTIES]
        right = all(documented(clauses) for clauses in lists if clauses is not None)
        assert step.basis == ("documented" if right else "inferred")
    at = answered(timeline, CONTACT)
    for mark in timeline.dtmf:
        wanted = ("DTMF", "G11") if mark.sent else ("DTMF", "G11", "G12")
        assert ids(mark.clauses) == (("DTMF", "G12") if at is None else wanted)


def _stretches(timeline, party: str) -> list[tuple[str, int, int, tuple[str, ...]]]:
    """What the steps did to a leg, stretch by stretch, without those of no length."""
    found: list[tuple[str, int, int, tuple[str, ...]]] = []
    clauses: tuple[str, ...] = ()
    for step, after in pairwise(timeline.steps):
        clauses = ids(step.because(party)) or clauses
        state = str(step.target.leg(party))
        if state == "idle" or step.at == after.at:
            continue
        if found and found[-1][0] == state and found[-1][3] == clauses:
            found[-1] = (state, found[-1][1], after.at, clauses)
        else:
            found.append((state, step.at, after.at, clauses))
    return found


def _figures(timeline, case: Facts, party: str) -> None:
    leg, at = timeline.leg(party), answered(timeline, party)
    figures = leg.figures
    assert figures.message_length == case.message[party]
    sums = (figures.message_heard, figures.music_heard, figures.talked)
    if leg.dialed is None:
        assert sums == (None, None, None)
        assert leg.caller_id is None
        assert figures.waited is None
        return
    assert sums == tuple(
        sum(end - start for start, end in of(timeline, party, state)) for state in ON_LINE
    )
    talks = of(timeline, party, "conversation")
    until = talks[0][0] if talks else timeline.duration
    assert figures.waited == (None if at is None else until - at)
    request, shown = timeline.case.request, timeline.case.scenario.show_during_call
    if party == CONTACT:
        seen = (request.virtual_phone_number, ("CID-C",))
    elif shown == "contact_number":
        seen = (request.contact, ("CID-E", "G13"))
    else:
        seen = (request.virtual_phone_number, ("CID-E",))
    assert (leg.caller_id.number, ids(leg.caller_id.clauses)) == seen


#: The laws of one run, by their number in the list of properties; those that fail soonest first.
LAWS: dict[int, Law] = {
    19: holds_19, 18: holds_18, 1: holds_1, 17: holds_17, 16: holds_16, 2: holds_2, 3: holds_3,
    4: holds_4, 5: holds_5, 6: holds_6, 7: holds_7, 8: holds_8, 9: holds_9, 13: holds_13,
    15: holds_15, 20: holds_20,
}  # fmt: skip


def violated(timeline, laws: dict[int, Law] = LAWS) -> int | None:
    """The number of a law that does not hold, or None."""
    for number, law in laws.items():
        try:
            law(timeline)
        except AssertionError:
            return number
    return None
