"""Variations of a case as a table: a row for each, or for each call that turns out another one.

Before everything stands which of the varied values change nothing at all, then the rows: what was
varied first, then the figures in which the calls differ. What is the same for all is said once,
below. What rests on our reading carries a sign. Nothing is simulated here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...call.loading.each import Axis
from ...call.variations import Variation, idle, result
from ...errors import printable
from .. import wording
from ..catalogue import later, say
from ..grid import GLUE, NARROWEST, Line, Run, Sheet, Style, line, shorten, wrap
from ..palette import Role
from .columns import SIGN, Column, lines
from .figures import NO_MESSAGE, NOTHING, WHOLE, Cell
from .varied import LEFT_OUT, Varied, is_number, varied

_GUTTER = 11


def _outcome_room() -> int:
    return len(say("conversation"))


def variations_text(
    axes: Sequence[Axis],
    variations: Sequence[Variation],
    *,
    width: int,
    style: Style,
    only_different: bool = False,
    command: str | None = None,
) -> Sheet:
    """The table of variations.

    Args:
        axes: what was varied.
        variations: every combination, in order, with what came of it.
        width: how many cells a line may take; at least 40 are taken.
        style: what can be shown.
        only_different: a row for each different call, with the values that lead there.
        command: the command that shows the first call, as the reader would type it.
    """
    results = [result(variation) for variation in variations]
    table = varied(axes, variations, results, only_different=only_different)
    page = _Page(table, max(width, NARROWEST), style)
    names = {one.timeline.case.name for one in variations if one.timeline is not None}
    body, brief = page.table()
    return Sheet(
        (
            *page.title(names.pop() if len(names) == 1 else None),
            *page.count(len(results)),
            *page.idle(idle(axes, results), len(results), len(set(results))),
            *(((), *body) if body else ()),
            (),
            *page.same(),
            *page.different(len(results), len(set(results)), told=not only_different),
            *page.inferred(grouped=only_different),
            *page.message(brief=brief),
            *page.more(command),
        )
    )


_WHATEVER = ("", later(", whatever the other is"), later(", whatever the others are"))


class _Page:
    """Everything that is said about one table, for a place of some width and style."""

    def __init__(self, table: Varied, width: int, style: Style) -> None:
        self.varied = table
        self.width = width
        self.style = style

    # ------------------------------------------------------------------------------------ above

    def title(self, name: str | None) -> Iterator[Line]:
        """The name that all variations have."""
        if name:
            runs = wrap([(self.style.users(printable(name)), Role.STRONG)], self.width)
            yield from shorten(runs, 2, self.width, self.style.own("…"))

    def count(self, count: int) -> Iterator[Line]:
        """How many variations there are, and of what."""
        paths = [self._path(axis.path) for axis in self.varied.axes]
        what = paths[-1]
        if len(paths) > 1:
            what = say("{some} and {last}", some=", ".join(paths[:-1]), last=paths[-1])
        several = wording.many(count, "variation")
        told = say("{variations} of {what}; times in seconds", variations=several, what=what)
        yield from wrap([(told, Role.TEXT)], self.width)

    def idle(self, without: Sequence[str], count: int, kinds: int) -> Iterator[Line]:
        """What changes nothing: the most useful thing that a table of variations can say."""
        if kinds == 1 < count:
            if count == 2:
                rest = say(": both variations turn out the same")
            else:
                rest = say(": all {count} variations turn out the same", count=count)
            yield from self._notice(say("none of this changes anything here"), rest)
            return
        others = sum(len(set(axis.values)) > 1 for axis in self.varied.axes) - 1
        whatever = say(_WHATEVER[min(others, 2)])
        for path in without:
            text = say("{path} changes nothing here", path=self._path(path))
            yield from self._notice(text, whatever)

    def _path(self, path: str) -> str:
        return self.style.users(printable(path))

    def _notice(self, strong: str, rest: str) -> Iterator[Line]:
        words = wrap([(strong, Role.STRONG), (rest, Role.TEXT)], self.width - 2)
        for number, broken in enumerate(words):
            yield line((("  ", Role.TEXT) if number else ("! ", Role.CAUTION), *broken))

    # ---------------------------------------------------------------------------------- the table

    def table(self) -> tuple[list[Line], bool]:
        """The widest form that fits, else the narrow one, folded; and whether it is narrow.

        There is none if every row would say the same.
        """
        if not self.varied.told:
            return [], False
        for heads, brief, gap in (
            (False, False, 2),
            (True, False, 2),
            (True, True, 2),
            (True, True, 1),
        ):
            found = self._lines(gap, heads=heads, brief=brief, fold=False)
            if found is not None:
                return found, brief
        return self._lines(2, heads=True, brief=True, fold=True) or [], True

    def _lines(self, gap: int, *, heads: bool, brief: bool, fold: bool) -> list[Line] | None:
        widest = max(self.width // 4, 12) if brief else max(self.width // 3, 24)
        return lines(
            self._key_columns(widest, brief=heads),
            [self._column(number, widest, brief=brief) for number in self.varied.chosen],
            said={number: row.said for number, row in enumerate(self.varied.rows) if row.said},
            width=self.width,
            gap=gap,
            style=self.style,
            fold=fold,
        )

    def _key_columns(self, widest: int, *, brief: bool) -> list[Column]:
        """What was varied. The values of one combination begin on one line."""
        axes = [self.varied.axes[side] for side in self.varied.told]
        sides = range(len(axes))
        columns: list[list[tuple[Cell, ...]]] = [[] for _ in sides]
        for row in self.varied.rows:
            cells: list[list[Cell]] = [[] for _ in sides]
            for key in row.keys:
                broken = [_broken(self.style.users(text), widest) for text in key]
                height = max(map(len, broken))
                for side in sides:
                    parts = broken[side] + [""] * (height - len(broken[side]))
                    cells[side] += map(Cell, parts)
            for side in sides:
                columns[side].append(tuple(cells[side]))
        heads = [_head(axis.path, brief=brief) for axis in axes]
        return [
            Column(
                self._fitting(heads[side][0], widest),
                self._fitting(heads[side][1], widest),
                tuple(columns[side]),
                words=not all(
                    is_number(cell.text) or cell.text == say(LEFT_OUT)
                    for cells in columns[side]
                    for cell in cells
                ),
            )
            for side in sides
        ]

    def _fitting(self, text: str, widest: int) -> str:
        runs = wrap([(self._path(text), Role.TEXT)], widest)
        return "".join(run for run, _ in shorten(runs, 1, widest, self.style.own("…"))[0])

    def _column(self, number: int, widest: int, *, brief: bool) -> Column:
        figure = self.varied.figures[number]
        if brief and not number:
            widest = _outcome_room()
        rows = []
        for row in self.varied.rows:
            text, inferred = row.cells[number] if row.cells is not None else Cell("")
            for long, short in figure.brief if brief else ():
                text = text.replace(long, short)
            parts = _broken(self.style.users(text), widest)
            rows.append((*map(Cell, parts[:-1]), Cell(parts[-1], inferred)))
        return Column(figure.top, figure.bottom, tuple(rows), figure.words)

    # -------------------------------------------------------------------------------------- below

    def same(self) -> Iterator[Line]:
        """What all calls have in common."""
        said = [
            self.style.users(words) + (say(" (inferred)") if cell.inferred else "")
            for figure, cell in self.varied.same()
            if cell.text != NOTHING and (words := figure.says(cell.text))
        ]
        calls, rows = len(self.varied.calls), len(self.varied.rows)
        if not said:
            return
        if calls == 1:
            yield from self._row(say("the call"), "; ".join(said))
        else:
            who = say("in all") if calls == rows else say("in all calls")
            yield from self._row(say("the same"), f"{who}: {'; '.join(said)}")

    def different(self, count: int, kinds: int, *, told: bool) -> Iterator[Line]:
        """How many there really are."""
        if told and 1 < kinds < count:
            text = say(
                "{kinds} of {count}; --only-different shows each of them once",
                kinds=kinds,
                count=count,
            )
            yield from self._row(say("different"), text)

    def inferred(self, *, grouped: bool) -> Iterator[Line]:
        """What the sign means, if there is one."""
        if any(
            cells[number].inferred for cells in self.varied.calls for number in self.varied.chosen
        ):
            text = later("{sign} rests on our reading; the source does not say it")
            if grouped:
                text = later(
                    "{sign} rests on our reading, for some of the values at least; the source "
                    "does not say it"
                )
            yield from self._row(say("inferred"), say(text, sign=SIGN))

    def message(self, *, brief: bool) -> Iterator[Line]:
        """What a narrow table leaves out of a cell."""
        shortened = [n for n in self.varied.chosen if self.varied.figures[n].brief]
        texts = {cells[n].text for cells in self.varied.calls for n in shortened}
        if brief and any(text.endswith(f" {say(WHOLE)}") for text in texts):
            said = say("heard whole, unless it says cut or unheard")
            if say(NO_MESSAGE) in texts:
                said += say("; {nothing} where there is none", nothing=NOTHING)
            yield from self._row(say("message"), said)

    def more(self, command: str | None) -> Iterator[Line]:
        """What to ask next."""
        if command:
            asked = (self.style.users(printable(command)), Role.STRONG)
            first = (f"   {say('the first of them')}", Role.TEXT)
            yield from self._row(say("more"), [asked, first])

    def _row(self, name: str, text: str | Sequence[Run]) -> Iterator[Line]:
        runs = [(text, Role.TEXT)] if isinstance(text, str) else text
        for number, broken in enumerate(wrap(runs, self.width - _GUTTER)):
            start = " " * _GUTTER if number else name.ljust(_GUTTER)
            yield line(((start, Role.TEXT), *broken))


def _broken(text: str, widest: int) -> list[str]:
    if text.isascii() and len(text) <= widest:  # nearly all
        return [text.replace(GLUE, " ")]
    return ["".join(run for run, _ in part) for part in wrap([(text, Role.TEXT)], widest)]


def _head(path: str, *, brief: bool) -> tuple[str, str]:
    """The head of what is varied, in two lines; the whole path stands above the table."""
    before, _, name = path.rpartition(".")
    if not brief:
        return before, name
    short = name.removesuffix("_after")
    above = before.rpartition(".")[2]
    if above in ("request", "params", "scenario", "account") and "_" in short:
        ends = [found.end() for found in re.finditer("_", short)]
        middle = min(ends, key=lambda at: abs(2 * at - len(short)))
        return short[:middle], short[middle:]
    return above, short
