"""One lane: what a party lives through, as bars with words on a ground line with clauses.

A bar says its word and its length, in the first way that fits; what does not fit stands above it
with a small leader. Nothing is cut and nothing is nameless: only documented clauses give way where
a stretch has no room for them, and they stand in the data beside the bar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from attrs import frozen

from ...call.timeline import Leg, Part, Segment, Timeline
from ...clauses import Clauses, ids
from ...words import Basis, LegState, Party
from .. import wording
from ..catalogue import Catalogue, say, spoken, term
from ..metrics import text_width
from ..picture_palette import SIGN, Paint
from ..svg import (
    DASHED,
    Circle,
    Group,
    Line,
    Path,
    Point,
    Rect,
    Run,
    Shape,
    Text,
    patched,
    runs_width,
)
from .labels import Spot, over, place
from .scale import Scale

BAR = 36
#: Below the bar: the ground line, the base line of its clauses.
GROUND, CLAUSES = 5, 18
#: Of the labels above a bar: the distance of rows, and of the lowest base line from the bar.
ABOVE_ROW, ABOVE = 16, 9

_CLAUSE_SIZE = 10.5
#: Between word and length.
_GAP = 7
_TOOTH = 4


@frozen
class Frame:
    """The room of a picture.

    Attributes:
        left, right: between these everything stands.
        lines: where moments go through all lanes.
        plain: for who does not know the product yet: no clause ids, and parties by what they are.
    """

    left: float
    right: float
    lines: tuple[float, ...] = ()
    plain: bool = False


@frozen
class Above:
    """What stands above a bar.

    Attributes:
        named: whether it names the bar; else it only says on what a stretch of it rests.
        start, end: the stretch of the bar that it is about.
    """

    runs: tuple[Run, ...]
    start: float
    end: float
    named: bool


class Ground(NamedTuple):
    """The line under a part of a segment.

    Attributes:
        start, end: where it stands.
        run: what stands under it; None: nothing, or it finds no room.
        fits: whether all that has to be said of its basis is said under it.
    """

    part: Part
    start: float
    end: float
    run: Run | None
    fits: bool


class Bar(NamedTuple):
    """What has been decided of a bar.

    Attributes:
        start, end: where it stands.
        lines: the words on it, in one line or two; none, if they stand above.
    """

    segment: Segment
    start: float
    end: float
    lines: tuple[tuple[Run, ...], ...]
    grounds: tuple[Ground, ...]
    above: Above | None


@frozen
class Lane:
    """A lane before it has a place.

    Attributes:
        rows: how many rows of labels stand above the bars.
    """

    leg: Leg
    bars: tuple[Bar, ...]
    spots: tuple[Spot, ...]
    rows: int

    @property
    def head(self) -> float:
        """The room that the labels above the bars take."""
        return ABOVE_ROW * self.rows


def clause_run(clauses: Clauses, basis: Basis) -> Run:
    """Clauses in their own small letters; inferred ones in italics."""
    return _clause_run(clauses, basis, spoken())


@lru_cache(maxsize=4096)
def _clause_run(clauses: Clauses, basis: Basis, _spoken: Catalogue) -> Run:
    italic = basis is Basis.INFERRED
    return Run(wording.cited(clauses, basis), _CLAUSE_SIZE, Paint.SECOND, italic=italic)


def basis_run(part: Part, frame: Frame) -> Run | None:
    """What stands under a stretch: its clauses, or in plain words that it is our reading."""
    if not frame.plain:
        return clause_run(part.clauses, part.basis)
    if part.basis is Basis.DOCUMENTED:
        return None
    return Run(say("inferred: our reading"), _CLAUSE_SIZE, Paint.SECOND, italic=True)


@lru_cache(maxsize=4096)
def at(time: int) -> str:
    """A moment as data: seconds."""
    return f"{time / 1000:g}" if time < 10**6 else f"{time / 1000}"


# ------------------------------------------------------------------------------------------- bars


def lane(leg: Leg, scale: Scale, frame: Frame) -> Lane:
    """Bars with their words, and room for what stands above them."""
    bars = tuple([_bar(segment, scale, frame) for segment in leg.segments])
    wishes = [
        over(above.start, above.end, _above_width(above), scale.left, frame.right)
        for bar in bars
        if (above := bar.above) is not None
    ]
    spots = place(wishes, frame.lines) if wishes else ()
    return Lane(leg, bars, spots, 1 + max(spot.row for spot in spots) if spots else 0)


def _above_width(above: Above) -> float:
    return sum([run.width for run in above.runs]) + 4 * (len(above.runs) - 1)


def _bar(segment: Segment, scale: Scale, frame: Frame) -> Bar:
    start, end = scale.x(segment.start), scale.x(segment.end)
    lines = _lines(segment, _limit(start, end, scale) - start)
    grounds = tuple([_ground(part, scale, frame) for part in segment.parts])
    missing = [
        ground for ground in grounds if not ground.fits and ground.part.basis is Basis.INFERRED
    ]
    above = _above(segment, (start, end), missing, frame, nameless=not lines)
    return Bar(segment, start, end, lines, grounds, above)


def _limit(start: float, end: float, scale: Scale) -> float:
    """Up to where a bar or its ground has room for words."""
    cut = scale.cut
    return cut.left - 5 if cut is not None and start < cut.left < end else end


def _lines(segment: Segment, room: float) -> tuple[tuple[Run, ...], ...]:
    """Word and length, in the first way that fits."""
    paint = SIGN[segment.state].word
    full, short = wording.STATE[segment.state]
    told = wording.length(segment.length)
    one = (Run(full, 12.5, paint, bold=True), Run(told, 12.5, paint))
    if one[0].width + _GAP + one[1].width + 18 <= room:
        return (one,)
    two = (Run(full, 12, paint, bold=True), Run(told, 11.5, paint))
    if max(two[0].width, two[1].width) + 8 <= room:
        return ((two[0],), (two[1],))
    brief = (Run(short, 12.5, paint, bold=True), one[1])
    return (brief,) if brief[0].width + _GAP + brief[1].width + 18 <= room else ()


def _ground(part: Part, scale: Scale, frame: Frame) -> Ground:
    start, end = scale.x(part.start), scale.x(part.end)
    run = basis_run(part, frame)
    fits = run is None or start + 5 + run.width + 3 <= _limit(start, end, scale)
    return Ground(part, start, end, run if fits else None, fits)


def _body(bar: Bar, top: float, *, torn: bool) -> Iterator[Shape]:
    sign = SIGN[bar.segment.state]
    start, end = bar.start, max(bar.end, bar.start + 1)
    if not torn:
        yield Rect(start, top, end - start, BAR, sign.fill, sign.edge, texture=sign.texture)
        return
    deep = min(_TOOTH, (end - start) / 2)
    teeth: list[Point] = [(end - deep * (step % 2), top + 4.5 * step) for step in range(9)]
    edge = ((start, top), *teeth, (start, top + BAR))
    yield Path(edge, sign.fill, sign.edge, texture=sign.texture)


def strokes(left: float, right: float, top: float, bottom: float) -> Iterator[Shape]:
    """Two slanted strokes, and nothing between them: here the drawing is cut."""
    slant = (bottom - top) / 10
    low, high = -slant, slant
    yield Path(
        ((left + high, top), (right + high, top), (right + low, bottom), (left + low, bottom)),
        Paint.PAGE,
    )
    for x in (left, right):
        yield Line(x + high, top, x + low, bottom, Paint.INK, role="cut")


def _words(bar: Bar, top: float, scale: Scale, *, torn: bool) -> Iterator[Shape]:
    """Word and length on the bar; on a pattern, on a plain patch of its fill."""
    sign = SIGN[bar.segment.state]
    end = _limit(bar.start, bar.end, scale) - (_TOOTH if torn else 0)
    middle = (bar.start + end) / 2
    bases = (22.5,) if len(bar.lines) == 1 else (15.5, 29)
    texts = [
        Text(middle - runs_width(runs, _GAP) / 2, top + base, runs, _GAP, "word")
        for base, runs in zip(bases, bar.lines, strict=False)
    ]
    if sign.texture is not None and texts:
        above, height, aside = (8, 20, 6) if len(texts) == 1 else (4, 28.5, 3)
        left, right = min(text.x for text in texts), max(text.x + text.width for text in texts)
        yield Rect(left - aside, top + above, right - left + 2 * aside, height, sign.fill)
    yield from texts


def _part(ground: Ground, top: float) -> Group:
    """The line under a stretch, with its clauses if they found room."""
    part, start, end, run, _ = ground
    gap = 1.5 if end - start > 6 else 0.0
    from_, to = start + gap, max(end - gap, start + gap + 1)
    basis = part.basis
    if basis is Basis.INFERRED:
        y = top + BAR + GROUND
        line = Line(from_, y, to, y, Paint.INK, 2, DASHED, role="ground")
    else:
        y = top + BAR + GROUND + 0.5
        line = Line(from_, y, to, y, Paint.THIRD, role="ground")
    words: tuple[Text, ...] = ()
    if run is not None:
        words = (Text(start + 5, top + BAR + CLAUSES, (run,), role="clauses"),)
    data = (
        ("start", at(part.start)),
        ("end", at(part.end)),
        ("clauses", " ".join(ids(part.clauses))),
        ("basis", str(basis)),
    )
    return Group("part", (line, *words), data)


def _above(
    segment: Segment,
    ends: tuple[float, float],
    missing: Sequence[Ground],
    frame: Frame,
    *,
    nameless: bool,
) -> Above | None:
    """What has to stand above a bar: its name and length, and inferred clauses without room."""
    runs: list[Run] = []
    start, end = ends
    if nameless:
        runs += [
            Run(wording.STATE[segment.state][0], 11.5, bold=True),
            Run(wording.length(segment.length), 11.5),
        ]
    if missing:
        cited = dict.fromkeys(clause for ground in missing for clause in ground.part.clauses)
        run = clause_run(tuple(cited), Basis.INFERRED)
        runs.append(basis_run(missing[0].part, frame) or run if frame.plain else run)
        if not nameless:
            start, end = missing[0].start, missing[-1].end
    return Above(tuple(runs), start, end, nameless) if runs else None


# ------------------------------------------------------------------------------------- the lane set


def set_lane(laid: Lane, timeline: Timeline, scale: Scale, frame: Frame, top: float) -> Group:
    """The lane with the top of its bars at ``top``."""
    leg = laid.leg
    shapes: list[Shape] = [*_idle(leg, timeline.duration, scale, frame, top)]
    spots = iter(laid.spots)
    for bar in laid.bars:
        torn = wording.cut_short(timeline, leg.party, bar.segment)
        inside = [*_body(bar, top, torn=torn)]
        if scale.cut is not None and bar.start < scale.cut.left < bar.end:
            inside += strokes(scale.cut.left, scale.cut.right, top - 5, top + BAR + 9)
        inside += _words(bar, top, scale, torn=torn)
        inside += [_part(ground, top) for ground in bar.grounds]
        if bar.above is not None:
            inside += _set_above(bar.above, next(spots), top)
        data = (
            ("state", str(bar.segment.state)),
            ("start", at(bar.segment.start)),
            ("end", at(bar.segment.end)),
        )
        shapes.append(Group("segment", tuple(inside), data))
    if wording.caused_failure(timeline, leg.party):
        shapes += failure(scale.x(timeline.duration) + 14, top + BAR / 2)
    return Group("lane", (*_gutter(leg, frame, top), *shapes), (("party", str(leg.party)),))


def _set_above(above: Above, spot: Spot, top: float) -> Iterator[Shape]:
    y = top - ABOVE - ABOVE_ROW * spot.row
    text = Text(spot.start, y, above.runs, 4, "word" if above.named else "clauses")
    below = spot.start < spot.line < spot.end
    yield from patched(text, aside=3)
    yield Line(spot.line, y + 3.5 if below else y - 8, spot.line, top, Paint.SECOND, role="leader")


def failure(x: float, y: float) -> Iterator[Shape]:
    """A ring with a cross."""
    yield Circle(x, y, 8.5, Paint.PAGE, Paint.FAILURE, 1.8)
    yield from cross(x, y, 3.2)


def cross(x: float, y: float, arm: float) -> Iterator[Shape]:
    """The cross of a failure."""
    for way in (1, -1):
        yield Line(x - arm, y - arm * way, x + arm, y + arm * way, Paint.FAILURE, 2.2)


def _idle(leg: Leg, duration: int, scale: Scale, frame: Frame, top: float) -> Iterator[Shape]:
    """A faint line while the party's phone does not ring, and why it does not."""
    y = top + BAR / 2 + 0.5
    if leg.segments:
        end, text = scale.x(leg.segments[0].start), wording.STATE[LegState.IDLE][0]
    else:
        end, text = scale.x(duration), wording.never_rang(leg)
    if end > scale.left + 6:
        yield Line(scale.left, y, end - 4, y, Paint.RULE)
    run = Run(text, 11, Paint.SECOND)
    left = _free(run.width, scale.left, end, frame.lines)
    if left is None and not leg.segments:
        left = end + 30  # right of the ring of a failure
    if left is not None:
        yield from patched(Text(left, y + 3.5, (run,), role="idle"))


