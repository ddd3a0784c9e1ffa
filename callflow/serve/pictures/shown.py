"""A picture for the page, and where its moments stand."""

from __future__ import annotations

from attrs import frozen

from ...call.timeline import Segment
from ...draw.lanes.scale import Scale
from ...draw.picture_palette import SIGN, Theme
from ...draw.svg import Picture, Rect, Shape
from ...units import seconds

#: A moment in seconds, and where it stands in pixels.
Stop = tuple[float, float]


@frozen(kw_only=True)
class Shown:
    """A picture, and where its moments stand.

    Attributes:
        picture: laid out.
        along: the way that time takes: ``x`` to the right, ``y`` down.
        track: moments and their pixels; between two neighbours all is to scale.
        across: from where to where a playhead reaches.
        end: behind this pixel nothing is decided yet; None: all is.
    """

    picture: Picture
    along: str = "x"
    track: tuple[Stop, ...] = ()
    across: tuple[float, float] = (0.0, 0.0)

    def to_dict(self, theme: Theme, name: str) -> dict[str, object]:
        """As the page gets it; ``name`` keeps the patterns of several pictures apart."""
        return {
            "svg": svg(self.picture, theme, name),
            "width": self.picture.width,
            "height": self.picture.height,
            "along": self.along,
            "track": [list(stop) for stop in self.track],
            "across": list(self.across),
        }


def svg(picture: Picture, theme: Theme, name: str) -> str:
    """The picture as SVG. Patterns get names of their own: pictures share a page."""
    written = picture.svg(theme)
    for texture in ("dots", "stripes"):
        known, own = f"callflow-{theme}-{texture}", f"{name}-{texture}"
        written = written.replace(f'"url(#{known})"', f'"url(#{own})"')
        written = written.replace(f'<pattern id="{known}"', f'<pattern id="{own}"')
    return written


def track(scale: Scale) -> tuple[Stop, ...]:
    """Where the moments of a scale stand."""
    stops = [(0.0, scale.left)]
    if scale.cut is not None:
        stops += [
            (seconds(scale.cut.start), scale.cut.left),
            (seconds(scale.cut.end), scale.cut.right),
        ]
    return (*stops, (seconds(scale.duration), scale.right))


def bar(segment: Segment, left: float, top: float, right: float, bottom: float) -> Shape:
    """A segment as a plain bar, a pixel wide and high at least."""
    sign = SIGN[segment.state]
    return Rect(
        left,
        top,
        max(right - left, 1),
        max(bottom - top, 1),
        sign.fill,
        sign.edge,
        texture=sign.texture,
    )
