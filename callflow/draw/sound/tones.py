"""Tones: sines of whole hertz, soft edges, the digits of a telephone.

Whole hertz make every tone a walk through one table of a second, so a tone keeps its pitch exactly
however long it sounds, and its samples are the same wherever they are computed. The module knows
samples and rates, and nothing of calls.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from .countries import Cadence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    #: Full scale is 1. Those that are kept must not be written to.
    Samples = NDArray[np.float64]

#: Samples a second that can be asked for; each is a whole number a millisecond.
RATES = (8_000, 16_000, 48_000)
RATE = 16_000

#: How long an edge takes to rise or fall: short for an ear, and long enough not to click.
EDGE_MS = 5

#: ITU-T Q.23: a digit is one frequency of its row and one of its column.
_LOW, _HIGH = (697, 770, 852, 941), (1209, 1336, 1477)
DTMF: dict[str, tuple[int, int]] = {
    digit: (_LOW[place // 3], _HIGH[place % 3]) for place, digit in enumerate("123456789*0#")
}
#: The high group is 2 dB stronger: lines take more from it.
_LOW_DB, _HIGH_DB = -12.0, -10.0

#: Each of a cadence's tones together.
_CADENCE_DB = -16.0


def amplitude(decibels: float) -> float:
    """The amplitude of so many decibels below full scale."""
    return float(10.0 ** (decibels / 20))


@lru_cache(maxsize=4)
def _sines(rate: int) -> Samples:
    import numpy as np

    return np.array([math.sin(math.tau * place / rate) for place in range(rate)])


def sine(hertz: int, rate: int, count: int) -> Samples:
    """The first samples of a tone of amplitude 1 that begins at 0."""
    import numpy as np

    return _sines(rate)[np.arange(count, dtype=np.int64) * hertz % rate]


@lru_cache(maxsize=64)
def _rise(count: int) -> Samples:
    """A raised cosine, from nothing to all."""
    import numpy as np

    return np.array([0.5 - 0.5 * math.cos(math.pi * (n + 0.5) / count) for n in range(count)])


def soften(samples: Samples, first: int, length: int, edge: int) -> None:
    """Let what lasts ``length`` samples rise at its beginning and fall at its end, inside of it.

    Args:
        samples: those of it from ``first`` on; they are changed.
        edge: how many samples an edge takes; half of it at most.
    """
    edge = min(edge, length // 2)
    rise = _rise(edge)
    if first < edge:
        head = min(edge - first, len(samples))
        samples[:head] *= rise[first : first + head]
    begins = length - edge - first
    if begins < len(samples):
        tail = max(begins, 0)
        samples[tail:] *= rise[::-1][tail - begins : len(samples) - begins]


def edge_of(rate: int) -> int:
    """How many samples an edge takes."""
    return rate * EDGE_MS // 1000


@lru_cache(maxsize=16)
def cadence(tones: Cadence, rate: int) -> Samples:
    """One round of a cadence; each sound in it begins anew, with soft edges."""
    import numpy as np

    level = amplitude(_CADENCE_DB) / math.sqrt(len(tones.hertz))
    parts = []
    for place, length in enumerate(tones.pattern):
        count = length * rate // 1000
        part = np.zeros(count)
        if place % 2 == 0:
            for hertz in tones.hertz:
                part += level * sine(hertz, rate, count)
            soften(part, 0, count, edge_of(rate))
        parts.append(part)
    return np.concatenate(parts)


@lru_cache(maxsize=48)
def digit(name: str, rate: int, count: int) -> Samples:
    """A digit of a telephone, with hard edges."""
    low, high = DTMF[name]
    return amplitude(_LOW_DB) * sine(low, rate, count) + amplitude(_HIGH_DB) * sine(
        high, rate, count
    )
