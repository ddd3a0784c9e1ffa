"""Every clause that can stand behind what a call does: the sentences of the source, and its holes.

A clause of the source is *documented*: the vendor's page of ``start.vnumber_call`` says it, here in
our words. A hole (``G1`` ...) is *inferred*: the page is silent or leaves two readings, and we say
what we read, and why. Nobody may mistake the one for the other, so each knows which it is.

Clauses are told apart by identity; there is one object for each. The module knows no rule and no
call.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from attrs import frozen

from .words import Basis


@frozen(kw_only=True, eq=False)
class Clause:
    """A sentence of the source, or a hole of it with our reading.

    Attributes:
        id: as it is cited everywhere, ``EF3`` or ``G3``.
        place: where in the source it stands, or where the source is silent.
        says: what it says, in our words; for a hole, our reading.
        hole: what the source leaves open; None for a sentence of the source.
        why: why we read it so; None for a sentence of the source.
    """

    id: str
    place: str
    says: str
    hole: str | None = None
    why: str | None = None

    @property
    def basis(self) -> Basis:
        """Documented, or inferred."""
        return Basis.DOCUMENTED if self.hole is None else Basis.INFERRED

    def __str__(self) -> str:
        return self.id


Clauses = tuple[Clause, ...]


@cache
def basis(clauses: Clauses) -> Basis:
    """Documented if there is at least one clause and all are from the source, else inferred."""
    documented = clauses and all(clause.hole is None for clause in clauses)
    return Basis.DOCUMENTED if documented else Basis.INFERRED


@cache
def _ids(clauses: Clauses) -> tuple[str, ...]:
    return tuple(clause.id for clause in clauses)


def ids(clauses: Clauses) -> list[str]:
    """The clauses as they are cited in JSON."""
    return list(_ids(clauses))


def cite(clauses: Iterable[Clause]) -> str:
    """The clauses as they are cited in texts: ``EF3, G3``."""
    return ", ".join(clause.id for clause in clauses)


@cache
def _told(clauses: Clauses) -> tuple[tuple[str, ...], str]:
    return _ids(clauses), str(basis(clauses))


def told(clauses: Clauses) -> dict[str, Any]:
    """What something rests on, as it stands in JSON: its clauses, and their basis."""
    cited, rests = _told(clauses)
    return {"clauses": list(cited), "basis": rests}


def _source(id: str, place: str, says: str) -> Clause:
    return Clause(id=id, place=place, says=says)


def _hole(id: str, hole: str, *, says: str, why: str) -> Clause:
    return Clause(id=id, place="a hole of the source", says=says, hole=hole, why=why)


# ------------------------------------------------------------ sentences of the source, in our words

FC = _source("FC", "first_call", "the party named there is dialed first; this holds for every call")
EF1 = _source(
    "EF1", "switch_at_once, employee first", "the employee from the scenario is called first"
)
EF2 = _source(
    "EF2",
    "switch_at_once, employee first",
    "after answering, the employee hears the message to its end; only then the contact is dialed",
)
EF3 = _source(
    "EF3",
    "switch_at_once, employee first",
    "while the contact is being dialed the employee hears dialing music",
)
EF4 = _source(
    "EF4",
    "switch_at_once, employee first",
    "with the effective switch on, the conversation begins when the contact answers",
)
EF5 = _source(
    "EF5",
    "switch_at_once, employee first",
    "with the effective switch off, the contact first hears the message to its end, "
    "then the conversation begins",
)
CF1 = _source("CF1", "switch_at_once, contact first", "the contact is called first")
CF2 = _source(
    "CF2",
    "switch_at_once, contact first",
    "on answering, the contact starts to hear the message, "
    "and at the same moment the employee is dialed",
)
CF3 = _source(
    "CF3",
    "switch_at_once, contact first",
    "with the effective switch on, the employee's answer interrupts the contact's message "
    "and the conversation begins",
)
CF4 = _source(
    "CF4",
    "switch_at_once, contact first",
    "with the effective switch off, when the employee answers both listen to the message "
    "to the end, then the conversation begins",
)
CF5 = _source(
    "CF5",
    "switch_at_once, contact first",
    "whoever finishes listening earlier hears dialing music until the other has finished",
)
TTS = _source(
    "TTS",
    "switch_at_once, note",
    "with a tts contact message switch_at_once=true does not work; "
    "the type of the scenario's message does not matter",
)
MUSIC = _source(
    "MUSIC",
    "contact_message, note",
    "once the contact message has ended, dialing music plays on and on",
)
NOMSG = _source(
    "NOMSG", "contact, note", "without a contact_message the contact hears dialing music"
)
CID_C = _source(
    "CID-C", "virtual_phone_number", "the contact always sees the virtual number as the caller"
)
CID_E = _source(
    "CID-E",
    "virtual_phone_number",
    "the employee sees the virtual number if the scenario's Call Forwarding shows "
    '"Number of service"',
)
DTMF = _source(
    "DTMF",
    "dtmf_string",
    "digits 0-9 * # are sent to the contact; each . waits one second before what follows",
)
DIR = _source("DIR", "direction", "in or out, in by default")
NUM = _source(
    "NUM",
    "contact",
    "an E.164 number or an employee's SIP number; extension numbers are not supported",
)
MSG = _source(
    "MSG",
    "contact_message",
    "media plays a file, system or user, by its id; tts a text read by speech synthesis, "
    "its length limited by the service plan",
)
EXT = _source(
    "EXT", "external_id", "a unique id by which the client links the call to an outside system"
)

# -------------------------------------------------------- holes of the source, and how we fill them

G1 = _hole(
    "G1",
    "employee first, and the scenario has no message to the employee",
    says="the contact is dialed the moment the employee answers",
    why="EF2 with a message of no length",
)
G2 = _hole(
    "G2",
    "employee first, and there is no contact message",
    says="the conversation begins when the contact answers, whatever the switch",
    why="EF5 with a message of no length; both are on the line and nobody is waited for, "
    "so NOMSG has no room",
)
G3 = _hole(
    "G3",
    "employee first, switch off: what the employee hears while the contact listens to the message",
    says="dialing music goes on for the employee while the contact listens",
    why="EF3 continued, in the spirit of CF5",
)
G4 = _hole(
    "G4",
    "contact first, and there is no contact message",
    says="the contact hears dialing music from answering; the employee is dialed at that moment",
    why="NOMSG together with CF2",
)
G5 = _hole(
    "G5",
    "contact first, switch off, no employee message, and the contact's message still plays "
    "when the employee answers",
    says="the employee hears dialing music until the contact's message ends",
    why="CF4 and CF5 with a message of no length",
)
G6 = _hole(
    "G6",
    "contact first, switch on, and the scenario has a message to the employee",
    says="the employee's message is not played",
    why="the vendor's page of the sibling start.simple_call says that the messages of both "
    "are interrupted",
)
G7 = _hole(
    "G7",
    "contact first, switch off, no contact message, but one to the employee",
    says="the contact stays on dialing music until the employee's message ends",
    why="CF4 and CF5",
)
G8 = _hole(
    "G8",
    "contact first, no contact message with the switch on, or no message left to hear with it off",
    says="the conversation begins when the employee answers",
    why="CF3 and CF4 with messages of no length",
)
G9 = _hole(
    "G9",
    "what happens when a party is not reached",
    says="the session ends; the other party, if on the line, is released",
    why="the source is silent; we model one employee on one number and no further operation, "
    "where a real scenario may go on (next number, a colleague, voice mail)",
)
G10 = _hole(
    "G10",
    "what happens when a party hangs up before the conversation",
    says="the session ends for both",
    why="for the contact the vendor's page of disconnect.leg says so, naming start.vnumber_call; "
    "for the employee we assume the same, on weaker ground",
)
G11 = _hole(
    "G11",
    "when the DTMF clock starts",
    says="at the contact's answer, whatever the contact hears then: "
    "digits may go out during the message",
    why="before the answer nobody is there to receive the tones",
)
G12 = _hole(
    "G12",
    "what becomes of DTMF still pending when the call ends, or due in that very millisecond",
    says="it is not sent, and is reported as not sent",
    why="after the release nobody is there to receive it",
)
G13 = _hole(
    "G13",
    'which caller number the employee sees when the scenario does not show "Number of service"',
    says="the contact's number",
    why="it is what forwarding usually shows",
)
G14 = _hole(
    "G14",
    "what direction does to the call",
    says="nothing: it classifies the call in reports",
    why="the source names a class and no behaviour",
)
G15 = _hole(
    "G15",
    "how long a phone rings before the party counts as not reached",
    says="30 s for the contact and 60 s for the employee, unless the case says otherwise",
    why="the sibling start.informer_call waits 30 s for its contact by default (at most 120); "
    "an employee's number is dialed for 60 s by default (1 to 100)",
)
G16 = _hole(
    "G16",
    "the source's own example sends show_virtual_phone_number, "
    "which its parameter table does not list",
    says="it is accepted with a warning that names it, and changes nothing",
    why="the source's example must be a valid request",
)
G17 = _hole(
    "G17",
    "the request has no contact_message or the scenario no message, so that no bullet applies",
    says="the bullets hold as far as they make sense; a missing message has no length",
    why="nothing else is described",
)
G18 = _hole(
    "G18",
    "whether tts together with switch_at_once=true is refused or accepted",
    says="it is accepted, and the switch counts as off",
    why='"doesn\'t work" names no error and none of the listed ones fits; '
    "the vendor's example of start.employee_call sends both",
)
G19 = _hole(
    "G19",
    'CF4 says "the message" for both parties: is it the same one?',
    says="each hears their own; the employee's begins when the employee answers",
    why="the premise has two messages, and CF5 needs two ends",
)
G20 = _hole(
    "G20",
    "contact first, switch on, and the contact's message is already over when the employee answers",
    says="the conversation begins at once",
    why="CF3 with nothing left to interrupt",
)
G21 = _hole(
    "G21",
    "how a conversation ends",
    says="a party hangs up, or the length that the case gives has passed: "
    "both legs are released then",
    why="the source ends where the conversation begins",
)

#: Every clause by its id, those of the source first.
CLAUSES: dict[str, Clause] = {
    clause.id: clause for clause in tuple(globals().values()) if isinstance(clause, Clause)
}
