"""The field's words: parties, leg states, events, outcomes, and the settings that choose the rules.

Every other module speaks with these words and so do the pictures, the JSON and the pages: a state
is called the same everywhere. The module imports nothing of ours and knows no rule: not what
follows what, not why, not when.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import product

from attrs import frozen


class Party(StrEnum):
    """Who is on a leg: the outside person, or the employee whom the scenario forwards to."""

    CONTACT = "contact"
    EMPLOYEE = "employee"

    @property
    def other(self) -> Party:
        """The party at the other end of the call."""
        return Party.EMPLOYEE if self is Party.CONTACT else Party.CONTACT


class LegState(StrEnum):
    """What one leg does. Only ``dialing`` to ``conversation`` fill segments of a timeline."""

    IDLE = "idle"
    DIALING = "dialing"
    MESSAGE = "message"
    DIALING_MUSIC = "dialing_music"
    CONVERSATION = "conversation"
    RELEASED = "released"

    @property
    def on_line(self) -> bool:
        """Whether the party has answered and is still there."""
        return self in (LegState.MESSAGE, LegState.DIALING_MUSIC, LegState.CONVERSATION)


class Event(StrEnum):
    """What can happen to a call. Their order when they coincide is data of the choreography."""

    START = "start"
    CONTACT_ANSWERED = "contact_answered"
    EMPLOYEE_ANSWERED = "employee_answered"
    CONTACT_UNREACHED = "contact_unreached"
    EMPLOYEE_UNREACHED = "employee_unreached"
    CONTACT_MESSAGE_ENDED = "contact_message_ended"
    EMPLOYEE_MESSAGE_ENDED = "employee_message_ended"
    CONTACT_HUNG_UP = "contact_hung_up"
    EMPLOYEE_HUNG_UP = "employee_hung_up"
    CONVERSATION_ENDED = "conversation_ended"

    @property
    def party(self) -> Party | None:
        """Whose event it is; None for ``start`` and ``conversation_ended``."""
        if self.value.startswith("contact"):
            return Party.CONTACT
        return Party.EMPLOYEE if self.value.startswith("employee") else None


#: The place of each event in a row of ten clocks or lengths.
SLOT: dict[Event, int] = {event: slot for slot, event in enumerate(Event)}


ANSWERED = {Party.CONTACT: Event.CONTACT_ANSWERED, Party.EMPLOYEE: Event.EMPLOYEE_ANSWERED}
UNREACHED = {Party.CONTACT: Event.CONTACT_UNREACHED, Party.EMPLOYEE: Event.EMPLOYEE_UNREACHED}
HUNG_UP = {Party.CONTACT: Event.CONTACT_HUNG_UP, Party.EMPLOYEE: Event.EMPLOYEE_HUNG_UP}
MESSAGE_ENDED = {
    Party.CONTACT: Event.CONTACT_MESSAGE_ENDED,
    Party.EMPLOYEE: Event.EMPLOYEE_MESSAGE_ENDED,
}


class Outcome(StrEnum):
    """How a call turned out."""

    CONVERSATION = "conversation"
    CONTACT_NOT_REACHED = "contact_not_reached"
    EMPLOYEE_NOT_REACHED = "employee_not_reached"
    ABANDONED = "abandoned"


class Reason(StrEnum):
    """Why a party was not reached."""

    BUSY = "busy"
    REJECTED = "rejected"
    NO_ANSWER = "no_answer"
    UNAVAILABLE = "unavailable"


class Basis(StrEnum):
    """Whether the source says it or we do."""

    DOCUMENTED = "documented"
    INFERRED = "inferred"


class MessageType(StrEnum):
    """A recorded file, or a text read by speech synthesis."""

    MEDIA = "media"
    TTS = "tts"


class Direction(StrEnum):
    """The class of the call in reports."""

    IN = "in"
    OUT = "out"


class ShowDuringCall(StrEnum):
    """Which caller number the scenario shows the employee ("Show during call")."""

    SERVICE_NUMBER = "service_number"
    CONTACT_NUMBER = "contact_number"


@frozen(cache_hash=True)
class State:
    """A state of the call: what the contact's leg does and what the employee's leg does."""

    contact: LegState
    employee: LegState

    def __str__(self) -> str:
        return f"{self.contact}/{self.employee}"

    def leg(self, party: Party) -> LegState:
        """What the leg of ``party`` does."""
        return self.contact if party == Party.CONTACT else self.employee


@frozen(kw_only=True, cache_hash=True)
class Configuration:
    """One choice of the four settings that choose the rules.

    ``switch_at_once`` is the *effective* switch: false whenever the contact message is ``tts``.
    """

    first_call: Party
    switch_at_once: bool
    contact_message: bool
    employee_message: bool

    @property
    def premise(self) -> bool:
        """Whether both messages are there: only then do the bullets of the source speak."""
        return self.contact_message and self.employee_message

    def __str__(self) -> str:
        return (
            f"{self.first_call} first, switch {'on' if self.switch_at_once else 'off'}, "
            f"{'contact message' if self.contact_message else 'no contact message'}, "
            f"{'employee message' if self.employee_message else 'no employee message'}"
        )


_CONFIGURATIONS: dict[tuple[bool, bool, bool, bool], Configuration] = {
    (employee_first, switch, contact_message, employee_message): Configuration(
        first_call=Party.EMPLOYEE if employee_first else Party.CONTACT,
        switch_at_once=switch,
        contact_message=contact_message,
        employee_message=employee_message,
    )
    for employee_first, switch, contact_message, employee_message in product(
        (True, False), (False, True), (True, False), (True, False)
    )
}


def configurations() -> tuple[Configuration, ...]:
    """All 16 configurations, employee first before contact first, switch off before on."""
    return tuple(_CONFIGURATIONS.values())


def configuration(
    *, employee_first: bool, switch_at_once: bool, contact_message: bool, employee_message: bool
) -> Configuration:
    """One of the 16 configurations; always the same object, so that a call need not make one."""
    return _CONFIGURATIONS[employee_first, switch_at_once, contact_message, employee_message]
