"""Help, versions, completion, and the nearest right word for every mistyped one."""

from __future__ import annotations

import pytest

from .conftest import Run


def test_help_names_every_verb_with_its_question(run: Run) -> None:
    done = run("--help")
    assert done.status == 0
    for verb, question in (
        ("simulate", "What happens, second by second?"),
        ("explain", "Why, step by step?"),
        ("validate", "Would the API take it?"),
        ("check", "Does it hold?"),
    ):
        assert f"  {verb}" in done.out
        assert question in done.out
    assert "_CALLFLOW_COMPLETE=bash_source" in done.out


@pytest.mark.parametrize("verb", ["simulate", "explain", "validate", "check"])
def test_every_verb_explains_itself(run: Run, verb: str) -> None:
    done = run(verb, "--help")
    assert done.status == 0
    assert "--account FILE" in done.out


def test_the_version(run: Run) -> None:
    assert run("--version").out.startswith("callflow 0.")


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["simulat", "case.yaml"], "simulate"),
        (["simulate", "--formt", "json", "case.yaml"], "--format"),
        (["simulate", "-f", "jsn", "case.yaml"], "json"),
        (["simulate", "case.yaml", "--set", "poeple.contact.answers_after=3"], "people"),
        (["explain", "-f", "mdd", "case.yaml"], "md"),
    ],
)
def test_a_mistyped_word_names_the_nearest_right_one(
    run: Run, arguments: list[str], near: str
) -> None:
    done = run(*arguments)
    assert (done.status, done.out) == (2, "")
    assert near in done.err
    assert "did you mean" in done.err.lower()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_offered_for_every_shell_told_of(run: Run, shell: str) -> None:
    done = run(environment={"_CALLFLOW_COMPLETE": f"{shell}_source"})
    assert done.status == 0
    assert "_CALLFLOW_COMPLETE" in done.out
