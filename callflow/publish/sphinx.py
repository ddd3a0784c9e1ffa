"""The directive ``callflow`` for Sphinx, in reStructuredText and in Markdown through MyST.

``extensions = ["callflow.publish.sphinx"]`` in ``conf.py`` is all that it needs:

.. code-block:: rst

    .. callflow::
       :show: timeline steps

       request: {virtual_phone_number: "74993720692", contact: "79260000000"}

Where a builder makes no HTML (LaTeX, text, man pages) the block is its lanes in plain text.

A block that cannot be shown is an error in Sphinx's own words, with the page and its line. The
build goes on, so that all of them are told at once, and ends with status 1, also without ``-W``.
Sphinx remembers a page that it has read, so the pages of such blocks are read again in each build
until they are repaired.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import evolve

from .. import __version__
from ..errors import CaseError, UsageError
from .embedded import OPTIONS, Place, embedded

try:
    from docutils import nodes
    from docutils.parsers.rst import directives
    from sphinx import addnodes
    from sphinx.util.docutils import SphinxDirective
    from sphinx.util.logging import getLogger
except ImportError as missing:
    raise UsageError(
        "callflow.publish.sphinx is an extension of Sphinx, which is not installed here; "
        "pip install sphinx brings it"
    ) from missing

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["CallflowDirective", "setup"]

_LOG = getLogger(__name__)


class CallflowDirective(SphinxDirective):
    """What is shown of the case in its content, or in the file of its option ``file``."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = dict.fromkeys(OPTIONS, directives.unchanged)

    def run(self) -> list[nodes.Node]:
        """The figure for HTML, the text for everything else; nothing for a broken block."""
        source, first = self._first_line()
        page = Path(self.env.doc2path(self.env.docname))
        place = Place(
            page=page,
            docs=Path(self.env.srcdir),
            line=self.get_source_info()[1],
            first=first,
            source=None if source is None or Path(source) == page else source,
            number=self.env.new_serialno("callflow") + 1,
        )
        try:
            shown = embedded("\n".join(self.content), self.options, place)
        except CaseError as error:
            for problem in error.problems:
                told = evolve(problem, file=None, line=None)
                _LOG.error("%s", told, location=f"{problem.file}:{problem.line or ''}")
            _broken(self.env).add(self.env.docname)
            return []
        if shown.file is not None:
            self.env.note_dependency(str(shown.file))
        html = addnodes.only("", nodes.raw("", shown.html, format="html"), expr="format_html")
        text = nodes.literal_block("", shown.text, language="none")
        return [html, addnodes.only("", text, expr="not format_html")]

    def _first_line(self) -> tuple[str | None, int | None]:
        """Where the content begins: the file and the line in it."""
        if type(self.state).__module__.startswith("myst_parser"):  # counts from the directive
            return self.get_source_info()[0], self.lineno + self.content_offset + 1
        where: tuple[str | None, int | None]
        where = self.state_machine.get_source_and_line(self.content_offset + 1)
        return where


# ---------------------------------------------------------------------------- pages that are broken


def _broken(env: BuildEnvironment) -> set[str]:
    """The pages with blocks that cannot be shown; kept with what Sphinx keeps between builds."""
    pages: set[str] = getattr(env, "callflow_broken", set())
    setattr(env, "callflow_broken", pages)  # noqa: B010 - it is ours, and Sphinx declares none
    return pages


def _read_again(_app: Sphinx, env: BuildEnvironment, *_: set[str]) -> set[str]:
    return _broken(env) & env.found_docs


def _forget(_app: Sphinx, env: BuildEnvironment, page: str) -> None:
    _broken(env).discard(page)


def _merge(_app: Sphinx, env: BuildEnvironment, pages: set[str], other: BuildEnvironment) -> None:
    _broken(env).update(_broken(other) & set(pages))


def _end(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and _broken(app.env):
        app.statuscode = app.statuscode or 1


def setup(app: Sphinx) -> ExtensionMetadata:
    """What Sphinx calls for an extension."""
    app.add_directive("callflow", CallflowDirective)
    app.connect("env-get-outdated", _read_again)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("build-finished", _end)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
