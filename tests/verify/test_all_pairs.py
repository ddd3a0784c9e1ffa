"""A suite for all pairs of parameters, counted over its files without asking how it was made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from callflow import strategies
from callflow.call.case import Case
from callflow.call.loading import case_from_bytes, case_from_mapping
from callflow.call.simulator import simulate
from callflow.verify.pairs import covering_cases, never_both, pair_names, pairs_of, values_of
from callflow.verify.parameters import PARAMETERS, mapping
from callflow.verify.suite import Suite, suite
from callflow.verify.suite_pages import PAGE, files

#: Where a case says what; left out is a value, too.
PATHS = [tuple(parameter.path.split(".")) for parameter in PARAMETERS]


@cache
def made() -> Suite:
    return suite("parameters")


@cache
def written() -> dict[str, str]:
    return {name: text for name, text in files(made()).items() if name != PAGE}


def _literal(case: Mapping[str, Any], path: tuple[str, ...]) -> str:
    """What stands there, as text."""
    found: Any = case
    for step in path:
        found = found.get(step, {}) if isinstance(found, dict) else {}
    return json.dumps(found, sort_keys=True)


def test_every_two_values_of_two_parameters_stand_together_in_some_file() -> None:
    """Counted over the files as YAML, without this product: no pair is missing."""
    rows = [[_literal(yaml.safe_load(text), path) for path in PATHS] for text in written().values()]
    columns = [dict.fromkeys(column) for column in zip(*rows, strict=True)]
    assert [len(column) for column in columns] == [len(one.values) for one in PARAMETERS]
    for one, other in combinations(range(len(PATHS)), 2):
        together = {(row[one], row[other]) for row in rows}
        assert len(together) == len(columns[one]) * len(columns[other]), (PATHS[one], PATHS[other])


def test_no_case_is_one_that_the_api_would_refuse() -> None:
    """Each file is read as a case without complaint, and warns of what is meant to be tried."""
    for name, text in written().items():
        case = case_from_bytes(text.encode(), "yaml", name)
        warned = {one.path for one in simulate(case).warnings}
        assert warned <= {"request.switch_at_once", "request.show_virtual_phone_number"}


def test_both_values_of_a_pair_come_into_play_wherever_a_call_can_do_that() -> None:
    """But for the pairs that exclude each other, some call has the digits and who hears them."""
    counted = {pair for one in made().cases for pair in pairs_of(one.timeline)}
    assert counted == set(pair_names())
    in_play = {pair for one in made().cases for pair in _in_play(one.timeline)}
    assert in_play == set(pair_names()) - {pair for pair, _ in never_both()}


def _in_play(timeline: Any) -> Iterator[str]:
    edges = [edge for _, edge in timeline.moments]
    told = [
        f"{parameter.name} {value.word}"
        for parameter, word in zip(PARAMETERS, values_of(timeline), strict=True)
        for value in parameter.values
        if value.word == word and value.need.met(edges)
    ]
    return (" + ".join(pair) for pair in combinations(told, 2))


CHOICES = st.tuples(*(st.sampled_from(parameter.values) for parameter in PARAMETERS))


@given(CHOICES)
def test_what_is_said_to_exclude_each_other_never_comes_into_play_together(chosen: Any) -> None:
    """No choice of values brings such a pair into play."""
    call = simulate(case_from_mapping(mapping(chosen)))
    assert {*_in_play(call)}.isdisjoint(pair for pair, _ in never_both())


@given(CHOICES)
def test_a_case_has_the_values_that_were_put_into_it(chosen: Any) -> None:
    """Read again, each parameter has its value; of a hang-up it counts what came of it."""
    call = simulate(case_from_mapping(mapping(chosen)))
    for value, word in zip(chosen, values_of(call), strict=True):
        hangs_up = "hangs up" in value.word
        assert (word or "").startswith("hangs up") if hangs_up else word == value.word


@given(strategies.cases())
def test_any_case_counts_for_pairs_of_what_it_says(case: Case) -> None:
    """A pair counts only if the case has both of its values."""
    call = simulate(case)
    told = {
        f"{parameter.name} {word}"
        for parameter, word in zip(PARAMETERS, values_of(call), strict=True)
    }
    for pair in pairs_of(call):
        assert told.issuperset(pair.split(" + "))


@settings(max_examples=12)
@given(st.sets(st.sampled_from(pair_names())))
def test_pairs_that_are_there_are_not_looked_for(there: set[str]) -> None:
    """What is left is covered; if nothing is, there is no case."""
    cases = covering_cases(there)
    counted = {pair for case in cases for pair in pairs_of(simulate(case))}
    assert counted | there == set(pair_names())
    assert bool(cases) == (there != set(pair_names()))
