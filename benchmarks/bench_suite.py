"""Suites: choosing their cases and telling what to expect of each, nothing written.

The yardstick is a case for each of the 139 paths: who takes them all need not choose.
"""

from __future__ import annotations

import pytest

from callflow.verify.pairs import covering_cases
from callflow.verify.paths import all_paths
from callflow.verify.suite import suite

_YARDSTICK = "a case of every path"


def _every_case():
    return [path.case(path.apart()) for path in all_paths()]


@pytest.mark.parametrize(
    ("cover", "aim"),
    [("states", 0.1), ("rules", 0.5), ("rule-pairs", 2), ("paths", 4), ("clauses", 6)],
)
def test_a_suite(compare, benchmark, cover, aim):
    assert suite("rules").covered == 44
    compare(f"a suite for {cover}", (_YARDSTICK, _every_case), lambda: suite(cover), aim=aim)
    benchmark(suite, cover)


def test_all_pairs(compare, benchmark):
    compare("cases for all pairs", (_YARDSTICK, _every_case), covering_cases, aim=8)
    benchmark(covering_cases)
