"""Whether a picture is tidy: no two texts overlap, nothing leaves it, each text has its ground.

A picture is here what an eye meets: texts, areas, frames and lines as boxes, in the order in which
they are drawn. It comes from shapes that are laid out (`layout_of`) or from a browser that has
measured an SVG. Nothing here knows what the picture says.

The ground of a text is the last area before it that it touches: bar, patch, key cap, card, or the
page. It must lie wholly on it; so words stand inside their bar or beside it, never on its border.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from attrs import field, frozen

from callflow.draw.svg import Box, Line, Picture, Point, Text, flat


@frozen
class Piece:
    """A piece of a picture.

    Attributes:
        name: the words of a text; else what it is.
        paint: the colour of a text or of an area; a texture or a meaning is a paint too.
        ends: of a line.
    """

    kind: Literal["text", "area", "frame", "line"]
    name: str
    box: Box
    paint: str = field(default="", repr=False)
    ends: tuple[Point, Point] | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return repr(self.name) if self.kind == "text" else f"the {self.kind} {self.name}"


@frozen
class Layout:
    """A picture in pieces, in the order in which they are drawn."""

    width: float
    height: float
    pieces: tuple[Piece, ...] = field(repr=False)

    @property
    def texts(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.kind == "text")


def layout_of(picture: Picture) -> Layout:
    """A picture as it is laid out, on its page."""
    page = Piece("area", "page", (0, 0, picture.width, picture.height), "page")
    return Layout(picture.width, picture.height, (page, *_pieces(picture)))


def _pieces(picture: Picture) -> Iterator[Piece]:
    for shape in flat(picture.shapes):
        name = getattr(shape, "role", "") or type(shape).__name__.lower()
        if isinstance(shape, Text):
            yield Piece("text", shape.text, shape.box, shape.runs[0].paint)
        elif isinstance(shape, Line):
            ends = ((shape.x1, shape.y1), (shape.x2, shape.y2))
            yield Piece("line", name, shape.box, shape.paint, ends)
        else:
            paint = getattr(shape, "texture", None) or getattr(shape, "fill", None)
            yield Piece("area" if paint else "frame", name, shape.box, paint or "")


# ------------------------------------------------------------------------------------ what is wrong


def faults(layout: Layout, slack: float = 0.01) -> list[str]:
    """What is untidy, each in a line; ``slack`` pixels are not seen."""
    return [*_leaving(layout, slack), *_overlapping(layout, slack), *_misplaced(layout, slack)]


def overlap(one: Box, other: Box, slack: float = 0.01) -> bool:
    """Whether two boxes have more in common than a border."""
    return (
        one[0] + slack < other[2]
        and other[0] + slack < one[2]
        and one[1] + slack < other[3]
        and other[1] + slack < one[3]
    )


def inside(inner: Box, outer: Box, slack: float = 0.01) -> bool:
    """Whether a box lies within another."""
    return (
        outer[0] <= inner[0] + slack
        and outer[1] <= inner[1] + slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )


def _leaving(layout: Layout, slack: float) -> Iterator[str]:
    whole = (0.0, 0.0, layout.width, layout.height)
    for piece in layout.pieces:
        if not inside(piece.box, whole, slack):
            yield f"{piece} leaves the picture: {_rounded(piece.box)}"


def _overlapping(layout: Layout, slack: float) -> Iterator[str]:
    """Pairs of texts, found from the top down."""
    below = sorted(layout.texts, key=lambda text: text.box[1])
    for number, one in enumerate(below, 1):
        for other in below[number:]:
            if other.box[1] >= one.box[3]:
                break
            if overlap(one.box, other.box, slack):
                yield f"{one} overlaps {other}: {_rounded(one.box)}, {_rounded(other.box)}"


def _misplaced(layout: Layout, slack: float) -> Iterator[str]:
    for place, text in enumerate(layout.pieces):
        if text.kind != "text":
            continue
        below = ground(layout, place, slack)
        if not inside(text.box, below.box, slack):
            yield f"{text} reaches out of {below}: {_rounded(text.box)}, {_rounded(below.box)}"
        for piece in layout.pieces[place + 1 :]:
            if piece.kind == "area" and overlap(text.box, piece.box, slack):
                yield f"{piece} covers {text}"
        for piece in layout.pieces[:place]:
            if (
                piece.kind == "frame"
                and overlap(text.box, piece.box, slack)
                and not inside(text.box, piece.box, slack)
            ):
                yield f"{piece} runs through {text}"


def ground(layout: Layout, place: int, slack: float = 0.01) -> Piece:
    """On what the text at this place of the pieces stands: the last area before that it touches."""
    return layout.pieces[_ground(layout, place, slack)]


def _ground(layout: Layout, place: int, slack: float) -> int:
    text = layout.pieces[place]
    return next(
        number
        for number in range(place - 1, -1, -1)
        if layout.pieces[number].kind == "area"
        and overlap(text.box, layout.pieces[number].box, slack)
    )


def crossed(layout: Layout, slack: float = 0.3) -> list[str]:
    """Texts through which a line is seen to run; one that strikes a text through is meant to."""
    return [
        f"{line} runs through {text}"
        for place, text in enumerate(layout.pieces)
        if text.kind == "text"
        for line in layout.pieces[_ground(layout, place, slack) + 1 :]
        if line.ends is not None and line.name != "strike" and _meets(line.ends, text.box, slack)
    ]


def _meets(ends: tuple[Point, Point], box: Box, slack: float) -> bool:
    """Whether a line has a stretch within a box."""
    (x, y), (to_x, to_y) = ends
    enters, leaves = 0.0, 1.0
    for start, way, low, high in (
        (x, to_x - x, box[0] + slack, box[2] - slack),
        (y, to_y - y, box[1] + slack, box[3] - slack),
    ):
        if way == 0:
            if not low < start < high:
                return False
            continue
        first, last = sorted(((low - start) / way, (high - start) / way))
        enters, leaves = max(enters, first), min(leaves, last)
    return enters < leaves


def _rounded(box: Box) -> str:
    return " ".join(f"{edge:.1f}" for edge in box)


# ---------------------------------------------------------------------------------------- contrast


def contrast(one: Sequence[int], other: Sequence[int]) -> float:
    """How far two colours (red, green, blue of 255) stand out from each other, by WCAG 2."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Sequence[int]) -> float:
    parts = [channel / 255 for channel in colour]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
