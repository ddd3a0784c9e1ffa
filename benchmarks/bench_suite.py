"""Suites: choosing and writing them in memory beside simulating every path."""

from __future__ import annotations

from callflow.call.simulator import simulate
from callflow.verify.paths import all_paths
from callflow.verify.suite import files, suite


def test_a_suite_for_rules(benchmark, compare) -> None:  # type: ignore[no-untyped-def]
    cases = [path.case(path.apart() or path.least() or ()) for path in all_paths()]
    simulated = ("simulating every path", lambda: [simulate(case).to_dict() for case in cases])
    compare("choosing a suite for rules", simulated, lambda: suite("rules"), aim=10, rounds=21)
    compare("the same, with its files", simulated, lambda: files(suite("rules")), aim=10, rounds=11)
    assert len(suite("rules").members) == 20
    benchmark.pedantic(lambda: suite("rules"), rounds=20)
