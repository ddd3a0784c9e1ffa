"""What is wrong in a file, collected: all of it, in the order of lines."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...api.echo import shortened
from ...errors import Problem
from . import keys
from .tree import Node, Source

_BEHIND_ALL_LINES = 1 << 60
_PAGE = {key: place for place, key in enumerate(keys.CASE)}


class Problems:
    """Collects. ``file`` is told in each of them; None: there is no file."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self._found: list[Problem] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(
        self,
        at: Node | None,
        path: str,
        message: str,
        *,
        given: str | None = None,
        expected: str | None = None,
        nearest: str | None = None,
    ) -> None:
        """Something is wrong at a node; None: at no place that has a line."""
        self._found.append(
            Problem(
                message=message + (option_of(at.source) if at else ""),
                path=public(path),
                file=self.file,
                line=at.line if at else None,
                given=given,
                expected=expected,
                nearest=nearest,
            )
        )

    def at(self, source: Source, offset: int, path: str, message: str) -> None:
        """Something is wrong at an offset."""
        self._found.append(
            Problem(
                message=message + option_of(source),
                path=public(path),
                file=self.file,
                line=source.line(offset),
            )
        )

    def take(self, problems: Iterable[Problem]) -> None:
        """Add problems that were found elsewhere."""
        self._found.extend(problems)

    def in_order(self) -> tuple[Problem, ...]:
        """All of them by lines, then those without a line in the order of the format's page."""
        return tuple(sorted(self._found, key=_place))


def _place(problem: Problem) -> tuple[int, int]:
    if problem.line is not None:
        return problem.line, 0
    return _BEHIND_ALL_LINES, _PAGE.get(problem.path.partition(".")[0], -1)


def public(path: str) -> str:
    """A path as it may be shown: what stands below a token may be a secret, too."""
    return re.sub(r"(access_tokens?(?:\[\d+\])?)\..*", r"\1", path)


def option_of(source: Source) -> str:
    """The option that a value comes from, as it stands behind a message."""
    return f" ({shortened(source.option, 100)})" if source.option else ""
