"""Room for labels beside lines: few labels, so all ways to set them are tried.

The cheapest is taken: an overlap is forbidden, a foreign line through a label is dear, a row is
cheap, leaving the first side of the line costs more than a row; of lines that stand close the
earlier label stands above the later. The same search sets the moments above the lanes and the words
of bars that are too narrow for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from attrs import frozen

_THROUGH, _ROW, _OTHER, _ORDER = 30.0, 4.0, 6.0, 0.1
#: Blank on both sides of a label, and of a line.
_BLANK, _CLEAR = 5.0, 2.0
#: Lines that read as one.
_NEAR = 8.0


@frozen
class Wish:
    """A label to set.

    Attributes:
        line: where its line stands, which goes down from its row.
        starts: where its words may begin, best first.
    """

    line: float
    starts: tuple[float, ...]
    width: float


class Spot(NamedTuple):
    """Where a label stands; rows are counted from below."""

    line: float
    start: float
    end: float
    row: int


def beside(line: float, width: float, left: float, right: float, gap: float = 6) -> Wish:
    """A label right of its line, or left of it, as far as that is inside the picture."""
    ways = (line + gap, line - gap - width)
    inside = tuple(x for x in ways if left <= x and x + width <= right)
    return Wish(line, inside or (min(max(line + gap, left), right - width),), width)


def over(start: float, end: float, width: float, left: float, right: float) -> Wish:
    """A label over the stretch that it names: from its beginning on, or up to its end."""
    ways = (start + 4, end - 4 - width, (start + end - width) / 2)
    inside = tuple(x for x in ways if left <= x and x + width <= right)
    return Wish((start + end) / 2, inside or (min(max(start, left), right - width),), width)


def place(wishes: Sequence[Wish], lines: Sequence[float] = ()) -> tuple[Spot, ...]:
    """The cheapest way to set labels.

    Args:
        lines: others that cross all rows.
    """
    # Of each label, what each of its sides costs by itself; and what all from it on cost at least.
    alone = [
        [
            _THROUGH * sum([_through(line, x, x + wish.width) for line in lines]) + _OTHER * way
            for way, x in enumerate(wish.starts)
        ]
        for wish in wishes
    ]
    least = [0.0]
    for costs in reversed(alone):
        least.append(least[-1] + min(costs))
    least.reverse()
    cheapest = float("inf")
    best: tuple[Spot, ...] = ()

    def search(spots: tuple[Spot, ...], spent: float, rows: int) -> None:
        nonlocal cheapest, best
        number = len(spots)
        if number == len(wishes):
            if spent + rows * _ROW < cheapest:
                cheapest, best = spent + rows * _ROW, spots
            return
        wish = wishes[number]
        for row in range(len(wishes)):
            high = max(rows, row)
            if spent + least[number] + high * _ROW >= cheapest:
                return
            for x, own in zip(wish.starts, alone[number], strict=True):
                if spent + own + least[number + 1] + high * _ROW >= cheapest:
                    continue
                spot = Spot(wish.line, x, x + wish.width, row)
                cost = _cost(spot, spots)
                if cost is not None:
                    search((*spots, spot), spent + (cost + own), high)

    search((), 0.0, 0)
    return best


def _through(line: float, start: float, end: float) -> bool:
    return start - _CLEAR < line < end + _CLEAR


def _cost(spot: Spot, others: Sequence[Spot]) -> float | None:
    """What a spot costs beside others; None: it cannot be there."""
    cost = 0.0
    for other in others:
        if (
            spot.row == other.row
            and spot.start < other.end + _BLANK
            and other.start < spot.end + _BLANK
        ):
            return None
        if spot.row > other.row and abs(spot.line - other.line) < _NEAR:
            cost += _ORDER
        for line, words in ((spot, other), (other, spot)):
            if line.row >= words.row and _through(line.line, words.start, words.end):
                cost += _THROUGH
    return cost


def apart(
    sizes: Sequence[float], wishes: Sequence[float], low: float, high: float, gap: float
) -> list[float] | None:
    """The starts nearest to the wished ones that leave a gap; None: there is not room enough.

    Neighbours that would touch move as one block, to where the sum of their squares is least.
    """
    if sum(sizes) + gap * (len(sizes) - 1) > high - low:
        return None

    def start(block: _Block) -> float:
        return min(max(block[0], low), high - block[2])

    blocks: list[_Block] = []
    for size, wish in zip(sizes, wishes, strict=True):
        block = (wish, 1, size)
        while blocks and start(blocks[-1]) + blocks[-1][2] + gap > start(block):
            begin, count, before = blocks.pop()
            shift = before + gap
            mean = (begin * count + (block[0] - shift) * block[1]) / (count + block[1])
            block = (mean, count + block[1], shift + block[2])
        blocks.append(block)
    starts: list[float] = []
    members = iter(sizes)
    for block in blocks:
        x = start(block)
        for _ in range(block[1]):
            starts.append(x)
            x += next(members) + gap
    return starts


#: Where it would begin, how many it holds, how much room it takes.
_Block = tuple[float, int, float]
