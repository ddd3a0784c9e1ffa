"""The lanes of a narrow page: time runs down, parties are columns.

The axis names the moments; what happened in them stands in the steps. A bar says its word and its
length in the first way that fits; what does not fit has a number, and its words stand below.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, field

from ...call.timeline import Part, Segment, Timeline
from ...draw import wording
from ...draw.catalogue import say
from ...draw.lanes.labels import apart
from ...draw.lanes.lane import clause_run, failure, strokes
from ...draw.lanes.picture import described
from ...draw.lanes.scale import Scale, scale
from ...draw.metrics import text_width
from ...draw.picture_palette import SIGN, Paint
from ...draw.svg import (
    DASHED,
    DOTTED,
    Box,
    Group,
    Line,
    Picture,
    Rect,
    Run,
    Shape,
    Text,
    blank,
    flow,
    patched,
    runs_width,
)
from ...units import seconds
from ...words import Basis, Party
from .shown import Shown, bar, track

#: The axis, the gap between columns (a ground line stands in it), the head.
_AXIS, _BETWEEN, _HEAD = 64.0, 18.0, 42.0
_STRIP = 8.0
_USUAL, _HIGHEST = 560.0, 1500.0
#: So high a bar is for one line of words, and for two.
_ONE, _TWO = 17.0, 34.0


def down(timeline: Timeline, *, pinned: Timeline | None = None, width: int = 350) -> Shown:
    """The lanes of a call, from the top down; ``pinned`` as in `lanes`."""
    return _Down(timeline, pinned, max(width, 260)).draw()


@define
class _Down:
    timeline: Timeline
    pinned: Timeline | None
    width: int
    #: What stands below, and the numbers that lead there: where each begins, and its column's left.
    notes: list[tuple[Run, ...]] = field(factory=list)
    numbers: list[tuple[float, float]] = field(factory=list)
    #: Where words stand; and stretches that are our reading, with their room.
    taken: list[Box] = field(factory=list)
    readings: list[tuple[Part, Segment, Box]] = field(factory=list)

    @property
    def calls(self) -> list[Timeline]:
        return [self.timeline] if self.pinned is None else [self.pinned, self.timeline]

    def draw(self) -> Shown:
        measure = self._measure()
        shapes: list[Shape] = [*self._axis(measure)]
        for number, party in enumerate(Party):
            shapes.append(self._column(party, number, measure))
        shapes += [*self._numbers(measure), *self._digits(measure), *self._readings()]
        y = measure.right + 36
        for note in self.notes:
            for line in flow(note, self.width):
                shapes.append(Text(0, y, line, blank(line[0].size), "foot"))
                y += 17
        picture = Picture(
            self.width,
            round(y),
            wording.title(self.timeline),
            described(self.timeline),
            tuple(shapes),
        )
        return Shown(picture=picture, along="y", track=track(measure), across=(_AXIS, self.width))

    def _measure(self) -> Scale:
        """As high as usual, or as high as the shortest bar needs for its words, within limits."""
        shortest = min(
            (one.length for party in Party for one in self.timeline.leg(party).segments), default=0
        )
        talk = self.timeline.conversation
        whole = max(call.duration for call in self.calls)
        if talk is not None and talk.length * 2 > whole:
            whole = max(whole - talk.length // 2, 1)  # it may be cut
        high = max(_USUAL, min(_ONE * whole / shortest if shortest else 0, _HIGHEST))
        return scale(self.calls, _HEAD, _HEAD + high)

    def _left(self, number: int) -> float:
        wide = (self.width - _AXIS) / 2
        return _AXIS + number * wide + _BETWEEN

    def _right(self, number: int) -> float:
        return _AXIS + (number + 1) * (self.width - _AXIS) / 2 - (0.5 if number else 2)

    # ---------------------------------------------------------------------------------------- axis

    def _axis(self, measure: Scale) -> Iterator[Shape]:
        labels = wording.moments(self.timeline)
        known = {label.at: label for label in labels}
        for segment in (s for p in Party for s in self.timeline.leg(p).segments):
            known.setdefault(segment.start, wording.Label(segment.start, "", None))
        moments = sorted(known.values(), key=lambda label: label.at)
        wishes = [measure.x(moment.at) - 7 for moment in moments]
        tops = apart([14.0] * len(moments), wishes, _HEAD - 8, measure.right + 24, 1)
        if tops is None:  # too many to stand apart: the last stays
            moments, tops = moments[-1:], wishes[-1:]
        yield Line(_AXIS - 0.5, _HEAD, _AXIS - 0.5, measure.right, Paint.THIRD)
        for moment, top in zip(moments, tops, strict=True):
            y = measure.x(moment.at)
            paint = Paint.FAILURE if moment.failed else Paint.INK
            strong = bool(moment.text)
            size, told = 12.0, wording.clock(moment.at)
            while text_width(told, size, bold=strong) > _AXIS - 11:
                size -= 0.5
            run = Run(told, size, paint, bold=strong)
            yield Text(_AXIS - 10 - run.width, top + 11, (run,), role="moment")
            yield Line(_AXIS - 6, y, _AXIS, y, Paint.THIRD)
            if moment.begins_conversation or moment.end:
                wide = 1.5 if moment.begins_conversation else 1
                yield Line(_AXIS, y, self.width, y, paint, wide, role="moment")
            elif strong:
                yield Line(_AXIS, y, self.width, y, Paint.SECOND, 1, DOTTED, role="moment")

    # ------------------------------------------------------------------------------------- columns

    def _column(self, party: Party, number: int, measure: Scale) -> Group:
        left, right = self._left(number), self._right(number)
        leg = self.timeline.leg(party)
        name = Run(say("{party}", party=party), 14, bold=True)
        shapes: list[Shape] = [Text(left, 13, (name,), role="party")]
        caller = leg.caller_id
        if caller is not None:
            shapes += self._caller(caller.number, caller.basis, left, right)
            if caller.basis is Basis.INFERRED:
                holes = tuple(c for c in caller.clauses if c.basis is Basis.INFERRED)
                who = Run(say("{party} sees {number}", party=party, number=caller.number), 12)
                self.notes.append((who, clause_run(holes, Basis.INFERRED)))
        if self.pinned is not None:
            strip = tuple(
                bar(s, left, measure.x(s.start), left + _STRIP, measure.x(s.end))
                for s in self.pinned.leg(party).segments
            )
            for letter, x in (("A", left), ("B", left + _STRIP + 8)):
                run = Run(letter, 11, bold=True)
                shapes.append(Text(x, _HEAD - 3, (run,), role="letter"))
            if strip:
                shapes.append(Group("strip", strip, (("party", str(party)),)))
            left += _STRIP + 4
        if not leg.segments:
            run = Run(wording.never_rang(leg), 12, Paint.SECOND)
            shapes.append(Text(left, _HEAD + 16, (run,), role="idle"))
        for segment in leg.segments:
            shapes.append(self._segment(party, segment, left, right, measure))
        if wording.caused_failure(self.timeline, party):
            shapes += failure(right - 12, measure.x(self.timeline.duration) + 12)
        return Group("lane", tuple(shapes), (("party", str(party)),))

    def _caller(self, number: str, basis: Basis, left: float, right: float) -> Iterator[Shape]:
        size = 11.0
        text = say("sees {number}", number=number)
        while text_width(text, size) > right - left and size > 7:
            size -= 0.5
        run = Run(text, size, Paint.SECOND, italic=basis is Basis.INFERRED)
        yield Text(left, 28, (run,), role="caller")

    def _segment(
        self, party: Party, segment: Segment, left: float, right: float, measure: Scale
    ) -> Group:
        top, bottom = measure.x(segment.start), measure.x(segment.end)
        shapes: list[Shape] = [bar(segment, left, top, right, bottom)]
        cut = measure.cut
        if cut is not None and top < cut.left < bottom:
            shapes += [_turned(shape) for shape in strokes(cut.left, cut.right, left - 4, right)]
            bottom = cut.left
        words = list(self._words(segment, left, right, top, bottom))
        if not words:
            number = len(self.numbers) + 1
            self.numbers.append(((top + bottom) / 2, left))
            self.notes.append(
                (
                    Run(f"{number} {say('{party}', party=party)}:", 12),
                    Run(wording.STATE[segment.state][0], 12, bold=True),
                    Run(wording.length(segment.length), 12),
                    clause_run(segment.clauses, segment.basis),
                )
            )
        shapes += words
        for part in segment.parts:
            shapes += self._ground(part, segment, left, right, measure, named=bool(words))
        data = (
            ("state", str(segment.state)),
            ("start", f"{seconds(segment.start):g}"),
            ("end", f"{seconds(segment.end):g}"),
        )
        return Group("segment", tuple(shapes), data)

    def _words(
        self, segment: Segment, left: float, right: float, top: float, bottom: float
    ) -> Iterator[Shape]:
        sign = SIGN[segment.state]
        full, short = wording.STATE[segment.state]
        told = wording.length(segment.length)
        word, brief = (Run(text, 12.5, sign.word, bold=True) for text in (full, short))
        length = Run(told, 12.5, sign.word)
        high, wide, middle = bottom - top, right - left, (top + bottom) / 2
        for lines in (((word,), (length,)), ((word, length),), ((brief, length),), ((brief,),)):
            needs = _TWO if len(lines) == 2 else _ONE - 3
            widest = max(runs_width(runs, 5) for runs in lines)
            if high < needs or widest + 8 > wide:
                continue
            y = middle - 3.5 if len(lines) == 2 else middle + 4.5
            for number, runs in enumerate(lines):
                x = (left + right - runs_width(runs, 5)) / 2
                text = Text(x, y + 17 * number, runs, 5, "word")
                self.taken.append(text.box)
                yield from patched(text, sign.fill, above=1) if sign.texture else (text,)
            return

    def _ground(
        self,
        part: Part,
        segment: Segment,
        left: float,
        right: float,
        measure: Scale,
        *,
        named: bool,
    ) -> Iterator[Shape]:
        """The line left of a stretch; inferred clauses stand on the bar if they find room."""
        top, bottom = measure.x(part.start), measure.x(part.end)
        x = left - 5.5
        if self.pinned is not None:
            x = left - 2
        inferred = part.basis is Basis.INFERRED
        paint, wide = (Paint.INK, 2) if inferred else (Paint.THIRD, 1)
        low = max(bottom - 1.5, top + 1)
        yield Line(x, min(top + 1.5, low - 1), x, low, paint, wide, DASHED if inferred else None)
        if inferred and named:
            self.readings.append((part, segment, (left, top, right, bottom)))

    def _readings(self) -> Iterator[Shape]:
        """What says that a stretch is our reading: on the bar if it finds room, else below."""
        for part, segment, (left, top, right, bottom) in self.readings:
            run = clause_run(part.clauses, part.basis)
            run = Run(run.text, 11, SIGN[segment.state].word, italic=True)
            middle = (top + bottom) / 2
            spots = [Text(left + 7, y, (run,), role="clauses") for y in (top + 15, middle + 38)]
            free = (
                text
                for text in spots
                if text.box[3] + 2 <= bottom
                and text.box[2] + 4 <= right
                and not self._meets_something(text)
            )
            found = next(free, None)
            if found is not None:
                self.taken.append(found.box)
                yield from patched(found, SIGN[segment.state].fill, aside=3, above=1)
                continue
            said = Run(wording.STATE[segment.state][0], 12, bold=True)
            clauses = clause_run(part.clauses, part.basis)
            self.notes.append((Run(wording.clock(part.start), 12), said, clauses))

    def _meets_something(self, text: Text) -> bool:
        left, top, right, bottom = text.box
        return any(
            left - 5 < other[2]
            and other[0] < right + 5
            and top - 3 < other[3]
            and other[1] < bottom + 3
            for other in self.taken
        )

    def _numbers(self, measure: Scale) -> Iterator[Shape]:
        """The numbers of what stands below, beside the bars that have no room for words."""
        for left in dict.fromkeys(left for _, left in self.numbers):
            own = [(n, y) for n, (y, at) in enumerate(self.numbers, 1) if at == left]
            wishes = [y - 6 for _, y in own]
            tops = apart([12.0] * len(own), wishes, _HEAD, measure.right + 24, 1)
            for (number, _), top in zip(own, tops or wishes, strict=True):
                run = Run(str(number), 9, bold=True)
                text = Text(left + 5, top + 9, (run,), role="number")
                self.taken.append(text.box)
                yield from patched(text, aside=2, above=1)

    # ---------------------------------------------------------------------------------------- DTMF

    def _digits(self, measure: Scale) -> Iterator[Shape]:
        sent = [mark for mark in self.timeline.dtmf if mark.sent]
        right = self._right(0)
        if sent:
            highs = [15.0] * len(sent)
            wishes = [measure.x(mark.at or 0) - 7.5 for mark in sent]
            tops = apart(highs, wishes, _HEAD, measure.right + 20, 1)
            digits = "".join(mark.digits for mark in sent)
            caps = [
                _cap(mark.digits, right - 6, top, seconds(mark.at or 0))
                for mark, top in zip(sent, tops or (), strict=False)
            ]
            keys = [text for cap in caps for text in cap.shapes if isinstance(text, Text)]
            short = all(len(mark.digits) <= 6 for mark in sent)
            if short and not any(map(self._meets_something, keys)):
                self.taken += [key.box for key in keys]
                yield from caps
            begin = say("to the contact, from {moment} on", moment=wording.moment(sent[0].at or 0))
            words = (Run("DTMF", 12, bold=True), Run(digits, 12), Run(begin, 12))
            self.notes.append((*words, clause_run(sent[0].clauses, sent[0].basis)))
        unsent = [mark for mark in self.timeline.dtmf if not mark.sent]
        if unsent:
            digits = "".join(mark.digits for mark in unsent)
            words = (Run("DTMF", 12, bold=True), Run(digits, 12), Run(say("not sent"), 12))
            self.notes.append((*words, clause_run(unsent[0].clauses, unsent[0].basis)))


def _cap(digits: str, right: float, top: float, at: float) -> Group:
    run = Run(digits, 10.5, bold=True)
    wide = max(run.width + 8, 18)
    box = Rect(right - wide, top, wide, 15, Paint.PAGE, Paint.SECOND, 3)
    text = Text(right - wide / 2 - run.width / 2, top + 11.3, (run,), role="key")
    return Group("mark", (box, text), (("at", f"{at:g}"), ("digits", digits), ("sent", "true")))


def _turned(shape: Shape) -> Shape:
    """A shape with its axes changed: strokes across a column."""
    from ...draw.svg import Path

    if isinstance(shape, Path):
        points = tuple((y, x) for x, y in shape.points)
        return Path(points, shape.fill, shape.edge, shape.texture, shape.width, shape.closed)
    if isinstance(shape, Line):
        return Line(
            shape.y1, shape.x1, shape.y2, shape.x2, shape.paint, shape.width, shape.dash, shape.role
        )
    return shape
