"""The notebooks: they run, what is stored is what comes out, and it can be seen everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "notebooks"
SOURCES = sorted(FOLDER.glob("*.py"))
STORED = [source.with_suffix(".ipynb") for source in SOURCES]


def tool(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "tools" / "notebooks.py"), *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def outputs(path: Path) -> list[dict[str, Any]]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [output for cell in cells for output in cell.get("outputs", ())]


# -------------------------------------------------------------------------------- what is stored


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom_and_stored_is_what_comes_out_byte_for_byte(
    source: Path,
) -> None:
    done = tool("--check", source, COLUMNS="47")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_there_is_a_notebook_and_each_stored_one_has_its_source() -> None:
    assert SOURCES
    assert sorted(FOLDER.glob("*.ipynb")) == STORED


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_every_picture_shows_everywhere_and_has_words_for_who_does_not_see_it(path: Path) -> None:
    pictures = [output for output in outputs(path) if "image/png" in output.get("data", ())]
    assert pictures
    for output in pictures:
        assert set(output["data"]) == {"image/png", "text/plain"}
        assert len(output["metadata"]["image/png"]["alt"].split()) > 10
        assert len("".join(output["data"]["text/plain"]).split()) > 10


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_what_is_stored_is_made_of_text_and_pictures_and_tells_of_no_machine(path: Path) -> None:
    shown = {form for output in outputs(path) for form in output.get("data", ())}
    assert shown <= {"image/png", "text/plain"}
    text = path.read_text(encoding="utf-8")
    for personal in (str(ROOT), str(Path.home()), sys.version.split()[0]):
        assert personal not in text


# -------------------------------------------------------------------------------------- the tool

NOTEBOOK = """\
# %% [markdown]
# # A page

# %%
from callflow import Case, simulate

request = {"virtual_phone_number": "74993720692", "contact": "79260000000", "first_call": "contact"}
simulate(Case.from_dict({"request": request}))
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "page.py"
    path.write_text(NOTEBOOK, encoding="utf-8")
    return path


def test_drift_is_told_by_its_cell_with_the_command_that_repairs_it_and_nothing_is_written(
    source: Path,
) -> None:
    assert tool(source).returncode == 0
    stored = source.with_suffix(".ipynb")
    drifted = stored.read_text(encoding="utf-8")
    for was, becomes in (("# A page", "# Another page"), ('"width": 880', '"width": 881')):
        assert was in drifted
        drifted = drifted.replace(was, becomes)
    stored.write_text(drifted, encoding="utf-8")
    done = tool("--check", source)
    assert done.returncode == 1
    assert "page.ipynb: is not what comes out now; to repair: make notebooks" in done.stderr
    assert done.stderr.splitlines()[1:] == ["  cell 0: its text", "  cell 1: what comes out"]
    assert stored.read_text(encoding="utf-8") == drifted


def test_a_notebook_that_was_never_executed_is_told(source: Path) -> None:
    done = tool("--check", source)
    assert done.returncode == 1
    assert done.stderr.splitlines()[1:] == ["  it is missing"]
    assert not source.with_suffix(".ipynb").exists()


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("assert simulate.__name__ == 'guess'", "AssertionError"),
        ("import sys; print('mind the gap', file=sys.stderr)", "mind the gap"),
    ],
)
def test_a_cell_that_fails_or_complains_is_told_and_nothing_is_written(
    source: Path, cell: str, told: str
) -> None:
    source.write_text(f"{NOTEBOOK}\n# %%\n{cell}\n", encoding="utf-8")
    done = tool(source)
    assert done.returncode == 1
    assert "page.py: " in done.stderr
    assert told in done.stderr
    assert "\x1b" not in done.stderr
    assert not source.with_suffix(".ipynb").exists()


def test_executing_leaves_nothing_at_home_or_among_temporary_files(
    source: Path, tmp_path: Path
) -> None:
    home, temporary = tmp_path / "home", tmp_path / "t"
    home.mkdir()
    temporary.mkdir()
    assert tool(source, HOME=str(home), TMPDIR=str(temporary)).returncode == 0
    assert list(home.iterdir()) == []
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("word", ["--chekc", "nowhere.py", "Makefile"])
def test_wrong_usage_is_told_with_the_right_one(word: str) -> None:
    done = tool(word)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: python tools/notebooks.py")
