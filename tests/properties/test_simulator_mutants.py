"""Faults planted in the simulator: each is noticed by one of the laws.

The list is kept here so that a fault once made, or only imagined, stays noticed. Each entry is a
sentence about what the faulty simulator does.
"""

from __future__ import annotations

from itertools import combinations
from types import SimpleNamespace

import pytest
from attrs import evolve

from callflow.call.plan import plan
from callflow.call.simulator import walk as real_walk
from callflow.choreography import RULES, SIMULTANEOUS, possible_events, states
from callflow.table import check
from callflow.units import NEVER
from callflow.words import (
    ANSWERED,
    SLOT,
    UNREACHED,
    Event,
    LegState,
    MessageType,
    Outcome,
    Party,
    Reason,
)
from tests.properties import mutants
from tests.properties.mutants import HANG_UPS, configured, lengths_changed, told, walked
from tests.properties.pool import EVERY

CONTACT_ANSWERED = SLOT[Event.CONTACT_ANSWERED]
EMPLOYEE_ANSWERED = SLOT[Event.EMPLOYEE_ANSWERED]
CONTACT_UNREACHED = SLOT[Event.CONTACT_UNREACHED]
EMPLOYEE_UNREACHED = SLOT[Event.EMPLOYEE_UNREACHED]
CONTACT_MESSAGE_ENDED = SLOT[Event.CONTACT_MESSAGE_ENDED]
EMPLOYEE_MESSAGE_ENDED = SLOT[Event.EMPLOYEE_MESSAGE_ENDED]
CONVERSATION_ENDED = SLOT[Event.CONVERSATION_ENDED]


@pytest.fixture(scope="module")
def graphs():
    return check(RULES, SIMULTANEOUS)


def _ignore(*slots):
    def change(case, lengths):  # noqa: ARG001 - the shape of a change
        for slot in slots:
            lengths[slot] = NEVER

    return lengths_changed(change)


def _add(slot, more):
    def change(case, lengths):  # noqa: ARG001 - the shape of a change
        if lengths[slot] < NEVER:
            lengths[slot] += more

    return lengths_changed(change)


def _swap(one, other):
    def change(case, lengths):  # noqa: ARG001 - the shape of a change
        lengths[one], lengths[other] = lengths[other], lengths[one]

    return lengths_changed(change)


def _time_out_ignored(case, lengths):
    for party, answered, unreached in (
        (Party.CONTACT, CONTACT_ANSWERED, CONTACT_UNREACHED),
        (Party.EMPLOYEE, EMPLOYEE_ANSWERED, EMPLOYEE_UNREACHED),
    ):
        person = case.people.of(party)
        if person.reaction == "answers":
            lengths[answered], lengths[unreached] = person.after, NEVER


def _answer_at_the_time_out_counts(case, lengths):
    for party, answered, unreached in (
        (Party.CONTACT, CONTACT_ANSWERED, CONTACT_UNREACHED),
        (Party.EMPLOYEE, EMPLOYEE_ANSWERED, EMPLOYEE_UNREACHED),
    ):
        person = case.people.of(party)
        if person.reaction == "answers" and lengths[unreached] == person.after:
            lengths[answered], lengths[unreached] = person.after, NEVER


def _default_time_outs_exchanged(case, lengths):
    if case.people.contact.reaction == "no_answer" and case.ring_timeout.contact is None:
        lengths[CONTACT_UNREACHED] = 60_000


def _busy_waits_for_the_time_out(case, lengths):
    for party, unreached, default in (
        (Party.CONTACT, CONTACT_UNREACHED, 30_000),
        (Party.EMPLOYEE, EMPLOYEE_UNREACHED, 60_000),
    ):
        if lengths[unreached] < NEVER:
            lengths[unreached] = case.ring_timeout.of(party) or default


def _from_dialing(lengths):
    ringing = {HANG_UPS[0]: CONTACT_ANSWERED, HANG_UPS[1]: EMPLOYEE_ANSWERED}

    def due(slot, at, started):
        start = started.get(ringing[slot], at) if slot in ringing else at
        return max(at, start + lengths[slot])

    return due


def _second_leg_from_zero(lengths):
    ringing = (CONTACT_ANSWERED, EMPLOYEE_ANSWERED, CONTACT_UNREACHED, EMPLOYEE_UNREACHED)

    def due(slot, at, _):
        return max(at, lengths[slot]) if slot in ringing else at + lengths[slot]

    return due


def _interrupted_message_runs_on(lengths):
    def due(slot, at, started):
        end = at + lengths[slot]
        if slot == CONVERSATION_ENDED and CONTACT_MESSAGE_ENDED in started:
            heard_out = started[CONTACT_MESSAGE_ENDED] + lengths[CONTACT_MESSAGE_ENDED]
            return max(end, heard_out)
        return end

    return due


def _nothing_takes_no_time(lengths):
    return lambda slot, at, _: at + (max(1, lengths[slot]) if at else lengths[slot])


def _hang_up_clock_anew(edge):
    if edge.target.contact is LegState.CONVERSATION:
        return (*edge.starts, *HANG_UPS)
    return edge.starts


