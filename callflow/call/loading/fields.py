"""From nodes to values: each function reads one kind of field, and tells what it cannot read.

A field that is wrong gives None, and reading goes on, so that everything wrong is told at once.
``at`` is the node whose line is told: the key, or an item of a list.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from ...api.echo import shortened, shown
from ...api.wire import Numeral
from ...errors import nearest
from ...units import LONGEST, Milliseconds, milliseconds
from .keys import Keys
from .problems import Problems
from .tree import (
    FAULTY,
    LITERAL,
    PLAIN,
    STRANGE,
    TEXT,
    Mapping,
    Node,
    Scalar,
    Sequence,
    is_null,
    joined,
    value_of,
)

if TYPE_CHECKING:
    from decimal import Decimal

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")

#: For so many unknown keys the nearest right one is looked up.
_SUGGESTIONS = 100

Entry = tuple[Scalar, Node]


def described(node: Node, *, secret: bool = False) -> str:
    """What stands there, with its type: ``the text yes``, ``the number 237``, ``a list``."""
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    if node.kind is not STRANGE:
        return shown(value_of(node), secret=secret)
    value = node.value
    if isinstance(value, float) or type(value).__module__ in ("decimal", "datetime"):
        return f"the {type(value).__name__} {value}" if not secret else "a value"
    return shown(value)


class Fields:
    """Reads fields; what is wrong goes to ``problems``."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self._suggestions = _SUGGESTIONS

    def wrong(
        self,
        node: Node,
        at: Node,
        path: str,
        expected: str,
        *,
        more: str = "",
        near: str | None = None,
        secret: bool = False,
    ) -> None:
        """The value is not what is expected; says what it is. What is faulty is told already."""
        if type(node) is Scalar and node.kind is FAULTY:
            return
        given = described(node, secret=secret)
        if near:
            more += f"; did you mean {near}?"
        self.problems.add(
            at,
            path,
            f"must be {expected}, not {given}{more}",
            given=given,
            expected=expected,
            nearest=near,
        )

    # ------------------------------------------------------------------------- mappings and lists

    def members(
        self, node: Node, at: Node, path: str, known: Keys, *, or_else: str = ""
    ) -> dict[str, Entry]:
        """The known keys of a mapping that are not null; unknown ones are told."""
        if type(node) is not Mapping:
            self.wrong(node, at, path, f"a mapping{or_else}")
            return {}
        found = {}
        for name, entry in node.entries.items():
            if name not in known:
                self.unknown(entry[0], path, known)
            elif not is_null(entry[1]):
                found[name] = entry
        return found

    def unknown(self, key: Scalar, path: str, known: Collection[str], hint: str = "") -> None:
        """A key that nobody reads."""
        if key.kind is FAULTY:
            return
        near = None
        if self._suggestions and not hint:
            self._suggestions -= 1
            near = nearest(key.text, known)
        if near:
            hint = f"did you mean {near}?"
        elif not hint:
            hint = f"known here: {', '.join(known)}"
        self.problems.add(
            key,
            joined(path, key.text),
            f"unknown key; {hint}",
            given=shortened(key.text),
            expected=", ".join(known),
            nearest=near,
        )

    def texts(
        self, entry: Entry, path: str, what: str, *, secret: bool = False
    ) -> tuple[str, ...] | None:
        """The texts of a list; None: something of it is wrong."""
        at, node = entry
        if type(node) is not Sequence:
            self.wrong(node, at, path, f"a list of {what}", secret=secret)
            return None
        found = tuple(
            self.text(item, item, f"{path}[{place}]", secret=secret)
            for place, item in enumerate(node.items)
        )
        texts = tuple(text for text in found if text is not None)
        return texts if len(texts) == len(found) else None

    def free(self, node: Node, at: Node, path: str, what: str) -> Iterator[tuple[str, Entry, str]]:
        """Every key of a mapping whose keys are free, with its path."""
        if type(node) is not Mapping:
            self.wrong(node, at, path, f"a mapping of {what}")
            return
        for name, entry in node.entries.items():
            yield name, entry, joined(path, name)

    # ------------------------------------------------------------------------------ single values

    def text(self, node: Node, at: Node, path: str, *, secret: bool = False) -> str | None:
        """A text, in YAML as it is written."""
        if type(node) is Scalar:
            kind = node.kind
            if kind is TEXT or (kind is PLAIN and not is_null(node)):
                return node.text
        more = ""
        if not secret and type(node) is Scalar and isinstance(value_of(node), Numeral):
            more = f'; write it in quotes: "{shortened(node.text)}"'
        self.wrong(node, at, path, "a text", more=more, secret=secret)
        return None

    def choice(
        self, node: Node, at: Node, path: str, choices: Collection[str], or_else: str = ""
    ) -> str | None:
        """One of a few words."""
        if type(node) is Scalar and node.kind in (TEXT, PLAIN):
            if node.text in choices:
                return node.text
            near = nearest(node.text, choices)
        else:
            near = None
        self.wrong(node, at, path, " or ".join(choices) + or_else, near=near)
        return None

    def time(
        self, node: Node, at: Node, path: str, *, least: Milliseconds, or_else: str = ""
    ) -> Milliseconds | None:
        """A number of seconds, as whole milliseconds."""
        if type(node) is Scalar:
            kind = node.kind
            if kind is PLAIN or kind is LITERAL:
                try:
                    length = milliseconds(node.text)
                except (ValueError, OverflowError):
                    pass
                else:
                    if length >= least:
                        return length
        smallest = "0.001" if least else "0"
        expected = f"a number of seconds from {smallest} to {LONGEST // 1000}{or_else}"
        self.wrong(node, at, path, expected, more=_unquoted(node))
        return None


def _unquoted(node: Node) -> str:
    """The repair of a number that stands in quotes."""
    if type(node) is not Scalar or node.kind is not TEXT:
        return ""
    try:
        milliseconds(node.text)
    except (ValueError, OverflowError):
        return ""
    return "; write it without quotes"


def exact_number(node: Node) -> Decimal | int | None:
    """The number that is written there, exactly; None: it is none."""
    if not isinstance(node, Scalar) or node.kind not in (PLAIN, LITERAL):
        return None
    text = node.text
    if len(text) < 19 and text.isascii() and text.isdigit():
        return int(text)
    if not _NUMBER.fullmatch(text):
        return None
    from decimal import Decimal, InvalidOperation

    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond what any decimal holds
        return None


def thousandth_of(exact: Decimal | int) -> Decimal | int:
    """0.001 in the number's own type; of whole numbers the first above it."""
    return 1 if isinstance(exact, int) else type(exact)("0.001")
