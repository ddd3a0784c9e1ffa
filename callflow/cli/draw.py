"""``callflow draw``: the call and the machine as pictures."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Literal

import click

from ..call.simulator import simulate
from ..call.timeline import Timeline
from ..draw.chart import Chart, Failures, chart_of, charts_where
from ..draw.machine import draw_machine
from ..draw.picture_palette import Theme
from ..draw.png import svg_to_png
from ..errors import CallflowError, UsageError, printable
from ..words import Party
from .options import (
    Decorator,
    NearChoice,
    Verb,
    case_argument,
    case_options,
    chosen_format,
    format_option,
    output_option,
)
from .output import Output
from .reading import Reader, complain
from .repeat import command_for
from .screen import request_text


@click.group("draw", short_help="How does it look?")
def command() -> None:
    """How does it look?

    Draws a call as two lanes to scale (timeline) or as a sequence of messages (ladder), and the
    state machine behind it (machine). The ending of --output chooses the format.
    """


def _theme_option() -> Decorator:
    return click.option(
        "--theme",
        type=NearChoice(("auto", "light", "dark")),
        default="auto",
        help="auto: light, and dark where the viewer prefers dark.",
    )


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


@command.command("timeline", short_help="The call as two lanes to scale.")
@case_argument(many=False)
@format_option("svg", "png", "html")
@output_option()
@_theme_option()
@case_options
def timeline(
    *,
    path: str,
    form: str | None,
    output: str | None,
    theme: Theme,
    settings: tuple[str, ...],
    account: str | None,
    input_format: str | None,
) -> int:
    """The call as two lanes to scale: what each party lives through, and who says so.

    As svg, as png, or as html: one page with picture, steps, request and the command to repeat it.
    """
    form = chosen_format(form, output, ("svg", "png", "html"))
    reader = Reader(settings=settings, account=account, input_format=input_format)

    def picture(call: Timeline) -> str | bytes:
        from ..draw.lanes import timeline_svg

        if form == "html":
            from ..draw.html import timeline_html

            again = command_for("draw timeline", path, settings)
            return timeline_html(call, request=request_text(call.case), command=again, theme=theme)
        return _as(form, timeline_svg(call, theme=_fixed(theme, form)))

    return _drawn(path, output, reader, picture)


@command.command("ladder", short_help="The call as a sequence of messages.")
@case_argument(many=False)
@format_option("svg", "png")
@output_option()
@_theme_option()
@click.option(
    "--scale",
    type=NearChoice(("true", "compressed")),
    default="true",
    help="Time to scale, or equal steps with a broken axis.",
)
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
    """The call as a sequence of messages, with the PBX in the middle."""
    form = chosen_format(form, output, ("svg", "png"))
    reader = Reader(settings=settings, account=account, input_format=input_format)

    def picture(call: Timeline) -> str | bytes:
        from ..draw.ladder import ladder_svg

        return _as(form, ladder_svg(call, scale=scale, theme=_fixed(theme, form)))

    return _drawn(path, output, reader, picture)


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
@format_option("svg", "png", "dot", "md")
@click.option(
    "-o", "--output", metavar="FILE|DIR/", help="Write to FILE, or all that are meant into DIR/."
)
@_theme_option()
@click.option(
    "--failures",
    type=NearChoice(("grouped", "each", "none")),
    default="grouped",
    help="Hang-ups and unreached parties: one arrow for all, one from each state, or none.",
)
@click.option("--first-call", type=NearChoice(("contact", "employee")), help="Who is dialed first.")
@_switches
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
    whole_folder = output is not None and output.endswith(("/", os.sep))
    form = chosen_format(form, None if whole_folder else output, ("svg", "png", "dot", "md"))
    asked = (first_call, switch, contact_message, employee_message)
    if path is not None and any(wish is not None for wish in asked):
        raise UsageError("a case has its own settings; vary it with --set, or leave it out")

    def drawn(chart: Chart) -> str | bytes:
        return draw_machine(chart, form, theme=_fixed(theme, form), failures=failures)

    if path is not None:
        reader = Reader(settings=settings, account=account, input_format=input_format)
        return _drawn(path, output, reader, lambda call: drawn(chart_of(call)))
    charts = charts_where(
        first_call=None if first_call is None else Party(first_call),
        switch_at_once=switch,
        contact_message=contact_message,
        employee_message=employee_message,
    )
    if output is not None and whole_folder:
        return _folder(output, [(chart.name, drawn(chart)) for chart in charts], form)
    if len(charts) > 1:
        raise UsageError(
            f"these settings leave {len(charts)} machines open; say more of --first-call, "
            "--switch, --contact-message and --employee-message, or write all with -o DIR/"
        )
    with Output(output) as out:
        out.write(drawn(charts[0]))
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


def _fixed(theme: Theme, form: str) -> Theme:
    """A picture in pixels cannot follow its viewer."""
    return "light" if theme == "auto" and form == "png" else theme


def _as(form: str, svg: str) -> str | bytes:
    return svg_to_png(svg) if form == "png" else svg
