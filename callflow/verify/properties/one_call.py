"""The properties of one call, one function each: ``holds_N(call)`` raises where N does not hold.

What must be so is worked out anew from the case, by the arithmetic of `facts`; of the timeline only
what it says is read. A timeline may be the work of a wrong table: a property must say no to it by
`must`, and not stumble over it.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from ...call.timeline import Step
from ...clauses import Clause
from ...units import Milliseconds
from ...words import Party
from .asking import Call, must
from .facts import CONTACT, EMPLOYEE, ENDS, OTHER, PARTIES, RANK, Facts, possible

_ON_LINE = ("message", "dialing_music", "conversation")
_UNREACHED = {f"{party}_unreached": party for party in PARTIES}
_HUNG_UP = {f"{party}_hung_up": party for party in PARTIES}
_CUTS = frozenset((*_UNREACHED, *_HUNG_UP))
_CUTS_TTS = frozenset(("contact_hung_up", "employee_hung_up", "employee_unreached"))


def holds_1(call: Call) -> None:
    """Every call ends in released/released, by a hang-up, an unreached party or the talk's end."""
    steps = call.steps
    must(steps[0].event == "start", "it does not begin with the start")
    must(str(steps[0].source) == "idle/idle", "it does not begin in idle/idle")
    must(str(steps[-1].target) == "released/released", f"it ends in {steps[-1].target}")
    for step in steps:
        last = step is steps[-1]
        must((step.event in ENDS) is last, f"{step.event} in {step.source} leads to {step.target}")
        can = possible(step.source.contact, step.source.employee)
        must(step.event in can, f"{step.event} is not possible in {step.source}")
        released = [step.target.leg(party) == "released" for party in PARTIES]
        must(all(released) if last else not any(released), f"{step.target} before the end")
        can_end = last or not possible(*_legs(step)) <= _HUNG_UP.keys()
        must(can_end, f"in {step.target} nothing need ever happen any more")
    for before, after in pairwise(steps):
        must(before.target == after.source, f"{after.event} happens in another state")
        must(before.at <= after.at, f"{after.event} comes before its time")
    states = [step.source for step in steps]
    must(len(set(states)) == len(states), "a state comes twice")
    must(call.end == steps[-1].at, "the call lasts longer than its steps")


def _legs(step: Step) -> tuple[str, str]:
    return step.target.contact, step.target.employee


def holds_2(call: Call) -> None:
    """From answering to release a party's segments are gapless: nobody hears silence."""
    for party in PARTIES:
        leg, at = call.timeline.leg(party), call.answered(party)
        dialed = call.came_to(party, "dialing")
        must(leg.answered == at, f"the {party} answered at another time")
        must(leg.dialed == (dialed[0].at if dialed else None), f"the {party} was dialed otherwise")
        must(leg.released == (call.end if dialed else None), f"the {party} was released otherwise")
        if leg.dialed is None:
            must(not leg.segments, f"the {party} was never dialed and hears something")
            must(at is None, f"the {party} was never dialed and answered")
            continue
        border = leg.dialed
        for segment in leg.segments:
            must(segment.start == border, f"the {party} hears silence")
            must(segment.end > segment.start, "a segment of no length")
            right = _ON_LINE if at is not None and border >= at else ("dialing",)
            must(segment.state in right, f"the {party}: {segment.state} out of place")
            border = segment.end
        must(border == leg.released, f"the {party} hears silence before the release")
        if at is not None:
            borders = (leg.dialed, leg.released, *(segment.start for segment in leg.segments))
            must(any(at == one for one in borders), f"the {party}'s answer is no border")
        for one, following in pairwise(leg.segments):
            must(one.state != following.state, "one state in two segments")


def holds_3(call: Call) -> None:
    """Both legs have one conversation segment with the same borders, or neither has one."""
    contact, employee = (call.of(party, "conversation") for party in PARTIES)
    must(contact == employee, "the two conversations differ")
    must(len(contact) <= 1, "there is more than one conversation")
    for step in call.steps:
        talking = [step.target.leg(party) == "conversation" for party in PARTIES]
        must(talking[0] is talking[1], f"one party talks alone in {step.target}")


