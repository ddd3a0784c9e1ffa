"""The whole timeline picture: head, moments, lanes, axis, and the legend of the ground line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from ...call.timeline import Leg, Segment, Timeline
from ...clauses import cite
from ...words import Basis, Party
from .. import wording
from ..catalogue import capital, say, term
from ..picture_palette import Paint
from ..svg import (
    DASHED,
    DOTTED,
    Group,
    Line,
    Picture,
    Run,
    Shape,
    Text,
    patched,
)
from .head import head
from .labels import Spot, beside, place
from .lane import BAR, CLAUSES, Frame, Lane, at, lane, set_lane, strokes
from .rows import behind_the_end, bottom, dtmf, wait
from .scale import Scale, scale, spread, ticks

#: Nothing is readable below this width.
NARROWEST = 560
MARGIN, GUTTER = 16.0, 128.0
_MOMENT_ROW, _MOMENT_SIZE = 18.0, 12.0


@frozen
class Body:
    """The lanes of one call with all that belongs to them.

    Attributes:
        shapes: in the order in which they are drawn.
        bottom: where the axis may stand; the lines of the moments end there.
    """

    shapes: tuple[Shape, ...]
    bottom: float


def timeline_picture(timeline: Timeline, *, width: int = 880) -> Picture:
    """The picture of a call, laid out.

    Args:
        timeline: the call.
        width: of the whole picture, pixels; less than 560 are taken as 560.
    """
    width = max(width, NARROWEST)
    room = Frame(MARGIN, width - MARGIN)
    measure = scale([timeline], MARGIN + GUTTER, room.right - behind(timeline))
    top, y = head(timeline, room, 14)
    laid = body(timeline, measure, room, y + 12)
    axis, y = axis_of(measure, room, laid.bottom)
    sense = Group("legend", tuple(legend(measure.left, room.right, y + 22)))
    whole = Group("lanes", laid.shapes, _data(measure))
    return Picture(
        width,
        round(y + 22 + 16),
        wording.title(timeline),
        described(timeline),
        (top, whole, axis, sense),
    )


def behind(timeline: Timeline) -> float:
    """The room behind the end: for digits that were not sent, and for the ring of a failure."""
    failed = any(wording.caused_failure(timeline, party) for party in Party)
    return max(behind_the_end(timeline), 26.0 if failed else 0.5)


def _data(scale: Scale) -> tuple[tuple[str, str], ...]:
    """What a page needs to lay something of its own over the lanes."""
    data = (
        ("left", f"{scale.left:g}"),
        ("right", f"{scale.right:g}"),
        ("duration", at(scale.duration)),
    )
    if scale.cut is None:
        return data
    return (*data, ("cut-start", at(scale.cut.start)), ("cut-end", at(scale.cut.end)))


def described(timeline: Timeline) -> str:
    """The call for who does not see the picture: outcome, then every segment with its clauses."""
    said = [f"{wording.outcome(timeline)}."]
    for party in Party:
        leg = timeline.leg(party)
        pieces = [_segment(segment) for segment in leg.segments]
        lived = "; ".join(pieces) or say("not dialed")
        said.append(f"{capital(term(party))}: {lived}.")
    return " ".join(said)


def _segment(segment: Segment) -> str:
    told = say(
        "{state} {length} from {start}",
        state=segment.state,
        length=wording.length(segment.length),
        start=wording.moment(segment.start),
    )
    cited = cite(segment.clauses)
    if segment.basis is Basis.INFERRED:
        cited = say("{clauses}, inferred", clauses=cited)
    return f"{told} ({cited})"


# -------------------------------------------------------------------------------------- the lanes


def body(
    timeline: Timeline,
    measure: Scale,
    room: Frame,
    top: float,
    moments: Sequence[wording.Label] | None = None,
    *,
    above: float = 0,
) -> Body:
    """Moments, both lanes, digits and waits, from ``top`` on.

    Args:
        moments: those to name; None: all that are worth it.
        above: room to be left over each lane, for something of the caller's own.
    """
    if moments is None:
        moments = _moments(timeline, plain=room.plain)
    lines = tuple(sorted({measure.x(moment.at) for moment in moments}))
    frame = Frame(room.left, room.right, lines, room.plain)
    runs = [_moment_runs(moment) for moment in moments]
    spots = place(
        [
            beside(measure.x(moment.at), _width(told), frame.left, frame.right)
            for moment, told in zip(moments, runs, strict=True)
        ]
    )
    rows = 1 + max((spot.row for spot in spots), default=-1)
    upper = lane(timeline.contact, measure, frame)
    lower = lane(timeline.employee, measure, frame)
    first = top + _MOMENT_ROW * rows
    labels = tuple(_labels(zip(runs, spots, strict=True), first))
    y = first + 12 + above + upper.head
    lanes: list[Shape] = []
    for number, laid in enumerate((upper, lower)):
        if number:
            y += 20 + above + laid.head
        lanes.append(set_lane(laid, timeline, measure, frame, y))
        shapes, y = _below(timeline, laid, measure, frame, y)
        lanes += shapes
    end = y + 14
    through = Group("moments", tuple(_lines(moments, spots, first, end)))
    return Body((through, *lanes, Group("labels", labels)), end)


def _moments(timeline: Timeline, *, plain: bool) -> tuple[wording.Label, ...]:
    moments = wording.moments(timeline)
    if not plain or timeline.conversation is None:
        return moments
    return tuple(
        wording.Label(moment.at, say("both talk"), moment.party, begins_conversation=True)
        if moment.begins_conversation
        else moment
        for moment in moments
        if not moment.end
    )


def _below(
    timeline: Timeline, laid: Lane, measure: Scale, frame: Frame, top: float
) -> tuple[list[Shape], float]:
    """Digits and wait under a lane with its bars at ``top``, and where they end."""
    leg: Leg = laid.leg
    shapes: list[Shape] = []
    y = top + BAR + CLAUSES + 2
    digits = dtmf(timeline, measure, frame, y + 3) if leg.party is Party.CONTACT else None
    if digits is not None:
        shapes.append(digits)
        y = bottom(digits)
    dimension = wait(timeline, leg, measure, frame, round(y) + 14)
    if dimension is not None:
        shapes.append(dimension)
        y = round(y) + 18
    return shapes, y


def _moment_runs(moment: wording.Label) -> tuple[Run, ...]:
    paint = Paint.FAILURE if moment.failed else Paint.INK
    return (
        Run(wording.clock(moment.at), _MOMENT_SIZE, paint, bold=True),
        Run(moment.text, _MOMENT_SIZE, paint, bold=moment.begins_conversation),
    )


def _width(runs: Sequence[Run]) -> float:
    return sum(run.width for run in runs) + 5 * (len(runs) - 1)


def _labels(told: Iterator[tuple[tuple[Run, ...], Spot]], base: float) -> Iterator[Shape]:
    for runs, spot in told:
        text = Text(spot.start, base - 3 - _MOMENT_ROW * spot.row, runs, 5, "moment")
        yield from patched(text, aside=2)


def _lines(
    moments: Sequence[wording.Label], spots: Sequence[Spot], base: float, end: float
) -> Iterator[Shape]:
    """The lines of the moments; of several in one place the strongest, from the highest row on."""
    found: dict[float, tuple[int, float, wording.Label]] = {}
    for moment, spot in zip(moments, spots, strict=True):
        top = base - _MOMENT_ROW * (spot.row + 1) + 3
        strength = 2 * moment.begins_conversation + moment.end
        known = found.get(spot.line)
        if known is not None:
            top = min(top, known[1])
            if strength < known[0]:
                strength, moment = known[0], known[2]  # noqa: PLW2901 - the stronger one
        found[spot.line] = (strength, top, moment)
    for x, (_, top, moment) in found.items():
        if moment.begins_conversation:
            yield Line(x, top, x, end, Paint.INK, 1.5, role="moment")
        elif moment.end:
            paint = Paint.FAILURE if moment.failed else Paint.INK
            yield Line(x, top, x, end, paint, role="moment")
        else:
            yield Line(x, top, x, end, Paint.SECOND, dash=DOTTED, role="moment")


# --------------------------------------------------------------------------------- axis and legend


def axis_of(measure: Scale, frame: Frame, y: float) -> tuple[Group, float]:
    """The axis, and the base line of its words."""
    unit, marks = ticks(measure)
    y = round(y) + 0.5
    end = max(measure.right, measure.left + 40)
    shapes: list[Shape] = [Line(measure.left - 0.5, y, end + 0.5, y, Paint.SECOND)]
    shapes += [Line(mark.x, y, mark.x, y + 5, Paint.SECOND) for mark in marks]
    if measure.cut is not None:
        shapes += strokes(measure.cut.left, measure.cut.right, y - 5, y + 5)
    base = y + 17.5
    shapes.append(Text(frame.left, base, (Run(unit, 11, Paint.SECOND),), role="unit"))
    for x, text in spread(marks, frame.left, frame.right):
        shapes.append(Text(x, base, (Run(text, 11, Paint.SECOND),), role="tick"))
    return Group("axis", tuple(shapes)), base


def legend(left: float, right: float, base: float) -> Iterator[Shape]:
    """What the ground line says, from ``left`` on if it fits."""
    documented = Run(say("documented by the vendor"), 11, Paint.SECOND)
    inferred = Run(
        say("inferred: our reading where the source is silent"), 11, Paint.SECOND, italic=True
    )
    x = min(left, right - documented.width - inferred.width - 88)
    yield Line(x, base - 3.5, x + 26, base - 3.5, Paint.THIRD)
    yield Text(x + 32, base, (documented,), role="legend")
    x += 32 + documented.width + 24
    yield Line(x, base - 4, x + 24, base - 4, Paint.INK, 2, DASHED)
    yield Text(x + 32, base, (inferred,), role="legend")
