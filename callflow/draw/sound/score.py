"""What each party hears from when to when, read off the timeline in whole milliseconds.

A score is to the sound what lanes are to a picture: no samples yet, and nothing decided about what
happens. Digits take longer than the moment in which the timeline has them; that they wait for each
other is settled here, and told.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from ...call.timeline import Leg, Timeline
from ...units import Milliseconds
from ...words import LegState, Party
from .countries import Country, busy_length
from .notes import Note, NoteKind

#: A digit sounds so long, and then nothing for so long (ITU-T Q.23, Q.24).
DIGIT: Milliseconds = 100
PAUSE: Milliseconds = 100


class Heard(StrEnum):
    """What can be heard."""

    RINGING = "ringing"
    MESSAGE = "message"
    MUSIC = "music"
    CONVERSATION = "conversation"
    BUSY = "busy"


_OF_STATES = {
    LegState.DIALING: Heard.RINGING,
    LegState.MESSAGE: Heard.MESSAGE,
    LegState.DIALING_MUSIC: Heard.MUSIC,
    LegState.CONVERSATION: Heard.CONVERSATION,
}


class Stretch(NamedTuple):
    """A stretch of time in which a party hears one thing."""

    heard: Heard
    start: Milliseconds
    end: Milliseconds


class Digit(NamedTuple):
    """A digit that the contact hears over everything else."""

    digit: str
    start: Milliseconds
    end: Milliseconds


class Score(NamedTuple):
    """What one party hears, in order; between the stretches there is silence.

    Attributes:
        digits: which the other party does not hear.
    """

    stretches: tuple[Stretch, ...]
    digits: tuple[Digit, ...]
    notes: tuple[Note, ...]

    @property
    def end(self) -> Milliseconds:
        """When the last of it has sounded."""
        return self.stretches[-1].end if self.stretches else 0

    @property
    def message(self) -> Stretch | None:
        """The message; None: this party hears none."""
        return next((one for one in self.stretches if one.heard is Heard.MESSAGE), None)


def score(call: Timeline, party: Party, country: Country) -> Score:
    """What ``party`` hears in a call, and after it."""
    leg = call.leg(party)
    stretches = [Stretch(_OF_STATES[one.state], one.start, one.end) for one in leg.segments]
    digits: tuple[Digit, ...] = ()
    notes: list[Note] = []
    if party is Party.CONTACT:
        digits = tuple(_digits(call, notes))
    if _is_left_behind(call, leg):
        over, length = call.duration, busy_length(country)
        stretches.append(Stretch(Heard.BUSY, over, over + length))
        notes.append(Note(NoteKind.BUSY_TONE, party, over, by=length))
    return Score(tuple(stretches), digits, tuple(notes))


def _is_left_behind(call: Timeline, leg: Leg) -> bool:
    """Whether the party was on the line at the release, and it was not their doing."""
    return leg.answered is not None and call.ended_by is not leg.party


def _digits(call: Timeline, notes: list[Note]) -> Iterator[Digit]:
    """The digits one after another, each as early as it is due and the one before lets it."""
    free = 0
    late = cut = ""
    late_at = cut_at = most = 0
    for mark in call.dtmf:
        if mark.at is None or not mark.sent:
            continue
        start = max(free, mark.at)
        if start > mark.at:
            late_at = late_at if late else mark.at
            late += mark.digits
            most = max(most, start - mark.at)
        for place, digit in enumerate(mark.digits):
            begins = start + place * (DIGIT + PAUSE)
            ends = begins + DIGIT
            if ends > call.duration:
                cut_at = cut_at if cut else begins
                cut += digit
                ends = call.duration
            if begins < ends:
                yield Digit(digit, begins, ends)
        free = start + len(mark.digits) * (DIGIT + PAUSE)
    if late:
        notes.append(Note(NoteKind.DIGITS_LATE, Party.CONTACT, late_at, by=most, what=late))
    if cut:
        at = min(cut_at, call.duration)
        notes.append(Note(NoteKind.DIGITS_CUT, Party.CONTACT, at, what=cut))
