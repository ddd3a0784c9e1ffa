"""Which cell a moment has, and which moments the axis names.

Borders are rounded, never lengths, so both lanes agree. Each event has a cell of its own, however
close they are. A conversation that would leave no room for what comes before it is cut: all before
the cut stays to scale.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ...call.timeline import Timeline
from ...units import Milliseconds
from ..catalogue import later, say, spoken
from ..wording import clock, round_seconds

_CUT = 2  # cells of the two strokes


class Scale(NamedTuple):
    """The cells of a call.

    Attributes:
        times, columns: every moment at which something happens, and the cell that begins with it.
        end: the cell after the last, in which the end stands.
        cut: the cells of the two strokes, from and to before; None: nothing is left out.
        knots: between these the drawing is to scale.
    """

    times: tuple[Milliseconds, ...]
    columns: tuple[int, ...]
    end: int
    cut: tuple[int, int] | None
    knots: tuple[tuple[Milliseconds, int], ...]

    def at(self, time: Milliseconds) -> int:
        """The cell in which a moment stands."""
        place = bisect_right(self.times, time) - 1
        if self.times[place] == time or place == len(self.times) - 1:
            return self.columns[place]
        low, high = self.columns[place], self.columns[place + 1] - 1
        return min(max(_interpolated(self.knots, time), low), high)


class Tick(NamedTuple):
    """A moment that the axis names."""

    column: int
    text: str


def scale(timeline: Timeline, end: int) -> Scale:
    """The scale of a call on which the end has the cell ``end``."""
    times = _times([timeline])
    knots, cut = _knots(timeline.duration, _begin(timeline), end)
    targets = [_interpolated(knots, time) for time in times]
    if len(times) == 1:
        return Scale(times, (0,), end, None, knots)
    columns = _apart(targets, end) if cut is None else [*_apart(targets[:-1], knots[1][1]), end]
    return Scale(times, tuple(columns), end, cut, knots)


def common_scale(timelines: Sequence[Timeline], end: int) -> Scale:
    """The scale of several calls on one axis, on which the last end has the cell ``end``.

    It is cut if all come to a conversation, and none ends in what is left out.
    """
    times = _times(timelines)
    if len(times) == 1:
        return scale(timelines[0], end)
    begins = [begin for begin in map(_begin, timelines) if begin is not None]
    begin = max(begins) if len(begins) == len(timelines) else None
    knots, cut = _knots(times[-1], begin, end)
    columns = None if cut is None else _around(times, knots, cut)
    if columns is None:
        knots, cut = _knots(times[-1], None, end)
        columns = _apart([_interpolated(knots, time) for time in times], end)
    return Scale(times, tuple(columns), end, cut, knots)


def scale_to(timeline: Timeline, shown: Milliseconds, end: int) -> Scale:
    """The scale of one call of several on an axis that shows so much time in ``end`` cells.

    What is later stands at the end of the axis; events still have a cell each.
    """
    times = _times([timeline])
    knots = ((0, 0), (max(shown, 1), end))
    targets = [_interpolated(knots, time) for time in times]
    columns = _apart(targets, max(targets[-1], len(times) - 1))
    return Scale(times, tuple(columns), columns[-1], None, knots)


def _around(
    times: Sequence[Milliseconds],
    knots: Sequence[tuple[Milliseconds, int]],
    cut: tuple[int, int],
) -> list[int] | None:
    """Columns that leave the cells of the cut free; None: there is no room for them."""
    _, (begin, room), (shown, _), (hidden, _), (_, end) = knots
    before = [time for time in times if time <= begin]
    after = [time for time in times if time >= hidden]
    between = [time for time in times if begin < time <= shown]
    columns = _apart([_interpolated(knots, time) for time in before], room)
    for time in between:
        columns.append(max(_interpolated(knots, time), columns[-1] + 1))
    late = _apart([cut[1], *(_interpolated(knots, time) for time in after)], end)[1:]
    fits = columns == sorted(set(columns)) and columns[0] == 0 and columns[-1] < cut[0]
    whole = len(columns) + len(late) == len(times)
    return columns + late if fits and whole and late[0] >= cut[1] else None


def _begin(timeline: Timeline) -> Milliseconds | None:
    return None if timeline.conversation is None else timeline.conversation.start


def _times(timelines: Sequence[Timeline]) -> tuple[Milliseconds, ...]:
    """Every moment at which something happens in one of the calls."""
    return tuple(sorted({0} | {at for timeline in timelines for at, _ in timeline.moments}))


def _knots(
    whole: Milliseconds, before: Milliseconds | None, end: int
) -> tuple[tuple[tuple[Milliseconds, int], ...], tuple[int, int] | None]:
    """Between which cells a call is to scale: ``before`` a conversation that is long it is cut."""
    plain = ((0, 0), (whole, end))
    if not before:
        return plain, None
    if end * before >= whole * max(end // 8, min(12, end // 5)):
        return plain, None
    room = end * 11 // 25
    shown = max(end * 8 // 25, 14 if end > 40 else 8)
    first = room + shown
    visible = max(before * shown // room, 1)
    hidden = before * (end - first - _CUT) // room
    if before + visible >= whole - hidden:
        return plain, None
    knots = (
        (0, 0),
        (before, room),
        (before + visible, first),
        (whole - hidden, first + _CUT),
        (whole, end),
    )
    return knots, (first, first + _CUT)


def _interpolated(knots: Sequence[tuple[Milliseconds, int]], time: Milliseconds) -> int:
    for (start, low), (stop, high) in pairwise(knots):
        if time <= stop:
            length = stop - start
            return (
                low + (2 * (time - start) * (high - low) + length) // (2 * length)
                if length
                else low
            )
    return knots[-1][1]


def _apart(targets: Sequence[int], last: int) -> list[int]:
    """The nearest columns that grow by one at least, from 0 to ``last``."""
    columns = list(targets)
    for place in range(1, len(columns)):
        columns[place] = max(columns[place], columns[place - 1] + 1)
    columns[-1] = last
    for place in range(len(columns) - 2, -1, -1):
        columns[place] = min(columns[place], columns[place + 1] - 1)
    columns[0] = 0
    return columns


# --------------------------------------------------------------------------------------------- axis

_SECOND, _MINUTE, _HOUR = 1000, 60_000, 3_600_000
_STEPS = (
    *(1, 2, 5, 10, 20, 50, 100, 200, 500),
    *(_SECOND * n for n in (1, 2, 5, 10, 15, 30)),
    *(_MINUTE * n for n in (1, 2, 5, 10, 15, 30)),
    *(_HOUR * n for n in (1, 2, 3, 6, 12, 24, 48, 96)),
)


def ticks(scale: Scale) -> tuple[str, tuple[Tick, ...]]:
    """The unit of the axis, and its ticks. The end of a call that was cut has one of its own."""
    last = scale.times[-1]
    shown, width = (scale.knots[2] if scale.cut else scale.knots[-1]) if last else (1, scale.end)
    apart = max(7, width // 12)
    step = next((step for step in _STEPS if width * step >= apart * shown), _STEPS[-1])
    unit = _unit(last, step)
    step = next(
        step
        for step in (*_STEPS, _STEPS[-1])
        if step == _STEPS[-1] or width * step >= max(apart, len(_told(last, unit)) + 2) * shown
    )
    found = [
        Tick(scale.at(time), _told(time, unit))
        for time in range(0, (shown if last else 0) + 1, step)
    ]
    if scale.cut:
        found = [tick for tick in found if tick.column < scale.cut[0]]
        found.append(Tick(scale.end, round_seconds(clock(last))))
    return say(unit), tuple(found)


def _unit(last: Milliseconds, step: Milliseconds) -> str:
    if last < 100 * _SECOND or step < _SECOND:
        return later("seconds")
    if last < 100 * _MINUTE:
        return later("min:s")
    return later("h:min:s") if step < _MINUTE else later("h:min")


def _told(time: Milliseconds, unit: str) -> str:
    whole, rest = divmod(time, _SECOND)
    minutes, seconds = divmod(whole, 60)
    if unit == "seconds":
        point = spoken().decimal
        return f"{whole}{point}{f'{rest:03}'.rstrip('0')}" if rest else str(whole)
    if unit == "min:s":
        return f"{minutes}:{seconds:02}"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}" + (f":{seconds:02}" if unit == "h:min:s" else "")


def spread(ticks: Sequence[Tick], leftmost: int, width: int) -> Iterator[tuple[int, str]]:
    """Where the words of ticks stand: under their cell, inside the picture, a blank between two.

    The last one is told before any other, since it may be the end of a call that was cut.
    """
    *others, final = ticks
    last = min(final.column - len(final.text) // 2, width - len(final.text))
    free = leftmost
    for tick in others:
        start = max(tick.column - len(tick.text) // 2, leftmost)
        if start >= free and start + len(tick.text) < last:
            yield start, tick.text
            free = start + len(tick.text) + 1
    yield max(last, leftmost), final.text
