"""The answer to a request that is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .request import Request
from .wire import JsonValue, Numeral, as_json, encode, json_text


def reply(request: Request | Mapping[str, Any], id: str | int | Numeral | None) -> str:
    """The API's whole answer, JSON on one line. ``id``: the one that was sent."""
    result = {"data": {"call_session_id": call_session_id(request)}}
    return json_text({"jsonrpc": "2.0", "id": id, "result": result})


def call_session_id(request: Request | Mapping[str, Any]) -> int:
    """A positive whole number below 2**53 that depends on the parameters without the token.

    It depends on nothing else: not on the order in which they were sent, not on the run.
    """
    from hashlib import sha256

    params = request.to_params() if isinstance(request, Request) else request
    sent = {name: value for name, value in params.items() if name != "access_token"}
    text = encode(_in_order(as_json(sent)))
    digest = sha256(text.encode("utf-8", "surrogatepass")).digest()
    return 1 + int.from_bytes(digest) % (2**53 - 1)


def _in_order(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return {name: _in_order(value[name]) for name in sorted(value)}
    if isinstance(value, list):
        return [_in_order(item) for item in value]
    return value
