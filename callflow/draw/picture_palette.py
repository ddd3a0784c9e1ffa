"""The colours of pictures, light and dark: one table from what a thing means to how it looks.

One idea carries all pictures: the closer a party is to talking, the further its fill stands from
the page; the exception is marked, the norm recedes. Colour never carries meaning alone: every
state has its word, and dialing and dialing music a texture.

A paint is a meaning. In a file each paint of the light theme is written in its own way, also where
two are the same white, so that a file for both themes needs no classes: `dark_rules` repaints what
carries a light colour by that attribute. Everything written from here is lower case, which the
selectors rely on.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

from attrs import frozen

from ..words import LegState

#: ``auto`` is light, and dark where the viewer prefers dark.
Theme = Literal["auto", "light", "dark"]


class Paint(StrEnum):
    """What a piece of a picture means."""

    PAGE = "page"
    PANEL = "panel"
    INK = "ink"
    SECOND = "second"
    THIRD = "third"
    #: Lines that are never text.
    RULE = "rule"
    HAIR = "hair"
    DIALING = "dialing"
    DIALING_EDGE = "dialing-edge"
    DIALING_WORD = "dialing-word"
    MUSIC = "music"
    MUSIC_EDGE = "music-edge"
    MUSIC_STRIPE = "music-stripe"
    MUSIC_WORD = "music-word"
    MESSAGE = "message"
    MESSAGE_EDGE = "message-edge"
    MESSAGE_WORD = "message-word"
    CONVERSATION = "conversation"
    CONVERSATION_EDGE = "conversation-edge"
    CONVERSATION_WORD = "conversation-word"
    #: The chip of a party that is released, in state cards.
    RELEASED = "released"
    FAILURE = "failure"
    #: Playhead, focus, links, difference; never a state.
    ACCENT = "accent"

    __hash__ = str.__hash__


LIGHT: dict[Paint, str] = {
    Paint.PAGE: "#ffffff",
    Paint.PANEL: "#f6f7f9",
    Paint.INK: "#1b1f24",
    Paint.SECOND: "#57606a",
    Paint.THIRD: "#5f6975",
    Paint.RULE: "#d5dae0",
    Paint.HAIR: "#e7eaee",
    Paint.DIALING: "#fdf4d3",
    Paint.DIALING_EDGE: "#a8871a",
    Paint.DIALING_WORD: "#4a3b05",
    Paint.MUSIC: "#ecd9e8",
    Paint.MUSIC_EDGE: "#9a5a8c",
    Paint.MUSIC_STRIPE: "#a5689a",
    Paint.MUSIC_WORD: "#47173c",
    Paint.MESSAGE: "#8cc6f0",
    Paint.MESSAGE_EDGE: "#2f7fb8",
    Paint.MESSAGE_WORD: "#06263d",
    Paint.CONVERSATION: "#006e51",
    Paint.CONVERSATION_EDGE: "#00533d",
    Paint.CONVERSATION_WORD: "#fff",  # the page's white, told apart from it by its writing
    Paint.RELEASED: "#e3e7ec",
    Paint.FAILURE: "#b83a00",
    Paint.ACCENT: "#0b62c4",
}

DARK: dict[Paint, str] = {
    Paint.PAGE: "#0f1419",
    Paint.PANEL: "#171d24",
    Paint.INK: "#e6eaef",
    Paint.SECOND: "#a3adb8",
    Paint.THIRD: "#8b96a3",
    Paint.RULE: "#38424d",
    Paint.HAIR: "#242c35",
    Paint.DIALING: "#2c2813",
    Paint.DIALING_EDGE: "#8a7424",
    Paint.DIALING_WORD: "#f3e3a6",
    Paint.MUSIC: "#4a2d43",
    Paint.MUSIC_EDGE: "#94608a",
    Paint.MUSIC_STRIPE: "#ab789f",
    Paint.MUSIC_WORD: "#f3dcec",
    Paint.MESSAGE: "#2a6390",
    Paint.MESSAGE_EDGE: "#5aa7dc",
    Paint.MESSAGE_WORD: "#f2f9ff",
    Paint.CONVERSATION: "#4cc79c",
    Paint.CONVERSATION_EDGE: "#8be3c4",
    Paint.CONVERSATION_WORD: "#04261a",
    Paint.RELEASED: "#2a323b",
    Paint.FAILURE: "#ff8a57",
    Paint.ACCENT: "#6cb2ff",
}


@frozen
class Sign:
    """How a state of a leg looks.

    Attributes:
        texture: the pattern on the fill, in ``mark``; None: plain.
    """

    fill: Paint
    edge: Paint
    word: Paint
    texture: Literal["dots", "stripes"] | None = None
    mark: Paint | None = None


SIGN: dict[LegState, Sign] = {
    LegState.IDLE: Sign(Paint.PAGE, Paint.RULE, Paint.SECOND),
    LegState.DIALING: Sign(
        Paint.DIALING, Paint.DIALING_EDGE, Paint.DIALING_WORD, "dots", Paint.DIALING_EDGE
    ),
    LegState.MESSAGE: Sign(Paint.MESSAGE, Paint.MESSAGE_EDGE, Paint.MESSAGE_WORD),
    LegState.DIALING_MUSIC: Sign(
        Paint.MUSIC, Paint.MUSIC_EDGE, Paint.MUSIC_WORD, "stripes", Paint.MUSIC_STRIPE
    ),
    LegState.CONVERSATION: Sign(
        Paint.CONVERSATION, Paint.CONVERSATION_EDGE, Paint.CONVERSATION_WORD
    ),
    LegState.RELEASED: Sign(Paint.RELEASED, Paint.RULE, Paint.INK),
}


def colours(theme: Theme) -> dict[Paint, str]:
    """The colours to write into a picture of this theme; of ``auto``, the light ones."""
    return DARK if theme == "dark" else LIGHT


def dark_rules(scope: str, paints: Iterable[Paint] = Paint) -> str:
    """The CSS by which a picture written in light colours turns dark where that is preferred.

    Args:
        scope: a selector of the picture's own root, so that no other picture of the page is meant.
        paints: those that the picture uses.
    """
    used = set(paints)
    rules = "".join(
        f'{scope} [{what}="{LIGHT[paint]}"]{{{what}:{DARK[paint]}}}'
        for paint in Paint
        if paint in used
        for what in ("fill", "stroke")
    )
    return f"@media (prefers-color-scheme:dark){{{rules}}}"