def holds_4(call: Call) -> None:
    """The leg that first_call names is dialed first; employee first, his message comes before."""
    case = call.case
    first, second = call.timeline.leg(case.first), call.timeline.leg(case.second)
    must(first.dialed == 0, f"the {case.first} is not dialed at once")
    target = call.steps[0].target
    must(target.leg(_party(case.first)) == "dialing", f"the {case.first} is not dialed first")
    must(target.leg(_party(case.second)) == "idle", f"the {case.second} is dialed at once")
    if case.first == EMPLOYEE and second.dialed is not None:
        message = case.message[EMPLOYEE] or 0
        must(first.answered is not None, "the contact is dialed before the employee answers")
        if first.answered is not None:
            heard_out = first.answered + message
            must(second.dialed >= heard_out, "the contact is dialed before the message is over")
        heard = sum(end - start for start, end in call.of(EMPLOYEE, "message"))
        must(heard == message, "the employee does not hear the whole message")


def holds_5(call: Call) -> None:
    """A tts contact message is cut by a hang-up or a failed employee leg, never by an answer."""
    case = call.case
    if not case.tts:
        return
    for step in call.left(CONTACT, "message"):
        if step.event == "contact_message_ended":
            begun = call.came_to(CONTACT, "message")[0].at
            must(step.at - begun == case.message[CONTACT], "the tts message is not played whole")
        else:
            must(step.event in _CUTS_TTS, f"{step.event} cuts the tts message")


def holds_6(call: Call) -> None:
    """Effective switch false: only a hang-up or an unreached party cuts a message short."""
    case = call.case
    if case.switch:
        return
    for party in PARTIES:
        for step in call.left(party, "message"):
            if step.event == f"{party}_message_ended":
                begun = call.came_to(party, "message")[0].at
                must(step.at - begun == case.message[party], f"the {party}'s is not played whole")
            else:
                must(step.event in _CUTS, f"{step.event} cuts the {party}'s message")


def holds_7(call: Call) -> None:
    """Effective switch true, contact first: talk begins at the employee's answer or not at all."""
    case = call.case
    if not case.switch or case.first != CONTACT:
        return
    for step in call.came_to(CONTACT, "conversation"):
        must(step.event == "employee_answered", f"{step.event} begins the conversation")
    for start, _ in call.talks:
        must(start == call.answered(EMPLOYEE), "it begins apart from the employee's answer")


def holds_8(call: Call) -> None:
    """A message is played at most once, and never after the conversation began."""
    began = call.talk_began
    for party in PARTIES:
        messages = call.of(party, "message")
        must(len(messages) <= 1, f"the {party} hears two messages")
        must(len(call.came_to(party, "message")) <= 1, f"the {party} hears a message twice")
        for start, end in messages:
            must(began is None or start < end <= began, f"the {party}'s message outlasts its time")
        talking = False
        for step in call.steps:
            talking = talking or step.target.leg(party) == "conversation"
            wrong = talking and step.target.leg(party) == "message"
            must(not wrong, f"the {party} hears a message after the conversation began")


def holds_9(call: Call) -> None:
    """Dialing music is heard only by a party on the line, never during the conversation."""
    began = call.talk_began
    for party in PARTIES:
        at = call.answered(party)
        for start, end in call.of(party, "dialing_music"):
            must(at is not None and at <= start, f"the {party} hears music before the answer")
            must(start < end <= call.end, f"the {party} hears music after the release")
            must(began is None or end <= began, f"the {party} hears music in the conversation")
        for step in call.came_to(party, "dialing_music"):
            heard = at is not None and step.at >= at
            must(heard, f"the {party} comes to dialing music before the answer")
            alone = step.target.leg(_party(OTHER[party])) != "conversation"
            must(alone, f"the {party} hears music while the other talks")


def holds_13(call: Call) -> None:
    """Sent marks lie in the call in order, unsent ones after them, and no digit is lost."""
    at, marks = call.answered(CONTACT), call.timeline.dtmf
    sent = [mark for mark in marks if mark.sent]
    must(all(mark.sent for mark in marks[: len(sent)]), "an unsent mark stands before a sent one")
    must(all(mark.digits for mark in marks), "a mark without digits")
    for mark in sent:
        right = at is not None and mark.at is not None and at <= mark.at < call.end
        must(right, f"{mark.digits} is sent outside the call")
    for one, following in pairwise(marks):
        right = at is None or (
            one.at is not None and following.at is not None and one.at < following.at
        )
        must(right, f"{following.digits} is not later than {one.digits}")
    for mark in marks[len(sent) :]:
        right = mark.at is None if at is None else mark.at is not None and mark.at >= call.end
        must(right, f"{mark.digits} was due in the call and is not sent")
    digits = (call.timeline.case.request.dtmf_string or "").replace(".", "")
    must("".join(mark.digits for mark in marks) == digits, "digits are lost")


