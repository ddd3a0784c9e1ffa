"""What `callflow simulate` prints agrees with the timeline, fits its width, in every mode."""

from __future__ import annotations

import io
import re
import subprocess
import sys

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from callflow.api.request import Request
from callflow.call.case import Case, People, Person, Reaction
from callflow.call.simulator import simulate
from callflow.call.timeline import Leg, Segment, Timeline
from callflow.draw import wording
from callflow.draw.grid import NARROWEST, cells, wrap
from callflow.draw.palette import TERMINAL, Role
from callflow.draw.text import Place, Sheet, Style, detect, timeline_text
from callflow.draw.text.labels import place
from callflow.draw.text.scale import scale, spread, ticks
from callflow.strategies import cases
from callflow.words import Basis, Party

WIDTHS = st.integers(NARROWEST, 220)
STYLES = st.sampled_from(Style)
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def draw(case: Case, width: int = 80, style: Style = Style.ASCII) -> Sheet:
    return timeline_text(
        simulate(case), width=width, style=style, command="callflow explain case.yaml"
    )


def flat(sheet: Sheet) -> str:
    """All words in a row, however they were broken into lines."""
    return " ".join(sheet.plain().split())


class Lane:
    """The cells of one party's lane, read back from a plain drawing."""

    def __init__(self, timeline: Timeline, party: Party, width: int) -> None:
        self.gutter = 11 if width >= 60 else 10
        self.scale = scale(timeline, width - self.gutter - 1)
        sheet = timeline_text(timeline, width=width, style=Style.ASCII)
        rows = [row.ljust(width) for row in sheet.plain().splitlines()]
        axis = next(
            number
            for number, row in enumerate(rows)
            if row.startswith(("seconds ", "min:s ", "h:min ", "h:min:s ")) and "+--" in row
        )
        top = max(
            number for number in range(axis) if rows[number].startswith(f"{party} ".ljust(10))
        )
        self.top, self.low, self.ground = rows[top : top + 3]
        self.footnotes = " ".join(" ".join(rows[axis:]).split())

    def read(self, row: str, start: int, end: int) -> str:
        return row[self.gutter + self.scale.at(start) : self.gutter + self.scale.at(end)]


def in_footnote(lane: Lane, leg: Leg, segment: Segment) -> bool:
    word = wording.STATE[segment.state][0]
    return f"{leg.party} {word} {wording.length(segment.length)}, " in lane.footnotes


# ----------------------------------------------------------------------------------------- its form


@given(cases(), WIDTHS, STYLES)
def test_every_line_fits_the_width_and_ends_in_no_blank(
    case: Case, width: int, style: Style
) -> None:
    for row in draw(case, width, style).plain().splitlines():
        assert cells(row) <= width
        assert row == row.rstrip()


@given(cases(), st.integers(-5, NARROWEST))
def test_nothing_is_drawn_narrower_than_forty_columns(case: Case, width: int) -> None:
    assert draw(case, width) == draw(case, NARROWEST)


@given(cases(), st.text(), WIDTHS, STYLES)
def test_what_users_wrote_never_moves_the_cursor(
    case: Case, name: str, width: int, style: Style
) -> None:
    sheet = draw(evolve(case, name=name), width, style)
    assert all(row.isprintable() for row in sheet.plain().split("\n"))
    assert ESCAPES.sub("", sheet.render(style)) == sheet.plain()


@given(cases(), st.text(), WIDTHS)
def test_a_place_that_shows_ascii_only_gets_ascii_only(case: Case, name: str, width: int) -> None:
    assert draw(evolve(case, name=name), width, Style.BARE).plain().isascii()
    if case.name is None and not case.request.unknown_members:
        media = (case.request.contact_message, case.scenario.employee_message)
        if all(message is None or message.value.isascii() for message in media):
            assert draw(case, width, Style.ASCII).plain().isascii()


@given(cases(), WIDTHS)
def test_all_modes_say_the_same_words(case: Case, width: int) -> None:
    in_ascii = str.maketrans("×▾…" + "¹²³⁴⁵⁶⁷⁸⁹", "xv.123456789")

    def words(style: Style) -> list[str]:
        text = draw(evolve(case, name="a name"), width, style).plain().translate(in_ascii)
        return re.findall(r"[A-Za-z0-9]+", text)

    assert words(Style.COLOUR) == words(Style.INK) == words(Style.ASCII)


@given(cases(), WIDTHS, STYLES)
def test_equal_cases_are_drawn_alike(case: Case, width: int, style: Style) -> None:
    assert draw(case, width, style) == draw(evolve(case), width, style)


# ---------------------------------------------------------------------- agreement with the timeline


@given(cases(), WIDTHS)
def test_every_segment_says_its_state_and_its_length(case: Case, width: int) -> None:
    timeline = simulate(case)
    for party in Party:
        leg = timeline.leg(party)
        for segment in leg.segments:
            lane = Lane(timeline, party, width)
            word = lane.read(lane.top, segment.start, segment.end)
            length = lane.read(lane.low, segment.start, segment.end)
            told = any(name in word for name in wording.STATE[segment.state]) and (
                wording.length(segment.length) in length or wording.clock(segment.length) in length
            )
            assert told or in_footnote(lane, leg, segment)


