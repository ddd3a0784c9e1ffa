"""``callflow draw``: the call and the machine as pictures."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import click

from ..call.simulator import simulate
from ..call.timeline import Timeline
from ..draw.formats import LADDER, MACHINE, TIMELINE, How
from ..draw.picture_palette import Theme
from ..draw.sound.countries import COUNTRIES
from ..draw.sound.tones import RATE, RATES
from ..errors import CallflowError, UsageError, printable
from ..words import Party
from .options import (
    NearChoice,
    Verb,
    case_argument,
    case_options,
    chosen_format,
    format_option,
    output_option,
    theme_option,
    words_given,
    words_option,
)
from .output import Output, is_folder
from .reading import Reader, complain
from .repeat import command_for

if TYPE_CHECKING:
    from ..draw.chart import Failures


@click.group("draw", short_help="How does it look?")
def command() -> None:
    """How does it look?

    Draws a call as two lanes to scale (timeline) or as a sequence of messages (ladder), and the
    state machine behind it (machine). The ending of --output chooses the format.
    """


def _drawn(
    path: str,
    output: str | None,
    reader: Reader,
    picture: Callable[[Timeline], str | bytes],
) -> int:
    """Simulate one case and write its picture, or say what is wrong with it."""
    with Output(output) as out:
        try:
            timeline = simulate(reader.case(path))
        except CallflowError as error:
            return complain(path, error)
        out.write(picture(timeline))
    return 0


def _sound_options(verb: Verb) -> Verb:
    for name, choices, what in (
        ("rate", [str(rate) for rate in RATES], f"Of a wav, samples a second: else {RATE}."),
        ("country", [*COUNTRIES], f"Of a wav, how telephones ring: else {next(iter(COUNTRIES))}."),
        ("party", [*map(str, Party), "both"], "Of a wav, who listens: else both, one in each ear."),
    ):
        verb = click.option(f"--{name}", type=NearChoice(choices), help=what)(verb)
    return verb


@command.command("timeline", short_help="The call as two lanes to scale.")
@case_argument(many=False)
@format_option(*TIMELINE.formats)
@output_option()
@theme_option()
@words_option()
@_sound_options
@case_options
def timeline(
    *,
    path: str,
    form: str | None,
    output: str | None,
    theme: Theme,
    party: Literal["contact", "employee", "both"] | None,
    country: str | None,
    rate: str | None,
    settings: tuple[str, ...],
    account: str | None,
    input_format: str | None,
) -> int:
    """The call as two lanes to scale: what each party lives through, and who says so.

    As svg, as png, as html: one page with picture, steps, request and the command to repeat it;
    or as wav, what each party hears: in the left ear the contact, in the right one the employee.
    """
    form = chosen_format(form, output, TIMELINE.formats)
    hearing = None
    if form == "wav":
        from ..call.loading.recordings import recording
        from ..draw.sound.sounded import Hearing

        hearing = Hearing(
            party=party or "both",
            country=country or next(iter(COUNTRIES)),
            rate=int(rate or RATE),
            recorder=recording,
        )
    elif party or country or rate:
        raise UsageError(
            "--party, --country and --rate are for what is heard; write it to a file that ends in "
            ".wav, or say -f wav"
        )
    reader = Reader(settings=settings, account=account, input_format=input_format)
    how = How(
        theme=theme,
        command=command_for(f"draw timeline -f {form}", path, settings, words_given()),
        hearing=hearing,
        tell=lambda note: click.echo(note, err=True),
    )
    return _drawn(path, output, reader, lambda call: TIMELINE.draw(call, form, how))


@command.command("ladder", short_help="The call as a sequence of messages.")
@case_argument(many=False)
@format_option(*LADDER.formats)
@output_option()
@theme_option()
@click.option(
    "--scale",
    type=NearChoice(("true", "compressed")),
    default="true",
    help="Time to scale, or equal steps with a broken axis.",
)
@words_option()
@case_options
def ladder(
    *,
    path: str,
    form: str | None,
    output: str | None,
    theme: Theme,
    scale: Literal["true", "compressed"],
    settings: tuple[str, ...],
    account: str | None,
    input_format: str | None,
) -> int:
    """The call as a sequence of messages, with the PBX in the middle.

    As svg, as png, or as md: a Mermaid diagram, which has no scale and takes the page's colours.
    """
    form = chosen_format(form, output, LADDER.formats)
    reader = Reader(settings=settings, account=account, input_format=input_format)
    how = How(theme=theme, scale=scale)
    return _drawn(path, output, reader, lambda call: LADDER.draw(call, form, how))


def _switches(verb: Verb) -> Verb:
    for name, what in (
        ("employee-message", "The scenario has a message to the employee."),
        ("contact-message", "The request has a contact message."),
        ("switch", "The effective switch_at_once."),
    ):
        verb = click.option(f"--{name}/--no-{name}", default=None, help=what)(verb)
    return verb


@command.command("machine", short_help="The state machine behind a call.")
@click.argument("path", metavar="[CASE]", required=False)
@format_option(*MACHINE.formats)
@click.option(
    "-o", "--output", metavar="FILE|DIR/", help="Write to FILE, or all that are meant into DIR/."
)
@theme_option()
@click.option(
    "--failures",
    type=NearChoice(("grouped", "each", "none")),
    default="grouped",
    help="Hang-ups and unreached parties: one arrow for all, one from each state, or none.",
)
@click.option("--first-call", type=NearChoice(("contact", "employee")), help="Who is dialed first.")
@_switches
@words_option()
@case_options
def machine(
    *,
    path: str | None,
    form: str | None,
    output: str | None,
    theme: Theme,
    failures: Failures,
    first_call: str | None,
    switch: bool | None,
    contact_message: bool | None,
    employee_message: bool | None,
    settings: tuple[str, ...],
    account: str | None,
    input_format: str | None,
) -> int:
    """The state machine behind a call, with the path that CASE takes through it.

    Without CASE the settings choose the machine. The sixteen configurations are nine different
    machines; -o DIR/ writes all that the settings leave open.
    """
    from ..draw.chart import chart_of, charts_where

    folder = output if output is not None and is_folder(output) else None
    form = chosen_format(form, None if folder else output, MACHINE.formats)
    how = How(theme=theme, failures=failures)
    asked = (first_call, switch, contact_message, employee_message)
    if path is None:
        if settings or account is not None or input_format is not None:
            raise UsageError("--set, --account and --input-format need a case; name one")
        charts = charts_where(
            first_call=None if first_call is None else Party(first_call),
            switch_at_once=switch,
            contact_message=contact_message,
            employee_message=employee_message,
        )
    else:
        if any(wish is not None for wish in asked):
            raise UsageError("a case has its own settings; vary it with --set, or leave it out")
        try:
            reader = Reader(settings=settings, account=account, input_format=input_format)
            charts = (chart_of(simulate(reader.case(path))),)
        except CallflowError as error:
            return complain(path, error)
    if folder is None and len(charts) > 1:
        raise UsageError(
            f"these settings leave {len(charts)} machines open; say more of --first-call, "
            "--switch, --contact-message and --employee-message, or write all with -o DIR/"
        )
    pictures = [(chart.name, MACHINE.draw(chart, form, how)) for chart in charts]
    if folder is not None:
        return _folder(folder, pictures, form)
    with Output(output) as out:
        out.write(pictures[0][1])
    return 0


def _folder(folder: str, pictures: list[tuple[str, str | bytes]], form: str) -> int:
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{printable(folder)}: cannot be made: {error.strerror}") from None
    for name, picture in pictures:
        with Output(os.path.join(folder, f"{name}.{form}")) as out:
            out.write(picture)
    return 0
