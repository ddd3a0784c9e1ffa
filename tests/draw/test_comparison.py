"""Two calls compared in a picture: what differs is marked where it differs, and told for whom."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from callflow.call.difference import Difference
from callflow.call.simulator import simulate
from callflow.draw import wording
from callflow.draw.comparison import comparison_picture, comparison_svg
from callflow.draw.finding import finding, moments, shift, signed
from callflow.draw.svg import Group
from callflow.words import Party

from .layout import crossed, faults, layout_of
from .pairs import differences
from .test_text_snapshots import BUSY, FIRST

SVG = "{http://www.w3.org/2000/svg}"


class Read:
    """A picture read back from its SVG."""

    def __init__(self, difference: Difference, names: tuple[str, str] | None = None) -> None:
        self.found = finding(difference, names)
        svg = comparison_svg(difference.before, difference.after, names=names)
        self.root = ET.fromstring(svg)  # noqa: S314 - we wrote it

    def texts(self, role: str, inside: ET.Element | None = None) -> list[str]:
        root = self.root if inside is None else inside
        return [
            " ".join("".join(text.itertext()).split())
            for text in root.iter(f"{SVG}text")
            if text.get("class") == role
        ]

    def groups(self, kind: str) -> list[ET.Element]:
        return [group for group in self.root.iter(f"{SVG}g") if group.get("class") == kind]


@settings(max_examples=60)
@given(differences(), st.sampled_from([880, 560, 750]), st.sampled_from(["x", "long " * 50, None]))
def test_no_two_words_overlap_and_nothing_leaves_the_picture(
    difference: Difference, width: int, name: str | None
) -> None:
    found = finding(difference, None if name is None else (name, "b"))
    layout = layout_of(comparison_picture(difference, found, width=width))
    assert not faults(layout)
    assert not crossed(layout)


@given(differences())
def test_the_rule_spans_exactly_the_time_in_which_a_leg_differs(difference: Difference) -> None:
    drawn: list[tuple[str, float, float]] = []
    for group in Read(difference).groups("differs"):
        times = float(group.get("data-start", "")), float(group.get("data-end", ""))
        drawn.append((group.get("data-party", ""), *times))
    told = [
        (str(party), stretch.start / 1000, stretch.end / 1000)
        for party in Party
        for stretch in difference.stretches[party]
    ]
    assert drawn == told * 2, "once over the lane in A, once over that in B"


@given(differences())
def test_title_sentence_and_rows_are_those_of_the_finding(difference: Difference) -> None:
    picture = Read(difference)
    found = picture.found
    assert " ".join(picture.texts("title")) == " ".join(found.title.split())
    assert " ".join(picture.texts("sentence")) == " ".join(found.sentences.split())
    rows = [
        (
            *picture.texts("who", row),
            *picture.texts("what", row),
            *picture.texts("figure", row),
            *picture.texts("difference", row),
        )
        for row in picture.groups("row")
    ]
    assert rows == [
        (row.who, row.what, row.before, row.after)
        + (() if row.difference is None else (signed(row.difference),))
        for row in found.rows
    ]


@given(differences())
def test_the_bar_of_a_row_has_the_length_and_the_side_of_its_number(
    difference: Difference,
) -> None:
    found = finding(difference)
    picture = comparison_picture(difference, found)
    groups = [one for one in picture.shapes if isinstance(one, Group) and one.kind == "row"]
    longest = max((abs(row.difference or 0) for row in found.rows), default=0)
    widths = []
    for row, group in zip(found.rows, groups, strict=True):
        bars = [shape for shape in group.shapes if type(shape).__name__ == "Rect"]
        assert len(bars) <= bool(row.difference)
        for bar in bars:
            zero = group.shapes[-1].box[0]
            left, _, right, _ = bar.box
            assert (left == zero) == ((row.difference or 0) > 0)
            widths.append((abs(row.difference or 0) / longest, right - left))
    for share, width in widths:
        whole = max(width for _, width in widths)
        assert abs(width - max(share * whole, 1)) < 0.1


@given(differences())
def test_the_moments_are_those_that_differ(difference: Difference) -> None:
    named = [f"{wording.clock(one.at)} {one.text}" for call in moments(difference) for one in call]
    assert sorted(Read(difference).texts("moment")) == sorted(named)


@given(differences())
def test_the_bracket_joins_the_two_beginnings(difference: Difference) -> None:
    shifts = Read(difference).texts("shift")
    if difference.begins is None:
        assert not shifts
    else:
        assert shifts == [shift(difference.begins[1] - difference.begins[0])]


@given(differences())
def test_the_note_says_up_to_when_all_is_the_same(difference: Difference) -> None:
    picture = Read(difference)
    note = " ".join(picture.texts("note"))
    assert ("blue rule" in note) == any(difference.stretches.values())
    if difference.since:
        assert f"Before {wording.moment(difference.since)} both are the same." in note
    else:
        assert "Before" not in note
    assert ("live through the same" in note) == (not difference.differs)


@given(differences())
def test_equal_pairs_give_equal_pictures(difference: Difference) -> None:
    again = Difference(simulate(difference.before.case), simulate(difference.after.case))
    first, second = (comparison_svg(one.before, one.after) for one in (difference, again))
    assert first == second


def test_how_a_call_ends_is_said_where_no_bracket_says_when_both_talk() -> None:
    difference = Difference(simulate(FIRST), simulate(BUSY))
    names = Read(difference, ("a.yaml", "b.yaml")).texts("name")
    assert "conversation from 31.5 s, 14.5 s long" in " ".join(names)
    assert "employee not reached" in " ".join(names)


def test_names_from_a_user_are_escaped() -> None:
    difference = Difference(simulate(FIRST), simulate(BUSY))
    picture = Read(difference, ("<b>&.yaml", '"b.yaml'))
    assert "<b>&.yaml" in " ".join(picture.texts("name"))
