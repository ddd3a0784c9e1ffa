"""A suite written from everything that can happen: what it covers, and what no mutant survives."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow.call.case import Case
from callflow.call.loading import case_from_bytes
from callflow.call.simulator import simulate
from callflow.choreography import RULES, states
from callflow.clauses import CLAUSES, G17
from callflow.cli import explore
from callflow.errors import UsageError
from callflow.table import Rule, under_premise
from callflow.verify.check import judged
from callflow.verify.coverage import exercised
from callflow.verify.covering import apart, chosen, union
from callflow.verify.expectations import Expectation, Expectations, Unread, read
from callflow.verify.paths import all_paths
from callflow.verify.suite import COVERS, Suite, criterion, suite
from callflow.verify.suite_pages import PAGE, files
from tests.properties import mutants
from tests.verify.leniently import run

BY_PATHS = ("states", "rules", "rule-pairs", "paths")
#: Those that promise to notice every change of a rule.
STRICT = ("rules", "rule-pairs", "paths")


@cache
def made(cover: str) -> Suite:
    return suite(cover)


@cache
def written(cover: str) -> dict[str, Case]:
    """The cases of a suite as they are read from its files."""
    return {
        name: case_from_bytes(text.encode(), "yaml", name)
        for name, text in files(made(cover)).items()
        if name != PAGE
    }


# ----------------------------------------------------------------------------------- what it covers


@pytest.mark.parametrize("cover", COVERS)
def test_every_expectation_of_a_suite_holds(cover: str) -> None:
    """Read from its file, each case is the case that was chosen, and its call is as expected."""
    for case, one in zip(written(cover).values(), made(cover).cases, strict=True):
        assert case == one.timeline.case
        expected = read(case.expect)
        assert not expected.unread
        assert {"outcome", "contact", "employee", "steps"} <= expected.keys
        results = judged(expected, simulate(case))
        assert not [result.verdict.said for result in results if result.fails]


def test_the_states_are_those_of_the_table() -> None:
    """Between them the calls are in every state."""
    calls = map(simulate, written("states").values())
    seen = {one for call in calls for _, edge in call.moments for one in (edge.source, edge.target)}
    assert seen == set(states())


@pytest.mark.parametrize("cover", STRICT)
def test_every_row_is_taken_in_both_of_its_forms(cover: str) -> None:
    """All 36 rows, and the 8 of them to which G17 gives other clauses in both forms: 44 rules."""
    taken = {
        (edge.rule, edge.contact, edge.employee)
        for call in map(simulate, written(cover).values())
        for _, edge in call.moments
    }
    every = {
        (edge.rule, edge.contact, edge.employee) for path in all_paths() for edge in path.edges
    }
    assert taken == every
    assert (len(every), len({rule for rule, _, _ in every})) == (44, len(RULES))


def test_every_pair_of_rules_in_a_row_is_taken() -> None:
    """What can follow on what follows on it somewhere."""

    def pairs(edges: tuple) -> set:
        shown = [(edge.rule, edge.contact, edge.employee) for edge in edges]
        return {*pairwise(shown)}

    calls = [tuple(e for _, e in simulate(c).moments) for c in written("rule-pairs").values()]
    assert set().union(*map(pairs, calls)) == set().union(
        *(pairs(path.edges) for path in all_paths())
    )


def test_every_path_is_taken_once() -> None:
    """139 paths, 139 cases."""
    taken = [
        (case.configuration, tuple(edge.event for _, edge in simulate(case).moments))
        for case in written("paths").values()
    ]
    assert len(taken) == len(set(taken)) == 139
    assert set(taken) == {(path.configuration, path.events) for path in all_paths()}


def test_every_clause_is_exercised_or_left_out_with_its_reason() -> None:
    """What no step cites is exercised too: DTMF in time and too late, caller numbers, tts."""
    cited = {
        id_ for case in written("clauses").values() for id_ in exercised("", simulate(case)).ids
    }
    left_out = made("clauses").left_out
    assert cited | set(left_out) == set(CLAUSES)
    assert cited.isdisjoint(left_out)
    assert all(left_out.values())
    assert {"TTS", "G18", "DTMF", "G11", "G12", "CID-E", "G13", "G14", "EXT", "G16"} <= cited


@pytest.mark.parametrize("id_", ["G11", "G12", "CID-C", "CID-E", "G13", "G14", "EXT", "G16", "G18"])
def test_what_no_step_cites_is_expected_as_a_sentence(id_: str) -> None:
    """Some expectation of the suite for clauses rests on each clause that is no rule's."""
    rests_on = {
        clause.id
        for case in written("clauses").values()
        for result in judged(read(case.expect), simulate(case))
        for clauses in result.verdict.rests_on
        for clause in clauses
    }
    assert id_ in rests_on


