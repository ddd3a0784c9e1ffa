"""What comes of a real call held against a case: differences, and what each clause stood.

`observed` finds them; here they are gathered, blamed on clauses and summed up over many records.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from attrs import evolve, frozen

from ..call.timeline import Step, Timeline
from ..choreography import RULES
from ..clauses import DTMF, G11, G12, G15, Clause, Clauses, basis
from ..units import Milliseconds
from ..words import Basis, Party
from .records import Record, Sighting


@frozen(kw_only=True)
class Difference:
    """A moment at which the platform did otherwise than the table says.

    Attributes:
        text: what was seen, and what was due.
        at: when it was seen.
        due: when it was due; None: it was not due at all.
        step: the step of the call that decides what was due.
        party: on whose leg; None: on both.
        lists: the clauses behind what was due, one list for each leg.
        contradicted: the clauses that the platform contradicts. Where an inference stands beside
            the vendor's own words, behind this or another difference of the same step, it is the
            inference.
    """

    text: str
    at: Milliseconds
    due: Milliseconds | None
    step: Step
    party: Party | None
    lists: tuple[Clauses, ...]
    contradicted: Clauses = ()

    @property
    def basis(self) -> Basis:
        """Inferred if all that is contradicted is our reading."""
        return basis(self.contradicted)


@frozen(kw_only=True)
class Judgement:
    """One record held against a case.

    Attributes:
        timeline: the call as the table has it, with what people did in the record.
        differences: what the platform did otherwise, in the order of time.
        held: what was seen as it was due, and the clauses that stood the test.
        untested: what the record does not say, or what rests on what it does not say.
    """

    record: Record
    timeline: Timeline
    differences: tuple[Difference, ...]
    held: tuple[tuple[Sighting, Clauses], ...]
    untested: tuple[str, ...]


class Tally(NamedTuple):
    """How often a clause stood the test of a real call, and how often it did not."""

    held: int = 0
    contradicted: int = 0


def tally(judgements: Sequence[Judgement]) -> dict[Clause, Tally]:
    """Every clause that could be tested, and what came of it over all records."""
    known = {
        clause: Tally() for row in RULES for party in Party for clause in row.because(party) or ()
    }
    known |= dict.fromkeys((DTMF, G11, G12, G15), Tally())
    for judgement in judgements:
        told = {clause for one in judgement.differences for clause in one.contradicted}
        stood = {clause for _, clauses in judgement.held for clause in clauses} - told
        for clause in told:
            count = known.get(clause, Tally())
            known[clause] = count._replace(contradicted=count.contradicted + 1)
        for clause in stood:
            count = known.get(clause, Tally())
            known[clause] = count._replace(held=count.held + 1)
    return known


def blamed(differences: Sequence[Difference]) -> tuple[Difference, ...]:
    """The differences in the order of time, each with the clauses that its step's contradict.

    Marks have clauses of their own, whatever step is in force when they are due.
    """
    ours: dict[object, dict[Clause, None]] = {}
    for one in differences:
        cited = (clause for clauses in one.lists for clause in clauses)
        inferred = (clause for clause in cited if clause.basis is Basis.INFERRED)
        ours.setdefault(_cause(one), {}).update(dict.fromkeys(inferred))
    return tuple(
        evolve(
            one,
            contradicted=tuple(ours[_cause(one)])
            or tuple(dict.fromkeys(clause for clauses in one.lists for clause in clauses)),
        )
        for one in sorted(differences, key=lambda one: one.at)
    )


def _cause(difference: Difference) -> object:
    """Differences with the same cause: those of one step, or those of all marks."""
    marks = any(DTMF in clauses for clauses in difference.lists)
    return DTMF if marks else difference.step
