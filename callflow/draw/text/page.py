"""The whole text of a call, from what misleads to what informs."""

from __future__ import annotations

from collections.abc import Iterator

from ...call.timeline import Timeline
from ...words import Outcome
from .. import wording
from ..grid import NARROWEST, Line, Sheet, Style, line, shorten, wrap
from ..palette import Role
from .picture import gutter_for, picture
from .table import notices, table


def timeline_text(
    timeline: Timeline, *, width: int, style: Style, command: str | None = None
) -> Sheet:
    """A call as text: its outcome, what was set without effect, both lanes, and what it rests on.

    Args:
        timeline: the call.
        width: how many cells a line may take; at least 40 are taken.
        style: what can be shown.
        command: the command that tells more, as the reader would type it.
    """
    width = max(width, NARROWEST)
    gutter = gutter_for(width)
    lines = [
        *_head(timeline, width, style),
        (),
        *picture(timeline, width=width, gutter=gutter, style=style),
        (),
        *table(timeline, width=width, gutter=gutter, style=style, command=command),
    ]
    return Sheet(tuple(lines))


def _head(timeline: Timeline, width: int, style: Style) -> Iterator[Line]:
    title = wrap([(style.users(wording.title(timeline)), Role.STRONG)], width)
    yield from shorten(title, 2, width, style.own("…"))
    good = timeline.outcome is Outcome.CONVERSATION
    sign = ("● ", Role.GOOD) if good else ("× ", Role.FAILURE)
    words = wrap([(wording.outcome(timeline), Role.TEXT if good else Role.STRONG)], width - 2)
    for number, broken in enumerate(words):
        yield line((("  ", Role.TEXT) if number else (style.own(sign[0]), sign[1]), *broken))
    yield from notices(timeline, width, style)
