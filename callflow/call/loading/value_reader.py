"""Plain Python values to tree: a mapping from a program, or what a parser of JSON or TOML made.

Whatever is handed in, the walk ends: it goes no deeper than 64, counts what it makes, and takes
what JSON does not have as strange, for the fields to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping

from ...api.wire import DEEPEST, Numeral, as_json
from .tree import (
    FAULTY,
    LITERAL,
    STRANGE,
    TEXT,
    TOO_DEEP,
    Fault,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Source,
    Step,
)
from .yaml_reader import HALF, Unreadable

#: More values than a case can need; few enough to be counted quickly.
_MOST = 1_000_000

_SURROGATE = re.compile("[\ud800-\udfff]")


def read(value: object, source: Source) -> tuple[Node, list[Fault]]:
    """The tree of a value, and what of it is refused.

    Raises:
        Unreadable: it is too deep, or holds too much.
    """
    reader = _Reader(source)
    return reader.node(value, 1), reader.faults


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.faults: list[Fault] = []
        self.trail: list[Step] = []
        self.left = _MOST

    def fault(self, message: str) -> None:
        self.faults.append(Fault(tuple(self.trail), self.source, -1, message))

    def node(self, value: object, depth: int) -> Node:
        if type(value) is Numeral:
            return Scalar(self.source, LITERAL, value.text)
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, AnyMapping):
            self.spend(len(value), depth)
            return self.mapping(value, depth)
        if isinstance(value, list | tuple):
            self.spend(len(value), depth)
            sequence = Sequence(self.source)
            for place, item in enumerate(value):
                self.trail.append(place)
                sequence.items.append(self.node(item, depth + 1))
                self.trail.pop()
            return sequence
        if value is None or isinstance(value, bool):
            text = "null" if value is None else "true" if value else "false"
            return Scalar(self.source, LITERAL, text)
        known = as_json(value)
        if isinstance(known, Numeral):
            return Scalar(self.source, LITERAL, known.text)
        return Scalar(self.source, STRANGE, "", value=value)

    def text(self, value: str) -> Scalar:
        text = value if type(value) is str else str.__str__(value)
        if text.isascii() or not _SURROGATE.search(text):
            return Scalar(self.source, TEXT, text)
        self.fault(HALF)
        return Scalar(self.source, FAULTY, text)

    def mapping(self, value: AnyMapping[object, object], depth: int) -> Mapping:
        mapping = Mapping(self.source)
        for key, member in value.items():
            if not isinstance(key, str):
                self.fault(f"a key must be a text, not a value of type {type(key).__name__}")
                continue
            self.trail.append(str.__str__(key))
            known = self.text(key)
            mapping.entries[known.text] = known, self.node(member, depth + 1)
            self.trail.pop()
        return mapping

    def spend(self, count: int, depth: int) -> None:
        self.left -= count
        message = TOO_DEEP.format(DEEPEST) if depth > DEEPEST else ""
        if self.left < 0:
            message = f"holds more than {_MOST} values (a limit of ours)"
        if message:
            self.fault(message)
            raise Unreadable(self.faults)