def _free(width: float, start: float, end: float, lines: Sequence[float]) -> float | None:
    """Where words of this width stand on an empty stretch; between moments, if that is wide."""
    if end - start < width + 24:
        return None
    borders = sorted({start, end, *(line for line in lines if start < line < end)})
    room, left = max((right - left, left) for left, right in pairwise(borders))
    if room < width + 24:
        room, left = end - start, start
    return left + (room - width) / 2


def _gutter(leg: Leg, frame: Frame, top: float) -> Iterator[Shape]:
    """Who it is, and which number they see."""
    name = Run(term(leg.party), 14, bold=True)
    yield Text(frame.left, top + 15, (name,), role="party")
    if frame.plain:
        is_ = say("the client") if leg.party is Party.CONTACT else say("the colleague")
        yield Text(frame.left, top + 31, (Run(is_, 11, Paint.SECOND),), role="caller")
        return
    caller = leg.caller_id
    if caller is None:
        return
    size = 11.0
    sees = say("sees")
    while text_width(f"{sees} {caller.number}", size) > 116 and size > 8:
        size -= 0.5
    runs = (Run(sees, size, Paint.SECOND), Run(caller.number, size, Paint.SECOND))
    gap = text_width(" ", size)
    shown = Text(frame.left, top + 31, runs, gap, "caller")
    yield shown
    if caller.basis is Basis.INFERRED:
        begin = frame.left + runs[0].width + gap
        y = top + 35
        yield Line(begin, y, begin + runs[1].width, y, Paint.INK, 2, DASHED, role="caller-basis")
        hole = tuple(clause for clause in caller.clauses if clause.basis is Basis.INFERRED)
        yield Text(frame.left, top + 47.5, (clause_run(hole, caller.basis),), role="caller-clauses")
