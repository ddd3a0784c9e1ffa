"""Sentences as lists of words with holes, and a reader that says what could stand at a wrong word.

A pattern is a text: ``{party} hears {state} for {length}``. What fills a hole is data, too: a word
of the field, a number, or one of several patterns in their turn. So the same patterns read
sentences, tell what is possible at a place, document themselves, and can be drawn from.

The module knows the notation and no single pattern; it knows no call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from attrs import define, field, frozen

from ..errors import either, nearest


class Lexical(NamedTuple):
    """A hole that is filled by one word of some form.

    Attributes:
        form: what the word looks like.
        described: what is told where another word stands there.
        value: of the word; it raises ValueError or OverflowError if there is none.
    """

    form: re.Pattern[str]
    described: str
    value: Callable[[str], Any]

    def read(self, word: str) -> tuple[Any, ...]:
        """The value of a word, alone; empty: the word is none for this hole."""
        try:
            return (self.value(word),) if self.form.fullmatch(word) else ()
        except (ValueError, OverflowError):
            return ()


#: A hole: a word of some form, or patterns and what each of them comes to.
Hole = Lexical | Mapping[str, Callable[..., Any]]


class Token(NamedTuple):
    """A word of a sentence, and its column from 0."""

    text: str
    column: int


@frozen
class Sentence:
    """A sentence that was read.

    Attributes:
        text: as it was written, blanks reduced to one.
        pattern: of which it is.
        values: what stood in the holes, in their order.
    """

    text: str
    pattern: str
    values: tuple[Any, ...]


@frozen
class Misread(Exception):
    """A sentence that no pattern reads.

    Attributes:
        text: as it was written.
        column: of the first wrong word, from 0; behind the end, if a word is missing.
        expected: what could stand there.
        near: the word that was most likely meant.
    """

    text: str
    column: int
    expected: tuple[str, ...]
    near: str | None

    @property
    def wanted(self) -> str:
        """What could stand there, as a list of words."""
        return either(self.expected)

    def __str__(self) -> str:
        place = "at its end"
        for count, word in enumerate(words(self.text), 1):
            if word.column == self.column:
                place = f"at {_shown(word.text)}, word {count}"
        near = f"; did you mean {self.near}?" if self.near else ""
        return f"{_shown(self.text)} cannot be read {place}: {self.wanted} could stand there{near}"


def _shown(text: str) -> str:
    """A text in quotes, on one line, and not endless."""
    return repr(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}...")


#: A sentence has a dozen words; longer ones are somebody's accident, and are shown up to here.
_LONGEST = 200

_WORD = re.compile(r'"[^"]*"|[0-9.]+\s+s(?:econds?)?(?!\S)|\S+')
_HOLE = re.compile(r"\{(\w+)\}")

#: What is told where a sentence should be over.
_END = "nothing more"


def words(text: str) -> list[Token]:
    """The words of a sentence; what stands in quotes is one, and a number with its unit.

    Blanks inside a word are reduced to one.
    """
    return [Token(" ".join(found[0].split()), found.start()) for found in _WORD.finditer(text)]


@define
class _Reading:
    """One sentence under way, and the furthest place that was not to be passed."""

    tokens: Sequence[Token]
    furthest: int = 0
    expected: dict[str, None] = field(factory=dict)
    near: list[str] = field(factory=list)
    forms: dict[str, Lexical] = field(factory=dict)

    def missing(self, place: int, described: str, hole: Lexical | None = None) -> None:
        """Something else was to stand at a place; a word, unless it is a hole or the end."""
        if place < self.furthest:
            return
        if place > self.furthest:
            self.furthest = place
            self.expected.clear()
            self.near.clear()
            self.forms.clear()
        self.expected[described] = None
        if hole is not None:
            self.forms[described] = hole
        elif described != _END:
            self.near.append(described)


class Grammar:
    """Patterns and the holes that they name.

    Args:
        patterns: every sentence, as a text with holes in braces.
        holes: what fills each hole.

    Raises:
        KeyError: a pattern names a hole that there is not.
    """

    def __init__(self, patterns: Sequence[str], holes: Mapping[str, Hole]) -> None:
        self.patterns = tuple(patterns)
        self.holes = dict(holes)
        for pattern in self._all_patterns():
            for item in items_of(pattern):
                if item.hole is not None:
                    self.holes[item.hole]

    def _all_patterns(self) -> Iterator[str]:
        yield from self.patterns
        for hole in self.holes.values():
            if not isinstance(hole, Lexical):
                yield from hole

    def read(self, text: str) -> Sentence:
        """The sentence in a text. Where two patterns fit, the first one counts.

        Raises:
            Misread: there is none; says where, and what could stand there.
        """
        reading = _Reading(words(text))
        for pattern in self.patterns:
            for place, values in self._match(reading, items_of(pattern), 0):
                if place == len(reading.tokens):
                    told = " ".join(token.text for token in reading.tokens)
                    return Sentence(told, pattern, values)
                reading.missing(place, _END)
        raise self._misread(text, reading)

    def possible(self, text: str) -> tuple[str, ...]:
        """What could stand after the words of an unfinished sentence."""
        reading = _Reading(words(text))
        for pattern in self.patterns:
            for place, _ in self._match(reading, items_of(pattern), 0):
                reading.missing(place, _END)
        if reading.furthest < len(reading.tokens):
            return ()
        return tuple(expected for expected in reading.expected if expected != _END)

    def _match(
        self, reading: _Reading, items: tuple[Item, ...], place: int
    ) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Every way in which the words from ``place`` on begin with ``items``."""
        if not items:
            yield place, ()
            return
        item, *rest = items
        for after, values in self._one(reading, item, place):
            for end, more in self._match(reading, tuple(rest), after):
                yield end, values + more

    def _one(
        self, reading: _Reading, item: Item, place: int
    ) -> Iterator[tuple[int, tuple[Any, ...]]]:
        word = reading.tokens[place].text if place < len(reading.tokens) else ""
        if item.hole is None:
            if word == item.word:
                yield place + 1, ()
            else:
                reading.missing(place, item.word)
            return
        hole = self.holes[item.hole]
        if isinstance(hole, Lexical):
            found = hole.read(word)
            if found:
                yield place + 1, found
            else:
                reading.missing(place, hole.described, hole)
            return
        for pattern, made in hole.items():
            for after, values in self._match(reading, items_of(pattern), place):
                yield after, (made(*values),)

    @staticmethod
    def _misread(text: str, reading: _Reading) -> Misread:
        tokens, place = reading.tokens, reading.furthest
        column = tokens[place].column if place < len(tokens) else len(text.rstrip())
        given = tokens[place].text if place < len(tokens) else ""
        near = nearest(given, reading.near) or _repaired(given, reading.forms.values())
        expected = sorted(reading.expected, key=lambda one: one == _END)  # told last
        return Misread(text, column, tuple(expected), near)


def _repaired(word: str, holes: Iterable[Lexical]) -> str | None:
    """A word as it was most likely meant: a comma for a point, quotes forgotten or too many."""
    bare = word[:100].strip("\"'+,;:.«»“”")
    for hole in holes:
        for repaired in (bare, bare.replace(",", "."), f'"{bare}"'):
            if hole.read(repaired):
                return repaired
    return None


class Item(NamedTuple):
    """A word of a pattern as it stands there, and the hole that it names, if it names one."""

    word: str
    hole: str | None


@cache
def items_of(pattern: str) -> tuple[Item, ...]:
    """The words and holes of a pattern."""
    found = []
    for word in pattern.split():
        hole = _HOLE.fullmatch(word)
        found.append(Item(word, hole[1] if hole else None))
    return tuple(found)
