"""``callflow check --accept``: what happens now becomes what is expected, shown as a diff first."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import CASE, Run

WRONG = CASE + "# what is expected\nexpect:\n  outcome: abandoned   # by whom?\n"


def test_without_yes_the_change_is_shown_and_nothing_is_written(run: Run, folder: Path) -> None:
    """In a pipe nobody can be asked: the diff is printed, the file stays, the status is 1."""
    done = run("check", "--accept", "case.yaml")
    assert done.status == 1
    assert "+  contact: [dialing 9, message 12.5, conversation 14.5]" in done.out
    assert "case.yaml: nothing was written" in done.err
    assert "--yes writes it" in done.err
    assert (folder / "case.yaml").read_text() == CASE


@pytest.mark.parametrize("extent", [(), ("steps",)], ids=["segments", "steps"])
def test_with_yes_it_is_written_and_holds(run: Run, folder: Path, extent: tuple[str, ...]) -> None:
    """Afterwards the case passes; accepting once more changes nothing."""
    (folder / "case.yaml").write_text(WRONG)
    done = run("check", "case.yaml", "--accept", *extent, "--yes")
    assert done.status == 0, done.err
    after = (folder / "case.yaml").read_text()
    assert after.startswith(CASE + "# what is expected\nexpect:\n  outcome: conversation   # by w")
    assert ("- [0, start, idle/dialing" in after) is bool(extent)
    assert run("check", "case.yaml").status == 0
    again = run("check", "case.yaml", "--accept", *extent, "--yes")
    assert again.out == "case.yaml: what happens is what is expected\n"
    assert (folder / "case.yaml").read_text() == after


def test_a_folder_is_accepted_file_by_file_and_what_cannot_be_is_told(
    run: Run, folder: Path
) -> None:
    """A broken case among others is told; the others are written, strangers are left alone."""
    (folder / "broken.yaml").write_text("request: {contact: 1}\nexpect: {that: [x]}\n")
    (folder / "notes.yaml").write_text("shopping: [milk]\n")
    (folder / "other.yaml").write_text(CASE)
    done = run("check", ".", "--accept", "--yes")
    assert done.status == 2
    assert "broken.yaml" in done.err
    for name in ("case.yaml", "other.yaml"):
        assert "expect:\n  outcome: conversation\n" in (folder / name).read_text()
    assert (folder / "notes.yaml").read_text() == "shopping: [milk]\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--accept", "-"), "standard input cannot be rewritten; --accept takes files"),
        (("case.yaml", "--accept", "--set", "request.switch_at_once=true"), "leave out --set"),
        (("case.yaml", "--yes"), "--yes belongs to --accept"),
        (("--accept",), "name what to check"),
        ((), "name what to check"),
        (("missing.yaml", "--accept", "--yes"), "missing.yaml"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_written(
    run: Run, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    """One message with its repair, status 2."""
    done = run("check", *arguments)
    assert (done.status, said in done.err) == (2, True), done.err
    assert (folder / "case.yaml").read_text() == CASE


def test_sentences_are_left_alone_and_those_that_fail_are_told(run: Run, folder: Path) -> None:
    """What somebody meant is not rewritten: who accepts is told that it goes on to fail."""
    sentence = "  that:\n    - employee waits at most 5\n"
    (folder / "case.yaml").write_text(CASE + "expect:\n" + sentence)
    told = "1 sentence under that: does not hold; --accept writes no sentences\n"
    done = run("check", "case.yaml", "--accept", "--yes")
    assert (done.status, done.err) == (0, f"case.yaml: {told}")
    assert (folder / "case.yaml").read_text().endswith("conversation 14.5]\n" + sentence)
    again = run("check", "case.yaml", "--accept", "--yes")
    assert (again.status, again.out) == (0, f"case.yaml: nothing to write; {told}")
    assert run("check", "case.yaml").status == 1


def test_a_byte_order_mark_and_line_breaks_stay(run: Run, folder: Path) -> None:
    """A file from Windows stays one."""
    data = b"\xef\xbb\xbf" + CASE.replace("\n", "\r\n").encode()
    (folder / "case.yaml").write_bytes(data)
    assert run("check", "case.yaml", "--accept", "--yes").status == 0
    after = (folder / "case.yaml").read_bytes()
    assert after.startswith(data)
    assert after.count(b"\n") == after.count(b"\r\n")
