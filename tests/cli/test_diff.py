"""``callflow diff``: what differs, for whom?"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from .conftest import CASE, Run

SWITCH = ("--set", "request.switch_at_once=true")
OTHER = CASE.replace("answers_after: 9", "answers_after: 12")
REFUSED = CASE.replace('contact: "79260000000"', 'contact: "74993720692"')


@pytest.fixture
def other(folder: Path) -> Path:
    (folder / "other.yaml").write_text(OTHER, encoding="utf-8")
    return folder


def flat(text: str) -> str:
    return " ".join(text.split())


# ------------------------------------------------------------------------------------ what is said


def test_one_case_is_compared_with_its_variation(run: Run) -> None:
    done = run("diff", "case.yaml", *SWITCH)
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith(
        "Switched on, both talk 12.5 s earlier; the contact never hears the message.\n\n"
        "contact    message          12.5 s    not played    -12.5 s\n"
    )
    assert "\nA  switch_at_once: false\n" in done.out
    assert "\nB  switch_at_once: true\n" in done.out
    assert done.out.endswith(
        "more       A  callflow explain case.yaml\n"
        "           B  callflow explain case.yaml --set request.switch_at_once=true\n"
    )


def test_two_cases_are_compared_and_called_by_their_files(run: Run, other: Path) -> None:
    assert other.exists()
    done = run("diff", "case.yaml", "other.yaml")
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith(
        "With people.contact.answers_after 12 instead of 9, both talk 3.0 s later."
    )
    assert "\nA  case.yaml\n" in done.out
    assert "\nB  other.yaml\n" in done.out


def test_set_varies_both_of_two_cases(run: Run, other: Path) -> None:
    assert other.exists()
    done = run("diff", "case.yaml", "other.yaml", "--set", "people.contact.answers_after=5")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Nothing differs: A and B are the same case.\n")


def test_standard_input_can_be_either_of_two_cases(run: Run, other: Path) -> None:
    assert other.exists()
    there, back = (
        run("diff", "-", "other.yaml", given=CASE),
        run("diff", "case.yaml", "-", given=OTHER),
    )
    assert there.status == back.status == 1
    assert there.out.splitlines()[0] == back.out.splitlines()[0]
    assert run("diff", "-", *SWITCH, given=CASE).status == 1


# ------------------------------------------------------------------------------------- exit status


def test_the_status_is_0_where_nobody_could_notice_a_difference_and_says_what_is_behind(
    run: Run,
) -> None:
    done = run("diff", "case.yaml", "--set", "request.direction=out")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Nothing differs that anybody lives through; direction has no eff")
    assert "Behind it differ: without effect (only B request.direction)." in done.out


def test_with_a_tts_message_the_switch_makes_no_difference_and_the_text_says_why(
    run: Run, folder: Path
) -> None:
    spoken = CASE.replace('{type: media, value: "237"}', "{type: tts, value: Hello}")
    (folder / "case.yaml").write_text(spoken, encoding="utf-8")
    done = run("diff", "case.yaml", *SWITCH)
    assert done.status == 0
    assert "switch_at_once has no effect here: the contact message is tts" in flat(done.out)


def test_a_picture_has_the_same_status_as_the_text(run: Run, folder: Path) -> None:
    done = run("diff", "case.yaml", *SWITCH, "-o", "x.svg")
    assert (done.status, done.out, done.err) == (1, "", "")
    svg = (folder / "x.svg").read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    for words in ("switch_at_once changes when the conversation begins", "A switch off"):
        assert words in svg
    assert run("diff", "case.yaml", "case.yaml", "-f", "svg").status == 0


@pytest.mark.skipif(find_spec("resvg_py") is None, reason="pip install 'callflow-simulator[png]'")
def test_the_ending_chooses_pixels(run: Run, folder: Path) -> None:
    assert run("diff", "case.yaml", *SWITCH, "-o", "x.png", "--theme", "dark").status == 1
    assert (folder / "x.png").read_bytes().startswith(b"\x89PNG")


def test_a_file_gets_what_a_pipe_would_have_got(run: Run, folder: Path) -> None:
    shown = run("diff", "case.yaml", *SWITCH)
    assert run("diff", "case.yaml", *SWITCH, "-o", "x.txt").status == 1
    assert (folder / "x.txt").read_text(encoding="utf-8") == shown.out


# --------------------------------------------------------------------------------------- bad input


def test_one_case_without_a_variation_is_told_what_is_missing(run: Run) -> None:
    done = run("diff", "case.yaml")
    assert (done.status, done.out) == (2, "")
    assert "name a second one, or vary it with --set PATH=VALUE" in done.err


def test_standard_input_cannot_be_both(run: Run) -> None:
    done = run("diff", "-", "-", given=CASE)
    assert (done.status, done.out) == (2, "")
    assert "can be A or B, not both" in done.err


def test_the_same_file_twice_is_the_same_call(run: Run) -> None:
    assert run("diff", "case.yaml", "./case.yaml").status == 0


def test_the_same_file_twice_with_a_variation_of_both_is_a_slip(run: Run) -> None:
    done = run("diff", "case.yaml", "./case.yaml", *SWITCH)
    assert (done.status, done.out) == (2, "")
    assert "name it once" in done.err


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["missing.yaml", *SWITCH], 2, "missing.yaml: cannot be read"),
        (["case.yaml", "missing.yaml"], 2, "missing.yaml: cannot be read"),
        (["case.yaml", ""], 2, "no such file"),
        (["case.yaml", "--set", "people.contact.answers_aftr=3"], 2, "did you mean answers_after?"),
        (["case.yaml", "--set", "people"], 2, "it wants PATH=VALUE"),
        (["case.yaml", "--set", "request.contact=74993720692"], 3, "one of your own virtual numb"),
        (["case.yaml", "refused.yaml"], 3, "refused.yaml:4: request.contact"),
        (["refused.yaml", "missing.yaml"], 2, "refused.yaml:4: request.contact"),
        (["case.yaml", *SWITCH, "-o", "x.sgv"], 2, "did you mean .svg?"),
        (["case.yaml", *SWITCH, "-o", "no/such.svg"], 2, "no/such.svg: cannot be written"),
        (["case.yaml", *SWITCH, "--account", "missing.yaml"], 2, "missing.yaml: cannot be read"),
        (["case.yaml", "case.yaml", "case.yaml"], 2, "unexpected extra argument"),
        ([], 2, "Missing argument 'A'"),
    ],
)
def test_what_cannot_be_compared_is_told_and_nothing_is_written(
    run: Run, folder: Path, arguments: list[str], status: int, said: str
) -> None:
    (folder / "refused.yaml").write_text(REFUSED, encoding="utf-8")
    done = run("diff", *arguments)
    assert (done.status, done.out) == (status, "")
    assert said in done.err
    assert sorted(path.name for path in folder.iterdir()) == ["case.yaml", "refused.yaml"]


def test_a_file_that_is_wrong_is_told_once(run: Run, folder: Path) -> None:
    (folder / "case.yaml").write_text(CASE.replace("people:", "poeple:"), encoding="utf-8")
    done = run("diff", "case.yaml", *SWITCH)
    assert done.status == 2
    assert done.err.count("did you mean people?") == 1


def test_both_files_that_are_wrong_are_told(run: Run, folder: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (folder / name).write_text(CASE.replace("people:", "poeple:"), encoding="utf-8")
    done = run("diff", "a.yaml", "b.yaml")
    assert done.status == 2
    assert done.err.count("did you mean people?") == 2


def test_a_token_is_never_shown(run: Run, folder: Path) -> None:
    for name, token in (("a.yaml", "5ecretToken01"), ("b.yaml", "5ecretToken02")):
        text = CASE.replace("request:\n", f"request:\n  access_token: {token}\n")
        (folder / name).write_text(text, encoding="utf-8")
    for arguments in (["a.yaml", "b.yaml"], ["a.yaml", "b.yaml", "-f", "svg"], ["a.yaml", *SWITCH]):
        done = run("diff", *arguments)
        assert "5ecret" not in done.out + done.err


def test_control_characters_of_a_user_never_reach_the_terminal(run: Run, folder: Path) -> None:
    text = CASE.replace('value: "237"', 'value: "a\\e[31m\\u202e"')
    (folder / "odd.yaml").write_text(text, encoding="utf-8")
    out = run("diff", "case.yaml", "odd.yaml").out + run("diff", "odd.yaml", *SWITCH).out
    assert all(line.isprintable() for line in out.splitlines())
