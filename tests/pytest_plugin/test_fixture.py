"""The fixture ``callflow``, used as its users do: in test files of a project of their own."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from .conftest import CASE, RunPytest

OWN = CASE.replace("79260000000", "74993720692")

GOOD = """
    import pytest
    from callflow import Case, RequestRefused, UsageError, simulate

    MAPPING = {
        "request": {
            "virtual_phone_number": "74993720692",
            "contact": "79260000000",
            "first_call": "contact",
            "switch_at_once": True,
        },
        "people": {"contact": {"answers_after": 7}, "employee": {"answers_after": 5}},
    }

    def test_a_file(callflow):
        call = callflow.simulate("cases/first.yaml")
        assert call.conversation.start == 31_500
        callflow.check(call, "contact hears message for exactly 12.5", "outcome is conversation")
        callflow.check("cases/first.yaml", "conversation begins at 31.5")

    @pytest.mark.parametrize("seconds", [1, 12.5])
    def test_settings(callflow, seconds):
        call = callflow.simulate(
            "cases/first.yaml",
            "request.switch_at_once=true",
            f"people.contact.answers_after={seconds}",
        )
        callflow.check(call, f"conversation begins at {10 + seconds}")
        callflow.check(call, "switch_at_once has an effect")

    def test_a_mapping(callflow):
        callflow.check(MAPPING, "conversation begins at 12")
        call = callflow.simulate(MAPPING, "people.contact={busy_after: 3}")
        callflow.check(call, "conversation never begins")
        assert "busy" not in str(MAPPING)

    def test_a_case(callflow):
        case = callflow.case("cases/first.yaml")
        assert callflow.case(case) is case
        assert callflow.simulate(case).to_dict() == simulate(case).to_dict()
        callflow.check(case, "contact is dialed after employee")
        assert callflow.case(case, "people.contact.answers_after=8") != case

    def test_what_the_case_expects(callflow):
        callflow.check("cases/expects.yaml")
        callflow.check(callflow.simulate("cases/expects.yaml"))
        callflow.check("cases/refusal.yaml")

    def test_bad(callflow):
        with pytest.raises(RequestRefused):
            callflow.simulate("cases/own.yaml")
        with pytest.raises(RequestRefused):
            callflow.check("cases/own.yaml")
        with pytest.raises(UsageError, match="no such file"):
            callflow.check("cases/none.yaml")
        with pytest.raises(UsageError, match="nothing is expected"):
            callflow.check("cases/first.yaml")
        with pytest.raises(UsageError, match="did you mean message?"):
            callflow.check("cases/first.yaml", "contact hears mesage")
        with pytest.raises(UsageError, match="PATH=VALUE"):
            callflow.case("cases/first.yaml", "switch")
        with pytest.raises(AssertionError, match="rests on G3"):
            callflow.check("cases/first.yaml", "employee hears dialing_music", documented_only=True)
"""

BAD = """
    def test_it(callflow):
        call = callflow.simulate("cases/first.yaml", "request.switch_at_once=true")
        callflow.check(call, "contact hears message", "conversation begins at 19")
"""

TOLD = """\
AssertionError: 1 of 2 expectations does not hold

A client called back
             contact hears message
             the contact hears no message
"""


@pytest.fixture
def tests(project: Path) -> Path:
    """The folder of a project's tests, with cases in a folder below."""
    tests = project / "tests"
    (tests / "cases").mkdir(parents=True)
    for name, text in {
        "first": CASE,
        "own": OWN,
        "refusal": OWN + "expect: {error: own_virtual_phone_number_not_allowed}\n",
        "expects": CASE + "expect: {outcome: conversation}\n",
        "warns": CASE + "expect: {warn: [employee waits at most 20]}\n",
    }.items():
        (tests / "cases" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tests


def error(out: str) -> str:
    """What pytest writes of the one error, without what it writes before each line."""
    return "".join(f"{line[8:].rstrip()}\n" for line in out.splitlines() if line[:2] == "E ")


def write(tests: Path, text: str) -> None:
    (tests / "test_calls.py").write_text(textwrap.dedent(text), encoding="utf-8")


def test_calls_are_simulated_and_checked_from_files_mappings_and_cases(
    run: RunPytest, tests: Path
) -> None:
    write(tests, GOOD)
    done = run("-v", "-W", "error", cwd=tests.parent)
    assert set(done.outcomes.values()) == {"PASSED"}, done.out
    assert len(done.outcomes) == 7


def test_what_does_not_hold_ends_the_test_with_the_text_of_a_report(
    run: RunPytest, tests: Path
) -> None:
    """The traceback ends in the test's own line; what holds is not told."""
    write(tests, BAD)
    out = run().out
    assert TOLD in error(out)
    assert "again: pytest tests/test_calls.py::test_it" in out
    assert "conversation begins at 19\n" not in out.partition("AssertionError")[2]
    assert "fixture.py" not in out
    assert "test_calls.py:4: AssertionError" in out
    assert TOLD in error(run("-n2").out)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("case('cases/none.yaml')", "UsageError: tests/cases/none.yaml: cannot be read"),
        ("simulate('cases/own.yaml')", "RequestRefused: contact is one of your own"),
        ("check({'people': 1})", "CaseError: "),
        ("check('cases/own.yaml')", "RequestRefused: contact is one of your own"),
        ("check('cases/first.yaml', 'contact waves')", "UsageError: a sentence cannot be read"),
    ],
)
def test_what_goes_wrong_is_told_at_the_line_of_the_test(
    run: RunPytest, tests: Path, asked: str, said: str
) -> None:
    write(tests, f"def test_it(callflow):\n    callflow.{asked}\n")
    out = run().out
    assert said in error(out)
    assert re.findall(r"^(\S+\.py:\d+): \w+$", out, re.MULTILINE) == ["tests/test_calls.py:2"]


def test_a_warning_of_the_case_stands_at_the_line_of_the_test(run: RunPytest, tests: Path) -> None:
    write(tests, "def test_it(callflow):\n    callflow.check('cases/warns.yaml')\n")
    out = run().out
    assert "test_calls.py:2: CallflowWarning: employee waits at most 20: it waited 25.5 s" in out
    assert "1 passed, 1 warning" in out


def test_the_fixture_can_be_used_with_hypothesis(run: RunPytest, tests: Path) -> None:
    write(
        tests,
        """
        from hypothesis import given, settings
        from callflow import strategies

        @settings(deadline=None)
        @given(strategies.cases())
        def test_it(callflow, case):
            call = callflow.simulate(case)
            callflow.check(call, f"outcome is {call.outcome}")
        """,
    )
    assert run("-p", "no:cacheprovider").last == "1 passed"
