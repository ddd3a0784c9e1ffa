"""Markdown that GitHub, MkDocs, zensical and Sphinx with MyST all render alike.

Headings, paragraphs, lists, tables with pipes, code between fences, links to other pages of the
set and to headings in them: nothing else, and no HTML. A clause is cited as ``[EF3]`` or
``*[G3]* inferred``, a reference that the foot of the page leads to its sentence: so a table stays
readable where nothing renders it. The module knows no call and no page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ...clauses import CLAUSES, Clause
from ...draw.catalogue import say
from ...draw.explain.markdown import escaped
from ...words import Basis

__all__ = [
    "anchor",
    "bullets",
    "cite",
    "code",
    "escaped",
    "fence",
    "finished",
    "heading",
    "image",
    "legs",
    "link",
    "paragraphs",
    "table",
    "worded",
]

#: The page on which every clause stands in full.
CLAUSES_PAGE = "clauses.md"

#: Stands at the end of every file that is ours: how a later run knows what it may write over.
MARK = "<!-- callflow docs -->"

#: Joins a number to its unit.
_TIED = "\u00a0"

#: What a sentence has from the API: names, a name with its value, the signs of DTMF.
_OF_THE_API = re.compile(
    r"\b(?:[a-z]+\.)?[a-z]+(?:_[a-z]+)+\b(?:=(?:true|false)\b)?"
    r"|\bdisconnect\.leg\b|\b0-9\b|(?<![^\s])[*#.](?![^\s])"
)

_CITED = re.compile(r"\[([A-Z]+[0-9]*(?:-[CE])?)\](?![\[(:])")


def heading(level: int, text: str) -> str:
    """A heading, with nothing in it that is markup."""
    return f"{'#' * level} {text}"


def anchor(text: str) -> str:
    """Where a heading is reached: the same on GitHub, in MkDocs and with MyST."""
    kept = (letter for letter in text.lower() if letter.isalnum() or letter in " -_")
    return "".join(kept).strip().replace(" ", "-")


def link(text: str, file: str, at: str = "") -> str:
    """A link to a file of the set, or to a heading in it; an empty file is this page."""
    return f"[{text}]({file}{'#' if at else ''}{anchor(at)})"


def image(alternative: str, file: str) -> str:
    """A picture with what is read to who does not see it."""
    return f"![{escaped(alternative)}]({file})"


def code(text: str) -> str:
    """A name of the API, a state, a value."""
    return f"`{text}`"


def worded(text: str) -> str:
    """A sentence of ours that is no Markdown: what it has from the API as code, the rest as is."""
    pieces, end = [], 0
    for found in _OF_THE_API.finditer(text):
        pieces += [escaped(text[end : found.start()]), code(found[0])]
        end = found.end()
    return "".join([*pieces, escaped(text[end:])])


def legs(state: object) -> str:
    """A state, or a pattern of states: the legs apart, so that a narrow column can break there."""
    contact, _, employee = str(state).partition("/")
    return f"{code(contact)} / {code(employee)}"


def cite(clauses: Iterable[Clause]) -> str:
    """Clauses, holes in italics and with the word: ``[EF5], *[G3]* inferred``."""
    cited = tuple(clauses)
    told = ", ".join(
        f"*[{clause}]*" if clause.basis is Basis.INFERRED else f"[{clause}]" for clause in cited
    )
    if any(clause.basis is Basis.INFERRED for clause in cited):
        return say("{clauses} inferred", clauses=told)
    return told


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
    """A table; the columns numbered in ``right`` hold figures, which do not break."""
    figures = set(right)
    rules = ["--:" if column in figures else "---" for column in range(len(head))]
    tied = (
        [
            cell.replace(" ", _TIED) if column in figures else cell
            for column, cell in enumerate(cells)
        ]
        for cells in rows
    )
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rules, *tied))


def bullets(items: Iterable[str]) -> str:
    """A list."""
    return "\n".join(f"- {item}" for item in items)


def fence(language: str, text: str) -> str:
    """Text as it stands in a file or a terminal."""
    body = text.rstrip("\n")
    longest = max((len(run) for run in re.findall("`+", body)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}{language}\n{body}\n{ticks}"


def paragraphs(*parts: str | Iterable[str]) -> Iterator[str]:
    """Blocks one after the other, those of generators in their place; empty ones are left out."""
    for part in parts:
        if isinstance(part, str):
            if part:
                yield part
        else:
            yield from part


def finished(file: str, blocks: Iterable[str]) -> str:
    """A page as it is written: its blocks, where its clauses lead, and whose it is."""
    text = "\n\n".join(blocks)
    cited = dict.fromkeys(found for found in _CITED.findall(text) if found in CLAUSES)
    target = "" if file == CLAUSES_PAGE else f"{'../' * file.count('/')}{CLAUSES_PAGE}"
    known = (clause for clause in CLAUSES if clause in cited)
    references = "\n".join(f"[{clause}]: {target}#{anchor(clause)}" for clause in known)
    return "\n\n".join(filter(None, (text, references, MARK))) + "\n"
