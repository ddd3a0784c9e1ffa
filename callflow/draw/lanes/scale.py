"""Where a moment stands on the page, and which moments the axis names.

All is to scale. A conversation that would leave no room for what comes before it is cut: everything
up to the cut stays to scale. Borders are set on the half of a pixel, where a line is sharp.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor

from attrs import frozen

from ...call.timeline import Timeline
from ...units import Milliseconds
from ..catalogue import later, say, spoken
from ..metrics import text_width
from ..wording import clock, round_seconds

#: Between the two ends of a cut, pixels.
_CUT = 13


@frozen
class Cut:
    """What is left out of a conversation.

    Attributes:
        start, end: the moments between which nothing is drawn.
        left, right: the pixels between which the strokes stand.
    """

    start: Milliseconds
    end: Milliseconds
    left: float
    right: float


@frozen
class Scale:
    """Moments to pixels.

    Attributes:
        left, right: where the request and the end of the call stand.
        duration: the whole call.
        rate: pixels a millisecond.
        cut: what is left out; None: nothing.
    """

    left: float
    right: float
    duration: Milliseconds
    rate: float
    cut: Cut | None = None

    def x(self, at: Milliseconds) -> float:
        """Where a moment stands; behind the end, at the end."""
        cut = self.cut
        if at >= self.duration:
            return self.right
        if cut is None or at <= cut.start:
            return floor(self.left + at * self.rate) + 0.5
        if at >= cut.end:
            return floor(self.right - (self.duration - at) * self.rate) + 0.5
        return floor((cut.left + cut.right) / 2) + 0.5


def scale(timelines: Sequence[Timeline], left: float, right: float) -> Scale:
    """The scale on which all these calls take the room from ``left`` to ``right``.

    It is cut if all come to a conversation that leaves little room for what is before, and all
    end behind what is left out, or before it.
    """
    ends = [timeline.duration for timeline in timelines]
    talks = [timeline.conversation for timeline in timelines]
    whole = max(ends)
    left, right = floor(left) + 0.5, floor(right) + 0.5
    if not whole:
        return Scale(left, left, 0, 0.0)
    plain = Scale(left, right, whole, (right - left) / whole)
    begin = max([0 if talk is None else talk.start for talk in talks])
    if not begin or begin * 8 >= whole or None in talks:
        return plain
    room = right - left
    rate = 0.5 * room / begin
    gap = left + 0.86 * room
    shown, hidden = int((gap - left) / rate), whole - int((right - gap - _CUT) / rate)
    if not begin < shown < hidden or any(shown < end < hidden for end in ends):
        return plain
    return Scale(left, right, whole, rate, Cut(shown, hidden, gap, gap + _CUT))


# ------------------------------------------------------------------------------------------- axis

_SECOND, _MINUTE, _HOUR = 1000, 60_000, 3_600_000
_STEPS = (
    *(1, 2, 5, 10, 20, 50, 100, 200, 500),
    *(_SECOND * n for n in (1, 2, 5, 10, 15, 30)),
    *(_MINUTE * n for n in (1, 2, 5, 10, 15, 30)),
    *(_HOUR * n for n in (1, 2, 3, 6, 12, 24, 48, 96)),
)
_SIZE = 11
#: Ticks are this far apart at least, and their words too.
_APART, _BLANK = 46, 14


@frozen
class Tick:
    """A moment that the axis names."""

    x: float
    text: str


def ticks(scale: Scale) -> tuple[str, tuple[Tick, ...]]:
    """The unit of the axis, and its ticks. The end of a call that was cut has one of its own."""
    last = scale.duration
    if not last:
        return say("seconds"), (Tick(scale.left, "0"),)
    shown = scale.cut.start if scale.cut else last
    wide = [step for step in _STEPS if step * scale.rate >= _APART] or [_STEPS[-1]]
    unit = _unit(shown, wide[0])
    step = next(
        (step for step in wide if step * scale.rate >= _width(_told(shown, step, unit)) + _BLANK),
        _STEPS[-1],
    )
    found = [Tick(scale.x(time), _told(time, step, unit)) for time in range(0, shown + 1, step)]
    if scale.cut:
        end = Tick(scale.right, round_seconds(clock(last)))
        free = min(scale.cut.left - 6, scale.right - _width(end.text) - _BLANK)
        found = [tick for tick in found if tick.x + _width(tick.text) / 2 <= free]
        found.append(end)
        if ":" in end.text and unit == "seconds":
            hours = end.text.count(":") > 1
            unit = later("seconds, h:min:s") if hours else later("seconds, min:s")
    return say(unit), tuple(found)


def _width(text: str) -> float:
    return text_width(text, _SIZE)


def _unit(last: Milliseconds, step: Milliseconds) -> str:
    if last < 100 * _SECOND or step < _SECOND:
        return later("seconds")
    if last < 100 * _MINUTE:
        return later("min:s")
    return later("h:min:s") if step < _MINUTE else later("h:min")


def _told(time: Milliseconds, step: Milliseconds, unit: str) -> str:
    """A moment of the axis; below a second all with as many decimals as the step has."""
    whole, rest = divmod(time, _SECOND)
    minutes, seconds = divmod(whole, 60)
    if unit == "seconds":
        decimals = 0 if step % 1000 == 0 else len(f"{step % 1000:03}".rstrip("0"))
        point = spoken().decimal
        return f"{whole}{point}{f'{rest:03}'[:decimals]}" if decimals and time else str(whole)
    if unit == "min:s":
        return f"{minutes}:{seconds:02}"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}" + (f":{seconds:02}" if unit == "h:min:s" else "")


def spread(marks: tuple[Tick, ...], left: float, right: float) -> Iterator[tuple[float, str]]:
    """Where the words of ticks begin: centred, but inside the picture."""
    for mark in marks:
        width = _width(mark.text)
        yield min(max(mark.x - width / 2, left), right - width), mark.text
