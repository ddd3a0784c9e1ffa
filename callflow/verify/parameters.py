"""THE PARAMETERS: what a case can choose, with the values worth trying and when each is in play.

They are those of the request and of the scenario, and what people do. A value comes into play under
a condition: the digits of a contact who never answers are not sent. What people do has fixed
moments, so that each value can come into play beside as many others as possible. What then happens
is the choreography's affair, not this module's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from attrs import frozen

from ..call.case import Person, Reaction
from ..call.plan import ENDED_BY, unreached_reason
from ..call.timeline import Timeline
from ..table import Edge
from ..words import (
    ANSWERED,
    HUNG_UP,
    UNREACHED,
    Event,
    LegState,
    MessageType,
    Party,
    Reason,
)

Edges = Sequence[Edge]


class Need(NamedTuple):
    """When a value comes into play: what must happen in the call."""

    said: str
    met: Callable[[Edges], bool]


def _happens(event: Event, said: str) -> Need:
    return Need(said, lambda edges: any(edge.event is event for edge in edges))


def _hangs_up(party: Party, said: str, *, talking: bool) -> Need:
    def met(edges: Edges) -> bool:
        last = edges[-1]
        return last.event is HUNG_UP[party] and talking == (
            last.source.contact is LegState.CONVERSATION
        )

    return Need(said, met)


def _rings(party: Party) -> Need:
    return Need(
        f"the {party}'s phone rings",
        lambda edges: any(edge.target.leg(party) is LegState.DIALING for edge in edges),
    )


ALWAYS = Need("always", lambda _: True)
BOTH_ANSWER = Need(
    "both answer",
    lambda edges: {*ANSWERED.values()} <= {edge.event for edge in edges},
)
ANSWERS = {party: _happens(ANSWERED[party], f"the {party} answers") for party in Party}
UNREACHES = {party: _happens(UNREACHED[party], f"the {party} is not reached") for party in Party}
TALKS_OUT = _happens(Event.CONVERSATION_ENDED, "the conversation runs to its end")


class Value(NamedTuple):
    """One value of a parameter.

    Attributes:
        word: how it is called.
        put: what stands in a case that has it; None: it is left out.
        need: when it comes into play.
    """

    word: str
    put: Any
    need: Need


@frozen
class Parameter:
    """Something that a case can choose.

    Attributes:
        path: where it stands in a case, dotted.
        of: the word of the value that a call's case has; None: none of ours.
    """

    path: str
    values: tuple[Value, ...]
    of: Callable[[Timeline], str | None]

    @property
    def name(self) -> str:
        """How it is called: the last part of its path; what a party does, the whole."""
        first, *others = self.path.split(".")
        return self.path if first == "people" and len(others) == 1 else others[-1]


LEFT_OUT = "left out"


def _request(name: str, values: Mapping[str, Any], need: Need) -> Parameter:
    """A parameter of the request that is told by its values."""

    def of(timeline: Timeline) -> str | None:
        sent = timeline.case.request.to_params().get(name)
        return next((word for word, put in values.items() if put == sent), None)

    told = tuple(Value(word, put, need) for word, put in values.items())
    return Parameter(f"request.{name}", told, of)


def _message(path: str, party: Party, media: str, text: str) -> Parameter:
    def of(timeline: Timeline) -> str:
        message = timeline.case.message(party)
        return LEFT_OUT if message is None else str(message.type)

    need = ANSWERS[party]
    values = (
        Value(LEFT_OUT, None, need),
        Value(str(MessageType.MEDIA), {"type": "media", "value": media}, need),
        Value(str(MessageType.TTS), {"type": "tts", "value": text}, need),
    )
    return Parameter(path, values, of)


def _contact(timeline: Timeline) -> str:
    return "SIP number" if timeline.case.request.contact.startswith("0") else "E.164 number"


def _digits(timeline: Timeline) -> str:
    sent = timeline.case.request.dtmf_string
    if sent is None:
        return LEFT_OUT
    if not sent.strip("."):
        return "no digits"
    return "digits at once" if "." not in sent else "digits after waits"


def _external_id(timeline: Timeline) -> str:
    return LEFT_OUT if timeline.case.request.external_id is None else "given"


def _shown(timeline: Timeline) -> str:
    shown = timeline.case.scenario.show_during_call
    return LEFT_OUT if shown is None else str(shown)


def _ended_by(timeline: Timeline) -> str:
    return str(timeline.case.people.ended_by or ENDED_BY)


_FAILS: dict[Reason, tuple[str, Any]] = {
    Reason.BUSY: ("is busy", {"busy_after": 2}),
    Reason.REJECTED: ("rejects", {"rejects_after": 3}),
    Reason.UNAVAILABLE: ("is unavailable", {"unavailable_after": 1}),
    Reason.NO_ANSWER: ("does not answer", "no_answer"),
}


def _person(party: Party, answers: int, early: int, late: int) -> Parameter:
    """What a party does; ``early`` and ``late`` are hang-ups, seconds after the own answer."""
    waiting = _hangs_up(party, f"the {party} hangs up before they talk", talking=False)
    talking = _hangs_up(party, f"the {party} hangs up while they talk", talking=True)
    does = {"answers_after": answers}
    values = (
        Value("answers", does, ANSWERS[party]),
        Value("hangs up waiting", {**does, "hangs_up_after": early}, waiting),
        Value("hangs up talking", {**does, "hangs_up_after": late}, talking),
        *(Value(word, put, UNREACHES[party]) for word, put in _FAILS.values()),
    )

    def of(timeline: Timeline) -> str | None:
        person: Person = timeline.case.people.of(party)
        if person.reaction not in (None, Reaction.ANSWERS):
            return _FAILS[unreached_reason(timeline.case, party)][0]
        if person.hangs_up_after is None:
            return "answers"
        edges = [edge for _, edge in timeline.moments]
        if edges[-1].event is HUNG_UP[party]:
            return "hangs up waiting" if waiting.met(edges) else "hangs up talking"
        meant = {early: "hangs up waiting", late: "hangs up talking"}
        return meant.get(person.hangs_up_after // 1000)  # it was not to be

    return Parameter(f"people.{party}", values, of)


#: What can be chosen. The first so many decide what happens; the others come into play by it.
DECIDING = 6
PARAMETERS: tuple[Parameter, ...] = (
    _request("first_call", {"contact": "contact", "employee": "employee"}, ALWAYS),
    _request("switch_at_once", {LEFT_OUT: None, "false": False, "true": True}, BOTH_ANSWER),
    _message("request.contact_message", Party.CONTACT, "237", "We are calling you back"),
    _message("scenario.employee_message", Party.EMPLOYEE, "12", "A client is calling you back"),
    _person(Party.CONTACT, 3, 1, 20),
    _person(Party.EMPLOYEE, 4, 1, 20),
    Parameter(
        "request.contact",
        (
            Value("E.164 number", "79260000000", ALWAYS),
            Value("SIP number", "0462626", ALWAYS),
        ),
        _contact,
    ),
    Parameter(
        "request.dtmf_string",
        (
            Value(LEFT_OUT, None, ANSWERS[Party.CONTACT]),
            Value("digits at once", "12", ANSWERS[Party.CONTACT]),
            Value("digits after waits", ".1..*#", ANSWERS[Party.CONTACT]),
            Value("no digits", "..", ANSWERS[Party.CONTACT]),
        ),
        _digits,
    ),
    Parameter(
        "scenario.show_during_call",
        (
            Value(LEFT_OUT, None, _rings(Party.EMPLOYEE)),
            Value("service_number", "service_number", _rings(Party.EMPLOYEE)),
            Value("contact_number", "contact_number", _rings(Party.EMPLOYEE)),
        ),
        _shown,
    ),
    _request("direction", {LEFT_OUT: None, "in": "in", "out": "out"}, ALWAYS),
    Parameter(
        "request.external_id",
        (Value(LEFT_OUT, None, ALWAYS), Value("given", "order-4711", ALWAYS)),
        _external_id,
    ),
    _request("show_virtual_phone_number", {LEFT_OUT: None, "true": True, "false": False}, ALWAYS),
    Parameter(
        "people.conversation.ended_by",
        (Value("contact", "contact", TALKS_OUT), Value("employee", "employee", TALKS_OUT)),
        _ended_by,
    ),
)

_LENGTHS = {Party.CONTACT: 6, Party.EMPLOYEE: 4}


def mapping(values: Iterable[Value], name: str | None = None) -> dict[str, Any]:
    """A case with these values, one of each parameter in their order, laid out as a case file."""
    case: dict[str, Any] = {
        "name": name,
        "request": {"virtual_phone_number": "74993720692"},
        "scenario": {},
        "messages": {},
        "people": {"conversation": {"seconds": 30}},
        "ring_timeout": dict.fromkeys(map(str, Party), 15),  # before anybody hangs up late
    }
    for parameter, value in zip(PARAMETERS, values, strict=True):
        if value.put is not None:
            *rooms, last = parameter.path.split(".")
            room = case
            for step in rooms:
                room = room[step]
            room[last] = value.put
    for party, path in ((Party.CONTACT, "request"), (Party.EMPLOYEE, "scenario")):
        if f"{party}_message" in case[path]:
            case["messages"][str(party)] = _LENGTHS[party]
    return {key: value for key, value in case.items() if value}
