"""Which expectations are asked for by words, and the fewest words that ask for one of them.

All words must occur in what names an expectation: its file and line, the name of its case, and its
own text; capitals do not count. A number is found as a whole only: ``15`` is not in ``155`` and not
in ``15.5``, so that a file and its line pick one expectation. The module reads no file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from attrs import frozen

from .expectations import Expectation, Unread


@frozen
class Words:
    """The words that were asked for; none: everything is."""

    words: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str | None) -> Words:
        """The words in a text."""
        return cls(tuple((text or "").lower().split()))

    def choose(self, path: str, name: str | None, one: Expectation | Unread) -> bool:
        """Whether an expectation of a case is asked for, or one that cannot be read."""
        if not self.words:
            return True
        return self.are_in(_named(path, name, one))

    def are_in(self, named: str) -> bool:
        """Whether all words are in what names an expectation."""
        return all(_form(word).search(named) for word in self.words)


def _named(path: str, name: str | None, one: Expectation | Unread) -> str:
    text = one.text if isinstance(one, Expectation) else one.text or one.message
    line = "" if one.line is None else f":{one.line}"
    return f"{path}{line} {name or ''} {text}".lower()


@cache
def _form(word: str) -> re.Pattern[str]:
    before = r"(?<![0-9])(?<![0-9]\.)" if word[0].isdigit() else ""
    after = r"(?![0-9]|\.[0-9])" if word[-1].isdigit() else ""
    return re.compile(before + re.escape(word) + after)


class Fewest:
    """Words that ask for one expectation of a case: the end of its text, or its line.

    Args:
        path, name: of the case.
        all_of_them: everything that the case expects.
    """

    def __init__(self, path: str, name: str | None, all_of_them: Sequence[Expectation]) -> None:
        self._named = [_named(path, name, one) for one in all_of_them]
        self._own = dict(zip(map(id, all_of_them), self._named, strict=True))
        self._count = Counter(self._named)

    def words(self, expectation: Expectation) -> str:
        """The words; its whole text, if no words ask for it alone."""
        own = self._own[id(expectation)]
        for text in _candidates(expectation) if self._count[own] == 1 else ():
            words = Words.of(text)
            if words.are_in(own) and sum(1 for _ in islice(self._asked_by(words), 2)) == 1:
                return text
        return expectation.text

    def _asked_by(self, words: Words) -> Iterator[str]:
        return filter(words.are_in, self._named)


def _candidates(expectation: Expectation) -> Iterator[str]:
    """Its key, where that stands before its text; ends of the text, of five words and more; lines.

    A shorter end would say too little to who reads the command.
    """
    words = expectation.text.split()
    if words[0].endswith(":"):
        yield words[0]
    for count in range(min(5, len(words)), len(words) + 1):
        yield " ".join(words[-count:])
    if expectation.line is not None:
        yield f":{expectation.line}"
        yield f"{expectation.text} :{expectation.line}"
