"""What of a request may be shown: to programs as the API echoes it, to people in our sentences.

Secrets pass here and nowhere else: of an access token, under whatever name it was sent, at most
four characters are shown and never more than half.
"""

from __future__ import annotations

from functools import lru_cache

from ..errors import nearest, printable
from .wire import JsonValue, Numeral, encode

#: How much of a text that was sent stands in a sentence for people.
LONGEST = 60


def masked(secret: str) -> str:
    """The beginning of a secret: at most four characters, never more than half, then ``...``."""
    return secret[: min(4, len(secret) // 2)] + "..."


@lru_cache(maxsize=1024)
def is_secret(name: str) -> bool:
    """Whether a parameter of this name is a secret: near ``access_token``, or with ``token``."""
    if "token" in name.lower():
        return True
    parts = {name, name.rpartition(".")[2]}
    return any(_may_be_near(part) and nearest(part, ("access_token",)) for part in parts)


def _may_be_near(part: str) -> bool:
    """Rules out most names before they are compared letter by letter: there may be many."""
    return 6 <= len(part) <= 28 and len(set(part.lower()) & set("acestokn")) >= 4


def echo(path: str, value: JsonValue) -> str | None:
    """``value`` in an error of the API: a text as it is, anything else as JSON text without blanks.

    None: it was made in Python and cannot be sent at all.
    """
    try:
        text = value if isinstance(value, str) else encode(_without_secrets(value))
    except (TypeError, ValueError):
        return None
    return masked(text) if is_secret(path) else text


def _without_secrets(value: JsonValue) -> JsonValue:
    if isinstance(value, list):
        return [_without_secrets(item) for item in value]
    if isinstance(value, dict):
        return {
            name: echo(name, member) if is_secret(name) else _without_secrets(member)
            for name, member in value.items()
        }
    return value


def shortened(text: str, longest: int = LONGEST) -> str:
    """``text`` on one line, at most ``longest`` characters, in quotes if a blank ends it."""
    line = printable(text[: longest + 1])
    if len(line) > longest:
        line = line[: longest - 3] + "..."
    return f'"{line}"' if line != line.strip() else line


def shown(value: object, *, secret: bool = False) -> str:
    """``value`` with the type that was sent: ``the text yes``, ``the number 237``, ``null``."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        if not value:
            return "an empty text"
        return "a text" if secret else f"the text {shortened(value)}"
    if isinstance(value, Numeral):
        return "a number" if secret else f"the number {shortened(value.text)}"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    return f"a Python value of type {type(value).__name__}"
