"""Columns of a table in a terminal: aligned at the decimal point, folded where they do not fit.

A column has a head of two lines and as many cells as the table has rows; the columns that say which
row it is stand first, before a rule. What does not fit beside them goes on in a further block,
which begins with them again; if they leave no room, the rows are numbered. Nothing is cut. What the
columns mean is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..grid import Line, Run, Style, cells, line, wrap
from ..palette import Role
from .figures import Cell

#: What a cell that rests on our reading carries behind it.
SIGN = "?"

_NUMBER = re.compile(r"(-?\d+)((?:[.,]\d+)?)(.*)", re.ASCII)


class Column(NamedTuple):
    """A column: its head in two lines, and its cells, each of one line or several.

    Attributes:
        words: its cells begin at its left side; numbers are aligned at their points.
    """

    top: str
    bottom: str
    rows: tuple[tuple[Cell, ...], ...]
    words: bool = False


class _Set(NamedTuple):
    """A column with everything in its place."""

    top: str
    bottom: str
    width: int
    rows: tuple[tuple[Run, ...], ...]
    words: bool


def lines(
    keys: Sequence[Column],
    columns: Sequence[Column],
    *,
    said: Mapping[int, str],
    width: int,
    gap: int,
    style: Style,
    fold: bool,
) -> list[Line] | None:
    """The lines of the table.

    Args:
        keys: the columns that say which row it is.
        said: by the number of a row, what is said across its columns instead.
        gap: how many blanks stand between two columns.
        fold: what does not fit goes on below.

    Returns:
        None: it does not fit, and may not be folded.
    """
    key, rest = [_set(column) for column in keys], [_set(column) for column in columns]
    least = max([_SAID if said else 0, *(_needed([column], gap) for column in rest)])
    if not fold:
        right = max(_needed(rest, gap), least)
        if _needed(key, gap) + (right + 3 if right else 0) > width:
            return None
        return _block(key, rest, said, width, gap, style)
    blocks: list[tuple[list[_Set], bool]] = []
    if _needed(key, gap) > (width - 3) // 2 or _needed(key, gap) + 3 + least > width:
        numbers = tuple((Cell(str(number + 1)),) for number in range(len(keys[0].rows)))
        named, key = key, [_set(Column("", "no", numbers))]
        room = width - 3 - _needed(key, gap)
        blocks += [(part, False) for part in _packed(named, room, gap)]
    room = width - 3 - _needed(key, gap)
    blocks += [(part, not number) for number, part in enumerate(_packed(rest, room, gap))]
    if not rest and said:
        blocks.append(([], True))
    found: list[Line] = []
    for part, tells in blocks or [([], False)]:
        if found:
            found.append(())
        found += _block(key, part, said if tells else {}, width, gap, style)
    return found


#: The least room for what is said across columns.
_SAID = 24


def _taken(columns: Sequence[_Set], gap: int) -> int:
    return sum(column.width for column in columns) + gap * max(len(columns) - 1, 0)


def _needed(columns: Sequence[_Set], gap: int) -> int:
    """What columns take side by side, with their heads."""
    return _taken(_headed(columns, gap, "")[0], gap)


def _packed(columns: Sequence[_Set], room: int, gap: int) -> Iterator[list[_Set]]:
    part: list[_Set] = []
    for column in columns:
        if part and _needed([*part, column], gap) > room:
            yield part
            part = []
        part.append(column)
    if part:
        yield part


# ------------------------------------------------------------------------------------ one column


def _set(column: Column) -> _Set:
    """The column with its numbers under each other, and as wide as it must be."""
    texts = [cell.text for row in column.rows for cell in row]
    found = [_NUMBER.fullmatch(text) for text in texts]
    whole = max((len(number[1]) for number in found if number), default=0)
    numeric = not column.words and whole > 0

    def placed(cell: Cell) -> str:
        number = _NUMBER.fullmatch(cell.text) if numeric else None
        text = cell.text
        if number:
            fraction = f"{number[2]}{SIGN if cell.inferred and not number[3] else ''}"
            fraction = fraction.ljust(point) if number[3] else fraction
            return f"{number[1].rjust(whole)}{fraction}{number[3]}{_sign(cell, number[3])}"
        if numeric and len(text) == 1:
            text = text.rjust(whole)
        return text + _sign(cell, text)

    point = max((len(number[2]) for number in found if number and number[3]), default=0)
    rows = [[(placed(cell), cell) for cell in row] for row in column.rows]
    block = max((cells(text) for row in rows for text, _ in row), default=0)
    width = max(block, cells(column.bottom))
    shift = 0 if column.words or not numeric else width - block
    return _Set(
        column.top,
        column.bottom,
        width,
        tuple(
            tuple(
                (
                    " " * shift + text + " " * (width - shift - cells(text)),
                    Role.INFERRED if cell.inferred else Role.TEXT,
                )
                for text, cell in row
            )
            for row in rows
        ),
        column.words or not numeric,
    )


def _sign(cell: Cell, behind: str) -> str:
    return SIGN if cell.inferred and behind else ""


# ------------------------------------------------------------------------------------- one block


def _block(
    keys: Sequence[_Set],
    columns: Sequence[_Set],
    said: Mapping[int, str],
    width: int,
    gap: int,
    style: Style,
) -> list[Line]:
    bar, dash, cross = ("│", "─", "┼") if style.drawn else ("|", "-", "+")
    keys, key_tops = _headed(keys, gap, dash)
    columns, tops = _headed(columns, gap, dash)
    left, right = _taken(keys, gap), _taken(columns, gap)
    rule: Run = (f" {bar} ", Role.LINE)

    def joined(before: Sequence[Run], behind: Sequence[Run]) -> Line:
        padding = (" " * (left - _length(tuple(before))), Role.TEXT)
        if not columns and not said:
            return line(before)
        return line((*before, padding, rule, *behind))

    found = [joined(key_tops, tops)] if any(text.strip() for text, _ in (*key_tops, *tops)) else []
    found.append(joined(_bottoms(keys, gap), _bottoms(columns, gap)))
    room = max(right, width - left - 3)
    tells = {row: wrap([(text, Role.CAUTION)], room) for row, text in said.items()}
    longest = max((_length(part) for told in tells.values() for part in told), default=0)
    under = dash * max(right, longest)
    found.append(((dash * left + (f"{dash}{cross}{dash}{under}" if under else ""), Role.LINE),))
    count = len((keys or columns)[0].rows)
    for row in range(count):
        told = tells.get(row, [])
        height = max([len(told), *(len(column.rows[row]) for column in keys)])
        if row not in said:
            height = max([height, *(len(column.rows[row]) for column in columns)])
        for number in range(height):
            before = _cells(keys, row, number, gap)
            behind = told[number] if number < len(told) else ()
            if row not in said:
                behind = tuple(_cells(columns, row, number, gap))
            found.append(joined(before, behind))
    return found


def _length(part: Line) -> int:
    return sum(cells(text) for text, _ in part)


def _cells(columns: Sequence[_Set], row: int, number: int, gap: int) -> list[Run]:
    runs: list[Run] = []
    for column in columns:
        if runs:
            runs.append((" " * gap, Role.TEXT))
        there = column.rows[row]
        runs.append(there[number] if number < len(there) else (" " * column.width, Role.TEXT))
    return runs


def _headed(columns: Sequence[_Set], gap: int, dash: str) -> tuple[list[_Set], list[Run]]:
    """Columns as wide as their tops need, and the line of tops; neighbours may share one."""
    found: list[_Set] = []
    tops: list[Run] = []
    at = 0
    while at < len(columns):
        end = at + 1
        while columns[at].top and end < len(columns) and columns[end].top == columns[at].top:
            end += 1
        group = list(columns[at:end])
        missing = cells(columns[at].top) - _taken(group, gap)
        if missing > 0:
            group[-1] = _widened(group[-1], missing)
        room = _taken(group, gap)
        if tops:
            tops.append((" " * gap, Role.TEXT))
        top = columns[at].top
        padding = room - cells(top)
        if len(group) > 1 and padding > 2:
            tops += [(f"{top} ", Role.STRONG), (dash * (padding - 1), Role.LINE)]
        elif group[0].words:
            tops += [(top, Role.STRONG), (" " * padding, Role.TEXT)]
        else:
            tops += [(" " * padding, Role.TEXT), (top, Role.STRONG)]
        found += group
        at = end
    return found, tops


def _widened(column: _Set, more: int) -> _Set:
    blank = " " * more
    rows = tuple(
        tuple((text + blank if column.words else blank + text, role) for text, role in row)
        for row in column.rows
    )
    return column._replace(width=column.width + more, rows=rows)


def _bottoms(columns: Sequence[_Set], gap: int) -> list[Run]:
    runs: list[Run] = []
    for column in columns:
        if runs:
            runs.append((" " * gap, Role.TEXT))
        padding = " " * (column.width - cells(column.bottom))
        text = column.bottom + padding if column.words else padding + column.bottom
        runs.append((text, Role.STRONG))
    return runs
