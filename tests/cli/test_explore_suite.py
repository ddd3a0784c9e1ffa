"""``callflow explore --suite DIR/``: a suite as files, written whole and never over others."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from callflow.cli.folder import write_folder
from callflow.errors import UsageError

from .conftest import CASE, Run

PAGE = "coverage.md"


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("cover", "cases", "covers"),
    [
        ((), 20, "44 of 44 rules"),
        (("--cover", "states"), 3, "12 of 12 states"),
        (("--cover", "clauses"), 8, "38 of 42 clauses"),
        (("--cover", "rule-pairs"), 84, "121 of 121 pairs of rules in a row"),
        (("--cover", "paths"), 139, "139 of 139 paths"),
        (("--cover", "parameters"), 76, "876 of 876 pairs of values"),
    ],
)
def test_a_suite_is_written_and_holds(
    run: Run, folder: Path, cover: tuple[str, ...], cases: int, covers: str
) -> None:
    """The folder is made, with those above it; `callflow check` passes on it."""
    done = run("explore", "--suite", "tests/calls/", *cover)
    assert (done.status, done.err) == (0, "")
    assert f"tests/calls/: {cases} cases, " in done.out
    assert covers in done.out
    assert f"written: {cases} cases and coverage.md\n" in done.out
    assert "whether they hold: callflow check tests/calls/\n" in done.out
    assert len(texts(folder / "tests" / "calls")) == cases + 1
    checked = run("check", "tests/calls")
    assert checked.status == 0
    assert f"{cases} cases, " in checked.out


def test_what_is_left_out_is_told_with_the_reason(run: Run) -> None:
    """No case can exercise these clauses, and each says why."""
    done = run("explore", "--suite", "s", "--cover", "clauses")
    assert "left out: 4\n" in done.out
    for id_ in ("DIR", "NUM", "MSG", "G15"):
        assert f"\n  {id_}: " in done.out


def test_writing_a_suite_again_touches_nothing(run: Run, folder: Path) -> None:
    """The second time every file is as it was, to the nanosecond."""
    run("explore", "--suite", "s")
    before = {path.name: path.stat().st_mtime_ns for path in (folder / "s").iterdir()}
    done = run("explore", "--suite", "s/")
    assert done.status == 0
    assert "as they were: 21 files\n" in done.out
    assert "written" not in done.out
    assert {path.name: path.stat().st_mtime_ns for path in (folder / "s").iterdir()} == before


def test_another_suite_replaces_the_earlier_one_and_leaves_other_files(
    run: Run, folder: Path
) -> None:
    """Files of the earlier suite go; a case of the user and a note beside them stay."""
    run("explore", "--suite", "s")
    (folder / "s" / "own.yaml").write_text(CASE)
    (folder / "s" / "notes.md").write_text("ours\n")
    done = run("explore", "--suite", "s", "--cover", "states")
    assert (done.status, done.err) == (0, "")
    assert "removed: 19 files of an earlier suite" in done.out
    left = texts(folder / "s")
    assert len(left) == 3 + 1 + 2
    assert (left["own.yaml"], left["notes.md"]) == (CASE, "ours\n")


def test_a_file_that_is_not_of_a_suite_is_never_written_over(run: Run, folder: Path) -> None:
    """A file whose line was taken away is its author's: status 2, and nothing is changed."""
    run("explore", "--suite", "s")
    name = "employee-first-both-messages-talk.yaml"
    own = (folder / "s" / name).read_text().partition("\n\n")[2]
    (folder / "s" / name).write_text(own)
    before = texts(folder / "s")
    for cover in ("rules", "paths"):
        done = run("explore", "--suite", "s", "--cover", cover)
        assert (done.status, done.out) == (2, "")
        assert f"s/{name}: is in the way and not of an earlier suite" in done.err
        assert texts(folder / "s") == before


@pytest.mark.parametrize("stands", ["folder", "link"])
def test_nothing_but_a_plain_file_is_replaced(run: Run, folder: Path, stands: str) -> None:
    """A folder or a link under the name of a file is in the way."""
    (folder / "s").mkdir()
    if stands == "folder":
        (folder / "s" / PAGE).mkdir()
    else:
        (folder / "s" / PAGE).symlink_to("nowhere")
    done = run("explore", "--suite", "s")
    assert (done.status, done.out) == (2, "")
    assert "s/coverage.md: is in the way" in done.err
    assert os.listdir(folder / "s") == [PAGE]


# ------------------------------------------------------------------------------------------- --have


