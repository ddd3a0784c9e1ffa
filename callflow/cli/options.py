"""The options that verbs share, each declared once: they mean the same everywhere."""

from __future__ import annotations

import os.path
from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

import click

from ..draw.catalogue import ENGLISH, Catalogue, speaking
from ..errors import UsageError, nearest, printable

#: A verb, before and after an option is added to it.
Verb = Callable[..., int]
Decorator = Callable[[Verb], Verb]


class NearChoice(click.Choice[str]):
    """A choice that names the nearest right one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The choice that was meant, or an error that names the nearest."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            near = nearest(str(value), self.choices)
            if near is None:
                raise
            raise click.BadParameter(
                f"{error.message} Did you mean {near}?", ctx=ctx, param=param
            ) from None


def case_argument(*, many: bool) -> Decorator:
    """The case, or the cases, of a verb. ``-`` is standard input."""
    if many:
        return click.argument("paths", metavar="CASE...", nargs=-1, required=True)
    return click.argument("path", metavar="CASE")


def format_option(*formats: str) -> Decorator:
    """``-f``; left out, the ending of ``-o`` decides, else the first one."""
    return click.option(
        "-f",
        "--format",
        "form",
        type=NearChoice(formats),
        help=f"Left out: by the ending of --output, else {formats[0]}.",
    )


def output_option() -> Decorator:
    """``-o``."""
    return click.option(
        "-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all."
    )


def theme_option() -> Decorator:
    """``--theme``."""
    return click.option(
        "--theme",
        type=NearChoice(("auto", "light", "dark")),
        default="auto",
        help="auto: light, and dark where the viewer prefers dark.",
    )


def account_option() -> Decorator:
    """``--account``."""
    return click.option(
        "--account",
        metavar="FILE",
        help="Take the account from FILE (what stands under account: in a case).",
    )


def input_format_option() -> Decorator:
    """``--input-format``."""
    return click.option(
        "--input-format",
        type=NearChoice(("json", "yaml", "toml")),
        help="How to read standard input, or a file whose ending does not say.",
    )


def words_option() -> Decorator:
    """``--words``: while the verb runs, everything is said in these words."""
    option = click.option(
        "--words",
        metavar="FILE|ru",
        help="Say it in Russian, or in the words of FILE (words: {employee: operator}).",
    )

    def added(verb: Verb) -> Verb:
        @wraps(verb)
        def saying(*, words: str | None, **options: Any) -> int:
            with speaking(chosen_words(words)):
                return verb(**options)

        return option(saying)

    return added


def words_given() -> tuple[str, ...]:
    """``--words`` of the verb that runs, for a command that repeats it."""
    given = click.get_current_context().params.get("words")
    return () if given is None else ("--words", given)


def chosen_words(words: str | None) -> Catalogue:
    """The catalogue that ``--words`` names: one that ships, or a file.

    Raises:
        CaseError: the file is no catalogue.
        UsageError: there is none.
    """
    if words is None:
        return ENGLISH
    from ..call.loading import read_bytes
    from ..draw.catalogue_file import SHIPPED, catalogue_from_bytes, catalogue_named

    if words in SHIPPED:
        return catalogue_named(words)
    if not os.path.splitext(words)[1] and not os.path.exists(words):
        return catalogue_named(words)  # which says what there is
    return catalogue_from_bytes(read_bytes(words), words)


def case_options(verb: Verb) -> Verb:
    """What varies the cases of a verb: ``--set``, ``--account``, ``--input-format``."""
    setting = click.option(
        "--set",
        "settings",
        metavar="PATH=VALUE",
        multiple=True,
        help="Vary the case: people.contact.answers_after=12; nothing after = leaves the key out.",
    )
    return setting(account_option()(input_format_option()(verb)))


def each_options(verb: Verb) -> Verb:
    """``--each`` and ``--only-different``."""
    each = click.option(
        "--each",
        "each",
        metavar="PATH=A,B,C",
        multiple=True,
        help="A table of variations, one for each value; several give all combinations.",
    )
    only_different = click.option(
        "--only-different",
        is_flag=True,
        help="Of the variations that turn out the same, show one row.",
    )
    return each(only_different(verb))


def _ending(form: str) -> str:
    """How files of a format end: as it is called, but for plain text."""
    return ".txt" if form == "text" else f".{form}"


def chosen_format(form: str | None, output: str | None, formats: Collection[str]) -> str:
    """The format that was asked for, or that the ending of the output file stands for.

    Raises:
        UsageError: the ending stands for none of ``formats``.
    """
    if form is not None:
        return form
    if not output or not (ending := os.path.splitext(output)[1].lower()):
        return next(iter(formats))
    endings = {_ending(name): name for name in formats}
    if ending not in endings:
        near = nearest(ending, endings)
        raise UsageError(
            f"{printable(output)}: the ending {printable(ending)} says no format; it can be "
            f"{', '.join(endings)}, or say -f {'|'.join(formats)}"
            + (f"; did you mean {near}?" if near else "")
        )
    return endings[ending]
