"""What stands between the lanes: DTMF as key caps, waits as dimension lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from ...call.timeline import Leg, Mark, Timeline
from ...clauses import ids
from ...words import Basis
from .. import wording
from ..catalogue import say
from ..metrics import text_width
from ..picture_palette import Paint
from ..svg import DASHED, Box, Group, Line, Path, Rect, Run, Shape, Text, around, patched
from .labels import apart
from .lane import Frame, at, clause_run
from .scale import Scale

_CAP, _POINTER, _CAP_SIZE = 15.0, 5.0, 10.5
_BETWEEN, _STRUCK_BETWEEN = 2.0, 5.0
#: Caps that stand under each other.
_CAP_ROW = 19.0
#: How far a cap may be nudged, and in how many rows, before they follow each other like words.
_NUDGED, _ROWS = 28.0, 3
#: Digits in one line of a cap.
_LINE = 30
#: Unsent caps stand behind the end if they take no more room than this.
_BEHIND = 150.0


# ------------------------------------------------------------------------------------------- DTMF


@frozen
class Cap:
    """A key cap before it has a place."""

    mark: Mark
    lines: tuple[str, ...]
    width: float
    height: float


#: Caps beside each other, each with where it begins.
_Row = list[tuple[Cap, float]]


def _cap(mark: Mark) -> Cap:
    digits = mark.digits
    lines = tuple([digits[begin : begin + _LINE] for begin in range(0, len(digits), _LINE)])
    width = max([text_width(line, _CAP_SIZE, bold=True) for line in lines]) + 7.5
    return Cap(mark, lines, max(width, 13.5), _CAP + 12 * (len(lines) - 1))


def behind_the_end(timeline: Timeline) -> float:
    """The room that digits which were not sent take behind the end of the call."""
    caps = [_cap(mark) for mark in timeline.dtmf if not mark.sent]
    if not caps:
        return 0
    room = sum(cap.width + _STRUCK_BETWEEN for cap in caps)
    return 12 + room + 4 + _not_sent().width if room <= _BEHIND and _flat(caps) else 0


def _not_sent() -> Run:
    return Run(say("not sent"), 11, Paint.SECOND)


def _flat(caps: Sequence[Cap]) -> bool:
    return all(len(cap.lines) == 1 for cap in caps)


def dtmf(timeline: Timeline, scale: Scale, frame: Frame, top: float) -> Group | None:
    """The row of digits, with the points of their pointers at ``top``; None: there are none."""
    if not timeline.dtmf:
        return None
    first = top + _POINTER
    shapes: list[Shape] = [*_named(timeline, frame, first)]
    sent = [_cap(mark) for mark in timeline.dtmf if mark.sent]
    # Digits that were not sent begin behind the end of the call.
    right = scale.x(timeline.duration) + 8 if behind_the_end(timeline) else frame.right
    rows, near = _rows(sent, scale, right)
    y = first
    lines: list[Shape] = []
    caps: list[Shape] = []
    for row in rows:
        for cap, x in row:
            due = scale.x(cap.mark.at or 0)
            caps.append(_drawn(cap, x, y, due, top))
            if near:
                lines += _leader(cap, x, y, due, first)
        if row:
            y += max(cap.height for cap, _ in row) + 4
    shapes += [*lines, *caps]
    unsent = [_cap(mark) for mark in timeline.dtmf if not mark.sent]
    if unsent:
        if behind_the_end(timeline):
            # On a common axis a call can be too short for the digits that were sent in it.
            taken = max((x + cap.width for row in rows for cap, x in row), default=0.0)
            left = max(scale.x(timeline.duration) + 12, taken + 4)
            shapes += _unsent(unsent, left, first, frame.right, behind=True)
        else:
            y = max(y, first + (_CAP_ROW if sent else 0)) + (_POINTER if sent else 0)
            shapes += _unsent(unsent, scale.left, y, frame.right, behind=False)
    return Group("dtmf", tuple(shapes))


def _named(timeline: Timeline, frame: Frame, y: float) -> Iterator[Shape]:
    name = Run("DTMF", 11, Paint.SECOND)
    base = y + 12
    yield Text(frame.left, base, (name,), role="row")
    yield Line(frame.left, base + 4, frame.left + name.width, base + 4, Paint.INK, 2, DASHED)
    if frame.plain:
        return
    holes = dict.fromkeys(
        clause
        for mark in timeline.dtmf
        for clause in mark.clauses
        if clause.basis is Basis.INFERRED
    )
    run = clause_run(tuple(holes), Basis.INFERRED)
    beside = frame.left + name.width + 8
    if len(holes) == 1:
        yield Text(beside, base, (run,), role="dtmf-clauses")
    else:
        yield Text(frame.left, base + 17, (run,), role="dtmf-clauses")


def _rows(caps: Sequence[Cap], scale: Scale, right: float) -> tuple[list[_Row], bool]:
    """Where the caps stand: near their moments in a few rows; else one after the other (False)."""
    wishes = [scale.x(cap.mark.at or 0) - cap.width / 2 for cap in caps]
    for count in range(1, min(len(caps), _ROWS) + 1):
        rows: list[_Row] = []
        for begin in range(count):
            row, wished = caps[begin::count], wishes[begin::count]
            starts = apart([cap.width for cap in row], wished, scale.left - 8, right, _BETWEEN)
            if starts is None:
                break
            far = max(abs(x - wish) for x, wish in zip(starts, wished, strict=True))
            if far > _NUDGED:
                break
            rows.append(list(zip(row, starts, strict=True)))
        else:
            return rows, True
    return _flowing(caps, wishes[0] if wishes else 0, scale, right), False


def _flowing(caps: Sequence[Cap], wish: float, scale: Scale, right: float) -> list[_Row]:
    """Caps one after the other, from near the first moment on, or from the left in many rows."""
    room = sum(cap.width + _BETWEEN for cap in caps)
    left = max(scale.left, min(wish, right - room))
    rows: list[_Row] = [[]]
    x = left
    for cap in caps:
        if rows[-1] and x + cap.width > right:
            rows.append([])
            x = left
        rows[-1].append((cap, x))
        x += cap.width + _BETWEEN
    return rows


def _drawn(cap: Cap, x: float, y: float, due: float, tip: float) -> Group:
    """A key cap, and its pointer at the exact moment."""
    pointer = Path(((due - 4, tip + _POINTER), (due, tip), (due + 4, tip + _POINTER)), Paint.SECOND)
    keys = _keys(cap, x, y, Paint.INK)
    edge = Rect(x, y, cap.width, cap.height, Paint.PAGE, Paint.SECOND, 3)
    data = (("at", at(cap.mark.at or 0)), ("digits", cap.mark.digits), ("sent", "true"))
    return Group("mark", (pointer, edge, *keys), (*data, ("clauses", _cited(cap.mark))))


def _cited(mark: Mark) -> str:
    return " ".join(ids(mark.clauses))


def _keys(cap: Cap, x: float, y: float, paint: Paint) -> Iterator[Text]:
    for number, line in enumerate(cap.lines):
        run = Run(line, _CAP_SIZE, paint, bold=True)
        yield Text(x + (cap.width - run.width) / 2, y + 11.3 + 12 * number, (run,), role="key")


def _leader(cap: Cap, x: float, y: float, due: float, first: float) -> Iterator[Shape]:
    """From the pointer to a cap that does not touch it."""
    middle = min(max(due, x + 3), x + cap.width - 3)
    if y > first or abs(middle - due) > 4:
        yield Line(due, first, middle, y, Paint.SECOND, 0.8)


def _unsent(
    caps: Sequence[Cap], left: float, y: float, right: float, *, behind: bool
) -> Iterator[Shape]:
    """Caps that are struck through, and the words for it: behind the end, or in rows below."""
    x, told = left, _not_sent()
    if not behind:
        yield Text(x, y + 11.5, (told,), role="unsent")
        x = left = x + told.width + 8
    high = _CAP
    for cap in caps:
        if x > left and x + cap.width > right:
            x, y, high = left, y + high + 4, _CAP
        high = max(high, cap.height)
        yield _struck(cap, x, y, pointer=behind)
        x += cap.width + _STRUCK_BETWEEN
    if behind:
        yield Text(x, y + 11.5, (told,), role="unsent")


def _struck(cap: Cap, x: float, y: float, *, pointer: bool) -> Group:
    shapes: list[Shape] = []
    if pointer:
        tip = x + cap.width / 2
        edge = ((tip - 4, y), (tip, y - _POINTER), (tip + 4, y))
        shapes.append(Path(edge, Paint.PAGE, Paint.SECOND, closed=False))
    shapes.append(Rect(x, y, cap.width, cap.height, Paint.PAGE, Paint.SECOND, 3))
    shapes += _keys(cap, x, y, Paint.SECOND)
    strike = (x - 1.5, y + cap.height - 1, x + cap.width + 1.5, y + 1)
    shapes.append(Line(*strike, Paint.SECOND, 1.2, role="strike"))
    due = "" if cap.mark.at is None else at(cap.mark.at)
    data = (("at", due), ("digits", cap.mark.digits), ("sent", "false"))
    return Group("mark", tuple(shapes), (*data, ("clauses", _cited(cap.mark))))


def bottom(group: Group) -> float:
    """Where a row ends; what stands in the gutter does not count."""
    boxes: list[Box] = [shape.box for shape in group.shapes if not isinstance(shape, Text)]
    return max(box[3] for box in boxes) if boxes else around(group.shapes)[3]


# ------------------------------------------------------------------------------------------ waits


def wait(timeline: Timeline, leg: Leg, scale: Scale, frame: Frame, y: float) -> Group | None:
    """How long a party waits from the answer on, as a dimension line; None: not at all."""
    waited, answered = leg.figures.waited, leg.answered
    if not waited or answered is None:
        return None
    talk = timeline.conversation is not None
    paint = Paint.INK if talk else Paint.FAILURE
    runs = [Run(text, 11.5, paint) for text in wording.waits(waited, talks=talk)]
    start, end = scale.x(answered), scale.x(answered + waited)
    shapes = [
        *_dimension(start, end, y + 0.5, paint),
        *_beside(runs, start, end, y, (scale.left, frame.right)),
    ]
    data = (("party", str(leg.party)), ("start", at(answered)), ("end", at(answered + waited)))
    return Group("wait", tuple(shapes), data)


def _dimension(start: float, end: float, y: float, paint: Paint) -> Iterator[Shape]:
    yield Line(start, y, max(end, start + 1), y, paint)
    for x in (start, end):
        yield Line(x, y - 4, x, y + 4, paint)
    if end - start >= 16:
        for x, way in ((start + 0.5, 1), (end - 0.5, -1)):
            yield Path(((x, y), (x + 6 * way, y - 3), (x + 6 * way, y + 3)), paint)


def _beside(
    runs: Sequence[Run], start: float, end: float, y: float, room: tuple[float, float]
) -> Iterator[Shape]:
    """The words on the dimension line, or else right or left of it."""
    for run in runs:
        if run.width + 36 <= end - start:
            x = (start + end - run.width) / 2
            yield from patched(Text(x, y + 4.5, (run,), role="wait"), aside=6)
            return
    for run in runs:
        for x in (end + 7, start - 7 - run.width):
            if room[0] <= x and x + run.width <= room[1]:
                yield from patched(Text(x, y + 4.5, (run,), role="wait"), aside=4)
                return
    raise AssertionError("a length always fits on one side")
