"""What every Mermaid source is made of: a title, a kind, lines, and words that end none of them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from ...errors import printable

BREAK = "<br/>"

#: What Mermaid would read as its own, as the entities that it knows.
_ENTITIES = str.maketrans({character: f"#{ord(character)};" for character in "#;:<>`"})


def entities(text: str) -> str:
    """Text as it may stand in a message, a note or a name: printable, on one line."""
    return printable(text).translate(_ENTITIES)


def diagram(kind: str, title: str, lines: Iterable[str]) -> str:
    """A source; the title is printable text of any kind."""
    body = "".join(f"    {line}\n" for line in lines)
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n{kind}\n{body}"


def block(source: str, notes: Iterable[str]) -> str:
    """A source as a block of a Markdown page, with notes below it."""
    below = "".join(f"{note}\n" for note in notes)
    return f"```mermaid\n{source}```\n" + (f"\n{below}" if below else "")
