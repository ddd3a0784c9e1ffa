"""Cases as the verbs read them, and what standard error says of those that cannot be read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import click

from ..api.account import Account
from ..api.errors import RequestRefused
from ..call.case import Case
from ..call.loading import CaseFile, load_account, open_case
from ..errors import CallflowError, CaseError, UsageError, printable

if TYPE_CHECKING:
    from ..call.loading.settings import Choice

#: The order in which statuses count when several cases end differently.
_WORST = (70, 2, 3, 1, 0)


def worst(statuses: Iterable[int]) -> int:
    """The exit status of several: 70, 2, 3, 1 and 0 count in this order."""
    return min(statuses, key=_WORST.index, default=0)


@cache
def standard_input() -> bytes:
    """Everything on standard input, read once.

    Raises:
        UsageError: it is closed or cannot be read.
    """
    if sys.stdin is None:
        raise UsageError("-: standard input is closed")
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise UsageError(f"-: cannot be read: {error.strerror}") from None


class Reader:
    """Reads the cases of one command: what varies them is the same for all.

    Raises:
        CaseError: the account is no account.
        UsageError: the account's file cannot be read.
    """

    def __init__(
        self,
        *,
        settings: Sequence[str] = (),
        account: str | None = None,
        input_format: str | None = None,
    ) -> None:
        self._settings = settings
        self.input_format = input_format
        if account == "-":
            raise UsageError("--account takes a file, not standard input")
        self.account: Account | None = None if account is None else load_account(account)

        self._opened: CaseFile | None = None

    def case(self, path: str, choices: Sequence[Choice] = ()) -> Case:
        """The case in a file; ``-`` is standard input.

        Args:
            choices: what varies it further. The file is read once for all variations.

        Raises:
            CaseError: the file is no case.
            RequestRefused: the API would refuse its request.
            UsageError: the file cannot be read.
        """
        if self._opened is None or self._opened.path != path:
            self._opened = open_case(
                path,
                input_format=self.input_format,
                standard_input=standard_input() if path == "-" else None,
            )
        return self._opened.case((*self._settings, *choices), self.account)


def complain(path: str, error: CallflowError, undone: str = "simulated") -> int:
    """Say on standard error what is wrong with a case, one line for each problem.

    Args:
        undone: what was not done because of it.

    Returns:
        The exit status that it calls for.
    """
    _say(path, _lines(error), undone)
    return error.exit_status


def complain_once(path: str, errors: Sequence[CallflowError], *, all_failed: bool) -> int:
    """Say what is wrong with some variations of a case, the same only once.

    Args:
        all_failed: nothing was simulated.

    Returns:
        The worst of the exit statuses.
    """
    lines = dict.fromkeys(line for error in errors for line in _lines(error))
    _say(path, list(lines), "simulated" if all_failed else None)
    return worst(error.exit_status for error in errors)


def _lines(error: CallflowError) -> list[str]:
    if isinstance(error, CaseError | RequestRefused) and error.problems:
        return [str(problem) for problem in error.problems]
    return [str(error)]


def _say(path: str, lines: Sequence[str], undone: str | None) -> None:
    for line in lines:
        click.echo(line, err=True)
    if len(lines) > 1 and undone:
        click.echo(f"{len(lines)} problems in {printable(path)}, nothing was {undone}", err=True)
