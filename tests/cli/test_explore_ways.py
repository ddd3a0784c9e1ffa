"""``callflow explore CASE``: in which ways can this go?"""

from __future__ import annotations

import json
import os
import pty
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Run


def test_every_way_is_shown_under_its_outcome(run: Run) -> None:
    done = run("explore", "case.yaml")
    assert (done.status, done.err) == (0, "")
    assert done.out.isascii()
    assert max(map(len, done.out.splitlines())) <= 80
    assert "9 ways in which this set-up can go" in done.out
    rows = done.out.splitlines()
    numbers = [row[1] for row in rows if row.startswith(" ") and row[1:2].isdigit()]
    assert numbers == [str(number) for number in range(1, 10)]


def test_a_width_and_a_file_are_as_everywhere(run: Run, folder: Path) -> None:
    wide = run("explore", "case.yaml", environment={"COLUMNS": "200"}).out
    narrow = run("explore", "case.yaml", environment={"COLUMNS": "40"}).out
    assert len(narrow.splitlines()) > len(wide.splitlines())
    done = run("explore", "case.yaml", "-o", "ways.txt")
    assert (done.status, done.out) == (0, "")
    assert (folder / "ways.txt").read_text() == run("explore", "case.yaml").out


def test_json_has_each_way_with_its_case_and_its_timeline(run: Run) -> None:
    known = json.loads(run("explore", "case.yaml", "-f", "json").out)
    assert known["format"] == "callflow.ways/1"
    assert known["configuration"]["first_call"] == "employee"
    assert [way["own"] for way in known["ways"]] == [True] + [False] * 8
    assert known["barred"] == []
    for way in known["ways"]:
        assert way["timeline"]["format"] == "callflow.timeline/1"
        assert way["timeline"]["outcome"] == way["outcome"]
        assert [step["event"] for step in way["timeline"]["steps"]] == way["events"]
        assert set(way) == {
            "outcome", "what", "own", "events", "inferred", "set", "command", "case", "timeline",
        }  # fmt: skip


def test_the_command_of_a_way_shows_it_as_a_whole_call(run: Run) -> None:
    known = json.loads(run("explore", "case.yaml", "-f", "json").out)
    for way in known["ways"][::3]:
        words = shlex.split(way["command"])[1:]
        assert json.loads(run(*words, "-f", "json").out) == way["timeline"]


def test_the_case_of_a_way_is_a_case_file(run: Run, folder: Path) -> None:
    known = json.loads(run("explore", "case.yaml", "-f", "json").out)
    way = known["ways"][-1]
    (folder / "way.json").write_text(json.dumps(way["case"]))
    assert json.loads(run("simulate", "way.json", "-f", "json").out) == way["timeline"]


def test_set_varies_the_set_up(run: Run) -> None:
    done = run("explore", "case.yaml", "--set", "request.first_call=contact")
    assert done.status == 0
    assert "22 ways" in done.out
    assert "more       callflow simulate case.yaml --set request.first_call=contact" in done.out


def test_what_cannot_be_is_told(run: Run) -> None:
    done = run(
        "explore", "case.yaml", "--set", "request.first_call=contact", "--set",
        "messages.employee=20",
    )  # fmt: skip
    assert done.status == 0
    assert "5 more ways cannot be in this set-up" in done.out
    assert "no times fit with messages of 12.5 s (contact) and 20.0 s (employee)" in done.out


def test_a_picture_goes_to_a_file_by_its_ending(run: Run, folder: Path) -> None:
    for theme in ("auto", "light", "dark"):
        done = run("explore", "case.yaml", "-o", "ways.svg", "--theme", theme)
        assert (done.status, done.out, done.err) == (0, "", "")
        assert f'class="callflow-{theme}"' in (folder / "ways.svg").read_text()
    assert run("explore", "case.yaml", "-o", "ways.png").status == 0
    assert (folder / "ways.png").read_bytes().startswith(b"\x89PNG")


def test_no_terminal_is_shown_the_bytes_of_a_picture(folder: Path) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "callflow", "explore", "case.yaml", "-f", "png"],
        cwd=folder,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent.parent)},
        timeout=60,
        check=False,
    )
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 2
    assert b"write it to a file with -o" in done.stderr


def test_a_request_that_the_api_refuses_has_no_ways(run: Run) -> None:
    refused = ("--set", "request.contact=74993720692")
    done = run("explore", "case.yaml", *refused)
    assert (done.status, done.out) == (3, "")
    assert "own_virtual_phone_number_not_allowed" in done.err
    answered = run("explore", "case.yaml", *refused, "-f", "json")
    assert answered.status == 3
    assert json.loads(answered.out)["error"]["data"]["mnemonic"] == (
        "own_virtual_phone_number_not_allowed"
    )
    assert run("explore", "case.yaml", *refused, "-o", "x.svg").status == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("nowhere.yaml",),
        ("case.yaml", "--set", "people.contact.answers_after=soon"),
        ("case.yaml", "-o", "ways.gif"),
        ("case.yaml", "-f", "jsonl"),
        ("case.yaml", "--theme", "pink"),
        ("-",),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(
    run: Run, folder: Path, arguments: tuple[str, ...]
) -> None:
    done = run("explore", *arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err
    assert sorted(path.name for path in folder.iterdir()) == ["case.yaml"]


def test_no_secret_is_shown(run: Run, folder: Path) -> None:
    text = (folder / "case.yaml").read_text()
    (folder / "case.yaml").write_text(
        text.replace("request:\n", "request:\n  access_token: abcdefghijkl\n")
    )
    varied = ("--set", "account.access_tokens=[abcdefghijkl]")
    for more in ((), varied):
        for form in ("text", "json", "svg"):
            done = run("explore", "case.yaml", *more, "-f", form)
            assert done.status == 0
            assert "abcde" not in done.out + done.err
    known = json.loads(run("explore", "case.yaml", *varied, "-f", "json").out)
    assert {way["command"] for way in known["ways"]} == {None}


def test_a_case_comes_from_standard_input(run: Run, folder: Path) -> None:
    given = (folder / "case.yaml").read_text()
    one = run("explore", "-", given=given).out.partition("\nmore ")[0]
    assert one == run("explore", "case.yaml").out.partition("\nmore ")[0]


def test_a_case_that_is_none_is_told_and_nothing_is_explored(run: Run, folder: Path) -> None:
    (folder / "bad.yaml").write_text("request: {}\nfoo: 1\n")
    done = run("explore", "bad.yaml")
    assert (done.status, done.out) == (2, "")
    assert "problems in bad.yaml, nothing was explored" in done.err
