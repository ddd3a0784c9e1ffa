"""``callflow docs``: a folder of pages that is written whole, and a check that finds each drift."""

from __future__ import annotations

from pathlib import Path

import pytest

from callflow.cli.folder import drifted, write_folder
from callflow.errors import UsageError
from callflow.publish.pages import pages
from tests.cli.conftest import Run

FILES = {"index.md": "one\ntwo\nours\n", "pictures/x.svg": "<svg/>\nours\n"}


def ours(text: str) -> bool:
    return text.endswith("ours\n")


def written(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_it_writes_every_page_and_picture_and_says_how_many(run: Run, folder: Path) -> None:
    """The second run changes nothing, and the check agrees."""
    wanted = {name: text.encode() for name, text in pages().items()}
    many = sum(name.endswith(".md") for name in wanted)
    done = run("docs", "call/")
    assert (done.status, done.err) == (0, "")
    told = f"call/: {many} pages and {len(wanted) - many} pictures, {len(wanted)} changed\n"
    assert done.out == f"{told}begin with call/index.md\n"
    assert written(folder / "call") == wanted
    assert ", 0 changed\n" in run("docs", "call").out
    checked = run("docs", "call", "--check")
    assert (checked.status, checked.out) == (
        0,
        f"call: all {len(wanted)} files are as they would be written\n",
    )


def test_the_check_finds_each_kind_of_drift_and_changes_nothing(run: Run, folder: Path) -> None:
    """Missing, different with the first line, left over; then writing repairs all of it."""
    run("docs", "call/")
    call = folder / "call"
    (call / "rules.md").unlink()
    text = (call / "errors.md").read_text(encoding="utf-8")
    (call / "errors.md").write_text(text.replace("-32007", "-32008", 1), encoding="utf-8")
    (call / "pictures" / "old.svg").write_bytes((call / "pictures" / "overview.svg").read_bytes())
    (call / "mine.md").write_text("# Mine\n", encoding="utf-8")
    before = written(call)
    done = run("docs", "call/", "--check")
    assert done.status == 1
    line = next(n for n, one in enumerate(text.split("\n"), 1) if "-32007" in one)
    assert done.out.splitlines()[0] == f"call/errors.md:{line}: differs"
    assert "  has     " in done.out
    assert "-32008" in done.out.splitlines()[1]
    assert "-32007" in done.out.splitlines()[2]
    assert "call/pictures/old.svg: left over, nothing of this name is written any more" in done.out
    assert "call/rules.md: missing" in done.out
    assert "3 of " in done.out
    assert "mine.md" not in done.out
    assert written(call) == before
    assert "2 changed, 1 of an earlier run removed" in run("docs", "call/").out
    assert run("docs", "call/", "--check").status == 0
    assert (call / "mine.md").read_text(encoding="utf-8") == "# Mine\n"


def test_what_was_never_written_is_missing(run: Run, folder: Path) -> None:
    """A check of a folder that is not there names every file and makes none."""
    done = run("docs", "nowhere/", "--check")
    assert done.status == 1
    assert done.out.count(": missing\n") == len(pages())
    assert not (folder / "nowhere").exists()


def test_a_page_of_somebody_else_is_never_written_over(run: Run, folder: Path) -> None:
    """It is named, and nothing is written."""
    (folder / "call").mkdir()
    (folder / "call" / "index.md").write_text("# Mine\n", encoding="utf-8")
    done = run("docs", "call/")
    assert (done.status, done.out) == (2, "")
    assert "call/index.md: is in the way and not of an earlier callflow docs" in done.err
    assert written(folder / "call") == {"index.md": b"# Mine\n"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Missing argument 'OUT/'"),
        (("",), "takes a folder"),
        (("-",), "takes a folder"),
        (("case.yaml",), "case.yaml: is a file; name a folder"),
        (("case.yaml/x",), "case.yaml/x: cannot be written"),
        (("call/", "--words", "missing.yaml"), "missing.yaml"),
        (("call/", "--words", "rus"), "did you mean ru?"),
        (("call/", "--chekc"), "No such option"),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(
    run: Run, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    """One message with the repair, exit status 2."""
    before = written(folder)
    done = run("docs", *arguments)
    assert done.status == 2
    assert said in done.err
    assert written(folder) == before


def test_other_words_are_in_the_pages(run: Run, folder: Path) -> None:
    """`--words` holds for pages, pictures and alternatives; its pages have no English drift."""
    (folder / "words.yaml").write_text("words: {employee: operator}\n", encoding="utf-8")
    assert run("docs", "call/", "--words", "words.yaml").status == 0
    index = (folder / "call" / "index.md").read_text(encoding="utf-8")
    assert "an operator" in index
    assert run("docs", "call/", "--words", "words.yaml", "--check").status == 0
    assert run("docs", "call/", "--check").status == 1


def test_explain_names_a_page_that_is_there(run: Run, folder: Path) -> None:
    """The page "clauses" that `callflow explain` points to is written."""
    assert 'callflow docs, page "clauses"' in run("explain", "case.yaml").out.replace("\n", " ")
    run("docs", "call/")
    assert (folder / "call" / "clauses.md").is_file()


# ------------------------------------------------------------------------- the folder by itself


def test_folders_below_are_made_and_looked_into(tmp_path: Path) -> None:
    """Names may lead into folders below; deeper ones, and those of others, are not looked into."""
    place = str(tmp_path / "out")
    assert set(write_folder(place, FILES, ours, "ours").written) == set(FILES)
    deeper = tmp_path / "out" / "pictures" / "deeper"
    deeper.mkdir()
    (deeper / "x.svg").write_text("ours\n")
    assert list(drifted(place, FILES, ours)) == []
    more = {**FILES, "new/y.md": "ours\n"}
    assert write_folder(place, more, ours, "ours").written == ("new/y.md",)
    assert write_folder(place, FILES | {"new/z.md": "ours\n"}, ours, "ours").removed == (
        "new/y.md",
    )
    assert (deeper / "x.svg").exists()


def test_what_cannot_be_written_whole_is_not_written_at_all(tmp_path: Path) -> None:
    """A file where a folder must be: everything stands as before."""
    place = tmp_path / "out"
    place.mkdir()
    (place / "pictures").write_text("a file of somebody's\n")
    with pytest.raises(UsageError, match="nothing was"):
        write_folder(str(place), FILES, ours, "ours")
    assert written(place) == {"pictures": b"a file of somebody's\n"}


@pytest.mark.parametrize(
    ("have", "told"),
    [
        ("one\n2\nours\n", ["  has     2", "  should  two"]),
        ("one\nours\n", ["  has     ours", "  should  two"]),
        ("one\ntwo\n\nours\n", ["  has     (an empty line)", "  should  ours"]),
        (f"{'x' * 99}\ntwo\nours\n", [f"  has     {'x' * 72}...", "  should  one"]),
    ],
)
def test_a_difference_is_shown_where_it_begins(tmp_path: Path, have: str, told: list[str]) -> None:
    """The first line that differs, of what is there and of what should be."""
    write_folder(str(tmp_path), FILES, ours, "ours")
    (tmp_path / "index.md").write_text(have)
    (found,) = drifted(str(tmp_path), FILES, ours)
    assert found.splitlines()[1:] == told


def test_a_file_is_no_folder_to_check_either(tmp_path: Path) -> None:
    """Whoever names a file is told so, and not that every page is missing."""
    (tmp_path / "out").write_text("mine")
    with pytest.raises(UsageError, match="is a file; name a folder"):
        list(drifted(str(tmp_path / "out"), FILES, ours))


def test_a_file_of_another_in_a_place_of_ours_is_told(tmp_path: Path) -> None:
    """Without the mark nobody knows whose it is."""
    write_folder(str(tmp_path), FILES, ours, "ours")
    (tmp_path / "index.md").write_text("one\n")
    (found,) = drifted(str(tmp_path), FILES, ours)
    assert found.endswith("index.md: is another's, or its mark is gone")
