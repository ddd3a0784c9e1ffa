"""Lines of a terminal: cells with roles, text that flows, and how both become characters.

A `Sheet` is what a drawing for a terminal returns: lines of runs, each with its role. It becomes a
string by a `Style`: with colours (only then is rich imported), with bold and italics alone, or
plain. Nothing here reads an environment or a terminal but `detect`, which is handed both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from .palette import TERMINAL, Role

if TYPE_CHECKING:
    from rich.text import Text

#: Text with one role.
Run = tuple[str, Role]
#: A line of a sheet.
Line = tuple[Run, ...]

NARROWEST = 40
#: A blank that no line is broken at. Printable text never holds it.
GLUE = "\x1f"
_DEFAULT_WIDTH = 80


class Style(Enum):
    """What the place that shows a sheet can do.

    ``COLOUR``: a terminal. ``INK``: a terminal where colours are not wanted; bold, italics and
    Unicode stay. ``ASCII``: anything else; the drawing is ASCII, and what users wrote stays as it
    is, and so do the letters of other languages. ``BARE``: not even that can be shown, so it
    becomes escapes.
    """

    COLOUR = "colour"
    INK = "ink"
    ASCII = "ascii"
    BARE = "bare"

    @property
    def drawn(self) -> bool:
        """Whether there are line-drawing characters."""
        return self in (Style.COLOUR, Style.INK)

    def own(self, text: str) -> str:
        """Words of ours, in characters that there are."""
        if self.drawn or text.isascii():
            return text
        return self.users(text.translate(_IN_ASCII))

    def users(self, text: str) -> str:
        """Words of a user, already printable, in characters that there are."""
        return _escaped(text) if self is Style.BARE and not text.isascii() else text


_IN_ASCII = str.maketrans(
    {"·": "-", "●": "*", "×": "x", "…": "...", "–": "-", "—": "-", "’": "'", "“": '"', "”": '"'}
)


def _escaped(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode("ascii")


class Sheet(NamedTuple):
    """A drawing for a terminal. No line is wider than was asked for, and none ends in a blank."""

    lines: tuple[Line, ...]

    def plain(self) -> str:
        """The characters alone; every line ends in a newline."""
        return "".join("".join(text for text, _ in line) + "\n" for line in self.lines)

    def render(self, style: Style, *, colours: int = 1 << 24) -> str:
        """The sheet as a string for a place that can do ``style`` and shows so many ``colours``."""
        if style is Style.COLOUR:
            return self._coloured(colours)
        return self._inked() if style is Style.INK else self.plain()

    def to_rich(self) -> Text:
        """The sheet as a text of rich."""
        from rich.style import Style as RichStyle
        from rich.text import Text

        looks = {
            role: RichStyle(color=ink.colour, bgcolor=ink.fill, bold=ink.bold, italic=ink.italic)
            for role, ink in TERMINAL.items()
        }
        text = Text(no_wrap=True, end="")
        for line in self.lines:
            for run, role in line:
                text.append(run, looks[role])
            text.append("\n")
        return text

    def _coloured(self, colours: int) -> str:
        from rich.color import ColorSystem
        from rich.style import Style as RichStyle

        system = next(
            (
                system
                for least, system in (
                    (1 << 24, ColorSystem.TRUECOLOR),
                    (256, ColorSystem.EIGHT_BIT),
                )
                if colours >= least
            ),
            ColorSystem.STANDARD,
        )
        looks = {
            role: RichStyle(
                color=ink.colour,
                bgcolor=ink.fill,
                bold=ink.bold or None,
                italic=ink.italic or None,
            )
            for role, ink in TERMINAL.items()
        }
        return "".join(
            "".join(looks[role].render(text, color_system=system) for text, role in line) + "\n"
            for line in self.lines
        )

    def _inked(self) -> str:
        def inked(text: str, role: Role) -> str:
            ink = TERMINAL[role]
            codes = ";".join(code for code, on in (("1", ink.bold), ("3", ink.italic)) if on)
            return f"\x1b[{codes}m{text}\x1b[0m" if codes and text.strip() else text

        return "".join("".join(inked(*run) for run in line) + "\n" for line in self.lines)


# -------------------------------------------------------------------------------------------- cells


class Grid:
    """Cells of one character each, row by row. An empty cell can still be filled from below."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._rows: list[list[tuple[str, Role] | None]] = []

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def add(self) -> int:
        """Append an empty row; its number."""
        self._rows.append([None] * self.width)
        return len(self._rows) - 1

    def put(self, row: int, column: int, text: str, role: Role = Role.TEXT) -> None:
        """Write over what is there. What would leave the grid is a mistake of the caller."""
        if column < 0 or column + len(text) > self.width:
            raise IndexError(f"{text!r} at {column} leaves a grid of {self.width} columns")
        self._rows[row][column : column + len(text)] = [(character, role) for character in text]

    def read(self, row: int, column: int) -> str:
        """The character of a cell; a blank where nothing stands yet."""
        cell = self._rows[row][column]
        return " " if cell is None else cell[0]

    def under(self, row: int, column: int, character: str, role: Role) -> None:
        """Write only where nothing stands yet."""
        if self._rows[row][column] is None:
            self._rows[row][column] = (character, role)

    def free(self, row: int, start: int, end: int) -> bool:
        """Whether nothing stands yet from ``start`` to before ``end``, all inside the grid."""
        if start < 0 or end > self.width:
            return False
        return all(cell is None for cell in self._rows[row][start:end])

    def lines(self) -> Iterator[Line]:
        """The rows as lines, without blanks at their ends."""
        for row in self._rows:
            yield line(cell or (" ", Role.TEXT) for cell in row)


