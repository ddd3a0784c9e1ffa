"""The page of errors: what the API answers, what it means, and what to do about it.

Codes and messages are the API's table. The instances are requests that are really judged, so each
repair that the page shows is the one that `callflow validate` names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from ...api.account import UNKNOWN, Account, MediaFile
from ...api.errors import COMMON, KINDS, OF_THE_METHOD, ApiError, ErrorKind
from ...api.order import ORDER
from ...api.parameters import METHOD
from ...api.validation import lint_bytes
from ...draw.catalogue import say
from .markdown import code, escaped, fence, heading, link, table

#: What to do about each error.
REPAIRS: Mapping[str, str] = {
    "tts_text_exceeded": "Shorten the text, or ask for a service plan with a higher limit. Counted "
    "are characters, blanks too. A recording has no such limit: upload it and send its id as "
    "`media`.",
    "media_file_not_found": "Take an id from the vendor's list of user files or of system files. "
    "Ids are "
    'sent as texts, `"237"`, and belong to one account.',
    "virtual_phone_number_not_found": "Send a number that this account rents, digits alone and "
    "without plus. The vendor's list of virtual numbers has them.",
    "scenario_not_found": "Give the virtual number a scenario in the PBX: without one nobody knows "
    "which employee to call.",
    "own_virtual_phone_number_not_allowed": "Send somebody else's number as `contact`. To reach an "
    "employee, send the employee's SIP number.",
    "contact_in_blacklist": "Do not call this number, or take it off the blacklist of the account.",
    "character_encoding_not_allowed": "Send the request as UTF-8, without half characters such as "
    "a lone `\\ud83d`.",
    "parse_error": "Send valid JSON: names in double quotes, no comma behind the last member, no "
    "name twice in an object.",
    "invalid_request": "Put the parameters into the envelope of JSON-RPC 2.0: `jsonrpc`, `method`, "
    "`id` and the object `params`.",
    "method_not_found": "Check the name of the method; the one told here is `start.vnumber_call`.",
    "batch_operations_not_supported": "Send each request by itself instead of a list of them.",
    "notifications_not_supported": "Add an `id`, a text or a number; the answer has the same.",
    "required_parameter_missed": "Add the parameter that `field` names. A misspelt name counts as "
    "left out.",
    "data_type_error": "Send the type that the table of parameters names: `true` without quotes, "
    "numbers of phones and files as texts. `null` is no value; leave the parameter out.",
    "invalid_parameter_value": "Send a value in the format that the table of parameters gives.",
    "unexpected_parameters": "Take the parameter out, or correct its name. Parameters of newer "
    "documentation are refused in the same way.",
    "invalid_parameters_combination": "Send only combinations that the documentation of the method "
    "allows. No parameter told here excludes another.",
    "access_token_invalid": "Send the token that was issued with the session, whole.",
    "access_token_expired": "Log in again and use the new token.",
    "access_token_blocked": "Ask the administrator of the account why the token was blocked, and "
    "for a new one.",
    "auth_error": "Check login and password; it is an error of logging in, not of this call.",
    "forbidden": "Ask the administrator of the account for the right to start calls.",
    "ip_not_whitelisted": "Add the address of your server to the whitelist of the account, or send "
    "from one that stands there.",
    "component_disabled": "Have the component switched on for the account.",
    "account_inactive": "Turn to the vendor's support; until then every request fails.",
    "limit_exceeded": "Send fewer requests, or the same ones later. The message names limit and "
    "period.",
    "internal_error": "Try again after a while; if it stays, turn to the vendor's support with the "
    "time and the `id` of the request.",
    "call_session_not_found": "It is an error of methods that work on a running call: use the "
    "`call_session_id` of the answer while the call lasts.",
}

#: What the account of the instances has.
_ACCOUNT = Account(
    access_tokens=("the-token",),
    virtual_numbers={"74993720692": "callback", "74993720693": None},
    blacklist=("79260000009",),
    media={"12": MediaFile(length=6000)},
    tts_message_max_length=20,
)


def _request(**params: Any) -> dict[str, Any]:
    """A right request, with some parameters changed; None takes one out."""
    right = {
        "access_token": "the-token",
        "virtual_phone_number": "74993720692",
        "contact": "79260000000",
        "first_call": "employee",
    }
    sent = {name: value for name, value in (right | params).items() if value is not None}
    return {"jsonrpc": "2.0", "method": METHOD, "id": "req1", "params": sent}


def _without(member: str) -> dict[str, Any]:
    return {name: value for name, value in _request().items() if name != member}


@frozen
class Instance:
    """A request that is refused with an error.

    Attributes:
        shown: the part of it that is wrong, as it is sent.
    """

    shown: str
    sent: bytes


def _sent(shown: str, document: object) -> Instance:
    return Instance(shown, json.dumps(document, ensure_ascii=False).encode())


_STRANGER = {"access_token": "another"}
_LONG = "We are putting you through to a colleague"

#: Of each error that a check of one request can find, an instance.
INSTANCES: Mapping[str, Instance] = {
    "tts_text_exceeded": _sent(
        f'"contact_message": {{"type": "tts", "value": "{_LONG}"}}',
        _request(contact_message={"type": "tts", "value": _LONG}),
    ),
    "media_file_not_found": _sent(
        '"contact_message": {"type": "media", "value": "237"}',
        _request(contact_message={"type": "media", "value": "237"}),
    ),
    "virtual_phone_number_not_found": _sent(
        '"virtual_phone_number": "74993720699"', _request(virtual_phone_number="74993720699")
    ),
    "scenario_not_found": _sent(
        '"virtual_phone_number": "74993720693"', _request(virtual_phone_number="74993720693")
    ),
    "own_virtual_phone_number_not_allowed": _sent(
        '"contact": "74993720693"', _request(contact="74993720693")
    ),
    "contact_in_blacklist": _sent('"contact": "79260000009"', _request(contact="79260000009")),
    "character_encoding_not_allowed": Instance(
        '"external_id": "\\ud83d"', json.dumps(_request(external_id="\ud83d")).encode()
    ),
    "parse_error": Instance("{'jsonrpc': '2.0'}", b"{'jsonrpc': '2.0'}"),
    "invalid_request": _sent('"jsonrpc": 2.0', _request() | {"jsonrpc": 2.0}),
    "method_not_found": _sent('"method": "start.call"', _request() | {"method": "start.call"}),
    "batch_operations_not_supported": _sent('[{"jsonrpc": "2.0"}]', [_request()]),
    "notifications_not_supported": _sent(
        '{"jsonrpc": "2.0", "method": "start.vnumber_call", "params": {}}', _without("id")
    ),
    "required_parameter_missed": _sent(
        '"firstcall": "employee"', _request(first_call=None, firstcall="employee")
    ),
    "data_type_error": _sent('"switch_at_once": "true"', _request(switch_at_once="true")),
    "invalid_parameter_value": _sent(
        '"contact": "+7 926 000-00-00"', _request(contact="+7 926 000-00-00")
    ),
    "unexpected_parameters": _sent('"early_switching": true', _request(early_switching=True)),
    "access_token_invalid": _sent('"access_token": "another"', _request(**_STRANGER)),
}


def errors_page() -> Iterator[str]:
    """The errors of the method, those of all methods, and in which order they are found."""
    yield heading(1, say("Errors"))
    yield say(
        "A refused request starts no call, and nobody's phone rings. The answer has a code, a "
        "mnemonic and a message; go by the mnemonic, since several errors share a code. `callflow "
        "validate FILE` says what is wrong with a request before it is sent, `--all` says "
        "everything at once."
    )
    for title, about, kinds in (
        (
            say("Errors of this method"),
            say("The page of the method lists these {count}.", count=len(OF_THE_METHOD)),
            OF_THE_METHOD,
        ),
        (
            say("Errors of all methods"),
            say(
                "These {count} come from later pages of the vendor. Some of them no check of a "
                "single request can find; the page says so.",
                count=len(COMMON),
            ),
            COMMON,
        ),
    ):
        yield heading(2, title)
        yield about
        yield table(
            (say("code"), say("mnemonic"), say("about")),
            (
                (code(str(kind.code)), link(code(kind.mnemonic), "", kind.mnemonic), _about(kind))
                for kind in kinds
            ),
        )
        for kind in kinds:
            yield from _error(kind)
    yield heading(2, say("Which one is answered"))
    yield say(
        "The vendor does not say in which order a request is judged. callflow asks these questions "
        "one after the other, after those of bytes and JSON, and answers with the first that "
        "fails; within one question the parameters come in the order of their table. This order is "
        "*inferred*: write no program that depends on it."
    )
    yield "\n".join(
        f"{number}. {escaped(say(question))}" for number, (question, *_) in enumerate(ORDER, 1)
    )


def _about(kind: ErrorKind) -> str:
    return link(code(kind.field), "parameters.md", kind.field) if kind.field else ""


def _error(kind: ErrorKind) -> Iterator[str]:
    yield heading(3, kind.mnemonic)
    yield f"{code(str(kind.code))} {escaped(kind.template)}"
    yield say("**What to do.** {repair}", repair=say(REPAIRS[kind.mnemonic]))
    instance = INSTANCES.get(kind.mnemonic)
    if instance is None:
        yield say("No check of a single request finds it; only the server knows.")
        return
    found = refused(kind.mnemonic)[0]
    yield say("For instance, of {request} `callflow validate` says:", request=code(instance.shown))
    yield fence("text", found.sentence)


def refused(mnemonic: str) -> tuple[ApiError, ...]:
    """What a check finds wrong with the instance of an error."""
    kind = KINDS[mnemonic]
    # The errors of all methods need no account, but for the token's.
    needs = kind in OF_THE_METHOD or kind.field == "access_token"
    return lint_bytes(INSTANCES[mnemonic].sent, _ACCOUNT if needs else UNKNOWN)
