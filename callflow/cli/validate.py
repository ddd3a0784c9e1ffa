"""``callflow validate``: would the API take it?"""

from __future__ import annotations

import os.path
from collections.abc import Iterator
from typing import Any

import click

from ..api.account import UNKNOWN
from ..api.errors import ApiError, RequestRefused
from ..api.reply import reply
from ..api.request import Request
from ..api.validation import check, lint_bytes, received_bytes
from ..api.wire import json_text
from ..call.effect import cautions
from ..call.loading import looks_like_case, read_bytes
from ..errors import CallflowError, printable
from .options import account_option, input_format_option
from .output import Output
from .reading import Reader, complain, standard_input, worst

_ALWAYS_CASES = (".yaml", ".yml", ".toml")


@click.command("validate", short_help="Would the API take it?")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True)
@click.option("--all", "everything", is_flag=True, help="Every problem, not the first alone.")
@account_option()
@input_format_option()
def command(
    paths: tuple[str, ...], everything: bool, account: str | None, input_format: str | None
) -> int:
    """Would the API take it?

    Prints for each FILE the API's own answer as one line of JSON: the reply, or the error (exit
    status 3). What that means stands on standard error in words. A FILE is a case (.yaml, .yml,
    .toml, or JSON with a request at its top), and otherwise a request as a client sends it; - is
    standard input. Without --account what can be known from the request alone is checked.
    """
    reader = Reader(account=account, input_format=input_format)
    judge = _all_problems if everything else _answer
    with Output(None) as out:
        statuses = []
        for path in paths:
            line, status = judge(path, reader)
            out.write(json_text(line) + "\n" if everything else f"{line}\n")
            statuses.append(status)
    return worst(statuses)


def _answer(path: str, reader: Reader) -> tuple[str, int]:
    """The API's answer to one file, and the exit status; ``null`` if there is nothing to answer."""
    try:
        request = _accepted(path, reader)
    except RequestRefused as refused:
        _say(f"{_refusal(path, refused)}\n  {refused.error.code} {refused.error.mnemonic}")
        return refused.answer(), refused.exit_status
    except CallflowError as error:
        return "null", complain(path, error, "validated")
    for warning in cautions(request):
        _say(f"{printable(path)}: warning: {printable(f'{warning.path}: {warning.text}')}")
    _say(f"{printable(path)}: the API takes it")
    return reply(request, request.id), 0


def _all_problems(path: str, reader: Reader) -> tuple[dict[str, Any], int]:
    """Every problem of one file as the API's error objects; null if it cannot be read."""
    try:
        found, lines = _faults(path, reader)
    except CallflowError as error:
        return {"file": path, "problems": None}, complain(path, error, "validated")
    for line in lines:
        _say(line)
    if not found:
        _say(f"{printable(path)}: the API takes it")
    return {"file": path, "problems": [error.to_dict() for error in found]}, 3 if found else 0


def _accepted(path: str, reader: Reader) -> Request:
    data = _request_bytes(path, reader)
    if data is None:
        return reader.case(path).request
    account = reader.account or UNKNOWN
    return check(received_bytes(data, account), account)


def _faults(path: str, reader: Reader) -> tuple[tuple[ApiError, ...], Iterator[str]]:
    """The faults of a file's request, and a line for people of each."""
    data = _request_bytes(path, reader)
    if data is not None:
        found = lint_bytes(data, reader.account or UNKNOWN)
        return found, (str(error.problem(file=path)) for error in found)
    try:
        reader.case(path)
    except RequestRefused as refused:
        return refused.errors, map(str, refused.problems)
    return (), iter(())


def _request_bytes(path: str, reader: Reader) -> bytes | None:
    """The bytes of a request from a client; None: the file is a case."""
    if reader.input_format in ("yaml", "toml"):
        return None
    if os.path.splitext(path)[1].lower() in _ALWAYS_CASES:
        return None
    data = standard_input() if path == "-" else read_bytes(path)
    return None if looks_like_case(data) else data


def _refusal(path: str, refused: RequestRefused) -> str:
    place = refused.error.place
    here = (problem for problem in refused.problems if problem.path == f"request.{place}")
    found = next((problem for problem in here if problem.file is not None), None)
    line = f":{found.line}" if found is not None and found.line is not None else ""
    it_is = refused.error.detail or refused.error.message
    what = f" {printable(place)}: it" if place else ":"
    return f"{printable(path)}{line}: the API refuses{what} {printable(it_is)}"


def _say(text: str) -> None:
    click.echo(text, err=True)
