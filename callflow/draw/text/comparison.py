"""Two calls under each other as text: what differs, for whom, and where, on one axis.

The finding comes first, then its rows, then both calls with the parts marked in which they differ.
A moment that is the same in both is not named: the exception is marked, the norm recedes. Where
nobody could notice a difference there is nothing to draw; what stands behind it is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...call.difference import Difference
from ...call.timeline import Timeline
from ...errors import printable
from ...words import Outcome
from .. import wording
from ..catalogue import say
from ..finding import Finding, Row, moments, shift, signed
from ..grid import NARROWEST, Grid, Line, Run, Sheet, Style, cells, line, wrap
from ..palette import Role
from .picture import gutter_for, part
from .scale import Scale, common_scale
from .table import notices

#: Between two columns of the table, the first that leaves room for all.
_GAPS = (4, 3, 2)

#: What a row is about, before, after, and the difference.
_Texts = tuple[str, str, str, str]


def comparison_text(
    difference: Difference,
    found: Finding,
    *,
    width: int,
    style: Style,
    commands: tuple[str, str] | None = None,
) -> Sheet:
    """What two calls differ in, as text.

    Args:
        difference: of the calls.
        found: the same in words.
        width: how many cells a line may take; at least 40 are taken.
        style: what can be shown.
        commands: those that tell more of each call, as the reader would type them.
    """
    width = max(width, NARROWEST)
    gutter = gutter_for(width)
    lines: list[Line] = [*wrap([(style.users(found.sentence), Role.STRONG)], width)]
    if found.behind:
        lines += wrap([(style.users(found.behind), Role.TEXT)], width)
    if difference.differs:
        lines += [(), *_table(found.rows, width, gutter, style), ()]
        lines += _calls(difference, found, width, gutter, style)
    if commands is not None:
        lines += [(), *_more(commands, width, gutter, style)]
    return Sheet(tuple(lines))


# --------------------------------------------------------------------------------------- the table


class _Columns(NamedTuple):
    """How wide the columns of the table are, and the gap behind each."""

    what: int
    before: int
    after: int
    by: int
    gap: int

    def hold(self, texts: _Texts) -> bool:
        """Whether a row has room in them."""
        return all(cells(text) <= room for text, room in zip(texts, self[:4], strict=True))


def _table(rows: Sequence[Row], width: int, gutter: int, style: Style) -> Iterator[Line]:
    """A row for each thing that differs, in columns as far as they have room."""
    told = [_cells(row, style) for row in rows]
    # Words can be long; numbers keep their columns.
    numbers = [texts for row, texts in zip(rows, told, strict=True) if row.difference is not None]
    columns = _columns(told, told, width - gutter) or _columns(told, numbers, width - gutter)
    for row, texts in zip(rows, told, strict=True):
        who: Run = (row.who.ljust(gutter), Role.STRONG)
        if columns is not None and columns.hold(texts):
            aligned = (
                text + " " * (room - cells(text) + columns.gap)
                for text, room in zip(texts[:3], columns[:3], strict=True)
            )
            yield line(
                (who, ("".join(aligned), Role.TEXT), (texts[3].rjust(columns.by), Role.STRONG))
            )
        else:
            yield from _flowing(who, texts, columns, width)


def _flowing(who: Run, texts: _Texts, columns: _Columns | None, width: int) -> Iterator[Line]:
    """A row whose words find no room in columns: beside what it is about, or below."""
    what, before, after, by = texts
    gutter = len(who[0])
    told = say("A {before}, B {after}", before=before, after=after)
    runs = [(told, Role.TEXT), (f"  {by}", Role.STRONG)]
    head: Line = (who, (what, Role.TEXT))
    if columns is not None:
        gutter += columns.what + columns.gap
        head = (who, (what.ljust(columns.what + columns.gap), Role.TEXT))
    else:
        yield line(head)
        head = ((" " * gutter, Role.TEXT),)
    for number, broken in enumerate(wrap(runs, width - gutter)):
        yield line((*(((" " * gutter, Role.TEXT),) if number else head), *broken))


def _columns(every: Sequence[_Texts], wide: Sequence[_Texts], room: int) -> _Columns | None:
    """Columns in which ``wide`` have room, and what ``every`` row is about; None: there is none."""
    if not wide:
        return None
    what = max(cells(texts[0]) for texts in every)
    before, after, by = (max(cells(texts[column]) for texts in wide) for column in (1, 2, 3))
    gap = next((gap for gap in _GAPS if what + before + after + by + 3 * gap <= room), None)
    return None if gap is None else _Columns(what, before, after, by, gap)


def _cells(row: Row, style: Style) -> _Texts:
    by = "" if row.difference is None else signed(row.difference, "-")
    return row.short, style.users(row.before), style.users(row.after), by


# --------------------------------------------------------------------------------------- the calls


def _calls(
    difference: Difference, found: Finding, width: int, gutter: int, style: Style
) -> Iterator[Line]:
    """A over B on one axis, and between them how far the conversation moved."""
    calls = difference.before, difference.after
    measure = common_scale(calls, width - gutter - 1)
    named = moments(difference)
    for number, call in enumerate(calls):
        if number:
            yield from _moved(difference, measure, width, gutter, style)
        yield from _head("AB"[number], found.names[number], call, width, style)
        yield from part(
            call,
            width=width,
            gutter=gutter,
            style=style,
            measure=measure,
            moments=named[number],
            apart=difference.stretches,
            last=number == 1,
        )


def _head(letter: str, name: str, call: Timeline, width: int, style: Style) -> Iterator[Line]:
    """What makes this call, how it turned out, and what misleads in it."""
    good = call.outcome is Outcome.CONVERSATION
    sign = ("● ", Role.GOOD) if good else ("× ", Role.FAILURE)
    title = wrap([(style.users(name), Role.STRONG)], width - 3)
    for number, broken in enumerate(title):
        yield line((("   " if number else f"{letter}  ", Role.STRONG), *broken))
    words = wrap([(wording.outcome(call), Role.TEXT if good else Role.STRONG)], width - 2)
    for number, broken in enumerate(words):
        yield line((("  ", Role.TEXT) if number else (style.own(sign[0]), sign[1]), *broken))
    yield from notices(call, width, style)


def _moved(
    difference: Difference, measure: Scale, width: int, gutter: int, style: Style
) -> Iterator[Line]:
    """An arrow from the beginning of the one conversation to that of the other."""
    if difference.begins is None:
        yield ()
        return
    start, end = map(measure.at, difference.begins)
    left, right = min(start, end), max(start, end)
    dash, back, forth, corner = "─◀▶│" if style.drawn else "-<>|"
    grid = Grid(width)
    row = grid.add()
    grid.put(row, gutter + left, dash * (right - left + 1), Role.DIFFERENCE)
    grid.put(row, gutter + start, corner, Role.DIFFERENCE)
    grid.put(row, gutter + end, back if end < start else forth, Role.DIFFERENCE)
    text = f" {shift(difference.begins[1] - difference.begins[0])} "
    if len(text) + 4 <= right - left:
        column = left + (right - left - len(text)) // 2 + 1
    elif right + 1 + len(text) <= width - gutter:
        column = right + 1
    elif gutter + left >= len(text):
        column = left - len(text)
    else:
        row = grid.add()
        column = min(left, width - gutter - len(text))
    grid.put(row, gutter + column, text, Role.STRONG)
    yield from grid.lines()


def _more(commands: tuple[str, str], width: int, gutter: int, style: Style) -> Iterator[Line]:
    """What to ask next."""
    for number, (letter, command) in enumerate(zip("AB", commands, strict=True)):
        told = [(f"{letter}  ", Role.TEXT), (style.users(printable(command)), Role.STRONG)]
        for place, broken in enumerate(wrap(told, width - gutter)):
            name = "" if number or place else say("more")
            yield line(((name.ljust(gutter), Role.TEXT), *broken))
