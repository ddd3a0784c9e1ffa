"""A case as the mapping of a case file, and as YAML: reading it again gives an equal case.

Only what was given is written, in the order of the format's page. In YAML every text that a reader
could take for something else stands in double quotes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from typing import Any

from ...api.account import Account, MediaFile
from ...api.parameters import JSONRPC, METHOD
from ...api.request import Message
from ...api.wire import Numeral
from ...units import Milliseconds, written
from ..case import Case, People, PerParty, Person, Reaction, Scenario
from .tree import Mapping, Scalar, Sequence, number, plain

_WIDTH = 88
_STAYS = re.compile(r"[^\W\d_](?:[\w'\"/()’.-]| (?=\S))*")
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))

_REACTIONS = {
    Reaction.ANSWERS: "answers_after",
    Reaction.BUSY: "busy_after",
    Reaction.REJECTS: "rejects_after",
    Reaction.UNAVAILABLE: "unavailable_after",
}


# --------------------------------------------------------------------------------- as a mapping


def case_to_dict(case: Case, *, secrets: bool) -> dict[str, Any]:
    """See `callflow.call.loading.case_to_dict`."""
    expect = case.expect
    if isinstance(expect, Mapping | Sequence | Scalar):
        expect = plain(expect)
    rate = case.characters_per_second
    return _given(
        name=case.name,
        request=_request(case, secrets=secrets),
        scenario=_scenario(case.scenario) or None,
        account=_account(case.account, secrets=secrets) or None,
        speech=None if rate is None else {"characters_per_second": number(str(rate))},
        messages=_per_party(case.messages) or None,
        people=_people(case.people) or None,
        ring_timeout=_per_party(case.ring_timeout) or None,
        expect=expect,
    )


def _given(**members: Any) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


def _seconds(length: Milliseconds | None) -> float | None:
    return None if length is None else written(length)


def _request(case: Case, *, secrets: bool) -> dict[str, Any]:
    params = case.request.to_params()
    if not secrets:
        params.pop("access_token", None)
    unknown = case.request.unknown_members
    if not unknown:
        return params
    envelope: dict[str, Any] = {"jsonrpc": JSONRPC, "method": METHOD, "id": "1"}
    return {**envelope, **dict.fromkeys(unknown), "params": params}


def _message(message: Message | None) -> dict[str, str] | None:
    return None if message is None else {"type": str(message.type), "value": message.value}


def _scenario(scenario: Scenario) -> dict[str, Any]:
    shown = scenario.show_during_call
    employee = _given(number=scenario.employee_number, name=scenario.employee_name)
    return _given(
        employee=employee or None,
        employee_message=_message(scenario.employee_message),
        show_during_call=None if shown is None else str(shown),
    )


def _account(account: Account, *, secrets: bool) -> dict[str, Any]:
    tokens, numbers = account.access_tokens, account.virtual_numbers
    blacklist, media = account.blacklist, account.media
    return _given(
        access_tokens=None if tokens is None or not secrets else list(tokens),
        virtual_numbers=None if numbers is None else dict(numbers),
        blacklist=None if blacklist is None else list(blacklist),
        media=None if media is None else {id_: _file(file) for id_, file in media.items()},
        tts_message_max_length=account.tts_message_max_length,
    )


def _file(file: MediaFile) -> Any:
    return _seconds(file.length) if file.file is None else {"file": file.file}


def _per_party(lengths: PerParty) -> dict[str, Any]:
    return _given(contact=_seconds(lengths.contact), employee=_seconds(lengths.employee))


def _people(people: People) -> dict[str, Any]:
    conversation: Any = _seconds(people.conversation)
    if people.ended_by is not None:
        conversation = _given(seconds=conversation, ended_by=str(people.ended_by))
    return _given(
        contact=_person(people.contact),
        employee=_person(people.employee),
        conversation=conversation,
    )


def _person(person: Person) -> Any:
    if person.reaction is Reaction.NO_ANSWER:
        return str(Reaction.NO_ANSWER)
    does = _given(hangs_up_after=_seconds(person.hangs_up_after))
    if person.after is not None:
        does = {_REACTIONS[person.reaction or Reaction.ANSWERS]: _seconds(person.after), **does}
    return does or None


# ------------------------------------------------------------------------------------- as YAML


def case_to_yaml(case: Case, *, secrets: bool) -> str:
    """See `callflow.call.loading.case_to_yaml`."""
    lines: list[str] = []
    for key, value in case_to_dict(case, secrets=secrets).items():
        _block(lines, "", f"{key}:", value, flat=key != "request")
    return "\n".join(lines) + "\n"


def yaml_lines(key: str, value: Any, indent: str) -> list[str]:
    """A key and its value as lines of a block, each from its indent on."""
    lines: list[str] = []
    flat = not isinstance(value, AnyMapping)
    _block(lines, indent, _key(key, f"\n{indent}:"), value, flat=flat)
    return lines


def yaml_flow(value: Any) -> str:
    """A value on one line, as it stands between brackets."""
    return _flow(value)


def _block(lines: list[str], indent: str, head: str, value: Any, *, flat: bool = True) -> None:
    """A value behind its key: on the same line if it fits, else on lines of its own."""
    nested = isinstance(value, AnyMapping | list | tuple) and bool(value)
    on_one = _flow(value) if nested else _scalar(value, block=True)
    fits = len(indent) + len(head) + 1 + len(on_one) <= _WIDTH
    if not nested or (flat and fits and not _deep(value)):
        lines.append(f"{indent}{head} {on_one}")
        return
    lines.append(f"{indent}{head}")
    inner = indent + "  "
    if isinstance(value, AnyMapping):
        for key, member in value.items():
            _block(lines, inner, _key(key, f"\n{inner}:"), member)
    else:
        lines.extend(f"{inner}- {_flow(item)}" for item in value)


def _key(key: str, colon: str = " :") -> str:
    """A key and its colon. A reader looks ahead for the colon for 1 024 characters at most."""
    written = _scalar(key)
    return f"{written}:" if len(written) < 500 else f"? {written}{colon}"


def _deep(value: Any) -> bool:
    members = value.values() if isinstance(value, AnyMapping) else value
    return any(isinstance(member, AnyMapping | list | tuple) and member for member in members)


def _flow(value: Any) -> str:
    if isinstance(value, AnyMapping):
        return "{" + ", ".join(f"{_key(key)} {_flow(v)}" for key, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any, *, block: bool = False) -> str:
    """A single value; ``block``: outside all brackets, where a comma means nothing."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        stays = _STAYS.fullmatch(value.replace(",", "") if block else value)
        if stays and value.isprintable() and value.lower() not in _WORDS:
            return value
        return _quoted(value)
    return value.text if isinstance(value, Numeral) else str(value)


def _quoted(text: str) -> str:
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    if not inner.isprintable():
        inner = "".join(map(_escaped, inner))
    return f'"{inner}"'


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    point = ord(character)
    if character == "\n":
        return "\\n"
    return (
        f"\\x{point:02x}"
        if point < 0x100
        else (f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}")
    )
