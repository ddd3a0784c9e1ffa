"""``callflow check --accept``: what happens now becomes what is expected, shown as a diff first."""

from __future__ import annotations

import os
import subprocess
import sys
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
        (("case.yaml", "--accept", "-f", "json"), "all other options but --yes"),
        (("case.yaml", "--accept", "--documented-only"), "all other options but --yes"),
        (("case.yaml", "--accept", "--coverage"), "all other options but --yes"),
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


SECRET = "abcdefghijkl"
FITS = '"virtual_phone_number":"74993720692","contact":"79260000000","first_call":"contact"'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "case.yaml",
            f"expect: {{}}\n{CASE}account:\n  access_tokens:\n  - {SECRET}\n  - my {SECRET}\n",
        ),
        (
            "case.yaml",
            CASE.replace("request:\n", f"request:  # {SECRET}\n  access_token: {SECRET}\n"),
        ),
        ("case.yaml", CASE.replace("request:\n", f"request:\n  access_token: >-\n    {SECRET}\n")),
        ("case.yaml", f"{CASE}account: {{access_tokens: [{SECRET}, '{SECRET}2']}}\n"),
        ("case.json", f'{{"request":{{{FITS},"access_token":"{SECRET}"}}}}'),
    ],
)
def test_the_change_shows_no_token(run: Run, folder: Path, name: str, text: str) -> None:
    """Lines around a change are shown, and a token may stand in them; it is written as it was."""
    (folder / name).write_text(text)
    shown = run("check", name, "--accept")
    assert SECRET[:7] not in shown.out + shown.err
    done = run("check", name, "--accept", "--yes")
    assert SECRET[:7] not in done.out + done.err
    assert SECRET in (folder / name).read_text()


@pytest.mark.parametrize("text", ['"expect":null', '"expect": null ', '"expect":{"outcome":null}'])
def test_nothing_in_brackets_is_filled_in_there(run: Run, folder: Path, text: str) -> None:
    """JSON has no lines of their own under a key."""
    for name in ("one.json", "one.yaml"):
        (folder / name).write_text(f'{{"request":{{{FITS}}},{text}}}')
        done = run("check", name, "--accept", "--yes")
        assert (done.status, done.err) == (0, "")
        assert run("check", name).status == 0


def test_a_layout_that_cannot_be_filled_in_is_told_and_stays(run: Run, folder: Path) -> None:
    """What is wrong is said of the file, not of a text that is in none."""
    text = CASE + "expect:\n  ? outcome\n  : abandoned\n"
    (folder / "case.yaml").write_text(text)
    done = run("check", "case.yaml", "--accept", "--yes")
    assert (done.status, "write expect: as lines of its own" in done.err) == (2, True)
    assert (folder / "case.yaml").read_text() == text


def test_what_cannot_be_read_is_told_with_its_line(run: Run, folder: Path) -> None:
    """Whoever accepts is told what is wrong under expect:, not only that something is."""
    (folder / "case.yaml").write_text(CASE + "expect:\n  outcome: abandonned\n")
    done = run("check", "case.yaml", "--accept", "--yes")
    assert done.status == 2
    assert done.err.startswith("case.yaml:15: expect.outcome: must be")
    assert "did you mean abandoned?" in done.err


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full disk to be had")
def test_a_full_or_closed_output_is_no_fault_of_ours(folder: Path) -> None:
    """The change cannot be shown, so it is not made: status 2, and one line says why."""
    for redirect in (">/dev/full", ">&-"):
        command = f"{sys.executable} -m callflow check case.yaml --accept --yes {redirect}"
        done = subprocess.run(
            ["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 2
        assert done.stderr.startswith("standard output ")
        assert (folder / "case.yaml").read_text() == CASE


def test_a_file_that_changes_while_somebody_decides_is_not_overwritten(folder: Path) -> None:
    """At a terminal: the question stands, an editor saves, and what it saved stays."""
    keyboard, terminal = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "callflow", "check", "case.yaml", "--accept"],
        cwd=folder,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    said = b""
    while b"write case.yaml?" not in said:
        said += os.read(keyboard, 10_000)
    (folder / "case.yaml").write_text(CASE + "# precious\n")
    os.write(keyboard, b"y\n")
    while b"changed meanwhile" not in said:
        said += os.read(keyboard, 10_000)
    assert process.wait() == 2
    os.close(keyboard)
    assert (folder / "case.yaml").read_text() == CASE + "# precious\n"