def holds_15(call: Call) -> None:
    """The outcome is conversation exactly if there is one; reason and ended_by stand where due."""
    timeline, last = call.timeline, call.steps[-1].event
    outcome = timeline.outcome
    must((outcome == "conversation") is bool(call.talks), f"the outcome is {outcome}")
    if outcome != "conversation":
        right = {
            "contact_unreached": "contact_not_reached",
            "employee_unreached": "employee_not_reached",
        }.get(last, "abandoned")
        must(outcome == right, f"the outcome is {outcome}, not {right}")
    not_reached = outcome in ("contact_not_reached", "employee_not_reached")
    must((timeline.reason is not None) is not_reached, "reason stands out of place")
    must((timeline.ended_by is None) is not_reached, "ended_by stands out of place")


def holds_16(call: Call) -> None:
    """Who is due a message hears it from his answer on, and nobody else hears one."""
    case = call.case
    for party in PARTIES:
        at, length, due = call.answered(party), case.message[party], case.due[party]
        begun = call.came_to(party, "message")
        for step in begun:
            must(due, f"the {party} hears a message that is not due")
            must(step.event == f"{party}_answered", f"{step.event} begins the {party}'s message")
        heard = call.of(party, "message")
        if not due or at is None or length is None:
            must(not heard, f"the {party} hears a message")
            continue
        must(begun, f"the {party} answers and no message begins")
        ends = [at + length, call.end]
        interrupted = call.answered(EMPLOYEE)
        if case.switch and party == CONTACT and interrupted is not None:
            ends.append(interrupted)
        over = min(ends)
        must(heard == ([(at, over)] if at < over else []), f"the {party} hears it otherwise")


def holds_17(call: Call) -> None:
    """A conversation begins at the latest of both answers and the ends of the due messages."""
    case, began = call.case, call.talk_began
    contact, employee = call.answered(CONTACT), call.answered(EMPLOYEE)
    if contact is None or employee is None:
        must(began is None and not call.talks, "somebody talks who never answered")
        return
    if case.first == CONTACT and case.switch:
        begins = employee
    else:
        due = [contact, employee]
        for party, at in ((CONTACT, contact), (EMPLOYEE, employee)):
            length = case.message[party]
            if case.due[party] and length is not None:
                due.append(at + length)
        begins = max(due)
    must(began is None or began == begins, "the conversation does not begin when it is due")
    must(began is not None or call.end <= begins, "a conversation is missing")
    talks = [(begins, call.end)] if begins < call.end else []
    for party in PARTIES:
        must(call.of(party, "conversation") == talks, f"the {party} does not talk as is due")


def holds_18(call: Call) -> None:
    """Where the time goes: dialing, answering, failing, releasing, marks, the effective switch."""
    case, timeline = call.case, call.timeline
    _where_dialing_and_answering_go(call)
    _where_the_release_comes_from(call)
    at, end = call.answered(CONTACT), call.end
    marks = [(mark.at, mark.digits, mark.sent) for mark in timeline.dtmf]
    if at is None:
        must(marks == [(None, digits, False) for _, digits in case.marks], "marks without answer")
    else:
        due = [(at + wait, digits, at + wait < end) for wait, digits in case.marks]
        must(marks == due, "marks are due at other times")
    effective = timeline.effective
    must(effective.switch_at_once is case.switch, "another effective switch")
    must(effective.switch_requested is case.requested, "another switch was asked for")
    must(effective.first_call == case.first, "another party is called first")
    taken = "TTS" if case.requested and case.tts else None
    must(effective.switch_disabled_by == taken, "something else takes the switch away")


def _where_dialing_and_answering_go(call: Call) -> None:
    case = call.case
    first = call.answered(case.first)
    message = case.message[EMPLOYEE] or 0 if case.first == EMPLOYEE else 0
    dialed = {case.first: 0, case.second: None if first is None else first + message}
    for party in PARTIES:
        rung, due = call.came_to(party, "dialing"), dialed[party]
        must(len(rung) <= 1, f"the {party} is dialed twice")
        if due is None:
            must(not rung, f"the {party} is dialed out of turn")
            must(call.answered(party) is None, f"the {party} answers without being dialed")
            continue
        if not rung:
            must(call.end <= due, f"the {party} is never dialed")
            must(call.answered(party) is None, f"the {party} answers without being dialed")
            continue
        must(rung[0].at == due, f"the {party} is not dialed when it is due")
        ring = case.ring[party]
        due += ring.after
        happens = f"{party}_{'answered' if ring.reason is None else 'unreached'}"
        never = f"{party}_{'unreached' if ring.reason is None else 'answered'}"
        must(call.moment(never) is None, f"{never} happens and cannot")
        at = call.moment(happens)
        must(at is None or at == due, f"{happens} happens when it is not due")
        must(at is not None or call.end <= due, f"{happens} does not happen")


