"""``callflow simulate --each``: what if it were otherwise?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import CASE, Done, Run

ANSWERS = ("--each", "people.contact.answers_after=3,9,20")
SWITCH = ("--each", "request.switch_at_once=true,false")
OWN = ("--each", "request.contact=79260000000,74993720692")


def rows(out: str) -> list[str]:
    """The rows of the first block of a table."""
    lines = out.splitlines()
    rule = next(number for number, line in enumerate(lines) if line and set(line) <= {"-", "+"})
    return lines[rule + 1 : lines.index("", rule)]


def test_there_is_a_row_for_each_combination_the_first_option_slowest(run: Run) -> None:
    done = run("simulate", "case.yaml", *ANSWERS, *SWITCH)
    assert (done.status, done.err) == (0, "")
    assert done.out.isascii()
    assert max(map(len, done.out.splitlines())) <= 80
    varied = [tuple(row.split("|")[0].split()) for row in rows(done.out)]
    assert varied == [
        (answer, switch) for answer in ("3", "9", "20") for switch in ("true", "false")
    ]


def test_a_line_of_jsonl_is_the_case_varied_by_set(run: Run) -> None:
    done = run("simulate", "case.yaml", *ANSWERS, *SWITCH, "-f", "jsonl")
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert [list(line) for line in lines] == [["case", "set", "timeline"]] * 6
    for line in lines[1:4]:
        settings = [part for k, v in line["set"].items() for part in ("--set", f"{k}={v}")]
        by_hand = json.loads(run("simulate", "case.yaml", *settings, "-f", "json").out)
        assert line["timeline"] == by_hand
    assert lines[3]["set"] == {
        "people.contact.answers_after": "9",
        "request.switch_at_once": "false",
    }


def test_set_comes_before_each(run: Run) -> None:
    """A setting holds in every variation, and a varied value takes its place."""
    done = run(
        "simulate", "case.yaml", "--set", "request.switch_at_once=true", "--set", "name=b", *SWITCH,
        "-f", "jsonl",
    )  # fmt: skip
    lines = [json.loads(line)["timeline"] for line in done.out.splitlines()]
    assert [line["name"] for line in lines] == ["b", "b"]
    assert [line["effective"]["switch_at_once"] for line in lines] == [True, False]


def test_an_empty_value_leaves_the_key_out(run: Run) -> None:
    option = "request.contact_message={type: media, value: '237'},"
    done = run("simulate", "case.yaml", "--each", option, "-f", "jsonl")
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert [line["set"]["request.contact_message"] for line in lines] == [
        "{type: media, value: '237'}",
        None,
    ]
    heard = [line["timeline"]["legs"]["contact"]["figures"]["message_heard"] for line in lines]
    assert heard == [12.5, 0.0]
    assert "left out" in run("simulate", "case.yaml", "--each", option).out


def test_what_changes_nothing_is_said_first(run: Run) -> None:
    out = run("simulate", "case.yaml", *SWITCH, "--each", "request.direction=in,out").out
    assert out.splitlines()[2] == (
        "! request.direction changes nothing here, whatever the other is"
    )
    assert "--only-different" in out


def test_only_different_groups_what_turns_out_the_same(run: Run) -> None:
    done = run(
        "simulate", "case.yaml", *SWITCH, "--each", "request.direction=in,out,", "--only-different"
    )
    assert done.status == 0
    assert len(rows(done.out)) == 2
    assert "request.direction changes nothing here" in done.out


def test_what_the_api_would_refuse_is_a_row_with_its_mnemonic(run: Run) -> None:
    done = run("simulate", "case.yaml", *OWN, *SWITCH)
    assert done.status == 3
    refused = [row for row in rows(done.out) if "74993720692" in row]
    assert all("refused: own_virtual_phone_number_not_allowed" in row for row in refused)
    assert done.out.count("own_virtual_phone_number_not_allowed") == 2
    assert sum("conversation" in row for row in rows(done.out)) == 2
    assert done.err.count("is one of your own virtual numbers") == 1, "what is wrong is told once"
    assert "(--each request.contact=74993720692)" in done.err


def test_what_is_no_case_is_a_row_and_the_worst_status_counts(run: Run) -> None:
    """One wrong value leaves the rest of the table, and says which option and value it was."""
    wrong = ("--each", "people.contact.answers_after=3,x")
    done = run("simulate", "case.yaml", *wrong, *OWN)
    assert done.status == 2, "of 0, 2 and 3 the 2 counts"
    assert [row.split("|")[1].strip() for row in rows(done.out)][-2:] == ["this is no case"] * 2
    assert "not the text x (--each people.contact.answers_after=x)" in done.err
    lines = run("simulate", "case.yaml", *wrong, "-f", "jsonl")
    kinds = [sorted(json.loads(line)) for line in lines.out.splitlines()]
    assert kinds == [["case", "set", "timeline"], ["case", "problems", "set"]]
    assert lines.status == 2


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--each", "people.contact.answers_aftr=3,9"], "did you mean answers_after?"),
        (["--each", "poeple.contact=no_answer"], "did you mean people?"),
        (["--each", "people.contact.answers_after"], "it wants PATH=A,B,C"),
        (["--each", "people.contact.answers_after="], "it wants values"),
        (["--each", "name=a", "--each", "name=b"], "stands twice; give all its values to one"),
        (["--each", "people.contact=[1,2"], "[ is not closed"),
        (["--only-different"], "--each"),
        ([*SWITCH, "-f", "json"], "-f jsonl writes a line for each"),
        ([*SWITCH, "-o", "out.json"], "-f jsonl writes a line for each"),
        ([*SWITCH, "-f", "jsonl", "--only-different"], "leave one out"),
        (["--each", "people.contact.answers_after=x,y"], "2 problems in case.yaml, nothing was"),
        (["--each", "name=" + "a," * 10_001], "10002 variations (10002), and 10000"),
        (["--eech", "name=a"], "--each"),
    ],
)
def test_what_cannot_be_asked_is_told_with_its_repair(
    run: Run, folder: Path, options: list[str], told: str
) -> None:
    done = run("simulate", "case.yaml", *options)
    assert (done.status, done.out) == (2, "")
    assert told in done.err
    assert [path.name for path in folder.iterdir()] == ["case.yaml"]


def test_an_unknown_path_is_told_once_for_all_values(run: Run) -> None:
    done = run("simulate", "case.yaml", "--each", "people.contact.answers_aftr=3,9,20", *SWITCH)
    assert done.err == (
        "case.yaml: people.contact.answers_aftr: unknown path; did you mean answers_after? "
        "(--each people.contact.answers_aftr)\n"
    )


def test_several_cases_have_a_table_each(run: Run, folder: Path) -> None:
    (folder / "other.yaml").write_text(CASE.replace("answers_after: 6", "busy_after: 1"))
    (folder / "other.yaml").write_text(CASE.replace("A case", "Another"))
    done = run("simulate", "case.yaml", "missing.yaml", "other.yaml", *SWITCH)
    assert done.status == 2
    assert done.out.splitlines()[:2] == ["case.yaml", "A case"]
    assert "\nother.yaml\nAnother\n" in done.out
    assert done.err.startswith("missing.yaml: ")
    lines = run("simulate", "case.yaml", "missing.yaml", *SWITCH, "-f", "jsonl").out.splitlines()
    assert [sorted(json.loads(line))[1] for line in lines] == ["set", "set", "problems", "problems"]


def test_a_case_comes_from_standard_input_as_well(run: Run) -> None:
    def table(done: Done) -> str:
        return done.out.partition("\nmore ")[0]

    from_file = run("simulate", "case.yaml", *SWITCH)
    assert table(run("simulate", "-", *SWITCH, given=CASE)) == table(from_file)


def test_an_account_and_an_input_format_count_for_every_variation(run: Run, folder: Path) -> None:
    (folder / "account.yaml").write_text("blacklist: ['79260000001']\n")
    (folder / "case.txt").write_text(CASE)
    done = run(
        "simulate", "case.txt", "--input-format", "yaml", "--account", "account.yaml",
        "--each", "request.contact=79260000000,79260000001",
    )  # fmt: skip
    assert done.status == 3
    assert "in_blacklist" in done.out or "blacklist" in done.out
    idle = run(
        "simulate", "case.yaml", "--account", "account.yaml", "--each", "account.media.1=5,6"
    )
    assert idle.status == 2
    assert idle.err.startswith("--each account.media.1 would change the account that --account")


def test_a_table_goes_to_a_file_whole(run: Run, folder: Path) -> None:
    shown = run("simulate", "case.yaml", *SWITCH).out
    done = run("simulate", "case.yaml", *SWITCH, "-o", "table.txt")
    assert (done.status, done.out) == (0, "")
    assert (folder / "table.txt").read_text() == shown
    run("simulate", "case.yaml", *SWITCH, "-o", "lines.jsonl")
    assert len((folder / "lines.jsonl").read_text().splitlines()) == 2


def test_the_command_below_shows_the_first_call(run: Run) -> None:
    out = " ".join(run("simulate", "case.yaml", *ANSWERS, *SWITCH).out.split())
    command = out[out.index("more callflow ") + len("more callflow ") : out.index(" the first of")]
    assert run(*command.split()).out.splitlines()[0] == "A case"
    assert "--set people.contact.answers_after=3 --set request.switch_at_once=true" in command


def test_of_a_varied_secret_only_the_beginning_is_shown(run: Run) -> None:
    option = ("--each", "request.access_token=abcdefghijkl,bcdefghijklm")
    for more in ((), ("-f", "jsonl"), ("--set", "account.access_tokens=[x]")):
        done = run("simulate", "case.yaml", *option, *more)
        assert "abcde" not in done.out + done.err
    assert "abcd..." in run("simulate", "case.yaml", *option).out
    done = run("simulate", "case.yaml", "--each", "request.acces_tokn=abcdefghijkl,[")
    assert "abcde" not in done.out + done.err


def test_a_thousand_variations_of_a_message_of_any_length_come_in_order(run: Run) -> None:
    lengths = ",".join(str(number) for number in range(1, 1001))
    done = run("simulate", "case.yaml", "--each", f"messages.contact={lengths}")
    assert done.status == 0
    assert [row.split("|")[0].strip() for row in rows(done.out)] == lengths.split(",")


def test_help_tells_of_variations(run: Run) -> None:
    out = run("simulate", "--help").out
    assert "--each PATH=A,B,C" in out
    assert "--only-different" in out
