"""Variations as a table: its figures are those of the calls, whatever is said of all is true.

Tables as they were last read are stored in `snapshots_variations/`. With UPDATE_SNAPSHOTS=1 in the
environment they are written anew; read them before they are kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow.call.case import Case
from callflow.call.loading import case_from_bytes, case_to_yaml
from callflow.call.loading.each import Axis, axes
from callflow.call.timeline import Timeline
from callflow.call.variations import Variation, alike, idle, result, vary
from callflow.draw.grid import Style, cells
from callflow.draw.text.columns import Column, lines
from callflow.draw.text.figures import Cell
from callflow.draw.text.variations import variations_text
from callflow.draw.text.varied import varied
from callflow.strategies import cases

STORED = Path(__file__).parent / "snapshots_variations"

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
    "request.dtmf_string": ("'1'", "..1.2", "...1.2", "", "'.....................7'"),
    "scenario.employee_message.value": ("a", "b", "a much longer text"),
    "scenario.show_during_call": ("contact_number", "service_number"),
}


def found(case: Case, asked: Sequence[Axis]) -> tuple[Variation, ...]:
    data = case_to_yaml(case).encode()
    return vary(asked, lambda choices: case_from_bytes(data, "yaml", settings=choices))


@st.composite
def tables(draw: st.DrawFn, most: int = 3) -> tuple[tuple[Axis, ...], tuple[Variation, ...]]:
    paths = draw(st.lists(st.sampled_from(sorted(PATHS)), min_size=1, max_size=most, unique=True))
    asked = tuple(
        Axis(path, tuple(draw(st.lists(st.sampled_from(PATHS[path]), min_size=1, max_size=4))))
        for path in paths
    )
    return asked, found(draw(cases()), asked)


def text_of(
    asked: Sequence[Axis], variations: Sequence[Variation], width: int = 400, **more: Any
) -> str:
    style = more.pop("style", Style.ASCII)
    return variations_text(asked, variations, width=width, style=style, **more).plain()


def body(text: str) -> list[tuple[str, str]]:
    """The rows of a table that is not folded: what was varied, and the figures."""
    rows = text.splitlines()
    rule = next(number for number, row in enumerate(rows) if set(row) == {"-", "+"})
    after = rows[rule + 1 :]
    return [tuple(row.split(" | ", 1)) for row in after[: after.index("")]]


# -------------------------------------------------------------------------------- what is told


def told(call: Timeline) -> dict[tuple[str, str], str]:
    """The figures of a call by their heads, from its JSON."""
    known = call.to_dict()

    def number(seconds: float | None) -> str:
        return "-" if seconds is None else str(seconds)

    talk = next(
        (s for s in known["legs"]["contact"]["segments"] if s["state"] == "conversation"), None
    )
    talked = known["legs"]["contact"]["figures"]["talked"]
    figures = {
        ("talk", "begins"): number(talk and talk["start"]),
        ("both", "talk"): number(talk and talked),
        ("call", "lasts"): number(known["duration"]),
    }
    for party, leg in known["legs"].items():
        sums = leg["figures"]
        heard, whole = sums["message_heard"], sums["message_length"]
        if whole is None:
            message = "no message"
        elif not heard:
            message = "not played"
        else:
            message = f"{heard} {'whole' if heard == whole else 'cut'}"
        figures[party, "waited"] = number(sums["waited"])
        figures[party, "message"] = message
        figures[party, "music"] = number(sums["music_heard"] or None)
        figures[party, "number"] = leg["number"] if leg["number"] and leg["segments"] else "-"
    return figures


@given(tables())
def test_a_row_tells_the_figures_of_its_call(table):
    """The cells of each row are the figures of that variation, in the order of the heads."""
    asked, variations = table
    drawn = varied(asked, variations, [result(one) for one in variations], only_different=False)
    heads = [(drawn.figures[n].top, drawn.figures[n].bottom) for n in drawn.chosen]
    if not heads:
        return
    rows = body(text_of(asked, variations))
    assert len(rows) == len(variations)
    for (_, figures), variation in zip(rows, variations, strict=True):
        if variation.timeline is None:
            assert re.search("^(refused: [a-z_]+|this is no case)$", figures)
            continue
        shown = re.split(" {2,}", re.sub(" +(whole|cut)", r" \1", figures.strip()))
        known = told(variation.timeline)
        assert len(shown) == len(heads)
        for head, cell in zip(heads, shown, strict=True):
            if head in known and (head[1] != "number" or known[head] != "-"):
                assert cell.rstrip("?") == known[head], head


@given(tables())
def test_the_sign_stands_where_the_call_rests_on_an_inference_and_only_there(table):
    for variation in table[1]:
        call = variation.timeline
        if call is None:
            continue
        drawn = varied(table[0], [variation], [0], only_different=False)
        by_head = {(f.top, f.bottom): f.of(call) for f in drawn.figures}
        known = call.to_dict()
        last = known["steps"][-1]
        talks = known["outcome"] == "conversation"
        parts = [
            segment.get("parts", [segment])[0]
            for leg in known["legs"].values()
            for segment in leg["segments"]
            if segment["state"] == "conversation"
        ]
        bases = [part["basis"] for part in parts] if talks else [last["basis"]]
        assert by_head["", "outcome"].inferred == ("inferred" in bases)
        for party, leg in known["legs"].items():
            for head, state in (("message", "message"), ("music", "dialing_music")):
                bases = [s["basis"] for s in leg["segments"] if s["state"] == state]
                assert by_head[party, head].inferred == ("inferred" in bases)


@given(tables())
def test_rows_that_look_the_same_are_the_same_call(table):
    asked, variations = table
    results = [result(one) for one in variations]
    drawn = varied(asked, variations, results, only_different=True)
    looks = [tuple(row[n].text for n in drawn.chosen) for row in drawn.calls]
    calls = {one for one, variation in zip(results, variations, strict=True) if variation.timeline}
    assert len(set(looks)) == len(looks) == len(calls)


def test_a_rarer_figure_has_a_column_where_calls_look_the_same_without_it():
    """The same digits a second later are another call, and the table shows when they are sent."""
    asked = axes(["request.dtmf_string=..1.2,...1.2"])
    variations = found(FIRST, asked)
    assert [figures.split() for _, figures in body(text_of(asked, variations))] == [
        ["21.0", "22.0"],
        ["22.0", "23.0"],
    ]


@given(tables())
def test_what_is_said_of_all_calls_is_true_of_each(table):
    asked, variations = table
    results = [result(one) for one in variations]
    drawn = varied(asked, variations, results, only_different=False)
    calls = [one.timeline for one in variations if one.timeline is not None]
    for figure, cell in drawn.same():
        assert {figure.of(call) for call in calls} == {cell}
    text = " ".join(text_of(asked, variations).split())
    without = idle(asked, results)
    if len(results) > 1 and len(set(results)) == 1:
        assert "! none of this changes anything here" in text
    else:
        assert {a.path for a in asked if f"! {a.path} changes nothing here" in text} == set(without)


@given(tables())
def test_only_different_has_a_row_for_each_different_call_with_all_values_that_lead_there(table):
    asked, variations = table
    results = [result(one) for one in variations]
    drawn = varied(asked, variations, results, only_different=True)
    groups = alike(results)
    assert len(drawn.rows) == len(groups)
    for row, group in zip(drawn.rows, groups, strict=True):
        assert (row.cells is None) == (variations[group[0]].timeline is None)
        for side, place in enumerate(drawn.told):
            leading = {variations[number].choices[place].value for number in group}
            shown = ", ".join(key[side].removeprefix("or ") for key in row.keys)
            if shown != "any" and " to " not in shown and "any" not in shown:
                for value in leading:
                    assert (value or "left out") in shown


# ------------------------------------------------------------------------------ how it is laid out


@given(tables(), st.integers(1, 250), st.sampled_from(Style), st.booleans())
def test_a_table_keeps_to_its_width(table, width, style, only_different):
    text = text_of(*table, width=width, style=style, only_different=only_different)
    for row in text.splitlines():
        assert cells(row) <= max(width, 40)
        assert row == row.rstrip()
    assert text.isascii() or style.drawn
    assert "\n\n\n" not in text


_WORD = st.integers(1, 14)


@given(
    st.lists(_WORD, min_size=1, max_size=4),
    st.lists(_WORD, max_size=9),
    st.integers(1, 4),
    st.integers(40, 120),
    st.booleans(),
)
def test_a_folded_table_cuts_nothing(keys, figures, count, width, said):
    """Every cell stands in some block, whole and only once, those that name a row at least once."""
    names = (f"{n:x}" for n in range(0x10000))

    def column(length: int, sign: str) -> Column:
        rows = tuple((Cell(f"{sign}{next(names)}".ljust(length, sign)),) for _ in range(count))
        return Column("top", f"{sign}{next(names)}".ljust(length, sign), rows, words=True)

    left, right = [column(n, "K") for n in keys], [column(n, "F") for n in figures]
    tells = {0: "nothing to tell here at all"} if said else {}
    drawn = lines(left, right, said=tells, width=width, gap=2, style=Style.ASCII, fold=True)
    assert drawn is not None
    rows = ["".join(run for run, _ in row) for row in drawn]
    assert max(map(len, rows)) <= width
    words = " ".join(rows).split()
    for part in left:
        assert all(words.count(cell.text) >= 1 for row in part.rows for cell in row)
    for part in right:
        shown = part.rows[1:] if said else part.rows
        assert all(words.count(cell.text) == 1 for row in shown for cell in row)
        assert words.count(part.bottom) == 1
    sentence = ["nothing", "to", "tell", "here", "at", "all"]
    assert [word for word in words if word in sentence] == (sentence if said else [])


@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=9), st.data())
def test_numbers_are_aligned_at_the_decimal_point(times, data):
    numbers = [f"{time // 1000}.{time % 1000:03}".rstrip("0") + "0" for time in times]
    cells_ = tuple((Cell(text, data.draw(st.booleans())),) for text in numbers)
    drawn = lines(
        [Column("", "k", cells_)], [Column("x", "y", cells_)], said={}, width=80, gap=2,
        style=Style.ASCII, fold=False,
    )  # fmt: skip
    assert drawn is not None
    rows = ["".join(run for run, _ in row) for row in drawn][-len(numbers) :]
    assert len({tuple(n for n, sign in enumerate(row) if sign == ".") for row in rows}) == 1


def test_two_varied_paths_fit_eighty_columns():
    """Answers and switch, with an outcome that differs, stand in one block at 80 columns."""
    text = SHOWN["answers-and-switch-80"]
    assert shown(text).count("lasts") == 1


def test_a_secret_is_not_shown():
    asked = axes(["request.access_token=abcdefgh,ijklmnop"])
    text = text_of(asked, found(FIRST, asked))
    assert "abcd..." in text
    assert "abcde" not in text


# ------------------------------------------------------------------------------------- snapshots

FIRST = case_from_bytes(
    b"""\
