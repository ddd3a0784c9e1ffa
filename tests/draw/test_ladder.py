"""The ladder: everything told is an arrow, at its moment, by its clauses."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Literal

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from callflow.call.case import Case
from callflow.call.simulator import simulate
from callflow.draw import wording
from callflow.draw.ladder import arrows, ladder_picture, ladder_svg
from callflow.strategies import cases
from callflow.words import ANSWERED, Basis, LegState, Party
from tests.draw.calls import EVERY, extremes
from tests.draw.layout import crossed, faults, layout_of

SVG = "{http://www.w3.org/2000/svg}"
SCALES = st.sampled_from(["true", "compressed"])
Scale = Literal["true", "compressed"]


@given(EVERY, SCALES)
def test_no_two_words_overlap_nothing_leaves_the_picture_and_no_line_runs_through_words(
    case: Case, scale: Scale
) -> None:
    layout = layout_of(ladder_picture(simulate(case), scale=scale))
    assert faults(layout) == []
    assert crossed(layout) == []


@pytest.mark.parametrize("scale", ["true", "compressed"])
@pytest.mark.parametrize("case", extremes())
def test_it_is_so_in_extremes(case: Case, scale: Scale) -> None:
    layout = layout_of(ladder_picture(simulate(case), scale=scale))
    assert faults(layout) == []
    assert crossed(layout) == []


@pytest.mark.parametrize("scale", ["true", "compressed"])
@pytest.mark.parametrize("digits", ["1" * 500, "1." * 300, "12345." * 12])
@settings(max_examples=15)
@given(case=cases())
def test_it_is_so_with_digits_in_hundreds(digits: str, scale: Scale, case: Case) -> None:
    request = evolve(case.request, dtmf_string=digits)
    long = evolve(case, request=request, name="long " * 60)
    assert faults(layout_of(ladder_picture(simulate(long), scale=scale))) == []


@given(EVERY, SCALES)
def test_each_step_that_somebody_hears_of_is_an_arrow_at_its_moment(
    case: Case, scale: Scale
) -> None:
    timeline = simulate(case)
    root = ET.fromstring(ladder_svg(timeline, scale=scale))  # noqa: S314 - we wrote it
    told = [
        (round(float(group.get("data-at") or "nan") * 1000), group.get("data-text"))
        for group in root.iter(f"{SVG}g")
        if group.get("class") == "arrow"
    ]
    assert told == [(arrow.at, arrow.text or arrow.digits) for arrow in arrows(timeline)]
    for party in Party:
        leg = timeline.leg(party)
        dialed = [at for at, text in told if text == f"dials the {party}"]
        assert dialed == ([] if leg.dialed is None else [leg.dialed])
    answers = sorted(at for at, text in told if text == "answers")
    assert answers == sorted(step.at for step in timeline.steps if step.event in ANSWERED.values())
    begins = [step.at for step in timeline.steps if step.target.contact is LegState.CONVERSATION]
    assert [at for at, text in told if text == "conversation begins"] == begins[:1]


@given(EVERY)
def test_who_answers_or_hangs_up_tells_the_pbx_and_the_pbx_tells_the_rest(case: Case) -> None:
    timeline = simulate(case)
    root = ET.fromstring(ladder_svg(timeline))  # noqa: S314 - we wrote it
    ways = {
        (group.get("data-text"), group.get("data-from"), group.get("data-to"))
        for group in root.iter(f"{SVG}g")
        if group.get("class") == "arrow"
    }
    who = timeline.steps[-1].event.party or timeline.ended_by
    for text, start, end in ways:
        if text == "conversation begins":
            assert (start, end) == ("contact", "employee")
        elif text == "answers":
            assert end == "pbx"
            assert timeline.leg(Party(start or "")).answered is not None
        elif text == wording.ending(timeline).removeprefix(f"{who} "):
            assert (start, end) == (str(who), "pbx")
        elif text and text.startswith("dials the "):
            assert (start, end) == ("pbx", text.removeprefix("dials the "))
        else:
            assert start == "pbx"


@given(EVERY, SCALES)
def test_an_arrow_is_dashed_exactly_if_it_rests_on_our_reading(case: Case, scale: Scale) -> None:
    timeline = simulate(case)
    root = ET.fromstring(ladder_svg(timeline, scale=scale))  # noqa: S314 - we wrote it
    groups = [group for group in root.iter(f"{SVG}g") if group.get("class") == "arrow"]
    for group, arrow in zip(groups, arrows(timeline), strict=True):
        (line,) = [part for part in group if part.get("class") == "arrow"]
        ours = any(clause.basis is Basis.INFERRED for clause in arrow.clauses)
        assert (line.get("stroke-dasharray") is not None) == (ours and not arrow.digits)


@given(EVERY, SCALES)
def test_every_segment_stands_beside_its_bar_with_word_and_length(case: Case, scale: Scale) -> None:
    timeline = simulate(case)
    root = ET.fromstring(ladder_svg(timeline, scale=scale))  # noqa: S314 - we wrote it
    said = ["".join(t.itertext()) for t in root.iter(f"{SVG}text") if t.get("class") == "word"]
    expected = [
        text
        for party in Party
        for segment in timeline.leg(party).segments
        for text in (wording.STATE[segment.state][0], wording.length(segment.length))
    ]
    assert sorted(said) == sorted(expected)


@given(cases(), SCALES)
def test_equal_calls_give_equal_bytes(case: Case, scale: Scale) -> None:
    assert ladder_svg(simulate(case), scale=scale) == ladder_svg(
        simulate(evolve(case)), scale=scale
    )