def test_cases_of_the_user_count_first(run: Run, folder: Path) -> None:
    """What they exercise is not written for; that one expects nothing is said."""
    (folder / "own").mkdir()
    (folder / "own" / "case.yaml").write_text(CASE)
    (folder / "own" / "notes.yaml").write_text("shopping: [milk]\n")
    done = run("explore", "--suite", "s", "--have", "own", "--have", "case.yaml")
    assert (done.status, done.err) == (0, "")
    assert "2 cases of your own come first and have 6 of them\n" in done.out
    assert "2 of these expect nothing" in done.out
    assert "44 of 44 rules" in done.out
    assert len(texts(folder / "s")) == 20
    assert "| H1  | own/case.yaml " in (folder / "s" / PAGE).read_text()


def test_a_suite_that_is_counted_leaves_nothing_to_write(run: Run, folder: Path) -> None:
    """Then there is the page alone, and the answer says so."""
    run("explore", "--suite", "s")
    done = run("explore", "--suite", "more", "--have", "s")
    assert done.status == 0
    assert "more: 0 cases, 0 events: 44 of 44 rules\n" in done.out
    assert "nothing is left to write a case for\n" in done.out
    assert list(texts(folder / "more")) == [PAGE]


def test_an_earlier_suite_does_not_count_for_the_one_that_replaces_it(
    run: Run, folder: Path
) -> None:
    """With --have naming the very folder, only the user's files in it count."""
    run("explore", "--suite", "s")
    before = texts(folder / "s")
    done = run("explore", "--suite", "s", "--have", "s")
    assert (done.status, texts(folder / "s")) == (0, before)
    (folder / "s" / "own.yaml").write_text(CASE)
    done = run("explore", "--suite", "s", "--have", "s/")
    assert "1 case of your own come" in done.out
    assert len(texts(folder / "s")) == 21


def test_a_request_that_is_refused_makes_no_call_and_counts_for_nothing(
    run: Run, folder: Path
) -> None:
    """It may be meant so; the answer says how many there are."""
    (folder / "refused.yaml").write_text(CASE.replace("74993720692", "1"))
    done = run("explore", "--suite", "s", "--have", "refused.yaml")
    assert done.status == 0
    assert "1 of your own make no call" in done.out
    assert len(texts(folder / "s")) == 21


@pytest.mark.parametrize(
    ("have", "said"),
    [
        ("missing.yaml", "missing.yaml: cannot be read: no such file"),
        ("broken.yaml", "broken.yaml:1: requests: unknown key; did you mean request?"),
        ("empty", "--have empty: holds no case"),
    ],
)
def test_what_cannot_be_counted_is_told_and_no_suite_is_written(
    run: Run, folder: Path, have: str, said: str
) -> None:
    """Who miscounts would get another suite than was asked for."""
    (folder / "empty").mkdir()
    (folder / "broken.yaml").write_text("requests: {}\nexpect: {}\n")
    done = run("explore", "--suite", "s", "--have", have)
    assert (done.status, done.out) == (2, "")
    assert said in done.err.lower() if have == "missing.yaml" else said in done.err
    assert not (folder / "s").exists()