name: Employee first, the contact hears the whole message
request:
  virtual_phone_number: "74993720692"
  contact: "79260000000"
  first_call: employee
  switch_at_once: false
  dtmf_string: "..1.2.3"
  contact_message: {type: media, value: "237"}
scenario:
  employee: {number: "74950000001", name: Anna}
  employee_message: {type: tts, value: A client is calling you back}
  show_during_call: service_number
account:
  virtual_numbers: {"74993720692": main}
messages: {contact: 12.5, employee: 4}
people:
  contact: {answers_after: 9}
  employee: {answers_after: 6, hangs_up_after: 40}
  conversation: 60
""",
    "yaml",
)

ANSWERS = "people.contact.answers_after=3,9,20"
LATE = "people.contact.answers_after=3,9,20,40"
SWITCH = "request.switch_at_once=true,false"
PATIENT = "people.employee.hangs_up_after=100,200"

#: What is asked, at which width, in which style, and whether only what is different is shown.
SHOWN: dict[str, tuple[tuple[str, ...], int, Style, bool]] = {
    "answers-80": ((ANSWERS,), 80, Style.ASCII, False),
    "answers-and-switch-80": ((LATE, SWITCH), 80, Style.ASCII, False),
    "answers-and-switch-80-colour": ((LATE, SWITCH), 80, Style.COLOUR, False),
    "answers-and-switch-200-ink": ((LATE, SWITCH), 200, Style.INK, False),
    "answers-and-switch-40": ((LATE, SWITCH), 40, Style.ASCII, False),
    "no-influence-80": ((ANSWERS, SWITCH, PATIENT), 80, Style.ASCII, False),
    "only-different-80": ((LATE, f"{SWITCH},", PATIENT), 80, Style.ASCII, True),
    "all-the-same-80": (("request.direction=in,out,",), 80, Style.ASCII, False),
    "all-the-same-only-different-80": (("request.direction=in,out,",), 80, Style.ASCII, True),
    "one-80": (("people.contact=no_answer",), 80, Style.ASCII, False),
    "refused-80": (
        ("request.contact=79260000000,74993720692,5", "request.direction=in,x"),
        80,
        Style.ASCII,
        True,
    ),
    "ways-not-to-answer-100": (
        (
            "people.contact=no_answer,{busy_after: 3},{answers_after: 4, hangs_up_after: 5}",
            "request.contact_message={type: media, value: 238},",
        ),
        100,
        Style.ASCII,
        False,
    ),
    "many-80": (
        (
            "request.first_call=employee,contact",
            SWITCH,
            "people.contact.answers_after=1,5,9,13",
            "people.employee.answers_after=4,12",
            "request.contact_message={type: media, value: 237},",
        ),
        80,
        Style.ASCII,
        True,
    ),
}


def shown(asked: tuple[tuple[str, ...], int, Style, bool]) -> str:
    options, width, style, only_different = asked
    axes_ = axes(options)
    sheet = variations_text(
        axes_,
        found(FIRST, axes_),
        width=width,
        style=style,
        only_different=only_different,
        command=f"callflow simulate case.yaml --set {options[0].split(',')[0]}",
    )
    return sheet.render(style)


@pytest.mark.parametrize("name", SHOWN)
def test_a_table_is_shown_as_it_was_when_it_was_last_read(name: str) -> None:
    text = shown(SHOWN[name])
    stored = STORED / f"{name}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        stored.parent.mkdir(exist_ok=True)
        stored.write_text(text, encoding="utf-8", newline="\n")
    assert stored.exists(), f"{name} is not stored; UPDATE_SNAPSHOTS=1 writes it"
    assert text == stored.read_bytes().decode("utf-8")
