"""``callflow diff``: what differs, for whom?"""

from __future__ import annotations

import os

import click

from ..call.difference import Difference
from ..call.simulator import simulate
from ..call.timeline import Timeline
from ..draw.formats import COMPARISON, How
from ..draw.picture_palette import Theme
from ..errors import CallflowError, UsageError, printable
from .options import case_options, chosen_format, format_option, output_option, theme_option
from .output import Output
from .reading import Reader, complain, worst
from .repeat import command_for
from .screen import screen_for

FORMATS = ("text", *COMPARISON.formats)


@click.command("diff", short_help="What differs, for whom?")
@click.argument("one", metavar="A")
@click.argument("other", metavar="[B]", required=False)
@format_option(*FORMATS)
@output_option()
@theme_option()
@case_options
def command(
    *,
    one: str,
    other: str | None,
    form: str | None,
    output: str | None,
    theme: Theme,
    settings: tuple[str, ...],
    account: str | None,
    input_format: str | None,
) -> int:
    """What differs, for whom?

    Compares two calls: what each party hears and waits for, and how it ends. Of one case, A is the
    case as it stands and B the case with --set; of two cases, A and B, --set varies both. As text,
    or as a picture of both (svg, png).

    Exit status 1 if anybody could notice a difference, 0 if not: what only stands behind a call
    (clauses, parameters without effect, assumptions, which numbers are dialed) is told, and is no
    difference.
    """
    form = chosen_format(form, output, FORMATS)
    _check(one, other, settings)
    if other is None:
        asked, names = [(one, ()), (one, settings)], None
    else:
        asked, names = [(one, settings), (other, settings)], (one, other)
    readers = [
        Reader(settings=varied, account=account, input_format=input_format) for _, varied in asked
    ]
    calls = _calls([(path, reader) for (path, _), reader in zip(asked, readers, strict=True)])
    if isinstance(calls, int):
        return calls
    difference = Difference(*calls)
    with Output(output) as out:
        if form == "text":
            first, second = (command_for("explain", path, varied) for path, varied in asked)
            out.write(screen_for(out).comparison(difference, names, (first, second)))
        else:
            out.write(COMPARISON.draw((difference, names), form, How(theme=theme)))
    return int(difference.differs)


def _check(one: str, other: str | None, settings: tuple[str, ...]) -> None:
    """Refuse questions that have no answer, or only one."""
    if other is None and not settings:
        raise UsageError(
            "one case alone differs in nothing: name a second one, or vary it with --set PATH=VALUE"
        )
    if one == other == "-":
        raise UsageError("standard input holds one case: - can be A or B, not both")
    if other is not None and settings and _same(one, other):
        raise UsageError(
            f"--set varies both, and both are {printable(one)}: name it once, and --set makes B"
        )


def _same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):  # whatever is wrong with them is told when they are read
        return one == other


def _calls(asked: list[tuple[str, Reader]]) -> tuple[Timeline, Timeline] | int:
    """Both calls; or, if one of them cannot be had, the exit status. A file is told of once."""
    calls: list[Timeline] = []
    failed: dict[str, int] = {}
    for path, reader in asked:
        try:
            if path not in failed:
                calls.append(simulate(reader.case(path)))
        except CallflowError as error:
            failed[path] = complain(path, error, "compared")
    return worst(failed.values()) if failed else (calls[0], calls[1])
