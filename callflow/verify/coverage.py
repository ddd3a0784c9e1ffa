"""What cases exercise: which rules of the table, which clauses, which sentences of the source.

A case exercises a rule if its call takes it, and a clause if that stands behind a step, a mark, a
caller number, a setting, a warning or a parameter without effect of its call. Whether anybody looks
at it is another question: what a case expects, and whether it holds, is `check`'s. How coverage is
told to people is `report.covered`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from ..call.timeline import Timeline
from ..choreography import RULES
from ..clauses import CLAUSES, Clause
from ..table import Rule
from ..words import Party


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
                    "clauses": list(of_rule(rule)),
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


def of_rule(rule: Rule) -> tuple[str, ...]:
    """The ids of the clauses behind a rule, those of the contact's leg first."""
    given = (clause for party in Party for clause in rule.because(party) or ())
    return tuple(dict.fromkeys(clause.id for clause in given))
