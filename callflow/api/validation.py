"""Would the API take it? Strictly, as the server answers, or as a lint that tells everything.

A request comes in three ways. *Bytes*, as a client sends them. A *document*, an envelope that was
read already. And *as in a case*, where the envelope and the token may be left out and are put in.
They differ in what is put around them and in the id of the answer; what is then checked is one
thing (`order`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from attrs import evolve

from .account import UNKNOWN, Account
from .decoding import answer_id, decode
from .errors import ApiError, RequestRefused
from .order import Sent, account_faults_of, faults, judge
from .parameters import ENVELOPE, JSONRPC, METHOD, NAMES
from .request import Request
from .wire import JsonValue, Numeral

__all__ = [
    "FITTING_TOKEN",
    "Received",
    "account_faults",
    "check",
    "check_bytes",
    "enveloped",
    "faults",
    "lint",
    "lint_bytes",
    "received",
    "received_bytes",
]

#: Stands for a token that was left out, where the account does not say which ones fit.
FITTING_TOKEN = "a token that fits"  # noqa: S105  # it opens nothing


class Received(NamedTuple):
    """A document as the server gets it.

    Attributes:
        id: of the answer; None: null.
        token_added: whether the access token was left out and is put in for the checks.
    """

    document: JsonValue
    id: str | Numeral | None
    token_added: bool = False


def received(document: JsonValue) -> Received:
    """A document as it is."""
    return Received(document, answer_id(document))


def enveloped(request: JsonValue, account: Account = UNKNOWN) -> Received:
    """The request of a case: an envelope if it has a member of one, else the params of one.

    A missing access token is put in: the account's first, else one that fits. Params alone, also a
    value that is no object, get an envelope, and null as the id of their answer.
    """
    if isinstance(request, dict) and any(member in request for member in ENVELOPE):
        document, id = request, answer_id(request)
    else:
        document, id = {"jsonrpc": JSONRPC, "method": METHOD, "id": "", "params": request}, None
    params = document.get("params")
    if not isinstance(params, dict) or "access_token" in params:
        return Received(document, id)
    return Received({**document, "params": _with_token(params, account)}, id, token_added=True)


def _with_token(params: dict[str, JsonValue], account: Account) -> dict[str, JsonValue]:
    return {"access_token": next(iter(account.access_tokens or ()), FITTING_TOKEN), **params}


def lint(sent: Received, account: Account = UNKNOWN) -> tuple[ApiError, ...]:
    """Everything wrong with it, in the server's order; the first is the server's answer."""
    return tuple(_as_sent(error, sent) for error in faults(sent.document, account))


def _as_sent(error: ApiError, sent: Received) -> ApiError:
    """The error; a token that was put in was not sent, so it is not echoed."""
    if sent.token_added and error.field == "access_token":
        return evolve(error, value=None)
    return error


def check(sent: Received, account: Account = UNKNOWN) -> Request:
    """The request, if the API would take it. A token that was put in is not part of it.

    Raises:
        RequestRefused: it would not. The error is the first that a lint finds, the problems are all
        of them.
    """
    seen = Sent(sent.document)
    found = judge(seen, account)
    first = next(found, None)
    if first is not None:
        errors = tuple(_as_sent(error, sent) for error in (first, *found))
        problems = [error.problem() for error in errors]
        raise RequestRefused(errors[0], sent.id, problems, errors)
    params = dict(seen.params or {})
    if sent.token_added:
        del params["access_token"]
    return Request.accepted(params, seen.unknown_members, sent.id)


def lint_bytes(data: bytes, account: Account = UNKNOWN) -> tuple[ApiError, ...]:
    """Everything wrong with a request in bytes: an envelope as it is, params alone as in a case."""
    try:
        sent = received_bytes(data, account)
    except RequestRefused as refused:
        return (refused.error,)
    return lint(sent, account)


def check_bytes(data: bytes, account: Account = UNKNOWN) -> Request:
    """The request in bytes, if the API would take it: an envelope as it is, params as in a case.

    Raises:
        RequestRefused: it would not.
    """
    return check(received_bytes(data, account), account)


def received_bytes(data: bytes, account: Account = UNKNOWN) -> Received:
    """A request in bytes as the server gets it: an envelope as it is, params alone as in a case.

    Raises:
        RequestRefused: the bytes are no JSON.
    """
    document = decode(data)
    if (
        isinstance(document, dict)
        and not any(member in document for member in ENVELOPE)
        and any(name in NAMES for name in document)
    ):
        return enveloped(document, account)
    return received(document)


def account_faults(request: Request, account: Account) -> Iterator[ApiError]:
    """What the account says against a request of right form, lazily, in the server's order.

    A token that was left out is put in, as `enveloped` does.
    """
    return account_faults_of(_with_token(request.to_params(), account), account)
