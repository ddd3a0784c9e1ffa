"""``callflow explain``: why, step by step?"""

from __future__ import annotations

import click

from ..call.simulator import simulate
from ..errors import CallflowError
from .options import (
    case_argument,
    case_options,
    chosen_format,
    format_option,
    output_option,
    words_given,
    words_option,
)
from .output import Output
from .reading import Reader, complain
from .repeat import command_for
from .screen import markdown, screen_for

FORMATS = ("text", "md")


@click.command("explain", short_help="Why, step by step?")
@case_argument(many=False)
@format_option(*FORMATS)
@output_option()
@words_option()
@case_options
def command(
    path: str,
    form: str | None,
    output: str | None,
    settings: tuple[str, ...],
    account: str | None,
    input_format: str | None,
) -> int:
    """Why, step by step?

    Tells in words what happens in CASE, what each party hears from then on, and which clause of the
    source says so; where the source is silent, what the hole is and how we read it. As text, or as
    Markdown (md) for a support ticket or a pull request.
    """
    form = chosen_format(form, output, FORMATS)
    reader = Reader(settings=settings, account=account, input_format=input_format)
    with Output(output) as out:
        try:
            timeline = simulate(reader.case(path))
        except CallflowError as error:
            return complain(path, error)
        again = command_for("explain", path, settings, words_given())
        if form == "md":
            out.write(markdown(timeline, again))
        else:
            out.write(screen_for(out).explanation(timeline, again))
    return 0
