"""What stands in a table of variations: its rows, the values that lead to each, and which figures.

A row is a variation, or all of them that turn out the same; the values that lead there are told by
few boxes. A figure gets a column if it differs, and what can only be told apart by a rarer one
brings that one too, so that rows which look the same are the same call. How the columns are laid
out is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from ...api.errors import RequestRefused
from ...call.loading.each import Axis
from ...call.loading.settings import Choice
from ...call.timeline import Timeline
from ...call.variations import Box, Variation, alike, boxes, idle
from ...errors import printable
from ..catalogue import later, say
from .figures import NOT_HEARD, NOTHING, Cell, Figure, figures

LEFT_OUT, ANY, OR = later("left out"), later("any"), later("or ")
_NUMERAL = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


class Row(NamedTuple):
    """A row.

    Attributes:
        keys: of each combination of values that leads here, a text for each axis that is told.
        cells: by figure; None: there is no call, and ``said`` says why.
    """

    keys: tuple[tuple[str, ...], ...]
    cells: tuple[Cell, ...] | None
    said: str = ""


class Varied(NamedTuple):
    """A table of variations as data.

    Attributes:
        told: the axes whose values stand in the rows, by their places in ``axes``.
        chosen: the figures that get a column, by their places in ``figures``.
    """

    axes: tuple[Axis, ...]
    figures: tuple[Figure, ...]
    rows: tuple[Row, ...]
    told: tuple[int, ...]
    chosen: tuple[int, ...]

    @property
    def calls(self) -> list[tuple[Cell, ...]]:
        """The cells of the rows that are calls."""
        return [row.cells for row in self.rows if row.cells is not None]

    def same(self) -> list[tuple[Figure, Cell]]:
        """The figures without a column, which are the same in all calls."""
        return [
            (figure, cells.pop())
            for number, figure in enumerate(self.figures)
            if number not in self.chosen and figure.always
            for cells in [{row[number] for row in self.calls}]
            if len(cells) == 1
        ]


def varied(
    axes: Sequence[Axis],
    variations: Sequence[Variation],
    results: Sequence[Hashable],
    *,
    only_different: bool,
) -> Varied:
    """The table of variations.

    Args:
        results: by variation, what counts as the same.
        only_different: a row for all that turn out the same.
    """
    known = figures()
    groups = alike(results)
    told = list(range(len(axes)))
    if only_different and (len(groups) > 1 or variations[0].timeline is not None):
        without = idle(axes, results)  # would be "any" in each row
        told = [side for side in told if axes[side].path not in without]
    numbers = groups if only_different else [(number,) for number in range(len(variations))]
    rows = tuple(_row(axes, told, variations, some, known) for some in numbers)
    kinds = sum(variations[some[0]].timeline is not None for some in groups)
    calls = [row.cells for row in rows if row.cells is not None]
    chosen = _chosen(known, calls, kinds, beside_others=len(calls) < len(rows))
    return Varied(tuple(axes), known, rows, tuple(told), tuple(chosen))


# -------------------------------------------------------------------------------- the rows


def _row(
    axes: Sequence[Axis],
    told: Sequence[int],
    variations: Sequence[Variation],
    numbers: tuple[int, ...],
    known: Sequence[Figure],
) -> Row:
    keys = _keys(axes, told, boxes(axes, numbers))
    found = variations[numbers[0]].found
    if isinstance(found, Timeline):
        calls = (variations[number].timeline for number in numbers)
        cells = [[figure.of(call) for figure in known] for call in calls if call is not None]
        return Row(keys, tuple(map(_merged, zip(*cells, strict=True))))
    if isinstance(found, RequestRefused):
        return Row(keys, None, say("refused: {mnemonic}", mnemonic=found.error.mnemonic))
    return Row(keys, None, say("this is no case"))


def _merged(told: Sequence[Cell]) -> Cell:
    """One cell of calls that are the same to people."""
    texts = {cell.text for cell in told}
    text = told[0].text if len(texts) == 1 else say(NOT_HEARD)
    return Cell(text, any(cell.inferred for cell in told))


def _keys(
    axes: Sequence[Axis], told: Sequence[int], found: Sequence[Box]
) -> tuple[tuple[str, ...], ...]:
    keys: list[tuple[str, ...]] = []
    for box in found:
        texts = [_values(axes[side], box.places[side]) for side in told]
        if keys:
            texts[0] = say(OR) + texts[0]
        keys.append(tuple(texts))
    return tuple(keys)


def _values(axis: Axis, places: Sequence[int]) -> str:
    """Some values of an axis: all of them, a run of ascending ones by its ends, or each."""
    if len(places) > 1 and len(places) == len(axis.values):
        return say(ANY)
    shown = {place: _shown(Choice(axis.path, axis.values[place])) for place in places}
    texts: list[str] = []
    at = 0
    while at < len(places):
        end = at + 1
        while (
            end < len(places)
            and places[end] == places[end - 1] + 1
            and _ascend(shown[places[end - 1]], shown[places[end]])
        ):
            end += 1
        run = [shown[place] for place in places[at:end]]
        texts += [say("{start} to {end}", start=run[0], end=run[-1])] if len(run) > 3 else run
        at = end
    return ", ".join(texts)


def _shown(choice: Choice) -> str:
    return printable(choice.shown) if choice.value else say(LEFT_OUT)


def _ascend(one: str, other: str) -> bool:
    return is_number(one) and is_number(other) and float(one) < float(other)


def is_number(text: str) -> bool:
    """Whether a value is written as a number."""
    return bool(_NUMERAL.fullmatch(text))


# -------------------------------------------------------------------------------- the columns


def _chosen(
    known: Sequence[Figure],
    calls: Sequence[tuple[Cell, ...]],
    kinds: int,
    *,
    beside_others: bool,
) -> list[int]:
    """The figures that get a column: what differs, and what else tells ``kinds`` calls apart.

    Beside rows that are no calls, a call always shows its outcome.
    """
    differing = [n for n in range(len(known)) if len({row[n] for row in calls}) > 1]
    chosen = [
        number
        for number in differing
        if known[number].always
        and (not known[number].which or _values_differ(row[number] for row in calls))
    ]
    for number in differing:
        apart = _kinds(calls, chosen)
        if apart >= kinds:
            break
        if number not in chosen and _kinds(calls, [*chosen, number]) > apart:
            chosen.append(number)
    outcome = [0] if calls and beside_others else []
    return sorted({*outcome, *chosen})


def _values_differ(cells: Iterable[Cell]) -> bool:
    return len({cell.text for cell in cells} - {NOTHING}) > 1


def _kinds(calls: Sequence[tuple[Cell, ...]], chosen: Sequence[int]) -> int:
    """How many rows can be told apart by these figures."""
    return len({tuple(row[number].text for number in chosen) for row in calls})
