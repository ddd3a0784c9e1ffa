"""A situation on a card: both lives without words, which the card says beside them."""

from __future__ import annotations

from ...call.timeline import Timeline
from ...draw import wording
from ...draw.lanes.picture import described
from ...draw.lanes.scale import Scale
from ...draw.svg import Group, Picture, Shape
from ...words import Party
from .shown import Shown, bar

_BAR, _LANE = 10, 15


def small(timeline: Timeline, *, longest: int, width: int = 200) -> Shown:
    """Two small lanes.

    Args:
        longest: the duration that takes the whole width, so that cards share a clock.
    """
    left, right = 0.5, width - 0.5
    measure = Scale(left, right, longest, (right - left) / longest if longest else 0.0)
    shapes: list[Shape] = []
    for number, party in enumerate(Party):
        top = 0.5 + number * _LANE
        bars = tuple(
            bar(segment, measure.x(segment.start), top, measure.x(segment.end), top + _BAR)
            for segment in timeline.leg(party).segments
        )
        shapes.append(Group("lane", bars, (("party", str(party)),)) if bars else Group("lane", ()))
    picture = Picture(
        width, _LANE + _BAR + 1, wording.title(timeline), described(timeline), tuple(shapes)
    )
    return Shown(picture=picture)
