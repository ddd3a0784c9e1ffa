"""A call stepped by hand keeps to the law: what it lives, a case can bring about."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from callflow import CallSession, Case, Event, ImpossibleEvent, Reason, UsageError, simulate
from callflow.strategies import cases

CALLBACK = {
    "request": {
        "virtual_phone_number": "74993720692",
        "contact": "79260000000",
        "first_call": "employee",
        "contact_message": {"type": "media", "value": "237"},
    },
    "scenario": {"employee_message": {"type": "media", "value": "12"}},
    "account": {"media": {"237": 12.5, "12": 4}},
}


def session(**changes: Any) -> CallSession:
    return CallSession(Case.from_dict({**CALLBACK, **changes}))


def test_a_call_is_stepped_by_hand_from_the_request_to_the_release() -> None:
    call = session()
    call.advance(0)
    assert call.possible() == ("employee_unreached", "employee_answered")
    call.advance(6)
    step = call.fire("employee_answered")
    assert (step.at, str(step.target), [c.id for c in step.employee or ()]) == (
        6000,
        "idle/message",
        ["EF2"],
    )
    assert call.advance(60) == call.steps[-1], "the message's end stops the advance"
    assert (call.at, call.steps[-1].event) == (10_000, "employee_message_ended")
    assert call.advance(9) is None
    call.fire("contact_answered")
    call.advance(60)
    call.advance(14.5)
    call.fire("employee_hung_up")
    assert call.finished
    assert call.timeline().contact.total("conversation") == 14.5
    assert simulate(call.case()).steps == call.steps


def test_people_do_nothing_by_default_but_a_phone_rings_no_longer_than_its_time_out() -> None:
    call = session()
    call.advance(0)
    assert call.advance(59) is None
    step = call.advance(10)
    assert step is not None
    assert (step.at, step.event) == (60_000, "employee_unreached")


def test_what_the_case_says_of_people_falls_due() -> None:
    call = session(people={"employee": {"answers_after": 3}})
    call.advance(0)
    assert call.due() == (3000, Event.EMPLOYEE_ANSWERED)
    assert call.advance(100) == call.steps[-1]
    assert call.at == 3000


def test_an_impossible_event_is_refused_with_what_is_possible() -> None:
    call = session()
    call.advance(0)
    with pytest.raises(ImpossibleEvent) as refused:
        call.fire("contact_answered")
    assert refused.value.event == "contact_answered"
    assert refused.value.state == "idle/dialing"
    assert refused.value.possible == ("employee_unreached", "employee_answered")
    assert "possible: employee_unreached, employee_answered" in str(refused.value)


def test_a_mistyped_event_names_the_nearest() -> None:
    call = session()
    call.advance(0)
    with pytest.raises(ImpossibleEvent, match="did you mean employee_answered"):
        call.fire("employe_answered")


def test_a_message_cannot_end_in_the_millisecond_in_which_it_began() -> None:
    call = session()
    call.advance(0)
    call.fire("employee_answered")
    with pytest.raises(ImpossibleEvent, match="only just begun"):
        call.fire("employee_message_ended")
    call.advance(0.001)
    call.fire("employee_message_ended")
    assert call.case().messages.employee == 1


def test_an_event_against_the_order_of_simultaneous_events_is_refused() -> None:
    call = session()
    call.advance(0)
    call.fire("employee_answered")
    call.advance(4)
    call.advance(3)
    call.fire("contact_answered")
    with pytest.raises(ImpossibleEvent, match="would have come before contact_answered"):
        call.fire("employee_hung_up")
    assert call.fire("contact_hung_up").at == 7000, "who has just answered can be gone at once"


def test_an_event_cannot_overtake_what_is_due_at_the_moment() -> None:
    call = session(people={"employee": {"answers_after": 2, "hangs_up_after": 4}})
    for _ in range(2):
        call.advance(4)
    call.advance(3.999)
    call.advance(0.001)
    assert call.finished
    assert [step.event for step in call.steps][-1] == "employee_hung_up"


def test_undo_restores_state_and_moment() -> None:
    call = session()
    call.advance(0)
    call.advance(6)
    call.fire("employee_answered")
    call.undo()
    assert (call.at, str(call.state), call.steps[-1].event) == (6000, "idle/dialing", "start")
    call.undo()
    assert call.at == 0
    call.undo()
    assert str(call.state) == "idle/idle"
    with pytest.raises(UsageError, match="nothing to take back"):
        call.undo()


@pytest.mark.parametrize(
    ("reason", "person"),
    [
        (None, {"busy_after": 2}),
        ("rejected", {"rejects_after": 2}),
        (Reason.UNAVAILABLE, {"unavailable_after": 2}),
    ],
)
def test_who_is_not_reached_is_so_for_a_reason(
    reason: Reason | None, person: dict[str, float]
) -> None:
    call = session()
    call.advance(0)
    call.advance(2)
    call.fire("employee_unreached", reason=reason)
    assert (
        call.case().people.employee
        == Case.from_dict({**CALLBACK, "people": {"employee": person}}).people.employee
    )
    assert simulate(call.case()).reason == (reason or "busy")


def test_no_answer_by_hand_is_a_ring_time_out_that_is_over_now() -> None:
    call = session()
    call.advance(0)
    call.advance(20)
    call.fire("employee_unreached", reason="no_answer")
    assert call.case().ring_timeout.employee == 20_000
    assert simulate(call.case()).reason == "no_answer"


@pytest.mark.parametrize("time", [-1, float("nan"), float("inf"), 100_000, "soon"])
def test_a_time_that_is_none_is_refused(time: Any) -> None:
    call = session()
    call.advance(0)
    with pytest.raises(UsageError, match="0 to 86 400 seconds"):
        call.advance(time)


@given(cases(), st.data())
def test_every_simulated_call_can_be_stepped_by_hand(case: Case, data: st.DataObject) -> None:
    """Nothing is refused that the law allows: fire every step at its moment."""
    wanted = simulate(case).steps
    call = CallSession(case)
    for step in wanted:
        wait = (step.at - call.at) / 1000
        by_hand = data.draw(st.booleans()) and step.event != "start"
        if by_hand and wait and (due := call.due()) is not None and due[0] > step.at:
            call.advance(wait)
            wait = 0
        if by_hand and not wait:
            call.fire(step.event, reason=_reason(case, step.event))
            continue
        due = call.due()
        if due is not None and due == (step.at, step.event):
            call.advance(wait)
        else:
            if wait:
                call.advance(wait)
            call.fire(step.event, reason=_reason(case, step.event))
    assert call.steps == wanted
    assert simulate(call.case()).steps == wanted


def _reason(case: Case, event: Event) -> Reason | None:
    return simulate(case).reason if "unreached" in event else None


class SteppingACall(RuleBasedStateMachine):
    """Any event at any moment: impossible ones are refused, what was lived simulates to itself."""

    def __init__(self) -> None:
        super().__init__()
        self.before: list[tuple[int, str]] = []

    @initialize(case=cases())
    def begin(self, case: Case) -> None:
        self.call = CallSession(case)

    def remember(self) -> None:
        self.before.append((self.call.at, str(self.call.state)))

    @precondition(lambda self: self.call.possible())
    @rule(data=st.data())
    def what_is_possible_happens(self, data: st.DataObject) -> None:
        event = data.draw(st.sampled_from(self.call.possible()))
        self.remember()
        step = self.call.fire(event)
        assert step.event is event
        assert step.at == self.call.at
        assert step == self.call.steps[-1]

    @rule(event=st.sampled_from(Event))
    def what_is_impossible_is_refused_and_changes_nothing(self, event: Event) -> None:
        if event in self.call.possible():
            return
        as_it_was = (self.call.at, self.call.state, self.call.steps)
        with pytest.raises(ImpossibleEvent) as refused:
            self.call.fire(event)
        assert refused.value.possible == self.call.possible()
        assert as_it_was == (self.call.at, self.call.state, self.call.steps)

    @precondition(lambda self: not self.call.finished)
    @rule(seconds=st.sampled_from([0, 0.001, 0.002, 1, 5, 29.999, 30]))
    def time_passes_up_to_what_is_due(self, seconds: float) -> None:
        at, due = self.call.at, self.call.due()
        self.remember()
        try:
            step = self.call.advance(seconds)
        except UsageError:
            self.before.pop()
            return
        if step is None:
            assert self.call.at == at + round(seconds * 1000)
            assert due is None or due[0] > self.call.at
        else:
            assert due == (step.at, step.event)

    @precondition(lambda self: self.before)
    @rule()
    def undo_goes_back(self) -> None:
        self.call.undo()
        assert (self.call.at, str(self.call.state)) == self.before.pop()

    @invariant()
    def the_case_lived_so_far_begins_with_the_steps_so_far(self) -> None:
        if not hasattr(self, "call"):
            return
        lived = simulate(self.call.case())
        note(str(self.call.case()))
        assert lived.steps[: len(self.call.steps)] == self.call.steps
        if self.call.finished:
            assert lived.steps == self.call.steps
            assert self.call.timeline().to_dict() == lived.to_dict()


TestSteppingACall = SteppingACall.TestCase


def test_a_session_starts_from_any_case_and_leaves_it_as_it_was() -> None:
    case = Case.from_dict(CALLBACK)
    copy = evolve(case)
    call = CallSession(case)
    call.advance(0)
    call.fire("employee_unreached")
    assert case == copy
    assert call.origin is case
