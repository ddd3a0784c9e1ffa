"""Every English template that stands in the code, found without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import callflow
from callflow.choreography import WITHOUT_EFFECT
from callflow.situations import SITUATIONS

_CODE = Path(callflow.__file__).parent
_SAID = ("say", "later")


def templates_in(source: str) -> Iterator[str]:
    """The literal texts that are said, now or later."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else None
        if name in _SAID:
            for inner in ast.walk(node.args[0]):
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                    yield inner.value


def templates(*rooms: str) -> dict[str, None]:
    """All templates in some rooms of the package, in the order in which they stand."""
    found: dict[str, None] = {}
    for room in rooms:
        for file in sorted((_CODE / room).rglob("*.py")):
            found |= dict.fromkeys(templates_in(file.read_text()))
    return found


def data() -> dict[str, None]:
    """What is said of data: the rows without effect, and the situations."""
    found = dict.fromkeys(row.because for row in WITHOUT_EFFECT)
    for one in SITUATIONS.values():
        found |= dict.fromkeys((one.setting, one.finding, one.title, one.see))
    return found
