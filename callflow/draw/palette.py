"""The signs of callflow: what each thing drawn means, and the colours that say it.

A role is a meaning, never a colour. One idea carries all of them: the closer a party is to talking,
the further its fill stands from the page; the exception is marked, the norm recedes. Colour never
carries meaning alone: words take the terminal's own ink, and every state has its word and texture.

Each medium has a table of its own from roles to colours; this is the one for terminals.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple


class Role(Enum):
    """What a piece of a drawing means."""

    TEXT = auto()
    STRONG = auto()
    INFERRED = auto()
    LINE = auto()
    DIALING = auto()
    DIALING_MUSIC = auto()
    MESSAGE = auto()
    MESSAGE_WORD = auto()
    CONVERSATION = auto()
    CONVERSATION_WORD = auto()
    GOOD = auto()
    CAUTION = auto()
    FAILURE = auto()
    DIFFERENCE = auto()


class Ink(NamedTuple):
    """How a role looks in a terminal. ``colour`` and ``fill`` None: the terminal's own."""

    colour: str | None = None
    fill: str | None = None
    bold: bool = False
    italic: bool = False


#: Textures and lines reach 3.8 : 1 on white and on black; the two fills bring ink of their own.
TERMINAL: dict[Role, Ink] = {
    Role.TEXT: Ink(),
    Role.STRONG: Ink(bold=True),
    Role.INFERRED: Ink(italic=True),
    Role.LINE: Ink("#737e8a"),
    Role.DIALING: Ink("#a67c00"),
    Role.DIALING_MUSIC: Ink("#b3619d"),
    Role.MESSAGE: Ink("#04192a", "#4f9fd8"),
    Role.MESSAGE_WORD: Ink("#04192a", "#4f9fd8", bold=True),
    Role.CONVERSATION: Ink("#02150f", "#1f9d74"),
    Role.CONVERSATION_WORD: Ink("#02150f", "#1f9d74", bold=True),
    Role.GOOD: Ink("#1f9d74"),
    Role.CAUTION: Ink("#a67c00", bold=True),
    Role.FAILURE: Ink("#cf5a1e", bold=True),
    Role.DIFFERENCE: Ink("#2f7fd6", bold=True),
}
