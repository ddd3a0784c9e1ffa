"""Reads a set of Markdown pages as the renderers do: headings, links, images, tables."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from attrs import field, frozen
from markdown_it import MarkdownIt
from markdown_it.token import Token

_READER = MarkdownIt("commonmark").enable("table")


@frozen
class Table:
    """A table by the texts of its cells; what is emphasised or code is told by its text alone."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@frozen
class Page:
    """A page as it is read.

    Attributes:
        targets: where its links lead, a heading after ``#``.
        images: alternative text by file.
        prose: what is read on it, without code and addresses.
    """

    file: str
    source: str
    tokens: list[Token] = field(repr=False)

    @classmethod
    def of(cls, file: str, source: str) -> Page:
        return cls(file, source, _READER.parse(source))

    def headings(self) -> list[str]:
        return [
            self.tokens[place + 1].content
            for place, token in enumerate(self.tokens)
            if token.type == "heading_open"
        ]

    def anchors(self) -> list[str]:
        """What GitHub makes of headings; MkDocs and MyST make the same of those that we write."""
        return [re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in self.headings()]

    def targets(self) -> list[str]:
        return [str(one.attrs["href"]) for one in self._inline("link_open")]

    def images(self) -> dict[str, str]:
        return {str(one.attrs["src"]): one.content for one in self._inline("image")}

    def prose(self) -> str:
        return " ".join(one.content for one in self._inline("text"))

    def tables(self) -> list[Table]:
        found: list[list[tuple[str, ...]]] = []
        row: list[str] = []
        for place, token in enumerate(self.tokens):
            if token.type == "table_open":
                found.append([])
            elif token.type == "tr_open":
                row = []
            elif token.type in ("td_open", "th_open"):
                inline = self.tokens[place + 1]
                texts = [child.content for child in inline.children or ()]
                row.append("".join(texts).replace("\u00a0", " "))
            elif token.type == "tr_close":
                found[-1].append(tuple(row))
        return [Table(rows[0], tuple(rows[1:])) for rows in found]

    def table(self, *head: str) -> Table:
        """The one table whose head begins so."""
        (found,) = [one for one in self.tables() if one.head[: len(head)] == head]
        return found

    def section(self, heading: str) -> Page:
        """The page from a heading to the next one of its level."""
        match = re.search(
            rf"^(#+) {re.escape(heading)}$(.*?)(?=^\1 |\Z)", self.source, re.MULTILINE | re.DOTALL
        )
        assert match, f"{self.file}: no heading {heading}"
        references = "\n".join(re.findall(r"^\[[^]]+\]: .*$", self.source, re.MULTILINE))
        return Page.of(self.file, f"{match[2]}\n\n{references}\n")

    def resolved(self, target: str) -> tuple[str, str]:
        """The file of the set and the heading that a target means."""
        file, _, heading = target.partition("#")
        if not file:
            return self.file, heading
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.file), file)), heading

    def _inline(self, kind: str) -> Iterator[Token]:
        for token in self.tokens:
            for child in token.children or ():
                if child.type == kind:
                    yield child


def read(files: Mapping[str, str]) -> dict[str, Page]:
    """The pages among some files."""
    return {name: Page.of(name, text) for name, text in files.items() if name.endswith(".md")}
