"""The timeline picture: both lives to scale, light and dark.

`timeline_picture` lays it out as plain shapes, `timeline_svg` writes it.
"""

from __future__ import annotations

from ...call.timeline import Timeline
from ..picture_palette import Theme
from .picture import timeline_picture

__all__ = ["timeline_picture", "timeline_svg"]


def timeline_svg(timeline: Timeline, *, theme: Theme = "auto", width: int = 880) -> str:
    """The picture of a call as an SVG document; equal calls give equal text.

    Args:
        timeline: the call.
        theme: ``auto`` is light, and dark where the viewer prefers dark.
        width: of the whole picture, pixels; less than 560 are taken as 560.
    """
    return timeline_picture(timeline, width=width).svg(theme)
