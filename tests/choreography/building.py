"""Calls told in seconds, and what both parties lived through as lines that a person can read."""

from __future__ import annotations

from typing import Any

from callflow.api.request import Message, Request
from callflow.call.case import Case, People, PerParty, Person, Reaction, Scenario
from callflow.call.simulator import simulate
from callflow.call.timeline import Leg, Timeline
from callflow.words import MessageType, Party, ShowDuringCall

CONTACT_NUMBER = "79260000000"
VIRTUAL_NUMBER = "74993720692"


def _ms(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * 1000)


def answers(after: float, hangs_up_after: float | None = None) -> Person:
    """Answers so many seconds after being dialed, and maybe hangs up so long after that."""
    return Person(reaction=Reaction.ANSWERS, after=_ms(after), hangs_up_after=_ms(hangs_up_after))


def fails(reaction: Reaction, after: float | None = None) -> Person:
    """Is not reached."""
    return Person(reaction=reaction, after=_ms(after))


def call(
    first: str,
    *,
    switch: bool = False,
    contact_message: float | None = 12.5,
    employee_message: float | None = 4,
    tts: bool = False,
    contact: Person | None = None,
    employee: Person | None = None,
    conversation: float = 60,
    ring_timeout: dict[str, float] | None = None,
    shows: ShowDuringCall = ShowDuringCall.SERVICE_NUMBER,
    **parameters: Any,
) -> Timeline:
    """A call: the contact answers after 9 s, the employee after 6 s, unless said otherwise."""
    timeouts = {party: _ms(length) for party, length in (ring_timeout or {}).items()}
    kind = MessageType.TTS if tts else MessageType.MEDIA
    return simulate(
        Case(
            request=Request(
                virtual_phone_number=VIRTUAL_NUMBER,
                contact=CONTACT_NUMBER,
                first_call=Party(first),
                switch_at_once=switch,
                contact_message=(
                    None if contact_message is None else Message(type=kind, value="237")
                ),
                **parameters,
            ),
            scenario=Scenario(
                employee_message=(
                    None
                    if employee_message is None
                    else Message(type=MessageType.MEDIA, value="238")
                ),
                show_during_call=shows,
            ),
            people=People(
                contact=contact or answers(9),
                employee=employee or answers(6),
                conversation=_ms(conversation),
            ),
            messages=PerParty(contact=_ms(contact_message), employee=_ms(employee_message)),
            ring_timeout=PerParty(**timeouts),
        )
    )


def lived(leg: Leg) -> list[str]:
    """What a party lives through: ``9-15 message: CF2``, a line for each part of a segment."""
    return [
        f"{part.start / 1000:g}-{part.end / 1000:g} {segment.state}: "
        + " ".join(clause.id for clause in part.clauses)
        for segment in leg.segments
        for part in segment.parts
    ]
