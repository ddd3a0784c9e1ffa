"""What differs between two calls: exactly what anybody could notice, and what stands behind it."""

from __future__ import annotations

from itertools import pairwise

from attrs import evolve
from hypothesis import assume, example, given
from hypothesis import strategies as st

from callflow.api.request import Message, Request
from callflow.call.case import Case, People, Person, Reaction, Scenario
from callflow.call.difference import Change, Difference, Ground, Kind, changes
from callflow.call.simulator import simulate
from callflow.call.timeline import Leg, Timeline
from callflow.strategies import cases
from callflow.units import LONGEST, seconds
from callflow.words import Direction, LegState, MessageType, Party, ShowDuringCall

MEDIA = Message(type=MessageType.MEDIA, value="237")
ANSWERS = Person(reaction=Reaction.ANSWERS, after=5000)
REQUEST = Request(
    virtual_phone_number="74993720692",
    contact="79260000000",
    first_call=Party.EMPLOYEE,
    contact_message=MEDIA,
    dtmf_string="1..2",
)
CASE = Case(
    request=REQUEST,
    scenario=Scenario(employee_message=MEDIA),
    people=People(contact=ANSWERS, employee=ANSWERS, conversation=20_000),
)


def compared(one: Case, other: Case) -> Difference:
    return Difference(simulate(one), simulate(other))


def requested(**members: object) -> Case:
    return evolve(CASE, request=evolve(REQUEST, **members))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Case, Case]:
    """Two cases: any, or often such that differ in little."""
    one, other = draw(cases()), draw(cases())
    kept = draw(st.sampled_from(["", "people", "request", "scenario", "messages", "both"]))
    if kept == "both":
        person = draw(st.sampled_from([one.people.contact, other.people.contact]))
        return one, evolve(one, people=evolve(one.people, contact=person))
    if kept in ("people", "messages", "scenario"):
        return one, evolve(one, **{kept: getattr(other, kept)})
    return one, other


def lived(call: Timeline) -> object:
    """All that property 10 lists of a call, and the numbers seen: nothing more can be noticed."""
    legs = [
        (
            leg.dialed,
            leg.answered,
            leg.released,
            [(one.state, one.start, one.end) for one in leg.segments],
            leg.caller_id and leg.caller_id.number,
        )
        for leg in (call.contact, call.employee)
    ]
    marks = [(mark.at, mark.digits) for mark in call.dtmf if mark.sent]
    return legs, marks, call.outcome, call.reason, call.ended_by, call.duration


# -------------------------------------------------------------------------------------- noticed


@given(cases())
def test_a_case_does_not_differ_from_itself(case: Case) -> None:
    found = compared(case, evolve(case))
    assert not found.differs
    assert not found.figures
    assert not found.behind
    assert not found.changes
    assert found.since is None


@given(pairs())
def test_calls_differ_if_and_only_if_anybody_could_notice_it(both: tuple[Case, Case]) -> None:
    found = compared(*both)
    assert found.differs == (lived(found.before) != lived(found.after))


@given(pairs())
def test_every_figure_is_that_of_its_timeline(both: tuple[Case, Case]) -> None:
    found = compared(*both)
    told = {(one.party, one.kind): one for one in found.figures}
    assert len(told) == len(found.figures)
    for (party, kind), figure in told.items():
        values = [_value(call, party, kind) for call in (found.before, found.after)]
        assert [figure.before, figure.after] == values
        assert figure.change == (values[1] or 0) - (values[0] or 0)


def _value(call: Timeline, party: Party | None, kind: Kind) -> int | None:
    if party is None:
        return call.duration
    leg = call.leg(party)
    return {
        Kind.RINGS_AT: leg.dialed,
        Kind.RINGS: None if leg.dialed is None else round(leg.total("dialing") * 1000),
        Kind.MESSAGE: leg.figures.message_heard or None,
        Kind.WAITS: leg.figures.waited,
        Kind.MUSIC: leg.figures.music_heard or None,
        Kind.TALKS: leg.figures.talked or None,
    }[kind]


@given(pairs())
def test_a_figure_that_differs_is_never_left_out(both: tuple[Case, Case]) -> None:
    found = compared(*both)
    told = {(one.party, one.kind) for one in found.figures}
    for party in Party:
        for kind in Kind:
            values = (
                [_value(call, party, kind) for call in (found.before, found.after)]
                if (kind is not Kind.LASTS)
                else [0, 0]
            )
            untold = kind is Kind.RINGS_AT and None in values  # that it rings at all is told
            assert ((party, kind) in told) == (values[0] != values[1] and not untold)


def _same(one: Leg, other: Leg, at: int) -> bool:
    states = [leg.at(seconds(at)) for leg in (one, other)]
    idle = (LegState.IDLE, LegState.RELEASED)
    return states[0] is states[1] or (states[0] in idle and states[1] in idle)


