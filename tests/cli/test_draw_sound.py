"""``callflow draw timeline -o call.wav``: what does each party hear?"""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from .conftest import CASE, Run


def _form(path: Path) -> tuple[int, int, float]:
    """Channels, rate, seconds."""
    with wave.open(str(path)) as file:
        rate = file.getframerate()
        return file.getnchannels(), rate, file.getnframes() / rate


def test_a_call_is_written_as_sound_and_what_is_beside_the_timeline_is_told(
    run: Run, folder: Path
) -> None:
    done = run("draw", "timeline", "case.yaml", "-o", "call.wav")
    assert (done.status, done.out) == (0, "")
    to_employee, to_contact, busy = done.err.splitlines()
    for party, media, line in (("employee", 12, to_employee), ("contact", 237, to_contact)):
        assert line == (
            f"a placeholder stands for the message to the {party}: the case gives no file for "
            f"media {media}"
        )
    assert busy == (
        "the contact hears a busy tone for 2.45 s after the release, which is no part of the "
        "timeline"
    )
    assert _form(folder / "call.wav") == (2, 16_000, 46 + 2.45)


@pytest.mark.parametrize(("party", "seconds"), [("contact", 48.45), ("employee", 46)])
def test_one_party_alone_is_heard_in_both_ears(
    run: Run, folder: Path, party: str, seconds: float
) -> None:
    done = run(
        *["draw", "timeline", "case.yaml", "-o", "call.wav"],
        *["--party", party, "--rate", "8000"],
    )
    assert done.status == 0
    assert "the message to the " + party in done.err
    assert _form(folder / "call.wav") == (1, 8_000, seconds)


def test_telephones_ring_as_in_the_country_that_is_named(run: Run, folder: Path) -> None:
    sounds = []
    for country in ("russia", "uk"):
        assert run("draw", "timeline", "case.yaml", "-o", "x.wav", "--country", country).status == 0
        sounds.append((folder / "x.wav").read_bytes())
    assert sounds[0] != sounds[1]
    done = run("draw", "timeline", "case.yaml", "-o", "x.wav", "--country", "germani")
    assert done.status == 2
    assert "Did you mean germany?" in done.err


@pytest.mark.parametrize(
    "option", [("--party", "contact"), ("--country", "uk"), ("--rate", "8000")]
)
def test_who_listens_means_nothing_to_a_picture(run: Run, option: tuple[str, str]) -> None:
    done = run("draw", "timeline", "case.yaml", "-o", "x.svg", *option)
    assert done.status == 2
    assert "write it to a file that ends in .wav" in done.err


def test_the_media_file_of_the_case_is_heard(run: Run, folder: Path) -> None:
    with wave.open(str(folder / "hello.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(b"\x00\x20\x00\xe0" * 8_000)
    case = CASE.replace("messages: {contact: 12.5, employee: 4}\n", "messages: {employee: 4}\n")
    account = 'account: {media: {"237": {file: hello.wav}, "12": 4}}\n'
    (folder / "case.yaml").write_text(case + account, encoding="utf-8")
    done = run("draw", "timeline", "case.yaml", "-o", "x.wav", "--party", "contact")
    assert done.status == 0
    assert "placeholder" not in done.err


def test_a_call_of_a_day_is_refused_and_nothing_is_written(run: Run, folder: Path) -> None:
    done = run("draw", "timeline", "case.yaml", "-o", "x.wav", *_DAY)
    assert done.status == 2
    assert done.err.startswith("the sound of this call would take 5")
    assert not (folder / "x.wav").exists()


_DAY = (
    *["--set", "people.conversation=86400"],
    *["--set", "people.employee.hangs_up_after="],
)


def test_without_numpy_the_extra_is_named(run: Run, folder: Path) -> None:
    hidden = folder / "hidden"
    hidden.mkdir()
    (hidden / "numpy.py").write_text("raise ImportError", encoding="utf-8")
    root = Path(__file__).parent.parent.parent
    path = {"PYTHONPATH": f"{hidden}:{root}"}
    done = run("draw", "timeline", "case.yaml", "-o", "x.wav", environment=path)
    assert (done.status, done.out) == (2, "")
    assert done.err == "WAV needs numpy; pip install 'callflow-simulator[audio]' brings it\n"
    assert not (folder / "x.wav").exists()
