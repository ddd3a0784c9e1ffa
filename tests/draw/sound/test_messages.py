"""What is heard as a message: the recording itself, a text that is read, or a placeholder."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import struct
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow import Case, MediaFile, simulate
from callflow.call.loading import load_case
from callflow.call.loading.recordings import Recording, recording
from callflow.call.timeline import Timeline
from callflow.draw.sound import speech
from callflow.draw.sound.fitting import resampled
from callflow.draw.sound.sounded import RATES, Hearing, sound
from callflow.draw.sound.speech import NoSpeech, spoken
from callflow.errors import UsageError
from callflow.words import Party
from tests.draw.sound.ear import decibels, heard, level, of, rms

ESPEAK = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="apt install espeak-ng")


def _case(message: dict[str, str], folder: Path | None = None, **rest: object) -> Timeline:
    """The contact, called first, hears a message; then the employee answers."""
    mapping = {
        "request": {
            "virtual_phone_number": "74993720692",
            "contact": "79260000000",
            "first_call": "contact",
            "contact_message": message,
        },
        "people": {"contact": {"answers_after": 1}, "employee": {"answers_after": 30}},
        **rest,
    }
    if folder is None:
        return simulate(Case.from_dict(mapping))
    path = folder / "case.json"
    path.write_text(json.dumps(mapping), encoding="utf-8")
    return simulate(load_case(str(path)))


def _wav(
    path: Path,
    hertz: float,
    seconds: float,
    *,
    rate: int = 44_100,
    channels: int = 1,
    width: int = 2,
    amplitude: float = 0.5,
) -> None:
    values = amplitude * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        whole = np.rint(values * (2 ** (8 * width - 1) - 1)).astype(np.int64)
        data = b"".join(
            (
                struct.pack("B", int(one) + 128)
                if width == 1
                else int(one).to_bytes(width, "little", signed=True)
            )
            * channels
            for one in whole
        )
        file.writeframes(data)


def _message(call: Timeline, **wishes: object) -> np.ndarray:
    """What the contact hears of the message."""
    rate = wishes.get("rate", 16_000)
    assert isinstance(rate, int)
    (one,) = [one for one in call.contact.segments if one.state == "message"]
    return of(call, Party.CONTACT, **wishes)[one.start * rate // 1000 : one.end * rate // 1000]


# ------------------------------------------------------------------------------------ recordings


@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000])
def test_the_file_of_the_case_is_heard_at_its_pitch_whatever_its_form(
    tmp_path, rate, channels, width
):
    _wav(tmp_path / "hello.wav", 700, 0.5, rate=rate, channels=channels, width=width)
    call = _case(
        {"type": "media", "value": "1"}, tmp_path, account={"media": {"1": {"file": "hello.wav"}}}
    )
    message = _message(call, recorder=recording)
    assert len(message) == 8_000
    middle = message[1_600:6_400]
    tone = level(middle, 700, 16_000)
    assert decibels(tone / np.sqrt(2)) == pytest.approx(-20, abs=0.5)
    rest = np.sqrt(max(np.mean(middle**2) - tone**2 / 2, 1e-12))
    assert decibels(rest / tone) < (-35 if width == 1 else -60)
    assert not heard(call, recorder=recording).notes[:-1]  # nothing but the busy tone


@given(
    st.sampled_from([1_000, 8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000]),
    st.sampled_from(RATES),
    st.floats(0.02, 0.38),
)
def test_a_recording_keeps_pitch_and_strength_at_another_rate(own, rate, part):
    hertz = part * min(own, rate)
    samples = np.sin(2 * np.pi * hertz * np.arange(own) / own)
    result = resampled(Recording(samples.astype(np.float32), own, own), rate, 0, rate)
    assert len(result) == rate
    middle = result[rate // 4 : -rate // 4]
    assert level(middle, hertz, rate) == pytest.approx(1, abs=0.02)
    expected = np.sin(2 * np.pi * hertz * np.arange(rate) / rate)[rate // 4 : -rate // 4]
    assert rms(middle - expected) < 0.02


def test_what_a_lower_rate_cannot_carry_is_left_out():
    samples = np.sin(2 * np.pi * 6_500 * np.arange(48_000) / 48_000).astype(np.float32)
    result = resampled(Recording(samples, 48_000, 48_000), 8_000, 0, 8_000)
    assert decibels(rms(result[1_000:-1_000])) < -50


def test_a_recording_longer_than_its_message_is_cut_and_that_is_told(tmp_path):
    _wav(tmp_path / "a.wav", 700, 2)
    call = _case(
        {"type": "media", "value": "1"},
        tmp_path,
        account={"media": {"1": {"file": "a.wav"}}},
        messages={"contact": 1.25},
    )
    (note, _) = heard(call, recorder=recording).notes
    assert (note.kind, note.party, note.at, note.by) == ("message_cut", "contact", 2_250, 750)
    assert str(note) == (
        "what the contact hears as the message is 0.75 s longer than the message: it is cut"
    )
    assert rms(_message(call, recorder=recording)[-800:-100]) > 0.05


def test_a_shorter_one_is_followed_by_silence_and_that_is_told(tmp_path):
    _wav(tmp_path / "a.wav", 700, 1)
    call = _case(
        {"type": "media", "value": "1"},
        tmp_path,
        account={"media": {"1": {"file": "a.wav"}}},
        messages={"contact": 3},
    )
    (note, _) = heard(call, recorder=recording).notes
    assert (note.kind, note.at, note.by) == ("message_padded", 2_000, 2_000)
    message = _message(call, recorder=recording)
    assert rms(message[:15_000]) > 0.05
    assert not message[16_000:].any()


def test_a_message_that_the_call_cuts_short_is_no_matter_of_the_sound(tmp_path):
    _wav(tmp_path / "a.wav", 700, 5)
    call = _case(
        {"type": "media", "value": "1"},
        tmp_path,
        account={"media": {"1": {"file": "a.wav"}}},
        people={"contact": {"answers_after": 1, "hangs_up_after": 2}},
    )
    assert len(_message(call, recorder=recording)) == 32_000
    assert not heard(call, recorder=recording).notes


def test_loud_and_soft_recordings_are_heard_alike_and_silence_stays_silence(tmp_path):
    levels = []
    for amplitude in (1.0, 0.06, 0.0):
        _wav(tmp_path / "a.wav", 700, 1, amplitude=amplitude)
        call = _case(
            {"type": "media", "value": "1"}, tmp_path, account={"media": {"1": {"file": "a.wav"}}}
        )
        levels.append(decibels(rms(_message(call, recorder=recording))))
    assert levels[:2] == pytest.approx([-20, -20], abs=0.5)
    assert levels[2] < -150


def test_a_message_without_a_file_has_a_placeholder_that_says_so():
    call = _case({"type": "media", "value": "237"}, messages={"contact": 7})
    (note, _) = heard(call).notes
    assert str(note) == (
        "a placeholder stands for the message to the contact: the case gives no file for media 237"
    )
    message = _message(call)
    assert len(message) == 7 * 16_000
    blips = [message[at : at + 1_120] for at in (0, 2_240)]
    assert all(decibels(level(blip, 1_000, 16_000)) > -22 for blip in blips)
    assert rms(message[1_150:2_200]) < 1e-3
    assert rms(message[-16_000:]) > 0.01  # to its end


def test_nothing_is_read_that_is_not_heard():
    asked: list[int] = []

    def recorder(_media: MediaFile, longest: int) -> None:
        asked.append(longest)

    case = {"type": "media", "value": "1"}
    heard(_case(case, people={"contact": "no_answer"}), recorder=recorder, party="contact")
    assert not asked
    call = _case(
        case,
        people={"contact": {"answers_after": 1, "hangs_up_after": 2}},
        account={"media": {"1": 50}},
    )
    heard(call, recorder=recorder)
    assert asked == [2_000]


def test_of_a_file_no_more_is_read_than_is_asked_for(tmp_path):
    _wav(tmp_path / "a.wav", 700, 3, rate=8_000)
    found = recording(MediaFile(length=3_000, file=str(tmp_path / "a.wav")), 500)
    assert found is not None
    assert (len(found.samples), found.whole, found.length) == (4_001, 24_000, 3_000)


def test_a_file_that_went_away_or_is_no_sound_is_told(tmp_path):
    path = tmp_path / "a.wav"
    media = MediaFile(length=1_000, file=str(path))
    with pytest.raises(UsageError, match=r"a\.wav: cannot be read: no such file"):
        recording(media, 1_000)
    path.write_bytes(b"no sound")
    with pytest.raises(UsageError, match=r"a\.wav: is no (PCM WAV file|sound)"):
        recording(media, 1_000)
    assert recording(MediaFile(length=1_000), 1_000) is None


# ---------------------------------------------------------------------------- texts that are read


def _text(text: str, **rest: object) -> Timeline:
    return _case({"type": "tts", "value": text}, **rest)


_LONG = "Good afternoon, this is the service desk. Your order is ready, please hold the line."


@ESPEAK
@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        (_LONG, (4.5, 5.0, 6.0)),
        ("Добрый день, ваш заказ готов, оставайтесь на линии.", (3.0, 3.5, 4.0)),
    ],
    ids=["English", "Russian"],
)
def test_a_text_is_read_at_a_pace_that_fits_its_length(text, lengths):
    for seconds in lengths:
        call = _text(text, messages={"contact": seconds})
        notes = {note.kind: note for note in sound(call).notes}
        assert "no_speech" not in notes
        assert "message_cut" not in notes
        assert "message_padded" not in notes or notes["message_padded"].by < 300
        message = _message(call, speaker=spoken)
        assert len(message) == seconds * 16_000
        assert -30 < decibels(rms(message)) < -19


@ESPEAK
def test_a_text_that_no_pace_fits_is_cut_or_followed_by_silence():
    short, long_ = _text(_LONG, messages={"contact": 1}), _text("Hello.", messages={"contact": 9})
    assert {note.kind for note in sound(short).notes} >= {"message_paced", "message_cut"}
    assert {note.kind for note in sound(long_).notes} >= {"message_paced", "message_padded"}
    assert not _message(long_, speaker=spoken)[-5 * 16_000 :].any()


@ESPEAK
@pytest.mark.parametrize(
    "text",
    [
        "--help",
        "-w /dev/null hello",
        "[[h@'loU]]",
        "$(echo hello)",
        "<speak>hi</speak>",
        "a\x00b\nc",
    ],
)
def test_a_text_is_only_ever_text(text):
    read = spoken(text, 3_000)
    assert 100 < read.recording.length < 6_000


@ESPEAK
def test_the_same_text_is_read_the_same_each_time():
    call = _text(_LONG)
    first = sound(call).wav()
    speech._read.cache_clear()
    assert sound(call).wav() == first


@ESPEAK
def test_a_text_without_a_word_or_without_end_has_a_placeholder():
    for text, why in (("...", "nothing that can be spoken"), ("a " * 6_000, "10000 characters")):
        with pytest.raises(NoSpeech, match=why):
            spoken(text, 1_000)


def _program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program of that name that does something else."""
    path = folder / "espeak-ng"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("exit 3", "espeak-ng failed: .* 3"),
        ("echo no sound", "espeak-ng wrote no sound"),
        ("exec tail -f /dev/null", "espeak-ng took longer than"),
    ],
)
def test_a_speech_engine_that_fails_or_hangs_leaves_a_placeholder(
    tmp_path, monkeypatch, script, why
):
    monkeypatch.setattr(speech, "_TIMEOUT_SECONDS", 1)
    _program(tmp_path, script, monkeypatch)
    (note, _) = sound(_text("Hello")).notes
    assert note.kind == "no_speech"
    assert re.search(why, str(note))


def test_without_a_speech_engine_a_placeholder_stands_for_the_text(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    call = _text(_LONG, messages={"contact": 6})
    found = sound(call, Hearing(party="contact"))
    (said,) = [str(note) for note in found.notes if note.kind != "busy_tone"]
    assert said == (
        "a placeholder stands for the text that is read to the contact: espeak-ng is not "
        "installed, which would read it"
    )
    alone = heard(call, party="contact").samples(Party.CONTACT)
    assert np.array_equal(found.samples(Party.CONTACT), alone)
