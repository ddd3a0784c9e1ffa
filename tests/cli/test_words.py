"""``--words``: the same in Russian, or in words of the reader's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run


def test_explanations_and_pictures_can_be_had_in_russian(run: Run) -> None:
    """With --words ru everything is told in Russian, and the command that repeats it says so."""
    done = run("explain", "case.yaml", "--words", "ru")
    assert (done.status, done.err) == (0, "")
    assert "Сотрудник отвечает и слышит сообщение (4,0 с)." in done.out
    assert "callflow explain case.yaml --words ru" in done.out
    for what in ("timeline", "ladder"):
        done = run("draw", what, "case.yaml", "--words", "ru")
        assert done.status == 0
        assert "начинается разговор" in done.out


def test_one_word_in_a_file_is_enough(run: Run, folder: Path) -> None:
    """A file that calls the employee an operator is all it takes."""
    (folder / "house.yaml").write_text("words: {employee: operator}\n")
    done = run("explain", "case.yaml", "--words", "house.yaml")
    assert "The operator answers and hears the message (4.0 s)." in done.out


def test_a_machine_is_written_to_files_of_the_same_names(run: Run, folder: Path) -> None:
    """Files of machines are called the same in every language."""
    for language in ("en", "ru"):
        done = run("draw", "machine", "-f", "md", "-o", f"{language}/", "--words", language)
        assert done.status == 0
    names = [sorted(file.name for file in (folder / one).iterdir()) for one in ("en", "ru")]
    assert names[0] == names[1]
    assert len(names[0]) == 9


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("rus", "rus: no catalogue of this name ships; there is en or ru; did you mean ru?"),
        ("none.yaml", "none.yaml: cannot be read: no such file or directory"),
        ("bad.yaml", "bad.yaml:1: words.employe: unknown key; did you mean employee?"),
    ],
)
def test_words_that_cannot_be_had_are_told_and_nothing_is_written(
    run: Run, folder: Path, words: str, said: str
) -> None:
    """A wrong name or file ends with one message and status 2, and no file is left behind."""
    (folder / "bad.yaml").write_text("words: {employe: operator}\n")
    done = run("draw", "timeline", "case.yaml", "-o", "call.svg", "--words", words)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert not (folder / "call.svg").exists()
