"""JSON to tree. A good file is read by the parser of the request; places are found when asked for.

`located` reads the text once more, slowly, for the place of every value; it is called only when
there is a problem to report. It trusts that the text is JSON, as far as the standard parser says.
"""

from __future__ import annotations

import json
import re
from typing import NoReturn

from ...api.decoding import decode
from ...api.errors import RequestRefused
from ...api.wire import DEEPEST
from . import value_reader
from .tree import (
    FAULTY,
    LITERAL,
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
from .yaml_reader import HALF, Unreadable, repeated_key

# Texts are one token, so that a scan is linear whatever the text.
_TOKEN = re.compile(
    r'[ \t\r\n]*+(?:("[^"\\]*+(?:\\.[^"\\]*+)*+")|([][{},:])|([^][{},:" \t\r\n]++))', re.DOTALL
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def read(data: bytes, source: Source) -> tuple[Node, list[Fault]]:
    """The tree of a JSON text, and what of it is refused: places only where something is.

    Raises:
        Unreadable: it is no JSON, or too deep.
    """
    try:
        value = decode(data)
    except RequestRefused as refused:
        if is_json(source.text or ""):  # a key twice, half a character: told at their places
            return located(source)
        words = refused.error.detail.partition(", ")[2] or refused.error.detail
        line = refused.problems[0].line or 1
        raise Unreadable([Fault((), source, _start_of(source, line), words)]) from None
    return value_reader.read(value, source)


def is_json(text: str) -> bool:
    """Whether a text is JSON, keys given twice and half characters allowed."""
    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return False
    return True


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _start_of(source: Source, line: int) -> int:
    """An offset in the line; lines of JSON end in a line feed."""
    at = 0
    for _ in range(line - 1):
        at = (source.text or "").index("\n", at) + 1
    return at


def located(source: Source) -> tuple[Node, list[Fault]]:
    """The tree of a text that is JSON, every value at its place.

    Raises:
        Unreadable: it is too deep.
    """
    scanner = _Scanner(source)
    return scanner.value(*scanner.token(), depth=1), scanner.faults


class _Scanner:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.source_text = source.text or ""
        self.at = 0
        self.faults: list[Fault] = []
        self.trail: list[Step] = []

    def fault(self, offset: int, message: str) -> None:
        self.faults.append(Fault(tuple(self.trail), self.source, offset, message))

    def token(self) -> tuple[str, int]:
        found = _TOKEN.match(self.source_text, self.at)
        if found is None:
            raise AssertionError("a text that the standard parser takes for JSON")
        self.at = found.end()
        text = found[1] or found[2] or found[3]
        return text, self.at - len(text)

    def value(self, word: str, start: int, *, depth: int) -> Node:
        if word in ("{", "[") and depth > DEEPEST:
            self.fault(start, TOO_DEEP.format(DEEPEST))
            raise Unreadable(self.faults)
        if word == "{":
            return self.mapping(start, depth)
        if word == "[":
            return self.sequence(start, depth)
        return self.scalar(word, start)

    def scalar(self, word: str, start: int) -> Scalar:
        if word[0] != '"':
            return Scalar(self.source, LITERAL, word, start, self.at)
        text = word[1:-1]
        if "\\" in text:
            text = json.loads(word)
        whole = text.isascii() or not _SURROGATE.search(text)
        if not whole:
            self.fault(start, HALF)
        return Scalar(self.source, TEXT if whole else FAULTY, text, start, self.at)

    def mapping(self, start: int, depth: int) -> Mapping:
        mapping = Mapping(self.source, start)
        word, place = self.token()
        while word != "}":
            key = self.scalar(word, place)
            self.trail.append(key.text)
            self.token()  # the colon
            value = self.value(*self.token(), depth=depth + 1)
            if key.text in mapping.entries:
                mapping.repeated.append((key, value))
                self.fault(key.start, repeated_key(mapping.entries[key.text][0]))
            else:
                mapping.entries[key.text] = key, value
            self.trail.pop()
            word, place = self.token()
            if word == ",":
                word, place = self.token()
        mapping.end = self.at
        return mapping

    def sequence(self, start: int, depth: int) -> Sequence:
        sequence = Sequence(self.source, start)
        word, place = self.token()
        while word != "]":
            self.trail.append(len(sequence.items))
            sequence.items.append(self.value(word, place, depth=depth + 1))
            self.trail.pop()
            word, place = self.token()
            if word == ",":
                word, place = self.token()
        sequence.end = self.at
        return sequence
