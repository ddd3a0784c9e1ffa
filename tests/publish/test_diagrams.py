"""The checked-in pictures are those that table and situations make today.

A failure here after a change of the table is no fault: look at what changed, then `make diagrams`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from callflow.situations import SITUATIONS
from tools.diagrams import FOLDER, drifted, main, present, write

WANTED = {
    "README.md": "the page\n",
    "machines/one-light.svg": "<svg>light</svg>\n",
    "machines/one-dark.svg": "<svg>dark</svg>\n",
    "machines/one.dot": "digraph {}\n",
    "overview-light.svg": "<svg/>\n",
}


def test_what_is_checked_in_is_what_is_drawn_now(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["--check"])
    assert status == 0, capsys.readouterr().out


def test_a_folder_that_was_written_has_not_drifted(tmp_path: Path) -> None:
    assert write(WANTED, tmp_path) == len(WANTED)
    assert list(drifted(WANTED, present(tmp_path), by_bytes=True)) == []
    assert write(WANTED, tmp_path) == 0


def test_what_no_longer_belongs_is_removed_with_its_folder(tmp_path: Path) -> None:
    write(WANTED | {"old/picture.svg": "<svg/>"}, tmp_path)
    assert write(WANTED, tmp_path) == 1
    assert present(tmp_path).keys() == WANTED.keys()
    assert not (tmp_path / "old").exists()


def test_each_file_that_drifted_is_told_with_what_is_wrong(tmp_path: Path) -> None:
    write(WANTED | {"stray.svg": "<svg/>"}, tmp_path)
    (tmp_path / "README.md").unlink()
    (tmp_path / "overview-light.svg").write_text("<svg>edited</svg>")
    assert list(drifted(WANTED, present(tmp_path), by_bytes=True)) == [
        "README.md: missing",
        "overview-light.svg: out of date",
        "stray.svg: does not belong here",
    ]


def test_another_version_of_the_outside_program_is_checked_by_the_source(tmp_path: Path) -> None:
    write(WANTED, tmp_path)
    (tmp_path / "machines/one-dark.svg").write_text("<svg>laid out elsewhere</svg>")
    found = present(tmp_path)
    assert list(drifted(WANTED, found, by_bytes=False)) == []
    assert list(drifted(WANTED, found, by_bytes=True)) == ["machines/one-dark.svg: out of date"]
    (tmp_path / "machines/one.dot").write_text("digraph { other }")
    (tmp_path / "overview-light.svg").write_text("<svg>ours is always compared</svg>")
    assert list(drifted(WANTED, present(tmp_path), by_bytes=False)) == [
        "machines/one.dot: out of date",
        "overview-light.svg: out of date",
    ]


def copied_checkout(folder: Path) -> Path:
    """A checkout with these pictures and this tool, whose pins can be changed."""
    (folder / "tools").mkdir()
    for name in ("constraints.txt", "tools/diagrams.py"):
        (folder / name).write_bytes((FOLDER.parent / name).read_bytes())
    write({name: data.decode() for name, data in present(FOLDER).items()}, folder / "diagrams")
    return folder


def run_there(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(checkout / "tools" / "diagrams.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_check_names_the_command_that_repairs_and_changes_nothing(tmp_path: Path) -> None:
    checkout = copied_checkout(tmp_path)
    edited = checkout / "diagrams" / "overview-dark.svg"
    edited.write_text("<svg/>")
    done = run_there(checkout, "--check")
    assert done.returncode == 1, done.stderr
    assert done.stdout.splitlines()[0] == "diagrams/overview-dark.svg: out of date"
    assert done.stdout.endswith("to draw them anew: make diagrams\n")
    assert edited.read_text() == "<svg/>"
    assert run_there(checkout).returncode == 0
    assert run_there(checkout, "--check").returncode == 0


def test_with_another_engine_than_the_pinned_one_nothing_is_drawn(tmp_path: Path) -> None:
    """It would draw other bytes; checking goes by the source then."""
    checkout = copied_checkout(tmp_path)
    (checkout / "constraints.txt").write_text("graphviz-pure==0.0.1\n")
    for name in SITUATIONS:
        (checkout / "diagrams" / "situations" / f"{name}-machine-light.svg").write_text("<svg/>")
    before = present(checkout / "diagrams")
    assert run_there(checkout, "--check").returncode == 0
    done = run_there(checkout)
    assert done.returncode == 1
    assert "graphviz-pure is not the version of constraints.txt" in done.stderr
    assert present(checkout / "diagrams") == before


@pytest.mark.parametrize("words", [["--chekc"], ["--check", "diagrams"]])
def test_other_words_than_check_are_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert "usage" in capsys.readouterr().err
