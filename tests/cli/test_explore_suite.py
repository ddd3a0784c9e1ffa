"""``callflow explore --suite``: a folder of cases that anybody can run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import CASE, Run


def test_a_suite_is_written_and_passes(run: Run, folder: Path) -> None:
    """A case file for each, and a page of what they cover; once more changes nothing."""
    done = run("explore", "--suite", "suite/")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("20 cases with 89 events cover 44 rules, where G17 tells them ")
    first = {path.name: path.read_bytes() for path in (folder / "suite").iterdir()}
    assert len(first) == 21
    assert run("check", "suite").status == 0
    assert "0 files written, 21 as they were" in run("explore", "--suite", "suite/").out
    assert {path.name: path.read_bytes() for path in (folder / "suite").iterdir()} == first


def test_another_suite_in_the_same_folder_replaces_it_and_nothing_else(
    run: Run, folder: Path
) -> None:
    """Files of the earlier suite go; those of the user stay."""
    run("explore", "--suite", "suite")
    (folder / "suite" / "mine.yaml").write_text(CASE)
    done = run("explore", "--suite", "suite", "--cover", "states")
    assert done.status == 0
    assert len(list((folder / "suite").iterdir())) == 5
    assert (folder / "suite" / "mine.yaml").read_text() == CASE


def test_cases_that_are_there_count(run: Run, folder: Path) -> None:
    """What they cover is not written again."""
    done = run("explore", "--suite", "suite", "--have", "case.yaml", "-f", "json")
    assert done.status == 0
    value = json.loads(done.out)
    assert value["had"] == 6
    assert len(value["cases"]) == len(list((folder / "suite").glob("*.yaml"))) < 20


def test_a_file_of_somebody_else_is_never_written_over(run: Run, folder: Path) -> None:
    """Nothing is written at all, and it says which file stands in the way."""
    (folder / "suite").mkdir()
    (folder / "suite" / "coverage.md").write_text("mine\n")
    done = run("explore", "--suite", "suite")
    assert done.status == 2
    assert "suite/coverage.md: is not of an earlier suite" in done.err
    assert [path.name for path in (folder / "suite").iterdir()] == ["coverage.md"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--suite", "case.yaml"), "case.yaml: cannot be made"),
        (("--suite", "s", "--cover", "rule"), "Did you mean rules?"),
        (("--suite", "s", "--have", "s"), "--suite and --have name one folder"),
        (("--suite", "s", "--have", "none"), "none"),
        (("--cover", "rules"), "belong to --suite"),
        (("case.yaml", "--suite", "s"), "leave CASE out"),
        (("--suite", "s", "--prove"), "ask one at a time"),
        (("--suite", "s", "-f", "svg"), "as text or json"),
    ],
)
def test_what_makes_no_sense_is_told(
    run: Run, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    """One message with its repair, status 2, and no folder."""
    done = run("explore", *arguments)
    assert (done.status, said in done.err) == (2, True), done.err
    assert not (folder / "s").exists()