def _where_the_release_comes_from(call: Call) -> None:
    case, timeline, end = call.case, call.timeline, call.end
    releases: dict[str, Milliseconds] = {}
    for party in PARTIES:
        at, rung, ring = call.answered(party), call.came_to(party, "dialing"), case.ring[party]
        if rung and ring.reason is not None:
            releases[f"{party}_unreached"] = rung[0].at + ring.after
        gone = case.hangs_up[party]
        if at is not None and gone is not None:
            releases[f"{party}_hung_up"] = at + gone
    if call.talk_began is not None:
        releases["conversation_ended"] = call.talk_began + case.conversation
    last = call.steps[-1].event
    must(releases, "nothing could end this call")
    must(all(end <= due for due in releases.values()), "the call goes on after its end")
    must(last in releases and releases[last] == end, f"{last} was not due")
    if last in _UNREACHED:
        ring = case.ring[_UNREACHED[last]]
        must(timeline.reason == (None if call.talks else ring.reason), "another reason")
    else:
        must(timeline.reason is None, "a reason though nobody failed")
        must(timeline.ended_by == _HUNG_UP.get(last, case.ended_by), "somebody else ended it")


def holds_19(call: Call) -> None:
    """Of the events possible and due in that millisecond the step takes the first in the order."""
    case, before = call.case, frozenset(("start",))
    clocks: dict[str, Milliseconds] = {"start": 0}
    for step in call.steps:
        now = possible(step.source.contact, step.source.employee)
        must(now == before, f"other things are possible in {step.source}")
        must(step.event in clocks, f"{step.event} was not due")
        must(step.at == clocks[step.event], f"{step.event} was due at another time")
        rank = RANK[step.event]
        for event, due in clocks.items():
            if event != step.event:
                waits = step.at < due if RANK[event] < rank else step.at <= due
                must(waits, f"{event} was due before {step.event}")
        before = possible(step.target.contact, step.target.employee)
        # What has happened does not happen again, even where its event stays possible.
        clocks = {
            event: due for event, due in clocks.items() if event in before and event != step.event
        }
        for event in before - now:
            length = case.length(event)
            if length is not None:
                clocks[event] = step.at + length


def holds_20(call: Call) -> None:
    """Basis: what is documented under the premise and outside it; every end of a call is ours."""
    case = call.case
    for step in call.steps:
        lists = {party: ids(step.because(party)) for party in PARTIES}
        if step.event in ENDS:
            hole = "G9" if step.event in _UNREACHED else "G10"
            if step.source.contact == "conversation":
                hole = "G21"
            must(lists == dict.fromkeys(PARTIES, (hole,)), f"{step.event} rests on something else")
            continue
        for party, clauses in lists.items():
            where = f"the {party}'s clauses at {step.event}"
            if clauses is None:
                kept = step.source.leg(party) == step.target.leg(party)
                must(kept, f"{where}: a change unexplained")
                continue
            must(clauses, f"{where}: an empty list")
            hole_here = _hole_under_premise(case, step, party)
            if not case.premise:
                alone = clauses in (("FC",), ("NOMSG",), ("MUSIC",))
                must(documented(clauses) is alone, f"{where}: another basis")
            elif hole_here is None:
                must(documented(clauses), f"{where}: an inference where the source speaks")
            else:
                must(not documented(clauses), f"{where}: a promise that the source does not make")
                must(hole_here in clauses, f"{where}: {hole_here} is not named")


def _hole_under_premise(case: Facts, step: Step, party: str) -> str | None:
    """The hole that the property excepts for this leg of this step, though the bullets speak."""
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


def _party(name: str) -> Party:
    return EMPLOYEE if name == "employee" else CONTACT


@cache
def ids(clauses: tuple[Clause, ...] | None) -> tuple[str, ...] | None:
    """Clauses as text."""
    return None if clauses is None else tuple(clause.id for clause in clauses)


def documented(clauses: tuple[str, ...]) -> bool:
    """Whether there is a clause and all are sentences of the source: no G with a number."""
    return bool(clauses) and not any(
        clause[0] == "G" and clause[1:].isdecimal() for clause in clauses
    )
