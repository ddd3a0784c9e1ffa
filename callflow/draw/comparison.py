"""Two calls under each other on one axis: what differs, for whom, and by how much.

The title is the finding. A rule over a lane spans the time in which the two differ; one bracket
joins the two beginnings of the conversation and carries the number; a table says for whom, signed,
with bars from a common zero. The words are those of `finding`; here they get their places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from ..call.difference import Difference
from ..call.timeline import Timeline
from ..units import Milliseconds
from ..words import Party
from . import wording
from .catalogue import say
from .finding import Finding, Row, finding, moments, shift, signed
from .lanes.lane import Frame, at
from .lanes.picture import GUTTER, MARGIN, NARROWEST, Body, axis_of, behind, body, legend
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
    flat,
    flow,
    patched,
)


def comparison_svg(
    before: Timeline,
    after: Timeline,
    *,
    names: tuple[str, str] | None = None,
    title: str | None = None,
    theme: Theme = "auto",
    width: int = 880,
) -> str:
    """The comparison of two calls as an SVG document.

    Args:
        before, after: the calls.
        names: of the calls; None: what makes them, where the cases tell.
        title: None: what was changed, and what it changes.
        theme: ``auto`` is light, and dark where the viewer prefers dark.
        width: of the whole picture, pixels; less than 560 are taken as 560.
    """
    difference = Difference(before, after)
    found = finding(difference, names)
    if title is not None:
        found = evolve(found, title=title)
    return comparison_picture(difference, found, width=width).svg(theme)


def comparison_picture(difference: Difference, found: Finding, *, width: int = 880) -> Picture:
    """The comparison, laid out."""
    width = max(width, NARROWEST)
    room = Frame(MARGIN, width - MARGIN)
    calls = difference.before, difference.after
    reserve = max(map(behind, calls))
    measure = scale(calls, MARGIN + GUTTER, room.right - reserve)

    shapes, y = _head(found, room)
    laids: list[Body] = []
    for number, (call, labels) in enumerate(zip(calls, moments(difference), strict=True)):
        if laids:
            y += 30 if difference.begins is None else 70
        told = call if difference.begins is None else None  # else labels and table say it
        badge, y = _badge("AB"[number], found.names[number], told, room, y)
        shapes += badge
        laid = body(call, measure, room, y, labels)
        shapes += [*laid.shapes, *_rules(laid.shapes, difference, measure)]
        laids.append(laid)
        y = laid.bottom
    lines = tuple(_bracket(difference, measure, laids[0].bottom, laids[1].shapes))
    brackets = (Group("bracket", lines),) if lines else ()
    axis, y = axis_of(measure, room, y)
    sense = Group("legend", tuple(legend(measure.left, room.right, y + 22)))
    table, y = _table(found, room, y + 58)
    notes, y = _note(difference, found, room, y)
    return Picture(
        width,
        round(y),
        found.title,
        _described(found),
        (*brackets, *shapes, axis, sense, *table, *notes),
    )


def _described(found: Finding) -> str:
    """The comparison for who does not see the picture."""
    rows = [
        say(
            "{who} {what}: A {before}, B {after}.",
            who=row.who,
            what=row.what,
            before=row.before,
            after=row.after,
        )
        for row in found.rows
    ]
    return " ".join([f"{found.title}.", found.sentences, *rows, found.behind]).strip()


# ------------------------------------------------------------------------------------ head, badges


def _head(found: Finding, frame: Frame) -> tuple[list[Shape], float]:
    shapes: list[Shape] = []
    y = 30.0
    for line in flow((Run(found.title, 16, bold=True),), frame.right - frame.left):
        shapes.append(Text(frame.left, y, line, blank(16), "title"))
        y += 21
    for line in flow((Run(found.sentences, 13),), frame.right - frame.left):
        shapes.append(Text(frame.left, y + 1, line, blank(13), "sentence"))
        y += 19
    return shapes, y + 10


def _badge(
    letter: str, name: str, call: Timeline | None, frame: Frame, y: float
) -> tuple[list[Shape], float]:
    """A letter in a disc, what makes this call, and, if it is given, how it turned out."""
    run = Run(letter, 11.5, Paint.PAGE, bold=True)
    shapes: list[Shape] = [
        Circle(frame.left + 9, y, 9, Paint.INK),
        Text(frame.left + 9 - run.width / 2, y + 4, (run,), role="letter"),
    ]
    told = [Run(name, 12.5, bold=True)]
    if call is not None:
        good = call.conversation is not None
        told.append(Run(wording.outcome(call), 12, Paint.SECOND if good else Paint.FAILURE))
    for line in flow(told, frame.right - frame.left - 26):
        shapes += patched(Text(frame.left + 26, y + 4.5, line, 8, "name"))
        y += 17
    return shapes, y - 7


# ------------------------------------------------------------------------------- rules, bracket


def _rules(shapes: Sequence[Shape], difference: Difference, measure: Scale) -> Iterator[Shape]:
    """Over each lane, where the calls differ."""
    for lane in shapes:
        if not isinstance(lane, Group) or lane.kind != "lane":
            continue
        party = Party(dict(lane.data)["party"])
        name = next(one for one in lane.shapes if isinstance(one, Text))
        top = name.y - 15
        for start, end in difference.stretches[party]:
            left, right = measure.x(start), measure.x(end)
            rule = Line(left, top - 4, max(right, left + 1), top - 4, Paint.ACCENT, 3)
            yield Group(
                "differs", (rule,), (("party", str(party)), ("start", at(start)), ("end", at(end)))
            )


def _bracket(
    difference: Difference, measure: Scale, top: float, below: Sequence[Shape]
) -> Iterator[Shape]:
    """From the one beginning of the conversation, whose line ends at ``top``, to the other's."""
    begins = difference.begins
    if begins is None:
        return
    start, end = measure.x(begins[0]), measure.x(begins[1])
    y = top + 30
    lines = (shape for shape in flat(below) if isinstance(shape, Line) and shape.role == "moment")
    bottom = next(line.y1 for line in lines if line.x1 == end)
    paint = Paint.ACCENT
    yield Line(start, top, start, y, paint, 1.5)
    yield Line(start, y, end, y, paint, 1.5)
    yield Line(end, y, end, bottom, paint, 1.5)
    way = 1 if end > start else -1
    if abs(end - start) >= 12:
        yield Path(((end, y), (end - 9 * way, y - 4.5), (end - 9 * way, y + 4.5)), paint)
    run = Run(shift(begins[1] - begins[0]), 13, paint, bold=True)
    pill = run.width + 20
    left = (start + end - pill) / 2
    if pill + 44 > abs(end - start):
        left = max(start, end) + 12
        if left + pill > measure.right:
            left = min(start, end) - 12 - pill
    yield Rect(left, y - 12, pill, 24, Paint.PAGE, paint, 12, edge_width=1.5)
    yield Text(left + 10, y + 4.5, (run,), role="shift")


