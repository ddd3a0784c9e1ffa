"""Every way in which a set-up can go: all paths of its machine, each a real case."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from callflow.call.case import Case, People, Person, Reaction
from callflow.call.loading import case_from_bytes, case_from_mapping, case_to_dict, case_to_yaml
from callflow.call.plan import message_length, plan, ring_timeout
from callflow.call.simulator import simulate
from callflow.choreography import configurations, rules_for
from callflow.strategies import cases
from callflow.units import LONGEST
from callflow.verify.paths import paths_of
from callflow.verify.ways import Way, ways_of
from callflow.words import Configuration, Event, LegState, Outcome, Party

#: Days beside milliseconds: what no whole second lies between.
LENGTHS = st.sampled_from([1, 2, 400, 999, 5000, 12_500, 29_999, 60_000, LONGEST])
EVERY = cases() | cases(lengths=LENGTHS)

ALL = list(configurations())
#: Of each configuration how many ways there are: contact first, then employee first, by switch,
#: contact message and employee message.
COUNTS = {
    Party.CONTACT: {
        (False, False, False): 6, (False, False, True): 8, (False, True, False): 13,
        (False, True, True): 22, (True, False, False): 6, (True, False, True): 6,
        (True, True, False): 11, (True, True, True): 11,
    },
    Party.EMPLOYEE: {
        (False, False, False): 6, (False, False, True): 7, (False, True, False): 8,
        (False, True, True): 9, (True, False, False): 6, (True, False, True): 7,
        (True, True, False): 6, (True, True, True): 7,
    },
}  # fmt: skip


def case_of(configuration: Configuration, **members: Any) -> Case:
    """A case of a configuration, with a contact's message that is longer than the employee's."""
    request: dict[str, Any] = {
        "virtual_phone_number": "74993720692",
        "contact": "79260000000",
        "first_call": str(configuration.first_call),
        "switch_at_once": configuration.switch_at_once,
    }
    scenario, messages = {}, {}
    if configuration.contact_message:
        request["contact_message"] = {"type": "media", "value": "237"}
        messages["contact"] = 12.5
    if configuration.employee_message:
        scenario["employee_message"] = {"type": "media", "value": "12"}
        messages["employee"] = 4
    told = {"request": request, "scenario": scenario, "messages": messages, **members}
    return case_from_mapping(told)


PEOPLE = {
    "contact": {"answers_after": 9},
    "employee": {"answers_after": 6, "hangs_up_after": 40},
    "conversation": 60,
}


def taken(way: Way) -> tuple[Event, ...]:
    return tuple(step.event for step in simulate(way.case).steps)


# ----------------------------------------------------------------------------- which ways there are


@pytest.mark.parametrize("configuration", ALL, ids=str)
def test_a_set_up_has_from_6_to_22_ways_by_its_configuration(configuration: Configuration) -> None:
    found = ways_of(case_of(configuration, people=PEOPLE))
    settings = (
        configuration.switch_at_once,
        configuration.contact_message,
        configuration.employee_message,
    )
    assert len(found.ways) == COUNTS[configuration.first_call][settings]
    assert not found.barred


@given(EVERY)
def test_every_path_of_the_machine_is_told_once_as_a_way_or_as_what_cannot_be(case: Case) -> None:
    found = ways_of(case)
    told = [one.path.events for one in (*found.ways, *found.barred)]
    paths = [path.events for path in paths_of(rules_for(case.configuration))]
    assert sorted(told) == sorted(paths)


@given(EVERY)
def test_every_way_simulates_to_exactly_its_path(case: Case) -> None:
    for way in ways_of(case).ways:
        assert taken(way) == way.path.events
        assert simulate(way.case).moments == way.timeline.moments


@given(EVERY)
def test_the_set_up_stays_only_people_differ(case: Case) -> None:
    """Request, scenario, account, message lengths and ring time-outs are those of the case."""
    for way in ways_of(case).ways:
        assert evolve(way.case, people=case.people) == case
        for party in Party:
            assert message_length(way.case, party) == message_length(case, party)
            assert ring_timeout(way.case, party) == ring_timeout(case, party)


@given(EVERY)
def test_the_case_s_own_way_comes_first_with_its_own_times(case: Case) -> None:
    first, *others = ways_of(case).ways
    assert first.own
    assert first.case is case
    assert first.settings == ()
    assert first.timeline.moments == simulate(case).moments
    assert not any(way.own for way in others)


@given(EVERY)
def test_ways_of_one_outcome_stand_together(case: Case) -> None:
    outcomes = [way.outcome for way in ways_of(case).ways]
    assert outcomes == sorted(outcomes, key=outcomes.index)


# ------------------------------------------------------------------------------------ chosen times


@given(EVERY)
def test_a_way_is_a_case_that_a_file_can_hold(case: Case) -> None:
    for way in ways_of(case).ways:
        again = case_from_mapping(case_to_dict(way.case))
        assert again == way.case


@given(cases(), st.data())
def test_setting_what_a_way_tells_makes_its_case_of_the_file(
    case: Case, data: st.DataObject
) -> None:
    way = data.draw(st.sampled_from(ways_of(case).ways))
    made = case_from_bytes(case_to_yaml(case).encode(), "yaml", settings=way.settings)
    assert simulate(made).to_dict() == way.timeline.to_dict()


@pytest.mark.parametrize("configuration", ALL, ids=str)
def test_in_an_ordinary_set_up_every_step_takes_time_and_people_take_whole_seconds(
    configuration: Configuration,
) -> None:
    for way in ways_of(case_of(configuration, people=PEOPLE)).ways:
        times = [at for at, _ in way.timeline.moments]
        assert times == sorted(set(times))
        people = way.case.people
        for time in (
            people.contact.after, people.contact.hangs_up_after, people.employee.after,
            people.employee.hangs_up_after, people.conversation,
        ):  # fmt: skip
            assert time is None or time % 1000 == 0


@given(EVERY)
def test_no_step_coincides_with_another_where_there_is_room(case: Case) -> None:
    """Only a time of a few milliseconds leaves no room; then the case still takes its path."""
    lengths = [one for one in plan(case).lengths if one]
    timeouts = [ring_timeout(case, party) for party in Party]
    if min(*lengths, *timeouts) < 10:
        return
    for way in ways_of(case).ways:
        times = [at for at, _ in way.timeline.moments]
        assert way.own or len(set(times)) == len(times)


@given(st.integers(2000, 30_000), st.integers(2000, 30_000), st.sampled_from(ALL))
def test_whoever_hangs_up_during_a_message_does_so_before_its_very_end(
    contact: int, employee: int, configuration: Configuration
) -> None:
    lengths = {"contact": contact / 1000, "employee": employee / 1000}
    for way in ways_of(case_of(configuration, messages=lengths)).ways:
        last = way.timeline.steps[-1]
        for party in Party:
            if last.source.leg(party) is LegState.MESSAGE:
                figures = way.timeline.leg(party).figures
                assert (figures.message_heard or 0) < (figures.message_length or 0)


@pytest.mark.parametrize("configuration", ALL, ids=str)
def test_the_case_s_own_answers_are_kept_unless_the_way_turns_on_them(
    configuration: Configuration,
) -> None:
    """The contact's answer decides no way that it is part of, so it is the same in all of them."""
    for way in ways_of(case_of(configuration, people=PEOPLE)).ways:
        contact = way.timeline.contact
        if contact.answered is not None and contact.dialed is not None:
            assert contact.answered - contact.dialed == 9000


