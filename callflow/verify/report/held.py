"""Sentences for all times, told to people: what holds, the shortest call that refutes, free times.

Facts first, then why, then what to do. A counterexample is shown as every call is, with the rule
and the clauses behind what went wrong, and as a case file to be taken along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from ...call.loading import case_to_yaml
from ...call.timeline import Timeline
from ...clauses import Clauses, basis
from ...draw import wording
from ...draw.grid import Line, Place, Run, Style, line, wrap
from ...draw.palette import Role
from ...draw.text import timeline_text
from ...errors import printable
from ...units import Milliseconds
from ..always import Counterexample, Held
from ..free import Interval, Obstacle, Values, Witness, behind
from ..verdict import Verdict
from .reasons import cited, hanging, reasons
from .telling import WIDEST

_MARGIN = 8


@frozen
class HeldTeller:
    """Tells what came of sentences, in one place.

    Attributes:
        place: how wide it is, and what can be shown there.
        case: how the case is called; None: the sentences were asked of every call.
    """

    place: Place
    case: str | None

    @property
    def style(self) -> Style:
        """What can be shown."""
        return self.place.style

    @property
    def width(self) -> int:
        """How many cells a line may take."""
        return min(self.place.width, WIDEST)

    # ------------------------------------------------------------------------------ for all times

    def held(self, held: Held) -> Iterator[Line]:
        """Whether a sentence holds for all times; if not, the shortest call in which it fails.

        The case file of that call is `case_file`.
        """
        yield from self._head(held.holds, held.sentence.text)
        if held.counterexample is None:
            yield from self._below(self._judged(held))
            if not held.arose:
                told = "nothing that happens decides it: what it speaks of happens on no path"
                yield from self._below([(told, Role.CAUTION)])
            return
        yield from self._below(
            [(self.style.users(printable(held.counterexample.verdict.said)), Role.TEXT)]
        )
        if held.idle:
            told = (
                f"only where what it speaks of does not happen: it holds on the {held.arose} of "
                f"{held.paths} paths on which it does"
            )
            if not held.arose:
                told = f"what it speaks of happens on none of the {held.paths} paths"
            yield from self._below([(told, Role.CAUTION)])
        yield ()
        yield from self._counterexample(held.counterexample)

    def _judged(self, held: Held) -> list[Run]:
        where = "every call" if self.case is None else f"every call of {printable(self.case)}"
        return [
            (f"in {self.style.users(where)}, with any times: ", Role.TEXT),
            (f"{held.paths} paths; on {held.arose} something that happens decides it", Role.TEXT),
        ]

    def _counterexample(self, found: Counterexample) -> Iterator[Line]:
        timeline = found.timeline
        yield from timeline_text(timeline, width=self.place.width, style=self.style).lines
        yield ()
        yield from self._indented(
            reasons(timeline, found.verdict, self.width - _MARGIN, self.style)
        )
        yield ()
        yield line(
            [
                ("The case, as ", Role.TEXT),
                ("callflow simulate -", Role.STRONG),
                (" takes it:", Role.TEXT),
            ]
        )
        yield ()

    @staticmethod
    def case_file(held: Held) -> str:
        """The case of the counterexample as YAML; empty, if there is none."""
        found = held.counterexample
        return case_to_yaml(found.case, secrets=False) if found else ""

    # -------------------------------------------------------------------------------- free times

    def values(self, found: Values) -> Iterator[Line]:
        """All values of a free time with which a sentence holds, and what each of them comes to."""
        yield from self._head(bool(found.holds), found.sentence.text)
        own = _own(found.time.value)
        if found.nearest is None:
            yield from self._below([(f"no value of {found.name} will do", Role.STRONG)])
        else:
            told = ", ".join(map(_range, found.holds))
            yield from self._below(
                [
                    (f"if {found.name} is ", Role.TEXT),
                    (told, Role.STRONG),
                    (f"; it is {own}", Role.TEXT),
                ]
            )
        yield ()
        rows = sorted(
            [(way.values, True, way) for way in found.ways]
            + [(way.values, False, way) for way in found.obstacles],
            key=lambda row: row[0],
        )
        widest = max(len(_range(values)) for values, _, _ in rows)
        for values, holds, way in rows:
            clauses = () if holds else behind(way.timeline, way.verdict)
            runs = [*self._came(way.timeline, way.verdict), *self._cited(clauses)]
            yield from self._row(_range(values).rjust(widest), holds, runs)
        yield from self._rest(
            [behind(way.timeline, way.verdict) for way in found.obstacles if not found.holds]
        )
        if found.nearest is not None and found.nearest != found.time.value:
            yield ()
            yield from self._settings({found.name: found.nearest})

    def witness(self, found: Witness) -> Iterator[Line]:
        """The least change of several times with which a sentence holds."""
        yield from self._head(found.values is not None, found.sentence.text)
        if found.values is None:
            names = ", ".join(found.names)
            yield from self._below([(f"no values of {names} will do", Role.STRONG)])
            yield ()
            yield from self._obstacles(found.obstacles)
            return
        if not found.values:
            yield from self._below([("as the case stands", Role.TEXT)])
            return
        if found.timeline is not None:
            yield from self._below([(wording.outcome(found.timeline), Role.TEXT)])
        yield from self._changes(found)
        yield ()
        yield from self._settings(found.values)

    def _changes(self, found: Witness) -> Iterator[Line]:
        before = found.before
        for name, value in (found.values or {}).items():
            runs = [
                (f"{name} ", Role.TEXT),
                (wording.number(value), Role.STRONG),
                (f", not {_own(before[name])}", Role.TEXT),
            ]
            yield from self._below(runs)

    def _obstacles(self, obstacles: Sequence[Obstacle]) -> Iterator[Line]:
        for obstacle in obstacles:
            clauses = behind(obstacle.timeline, obstacle.verdict)
            runs = [*self._came(obstacle.timeline, obstacle.verdict), *self._cited(clauses)]
            times = ", ".join(
                f"{name} {wording.number(value)}" for name, value in obstacle.values.items()
            )
            runs.append((f" ({times or 'as the case stands'})", Role.TEXT))
            yield from self._row("", False, runs)
        yield from self._rest([behind(one.timeline, one.verdict) for one in obstacles])

    def _rest(self, lists: Iterable[Clauses]) -> Iterator[Line]:
        """The clauses that stand in the way, in full."""
        clauses = tuple(dict.fromkeys(clause for found in lists for clause in found))
        if clauses:
            yield ()
            yield from self._below([("What stands in the way:", Role.TEXT)])
            yield from self._indented(cited([("", clauses)], self.width - _MARGIN, self.style))

    def _came(self, timeline: Timeline, verdict: Verdict) -> list[Run]:
        """What a call answers, and what comes of it."""
        outcome = str(timeline.outcome).replace("_", " ")
        return [(self.style.users(printable(verdict.said)), Role.TEXT), (f"; {outcome}", Role.TEXT)]

    def _cited(self, clauses: Clauses) -> list[Run]:
        if not clauses:
            return []
        return [("  ", Role.TEXT), (wording.cited(clauses, basis(clauses)), Role.INFERRED)]

    def _settings(self, values: Mapping[str, Milliseconds]) -> Iterator[Line]:
        """The options that make it so."""
        options = " ".join(f"--set {_path(name)}={_short(one)}" for name, one in values.items())
        yield from self._below([("with ", Role.TEXT), (options, Role.STRONG)])

    # ------------------------------------------------------------------------------------ layout

    def _head(self, holds: bool, sentence: str) -> Iterator[Line]:
        sign: Run = ("holds", Role.GOOD) if holds else ("fails", Role.FAILURE)
        head: Run = (sign[0].ljust(_MARGIN), sign[1])
        text = self.style.users(printable(sentence))
        yield from hanging(head, [(text, Role.STRONG)], self.width)

    def _below(self, runs: Sequence[Run]) -> Iterator[Line]:
        yield from self._indented(wrap(runs, self.width - _MARGIN))

    def _row(self, values: str, holds: bool, runs: Sequence[Run]) -> Iterator[Line]:
        sign: list[Run] = [("holds  " if holds else "fails  ", Role.GOOD if holds else Role.TEXT)]
        head = f"{values}  " if values else ""
        yield from self._indented(hanging((head, Role.TEXT), [*sign, *runs], self.width - _MARGIN))

    @staticmethod
    def _indented(lines: Iterable[Line]) -> Iterator[Line]:
        for one in lines:
            yield line([(" " * _MARGIN, Role.TEXT), *one]) if one else ()


def _range(values: Interval) -> str:
    if values.low == values.high:
        return wording.number(values.low)
    return f"{wording.number(values.low)} to {wording.number(values.high)}"


def _own(value: Milliseconds | None) -> str:
    """A time of the case, as it is told."""
    return "left out" if value is None else wording.number(value)


def _path(name: str) -> str:
    """The path that an option takes; by its seconds a conversation keeps who ends it."""
    return f"{name}.seconds" if name == "people.conversation" else name


def _short(value: Milliseconds) -> str:
    return wording.number(value).removesuffix(".0")
