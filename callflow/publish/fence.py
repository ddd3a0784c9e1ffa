"""The fence ``callflow`` in Markdown pages, for MkDocs and Zensical: an extension of Markdown.

Both read Markdown with ``pymdownx.superfences``, which hands a fence of a given name to a function:

.. code-block:: yaml

    markdown_extensions:
      - pymdownx.superfences
      - callflow.publish.fence

The extension tells superfences of `fence` and `validator`. They can also be named there by hand,
under ``custom_fences``, but then two things go wrong in silence, and the page shows the source of
the block: superfences passes by a fence with an option that is not quoted, and it swallows every
error but its own. So that one is raised, and the extension looks at the options first.

The functions are told the text of a fence, but neither the page nor the line. The page is asked of
what each builder leaves in its Markdown object; the line is that of the first fence of the page's
file that reads the same.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from ..errors import CaseError, UsageError
from .embedded import Place, embedded

try:
    from markdown.extensions import Extension
    from markdown.preprocessors import Preprocessor
    from pymdownx.superfences import SuperFencesException
except ImportError as missing:
    raise UsageError(
        "the callflow fence stands on Markdown and pymdown-extensions, which are not installed "
        "here; pip install 'callflow-simulator[docs]' brings them"
    ) from missing

if TYPE_CHECKING:
    from markdown import Markdown

__all__ = ["fence", "makeExtension", "validator"]

#: What superfences calls the part of it that reads fences.
_READER = "fenced_code_block"

_OPENED = re.compile(r"[ \t>]*(`{3,}|~{3,})(.*)")
_OURS = re.compile(r"[ \t]*(\{[ \t]*)?\.?callflow(?![\w#.+-])(.*)")
_OPTIONS = re.compile(r"""([ \t]+\w+(=("|').*?\3)?(?=[ \t]|$))*[ \t]*""")
_BESIDE = " \t>"  # what may stand before a line of a fence: in a list, a quotation, an admonition


def validator(
    language: str,  # noqa: ARG001 - the signature is that of superfences, here and below
    inputs: Mapping[str, str],
    options: dict[str, str],
    attrs: dict[str, str],  # noqa: ARG001
    md: Markdown,  # noqa: ARG001
) -> bool:
    """Take every option: `fence` judges them, and refuses loudly what superfences would skip."""
    options.update(inputs)
    return True


def fence(
    source: str,
    language: str,  # noqa: ARG001
    css_class: str,  # noqa: ARG001
    options: Mapping[str, str],
    md: Markdown,
    **_: object,
) -> str:
    """The HTML of a fence.

    Args:
        source: what stands in it: a case as YAML, or nothing.
        options: see `embedded.OPTIONS`.
        md: the page that is being read.

    Raises:
        SuperFencesException: the fence cannot be shown; the build ends with the page and its line.
    """
    page, docs = _page(md)
    number = getattr(md, "callflow_fences", 0) + 1  # both builders read each page with its own
    setattr(md, "callflow_fences", number)  # noqa: B010 - it is ours, and Markdown declares none
    line = _line(page, source.split("\n"), options.values()) if page else None
    try:
        return embedded(source, options, Place(page=page, docs=docs, line=line, number=number)).html
    except CaseError as error:
        _fail(str(error))


def _page(md: Markdown) -> tuple[Path | None, Path]:
    """The page's file, and the docs folder; of a builder that says neither, where it runs."""
    links = _named(md.treeprocessors, "relpath")  # where MkDocs resolves links to other pages
    if links is not None:
        return Path(links.file.abs_src_path), Path(links.config.docs_dir)
    context = _named(md.preprocessors, "rendering_context")
    if context is not None:  # of Zensical
        docs = Path(context.config["root_dir"], context.config["docs_dir"])
        return docs / context.page.path, docs
    return None, Path.cwd()


def _named(registry: Any, name: str) -> Any:
    """What is registered under a name, or None; a registry of Markdown has no get."""
    return registry[name] if name in registry else None  # noqa: SIM401


# ----------------------------------------------------------------------------------- the extension


class _Callflow(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - so Markdown calls it
        md.preprocessors.register(_Before(md), "callflow", 26)  # superfences reads at 25


class _Before(Preprocessor):
    """Reads nothing: makes sure that superfences will."""

    def run(self, lines: list[str]) -> list[str]:
        for found in fences(lines):
            if not found.readable:
                page, docs = _page(self.md)
                line = _line(page, found.body, [found.header]) if page else None
                message = f'an option must be quoted: show="ladder"; here is{found.header}'
                _fail(str(Place(page=page, docs=docs, line=line).problem(message)))
        superfences: Any = getattr(_named(self.md.preprocessors, _READER), "extension", None)
        if not hasattr(superfences, "extend_super_fences"):
            _fail(
                "callflow.publish.fence needs pymdownx.superfences; name it among the Markdown "
                "extensions of your site, too"
            )
        superfences.extend_super_fences("callflow", _formatted, validator, lambda _: None)
        return lines


def _formatted(src: str, language: str, options: Mapping[str, str], md: Markdown, **_: Any) -> str:
    return fence(src, language, "callflow", options, md)


def makeExtension(**configs: Any) -> Extension:  # noqa: N802 - so Markdown calls it
    """What Markdown calls for an extension."""
    return _Callflow(**configs)


# ---------------------------------------------------------------------------------- where it stands


class Fence(NamedTuple):
    """A callflow fence.

    Attributes:
        line: the one that opens it, from 1.
        header: what stands behind its name.
        readable: superfences would read its options.
    """

    line: int
    header: str
    body: list[str]
    readable: bool


def _line(page: Path, body: Sequence[str], words: Iterable[str]) -> int | None:
    """The line in which a fence begins; None: the page has no such fence, it comes from afar.

    Args:
        words: they stand in its first line, too.
    """
    wanted, words = _bare(body), tuple(words)
    try:
        lines = page.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    for found in fences(lines):
        if _bare(found.body) == wanted and all(word in found.header for word in words):
            return found.line
    return None


def fences(lines: Sequence[str]) -> Iterator[Fence]:
    """The callflow fences; those inside other fences are text."""
    at = 0
    while at < len(lines):
        opened = _OPENED.fullmatch(lines[at])
        at += 1
        closed = opened and _closed(lines, at, opened[1])
        if not opened or not closed:
            continue
        ours = _OURS.fullmatch(opened[2])
        if ours:
            readable = bool(ours[1] or _OPTIONS.fullmatch(ours[2]))
            yield Fence(at, ours[2], list(lines[at:closed]), readable)
        at = closed + 1


def _closed(lines: Sequence[str], start: int, mark: str) -> int | None:
    """The place of the line that closes a fence."""
    for at in range(start, len(lines)):
        if lines[at].strip(_BESIDE + "\r") == mark:
            return at
    return None


def _bare(lines: Sequence[str]) -> list[str]:
    """Lines as they compare: without what stands beside them, none blank at either end."""
    return "\n".join(line.strip(_BESIDE + "\r") for line in lines).strip("\n").split("\n")


# ----------------------------------------------------------------------------------------- failure


def _fail(message: str) -> NoReturn:
    """Raise what ends the build in every builder, and in MkDocs is told as a message."""
    if "mkdocs.exceptions" not in sys.modules:
        raise SuperFencesException(message) from None
    from mkdocs.exceptions import BuildError

    class BrokenFence(SuperFencesException, BuildError):  # type: ignore[misc]
        """What superfences lets pass, and MkDocs does not take for a fault of its own."""

    raise BrokenFence(message) from None
