"""``callflow docs``: what a writer of API documentation would otherwise draw and list by hand.

`pages` makes all of them, as texts by file name; it writes nothing. They come from the table of
rules, the clauses, the API's tables and simulated calls, so they cannot say anything else than the
product does. A module makes a page or a family of pages, as a list of Markdown blocks:

=================  ==============================================================================
``index``          what the method is, and which pages there are
``parameters``     each parameter, what it does and when it does nothing
``errors``         each error, and what to do about it
``situations``     a page for each documented situation
``first``          contact first and employee first side by side
``traps``          calls that trip people up; their cases are in ``pitfalls``
``failures``       who fails or hangs up when, and what the other hears
``rules``          the table and its machines
``clauses``        every clause in full
``holes``          what the source leaves open; where it matters is found by ``found``
``glossary``       the words
=================  ==============================================================================

``markdown``, ``album``, ``settings`` and ``telling`` are their common ground. Equal tables give
equal pages on every machine. The words are those of the catalogue that is spoken
(`callflow.draw.catalogue`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ...situations import SITUATIONS
from . import first
from .album import Album, empty_album
from .clauses import clauses_page
from .errors import errors_page
from .failures import failures_page
from .glossary import glossary_page
from .holes import holes_page
from .index import index_page
from .markdown import MARK, finished
from .parameters import parameters_page
from .rules import rules_page
from .situations import situation_page
from .traps import pitfalls_page

__all__ = ["MARK", "pages"]

_Blocks = Callable[[Album], Iterator[str]]

_PAGES: Mapping[str, _Blocks] = {
    "index.md": index_page,
    "parameters.md": lambda _: parameters_page(),
    "errors.md": lambda _: errors_page(),
    first.FILE: first.first_page,
    "pitfalls.md": pitfalls_page,
    "failures.md": failures_page,
    "rules.md": rules_page,
    "clauses.md": lambda _: clauses_page(),
    "holes.md": holes_page,
    "glossary.md": lambda _: glossary_page(),
}


def pages() -> dict[str, str]:
    """Every page and picture by its file, in the order of names; folders end in ``/``.

    Raises:
        UsageError: the engine that state diagrams are drawn with is not installed.
    """
    album = empty_album()
    made = {file: finished(file, blocks(album)) for file, blocks in _PAGES.items()}
    album.up = "../"
    for one in SITUATIONS.values():
        file = f"situations/{one.name}.md"
        made[file] = finished(file, situation_page(one, album))
    return dict(sorted((made | album.files).items()))
