"""The ladder: who tells whom what, and when. The PBX stands in the middle, time runs down.

Lifelines are the timeline turned, so playback needs no arrows, and no arrow crosses a foreign
lifeline. To scale, the eye compares lengths; compressed, a long call fits on a page: equal steps,
exact times, and a broken axis at each gap.
"""

from __future__ import annotations

from typing import Literal

from ...call.timeline import Timeline
from ..picture_palette import Theme
from .arrows import Arrow, arrows
from .picture import ladder_picture

__all__ = ["Arrow", "arrows", "ladder_picture", "ladder_svg"]


def ladder_svg(
    timeline: Timeline,
    *,
    scale: Literal["true", "compressed"] = "true",
    theme: Theme = "auto",
) -> str:
    """The ladder of a call as an SVG document.

    Args:
        timeline: the call.
        scale: time to scale, or equal steps with a broken axis.
        theme: ``auto`` is light, and dark where the viewer prefers dark.
    """
    return ladder_picture(timeline, scale=scale).svg(theme)
