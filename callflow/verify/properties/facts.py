"""A case read by arithmetic alone, so that properties owe nothing to the code that they judge.

Everything here is a transcription of the case format and of the choreography's section on time. It
uses the words and the case's attributes, and no function: not the plan, not the table, not the
simulator. Events and states are compared as plain text. It is a second reading on purpose: never
let the one call the other.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import NamedTuple

from ...api.request import Message
from ...call.case import Case, Person
from ...words import Party

CONTACT, EMPLOYEE = PARTIES = (Party.CONTACT, Party.EMPLOYEE)
OTHER: dict[str, str] = {CONTACT: EMPLOYEE, EMPLOYEE: CONTACT}

#: By kind: hang-ups, unreached, message ends, answers, the conversation's end; the contact first.
TIE_ORDER = (
    "start",
    "contact_hung_up", "employee_hung_up",
    "contact_unreached", "employee_unreached",
    "contact_message_ended", "employee_message_ended",
    "contact_answered", "employee_answered",
    "conversation_ended",
)  # fmt: skip
RANK = {event: place for place, event in enumerate(TIE_ORDER)}

ENDS = frozenset(
    (
        "contact_hung_up",
        "employee_hung_up",
        "contact_unreached",
        "employee_unreached",
        "conversation_ended",
    )
)


class Ring(NamedTuple):
    """What comes of a ringing phone, and how long after being dialed; reason None: an answer."""

    after: int
    reason: str | None


class Facts(NamedTuple):
    """What a case settles before anything happens; times in milliseconds."""

    first: str
    requested: bool
    tts: bool
    switch: bool
    message: dict[str, int | None]
    due: dict[str, bool]
    ring: dict[str, Ring]
    hangs_up: dict[str, int | None]
    conversation: int
    ended_by: str
    marks: tuple[tuple[int, str], ...]

    @property
    def second(self) -> str:
        """Who is dialed second."""
        return OTHER[self.first]

    @property
    def premise(self) -> bool:
        """Whether both messages are there."""
        return None not in self.message.values()

    def length(self, event: str) -> int | None:
        """How long the clock of an event runs; None: it never runs out."""
        who, _, what = event.partition("_")
        if event == "conversation_ended":
            return self.conversation
        if what == "message_ended":
            return self.message[who]
        if what == "hung_up":
            return self.hangs_up[who]
        ring = self.ring[who]
        return ring.after if (what == "answered") is (ring.reason is None) else None


def facts(case: Case) -> Facts:
    """Read a case."""
    request, people = case.request, case.people
    contact_message = request.contact_message
    tts = contact_message is not None and str(contact_message.type) == "tts"
    first = Party(request.first_call)
    requested = request.switch_at_once is True
    switch = requested and not tts
    message: dict[str, int | None] = {
        CONTACT: _message(case, contact_message, case.messages.contact),
        EMPLOYEE: _message(case, case.scenario.employee_message, case.messages.employee),
    }
    return Facts(
        first=first,
        requested=requested,
        tts=tts,
        switch=switch,
        message=message,
        due={
            CONTACT: message[CONTACT] is not None and not (first == EMPLOYEE and switch),
            EMPLOYEE: message[EMPLOYEE] is not None and not (first == CONTACT and switch),
        },
        ring={
            CONTACT: _ring(people.contact, case.ring_timeout.contact, 30_000),
            EMPLOYEE: _ring(people.employee, case.ring_timeout.employee, 60_000),
        },
        hangs_up={
            CONTACT: people.contact.hangs_up_after,
            EMPLOYEE: people.employee.hangs_up_after,
        },
        conversation=30_000 if people.conversation is None else people.conversation,
        ended_by=CONTACT if people.ended_by is None else str(people.ended_by),
        marks=_marks(request.dtmf_string or ""),
    )


def _message(case: Case, message: Message | None, given: int | None) -> int | None:
    if message is None:
        return None
    if given is not None:
        return given
    if str(message.type) == "media":
        files = case.account.media
        return (
            10_000 if files is None or message.value not in files else files[message.value].length
        )
    rate = 15 if case.characters_per_second is None else case.characters_per_second
    exact = Fraction(len(message.value) * 1000) / Fraction(rate)
    return min(max(round(exact), 1), 86_400_000)  # round() of a fraction is half-even


def _ring(person: Person, timeout: int | None, default: int) -> Ring:
    timeout = default if timeout is None else timeout
    reaction = "answers" if person.reaction is None else str(person.reaction)
    after = 5_000 if person.after is None and reaction == "answers" else person.after
    if reaction == "no_answer" or after is None or after >= timeout:
        return Ring(timeout, "no_answer")
    return Ring(after, None if reaction == "answers" else reaction.replace("rejects", "rejected"))


def _marks(dtmf_string: str) -> tuple[tuple[int, str], ...]:
    marks: list[tuple[int, str]] = []
    waits = dtmf_string.split(".")
    for seconds, digits in enumerate(waits):
        if digits:
            marks.append((1000 * seconds, digits))
    return tuple(marks)


@cache
def possible(contact: str, employee: str) -> frozenset[str]:
    """The events that the leg states make possible."""
    if (contact, employee) == ("idle", "idle"):
        return frozenset(("start",))
    events: set[str] = set()
    for party, leg in ((CONTACT, contact), (EMPLOYEE, employee)):
        if leg == "dialing":
            events |= {f"{party}_answered", f"{party}_unreached"}
        if leg == "message":
            events.add(f"{party}_message_ended")
        if leg in ("message", "dialing_music", "conversation"):
            events.add(f"{party}_hung_up")
    if contact == employee == "conversation":
        events.add("conversation_ended")
    return frozenset(events)
