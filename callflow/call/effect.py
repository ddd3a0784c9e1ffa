"""What a case's settings come to: in force, without effect, assumed, warned of.

This comes first wherever a call is explained, because it is what users of the API most often get
wrong. Which parameters have no effect is data of the choreography; here it is asked, of a request
and scenario, for what was sent or set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from ..api.request import Request
from ..choreography import WITHOUT_EFFECT
from ..clauses import G16, G18, TTS, Clauses, basis, ids, told
from ..errors import printable
from ..table import Edge, Fact, facts_of, under_premise
from ..units import seconds
from ..words import ANSWERED, UNREACHED, Basis, Event, LegState, MessageType, Party, Reason
from .case import Case, is_tts
from .plan import (
    ANSWERS_AFTER,
    CHARACTERS_PER_SECOND,
    CONVERSATION,
    ENDED_BY,
    MEDIA,
    SHOW_DURING_CALL,
    ring_timeout,
    unreached_reason,
)


class Effective(NamedTuple):
    """The settings in force.

    Attributes:
        switch_requested: what the request asks for; left out, false.
        switch_disabled_by: the clause that took a requested switch away, ``TTS``; else None.
    """

    first_call: Party
    switch_at_once: bool
    switch_requested: bool
    switch_disabled_by: str | None
    clauses: Clauses

    @property
    def basis(self) -> Basis:
        """Inferred where a requested switch was taken away (G18)."""
        return basis(self.clauses) if self.clauses else Basis.DOCUMENTED

    def to_dict(self) -> dict[str, Any]:
        """As in the timeline JSON."""
        return {
            "first_call": str(self.first_call),
            "switch_at_once": self.switch_at_once,
            "switch_requested": self.switch_requested,
            "switch_disabled_by": self.switch_disabled_by,
            "clauses": ids(self.clauses),
            "basis": str(self.basis),
        }


class NoEffect(NamedTuple):
    """A parameter that was sent or set and changes nothing."""

    path: str
    text: str
    clauses: Clauses

    @property
    def basis(self) -> Basis:
        """Whether the source says so."""
        return basis(self.clauses)

    def to_dict(self) -> dict[str, Any]:
        """As in the timeline JSON."""
        return {
            "path": self.path,
            "text": self.text,
            **told(self.clauses),
        }


class Assumption(NamedTuple):
    """A value that the case left out and this call made use of; times in seconds."""

    path: str
    value: float | int | str | None
    text: str

    def to_dict(self) -> dict[str, Any]:
        """As in the timeline JSON."""
        return {"path": self.path, "value": self.value, "text": self.text}


class Caution(NamedTuple):
    """Something accepted that is probably not what was meant."""

    path: str
    text: str
    clauses: Clauses = ()

    def to_dict(self) -> dict[str, Any]:
        """As in the timeline JSON."""
        return {
            "path": self.path,
            "text": self.text,
            "clauses": ids(self.clauses),
        }


def effective(case: Case) -> Effective:
    """The settings in force in a case."""
    requested = bool(case.request.switch_at_once)
    disabled = requested and case.tts
    return Effective(
        first_call=case.request.first_call,
        switch_at_once=case.configuration.switch_at_once,
        switch_requested=requested,
        switch_disabled_by=TTS.id if disabled else None,
        clauses=(TTS, G18) if disabled else (),
    )


def no_effect(case: Case) -> tuple[NoEffect, ...]:
    """Parameters that were sent or set and change nothing, whatever people do."""
    request = case.request
    given = {
        "request.direction": request.direction,
        "request.external_id": request.external_id,
        "request.show_virtual_phone_number": request.show_virtual_phone_number,
        "request.switch_at_once": request.switch_at_once,
        "request.contact_message": request.contact_message,
        "scenario.employee_message": case.scenario.employee_message,
        "request.dtmf_string": request.dtmf_string,
    }
    return tuple(entry for entry in _idle(case) if given[entry.path] is not None)


def without_effect(case: Case, path: str) -> NoEffect | None:
    """Why a parameter changes nothing, be it sent or not; None: some value of it changes something.

    Args:
        path: as in the timeline JSON, ``request.switch_at_once``.
    """
    return next((entry for entry in _idle(case) if entry.path == path), None)


def _idle(case: Case) -> Iterator[NoEffect]:
    """Every row that applies, whether its parameter was sent or not."""
    configuration = case.configuration
    facts = facts_of(configuration)
    if case.tts:
        facts |= {Fact.TTS}
    if (case.request.dtmf_string or "").strip("."):
        facts |= {Fact.DIGITS}
    for row in WITHOUT_EFFECT:
        if row.when.holds(facts):
            clauses = under_premise(row.clauses, configuration.premise)
            yield NoEffect(row.path, row.because, clauses)


def warnings(case: Case) -> tuple[Caution, ...]:
    """What is accepted, and probably not what was meant, in the order of the case."""
    idle = (
        Caution(f"messages.{party}", f"a length for a message that the {party} does not have")
        for party in Party
        if case.messages.of(party) is not None and case.message(party) is None
    )
    return (*cautions(case.request), *idle)


def cautions(request: Request) -> tuple[Caution, ...]:
    """What the API accepts in a request, and is probably not what was meant."""
    found = [
        Caution(f"request.{member}", "no member of a JSON-RPC envelope; the server ignores it")
        for member in request.unknown_members
    ]
    if request.switch_at_once and is_tts(request.contact_message):
        text = "switch_at_once=true does not work with a tts contact message; it counts as false"
        found.append(Caution("request.switch_at_once", text, (TTS, G18)))
    if request.show_virtual_phone_number is not None:
        text = "stands in the source's example and not in its table of parameters; changes nothing"
        found.append(Caution("request.show_virtual_phone_number", text, (G16,)))
    return tuple(found)


def assumptions(case: Case, edges: Sequence[Edge]) -> tuple[Assumption, ...]:
    """What the case left out and a call of these steps made use of."""
    happened = {edge.event for edge in edges}
    seen = {(party, edge.target.leg(party)) for edge in edges for party in Party}
    heard = [party for party in Party if (party, LegState.MESSAGE) in seen]
    return (
        *_scenario_assumptions(case, happened, dialed=(Party.EMPLOYEE, LegState.DIALING) in seen),
        *_message_assumptions(case, heard),
        *_people_assumptions(case, happened, ended=edges[-1].event is Event.CONVERSATION_ENDED),
        *_ring_assumptions(case, happened),
    )


def _scenario_assumptions(
    case: Case, happened: AbstractSet[Event], *, dialed: bool
) -> Iterator[Assumption]:
    scenario = case.scenario
    if scenario.employee_message is None and Event.EMPLOYEE_ANSWERED in happened:
        text = "the scenario has no message to the employee"
        yield Assumption("scenario.employee_message", None, text)
    if scenario.show_during_call is None and dialed:
        text = "the employee sees the virtual number"
        yield Assumption("scenario.show_during_call", str(SHOW_DURING_CALL), text)


def _message_assumptions(case: Case, heard: Sequence[Party]) -> Iterator[Assumption]:
    account = case.account
    unmeasured = [
        message
        for party in heard
        if case.messages.of(party) is None and (message := case.message(party)) is not None
    ]
    if account.media is None:
        files = (message.value for message in unmeasured if message.type is MessageType.MEDIA)
        for file in dict.fromkeys(files):
            text = f"media file {printable(file)} plays {seconds(MEDIA)} s"
            yield Assumption(f"account.media.{file}", seconds(MEDIA), text)
    if account.tts_message_max_length is None and case.tts:
        text = "the service plan sets no limit to the length of the text"
        yield Assumption("account.tts_message_max_length", None, text)
    spoken = any(message.type is MessageType.TTS for message in unmeasured)
    if case.characters_per_second is None and spoken:
        text = f"speech synthesis reads {CHARACTERS_PER_SECOND} characters a second"
        yield Assumption("speech.characters_per_second", CHARACTERS_PER_SECOND, text)


def _people_assumptions(
    case: Case, happened: AbstractSet[Event], *, ended: bool
) -> Iterator[Assumption]:
    people = case.people
    for party, answered in ANSWERED.items():
        if answered in happened and people.of(party).after is None:
            text = f"the {party} answers after {seconds(ANSWERS_AFTER)} s"
            yield Assumption(f"people.{party}.answers_after", seconds(ANSWERS_AFTER), text)
    if ended and people.conversation is None:
        text = f"they talk for {seconds(CONVERSATION)} s"
        yield Assumption("people.conversation", seconds(CONVERSATION), text)
    if ended and people.ended_by is None:
        text = f"when the conversation is over, the {ENDED_BY} hangs up"
        yield Assumption("people.conversation.ended_by", str(ENDED_BY), text)


def _ring_assumptions(case: Case, happened: AbstractSet[Event]) -> Iterator[Assumption]:
    for party, unreached in UNREACHED.items():
        ran_out = unreached in happened and unreached_reason(case, party) is Reason.NO_ANSWER
        if ran_out and case.ring_timeout.of(party) is None:
            timeout = seconds(ring_timeout(case, party))
            text = f"the {party}'s phone rings for {timeout} s at most"
            yield Assumption(f"ring_timeout.{party}", timeout, text)