def test_an_unknown_criterion_names_the_nearest() -> None:
    """One message with the repair; the command line offers the same criteria."""
    with pytest.raises(UsageError, match="not rule; did you mean rules"):
        suite("rule")
    assert sorted(COVERS) == sorted(explore.COVERS)


@pytest.mark.parametrize("cover", COVERS)
def test_a_case_is_there_for_something(cover: str) -> None:
    """Each case has something that no other has, so that none could be left away."""
    for one in made(cover).cases:
        others = set().union(*(other.items for other in made(cover).cases if other is not one))
        assert one.items - others, one.slug
        assert one.adds


@pytest.mark.parametrize("cover", COVERS)
def test_what_the_cases_add_makes_up_the_whole(cover: str) -> None:
    """What is said to be added is what the calls have, each item once."""
    added = [item for one in made(cover).cases for item in one.adds]
    assert len(added) == len(set(added)) == made(cover).covered
    assert set(added) | set(made(cover).left_out) == set(criterion(cover).every)


@pytest.mark.parametrize("cover", BY_PATHS)
def test_something_happens_between_any_two_moments(cover: str) -> None:
    """Moments are whole seconds apart, so that every segment shows."""
    for case in written(cover).values():
        moments = [at for at, _ in simulate(case).moments]
        assert all(at % 1000 == 0 for at in moments)
        assert len(set(moments)) == len(moments)


# --------------------------------------------------------------------------------------- the fewest


@pytest.mark.parametrize("cover", BY_PATHS)
def test_no_suite_of_fewer_cases_or_events_covers_the_same(cover: str) -> None:
    """An exact solver finds none."""
    z3 = pytest.importorskip("z3")
    of = criterion(cover)
    witnesses = [path.timeline(path.apart()) for path in all_paths()]
    items = [set(of.of(call)) for call in witnesses]
    costs = [1000 + len(call.moments) for call in witnesses]
    taken = [z3.Bool(f"path {n}") for n in range(len(items))]
    solver = z3.Optimize()
    for item in of.every:
        solver.add(z3.Or([one for one, has in zip(taken, items, strict=True) if item in has]))
    cost = z3.Sum([z3.If(one, price, 0) for one, price in zip(taken, costs, strict=True)])
    least = solver.minimize(cost)
    assert solver.check() == z3.sat
    assert solver.lower(least).as_long() == 1000 * len(made(cover).cases) + made(cover).events


SETS = st.lists(st.integers(0, 255), min_size=1, max_size=9)


@given(SETS, st.data())
def test_a_cover_is_whole_and_none_of_it_is_idle(
    candidates: list[int], data: st.DataObject
) -> None:
    """Everything that any candidate has is had, and each chosen one has something of its own."""
    costs = data.draw(
        st.lists(st.integers(1, 6), min_size=len(candidates), max_size=len(candidates))
    )
    wanted = data.draw(st.integers(0, 255))
    places = chosen(candidates, costs, wanted)
    got = [candidates[place] & wanted for place in places]
    assert union(got) == union(candidates) & wanted
    for place, one in enumerate(got):
        assert one & ~union(got[:place] + got[place + 1 :])


@given(SETS)
def test_no_cover_is_smaller_than_the_items_of_which_nothing_has_two(candidates: list[int]) -> None:
    """The lower bound is one, for every cover there is."""
    whole = union(candidates)
    least = next(
        count
        for count in range(len(candidates) + 1)
        if any(union(some) == whole for some in combinations(candidates, count))
    )
    assert (
        apart(candidates, whole) <= least <= len(chosen(candidates, [1] * len(candidates), whole))
    )


# ------------------------------------------------------------------------------------------ mutants


