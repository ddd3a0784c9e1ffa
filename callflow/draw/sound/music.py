"""The dialing music: a melody of our own that comes round without a seam.

The notes stand here as they would on paper; a music box plays them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .tones import amplitude, edge_of, sine, soften

if TYPE_CHECKING:
    from .tones import Samples

_BEAT_MS = 560
#: Four bars of four beats: a note and its beats.
_TUNE = (
    "E5 1  G5 1  A5 1.5  G5 .5",
    "E5 1  D5 1  E5 2",
    "A4 1  C5 1  D5 1.5  F5 .5",
    "E5 .5  D5 .5  B4 1  G4 2",
)
#: Under each bar a chord, broken into eighths.
_CHORDS = ("C4 G4 E4 G4", "A3 E4 C4 E4", "F3 C4 A3 C4", "G3 D4 B3 D4")

#: A string of the music box: its overtones, by amplitude, and how many beats it sings.
_OVERTONES = (1.0, 0.3, 0.1)
_SINGS = 2.5
_TUNE_PART, _CHORD_PART = 1.0, 0.4
_LEVEL_DB = -22.0

_STEPS = {"C": -9, "D": -7, "E": -5, "F": -4, "G": -2, "A": 0, "B": 2}


class _Tone(NamedTuple):
    beat: float
    hertz: int
    loud: float


def _hertz(name: str) -> int:
    """The whole hertz nearest to a note."""
    steps = _STEPS[name[0]] + 12 * (int(name[1]) - 4)
    return round(440.0 * float(2.0 ** (steps / 12)))


def _tones() -> Iterator[_Tone]:
    for bar, (tune, chord) in enumerate(zip(_TUNE, _CHORDS, strict=True)):
        words, beat = tune.split(), 4.0 * bar
        for name, beats in zip(words[::2], words[1::2], strict=True):
            yield _Tone(beat, _hertz(name), _TUNE_PART)
            beat += float(beats)
        for eighth, name in enumerate(chord.split() * 2):
            yield _Tone(4.0 * bar + eighth / 2, _hertz(name), _CHORD_PART)


@lru_cache(maxsize=4)
def melody(rate: int) -> Samples:
    """One round of the melody; what still sings at its end goes on at its beginning."""
    import numpy as np

    beat = _BEAT_MS * rate // 1000
    round_ = np.zeros(4 * len(_TUNE) * beat)
    sings = int(_SINGS * beat)
    fading = (1.0 - np.arange(sings) / sings) ** 3
    for tone in _tones():
        string = np.zeros(sings)
        for number, part in enumerate(_OVERTONES, 1):
            string += part * sine(number * tone.hertz, rate, sings)
        string *= fading * tone.loud
        soften(string, 0, sings, edge_of(rate))
        places = (int(tone.beat * beat) + np.arange(sings)) % len(round_)
        round_[places] += string
    return round_ * (amplitude(_LEVEL_DB) / float(np.sqrt(np.mean(round_**2))))
