"""``--each PATH=A,B,C``: the values that one place of a case takes, one after the other.

Each value is read as ``--set`` reads it, so it may be a mapping, a list or a text in quotes, with
commas of its own: the option is cut only at commas outside of them. Quotes and brackets count where
a value of YAML would begin with them, not inside a word. There are no ranges: a DTMF string may be
``3..9``, and no sign means the same at every path.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ...errors import UsageError, printable
from .problems import public
from .settings import Choice, shown

_CLOSES = {"[": "]", "{": "}"}


class Axis(NamedTuple):
    """A path and the values that it takes, as they were written; an empty one leaves it out."""

    path: str
    values: tuple[str, ...]

    def choices(self) -> tuple[Choice, ...]:
        """Each value as a setting."""
        return tuple(Choice(self.path, value) for value in self.values)


def axes(options: Iterable[str]) -> tuple[Axis, ...]:
    """What the options ``--each`` ask for, in their order.

    Raises:
        UsageError: one is no ``PATH=A,B,C``, or two of them set the same thing.
    """
    found: list[Axis] = []
    for option in options:
        path, equals, text = option.partition("=")
        path = path.strip()
        if not equals or not path:
            raise UsageError(f"--each {printable(shown(option))}: it wants PATH=A,B,C")
        try:
            values = tuple(split(text))
        except ValueError as error:
            raise UsageError(f"--each {printable(shown(option))}: {error}") from None
        if not any(values):
            name = printable(public(path))
            raise UsageError(
                f"--each {name}=: it wants values, as in {name}=A,B,C; to leave the key out in "
                f"every variation say --set {name}="
            )
        for other in found:
            _apart(other, path)
        found.append(Axis(path, values))
    return tuple(found)


def _apart(other: Axis, path: str) -> None:
    """Two options that set the same thing would show values that are not in force."""
    one, two = (steps.replace("request.params.", "request.") for steps in (other.path, path))
    outer, inner = (printable(public(name)) for name in sorted((one, two), key=len))
    if one == two:
        raise UsageError(f"--each {outer} stands twice; give all its values to one: {outer}=A,B,C")
    if inner.startswith((f"{outer}.", f"{outer}[")):
        raise UsageError(
            f"--each {outer} and --each {inner} set the same thing; give whole values to {outer} "
            "and leave the other out"
        )


def split(text: str) -> list[str]:
    """A text cut at its commas, but for those in brackets and quotes; without blanks around.

    Raises:
        ValueError: a bracket or a quote is not closed; says which.
    """
    values: list[str] = []
    open_brackets: list[str] = []
    start = at = 0
    begins = True  # a value of YAML would begin here
    while at < len(text):
        sign = text[at]
        if sign in "'\"" and begins:
            at = _behind_quote(text, at)
            begins = False
            continue
        if sign in _CLOSES and (begins or open_brackets):
            open_brackets.append(sign)
            begins = True
        elif open_brackets and sign == _CLOSES[open_brackets[-1]]:
            open_brackets.pop()
            begins = False
        elif sign == "," and not open_brackets:
            values.append(text[start:at].strip())
            start = at + 1
            begins = True
        elif sign == "," or (sign == ":" and open_brackets):
            begins = True
        elif not sign.isspace():
            begins = False
        at += 1
    if open_brackets:
        raise ValueError(_not_closed(open_brackets[-1]))
    values.append(text[start:].strip())
    return values


def _behind_quote(text: str, at: int) -> int:
    """The place behind a text in quotes that begins at ``at``."""
    quote = text[at]
    here = at + 1
    while here < len(text):
        if quote == '"' and text[here] == "\\":
            here += 2
        elif text[here] != quote:
            here += 1
        elif quote == "'" and text[here + 1 : here + 2] == "'":
            here += 2
        else:
            return here + 1
    raise ValueError(_not_closed(quote))


def _not_closed(sign: str) -> str:
    quote = '"' if sign == "'" else "'"
    example = f"{quote}{sign}...{quote}"
    return f"{sign} is not closed; a text that begins with it stands in quotes: {example}"
