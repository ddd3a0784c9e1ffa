"""The lanes of a call as cells: bars, the ground they stand on, DTMF, waits, moments, and the axis.

What is drawn first keeps its cells; the lines of the moments are drawn last, under everything.
Nothing is cut and nothing is nameless: what finds no room gets a raised number and a footnote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from attrs import define, field

from ...call.timeline import Leg, Mark, Part, Segment, Timeline
from ...clauses import cite
from ...words import Basis, LegState, Party
from .. import wording
from ..catalogue import say, term
from ..grid import Grid, Line, Run, Style, line, wrap
from ..palette import Role
from .labels import Spot, place
from .scale import Scale, scale, spread, ticks

if TYPE_CHECKING:
    from ...call.difference import Stretch


class Glyphs(NamedTuple):
    """The characters of a drawing; ``fills`` and ``dashes`` repeat."""

    fills: dict[LegState, str]
    ground: str
    dashes: str
    dotted: str
    solid: str
    heavy: str
    strokes: str
    axis: str
    tick: str
    left: str
    dash: str
    right: str
    heavy_right: str
    cross: str
    pointer: str
    differs: str
    raised: str


_DOT = " · "
_FARTHEST = 4  # cells that a digit may stand beside its own
_FILLS = {
    LegState.DIALING: "░",
    LegState.DIALING_MUSIC: "╱",
    LegState.MESSAGE: " ",
    LegState.CONVERSATION: " ",
}
_LINES = ("─", "╌", "┆", "│", "┃", "╱╱", "─", "┴", "├", "─", "┤", "┨", "×", "▾", "━", "¹²³⁴⁵⁶⁷⁸⁹")
_COLOUR = Glyphs(_FILLS, *_LINES)
_INK = Glyphs(_FILLS | {LegState.MESSAGE: "▒", LegState.CONVERSATION: "█"}, *_LINES)
_ASCII = Glyphs(
    dict(zip(_FILLS, ".~=#", strict=True)),
    *("_", "- ", ":", "|", "|", "//", "-", "+", "<", "-", ">", ">", "x", "v", "*", "123456789"),
)
#: The characters of each style.
GLYPHS = {Style.COLOUR: _COLOUR, Style.INK: _INK, Style.ASCII: _ASCII, Style.BARE: _ASCII}

#: Of each state the role of its fill, of its word, and of what else stands on it.
ROLES = {
    LegState.DIALING: (Role.DIALING, Role.STRONG, Role.TEXT),
    LegState.DIALING_MUSIC: (Role.DIALING_MUSIC, Role.STRONG, Role.TEXT),
    LegState.MESSAGE: (Role.MESSAGE, Role.MESSAGE_WORD, Role.MESSAGE),
    LegState.CONVERSATION: (Role.CONVERSATION, Role.CONVERSATION_WORD, Role.CONVERSATION),
}


@define
class _Canvas:
    """A picture under way. Columns are cells of the lanes; the gutter stands left of cell 0."""

    timeline: Timeline
    scale: Scale
    grid: Grid
    gutter: int
    style: Style
    glyphs: Glyphs
    footnotes: list[Line] = field(factory=list)

    @property
    def room(self) -> int:
        """Up to which cell words may stand; the call can end before it."""
        return self.grid.width - self.gutter - 1

    def put(self, row: int, column: int, text: str, role: Role = Role.TEXT) -> None:
        self.grid.put(row, self.gutter + column, text, role)

    def read(self, row: int, column: int) -> str:
        return self.grid.read(row, self.gutter + column)

    def patch(self, row: int, column: int, runs: Sequence[Run], end: int | None = None) -> None:
        """Words with a blank on both sides, so that no line touches them."""
        end = self.room if end is None else end
        stop = column + sum(len(text) for text, _ in runs)
        if column:
            self.put(row, column - 1, " ")
        if stop < end:
            self.put(row, stop, " ")
        for text, role in runs:
            self.put(row, column, text, role)
            column += len(text)

    def fill(self, row: int, start: int, end: int, pattern: str, role: Role) -> None:
        """A pattern, and the strokes where the drawing is cut."""
        self.put(row, start, (pattern * (end - start))[: end - start], role)
        cut = self.scale.cut
        if cut and start < cut[0] < end:
            self.put(row, cut[0], self.glyphs.strokes)

    def limit(self, start: int, end: int) -> int:
        """Where the words of a bar or its ground have to end."""
        cut = self.scale.cut
        return cut[0] if cut and start < cut[0] < end else end

    def note(self, runs: Iterable[Run]) -> str:
        """A footnote; its number."""
        number = self.glyphs.raised[len(self.footnotes)]
        self.footnotes.append(line([(f"{number} ", Role.TEXT), *runs]))
        return number


def gutter_for(width: int) -> int:
    """How many cells stand left of the lanes, where parties are named."""
    names = [len(term(party)) for party in Party]
    return max(11 if width >= 60 else 10, *(length + 1 for length in names))


def picture(timeline: Timeline, *, width: int, gutter: int, style: Style) -> Iterator[Line]:
    """The lanes, the axis and the footnotes, as lines."""
    measure = scale(timeline, width - gutter - 1)
    canvas = _Canvas(timeline, measure, Grid(width), gutter, style, GLYPHS[style])
    _lanes(canvas, wording.moments(timeline), {})
    _axis(canvas)
    yield from canvas.grid.lines()
    yield from _footnotes(canvas, width)


def part(
    timeline: Timeline,
    *,
    width: int,
    gutter: int,
    style: Style,
    measure: Scale,
    moments: Sequence[wording.Label],
    apart: Mapping[Party, Sequence[Stretch]],
    last: bool,
) -> Iterator[Line]:
    """The lanes and footnotes of one call of several that share an axis.

    Args:
        measure: the scale of them all.
        moments: those to name.
        apart: of each party where it is marked that calls differ.
        last: the axis stands under this one.
    """
    end = measure.at(timeline.duration) if timeline.duration else measure.end
    canvas = _Canvas(timeline, measure._replace(end=end), Grid(width), gutter, style, GLYPHS[style])
    _lanes(canvas, moments, apart)
    if last:
        canvas.scale = measure
        _axis(canvas)
    yield from canvas.grid.lines()
    yield from _footnotes(canvas, width)


def _lanes(
    canvas: _Canvas,
    moments: Sequence[wording.Label],
    apart: Mapping[Party, Sequence[Stretch]],
) -> None:
    timeline, grid = canvas.timeline, canvas.grid
    told = [(canvas.gutter + canvas.scale.at(m.at), _label(m)) for m in moments]
    spots = place(told, grid.width)
    _labels(canvas, moments, spots)
    for party in Party:
        if party is Party.EMPLOYEE:
            grid.add()
        _differs(canvas, apart.get(party, ()))
        _lane(canvas, timeline.leg(party))
        if party is Party.CONTACT:
            _dtmf(canvas)
        _wait(canvas, timeline.leg(party))
    _lines(canvas, moments, spots, grid.height)


def _label(moment: wording.Label) -> str:
    return f"{wording.clock(moment.at)} {moment.text}"


# ------------------------------------------------------------------------------------------ moments


def _labels(canvas: _Canvas, moments: Sequence[wording.Label], spots: Sequence[Spot]) -> None:
    for _ in range(max((spot.below for spot in spots), default=0)):
        canvas.grid.add()
    for moment, spot in zip(moments, spots, strict=True):
        role = Role.STRONG if moment.begins_conversation or moment.failed else Role.TEXT
        for offset, text in enumerate(spot.lines):
            start = spot.start if spot.right else spot.end - len(text)
            canvas.grid.put(spot.row + offset, start, text, role)


def _lines(
    canvas: _Canvas, moments: Sequence[wording.Label], spots: Sequence[Spot], lanes: int
) -> None:
    """The strongest first: where two share a cell, the first one stands."""
    glyphs = canvas.glyphs

    def strength(pair: tuple[wording.Label, Spot]) -> int:
        return 2 * pair[0].begins_conversation + pair[0].end

    for moment, spot in sorted(zip(moments, spots, strict=True), key=strength, reverse=True):
        if moment.begins_conversation:
            glyph, role = glyphs.heavy, Role.TEXT
        elif moment.end:
            glyph, role = glyphs.solid, Role.FAILURE if moment.failed else Role.TEXT
        else:
            glyph, role = glyphs.dotted, Role.LINE
        for row in range(spot.row, lanes):
            canvas.grid.under(row, spot.column, glyph, role)


# -------------------------------------------------------------------------------------------- lanes


def _differs(canvas: _Canvas, apart: Sequence[Stretch]) -> None:
    """A rule over a lane where calls differ, with the word for it where it fits."""
    if not apart:
        return
    row = canvas.grid.add()
    for stretch in apart:
        start, end = canvas.scale.at(stretch.start), canvas.scale.at(stretch.end)
        canvas.fill(row, start, end, canvas.glyphs.differs, Role.DIFFERENCE)
        word = first_that_fits(canvas.limit(start, end) - start, (say("differs"), 4))
        if word:
            middle = start + (canvas.limit(start, end) - start - len(word)) // 2
            canvas.patch(row, middle, [(word, Role.TEXT)])


def _lane(canvas: _Canvas, leg: Leg) -> None:
    grid, party = canvas.grid, leg.party
    top = grid.add()
    grid.put(top, 0, term(party), Role.STRONG)
    if wording.caused_failure(canvas.timeline, party):
        canvas.put(
            top,
            canvas.scale.end if leg.segments or canvas.timeline.duration else 0,
            canvas.glyphs.cross,
            Role.FAILURE,
        )
    if leg.dialed is None:
        if not _in_gap(canvas, top, canvas.scale.end, wording.never_rang(leg)):
            canvas.patch(top, canvas.scale.end + 2, [(wording.never_rang(leg), Role.TEXT)])
        return
    if leg.dialed:
        _in_gap(canvas, top, canvas.scale.at(leg.dialed), wording.STATE[LegState.IDLE][0])
    if not leg.segments:
        if not canvas.timeline.duration:
            canvas.patch(top, 2, [(wording.never_rang(leg), Role.TEXT)])
        return
    low, ground = grid.add(), grid.add()
    for segment in leg.segments:
        number = _bar(canvas, top, low, leg, segment)
        told = [
            _ground(canvas, ground, part, first=part.start == leg.dialed) for part in segment.parts
        ]
        if number is None and not all(told):
            start = canvas.scale.at(segment.parts[told.index(False)].start)
            canvas.put(ground, start, canvas.note(_in_note(leg, segment)))


def _in_gap(canvas: _Canvas, row: int, end: int, text: str) -> bool:
    """Words on the empty stretch before a bar, between the lines of the moments if they fit.

    False: there is no room for them.
    """
    moments = (canvas.scale.at(step.at) for step in canvas.timeline.steps)
    borders = sorted({0, end} | {column for column in moments if column < end})
    gaps = [(right - left, left) for left, right in pairwise(borders)]
    fitting = [(room, left) for room, left in gaps if room >= len(text) + 3]
    room, left = max(fitting, default=(end, 0), key=lambda gap: gap[0])
    start = left + 1 + (room - 1 - len(text)) // 2
    fits = room >= len(text) + 2 and canvas.grid.free(
        row, canvas.gutter + start, canvas.gutter + start + len(text)
    )
    if fits:
        canvas.patch(row, start, [(text, Role.TEXT)])
    return fits


def _bar(canvas: _Canvas, top: int, low: int, leg: Leg, segment: Segment) -> str | None:
    """A bar with its word and length; the number of its footnote, if one of them found no room."""
    start, end = canvas.scale.at(segment.start), canvas.scale.at(segment.end)
    fill, strong, normal = ROLES[segment.state]
    pattern = canvas.glyphs.fills[segment.state]
    for row in (top, low):
        canvas.fill(row, start, end, pattern, fill)
    end = canvas.limit(start, end)
    full, short = wording.STATE[segment.state]
    blank = 0 if segment.start == leg.dialed else 1  # keeps words of neighbours apart
    word = first_that_fits(end - start, (full, 2), (short, blank))
    length = first_that_fits(
        end - start, (wording.length(segment.length), blank), (wording.clock(segment.length), blank)
    )
    number = None
    if not (word and length):
        number = canvas.note(_in_note(leg, segment))
    patch = pattern != " "
    if word:
        _on_bar(canvas, top, (start, end), word, strong, patch=patch)
        _on_bar(canvas, low, (start, end), length or number or "", normal, patch=patch)
    else:
        beside = start > 0 and canvas.read(top, start - 1) in canvas.glyphs.raised
        row = low if beside and end - start == 1 else top  # two numbers would read as one
        _on_bar(canvas, row, (start, end), number or "", strong, patch=patch)
    return number


def first_that_fits(room: int, *texts: tuple[str, int]) -> str | None:
    """The first text that leaves so many blanks, as stand beside it, in a room of cells."""
    return next((text for text, blanks in texts if len(text) + blanks <= room), None)


def _on_bar(
    canvas: _Canvas, row: int, cells: tuple[int, int], text: str, role: Role, *, patch: bool
) -> None:
    start, end = cells
    free = end - start - len(text)
    column = start + max(free // 2, min(free, 1))
    if patch and len(text) > 1:
        before, after = min(1, column - start), min(1, end - column - len(text))
        text, column = " " * before + text + " " * after, column - before
    canvas.put(row, column, text, role)


def _ground(canvas: _Canvas, row: int, part: Part, *, first: bool) -> bool:
    """The line under a bar with its clauses; false if they found no room."""
    start, end = canvas.scale.at(part.start), canvas.scale.at(part.end)
    inferred = part.basis is Basis.INFERRED
    pattern, role = (
        (canvas.glyphs.dashes, Role.TEXT) if inferred else (canvas.glyphs.ground, Role.LINE)
    )
    canvas.fill(row, start, end, pattern, role)
    ids = cite(part.clauses)
    room = canvas.limit(start, end) - start
    blank = 0 if first else 1
    cited = wording.cited(part.clauses, part.basis)
    text = first_that_fits(room, (cited, blank)) if inferred else None
    text = text or first_that_fits(room, (ids, blank))
    if text:
        start += 0 if room == len(text) else 1
        canvas.put(row, start, text, Role.INFERRED if inferred else Role.TEXT)
    return text is not None


def _in_note(leg: Leg, segment: Segment) -> list[Run]:
    word, length = wording.STATE[segment.state][0], wording.length(segment.length)
    runs: list[Run] = [(f"{term(leg.party)} {word} {length}", Role.TEXT)]
    for number, part in enumerate(segment.parts):
        runs.append((say("; then ") if number else ", ", Role.TEXT))
        role = Role.INFERRED if part.basis is Basis.INFERRED else Role.TEXT
        runs.append((wording.cited(part.clauses, part.basis), role))
    return runs


def _footnotes(canvas: _Canvas, width: int) -> Iterator[Line]:
    """Footnotes side by side where they fit, else under each other."""
    room = width - canvas.gutter
    indent: Run = (" " * canvas.gutter, Role.TEXT)
    rows: list[list[Run]] = []
    taken = 0
    for note in canvas.footnotes:
        length = sum(len(text) for text, _ in note)
        if rows and taken + 3 + length <= room - 2:
            rows[-1] += [("   ", Role.TEXT), *note]
            taken += 3 + length
        else:
            rows.append(list(note))
            taken = length
    for row in rows:
        for number, broken in enumerate(wrap(row, room - 2)):
            yield line((indent, ("  " if number else "", Role.TEXT), *broken))


# -------------------------------------------------------------------------------- DTMF, waits, axis


def _dtmf(canvas: _Canvas) -> None:
    marks = canvas.timeline.dtmf
    if not marks:
        return
    row = canvas.grid.add()
    canvas.grid.put(row, 0, "DTMF")
    sent = [mark for mark in marks if mark.sent and mark.at is not None]
    starts = _nudged(canvas, sent)
    inferred = dict.fromkeys(c for m in marks for c in m.clauses if c.basis is Basis.INFERRED)
    basis: Run = (wording.cited(tuple(inferred), Basis.INFERRED), Role.INFERRED)
    note: list[Run] = []
    if starts is None:
        for mark in sent:
            canvas.put(row, canvas.scale.at(mark.at or 0), canvas.glyphs.pointer)
        first, last = (wording.clock(mark.at or 0) for mark in (sent[0], sent[-1]))
        if first == last:
            when = say("at {time}", time=first)
        else:
            count = wording.many(len(sent), "mark")
            when = say("{marks}, {first} to {last}", marks=count, first=first, last=last)
        note += [
            (f"{when}: ", Role.TEXT),
            (" ".join(mark.digits for mark in sent), Role.STRONG),
            (_DOT, Role.TEXT),
        ]
    taken = [
        (start, start + len(mark.digits)) for start, mark in zip(starts or (), sent, strict=False)
    ]
    for (start, _), mark in zip(taken, sent, strict=False):
        canvas.put(row, start, mark.digits, Role.STRONG)
    unsent = " ".join(mark.digits for mark in marks if not mark.sent)
    if unsent:
        note += [(f"{say('not sent')}: ", Role.TEXT), (unsent, Role.INFERRED), (_DOT, Role.TEXT)]
    note = [(canvas.style.own(text), role) for text, role in (*note, basis)]
    _dtmf_note(canvas, row, note, taken, crowded=starts is None)


def _nudged(canvas: _Canvas, marks: Sequence[Mark]) -> list[int] | None:
    """Where digits stand: at their cell, pushed apart a little where they would touch.

    None: there are so many that they would stand where they were not sent.
    """
    exact = [canvas.scale.at(mark.at or 0) for mark in marks]
    starts: list[int] = []
    free = 0
    for mark, start in zip(marks, exact, strict=True):
        starts.append(max(start, free))
        free = starts[-1] + len(mark.digits) + 1
    stop = canvas.scale.end
    for number in range(len(starts) - 1, -1, -1):
        starts[number] = min(starts[number], stop - len(marks[number].digits))
        stop = starts[number] - 1
    pushed = max((abs(start - cell) for start, cell in zip(starts, exact, strict=True)), default=0)
    return None if pushed > _FARTHEST or min(starts, default=0) < 0 else starts


def _dtmf_note(
    canvas: _Canvas, row: int, note: list[Run], taken: list[tuple[int, int]], *, crowded: bool
) -> None:
    """The words of the DTMF row: right of the digits, or left of them, or below."""
    length = sum(len(text) for text, _ in note)
    end = canvas.room
    if not crowded:
        right = taken[-1][1] + 2 if taken else 0
        left = taken[0][0] - 2 - length if taken else -1
        if right + length <= end:
            return canvas.patch(row, right, note)
        if left >= 0:
            return canvas.patch(row, left, note)
    used = crowded or bool(taken)
    for broken in wrap(note, end):
        row = canvas.grid.add() if used else row
        canvas.patch(row, 0, broken)
        used = True
    return None


def _wait(canvas: _Canvas, leg: Leg) -> None:
    """How long a party waits from the answer to the conversation, as a dimension line."""
    waited = leg.figures.waited
    if not waited or leg.answered is None:
        return
    glyphs, talk = canvas.glyphs, canvas.timeline.conversation
    role, words = (Role.FAILURE, Role.STRONG) if talk is None else (Role.TEXT, Role.TEXT)
    start, end = canvas.scale.at(leg.answered), canvas.scale.at(leg.answered + waited)
    texts = (*wording.waits(waited, talks=talk is not None), wording.clock(waited))
    row = canvas.grid.add()
    canvas.put(row, start, glyphs.left, role)
    canvas.put(row, start + 1, glyphs.dash * (end - start - 1), role)
    canvas.put(row, end, glyphs.right if talk is None else glyphs.heavy_right, role)
    inside = first_that_fits(end - start - 1, *((text, 4) for text in texts))
    if inside:
        column = start + 1 + (end - start - 1 - len(inside)) // 2
        canvas.patch(row, column, [(inside, words)])
        return
    beyond = first_that_fits(canvas.room - end - 2, *((text, 0) for text in texts))
    if beyond:
        canvas.patch(row, end + 2, [(beyond, words)])
        return
    before = first_that_fits(start - 1, *((text, 0) for text in texts))
    if before:
        canvas.patch(row, start - 1 - len(before), [(before, words)])


def _axis(canvas: _Canvas) -> None:
    grid, glyphs, gutter = canvas.grid, canvas.glyphs, canvas.gutter
    unit, marks = ticks(canvas.scale)
    row, below = grid.add(), grid.add()
    grid.put(row, 0, unit)
    canvas.fill(row, 0, grid.width - gutter, glyphs.axis, Role.LINE)
    for mark in marks:
        canvas.put(row, mark.column, glyphs.tick, Role.LINE)
    for start, text in spread([*marks], -gutter, grid.width - gutter):
        canvas.put(below, start, text)
