"""Suites for a real integration: they cover what they claim, pass, and fail for another table."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, pairwise

import pytest

from callflow.call.loading import case_from_bytes, case_to_dict
from callflow.call.simulator import simulate
from callflow.choreography import RULES, SIMULTANEOUS, rules_for, states
from callflow.clauses import CLAUSES
from callflow.errors import TableError, UsageError
from callflow.table import Graph, Rule, facts_of, specialise
from callflow.verify import pairs
from callflow.verify.check import judged
from callflow.verify.coverage import BEYOND_CALLS, exercised
from callflow.verify.expectations import read
from callflow.verify.paths import all_paths
from callflow.verify.suite import COVERS, Suite, files, suite
from callflow.words import Configuration, configurations
from tests.properties import mutants

SUITES = {cover: suite(cover) for cover in COVERS}
WRITTEN = {cover: files(found) for cover, found in SUITES.items()}
CASES = {
    cover: {
        name: case_from_bytes(text.encode(), "yaml", name)
        for name, text in written.items()
        if name.endswith(".yaml")
    }
    for cover, written in WRITTEN.items()
}
every_cover = pytest.mark.parametrize("cover", COVERS)


@every_cover
def test_every_case_of_a_suite_is_a_case_that_holds(cover: str) -> None:
    """The files read as cases, and what they expect is what happens."""
    assert len(CASES[cover]) == len(SUITES[cover].members)
    for case in CASES[cover].values():
        expected = read(case.expect)
        assert not expected.unread
        assert {one.key for one in expected.items} == {"outcome", "contact", "employee", "steps"}
        assert all(result.verdict.holds for result in judged(expected, simulate(case)))


def test_a_suite_covers_all_that_it_is_to_cover() -> None:
    """Counted over the files, by other means than those by which they were chosen."""
    calls = {cover: [simulate(case) for case in cases.values()] for cover, cases in CASES.items()}
    rows = [[edge.rule for _, edge in call.moments] for call in calls["rules"]]
    assert {rule for row in rows for rule in row} == set(RULES)
    seen = {id_ for call in calls["clauses"] for id_ in exercised("", call).ids}
    assert seen == set(CLAUSES) - set(BEYOND_CALLS)
    met = {edge.target for call in calls["states"] for _, edge in call.moments}
    assert met | {calls["states"][0].moments[0][1].source} == set(states())
    wanted = {pair for path in all_paths() for pair in pairwise(path.rules)}
    rows = [[edge.rule for _, edge in call.moments] for call in calls["rule-pairs"]]
    assert {pair for row in rows for pair in pairwise(row)} == wanted
    taken = {
        (call.case.configuration, tuple(e.event for _, e in call.moments))
        for call in calls["paths"]
    }
    assert taken == {(path.configuration, path.events) for path in all_paths()}


def test_every_two_values_of_two_parameters_meet() -> None:
    """Counted over the written files; none of them is refused, or it would be no case."""
    met = set()
    for case in CASES["parameters"].values():
        row = pairs.chosen(case_to_dict(case, secrets=False))
        assert row is not None
        told = [(name, row[name]) for name in pairs.PARAMETERS]
        met |= set(combinations(told, 2))
    for (one, values), (other, seconds) in combinations(pairs.PARAMETERS.items(), 2):
        for value in values:
            for second in seconds:
                assert ((one, value), (other, second)) in met


# -------------------------------------------------------------------------------- another table

#: Suites that hold every rule, and of each case what it expects.
HELD = {
    cover: [(case, read(case.expect)) for case in CASES[cover].values()]
    for cover in ("rules", "rule-pairs", "paths")
}
KINDS = {
    "removed": mutants.removed(RULES),
    "redirected": mutants.redirected(RULES, tuple(states())),
    "explained otherwise": mutants.reexplained(RULES),
}


def says_the_same(graphs: Mapping[Configuration, Graph]) -> bool:
    """Whether graphs say what ours do: clauses in another order, or twice, are no other clauses."""
    return all(
        (edge.target, set(edge.contact or ()), set(edge.employee or ()))
        == (other.target, set(other.contact or ()), set(other.employee or ()))
        for configuration, graph in graphs.items()
        for key, edge in graph.edges.items()
        if (other := rules_for(configuration).edges.get(key)) is not None
    )


def touched(rows: tuple[Rule, ...]) -> list[Configuration]:
    """The configurations in which another row holds than in ours, or one less."""
    changed = set(rows) ^ set(RULES)
    return [
        one for one in configurations() if any(row.when.holds(facts_of(one)) for row in changed)
    ]


def passes(cover: str, graphs: Mapping[Configuration, Graph]) -> bool:
    """Whether a suite still holds when calls of these configurations follow other rules."""
    for case, expected in HELD[cover]:
        graph = graphs.get(case.configuration)
        if graph is None:
            continue
        try:
            call = mutants.timeline(graph, case)
        except (mutants.Stuck, TableError):
            return False
        if not all(result.verdict.holds for result in judged(expected, call)):
            return False
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_a_suite_fails_as_soon_as_any_rule_is_another(kind: str) -> None:
    """A rule removed, redirected, or given another clause: the table is refused or a case fails."""
    survivors = []
    for name, rows in KINDS[kind]:
        try:
            graphs = {one: specialise(rows, one, SIMULTANEOUS) for one in touched(rows)}
        except TableError:
            continue
        if not says_the_same(graphs):
            survivors += [(cover, name) for cover in HELD if passes(cover, graphs)]
    assert survivors == []


# --------------------------------------------------------------------------------------- the choice


def test_cases_that_are_there_count() -> None:
    """Half of a suite leaves the other half to be written; all of it, nothing."""
    whole = SUITES["rules"]
    half = [member.timeline for member in whole.members[::2]]
    rest = suite("rules", half)
    assert 0 < len(rest.members) < len(whole.members)
    covered = {edge.rule for call in half for _, edge in call.moments}
    assert rest.had >= len(covered)
    covered |= {edge.rule for member in rest.members for _, edge in member.timeline.moments}
    assert covered == set(RULES)
    assert suite("rules", [member.timeline for member in whole.members]).members == ()


@every_cover
def test_no_case_is_needless(cover: str) -> None:
    """Each adds something, and says what."""
    for member in SUITES[cover].members:
        assert member.adds


def test_names_are_of_their_own_and_the_same_every_time() -> None:
    """No two files have one name; the same suite is written byte for byte again."""
    for cover in COVERS:
        found: Suite = SUITES[cover]
        assert len({member.slug for member in found.members}) == len(found.members)
        assert files(suite(cover)) == WRITTEN[cover]
        assert max(len(member.slug) for member in found.members) < 120


def test_what_cannot_be_covered_is_said_with_the_reason() -> None:
    """Clauses that no call exercises stand in the page."""
    page = WRITTEN["clauses"]["coverage.md"]
    for id_ in BEYOND_CALLS:
        assert f"- **{id_}**: " in page


def test_an_unknown_criterion_names_the_nearest() -> None:
    """One message with the repair."""
    with pytest.raises(UsageError, match="did you mean rules"):
        suite("rule")
