"""A suite as files: its cases in YAML, each saying what it is about, and a page of what they cover.

Every file carries `MARK` in its head, by which a later suite knows that it may replace it. Nothing
of a folder or a clock stands in them: the same suite is the same text.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from ..call.loading import case_to_yaml
from ..choreography import RULES, configurations, rules_for
from ..clauses import CLAUSES
from ..draw.explain.markdown import escaped
from ..table import Edge
from ..words import Party
from .coverage import BEYOND_CALLS, exercised
from .pairs import never_both, values_of
from .parameters import PARAMETERS
from .suite import Counted, Criterion, Suite, SuiteCase, rule_name

#: What a file of a suite says in its head. Without this line it is nobody's but its author's.
MARK = "Written by callflow explore --suite"
_MARKED = f"{MARK}; take this line away, or the next suite replaces the file."
#: In so many lines from the top the mark is looked for.
HEAD = 30

PAGE = "coverage.md"
_WIDTH = 88
#: So many items are named in the head of a case; the page has them all.
_NAMED = 6


def files(suite: Suite) -> dict[str, str]:
    """The files of a suite by their names."""
    told = {case.file: case_text(case, suite.criterion) for case in suite.cases}
    return {**told, PAGE: coverage_page(suite)}


def is_marked(text: str) -> bool:
    """Whether a file is one of a suite."""
    return any(line.lstrip("#<!- ").startswith(MARK) for line in text.splitlines()[:HEAD])


# ------------------------------------------------------------------------------------------- a case


def case_text(case: SuiteCase, criterion: Criterion) -> str:
    """A case as a file."""
    adds = f"Adds {_count(len(case.adds), criterion)}:"
    named = case.adds[:_NAMED]
    on_one = f"{adds} {', '.join(case.adds)}"
    if len(on_one) <= _WIDTH:
        head = [f"{case.title}.", on_one]
    else:
        head = [f"{case.title}.", adds, *(f"  {item}" for item in named)]
        if len(case.adds) > len(named):
            head.append(f"  and {len(case.adds) - len(named)} more, see {PAGE}")
    lines = [*(line for one in head for line in _wrapped(one)), _MARKED]
    return "".join(f"# {line}\n" for line in lines) + "\n" + case_to_yaml(case.timeline.case)


def _wrapped(text: str) -> Sequence[str]:
    indent = text[: len(text) - len(text.lstrip())]
    return textwrap.wrap(text, _WIDTH, subsequent_indent=f"{indent}  ", break_long_words=False)


def _count(number: int, criterion: Criterion) -> str:
    return f"{number} of {len(criterion.every)} {criterion.things}"


# --------------------------------------------------------------------------------- what they cover

_Row = Sequence[str]


def coverage_page(suite: Suite) -> str:
    """Which case exercises which rule and clause, as Markdown; then what is left out, and why."""
    parts = [
        [f"<!-- {_MARKED} -->"],
        ["# What this suite covers"],
        _summary(suite),
        _cases(suite),
        _rules(suite),
        _clauses(suite),
    ]
    if suite.criterion.name == "parameters":
        parts += [_values(suite), _side_by_side()]
    elif suite.criterion.name in ("states", "rule-pairs", "paths"):
        parts += [_items(suite)]
    parts += [_left_out(suite)]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _summary(suite: Suite) -> list[str]:
    covered = _count(suite.covered, suite.criterion)
    told = f"{_number(len(suite.cases), 'case')}, {_number(suite.events, 'event')}: {covered}."
    if suite.have:
        own = _number(len(suite.have), "case")
        told += f" {own} of your own, H1 and on, come first and have {suite.counted} of them."
    silent = sum(not one.expects for one in suite.have)
    if silent:
        told += f" Of these, {silent} expect nothing: they exercise, and notice, nothing."
    if suite.criterion.name in ("rules", "rule-pairs"):
        told += " A row of the table counts twice where our reading G17 makes its clauses two."
    return textwrap.wrap(told, 100, break_long_words=False)


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _calls(suite: Suite) -> Iterator[tuple[str, SuiteCase | Counted]]:
    """Every case with the number by which the tables name it."""
    yield from ((f"H{n}", one) for n, one in enumerate(suite.have, 1))
    yield from ((str(n), one) for n, one in enumerate(suite.cases, 1))


def _cases(suite: Suite) -> list[str]:
    numbers = {name: number for number, (name, _) in enumerate(_all_rules(), 1)}
    rows = []
    for number, one in _calls(suite):
        edges = dict.fromkeys(rule_name(edge) for _, edge in one.timeline.moments)
        told = exercised("", one.timeline)
        name = _link(one) if isinstance(one, SuiteCase) else escaped(one.name)
        rules = " ".join(f"R{numbers[edge]}" for edge in edges)
        outcome = str(one.timeline.outcome)
        rows.append((number, name, outcome, rules, " ".join(told.ids), str(len(one.adds))))
    return ["## Cases", "", *_table(("", "case", "outcome", "rules", "clauses", "adds"), rows)]


def _link(case: SuiteCase) -> str:
    return f"[{case.slug}]({case.file})"


def _all_rules() -> Sequence[tuple[str, Edge]]:
    """Every rule in the order of the table, as it stands without G17 and with it."""
    found: dict[str, Edge] = {}
    for configuration in configurations():
        for edge in rules_for(configuration).edges.values():
            found.setdefault(rule_name(edge), edge)
    place = {rule: row for row, rule in enumerate(RULES)}
    return sorted(found.items(), key=lambda one: (place[one[1].rule], len(one[0])))


def _rules(suite: Suite) -> list[str]:
    taken = {
        number: {rule_name(edge) for _, edge in one.timeline.moments}
        for number, one in _calls(suite)
    }
    rows = []
    for number, (name, edge) in enumerate(_all_rules(), 1):
        rule = edge.rule
        where = (str(rule.source), str(rule.event), str(rule.when), str(rule.target))
        rows.append((f"R{number}", *where, _because(edge), _having(name, taken)))
    heads = ("", "from", "event", "when", "to", "because", "cases")
    return ["## Rules", "", *_table(heads, rows)]


def _because(edge: Edge) -> str:
    lists = [
        (str(party), ", ".join(clause.id for clause in clauses))
        for party in Party
        if (clauses := edge.because(party)) is not None
    ]
    if len(lists) == 2 and lists[0][1] == lists[1][1]:
        return f"both: {lists[0][1]}"
    return "; ".join(f"{party}: {ids}" for party, ids in lists)


def _clauses(suite: Suite) -> list[str]:
    cited = {number: set(exercised("", one.timeline).ids) for number, one in _calls(suite)}
    rows = [
        (id_, str(clause.basis), escaped(clause.says), _having(id_, cited))
        for id_, clause in CLAUSES.items()
        if id_ not in BEYOND_CALLS
    ]
    return ["## Clauses", "", *_table(("", "basis", "says", "cases"), rows)]


def _items(suite: Suite) -> list[str]:
    has = {number: one.items for number, one in _calls(suite)}
    rows = [(item, _having(item, has)) for item in suite.criterion.every]
    title = suite.criterion.things.capitalize()
    return [f"## {title}", "", *_table(("", "cases"), rows)]


def _values(suite: Suite) -> list[str]:
    rows = [
        (number, *(word or "another" for word in values_of(one.timeline)))
        for number, one in _calls(suite)
    ]
    heads = ("", *(parameter.name for parameter in PARAMETERS))
    return ["## Parameters", "", *_table(heads, rows)]


def _side_by_side() -> list[str]:
    """The pairs that no call brings into play together, by what they need."""
    found: dict[str, list[str]] = {}
    for pair, needs in never_both():
        found.setdefault(needs, []).append(pair)
    told = (
        "Every pair of values stands in some case, and wherever a call can do that, both come into "
        "play in it. No call can for these pairs: what the two need excludes each other."
    )
    rows = [(needs, str(len(pairs)), "; ".join(pairs)) for needs, pairs in found.items()]
    lines = textwrap.wrap(told, 100, break_long_words=False)
    heads = ("they need that", "", "pairs")
    return ["## Side by side only", "", *lines, "", *_table(heads, rows)]


def _left_out(suite: Suite) -> list[str]:
    if not suite.left_out:
        return ["## Left out", "", f"Nothing: there is a case for all {suite.criterion.things}."]
    rows = [(item, escaped(why)) for item, why in suite.left_out.items()]
    return ["## Left out", "", *_table(("", "why"), rows)]


def _having(item: str, of: Mapping[str, AbstractSet[str]]) -> str:
    """The numbers of the cases that have an item, neighbours joined: ``H1, 1-3, 7``."""
    told: list[str] = []
    before = 0
    for place, (number, items) in enumerate(of.items(), 1):
        if item in items:
            if before == place - 1 and told and number.isdigit() and told[-1][0] != "H":
                told[-1] = f"{told[-1].partition('-')[0]}-{number}"
            else:
                told.append(number)
            before = place
    return ", ".join(told) or "none"


def _table(heads: _Row, rows: Iterable[_Row]) -> Iterator[str]:
    """A table whose columns stand under each other, unless a cell is very wide."""
    everything = [tuple(heads), *map(tuple, rows)]
    wide = [min(60, max(3, *map(len, column))) for column in zip(*everything, strict=True)]
    for number, row in enumerate(everything):
        cells = (f"{cell:<{width}}" for cell, width in zip(row, wide, strict=True))
        yield f"| {' | '.join(cells)} |"
        if not number:
            yield f"| {' | '.join('-' * width for width in wide)} |"
