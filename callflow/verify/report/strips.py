"""Every way in which a set-up can go, as the strips that are drawn of them.

What people do instead, and what bars a way, is put in words here; how strips look is `draw`'s.
"""

from __future__ import annotations

from ...draw.deeds import deed_along
from ...draw.notebook import Drawing
from ...draw.picture_palette import Theme
from ...draw.strips import Strip, Strips
from ..ways import Ways


def strips_of(found: Ways) -> Strips:
    """The ways as they are drawn."""
    barred: dict[str, tuple[str, ...]] = {}
    for one in found.barred:
        barred[one.why] = (*barred.get(one.why, ()), deed_along(one.path.edges))
    return Strips(
        strips=tuple(
            Strip(timeline=way.timeline, own=way.own, inferred=way.inferred, settings=way.settings)
            for way in found.ways
        ),
        barred=tuple(barred.items()),
    )


def ways_picture(found: Ways, theme: Theme = "auto") -> Drawing:
    """The ways as one picture, which shows itself in a notebook; its text is its ``svg``."""
    from ...draw.ways import ways_svg

    return Drawing(ways_svg(strips_of(found), theme=theme))
