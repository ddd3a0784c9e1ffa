"""What cases exercise: which rules of the table, which clauses, which sentences of the source.

A case exercises a rule if its call takes it, and a clause if that stands behind a step, a mark, a
caller number, a setting, a warning or a parameter without effect of its call. Whether anybody looks
at it is another question: what a case expects, and whether it holds, is `check`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from ..call.timeline import Timeline
from ..choreography import RULES
from ..clauses import CLAUSES, Clause
from ..draw.grid import Sheet, Style, line, wrap
from ..draw.palette import Role
from ..errors import printable
from ..table import Rule
from ..words import Basis, Party


@frozen
class Exercised:
    """What one case exercises.

    It is plain data, so that it can come from another process.

    Attributes:
        name: how the case is called.
        rows: places of rules in the table, in the order of the call.
        ids: of clauses, in the order of first meeting.
    """

    name: str
    rows: tuple[int, ...]
    ids: tuple[str, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that the call takes."""
        return tuple(RULES[row] for row in self.rows)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses that stand behind the call."""
        return tuple(CLAUSES[id_] for id_ in self.ids)


def exercised(name: str, timeline: Timeline) -> Exercised:
    """What the call of a case exercises."""
    rows = dict.fromkeys(_ROWS[edge.rule] for _, edge in timeline.moments)
    return Exercised(name, tuple(rows), tuple(dict.fromkeys(_cited(timeline))))


_ROWS = {rule: row for row, rule in enumerate(RULES)}


def _cited(timeline: Timeline) -> Iterator[str]:
    return (clause.id for clause in _clauses_of(timeline))


def _clauses_of(timeline: Timeline) -> Iterator[Clause]:
    yield from timeline.effective.clauses
    for step in timeline.steps:
        yield from step.contact or ()
        yield from step.employee or ()
    for mark in timeline.dtmf:
        yield from mark.clauses
    for party in Party:
        caller = timeline.leg(party).caller_id
        yield from caller.clauses if caller else ()
    for entry in timeline.no_effect:
        yield from entry.clauses
    for warning in timeline.warnings:
        yield from warning.clauses


#: Clauses that no call can exercise: they say what a request may contain, or how long a phone
#: rings if nobody says so, which is an assumption and no step.
BEYOND_CALLS = ("DIR", "NUM", "MSG", "G15")


@frozen
class Coverage:
    """What several cases exercise together.

    Attributes:
        cases: in the order in which they were given.
        refused: names of those that make no call, because the API refuses their request.
    """

    cases: tuple[Exercised, ...]
    refused: tuple[str, ...] = ()
    by_rule: Mapping[Rule, tuple[int, ...]] = field(init=False, repr=False)
    by_clause: Mapping[Clause, tuple[int, ...]] = field(init=False, repr=False)

    @by_rule.default
    def _by_rule(self) -> Mapping[Rule, tuple[int, ...]]:
        return _places(RULES, [case.rules for case in self.cases])

    @by_clause.default
    def _by_clause(self) -> Mapping[Clause, tuple[int, ...]]:
        known = [clause for clause in CLAUSES.values() if clause.id not in BEYOND_CALLS]
        return _places(known, [case.clauses for case in self.cases])

    @property
    def missing_rules(self) -> tuple[Rule, ...]:
        """Rules that no case takes."""
        return tuple(rule for rule, places in self.by_rule.items() if not places)

    @property
    def missing_clauses(self) -> tuple[Clause, ...]:
        """Clauses that no case exercises."""
        return tuple(clause for clause, places in self.by_clause.items() if not places)

    def to_dict(self) -> dict[str, Any]:
        """As JSON: cases with their rules and clauses, and the same the other way round."""
        names = [case.name for case in self.cases]
        return {
            "cases": [
                {
                    "case": case.name,
                    "rules": [rule.name for rule in case.rules],
                    "clauses": [clause.id for clause in case.clauses],
                }
                for case in self.cases
            ],
            "refused": list(self.refused),
            "rules": [
                {
                    "rule": rule.name,
                    "from": str(rule.source),
                    "event": str(rule.event),
                    "to": str(rule.target),
                    "clauses": _of_rule(rule),
                    "cases": [names[place] for place in places],
                }
                for rule, places in self.by_rule.items()
            ],
            "clauses": [
                {
                    "clause": clause.id,
                    "basis": str(clause.basis),
                    "place": clause.place,
                    "says": clause.says,
                    "cases": [names[place] for place in places],
                }
                for clause, places in self.by_clause.items()
            ],
        }


def _places(known: Sequence[Any], found: Sequence[Iterable[Any]]) -> dict[Any, tuple[int, ...]]:
    """For each thing the places of the lists in which it stands."""
    sets = [set(one) for one in found]
    return {thing: tuple(n for n, one in enumerate(sets) if thing in one) for thing in known}


def _of_rule(rule: Rule) -> list[str]:
    given = (clause for party in Party for clause in rule.because(party) or ())
    return list(dict.fromkeys(clause.id for clause in given))


# --------------------------------------------------------------------------------------------- text

_MANY = 12  # so many cases are named; of more, numbers would say nothing


def coverage_text(coverage: Coverage, *, width: int, style: Style) -> Sheet:
    """The table of case, rule and clause, then what nobody exercises."""
    width = max(width, 60)
    lines = [*_summary(coverage, width)]
    few = 0 < len(coverage.cases) <= _MANY
    if few:
        lines.append(())
        for number, case in enumerate(coverage.cases, 1):
            name = style.users(printable(case.name))
            told = f"{number:>4}  {name}: {len(case.rules)} rules, {len(case.clauses)} clauses"
            lines += wrap([(told, Role.TEXT)], width)
    lines.append(())
    lines += _rules(coverage, width, few=few)
    lines.append(())
    lines += _clauses(coverage, width, few=few)
    lines.append(())
    lines += _missing(coverage, width)
    return Sheet(tuple(lines))


def _summary(coverage: Coverage, width: int) -> Iterator[tuple[tuple[str, Role], ...]]:
    rules, clauses = coverage.by_rule, coverage.by_clause
    seen = len(rules) - len(coverage.missing_rules)
    ours = [clause for clause in clauses if clause.basis is Basis.INFERRED]
    sources = [clause for clause in clauses if clause.basis is Basis.DOCUMENTED]
    met = {
        basis: sum(bool(clauses[clause]) for clause in those)
        for basis, those in (("ours", ours), ("source", sources))
    }
    count = len(coverage.cases)
    told = (
        f"{count} case{'' if count == 1 else 's'} exercise{'s' if count == 1 else ''} "
        f"{seen} of {len(rules)} rules, {met['source']} of {len(sources)} sentences of the "
        f"source, {met['ours']} of {len(ours)} of our readings"
    )
    yield from wrap([(told, Role.STRONG)], width)
    if coverage.refused:
        refused = f"{len(coverage.refused)} make no call: the API refuses the request"
        yield from wrap([(refused, Role.TEXT)], width)


def _rules(coverage: Coverage, width: int, *, few: bool) -> Iterator[tuple[tuple[str, Role], ...]]:
    rows = [
        (str(rule.source), str(rule.event), str(rule.target), ", ".join(_of_rule(rule)), places)
        for rule, places in coverage.by_rule.items()
    ]
    yield from _table(("rule: from", "event", "to", "clauses", "cases"), rows, width, few=few)


def _clauses(
    coverage: Coverage, width: int, *, few: bool
) -> Iterator[tuple[tuple[str, Role], ...]]:
    rows = [
        (clause.id, str(clause.basis), clause.place, places)
        for clause, places in coverage.by_clause.items()
    ]
    yield from _table(("clause", "basis", "where", "cases"), rows, width, few=few)


def _table(
    heads: Sequence[str], rows: Sequence[tuple[Any, ...]], width: int, *, few: bool
) -> Iterator[tuple[tuple[str, Role], ...]]:
    """Columns as wide as they must be; the cases last, by their numbers or by their count."""
    cells = [(*row[:-1], _cases(row[-1], few=few)) for row in rows]
    widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
    for number, row in enumerate([tuple(heads), *cells]):
        role = Role.STRONG if number == 0 else Role.TEXT
        told = "  ".join(f"{cell:<{wide}}" for cell, wide in zip(row, widths, strict=True)).rstrip()
        if len(told) <= width:
            yield line([(told, role)])
        else:  # the last two columns under the others
            first = "  ".join(f"{cell:<{w}}" for cell, w in zip(row[:-2], widths, strict=False))
            yield from wrap([(first.rstrip(), role)], width)
            yield from wrap([(f"    {row[-2]}  {row[-1]}", role)], width)


def _cases(places: Sequence[int], *, few: bool) -> str:
    if not places:
        return "none"
    return " ".join(str(place + 1) for place in places) if few else str(len(places))


def _missing(coverage: Coverage, width: int) -> Iterator[tuple[tuple[str, Role], ...]]:
    rules, clauses = coverage.missing_rules, coverage.missing_clauses
    if not rules and not clauses:
        yield line([("nothing is left out", Role.TEXT)])
        return
    if rules:
        yield line([("no case takes", Role.STRONG)])
        for rule in rules:
            yield from _hanging(f"{rule.name} -> {rule.target}", width)
    for title, basis in (
        ("no case exercises these sentences of the source", Basis.DOCUMENTED),
        ("no case exercises these readings of ours", Basis.INFERRED),
    ):
        those = [clause for clause in clauses if clause.basis is basis]
        if those:
            yield line([(title, Role.STRONG)])
        for clause in those:
            yield from _hanging(f"{clause.id}: {clause.says}", width)


def _hanging(text: str, width: int) -> Iterator[tuple[tuple[str, Role], ...]]:
    for number, broken in enumerate(wrap([(text, Role.TEXT)], width - 4)):
        yield line([("    " if number else "  ", Role.TEXT), *broken])
