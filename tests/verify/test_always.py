"""Sentences for all times: held to the simulator, and counterexamples to every shorter call."""

from __future__ import annotations

from itertools import product
from pathlib import Path as File

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from callflow.call.case import Case
from callflow.call.loading import case_from_bytes, case_to_yaml, load_case
from callflow.call.plan import message_length, ring_timeout
from callflow.call.simulator import simulate
from callflow.choreography import configurations
from callflow.strategies import cases, sentences
from callflow.verify.always import Held, always, always_with
from callflow.verify.check import check
from callflow.verify.claims import said
from callflow.verify.paths import all_paths
from callflow.verify.sentences import PATTERNS, ask, read
from callflow.words import Party
from tests.verify.truths import truths

FIRST = load_case(str(File(__file__).parents[1] / "cases" / "first.yaml"))
PATTERN_TEXTS = [pattern.text for pattern in PATTERNS]


def told(held: Held) -> tuple[str, ...]:
    """The events of the counterexample."""
    assert held.counterexample is not None
    return tuple(str(event) for event in held.counterexample.path.events)


@st.composite
def told_of(draw: st.DrawFn, case: Case) -> str:
    """A sentence about the call of a case: true of it, or one that just is not."""
    found = [
        text
        for truth in truths(simulate(case).to_dict(), case)
        for text in (truth.text, *truth.lies)
    ]
    return draw(st.sampled_from(found) | sentences())


# ------------------------------------------------------------------------------- what is refuted


@pytest.mark.parametrize("pattern", PATTERN_TEXTS)
@settings(max_examples=15)  # of each pattern
@given(data=st.data())
def test_a_counterexample_is_a_call_in_which_the_sentence_fails(
    pattern: str, data: st.DataObject
) -> None:
    """Of every pattern; as a case file it reads as the same case, and `check` fails on it."""
    text = data.draw(sentences(pattern))
    found = always(read(text)).counterexample
    if found is None:
        return
    assert not found.verdict.holds
    assert tuple(step.event for step in found.timeline.steps) == found.path.events
    again = case_from_bytes(case_to_yaml(found.case).encode(), "yaml")
    assert again == found.case
    assert simulate(again).to_dict() == found.timeline.to_dict()
    assert check("-", lambda: again).exit_status == 1


@given(data=st.data())
def test_what_holds_in_every_call_holds_in_any(data: st.DataObject) -> None:
    """Whatever case is drawn, a sentence that holds for all times is true of its call."""
    case = data.draw(cases())
    text = data.draw(told_of(case))
    if always(read(text)).holds:
        assert ask(read(text), simulate(case)).holds


@given(data=st.data())
def test_what_holds_in_every_call_of_a_set_up_holds_whatever_people_do(
    data: st.DataObject,
) -> None:
    """Other people in the same set-up: the sentence is true of their call, too."""
    case = data.draw(cases())
    other = data.draw(cases(configuration=case.configuration))
    text = data.draw(told_of(case) | told_of(evolve(case, people=other.people)))
    varied = evolve(case, people=evolve(other.people, ended_by=case.people.ended_by))
    held = always_with(case, read(text))
    assert held.holds <= ask(read(text), simulate(varied)).holds
    assert held.holds <= ask(read(text), simulate(case)).holds


@given(data=st.data())
def test_a_counterexample_of_a_set_up_differs_from_its_case_in_people_alone(
    data: st.DataObject,
) -> None:
    case = data.draw(cases())
    text = data.draw(told_of(case))
    found = always_with(case, read(text)).counterexample
    if found is None:
        return
    assert not ask(read(text), simulate(found.case)).holds
    assert found.case.request == case.request
    assert found.case.scenario == case.scenario
    for party in Party:
        assert message_length(found.case, party) == message_length(case, party)
        assert ring_timeout(found.case, party) == ring_timeout(case, party)
    again = case_from_bytes(case_to_yaml(found.case).encode(), "yaml")
    assert simulate(again).to_dict() == found.timeline.to_dict()


# ---------------------------------------------------------------------------------- the shortest


def _calls(most: int) -> list[tuple[int, int, Case]]:
    """All calls of a configuration with a few whole seconds, by events and sum of times."""
    template = evolve(FIRST, request=evolve(FIRST.request, dtmf_string=None), expect=None)
    found = []
    times = range(most + 1)
    for contact, employee, hangs_up, message, talk in product(times, times, times, (1, 2), (1, 2)):
        mapping = evolve(
            template.people,
            contact=evolve(template.people.contact, after=contact * 1000),
            employee=evolve(
                template.people.employee, after=employee * 1000, hangs_up_after=hangs_up * 1000
            ),
            conversation=talk * 1000,
        )
        messages = evolve(template.messages, contact=message * 1000, employee=1000)
        case = evolve(template, people=mapping, messages=messages)
        steps = simulate(case).steps
        found.append((len(steps), sum(step.at for step in steps), case))
    return sorted(found, key=lambda one: one[:2])


_CALLS = _calls(3)


@pytest.mark.parametrize(
    "text",
    [
        "employee waits at most 2",
        "conversation lasts at most 1",
        "contact hears message for at most 1",
        "contact hears the whole message",
        "conversation begins before 3",
        "call lasts at most 5",
        "employee hears dialing_music for at least 2",
        "contact answers before employee answers",
        "conversation begins when contact message ends",
    ],
)
def test_no_call_with_fewer_events_or_less_time_is_a_counterexample(text: str) -> None:
    """Of all calls of a few whole seconds; those first in which what it speaks of happens."""
    found = always(read(text)).counterexample
    assert found is not None
    size = len(found.timeline.steps), sum(step.at for step in found.timeline.steps)
    for events, time, case in _CALLS:
        if (events, time) >= size:
            break
        path = next(
            one
            for one in all_paths()
            if one.configuration == case.configuration
            and one.events == tuple(step.event for step in simulate(case).steps)
        )
        speaks = said(read(text), path, case).arises.holds
        assert ask(read(text), simulate(case)).holds or not speaks


