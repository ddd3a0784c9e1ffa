"""What `callflow.verify` offers to who imports it."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import pytest

from callflow import Case, CaseError, UsageError, simulate, verify
from callflow.call.plan import plan
from callflow.choreography import RULES
from callflow.verify import (
    Misread,
    always,
    always_with,
    explore,
    read,
    results_of,
    values_for,
    ways_of,
    ways_picture,
    witness_for,
)

CASE: dict[str, Any] = {
    "request": {
        "virtual_phone_number": "74993720692",
        "contact": "79260000000",
        "first_call": "employee",
    }
}
case = Case.from_dict(CASE)
WAITS = "employee waits at most 20"
ANSWERS = "people.contact.answers_after"


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.stdout


@pytest.mark.parametrize("name", verify.__all__)
def test_every_public_name_is_what_its_module_calls_so(name: str) -> None:
    """Also where a module has the same name: the name means what is in it."""
    value = getattr(verify, name)
    assert not isinstance(value, ModuleType)
    module = getattr(value, "__module__", None)
    if module is not None:
        assert getattr(import_module(module), name) is value


@pytest.mark.parametrize("package", [verify, verify.report])
def test_the_text_of_a_package_lists_each_of_its_modules(package: ModuleType) -> None:
    """In a table, each with a line that says what it is for; and no module that is not there."""
    here = {found.name for found in iter_modules(package.__path__)}
    listed = re.findall(r"^``(\w+)``  +\S", package.__doc__ or "", flags=re.MULTILINE)
    assert sorted(listed) == sorted(here)


def test_it_does_not_matter_what_was_imported_before() -> None:
    """A function is called as its module is, and stays itself once the module is loaded."""
    before = "import callflow.verify.explore, callflow.verify.suite, callflow.verify.prove;"
    asked = "from callflow.verify import explore, prove, suite; print(*map(callable, %s))"
    names = "(explore, prove, suite)"
    assert python(before + asked % names) == "True True True\n"
    after = "import callflow.verify.explore as e; from callflow.verify import explore;"
    assert python(f"{asked % names}; {after} print(callable(explore))") == "True True True\nTrue\n"


def test_importing_it_loads_none_of_its_modules() -> None:
    code = "import sys, callflow.verify; print([m for m in sys.modules if '.verify.' in m])"
    assert python(code) == "[]\n"


def test_a_name_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(AttributeError, match=r"'callflow.verify' has no .* did you mean explore\?"):
        verify.explor  # type: ignore[attr-defined]  # noqa: B018
    assert dir(verify) == sorted(verify.__all__)


def test_a_sentence_can_be_given_as_its_text() -> None:
    """To whatever asks one, with the same answer."""
    sentence = read(WAITS)
    for one, other in (
        (always(WAITS), always(sentence)),
        (always_with(case, WAITS), always_with(case, sentence)),
        (values_for(case, WAITS, ANSWERS), values_for(case, sentence, ANSWERS)),
        (witness_for(case, WAITS, [ANSWERS]), witness_for(case, sentence, [ANSWERS])),
    ):
        assert one.sentence is sentence
        assert repr(one) == repr(other)


def test_a_text_that_is_no_sentence_and_a_time_that_is_none_are_told() -> None:
    for asked in (
        lambda: always("employee waits at mots 20"),
        lambda: always_with(case, "employee waits at mots 20"),
        lambda: values_for(case, "employee waits at mots 20", ANSWERS),
        lambda: witness_for(case, "employee waits at mots 20", [ANSWERS]),
    ):
        with pytest.raises(Misread, match=r"did you mean most\?"):
            asked()
    for asked in (
        lambda: values_for(case, WAITS, "people.contact.anwsers_after"),
        lambda: witness_for(case, WAITS, ["people.contact.anwsers_after"]),
    ):
        with pytest.raises(UsageError, match=r"did you mean people\.contact\.answers_after\?"):
            asked()


def test_the_ways_of_a_set_up_are_a_picture_that_shows_itself() -> None:
    picture = ways_picture(ways_of(case), "light")
    assert picture.svg.startswith("<svg")
    assert "ways in which this set-up can go" in repr(picture)


def test_what_a_case_expects_is_asked_of_any_call() -> None:
    """Of its own call, and of what other rules make of it."""
    expects = Case.from_dict({**CASE, "expect": {"outcome": "conversation", "that": [WAITS]}})
    assert [one.fails for one in results_of(expects, simulate(expects))] == [False, False]
    late = Case.from_dict({**CASE, "people": {"contact": {"answers_after": 25}}})
    assert [one.fails for one in results_of(expects, simulate(late))] == [False, True]
    unread = Case.from_dict({**CASE, "expect": {"that": ["nonsense"]}})
    with pytest.raises(CaseError, match="nonsense"):
        results_of(unread, simulate(unread))


def test_an_exploration_simulates_by_its_own_rows() -> None:
    explored = explore(RULES, properties=[])
    assert explored.simulate(case).to_dict() == simulate(case).to_dict()
    assert plan(case).configuration in explored.graphs
