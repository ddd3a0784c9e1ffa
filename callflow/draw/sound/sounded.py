"""A call in samples: of one party, for a span, or as a whole WAV file.

Nothing is computed before it is asked for, and then block by block, so a long call takes no more
memory than what is wanted of it. A millisecond is a whole number of samples at every rate, so what
begins in the timeline begins in the sound at that very sample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO, Literal

from attrs import field, frozen

from ...api.account import MediaFile
from ...call.loading.recordings import Recording
from ...call.plan import message_length
from ...call.timeline import Timeline
from ...errors import UsageError, either, printable
from ...units import Milliseconds
from ...words import MessageType, Party
from .countries import COUNTRIES, Country, country_of
from .notes import Note, NoteKind
from .score import Heard, Score, score
from .speech import USUAL, NoSpeech, Spoken, spoken
from .tones import RATE, RATES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .tones import Samples

#: A sound that takes more bytes is refused. At 16 kHz in stereo these are 69 minutes.
LARGEST = 256 * 1024 * 1024
_BYTES = 2
_BLOCK_MS: Milliseconds = 5_000

#: While a digit sounds, the rest is so much softer.
_UNDER_A_DIGIT = 0.3
_FULL = 32_767

#: Gives the sound of a media file, no more than so many milliseconds of it; None: there is none.
Recorder = Callable[[MediaFile, Milliseconds], Recording | None]
#: Reads a text, to fit so many milliseconds.
Speaker = Callable[[str, Milliseconds], Spoken]


def _no_file(_media: MediaFile, _longest: Milliseconds) -> None:
    return None


@frozen(kw_only=True)
class Hearing:
    """How a call is listened to.

    Attributes:
        party: whose ear; ``both``: the contact's left, the employee's right.
        country: how telephones ring.
        rate: samples a second.
        recorder: where media files come from (`call.loading.recordings.recording` reads them);
            left out, no file is read.
        speaker: what reads texts, raising `NoSpeech` if it cannot.
    """

    party: Literal["contact", "employee", "both"] = "both"
    country: str = next(iter(COUNTRIES))
    rate: int = RATE
    recorder: Recorder = _no_file
    speaker: Speaker = spoken

    @property
    def parties(self) -> tuple[Party, ...]:
        """Who is listened to; with both, the left ear first."""
        return tuple(Party) if self.party == "both" else (Party(self.party),)


#: Gives the samples of a sound from one to before another, to be written to.
_Source = Callable[[int, int], "Samples"]


def _again(samples: Samples) -> _Source:
    """What comes round."""

    def taken(first: int, last: int) -> Samples:
        import numpy as np

        return np.asarray(samples[np.arange(first, last) % len(samples)])

    return taken


@frozen(eq=False)
class _Channel:
    """What one party hears, ready to be computed."""

    score: Score
    rate: int
    sources: Mapping[Heard, _Source]

    def samples(self, first: int, last: int) -> NDArray[np.int16]:
        """The samples from ``first`` to before ``last``."""
        import numpy as np

        from .tones import digit, edge_of, soften

        mix = np.zeros(last - first)
        edge, per_ms = edge_of(self.rate), self.rate // 1000
        for stretch in self.score.stretches:
            start, end = stretch.start * per_ms, stretch.end * per_ms
            low, high = max(start, first), min(end, last)
            if low >= high:
                continue
            part = self.sources[stretch.heard](low - start, high - start)
            soften(part, low - start, end - start, edge)
            mix[low - first : high - first] = part
        for one in self.score.digits:
            start, end = one.start * per_ms, one.end * per_ms
            low, high = max(start, first), min(end, last)
            if low >= high:
                continue
            part = digit(one.digit, self.rate, end - start)[low - start : high - start].copy()
            under = np.ones(high - low)
            for shape in (part, under):
                soften(shape, low - start, end - start, edge)
            here = slice(low - first, high - first)
            mix[here] *= 1 - (1 - _UNDER_A_DIGIT) * under
            mix[here] += part
        return np.rint(mix * _FULL).astype(np.int16)


@frozen(kw_only=True, eq=False)
class Sounded:
    """The sound of a call.

    Attributes:
        parties: whose ears; of two, the left one first.
        rate: samples a second and party.
        length: milliseconds, with what follows the release.
        notes: what the sound does beside the timeline.
    """

    parties: tuple[Party, ...]
    rate: int
    length: Milliseconds
    notes: tuple[Note, ...]
    _channels: Mapping[Party, _Channel] = field(repr=False, alias="channels")

    def samples(
        self, party: Party, start: Milliseconds = 0, end: Milliseconds | None = None
    ) -> NDArray[np.int16]:
        """What ``party`` hears in a span of the call; left out, from the beginning to the end.

        Raises:
            UsageError: it is not one of ``parties``.
        """
        if party not in self._channels:
            raise UsageError(f"the {party} is not listened to")
        first = min(max(start, 0), self.length)
        last = self.length if end is None else min(max(end, first), self.length)
        per_ms = self.rate // 1000
        return self._channels[party].samples(first * per_ms, last * per_ms)

    def blocks(self) -> Iterator[bytes]:
        """The frames of all ears, 16 bits little-endian, a few seconds at a time."""
        import numpy as np

        for start in range(0, self.length, _BLOCK_MS):
            ears = [self.samples(party, start, start + _BLOCK_MS) for party in self.parties]
            yield np.stack(ears, axis=1).astype("<i2").tobytes()

    def write(self, file: BinaryIO) -> None:
        """Write a WAV file."""
        import wave

        with wave.open(file, "wb") as sound:
            sound.setnchannels(len(self.parties))
            sound.setsampwidth(_BYTES)
            sound.setframerate(self.rate)
            sound.setnframes(self.length * self.rate // 1000)
            for block in self.blocks():
                sound.writeframesraw(block)

    def wav(self) -> bytes:
        """The bytes of a WAV file."""
        import io

        file = io.BytesIO()
        self.write(file)
        return file.getvalue()


def sound(call: Timeline, hearing: Hearing | None = None) -> Sounded:
    """What the parties of a call hear.

    Raises:
        UsageError: numpy is not installed, there is no such rate or country, a media file cannot
            be read, or the sound would take more than `LARGEST` bytes.
    """
    hearing = hearing or Hearing()
    _needs_numpy()
    if hearing.rate not in RATES:
        rates = either([str(rate) for rate in RATES])
        raise UsageError(
            f"a sound has {rates} samples a second, not {printable(str(hearing.rate))}"
        )
    country = country_of(hearing.country)
    scores = {party: score(call, party, country) for party in hearing.parties}
    length = max(call.duration, *(one.end for one in scores.values()))
    _refuse_too_long(length, hearing)
    notes: list[Note] = []
    channels = {
        party: _Channel(one, hearing.rate, _sources(call, party, one, country, hearing, notes))
        for party, one in scores.items()
    }
    for one in scores.values():
        notes.extend(one.notes)
    return Sounded(
        parties=hearing.parties,
        rate=hearing.rate,
        length=length,
        notes=tuple(sorted(notes, key=lambda note: note.at)),
        channels=channels,
    )


def _needs_numpy() -> None:
    from importlib import import_module

    try:
        import_module("numpy")
    except ImportError as missing:
        raise UsageError(
            "WAV needs numpy; pip install 'callflow-simulator[audio]' brings it"
        ) from missing


def _refuse_too_long(length: Milliseconds, hearing: Hearing) -> None:
    size = length * hearing.rate // 1000 * len(hearing.parties) * _BYTES
    if size <= LARGEST:
        return
    most = LARGEST * length // size // 60_000
    raise UsageError(
        f"the sound of this call would take {size / 1024**2:.0f} MiB, and {LARGEST // 1024**2} "
        f"MiB are the most: {most} minutes at {hearing.rate} samples a second for "
        f"{' and '.join(hearing.parties)}; of one party, or at a lower rate, more can be heard"
    )


def _sources(
    call: Timeline,
    party: Party,
    heard: Score,
    country: Country,
    hearing: Hearing,
    notes: list[Note],
) -> dict[Heard, _Source]:
    """The sounds that a party hears."""
    from .music import melody
    from .tones import cadence
    from .voices import murmur

    rate = hearing.rate
    makers: dict[Heard, Callable[[], _Source]] = {
        Heard.RINGING: lambda: _again(cadence(country.ringing, rate)),
        Heard.BUSY: lambda: _again(cadence(country.busy, rate)),
        Heard.MUSIC: lambda: _again(melody(rate)),
        Heard.CONVERSATION: lambda: _again(murmur(party, rate)),
        Heard.MESSAGE: lambda: _message(call, party, heard, hearing, notes),
    }
    kinds = dict.fromkeys(stretch.heard for stretch in heard.stretches)
    return {kind: makers[kind]() for kind in kinds}


def _message(
    call: Timeline, party: Party, heard: Score, hearing: Hearing, notes: list[Note]
) -> _Source:
    """The message to a party, as much of it as is heard: recorded, read, or a placeholder."""
    from .fitting import OnTheLine
    from .voices import placeholder

    message, stretch = call.case.message(party), heard.message
    length = message_length(call.case, party)
    if message is None or stretch is None or length is None:  # the table has no such call
        raise AssertionError(party)
    lasts = stretch.end - stretch.start
    given: Recording | None = None
    if message.type is MessageType.MEDIA:
        media = (call.case.account.media or {}).get(message.value)
        given = None if media is None else hearing.recorder(media, lasts)
        if given is None:
            notes.append(Note(NoteKind.NO_FILE, party, stretch.start, what=message.value))
    else:
        try:
            read = hearing.speaker(message.value, length)
        except NoSpeech as error:
            notes.append(Note(NoteKind.NO_SPEECH, party, stretch.start, what=str(error)))
        else:
            given = read.recording
            if read.pace != USUAL:
                pace = str(read.pace)
                notes.append(Note(NoteKind.MESSAGE_PACED, party, stretch.start, what=pace))
    if given is None:
        return _again(placeholder(party, hearing.rate))
    over = given.length - length
    if over > 0 and lasts == length:
        notes.append(Note(NoteKind.MESSAGE_CUT, party, stretch.end, by=over))
    elif over < 0 and given.length < lasts:
        notes.append(Note(NoteKind.MESSAGE_PADDED, party, stretch.start + given.length, by=-over))
    return OnTheLine.balanced(given, hearing.rate).taken