@given(pairs())
def test_a_leg_differs_inside_its_stretches_and_nowhere_else(both: tuple[Case, Case]) -> None:
    found = compared(*both)
    known = {0, *(at for call in (found.before, found.after) for at, _ in call.moments)}
    known |= {at + by for at in known for by in (-1, 1)}
    for party, stretches in found.stretches.items():
        legs = found.before.leg(party), found.after.leg(party)
        for at in (at for at in known if 0 <= at <= LONGEST):
            inside = any(one.start <= at < one.end for one in stretches)
            assert inside != _same(*legs, at)
        for one, following in pairwise(stretches):
            assert one.end < following.start


@given(pairs())
def test_before_the_moment_that_is_told_all_is_the_same(both: tuple[Case, Case]) -> None:
    found = compared(*both)
    assert (found.since is None) == (not found.differs)
    since = found.since or 0
    for party in Party:
        assert all(one.start >= since for one in found.stretches[party])
    for pair in found.marks:
        assert pair.at >= since
    for party in found.callers:
        assert all((call.leg(party).dialed or 0) >= since for call in (found.before, found.after))


@given(pairs())
def test_compared_the_other_way_round_all_signs_turn(both: tuple[Case, Case]) -> None:
    there, back = compared(*both), compared(*reversed(both))
    assert there.differs == back.differs
    assert [one.change for one in there.figures] == [-one.change for one in back.figures]
    assert there.stretches == back.stretches
    assert there.since == back.since


@given(cases(tts=True))
def test_with_a_tts_message_the_switch_makes_no_difference_property_10(case: Case) -> None:
    flipped = evolve(case, request=evolve(case.request, switch_at_once=True))
    plain = evolve(case, request=evolve(case.request, switch_at_once=False))
    found = compared(plain, flipped)
    assert not found.differs
    assert Ground.WARNINGS in {one.ground for one in found.behind}


def test_other_digits_other_moments_and_missing_ones_are_paired_by_their_place() -> None:
    found = compared(CASE, requested(dtmf_string="1.2.3"))
    assert [
        (pair.before and pair.before.digits, pair.after and pair.after.digits)
        for pair in found.marks
    ] == [("2", "2"), (None, "3")]
    assert found.differs


def test_digits_that_nobody_ever_hears_are_no_difference() -> None:
    found = compared(CASE, requested(dtmf_string="1..2" + "." * 90 + "9"))
    assert not found.differs
    assert [one.ground for one in found.behind if one.ground is Ground.UNSENT] == [Ground.UNSENT]


def test_another_number_on_the_display_is_a_difference_from_the_ringing_on() -> None:
    shown = ShowDuringCall.SERVICE_NUMBER, ShowDuringCall.CONTACT_NUMBER
    found = compared(
        *(evolve(CASE, scenario=evolve(CASE.scenario, show_during_call=one)) for one in shown)
    )
    assert found.differs
    assert found.callers == (Party.EMPLOYEE,)
    assert found.since == 0


# -------------------------------------------------------------------------------------- behind it


def test_what_only_stands_behind_a_call_is_told_and_is_no_difference() -> None:
    found = compared(CASE, requested(direction=Direction.IN))
    assert not found.differs
    assert found.behind == ((Ground.NO_EFFECT, (), ("request.direction",)),)


def test_the_person_who_is_called_stands_behind_the_call() -> None:
    found = compared(CASE, requested(contact="79261112222"))
    assert not found.differs
    assert [one.ground for one in found.behind] == [Ground.NUMBERS]


@given(pairs())
def test_equal_calls_of_unequal_basis_tell_which_clauses(both: tuple[Case, Case]) -> None:
    found = compared(*both)
    assume(not found.differs)
    cited = [
        [(step.at, step.event, step.contact, step.employee) for step in call.steps]
        for call in (found.before, found.after)
    ]
    if cited[0] != cited[1]:
        assert Ground.CLAUSES in {one.ground for one in found.behind}


# -------------------------------------------------------------------------------------- the cases


def test_a_change_is_named_by_its_path_in_a_case_file() -> None:
    assert changes(CASE, requested(switch_at_once=True)) == (
        Change("request.switch_at_once", None, True),
    )
    later = evolve(CASE, people=evolve(CASE.people, contact=evolve(ANSWERS, after=7500)))
    assert changes(CASE, later) == (Change("people.contact.answers_after", 5, 7.5),)


def test_a_message_or_a_person_that_changes_in_several_ways_is_one_change() -> None:
    told = {"type": "media", "value": "237"}
    assert changes(CASE, requested(contact_message=None)) == (
        Change("request.contact_message", told, None),
    )
    busy = Person(reaction=Reaction.BUSY, after=1000)
    assert [one.path for one in changes(CASE, evolve(CASE, people=People(contact=busy)))] == [
        "people.contact",
        "people.employee.answers_after",
        "people.conversation",
    ]


def test_names_and_access_tokens_are_no_change() -> None:
    other = evolve(CASE, name="another", request=evolve(REQUEST, access_token="a" * 20))
    assert changes(CASE, other) == ()


@given(cases(), cases())
@example(CASE, CASE)
def test_no_change_means_the_same_call(one: Case, other: Case) -> None:
    if not changes(one, other):
        assert not compared(one, other).differs
