"""A real call held against a case."""

from collections.abc import Iterable, Sequence

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from callflow import strategies
from callflow.call.case import Case, PerParty, Person, Reaction
from callflow.call.plan import RING_TIMEOUT, plan
from callflow.call.simulator import simulate, walk
from callflow.call.timeline import Timeline
from callflow.choreography import RULES, SIMULTANEOUS
from callflow.clauses import EF2, EF5, G6, G9, G10, G11, G15, Clause
from callflow.errors import CaseError
from callflow.table import Rule, specialise
from callflow.verify.judgement import Judgement, tally
from callflow.verify.observed import judge
from callflow.verify.records import Record, Seen, Sighting, record_from_text
from callflow.words import Basis, LegState, Party, State
from tests.verify.telephony import record, sightings


@given(strategies.cases())
def test_a_platform_that_does_as_the_table_says_is_not_found_wrong(case: Case) -> None:
    """The exact record of a call gives no difference, whatever the case."""
    timeline = simulate(case)
    judgement = judge(case, record([*sightings(timeline)]))
    assert judgement.differences == ()
    assert not judgement.untested


@given(strategies.cases(), st.data())
def test_noise_within_the_tolerance_is_no_difference(case: Case, data: st.DataObject) -> None:
    """Each moment may be off by a second, and any may be missing."""
    noise = st.integers(-1000, 1000)
    seen = [
        one._replace(at=max(0, one.at + data.draw(noise)))
        for one in sightings(simulate(case))
        if data.draw(st.integers(0, 4))
    ]
    judgement = judge(case, record(seen))
    assert judgement.differences == ()


# ------------------------------------------------------------- platforms that read a hole otherwise


def of_platform(case: Case, rules: Sequence[Rule]) -> Timeline:
    """A call on a platform with other rules."""
    graph = specialise(rules, case.configuration, SIMULTANEOUS)
    return Timeline(case, walk(graph.start, plan(case).lengths))


def another_reading(clause: Clause, target: State) -> list[Rule]:
    """The table, but what rests on a clause leads elsewhere."""
    return [
        Rule(row.source, row.event, row.when, target, row.contact, row.employee)
        if any(clause in (row.because(party) or ()) for party in Party)
        else row
        for row in RULES
    ]


def contradicted(judgement: Judgement) -> set[Clause]:
    return {clause for clause, count in tally([judgement]).items() if count.contradicted}


def case_with(**changes: object) -> Case:
    mapping: dict[str, object] = {
        "request": {
            "virtual_phone_number": "74993720692",
            "contact": "79260000000",
            "first_call": "contact",
            "switch_at_once": True,
            "contact_message": {"type": "media", "value": "237"},
            "dtmf_string": "1..2",
        },
        "scenario": {"employee_message": {"type": "media", "value": "12"}},
    }
    return Case.from_dict({**mapping, **changes})


LENGTHS = st.integers(5_000, 40_000).map(lambda time: time / 1000)
RINGS = st.integers(0, 25_000).map(lambda time: time / 1000)


@st.composite
def contact_first(draw: st.DrawFn) -> Case:
    return case_with(
        messages={"contact": draw(LENGTHS), "employee": draw(LENGTHS)},
        people={
            "contact": {"answers_after": draw(RINGS)},
            "employee": {"answers_after": draw(RINGS)},
            "conversation": draw(LENGTHS),
        },
    )


NOISE = st.integers(-1000, 1000)


def noisy(found: Iterable[Sighting], data: st.DataObject) -> Record:
    return record([one._replace(at=max(0, one.at + data.draw(NOISE))) for one in found])


@given(contact_first(), st.data())
def test_a_platform_that_plays_the_employees_message_all_the_same_contradicts_g6(
    case: Case, data: st.DataObject
) -> None:
    """G6: the switch is on, and yet the employee hears the message before the conversation."""
    rules = another_reading(G6, State(LegState.DIALING_MUSIC, LegState.MESSAGE))
    judgement = judge(case, noisy(sightings(of_platform(case, rules)), data))
    assert G6 in contradicted(judgement)
    assert all(one.basis is Basis.INFERRED for one in judgement.differences)


@given(
    contact_first(),
    st.sampled_from((Party.CONTACT, Party.EMPLOYEE)),
    st.integers(5_000, 60_000),
    st.data(),
)
def test_a_platform_whose_session_goes_on_contradicts_g9_or_g10(
    case: Case, party: Party, longer: int, data: st.DataObject
) -> None:
    """G9, G10: nobody is released when a party is not reached, or hangs up while waiting."""
    people = case.people
    busy = Person(reaction=Reaction.BUSY, after=people.employee.after)
    impatient = evolve(people.contact, hangs_up_after=0)
    if party is Party.EMPLOYEE:
        case = evolve(case, people=evolve(people, employee=busy))
    else:
        case = evolve(case, people=evolve(people, contact=impatient))
    found = [
        one._replace(at=one.at + longer) if one.what is Seen.RELEASED else one
        for one in sightings(simulate(case))
    ]
    judgement = judge(case, noisy(found, data))
    assert contradicted(judgement) == {G9 if party is Party.EMPLOYEE else G10}


@given(contact_first(), st.data())
def test_a_platform_that_keeps_the_digits_for_the_conversation_contradicts_g11(
    case: Case, data: st.DataObject
) -> None:
    """G11: the digits wait until both talk."""
    timeline = simulate(case)
    talk = timeline.conversation
    assume(talk is not None and timeline.contact.answered is not None)
    late = talk.start - timeline.contact.answered  # type: ignore[union-attr, operator]
    assume(late > 3_000)
    found = [
        one._replace(at=one.at + late) if one.what is Seen.DTMF else one
        for one in sightings(timeline)
    ]
    assume(any(one.what is Seen.DTMF for one in found))
    assert contradicted(judge(case, noisy(found, data))) == {G11}