@given(cases(), WIDTHS)
def test_every_part_says_its_clauses_and_is_dashed_if_it_is_inferred(
    case: Case, width: int
) -> None:
    timeline = simulate(case)
    for party in Party:
        leg = timeline.leg(party)
        for segment in leg.segments:
            lane = Lane(timeline, party, width)
            for part in segment.parts:
                ids = ", ".join(clause.id for clause in part.clauses)
                ground = lane.read(lane.ground, part.start, part.end)
                assert ids in ground or in_footnote(lane, leg, segment)
                assert ("_" if part.basis is Basis.INFERRED else "-") not in ground


@given(cases(), WIDTHS)
def test_every_moment_settings_figures_and_inference_are_told(case: Case, width: int) -> None:
    timeline = simulate(case)
    sheet = draw(case, width)
    text = flat(sheet)
    for label in wording.moments(timeline):
        assert wording.clock(label.at) in text
    assert f"first_call {timeline.effective.first_call}" in text
    assert f"switch_at_once {str(timeline.effective.switch_at_once).lower()}" in text
    for party in Party:
        waited = timeline.leg(party).figures.waited
        if waited is not None:
            assert f"{party} waited {wording.length(waited)}" in text
    strong = {run.strip() for line in sheet.lines for run, role in line if role is Role.STRONG}
    assert {inference.clause.id for inference in wording.inferences(timeline)} <= strong
    for entry in timeline.no_effect:
        assert entry.path.rpartition(".")[2] in text
    for mark in timeline.dtmf:
        assert mark.digits in text.replace(" ", "")


