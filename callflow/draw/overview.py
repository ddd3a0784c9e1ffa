"""Several calls under each other on one clock, as small lanes: which one is like mine?

A row says what was chosen and what comes of it, and shows both lives without clause ids, moments
and waits; the whole picture of a call has those. What is our reading stays dashed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor

from attrs import frozen

from ..call.timeline import Part, Segment, Timeline
from ..words import Basis, Party
from . import wording
from .catalogue import say, term
from .lanes.lane import Frame
from .lanes.picture import axis_of, legend
from .lanes.scale import Scale, ticks
from .metrics import text_width
from .picture_palette import SIGN, Paint, Theme
from .svg import DASHED, Group, Line, Picture, Rect, Run, Shape, Text, blank, flow, patched

_NARROWEST = 640
_MARGIN = 16.0
#: What stands left of the lanes: the words of a row, and the parties.
_WORDS, _PARTIES, _GAP = 212.0, 54.0, 12.0
#: A lane: the bar, and from bar to bar.
_BAR, _LANE = 18.0, 27.0
_BETWEEN = 20.0
_WORD_SIZE, _NAME_SIZE = 10.5, 11


def _parties() -> float:
    """The room for the names of the parties, left of the lanes."""
    return max(_PARTIES, *(text_width(term(party), _NAME_SIZE) + 4.4 for party in Party))


@frozen
class Row:
    """One call of the overview.

    Attributes:
        setting: what was chosen.
        finding: what comes of it.
    """

    setting: str
    finding: str
    timeline: Timeline


def overview_svg(
    rows: Sequence[Row], *, title: str, theme: Theme = "auto", width: int = 880
) -> str:
    """The overview as an SVG document.

    Args:
        rows: the calls, from the top down; at least one.
        title: what they are.
        theme: ``auto`` is light, and dark where the viewer prefers dark.
        width: of the whole picture, pixels; less than 640 are taken as 640.
    """
    return overview_picture(rows, title=title, width=width).svg(theme)


def overview_picture(rows: Sequence[Row], *, title: str, width: int = 880) -> Picture:
    """The overview, laid out."""
    width = max(width, _NARROWEST)
    room = Frame(_MARGIN, width - _MARGIN)
    left = floor(_MARGIN + _WORDS + _GAP + _parties()) + 0.5
    whole = max(row.timeline.duration for row in rows)
    right = floor(room.right) - 0.5
    measure = Scale(left, right, whole, (right - left) / whole if whole else 0.0)

    head: list[Shape] = []
    y = 30.0
    for line in flow((Run(title, 16, bold=True),), room.right - room.left):
        head.append(Text(room.left, y, line, blank(16), "title"))
        y += 21
    y = top = y + 3
    shapes: list[Shape] = []
    for number, row in enumerate(rows):
        if number:
            shapes.append(Line(room.left, y + 0.5, room.right, y + 0.5, Paint.HAIR))
        laid, y = _row(row, measure, room.left, y + _BETWEEN / 2)
        shapes.append(laid)
        y = round(y + _BETWEEN / 2)
    axis, base = axis_of(measure, room, y + 2)
    _, marks = ticks(measure)
    grid = [Line(mark.x, top, mark.x, y + 2, Paint.HAIR) for mark in marks]
    sense = Group("legend", tuple(legend(measure.left, room.right, base + 22)))
    return Picture(
        width,
        round(base + 22 + 16),
        title,
        " ".join(f"{_named(row)}: {wording.outcome(row.timeline)}." for row in rows),
        (*head, *grid, *shapes, axis, sense),
    )


def _named(row: Row) -> str:
    return f"{row.setting}, {row.finding}"


def _row(row: Row, measure: Scale, left: float, top: float) -> tuple[Group, float]:
    """The words of a call with both lanes beside them, and where they end."""
    shapes: list[Shape] = []
    y = top + 12
    for run in (
        Run(row.setting, 13, bold=True),
        Run(row.finding, 12),
        Run(_talk(row.timeline), 12, Paint.SECOND),
    ):
        for line in flow((run,), _WORDS):
            shapes.append(Text(left, y, line, blank(run.size), "row"))
            y += 17
    for number, party in enumerate(Party):
        lane = _lane(row.timeline, party, measure, top + _LANE * number)
        shapes.append(Group("lane", tuple(lane), (("party", str(party)),)))
    return Group("call", tuple(shapes)), max(y - 12, top + 2 * _LANE - 3)


def _talk(timeline: Timeline) -> str:
    talk = timeline.conversation
    if talk is None:
        return say("no conversation")
    return say("both talk after {length}", length=wording.length(talk.start))


def _lane(timeline: Timeline, party: Party, measure: Scale, top: float) -> Iterator[Shape]:
    name = Run(term(party), _NAME_SIZE, Paint.SECOND)
    yield Text(measure.left - _parties(), top + _BAR / 2 + 4, (name,), role="party")
    for segment in timeline.leg(party).segments:
        yield Group("segment", tuple(_bar(segment, measure, top)))


def _bar(segment: Segment, measure: Scale, top: float) -> Iterator[Shape]:
    sign = SIGN[segment.state]
    start, end = measure.x(segment.start), measure.x(segment.end)
    end = max(end, start + 1)
    yield Rect(start, top, end - start, _BAR, sign.fill, sign.edge, texture=sign.texture)
    for word in wording.STATE[segment.state]:
        run = Run(word, _WORD_SIZE, sign.word, bold=True)
        if run.width + 3 <= end - start:
            text = Text((start + end - run.width) / 2, top + 12.7, (run,), role="word")
            if sign.texture is None:
                yield text
            else:
                yield from patched(text, sign.fill, aside=min(4, (end - start - run.width) / 2 - 1))
            break
    for part in segment.parts:
        yield _ground(part, measure, top)


def _ground(part: Part, measure: Scale, top: float) -> Line:
    start, end = measure.x(part.start), measure.x(part.end)
    gap = 1.5 if end - start > 6 else 0.0
    from_, to = start + gap, max(end - gap, start + gap + 1)
    if part.basis is Basis.INFERRED:
        return Line(from_, top + _BAR + 4, to, top + _BAR + 4, Paint.INK, 2, DASHED, role="ground")
    return Line(from_, top + _BAR + 4.5, to, top + _BAR + 4.5, Paint.THIRD, role="ground")