def test_a_phone_that_is_not_answered_rings_to_its_end_if_the_way_allows_it() -> None:
    """The longest wait that the set-up can bring about is seen."""
    found = ways_of(case_of(ALL[-4], people=PEOPLE, ring_timeout={"employee": 45}))
    waits = [
        way.timeline.contact.figures.waited
        for way in found.ways
        if way.outcome is Outcome.EMPLOYEE_NOT_REACHED
    ]
    assert max(wait or 0 for wait in waits) == 45_000


def test_an_own_conversation_of_any_length_does_not_hide_who_hangs_up() -> None:
    case = case_of(ALL[0], people={**PEOPLE, "conversation": 0.001})
    ends = {way.path.events[-1] for way in ways_of(case).ways if way.path.talks}
    assert ends == {Event.CONVERSATION_ENDED, Event.CONTACT_HUNG_UP, Event.EMPLOYEE_HUNG_UP}


# ----------------------------------------------------------------------------------- what cannot be


def contact_first(**members: Any) -> Case:
    both = next(
        one
        for one in ALL
        if one.premise and one.first_call is Party.CONTACT and not one.switch_at_once
    )
    return case_of(both, **members)


def test_an_employee_whose_message_is_not_shorter_never_waits_for_the_contact_s() -> None:
    found = ways_of(contact_first(messages={"contact": 4, "employee": 4}))
    assert len(found.ways) == 17
    assert {one.why for one in found.barred} == {
        "no times fit with messages of 4.0 s (contact) and 4.0 s (employee)"
    }
    waits = [one.path.edges[-1].source.employee for one in found.barred]
    assert waits.count(LegState.DIALING_MUSIC) == 2
    assert waits.count(LegState.CONVERSATION) == 3


