"""``callflow explore``: what can happen at all?

The verb asks one of five questions, each in a module of its own.
"""

from __future__ import annotations

import click

from ..draw.picture_palette import Theme
from ..errors import UsageError
from .options import (
    NearChoice,
    case_options,
    chosen_format,
    format_option,
    output_option,
    theme_option,
)
from .reading import Reader

FORMATS = ("text", "json", "svg", "png")
COVERS = ("clauses", "states", "rules", "rule-pairs", "paths", "parameters")


@click.command("explore", short_help="What can happen at all?")
@click.argument("path", metavar="[CASE]", required=False)
@click.option(
    "--that",
    metavar="SENTENCE",
    multiple=True,
    help="A sentence of the expectations that must hold in every case, or for CASE with any times; "
    "else the shortest counterexample.",
)
@click.option(
    "--free",
    metavar="PATH",
    multiple=True,
    help="With CASE and --that: for which values of this time (people.contact.answers_after) the "
    "sentence holds.",
)
@click.option("--prove", is_flag=True, help="Prove the properties for all times.")
@click.option(
    "--suite", metavar="DIR/", help="Write a test suite for an integration: case files into DIR/."
)
@click.option(
    "--cover",
    type=NearChoice(COVERS),
    help="With --suite: what each of its cases adds; rules if left out.",
)
@click.option(
    "--have", metavar="DIR", multiple=True, help="With --suite: cases that are there and count."
)
@format_option(*FORMATS)
@output_option()
@theme_option()
@case_options
def command(
    *,
    path: str | None,
    that: tuple[str, ...],
    free: tuple[str, ...],
    prove: bool,
    suite: str | None,
    cover: str | None,
    have: tuple[str, ...],
    form: str | None,
    output: str | None,
    theme: Theme,
    settings: tuple[str, ...],
    account: str | None,
    input_format: str | None,
) -> int:
    """What can happen at all?

    Walks every path of every configuration with its smallest times and every order of coinciding
    events, and checks all properties. With CASE: every way in which this set-up can go. The machine
    is small, so nothing about it is sampled.
    """
    form = chosen_format(form, output, FORMATS)
    _fitting(path, that, free, prove, suite, cover, have)
    if settings or account or input_format:
        if prove or suite:
            raise UsageError(
                "--set, --account and --input-format vary one case, and "
                f"{'--prove' if prove else '--suite'} is about every call; leave them out"
            )
        if path is None:
            raise UsageError("--set, --account and --input-format vary a case; name one")
    reader = Reader(settings=settings, account=account, input_format=input_format)
    if suite is not None:
        from .suite import write_suite

        return write_suite(suite, cover or "rules", have, form=form, output=output)
    if prove:
        from .prove import proofs

        return proofs(form=form, output=output)
    if that:
        from .that import hold_always

        return hold_always(path, that, free, reader, form=form, output=output)
    if path is not None:
        from .ways import show_ways

        return show_ways(path, reader, settings, form=form, output=output, theme=theme)
    from .exploration import explored

    return explored(form=form, output=output)


def _fitting(
    path: str | None,
    that: tuple[str, ...],
    free: tuple[str, ...],
    prove: bool,
    suite: str | None,
    cover: str | None,
    have: tuple[str, ...],
) -> None:
    """Refuse options that answer different questions."""
    asked = [
        name for name, given in (("--that", that), ("--prove", prove), ("--suite", suite)) if given
    ]
    if len(asked) > 1:
        raise UsageError(f"{' and '.join(asked)} are different questions; ask one at a time")
    if path is not None and (prove or suite):
        raise UsageError(f"{asked[0]} is about every call, not about one case; leave CASE out")
    if free and not (that and path):
        raise UsageError("--free needs a CASE, and --that with the sentence that shall hold")
    if (cover or have) and not suite:
        raise UsageError("--cover and --have belong to --suite DIR/")