def test_what_the_record_does_not_say_is_listed_and_not_judged() -> None:
    """A record of three moments tests what hangs on them, and names all the rest."""
    case = case_with(messages={"contact": 12, "employee": 5})
    seen = record_from_text("contact_answered 7\nemployee_answered 11\nreleased 60\n", "r.csv")
    judgement = judge(case, seen)
    assert judgement.differences == ()
    assert [str(one) for one, _ in judgement.held] == []
    assert "conversation: not in the record" in judgement.untested
    assert "contact_dialed: not in the record" in judgement.untested


def test_one_late_moment_does_not_make_all_later_ones_late() -> None:
    """After a difference the call is followed from what was seen."""
    case = case_with(
        request={
            "virtual_phone_number": "74993720692",
            "contact": "79260000000",
            "first_call": "employee",
            "contact_message": {"type": "media", "value": "237"},
        },
        messages={"contact": 10, "employee": 5},
    )
    seen = record_from_text(
        "employee_dialed 0\nemployee_answered 6\nemployee_message_ended 11\ncontact_dialed 16\n"
        "contact_answered 20\ncontact_message 20\ncontact_message_ended 30\nconversation 30\n",
        "r.csv",
    )
    judgement = judge(case, seen)
    assert [one.text for one in judgement.differences] == [
        "contact_dialed at 16.0, 5.0 s late; due at 11.0"
    ]
    assert contradicted(judgement) == {EF2}


EMPLOYEE_FIRST = {
    "virtual_phone_number": "74993720692",
    "contact": "79260000000",
    "first_call": "employee",
    "contact_message": {"type": "media", "value": "237"},
}


@pytest.mark.parametrize(
    ("seen", "clauses"),
    [
        # the employee's message ends 2 s early, and the employee hangs up before its true end
        (
            "employee_answered 6\nemployee_message_ended 7.5\nemployee_hung_up 9\nreleased 9",
            {EF2},
        ),
        # the conversation begins 6.5 s early, and is over before it was due
        (
            "employee_answered 6\ncontact_answered 19\nconversation 25\ncontact_hung_up 28",
            {EF5},
        ),
        ("employee_answered 6\ncontact_answered 19\nconversation 25\nreleased 28", {EF5}),
        # who answered when is not known, so that nothing can be said
        ("conversation 15\nemployee_hung_up 18", set()),
    ],
)
def test_who_hangs_up_soon_after_a_platform_that_is_early_is_not_blamed(
    seen: str, clauses: set[Clause]
) -> None:
    """Early is early, and no call that goes on after its end."""
    people = {"contact": {"answers_after": 9}, "employee": {"answers_after": 6}}
    messages = {"contact": 12.5, "employee": 4}
    case = case_with(request=EMPLOYEE_FIRST, messages=messages, people=people)
    assert contradicted(judge(case, record_from_text(seen, "r.csv"), tolerance=500)) == clauses


def test_who_hears_something_has_answered_however_late_that_seems() -> None:
    """Noise puts the message before the answer that it follows; the answer's clauses are blamed."""
    people = {"contact": {"answers_after": 0}, "employee": {"answers_after": 3.209}}
    case = case_with(messages={"contact": 5, "employee": 5}, people=people)
    seen = (
        "contact_answered 0\nemployee_dialed 0\nemployee_message 2.999\nemployee_answered 4\n"
        "contact_dialing_music 4\nemployee_message_ended 8.209\nconversation 8.209\n"
    )
    judgement = judge(case, record_from_text(seen, "r.csv"))
    assert G6 in contradicted(judgement)
    assert all(one.basis is Basis.INFERRED for one in judgement.differences)


@given(st.integers(0, 200_000), st.sampled_from(Party), st.booleans())
def test_how_long_an_unanswered_phone_rings_is_the_platforms_affair(
    rang: int, party: Party, told: bool
) -> None:
    """G15: given up too soon or too late is a finding; held only where the case leaves it open."""
    case = case_with(request={**EMPLOYEE_FIRST, "first_call": str(party)})
    limit = RING_TIMEOUT[party]
    if told:
        limit = 40_000
        case = evolve(case, ring_timeout=PerParty(contact=limit, employee=limit))
    seen = f"{party}_dialed 0\n{party}_no_answer {rang / 1000}\nreleased {rang / 1000}"
    count = tally([judge(case, record_from_text(seen, "r.csv"))])[G15]
    assert bool(count.contradicted) is (abs(rang - limit) > 1_000)
    assert bool(count.held) is (abs(rang - limit) <= 1_000 and not told)


@given(strategies.cases(), st.data())
def test_a_record_that_no_call_can_have_is_no_finding_about_the_platform(
    case: Case, data: st.DataObject
) -> None:
    """What is seen after the release is told of the record."""
    seen = [one for one in sightings(simulate(case)) if one.what is not Seen.DTMF]
    moved = data.draw(st.sampled_from(seen))
    assume(moved.what is not Seen.RELEASED)
    seen.remove(moved)
    late = moved._replace(at=max(one.at for one in seen) + 2_001)
    assume(any(one.what is Seen.RELEASED for one in seen))
    with pytest.raises(CaseError, match=f"{moved.what} at .*nothing happens after the release"):
        judge(case, record([*seen, late]))
