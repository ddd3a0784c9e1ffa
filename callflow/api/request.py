"""The request of ``start.vnumber_call``, once the API has accepted its form.

A `Request` that exists is right as far as it can be judged without an account: it is checked when
it is made, in the server's order. It knows nothing of files and of what the call then does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Self, TypeVar, cast

from attrs import field, fields, frozen

from ..words import Direction, MessageType, Party
from .errors import RequestRefused
from .order import parameter_faults
from .parameters import NAMES
from .wire import JsonValue, Numeral, as_json

_Word = TypeVar("_Word", bound=StrEnum)


def _word(words: type[_Word], given: object) -> _Word:
    """The word that was given as plain text; anything else stays, for the checks to refuse."""
    try:
        return words(cast(str, given))
    except ValueError:
        return cast(_Word, given)


def _message_type(given: MessageType | str) -> MessageType:
    return _word(MessageType, given)


def _party(given: Party | str) -> Party:
    return _word(Party, given)


def _direction(given: Direction | str | None) -> Direction | None:
    return _word(Direction, given)


@frozen(kw_only=True)
class Message:
    """A message: a media file by its id, or a text for speech synthesis."""

    type: MessageType = field(converter=_message_type)
    value: str


@frozen(kw_only=True)
class Request:
    """The parameters of a request. None: not sent, which leaves the API's default.

    Enumerated values may be given as plain text; they are kept as the words of `callflow.words`.
    The token is never shown.

    Attributes:
        unknown_members: names of members of the envelope that the server ignores, in the order in
            which they were sent.
        id: of the envelope that it came in, and of the answer; None: null, or no envelope. It is no
            part of what the request asks for, so it plays no part in equality.

    Raises:
        RequestRefused: the API would refuse these parameters; the token alone may be left out.
    """

    virtual_phone_number: str
    contact: str
    first_call: Party = field(converter=_party)
    switch_at_once: bool | None = None
    contact_message: Message | None = None
    dtmf_string: str | None = None
    direction: Direction | None = field(default=None, converter=_direction)
    external_id: str | None = None
    show_virtual_phone_number: bool | None = None
    access_token: str | None = field(default=None, repr=False)
    unknown_members: tuple[str, ...] = ()
    id: str | Numeral | None = field(default=None, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        accepted = _accepted(self.to_params())
        for name, value in _typed(accepted).items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "unknown_members", tuple(self.unknown_members))

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """The request with these parameters, plain Python values; ``access_token`` may be left out.

        Raises:
            RequestRefused: the API would refuse them; nothing is converted.
        """
        sent = as_json(params)
        return cls.accepted(_accepted(sent if isinstance(sent, dict) else {}))

    @classmethod
    def accepted(
        cls,
        params: Mapping[str, JsonValue],
        unknown_members: Iterable[str] = (),
        id: str | Numeral | None = None,
    ) -> Self:
        """The request with parameters that the checks have accepted; they are not checked again."""
        request = object.__new__(cls)
        typed = _typed(params)
        for name in _FIELDS:
            object.__setattr__(request, name, typed.get(name))
        object.__setattr__(request, "unknown_members", tuple(unknown_members))
        object.__setattr__(request, "id", id)
        return request

    def to_params(self) -> dict[str, Any]:
        """The parameters that were sent, the token too: plain values in the order of the table."""
        sent: dict[str, Any] = {}
        for name in NAMES:
            value = getattr(self, name)
            if isinstance(value, Message):
                sent[name] = {"type": _plain(value.type), "value": value.value}
            elif value is not None:
                sent[name] = _plain(value)
        return sent


_FIELDS = tuple(a.name for a in fields(Request) if a.name in NAMES)

_WORDS: dict[str, type[StrEnum]] = {"first_call": Party, "direction": Direction}


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, StrEnum) else value


def _accepted(params: Mapping[str, Any]) -> dict[str, JsonValue]:
    """The parameters as they would be sent, if the API would take them."""
    sent: dict[str, JsonValue] = {name: as_json(value) for name, value in params.items()}
    found = parameter_faults(sent)
    first = next(found, None)
    if first is None:
        return sent
    raise RequestRefused(first, None, (error.problem() for error in (first, *found)))


def _typed(params: Mapping[str, JsonValue]) -> dict[str, Any]:
    """The values of accepted parameters as attributes hold them."""
    typed: dict[str, Any] = dict(params)
    for name, words in _WORDS.items():
        if name in typed:
            typed[name] = words(typed[name])
    message = typed.get("contact_message")
    if message is not None:
        typed["contact_message"] = Message(
            type=MessageType(message["type"]), value=message["value"]
        )
    return typed
