"""Voices that say nothing: the murmur of a conversation, and what stands for a message.

A voice is a row of syllables: harmonics of its pitch, coloured by a vowel's formants. Who talks in
a conversation and what they say is not known, so it is a murmur as through a wall. A placeholder
for a message is louder and begins every round with two blips, so that nobody takes it for the
message.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...words import Party
from .tones import amplitude, sine, soften

if TYPE_CHECKING:
    from .tones import Samples

#: Vowels by their first three formants, hertz.
_FORMANTS = {
    "a": (750, 1250, 2500),
    "e": (480, 1850, 2550),
    "i": (300, 2200, 2900),
    "o": (500, 900, 2450),
    "u": (330, 750, 2300),
}
_WIDTH = 110.0
#: A sentence: a vowel, how long it is said (ms), how much higher than the voice (percent).
#: Between two syllables there is a short closure, at a comma a longer one.
_SENTENCE = (
    "a170+6 e120+14 o150+8 i110+3 a210-2 , u130+4 a160+12 e140+7 i120+2 o190-4 a240-9 , "
    "e140+8 o120+16 a180+10 u130+4 i150-1 e170-5 a120-7 o280-14 ,"
)
_CLOSURE_MS, _COMMA_MS = 45, 260
_ONSET_MS = 25
_HIGHEST = 3400

#: Pitches, hertz: of the two who talk, and of what stands for the message to either.
_TALKS = {Party.CONTACT: 196, Party.EMPLOYEE: 118}
_READS = {Party.CONTACT: 208, Party.EMPLOYEE: 132}
#: How far through a wall: overtones above this fall off, hertz.
_WALL = 420.0

_BLIP_HERTZ, _BLIP_MS = 1000, 70
_MURMUR_DB, _OWN_VOICE_DB = -30.0, -8.0
_PLACEHOLDER_DB, _BLIP_DB = -22.0, -20.0


def _syllable(vowel: str, pitch: int, count: int, rate: int, wall: float | None) -> Samples:
    import numpy as np

    said = np.zeros(count)
    for number in range(1, min(_HIGHEST, rate // 2 - 1) // pitch + 1):
        hertz = number * pitch
        colour = sum(1 / (1 + ((hertz - f) / _WIDTH) ** 2) for f in _FORMANTS[vowel])
        part = (0.05 + colour) / number**0.5
        if wall is not None:
            part /= 1 + (hertz / wall) ** 3
        said += part * sine(hertz, rate, count)
    soften(said, 0, count, _ONSET_MS * rate // 1000)
    return said / float(np.sqrt(np.mean(said**2)))


@lru_cache(maxsize=16)
def _sentence(voice: int, rate: int, wall: float | None) -> Samples:
    """A sentence of a voice, at an effective level of about 1 while it speaks."""
    import numpy as np

    parts = []
    for word in _SENTENCE.split():
        if word == ",":
            parts.append(np.zeros(_COMMA_MS * rate // 1000))
            continue
        length, higher = int(word[1:4]), int(word[4:])
        pitch = voice * (100 + higher) // 100
        parts.append(_syllable(word[0], pitch, length * rate // 1000, rate, wall))
        parts.append(np.zeros(_CLOSURE_MS * rate // 1000))
    return np.concatenate(parts)


@lru_cache(maxsize=8)
def murmur(party: Party, rate: int) -> Samples:
    """One round of what ``party`` hears of a conversation: the other, then themselves, softer."""
    import numpy as np

    other = _sentence(_TALKS[party.other], rate, _WALL)
    own = _sentence(_TALKS[party], rate, _WALL) * amplitude(_OWN_VOICE_DB)
    contact, employee = (own, other) if party is Party.CONTACT else (other, own)
    return amplitude(_MURMUR_DB) * np.concatenate((employee, contact))


@lru_cache(maxsize=8)
def placeholder(party: Party, rate: int) -> Samples:
    """One round of what stands for the message to ``party``: two blips, and a sentence."""
    import numpy as np

    count = _BLIP_MS * rate // 1000
    blip = amplitude(_BLIP_DB) * 2**0.5 * sine(_BLIP_HERTZ, rate, count)
    soften(blip, 0, count, count // 4)
    pause = np.zeros(count)
    said = amplitude(_PLACEHOLDER_DB) * _sentence(_READS[party], rate, None)
    return np.concatenate((blip, pause, blip, pause, said))
