"""``callflow simulate --each``: the variations of cases, as tables or as lines of JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ..call.loading.each import Axis, axes
from ..call.loading.settings import Choice, holds_secret
from ..call.simulator import simulate
from ..call.timeline import Timeline
from ..call.variations import Variation, combinations, vary
from ..errors import CallflowError, CaseError, UsageError, printable
from .lines import json_line
from .output import Output
from .reading import Reader, complain, complain_once, worst
from .repeat import command_for
from .screen import screen_for


def answer_for(
    each: Sequence[str],
    form: str,
    reader: Reader,
    settings: Sequence[str],
    *,
    cases: int,
    only_different: bool,
) -> Callable[[str, Output], int]:
    """What answers for one case after the other, and returns the exit status of it.

    Args:
        each: the options ``--each``.
        form: ``text`` or ``jsonl``.
        cases: how many there are.

    Raises:
        UsageError: it cannot be asked so.
    """
    if form == "jsonl" and only_different:
        raise UsageError(
            "--only-different makes rows of a table, and jsonl a line of every variation; "
            "leave one out"
        )
    asked = axes(each)
    combinations(asked, times=cases)
    if form == "jsonl":
        return lambda path, out: _lines(path, out, reader, asked)
    return lambda path, out: _table(
        path, out, reader, settings, asked, several=cases > 1, only_different=only_different
    )


def _lines(path: str, out: Output, reader: Reader, asked: Sequence[Axis]) -> int:
    statuses = set()
    for choices in combinations(asked):
        values = {one.path: one.shown if one.value else None for one in choices}
        line, status = json_line(path, partial(_simulated, reader, path, choices), values)
        out.write(line)
        statuses.add(status)
    return worst(statuses)


def _simulated(reader: Reader, path: str, choices: Sequence[Choice]) -> Timeline:
    return simulate(reader.case(path, choices))


def _table(
    path: str,
    out: Output,
    reader: Reader,
    settings: Sequence[str],
    asked: Sequence[Axis],
    *,
    several: bool,
    only_different: bool,
) -> int:
    """The table, unless no variation is a case; what is wrong with some is told once for all."""
    try:
        found = vary(asked, partial(reader.case, path))
    except UsageError as error:
        return complain(path, error)
    errors = [one.found for one in found if isinstance(one.found, CallflowError)]
    status = complain_once(path, errors, all_failed=len(errors) == len(found))
    if not all(isinstance(one.found, CaseError) for one in found):
        if several:
            out.write(f"{printable(path)}\n")
        more = _first(path, found, settings)
        out.write(screen_for(out).variations(asked, found, more, only_different=only_different))
    return status


def _first(path: str, found: Sequence[Variation], settings: Sequence[str]) -> str | None:
    """The command that shows the first call; None: there is none, or it would show a secret."""
    choices = next((one.choices for one in found if one.timeline is not None), None)
    if choices is None:
        return None
    given = [*settings, *map(str, choices)]
    return None if any(map(holds_secret, given)) else command_for("simulate", path, given)
