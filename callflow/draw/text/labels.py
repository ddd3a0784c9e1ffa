"""Room for the names of moments: above the lanes, in rows, each beside its own line.

There are few moments, so all ways to set them are tried and the cheapest is taken: an overlap is
forbidden, a foreign line through a label is dear, a row is cheap, the left side hardly costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..grid import wrap
from ..palette import Role

_THROUGH, _ROW, _LEFT = 30, 4, 3


class Spot(NamedTuple):
    """Where a label stands.

    Attributes:
        column, row: its line stands in that column and reaches from that row down.
        start: where its words begin.
        right: they stand right of the line.
    """

    column: int
    row: int
    start: int
    lines: tuple[str, ...]
    right: bool = True

    @property
    def end(self) -> int:
        """The cell after the longest line."""
        return self.start + max(len(line) for line in self.lines)

    @property
    def below(self) -> int:
        """The row after the last line."""
        return self.row + len(self.lines)


def place(labels: Sequence[tuple[int, str]], width: int) -> tuple[Spot, ...]:
    """The cheapest way to set labels, given as column and words, into rows of so many cells."""
    choices = [_sides(column, text, width) for column, text in labels]
    most = sum(len(sides[0].lines) for sides in choices)
    best: tuple[int, tuple[Spot, ...]] = (1 << 30, ())

    def search(spots: tuple[Spot, ...], spent: int, rows: int) -> None:
        nonlocal best
        if spent + rows * _ROW >= best[0]:
            return
        if len(spots) == len(choices):
            best = (spent + rows * _ROW, spots)
            return
        for side in choices[len(spots)]:
            for row in range(most - len(side.lines) + 1):
                spot = Spot(side.column, row, side.start, side.lines, side.right)
                cost = _cost(spot, spots)
                if cost is not None:
                    own = 0 if side is choices[len(spots)][0] else _LEFT
                    search((*spots, spot), spent + cost + own, max(rows, spot.below))

    search((), 0, 0)
    return best[1]


def _sides(column: int, text: str, width: int) -> tuple[Spot, ...]:
    """Right of the line, left of it, or else in several rows where there is more room."""
    sides = tuple(_beside(column, (text,), width))
    if sides:
        return sides
    room = max(width - column - 2, column - 1)
    halves = text.replace(", ", ",\n").split("\n")
    lines = (line for half in halves for line in wrap([(half, Role.TEXT)], room))
    broken = tuple("".join(run for run, _ in line) for line in lines)
    return tuple(_beside(column, broken, width))


def _beside(column: int, lines: tuple[str, ...], width: int) -> Iterator[Spot]:
    longest = max(len(line) for line in lines)
    if column + 2 + longest <= width:
        yield Spot(column, 0, column + 2, lines)
    if longest <= column - 1:
        yield Spot(column, 0, column - 1 - longest, lines, right=False)


def _cost(spot: Spot, others: Sequence[Spot]) -> int | None:
    """What a spot costs beside others; None: it cannot be there."""
    cost = 0
    for other in others:
        shared = spot.row < other.below and other.row < spot.below
        if shared and spot.start <= other.end + 1 and other.start <= spot.end + 1:
            return None
        for line, words in ((spot, other), (other, spot)):
            if words.start - 1 <= line.column <= words.end:
                if words.row <= line.row < words.below:
                    return None
                cost += _THROUGH * (line.row < words.row)
    return cost
