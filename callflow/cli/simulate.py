"""``callflow simulate``: what happens?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from ..api.errors import RequestRefused
from ..api.wire import json_text
from ..call.simulator import simulate
from ..errors import CallflowError, CaseError, UsageError, printable
from .options import (
    case_argument,
    case_options,
    chosen_format,
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
def command(
    paths: tuple[str, ...],
    form: str | None,
    output: str | None,
    settings: tuple[str, ...],
    account: str | None,
    input_format: str | None,
) -> int:
    """What happens, second by second?

    Simulates each CASE and shows what both parties live through: as lanes in the terminal (text),
    as the timeline in JSON (json, one case), or as one line of JSON for each of many cases (jsonl).
    CASE is a YAML, JSON or TOML file, or - for standard input; a JSON-RPC request copied from a log
    is taken as it is.
    """
    form = chosen_format(form, output, FORMATS)
    if form == "json" and len(paths) > 1:
        raise UsageError("json takes one case; -f jsonl writes a line for each of several")
    reader = Reader(settings=settings, account=account, input_format=input_format)
    answer: Callable[[str, Output], int] = {
        "text": lambda path, out: _text(path, out, reader, settings, several=len(paths) > 1),
        "json": lambda path, out: _json(path, out, reader),
        "jsonl": lambda path, out: _jsonl(path, out, reader),
    }[form]
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
    line: dict[str, Any] = {"case": path}
    try:
        line["timeline"] = simulate(reader.case(path)).to_dict()
        status = 0
    except RequestRefused as refused:
        line["error"] = refused.error.to_dict()
        status = refused.exit_status
    except CaseError as error:
        line["problems"] = [problem.to_dict() for problem in error.problems]
        status = error.exit_status
    except UsageError as error:
        line["problems"] = [{"file": path, "line": None, "path": "", "message": str(error)}]
        status = error.exit_status
    except Exception as fault:  # noqa: BLE001 - ours, whatever it is; the other cases still run
        line["fault"] = f"{type(fault).__name__}: {fault}"
        status = 70
    out.write(json_text(line) + "\n")
    return status
