"""``callflow docs``: pages that cannot go stale."""

from __future__ import annotations

import click

from ..draw import wording
from ..errors import UsageError, printable
from .folder import Folder
from .options import words_option


@click.command("docs", short_help="Pages that cannot go stale.")
@click.argument("out", metavar="OUT/")
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; say what in OUT/ is not as it would be written, and exit with 1.",
)
@words_option()
def command(out: str, check: bool) -> int:
    """Pages that cannot go stale.

    Writes a complete set of Markdown pages on start.vnumber_call into the folder OUT/, with
    pictures: parameters, errors, situations, contact first and employee first side by side,
    pitfalls, failures, the table of rules, clauses, holes of the source and a glossary. GitHub,
    MkDocs, zensical and Sphinx with MyST all render them.

    Everything on them comes from the table of rules and from simulated calls. Pages of an earlier
    run are written over, and those that no longer belong removed; files of others in OUT/ are never
    touched.
    """
    from ..publish.pages import MARK, pages

    if not out or out == "-":
        raise UsageError("docs takes a folder to write into; name one, such as docs/call/")
    folder = Folder(
        out, lambda text: text.rstrip().endswith(MARK), (".md", ".svg"), "an earlier callflow docs"
    )
    wanted = pages()
    if check:
        return _check(folder, wanted)
    changed, gone = folder.write(wanted)
    written = sum(name.endswith(".md") for name in wanted)
    name = printable(out.rstrip("/") + "/")
    click.echo(
        f"{name}: {wording.many(written, 'page')} and "
        f"{wording.many(len(wanted) - written, 'picture')}, {changed} changed"
        + (f", {gone} of an earlier run removed" if gone else "")
    )
    click.echo(f"begin with {name}index.md")
    return 0


def _check(folder: Folder, wanted: dict[str, str]) -> int:
    """Say what drifted, one place after the other."""
    wrong = list(folder.drifted(wanted))
    for line in wrong:
        click.echo(line)
    if wrong:
        files = f"{len(wrong)} of {wording.many(len(wanted), 'file')} have drifted"
        click.echo(f"{files}; to write them anew: the same command without --check")
        return 1
    click.echo(f"{printable(folder.path)}: all {wording.many(len(wanted), 'file')} are as written")
    return 0
