"""The API's errors: its own words as a table, and what we say of them to people.

Mnemonics, codes and templates are the protocol's and stay as they are. The errors of the method
stand on the source page; those common to all methods come from later pages of the vendor. Which
parameter an error of the method is about (``field``) is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import attrs
from attrs import frozen

from ..errors import CallflowError, Problem, printable
from .echo import shortened
from .wire import Numeral, json_text


class ErrorKind(NamedTuple):
    """A row of the table. ``field``: the parameter that it is always about, if it is about one."""

    mnemonic: str
    code: int
    template: str
    field: str | None = None


#: The errors of ``start.vnumber_call``.
OF_THE_METHOD: tuple[ErrorKind, ...] = (
    ErrorKind(
        "tts_text_exceeded",
        -32602,
        "The maximum length of Text-to-Speech message is {tts_message_max_length}. "
        "The length of your message is {sent_tts_message_length}",
        "contact_message.value",
    ),
    ErrorKind(
        "media_file_not_found",
        -32602,
        "The media file with id {media_file_id} not found",
        "contact_message.value",
    ),
    ErrorKind(
        "virtual_phone_number_not_found",
        -32007,
        "Virtual phone number {virtual_phone_number} not found. "
        "It is not your virtual phone number.",
        "virtual_phone_number",
    ),
    ErrorKind(
        "scenario_not_found",
        -32007,
        "Virtual phone number does not have a scenario",
        "virtual_phone_number",
    ),
    ErrorKind(
        "own_virtual_phone_number_not_allowed",
        -32602,
        "Parameter contact can not contain own virtual phone number",
        "contact",
    ),
    ErrorKind(
        "contact_in_blacklist",
        -32602,
        "The contact {contact} has been found in the blacklist",
        "contact",
    ),
    ErrorKind("character_encoding_not_allowed", -32602, "The character encoding must be UTF-8"),
)

#: The errors common to all methods. Some cannot come from a check of one request.
COMMON: tuple[ErrorKind, ...] = (
    ErrorKind("parse_error", -32700, "Invalid JSON was received by the server."),
    ErrorKind(
        "invalid_request", -32600, "Invalid Request. The JSON sent is not a valid Request object"
    ),
    ErrorKind("method_not_found", -32601, "The method does not exist / is not available"),
    ErrorKind("batch_operations_not_supported", -32099, "Batch operations not supported"),
    ErrorKind("notifications_not_supported", -32099, "Notifications not supported"),
    ErrorKind("required_parameter_missed", -32602, "The required parameter has been missed"),
    ErrorKind("data_type_error", -32602, "Data supplied is of wrong type"),
    ErrorKind("invalid_parameter_value", -32602, "Invalid parameter value"),
    ErrorKind("unexpected_parameters", -32602, "Unexpected method parameter(s)"),
    ErrorKind(
        "invalid_parameters_combination",
        -32602,
        "The combination of parameters is not permitted",
    ),
    ErrorKind("access_token_invalid", -32001, "Access token is invalid", "access_token"),
    ErrorKind("access_token_expired", -32001, "Access token has expired", "access_token"),
    ErrorKind("access_token_blocked", -32001, "Access token has been blocked", "access_token"),
    ErrorKind("auth_error", -32001, "Login or password is wrong"),
    ErrorKind("forbidden", -32003, "Permission denied"),
    ErrorKind("ip_not_whitelisted", -32003, "Your IP {ip} is not whitelisted"),
    ErrorKind("component_disabled", -32008, "Component {component_name} has been disabled"),
    ErrorKind(
        "account_inactive",
        -32009,
        "Your account has been disabled, contact the support service",
    ),
    ErrorKind(
        "limit_exceeded",
        -32029,
        "Limit per {limit_type} has been exceeded. "
        "Value of current limit per {limit_type} is {limit_max_value}",
    ),
    ErrorKind("internal_error", -32603, "Internal error, contact the support service"),
    ErrorKind("call_session_not_found", -32602, "Call session not found"),
)

KINDS: dict[str, ErrorKind] = {kind.mnemonic: kind for kind in OF_THE_METHOD + COMMON}


@frozen(kw_only=True)
class ApiError:
    """One error as the API would answer it.

    Attributes:
        field: the parameter it is about, nested ones with a dot; None: no parameter is meant.
        value: what was sent, as it is echoed (never a secret); None: nothing was sent.
        params: the substitutions of the message template.
        member: the member of the envelope it is about, for people; the API does not tell.
        detail: what is wrong and how to repair it, in our words, as it follows the name of the
            parameter: ``must be true or false, not the text yes``.
    """

    mnemonic: str
    code: int
    message: str
    field: str | None = None
    value: str | None = None
    params: Mapping[str, str | int] = attrs.field(factory=dict, hash=False)
    member: str | None = None
    detail: str = ""

    def __str__(self) -> str:
        """The API's words: ``-32602 data_type_error: Data supplied is of wrong type``."""
        return f"{self.code} {self.mnemonic}: {shortened(self.message, 200)}"

    @property
    def place(self) -> str | None:
        """The parameter or the member of the envelope that it is about."""
        return self.field or self.member

    @property
    def sentence(self) -> str:
        """What is wrong as a whole clause: ``switch_at_once must be true or false, not ...``."""
        if not self.detail:
            return printable(self.message)
        return f"{shortened(self.place)} {self.detail}" if self.place else self.detail

    def problem(self, *, file: str | None = None, line: int | None = None) -> Problem:
        """The same for people, at its place in a case, the API's words after ours."""
        return Problem(
            message=f"{self.detail or 'is refused'} (the API would answer {self})",
            path=f"request.{self.place}" if self.place else "request",
            file=file,
            line=line,
            given=self.value,
        )

    def to_dict(self) -> dict[str, Any]:
        """The ``error`` member of an answer."""
        data: dict[str, Any] = {"mnemonic": self.mnemonic, "field": self.field}
        if self.field is not None and self.value is not None:
            data["value"] = self.value
        data["params"] = dict(self.params)
        data["extended_helper"] = None
        return {"code": self.code, "message": self.message, "data": data}


