"""A case reduced to what the simulator needs: a configuration and ten lengths, one for each event.

A length says how long the event's clock runs once it has started. Nothing behind this module knows
people, media or time-outs; nothing before it knows clocks. The defaults of the case format stand
here.
"""

from __future__ import annotations

from typing import NamedTuple

from ..units import NEVER, Milliseconds
from ..words import Configuration, MessageType, Party, Reason, ShowDuringCall
from .case import Case, Reaction

ANSWERS_AFTER: Milliseconds = 5_000
CONVERSATION: Milliseconds = 30_000
ENDED_BY = Party.CONTACT
MEDIA: Milliseconds = 10_000
CHARACTERS_PER_SECOND = 15
SHOW_DURING_CALL = ShowDuringCall.SERVICE_NUMBER
#: Clause G15.
RING_TIMEOUT: dict[Party, Milliseconds] = {Party.CONTACT: 30_000, Party.EMPLOYEE: 60_000}

_SHORTEST_MESSAGE: Milliseconds = 1
_LONGEST_SPEECH: Milliseconds = 86_400_000

#: How long the clock of each event runs, in the order of `words.Event`.
Lengths = tuple[Milliseconds, ...]


class Plan(NamedTuple):
    """What the simulator reads of a case."""

    configuration: Configuration
    lengths: Lengths


def plan(case: Case) -> Plan:
    """The configuration of a case and its ten lengths."""
    people = case.people
    contact_answers, contact_fails = _ring(case, Party.CONTACT)
    employee_answers, employee_fails = _ring(case, Party.EMPLOYEE)
    contact_hangs_up = people.contact.hangs_up_after
    employee_hangs_up = people.employee.hangs_up_after
    return Plan(
        case.configuration,
        (
            0,
            contact_answers,
            employee_answers,
            contact_fails,
            employee_fails,
            message_length(case, Party.CONTACT) or NEVER,
            message_length(case, Party.EMPLOYEE) or NEVER,
            NEVER if contact_hangs_up is None else contact_hangs_up,
            NEVER if employee_hangs_up is None else employee_hangs_up,
            CONVERSATION if people.conversation is None else people.conversation,
        ),
    )


def _ring(case: Case, party: Party) -> tuple[Milliseconds, Milliseconds]:
    """How long until the party answers, and until it is unreached; one of them is never."""
    person, timeout = case.people.of(party), ring_timeout(case, party)
    if person.reaction is None or person.reaction is Reaction.ANSWERS:
        after = ANSWERS_AFTER if person.after is None else person.after
        return (after, NEVER) if after < timeout else (NEVER, timeout)
    if person.reaction is Reaction.NO_ANSWER or person.after is None:
        return NEVER, timeout
    return NEVER, min(person.after, timeout)


def ring_timeout(case: Case, party: Party) -> Milliseconds:
    """How long the party's phone rings at most (G15 where the case does not say)."""
    given = case.ring_timeout.of(party)
    return RING_TIMEOUT[party] if given is None else given


def unreached_reason(case: Case, party: Party) -> Reason:
    """Why the party is unreached, if it is: as the case says, if that is before the time-out."""
    person = case.people.of(party)
    if person.after is None or person.after >= ring_timeout(case, party):
        return Reason.NO_ANSWER
    return {
        Reaction.BUSY: Reason.BUSY,
        Reaction.REJECTS: Reason.REJECTED,
        Reaction.UNAVAILABLE: Reason.UNAVAILABLE,
    }.get(person.reaction or Reaction.ANSWERS, Reason.NO_ANSWER)


def message_length(case: Case, party: Party) -> Milliseconds | None:
    """How long the message that is set for ``party`` plays; None: there is none."""
    message = case.message(party)
    if message is None:
        return None
    given = case.messages.of(party)
    if given is not None:
        return given
    if message.type is MessageType.MEDIA:
        media = case.account.media
        file = media.get(message.value) if media is not None else None
        return MEDIA if file is None else file.length
    return speech_length(len(message.value), case)


def speech_length(characters: int, case: Case) -> Milliseconds:
    """How long a text of so many code points takes to read, rounded half-even; a day at most."""
    rate = case.characters_per_second
    numerator, denominator = (rate or CHARACTERS_PER_SECOND).as_integer_ratio()
    whole, rest = divmod(characters * 1000 * denominator, numerator)
    if 2 * rest > numerator or (2 * rest == numerator and whole % 2):
        whole += 1
    return min(max(whole, _SHORTEST_MESSAGE), _LONGEST_SPEECH)