def test_with_numbers_there_is_a_call_beyond_them() -> None:
    """The employee answers at once and waits a second more: nobody else does anything."""
    held = always(read("employee waits at most 26"))
    assert told(held) == ("start", "employee_answered", "employee_hung_up")
    assert held.counterexample is not None
    assert held.counterexample.timeline.duration == 27_000
    assert not held.idle


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("conversation begins at 5", [0, 0, 0, 1_000]),
        ("contact message ends at about 0", [0, 0, 2_000, 3_000]),
        ("contact message never ends", [0, 0, 1_000, 2_000]),
        ("employee message never ends", [0, 0, 1_000, 1_000]),
    ],
)
def test_of_several_ways_to_fail_the_one_with_the_least_times_is_told(
    text: str, moments: list[int]
) -> None:
    """Of too early and too late the earlier one; between two things that take time a second."""
    found = always(read(text)).counterexample
    assert found is not None
    assert [step.at for step in found.timeline.steps] == moments


@pytest.mark.parametrize(
    "text",
    [
        "conversation lasts at most 40",
        "contact hears dialing for at most 45",
        "employee hears dialing for at most 75",
        "contact hears message for at most 86399",
    ],
)
def test_what_a_case_would_end_by_default_is_set_to_last(text: str) -> None:
    """Ring time-outs and conversations are in the case where the usual ones would be too short."""
    found = always(read(text)).counterexample
    assert found is not None
    assert not found.verdict.holds
    assert tuple(step.event for step in found.timeline.steps) == found.path.events


def test_messages_and_ring_time_outs_of_a_case_stay() -> None:
    """No call of the set-up has a longer message, and who rings longest does not answer."""
    assert always_with(FIRST, read("contact hears message for at most 12.5")).holds
    assert always_with(FIRST, read("contact hears dialing for at most 30")).holds
    found = always_with(FIRST, read("employee hears dialing for at most 59.5")).counterexample
    assert found is not None
    assert found.timeline.reason == "no_answer"
    assert found.case.people.employee.reaction == "no_answer"


def test_times_of_counterexamples_are_whole_seconds_where_they_can_be() -> None:
    found = always(read("conversation lasts at most 4.2")).counterexample
    assert found is not None
    assert found.timeline.conversation is not None
    assert found.timeline.conversation.length == 5_000
    found = always(read("contact hears message for about 4.2")).counterexample
    assert found is not None
    assert all(step.at % 1000 == 0 for step in found.timeline.steps)


def test_a_violation_between_two_whole_seconds_is_found() -> None:
    """The phone rings for 1.5 s at most, so the employee is busy a millisecond too late."""
    case = evolve(FIRST, ring_timeout=evolve(FIRST.ring_timeout, employee=1_500))
    held = always_with(case, read("employee hears dialing for at most 1.4"))
    assert held.counterexample is not None
    assert held.counterexample.timeline.duration == 1_401


# --------------------------------------------------------------- what has to be true at all


@pytest.mark.parametrize(
    "text",
    [
        "contact never hears message",
        "conversation begins when employee answers",
        "employee is dialed before contact",
        "contact hangs up",
    ],
)
def test_what_fails_somewhere_is_refuted(text: str) -> None:
    assert not always(read(text)).holds


@pytest.mark.parametrize(
    ("text", "arose"),
    [
        ("call lasts at least 0", 139),
        ("conversation lasts at most 172801", 63),
        ("direction has no effect", 139),
        ("employee hears dialing for at most 86400", 131),
    ],
)
def test_what_holds_tells_on_how_many_paths_something_decides_it(text: str, arose: int) -> None:
    held = always(read(text))
    assert (held.holds, held.paths, held.arose) == (True, 139, arose)


def test_a_sentence_about_what_never_happens_is_seen() -> None:
    """With the switch on, contact first, nobody can hear the employee's message."""
    request = evolve(FIRST.request, switch_at_once=True, first_call="contact")
    held = always_with(evolve(FIRST, request=request), read("employee hears message for at most 3"))
    assert (held.holds, held.arose) == (True, 0)


def test_what_fails_only_where_it_does_not_happen_is_told_so() -> None:
    """The contact always sees the virtual number, but in calls in which its phone never rings."""
    held = always(read("contact sees caller 74993720692"))
    assert (held.holds, held.idle) == (False, True)
    held = always(read("employee sees caller 74993720692"))
    assert (held.holds, held.idle) == (False, False)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("direction has no effect", True),
        ("switch_at_once has an effect", False),
        ("switch_at_once has no effect", False),
        ("dtmf_string has no effect", False),
        ("dtmf_string has an effect", False),
    ],
)
def test_effects_are_asked_of_every_kind_of_request(text: str, holds: bool) -> None:
    """A tts message, and a DTMF string with and without digits, among them."""
    assert always(read(text)).holds is holds


@pytest.mark.parametrize("sentence", ['dtmf "1" is sent', 'third dtmf "12" is not sent'])
def test_marks_are_asked_of_a_request_that_has_them(sentence: str) -> None:
    found = always(read(sentence)).counterexample
    assert found is not None
    assert not found.verdict.said.startswith("there is no mark")


def test_every_configuration_is_among_those_asked() -> None:
    """A sentence that fails in one alone is refuted there."""
    seen = {path.configuration for path in all_paths()}
    assert seen == set(configurations())
    text = "employee message begins when conversation begins"
    held = always(read(text))
    assert held.counterexample is not None
    assert held.counterexample.path.configuration.employee_message
