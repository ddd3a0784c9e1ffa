"""Shapes, and how they are written as SVG: what every hand-drawn picture is made of.

A picture is laid out first, as plain shapes with positions; that is what tests look at. Writing
comes last and decides nothing. Widths of texts are reckoned with Arial's metrics and written beside
each text (``textLength``), so that other fonts fill the same room.

What is written is the same for equal shapes on every machine: no ids but the patterns', no dates,
numbers rounded to hundredths. Text from users is made printable and escaped here, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Protocol

from attrs import define, field, frozen

from ..errors import printable
from .metrics import text_width
from .picture_palette import Paint, Theme, colours, dark_rules

FONTS = "Arial, 'Liberation Sans', Arimo, Helvetica, sans-serif"

#: Things that happened on our reading; a single party's moment.
DASHED, DOTTED = "6 3", "2 3"

#: Left, top, right, bottom.
Box = tuple[float, float, float, float]
Point = tuple[float, float]


@lru_cache(maxsize=16384)
def num(value: float) -> str:
    """A coordinate: at most two decimals, none that are zero."""
    return f"{round(value, 2) + 0.0:.7g}"


_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


@lru_cache(maxsize=4096)
def escaped(text: str) -> str:
    """``text`` as it may stand in an element or an attribute: printable, on one line."""
    return printable(text).translate(_ESCAPES)


@frozen
class Ink:
    """The colours to write with, and what the patterns of this picture are called."""

    colour: Mapping[Paint, str]
    patterns: str

    def fill(self, paint: Paint | None, texture: str | None = None) -> str:
        """The attribute that fills with a paint, or with a texture."""
        if texture is not None:
            return f' fill="url(#{self.patterns}-{texture})"'
        return f' fill="{self.colour[paint]}"' if paint is not None else ' fill="none"'

    def stroke(self, paint: Paint, width: float, dash: str | None = None) -> str:
        """The attributes of a line."""
        pattern = f' stroke-dasharray="{dash}"' if dash else ""
        thick = f' stroke-width="{num(width)}"' if width != 1 else ""
        return f' stroke="{self.colour[paint]}"{thick}{pattern}'


class Shape(Protocol):
    """What a picture is made of."""

    def write(self, ink: Ink) -> str:
        """The shape as SVG."""

    @property
    def box(self) -> Box:
        """The room that it takes."""


@define(eq=False)
class Run:
    """Text of one kind."""

    text: str
    size: float = 12
    paint: Paint = Paint.INK
    bold: bool = False
    italic: bool = False
    width: float = field(init=False)

    @width.default
    def _reckoned(self) -> float:
        """As reckoned with Arial."""
        return text_width(self.text, self.size, bold=self.bold)


def runs_width(runs: Sequence[Run], gap: float) -> float:
    """How wide runs beside each other are."""
    if len(runs) == 1:
        return runs[0].width
    return sum([run.width for run in runs]) + gap * (len(runs) - 1)


@define(eq=False)
class Text:
    """Runs beside each other on one base line.

    Attributes:
        x: where the first run begins.
        y: the base line.
        gap: between the runs.
        role: what it is in the picture: ``word``, ``moment``, ``clauses`` ...
    """

    x: float
    y: float
    runs: tuple[Run, ...]
    gap: float = 0
    role: str = ""

    @property
    def width(self) -> float:
        """How wide all runs are together."""
        return runs_width(self.runs, self.gap)

    @property
    def text(self) -> str:
        """What is read, the runs separated by blanks."""
        return " ".join(run.text for run in self.runs)

    @property
    def box(self) -> Box:
        """From the top of capitals to the feet of ``g``."""
        size = max(run.size for run in self.runs)
        return (self.x, self.y - 0.74 * size, self.x + self.width, self.y + 0.21 * size)

    def write(self, ink: Ink) -> str:
        """A ``text``; of several runs each is a ``tspan``."""
        first = self.runs[0]
        style = f' y="{num(self.y)}" font-size="{num(first.size)}" fill="{ink.colour[first.paint]}"'
        kind = f' class="{self.role}"' if self.role else ""
        if len(self.runs) == 1:
            return f"<text{kind}{style}{_run(first, self.x)}</text>"
        x, parts = self.x, []
        for run in self.runs:
            own = ""
            if run.size != first.size:
                own += f' font-size="{num(run.size)}"'
            if run.paint is not first.paint:
                own += f' fill="{ink.colour[run.paint]}"'
            parts.append(f"<tspan{own}{_run(run, x)}</tspan>")
            x += run.width + self.gap
        return f"<text{kind}{style}>{' '.join(parts)}</text>"


def _run(run: Run, x: float) -> str:
    face = ' font-weight="bold"' if run.bold else ""
    if run.italic:
        face += ' font-style="italic"'
    fit = ""
    if len(run.text) > 1:
        fit = f' textLength="{num(run.width)}" lengthAdjust="spacingAndGlyphs"'
    return f' x="{num(x)}"{face}{fit}>{escaped(run.text)}'


@define(eq=False)
class Rect:
    """A rectangle. A line of one pixel is sharp on the half of one."""

    x: float
    y: float
    width: float
    height: float
    fill: Paint | None = None
    edge: Paint | None = None
    radius: float = 0
    texture: str | None = None
    edge_width: float = 1

    @property
    def box(self) -> Box:
        """The room that it takes, without its edge."""
        return (self.x, self.y, self.x + self.width, self.y + self.height)

    def write(self, ink: Ink) -> str:
        """A ``rect``."""
        round_ = f' rx="{num(self.radius)}"' if self.radius else ""
        edge = ink.stroke(self.edge, self.edge_width) if self.edge is not None else ""
        return (
            f'<rect x="{num(self.x)}" y="{num(self.y)}" width="{num(self.width)}"'
            f' height="{num(self.height)}"{round_}{ink.fill(self.fill, self.texture)}{edge}/>'
        )


@define(eq=False)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    paint: Paint = Paint.INK
    width: float = 1
    dash: str | None = None
    role: str = ""

    @property
    def box(self) -> Box:
        """The room that it takes, without its width."""
        return (
            min(self.x1, self.x2),
            min(self.y1, self.y2),
            max(self.x1, self.x2),
            max(self.y1, self.y2),
        )

    def write(self, ink: Ink) -> str:
        """A ``line``."""
        kind = f' class="{self.role}"' if self.role else ""
        return (
            f'<line{kind} x1="{num(self.x1)}" y1="{num(self.y1)}" x2="{num(self.x2)}"'
            f' y2="{num(self.y2)}"{ink.stroke(self.paint, self.width, self.dash)}/>'
        )


@define(eq=False)
class Path:
    """Straight lines through points; closed, if it is filled."""

    points: tuple[Point, ...]
    fill: Paint | None = None
    edge: Paint | None = None
    texture: str | None = None
    width: float = 1
    closed: bool = True

    @property
    def box(self) -> Box:
        """The room that it takes, without its edge."""
        across = [x for x, _ in self.points]
        down = [y for _, y in self.points]
        return (min(across), min(down), max(across), max(down))

    def write(self, ink: Ink) -> str:
        """A ``path``."""
        way = "L".join(f"{num(x)} {num(y)}" for x, y in self.points)
        edge = ink.stroke(self.edge, self.width) if self.edge is not None else ""
        fill = ink.fill(self.fill, self.texture)
        return f'<path d="M{way}{"z" if self.closed else ""}"{fill}{edge}/>'


@define(eq=False)
class Circle:
    """A circle."""

    x: float
    y: float
    radius: float
    fill: Paint | None = None
    edge: Paint | None = None
    width: float = 1

    @property
    def box(self) -> Box:
        """The room that it takes, without its edge."""
        r = self.radius
        return (self.x - r, self.y - r, self.x + r, self.y + r)

    def write(self, ink: Ink) -> str:
        """A ``circle``."""
        edge = ink.stroke(self.edge, self.width) if self.edge is not None else ""
        return (
            f'<circle cx="{num(self.x)}" cy="{num(self.y)}" r="{num(self.radius)}"'
            f"{ink.fill(self.fill)}{edge}/>"
        )


@define(eq=False)
class Group:
    """Shapes that belong together.

    Attributes:
        kind: what they are: ``lane``, ``segment``, ``mark`` ...
        data: what a page or a test wants to know of it; written as ``data-...``.
    """

    kind: str
    shapes: tuple[Shape, ...]
    data: tuple[tuple[str, str], ...] = ()

    @property
    def box(self) -> Box:
        """The room that all of them take."""
        return around(self.shapes)

    def write(self, ink: Ink) -> str:
        """A ``g``."""
        data = "".join([f' data-{name}="{escaped(value)}"' for name, value in self.data])
        inside = "".join([shape.write(ink) for shape in self.shapes])
        return f'<g class="{self.kind}"{data}>{inside}</g>'


def around(shapes: Iterable[Shape]) -> Box:
    """The room that shapes take together."""
    left, top, right, bottom = zip(*[shape.box for shape in shapes], strict=True)
    return (min(left), min(top), max(right), max(bottom))


def flat(shapes: Iterable[Shape]) -> list[Shape]:
    """The shapes without their groups, in the order in which they are drawn."""
    found: list[Shape] = []
    for shape in shapes:
        found += flat(shape.shapes) if isinstance(shape, Group) else [shape]
    return found


def patched(
    text: Text, paint: Paint = Paint.PAGE, *, aside: float = 5, above: float = 2
) -> tuple[Rect, Text]:
    """Words on a plain patch, so that no line and no texture goes through them."""
    left, top, right, bottom = text.box
    height = bottom - top + 2 * above
    return Rect(left - aside, top - above, right - left + 2 * aside, height, paint), text


def flow(runs: Sequence[Run], room: float) -> list[tuple[Run, ...]]:
    """Runs in lines that fit into ``room``: broken between words, a long word inside.

    Between two runs of a line there is a blank of the first one's size, see `blank`.
    """
    lines: list[list[tuple[Run, list[str]]]] = [[]]
    taken = 0.0
    for run in runs:
        space = blank(run.size)
        own: list[str] = []  # the words of the run in this line
        for word in _words(run, room):
            width = text_width(word, run.size, bold=run.bold)
            if lines[-1] and taken + space + width > room:
                lines.append([])
                taken, own = 0.0, []
            taken += width + (space if lines[-1] else 0.0)
            if not own:
                lines[-1].append((run, own))
            own.append(word)
    return [
        tuple([Run(" ".join(own), run.size, run.paint, run.bold, run.italic) for run, own in line])
        for line in lines
        if line
    ]


def blank(size: float) -> float:
    """How wide a blank is; in Arial the bold one is the same."""
    return text_width(" ", size)


def _words(run: Run, room: float) -> Iterator[str]:
    """The words of a run, those too long for a line in pieces."""
    for word in printable(run.text).split():
        rest = word
        while len(rest) > 1 and text_width(rest, run.size, bold=run.bold) > room:
            fits = _fitting(rest, room, run)
            yield rest[:fits]
            rest = rest[fits:]
        yield rest


def _fitting(word: str, room: float, run: Run) -> int:
    """How many characters of a word fit; one at least."""
    low, high = 1, len(word) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(word[:middle], run.size, bold=run.bold) <= room:
            low = middle
        else:
            high = middle - 1
    return low


@frozen
class Picture:
    """A picture that is laid out.

    Attributes:
        title, description: what it says, for who does not see it.
        shapes: in the order in which they are drawn.
    """

    width: float
    height: float
    title: str
    description: str
    shapes: tuple[Shape, ...]

    @property
    def texts(self) -> tuple[Text, ...]:
        """Every text, in the order in which it is drawn."""
        return tuple(shape for shape in flat(self.shapes) if isinstance(shape, Text))

    def svg(self, theme: Theme = "auto") -> str:
        """The picture as an SVG document."""
        ink = Ink(colours(theme), f"callflow-{theme}")
        inside = "\n".join([shape.write(ink) for shape in self.shapes])
        size = f'width="{num(self.width)}" height="{num(self.height)}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size}'
            f' viewBox="0 0 {num(self.width)} {num(self.height)}"'
            f' class="callflow-{theme}" role="img" font-family="{FONTS}">\n'
            f"<title>{escaped(self.title)}</title>\n"
            f"<desc>{escaped(self.description)}</desc>\n"
            f"{_style(theme)}{_patterns(ink)}"
            f'<rect width="100%" height="100%"{ink.fill(Paint.PAGE)}/>\n{inside}\n</svg>\n'
        )


@cache
def _style(theme: Theme) -> str:
    return f"<style>{dark_rules('.callflow-auto')}</style>\n" if theme == "auto" else ""


def _patterns(ink: Ink) -> str:
    """Dots: two in a tile, offset. Stripes: at 45 degrees."""
    dots, music = Paint.DIALING_EDGE, Paint.MUSIC_STRIPE
    return (
        f'<defs><pattern id="{ink.patterns}-dots" width="8" height="8"'
        ' patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8"{ink.fill(Paint.DIALING)}/>'
        f'<circle cx="2" cy="2" r="1"{ink.fill(dots)}/>'
        f'<circle cx="6" cy="6" r="1"{ink.fill(dots)}/></pattern>'
        f'<pattern id="{ink.patterns}-stripes" width="7" height="7"'
        ' patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="7" height="7"{ink.fill(Paint.MUSIC)}/>'
        f'<rect width="1.6" height="7"{ink.fill(music)}/></pattern></defs>\n'
    )
