"""Two calls under each other on one axis: what differs, for whom, and by how much.

The title is the finding. A rule over a lane spans the time in which the two differ; one bracket
joins the two beginnings of the conversation and carries the number; a table says for whom, signed,
with bars from a common zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from ..call.timeline import Leg, Timeline
from ..units import Milliseconds
from ..words import LegState, Party
from . import wording
from .lanes.lane import Frame, at
from .lanes.picture import GUTTER, MARGIN, NARROWEST, axis_of, behind, body, legend
from .lanes.scale import Scale, scale
from .picture_palette import Paint, Theme
from .svg import (
    Circle,
    Group,
    Line,
    Path,
    Picture,
    Rect,
    Run,
    Shape,
    Text,
    blank,
    flow,
    patched,
)


@frozen
class Row:
    """A figure that differs.

    Attributes:
        who: ``contact``, ``employee`` or ``both``.
        before, after: in words.
        difference: of the second call from the first, milliseconds.
    """

    who: str
    what: str
    before: str
    after: str
    difference: Milliseconds


@frozen
class Finding:
    """What a comparison comes to, in words."""

    title: str
    sentence: str
    rows: tuple[Row, ...]


def comparison_svg(
    before: Timeline,
    after: Timeline,
    *,
    names: tuple[str, str] = ("before", "after"),
    title: str | None = None,
    theme: Theme = "auto",
    width: int = 880,
) -> str:
    """The comparison of two calls as an SVG document.

    Args:
        before, after: the calls.
        names: what makes each of them, ``switch_at_once: false``.
        title: the finding, where the caller knows what was changed.
        theme: ``auto`` is light, and dark where the viewer prefers dark.
        width: of the whole picture, pixels.
    """
    return comparison_picture(before, after, names=names, title=title, width=width).svg(theme)


def comparison_picture(
    before: Timeline,
    after: Timeline,
    *,
    names: tuple[str, str] = ("before", "after"),
    title: str | None = None,
    width: int = 880,
) -> Picture:
    """The comparison, laid out."""
    width = max(width, NARROWEST)
    room = Frame(MARGIN, width - MARGIN)
    found = finding(before, after)
    heading = title or found.title
    calls = (before, after)
    reserve = max(behind(before), behind(after))
    measure = scale(calls, MARGIN + GUTTER, room.right - reserve)
    apart = differing(before, after)

    shapes, y = _head(heading, found.sentence if heading != found.sentence else "", room)
    tops: list[float] = []
    bottoms: list[float] = []
    for letter, name, call in zip("AB", names, calls, strict=True):
        if tops:
            y += 64 if _beginnings(before, after) else 30
        badge, y = _badge(letter, name, call, room, y)
        shapes += badge
        tops.append(y)
        laid = body(call, measure, room, y)
        shapes += [*laid.shapes, *_rules(laid.shapes, apart, measure)]
        bottoms.append(laid.bottom)
        y = laid.bottom
    lines = tuple(_bracket(before, after, measure, (bottoms[0], tops[1])))
    brackets = (Group("bracket", lines),) if lines else ()
    axis, y = axis_of(measure, room, y)
    sense = Group("legend", tuple(legend(measure.left, room.right, y + 22)))
    table, y = _table(found.rows, room, y + 58)
    notes, y = _note(apart, room, y)
    described = " ".join(
        [f"{heading}.", found.sentence]
        + [f"{row.who} {row.what}: {row.before}, then {row.after}." for row in found.rows]
    )
    return Picture(
        width,
        round(y),
        heading,
        described,
        (*brackets, *shapes, axis, sense, *table, *notes),
    )


# ------------------------------------------------------------------------------------ the finding


def finding(before: Timeline, after: Timeline) -> Finding:
    """What differs between two calls, and for whom."""
    rows = tuple(_merged([*_figures(before, after)]))
    said = " ".join(_said(before, after))
    return Finding(_title(before, after, nothing=not rows), said, rows)


def _title(before: Timeline, after: Timeline, *, nothing: bool) -> str:
    one, other = before.conversation, after.conversation
    if one is not None and other is not None:
        if one.start != other.start:
            return f"The conversation begins {_shift(other.start - one.start)}"
        return (
            "Nothing differs that anybody hears"
            if nothing
            else "The conversation begins at the same moment"
        )
    if one is not None:
        return "There is no conversation any more"
    if other is not None:
        return "Now there is a conversation"
    return "There is no conversation in either call"


def _said(before: Timeline, after: Timeline) -> Iterator[str]:
    """What a party hears, or is, in one of the calls alone."""
    for party in Party:
        one, other = before.leg(party), after.leg(party)
        if one.dialed is None and other.dialed is not None:
            yield f"Now the {party} is dialed."
        elif one.dialed is not None and other.dialed is None:
            yield f"The {party} is never dialed."
        heard = one.hears(LegState.MESSAGE), other.hears(LegState.MESSAGE)
        if heard == (True, False):
            yield f"The {party} never hears the message."
        elif heard == (False, True):
            yield f"Now the {party} hears the message."


def _shift(difference: Milliseconds) -> str:
    return f"{wording.length(abs(difference))} {'earlier' if difference < 0 else 'later'}"


def _figures(before: Timeline, after: Timeline) -> Iterator[Row]:
    for party in Party:
        told = zip(_of(before.leg(party)), _of(after.leg(party)), strict=True)
        for (what, missing, first), (_, _, second) in told:
            if first != second:
                one = missing if first is None else wording.length(first)
                other = missing if second is None else wording.length(second)
                yield Row(str(party), what, one, other, (second or 0) - (first or 0))


def _of(leg: Leg) -> tuple[tuple[str, str, Milliseconds | None], ...]:
    """What is compared of a leg: its name, what it is called where it is missing, how long."""
    figures = leg.figures
    return (
        ("the phone rings", "not dialed", _rings(leg)),
        ("hears the message", "not played", figures.message_heard or None),
        ("waits for the conversation", "no answer", figures.waited),
        ("hears dialing music", "none", figures.music_heard or None),
        ("talk", "not at all", figures.talked or None),
    )


def _rings(leg: Leg) -> Milliseconds | None:
    if leg.dialed is None:
        return None
    return sum(one.length for one in leg.segments if one.state is LegState.DIALING)


def _merged(rows: Sequence[Row]) -> Iterator[Row]:
    """What is the same for both is said once, last."""
    contact = [row for row in rows if row.who == "contact"]
    both = [
        row
        for row in contact
        if row.what == "talk"
        and Row("employee", row.what, row.before, row.after, row.difference) in rows
    ]
    for row in rows:
        if row.what == "talk" and both:
            continue
        what = "talks" if row.what == "talk" else row.what
        yield Row(row.who, what, row.before, row.after, row.difference)
    for row in both:
        yield Row("both", row.what, row.before, row.after, row.difference)


def differing(
    before: Timeline, after: Timeline
) -> dict[Party, tuple[tuple[Milliseconds, Milliseconds], ...]]:
    """Of each party the stretches of time in which the two calls differ."""
    return {party: _stretches(before.leg(party), after.leg(party)) for party in Party}


def _stretches(one: Leg, other: Leg) -> tuple[tuple[Milliseconds, Milliseconds], ...]:
    borders = sorted(
        {
            border
            for leg in (one, other)
            for segment in leg.segments
            for border in (segment.start, segment.end)
        }
    )
    found: list[tuple[Milliseconds, Milliseconds]] = []
    for start, end in pairwise(borders):
        if _state(one, start) is _state(other, start):
            continue
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def _state(leg: Leg, at: Milliseconds) -> LegState:
    """What the leg does from this moment on; before and after its segments, nothing."""
    for segment in leg.segments:
        if segment.start <= at < segment.end:
            return segment.state
    return LegState.IDLE


# ------------------------------------------------------------------------------------- the drawing


def _head(title: str, sentence: str, frame: Frame) -> tuple[list[Shape], float]:
    shapes: list[Shape] = []
    y = 30.0
    for line in flow((Run(title, 16, bold=True),), frame.right - frame.left):
        shapes.append(Text(frame.left, y, line, blank(16), "title"))
        y += 21
    for line in flow((Run(sentence, 13),), frame.right - frame.left) if sentence else []:
        shapes.append(Text(frame.left, y + 1, line, blank(13), "sentence"))
        y += 19
    return shapes, y + 8


def _badge(
    letter: str, name: str, call: Timeline, frame: Frame, y: float
) -> tuple[list[Shape], float]:
    """A letter in a disc, what makes this call, and how it turned out."""
    run = Run(letter, 11.5, Paint.PAGE, bold=True)
    shapes: list[Shape] = [
        Circle(frame.left + 9, y, 9, Paint.INK),
        Text(frame.left + 9 - run.width / 2, y + 4, (run,), role="letter"),
    ]
    good = call.conversation is not None
    told = Run(wording.outcome(call), 12, Paint.SECOND if good else Paint.FAILURE)
    for line in flow((Run(name, 12.5, bold=True), told), frame.right - frame.left - 26):
        shapes += patched(Text(frame.left + 26, y + 4.5, line, 8, "name"))
        y += 17
    return shapes, y - 7


def _rules(
    shapes: Sequence[Shape],
    apart: dict[Party, tuple[tuple[Milliseconds, Milliseconds], ...]],
    measure: Scale,
) -> Iterator[Shape]:
    """Over each lane, where the calls differ."""
    for lane in shapes:
        if not isinstance(lane, Group) or lane.kind != "lane":
            continue
        party = Party(dict(lane.data)["party"])
        name = next(one for one in lane.shapes if isinstance(one, Text))
        top = name.y - 15
        for start, end in apart[party]:
            left, right = measure.x(start), measure.x(end)
            rule = Line(left, top - 4, max(right, left + 1), top - 4, Paint.ACCENT, 3)
            yield Group("differs", (rule,), (("start", at(start)), ("end", at(end))))


def _beginnings(before: Timeline, after: Timeline) -> tuple[Milliseconds, Milliseconds] | None:
    one, other = before.conversation, after.conversation
    if one is None or other is None or one.start == other.start:
        return None
    return one.start, other.start


def _bracket(
    before: Timeline, after: Timeline, measure: Scale, ends: tuple[float, float]
) -> Iterator[Shape]:
    """From the one beginning of the conversation to the other, with the number."""
    begins = _beginnings(before, after)
    if begins is None:
        return
    start, end = measure.x(begins[0]), measure.x(begins[1])
    top, bottom = ends[0], ends[1] + 4
    y = ends[0] + 30
    paint = Paint.ACCENT
    yield Line(start, top, start, y, paint, 1.5)
    yield Line(start, y, end, y, paint, 1.5)
    yield Line(end, y, end, bottom, paint, 1.5)
    way = 1 if end > start else -1
    if abs(end - start) >= 12:
        yield Path(((end, y), (end - 9 * way, y - 4.5), (end - 9 * way, y + 4.5)), paint)
    run = Run(_shift(begins[1] - begins[0]), 13, paint, bold=True)
    pill = run.width + 20
    left = (start + end - pill) / 2
    if pill + 44 > abs(end - start):
        left = max(start, end) + 12
        if left + pill > measure.right:
            left = min(start, end) - 12 - pill
    yield Rect(left, y - 12, pill, 24, Paint.PAGE, paint, 12, edge_width=1.5)
    yield Text(left + 10, y + 4.5, (run,), role="shift")


@frozen
class _Columns:
    """Where the columns of the table stand, as wide as what they hold.

    Attributes:
        what: where the second begins.
        rights: where before, after and difference end.
        zero: of the bars; None: there is no room for them.
    """

    size: float
    what: float
    rights: tuple[float, float, float]
    zero: float | None
    half: float


def _columns(rows: Sequence[Row], frame: Frame) -> _Columns:
    wide = frame.right - frame.left
    size = 12.5
    while True:
        what = frame.left + 5.8 * size
        end = what + max(Run(row.what, size).width for row in rows)
        rights: list[float] = []
        for share, texts in (
            (0.47, [row.before for row in rows]),
            (0.62, [row.after for row in rows]),
            (0.77, [signed(row.difference) for row in rows]),
        ):
            bold = share > 0.7
            room = max(Run(text, size, bold=bold).width for text in texts)
            end = max(frame.left + share * wide, end + max(room, 5.5 * size) + 12)
            rights.append(end)
        if end <= frame.right or size <= 8:
            break
        size -= 0.5
    half = min(0.09 * wide, (frame.right - end - 20) / 2)
    zero = frame.right - half if half > 24 else None
    return _Columns(size, what, (rights[0], rights[1], rights[2]), zero, half)


def _table(rows: Sequence[Row], frame: Frame, y: float) -> tuple[list[Shape], float]:
    """What differs and for whom: before, after, the difference, and a bar from a common zero."""
    if not rows:
        return [], y - 10
    columns = _columns(rows, frame)
    longest = max(abs(row.difference) for row in rows)
    title = Run("What differs, and for whom", 11.5, Paint.SECOND)
    shapes: list[Shape] = [Text(frame.left, y, (title,), role="head")]
    for right, name in zip(columns.rights, ("A", "B", "difference"), strict=True):
        shapes.append(_right(right, y, Run(name, 11.5, Paint.SECOND), "head"))
    shapes.append(Line(frame.left, y + 10.5, frame.right, y + 10.5, Paint.SECOND))
    for row in rows:
        y += 25
        shapes.append(
            Group("row", (*_cells(row, columns, frame, y), *_amount(row, columns, longest, y)))
        )
    return shapes, y + 30


def _right(right: float, y: float, run: Run, role: str) -> Text:
    return Text(right - run.width, y, (run,), role=role)


def _cells(row: Row, columns: _Columns, frame: Frame, y: float) -> Iterator[Shape]:
    size, (before, after, difference) = columns.size, columns.rights
    yield Text(frame.left, y + 3, (Run(row.who, size, bold=True),), role="who")
    yield Text(columns.what, y + 3, (Run(row.what, size),), role="what")
    yield _right(before, y + 3, Run(row.before, size), "figure")
    yield _right(after, y + 3, Run(row.after, size), "figure")
    told = Run(signed(row.difference), size, Paint.ACCENT, bold=True)
    yield _right(difference, y + 3, told, "difference")
    yield Line(frame.left, y + 11.5, frame.right, y + 11.5, Paint.HAIR)


def _amount(row: Row, columns: _Columns, longest: Milliseconds, y: float) -> Iterator[Shape]:
    """The difference as a bar from the common zero."""
    zero = columns.zero
    if zero is None:
        return
    if row.difference:
        width = max(abs(row.difference) / longest * columns.half, 1)
        left = zero if row.difference > 0 else zero - width
        yield Rect(left, y - 5, width, 8, Paint.ACCENT)
    yield Line(zero, y - 9, zero, y + 7, Paint.SECOND)


def signed(difference: Milliseconds) -> str:
    """``+12.5 s``, or with a true minus."""
    if not difference:
        return wording.length(0)
    return f"{'−' if difference < 0 else '+'}{wording.length(abs(difference))}"


def _note(
    apart: dict[Party, tuple[tuple[Milliseconds, Milliseconds], ...]], frame: Frame, y: float
) -> tuple[list[Shape], float]:
    starts = [stretches[0][0] for stretches in apart.values() if stretches]
    if not starts:
        text = "Both parties live through the same in A and B."
    else:
        text = "The blue rule above a lane spans the time in which A and B differ."
        if min(starts):
            text += f" Before {wording.moment(min(starts))} both are the same."
    shapes: list[Shape] = []
    for line in flow((Run(text, 11.5, Paint.SECOND),), frame.right - frame.left):
        shapes.append(Text(frame.left, y, line, blank(11.5), "note"))
        y += 16
    return shapes, y + 4
