"""What hand-drawn pictures are made of: widths, lines of words, numbers, patches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow.draw.metrics import text_width
from callflow.draw.picture_palette import LIGHT, Paint
from callflow.draw.svg import Ink, Rect, Run, Text, blank, escaped, flow, num, patched

INK = Ink(LIGHT, "callflow-light")


def test_widths_are_those_of_arial() -> None:
    """Read from the font in units of 1/2048."""
    assert text_width("m", 2048) == 1706
    assert text_width("dialing music", 2048) == sum(
        [1139, 455, 1139, 455, 455, 1139, 1139, 569, 1706, 1139, 1024, 455, 1024]
    )
    assert text_width("W", 2048, bold=True) == 1933
    assert text_width("Я", 2048) == 1479


def test_a_character_that_the_table_does_not_have_counts_as_wide_rather_than_narrow() -> None:
    assert text_width("漢", 10) >= 10
    assert text_width("\u0301", 10) == 0
    assert text_width("ℵ", 10) > text_width("n", 10)


@given(st.floats(-10_000, 10_000))
def test_a_number_is_short_and_right_to_a_hundredth(value: float) -> None:
    written = num(value)
    assert re.fullmatch(r"-?\d+(\.\d{1,2})?", written)
    assert written != "-0"
    assert float(written) == pytest.approx(value, abs=0.00501)


@given(st.text())
def test_escaped_text_stands_anywhere_in_xml(text: str) -> None:
    written = escaped(text)
    assert not set('<>"') & set(written)
    assert written.isprintable()
    assert re.sub(r"&(amp|lt|gt|quot);", "", written).count("&") == 0


@given(st.lists(st.text(min_size=1), min_size=1, max_size=3), st.floats(30, 300))
def test_lines_hold_every_word_and_fit(texts: list[str], room: float) -> None:
    runs = [Run(escaped(text), 10, bold=number == 1) for number, text in enumerate(texts)]
    lines = flow(runs, room)
    back = "".join("".join(run.text for run in line) for line in lines)
    assert "".join(back.split()) == "".join("".join(run.text for run in runs).split())
    for line in lines:
        text = Text(0, 0, line, blank(10))
        assert text.width <= room + 0.01


def test_neighbours_of_one_kind_become_one_run_and_others_stay_apart() -> None:
    lines = flow([Run("a b", bold=True), Run("c d")], 1000)
    assert [[run.text for run in line] for line in lines] == [["a b", "c d"]]


def test_a_text_writes_the_width_it_was_reckoned_with() -> None:
    text = Text(10, 20, (Run("message", 12, Paint.INK, bold=True), Run("4.0 s", 12)), 5)
    first = text_width("message", 12, bold=True)
    svg = text.write(INK)
    assert f'textLength="{num(first)}" lengthAdjust="spacingAndGlyphs">message' in svg
    assert f'x="{num(10 + first + 5)}"' in svg
    assert "".join(re.sub(r"<[^>]+>", "", svg)) == "message 4.0 s"


def test_a_patch_lies_around_its_words() -> None:
    rect, text = patched(Text(10, 20, (Run("message"),)))
    assert isinstance(rect, Rect)
    assert rect.box[0] < text.box[0] < text.box[2] < rect.box[2]
    assert rect.box[1] < text.box[1] < text.box[3] < rect.box[3]
