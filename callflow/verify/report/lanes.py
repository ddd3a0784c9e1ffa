"""Both lanes of a call, cut to the moment at which an expectation is decided.

One row for each party, the times of the borders above, and below a caret at the moment itself. The
stretch is what the party lives through then, with what stands beside it; whatever is cut off ends
in two strokes. Between two borders the drawing is to scale, and no border is without its time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ...call.timeline import Segment, Timeline
from ...draw import wording
from ...draw.grid import Grid, Line, Style, wrap
from ...draw.palette import Role
from ...draw.text.picture import GLYPHS, ROLES, first_that_fits
from ...units import Milliseconds
from ...words import LegState, Party

#: Cells of the names of the parties, and fewer where there is little room.
NAMES, FEWER_NAMES = 13, 12

_LEAST = 8  # cells between two borders, if there is room: a short word or a time finds its place
_STUB, _SHORT_STUB = 17, 7  # what is shown of that which follows
_ROOMY = 48


class Window(NamedTuple):
    """The stretch that is shown.

    Attributes:
        times: its borders, first and last included.
        columns: the cell of each.
        end: the cell after the last one that is drawn; behind the last border what follows begins.
    """

    times: tuple[Milliseconds, ...]
    columns: tuple[int, ...]
    end: int

    def at(self, time: Milliseconds) -> int:
        """The cell in which a moment stands; one between two borders never stands on them."""
        for (low, left), (high, right) in pairwise(zip(self.times, self.columns, strict=True)):
            if time == low:
                return left
            if time < high:
                cell = left + (2 * (time - low) * (right - left) + high - low) // (2 * (high - low))
                return min(max(cell, left + 1), max(right - 1, left))
        return self.columns[-1]


def lanes(
    timeline: Timeline,
    at: Milliseconds,
    *,
    party: Party | None,
    note: str,
    width: int,
    names: int,
    style: Style,
    sign: Role,
) -> Iterator[Line]:
    """Both lanes around a moment; nothing, if the call takes no time.

    Args:
        at: the moment, which the caret points at.
        party: in whose life it is special; None: in both.
        note: what is special at that moment.
        names: cells of the column of names.
        sign: the role of the caret.
    """
    if not timeline.duration:
        return
    window = _window(timeline, at, party, width - names - 1)
    grid = Grid(width)
    _times(grid, names, window)
    for leg in (timeline.contact, timeline.employee):
        row = grid.add()
        grid.put(row, 2, leg.party.value, Role.STRONG)
        for segment in leg.segments:
            _bar(grid, row, names, window, segment, style)
        if leg.dialed is None or leg.dialed > window.times[0]:
            _not_dialed(grid, row, names, window, leg.dialed)
    column = names + window.at(at)
    below = _caret(grid, column, note or wording.clock(at), sign)
    yield from grid.lines()
    if below:
        yield from (
            ((" " * names, Role.TEXT), *one) for one in wrap([(below, sign)], width - names)
        )


# -------------------------------------------------------------------------------------- the stretch


def _window(timeline: Timeline, at: Milliseconds, party: Party | None, room: int) -> Window:
    low, high = _stretch(timeline, at, party)
    stub = 0
    if high < timeline.duration:
        stub = _STUB if room >= _ROOMY else _SHORT_STUB
    legs = (timeline.contact, timeline.employee)
    borders = {time for leg in legs for one in leg.segments for time in (one.start, one.end)}
    times = (low, *sorted(time for time in borders if low < time < high), high)
    return Window(times, _columns(times, room - stub), room)


def _stretch(
    timeline: Timeline, at: Milliseconds, party: Party | None
) -> tuple[Milliseconds, Milliseconds]:
    """From the beginning of what was before a moment to the end of what is then."""
    own = timeline.leg(party).segments if party else ()
    segments = own or (*timeline.contact.segments, *timeline.employee.segments)
    before = [one for one in segments if one.start < at <= one.end]
    then = [one for one in segments if one.start <= at < one.end]
    if not before:
        before = [one for one in timeline.leg(_elsewhere(party)).segments if one.start < at]
    low = min((one.start for one in (before[-2:] or then)), default=0)
    ends = [one.end for one in then if not (one.start == at and one.state is _TALK)]
    high = max(ends, default=at) if then else timeline.duration
    return (low, high) if low < high else (0, timeline.duration)


_TALK = LegState.CONVERSATION


def _elsewhere(party: Party | None) -> Party:
    return party.other if party else Party.CONTACT


def _columns(times: Sequence[Milliseconds], room: int) -> tuple[int, ...]:
    """A cell for each border: some cells between two, and the rest shared by time."""
    gaps = len(times) - 1
    least = max(min(_LEAST, room // gaps - 1), 1)
    rest, whole = room - least * gaps, times[-1] - times[0]
    return tuple(
        number * least + max(rest, 0) * (time - times[0]) // whole
        for number, time in enumerate(times)
    )


# ------------------------------------------------------------------------------------------ drawing


def _times(grid: Grid, names: int, window: Window) -> None:
    """The time of each border above its cell; the last one moves left at the edge."""
    row = grid.add()
    free = names
    for time, column in zip(window.times, window.columns, strict=True):
        text = wording.clock(time)
        start = min(names + column, grid.width - len(text))
        if start >= free:
            grid.put(row, start, text)
            free = start + len(text) + 1


def _bar(grid: Grid, row: int, names: int, window: Window, segment: Segment, style: Style) -> None:
    """A segment, as far as it lies in the stretch; what follows is shown without its length."""
    low, high = window.times[0], window.times[-1]
    follows = segment.start <= high < segment.end and segment.start >= low
    if segment.end <= low or segment.start > high or (segment.start == high and not follows):
        return
    beyond = segment.end > high
    start = window.at(max(segment.start, low))
    end = window.end if beyond else window.at(segment.end)
    if end <= start:
        return
    glyphs, (fill, strong, _) = GLYPHS[style], ROLES[segment.state]
    pattern = glyphs.fills[segment.state]
    grid.put(row, names + start, pattern * (end - start), fill)
    cut = len(glyphs.strokes)
    if segment.start < low and end - start > cut:
        grid.put(row, names + start, glyphs.strokes, Role.TEXT)
        start += cut
    if beyond and end - start > cut:
        end -= cut
        grid.put(row, names + end, glyphs.strokes, Role.TEXT)
    word = _word(segment, end - start, whole=not (beyond and segment.start == high))
    if word:
        column = names + start + max((end - start - len(word)) // 2, 0)
        if pattern != " ":
            word = word.center(min(len(word) + 2, end - start))
            column = names + start + max((end - start - len(word)) // 2, 0)
        grid.put(row, column, word, strong)


def _word(segment: Segment, room: int, *, whole: bool) -> str | None:
    """The longest name of a segment that fits; its length stands there if it is shown."""
    full, short = wording.STATE[segment.state]
    length = wording.clock(segment.length)
    named = [(f"{full} {length}", 2), (f"{short} {length}", 0)] if whole else []
    return first_that_fits(room, *named, (full, 0), (short, 0))


def _not_dialed(
    grid: Grid, row: int, names: int, window: Window, dialed: Milliseconds | None
) -> None:
    end = window.end if dialed is None else window.at(min(dialed, window.times[-1]))
    text = "not dialed" if dialed is None else wording.STATE[LegState.IDLE][0]
    if len(text) + 2 <= end:
        grid.put(row, names + 1, text)


def _caret(grid: Grid, column: int, note: str, sign: Role) -> str:
    """The caret with its note right or left of it; the note, if it found no room."""
    row = grid.add()
    grid.put(row, column, "^", sign)
    if column + 2 + len(note) <= grid.width:
        grid.put(row, column + 2, note, sign)
        return ""
    start = column - 1 - len(note)
    if start >= 0:
        grid.put(row, start, note, sign)
        return ""
    return note
