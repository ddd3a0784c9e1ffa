"""Variations of a case: what they are, which turn out the same, and which values change nothing."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow.api.errors import RequestRefused
from callflow.call.case import Case
from callflow.call.loading import case_from_bytes, case_to_yaml
from callflow.call.loading.each import Axis, axes, split
from callflow.call.simulator import simulate
from callflow.call.timeline import Timeline
from callflow.call.variations import (
    MOST,
    Variation,
    alike,
    boxes,
    combinations,
    idle,
    lived,
    result,
    vary,
)
from callflow.errors import CaseError, UsageError
from callflow.strategies import cases

#: Paths that a test may vary, and values of each: some that matter, some that do not, some wrong.
PATHS: dict[str, tuple[str, ...]] = {
    "people.contact.answers_after": ("0", "3", "9.5", "30", "x", ""),
    "people.employee.answers_after": ("0", "4", "12", ""),
    "people.contact.hangs_up_after": ("1", "40", "80", ""),
    "people.conversation": ("5", "{seconds: 20, ended_by: employee}", "60"),
    "request.first_call": ("employee", "contact"),
    "request.switch_at_once": ("true", "false", ""),
    "request.contact_message": ("{type: media, value: 237}", "{type: tts, value: 'a, b'}", ""),
    "request.contact": ("79260000001", "0462626", "5"),
    "request.direction": ("in", "out", ""),
    "request.dtmf_string": ("'1'", "..1.2", "", "'.....................7'"),
    "scenario.employee_message.value": ("a", "b", "a much longer text"),
    "scenario.show_during_call": ("contact_number", "service_number"),
    "messages.contact": ("0.5", "12.5", ""),
    "ring_timeout.contact": ("3", "30"),
}


@st.composite
def asked(draw: st.DrawFn, most: int = 3) -> tuple[Axis, ...]:
    paths = draw(st.lists(st.sampled_from(sorted(PATHS)), min_size=1, max_size=most, unique=True))
    return tuple(
        Axis(path, tuple(draw(st.lists(st.sampled_from(PATHS[path]), min_size=1, max_size=4))))
        for path in paths
    )


def read(data: bytes, settings: Any) -> Case:
    return case_from_bytes(data, "yaml", "case.yaml", settings=settings, account=None)


def varied(case: Case, axes: tuple[Axis, ...]) -> tuple[Variation, ...]:
    data = case_to_yaml(case).encode()
    return vary(axes, lambda choices: read(data, choices))


@st.composite
def tables(draw: st.DrawFn) -> tuple[Case, tuple[Axis, ...], tuple[Variation, ...]]:
    """A case, what varies, and what comes of it."""
    case, axes = draw(cases()), draw(asked())
    return case, axes, varied(case, axes)


# ------------------------------------------------------------------------------------ the option


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3,9,20", ["3", "9", "20"]),
        (" 3 , 9 ", ["3", "9"]),
        ("3,,9", ["3", "", "9"]),
        ("3,", ["3", ""]),
        ("{busy_after: 2},no_answer", ["{busy_after: 2}", "no_answer"]),
        ("{type: tts, value: a},", ["{type: tts, value: a}", ""]),
        ("[1, [2, 3]],[4]", ["[1, [2, 3]]", "[4]"]),
        ("'a, b','it''s, so',\"c, \\\"d\\\",\"", ["'a, b'", "'it''s, so'", '"c, \\"d\\","']),
        ("{type: tts, value: 'a }, b'},c", ["{type: tts, value: 'a }, b'}", "c"]),
        ("it's,that's", ["it's", "that's"]),
        ("a [1,2", ["a [1", "2"]),
        ("..1.2,3..9", ["..1.2", "3..9"]),
        ("1],2}", ["1]", "2}"]),
        ("{a: it's, b: 1},2", ["{a: it's, b: 1}", "2"]),
    ],
)
def test_values_are_cut_at_commas_outside_of_brackets_and_quotes(text, values):
    assert split(text) == values


@pytest.mark.parametrize("text", ["[1", "{a: 1", "1,'a", '"a\\"', "[1,{2]", "'a''"])
def test_a_bracket_or_quote_that_is_not_closed_is_told_with_the_repair(text):
    with pytest.raises(UsageError, match="is not closed; a text that begins with it stands in"):
        axes([f"name={text}"])


@given(st.text())
def test_any_text_is_cut_or_told(text):
    try:
        values = split(text)
    except ValueError:
        return
    assert "".join("".join(values).split()) == "".join(text.split()).replace(",", "") or "," in (
        "".join(values)
    )
    assert len(values) <= text.count(",") + 1


@given(st.lists(st.integers(0, 99).map(str), min_size=1, max_size=9))
def test_plain_values_are_cut_at_every_comma(values):
    assert split(",".join(values)) == values


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["people.contact"], "it wants PATH=A,B,C"),
        (["=1"], "it wants PATH=A,B,C"),
        (["name="], "--set name="),
        (["name= , "], "it wants values"),
        (["name=a", "name=b"], "--each name stands twice; give all its values to one: name=A,B,C"),
        (["request.params.contact=1", "request.contact=2"], "stands twice"),
        (["people.contact=no_answer", "people.contact.answers_after=3"], "set the same thing"),
        (["account.blacklist[0]=1", "account.blacklist=[2]"], "set the same thing"),
    ],
)
def test_an_option_that_cannot_be_asked_is_told(options, told):
    with pytest.raises(UsageError) as error:
        axes(options)
    assert told in str(error.value)


# ------------------------------------------------------------------------------- the combinations


@given(asked())
def test_there_are_all_combinations_the_first_option_slowest(axes):
    found = list(combinations(axes))
    values = [tuple(choice.value for choice in choices) for choices in found]
    assert values == list(product(*(axis.values for axis in axes)))
    assert {tuple(c.path for c in choices) for choices in found} == {tuple(a.path for a in axes)}


def test_more_than_can_be_shown_are_refused_before_any_is_simulated():
    many = tuple(str(number) for number in range(100))
    two = (Axis("people.contact.answers_after", many), Axis("people.employee.answers_after", many))
    assert len(list(combinations(two))) == MOST
    three = (*two, Axis("request.first_call", ("contact", "employee")))
    with pytest.raises(UsageError, match=r"20000 variations \(100 x 100 x 2\), and 10000"):
        vary(three, lambda choices: pytest.fail(f"{choices} was read"))
    with pytest.raises(UsageError, match=r"20000 variations \(100 x 100 x 2 cases\)"):
        combinations(two, times=2)


@given(tables())
def test_a_variation_is_the_case_varied_by_hand(table):
    case, _, variations = table
    data = case_to_yaml(case).encode()
    for variation in variations:
        settings = [f"{path}={value}" for path, value in variation.choices]
        by_hand: Any
        try:
            by_hand = simulate(read(data, settings))
        except (CaseError, RequestRefused) as error:
            by_hand = error
        assert type(variation.found) is type(by_hand)
        if isinstance(by_hand, Timeline):
            assert variation.found.to_dict() == by_hand.to_dict()
        else:
            told = [str(problem).replace("--set", "--each") for problem in by_hand.problems]
            assert [str(problem) for problem in variation.found.problems] == told


# -------------------------------------------------------------------------------- what is the same


def noticed(timeline: Timeline) -> Any:
    """What people notice, from the JSON of a timeline: everything but clauses and remarks."""
    told = timeline.to_dict()
    legs = {}
    for party, leg in told["legs"].items():
        if leg["dialed"] is None:
            continue
        figures = leg["figures"]
        heard = figures["message_heard"] or None
        legs[party] = {
            "number": leg["number"],
            "sees": leg["caller_id"]["number"],
            "dialed": leg["dialed"],
            "answered": leg["answered"],
            "segments": [(part["state"], part["start"], part["end"]) for part in leg["segments"]],
            "plays": heard and timeline.case.message(timeline.leg(party).party),
            "whole": heard and heard == figures["message_length"],
        }
    return {
        **{key: told[key] for key in ("outcome", "reason", "ended_by", "duration")},
        "sent": [(mark["at"], mark["digits"]) for mark in told["dtmf"] if mark["sent"]],
        "legs": legs,
    }


@given(tables())
def test_calls_are_the_same_if_people_notice_no_difference(table):
    calls = [one.timeline for one in table[2] if one.timeline is not None]
    for one, other in product(calls, calls[:3]):
        assert (lived(one) == lived(other)) == (noticed(one) == noticed(other))


@given(tables())
def test_groups_hold_every_variation_once_and_are_the_same_inside_and_different_outside(table):
    variations = table[2]
    groups = alike([result(variation) for variation in variations])
    assert sorted(number for group in groups for number in group) == list(range(len(variations)))
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
    kinds = []
    for group in groups:
        inside = [variations[number] for number in group]
        calls = [noticed(one.timeline) for one in inside if one.timeline is not None]
        assert len(calls) in (0, len(group))
        assert all(call == calls[0] for call in calls)
        assert len({str(getattr(one.found, "error", None)) for one in inside if not calls}) <= 3
        kinds += calls[:1]
    assert all(one != other for n, one in enumerate(kinds) for other in kinds[:n])


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.data())
def test_boxes_hold_exactly_the_combinations_that_they_tell_each_once(sizes, data):
    axes = [Axis(f"x{side}", tuple(map(str, range(size)))) for side, size in enumerate(sizes)]
    every = list(product(*map(range, sizes)))
    numbers = data.draw(
        st.lists(st.sampled_from(range(len(every))), min_size=1, unique=True).map(sorted)
    )
    told = [places for box in boxes(axes, numbers) for places in product(*box.places)]
    assert sorted(told) == [every[number] for number in numbers]


def test_a_whole_product_is_one_box():
    axes = [Axis("a", ("1", "2", "3")), Axis("b", ("1", "2"))]
    assert len(boxes(axes, range(6))) == 1
    assert len(boxes(axes, [0, 1, 2, 3])) == 1
    assert len(boxes(axes, [0, 1, 2, 4])) == 2


@given(tables())
def test_what_is_said_to_change_nothing_changes_nothing_and_everything_else_something(table):
    _, axes, variations = table
    results = [result(variation) for variation in variations]
    by_choices = {one.choices: found for one, found in zip(variations, results, strict=True)}
    without = idle(axes, results)
    for side, axis in enumerate(axes):
        changes = any(
            by_choices[choices] != by_choices[(*choices[:side], other, *choices[side + 1 :])]
            for choices in by_choices
            for other in axis.choices()
        )
        assert (axis.path in without) == (len(set(axis.values)) > 1 and not changes)


def test_one_value_is_not_said_to_change_nothing():
    assert idle([Axis("name", ("a",)), Axis("b", ("1", "1"))], [0, 0]) == ()


CASE = """\
request:
  virtual_phone_number: "74993720692"
  contact: "79260000000"
  first_call: employee
  contact_message: {type: media, value: "237"}
