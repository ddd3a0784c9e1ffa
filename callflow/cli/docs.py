"""``callflow docs``: pages that cannot go stale."""

from __future__ import annotations

import click

from ..errors import UsageError, printable
from .folder import drifted, write_folder
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
    from ..publish.pages import pages

    if not out or out == "-":
        raise UsageError("docs takes a folder to write into; name one, such as docs/call/")
    wanted = pages()
    if check:
        return _check(out, wanted)
    done = write_folder(out, wanted, _is_ours, "an earlier callflow docs")
    written = sum(name.endswith(".md") for name in wanted)
    name = printable(out.rstrip("/") + "/")
    click.echo(
        f"{name}: {written} pages and {len(wanted) - written} pictures, {len(done.written)} changed"
        + (f", {len(done.removed)} of an earlier run removed" if done.removed else "")
    )
    click.echo(f"begin with {name}index.md")
    return 0


def _is_ours(text: str) -> bool:
    from ..publish.pages import MARK

    return text.rstrip().endswith(MARK)


def _check(out: str, wanted: dict[str, str]) -> int:
    """Say what drifted, one place after the other."""
    wrong = list(drifted(out, wanted, _is_ours))
    for line in wrong:
        click.echo(line)
    files = f"{len(wanted)} files"
    if wrong:
        click.echo(
            f"{len(wrong)} of {files} have drifted; to write them anew: the same command without "
            "--check"
        )
        return 1
    click.echo(f"{printable(out)}: all {files} are as they would be written")
    return 0
