"""A real call held against a case."""

from collections.abc import Iterable, Sequence

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from callflow import strategies
from callflow.call.case import Case, Person, Reaction
from callflow.call.plan import plan
from callflow.call.simulator import simulate, walk
from callflow.call.timeline import Timeline
from callflow.choreography import RULES, SIMULTANEOUS
from callflow.clauses import EF2, G6, G9, G10, G11, Clause
from callflow.table import Rule, specialise
from callflow.verify.observed import Judgement, judge, tally
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
