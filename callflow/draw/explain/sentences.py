"""What a call is told with: sentences that know their clauses, and a sentence for every hole.

Plain printable text, without columns, colours or markup. The module knows no call.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from ...call.timeline import Mark, Step
from ...clauses import (
    G1,
    G2,
    G3,
    G4,
    G5,
    G6,
    G7,
    G8,
    G9,
    G10,
    G11,
    G12,
    G13,
    G14,
    G15,
    G16,
    G17,
    G18,
    G19,
    G20,
    G21,
    Clause,
    Clauses,
    basis,
)
from ...units import Milliseconds
from ...words import Basis, Party
from ..catalogue import later, say


@frozen(kw_only=True)
class Sentence:
    """What is said on one basis: one sentence, or two that belong together.

    Attributes:
        party: whose leg it is about; None: both, or the call.
        clauses: what says so; none behind a plain fact of the case.
        hole: the hole that this sentence explains; None: it tells what happens.
    """

    text: str
    party: Party | None = None
    clauses: Clauses = ()
    hole: Clause | None = None

    @property
    def basis(self) -> Basis | None:
        """Documented or inferred; None: it rests on no clause."""
        return basis(self.clauses) if self.clauses else None


@frozen(kw_only=True)
class Line:
    """What happened at one moment: a step, or DTMF marks that are told together.

    Attributes:
        at: the moment, of several marks the first one's; None: of marks that were never due.
        step: the step that is told; None: marks are.
        marks: the marks that are told, each a second after the one before.
    """

    at: Milliseconds | None
    sentences: tuple[Sentence, ...]
    step: Step | None = None
    marks: tuple[Mark, ...] = ()


#: Every hole in a sentence for who meets it in a call. `clauses` has it in full.
HOLES: dict[Clause, str] = {
    G1: later(
        "The source does not say when the contact is called if the scenario has no message to "
        "the employee; we read: the moment the employee answers."
    ),
    G2: later(
        "The source does not say when the conversation begins if there is no message to the "
        "contact; we read: when the contact answers, whatever the switch says."
    ),
    G3: later(
        "The source does not say what the employee hears here; we read: music goes on, as while "
        "dialing."
    ),
    G4: later(
        "The source does not say when the employee is called if there is no message to the "
        "contact; we read: at the contact's answer, as with one."
    ),
    G5: later(
        "The source does not say what an employee without a message hears while the contact's "
        "still plays; we read: dialing music until it ends."
    ),
    G6: later(
        "The source does not say what becomes of the employee's message here; we read: it is "
        "not played; on the vendor's page of start.simple_call the messages of both are "
        "interrupted."
    ),
    G7: later(
        "The source does not say what a contact without a message hears while the employee's "
        "plays; we read: dialing music goes on until it ends."
    ),
    G8: later(
        "The source does not say when the conversation begins if no message is left to wait "
        "for; we read: when the employee answers."
    ),
    G9: later(
        "The source does not say what happens when a party is not reached; we read: the session "
        "ends for both. A real scenario may go on: next number, a colleague, voice mail."
    ),
    G10: later(
        "The source does not say what happens when a party hangs up before the conversation; we "
        "read: the session ends for both. For the contact the vendor's page of disconnect.leg "
        "says so, for the employee we assume it."
    ),
    G11: later(
        "The source does not say when the DTMF clock starts; we read: at the contact's answer, "
        "whatever the contact hears then."
    ),
    G12: later(
        "The source does not say what becomes of digits left over when the call ends; we read: "
        "they are not sent."
    ),
    G13: later(
        'The source does not say which number it shows if the scenario does not show "Number of '
        "service\"; we read: the contact's, as forwarding usually does."
    ),
    G14: later("The source does not say that it does anything else; we read: it does not."),
    G15: later(
        "The source does not say how long a phone rings; we read: 30 s for the contact and 60 s "
        "for the employee, the vendor's defaults elsewhere."
    ),
    G16: later("The source's own example sends it; we read: it is accepted and changes nothing."),
    G17: later(
        "The source speaks of calls with both messages; we read: what it says of them holds "
        "here as far as it makes sense, and a missing message has no length."
    ),
    G18: later(
        "The source does not say whether a request with both is refused; we read: it is "
        "accepted, and the switch counts as off."
    ),
    G19: later(
        'The source says "the message" for both parties; we read: each hears their own, and the '
        "employee's begins when the employee answers."
    ),
    G20: later(
        "The source does not say what the switch does once the contact's message is over; we "
        "read: the conversation begins at once, with nothing left to interrupt."
    ),
    G21: later(
        "The source ends where the conversation begins; we read: who hangs up first ends the "
        "call for both."
    ),
}


def explained(sentences: Iterable[Sentence], known: set[Clause]) -> tuple[Sentence, ...]:
    """``sentences``, each followed by the holes that nobody has met yet; these become ``known``."""
    told = []
    for sentence in sentences:
        told.append(sentence)
        for clause in sentence.clauses:
            if clause.basis is Basis.INFERRED and clause not in known:
                known.add(clause)
                told.append(Sentence(text=say(HOLES[clause]), party=sentence.party, hole=clause))
    return tuple(told)
