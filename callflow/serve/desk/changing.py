"""A case changed at a control of the page: plain data in, plain data out.

A control has a path. Most are paths of the case format; a few are choices that the format spreads
over several keys, and are put together here: what a person does when the phone rings, whether there
is a message. Anything may stand in the case already, also what no case can hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any

from ...api.parameters import ENVELOPE
from ...call.case import Reaction
from ...call.plan import ANSWERS_AFTER
from ...units import seconds

#: The key of the moment at which a person does something.
AFTER: dict[str, str] = {
    Reaction.ANSWERS: "answers_after",
    Reaction.BUSY: "busy_after",
    Reaction.REJECTS: "rejects_after",
    Reaction.UNAVAILABLE: "unavailable_after",
}
#: What a message is until somebody says what it is.
MEDIA_ID, TEXT = "1", "Please hold on"

Change = tuple[str, Any]


def changed(case: Mapping[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """The case with changes, in their order; the one given stays as it is."""
    result: dict[str, Any] = _copied(case)
    for path, value in changes:
        _change(result, path, value)
    return result


def params_of(case: Mapping[str, Any]) -> Any:
    """The parameters of the request, in an envelope or without one."""
    request = case.get("request")
    if isinstance(request, Mapping) and any(member in request for member in ENVELOPE):
        return request.get("params")
    return request


def at(case: Mapping[str, Any], path: str) -> Any:
    """What stands at a path; None: nothing."""
    first, *rest = path.split(".")
    value = params_of(case) if first == "request" else case.get(first)
    for key in rest:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def reaction(case: Mapping[str, Any], party: str) -> tuple[str, Any]:
    """What a person does, and after how long; None: that is left out."""
    person = at(case, f"people.{party}")
    if person == Reaction.NO_ANSWER:
        return Reaction.NO_ANSWER, None
    for does, key in AFTER.items():
        if isinstance(person, Mapping) and person.get(key) is not None:
            return does, person[key]
    return Reaction.ANSWERS, None


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copied(member) for key, member in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


def _change(case: dict[str, Any], path: str, value: Any) -> None:
    if path.endswith(".does"):
        _does(case, path.split(".")[1], value)
    elif path.endswith(".after"):
        party = path.split(".")[1]
        key = AFTER.get(reaction(case, party)[0])
        if key is not None:
            _put(case, f"people.{party}.{key}", value)
    elif path.endswith("_message.type"):
        _message(case, path.removesuffix(".type"), value)
    elif path.startswith("people.conversation."):
        _conversation(case, path.rpartition(".")[2], value)
    else:
        _put(case, path, value)


def _does(case: dict[str, Any], party: str, does: Any) -> None:
    """Another reaction to the ringing phone, at the same moment as the one before."""
    before, after = reaction(case, party)
    if does == before:
        return
    if does == Reaction.NO_ANSWER:
        _put(case, f"people.{party}", str(Reaction.NO_ANSWER))
    elif isinstance(does, str) and does in AFTER:
        moment = seconds(ANSWERS_AFTER) if after is None else after
        _put(case, f"people.{party}", {AFTER[does]: moment})


def _message(case: dict[str, Any], path: str, kind: Any) -> None:
    message = at(case, path)
    if kind not in ("media", "tts"):
        if message is None:
            return
        _put(case, path, None)
        _put(case, f"messages.{path.rpartition('.')[2].removesuffix('_message')}", None)
    elif not isinstance(message, Mapping) or message.get("type") != kind:
        _put(case, path, {"type": kind, "value": _value(case, str(kind))})


def _value(case: dict[str, Any], kind: str) -> str:
    media = at(case, "account.media")
    if kind == "tts":
        return TEXT
    return next(iter(media), MEDIA_ID) if isinstance(media, Mapping) else MEDIA_ID


def _conversation(case: dict[str, Any], name: str, value: Any) -> None:
    """Its length alone where nothing is said of who ends it."""
    known = at(case, "people.conversation")
    members = dict(known) if isinstance(known, Mapping) else {"seconds": known}
    members[name] = value
    members = {key: member for key, member in members.items() if member is not None}
    whole: Any = members or None
    if isinstance(known, Mapping) or set(members) != {"seconds"}:
        _put(case, "people.conversation", whole)
    else:
        _put(case, "people.conversation", members["seconds"])


def _put(case: dict[str, Any], path: str, value: Any) -> None:
    """Put a value at a path, and what is needed on the way; None takes it away.

    A mapping that has nothing in it any more goes, too; the request stays.
    """
    keys = path.split(".")
    node: MutableMapping[str, Any] = case
    if keys[0] == "request":
        keys = keys[1:]
        if not keys:
            return  # no control is the whole request
        node = _params(case)
    way: list[tuple[MutableMapping[str, Any], str]] = []
    for key in keys[:-1]:
        inner = node.get(key)
        if not isinstance(inner, MutableMapping):
            if value is None:
                return
            inner = node[key] = {}
        way.append((node, key))
        node = inner
    if value is not None:
        node[keys[-1]] = value
        return
    node.pop(keys[-1], None)
    for around, key in reversed(way):
        if around[key] == {}:
            del around[key]


def _params(case: dict[str, Any]) -> MutableMapping[str, Any]:
    """The parameters of the request, made if there are none."""
    params = params_of(case)
    if isinstance(params, MutableMapping):
        return params
    made: dict[str, Any] = {}
    request = case.get("request")
    if isinstance(request, MutableMapping) and "params" in request:
        request["params"] = made
    else:
        case["request"] = made
    return made
