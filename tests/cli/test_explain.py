"""``callflow explain``: why, step by step?"""

from __future__ import annotations

from pathlib import Path

from .conftest import CASE, Run


def test_steps_in_words_with_their_clauses(run: Run) -> None:
    done = run("explain", "case.yaml")
    assert (done.status, done.err) == (0, "")
    for said in ("The employee answers and hears the message (4.0 s).", "EF2", "G3 inferred"):
        assert said in done.out


def test_markdown_holds_what_a_ticket_needs(run: Run, folder: Path) -> None:
    token = "5ecretToken0123456789"
    text = CASE.replace("request:\n", f"request:\n  access_token: {token}\n")
    (folder / "case.yaml").write_text(text)
    done = run("explain", "-f", "md", "case.yaml", "--set", "messages.contact=3")
    assert done.status == 0
    assert done.out.startswith("# A case")
    assert '"access_token": "5ecr..."' in done.out
    assert token not in done.out
    assert "```text" in done.out
    assert "callflow explain case.yaml --set messages.contact=3" in done.out


def test_the_command_that_repeats_it_can_be_pasted_into_a_shell(run: Run, folder: Path) -> None:
    (folder / "a case; rm.yaml").write_text(CASE)
    done = run("explain", "-f", "md", "a case; rm.yaml")
    assert "callflow explain 'a case; rm.yaml'" in done.out


def test_a_refused_request_has_no_explanation(run: Run, folder: Path) -> None:
    (folder / "case.yaml").write_text(CASE.replace("79260000000", "123"))
    done = run("explain", "case.yaml")
    assert (done.status, done.out) == (3, "")
    assert done.err.startswith("case.yaml:4: request.contact:")