@given(cases(), WIDTHS)
def test_borders_are_cells_that_grow_and_begin_and_end_with_the_call(
    case: Case, width: int
) -> None:
    timeline = simulate(case)
    measured = scale(timeline, width)
    assert list(measured.columns) == sorted(set(measured.columns))
    assert measured.columns[0] == 0
    assert measured.columns[-1] == (width if timeline.duration else 0)
    moments = range(0, timeline.duration + 1, max(timeline.duration // 50, 1))
    found = [measured.at(moment) for moment in moments]
    assert found == sorted(found)


@given(cases(), WIDTHS)
def test_words_of_the_axis_grow_and_never_touch(case: Case, width: int) -> None:
    unit, marks = ticks(scale(simulate(case), width - 12))
    free = -100
    for start, text in spread(marks, -11, width - 11):
        assert start >= free
        free = start + len(text) + 1
    assert free <= width - 10
    assert unit in {"seconds", "min:s", "h:min", "h:min:s"}


@given(
    st.lists(st.tuples(st.integers(10, 39), st.text("abc ,", min_size=1, max_size=45)), max_size=4),
    st.integers(40, 100),
)
def test_labels_never_overlap_nor_leave_the_picture(
    labels: list[tuple[int, str]], width: int
) -> None:
    labels = sorted((column, text.strip() or "a") for column, text in labels)
    taken: set[tuple[int, int]] = set()
    for spot, (column, text) in zip(place(labels, width), labels, strict=True):
        assert "".join(spot.lines).replace(" ", "") == text.replace(" ", "")
        for offset, words in enumerate(spot.lines):
            mine = {(spot.row + offset, spot.start + number) for number in range(len(words))}
            assert not mine & taken
            assert (spot.row + offset, column) not in mine
            taken |= mine
        assert spot.start >= 0
        assert spot.end <= width


# --------------------------------------------------------------------------------- particular calls


def contact_answers(dtmf_string: str) -> Case:
    request = Request(
        virtual_phone_number="74993720692",
        contact="79260000000",
        first_call=Party.CONTACT,
        dtmf_string=dtmf_string,
    )
    person = Person(reaction=Reaction.ANSWERS, after=2000)
    return Case(request=request, people=People(contact=person, employee=person))


def dtmf_row(dtmf_string: str) -> str:
    rows = draw(contact_answers(dtmf_string)).plain().splitlines()
    return next(row for row in rows if row.startswith("DTMF"))


def test_digits_a_second_apart_are_three_marks_and_digits_together_are_one() -> None:
    assert dtmf_row("1.2.3").split()[1:4] == ["1", "2", "3"]
    assert dtmf_row("123").split()[1:2] == ["123"]


def test_digits_that_would_stand_far_from_their_moment_are_told_beside_pointers() -> None:
    rows = draw(contact_answers(".1" * 20)).plain().splitlines()
    assert dtmf_row(".1" * 20).removeprefix("DTMF").strip(" :|v") == ""
    assert any("20 marks, 3.0 to 22.0: 1 1 1" in row for row in rows)


def test_digits_that_were_not_sent_are_named_apart_from_those_that_were() -> None:
    row = dtmf_row("1" + "." * 60 + "9")
    assert "not sent: 9" in row
    assert "G11, G12 inferred" in row


def test_a_call_in_which_no_time_passes_is_drawn_all_the_same() -> None:
    person = Person(reaction=Reaction.BUSY, after=0)
    case = evolve(contact_answers("1"), people=People(contact=person))
    text = draw(case).plain()
    assert "over at once" in text
    assert "not dialed" in text
    assert "not sent: 1" in text


def test_a_long_title_is_shortened_and_a_wide_one_is_measured_in_cells() -> None:
    rows = draw(evolve(contact_answers("1"), name="電" * 300)).plain().splitlines()
    assert [cells(row) for row in rows[:2]] == [80, 79]
    assert rows[1].endswith("...")


def test_a_conversation_of_a_day_is_cut_and_what_comes_before_it_is_not() -> None:
    case = contact_answers("1")
    long = evolve(case, people=evolve(case.people, conversation=86_400_000))
    measured = scale(simulate(long), 68)
    assert measured.cut is not None
    assert measured.at(4000) < measured.cut[0]
    assert draw(long).plain().count("//") == 7
    short = evolve(case, people=evolve(case.people, conversation=10_000))
    assert scale(simulate(short), 68).cut is None


def test_the_command_that_tells_more_comes_last_and_only_if_there_is_one() -> None:
    timeline = simulate(contact_answers("1"))
    told = timeline_text(timeline, width=80, style=Style.ASCII, command="callflow explain a.yaml")
    assert told.plain().splitlines()[-1] == (
        "more       callflow explain a.yaml   every step in words"
    )
    assert "callflow" not in timeline_text(timeline, width=80, style=Style.ASCII).plain()


# -------------------------------------------------------------------------------- sheets and places


def test_text_flows_in_cells_and_keeps_numbers_with_their_units() -> None:
    broken = wrap([("waited 12.5 s for ", Role.TEXT), ("nothing", Role.STRONG)], 11)
    assert broken == [
        (("waited", Role.TEXT),),
        (("12.5 s for", Role.TEXT),),
        (("nothing", Role.STRONG),),
    ]


@given(st.lists(st.tuples(st.text("ab 電é́"), st.sampled_from(Role))), st.integers(2, 30))
def test_wrapping_loses_nothing_but_blanks(runs: list[tuple[str, Role]], width: int) -> None:
    broken = wrap(runs, width)
    text = "".join(text for line in broken for text, _ in line)
    assert text.replace(" ", "") == "".join(text for text, _ in runs).replace(" ", "")
    assert all(cells("".join(text for text, _ in line)) <= width for line in broken)


def test_plain_drawing_needs_no_rich() -> None:
    program = "import sys, callflow.draw.text; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@given(cases(), WIDTHS)
def test_rich_shows_the_same_characters(case: Case, width: int) -> None:
    sheet = draw(case, width, Style.COLOUR)
    assert sheet.to_rich().plain == sheet.plain()


@pytest.mark.parametrize(
    ("colours", "expected"),
    [(1 << 24, "\x1b[38;2;166;124;0m"), (256, "\x1b[38;5;"), (16, "\x1b[33m")],
)
def test_colours_come_down_to_what_the_terminal_has(colours: int, expected: str) -> None:
    assert expected in draw(contact_answers("1"), 80, Style.COLOUR).render(
        Style.COLOUR, colours=colours
    )


def test_without_colours_bold_and_italics_stay() -> None:
    codes = set(ESCAPES.findall(draw(contact_answers("1"), 80, Style.INK).render(Style.INK)))
    assert codes == {"\x1b[1m", "\x1b[3m", "\x1b[0m"}


def test_every_role_has_its_look() -> None:
    assert set(TERMINAL) == set(Role)


class Screen(io.StringIO):
    """A terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Latin(Screen):
    """A terminal that shows no Unicode."""

    encoding = "latin-1"


class Pipe(io.StringIO):
    """No terminal, but Unicode goes through."""

    encoding = "UTF-8"


@pytest.mark.parametrize(
    ("stream", "environ", "expected"),
    [
        (Screen(), {"TERM": "xterm-256color"}, Place(Style.COLOUR, 80, 256)),
        (Screen(), {"COLORTERM": "truecolor", "COLUMNS": "132"}, Place(Style.COLOUR, 132, 1 << 24)),
        (Screen(), {"TERM": "xterm"}, Place(Style.COLOUR, 80, 16)),
        (Screen(), {"TERM": "xterm", "NO_COLOR": "1"}, Place(Style.INK, 80, 16)),
        (Screen(), {"TERM": "xterm", "NO_COLOR": ""}, Place(Style.COLOUR, 80, 16)),
        (Screen(), {"TERM": "dumb"}, Place(Style.ASCII, 80, 16)),
        (Latin(), {"TERM": "xterm"}, Place(Style.BARE, 80, 16)),
        (Pipe(), {"TERM": "xterm", "COLUMNS": "wide"}, Place(Style.ASCII, 80, 16)),
        (Pipe(), {"COLUMNS": "3"}, Place(Style.ASCII, 40, 16)),
    ],
)
def test_a_place_shows_what_it_can(
    stream: io.StringIO, environ: dict[str, str], expected: Place
) -> None:
    assert detect(stream, environ) == expected
