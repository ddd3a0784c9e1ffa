"""How a call looks where the answer goes: a terminal with its width and colours, a pipe, a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from attrs import frozen

from ..call.timeline import Timeline
from ..draw import wording
from ..draw.grid import IN_FILES, Place, Style, detect
from ..draw.text import timeline_text
from .output import Output

if TYPE_CHECKING:
    from ..call.difference import Difference
    from ..call.loading.each import Axis
    from ..call.variations import Variation


@frozen
class Screen:
    """The place that shows the answer."""

    place: Place

    def timeline(self, timeline: Timeline, more: str) -> str:
        """The call as lanes; ``more`` is the command that tells why."""
        sheet = timeline_text(
            timeline, width=self.place.width, style=self.place.style, command=more
        )
        return sheet.render(self.place.style, colours=self.place.colours)

    def variations(
        self,
        axes: Sequence[Axis],
        variations: Sequence[Variation],
        more: str | None,
        *,
        only_different: bool,
    ) -> str:
        """Variations of a case as a table; ``more`` is the command that shows the first call."""
        from ..draw.text.variations import variations_text

        sheet = variations_text(
            axes,
            variations,
            width=self.place.width,
            style=self.place.style,
            only_different=only_different,
            command=more,
        )
        return sheet.render(self.place.style, colours=self.place.colours)

    def explanation(self, timeline: Timeline, again: str) -> str:
        """The call in words."""
        from ..draw.explain import explain_text

        ascii_only = not self.place.style.drawn
        return explain_text(timeline, width=self.place.width, ascii=ascii_only, command=again)

    def comparison(
        self,
        difference: Difference,
        names: tuple[str, str] | None,
        more: tuple[str, str],
    ) -> str:
        """Two calls: what differs, for whom and where; ``more`` tells why in each."""
        from ..draw.finding import finding
        from ..draw.text.comparison import comparison_text

        sheet = comparison_text(
            difference,
            finding(difference, names),
            width=self.place.width,
            style=self.place.style,
            commands=more,
        )
        return sheet.render(self.place.style, colours=self.place.colours)


def screen_for(out: Output) -> Screen:
    """The place that ``out`` writes to; a file is shown what a pipe is shown."""
    return Screen(place_of(None if out.is_file else sys.stdout))


def place_of(stream: TextIO | None) -> Place:
    """What a stream can show; None: a file, or a stream that is closed."""
    if stream is None:
        return IN_FILES
    columns = os.get_terminal_size(stream.fileno()).columns if stream.isatty() else None
    return detect(stream, os.environ, columns)


def markdown(timeline: Timeline, again: str) -> str:
    """The call in words as Markdown, with the picture as a pipe is shown it."""
    from ..draw.explain import explain_markdown

    picture = timeline_text(timeline, width=80, style=Style.ASCII).plain()
    return explain_markdown(
        timeline, picture=picture, request=wording.request(timeline.case), command=again
    )
