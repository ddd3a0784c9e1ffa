"""A text read aloud by espeak-ng, where that is installed: offline, in a process of its own.

The text goes to its standard input and nowhere else, so no shell and no option ever sees it. The
voice is not the platform's; what a case says of a message's length stays in force.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ...call.loading.recordings import Recording
from ...units import Milliseconds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PROGRAM = "espeak-ng"
#: Words a minute: as it reads by itself, and how far a text is hurried or drawn out to fit.
USUAL, SLOWEST, FASTEST = 175, 130, 260
#: A reading that falls short of its length by less than this part is left alone; how near to its
#: length it is brought, since a pause is better than a word cut off; how often that is tried.
_NEAR_ENOUGH, _AIM, _TRIES = 0.03, 0.985, 3
#: A longer text is not read.
LONGEST_TEXT = 10_000
_TIMEOUT_SECONDS = 20
#: What is softer is taken for silence before and after the speech.
_SILENCE = 0.002

#: The voice for an alphabet: the first and last of its letters.
_VOICES = (("Ѐ", "ӿ", "ru"),)
_DEFAULT_VOICE = "en"


class NoSpeech(Exception):
    """The text cannot be read aloud here; the text of the error says why."""


class Spoken(NamedTuple):
    """A text as it was read.

    Attributes:
        pace: words a minute.
    """

    recording: Recording
    pace: int


def spoken(text: str, length: Milliseconds) -> Spoken:
    """A text, read at the pace that fits ``length`` best.

    Raises:
        NoSpeech: there is no espeak-ng, or it does not do it.
    """
    import shutil

    program = shutil.which(PROGRAM)
    if program is None:
        raise NoSpeech(f"{PROGRAM} is not installed, which would read it")
    if len(text) > LONGEST_TEXT:
        raise NoSpeech(f"it has more than {LONGEST_TEXT} characters (a limit of ours)")
    pace, reading = USUAL, _read(program, text, USUAL)
    for _ in range(_TRIES):
        fit = reading.length / max(length, 1)
        if 1 - _NEAR_ENOUGH <= fit <= 1:
            break
        better = round(min(max(pace * fit / _AIM, SLOWEST), FASTEST))
        if better == pace:
            break
        pace, reading = better, _read(program, text, better)
    return Spoken(reading, pace)


def _voice(text: str) -> str:
    for first, last, voice in _VOICES:
        if any(first <= letter <= last for letter in text):
            return voice
    return _DEFAULT_VOICE


def _plain(text: str) -> str:
    """The text without what espeak-ng takes for anything but text: controls, [[phonemes]]."""
    printed = "".join(letter if letter.isprintable() else " " for letter in text)
    return printed.replace("[[", "[ [").replace("]]", "] ]")


@lru_cache(maxsize=16)
def _read(program: str, text: str, pace: int) -> Recording:
    import io
    import subprocess
    import wave

    import numpy as np

    command = [program, "--stdin", "--stdout", "-b", "1", "-v", _voice(text), "-s", str(pace)]
    try:
        done = subprocess.run(  # noqa: S603 - a program found on the path, and options of ours
            command,
            input=_plain(text).encode("utf-8", "replace"),
            capture_output=True,
            check=True,
            timeout=_TIMEOUT_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise NoSpeech(f"{PROGRAM} took longer than {_TIMEOUT_SECONDS} s") from None
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoSpeech(f"{PROGRAM} failed: {error}") from None
    try:
        with wave.open(io.BytesIO(done.stdout)) as sound:  # its header does not know the length
            rate, data = sound.getframerate(), sound.readframes(len(done.stdout))
            if sound.getnchannels() != 1 or sound.getsampwidth() != 2:
                raise NoSpeech(f"{PROGRAM} wrote what cannot be read")
    except (wave.Error, EOFError) as error:
        raise NoSpeech(f"{PROGRAM} wrote no sound: {error}") from None
    pcm = np.frombuffer(data[: len(data) // 2 * 2], "<i2")
    samples = _trimmed(pcm.astype(np.float32) / np.float32(32768))
    return Recording(samples, rate, len(samples))


def _trimmed(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Without the silence before and after."""
    import numpy as np

    loud = np.flatnonzero(np.abs(samples) > _SILENCE)
    if not len(loud):
        raise NoSpeech("it has nothing that can be spoken")
    return samples[loud[0] : loud[-1] + 1]