def _hang_up_clock_at_every_step(edge):
    return (*edge.starts, *(slot for slot, _ in edge.exits if slot in HANG_UPS))


def _conversation_from_the_answer(lengths):
    def due(slot, at, started):
        start = at
        if slot == CONVERSATION_ENDED:
            start = min(started.get(hang_up, at) for hang_up in HANG_UPS)
        return max(at, start + lengths[slot])

    return due


def _mark(mark, **changes):
    """The mark with something changed, whatever kind of class marks are."""
    told = {name: getattr(mark, name) for name in ("at", "digits", "sent", "clauses")}
    return SimpleNamespace(**(told | changes))


def _marks_moved(timeline, by):
    return tuple(
        mark
        if mark.at is None
        else _mark(mark, at=mark.at + by, sent=mark.at + by < timeline.duration)
        for mark in timeline.dtmf
    )


def _marks_from_the_conversation(timeline):
    talk = timeline.conversation
    if talk is None or timeline.contact.answered is None:
        return timeline.dtmf
    return _marks_moved(timeline, talk.start - timeline.contact.answered)


def _marks_at_the_release_sent(timeline):
    return tuple(
        _mark(mark, sent=True) if mark.at == timeline.duration else mark for mark in timeline.dtmf
    )


def _all_sent(timeline):
    return tuple(_mark(mark, sent=mark.at is not None) for mark in timeline.dtmf)


def _reason(timeline):
    return timeline.reason and Reason.NO_ANSWER


def _reason_of_the_other(timeline):
    return timeline.reason and (
        Reason.BUSY if timeline.reason is Reason.REJECTED else timeline.reason
    )


def _reason_as_planned(timeline):
    """The reaction's, also where the time-out came first."""
    last = timeline.steps[-1].event.party
    if timeline.reason is None or last is None:
        return None
    reaction = timeline.case.people.of(last).reaction
    return {"busy": Reason.BUSY, "rejects": Reason.REJECTED}.get(reaction, timeline.reason)


def _who_hung_up_exchanged(timeline):
    return timeline.ended_by and timeline.ended_by.other


def _who_hung_up_by_the_case(timeline):
    return timeline.ended_by and (timeline.case.people.ended_by or Party.CONTACT)


def _who_hung_up_always_the_contact(timeline):
    return timeline.ended_by and Party.CONTACT


def _outcome_by_state(timeline):
    talked = timeline.steps[-1].source.contact is LegState.CONVERSATION
    return Outcome.CONVERSATION if talked else timeline.outcome


def _tts_anywhere(case):
    """The employee's message takes the switch away as well."""
    message = case.scenario.employee_message
    spoken = message is not None and message.type is MessageType.TTS
    choice = case.configuration
    return evolve(choice, switch_at_once=choice.switch_at_once and not spoken)


def _tts_nowhere(case):
    return evolve(case.configuration, switch_at_once=bool(case.request.switch_at_once))


def _tts_of_the_employee_only(case):
    message = case.scenario.employee_message
    spoken = message is not None and message.type is MessageType.TTS
    return evolve(
        case.configuration, switch_at_once=bool(case.request.switch_at_once) and not spoken
    )


def _first_call_exchanged(case):
    return evolve(case.configuration, first_call=case.configuration.first_call.other)


def _effective_as_requested(timeline):
    right = timeline.effective
    names = ("first_call", "switch_requested", "switch_disabled_by")
    told = {name: getattr(right, name) for name in names}
    return SimpleNamespace(switch_at_once=right.switch_requested, **told)


