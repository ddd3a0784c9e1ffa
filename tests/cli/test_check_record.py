"""``callflow check --record`` and ``--coverage``: real calls, and what cases exercise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from callflow.schema import schema

from .conftest import CASE, Run

jsonschema = pytest.importorskip("jsonschema")

AS_DUE = "employee_answered 6.1\ncontact_answered 19.2\nconversation 31.3\nemployee_hung_up 46\n"
LATE = "moment,seconds\nemployee_answered,6\ncontact_answered,19\nconversation,36\n"


def test_a_platform_that_did_as_the_table_says_ends_with_0(run: Run, folder: Path) -> None:
    """What stood the test and what the record does not say are both told."""
    (folder / "r.csv").write_text(AS_DUE)
    done = run("check", "case.yaml", "--record", "r.csv")
    assert done.status == 0, done.out
    assert "r.csv  4 moments: 1 as due, 3 of people or not to be judged" in done.out
    assert "not in the record: employee_dialed, " in done.out
    assert "held          EF5 1" in done.out


def test_a_difference_shows_lanes_rule_and_clause_and_ends_with_1(run: Run, folder: Path) -> None:
    """The finding names the moment, the step, the clause, and whose word it is."""
    (folder / "r.csv").write_text(LATE)
    done = run("check", "case.yaml", "--record", "r.csv")
    assert done.status == 1
    assert "conversation at 36.0, 4.5 s late; due at 31.5" in done.out
    assert "31.5  contact_message_ended: conversation / conversation" in done.out
    assert "The platform contradicts EF5: the source's own words." in done.out
    assert "  contact    " in done.out
    assert "  employee   " in done.out
    assert run("check", "case.yaml", "--record", "r.csv", "--tolerance", "3").status == 0


def test_many_records_are_summed_up_by_clause(run: Run, folder: Path) -> None:
    """Held here, contradicted there, never tested: over all records, also as JSON."""
    (folder / "a.csv").write_text(AS_DUE)
    (folder / "b.csv").write_text(LATE)
    (folder / "c.json").write_text('{"conversation": 31.4, "contact_answered": 19}')
    arguments = [word for name in ("a.csv", "b.csv", "c.json") for word in ("--record", name)]
    done = run("check", "case.yaml", *arguments)
    assert done.status == 1
    assert "EF5  in 1 of 3 records, held in " in done.out
    value = json.loads(run("check", "case.yaml", *arguments, "-f", "json").out)
    assert [one["record"] for one in value["records"]] == ["a.csv", "b.csv", "c.json"]
    assert value["clauses"]["EF5"]["contradicted"] == 1
    assert value["clauses"]["CF1"] == {"basis": "documented", "held": 0, "contradicted": 0}


def test_a_broken_record_among_others_is_told_and_the_others_are_judged(
    run: Run, folder: Path
) -> None:
    """Nothing is lost, and the worst status counts."""
    (folder / "bad.csv").write_text("conversaton 31\n")
    (folder / "good.csv").write_text(AS_DUE)
    done = run("check", "case.yaml", "--record", "bad.csv", "--record", "good.csv")
    assert done.status == 2
    assert "bad.csv:1: conversaton is no moment; did you mean conversation?" in done.err
    assert "good.csv  4 moments" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("case.yaml", "case.yaml", "--record", "r.csv"), "--record takes one case, not 2"),
        (("case.yaml", "--record", "none.csv"), "none.csv"),
        (("case.yaml", "--record", "r.csv", "--tolerance", "soon"), "not soon"),
        (("case.yaml", "--tolerance", "2"), "--tolerance to --record"),
        ((".", "--record", "r.csv"), ".: is a directory; --record takes one case"),
        (("-", "--record", "-"), "standard input holds one thing"),
        *(
            (("case.yaml", "--record", "r.csv", *option), "leave out -k, -x, -v, --jobs, --junit")
            for option in (
                ("-k", "x"),
                ("-x",),
                ("-v",),
                ("--jobs", "2"),
                ("--junit", "j.xml"),
                ("--coverage",),
                ("--documented-only",),
            )
        ),
        (("none.yaml", "--record", "r.csv"), "none.yaml"),
    ],
)
def test_what_makes_no_sense_is_told(
    run: Run, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    """One message with its repair, status 2."""
    (folder / "r.csv").write_text(AS_DUE)
    done = run("check", *arguments)
    assert (done.status, said in done.err) == (2, True), done.err


def test_a_record_comes_from_standard_input_too(run: Run) -> None:
    """`-` is standard input, as everywhere."""
    done = run("check", "case.yaml", "--record", "-", given=AS_DUE)
    assert done.status == 0, done.err
    assert done.out.startswith("-  4 moments: 1 as due")


def test_data_say_which_records_could_not_be_judged(run: Run, folder: Path) -> None:
    """JSON comes out whatever is wrong, with what is wrong in it and no token."""
    (folder / "bad.csv").write_text("conversaton 31\n")
    token = "request:\n  access_token: abcdefghijkl\n"
    (folder / "case.yaml").write_text(CASE.replace("request:\n", token))
    done = run("check", "case.yaml", "--record", "bad.csv", "-f", "json")
    value = json.loads(done.out)
    assert (done.status, value["exit_status"], value["records"]) == (2, 2, [])
    assert value["problems"] == [done.err.splitlines()[0]]
    (folder / "good.csv").write_text(AS_DUE)
    done = run("check", "case.yaml", "--record", "bad.csv", "--record", "good.csv", "-f", "json")
    value = json.loads(done.out)
    assert (done.status, value["exit_status"], len(value["records"])) == (2, 2, 1)
    assert "abcde" not in done.out + done.err


def test_a_call_of_no_length_is_told_without_lanes(run: Run, folder: Path) -> None:
    """There is nothing to draw, and no room is left for it."""
    (folder / "r.csv").write_text("employee_busy 0\ncontact_dialed 0\nreleased 0\n")
    done = run("check", "case.yaml", "--record", "r.csv")
    assert done.status == 1
    assert "which was not to happen\n\n             0.0  employee_unreached" in done.out


def test_coverage_names_what_no_case_exercises(run: Run, folder: Path) -> None:
    """A table of rules and clauses with their cases, then what is left out; equal with jobs."""
    (folder / "two.yaml").write_text(
        (folder / "case.yaml").read_text().replace("first_call: employee", "first_call: contact")
    )
    done = run("check", ".", "--coverage")
    assert done.status == 0
    assert "2 cases exercise 12 of 36 rules" in done.out
    assert "EF4: with the effective switch on, the conversation begins when the" in done.out
    table = done.out[done.out.index("2 cases exercise") :]
    by_two = run("check", ".", "--coverage", "--jobs", "2").out
    assert by_two[by_two.index("2 cases exercise") :] == table
    value = json.loads(run("check", ".", "--coverage", "-f", "json").out)
    jsonschema.validate(value, json.loads(schema("check")))
    rules = value["coverage"]["rules"]
    assert len(rules) == 36
    assert sum(bool(rule["cases"]) for rule in rules) == 12
