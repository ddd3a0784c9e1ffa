"""The command line: each verb a question, each end an exit status.

==  ===========================================================
0   done
1   something that was to hold does not
2   wrong usage, a bad file, output that cannot be written
3   the API would refuse the request
70  a fault of ours
==  ===========================================================

A verb is a list of steps: load, simulate, draw, write. It holds no logic of calls, requests or
    pictures.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click
from click.exceptions import NoSuchCommand

from ..errors import CallflowError, printable
from .output import ReaderGone

#: The verbs, each in a module of its own that is imported when it is called.
VERBS = (
    "simulate",
    "explain",
    "draw",
    "validate",
    "check",
    "explore",
    "diff",
    "docs",
    "preview",
)

USAGE, FAULT, INTERRUPTED = 2, 70, 130

_HELP = """What does a call of start.vnumber_call do, second by second, and who says so?

Each verb asks one question. A case file holds a request, the PBX scenario, and what people do.

\b
Shell completion: add one line to your shell's start-up file.
  bash  eval "$(_CALLFLOW_COMPLETE=bash_source callflow)"
  zsh   eval "$(_CALLFLOW_COMPLETE=zsh_source callflow)"
  fish  _CALLFLOW_COMPLETE=fish_source callflow | source

\b
Exit status: 0 done, 1 something that was to hold does not, 2 wrong usage or a bad
file, 3 the API would refuse the request, 70 a fault of callflow itself.
"""


class _Verbs(click.Group):
    """The verbs, loaded one by one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that was meant, or an error that names the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand as unknown:  # it looks among loaded verbs, and none is loaded yet
            raise NoSuchCommand(unknown.command_name, possibilities=VERBS, ctx=ctx) from None

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f".{cmd_name}", __name__).command
        if not gc.isenabled():  # the process starts here, and all that it imports is there now
            gc.freeze()
            gc.enable()
        return command


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from .. import __version__

        click.echo(f"callflow {__version__}")
        ctx.exit()


@click.command(
    cls=_Verbs,
    help=_HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="Print the version.",
)
def callflow() -> None:
    """The group of verbs; see `_HELP`."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit status.

    Args:
        arguments: without the program's name; None: those of the process.
    """
    status = _run(arguments)
    gc.freeze()
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
    except OSError as error:
        _say(f"standard output cannot be written: {error.strerror}")
        _discard_output()
        status = USAGE
    sys.exit(status)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        status = callflow.main(
            args=None if arguments is None else list(arguments),
            prog_name="callflow",
            standalone_mode=False,
        )
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except ReaderGone:
        _discard_output()
        return 0
    except CallflowError as error:
        _say(str(error))
        return error.exit_status
    except Exception as error:  # whatever it is, it is ours, and no input shows a traceback
        if os.environ.get("CALLFLOW_TRACEBACK"):
            raise
        _say(
            f"a fault of callflow itself: {type(error).__name__}: {printable(str(error))}\n"
            "  please report it; CALLFLOW_TRACEBACK=1 shows where"
        )
        return FAULT
    return status if isinstance(status, int) else 0


def _say(text: str) -> None:
    """Tell it on standard error, in whatever characters that has."""
    click.echo(text, err=True)


def _discard_output() -> None:
    """Leave nothing to be flushed when the process ends."""
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
