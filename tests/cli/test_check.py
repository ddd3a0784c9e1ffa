"""``callflow check``: files and folders, what is chosen, how it ends, and what is written."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from callflow.schema import schema

from .conftest import CASE, Run
from .test_terminal import bare as bare_of_escapes
from .test_terminal import shown

jsonschema = pytest.importorskip("jsonschema")

pytestmark = pytest.mark.usefixtures("cases")

HOLDS = CASE + "expect: {that: [contact hears message, employee waits at most 26]}\n"
FAILS = CASE + "expect: {that: [contact answers, contact hears message for at most 3]}\n"
WARNS = CASE + "expect: {warn: [contact hears message for at most 3]}\n"
UNREAD = CASE + "expect: {that: [contact hears mesage, contact answers]}\n"
BROKEN = CASE.replace("people:", "poeple:")
OWN = CASE.replace("79260000000", "74993720692")
REFUSED = OWN + "expect: {outcome: conversation}\n"
EXPECTED = OWN + "expect: {error: own_virtual_phone_number_not_allowed}\n"

TEXTS = {
    "holds": HOLDS,
    "fails": FAILS,
    "warns": WARNS,
    "unread": UNREAD,
    "broken": BROKEN,
    "refused": REFUSED,
    "expected": EXPECTED,
    "silent": CASE,
}


@pytest.fixture
def cases(folder: Path) -> Path:
    """A folder of cases that come out in every way, and of other files."""
    cases = folder / "cases"
    (cases / "deeper").mkdir(parents=True)
    (cases / ".hidden").mkdir()
    for name, text in TEXTS.items():
        (cases / f"{name}.yaml").write_text(text)
    (cases / "deeper" / "holds.yml").write_text(HOLDS + "\n")
    (cases / ".hidden" / "fails.yaml").write_text(FAILS)
    (cases / "workflow.yml").write_text("name: CI\non: push\njobs: {test: {steps: []}}\n")
    (cases / "package.json").write_text('{"name": "x", "dependencies": {"request": "^2"}}')
    (cases / "pyproject.toml").write_text('[project]\ndescription = "start.vnumber_call"\n')
    (cases / "notes.md").write_text("request: none\n")
    return cases


def bare(text: str) -> str:
    """The text without the time that a run took."""
    return re.sub(r" +\d+\.\d\d s$", "", text, flags=re.MULTILINE)


# ------------------------------------------------------------------------------------- exit status


@pytest.mark.parametrize(
    ("names", "status"),
    [
        (["holds"], 0),
        (["warns"], 0),
        (["silent"], 0),
        (["expected"], 0),
        (["fails"], 1),
        (["unread"], 2),
        (["broken"], 2),
        (["refused"], 3),
        (["holds", "fails", "refused"], 3),
        (["fails", "refused", "broken", "holds"], 2),
    ],
)
def test_the_worst_case_decides_the_exit_status(run: Run, names: list[str], status: int) -> None:
    assert run("check", *(f"cases/{name}.yaml" for name in names)).status == status


def test_what_fails_is_told_on_standard_output_and_what_cannot_be_read_on_standard_error(
    run: Run,
) -> None:
    done = run("check", "cases")
    assert done.status == 2
    assert "contact hears message for at most 3" in done.out
    assert "it heard 12.5 s, 9.5 s too long" in done.out
    assert "contact hears mesage" in done.err
    assert "did you mean message?" in done.err
    assert "poeple: unknown key; did you mean people?" in done.err
    assert "own_virtual_phone_number_not_allowed" in done.err
    assert "contact hears mesage" not in done.out


def test_the_summary_counts_everything_once(run: Run) -> None:
    out = bare(run("check", "cases").out)
    assert out.endswith(
        "9 cases, 9 expectations: 7 hold, 1 fails, 1 warns\n"
        "1 expectation cannot be read\n"
        "1 file cannot be read as a case\n"
        "1 request is refused by the API, and that is not expected\n"
        "1 case without any expectation\n"
        "3 files that are no cases were skipped\n"
    )


def test_a_case_that_expects_nothing_says_so(run: Run) -> None:
    assert bare(run("check", "cases/silent.yaml").out) == "1 case: nothing is expected\n"
    assert "cases/silent.yaml: nothing is expected" in run("check", "cases").out


def test_verbose_lists_what_holds_and_on_which_inference_it_rests(run: Run) -> None:
    out = run("check", "-v", "cases/holds.yaml").out
    assert "cases/holds.yaml:14  holds  contact hears message\n" in out
    assert "holds  employee waits at most 26  G3 inferred\n" in out
    assert bare(run("check", "cases/holds.yaml").out) == "1 case, 2 expectations: 2 hold\n"


def test_documented_only_fails_what_rests_on_an_inference(run: Run) -> None:
    done = run("check", "--documented-only", "cases/holds.yaml")
    assert done.status == 1
    assert "rests on G3" in done.out
    assert "again: callflow check cases/holds.yaml --documented-only -k" in done.out


def test_settings_vary_every_case_and_stand_in_the_command_to_ask_again(run: Run) -> None:
    done = run("check", "cases/holds.yaml", "--set", "people.contact.answers_after=20")
    assert done.status == 1
    again = done.out.split("again: ")[1].split("\n\n")[0]
    assert "--set people.contact.answers_after=20" in " ".join(again.split())


# ------------------------------------------------------------------------------------------- paths


def test_folders_are_searched_in_order_and_hidden_ones_passed_by(run: Run) -> None:
    done = run("check", "-f", "json", "cases")
    assert [case["case"] for case in json.loads(done.out)["cases"]] == [
        "cases/broken.yaml",
        "cases/deeper/holds.yml",
        *(f"cases/{name}.yaml" for name in ("expected", "fails", "holds", "refused")),
        *(f"cases/{name}.yaml" for name in ("silent", "unread", "warns")),
    ]
    assert json.loads(done.out)["summary"]["strangers"] == 3


def test_the_same_file_is_checked_once_whatever_it_is_called(run: Run, cases: Path) -> None:
    (cases / "link.yaml").symlink_to("holds.yaml")
    (cases / "deeper" / "up").symlink_to(cases)
    done = run("check", "-f", "json", "cases/holds.yaml", "cases/./holds.yaml", "cases/deeper")
    checked = [case["case"] for case in json.loads(done.out)["cases"]]
    assert checked.count("cases/holds.yaml") == 1
    assert sum("holds.yaml" in path for path in checked) == 1


def test_a_file_that_is_named_is_a_case_whatever_stands_in_it(run: Run) -> None:
    done = run("check", "cases/workflow.yml")
    assert done.status == 2
    assert "request: is missing" in done.err


@pytest.mark.parametrize("names", [[], ["workflow.yml"]])
def test_a_folder_without_cases_is_an_error_that_says_what_a_case_is(
    run: Run, cases: Path, names: list[str]
) -> None:
    (cases / "none").mkdir()
    for name in names:
        (cases / "none" / name).write_bytes((cases / name).read_bytes())
    done = run("check", "cases/none", "cases/holds.yaml")
    assert done.status == 2
    assert done.err.startswith("cases/none: holds no case; a case is a .yaml, .yml, .json or .toml")
    assert "2 hold" in done.out


def test_unreadable_files_are_told_and_the_others_still_run(run: Run, cases: Path) -> None:
    (cases / "binary.yaml").write_bytes(b"request: \xff\xfe")
    os.mkfifo(cases / "pipe.yaml")
    (cases / "gone.yaml").symlink_to("nowhere.yaml")
    done = run("check", "cases", "missing.yaml", "cases/holds.yaml")
    assert done.status == 2
    for told in (
        "cases/binary.yaml:1: byte 0xff is not UTF-8",
        "cases/pipe.yaml: is no regular file",
        "cases/gone.yaml: cannot be read: no such file",
        "missing.yaml: cannot be read: no such file",
    ):
        assert told in done.err
    assert "9 expectations: 7 hold" in done.out


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_read_is_told(run: Run, cases: Path) -> None:
    (cases / "deeper").chmod(0)
    done = run("check", "cases/deeper", "cases/holds.yaml")
    (cases / "deeper").chmod(0o700)
    assert done.status == 2
    assert "cases/deeper: cannot be read: permission denied" in done.err
    assert "2 hold" in done.out


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_dash_is_standard_input(run: Run, jobs: str) -> None:
    done = run("check", "-", "cases/holds.yaml", "--jobs", jobs, given=FAILS)
    assert done.status == 1
    assert done.out.startswith("-:14         contact hears message for at most 3\n")


# ------------------------------------------------------------------------------------ what is asked


def test_words_choose_expectations_and_leave_the_other_cases_out(run: Run) -> None:
    done = run("check", "-k", "message 3", "cases/fails.yaml", "cases/holds.yaml")
    assert done.status == 1
    assert bare(done.out).endswith(
        "1 case, 1 expectation: 1 fails\n3 expectations left out by -k\n"
    )


def test_the_command_to_ask_again_asks_the_one_expectation(run: Run) -> None:
    first = run("check", "cases/fails.yaml")
    again = re.search(r"again: callflow (check .*) -k '?([^'\n]*)'?\n", first.out)
    assert again
    second = run(*again[1].split(), "-k", again[2])
    assert second.status == 1
    assert "1 case, 1 expectation: 1 fails" in second.out
    assert first.out.split("1 case")[0] == second.out.split("1 case")[0]


def test_words_that_choose_nothing_are_an_error(run: Run) -> None:
    done = run("check", "-k", "voice mail", "cases/holds.yaml")
    assert done.status == 2
    assert done.err == "-k voice mail: none of 2 expectations has all these words\n"


def test_words_choose_the_expected_error_of_a_refused_request(run: Run) -> None:
    assert run("check", "-k", "message", "cases/expected.yaml", "cases/holds.yaml").status == 0
    assert run("check", "-k", "error:", "cases/expected.yaml", "cases/refused.yaml").status == 0


def test_it_stops_after_the_first_case_that_fails_if_asked_to(run: Run) -> None:
    for jobs in ("1", "2"):
        done = run(
            "check",
            "-x",
            "--jobs",
            jobs,
            *(f"cases/{n}.yaml" for n in ("holds", "fails")),
            "cases/refused.yaml",
        )
        assert done.status == 1
        assert done.err == ""
        assert "stopped after the first case that fails: 1 file was not checked" in done.out


def test_several_processes_tell_the_same_in_the_same_order(run: Run, cases: Path) -> None:
    for place in range(40):
        (cases / f"many-{place:02}.yaml").write_text(HOLDS if place % 7 else FAILS)
    one = run("check", "-v", "cases")
    for jobs in ("3", "auto"):
        several = run("check", "-v", "cases", "--jobs", jobs)
        assert bare(several.out) == bare(one.out)
        assert several.err == one.err
        assert several.status == one.status


@pytest.mark.parametrize("jobs", ["-1", "two", "1.5", "\u0664", "9" * 30])
def test_a_number_of_processes_is_a_number_or_auto(run: Run, jobs: str) -> None:
    done = run("check", "case.yaml", "--jobs", jobs)
    assert done.status == 2
    assert "must be a whole number or auto" in done.err


# --------------------------------------------------------------------------------- JSON and JUnit


def test_json_is_by_its_schema_and_the_same_each_time_but_for_the_time(run: Run) -> None:
    one, two = (json.loads(run("check", "-f", "json", "cases").out) for _ in range(2))
    jsonschema.validate(one, json.loads(schema("check")))
    assert one["summary"].pop("seconds") >= 0
    two["summary"].pop("seconds")
    assert one == two
    fails = next(case for case in one["cases"] if case["case"] == "cases/fails.yaml")
    assert fails["results"][1] == {
        "key": "that",
        "text": "contact hears message for at most 3",
        "line": 14,
        "status": "fails",
        "said": "it heard 12.5 s, 9.5 s too long",
        "at": 22.0,
        "note": "3.0 s are over at 22.0",
        "party": "contact",
        "basis": "documented",
        "clauses": ["EF5"],
        "inferences": [],
    }


def test_json_says_everything_and_standard_error_nothing(run: Run) -> None:
    done = run("check", "-f", "json", "cases", "cases/.hidden/none")
    told = json.loads(done.out)
    assert done.err == ""
    assert told["summary"]["exit_status"] == done.status == 2
    statuses = {case["case"]: case["status"] for case in told["cases"]}
    assert statuses["cases/unread.yaml"] == statuses["cases/broken.yaml"] == "unreadable"
    assert statuses["cases/refused.yaml"] == "refused"
    assert statuses["cases/silent.yaml"] == "silent"
    assert statuses["cases/expected.yaml"] == statuses["cases/warns.yaml"] == "holds"


def test_junit_agrees_with_json(run: Run, cases: Path) -> None:
    done = run("check", "-f", "json", "--junit", "out.xml", "cases")
    told: dict[str, Any] = json.loads(done.out)
    root = ET.parse(cases.parent / "out.xml").getroot()  # noqa: S314 - we wrote it
    suites = {suite.get("name"): suite for suite in root}
    assert list(suites) == [case["case"] for case in told["cases"]]
    kinds = {"fails": "failure", "undocumented": "failure", "warns": "skipped", "holds": None}
    for case in told["cases"]:
        tests = list(suites[case["case"]].iter("testcase"))
        for result, test in zip(case["results"], tests, strict=False):
            assert test.get("name") == result["text"]
            assert test.get("line") == str(result["line"])
            properties = {one.get("name"): one.get("value") for one in test.iter("property")}
            assert properties.get("basis") == result["basis"]
            kind = kinds[result["status"]]
            assert [child.tag for child in test if child.tag != "properties"] == [kind] * bool(kind)
        extra = tests[len(case["results"]) :]
        bad = case["status"] in ("unreadable", "refused", "fault")
        assert [test.find("error") is not None for test in extra] == [True] * bad
    sums = told["summary"]
    assert root.get("failures") == str(sums["fail"] + sums["undocumented"])
    assert root.get("skipped") == str(sums["warn"])
    assert root.get("errors") == "3"
    failure = next(root.iter("failure"))
    assert failure.text is not None
    assert failure.text in run("check", "cases/fails.yaml").out


def test_junit_holds_no_character_that_xml_forbids(run: Run, folder: Path) -> None:
    text = CASE.replace("A case", '"bell \\a, escape \\e, <&> \\uFFFE, мир"')
    (folder / "odd.yaml").write_text(
        text + 'expect: {that: ["contact\\a answers", "contact sees caller \\"<]]>&\\""]}\n'
    )
    run("check", "odd.yaml", "--junit", "out.xml")
    root = ET.parse(folder / "out.xml").getroot()  # noqa: S314 - we wrote it
    told = " ".join(
        value for one in root.iter() for value in (*one.attrib.values(), one.text or "")
    )
    assert "мир" in told
    assert "\\x07" in told
    assert "<]]>&" in told


@pytest.mark.parametrize("options", [["--junit", "none/out.xml"], ["-o", "none/out.txt"]])
def test_a_file_that_cannot_be_written_leaves_nothing_behind(
    run: Run, cases: Path, options: list[str]
) -> None:
    other = ["-o", "out.txt"] if options[0] == "--junit" else ["--junit", "out.xml"]
    before = set(cases.parent.rglob("*"))
    done = run("check", "cases/holds.yaml", *options)
    assert done.status == 2
    assert "cannot be written" in done.err
    assert set(cases.parent.rglob("*")) == before
    if options[0] == "--junit":
        assert run("check", "cases/holds.yaml", *options, *other).status == 2
        assert set(cases.parent.rglob("*")) == before


def test_one_file_cannot_take_both_answers(run: Run) -> None:
    done = run("check", "case.yaml", "-f", "text", "-o", "out.xml", "--junit", "out.xml")
    assert done.status == 2
    assert "cannot both write to one file" in done.err


def test_the_answer_goes_to_a_file_by_its_ending(run: Run, cases: Path) -> None:
    assert run("check", "cases/fails.yaml", "-o", "out.json").out == ""
    told = json.loads((cases.parent / "out.json").read_text())
    assert told["format"] == "callflow.check/1"


# ---------------------------------------------------------------------------------------- the rest


def _process(folder: Path, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).parents[2])
    return subprocess.Popen(
        [sys.executable, "-m", "callflow", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": root, "PYTHONUTF8": "1"},
        stderr=subprocess.PIPE,
        **options,
    )


def test_a_reader_who_has_seen_enough_ends_it_quietly(cases: Path) -> None:
    for place in range(300):
        (cases / f"many-{place:03}.yaml").write_text(FAILS)
    process = _process(cases, "check", ".", stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert b"Traceback" not in err
    assert b"BrokenPipe" not in err


def test_closed_standard_output_is_an_error(cases: Path) -> None:
    command = f"{sys.executable} -m callflow check fails.yaml >&-"  # what a shell can do
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=cases,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stderr == b"standard output is closed\n"


@pytest.fixture
def endless(cases: Path) -> Path:
    """Enough cases to be interrupted in; the first one fails, so that something is told at once."""
    for place in range(4000):
        (cases / "deeper" / f"{place:04}.yaml").write_text(HOLDS)
    return cases / "deeper"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interruption_tells_what_was_finished(endless: Path, jobs: str) -> None:
    process = _process(
        endless, "check", "-v", ".", "--jobs", jobs, stdout=subprocess.PIPE, start_new_session=True
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to every process
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert first.startswith(b"0000.yaml")
    assert re.search(rb"\ninterrupted: \d+ of 4001 files were not checked\n$", out)
    assert re.search(rb"\n\d+ cases?, \d+ expectations?: \d+ hold", out)


def test_a_bar_is_shown_on_a_terminal_while_many_cases_are_checked(cases: Path) -> None:
    for place in range(60):
        (cases / "deeper" / f"{place:02}.yaml").write_text(HOLDS)
    lines = shown(cases, 80, "check", "deeper", COLORTERM="")
    text = "\n".join(bare_of_escapes(lines))
    assert "61/61" in text
    assert "61 cases, 122 expectations: 122 hold" in text
    assert "/2" not in "\n".join(shown(cases, 80, "check", "holds.yaml", "warns.yaml"))
