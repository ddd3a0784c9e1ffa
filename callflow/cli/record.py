"""``callflow check CASE --record FILE``: real calls held against a case."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial

import click

from ..api.wire import json_text
from ..call.loading.files import checked_size
from ..draw.grid import Line, Place, Sheet
from ..errors import CallflowError, UsageError, printable
from ..units import Milliseconds, milliseconds
from ..verify.bounds import TOLERANCE
from ..verify.judgement import Judgement, tally
from ..verify.observed import judge
from ..verify.records import Record, load_record
from ..verify.report.real import (
    judgement_lines,
    judgement_to_dict,
    tally_lines,
    tally_to_dict,
)
from .output import Output
from .reading import Reader, complain, standard_input, worst
from .screen import place_of


def held_against(
    path: str,
    records: Sequence[str],
    reader: Reader,
    *,
    form: str,
    output: str | None,
    tolerance: Milliseconds,
) -> int:
    """Each record held against the case; 1 if the platform did otherwise in one of them."""
    if [path, *records].count("-") > 1:
        raise UsageError("standard input holds one thing: - can be the case or one --record")
    try:
        case = reader.case(path)
    except CallflowError as error:
        return complain(path, error, "checked")
    statuses: list[int] = []
    problems: list[str] = []
    found: list[Judgement] = []
    with Output(output) as out:
        place = place_of(None if out.is_file else sys.stdout)
        show = partial(_show, out, place, text=form == "text")
        for file in records:
            try:
                judgement = judge(case, _record(file), tolerance=tolerance)
            except CallflowError as error:
                out.flush()
                statuses.append(complain(file, error, "judged"))
                problems += str(error).splitlines()
                continue
            statuses.append(1 if judgement.differences else 0)
            if found:
                show([()])
            found.append(judgement)
            show([*judgement_lines(judgement, place)])
        tallies = tally(found)
        if found:
            show([(), *tally_lines(tallies, len(found), place)])
        elif form == "text" and len(records) > 1:
            click.echo("no record could be judged", err=True)
        if form == "json":
            value = _data(path, found, worst(statuses), problems)
            out.write(json_text(value, indent=2) + "\n")
    return worst(statuses)


def _show(out: Output, place: Place, lines: Sequence[Line], *, text: bool) -> None:
    if text:
        out.write(Sheet(tuple(lines)).render(place.style, colours=place.colours))


def _record(file: str) -> Record:
    data = checked_size(standard_input(), "-") if file == "-" else None
    return load_record(file, data)


def _data(
    path: str, found: Sequence[Judgement], status: int, problems: Sequence[str]
) -> dict[str, object]:
    """Everything that came of it, as JSON."""
    return {
        "case": path,
        "exit_status": status,
        "records": [judgement_to_dict(one) for one in found],
        "clauses": tally_to_dict(tally(found)),
        "problems": list(problems),
    }


def one_case(paths: Sequence[str]) -> str:
    """The case that records are held against.

    Raises:
        UsageError: there are several, or none.
    """
    if len(paths) != 1:
        raise UsageError(
            f"--record takes one case, not {len(paths)}; give the records of one case together"
        )
    if os.path.isdir(paths[0]):
        raise UsageError(f"{printable(paths[0])}: is a directory; --record takes one case")
    return paths[0]


def tolerated(given: str | None) -> Milliseconds:
    """The tolerance that was asked for, or a second.

    Raises:
        UsageError: it is no length.
    """
    if given is None:
        return TOLERANCE
    try:
        tolerance = milliseconds(given)
    except (ValueError, OverflowError):
        tolerance = -1
    if tolerance < 0:
        raise UsageError(
            f"--tolerance must be a number of seconds from 0 to 86400, not {printable(given)}"
        )
    return tolerance
