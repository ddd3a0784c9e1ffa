"""Editors complete what stands under ``expect:`` from the schema of cases."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from callflow import strategies
from callflow.api.errors import KINDS
from callflow.call.case import Case
from callflow.call.simulator import simulate
from callflow.schema import schema
from callflow.verify.accept import EXTENTS, expected_now
from callflow.verify.expectations import KEYS
from callflow.verify.sentences import PATTERNS
from callflow.words import Event, Outcome
from tests.verify.pages import PAGE

CASES: dict[str, Any] = json.loads(schema("case"))
DEFINITIONS = CASES["$defs"]
EXPECT = {"$ref": "#/$defs/expect", "$defs": DEFINITIONS}


def test_the_schema_offers_what_can_be_written() -> None:
    """Keys, outcomes, mnemonics, events and an instance of every sentence."""
    known = DEFINITIONS["expect"]["properties"]
    assert tuple(known) == KEYS
    assert known["outcome"]["enum"] == [*Outcome, None]
    assert known["error"]["enum"] == [*KINDS, None]
    assert known["steps"]["items"]["anyOf"][0]["enum"] == ["...", *Event]
    examples = [example for pattern in PATTERNS for example in pattern.examples]
    assert DEFINITIONS["sentence"]["examples"] == examples


def test_the_example_of_the_page_fits_the_schema() -> None:
    """The block of the page, as an editor sees it."""
    jsonschema.validate(yaml.safe_load(PAGE)["expect"], EXPECT)


@given(strategies.cases(), st.sampled_from(EXTENTS))
def test_what_accept_writes_fits_the_schema(case: Case, extent: Any) -> None:
    """Whatever happens in a call."""
    jsonschema.validate(expected_now(simulate(case), extent), EXPECT)


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "abandonned"},
        {"outcom": "abandoned"},
        {"steps": ["strat"]},
        {"that": [{"a": "b"}]},
        "text",
    ],
)
def test_what_cannot_be_read_does_not_fit(wrong: Any) -> None:
    """An editor underlines it before anybody runs anything."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, EXPECT)
