"""The ladder laid out: three lifelines, bars, arrows, the axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from attrs import define, field, frozen

from ...call.timeline import Leg, Timeline
from ...clauses import basis, ids
from ...units import Milliseconds
from ...words import MESSAGE_ENDED, Basis, LegState, Party
from .. import wording
from ..catalogue import say, term
from ..lanes.labels import apart
from ..lanes.lane import at, clause_run
from ..lanes.picture import legend
from ..metrics import text_width
from ..picture_palette import SIGN, Paint
from ..svg import (
    DASHED,
    Group,
    Line,
    Path,
    Picture,
    Point,
    Rect,
    Run,
    Shape,
    Text,
    around,
    blank,
    flow,
    patched,
)
from .arrows import Arrow, arrows
from .rows import Rows, compressed, to_scale

WIDTH = 712
_AXIS, _PBX = 84.5, 383.0
_X = {Party.CONTACT: 218.0, Party.EMPLOYEE: 548.0}
_BAR = 24.0
#: How far from a bar an arrow bends that had to stand lower than its moment.
_KNEE = 18.0


def ladder_picture(timeline: Timeline, *, scale: Literal["true", "compressed"] = "true") -> Picture:
    """The ladder of a call, laid out."""
    shapes, top = _head(timeline, scale)
    told = [*arrows(timeline)]
    rows = to_scale(timeline, told, top) if scale == "true" else compressed(told, top)
    drawn = _Ladder(timeline, rows)
    inside = drawn.shapes(told)
    bottom = max(around(inside)[3], rows.bottom) + 14
    lifelines = [_lifeline(x, top - 14, bottom) for x in (*_X.values(), _PBX)]
    lifelines.append(Line(_PBX - 6, bottom, _PBX + 6, bottom, Paint.RULE, 1.5))
    sense = Group("legend", tuple(legend(_AXIS, WIDTH - 16, bottom + 28)))
    name = wording.title(timeline)
    description = " ".join(f"{wording.moment(arrow.at)}: {_told(arrow)}." for arrow in told)
    return Picture(
        WIDTH,
        round(bottom + 44),
        name,
        description,
        (*shapes, *drawn.hairs(told), *lifelines, *inside, sense),
    )


def _told(arrow: Arrow) -> str:
    if arrow.digits:
        return say("DTMF {digits} to the contact", digits=arrow.digits)
    if arrow.begins:
        return arrow.text
    if arrow.start is None:
        return say("the PBX {does}", does=arrow.text)
    return say("the {party} {does}", party=arrow.start, does=arrow.text)


@define
class _Ladder:
    """A ladder under way."""

    timeline: Timeline
    rows: Rows
    knots: list[tuple[Milliseconds, float]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.knots = sorted(self.rows.moments.items())

    def y(self, time: Milliseconds) -> float:
        """The height of a moment; between two that are drawn, in between."""
        known = self.rows.moments.get(time)
        if known is not None:
            return known
        before = [knot for knot in self.knots if knot[0] < time]
        after = [knot for knot in self.knots if knot[0] > time]
        if not before or not after:
            return self.knots[-1][1]
        (low, upper), (high, lower) = before[-1], after[0]
        return upper + (lower - upper) * (time - low) / (high - low)

    def shapes(self, told: Sequence[Arrow]) -> list[Shape]:
        """Bars with their words, arrows, the axis."""
        found: list[Shape] = []
        for party in Party:
            found += self._leg(self.timeline.leg(party))
        for arrow, y in zip(told, self.rows.arrows, strict=True):
            data = (
                ("at", at(arrow.at)),
                ("from", str(arrow.start or "pbx")),
                ("to", str(arrow.end or "pbx")),
                ("clauses", " ".join(ids(arrow.clauses))),
                ("text", arrow.text or arrow.digits),
            )
            shapes = tuple(_arrow(arrow, self.y(arrow.at), y))
            found.append(Group("arrow", shapes, data))
        found += self._dtmf(told)
        found += self._axis(told)
        return found

    def hairs(self, told: Sequence[Arrow]) -> Iterator[Shape]:
        """A faint line at each moment."""
        for time in dict.fromkeys(arrow.at for arrow in told):
            y = self.y(time)
            yield Line(_AXIS, y, _X[Party.EMPLOYEE] + _BAR / 2, y, Paint.HAIR)

    def _axis(self, told: Sequence[Arrow]) -> Iterator[Shape]:
        times = list(dict.fromkeys(arrow.at for arrow in told))
        strong = {arrow.at for arrow in told if not arrow.digits}
        first, last = self.y(times[0]), self.y(times[-1])
        yield Line(_AXIS, first, _AXIS, max(last, first + 1), Paint.SECOND)
        for y in self.rows.ticks:
            yield Line(_AXIS, y, _AXIS + 4, y, Paint.SECOND)
        for y in self.rows.gaps:
            corners = ((-5, -1.0), (5, -6.0), (5, 1.0), (-5, 6.0))
            yield Path(tuple((_AXIS + x, y + down) for x, down in corners), Paint.PAGE)
            for shift in (-3.5, 3.5):
                yield Line(_AXIS - 5, y + shift + 2.5, _AXIS + 5, y + shift - 2.5, Paint.SECOND)
        wishes = [self.y(time) - 7 for time in times]
        room = max(wishes[-1] + 14, 14 * len(times) + wishes[0]) + 400
        starts = apart([13.0] * len(times), wishes, wishes[0], room, 1) or wishes
        for time, start in zip(times, starts, strict=True):
            clock = wording.clock(time)
            run = Run(clock, 11.5 if len(clock) < 9 else 10.5, bold=time in strong)
            x, y = _AXIS - 12 - run.width, start + 7
            yield Line(_AXIS - 8, y, _AXIS, self.y(time), Paint.INK)
            yield Text(x, y + 4, (run,), role="time")

    def _dtmf(self, told: Sequence[Arrow]) -> Iterator[Shape]:
        """One name for all digits, beside those in the middle."""
        marks = [
            (arrow, y) for arrow, y in zip(told, self.rows.arrows, strict=True) if arrow.digits
        ]
        if not marks:
            return
        holes = dict.fromkeys(
            clause
            for arrow, _ in marks
            for clause in arrow.clauses
            if clause.basis is Basis.INFERRED
        )
        others = [
            y for arrow, y in zip(told, self.rows.arrows, strict=True) if "employee" in arrow.sides
        ]
        name = Run("DTMF", 11, Paint.SECOND)
        ordered = [y for _, y in marks]
        middle = ordered[len(ordered) // 2]
        choices = sorted(ordered, key=lambda y: abs(y - middle))
        free = [y for y in choices if all(abs(y - other) > 26 for other in others)]
        y = free[0] + 4 if free else max(self.rows.arrows) + 32
        text = Text(_PBX + 10, y, (name, clause_run(tuple(holes), Basis.INFERRED)), 6, "dtmf")
        yield from patched(text, aside=2)

    def _leg(self, leg: Leg) -> Iterator[Shape]:
        x = _X[leg.party]
        way = -1 if leg.party is Party.CONTACT else 1
        beside = x + way * (_BAR / 2 + 13)
        room = beside - _AXIS - 8 if way < 0 else WIDTH - 16 - beside
        blocks: list[_Block] = []
        for segment in leg.segments:
            start, end = self.y(segment.start), self.y(segment.end)
            torn = segment.state is LegState.MESSAGE and not any(
                step.at == segment.end and step.event is MESSAGE_ENDED[leg.party]
                for step in self.timeline.steps
            )
            shapes: list[Shape] = [_bar(x, start, end, segment.state, torn=torn)]
            alone = len(segment.parts) == 1
            named = wording.STATE[segment.state][0]
            word = Run(named, _fitting(named, 12.5, room, least=8, bold=True), bold=True)
            told = wording.length(segment.length)
            length = Run(told, _fitting(told, 12, room, least=8), Paint.SECOND)
            lines: list[Run] = [word, length]
            for part in segment.parts:
                from_, to = self.y(part.start) + 1.5, self.y(part.end) - 1.5
                edge = x + way * (_BAR / 2 + 5.5)
                line = (edge, from_, edge, max(to, from_ + 1))
                if part.basis is Basis.DOCUMENTED:
                    shapes.append(Line(*line, Paint.THIRD, role="ground"))
                    continue
                shapes.append(Line(*line, Paint.INK, 2, DASHED, role="ground"))
                cited = _in_lines(clause_run(part.clauses, part.basis), room)
                if alone:
                    lines += cited
                else:
                    blocks.append(_Block((from_ + to) / 2, cited))
            whole = segment if alone else segment.parts[0]
            middle = (self.y(whole.start) + self.y(whole.end)) / 2
            blocks.append(_Block(middle, tuple(lines)))
            data = (
                ("state", str(segment.state)),
                ("start", at(segment.start)),
                ("end", at(segment.end)),
            )
            yield Group("segment", tuple(shapes), data)
        yield from _set(blocks, beside, way, self.rows)


def _fitting(text: str, size: float, room: float, *, least: float, bold: bool = False) -> float:
    """The size, or one half a pixel after the other less, in which a text has room."""
    while text_width(text, size, bold=bold) > room and size > least:
        size -= 0.5
    return size


def _in_lines(run: Run, room: float) -> tuple[Run, ...]:
    """Clauses in as many lines as they need between the bar and the axis, or the border."""
    return tuple(piece for line in flow((run,), room) for piece in line)


@frozen
class _Block:
    """Words beside a lifeline, around a height."""

    middle: float
    lines: tuple[Run, ...]

    @property
    def height(self) -> float:
        return 15.0 * len(self.lines)


def _set(blocks: Sequence[_Block], x: float, way: int, rows: Rows) -> Iterator[Shape]:
    """Words at their height, or as near as the others allow; then with a leader."""
    ordered = sorted(blocks, key=lambda block: block.middle)
    wishes = [block.middle - block.height / 2 for block in ordered]
    sizes = [block.height for block in ordered]
    if not ordered:
        return
    low = min(rows.moments.values()) - 6
    high = max(rows.bottom + 8, low + sum(sizes) + 4 * len(sizes))
    starts = apart(sizes, wishes, low, high, 3) or wishes
    for block, start in zip(ordered, starts, strict=True):
        middle = start + block.height / 2
        if abs(middle - block.middle) > block.height / 2 + 4:
            yield Line(x - way * 6, block.middle, x - way * 2, middle, Paint.SECOND, 0.8)
        for number, run in enumerate(block.lines):
            left = x if way > 0 else x - run.width
            role = "clauses" if run.italic else "word"
            text = Text(left, start + 11.5 + 15 * number, (run,), role=role)
            yield from patched(text, aside=2, above=1)


def _bar(x: float, start: float, end: float, state: LegState, *, torn: bool) -> Shape:
    sign = SIGN[state]
    left, end = x - _BAR / 2 + 0.5, max(end, start + 1)
    width = _BAR - 1
    if not torn:
        return Rect(left, start, width, end - start, sign.fill, sign.edge, texture=sign.texture)
    deep = min(4.0, (end - start) / 2)
    teeth: list[Point] = [
        (left + width - width / 6 * step, end - deep * (step % 2)) for step in range(7)
    ]
    points = ((left, start), (left + width, start), *teeth)
    return Path(points, sign.fill, sign.edge, texture=sign.texture)


def _arrow(arrow: Arrow, exact: float, y: float) -> Iterator[Shape]:
    """A line from lifeline to lifeline, at the bar at its exact moment, with its words."""
    inferred = bool(arrow.clauses) and basis(arrow.clauses) is Basis.INFERRED
    dash = DASHED if inferred and not arrow.digits else None
    if arrow.begins:
        paint, width = Paint.CONVERSATION, 3.0
    elif arrow.digits:
        paint, width = Paint.SECOND, 1.2
    else:
        paint, width = (Paint.FAILURE if arrow.failed else Paint.INK), 1.5
    left, right = _ends(arrow)
    at_left = y if left == _PBX else exact
    at_right = y if right == _PBX else exact
    yield from _way(left, at_left, right, at_right, y, paint, width, dash)
    heads = [arrow.start, arrow.end] if arrow.begins else [arrow.end]
    for head in heads:
        size = 9.0 if arrow.begins else 7.0
        if head is None:
            x, tip, way = _PBX, y, 1 if arrow.start is Party.EMPLOYEE else -1
        elif head is Party.CONTACT:
            x, tip, way = left, at_left, 1
        else:
            x, tip, way = right, at_right, -1
        half = size / 2
        yield Path(((x, tip), (x + way * size, tip - half), (x + way * size, tip + half)), paint)
    yield from _words(arrow, left, right, y)


def _ends(arrow: Arrow) -> tuple[float, float]:
    contact, employee = _X[Party.CONTACT] + _BAR / 2, _X[Party.EMPLOYEE] - _BAR / 2
    if arrow.begins:
        return contact, employee
    return (contact, _PBX) if arrow.sides == ("contact",) else (_PBX, employee)


def _way(
    left: float,
    at_left: float,
    right: float,
    at_right: float,
    y: float,
    paint: Paint,
    width: float,
    dash: str | None,
) -> Iterator[Shape]:
    """Straight, or with a knee near a bar where the arrow had to stand lower."""
    from_, to = left, right
    if abs(at_left - y) > 0.5:
        from_ = left + _KNEE
        yield Line(left, at_left, from_, y, paint, width, dash)
    if abs(at_right - y) > 0.5:
        to = right - _KNEE
        yield Line(to, y, right, at_right, paint, width, dash)
    yield Line(from_, y, to, y, paint, width, dash, role="arrow")


def _words(arrow: Arrow, left: float, right: float, y: float) -> Iterator[Shape]:
    middle = (left + right) / 2
    if arrow.digits:
        size = _fitting(arrow.digits, 10.5, 130, least=6, bold=True)
        run = Run(arrow.digits, size, bold=True)
        wide = max(run.width + 7, 14.0)
        x = middle + 20 - wide / 2 if wide < 60 else middle - wide / 2
        yield Rect(x, y - 7.5, wide, 15, Paint.PAGE, Paint.SECOND, 3)
        yield Text(x + (wide - run.width) / 2, y + 3.8, (run,), role="key")
        return
    ink = Paint.FAILURE if arrow.failed else Paint.INK
    size = 12.0 if arrow.begins else _fitting(arrow.text, 12, 138, least=8)
    run = Run(arrow.text, size, ink, bold=arrow.begins)
    cited = clause_run(arrow.clauses, basis(arrow.clauses)) if arrow.clauses else None
    if arrow.begins and cited is not None:
        wide = run.width + 8 + cited.width
        text = Text(middle - wide / 2, y - 7, (run, cited), 8, "told")
        yield from patched(text, aside=2, above=1)
        return
    x = middle - run.width / 2
    # Where lines bend, beside the bar, words give way towards the PBX.
    x = min(x, right - _KNEE - 2 - run.width) if left == _PBX else max(x, left + _KNEE + 2)
    told = Text(x, y - 5, (run,), role="told")
    yield from patched(told, aside=2, above=1)
    if cited is not None:
        below = Text(middle - cited.width / 2, y + 13, (cited,), role="clauses")
        yield from patched(below, aside=2, above=1)


# ---------------------------------------------------------------------------- head, lines, legend


def _head(timeline: Timeline, scale: str) -> tuple[list[Shape], float]:
    """Title and the three columns; where the request stands."""
    shapes: list[Shape] = []
    y = 30.0
    for line in flow((Run(wording.title(timeline), 16, bold=True),), WIDTH - 32):
        shapes.append(Text(16, y, line, blank(16), "title"))
        y += 21
    if scale == "true":
        how = say("Who tells whom what, and when: time runs down, to scale.")
    else:
        how = say(
            "Who tells whom what, and when: time runs down, equal steps, "
            "the axis broken at each gap."
        )
    said = Run(how, 12.5, Paint.SECOND)
    shapes.append(Text(16, y + 1, (said,), role="how"))
    y += 38
    request, scenario = timeline.case.request, timeline.case.scenario
    columns = (
        (_X[Party.CONTACT], term("contact"), request.contact),
        (_PBX, term("pbx"), request.virtual_phone_number),
        (
            _X[Party.EMPLOYEE],
            term("employee"),
            scenario.employee_number or say("from the scenario"),
        ),
    )
    for x, name, number in columns:
        bold = Run(name, 14, bold=True)
        small = Run(number, _fitting(number, 11, 140, least=5), Paint.SECOND)
        shapes.append(Text(x - bold.width / 2, y, (bold,), role="party"))
        shapes.append(Text(x - small.width / 2, y + 17, (small,), role="number"))
    return shapes, y + 46


def _lifeline(x: float, top: float, bottom: float) -> Line:
    return Line(x, top, x, bottom, Paint.RULE, 1.5)
