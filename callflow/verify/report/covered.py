"""What cases exercise, told to people.

First the sums and the cases by number, then a table of rules and one of clauses with the cases that
meet them, then what no case meets. What a case exercises is `verify.coverage`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...draw.grid import Line, Sheet, Style, line, wrap
from ...draw.palette import Role
from ...draw.wording import many
from ...errors import printable
from ...words import Basis
from ..coverage import Coverage, of_rule
from .reasons import hanging
from .telling import WIDEST

_MANY = 12  # so many cases are named; of more, numbers would say nothing


def coverage_text(coverage: Coverage, *, width: int, style: Style) -> Sheet:
    """The tables of cases, rules and clauses, then what no case exercises.

    Args:
        width: how many cells a line may take; 60 are always taken, and never more than `WIDEST`.
        style: what can be shown.
    """
    width = min(max(width, 60), WIDEST)
    lines = [*_summary(coverage, width)]
    few = 0 < len(coverage.cases) <= _MANY
    if few:
        lines.append(())
        for number, case in enumerate(coverage.cases, 1):
            name = style.users(printable(case.name))
            told = f"{name}: {len(case.rules)} rules, {len(case.clauses)} clauses"
            lines += hanging((f"{number:>2}  ", Role.TEXT), [(told, Role.TEXT)], width)
    lines.append(())
    lines += _rules(coverage, width, few=few)
    lines.append(())
    lines += _clauses(coverage, width, few=few)
    lines.append(())
    lines += _missing(coverage, width)
    return Sheet(tuple(lines))


def _summary(coverage: Coverage, width: int) -> Iterator[Line]:
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
        f"{many(count, 'case')} exercise{'s' if count == 1 else ''} "
        f"{seen} of {len(rules)} rules, {met['source']} of {len(sources)} sentences of the "
        f"source, {met['ours']} of {len(ours)} of our readings"
    )
    yield from wrap([(told, Role.STRONG)], width)
    if coverage.refused:
        refused = f"{len(coverage.refused)} make no call: the API refuses the request"
        yield from wrap([(refused, Role.TEXT)], width)


def _rules(coverage: Coverage, width: int, *, few: bool) -> Iterator[Line]:
    rows = [
        (str(rule.source), str(rule.event), str(rule.target), ", ".join(of_rule(rule)), places)
        for rule, places in coverage.by_rule.items()
    ]
    yield from _table(("rule: from", "event", "to", "clauses", "cases"), rows, width, few=few)


def _clauses(coverage: Coverage, width: int, *, few: bool) -> Iterator[Line]:
    rows = [
        (clause.id, str(clause.basis), clause.place, places)
        for clause, places in coverage.by_clause.items()
    ]
    yield from _table(("clause", "basis", "where", "cases"), rows, width, few=few)


def _table(
    heads: Sequence[str], rows: Sequence[tuple[Any, ...]], width: int, *, few: bool
) -> Iterator[Line]:
    """Columns as wide as they must be; the cases last, by their numbers or by their count.

    Where a row finds no room on a line, all take two: the last two cells under those before them.
    """
    cells = [heads, *((*row[:-1], _cases(row[-1], few=few)) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    folded = sum(widths) + 2 * len(widths) - 2 > width
    for number, row in enumerate(cells):
        role = Role.TEXT if number else Role.STRONG
        told = [f"{cell:<{wide}}" for cell, wide in zip(row, widths, strict=True)]
        if not folded:
            yield line([("  ".join(told).rstrip(), role)])
            continue
        yield from wrap([("  ".join(told[:-2]).rstrip(), role)], width)
        below = (" " * (widths[0] + 2) + row[-2].ljust(widths[1]) + "  ", role)
        yield from hanging(below, [(row[-1], role)], width)


def _cases(places: Sequence[int], *, few: bool) -> str:
    if not places:
        return "none"
    return " ".join(str(place + 1) for place in places) if few else str(len(places))


def _missing(coverage: Coverage, width: int) -> Iterator[Line]:
    rules, clauses = coverage.missing_rules, coverage.missing_clauses
    if not rules and not clauses:
        yield line([("nothing is left out", Role.TEXT)])
        return
    if rules:
        yield line([("no case takes", Role.STRONG)])
        for rule in rules:
            yield from _item(f"{rule.name} -> {rule.target}", width)
    for title, basis in (
        ("no case exercises these sentences of the source", Basis.DOCUMENTED),
        ("no case exercises these readings of ours", Basis.INFERRED),
    ):
        those = [clause for clause in clauses if clause.basis is basis]
        if those:
            yield line([(title, Role.STRONG)])
        for clause in those:
            yield from _item(f"{clause.id}: {clause.says}", width)


def _item(text: str, width: int) -> Iterator[Line]:
    return (
        line([(" " * (4 if number else 2), Role.TEXT), *broken])
        for number, broken in enumerate(wrap([(text, Role.TEXT)], width - 4))
    )
