"""The timeline as JSON: the contract of the case format's page, and of the schema that ships."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from callflow import Case, load_case, simulate
from callflow.schema import schema
from callflow.strategies import cases

CASES = Path(__file__).parent.parent / "cases"
VALIDATOR = Draft202012Validator(json.loads(schema("timeline")))


def test_the_case_of_the_page_comes_out_as_its_json_there_field_for_field() -> None:
    wanted = json.loads((CASES / "first.timeline.json").read_text(encoding="utf-8"))
    timeline = simulate(load_case(str(CASES / "first.yaml"))).to_dict()
    shown = wanted.pop("steps")
    steps = timeline.pop("steps")
    assert timeline == wanted
    assert len(steps) == 6
    assert all(step in steps for step in shown), "the page shows two of the six"


@given(cases())
def test_every_timeline_is_valid_by_the_schema_that_ships(case: Case) -> None:
    VALIDATOR.validate(json.loads(json.dumps(simulate(case).to_dict())))


@pytest.mark.parametrize(
    ("key", "value"),
    [("outcome", "talked"), ("duration", -1), ("format", "callflow.timeline/2"), ("more", 1)],
)
def test_the_schema_refuses_what_is_no_timeline(key: str, value: object) -> None:
    timeline = simulate(load_case(str(CASES / "first.yaml"))).to_dict()
    assert VALIDATOR.is_valid(timeline)
    assert not VALIDATOR.is_valid({**timeline, key: value})
