"""What `callflow explore` writes as JSON is by the schemas that ship, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from callflow import Case, strategies
from callflow.cli.ways import ways_to_dict
from callflow.schema import NAMES, schema
from callflow.verify import (
    COVERS,
    PROPERTIES,
    Misread,
    always,
    always_with,
    explore,
    prove,
    read,
    suite,
    times_of,
    values_for,
    ways_of,
    witness_for,
)
from callflow.verify.report.exploring import exploration_to_dict
from callflow.verify.report.held_data import (
    answers_to_dict,
    held_to_dict,
    unread_to_dict,
    values_to_dict,
    witness_to_dict,
)
from callflow.verify.report.proving import proofs_to_dict
from callflow.verify.report.suites import suite_to_dict
from callflow.verify.sentences import PATTERNS

from .faulty import FAULTY

VALIDATORS = {name: Draft202012Validator(json.loads(schema(name))) for name in NAMES}

CASE = Case.from_dict(
    {
        "request": {
            "virtual_phone_number": "74993720692",
            "contact": "79260000000",
            "first_call": "employee",
            "contact_message": {"type": "media", "value": "237"},
        },
        "messages": {"contact": 12.5},
        "people": {"employee": {"answers_after": 6, "hangs_up_after": 40}},
    }
)
SENTENCES = sorted({example for pattern in PATTERNS for example in pattern.examples})


def plain(value: Any) -> Any:
    """As who reads the text has it."""
    return json.loads(json.dumps(value))


# ------------------------------------------------------------------------------- what is written


def careless(timeline: Any) -> bool:
    """A property that raises in calls without a conversation."""
    return bool(timeline.conversation.length >= 0)


def brief(timeline: Any) -> bool:
    """A property that most calls do not have."""
    return bool(timeline.duration < 1000)


@cache
def explored(*, holds: bool) -> dict[str, Any]:
    found = explore() if holds else explore(FAULTY, [*PROPERTIES, careless, brief])
    return plain(exploration_to_dict(found))


@cache
def proved(*, holds: bool) -> dict[str, Any]:
    return plain(proofs_to_dict(prove() if holds else prove(FAULTY), 0.5))


@cache
def held() -> dict[str, Any]:
    answers = [held_to_dict(always(text)) for text in SENTENCES[::3]]
    answers += [held_to_dict(always_with(CASE, text)) for text in SENTENCES]
    with pytest.raises(Misread) as misread:
        read("contact hears mesage")
    answers.append(unread_to_dict("contact hears mesage", str(misread.value)))
    return plain(answers_to_dict(None, (), answers))


@cache
def values() -> dict[str, Any]:
    free = "people.employee.hangs_up_after"
    answers = [values_to_dict(values_for(CASE, text, free)) for text in SENTENCES]
    return plain(answers_to_dict("case.yaml", (free,), answers))


@cache
def witnesses() -> dict[str, Any]:
    free = tuple(times_of(CASE))[:2]
    answers = [witness_to_dict(witness_for(CASE, text, free)) for text in SENTENCES]
    return plain(answers_to_dict("case.yaml", free, answers))


def ways() -> dict[str, Any]:
    return plain(ways_to_dict(ways_of(CASE), "case.yaml", ()))


def written(cover: str = "clauses") -> dict[str, Any]:
    files = {
        "folder": "suite",
        "refused": [],
        "written": ["a.yaml"],
        "unchanged": [],
        "removed": [],
    }
    return plain({**suite_to_dict(suite(cover)), **files})


OUTPUTS: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "explored": ("explore", lambda: explored(holds=True)),
    "explored, faulty": ("explore", lambda: explored(holds=False)),
    "proved": ("prove", lambda: proved(holds=True)),
    "proved, faulty": ("prove", lambda: proved(holds=False)),
    "held": ("always", held),
    "values": ("always", values),
    "witnesses": ("always", witnesses),
    "ways": ("ways", ways),
    "suite": ("suite", written),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_a_schema_and_needs_no_other(name: str) -> None:
    """Whatever it refers to comes along, and its identifier says what and which edition it is."""
    whole = json.loads(schema(name))
    Draft202012Validator.check_schema(whole)
    assert whole["$id"] == f"urn:callflow:{name}:1"
    text = schema(name)
    for other in NAMES:
        if f'"urn:callflow:{other}:1' in text:
            assert f'"$id": "urn:callflow:{other}:1"' in text


@pytest.mark.parametrize("output", OUTPUTS)
def test_everything_that_is_written_fits_its_schema(output: str) -> None:
    name, make = OUTPUTS[output]
    VALIDATORS[name].validate(make())


def test_both_sides_of_every_answer_are_among_what_is_validated() -> None:
    """What holds and what does not, with a counterexample, a fault and an obstacle."""
    told = explored(holds=False)["properties"]
    assert {one["holds"] for one in told} == {True, False}
    assert any(one["fault"] for one in told)
    assert any(one["counterexample"] for one in told)
    verdicts = {one["verdict"] for one in proved(holds=False)["properties"]}
    assert {"proved", "refuted", "tested"} <= verdicts
    for answers in (held(), values(), witnesses()):
        assert {"holds", "fails"} <= {one["status"] for one in answers["sentences"]}


@given(strategies.cases())
def test_the_ways_of_every_case_fit_their_schema(case: Case) -> None:
    VALIDATORS["ways"].validate(plain(ways_to_dict(ways_of(case), "case.yaml", ())))


@given(strategies.cases(), st.sampled_from(SENTENCES), st.data())
def test_answers_about_every_case_fit_their_schema(case: Case, text: str, data: Any) -> None:
    some = st.lists(st.sampled_from(list(times_of(case))), max_size=3, unique=True)
    names = tuple(data.draw(some))
    if not names:
        answer = held_to_dict(always_with(case, text))
    elif len(names) == 1:
        answer = values_to_dict(values_for(case, text, names[0]))
    else:
        answer = witness_to_dict(witness_for(case, text, names))
    VALIDATORS["always"].validate(plain(answers_to_dict("case.yaml", names, [answer])))


@pytest.mark.parametrize("cover", COVERS)
def test_every_suite_fits_its_schema(cover: str) -> None:
    VALIDATORS["suite"].validate(written(cover))


# ---------------------------------------------------------------------------- what is not written

#: Whole documents of other schemas, which have tests of their own; and names that cases give.
ELSEWHERE = {"case", "timeline", "inferences", "values"}
Place = tuple[str | int, ...]


def objects(value: Any, place: Place = ()) -> Iterator[Place]:
    """Where the objects of a document are whose members have names of ours."""
    if isinstance(value, dict):
        yield place
        for key, member in value.items():
            if not _elsewhere(key, member):
                yield from objects(member, (*place, key))
    elif isinstance(value, list):
        for number, member in enumerate(value):
            yield from objects(member, (*place, number))


def _elsewhere(key: str, member: Any) -> bool:
    return isinstance(member, dict) and key in ELSEWHERE


def _shape(value: Any) -> Any:
    return {key: type(one) for key, one in value.items()} if isinstance(value, dict) else ""


def at(document: Any, place: Place) -> Any:
    for step in place:
        document = document[step]
    return document


@pytest.mark.parametrize("output", OUTPUTS)
def test_no_member_may_be_missing_added_or_of_another_kind(output: str) -> None:
    """At every object of what is written: each member left out, a stranger, and another type."""
    name, make = OUTPUTS[output]
    accepted = []
    # Long lists are the same again: one member of each shape will do.
    document = _shortened(make())
    assert VALIDATORS[name].is_valid(document)
    for place in objects(document):
        here = at(document, place)
        changes: list[dict[str, Any]] = [{**here, "more": 1}]
        changes += [{k: v for k, v in here.items() if k != key} for key in here]
        changes += [{**here, key: {"no": ["such", "thing"]}} for key in here]
        for changed in changes:
            other = deepcopy(document)
            if place:
                at(other, place[:-1])[place[-1]] = changed
            else:
                other = changed
            if VALIDATORS[name].is_valid(other):
                accepted.append((place, set(here) ^ set(changed)))
    assert accepted == []


def _shortened(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: member if _elsewhere(key, member) else _shortened(member)
            for key, member in value.items()
        }
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [_shortened(one) for one in {str(_shape(one)): one for one in value}.values()]
    return value


@pytest.mark.parametrize(
    ("output", "path", "value"),
    [
        ("explored", ("format",), "callflow.explore/2"),
        ("explored", ("states", 0), "idle/talking"),
        ("explored", ("paths",), -1),
        ("explored", ("clauses", 0, "clause"), "G99"),
        ("explored", ("clauses", 0, "basis"), "guessed"),
        ("explored", ("rules", 0, "clauses", 0), "G99"),
        ("explored", ("steps", "inferences", "G99"), 1),
        ("explored, faulty", ("properties", 20, "fault", "calls"), 0),
        ("proved", ("properties", 0, "verdict"), "believed"),
        ("proved", ("properties", 0, "verdict"), "refuted"),
        ("proved", ("seconds",), -0.1),
        ("held", ("sentences", 0, "status"), "perhaps"),
        ("held", ("free",), ["people.contact.answers_after"]),
        ("values", ("free",), []),
        ("values", ("sentences", 0, "value"), 86401),
        ("values", ("sentences", 0, "ways", 0, "events"), ["start"]),
        ("witnesses", ("free",), ["people.contact.answers_after"]),
        ("witnesses", ("free", 0), "anything"),
        ("ways", ("configuration", "first_call"), "client"),
        ("ways", ("ways", 0, "set"), ["people.contact=no_answer"]),
        ("ways", ("ways", 0, "own"), False),
        ("ways", ("ways", 1, "set", 0), "request.first_call=contact"),
        ("ways", ("ways",), []),
        ("suite", ("cover",), "everything"),
        ("suite", ("cases", 0, "file"), "../a.yaml"),
        ("suite", ("cases", 0, "outcome"), "talked"),
    ],
)
def test_a_value_that_cannot_be_is_refused(output: str, path: Place, value: Any) -> None:
    name, make = OUTPUTS[output]
    other = deepcopy(make())
    at(other, path[:-1])[path[-1]] = value
    assert not VALIDATORS[name].is_valid(other)