FAULTS = {
    "ignores hang-ups": _ignore(*HANG_UPS),
    "ignores the contact's hang-up": _ignore(HANG_UPS[0]),
    "ignores the employee's hang-up": _ignore(HANG_UPS[1]),
    "takes one person's hang-up for the other's": _swap(*HANG_UPS),
    "counts hang-ups from being dialed": walked(due_at=_from_dialing),
    "starts the hang-up clocks anew when the conversation begins": walked(
        restart=_hang_up_clock_anew
    ),
    "starts the hang-up clocks anew at every step": walked(restart=_hang_up_clock_at_every_step),
    "hangs up a millisecond late": _add(HANG_UPS[0], 1),
    "ignores the ring time-out": lengths_changed(_time_out_ignored),
    "counts an answer at the very time-out": lengths_changed(_answer_at_the_time_out_counts),
    "exchanges the default time-outs": lengths_changed(_default_time_outs_exchanged),
    "lets a busy line ring to the time-out": lengths_changed(_busy_waits_for_the_time_out),
    "rings the second phone from the request on": walked(due_at=_second_leg_from_zero),
    "exchanges the answers": _swap(CONTACT_ANSWERED, EMPLOYEE_ANSWERED),
    "answers a millisecond late": _add(EMPLOYEE_ANSWERED, 1),
    "takes the last of those due, not the first": walked(later_wins=True),
    "makes what takes no time take a millisecond": walked(due_at=_nothing_takes_no_time),
    "exchanges the messages": _swap(CONTACT_MESSAGE_ENDED, EMPLOYEE_MESSAGE_ENDED),
    "plays the contact's message a millisecond longer": _add(CONTACT_MESSAGE_ENDED, 1),
    "plays the employee's message a millisecond longer": _add(EMPLOYEE_MESSAGE_ENDED, 1),
    "lets the clock of an interrupted message run on": walked(due_at=_interrupted_message_runs_on),
    "makes the conversation a millisecond too long": _add(CONVERSATION_ENDED, 1),
    "makes the conversation a millisecond too short": _add(CONVERSATION_ENDED, -1),
    "never ends a conversation by itself": _ignore(CONVERSATION_ENDED),
    "counts the conversation from the answer": walked(due_at=_conversation_from_the_answer),
    "sends marks a second late": told(dtmf=lambda timeline: _marks_moved(timeline, 1000)),
    "sends marks a millisecond late": told(dtmf=lambda timeline: _marks_moved(timeline, 1)),
    "sends marks from the conversation on": told(dtmf=_marks_from_the_conversation),
    "sends a mark due at the very release": told(dtmf=_marks_at_the_release_sent),
    "sends every mark of who answered": told(dtmf=_all_sent),
    "loses the last mark": told(dtmf=lambda timeline: timeline.dtmf[:-1]),
    "says no answer for every reason": told(reason=_reason),
    "says busy for rejected": told(reason=_reason_of_the_other),
    "gives the reaction's reason after the time-out": told(reason=_reason_as_planned),
    "gives no reason": told(reason=lambda _: None),
    "exchanges who hung up": told(ended_by=_who_hung_up_exchanged),
    "names whom the case names also after a hang-up": told(ended_by=_who_hung_up_by_the_case),
    "names the contact always": told(ended_by=_who_hung_up_always_the_contact),
    "calls a conversation of no length one": told(outcome=_outcome_by_state),
    "lets a tts message to the employee take the switch away": configured(_tts_anywhere),
    "looks at the employee's message alone for tts": configured(_tts_of_the_employee_only),
    "keeps the switch on with a tts message": configured(_tts_nowhere),
    "dials the other party first": configured(_first_call_exchanged),
    "shows the requested switch as the effective one": told(effective=_effective_as_requested),
    "ends when the last step but one is over": told(
        duration=lambda timeline: timeline.steps[-2].at
    ),
    "leaves out the last step": told(steps=lambda timeline: timeline.steps[:-1]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_laws_notice_a_simulator_that(fault, graphs):
    """A simulator with this fault breaks a law."""
    assert mutants.law_that_notices(FAULTS[fault](graphs), EVERY) is not None


def test_the_walk_that_faults_are_planted_in_takes_the_simulators_steps(graphs):
    """Without a fault the copy of the loop does what the simulator's loop does."""
    for case in EVERY:
        start, lengths = graphs[case.configuration].start, plan(case).lengths
        assert mutants.walk(start, lengths) == real_walk(start, lengths)


EXCHANGES = list(combinations(range(len(SIMULTANEOUS)), 2))


def _exchanged(one, other):
    order = list(SIMULTANEOUS)
    order[one], order[other] = order[other], order[one]
    return order


def _meetings(order):
    """The pairs of events that some call has due together, the one first that is handled first."""
    return {
        (one, other)
        for state in states()
        for one, other in combinations(sorted(possible_events(state), key=order.index), 2)
        if not (one.party is other.party and _of_the_ring(one) and _of_the_ring(other))
    }


def _of_the_ring(event):
    return event in ANSWERED.values() or event in UNREACHED.values()


@pytest.mark.parametrize(("one", "other"), EXCHANGES)
def test_the_laws_notice_two_kinds_exchanged_in_the_order_of_simultaneous_events(one, other):
    """Two events exchanged in the order are noticed, neighbours too.

    The exception are exchanges of what never meets: no two phones ring at once, who answers is not
    unreached as well, nobody waits for an answer while the employee hears his message, the
    conversation's end meets nothing but hang-ups. Those order nothing: there is nothing to notice.
    """
    order = _exchanged(one, other)
    graphs = check(RULES, order)

    def simulate(case):
        return mutants.timeline(graphs[case.configuration], case)

    noticed = mutants.law_that_notices(simulate, EVERY) is not None
    assert noticed is (_meetings(order) != _meetings(list(SIMULTANEOUS)))


def test_four_neighbours_of_the_order_can_meet():
    """Of nine pairs of neighbours four can be due together; the rest of the order never meets."""
    original = _meetings(list(SIMULTANEOUS))
    meeting = [
        (SIMULTANEOUS[place].value, SIMULTANEOUS[place + 1].value)
        for place in range(len(SIMULTANEOUS) - 1)
        if _meetings(_exchanged(place, place + 1)) != original
    ]
    assert meeting == [
        ("contact_hung_up", "employee_hung_up"),
        ("employee_hung_up", "contact_unreached"),
        ("employee_unreached", "contact_message_ended"),
        ("contact_message_ended", "employee_message_ended"),
    ]
