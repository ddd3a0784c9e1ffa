"""What the sound of a call does beside its timeline, told: as data, and as a sentence each.

The timeline is never bent to the sound. Where the two differ, or something stands in for what
nobody could give, there is a note. The module knows no numbers of samples.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from ...errors import printable
from ...units import Milliseconds
from ...words import Party


class NoteKind(StrEnum):
    """What there is to tell."""

    MESSAGE_CUT = "message_cut"
    MESSAGE_PADDED = "message_padded"
    MESSAGE_PACED = "message_paced"
    NO_FILE = "no_file"
    NO_SPEECH = "no_speech"
    DIGITS_LATE = "digits_late"
    DIGITS_CUT = "digits_cut"
    BUSY_TONE = "busy_tone"


_SENTENCES = {
    NoteKind.MESSAGE_CUT: (
        "what the {party} hears as the message is {by} s longer than the message: it is cut"
    ),
    NoteKind.MESSAGE_PADDED: (
        "what the {party} hears as the message is {by} s shorter than the message: silence follows"
    ),
    NoteKind.MESSAGE_PACED: (
        "the text for the {party} is read at {what} words a minute, so that it fits its length"
    ),
    NoteKind.NO_FILE: (
        "a placeholder stands for the message to the {party}: the case gives no file for media "
        "{what}"
    ),
    NoteKind.NO_SPEECH: "a placeholder stands for the text that is read to the {party}: {what}",
    NoteKind.DIGITS_LATE: (
        "digits sound longer than the pause before the next: {what} from {at} s on are up to {by} "
        "s late, in the sound alone"
    ),
    NoteKind.DIGITS_CUT: (
        "digits sound longer than the call: {what} from {at} s on are not heard in full, in the "
        "sound alone"
    ),
    NoteKind.BUSY_TONE: (
        "the {party} hears a busy tone for {by} s after the release, which is no part of the "
        "timeline"
    ),
}

#: More digits than these are not listed.
_LISTED = 20


class Note(NamedTuple):
    """One thing to tell.

    Attributes:
        at: the moment of the call that it is about.
        by: how much: too long, too short, late.
        what: the digits, the media file, the reason, the speed: as the kind has it.
    """

    kind: NoteKind
    party: Party
    at: Milliseconds
    by: Milliseconds = 0
    what: str = ""

    def __str__(self) -> str:
        digits = self.kind in (NoteKind.DIGITS_LATE, NoteKind.DIGITS_CUT)
        what = self.what
        if digits and len(what) > _LISTED:
            what = f"{what[:_LISTED]}... ({len(self.what)} digits)"
        return printable(
            _SENTENCES[self.kind].format(
                party=self.party, at=self.at / 1000, by=self.by / 1000, what=what
            )
        )
