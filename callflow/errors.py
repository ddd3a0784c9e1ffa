"""What goes wrong, as objects: each says what, where, and how to repair it.

========================  =================================================================  ====
``CaseError``             a file or a mapping that cannot be read as a case                     2
``UsageError``            a question that cannot be asked so                                    2
``RequestRefused``        the API would refuse the request (``callflow.api.errors``)            3
``ImpossibleEvent``       an event fired by hand that cannot happen, or not now
``TableError``            rows that make no complete, unambiguous table
========================  =================================================================  ====

The number is the exit status of the command line. Anything else that escapes is a fault of ours
(70). The module knows nothing of files, cases and calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen


class CallflowError(Exception):
    """Everything that callflow raises on purpose."""

    exit_status = 2


class UsageError(CallflowError):
    """A question that cannot be asked so: a wrong option, a file missing or unwritable."""


@frozen(kw_only=True)
class Problem:
    """One thing wrong in a file or mapping.

    ``message`` is complete: it names what was given, what was expected, and the nearest right
    thing, which ``given``, ``expected`` and ``nearest`` hold once more for programs. ``line``
    counts from 1; ``path`` is dotted, places in lists in brackets.
    """

    message: str
    path: str = ""
    file: str | None = None
    line: int | None = None
    given: str | None = None
    expected: str | None = None
    nearest: str | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        return ": ".join(printable(part) for part in (place, self.path, self.message) if part)

    def to_dict(self) -> dict[str, str | int | None]:
        """As it stands in ``--format jsonl``."""
        return {"file": self.file, "line": self.line, "path": self.path, "message": self.message}


class CaseError(CallflowError):
    """A file or mapping that is no case; ``problems`` holds all of them, in order of lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ImpossibleEvent(CallflowError):
    """An event that cannot happen in this state, or not at this moment.

    Attributes:
        event: what was asked for.
        state: the state of the call, ``contact leg/employee leg``.
        possible: the events possible there and then.
    """

    def __init__(self, event: str, state: str, possible: Iterable[str], why: str = "") -> None:
        self.event = event
        self.state = state
        self.possible = tuple(possible)
        near = nearest(event, self.possible)
        super().__init__(
            f"{printable(event)} is not possible in {state}"
            + (f": {why}" if why else "")
            + (
                "; possible: " + ", ".join(self.possible)
                if self.possible
                else "; nothing is possible there"
            )
            + (f"; did you mean {near}?" if near and near != event and not why else "")
        )


class TableError(CallflowError):
    """Rows that make no table: ambiguous, incomplete, cyclic, or with a rule that no call comes to.

    ``rules`` holds the rows at fault.
    """

    def __init__(self, message: str, rules: Iterable[object] = ()) -> None:
        self.rules = tuple(rules)
        super().__init__(message + "".join(f"\n  {rule}" for rule in self.rules))


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that ``word`` was most likely meant to be, or None when none is near."""
    known = list(choices)
    if not known or not 0 < len(word) <= 100:
        return None
    from difflib import get_close_matches

    found = get_close_matches(word, known, n=1, cutoff=0.6) or get_close_matches(
        word.lower().replace("-", "_"), known, n=1, cutoff=0.6
    )
    return found[0] if found else None


def not_there(module: str, name: str, names: Iterable[str]) -> AttributeError:
    """What a package says, whose names are loaded when first used, to one that it does not have."""
    near = nearest(name, names)
    hint = f"; did you mean {near}?" if near else ""
    return AttributeError(f"module {module!r} has no attribute {name!r}{hint}")


def either(words: Sequence[str]) -> str:
    """Words of which one is meant: ``a, b or c``."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def printable(text: str) -> str:
    """``text`` on one line, what is not printable (controls, direction marks) as an escape."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in text
    )
