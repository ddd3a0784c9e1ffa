"""The sound in a media file, as an array (extra ``audio``).

PCM WAV is read by the standard library; what else a `MediaFile` made in Python may name, by
soundfile where that is installed. A case file names PCM WAV alone (`media` sees to it). How it is
used, and at which level, is no affair of the reader.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from ...api.account import MediaFile
from ...errors import UsageError, printable
from ...units import Milliseconds
from .files import NoFile, open_regular

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Frames a second of a file that can be used.
SLOWEST, FASTEST = 1_000, 192_000
_BLOCK = 1 << 18


class Recording(NamedTuple):
    """Sound.

    Attributes:
        samples: one channel, full scale is 1; of several channels their mean.
        rate: samples a second.
        whole: how many samples it has altogether, those that were not asked for included.
    """

    samples: NDArray[np.float32]
    rate: int
    whole: int

    @property
    def length(self) -> Milliseconds:
        """How long all of it plays."""
        return round(self.whole * 1000 / self.rate)


def recording(media: MediaFile, longest: Milliseconds) -> Recording | None:
    """The sound of a media file; None: the account names no file, only how long it plays.

    Args:
        longest: no more is read.

    Raises:
        UsageError: the file cannot be read, or is no sound.
    """
    if media.file is None:
        return None
    try:
        with open_regular(media.file) as file:
            return _pcm(file, longest)
    except NoFile as error:
        raise UsageError(f"{printable(media.file)}: {error}") from None
    except _NoPcm as error:
        return _other(media.file, longest, str(error))


class _NoPcm(Exception):
    """It is no PCM WAV file; the text says why."""


def _pcm(file: BinaryIO, longest: Milliseconds) -> Recording:
    import wave

    import numpy as np

    try:
        with wave.open(file, "rb") as sound:
            channels, width = sound.getnchannels(), sound.getsampwidth()
            rate, whole = sound.getframerate(), sound.getnframes()
            _checked(rate)
            samples = np.zeros(min(whole, longest * rate // 1000 + 1), np.float32)
            read = 0
            while read < len(samples):
                data = sound.readframes(min(len(samples) - read, _BLOCK))
                frames = len(data) // (channels * width)
                if not frames:
                    break
                data = data[: frames * channels * width]
                samples[read : read + frames] = _mono(data, channels, width)
                read += frames
    except (wave.Error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise _NoPcm(str(error) or "it ends too early") from None
    return Recording(samples[:read], rate, whole)


def _checked(rate: int) -> None:
    if not SLOWEST <= rate <= FASTEST:
        raise ValueError(f"{rate} frames a second; it can be {SLOWEST} to {FASTEST}")


def _mono(data: bytes, channels: int, width: int) -> NDArray[np.float32]:
    """PCM, little-endian: 8 bits count from 128, the wider ones have a sign."""
    import numpy as np

    raw = np.frombuffer(data, np.uint8).reshape(-1, width)
    if width == 1:
        values = raw[:, 0].astype(np.float32) / np.float32(128) - np.float32(1)
    else:
        wide = np.zeros((len(raw), 4), np.uint8)  # the upper bytes of 32 bits
        wide[:, 4 - min(width, 4) :] = raw[:, -4:]
        values = wide.view("<i4")[:, 0].astype(np.float32) / np.float32(2**31)
    mean: NDArray[np.float32] = values.reshape(-1, channels).mean(axis=1, dtype=np.float32)
    return mean


def _other(path: str, longest: Milliseconds, why: str) -> Recording:
    import numpy as np

    name = printable(path)
    try:
        soundfile = import_module("soundfile")
    except (ImportError, OSError):
        raise UsageError(
            f"{name}: is no PCM WAV file ({why}); with pip install soundfile other formats are "
            "read too"
        ) from None
    try:
        with soundfile.SoundFile(path) as sound:
            _checked(sound.samplerate)
            read = sound.read(longest * sound.samplerate // 1000 + 1, "float32", always_2d=True)
            mean = np.asarray(read, np.float32).mean(axis=1, dtype=np.float32)
            return Recording(mean, sound.samplerate, sound.frames)
    except (RuntimeError, OSError, ValueError) as error:
        raise UsageError(f"{name}: is no sound that can be read: {printable(str(error))}") from None
