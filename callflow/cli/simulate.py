"""``callflow simulate``: what happens?"""

from __future__ import annotations

from collections.abc import Callable

import click

from ..api.errors import RequestRefused
from ..api.wire import json_text
from ..call.simulator import simulate
from ..errors import CallflowError, UsageError, printable
from .lines import json_line
from .options import (
    case_argument,
    case_options,
    chosen_format,
    each_options,
    format_option,
    output_option,
)
from .output import Output
from .reading import Reader, complain, worst
from .repeat import command_for
from .screen import screen_for

FORMATS = ("text", "json", "jsonl")


@click.command("simulate", short_help="What happens, second by second?")
@case_argument(many=True)
@format_option(*FORMATS)
@output_option()
@case_options
@each_options
def command(
    paths: tuple[str, ...],
    form: str | None,
    output: str | None,
    settings: tuple[str, ...],
    account: str | None,
    input_format: str | None,
    each: tuple[str, ...],
    only_different: bool,
) -> int:
    """What happens, second by second?

    Simulates each CASE and shows what both parties live through: as lanes in the terminal (text),
    as the timeline in JSON (json, one case), or as one line of JSON for each of many cases (jsonl).
    CASE is a YAML, JSON or TOML file, or - for standard input; a JSON-RPC request copied from a log
    is taken as it is.

    --each makes a table of variations: --each people.contact.answers_after=3,9,20 simulates CASE
    three times; several --each give all combinations. Values are read as --set reads them; commas
    in brackets or quotes do not separate them, and an empty one leaves the key out.
    """
    form = chosen_format(form, output, FORMATS)
    if only_different and not each:
        raise UsageError("--only-different groups the variations of --each; say what varies")
    if form == "json" and (each or len(paths) > 1):
        raise UsageError("json holds one call; -f jsonl writes a line for each of several")
    reader = Reader(settings=settings, account=account, input_format=input_format)
    several = len(paths) > 1
    answer: Callable[[str, Output], int] = {
        "text": lambda path, out: _text(path, out, reader, settings, several=several),
        "json": lambda path, out: _json(path, out, reader),
        "jsonl": lambda path, out: _jsonl(path, out, reader),
    }[form]
    if each:
        from .each import answer_for

        answer = answer_for(
            each, form, reader, settings, cases=len(paths), only_different=only_different
        )
    with Output(output) as out:
        return worst([answer(path, out) for path in paths])


def _text(
    path: str, out: Output, reader: Reader, settings: tuple[str, ...], *, several: bool
) -> int:
    try:
        timeline = simulate(reader.case(path))
    except CallflowError as error:
        return complain(path, error)
    if several:
        out.write(f"{printable(path)}\n")
    more = command_for("explain", path, settings)
    out.write(screen_for(out).timeline(timeline, more))
    return 0


def _json(path: str, out: Output, reader: Reader) -> int:
    try:
        timeline = simulate(reader.case(path))
    except RequestRefused as refused:
        out.write(refused.answer() + "\n")
        return complain(path, refused)
    except CallflowError as error:
        return complain(path, error)
    out.write(json_text(timeline.to_dict(), indent=2) + "\n")
    return 0


def _jsonl(path: str, out: Output, reader: Reader) -> int:
    line, status = json_line(path, lambda: simulate(reader.case(path)))
    out.write(line)
    return status
