"""For which values of the times of a case a sentence holds: every value, held to the simulator."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, product
from pathlib import Path as File

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from callflow.call.case import Case
from callflow.call.loading import load_case
from callflow.call.simulator import simulate
from callflow.errors import UsageError
from callflow.strategies import cases, sentences
from callflow.units import LONGEST
from callflow.verify.free import Interval, _united, behind, values_for, witness_for
from callflow.verify.nearest import Wish, nearest_times
from callflow.verify.sentences import PATTERNS, ask, read
from callflow.verify.times import NAMES, asked, changed, times_of
from callflow.verify.zones import Zone
from callflow.words import Party
from tests.verify.truths import truths

FIRST = load_case(str(File(__file__).parents[1] / "cases" / "first.yaml"))
ANSWER, HANG_UP = "people.contact.answers_after", "people.employee.hangs_up_after"
MUSIC = "employee hears dialing_music for at least 25"


def holds(case: Case, text: str, values: Mapping[str, int]) -> bool:
    """Whether a sentence holds in the call of a case with other times: asked of the simulator."""
    return ask(read(text), simulate(changed(case, values))).holds


def beyond(low: int, high: int) -> list[int]:
    """A millisecond to either side."""
    return [low - 1, high + 1]


@st.composite
def calls_and_sentences(draw: st.DrawFn) -> tuple[Case, str]:
    """A case, and a sentence that is true of its call, one that just is not, or any."""
    case = draw(cases(lengths=st.integers(0, 60).map(lambda half: half * 500)))
    timeline = simulate(case)
    told = [
        text for truth in truths(timeline.to_dict(), case) for text in (truth.text, *truth.lies)
    ]
    return case, draw(st.sampled_from(told) | sentences())


# ---------------------------------------------------------------------------------------- one time


@given(data=st.data(), given_=calls_and_sentences())
def test_a_sentence_holds_with_exactly_the_values_that_are_told(
    data: st.DataObject, given_: tuple[Case, str]
) -> None:
    """Inside an interval it holds, at its ends too; a millisecond beyond and elsewhere it fails."""
    case, text = given_
    name = data.draw(st.sampled_from([*times_of(case)]))
    found = values_for(case, read(text), name)
    least = found.time.clock.low
    tried = {value for one in found.holds for value in (*one, *beyond(*one))}
    tried |= {value for way in found.obstacles for value in way.values}
    tried |= {data.draw(st.integers(least, LONGEST)), data.draw(st.integers(least, 90_000))}
    for value in tried:
        if least <= value <= LONGEST:
            inside = any(low <= value <= high for low, high in found.holds)
            assert holds(case, text, {name: value}) is inside, value


@given(given_=calls_and_sentences(), data=st.data())
def test_every_value_leads_along_one_path_and_is_told_with_it(
    given_: tuple[Case, str], data: st.DataObject
) -> None:
    """The stretches by path, those that hold and those that do not, leave out no value."""
    case, text = given_
    name = data.draw(st.sampled_from([*times_of(case)]))
    found = values_for(case, read(text), name)
    least = found.time.clock.low
    value = data.draw(st.integers(least, 90_000))
    steps = [step.event for step in simulate(changed(case, {name: value})).steps]
    paths = [
        [*one.path.events]
        for one in (*found.ways, *found.obstacles)
        if one.values.low <= value <= one.values.high
    ]
    assert steps in paths
    assert all(path == steps for path in paths)


def test_intervals_of_several_paths_that_touch_are_told_as_one() -> None:
    """Of the contact's answer, so that the employee hears music for 25 s: from 12.5 s on, for good.

    From 23.5 on the employee hangs up in the contact's message, from 30 on the contact is not
    reached.
    """
    found = values_for(FIRST, read(MUSIC), ANSWER)
    assert found.holds == ((12_500, LONGEST),)
    assert [way.values for way in found.ways] == [
        (12_500, 23_499),
        (23_500, 29_999),
        (30_000, LONGEST),
    ]
    assert found.nearest == 12_500


def test_a_millisecond_between_two_intervals_keeps_them_apart() -> None:
    """And none makes them one."""
    one, two, three = Interval(4, 5), Interval(1, 2), Interval(3, 3)
    assert _united([one, two]) == (two, one)
    assert _united([one, two, three]) == (Interval(1, 5),)


def test_an_answer_at_the_ring_time_out_is_none() -> None:
    """Up to a millisecond before it the contact answers."""
    found = values_for(FIRST, read("contact answers"), ANSWER)
    assert found.holds == ((0, 29_999),)


def test_what_happens_in_one_moment_is_neither_before_nor_after() -> None:
    """The conversation begins when the message ends, never after it."""
    found = values_for(FIRST, read("conversation begins after contact message ends"), ANSWER)
    assert found.holds == ()
    found = values_for(FIRST, read("conversation begins when contact message ends"), ANSWER)
    assert found.holds == ((0, 23_499),)


def test_who_hangs_up_as_the_message_ends_has_heard_the_whole_of_it() -> None:
    """The hang-up comes first in that millisecond, and nothing is left to hear."""
    found = values_for(
        FIRST, read("contact hears the whole message"), "people.contact.hangs_up_after"
    )
    assert found.holds == ((12_500, LONGEST),)


def test_who_ends_the_conversation_of_the_case_hangs_up() -> None:
    """However long both talk, the party that the case names ends it."""
    case = _with(employee={"answers_after": 6}, conversation={"seconds": 9, "ended_by": "employee"})
    found = values_for(case, read("employee hangs up"), "people.conversation")
    assert found.holds == ((1, LONGEST),)
    assert values_for(case, read("contact hangs up"), "people.conversation").holds == ()


def test_no_value_will_do_and_the_clauses_in_the_way_are_told() -> None:
    """How soon the employee answers does not change how long he then hears music."""
    found = values_for(FIRST, read(MUSIC), "people.employee.answers_after")
    assert found.holds == ()
    assert found.nearest is None
    told = [[clause.id for clause in behind(way.timeline, way.verdict)] for way in found.obstacles]
    assert told == [["EF3", "G3"], ["G9"]]
    assert [way.values for way in found.obstacles] == [(0, 59_999), (60_000, LONGEST)]


def test_a_time_that_is_never_reached_makes_no_difference() -> None:
    """Where the contact never answers, all lengths of the message are the same to everybody."""
    case = changed(FIRST, {"ring_timeout.contact": 5_000})
    found = values_for(case, read("contact never answers"), "messages.contact")
    assert found.holds == ((1, LONGEST),)


@pytest.mark.parametrize("pattern", [pattern.text for pattern in PATTERNS])
@settings(max_examples=20)  # of each pattern
@given(data=st.data())
def test_every_pattern_is_decided_as_the_simulator_decides_it(
    pattern: str, data: st.DataObject
) -> None:
    """With the case's own times, and with one of them at random."""
    case = data.draw(cases(lengths=st.integers(0, 40).map(lambda half: half * 500)))
    timeline = simulate(case)
    own = [truth for truth in truths(timeline.to_dict(), case) if truth.pattern == pattern]
    told = [text for truth in own for text in (truth.text, *truth.lies)]
    strategy = sentences(pattern)
    text = data.draw(st.sampled_from(told) | strategy if told else strategy)
    assert (witness_for(case, read(text), ()).values == {}) is holds(case, text, {})
    name = data.draw(st.sampled_from([*times_of(case)]))
    value = data.draw(st.integers(1, 40_000))
    inside = any(low <= value <= high for low, high in values_for(case, read(text), name).holds)
    assert inside is holds(case, text, {name: value})


