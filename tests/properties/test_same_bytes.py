"""Property 14 from the files on: whatever format and order of keys, equal cases, equal bytes."""

from __future__ import annotations

import json
from importlib.util import find_spec
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow import Case, simulate
from callflow.strategies import cases

# A folder without a file is found as well, but has no origin.
LOADING = find_spec("callflow.call.loading")
HAS_LOADING = LOADING is not None and LOADING.origin is not None
pytestmark = pytest.mark.skipif(not HAS_LOADING, reason="nothing reads or writes case files yet")


def _shuffled(value, random: Random):
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: _shuffled(value[key], random) for key in keys}
    return value


def _bytes(case: Case) -> str:
    return json.dumps(simulate(case).to_dict(), ensure_ascii=False)


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_keys_changes_no_byte(case, random):
    """14: the same mapping with its keys in another order gives the same JSON, byte for byte."""
    from callflow import case_to_dict

    mapping = case_to_dict(case)
    one, other = Case.from_dict(mapping), Case.from_dict(_shuffled(mapping, random))
    assert one == other
    assert _bytes(one) == _bytes(other)


@given(cases())
def test_json_and_yaml_files_of_the_same_case_give_the_same_bytes(tmp_path_factory, case):
    """14: whatever the format of the file, equal cases give the same JSON, byte for byte."""
    from callflow import case_to_dict, case_to_yaml, load_case

    folder = tmp_path_factory.mktemp("formats")
    (folder / "case.json").write_text(json.dumps(case_to_dict(case)), encoding="utf-8")
    (folder / "case.yaml").write_text(case_to_yaml(case), encoding="utf-8")
    one, other = load_case(folder / "case.json"), load_case(folder / "case.yaml")
    assert one == other
    assert _bytes(one) == _bytes(other) == _bytes(Case.from_dict(case_to_dict(case)))
