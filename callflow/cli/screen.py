"""How a call looks where the answer goes: a terminal with its width and colours, a pipe, a file."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from attrs import frozen

from ..api.echo import masked
from ..api.wire import json_text
from ..call.case import Case
from ..call.timeline import Timeline
from ..draw.text import Place, Style, detect, timeline_text
from .output import Output


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

    def explanation(self, timeline: Timeline, again: str) -> str:
        """The call in words."""
        from ..draw.explain import explain_text

        ascii_only = not self.place.style.drawn
        return explain_text(timeline, width=self.place.width, ascii=ascii_only, command=again)


def screen_for(out: Output) -> Screen:
    """The place that ``out`` writes to; a file is shown what a pipe is shown."""
    return Screen(place_of(None if out.is_file else sys.stdout))


def place_of(stream: TextIO | None) -> Place:
    """What a stream can show; None: a file, or a stream that is closed."""
    if stream is None:
        return Place(Style.ASCII, 80, 16)
    columns = os.get_terminal_size(stream.fileno()).columns if stream.isatty() else None
    return detect(stream, os.environ, columns)


def markdown(timeline: Timeline, again: str) -> str:
    """The call in words as Markdown, with the picture as a pipe is shown it."""
    from ..draw.explain import explain_markdown

    picture = timeline_text(timeline, width=80, style=Style.ASCII).plain()
    return explain_markdown(
        timeline, picture=picture, request=request_text(timeline.case), command=again
    )


def request_text(case: Case) -> str:
    """The request as JSON for people; the token is masked."""
    params = case.request.to_params()
    if "access_token" in params:
        params["access_token"] = masked(params["access_token"])
    return json_text({"method": "start.vnumber_call", "params": params}, indent=2)
