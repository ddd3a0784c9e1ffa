"""A checked case as text: what fails, what happened instead, where, why, and how to ask it again.

Facts first, then why, then what to do. The place stands on the left, all else beside it in one
column. What cannot be read is told apart from what does not hold: it goes to another stream.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from ...clauses import cite
from ...draw import wording
from ...draw.grid import Line, Place, Run, Style, cells, line, wrap
from ...draw.palette import Role
from ...errors import CaseError, printable
from ..check import Checked, Result
from ..expectations import Unread
from ..verdict import Status
from .lanes import FEWER_NAMES, NAMES, lanes
from .reasons import inferences, reasons

#: No line is longer, whatever the terminal.
WIDEST = 120

_WIDEST_PLACE = 20  # a longer one stands in a line of its own
_INDENT = 2

#: The command that asks one expectation again.
Again = Callable[[Result], str]


@frozen
class Teller:
    """Tells of checked cases in one place.

    Attributes:
        place: how wide it is, and what can be shown there.
        again: the command that asks one expectation again.
    """

    place: Place
    again: Again

    @property
    def width(self) -> int:
        """How many cells a line may take."""
        return min(self.place.width, WIDEST)

    @property
    def style(self) -> Style:
        """What can be shown."""
        return self.place.style

    # ------------------------------------------------------------------------------ what came out

    def results(self, checked: Checked, *, everything: bool = False) -> Iterator[Line]:
        """Every failure and warning in full; with ``everything``, a line for each that holds.

        An empty line stands before each block but the first.
        """
        margin = self._margin(checked.path, [one.expectation.line for one in checked.results])
        above = ""
        for result in checked.results:
            holds = result.status is Status.HOLDS
            if holds and not everything:
                continue
            if above == "block" or (above and not holds):
                yield ()
            if holds:
                yield from self._holds(checked, result, margin)
            else:
                yield from self._result(checked, result, margin)
            above = "line" if holds else "block"
        if everything and nothing_expected(checked):
            yield from self.nothing_expected(checked)

    def result(self, checked: Checked, result: Result) -> Iterator[Line]:
        """One expectation that does not hold, in full; nothing of one that does."""
        if result.status is not Status.HOLDS:
            lines = [one.expectation.line for one in checked.results]
            yield from self._result(checked, result, self._margin(checked.path, lines))

    def nothing_expected(self, checked: Checked) -> Iterator[Line]:
        """That a case expects nothing: no failure, and no proof of anything."""
        yield from self._plain(f"{checked.path}: nothing is expected")

    def _holds(self, checked: Checked, result: Result, margin: int) -> Iterator[Line]:
        runs: list[Run] = [
            ("holds  ", Role.GOOD),
            (self.style.users(printable(result.expectation.text)), Role.TEXT),
        ]
        cited = cite(result.verdict.inferences)
        if cited:
            runs.append((f"  {cited} inferred", Role.INFERRED))
        place = self._named(checked.path, result.expectation.line)
        if cells(place) + 2 <= margin:
            yield from self._beside(checked.path, result.expectation.line, runs, margin)
            return
        hanging = wrap([(f"{place}  ", Role.TEXT), *runs], self.width - _INDENT)
        yield from (
            line([(" " * _INDENT * bool(n), Role.TEXT), *one]) for n, one in enumerate(hanging)
        )

    def _result(self, checked: Checked, result: Result, margin: int) -> Iterator[Line]:
        warning = [("warning: ", Role.CAUTION)] if result.expectation.warns else []
        text = self.style.users(printable(result.expectation.text))
        runs = [*warning, (text, Role.STRONG)]
        yield from self._beside(checked.path, result.expectation.line, runs, margin)
        yield from self._indented(self._facts(checked, result), margin)
        verdict, timeline = result.verdict, checked.timeline
        if result.status is Status.UNDOCUMENTED:
            yield from self._indented(inferences(verdict, self.width - margin, self.style), margin)
        elif timeline is not None:
            if verdict.at is not None:
                yield ()
                yield from lanes(
                    timeline,
                    verdict.at,
                    party=verdict.party,
                    note=verdict.note,
                    width=self.width,
                    names=max(margin, NAMES if self.width >= 60 else FEWER_NAMES),
                    style=self.style,
                    sign=Role.CAUTION if result.warns else Role.FAILURE,
                )
            why = list(reasons(timeline, verdict, self.width - margin, self.style))
            if why:
                yield ()
            yield from self._indented(why, margin)
        yield ()
        yield from self._again(result, margin)

    def _facts(self, checked: Checked, result: Result) -> Iterator[Line]:
        """What happened instead, and what the API says if it is about that."""
        width = self.width - self._margin(
            checked.path, [r.expectation.line for r in checked.results]
        )
        said = result.verdict.said
        if result.status is Status.UNDOCUMENTED:
            ids = cite(result.verdict.inferences)
            said = f"it holds ({said}), but rests on {ids}: the source promises nothing there"
        elif result.expectation.key == "error" and checked.timeline is not None:
            said = f"{said}; {wording.outcome(checked.timeline)}"
        yield from wrap([(self.style.users(printable(said)), Role.TEXT)], width)
        if checked.refused is not None:
            for problem in checked.refused.problems:
                told = printable(f"{problem.path}: {problem.message}")
                yield from wrap([(self.style.users(told), Role.TEXT)], width)

    def _again(self, result: Result, margin: int) -> Iterator[Line]:
        """The command on one line if there is any way to, so that it can be copied."""
        command = self.style.users(printable(self.again(result)))
        runs: list[Run] = [("again: ", Role.TEXT), (command, Role.STRONG)]
        taken = cells(command) + 7
        margin = margin if margin + taken <= self.width else min(margin, _INDENT)
        yield from self._indented(wrap(runs, self.width - margin), margin)

    # -------------------------------------------------------------------------- what cannot be read

    def complaints(self, checked: Checked) -> Iterator[Line]:
        """What kept expectations from being asked, each with its place."""
        path = checked.path
        if checked.fault is not None:
            told = f"{path}: a fault of callflow itself: {checked.fault}"
            yield from self._plain(told)
            yield from self._plain("  please report it; CALLFLOW_TRACEBACK=1 shows where")
        if checked.error is not None:
            problems = checked.error.problems if isinstance(checked.error, CaseError) else ()
            for told in map(str, problems or (checked.error,)):
                yield from self._plain(told)
            if len(problems) > 1:
                yield from self._plain(f"{len(problems)} problems in {path}, nothing was checked")
        if checked.unexpected_refusal and checked.refused is not None:
            for problem in checked.refused.problems:
                yield from self._plain(str(problem))
            yield from self._plain(f"  {self._refused(checked)}")
        margin = self._margin(path, [one.line for one in checked.unread])
        for number, unread in enumerate(checked.unread):
            if number:
                yield ()
            yield from self._unread(path, unread, margin)

    def _refused(self, checked: Checked) -> str:
        kind = checked.refused.error.mnemonic if checked.refused else ""
        if checked.expected:
            count = checked.expected
            were = "expectation of a call was" if count == 1 else "expectations of a call were"
            return f"{count} {were} not asked"
        return f"where that is meant, expect it: expect: {{error: {kind}}}"

    def _plain(self, text: str) -> Iterator[Line]:
        """A complaint as every verb writes it: on one line, which the terminal breaks."""
        indent = text[: len(text) - len(text.lstrip(" "))]
        yield line([(indent + self.style.users(printable(text.strip(" "))), Role.TEXT)])

    def _unread(self, path: str, unread: Unread, margin: int) -> Iterator[Line]:
        """A sentence with a caret under its wrong word, and what could stand there."""
        place = unread.path.removeprefix("expect.")
        if unread.misread is None or unread.text is None:
            told = f"{place}: {unread.message}"
            runs: list[Run] = [(self.style.users(printable(told)), Role.TEXT)]
            yield from self._beside(path, unread.line, runs, margin)
            return
        name = "" if place.startswith(("that[", "warn[")) else f"{place}: "
        misread, room = unread.misread, self.width - margin - len(name)
        before, after = misread.text[: misread.column], misread.text[misread.column :]
        before, after = (self.style.users(printable(part)) for part in (before, after))
        dots, most = self.style.own("…"), 4 * self.width  # characters are taken away one by one
        before = before if len(before) <= most else dots + before[-most:]
        after = after if len(after) <= most else after[:most] + dots
        while cells(before) > max(room * 2 // 3, 1):
            before = dots + before.removeprefix(dots)[1:]
        column = len(name) + cells(before)
        while cells(name + before + after) > max(self.width - margin, column + 2):
            after = after.removesuffix(dots)[:-1] + dots
        runs = [(name, Role.TEXT), (before + after, Role.STRONG)]
        yield from self._beside(path, unread.line, runs, margin, wrapped=False)
        hints = [f"{misread.wanted}"]
        if misread.near:
            hints.append(f"did you mean {misread.near}?")
        start = min(column, max(self.width - margin - 30, 0))
        caret = " " * column + "^"
        if start < column:
            yield from self._indented([line([(caret, Role.FAILURE)])], margin)
        for number, hint in enumerate(hints):
            for at, broken in enumerate(wrap([(hint, Role.TEXT)], self.width - margin - start - 2)):
                first = not number and not at and start == column
                head: Run = ("^ " if first else "  ", Role.FAILURE if first else Role.TEXT)
                yield from self._indented([line([(" " * start, Role.TEXT), head, *broken])], margin)

    # ------------------------------------------------------------------------------------- layout

    def _margin(self, path: str, lines: Sequence[int | None]) -> int:
        """Where the column beside the places begins: the same for all of one case."""
        last = max((number for number in lines if number is not None), default=None)
        widest = cells(self._named(path, last)) + 2 if lines else 2
        if self.width < 60:
            return _INDENT
        return max(widest, NAMES) if widest <= _WIDEST_PLACE else NAMES

    def _named(self, path: str, number: int | None) -> str:
        shown = self.style.users(printable(path))
        return shown if number is None else f"{shown}:{number}"

    def _beside(
        self,
        path: str,
        number: int | None,
        runs: Sequence[Run],
        margin: int,
        *,
        wrapped: bool = True,
    ) -> Iterator[Line]:
        """A place, and text beside it or, where it is long, below it."""
        place = self._named(path, number)
        margin = margin or cells(place) + 2
        if cells(place) + 2 > min(margin, self.width // 2):
            margin = min(margin, NAMES)
            yield from wrap([(place, Role.TEXT)], self.width)
            place = ""
        blanks = " " * (margin - cells(place))
        broken = wrap(runs, self.width - margin) if wrapped else [line(runs)]
        for at, one in enumerate(broken):
            head = " " * margin if at else place + blanks
            yield line([(head, Role.TEXT), *one])

    @staticmethod
    def _indented(lines: Iterator[Line] | Sequence[Line], margin: int) -> Iterator[Line]:
        for one in lines:
            yield line([(" " * margin, Role.TEXT), *one]) if one else ()


def nothing_expected(checked: Checked) -> bool:
    """Whether a case was read and has no expectation at all."""
    return (
        checked.timeline is not None
        and not checked.results
        and not checked.unread
        and not checked.skipped
    )