# --------------------------------------------------------------------------------------- the table


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


def _by(row: Row) -> str:
    return "" if row.difference is None else signed(row.difference)


def _columns(rows: Sequence[Row], frame: Frame) -> _Columns:
    wide = frame.right - frame.left
    size = 12.5
    while True:
        widest = max(Run(row.who, size, bold=True).width for row in rows)
        what = frame.left + max(5.8 * size, widest + 8)
        end = what + max(Run(row.what, size).width for row in rows)
        rights: list[float] = []
        for share, texts in (
            (0.47, [row.before for row in rows]),
            (0.62, [row.after for row in rows]),
            (0.77, [_by(row) for row in rows]),
        ):
            bold = share > 0.7
            room = max(Run(text, size, bold=bold).width for text in texts)
            end = max(frame.left + share * wide, end + max(room, 5.5 * size) + 12)
            rights.append(end)
        if end <= frame.right or size <= 6:
            break
        size -= 0.5
    half = min(0.09 * wide, (frame.right - end - 20) / 2)
    zero = frame.right - half if half > 24 else None
    return _Columns(size, what, (rights[0], rights[1], rights[2]), zero, half)


def _table(found: Finding, frame: Frame, y: float) -> tuple[list[Shape], float]:
    """What differs and for whom: before, after, the difference, and a bar from a common zero."""
    rows = found.rows
    if not rows:
        return [], y - 10
    columns = _columns(rows, frame)
    longest = max([abs(row.difference or 0) for row in rows])
    title = Run(say("What differs, and for whom"), 11.5, Paint.SECOND)
    shapes: list[Shape] = [Text(frame.left, y, (title,), role="head")]
    for right, name in zip(columns.rights, _heads(found, columns, title), strict=True):
        shapes.append(_right(right, y, Run(name, 11.5, Paint.SECOND), "head"))
    shapes.append(Line(frame.left, y + 10.5, frame.right, y + 10.5, Paint.SECOND))
    for row in rows:
        y += 25
        shapes.append(
            Group("row", (*_cells(row, columns, frame, y), *_amount(row, columns, longest, y)))
        )
    return shapes, y + 30


