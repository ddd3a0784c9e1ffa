"""A recording as it is heard on the line: at another rate, and at a level beside the other sounds.

It knows samples and rates, and computes no more of them than is asked for. How long a message lasts
is the timeline's affair.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import frozen

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


@frozen(eq=False)
class OnTheLine:
    """A recording at ``rate``, and ``gain`` times as loud; silence follows."""

    recording: Recording
    rate: int
    gain: float

    @classmethod
    def balanced(cls, recording: Recording, rate: int) -> OnTheLine:
        """As loud as other recordings are."""
        return cls(recording, rate, _gain(recording))

    def taken(self, first: int, last: int) -> Samples:
        """The samples from ``first`` to before ``last``."""
        import numpy as np

        most = amplitude(_PEAK_DB)  # between two samples the low-pass may exceed both
        return np.clip(resampled(self.recording, self.rate, first, last) * self.gain, -most, most)


def _gain(recording: Recording) -> float:
    import numpy as np

    samples, frame = recording.samples, recording.rate * _FRAME_MS // 1000
    judged = samples[: _JUDGED_SECONDS * recording.rate]
    if len(judged) < frame:
        frame = max(len(judged), 1)
    frames = judged[: len(judged) // frame * frame].reshape(-1, frame).astype(np.float64)
    powers = np.mean(frames**2, axis=1)
    loudest = float(powers.max(initial=0))
    if not loudest:
        return 1.0
    loud = math.sqrt(float(powers[powers > _SOFT**2 * loudest].mean()))
    peak = float(max(samples.max(), -samples.min()))
    return min(
        amplitude(_LEVEL_DB) / loud, amplitude(_RAISE_DB), amplitude(_PEAK_DB) / max(peak, loud)
    )


def resampled(recording: Recording, rate: int, first: int, last: int) -> Samples:
    """The samples from ``first`` to before ``last`` at another rate, by a windowed sinc.

    A sample lies at one of a few places between two of the recording, and there are weights for
    each place; those at the same place are computed together.
    """
    import numpy as np

    samples, own = recording.samples, recording.rate
    result = np.zeros(last - first)
    there = result[: max(len(samples) * rate // own - first, 0)]
    if not len(there):
        return result
    if own == rate:
        there[:] = samples[first:last]
        return result
    common = math.gcd(own, rate)
    up, down = rate // common, own // common
    kernels = _kernels(up, down)
    reach = kernels.shape[1] // 2
    low = first * down // up - reach + 1
    high = (first + len(there) - 1) * down // up + reach + 1
    piece = samples[max(low, 0) : max(high, 0)].astype(np.float64)
    piece = np.pad(piece, (max(-low, 0), high - max(low, 0) - len(piece)))
    around = np.lib.stride_tricks.sliding_window_view(piece, 2 * reach)
    for begin in range(min(up, len(there))):
        at = (first + begin) * down
        same = there[begin::up]
        same[:] = around[at // up - reach + 1 - low :: down][: len(same)] @ kernels[at % up]
    return result


@lru_cache(maxsize=4)
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
