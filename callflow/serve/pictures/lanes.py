"""The lanes of a page: moments, both lives, axis, and over each lane a call that was pinned.

The page has the title, the settings and the outcome in its own words, so they are left out here. Of
a call that is stepped by hand only what has happened is drawn; behind it nothing is decided yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...call.timeline import Segment, Timeline
from ...draw import wording
from ...draw.catalogue import say
from ...draw.lanes.lane import BAR, Frame
from ...draw.lanes.picture import GUTTER, NARROWEST, axis_of, behind, body, described
from ...draw.lanes.scale import Scale, scale
from ...draw.picture_palette import SIGN, Paint
from ...draw.svg import Group, Line, Picture, Rect, Run, Shape, Text, patched, runs_width
from ...units import Milliseconds
from ...words import Party
from .shown import Shown, bar, track

_STRIP = 10.0
#: Right of the axis, where the last label may reach beyond its tick.
_EDGE = 1.0


def lanes(timeline: Timeline, *, pinned: Timeline | None = None, width: int = 960) -> Shown:
    """The lanes of a call.

    Args:
        pinned: a call to compare with: a strip above each lane, on the same axis.
        width: of the whole picture, pixels; less than 560 are taken as 560.
    """
    width = max(width, NARROWEST)
    room = Frame(0, width - _EDGE)
    calls = [timeline] if pinned is None else [pinned, timeline]
    measure = scale(calls, GUTTER, room.right - max(map(behind, calls)))
    above = 0.0 if pinned is None else _STRIP + 6
    laid = body(timeline, measure, room, 0, above=above)
    strips: list[Shape] = []
    if pinned is not None:
        strips = [
            strip
            for party, top in _tops(laid.shapes)
            for strip in _strip(pinned, party, measure, top)
        ]
    axis, base = axis_of(measure, room, laid.bottom)
    picture = Picture(
        width,
        round(base + 8),
        wording.title(timeline),
        described(timeline),
        (*laid.shapes, *strips, axis),
    )
    return Shown(picture=picture, track=track(measure), across=(16.0, laid.bottom))


def _tops(shapes: Sequence[Shape]) -> Iterator[tuple[Party, tuple[float, float]]]:
    """Of each lane where its bars begin, and where what stands above them does."""
    for shape in shapes:
        if isinstance(shape, Group) and shape.kind == "lane":
            name = next(one for one in shape.shapes if isinstance(one, Text))
            top = name.y - 15
            bars = [one for one in shape.shapes if isinstance(one, Group)]
            yield Party(dict(shape.data)["party"]), (top, min([top, *(b.box[1] for b in bars)]))


def _strip(
    pinned: Timeline, party: Party, measure: Scale, tops: tuple[float, float]
) -> Iterator[Shape]:
    """The pinned call as a strip above a lane, and the letters of both."""
    bars, highest = tops
    bottom = highest - 6
    top = bottom - _STRIP
    for letter, y in (("A", top + _STRIP / 2 + 4), ("B", bars + 15)):
        run = Run(letter, 11.5, bold=True)
        yield Text(measure.left - 8 - run.width, y, (run,), role="letter")
    drawn = tuple(
        bar(segment, measure.x(segment.start), top, measure.x(segment.end), bottom)
        for segment in pinned.leg(party).segments
    )
    if drawn:
        yield Group("strip", drawn, (("party", str(party)),))
    else:
        y = top + _STRIP / 2
        yield Line(measure.left, y, measure.x(pinned.duration), y, Paint.RULE)


# ---------------------------------------------------------------------------------- stepped by hand


def lanes_so_far(
    timeline: Timeline, at: Milliseconds, ahead: Mapping[Party, str], *, width: int = 960
) -> Shown:
    """The lanes of a call that is stepped by hand, up to the moment that it has come to.

    Args:
        timeline: a call that begins with what has happened.
        at: the moment; what is behind it is not drawn.
        ahead: of each party what may be said of the time behind it.
        width: of the whole picture, pixels; less than 560 are taken as 560.
    """
    width = max(width, NARROWEST)
    left, right = GUTTER + 0.5, width - _EDGE - 0.5
    whole = max(at * 5 // 3, at + 5000)
    measure = Scale(left, right, whole, (right - left) / whole)
    now = measure.x(at)
    shapes: list[Shape] = []
    for number, party in enumerate(Party):
        top = 12.5 + number * (BAR + 26)
        shapes.append(_lane_so_far(timeline, party, at, measure, top))
        box = Rect(now + 2, top, right - now - 2, BAR, None, Paint.THIRD)
        shapes += [_dashed(box), *_ahead(ahead[party], now, right, top)]
    room = Frame(0, width - _EDGE)
    axis, base = axis_of(measure, room, 12 + 2 * BAR + 26 + 22)
    picture = Picture(
        width,
        round(base + 8),
        say("The call up to {moment}", moment=wording.moment(at)),
        "",
        (*shapes, axis),
    )
    return Shown(picture=picture, track=track(measure), across=(2.0, 12 + 2 * BAR + 26 + 22))


def _dashed(box: Rect) -> Group:
    left, top, right, bottom = box.box
    sides = ((left, top, right, top), (right, top, right, bottom), (left, bottom, right, bottom))
    lines = [Line(*side, Paint.RULE, 1, "4 4") for side in sides]
    return Group("open", tuple(lines))


def _ahead(text: str, now: float, right: float, top: float) -> Iterator[Shape]:
    run = Run(text, 12, Paint.SECOND)
    if run.width + 24 <= right - now:
        yield Text(now + 14, top + BAR / 2 + 4, (run,), role="ahead")


def _lane_so_far(
    timeline: Timeline, party: Party, at: Milliseconds, measure: Scale, top: float
) -> Group:
    shapes: list[Shape] = [
        Text(0, top + BAR / 2 + 5, (Run(say("{party}", party=party), 14, bold=True),), role="party")
    ]
    segments = [one for one in timeline.leg(party).segments if one.start < at]
    begin = measure.x(segments[0].start) if segments else measure.x(at)
    if begin > measure.left + 6:
        y = top + BAR / 2 + 0.5
        shapes.append(Line(measure.left, y, begin - 4, y, Paint.RULE))
    for segment in segments:
        end = min(segment.end, at)
        shapes.append(
            Group(
                "segment",
                tuple(_so_far(segment, end, measure, top)),
                (("state", str(segment.state)),),
            )
        )
    return Group("lane", tuple(shapes), (("party", str(party)),))


def _so_far(segment: Segment, end: Milliseconds, measure: Scale, top: float) -> Iterator[Shape]:
    x, stop = measure.x(segment.start), measure.x(end)
    yield bar(segment, x, top, stop, top + BAR)
    sign = SIGN[segment.state]
    full, short = wording.STATE[segment.state]
    told = wording.length(end - segment.start)
    for runs in (
        (Run(full, 12.5, sign.word, bold=True), Run(told, 12.5, sign.word)),
        (Run(full, 12.5, sign.word, bold=True),),
        (Run(short, 12.5, sign.word, bold=True),),
    ):
        wide = runs_width(runs, 7)
        if wide + 14 <= stop - x:
            text = Text((x + stop - wide) / 2, top + 22.5, runs, 7, "word")
            yield from patched(text, sign.fill) if sign.texture else (text,)
            return