def _seen(row: Rule) -> list[tuple[frozenset, frozenset]]:
    """The clauses of a row as they come to stand under the premise and outside it."""
    return [
        tuple(
            frozenset(under_premise(given, premise) if given else ())
            for given in (row.contact, row.employee)
        )
        for premise in (True, False)
    ]


def _changed(rows: tuple[Rule, ...]) -> tuple[Rule, Rule]:
    return next((old, new) for old, new in zip(RULES, rows, strict=True) if old is not new)


def _with_another_clause() -> Iterator[tuple[str, tuple[Rule, ...]]]:
    """Rows with other clauses, not only in another order, or one of them twice."""
    for name, rows in mutants.reexplained(RULES):
        old, new = _changed(rows)
        under, outside = (a != b for a, b in zip(_seen(old), _seen(new), strict=True))
        forms = {
            premise
            for path in all_paths()
            for edge in path.edges
            if edge.rule is old
            for premise in [path.configuration.premise]
        }
        if (under and True in forms) or (outside and False in forms):
            yield name, rows


@cache
def judges(cover: str) -> dict[Rule, list[tuple[Case, Expectations]]]:
    """For each row the cases that take it, with what they expect."""
    found: dict[Rule, list[tuple[Case, Expectations]]] = {rule: [] for rule in RULES}
    for case in written(cover).values():
        expected = read(case.expect)
        for rule in dict.fromkeys(edge.rule for _, edge in simulate(case).moments):
            found[rule].append((case, expected))
    return found


def noticed(cover: str, old: Rule, rows: tuple[Rule, ...]) -> bool:
    """Whether the steps that some case expects are not those that these rows come to."""
    for case, expected in judges(cover)[old]:
        call = run(rows, case)
        if not call.moments or any(one.fails for one in judged(expected, call, chosen=_steps)):
            return True
    return False


def _steps(one: Expectation | Unread) -> bool:
    return isinstance(one, Expectation) and one.key == "steps"


@pytest.mark.parametrize("cover", STRICT)
def test_the_suite_holds_of_the_table_itself(cover: str) -> None:
    """Run as mutants are, the table as it is fails nothing."""
    for case in written(cover).values():
        assert not any(result.fails for result in judged(read(case.expect), run(RULES, case)))


@pytest.mark.parametrize("cover", STRICT)
def test_the_suite_fails_when_a_rule_is_removed(cover: str) -> None:
    """Without any one of the rows some call of the suite does not go on as it should."""
    for old, (name, rows) in zip(RULES, mutants.removed(RULES), strict=True):
        assert noticed(cover, old, rows), name


@pytest.mark.parametrize("cover", STRICT)
def test_the_suite_fails_when_a_rule_is_redirected(cover: str) -> None:
    """Each row led to each other state is noticed, explained or not."""
    count = 0
    for name, rows in mutants.redirected(RULES, states()):
        assert noticed(cover, _changed(rows)[0], rows), name
        count += 1
    assert count == 2 * len(RULES) * (len(states()) - 1)


@pytest.mark.parametrize("cover", STRICT)
def test_the_suite_fails_when_a_rule_is_given_another_clause(cover: str) -> None:
    """A clause removed, added, exchanged, given to the other leg: each of thousands is noticed."""
    count = 0
    for name, rows in _with_another_clause():
        assert noticed(cover, _changed(rows)[0], rows), name
        count += 1
    assert count > 9000


def test_rows_alone_would_not_do() -> None:
    """With a case for each of the 36 rows, G17 put where it does not belong can go unnoticed.

    This is why a rule counts twice where G17 makes its clauses two.
    """
    paths = all_paths()
    rows = {rule: 1 << n for n, rule in enumerate(RULES)}
    has = [union(rows[rule] for rule in path.rules) for path in paths]
    few = chosen(has, [len(path.edges) for path in paths], union(has))
    assert len(few) < len(made("rules").cases)
    outside = {
        edge.rule for n in few for edge in paths[n].edges if not paths[n].configuration.premise
    }
    under = {edge.rule for n in few for edge in paths[n].edges if paths[n].configuration.premise}
    both = {
        rule
        for rule in RULES
        if {path.configuration.premise for path in paths if rule in path.rules} == {True, False}
    }
    assert any(
        rule not in under and G17 in (edge.contact or ()) + (edge.employee or ())
        for rule in both & outside
        for path in paths
        for edge in path.edges
        if edge.rule is rule
    )
