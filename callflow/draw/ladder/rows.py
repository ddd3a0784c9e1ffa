"""How far down a moment stands, and each arrow: to scale, or in equal steps."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from ...call.timeline import Timeline
from ...units import Milliseconds
from .arrows import Arrow

#: To scale, the bars are so high; compressed, so far from one moment to the next.
_HEIGHT, _STEP, _MARK_STEP = 640.0, 56.0, 23.0


@frozen
class Rows:
    """Where moments and arrows stand.

    Attributes:
        moments: of each moment at which something happens, its height.
        arrows: the heights of the arrows, below their moments where these are close.
        ticks: the heights of the axis' own ticks; to scale only.
        gaps: where the axis is broken; compressed only.
    """

    moments: dict[Milliseconds, float]
    arrows: tuple[float, ...]
    bottom: float
    ticks: tuple[float, ...] = ()
    gaps: tuple[float, ...] = ()


def to_scale(timeline: Timeline, told: Sequence[Arrow], top: float) -> Rows:
    """Every moment at its height to scale."""
    whole = timeline.duration
    rate = _HEIGHT / whole if whole else 0
    times = sorted({arrow.at for arrow in told} | {step.at for step in timeline.steps} | {0})
    moments = {time: round(top + time * rate) + 0.5 for time in times}
    placed = _stacked(told, [moments[arrow.at] for arrow in told])
    step = next((s for s in _STEPS if s * rate >= 40), _STEPS[-1]) if whole else 1
    ticks = tuple(top + time * rate for time in range(0, whole + 1, step)) if whole else ()
    return Rows(moments, placed, top + whole * rate, ticks)


_STEPS = (
    *(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000),
    *(60_000 * n for n in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720)),
)


def _stacked(told: Sequence[Arrow], wishes: Sequence[float]) -> tuple[float, ...]:
    """Arrows at their moments; where two would touch, the later one stands lower."""
    free: dict[str, float] = {"contact": 0, "employee": 0}
    placed: list[float] = []
    for arrow, wish in zip(told, wishes, strict=True):
        y = max(wish, *(free[side] + arrow.above for side in arrow.sides))
        for side in arrow.sides:
            free[side] = y + arrow.below
        placed.append(y)
    return tuple(placed)


def compressed(told: Sequence[Arrow], top: float) -> Rows:
    """Equal steps from moment to moment, more where several things are told at once."""
    moments: dict[Milliseconds, float] = {}
    placed: list[float] = []
    gaps: list[float] = []
    y, marks = top, False
    for time in dict.fromkeys(arrow.at for arrow in told):
        here = [arrow for arrow in told if arrow.at == time]
        only = all(arrow.digits for arrow in here)
        if placed:
            step = _MARK_STEP if only and marks else _STEP
            low = max(placed) + 16 + max(arrow.above for arrow in here)
            following = max(y + step, low)
            if step == _STEP:
                gaps.append((y + following) / 2)
            y = following
        marks = only
        y = round(y) + 0.5
        moments[time] = y
        placed += _stacked(here, [y] * len(here))
    return Rows(moments, tuple(placed), y, gaps=tuple(gaps))