messages: {contact: 12.5}
people: {contact: {answers_after: 9}, employee: {answers_after: 6}}
"""


def kinds(*options: str) -> int:
    """How many different calls come of the example."""
    found = vary(axes(options), lambda choices: read(CASE.encode(), choices))
    assert all(variation.timeline for variation in found), found
    return len(alike([result(variation) for variation in found]))


@pytest.mark.parametrize(
    ("option", "different"),
    [
        ("request.direction=in,out,", 1),  # classifies
        ("request.external_id=a,b", 1),  # links
        ("messages.employee=3,9", 1),  # there is no such message; a warning is no difference
        ("people.conversation.ended_by=contact,employee", 2),
        ("request.contact_message.value=237,238", 2),  # another recording is heard
        ("request.contact=79260000000,79260000001", 2),  # another phone rings
        ("scenario.show_during_call=contact_number,service_number", 2),
        ("scenario.employee.number=74950000001,74950000002", 2),
        ("request.dtmf_string=1,2", 2),
        ("request.dtmf_string=1,1.....................................................2", 1),
        ("people.contact.hangs_up_after=1000,2000", 1),  # nobody waits for that
    ],
)
def test_what_people_could_notice_is_a_difference_and_nothing_else_is(option, different):
    assert kinds(option) == different


def test_a_message_cut_short_differs_from_one_that_ends_there():
    """The same seconds of a message, once whole and once cut, are not the same to who hears it."""
    first = "request.first_call=contact"
    switch = "request.switch_at_once=true"
    assert kinds(first, switch, "messages.contact=6,7") == 2
    assert kinds(first, switch, "messages.contact=7,8") == 1