# -------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--suite", "case.yaml"), "case.yaml: is a file; name a folder"),
        (("--suite", "case.yaml/s"), "case.yaml/s: cannot be written"),
        (("--suite", ""), "--suite names no folder"),
        (("--suite", "s" * 300), "cannot be written"),
        (("--suite", "s", "--cover", "rule"), "Did you mean rules?"),
        (("--suite", "s", "-f", "svg"), "text or json, not svg"),
        (("--suite", "s", "case.yaml"), "leave CASE out"),
        (("--cover", "rules"), "--cover and --have belong to --suite"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_written(
    run: Run, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    """One message with its repair, status 2."""
    done = run("explore", *arguments)
    assert (done.status, said in done.err) == (2, True), done.err
    assert os.listdir(folder) == ["case.yaml"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_cannot_be_written_is_told(run: Run, folder: Path) -> None:
    """Status 2, and what lies in it is as it was."""
    (folder / "s").mkdir(mode=0o500)
    done = run("explore", "--suite", "s")
    assert done.status == 2
    assert "s: cannot be written, and nothing was: Permission denied" in done.err
    assert os.listdir(folder / "s") == []


def test_the_answer_as_data(run: Run, folder: Path) -> None:
    """JSON tells the same: cases with what they add, what is left out, what became of files."""
    run("explore", "--suite", "s", "--cover", "states")
    done = run("explore", "--suite", "s", "--cover", "clauses", "-f", "json")
    told = json.loads(done.out)
    assert (told["folder"], told["cover"]) == ("s", "clauses")
    assert (told["items"], told["covered"]) == (42, 38)
    files = {name for name in texts(folder / "s") if name != PAGE}
    assert {case["file"] for case in told["cases"]} == files
    assert set(told["written"]) | set(told["unchanged"]) == files | {PAGE}
    assert len(told["removed"]) == 2
    assert sum(case["events"] for case in told["cases"]) == told["events"]
    assert [one["item"] for one in told["left_out"]] == ["DIR", "NUM", "MSG", "G15"]


def test_the_answer_to_a_file(run: Run, folder: Path) -> None:
    """With -o the answer goes there; the suite goes where it goes."""
    done = run("explore", "--suite", "s", "-o", "answer.txt")
    assert (done.status, done.out) == (0, "")
    assert "20 cases" in (folder / "answer.txt").read_text()
    assert len(texts(folder / "s")) == 21


# --------------------------------------------------------------------------- all of it, or nothing


def _ours(text: str) -> bool:
    return text.startswith("ours")


@pytest.mark.parametrize("fails_at", range(1, 8))
def test_a_disk_that_fails_midway_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    """Whichever move or removal fails, files come back, new ones go, nothing hidden is left."""
    folder = tmp_path / "s"
    write_folder(str(folder), {name: f"ours {name}" for name in "abcd"}, _ours, "ours")
    before = texts(folder)
    calls = 0

    def failing(real):
        def step(*arguments, **options):
            nonlocal calls
            calls += 1
            if calls == fails_at:
                raise OSError(28, "No space left on device")
            return real(*arguments, **options)

        return step

    with monkeypatch.context() as broken:
        broken.setattr("callflow.cli.folder.os.replace", failing(os.replace))
        broken.setattr("callflow.cli.folder.os.chmod", failing(os.chmod))
        new = {name: f"ours, new {name}" for name in "abe"}
        if fails_at < 7:
            with pytest.raises(UsageError, match="nothing was: No space left on device"):
                write_folder(str(folder), new, _ours, "ours")
            assert texts(folder) == before
        else:
            done = write_folder(str(folder), new, _ours, "ours")
            assert (done.written, done.removed) == (("a", "b", "e"), ("c", "d"))


def test_a_new_folder_that_cannot_be_filled_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor are those above it that were made for it."""

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("callflow.cli.folder.os.rename", full)
    with pytest.raises(UsageError, match="nothing was"):
        write_folder(str(tmp_path / "x" / "y"), {"a": "ours"}, _ours, "ours")
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_no_folder_can_have_is_told(tmp_path: Path) -> None:
    """A zero in a name is no fault of ours."""
    with pytest.raises(UsageError, match="cannot be written"):
        write_folder(f"{tmp_path}/a\0b", {"a": "ours"}, _ours, "ours")


def test_nothing_is_written_if_the_answer_cannot_be(run: Run, folder: Path) -> None:
    """A wrong -o is told before the suite is there."""
    for output in ("nowhere/answer.json", ".", "case.yaml/answer.json"):
        done = run("explore", "--suite", "s", "-f", "json", "-o", output)
        assert (done.status, done.out) == (2, "")
        assert "cannot be written" in done.err
    assert not (folder / "s").exists()


def test_a_suite_of_no_cases_is_not_to_be_checked(run: Run) -> None:
    """`callflow check` on it would find no case."""
    run("explore", "--suite", "s")
    done = run("explore", "--suite", "more", "--have", "s")
    assert "nothing is left to write a case for" in done.out
    assert "callflow check" not in done.out


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
@pytest.mark.parametrize("name", ["-", "--", "-x", "it's", "a b", "a\x1b[31m\n\\'ы\x85"])
def test_the_command_that_is_told_checks_a_suite_of_any_name(run: Run, name: str) -> None:
    """It holds no control character, takes no name for an option, and a shell reads it."""
    done = run("explore", f"--suite={name}", environment={"COLUMNS": "200"})
    command = done.out.splitlines()[-1].removeprefix("whether they hold: callflow ")
    assert done.out.replace("\n", "").isprintable()
    words = subprocess.run(
        ["bash", "-c", f"printf '%s\\0' {command}"], capture_output=True, check=True
    ).stdout
    arguments = words.decode().split("\0")[:-1]
    assert run(*arguments).status == 0