_FILLS = frozenset({Role.MESSAGE, Role.MESSAGE_WORD, Role.CONVERSATION, Role.CONVERSATION_WORD})


def line(runs: Iterable[Run]) -> Line:
    """Runs as a line: neighbours of one role joined, nothing empty, no blanks at the end."""
    joined: list[Run] = []
    for text, role in runs:
        if joined and (joined[-1][1] is role or (not text.strip(" ") and role not in _FILLS)):
            before, kept = joined[-1]
            if kept is role or kept not in _FILLS:
                joined[-1] = (before + text, kept)
                continue
        if text:
            joined.append((text, role))
    joined = [(text.replace(GLUE, " "), role) for text, role in joined]
    while joined and joined[-1][1] not in _FILLS:
        text, role = joined.pop()
        if text.rstrip(" "):
            joined.append((text.rstrip(" "), role))
            break
    return tuple(joined)


# ---------------------------------------------------------------------------------- text that flows


#: Letters and signs of Europe, a cell each; without marks that stand on others.
_NARROW = re.compile("[\x00-\u02ff\u0400-\u0482\u048a-\u04ff\u2010-\u2027\u2500-\u257f]*")


def cells(text: str) -> int:
    """How many cells a printable text takes."""
    if text.isascii() or _NARROW.fullmatch(text):
        return len(text)
    from unicodedata import category, east_asian_width

    taken = 0
    for character in text:
        if category(character) in ("Mn", "Me") or "\u1160" <= character <= "\u11ff":
            continue
        taken += 2 if east_asian_width(character) in "WF" else 1
    return taken


class _Word(NamedTuple):
    """What is not torn apart. ``blanks``: how many stand before it, if anything does."""

    blanks: int
    runs: tuple[Run, ...]

    @property
    def taken(self) -> int:
        return sum(cells(text) for text, _ in self.runs)


#: A number stays with its unit.
_PIECES = re.compile(r"( *)((?:[^ ]*\d (?=(?:s|min|h|с|мин|ч)\b))*[^ ]+)|( +)")


