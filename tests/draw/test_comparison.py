"""Two calls compared: what differs is marked where it differs, and told for whom."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import combinations

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from callflow.call.case import Case
from callflow.call.simulator import simulate
from callflow.draw.comparison import (
    comparison_picture,
    comparison_svg,
    differing,
    finding,
    signed,
)
from callflow.draw.svg import Box, Picture, flat
from callflow.strategies import cases
from callflow.units import LONGEST
from callflow.words import LegState, Party

SVG = "{http://www.w3.org/2000/svg}"
TIMES = st.sampled_from([1, 2, 10, 999, 5000, 60_000, 3_600_000, 86_400_000])
EVERY = cases() | cases(lengths=TIMES)


def overlap(one: Box, other: Box) -> bool:
    return (
        one[0] + 0.01 < other[2]
        and other[0] + 0.01 < one[2]
        and one[1] + 0.01 < other[3]
        and other[1] + 0.01 < one[3]
    )


def assert_all_have_room(picture: Picture) -> None:
    for one, other in combinations(picture.texts, 2):
        assert not overlap(one.box, other.box), (one, other)
    for shape in flat(picture.shapes):
        left, top, right, bottom = shape.box
        assert left >= 0, shape
        assert top >= 0, shape
        assert right <= picture.width, shape
        assert bottom <= picture.height, shape


@settings(max_examples=60)
@given(EVERY, EVERY, st.sampled_from([880, 560, 750]), st.sampled_from(["x", "long " * 50]))
def test_no_two_words_overlap_and_nothing_leaves_the_picture(
    one: Case, other: Case, width: int, name: str
) -> None:
    picture = comparison_picture(
        simulate(one), simulate(other), names=(name, "b"), title=name, width=width
    )
    assert_all_have_room(picture)


@given(EVERY, EVERY)
def test_the_rule_spans_exactly_the_time_in_which_a_leg_differs(one: Case, other: Case) -> None:
    before, after = simulate(one), simulate(other)
    known = {0, *(at for call in (before, after) for at, _ in call.moments)}
    times = [at for at in known if at <= LONGEST]
    for party, stretches in differing(before, after).items():
        for at in times:
            states = [call.leg(party).at(at / 1000) for call in (before, after)]
            idle = (LegState.IDLE, LegState.RELEASED)
            apart = states[0] is not states[1] and not (states[0] in idle and states[1] in idle)
            assert apart == any(start <= at < end for start, end in stretches)


@given(EVERY, EVERY)
def test_each_figure_that_differs_has_its_row_and_no_other(one: Case, other: Case) -> None:
    before, after = simulate(one), simulate(other)
    rows = finding(before, after).rows
    told = {(row.who, row.what): row.difference for row in rows}
    assert len(told) == len(rows)
    for party in Party:
        figures = before.leg(party).figures, after.leg(party).figures
        waits = [figure.waited for figure in figures]
        assert ((str(party), "waits for the conversation") in told) == (waits[0] != waits[1])
        talks = [figure.talked or 0 for figure in figures]
        found = told.get((str(party), "talks"), told.get(("both", "talk"), 0))
        assert found == talks[1] - talks[0]


@given(EVERY, EVERY)
def test_the_bracket_joins_the_two_beginnings(one: Case, other: Case) -> None:
    before, after = simulate(one), simulate(other)
    root = ET.fromstring(comparison_svg(before, after))  # noqa: S314 - we wrote it
    shifts = ["".join(t.itertext()) for t in root.iter(f"{SVG}text") if t.get("class") == "shift"]
    begins = [call.conversation.start for call in (before, after) if call.conversation]
    if len(begins) == 2 and begins[0] != begins[1]:
        word = "earlier" if begins[1] < begins[0] else "later"
        assert shifts[0].endswith(f" s {word}")
    else:
        assert not shifts


@given(EVERY)
def test_a_call_does_not_differ_from_itself(case: Case) -> None:
    found = finding(simulate(case), simulate(evolve(case)))
    assert not found.rows
    assert not found.sentence
    assert not any(differing(simulate(case), simulate(case)).values())
    one = comparison_svg(simulate(case), simulate(case))
    assert one == comparison_svg(simulate(evolve(case)), simulate(evolve(case)))


def test_a_difference_has_its_sign() -> None:
    assert [signed(value) for value in (-12_500, 0, 3000)] == ["−12.5 s", "0.0 s", "+3.0 s"]
