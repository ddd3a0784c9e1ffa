"""State diagrams are tidy: nothing overlaps, nothing leaves the picture, lines are straight."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from attrs import evolve

from callflow.draw.chart import Chart, Failures, chart, chart_of, charts
from callflow.draw.machine import machine_svg
from callflow.draw.metrics import text_width
from callflow.words import configurations
from tests.draw.machine_engines import ENGINES, HOW, calls, picture_of
from tests.draw.machine_paths import timelines
from tests.draw.machine_reader import Box, Picture, Text, read

pytestmark = pytest.mark.skipif(not ENGINES, reason="no Graphviz here: neither dot nor its wheel")

EVERY_ENGINE = pytest.mark.parametrize("engine", ENGINES)
EVERY_WAY = pytest.mark.parametrize("failures", HOW)


def _overlap(one: Box, other: Box, slack: float = 0) -> bool:
    return (
        one[0] + slack < other[2]
        and other[0] + slack < one[2]
        and one[1] + slack < other[3]
        and other[1] + slack < one[3]
    )


def _inside(inner: Box, outer: Box) -> bool:
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    )


def _pieces(picture: Picture) -> list[Box]:
    """Every straight piece of line as the room that it takes."""
    pieces = []
    for line in picture.lines:
        for (x0, y0), (x1, y1) in pairwise(line.points):
            half = line.width / 2
            pieces.append(
                (min(x0, x1) - half, min(y0, y1) - half, max(x0, x1) + half, max(y0, y1) + half)
            )
    return pieces


def faults(picture: Picture) -> list[str]:
    """What is untidy."""
    return [*_untidy_texts(picture), *_untidy_cards(picture), *_untidy_lines(picture)]


def _untidy_texts(picture: Picture) -> Iterator[str]:
    whole = (0, 0, picture.width, picture.height)
    for text in picture.texts:
        if not _inside(text.box, whole):
            yield f"{text.words!r} leaves the picture"
        for card in picture.cards:
            if text in card.texts and not _inside(text.box, card.box):
                yield f"{text.words!r} leaves its card"
            if text not in card.texts and _overlap(text.box, card.box):
                yield f"{text.words!r} lies on {card.state}"
        if any(_overlap(text.box, piece) for piece in _pieces(picture)):
            yield f"a line runs through {text.words!r}"
        if any(_overlap(text.box, side) for side in _sides(picture)):
            yield f"the box runs through {text.words!r}"
    for one, other in combinations(picture.texts, 2):
        if _overlap(one.box, other.box, 0.1):
            yield f"{one.words!r} overlaps {other.words!r}"


def _sides(picture: Picture) -> list[Box]:
    """The four sides of the box round what can fail."""
    if picture.box is None:
        return []
    left, top, right, bottom = picture.box
    return [
        (left, top, left, bottom),
        (right, top, right, bottom),
        (left, top, right, top),
        (left, bottom, right, bottom),
    ]


def _untidy_cards(picture: Picture) -> Iterator[str]:
    for one, other in combinations(picture.cards, 2):
        if _overlap(one.box, other.box, -6):
            yield f"{one.state} is too near {other.state}"
    for card in picture.cards:
        left, top, right, bottom = card.box
        inner = (left + 3, top + 3, right - 3, bottom - 3)
        if any(_overlap(piece, inner) for piece in _pieces(picture)):
            yield f"a line runs through {card.state}"
        if any(_overlap(card.box, side) for side in _sides(picture)):
            yield f"{card.state} lies on the border of the box"


def _untidy_lines(picture: Picture) -> Iterator[str]:
    for line in picture.lines:
        xs, ys = [x for x, _ in line.points], [y for _, y in line.points]
        if min(max(xs) - min(xs), max(ys) - min(ys)) > 0.6:
            yield f"the line of {line.said} is not straight"
        if min(*xs, *ys) < 0 or max(xs) > picture.width or max(ys) > picture.height:
            yield f"the line of {line.said} leaves the picture"


def _late(drawn: Chart) -> Chart:
    """The same path in a call that takes most of a day, so that moments are as long as can be."""

    def later(arrow):
        return arrow if arrow.at is None else evolve(arrow, at=arrow.at + 82_815_123)

    return evolve(drawn, arrows=tuple(map(later, drawn.arrows)), path=tuple(map(later, drawn.path)))


@EVERY_ENGINE
@EVERY_WAY
def test_nothing_overlaps_or_bends_in_any_machine(failures: Failures, engine: str):
    for drawn in (*charts(), *map(chart, configurations())):
        assert faults(picture_of(drawn, engine, failures)) == [], drawn.name


@EVERY_ENGINE
def test_nothing_overlaps_or_bends_on_any_of_the_139_paths(engine: str):
    for call in calls(engine):
        assert faults(picture_of(chart_of(call), engine, "grouped")) == []


@EVERY_ENGINE
@EVERY_WAY
def test_nothing_overlaps_or_bends_where_moments_are_long(failures: Failures, engine: str):
    for call in timelines()[::9]:
        drawn = _late(chart_of(call))
        svg = machine_svg(drawn, theme="light", failures=failures, program=ENGINES[engine])
        assert faults(read(svg)) == []


@pytest.mark.parametrize("failures", ["each", "none"])
def test_nothing_overlaps_or_bends_on_a_path_however_failures_are_drawn(failures: Failures):
    for call in timelines()[::4]:
        drawn = chart_of(call)
        assert faults(picture_of(drawn, next(iter(ENGINES)), failures)) == []


@EVERY_ENGINE
@EVERY_WAY
def test_pictures_fit_a_page(failures: Failures, engine: str):
    for drawn in charts():
        pixels = picture_of(drawn, engine, failures).width * 4 / 3
        widest = {1: 545, 2: 830} if failures != "each" else {1: 530, 2: 1140}
        assert pixels <= widest[drawn.columns], drawn.name
    for call in calls(engine):
        drawn = chart_of(call)
        pixels = picture_of(drawn, engine, "grouped").width * 4 / 3
        assert pixels <= {1: 600, 2: 920}[drawn.columns]


@EVERY_ENGINE
def test_columns_are_straight_and_gaps_are_equal(engine: str):
    for drawn in charts():
        picture = picture_of(drawn, engine, "grouped")
        at = {card.state: card.box for card in picture.cards}
        for one, other in combinations(drawn.places, 2):
            left, right = at[str(one.state)], at[str(other.state)]
            assert (abs(left[0] - right[0]) < 0.6) == (one.column == other.column)
            assert (abs(left[1] - right[1]) < 0.6) == (one.row == other.row)
        tops = sorted({round(at[str(place.state)][1], 1) for place in drawn.places})
        gaps = [lower - upper for upper, lower in pairwise(tops)]
        assert max(gaps[1:-2], default=0) - min(gaps[1:-2], default=0) < 1.5
        assert max(gaps) - min(gaps) < 30


@EVERY_ENGINE
@EVERY_WAY
def test_the_picture_stands_under_the_beginning_of_its_title(failures: Failures, engine: str):
    for drawn in (*charts(), *map(chart_of, timelines()[::9])):
        picture = picture_of(drawn, engine, failures)
        left = min(
            [card.box[0] for card in picture.cards]
            + [x for one in picture.lines for x, _ in one.points]
        )
        title = min(text.box[0] for text in picture.title)
        assert abs(title - left) < 14, drawn.title


@EVERY_ENGINE
def test_every_text_is_pinned_to_the_width_that_it_was_laid_out_with(engine: str):
    for drawn in charts():
        for text in picture_of(drawn, engine, "each").texts:
            size = (text.box[3] - text.box[1]) / 0.94
            reckoned = text_width(text.words, size, bold=text.bold)
            assert text.box[2] - text.box[0] == pytest.approx(reckoned, rel=0.08, abs=2)


@EVERY_ENGINE
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_stand_out_from_what_they_stand_on(theme, engine: str):
    for drawn in (charts()[4], chart_of(timelines()[64]), chart_of(timelines()[109])):
        picture = read(machine_svg(drawn, theme=theme, program=ENGINES[engine]))
        for text in picture.texts:
            assert _contrast(text.fill, _ground(text, picture)) >= 4.9, text.words


def _ground(text: Text, picture: Picture) -> str:
    """The fill of the smallest shape that a text stands on."""
    under = [(box, fill) for box, fill in picture.fills if _inside(text.box, box)]
    return min(under, key=lambda one: (one[0][2] - one[0][0]) * (one[0][3] - one[0][1]))[1]


def _contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_notices_what_is_untidy():
    tidy = picture_of(charts()[4], next(iter(ENGINES)), "grouped")
    text = tidy.lines[0].texts[0]
    moved = evolve(text, box=(text.box[0] - 20, text.box[1], text.box[2] - 20, text.box[3]))
    first = evolve(tidy.lines[0], texts=(moved,))
    assert any("a line runs" in one for one in faults(evolve(tidy, lines=(first, *tidy.lines[1:]))))
    bent = evolve(tidy.lines[0], points=((0, 0), (5, 5)))
    assert any("not straight" in one for one in faults(evolve(tidy, lines=(bent, *tidy.lines[1:]))))
    crowd = evolve(tidy.cards[0], box=tidy.cards[1].box)
    assert any("too near" in one for one in faults(evolve(tidy, cards=(crowd, *tidy.cards[1:]))))
