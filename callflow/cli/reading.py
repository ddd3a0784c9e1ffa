"""Cases as the verbs read them, and what standard error says of those that cannot be read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import cache

import click

from ..api.account import Account
from ..api.errors import RequestRefused
from ..call.case import Case
from ..call.loading import load_account, load_case
from ..errors import CallflowError, CaseError, UsageError, printable

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

    def case(self, path: str) -> Case:
        """The case in a file; ``-`` is standard input.

        Raises:
            CaseError: the file is no case.
            RequestRefused: the API would refuse its request.
            UsageError: the file cannot be read.
        """
        return load_case(
            path,
            input_format=self.input_format,
            settings=self._settings,
            account=self.account,
            standard_input=standard_input() if path == "-" else None,
        )


def complain(path: str, error: CallflowError, undone: str = "simulated") -> int:
    """Say on standard error what is wrong with a case, one line for each problem.

    Args:
        undone: what was not done because of it.

    Returns:
        The exit status that it calls for.
    """
    if isinstance(error, CaseError | RequestRefused) and error.problems:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        if len(error.problems) > 1:
            count = len(error.problems)
            click.echo(f"{count} problems in {printable(path)}, nothing was {undone}", err=True)
    else:
        click.echo(str(error), err=True)
    return error.exit_status