@pytest.mark.parametrize("contact", [1, 2, 4])
@pytest.mark.parametrize("employee", [1, 2, 3])
@pytest.mark.parametrize("configuration", [one for one in ALL if one.premise], ids=str)
def test_trying_every_millisecond_finds_the_same_ways(
    configuration: Configuration, contact: int, employee: int
) -> None:
    """With messages this short all that people can do is tried, and everything coincides."""
    lengths = {"contact": contact / 1000, "employee": employee / 1000}
    case = case_of(configuration, messages=lengths)
    later = range(9)
    answers = [Person(reaction=Reaction.ANSWERS, after=after) for after in later]
    busy = [Person(reaction=Reaction.BUSY, after=after) for after in later]
    tried = [
        People(contact=one, employee=other, conversation=1)
        for one in (
            busy[0],
            answers[2],
            *(evolve(answers[0], hangs_up_after=n) for n in (None, *later)),
        )
        for two in (*busy, *answers)
        for other in (two, *(evolve(two, hangs_up_after=n) for n in later))
        if other is two or two.reaction is Reaction.ANSWERS
    ]
    found = {
        tuple(step.event for step in simulate(evolve(case, people=people)).steps)
        for people in tried
    }
    told = ways_of(case)
    assert {way.path.events for way in told.ways} >= found
    assert not {one.path.events for one in told.barred} & found
    assert {way.path.events for way in told.ways if not way.path.talks} <= found
    for way in told.ways:
        assert taken(way) == way.path.events


def test_a_phone_that_stops_ringing_bars_what_takes_longer() -> None:
    found = ways_of(contact_first(messages={"contact": 75, "employee": 4}))
    assert {one.why for one in found.barred} == {
        "the employee's phone would have to ring for more than 60.0 s"
    }
    assert len(found.ways) + len(found.barred) == 22


def test_what_would_take_more_than_a_day_is_no_case() -> None:
    day = {"contact": 86_400, "employee": 4}
    found = ways_of(contact_first(messages=day, ring_timeout={"employee": 86_400}))
    assert "people would take more than a day" in {one.why for one in found.barred}


@given(EVERY)
def test_nothing_that_cannot_be_is_found_by_trying(case: Case) -> None:
    """No people of any times take a barred path: here those of all other ways, in the set-up."""
    found = ways_of(case)
    barred = {one.path.events for one in found.barred}
    for one in found.ways:
        for other in found.ways:
            mixed: People = evolve(one.case.people, employee=other.case.people.employee)
            events = tuple(
                step.event for step in simulate(evolve(case, people=mixed, expect=None)).steps
            )
            assert events not in barred