# ----------------------------------------------------------------------------------- several times


@given(data=st.data(), given_=calls_and_sentences())
def test_a_witness_holds_and_no_fewer_changes_will_do(
    data: st.DataObject, given_: tuple[Case, str]
) -> None:
    """It holds in the call of its values; with fewer of them free there are none."""
    case, text = given_
    names = data.draw(
        st.lists(st.sampled_from([*times_of(case)]), min_size=2, max_size=4, unique=True)
    )
    found = witness_for(case, read(text), names)
    if found.values is None:
        values = {
            name: data.draw(st.integers(times_of(case)[name].clock.low, 40_000)) for name in names
        }
        assert not holds(case, text, values)
        assert found.obstacles
        return
    assert set(found.values) <= set(names)
    assert holds(case, text, found.values)
    assert all(found.values[name] != times_of(case)[name].value for name in found.values)
    if found.values:
        for fewer in combinations(names, len(found.values) - 1):
            assert witness_for(case, read(text), fewer).values is None


@given(data=st.data())
def test_a_witness_changes_as_few_times_as_possible_and_as_little(data: st.DataObject) -> None:
    """In calls of a few milliseconds no other values do with fewer changes, or with less in sum."""
    case = data.draw(cases(lengths=st.integers(0, 4)))
    timeline = simulate(case)
    told = [text for truth in truths(timeline.to_dict(), case) for text in truth.lies]
    text = data.draw(st.sampled_from(told))
    own = {name: time.value for name, time in times_of(case).items() if (time.value or 99) < 9}
    names = data.draw(st.permutations([*own]))[:2]
    found = witness_for(case, read(text), names)

    def size(values: Mapping[str, int]) -> tuple[int, int]:
        off = [abs(value - (own[name] or 0)) for name, value in values.items()]
        return len(off) - off.count(0), sum(off)

    sides = [range(times_of(case)[name].clock.low, 10) for name in names]
    every = [dict(zip(names, values, strict=True)) for values in product(*sides)]
    least = min((size(values) for values in every if holds(case, text, values)), default=None)
    if least is not None:
        assert found.values is not None
        assert size(found.values) == least


