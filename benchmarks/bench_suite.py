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


_AIM = 25  # about a tenth of a second


@pytest.mark.parametrize("cover", ["states", "rules", "rule-pairs", "paths", "clauses"])
def test_a_suite(compare, benchmark, cover):
    assert suite("rules").covered == 44
    compare(f"a suite for {cover}", (_YARDSTICK, _every_case), lambda: suite(cover), aim=_AIM)
    benchmark(suite, cover)


def test_all_pairs(compare, benchmark):
    compare("cases for all pairs", (_YARDSTICK, _every_case), covering_cases, aim=_AIM)
    benchmark(covering_cases)
