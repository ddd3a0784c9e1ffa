"""Every way in which one set-up can go, as one picture: small lanes under each other on one clock.

Grouped by outcome, each group under an axis of its own, so that no reader has to look far for it.
Left of the lanes stands what people do, right of them how long each party waits and what it hears.
What is our reading stays dashed, and who keeps a call from its conversation has the failure's sign.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor

from ..call.timeline import Part, Segment, Timeline
from ..words import Basis, LegState, Outcome, Party
from . import wording
from .catalogue import capital, say, term
from .deeds import OUTCOME, heard
from .lanes.lane import Frame, cross, strokes
from .lanes.picture import legend
from .lanes.scale import Scale, spread, ticks
from .metrics import text_width
from .picture_palette import SIGN, Paint, Theme
from .strips import Strip, Strips
from .svg import (
    DASHED,
    Circle,
    Group,
    Line,
    Path,
    Picture,
    Point,
    Rect,
    Run,
    Shape,
    Text,
    blank,
    flow,
    patched,
)

_NARROWEST = 720
_MARGIN = 16.0
#: Left of the lanes: the number, what people do, the parties.
_DISC, _WORDS, _PARTIES, _GAP = 26.0, 184.0, 56.0, 14.0
#: Right of them: the sign of a failure, how long a party waits, what it hears.
_SIGN, _WAITS, _HEARD = 24.0, 44.0, 154.0
#: A lane: the bar, and from bar to bar.
_BAR, _LANE = 18.0, 26.0
_LINE = 15.0
_BETWEEN = 16.0
_WORD_SIZE, _SIZE, _SMALL = 10.5, 12.0, 11.0
_TOOTH = 3.0


def ways_svg(strips: Strips, *, theme: Theme = "auto", width: int = 880) -> str:
    """The ways as an SVG document.

    Args:
        strips: the calls.
        theme: ``auto`` is light, and dark where the viewer prefers dark.
        width: of the whole picture, pixels; less than 720 are taken as 720.
    """
    return ways_picture(strips, width=width).svg(theme)


def ways_picture(strips: Strips, *, width: int = 880) -> Picture:
    """The ways, laid out."""
    width = max(width, _NARROWEST)
    room = Frame(_MARGIN, width - _MARGIN)
    left = floor(_MARGIN + _DISC + _WORDS + _GAP + _parties()) + 0.5
    right = floor(room.right - _HEARD - _WAITS - _GAP - _SIGN) + 0.5
    shown = strips.shown
    measure = Scale(left, right, shown, (right - left) / shown if shown else 0.0)
    layout = _Layout(strips, room, measure)

    shapes, y = layout.head()
    for outcome, group in strips.groups():
        laid, y = layout.group(outcome, group, y)
        shapes += laid
    foot, y = layout.foot(y)
    said = (
        f"{number}: {strip.deed}. {wording.outcome(strip.timeline)}."
        for number, strip in enumerate(strips.strips, 1)
    )
    return Picture(
        width,
        round(y),
        f"{strips.title()}: {strips.count()}",
        f"{strips.setup()}. {' '.join(said)}",
        (*shapes, *foot),
    )


class _Layout:
    """Places for everything, from the top down."""

    def __init__(self, strips: Strips, room: Frame, measure: Scale) -> None:
        self.strips = strips
        self.room = room
        self.measure = measure
        self.waits = measure.right + _SIGN + _WAITS
        self.common = strips.common

    # ------------------------------------------------------------------------------------- head

    def head(self) -> tuple[list[Shape], float]:
        """The name of the set-up, how many ways it has, what is the same in all of them."""
        shapes: list[Shape] = []
        y = 30.0
        for run, line, role in (
            (Run(self.strips.title(), 16, bold=True), 21.0, "title"),
            (Run(f"{self.strips.count()}: {self.strips.counts()}", 13), 18.0, "sentence"),
            (Run(self.strips.setup(), _SIZE, Paint.SECOND), 16.0, "setup"),
        ):
            told, y = self._flow(run, y, line, role)
            shapes += told
        for clause in self.common:
            text = say(
                "{clause} inferred, in all of them: {reading}",
                clause=clause.id,
                reading=wording.reading(clause),
            )
            run = Run(text, _SIZE, Paint.SECOND, italic=True)
            told, y = self._flow(run, y, 16.0, "common")
            shapes += told
        return shapes, y + 4

    def _flow(self, run: Run, y: float, line: float, role: str) -> tuple[list[Shape], float]:
        shapes: list[Shape] = []
        for runs in flow((run,), self.room.right - self.room.left):
            shapes.append(Text(self.room.left, y, runs, blank(run.size), role))
            y += line
        return shapes, y

    # ----------------------------------------------------------------------------------- groups

    def group(
        self, outcome: Outcome, group: Sequence[tuple[int, Strip]], y: float
    ) -> tuple[list[Shape], float]:
        """All strips of one outcome under their heading and axis."""
        top = y + 22
        good = outcome is Outcome.CONVERSATION
        name = Run(capital(say(OUTCOME[outcome])), 13.5, Paint.INK, bold=True)
        shapes: list[Shape] = []
        x = self.room.left
        if not good:
            shapes += _failure(x + 7, top - 4.5)
            x += 20
        axis, grid = self._axis(top, good=good)
        ways = Run(wording.many(len(group), "way"), _SIZE, Paint.SECOND)
        unit = next(shape for shape in axis if isinstance(shape, Text))
        name = _fitting(name, unit.x - x - ways.width - 15)
        shapes.append(Text(x, top, (name, ways), 7, "group"))
        strips: list[Shape] = []
        y = top + 10
        for number, strip in group:
            if number != group[0][0]:
                strips.append(Line(self.room.left, y + 0.5, self.room.right, y + 0.5, Paint.HAIR))
            laid, y = self._strip(number, strip, y + _BETWEEN / 2)
            strips.append(laid)
            y = round(y + _BETWEEN / 2)
        lines = tuple(Line(x, top + 10, x, y, Paint.HAIR) for x in grid)
        whole = Group("outcome", (*lines, *shapes, *axis, *strips), (("outcome", str(outcome)),))
        return [whole], y

    def _axis(self, top: float, *, good: bool) -> tuple[list[Shape], tuple[float, ...]]:
        """The line under a heading with its moments, and the heads of the columns."""
        unit, marks = ticks(self.measure)
        y = top + 9.5
        shapes: list[Shape] = [Line(self.room.left, y, self.room.right, y, Paint.SECOND)]
        shapes += [Line(mark.x, y - 4, mark.x, y, Paint.SECOND) for mark in marks]
        words = Run(unit, _SMALL, Paint.SECOND)
        left = self.measure.left - 12 - words.width
        shapes.append(Text(left, top, (words,), role="unit"))
        shapes += [
            Text(x, top, (Run(text, _SMALL, Paint.SECOND),), role="tick")
            for x, text in spread(marks, self.measure.left - 6, self.measure.right + 6)
        ]
        waits = Run(say("waits") if good else say("in vain"), _SMALL, Paint.SECOND)
        shapes.append(Text(self.waits - waits.width, top, (waits,), role="head"))
        hears = Run(say("hears"), _SMALL, Paint.SECOND)
        shapes.append(Text(self.waits + _GAP, top, (hears,), role="head"))
        return shapes, tuple(mark.x for mark in marks)

    # ----------------------------------------------------------------------------------- strips

    def _strip(self, number: int, strip: Strip, top: float) -> tuple[Group, float]:
        """What people do, both lives, what they hear; and where that ends."""
        shapes: list[Shape] = [*self._number(number, strip, top)]
        y = top + 13
        for line in flow(tuple(self._words(strip)), _WORDS):
            shapes.append(Text(self.room.left + _DISC, y, line, blank(line[0].size), "deed"))
            y += _LINE
        for place, party in enumerate(Party):
            lane = self._lane(strip.timeline, party, top + _LANE * place)
            shapes.append(Group("lane", tuple(lane), (("party", str(party)),)))
        data = (("number", str(number)), ("own", "true" if strip.own else "false"))
        return Group("call", tuple(shapes), data), max(y - 10, top + 2 * _LANE - 1)

    def _number(self, number: int, strip: Strip, top: float) -> Iterator[Shape]:
        """The number; the case's own on a disc of ink."""
        run = Run(str(number), _SMALL, Paint.PAGE if strip.own else Paint.SECOND, bold=strip.own)
        x = self.room.left + 9
        if strip.own:
            yield Circle(x, top + 9, 9, Paint.INK)
        yield Text(x - run.width / 2, top + 13, (run,), role="number")

    def _words(self, strip: Strip) -> Iterator[Run]:
        yield Run(strip.deed, _SIZE, bold=strip.own)
        if strip.own:
            yield Run(say("(as the case has it)"), _SMALL, Paint.SECOND)
        inferred = tuple(clause for clause in strip.inferred if clause not in self.common)
        if inferred:
            cited = wording.cited(inferred, Basis.INFERRED)
            yield Run(cited, _WORD_SIZE, Paint.SECOND, italic=True)
        elif not self.common:
            yield Run(say("documented"), _WORD_SIZE, Paint.SECOND)

    def _lane(self, call: Timeline, party: Party, top: float) -> Iterator[Shape]:
        measure, leg = self.measure, call.leg(party)
        base = top + _BAR / 2 + 4
        name = Run(term(party), _SMALL, Paint.SECOND)
        yield Text(measure.left - _parties(), base, (name,), role="party")
        for segment in leg.segments:
            torn = wording.cut_short(call, party, segment)
            yield Group("segment", tuple(self._bar(segment, top, torn=torn)))
        if wording.caused_failure(call, party):
            yield from _failure(measure.x(call.duration) + 12, top + _BAR / 2)
        talks, waited = call.conversation is not None, leg.figures.waited
        if waited is not None:
            paint = Paint.INK if talks else Paint.FAILURE
            run = _fitting(Run(wording.clock(waited), _SIZE, paint, bold=not talks), _WAITS)
            yield Text(self.waits - run.width, base, (run,), role="waits")
        told = _fitting(Run(heard(call, party), _SMALL), _HEARD - _GAP)
        yield Text(self.waits + _GAP, base, (told,), role="heard")

    # ------------------------------------------------------------------------------------- bars

    def _bar(self, segment: Segment, top: float, *, torn: bool) -> Iterator[Shape]:
        sign, measure = SIGN[segment.state], self.measure
        start, end = measure.x(segment.start), measure.x(segment.end)
        end = max(end, start + 1)
        beyond = segment.end > measure.duration and end - start > 16
        if torn:
            deep = min(_TOOTH, (end - start) / 2)
            teeth: list[Point] = [(end - deep * (step % 2), top + 3 * step) for step in range(7)]
            edge = ((start, top), *teeth, (start, top + _BAR))
            yield Path(edge, sign.fill, sign.edge, texture=sign.texture)
        else:
            yield Rect(start, top, end - start, _BAR, sign.fill, sign.edge, texture=sign.texture)
        if beyond:
            yield from strokes(end - 12, end - 6, top - 3, top + _BAR + 3)
        room = end - start - (16 if beyond else _TOOTH if torn else 0)
        run = self._word(segment, room)
        if run is not None:
            text = Text(start + (room - run.width) / 2, top + 12.7, (run,), role="word")
            if sign.texture is None:
                yield text
            else:
                yield from patched(text, sign.fill, aside=min(4, (room - run.width) / 2 - 1))
        for part in segment.parts:
            yield self._ground(part, top)

    def _word(self, segment: Segment, room: float) -> Run | None:
        """Word and length, or the word, in the first way that fits."""
        full, short = wording.STATE[segment.state]
        length = wording.clock(segment.length)
        for text in (f"{full} {length}", f"{short} {length}", full, short):
            run = Run(text, _WORD_SIZE, SIGN[segment.state].word, bold=True)
            if run.width + 6 <= room:
                return run
        return None

    def _ground(self, part: Part, top: float) -> Line:
        start, end = self.measure.x(part.start), self.measure.x(part.end)
        gap = 1.5 if end - start > 6 else 0.0
        from_, to = start + gap, max(end - gap, start + gap + 1)
        y = top + _BAR + 4
        if part.basis is Basis.INFERRED:
            return Line(from_, y, to, y, Paint.INK, 2, DASHED, role="ground")
        return Line(from_, y + 0.5, to, y + 0.5, Paint.THIRD, role="ground")

    # ------------------------------------------------------------------------------------- foot

    def foot(self, y: float) -> tuple[list[Shape], float]:
        """What cannot be, what the signs mean."""
        shapes: list[Shape] = []
        if self.strips.barred:
            y += 22
            run = Run(self.strips.missing(), 13.5, bold=True)
            shapes.append(Text(self.room.left, y, (run,), role="group"))
            y += 20
            for why, deeds in self.strips.barred:
                for text, paint in ((why, Paint.SECOND), *((what, Paint.INK) for what in deeds)):
                    told, y = self._flow(Run(text, _SIZE, paint), y, 16.0, "barred")
                    shapes += told
        y += 22
        run = Run(
            say("Times are the case's own where they lead there, else chosen to be read."),
            _SMALL,
            Paint.SECOND,
        )
        told, y = self._flow(run, y, 18.0, "note")
        shapes += told
        shapes += self._states(y + 2)
        y += 24
        shapes.append(Group("legend", tuple(legend(self.room.left, self.room.right, y))))
        return shapes, y + 16

    def _states(self, base: float) -> Iterator[Shape]:
        """Short bars can be without a word, so each state is named once."""
        x = self.room.left
        for state in (
            LegState.DIALING,
            LegState.DIALING_MUSIC,
            LegState.MESSAGE,
            LegState.CONVERSATION,
        ):
            sign = SIGN[state]
            run = Run(wording.STATE[state][0], _SMALL, Paint.SECOND)
            yield Rect(
                floor(x) + 0.5, base - 9.5, 24, 12, sign.fill, sign.edge, texture=sign.texture
            )
            yield Text(x + 31, base, (run,), role="legend")
            x += 31 + run.width + 20
        yield from _failure(x + 7, base - 4)
        yield Text(x + 20, base, (Run(say("ends it"), _SMALL, Paint.SECOND),), role="legend")


def _parties() -> float:
    """The room for the names of the parties, left of the lanes."""
    return max(_PARTIES, *(text_width(term(party), _SMALL) + 4.4 for party in Party))


def _fitting(run: Run, room: float) -> Run:
    """The same words, in smaller letters if they are too many for a room."""
    while run.width > room:
        run = Run(run.text, run.size - 0.5, run.paint, run.bold)
    return run


def _failure(x: float, y: float) -> Iterator[Shape]:
    """A small ring with a cross."""
    yield Circle(x, y, 6, Paint.PAGE, Paint.FAILURE, 1.5)
    yield from cross(x, y, 2.4)
