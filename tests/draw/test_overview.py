"""Small lanes: many calls in one picture, and still every dash where our reading begins."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow.call.case import Case
from callflow.call.simulator import simulate
from callflow.draw.overview import Row, overview_picture, overview_svg
from callflow.draw.svg import flat
from callflow.situations import SITUATIONS
from callflow.strategies import cases
from callflow.words import Basis, LegState, Party

SVG = "{http://www.w3.org/2000/svg}"
WORDS = st.text("abc <&Ж", max_size=40) | st.just("w" * 90)
TIMES = st.sampled_from([1, 2, 10, 999, 5000, 60_000, 3_600_000, 86_400_000])
ROWS = st.lists(
    st.builds(
        lambda case, setting, finding: Row(setting, finding, simulate(case)),
        cases() | cases(lengths=TIMES),
        WORDS,
        WORDS,
    ),
    min_size=1,
    max_size=4,
)
DOCUMENTED = [Row(one.setting, one.finding, simulate(one.case())) for one in SITUATIONS.values()]


@given(ROWS, st.text("abc <", max_size=200), st.sampled_from([100, 640, 880]))
def test_no_two_words_overlap_and_nothing_leaves_the_picture(
    rows: list[Row], title: str, width: int
) -> None:
    picture = overview_picture(rows, title=title, width=width)
    for one, other in combinations(picture.texts, 2):
        (a, b, c, d), (e, f, g, h) = one.box, other.box
        assert not (a + 0.01 < g and e + 0.01 < c and b + 0.01 < h and f + 0.01 < d), (one, other)
    for shape in flat(picture.shapes):
        left, top, right, bottom = shape.box
        assert left >= 0, shape
        assert top >= 0, shape
        assert right <= picture.width, shape
        assert bottom <= picture.height, shape


@given(ROWS)
def test_every_stretch_of_every_call_is_dashed_exactly_where_it_is_inferred(
    rows: list[Row],
) -> None:
    root = ET.fromstring(overview_svg(rows, title="calls"))  # noqa: S314 - we wrote it
    dashes = [
        line.get("stroke-dasharray") is not None
        for line in root.iter(f"{SVG}line")
        if line.get("class") == "ground"
    ]
    assert dashes == [
        part.basis is Basis.INFERRED
        for row in rows
        for party in Party
        for segment in row.timeline.leg(party).segments
        for part in segment.parts
    ]


@pytest.mark.parametrize("row", DOCUMENTED, ids=SITUATIONS)
def test_every_bar_of_a_documented_situation_says_its_word(row: Row) -> None:
    root = ET.fromstring(overview_svg(DOCUMENTED, title="calls"))  # noqa: S314 - we wrote it
    calls = [group for group in root.iter(f"{SVG}g") if group.get("class") == "call"]
    call = calls[DOCUMENTED.index(row)]
    said = [
        "".join(text.itertext()) for text in call.iter(f"{SVG}text") if text.get("class") == "word"
    ]
    assert said == [
        segment.state.replace("_", " ")
        for party in Party
        for segment in row.timeline.leg(party).segments
    ]


@given(cases())
def test_all_calls_are_drawn_to_one_scale_from_one_zero(case: Case) -> None:
    rows = [*DOCUMENTED[:1], Row("another", "call", simulate(case))]
    longest = max(row.timeline.duration for row in rows)
    root = ET.fromstring(overview_svg(rows, title="calls"))  # noqa: S314 - we wrote it
    calls = [group for group in root.iter(f"{SVG}g") if group.get("class") == "call"]
    axis = next(group for group in root.iter(f"{SVG}g") if group.get("class") == "axis")
    line = next(axis.iter(f"{SVG}line"))
    left, right = float(line.get("x1") or 0) + 0.5, float(line.get("x2") or 0) - 0.5
    for row, call in zip(rows, calls, strict=True):
        bars = [
            next(group.iter(f"{SVG}rect"))
            for group in call.iter(f"{SVG}g")
            if group.get("class") == "segment"
        ]
        segments = [one for party in Party for one in row.timeline.leg(party).segments]
        for bar, segment in zip(bars, segments, strict=True):
            wanted = left + (right - left) * segment.start / longest
            assert float(bar.get("x") or 0) == pytest.approx(wanted, abs=1)


@given(ROWS)
def test_equal_calls_give_equal_bytes(rows: list[Row]) -> None:
    again = [Row(row.setting, row.finding, simulate(row.timeline.case)) for row in rows]
    assert overview_svg(rows, title="calls") == overview_svg(again, title="calls")


def test_a_call_without_conversation_says_so() -> None:
    case = Case.from_dict(
        {
            "request": {
                "virtual_phone_number": "74993720692",
                "contact": "79260000000",
                "first_call": "contact",
            },
            "people": {"contact": "no_answer"},
        }
    )
    timeline = simulate(case)
    assert not timeline.contact.hears(LegState.CONVERSATION)
    picture = overview_picture([Row("Nobody", "answers", timeline)], title="calls")
    assert "no conversation" in [text.text for text in picture.texts]