def api_error(
    mnemonic: str,
    *,
    field: str | None = None,
    value: str | None = None,
    member: str | None = None,
    detail: str = "",
    **params: str | int,
) -> ApiError:
    """The error of the table with this mnemonic, its template filled with ``params``.

    Raises:
        KeyError: there is no such mnemonic, or a hole of its template is not filled.
    """
    kind = KINDS[mnemonic]
    return ApiError(
        mnemonic=mnemonic,
        code=kind.code,
        message=kind.template.format(**params),
        field=field or kind.field,
        value=value,
        params=params,
        member=member,
        detail=detail,
    )


class RequestRefused(CallflowError):
    """The API would refuse the request.

    Attributes:
        error: what the API answers.
        id: the id of the answer; None: null.
        problems: everything wrong with the request, for people, each with its place where there is
            a file.
        errors: everything that a lint finds, as the API would answer it; the first is ``error``.
        expect: what the case expects, unread, where the request stands in one; else None.
    """

    exit_status = 3
    expect: Any = None

    def __init__(
        self,
        error: ApiError,
        id: str | Numeral | None = None,
        problems: Iterable[Problem] = (),
        errors: Iterable[ApiError] = (),
    ) -> None:
        self.error = error
        self.id = id
        self.problems = tuple(problems)
        self.errors = tuple(errors) or (error,)
        super().__init__(f"{error.sentence} (the API would answer {error})")

    def __reduce__(self) -> tuple[type[RequestRefused], tuple[Any, ...]]:
        return RequestRefused, (self.error, self.id, self.problems, self.errors)

    def answer(self) -> str:
        """The API's whole answer, JSON on one line."""
        return json_text({"jsonrpc": "2.0", "id": self.id, "error": self.error.to_dict()})
