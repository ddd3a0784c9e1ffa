"""What a reader of files hands over: a tree of values that know where they stand.

A scalar is not yet a number, a truth or a text: it has its text, and how it was written. What it
means is decided by the field that reads it. Offsets are kept, counted in characters of the text
(without its byte order mark); lines and columns are found from them only when someone asks, so that
a writer can change one value and keep the rest, and a good case pays nothing for its lines.

The module knows no file format and no case.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import IntEnum
from typing import NamedTuple

from ...api.wire import JsonValue, Numeral

#: A key of a mapping, or a place in a list.
Step = str | int

_BREAK = re.compile("\r\n?|\n")


class Source:
    """Where a tree comes from: the text of a file, an option, or a Python value.

    Attributes:
        text: None: nothing that has lines.
        option: the option of the command line that it is, as it may be shown.
    """

    __slots__ = ("_starts", "option", "text")

    def __init__(self, text: str | None, option: str | None = None) -> None:
        self.text = text
        self.option = option
        self._starts: list[int] | None = None

    def line(self, offset: int) -> int | None:
        """The line of a place, from 1; None: there are no lines."""
        if self.text is None or self.option is not None or offset < 0:
            return None
        return bisect_right(self._line_starts(), offset)

    def column(self, offset: int) -> int | None:
        """The column of a place, from 1; None: there are no lines."""
        line = self.line(offset)
        return None if line is None else offset - self._line_starts()[line - 1] + 1

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            found = _BREAK.finditer(self.text or "")
            self._starts = [0, *(line_break.end() for line_break in found)]
        return self._starts


class Kind(IntEnum):
    """How a scalar was written."""

    TEXT = 1  # in quotes, or as a block: a text for certain
    PLAIN = 2  # without quotes in YAML: whatever the field takes it for
    LITERAL = 3  # a number, true, false or null of a format that knows them
    STRANGE = 4  # a value that JSON does not have: a date of TOML, an object of Python
    FAULTY = 5  # its fault is told already


# Looked up once: every value of every file is asked for its kind.
TEXT, PLAIN, LITERAL, STRANGE, FAULTY = Kind


class Scalar:
    """A single value, or the key of a mapping. ``value``: what is strange, as it is."""

    __slots__ = ("end", "kind", "source", "start", "text", "value")

    def __init__(
        self,
        source: Source,
        kind: Kind,
        text: str,
        start: int = -1,
        end: int = -1,
        value: object = None,
    ) -> None:
        self.source = source
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        self.value = value

    @property
    def line(self) -> int | None:
        """From 1; None: it stands in no line."""
        return self.source.line(self.start)

    @property
    def column(self) -> int | None:
        """From 1; None: it stands in no line."""
        return self.source.column(self.start)


class Mapping:
    """Keys and values, in order. ``entries`` holds the first of each key, ``repeated`` the rest."""

    __slots__ = ("end", "entries", "repeated", "source", "start")

    def __init__(self, source: Source, start: int = -1, end: int = -1) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.entries: dict[str, tuple[Scalar, Node]] = {}
        self.repeated: list[tuple[Scalar, Node]] = []

    @property
    def line(self) -> int | None:
        """From 1; None: it stands in no line."""
        return self.source.line(self.start)

    @property
    def column(self) -> int | None:
        """From 1; None: it stands in no line."""
        return self.source.column(self.start)

    def get(self, key: str) -> Node | None:
        """The value of a key; None: it is not there."""
        entry = self.entries.get(key)
        return None if entry is None else entry[1]


class Sequence:
    """Values in order."""

    __slots__ = ("end", "items", "source", "start")

    def __init__(self, source: Source, start: int = -1, end: int = -1) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.items: list[Node] = []

    @property
    def line(self) -> int | None:
        """From 1; None: it stands in no line."""
        return self.source.line(self.start)

    @property
    def column(self) -> int | None:
        """From 1; None: it stands in no line."""
        return self.source.column(self.start)


Node = Scalar | Mapping | Sequence


class Fault(NamedTuple):
    """What a reader found wrong; ``steps`` lead to it from the root as it stands in the file."""

    steps: tuple[Step, ...]
    source: Source
    offset: int
    message: str


#: A line or a text beyond this depth is refused by every reader.
TOO_DEEP = "nested deeper than {} (a limit of ours)"

NULLS = frozenset(("null", "~", ""))
# The YAML 1.2 core schema; that `yes` and `on` are texts is part of it.
_TRUTHS = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def is_null(node: Node) -> bool:
    """Whether it is null; what is faulty counts as such, so that nothing is told twice."""
    if type(node) is not Scalar:
        return False
    kind = node.kind
    if kind is PLAIN:
        return node.text in NULLS
    return (kind is LITERAL and node.text == "null") or kind is FAULTY


def value_of(scalar: Scalar) -> JsonValue:
    """The JSON value of a scalar, where the field does not say better; null for a faulty one."""
    kind, text = scalar.kind, scalar.text
    if kind is TEXT:
        return text
    if kind is PLAIN or kind is LITERAL:
        if text in NULLS:
            return None
        if text in _TRUTHS:
            return _TRUTHS[text]
        return Numeral(text) if _NUMBER.fullmatch(text) else text
    return None


def plain(node: Node) -> object:
    """The tree as plain Python values: numbers as int, float where that is exact, else Decimal."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if node.kind is STRANGE:
        return node.value
    value = value_of(node)
    return number(value.text) if isinstance(value, Numeral) else value


def number(text: str) -> object:
    """The Python number that a JSON numeral stands for, exactly."""
    from decimal import Decimal, InvalidOperation

    if len(text) < 1000 and text.lstrip("-").isdigit():
        return int(text)
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return Numeral(text)
    near = float(text)
    return near if near - near == 0 and Decimal(repr(near)) == exact else exact


def path_of(steps: tuple[Step, ...]) -> str:
    """Steps as a path: dotted, places in lists in brackets."""
    path = ""
    for step in steps:
        if isinstance(step, int):
            path += f"[{step}]"
        else:
            path = joined(path, step)
    return path


def joined(path: str, key: str) -> str:
    """The path of a key under a path; an endless key is cut."""
    if len(key) > 100:
        key = f"{key[:97]}..."
    return f"{path}.{key}" if path else key
