"""How long a media file plays: a PCM WAV file that stands in the case's folder or below."""

from __future__ import annotations

import os
from typing import BinaryIO

from ...units import LONGEST, Milliseconds
from .files import NoFile, open_regular


class Unplayable(Exception):
    """A file that cannot be a media file; the text says why."""


def measured(name: str, folder: str | None) -> tuple[str, Milliseconds]:
    """The real path of a file and how long it plays, rounded half-even to milliseconds.

    Args:
        folder: of the case; None: it has none (it was made in Python), and any file will do.

    Raises:
        Unplayable: it is no regular PCM WAV file inside the folder or below.
    """
    try:
        path = os.path.realpath(os.path.join(folder or "", name))
        if folder is not None:
            home = os.path.realpath(folder)
            if os.path.commonpath([home, path]) != home:
                raise Unplayable("lies outside the folder of the case")
    except (OSError, ValueError):  # a NUL in the name, another drive, a circle of links
        raise Unplayable("is no file inside the folder of the case") from None
    try:
        with open_regular(path) as file:
            return path, _length(file)
    except NoFile as error:
        raise Unplayable(str(error)) from None


def _length(file: BinaryIO) -> Milliseconds:
    import wave

    try:
        with wave.open(file, "rb") as sound:
            frames, rate = sound.getnframes(), sound.getframerate()
            size = sound.getnchannels() * sound.getsampwidth()
            sound.setpos(max(frames - 1, 0))
            whole_sound = len(sound.readframes(1)) == size
    except (wave.Error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise Unplayable(f"is no PCM WAV file ({str(error) or 'it ends too early'})") from None
    if frames and not whole_sound:
        raise Unplayable("is cut short: it has less sound than it says")
    if rate <= 0:
        raise Unplayable("is no PCM WAV file (no frames a second)")
    whole, rest = divmod(frames * 1000, rate)
    length = whole + (2 * rest > rate or (2 * rest == rate and whole % 2 == 1))
    if not 1 <= length <= LONGEST:
        raise Unplayable(f"plays {length / 1000} s; a media file plays 0.001 s to a day")
    return length
