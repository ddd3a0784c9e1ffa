"""An ear of our own: a call's sound measured, by nothing that made it.

Files are read by the standard library, tones by their correlation with a sine and a cosine
(Goertzel's filter), and tones with soft edges are made once more, in another way.
"""

from __future__ import annotations

import io
import math
import wave

import numpy as np

from callflow.call.timeline import Timeline
from callflow.draw.sound.sounded import Hearing, Sounded, sound
from callflow.draw.sound.speech import NoSpeech
from callflow.words import Party

FULL = 32_767
#: What the beginning of a soft edge may be, in steps of 16 bits.
SOFT = 6


def no_speech(_text: str, _length: int) -> None:
    """Nobody reads: a placeholder stands for every text, on every machine."""
    raise NoSpeech("nobody reads here")


def heard(call: Timeline, **wishes: object) -> Sounded:
    """The sound of a call with nobody reading."""
    return sound(call, Hearing(**{"speaker": no_speech, **wishes}))


def channels(data: bytes) -> tuple[int, np.ndarray]:
    """Rate and samples (frames by channels, full scale is 1) of a WAV file."""
    with wave.open(io.BytesIO(data)) as file:
        assert file.getsampwidth() == 2
        frames = file.readframes(file.getnframes())
        assert len(frames) == file.getnframes() * 2 * file.getnchannels()
        samples = np.frombuffer(frames, "<i2").reshape(-1, file.getnchannels())
        return file.getframerate(), samples / FULL


def level(samples: np.ndarray, hertz: float, rate: int) -> float:
    """The amplitude of a frequency in samples."""
    phase = 2 * np.pi * hertz * np.arange(len(samples)) / rate
    real, imaginary = samples @ np.cos(phase), samples @ np.sin(phase)
    return 2 * math.hypot(real, imaginary) / len(samples)


def decibels(amplitude: float) -> float:
    """Below full scale."""
    return 20 * math.log10(max(amplitude, 1e-9))


def rms(samples: np.ndarray) -> float:
    """The effective value."""
    return float(np.sqrt(np.mean(np.square(samples)))) if len(samples) else 0.0


def tone(hertz: tuple[int, ...], amplitude: float, length: float, rate: int) -> np.ndarray:
    """Tones together for ``length`` seconds, from phase 0, with edges of 5 ms inside."""
    count = round(length * rate)
    time = np.arange(count) / rate
    sum_ = sum(amplitude * np.sin(2 * np.pi * one * time) for one in hertz)
    return np.asarray(sum_ * envelope(count, rate))


def envelope(count: int, rate: int) -> np.ndarray:
    """A raised cosine of 5 ms at both ends, shorter where there is no room."""
    edge = min(rate * 5 // 1000, count // 2)
    shape = np.ones(count)
    rise = np.sin(np.pi / 2 * (np.arange(edge) + 0.5) / max(edge, 1)) ** 2
    shape[:edge] *= rise
    shape[count - edge :] *= rise[::-1]
    return shape


def ringing(hertz: tuple[int, ...], pattern: tuple[float, ...], length: float, rate: int):
    """A telephone that rings for ``length`` seconds, and is stopped."""
    count = round(length * rate)
    amplitude = 10 ** (-16 / 20) / math.sqrt(len(hertz))
    once = [
        tone(hertz, amplitude, part, rate) if place % 2 == 0 else np.zeros(round(part * rate))
        for place, part in enumerate(pattern)
    ]
    rings = np.concatenate(once * (math.ceil(length / sum(pattern)) or 1))[:count]
    return rings * envelope(count, rate)


def alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether samples are the same, but for the last step of 16 bits."""
    return one.shape == other.shape and bool(np.all(np.abs(one - other) < 1.5 / FULL))


def of(call: Timeline, party: Party, **wishes: object) -> np.ndarray:
    """What a party hears, full scale is 1."""
    return heard(call, **wishes).samples(party) / FULL
