"""The machine in the rows of a page: a state is one row of two chips, parties are named once.

It is drawn from the same chart as the diagrams, as wide as its columns need, without Graphviz: a
page is drawn again with every change. Hang-ups and unreached parties stand in one line, but for the
one by which the shown call ends.

Every state has its name in the data, and every arrow the moment at which the call takes it, so that
the page can light what is now and dim what is still to come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...clauses import cite
from ...draw import wording
from ...draw.catalogue import say
from ...draw.chart import Arrow, Chart, Place
from ...draw.picture_palette import SIGN, Paint
from ...draw.svg import DASHED, Group, Line, Path, Picture, Rect, Run, Shape, Text, flow, runs_width
from ...units import seconds
from ...words import Basis, LegState, Party
from .shown import Shown

_CHIP, _CHIP_HIGH, _PAD = 100.0, 22.0, 4.0
_CARD = 2 * _CHIP + 3 * _PAD
_CARD_HIGH = _CHIP_HIGH + 2 * _PAD
_GAP, _TOP = 26.0, 24.0
#: From a column to the next: room for the words on an arrow that goes down.
_COLUMN = _CARD + 168


def machine(chart: Chart) -> Shown:
    """The machine with the path of the call that the chart shows."""
    drawing = _Rows(chart)
    shapes = drawing.draw()
    right = max(shape.box[2] for shape in shapes)
    bottom = max(shape.box[3] for shape in shapes)
    said = "; ".join(
        f"{wording.moment(arrow.at or 0)} {arrow.event}: {arrow.target}" for arrow in chart.path
    )
    picture = Picture(
        max(round(right) + 6, 300),
        round(bottom) + 4,
        say("State machine: {settings}", settings=chart.title),
        say("The call: {path}.", path=said) if said else "",
        tuple(shapes),
    )
    return Shown(picture=picture)


class _Rows:
    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.shift = 0.0

    def draw(self) -> list[Shape]:
        shapes: list[Shape] = []
        for column in range(self.chart.columns):
            for side, party in enumerate(Party):
                middle = self.left(column) + _PAD + _CHIP / 2 + side * (_CHIP + _PAD)
                run = Run(say("{party}", party=party), 11, Paint.SECOND)
                shapes.append(Text(middle - run.width / 2, 14, (run,), role="party"))
        between = self.chart.between()
        for (source, target), arrows in between.items():
            if not arrows[0].failure:
                ends = self.chart.place(source), self.chart.place(target)
                shapes.append(self.arrow(*ends, arrows))
        failure = self.chart.failure
        if failure is not None:
            shapes.append(self.failure(failure, max(shape.box[2] for shape in shapes) + 10))
        shapes += [self.card(place) for place in self.chart.places]
        shapes += self.others(max(shape.box[3] for shape in shapes) + 20)
        return shapes

    def left(self, column: int) -> float:
        return 20.5 + column * _COLUMN

    def top(self, row: int) -> float:
        return _TOP + row * (_CARD_HIGH + _GAP) + 0.5

    # -------------------------------------------------------------------------------------- states

    def card(self, place: Place) -> Group:
        left, top = self.left(place.column), self.top(place.row)
        failed = self.chart.failure is not None and place.state == self.chart.failure.target
        edge = Paint.THIRD if place.on_path else Paint.RULE
        shapes: list[Shape] = [
            Rect(left - 3, top - 3, _CARD + 6, _CARD_HIGH + 6, None, Paint.PAGE, 8, edge_width=2),
            Rect(
                left,
                top,
                _CARD,
                _CARD_HIGH,
                Paint.PAGE,
                Paint.FAILURE if failed else edge,
                6,
                edge_width=1.6 if failed else 1,
            ),
        ]
        for side, party in enumerate(Party):
            x = left + _PAD + side * (_CHIP + _PAD)
            shapes += _chip(place.state.leg(party), x, top + _PAD, filled=place.on_path)
        kind = "state on-path" if place.on_path else "state"
        return Group(kind, tuple(shapes), (("state", str(place.state)),))

    # -------------------------------------------------------------------------------------- arrows

    def arrow(self, start: Place, end: Place, arrows: Sequence[Arrow]) -> Group:
        taken = next((arrow for arrow in arrows if arrow.on_path), None)
        shown = taken or arrows[0]
        paint = Paint.INK if taken else Paint.THIRD
        width = 1.8 if taken else 1.0
        dash = "5 3" if shown.basis is Basis.INFERRED else None
        middle = self.left(start.column) + _CARD / 2
        foot = self.top(start.row) + _CARD_HIGH
        if shown.right:
            return self.sideways(start, end, shown, paint, width, dash)
        goal = self.top(end.row)
        target = self.left(end.column) + _CARD / 2
        shapes: list[Shape]
        if start.column == end.column:
            shapes = [Line(middle, foot, middle, goal - 3, paint, width, dash)]
            shapes.append(_head(middle, goal, paint))
        else:  # the second column's way to the conversation
            low = goal + _CARD_HIGH / 2
            edge = self.left(end.column) + _CARD
            shapes = [
                Line(middle, foot, middle, low, paint, width, dash),
                Line(middle, low, edge + 3, low, paint, width, dash),
                Path(((edge + 1, low), (edge + 8, low - 4), (edge + 8, low + 4)), paint),
            ]
            target = middle
        x = (middle if start.column == end.column else target) + 9
        shapes += self.words(arrows, taken, x, foot + _GAP / 2 + 4, paint)
        return Group(*self.named(shown, taken, shapes))

    def sideways(
        self, start: Place, end: Place, arrow: Arrow, paint: Paint, width: float, dash: str | None
    ) -> Group:
        y = self.top(start.row) + _CARD_HIGH / 2
        left, right = self.left(start.column) + _CARD, self.left(end.column)
        shapes: list[Shape] = [
            Line(left, y, right - 3, y, paint, width, dash),
            Path(((right, y), (right - 7, y - 4), (right - 7, y + 4)), paint),
        ]
        taken = arrow if arrow.on_path else None
        shapes += self.beside(arrow, taken, left + 10, y, paint)
        return Group(*self.named(arrow, taken, shapes))

    def words(
        self, arrows: Sequence[Arrow], taken: Arrow | None, x: float, y: float, paint: Paint
    ) -> Iterator[Shape]:
        yield Text(x, y, tuple(self.runs(arrows, taken, paint)), 5, "arrow-words")

    def runs(self, arrows: Sequence[Arrow], taken: Arrow | None, paint: Paint) -> list[Run]:
        """What an arrow says; what it rests on stands last."""
        shown = taken or arrows[0]
        runs: list[Run] = []
        if taken is not None:
            runs.append(Run(wording.clock(taken.at or 0), 11, paint, bold=True))
            runs.append(Run(taken.event, 11, paint))
        else:
            runs.append(Run(", ".join(arrow.event for arrow in arrows[:1]), 11, Paint.SECOND))
            if len(arrows) > 1:
                runs.append(Run(say("or {count} more", count=len(arrows) - 1), 11, Paint.SECOND))
        because = shown.because[0]
        inferred = because.basis is Basis.INFERRED
        cited = cite(because.clauses) + (f" {say('inferred')}" if inferred else "")
        return [*runs, Run(cited, 10, Paint.SECOND, italic=inferred)]

    def beside(
        self, arrow: Arrow, taken: Arrow | None, x: float, y: float, paint: Paint
    ) -> Iterator[Shape]:
        """The words of an arrow that goes right: the event over it, what says so below."""
        *event, because = self.runs((arrow,), taken, paint)
        size = 11.0
        while runs_width(event, 5) > _COLUMN - _CARD - 20 and size > 7:
            size -= 0.5
            event = [Run(run.text, size, run.paint, run.bold) for run in event]
        yield Text(x, y - 7, tuple(event), 5, "arrow-words")
        yield Text(x, y + 14, (because,), role="arrow-words")

    def named(
        self, arrow: Arrow, taken: Arrow | None, shapes: Sequence[Shape]
    ) -> tuple[str, tuple[Shape, ...], tuple[tuple[str, str], ...]]:
        data = [("from", str(arrow.source)), ("event", str(arrow.event))]
        if taken is not None:
            data.append(("at", f"{seconds(taken.at or 0):g}"))
        kind = "arrow on-path" if taken is not None else "arrow"
        return kind, tuple(shapes), tuple(data)

    def failure(self, arrow: Arrow, right: float) -> Group:
        """The arrow by which the call fails, down to the end: left or right of everything."""
        start, end = self.chart.place(arrow.source), self.chart.place(arrow.target)
        edge, sides = right, (self.left(start.column) + _CARD, self.left(end.column) + _CARD)
        if start.column == end.column:
            edge, sides = self.left(0) - 13, (self.left(start.column), self.left(end.column))
        y, low = self.top(start.row) + _CARD_HIGH / 2, self.top(end.row) + _CARD_HIGH / 2
        dash = DASHED if arrow.basis is Basis.INFERRED else None
        way = 1 if sides[1] < edge else -1
        paint = Paint.FAILURE
        shapes: list[Shape] = [
            Line(sides[0], y, edge, y, paint, 1.8, dash),
            Line(edge, y, edge, low, paint, 1.8, dash),
            Line(edge, low, sides[1] + 3 * way, low, paint, 1.8, dash),
            Path(
                (
                    (sides[1], low),
                    (sides[1] + 7 * way, low - 4),
                    (sides[1] + 7 * way, low + 4),
                ),
                paint,
            ),
        ]
        foot = self.top(end.row) + _CARD_HIGH + 16
        shapes += self.words((arrow,), arrow, self.left(0), foot, paint)
        return Group(*self.named(arrow, arrow, shapes))

    def others(self, y: float) -> Iterator[Shape]:
        """All ways to fail in one line: they leave every state in which somebody waits."""
        kinds = [kind for kind, _ in self.chart.failures]
        if not kinds:
            return
        text = say(
            "Before the conversation {events} lead to {end}.",
            events=", ".join(kinds),
            end=f"{LegState.RELEASED}/{LegState.RELEASED}",
        )
        room = self.left(self.chart.columns - 1) + _CARD + 90
        for line in flow((Run(text, 11, Paint.SECOND),), room):
            yield Text(20, y, line, role="others")
            y += 15


def _chip(state: LegState, x: float, y: float, *, filled: bool) -> Iterator[Shape]:
    sign = SIGN[state]
    plain = not filled or state is LegState.IDLE
    if not plain:
        edge = sign.fill if state is LegState.RELEASED else sign.edge
        yield Rect(x + 0.5, y + 0.5, _CHIP - 1, _CHIP_HIGH - 1, sign.fill, edge, 4)
    quiet = plain or state is LegState.RELEASED
    run = Run(state.value, 11, Paint.SECOND if quiet else sign.word, bold=not quiet)
    yield Text(x + (_CHIP - run.width) / 2, y + 15, (run,), role="chip")


def _head(x: float, y: float, paint: Paint) -> Path:
    return Path(((x, y), (x - 4, y - 7), (x + 4, y - 7)), paint)
