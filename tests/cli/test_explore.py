"""``callflow explore``: what can happen at all?"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Run


def test_explore_counts_what_can_happen_and_says_what_holds(run: Run) -> None:
    done = run("explore")
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert done.out.isascii()
    assert lines[0] == "16 configurations, 9 different machines, 12 states, 36 rules"
    assert lines[1].startswith("139 paths, 592 orders of events with ties, each with its smallest")
    assert "holds: 20 properties of every call" in lines
    assert any("rule (36 of 36 taken)" in line for line in lines)
    assert "158 of 190 steps rest on an inference" in " ".join(done.out.split())


def test_explore_as_json(run: Run, folder: Path) -> None:
    """The same as data, into a file by its ending, the same bytes every time."""
    for name in ("one.json", "other.json"):
        done = run("explore", "-o", name)
        assert (done.status, done.out, done.err) == (0, "", "")
    assert (folder / "one.json").read_bytes() == (folder / "other.json").read_bytes()
    told = json.loads((folder / "one.json").read_text())
    assert told["format"] == "callflow.explore/1"
    assert (told["paths"], told["orders"], told["holds"]) == (139, 592, True)
    assert [one["property"] for one in told["properties"]] == [str(n) for n in range(1, 21)]
    assert all(one["paths"] > 0 for one in told["properties"] + told["rules"] + told["clauses"])


def test_prove_says_how_well_each_property_is_known(run: Run) -> None:
    """Proved, explored or tested; the time it took stands alone on the last line."""
    done = run("explore", "--prove")
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0] == "20 properties: 19 proved, 1 tested"
    assert lines.index("proved for all times") < lines.index("tested only")
    assert lines[-1].endswith(" s")
    again = run("explore", "--prove").out.splitlines()
    assert again[:-1] == lines[:-1]


def test_prove_as_json(run: Run) -> None:
    told = json.loads(run("explore", "--prove", "-f", "json").out)
    verdicts = {one["property"]: one["verdict"] for one in told["properties"]}
    assert verdicts.pop("14") == "tested"
    assert set(verdicts.values()) == {"proved"}
    assert list(told)[-1] == "seconds"


def test_there_is_no_picture_of_everything(run: Run) -> None:
    for options in ((), ("--prove",)):
        done = run("explore", *options, "-f", "svg")
        assert (done.status, done.out) == (2, "")
        assert "is text or json, not svg" in done.err


def test_no_line_is_wider_than_a_narrow_terminal(run: Run) -> None:
    """Headings break, too."""
    for arguments in ((), ("--prove",)):
        done = run("explore", *arguments, environment={"COLUMNS": "40"})
        assert max(map(len, done.out.splitlines())) <= 40


@pytest.mark.parametrize("arguments", [("--prove",), ("--suite", "s")])
def test_what_varies_a_case_is_refused_where_no_case_can_be_named(
    run: Run, arguments: tuple[str, ...]
) -> None:
    """The advice can be followed: to leave the option out, not to name a case."""
    done = run("explore", *arguments, "--set", "people.contact=no_answer")
    assert (done.status, done.out) == (2, "")
    assert "is about every call; leave them out" in done.err


def test_an_interrupt_while_it_is_starting_leaves_no_traceback(folder: Path) -> None:
    """Status 130 as at any other time."""
    program = (
        "import sys\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'callflow.cli':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupt())\n"
        "from callflow.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
