"""A recording as it is heard on the line: at another rate, and at a level beside the other sounds.

It knows samples and rates. How long a message lasts is the timeline's affair.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from ...call.loading.recordings import Recording
from .tones import amplitude

if TYPE_CHECKING:
    from .tones import Samples

#: The effective level of speech and music where they sound, and what no sample exceeds.
_LEVEL_DB, _PEAK_DB = -20.0, -6.0
#: A soft recording is not raised by more.
_RAISE_DB = 20.0
#: The level is that of the first minute, in frames; of those, the ones that are not near silence.
_JUDGED_SECONDS = 60
_FRAME_MS = 20
_SOFT = 0.1

#: Half the width of the low-pass, in periods of the lower rate.
_HALF = 16
_BLOCK = 1 << 13


def heard(recording: Recording, rate: int, count: int) -> Samples:
    """At most ``count`` samples of a recording as the line carries it."""
    import numpy as np

    sound = resampled(recording, rate, count)
    judged = sound[: _JUDGED_SECONDS * rate]
    frame = rate * _FRAME_MS // 1000
    frames = judged[: len(judged) // frame * frame].reshape(-1, frame)
    powers = np.mean(frames**2, axis=1) if len(frames) else np.zeros(1)
    loud = powers[powers > _SOFT**2 * powers.max()]
    if not len(loud):
        return sound
    gain = min(amplitude(_LEVEL_DB) / math.sqrt(float(loud.mean())), amplitude(_RAISE_DB))
    gain = min(gain, amplitude(_PEAK_DB) / float(np.abs(sound).max()))
    return sound * gain


def resampled(recording: Recording, rate: int, count: int) -> Samples:
    """At most ``count`` samples of a recording at another rate, by a windowed sinc."""
    import numpy as np

    samples, own = recording.samples, recording.rate
    count = min(count, len(samples) * rate // own)
    if own == rate:
        return samples[:count].astype(np.float64)
    common = math.gcd(own, rate)
    up, down = rate // common, own // common
    kernels = _kernels(up, down)
    reach = kernels.shape[1] // 2
    result = np.empty(count)
    for first in range(0, count, _BLOCK):
        at = np.arange(first, min(first + _BLOCK, count), dtype=np.int64) * down
        base = at // up
        low, high = int(base[0]) - reach + 1, int(base[-1]) + reach + 1
        piece = samples[max(low, 0) : high].astype(np.float64)
        piece = np.pad(piece, (max(-low, 0), high - max(low, 0) - len(piece)))
        places = (base - base[0])[:, None] + np.arange(2 * reach)
        result[first : first + len(at)] = np.einsum("nk,nk->n", piece[places], kernels[at % up])
    return result


@lru_cache(maxsize=8)
def _kernels(up: int, down: int) -> Samples:
    """For each place between two samples, the weights of those around it."""
    import numpy as np

    narrow = min(1.0, up / down)
    reach = math.ceil(_HALF / narrow)
    offsets = np.arange(1 - reach, reach + 1) - np.arange(up)[:, None] / up
    window = 0.5 + 0.5 * np.cos(np.pi * np.clip(offsets / reach, -1, 1))
    kernels: Samples = narrow * np.sinc(offsets * narrow) * window
    kernels /= kernels.sum(axis=1, keepdims=True)
    return kernels