@given(data=st.data())
def test_the_nearest_times_of_a_zone_are_nearest(data: st.DataObject) -> None:
    """No other times of the zone are off the wishes by less in sum."""
    size, most = data.draw(st.integers(2, 4)), 4
    zone = Zone(size)
    zone.narrow([])
    places = st.integers(0, size - 1)
    for place in range(1, size):
        assert zone.at_least(0, place, 0)
        assert zone.at_most(0, place, most)
    for _ in range(data.draw(st.integers(0, 4))):
        one, other = data.draw(places), data.draw(places)
        copy = zone.copy()
        if one != other and copy.at_most(one, other, data.draw(st.integers(-2, 4))):
            zone = copy
    wish = st.builds(Wish, places, places, st.integers(-3, 6))
    wishes = data.draw(st.lists(wish, max_size=4))

    def off(times: tuple[int, ...]) -> int:
        return sum(abs(times[later] - times[earlier] - length) for earlier, later, length in wishes)

    found = nearest_times(zone, wishes)
    assert zone.has(found)
    every = product([0], *[range(most + 1)] * (size - 1))
    assert off(found) == min(off(times) for times in every if zone.has(times))


def test_of_several_times_as_few_as_possible_change_and_as_little() -> None:
    """One will do, and it changes by just as much as it must."""
    names = ("people.employee.answers_after", "messages.contact", ANSWER)
    found = witness_for(FIRST, read("employee hears dialing_music for at least 25"), names)
    assert found.values in ({ANSWER: 12_500}, {"messages.contact": 16_000})


def test_a_sentence_that_holds_as_the_case_stands_needs_no_change() -> None:
    assert witness_for(FIRST, read("contact answers"), (ANSWER, HANG_UP)).values == {}


def test_a_hang_up_that_the_case_does_not_have_comes_as_late_as_it_may() -> None:
    """The contact of the case never hangs up: nearest to that is the latest that will do."""
    names = ("people.contact.hangs_up_after", "people.employee.answers_after")
    found = witness_for(FIRST, read("contact hangs up"), names)
    assert found.values == {"people.contact.hangs_up_after": 27_000}


# ----------------------------------------------------------------------------------- times by names


@given(case=cases(), data=st.data())
def test_every_time_of_a_case_can_be_changed_and_is_then_what_it_was_changed_to(
    case: Case, data: st.DataObject
) -> None:
    for name, time in times_of(case).items():
        value = data.draw(st.integers(time.clock.low, LONGEST))
        known = times_of(changed(case, {name: value}))
        assert known[name].value == value
        assert {n: t for n, t in known.items() if n != name} == {
            n: t for n, t in times_of(case).items() if n != name
        }


def _with(**people: object) -> Case:
    from callflow.call.loading import case_from_mapping, case_to_dict

    mapping = case_to_dict(evolve(FIRST, expect=None))
    mapping["people"] = people
    return case_from_mapping(mapping)


BUSY = _with(contact={"busy_after": 2})
SILENT = _with(contact="no_answer")
PLAIN = evolve(FIRST, request=evolve(FIRST.request, contact_message=None, switch_at_once=None))


@pytest.mark.parametrize(
    ("case", "name", "told"),
    [
        (FIRST, "people.contact.answer_after", "did you mean people.contact.answers_after?"),
        (FIRST, "request.contact", "is no time of a case"),
        (FIRST, "nonsense", "times are people.contact.answers_after, "),
        (FIRST, "", "is no time"),
        (BUSY, ANSWER, "free people.contact.busy_after, or say --set people.contact='{answers_"),
        (BUSY, "people.contact.hangs_up_after", "does not answer (busy_after instead)"),
        (BUSY, "people.contact.rejects_after", "--set people.contact="),
        (SILENT, ANSWER, "does not answer (no_answer), so it has no answers_after; say --set"),
        (FIRST, "people.contact.busy_after", "the contact of the case answers; free "),
        (PLAIN, "messages.contact", "has no request.contact_message"),
    ],
)
def test_a_path_that_is_no_time_of_the_case_is_told_with_its_repair(
    case: Case, name: str, told: str
) -> None:
    with pytest.raises(UsageError) as raised:
        asked(case, [name])
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)


def test_times_are_named_once_and_a_conversation_also_by_its_seconds() -> None:
    names = asked(FIRST, [ANSWER, "people.conversation.seconds", ANSWER])
    assert names == (ANSWER, "people.conversation")


def test_who_is_busy_has_a_time_for_that() -> None:
    assert asked(BUSY, ["people.contact.busy_after"]) == ("people.contact.busy_after",)
    found = values_for(
        BUSY, read("contact hears dialing for at most 8"), "people.contact.busy_after"
    )
    assert found.holds == ((0, 8_000),)
    found = values_for(BUSY, read("contact hears dialing for at most 1"), "ring_timeout.contact")
    assert found.holds == ((1, 1_000),)


def test_the_times_of_a_case_stand_in_the_order_of_the_format() -> None:
    assert [name for name in NAMES if name in times_of(FIRST)] == [*times_of(FIRST)]
    assert {name.split(".")[1] for name in NAMES} == {*map(str, Party), "conversation"}