def wrap(runs: Iterable[Run], width: int) -> list[Line]:
    """Runs broken into lines between words, and inside a word that is too long for a line."""
    width = max(width, 1)
    lines: list[Line] = []
    current: list[Run] = []
    taken = 0
    for word in _words(runs):
        rest = word
        if current and taken + word.blanks + word.taken > width:
            lines.append(line(current))
            current, taken = [], 0
        while rest.taken > width:
            head, rest = _torn(rest, width)
            lines.append(line(head))
        if current:
            current.append((" " * rest.blanks, Role.TEXT))
            taken += rest.blanks
        current.extend(rest.runs)
        taken += rest.taken
    if current or not lines:
        lines.append(line(current))
    return lines


def _words(runs: Iterable[Run]) -> Iterator[_Word]:
    """Words across runs: one that goes on in the next run without a blank stays whole."""
    blanks = 0
    collected: list[Run] = []
    for text, role in runs:
        for found in _PIECES.finditer(text):
            before = found[1] if found[2] else found[3]
            if before:
                if collected:
                    yield _Word(blanks, tuple(collected))
                    collected, blanks = [], 0
                blanks += len(before)
            if found[2]:
                collected.append((found[2], role))
    if collected:
        yield _Word(blanks, tuple(collected))


def _torn(word: _Word, width: int) -> tuple[Sequence[Run], _Word]:
    """What fits of a word that is too long, and the rest; torn at glued blanks if it has any."""
    head: list[Run] = []
    room = width
    runs = list(word.runs)
    while runs:
        text, role = runs.pop(0)
        fitting = 0
        while fitting < len(text) and room >= cells(text[fitting]):
            room -= cells(text[fitting])
            fitting += 1
        if fitting == len(text):
            head.append((text, role))
            continue
        if not head and not fitting:  # a wide character in a line of one cell
            fitting = 1
        blank = text.rfind(GLUE, 0, fitting + 1)
        if blank > 0:
            head.append((text[:blank], role))
            runs.insert(0, (text[blank + 1 :], role))
            break
        head.append((text[:fitting], role))
        runs.insert(0, (text[fitting:], role))
        break
    return head, _Word(0, tuple(run for run in runs if run[0]))


def shorten(lines: Sequence[Line], most: int, width: int, dots: str) -> list[Line]:
    """At most so many lines; ``dots`` tell that there were more."""
    if len(lines) <= most:
        return list(lines)
    kept = list(lines[:most])
    text, role = "".join(text for text, _ in kept[-1]), kept[-1][-1][1]
    while cells(text) + cells(dots) > width:
        text = text[:-1]
    kept[-1] = ((text.rstrip(" ") + dots, role),)
    return kept


# ------------------------------------------------------------------------------------------- places


class Stream(Protocol):
    """Where a sheet goes to, as far as it is asked about."""

    @property
    def encoding(self) -> str:
        """The name of its encoding."""
        ...

    def isatty(self) -> bool:
        """Whether somebody looks at it."""
        ...


class Place(NamedTuple):
    """What `detect` found: what can be shown, how wide, and in how many colours."""

    style: Style
    width: int
    colours: int


#: A file, or a pipe: 80 cells of plain characters.
IN_FILES = Place(Style.ASCII, _DEFAULT_WIDTH, 16)


def detect(stream: Stream, environ: Mapping[str, str], columns: int | None = None) -> Place:
    """What a stream can show.

    Args:
        stream: where the sheet goes to.
        environ: the environment: COLUMNS, NO_COLOR, TERM and COLORTERM are asked for.
        columns: how wide the terminal says it is; COLUMNS comes before it.
    """
    given = environ.get("COLUMNS", "")
    told = int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 0
    width = told or columns or _DEFAULT_WIDTH
    encoding = (
        (getattr(stream, "encoding", None) or "ascii").lower().replace("-", "").replace("_", "")
    )
    depth = environ.get("COLORTERM", "").lower()
    term = environ.get("TERM", "")
    colours = 1 << 24 if depth in ("truecolor", "24bit") else 256 if "256" in term else 16
    if not encoding.startswith("utf"):
        style = Style.BARE
    elif not stream.isatty() or term in ("dumb", "unknown"):
        style = Style.ASCII
    else:
        style = Style.INK if environ.get("NO_COLOR") else Style.COLOUR
    return Place(style, max(width, NARROWEST), colours)
