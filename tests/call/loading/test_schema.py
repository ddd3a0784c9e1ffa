"""The JSON Schema of case files agrees with the reader."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow import CallflowError, case_to_dict
from callflow.call.loading import case_from_mapping, keys
from callflow.schema import schema
from callflow.strategies import cases

from .conftest import EXAMPLE_DICT, PLACES

jsonschema = pytest.importorskip("jsonschema")

SCHEMA = json.loads(schema("case"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_it_has_the_keys_of_the_format():
    assert set(SCHEMA["$defs"]["case"]["properties"]) == set(keys.CASE)
    for name in ("scenario", "account", "people"):
        assert set(SCHEMA["$defs"][name]["properties"]) == set(keys.CASE[name])


def test_the_example_is_right_and_so_is_a_bare_request():
    VALIDATOR.validate(EXAMPLE_DICT)
    params = EXAMPLE_DICT["request"]
    VALIDATOR.validate(params)
    VALIDATOR.validate(
        {"jsonrpc": "2.0", "method": "start.vnumber_call", "id": 1, "params": params}
    )


@given(cases())
def test_every_case_that_is_written_is_right(case):
    VALIDATOR.validate(case_to_dict(case))


VALUES = st.sampled_from(
    [None, True, False, 0, 1, -1, 1.5, 0.0001, 86_400, 86_401, "", "x", "no_answer", "media",
     "tts", "contact", [], ["x"], [1],
     {}, {"x": 1}, {"seconds": 3}, {"answers_after": 1}, {"busy_after": 1, "hangs_up_after": 2},
      {"type": "tts", "value": "x"}]
)  # fmt: skip


@given(st.sampled_from(PLACES[1:]), VALUES, st.booleans())
def test_one_value_changed_is_right_for_both_or_wrong_for_both(path, value, extra):
    tree: Any = copy.deepcopy(EXAMPLE_DICT)
    # No account but what the schema can know: it does not compare values with each other.
    tree["account"] = {} if path[0] != "account" else tree["account"]
    if path[0] == "account":
        tree["request"].pop("contact_message")
    node = tree
    for step in path[:-1]:
        node = node[step]
    if extra:
        node["extra_key"] = value
    else:
        node[path[-1]] = value
    try:
        case_from_mapping(tree)
    except CallflowError as error:
        read = False
        if "account" in path and error.exit_status == 3:
            return
    else:
        read = True
    if path[:1] == ("expect",) or (extra and path[:-1] in FREE):
        return
    assert VALIDATOR.is_valid(tree) == read, (path, value)


FREE = [("expect",), ("account", "virtual_numbers"), ("account", "media")]
