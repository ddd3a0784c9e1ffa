"""``callflow explore --that``: does it hold in every call, and with ``--free``: for which times?

A list of steps: read the sentences, decide each, tell of each as it is decided.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

import click
from attrs import frozen

from ..api.wire import json_text
from ..call.case import Case
from ..draw.grid import Sheet
from ..errors import CallflowError, UsageError
from ..verify.always import always, always_with
from ..verify.check import Checked
from ..verify.expectations import Unread
from ..verify.free import values_for, witness_for
from ..verify.grammar import Misread, Sentence
from ..verify.report.held import HeldTeller
from ..verify.report.held_data import (
    answers_to_dict,
    held_to_dict,
    unread_to_dict,
    values_to_dict,
    witness_to_dict,
)
from ..verify.report.telling import Teller
from ..verify.sentences import read
from ..verify.times import asked
from .output import Output
from .reading import Reader, complain, worst
from .screen import place_of

FORMATS = ("text", "json")


def hold_always(
    path: str | None,
    that: Sequence[str],
    free: Sequence[str],
    reader: Reader,
    *,
    form: str,
    output: str | None,
) -> int:
    """Each sentence decided for all times, or for the free ones; 1 if one does not hold.

    Args:
        path: of the case; None: every call is meant.
        that: the sentences.
        free: the times of the case that may have other values; none: people may do anything.
    """
    if form not in FORMATS:
        raise UsageError(f"--that is answered in {' or '.join(FORMATS)}, not in {form}")
    case: Case | None = None
    if path is not None:
        try:
            case = reader.case(path)
        except CallflowError as error:
            return complain(path, error, "explored")
    names = () if case is None else asked(case, free)
    statuses: list[int] = []
    told: list[dict[str, Any]] = []
    with Output(output) as out:
        place = place_of(None if out.is_file else sys.stdout)
        teller = HeldTeller(place, path)
        for number, text in enumerate(that):
            try:
                sentence = read(text)
            except Misread as misread:
                out.flush()
                _complain(number if len(that) > 1 else None, text, misread)
                statuses.append(2)
                told.append(unread_to_dict(text, str(misread)))
                continue
            answer = _answer(sentence, case, names, teller)
            statuses.append(int(not answer.holds))
            if form == "text":
                between = "\n" if any(status != 2 for status in statuses[:-1]) else ""
                page = answer.page.render(place.style, colours=place.colours)
                out.write(between + page + answer.file)
            told.append(answer.data)
        if form == "json":
            out.write(json_text(answers_to_dict(path, names, told), indent=2) + "\n")
    return worst(statuses)


@frozen
class _Answer:
    """What came of a sentence: for people, a case file to take along, and as data."""

    holds: bool
    page: Sheet
    data: dict[str, Any]
    file: str = ""


def _answer(
    sentence: Sentence, case: Case | None, names: Sequence[str], teller: HeldTeller
) -> _Answer:
    if case is not None and len(names) == 1:
        values = values_for(case, sentence, names[0])
        page = Sheet(tuple(teller.values(values)))
        return _Answer(bool(values.holds), page, values_to_dict(values))
    if case is not None and names:
        witness = witness_for(case, sentence, names)
        page = Sheet(tuple(teller.witness(witness)))
        return _Answer(witness.values is not None, page, witness_to_dict(witness))
    decide = always if case is None else partial(always_with, case)
    held = decide(sentence)
    page = Sheet(tuple(teller.held(held)))
    return _Answer(held.holds, page, held_to_dict(held), teller.case_file(held))


def _complain(number: int | None, text: str, misread: Misread) -> None:
    """Say on standard error which word of a sentence cannot be read, and what could stand there."""
    place = place_of(sys.stderr)
    name = "--that" if number is None else f"--that {number + 1}"
    unread = Unread(path="that[0]", message=str(misread), text=text, misread=misread)
    teller = Teller(place, lambda _: "")
    lines = teller.complaints(Checked(path=name, unread=(unread,)))
    sheet = Sheet(tuple(lines))
    click.echo(sheet.render(place.style, colours=place.colours), nl=False, err=True)
