"""Faults planted in the table and in the simulator, which the laws must notice.

The walk here is a copy of the simulator's with places where a fault can be put in; without one it
takes the same steps, which a test holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from attrs import evolve

from callflow.call.case import Case, PerParty
from callflow.call.plan import Lengths, plan
from callflow.call.timeline import Timeline
from callflow.choreography import RULES, SIMULTANEOUS
from callflow.clauses import CLAUSES
from callflow.errors import TableError
from callflow.table import Condition, Edge, Fact, Graph, Rule, check
from callflow.units import NEVER
from callflow.words import SLOT, Configuration, Event, Party, State
from tests.properties import laws
from tests.properties.pool import POOL

Moments = tuple[tuple[int, Edge], ...]


class Stuck(AssertionError):
    """Nothing would ever happen any more, and the call is not over."""


def walk(
    start: Edge,
    lengths: Lengths,
    *,
    due_at: Callable[[int, int, dict[int, int]], int] | None = None,
    later_wins: bool = False,
    restart: Callable[[Edge], Sequence[int]] = lambda edge: edge.starts,
) -> Moments:
    """The simulator's loop with places for faults.

    Args:
        due_at: when a clock is due, from its slot, its start, and when slots started before.
        later_wins: of several due at once, the last in the order happens.
        restart: the slots of the clocks that a step starts.
    """
    due: dict[int, int] = {}
    started: dict[int, int] = {}
    edge, at = start, 0
    moments = [(at, edge)]
    while edge.exits:
        for slot in restart(edge):
            started[slot] = at
            due[slot] = at + lengths[slot] if due_at is None else due_at(slot, at, started)
        at = NEVER
        following = None
        for slot, way in edge.exits:
            if due[slot] < at or (later_wins and due[slot] == at < NEVER):
                at, following = due[slot], way
        if following is None:
            raise Stuck(str(edge.target))
        edge = following
        moments.append((at, edge))
    return tuple(moments)


# --------------------------------------------------------------------------------- table: judging

Signature = dict[tuple[State, Event], tuple[State, tuple | None, tuple | None]]


def signature(graph: Graph) -> Signature:
    """All that a graph says: where each event leads, and why."""
    return {
        key: (edge.target, laws.ids(edge.contact), laws.ids(edge.employee))
        for key, edge in graph.edges.items()
    }


def timeline(graph: Graph, case: Case) -> Timeline:
    """What a mutant of the table makes of a case."""
    return Timeline(case, walk(graph.start, plan(case).lengths))


def noticed_by(rows: Sequence[Rule], original: Mapping[Configuration, Signature]) -> str | None:
    """What notices that these rows are wrong; None: nothing does. ``equal``: they are not."""
    try:
        graphs = check(rows, SIMULTANEOUS)
    except TableError:
        return "check"
    changed = [one for one, graph in graphs.items() if signature(graph) != original[one]]
    if not changed:
        return "equal"

    def simulate(case: Case) -> Timeline:
        return timeline(graphs[case.configuration], case)

    for configuration in changed:
        for case in POOL[configuration]:
            try:
                found = laws.violated(simulate(case))
            except Stuck:
                found = 1
            if found is not None:
                return f"law {found}"
    return None


# --------------------------------------------------------------------------------- table: mutants

Mutant = tuple[str, tuple[Rule, ...]]


def _instead(rules: Sequence[Rule], place: int, *new: Rule) -> tuple[Rule, ...]:
    return (*rules[:place], *new, *rules[place + 1 :])


def removed(rules: Sequence[Rule]) -> Iterator[Mutant]:
    """Each row left out."""
    for place, row in enumerate(rules):
        yield f"without {row}", _instead(rules, place)


def redirected(rules: Sequence[Rule], states: Sequence[State]) -> Iterator[Mutant]:
    """Each row led to each other state; a leg that then changes without a clause borrows one."""
    for place, row in enumerate(rules):
        for state in states:
            if state == row.target:
                continue
            yield f"{row} to {state}", _instead(rules, place, evolve(row, target=state))
            # `check` refuses a change that no clause explains; do not let that hide a survivor.
            explained = evolve(
                row,
                target=state,
                contact=row.contact or row.employee,
                employee=row.employee or row.contact,
            )
            yield f"{row} to {state}, explained", _instead(rules, place, explained)


def resettled(rules: Sequence[Rule]) -> Iterator[Mutant]:
    """Each row under other settings: a literal dropped, negated or added; first_call swapped."""
    settings = (
        Fact.EMPLOYEE_FIRST,
        Fact.SWITCH,
        Fact.CONTACT_MESSAGE,
        Fact.EMPLOYEE_MESSAGE,
        Fact.PREMISE,
    )
    for place, row in enumerate(rules):
        true, false = row.when.true, row.when.false
        for fact in settings:
            others = [(true - {fact}, false - {fact})]
            if fact in true:
                others.append((true - {fact}, false | {fact}))
            elif fact in false:
                others.append((true | {fact}, false - {fact}))
            else:
                others = [(true | {fact}, false), (true, false | {fact})]
            for one, other in others:
                when = Condition(frozenset(one), frozenset(other))
                yield f"{row} when {when}", _instead(rules, place, evolve(row, when=when))


def reexplained(rules: Sequence[Rule]) -> Iterator[Mutant]:
    """Each row with other clauses: one removed, another in its place, one more; legs swapped."""
    for place, row in enumerate(rules):
        if row.contact != row.employee:
            swapped = evolve(row, contact=row.employee, employee=row.contact)
            yield f"{row}, legs swapped", _instead(rules, place, swapped)
        for leg in ("contact", "employee"):
            clauses = getattr(row, leg) or ()
            others = [clauses[:at] + clauses[at + 1 :] for at in range(len(clauses))]
            if len(clauses) > 1:
                others.append(clauses[::-1])
            for clause in CLAUSES.values():
                others += [
                    (*clauses[:at], clause, *clauses[at + 1 :])
                    for at in range(len(clauses))
                    if clauses[at] is not clause
                ]
                others += [(*clauses, clause), (clause, *clauses)]
            for other in others:
                changed = evolve(row, **{leg: other or None})
                yield f"{row}, {leg}: {laws.ids(other)}", _instead(rules, place, changed)


def tables(
    place: int, *kinds: Iterable[Mutant]
) -> Iterator[tuple[str, tuple[Rule, ...], frozenset[Configuration]]]:
    """Mutants whose fault is in one row and that are tables all the same, each table once.

    Each with the configurations in which it differs from the real one.
    """
    original = {one: signature(graph) for one, graph in check(RULES, SIMULTANEOUS).items()}
    seen = [original]
    for name, rows in chain(*kinds):
        if rows[place : place + 1] == (RULES[place],):
            continue
        try:
            now = {one: signature(graph) for one, graph in check(rows, SIMULTANEOUS).items()}
        except TableError:
            continue
        if now not in seen:
            seen.append(now)
            yield name, rows, frozenset(one for one in now if now[one] != original[one])


# ------------------------------------------------------------------------- simulator: its mutants

Simulate = Callable[[Case], Any]


class Altered:
    """A timeline that says something else here and there."""

    def __init__(self, timeline: Timeline, **changes: Any) -> None:
        self._timeline, self._changes = timeline, changes

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        changes = self._changes
        return changes[name] if name in changes else getattr(self._timeline, name)


def lengths_changed(change: Callable[[Case, list[int]], None]) -> Callable[[Graphs], Simulate]:
    """A simulator with a fault in what it reads of the case."""

    def build(graphs: Graphs) -> Simulate:
        def simulate(case: Case) -> Timeline:
            lengths = list(plan(case).lengths)
            change(case, lengths)
            return Timeline(case, walk(graphs[case.configuration].start, tuple(lengths)))

        return simulate

    return build


Graphs = Mapping[Configuration, Graph]


def walked(**faults: Any) -> Callable[[Graphs], Simulate]:
    """A simulator with a fault in its loop."""

    def build(graphs: Graphs) -> Simulate:
        def simulate(case: Case) -> Timeline:
            planned = plan(case)
            given = {
                name: fault(planned.lengths) if name == "due_at" else fault
                for name, fault in faults.items()
            }
            return Timeline(
                case, walk(graphs[planned.configuration].start, planned.lengths, **given)
            )

        return simulate

    return build


def told(**tell: Callable[[Timeline], Any]) -> Callable[[Graphs], Simulate]:
    """A simulator whose timeline tells it wrong."""

    def build(graphs: Graphs) -> Simulate:
        def simulate(case: Case) -> Altered:
            right = timeline(graphs[case.configuration], case)
            return Altered(right, **{name: change(right) for name, change in tell.items()})

        return simulate

    return build


def configured(change: Callable[[Case], Configuration]) -> Callable[[Graphs], Simulate]:
    """A simulator that takes a case for one of another configuration."""

    def build(graphs: Graphs) -> Simulate:
        def simulate(case: Case) -> Timeline:
            return Timeline(case, walk(graphs[change(case)].start, plan(case).lengths))

        return simulate

    return build


def law_that_notices(simulate: Simulate, cases: Sequence[Case]) -> str | None:
    """The first law that does not hold of some case; None: all do."""
    for case in cases:
        try:
            found = laws.violated(simulate(case))
            if found is None:
                found = laws.violated_by_two(case, simulate)
        except Stuck:
            found = 1
        if found is not None:
            return f"law {found}"
    return None


def only(party: Party, value: int) -> PerParty:
    """A length for one party."""
    return PerParty(**{party.value: value})


HANG_UPS = (SLOT[Event.CONTACT_HUNG_UP], SLOT[Event.EMPLOYEE_HUNG_UP])
