"""Pictures in a real browser: they hold in its fonts and in others, and their words stand out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import pytest

from callflow.call.simulator import simulate
from callflow.draw.chart import chart_of, charts
from callflow.draw.comparison import comparison_svg
from callflow.draw.hero import hero_svg
from callflow.draw.ladder import ladder_svg
from callflow.draw.lanes import timeline_svg
from callflow.draw.machine import machine_svg
from callflow.draw.metrics import known
from callflow.draw.picture_palette import Paint, Theme
from callflow.draw.svg import Picture, Rect, Run, Text
from tests.draw import chromium
from tests.draw.calls import extremes, sample
from tests.draw.layout import contrast, faults, ground
from tests.draw.machine_engines import ENGINES
from tests.draw.measured import OWN, Measured, colour, measured

pytestmark = pytest.mark.skipif(
    chromium.browser() is None, reason="no Chromium here: apt install chromium"
)

#: Instead of the fonts that a picture asks for.
OTHERS = {
    "a wide one": "'DejaVu Sans', Verdana, sans-serif",
    "a monospaced one": "'DejaVu Sans Mono', monospace",
}
#: Fonts differ by this in how high letters rise; layout reckons with Arial's, to the hundredth.
SLACK = 1.5

KEPT = Path(__file__).resolve().parents[2] / "diagrams"
WIDTHS = (880, 320, 1600)
SCALES: tuple[Literal["true", "compressed"], ...] = ("true", "compressed")
THEMES: tuple[Theme, ...] = ("auto", "light", "auto", "dark")
DRAWN = 24


@cache
def pictures() -> dict[str, str]:
    """What is checked in; every kind of picture, of drawn and of extreme calls, by turns."""
    kept = {path.name: path.read_text("utf-8") for path in sorted(KEPT.rglob("*.svg"))}
    return {**kept, **dict(_named())}


def _named() -> Iterator[tuple[str, str]]:
    calls = [simulate(case) for case in (*sample(DRAWN), *extremes())]
    for number, call in enumerate(calls):
        theme, width = THEMES[number % 4], WIDTHS[number % 3]
        yield f"timeline {number}", timeline_svg(call, theme=theme, width=width)
        yield f"ladder {number}", ladder_svg(call, theme=theme, scale=SCALES[number % 2])
    for number, call in enumerate(calls):
        theme, width = THEMES[number % 4], WIDTHS[number % 3]
        if call.conversation is not None:
            yield f"hero {number}", hero_svg(call, theme=theme)
        names = (calls[-1 - number].case.name or "", "the other")
        svg = comparison_svg(calls[number - 1], call, names=names, theme=theme, width=width)
        yield f"comparison {number}", svg
    for name, program in ENGINES.items():
        for number, chart in enumerate([*charts(), *map(chart_of, calls[3:DRAWN:4])]):
            theme, how = THEMES[number % 4], ("grouped", "each")[number % 2]
            svg = machine_svg(chart, theme=theme, failures=how, program=program)
            yield f"machine {number} by {name}", svg


def test_pictures_hold_in_the_fonts_they_ask_for_and_in_others(tmp_path: Path) -> None:
    """No two texts overlap, nothing leaves a picture, words stand on their bar or patch.

    The letters of other fonts are squeezed into the width that was reckoned, but as high as they
    are; a text of one letter keeps its shape.
    """
    for font, drawn in measured(pictures(), tmp_path, fonts={**OWN, **OTHERS}).items():
        untidy = [
            f"{name}: {fault}"
            for name, picture in drawn.items()
            for fault in faults(picture.layout, SLACK)
        ]
        assert untidy == [], font
        unfit = [
            f"{name}: {run.words!r} is {run.drawn} wide, not {run.reckoned}"
            for name, picture in drawn.items()
            for run in picture.runs
            if len(run.words) > 1 and abs(run.drawn - (run.reckoned or 0)) > 0.1
        ]
        assert unfit == [], font


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_what_they_stand_on(
    scheme: Literal["light", "dark"], tmp_path: Path
) -> None:
    drawn = measured(pictures(), tmp_path, fonts=OWN, scheme=scheme)["its own"]
    assert [f"{name}: {pale}" for name, picture in drawn.items() for pale in _pale(picture)] == []


def _pale(picture: Measured) -> list[str]:
    """Words that do not reach 4.9 : 1 on what lies under them, or stand on a texture."""
    found = []
    for run in picture.runs:
        below = ground(picture.layout, run.place, SLACK)
        paint = colour(below.paint)
        if not paint or contrast(run.colour, paint) < 4.9:
            found.append(f"{run.words!r}, {run.colour} on {below.paint}")
    return found


def test_widths_are_reckoned_as_the_font_has_them(tmp_path: Path) -> None:
    """Of every character that is known, upright and bold; in italics those that clauses need."""
    characters = [c for c in map(chr, range(0x21, 0x2500)) if c.isprintable() and known(c)]
    runs = [
        Run("".join(characters[begin : begin + 30]), 16, bold=bold)
        for begin in range(0, len(characters), 30)
        for bold in (False, True)
    ]
    runs.append(Run("".join(map(chr, range(0x21, 0x7F))), 16, italic=True))
    rows = tuple(Text(10, 20.0 * row, (run,)) for row, run in enumerate([Run("Wim", 16), *runs], 1))
    svg = Picture(900, 20.0 * (len(rows) + 1), "all", "characters", rows).svg("light")
    probe, *seen = measured({"all": svg}, tmp_path, fonts=OWN)["its own"]["all"].runs
    if abs(probe.natural - rows[0].width) > 0.05:
        pytest.skip("no font with the widths of Arial here: apt install fonts-liberation")
    for run, reckoned in zip(seen, runs, strict=True):
        assert run.natural == pytest.approx(reckoned.width, abs=0.05), run.words


def test_the_measure_notices_what_is_untidy(tmp_path: Path) -> None:
    def words(text: str, x: float, y: float, paint: Paint = Paint.INK) -> Text:
        return Text(x, y, (Run(text, 12, paint),))

    shapes = (
        words("over", 10, 20),
        words("lapping", 20, 22),
        words("leaving", 180, 50),
        Rect(10, 60, 40, 20, Paint.MESSAGE),
        words("wider than its bar", 12, 74),
        words("hidden", 10, 110),
        Rect(10, 95, 100, 20, Paint.PANEL),
        Rect(150, 60, 45, 20, None, Paint.RULE),
        words("framed", 130, 74),
        words("pale", 10, 140, Paint.RULE),
        Rect(80, 125, 60, 20, Paint.DIALING, texture="dots"),
        words("dotted", 90, 140),
    )
    svg = Picture(200, 150, "untidy", "untidy", shapes).svg("auto")
    seen = measured({"untidy": svg}, tmp_path, fonts=OWN)["its own"]["untidy"]
    assert [fault.partition(":")[0] for fault in faults(seen.layout, SLACK)] == [
        "'leaving' leaves the picture",
        "'over' overlaps 'lapping'",
        "'leaving' reaches out of the area rect",
        "'wider than its bar' reaches out of the area rect",
        "the area rect covers 'hidden'",
        "the frame rect runs through 'framed'",
    ]
    assert [pale.partition(",")[0] for pale in _pale(seen)] == ["'pale'", "'dotted'"]
