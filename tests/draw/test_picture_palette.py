"""The colours of pictures can be read, told apart in grey, and repainted."""

from __future__ import annotations

from itertools import pairwise

import pytest

from callflow.draw.picture_palette import DARK, LIGHT, SIGN, Paint, dark_rules
from callflow.words import LegState

THEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
STATES = (LegState.DIALING, LegState.DIALING_MUSIC, LegState.MESSAGE, LegState.CONVERSATION)


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    return 116 * luminance(colour) ** (1 / 3) - 16


@THEMES
def test_text_reaches_4_9_on_page_and_panel(colours: dict[Paint, str]) -> None:
    for ink in (Paint.INK, Paint.SECOND, Paint.THIRD, Paint.FAILURE, Paint.ACCENT):
        for ground in (Paint.PAGE, Paint.PANEL):
            assert contrast(colours[ink], colours[ground]) >= 4.9, ink


@THEMES
def test_words_of_states_reach_6_on_their_fill(colours: dict[Paint, str]) -> None:
    for state in STATES:
        sign = SIGN[state]
        assert contrast(colours[sign.word], colours[sign.fill]) >= 6.0, state
    assert contrast(colours[Paint.INK], colours[Paint.RELEASED]) >= 6.0


@THEMES
def test_edges_dots_and_stripes_reach_3_1_on_what_they_stand_on(colours: dict[Paint, str]) -> None:
    for state in STATES:
        sign = SIGN[state]
        # A fill that stands out by itself needs no edge.
        seen = max(
            contrast(colours[paint], colours[Paint.PAGE]) for paint in (sign.edge, sign.fill)
        )
        assert seen >= 3.1, state
        if sign.mark is not None:
            assert contrast(colours[sign.mark], colours[sign.fill]) >= 3.1, state


@THEMES
def test_in_grey_a_fill_stands_further_from_the_page_the_closer_the_party_is_to_talking(
    colours: dict[Paint, str],
) -> None:
    page = lightness(colours[Paint.PAGE])
    away = [abs(lightness(colours[SIGN[state].fill]) - page) for state in STATES]
    for nearer, further in pairwise(away):
        assert further - nearer >= 6


def test_no_two_paints_are_written_alike_in_light() -> None:
    """So that each can be repainted by what is written."""
    assert len(set(LIGHT.values())) == len(Paint) == len(LIGHT) == len(DARK)


def test_the_rules_for_dark_name_what_is_used_and_nothing_else() -> None:
    rules = dark_rules(".mine", [Paint.INK])
    assert rules == (
        "@media (prefers-color-scheme:dark){"
        '.mine [fill="#1b1f24"]{fill:#e6eaef}.mine [stroke="#1b1f24"]{stroke:#e6eaef}}'
    )