def _heads(found: Finding, columns: _Columns, title: Run) -> tuple[str, str, str]:
    """What stands over the figures: letters, with what makes each call if both have room."""
    before, after, _ = columns.rights
    told = [Run(f"{letter} {head}", 11.5) for letter, head in zip("AB", found.heads, strict=True)]
    fit = (
        before - told[0].width >= MARGIN + title.width + 14 and told[1].width + 14 <= after - before
    )
    one, other = (run.text for run in told) if fit and all(found.heads) else "AB"
    return one, other, say("difference")


def _right(right: float, y: float, run: Run, role: str) -> Text:
    return Text(right - run.width, y, (run,), role=role)


def _cells(row: Row, columns: _Columns, frame: Frame, y: float) -> Iterator[Shape]:
    size, (before, after, difference) = columns.size, columns.rights
    yield Text(frame.left, y + 3, (Run(row.who, size, bold=True),), role="who")
    yield Text(columns.what, y + 3, (Run(row.what, size),), role="what")
    yield _right(before, y + 3, Run(row.before, size), "figure")
    yield _right(after, y + 3, Run(row.after, size), "figure")
    if row.difference is not None:
        told = Run(_by(row), size, Paint.ACCENT, bold=True)
        yield _right(difference, y + 3, told, "difference")
    yield Line(frame.left, y + 11.5, frame.right, y + 11.5, Paint.HAIR)


def _amount(row: Row, columns: _Columns, longest: Milliseconds, y: float) -> Iterator[Shape]:
    """The difference as a bar from the common zero."""
    zero = columns.zero
    if zero is None or row.difference is None:
        return
    if row.difference:
        width = max(abs(row.difference) / longest * columns.half, 1)
        left = zero if row.difference > 0 else zero - width
        yield Rect(left, y - 5, width, 8, Paint.ACCENT)
    yield Line(zero, y - 9, zero, y + 7, Paint.SECOND)


def _note(
    difference: Difference, found: Finding, frame: Frame, y: float
) -> tuple[list[Shape], float]:
    """What the rules mean, and up to when all is the same; or what stands behind."""
    since = difference.since
    if since is None:
        text = f"{say('Both parties live through the same in A and B.')} {found.behind}"
    else:
        text = ""
        if any(difference.stretches.values()):
            text = say("The blue rule above a lane spans the time in which A and B differ. ")
        if since:
            text += say("Before {time} both are the same.", time=wording.moment(since))
    shapes: list[Shape] = []
    for line in flow((Run(text, 11.5, Paint.SECOND),), frame.right - frame.left):
        shapes.append(Text(frame.left, y, line, blank(11.5), "note"))
        y += 16
    return shapes, y + 4
