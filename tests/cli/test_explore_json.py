"""Each question of ``callflow explore`` answered as JSON, by the schema that ships."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from callflow.schema import schema

from .conftest import Run

WAITS = ("--that", "employee waits at most 26")
FREE = "people.contact.answers_after"


@pytest.mark.parametrize(
    ("name", "arguments", "status"),
    [
        ("explore", (), 0),
        ("prove", ("--prove",), 0),
        ("always", (*WAITS, "--that", "contact hears mesage"), 2),
        ("always", ("case.yaml", *WAITS), 1),
        ("always", ("case.yaml", *WAITS, "--free", FREE), 0),
        ("always", ("case.yaml", *WAITS, "--free", FREE, "--free", "messages.contact"), 0),
        ("ways", ("case.yaml",), 0),
        ("suite", ("--suite", "suite/", "--have", "case.yaml"), 0),
    ],
)
def test_what_is_written_names_its_format_and_fits_its_schema(
    run: Run, name: str, arguments: tuple[str, ...], status: int
) -> None:
    """The format stands first, so that a program knows at once what it reads."""
    done = run("explore", *arguments, "-f", "json")
    assert done.status == status
    told = json.loads(done.out)
    assert next(iter(told.items())) == ("format", f"callflow.{name}/1")
    Draft202012Validator(json.loads(schema(name))).validate(told)
