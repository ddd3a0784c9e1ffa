"""``callflow check``: does it hold?

A list of steps: find the cases, check each, tell of each as it is done, sum up.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

import click

from ..errors import UsageError, printable
from ..verify.accept import EXTENTS
from ..verify.chosen import Words
from ..verify.find import find
from ..verify.run import Job
from .accept import accept_all
from .checking import Again, check_all
from .options import case_options, chosen_format, format_option, output_option
from .output import Output
from .reading import Reader
from .record import held_against, one_case, tolerated
from .screen import place_of

FORMATS = ("text", "json")


class _Jobs(click.ParamType[int]):
    """How many processes: a number, or ``auto`` for as many as there are processors."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; 0 means auto, too."""
        text = "0" if value == "auto" else str(value)
        if not (text.isascii() and text.isdigit() and len(text) < 6):
            told = f"must be a whole number or auto, not {printable(text)}"
            raise click.BadParameter(told, ctx=ctx, param=param)
        return int(text) or os.cpu_count() or 1


@click.command("check", short_help="Does it hold?")
@click.argument("paths", metavar="PATH...", nargs=-1)
@click.option(
    "-k",
    "words",
    metavar="WORDS",
    help="Ask only what has all these words in its file and line (first.yaml:31), the name of its "
    "case or its sentence. A number is found as a whole: 15 is not in 155.",
)
@click.option("-x", "stop", is_flag=True, help="Stop after the first case that fails.")
@click.option(
    "--jobs",
    type=_Jobs(),
    metavar="N|auto",
    default="1",
    help="So many processes; what is told stays in the order of the paths.",
)
@click.option(
    "--documented-only",
    is_flag=True,
    help="What holds and rests on an inference fails, too, and says on which.",
)
@click.option("--junit", metavar="FILE", help="Write JUnit XML to FILE, whole or not at all.")
@click.option("-v", "verbose", is_flag=True, help="List what holds, too.")
@click.option(
    "--coverage",
    is_flag=True,
    help="Which rules, clauses and sentences of the source the cases exercise, and which none.",
)
@click.option(
    "--accept",
    metavar="[steps]",
    is_flag=False,
    flag_value="segments",
    help="Write what happens now into expect: (with `steps` every step, too), shown as a diff "
    "first. Comments and order of the file stay.",
)
@click.option("--yes", is_flag=True, help="With --accept: write without asking.")
@click.option(
    "--record",
    "records",
    metavar="FILE",
    multiple=True,
    help="Hold a real call against the case: CSV or JSON of moments and seconds "
    "(contact_answered 9.1). Several are summed up.",
)
@click.option(
    "--tolerance",
    metavar="SECONDS",
    help="With --record: how far a recorded moment may lie from the true one; 1 if left out.",
)
@format_option(*FORMATS)
@output_option()
@case_options
def command(
    *,
    paths: tuple[str, ...],
    words: str | None,
    stop: bool,
    jobs: int,
    documented_only: bool,
    junit: str | None,
    verbose: bool,
    coverage: bool,
    accept: str | None,
    yes: bool,
    records: tuple[str, ...],
    tolerance: str | None,
    form: str | None,
    output: str | None,
    settings: tuple[str, ...],
    account: str | None,
    input_format: str | None,
) -> int:
    """Does it hold?

    Checks what the cases in PATH... expect of their calls (under expect:), and tells of each
    failure what happened instead, when, and which clause of the source stands behind it. PATH is a
    case, a folder, or - for standard input. In a folder all .yaml, .yml, .json and .toml files are
    checked, those of its folders too; files that are no cases are skipped and counted.
    """
    form = chosen_format(form, output, FORMATS)
    if output is not None and output == junit:
        raise UsageError(f"{output}: -o and --junit cannot both write to one file")
    if accept is not None and accept not in EXTENTS:  # the word behind --accept is a path
        paths, accept = (accept, *paths), EXTENTS[0]
    if not paths:
        raise UsageError("name what to check: a case, a folder, or - for standard input")
    reader = Reader(settings=settings, account=account, input_format=input_format)
    if accept is not None:
        asks = documented_only or coverage or stop or verbose or form != FORMATS[0] or jobs != 1
        if any((settings, account, records, words, output, junit, asks)):
            raise UsageError(_ALONE)
        return accept_all(find(paths), reader, accept, yes=yes)
    if yes or (tolerance is not None and not records):
        raise UsageError("--yes belongs to --accept, and --tolerance to --record")
    if records:
        if any((words, junit, stop, verbose, documented_only, coverage, jobs != 1)):
            raise UsageError(_OF_A_RECORD)
        case, allowed = one_case(paths), tolerated(tolerance)
        return held_against(case, records, reader, form=form, output=output, tolerance=allowed)
    again = Again(settings, account, input_format, documented_only)
    with Output(output) as out, Output(junit) as xml:
        job = Job(
            load=reader.case,
            again=again,
            clock=time.perf_counter,
            here=place_of(None if out.is_file else sys.stdout),
            there=place_of(sys.stderr),
            words=Words.of(words),
            documented_only=documented_only,
            everything=verbose,
            data=form == "json" or junit is not None,
            coverage=coverage,
        )
        return check_all(find(paths), job, out, xml, form=form, jobs=jobs, stop=stop)


_ALONE = (
    "--accept writes what the files themselves come to, and shows it; leave out --set, -k, -o, "
    "--junit and all other options but --yes and --input-format"
)

_OF_A_RECORD = (
    "--record judges what a platform did and asks nothing under expect:; leave out -k, -x, -v, "
    "--jobs, --junit, --coverage and --documented-only"
)
