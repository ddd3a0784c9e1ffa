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
from .. import wording


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


def _unsaid(what: str, reading: str) -> str:
    return f"The source does not say {what}; we read: {reading}."


#: Every hole in a sentence for who meets it in a call. `clauses` has it in full.
HOLES: dict[Clause, str] = {
    G1: _unsaid(
        "when the contact is called if the scenario has no message to the employee",
        "the moment the employee answers",
    ),
    G2: _unsaid(
        "when the conversation begins if there is no message to the contact",
        "when the contact answers, whatever the switch says",
    ),
    G3: _unsaid("what the employee hears here", "music goes on, as while dialing"),
    G4: _unsaid(
        "when the employee is called if there is no message to the contact",
        "at the contact's answer, as with one",
    ),
    G5: _unsaid(
        "what an employee without a message hears while the contact's still plays",
        "dialing music until it ends",
    ),
    G6: _unsaid(
        "what becomes of the employee's message here",
        "it is not played; on the vendor's page of start.simple_call the messages of both are "
        "interrupted",
    ),
    G7: _unsaid(
        "what a contact without a message hears while the employee's plays",
        "dialing music goes on until it ends",
    ),
    G8: _unsaid(
        "when the conversation begins if no message is left to wait for",
        "when the employee answers",
    ),
    G9: _unsaid(
        "what happens when a party is not reached",
        "the session ends for both. A real scenario may go on: next number, a colleague, "
        "voice mail",
    ),
    G10: _unsaid(
        "what happens when a party hangs up before the conversation",
        "the session ends for both. For the contact the vendor's page of disconnect.leg says so, "
        "for the employee we assume it",
    ),
    G11: _unsaid(
        "when the DTMF clock starts", "at the contact's answer, whatever the contact hears then"
    ),
    G12: _unsaid("what becomes of digits left over when the call ends", "they are not sent"),
    G13: _unsaid(
        'which number it shows if the scenario does not show "Number of service"',
        "the contact's, as forwarding usually does",
    ),
    G14: _unsaid("that it does anything else", "it does not"),
    G15: _unsaid(
        "how long a phone rings",
        "30 s for the contact and 60 s for the employee, the vendor's defaults elsewhere",
    ),
    G16: "The source's own example sends it; we read: it is accepted and changes nothing.",
    G17: (
        "The source speaks of calls with both messages; we read: what it says of them holds here "
        "as far as it makes sense, and a missing message has no length."
    ),
    G18: _unsaid(
        "whether a request with both is refused", "it is accepted, and the switch counts as off"
    ),
    G19: (
        'The source says "the message" for both parties; we read: each hears their own, and the '
        "employee's begins when the employee answers."
    ),
    G20: _unsaid(
        "what the switch does once the contact's message is over",
        "the conversation begins at once, with nothing left to interrupt",
    ),
    G21: (
        "The source ends where the conversation begins; we read: who hangs up first ends the call "
        "for both."
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
                told.append(Sentence(text=HOLES[clause], party=sentence.party, hole=clause))
    return tuple(told)


def capital(text: str) -> str:
    """``text`` as a sentence begins."""
    return text[:1].upper() + text[1:]


def part_of(part: Milliseconds, whole: Milliseconds) -> str:
    """How much of a length: ``5.0 of 12.5 s``."""
    told, full = wording.length(part), wording.length(whole)
    both = told.count(" ") == full.count(" ") == 1
    return f"{told.removesuffix(' s') if both else told} of {full}"
