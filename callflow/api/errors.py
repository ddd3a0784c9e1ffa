"""The API's errors: its own words, and what we say of them to people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import field, frozen

from ..errors import CallflowError, Problem
from .wire import Numeral


@frozen(kw_only=True)
class ApiError:
    """One error as the API would answer it.

    Attributes:
        field: the parameter it is about, nested ones with a dot; None: no parameter is meant.
        value: what was sent, as it is echoed (never a secret); None: nothing was sent.
        params: the substitutions of the message template.
        detail: what is wrong and how to repair it, in our words: "must be true or false, not the text yes".
    """

    mnemonic: str
    code: int
    message: str
    field: str | None = None
    value: str | None = None
    params: Mapping[str, str | int] = field(factory=dict)
    detail: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The ``error`` member of an answer."""
        raise NotImplementedError


class RequestRefused(CallflowError):
    """The API would refuse the request.

    Attributes:
        error: what the API answers.
        id: the id of the answer; None: null.
        problems: everything wrong with the request, for people, each with its place where there is a file.
    """

    exit_status = 3

    def __init__(
        self, error: ApiError, id: str | Numeral | None = None, problems: Iterable[Problem] = ()
    ) -> None:
        self.error = error
        self.id = id
        self.problems = tuple(problems)
        super().__init__(error.detail or error.message)
