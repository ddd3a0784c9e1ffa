"""What `callflow diff` prints: the finding, its rows, and both calls on one axis, in every mode.

Stored comparisons stand in `snapshots_difference/`. With UPDATE_SNAPSHOTS=1 in the environment they
are written anew; read them before they are kept.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from callflow.call.case import Case, Person, Reaction
from callflow.call.difference import Difference
from callflow.call.simulator import simulate
from callflow.draw import wording
from callflow.draw.finding import finding, moments, shift, signed
from callflow.draw.grid import NARROWEST, Sheet, Style, cells
from callflow.draw.palette import Role
from callflow.draw.text.comparison import comparison_text
from callflow.draw.text.scale import common_scale, scale
from callflow.words import Party, ShowDuringCall

from .pairs import differences
from .test_text_snapshots import BUSY, FIRST, HOUR, NO_TIME, SHORT, SWITCHED, TTS

STORED = Path(__file__).parent / "snapshots_difference"
WIDTHS = st.integers(NARROWEST, 220)
STYLES = st.sampled_from(Style)
COMMANDS = ("callflow explain a.yaml", "callflow explain a.yaml --set x=y")


def draw(
    difference: Difference,
    width: int = 80,
    style: Style = Style.ASCII,
    names: tuple[str, str] | None = None,
) -> Sheet:
    found = finding(difference, names)
    return comparison_text(difference, found, width=width, style=style, commands=COMMANDS)


def flat(text: str) -> str:
    """All words in a row, however they were broken into lines."""
    return " ".join(text.split())


@given(differences(), WIDTHS, STYLES)
def test_no_line_is_too_wide_or_ends_in_a_blank(
    difference: Difference, width: int, style: Style
) -> None:
    text = draw(difference, width, style).plain()
    for row in text.splitlines():
        assert cells(row) <= width, row
        assert row.isprintable()
        assert row == row.rstrip() or style in (Style.COLOUR, Style.INK)
    if style in (Style.ASCII, Style.BARE):
        assert text.isascii()


@given(differences(), WIDTHS)
def test_text_and_picture_tell_the_same_rows(difference: Difference, width: int) -> None:
    found = finding(difference)
    text = flat(draw(difference, width).plain())
    assert text.startswith(flat(f"{found.sentence} {found.behind}"))
    place = 0
    for row in found.rows:
        by = "" if row.difference is None else signed(row.difference, "-")
        pieces = (row.who, row.short, row.before, row.after, by)
        pattern = r"(?:, B)? (?:A )?".join(re.escape(piece) for piece in pieces if piece)
        at = re.compile(pattern).search(text, place)
        assert at is not None, pieces
        place = at.end()


@given(differences(), WIDTHS)
def test_calls_that_differ_are_drawn_and_others_are_not(difference: Difference, width: int) -> None:
    text = draw(difference, width).plain()
    assert ("\nA  " in text) == difference.differs
    assert ("\nB  " in text) == difference.differs
    assert len(re.findall(r"^(?:seconds|min:s|h:min|h:min:s) +[+]", text, re.MULTILINE)) == (
        difference.differs
    ), "one axis for both"


@given(differences(), WIDTHS)
def test_the_places_that_differ_are_marked_without_colour_over_both_lanes(
    difference: Difference, width: int
) -> None:
    text = draw(difference, width).plain()
    rules = [row for row in text.splitlines() if re.search(r"\*(?:\*|//| |$|[:|])", row)]
    rules = [row for row in rules if re.fullmatch(r"(?:[ *:|/]|differs)+", row) and row[0] == " "]
    stretched = [party for party in Party if difference.stretches[party]]
    assert len(rules) == 2 * len(stretched)
    gutter = 11 if width >= 60 else 10
    measure = common_scale((difference.before, difference.after), width - gutter - 1)
    for row, party in zip(rules, stretched * 2, strict=True):
        inside = {
            gutter + column
            for stretch in difference.stretches[party]
            for column in range(measure.at(stretch.start), measure.at(stretch.end))
        }
        marked = {column for column, sign in enumerate(row) if sign == "*"}
        assert marked <= inside
        untold = "".join(row[column] for column in sorted(inside - marked))
        assert set(untold) <= set("/ differs"), untold


@given(differences(), WIDTHS)
def test_moments_that_differ_are_named_and_the_shift_is_told(
    difference: Difference, width: int
) -> None:
    text = draw(difference, width).plain()
    if difference.differs:
        for label in (label for call in moments(difference) for label in call):
            assert wording.clock(label.at) in text
    if difference.begins is not None:
        arrow = shift(difference.begins[1] - difference.begins[0])
        assert any(arrow in row for row in text.splitlines()[1:])


@given(differences(), WIDTHS)
def test_both_calls_stand_on_one_scale_on_which_every_moment_has_its_cell(
    difference: Difference, end: int
) -> None:
    calls = difference.before, difference.after
    measure = common_scale(calls, end)
    columns = [measure.at(time) for time in measure.times]
    assert columns == sorted(set(columns))
    assert columns[0] == 0
    assert columns[-1] == (end if measure.times[-1] else 0)
    assert {at for call in calls for at, _ in call.moments} <= set(measure.times)
    if measure.cut is not None:
        first, last = measure.cut
        assert not any(first <= column < last for column in columns)


@given(differences(), WIDTHS)
def test_a_call_beside_itself_has_its_own_scale(difference: Difference, end: int) -> None:
    call = difference.before
    assert common_scale((call, call), end) == scale(call, end)


@given(st.integers(-300, 300), st.integers(600_000, 9_000_000), WIDTHS)
def test_no_call_ends_in_what_is_left_out_of_the_axis(near: int, long: int, end: int) -> None:
    other = simulate(talking(FIRST, long))
    whole = common_scale((other, other), end)
    assert whole.cut is not None
    for edge, _ in whole.knots[2:4]:  # from here to there nothing is drawn
        one = simulate(talking(FIRST, edge + near - 31_500))
        measure = common_scale((one, other), end)
        columns = [measure.at(time) for time in measure.times]
        assert columns == sorted(set(columns))
        if measure.cut is not None:
            assert not any(measure.cut[0] <= column < measure.cut[1] for column in columns)


@given(st.text("0123456789*#", min_size=1, max_size=30), WIDTHS)
def test_digits_of_a_call_that_ends_early_stand_in_its_lane_or_beside_it(
    digits: str, width: int
) -> None:
    soon = Person(reaction=Reaction.BUSY, after=100)
    brief = evolve(BUSY, request=evolve(BUSY.request, dtmf_string=digits))
    brief = evolve(brief, people=evolve(BUSY.people, employee=soon))
    text = draw(Difference(simulate(brief), simulate(HOUR)), width).plain()
    lanes = text.partition("\nA  ")[2]
    row = next(row for row in lanes.splitlines() if row.startswith("DTMF"))
    gutter = 11 if width >= 60 else 10
    assert row[:gutter].split() == ["DTMF"]
    assert digits in re.sub(r"[\s:|]", "", lanes)


@given(differences())
def test_what_is_said_in_colour_is_said_without(difference: Difference) -> None:
    words = {
        style: re.findall(r"[A-Za-z]{3,}|\d+\.\d", draw(difference, 100, style).plain())
        for style in (Style.COLOUR, Style.INK)
    }
    assert words[Style.COLOUR] == words[Style.INK]


def test_a_colour_of_its_own_marks_what_differs() -> None:
    sheet = draw(Difference(simulate(FIRST), simulate(switched(FIRST))), 80, Style.COLOUR)
    marked = [text for line in sheet.lines for text, role in line if role is Role.DIFFERENCE]
    assert "━━━━━" in "".join(marked)
    assert "\x1b[1;38;2;47;127;214m" in sheet.render(Style.COLOUR)


# ----------------------------------------------------------------------------------------- stored


def talking(case: Case, length: int) -> Case:
    staying = evolve(case.people.employee, hangs_up_after=None)
    return evolve(case, people=evolve(case.people, employee=staying, conversation=length))


def switched(case: Case) -> Case:
    return evolve(case, request=evolve(case.request, switch_at_once=True))


def spoken(case: Case) -> Case:
    return evolve(case, request=evolve(case.request, contact_message=TTS))


def shown(case: Case) -> Case:
    number = ShowDuringCall.CONTACT_NUMBER
    return evolve(case, scenario=evolve(case.scenario, show_during_call=number))


def alone(case: Case) -> Case:
    nobody = Person(reaction=Reaction.NO_ANSWER)
    return evolve(case, people=evolve(case.people, contact=nobody))


FILES = ("quiet.yaml", "busy.yaml")
SNAPSHOTS = {
    "switched-80-ascii": (FIRST, switched(FIRST), 80, Style.ASCII, None),
    "switched-80-colour": (FIRST, switched(FIRST), 80, Style.COLOUR, None),
    "switched-80-ink": (FIRST, switched(FIRST), 80, Style.INK, None),
    "switched-200-ascii": (FIRST, switched(FIRST), 200, Style.ASCII, None),
    "switched-40-ascii": (FIRST, switched(FIRST), 40, Style.ASCII, None),
    "switched-off-80-ascii": (switched(FIRST), FIRST, 80, Style.ASCII, None),
    "no-answer-80-ascii": (FIRST, alone(FIRST), 80, Style.ASCII, None),
    "busy-80-ascii": (FIRST, BUSY, 80, Style.ASCII, FILES),
    "hour-80-ascii": (FIRST, HOUR, 80, Style.ASCII, None),
    "unlike-80-ascii": (SWITCHED, SHORT, 80, Style.ASCII, ("電話.yaml", "short.yaml")),
    "unlike-80-bare": (SWITCHED, SHORT, 80, Style.BARE, ("電話.yaml", "short.yaml")),
    "no-time-80-ascii": (NO_TIME, FIRST, 80, Style.ASCII, FILES),
    "number-80-ascii": (FIRST, shown(FIRST), 80, Style.ASCII, None),
    "no-effect-80-ascii": (spoken(FIRST), switched(spoken(FIRST)), 80, Style.ASCII, None),
    "same-80-ascii": (FIRST, FIRST, 80, Style.ASCII, FILES),
}


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_a_comparison_is_shown_as_it_was_when_it_was_last_read(name: str) -> None:
    one, other, width, style, names = SNAPSHOTS[name]
    text = draw(Difference(simulate(one), simulate(other)), width, style, names).render(style)
    stored = STORED / f"{name}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        stored.parent.mkdir(exist_ok=True)
        stored.write_text(text, encoding="utf-8", newline="\n")
    assert stored.exists(), f"{name} is not stored; UPDATE_SNAPSHOTS=1 writes it"
    assert text == stored.read_bytes().decode("utf-8")
