"""Why it happened: the step in force, the clauses behind it, and whose word they are.

A clause of the source is told in its words. An inferred one says that it is our reading; where
nothing else is contradicted, that is said once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...call.timeline import Step, Timeline
from ...clauses import Clause, Clauses, basis
from ...draw import wording
from ...draw.grid import Line, Run, Style, line, wrap
from ...draw.palette import Role
from ...words import HUNG_UP, UNREACHED, Basis, Event, Party
from .. import answers
from ..verdict import Verdict


def reasons(timeline: Timeline, verdict: Verdict, width: int, style: Style) -> Iterator[Line]:
    """What stands behind what happened: the step in force then, or clauses of another kind.

    Caller numbers, marks and settings have clauses of their own, which no step gives.
    """
    own = _own(timeline, verdict)
    if own:
        yield from cited([("", clauses) for clauses in own], width, style)
    elif verdict.at is not None:
        step = answers.in_force(timeline, verdict.at)
        yield from taken(step, width)
        yield from cited(_by_leg(timeline, step), width, style)
        if step.event in _OF_PEOPLE:
            yield from wrap(
                [(f"The case has it so: the {wording.ending(timeline)}.", Role.TEXT)], width
            )
            return
    if only_inferred(timeline, verdict):
        yield from wrap([(_ONLY_OURS, Role.TEXT)], width)


#: What ends a call is what people do; the clauses say what comes of it.
_OF_PEOPLE = (*UNREACHED.values(), *HUNG_UP.values(), Event.CONVERSATION_ENDED)
_ONLY_OURS = "Only our reading is contradicted here, no word of the source."


def inferences(verdict: Verdict, width: int, style: Style) -> Iterator[Line]:
    """The inferred clauses that an expectation rests on, each with its hole and our reading."""
    for clause in verdict.inferences:
        runs: list[Run] = [
            (f"the source does not say: {style.own(clause.hole or '')};", Role.TEXT),
            (f" we read: {style.own(clause.says)}", Role.TEXT),
        ]
        yield from hanging((f"{clause.id}  ", Role.INFERRED), runs, width)


def only_inferred(timeline: Timeline, verdict: Verdict) -> bool:
    """Whether all that an expectation contradicts is inferred: the source promises nothing there.

    For a party it is what its leg rests on at that moment; for both, what either leg rests on. Of
    what is read into the source and what it says, the reading decides (see `clauses.basis`).
    """
    lists = _own(timeline, verdict)
    if not lists and verdict.at is not None:
        step = answers.in_force(timeline, verdict.at)
        parties = (verdict.party,) if verdict.party else tuple(Party)
        lists = tuple(filter(None, (behind(timeline, party, step) for party in parties)))
    return bool(lists) and all(basis(clauses) is Basis.INFERRED for clauses in lists)


def behind(timeline: Timeline, party: Party, step: Step) -> Clauses:
    """The clauses behind a leg once a step is taken: those it gave, else those that it left."""
    found: Clauses = ()
    for one in timeline.steps:
        found = one.because(party) or found
        if one is step:
            break
    return found


def _own(timeline: Timeline, verdict: Verdict) -> tuple[Clauses, ...]:
    """The lists that an expectation rests on and no step gives."""
    given = {clauses for step in timeline.steps for clauses in answers.clauses_of(step)}
    return tuple(clauses for clauses in verdict.rests_on if clauses and clauses not in given)


#: What stands before the clauses of a leg, and before those of both.
LETTERS = {Party.CONTACT: "C: ", Party.EMPLOYEE: "E: ", None: "C, E: "}


def _by_leg(timeline: Timeline, step: Step) -> list[tuple[str, Clauses]]:
    """The clauses of each leg under its letter; once, if both rest on the same."""
    found = {party: behind(timeline, party, step) for party in Party}
    contact, employee = found[Party.CONTACT], found[Party.EMPLOYEE]
    if contact and contact == employee:
        return [(LETTERS[None], contact)]
    return [(LETTERS[party], clauses) for party, clauses in found.items() if clauses]


def taken(step: Step, width: int) -> Iterator[Line]:
    """A step: its moment, its event, and the states that it leads to."""
    runs: list[Run] = [(f"{step.event}: {step.target.contact} / {step.target.employee}", Role.TEXT)]
    yield from hanging((f"{wording.clock(step.at)}  ", Role.STRONG), runs, width)


def cited(named: Sequence[tuple[str, Clauses]], width: int, style: Style) -> Iterator[Line]:
    """Clauses under each other, their words in one column."""
    column = max((len(clause.id) for _, clauses in named for clause in clauses), default=0) + 2
    margin = max((len(name) for name, _ in named), default=0)
    for name, clauses in named:
        for number, clause in enumerate(clauses):
            head = ("" if number else name).ljust(margin) + clause.id.ljust(column)
            inferred = clause.basis is Basis.INFERRED
            role = Role.INFERRED if inferred else Role.TEXT
            yield from hanging((head, role), [(style.own(_says(clause)), role)], width)


def _says(clause: Clause) -> str:
    if clause.basis is Basis.DOCUMENTED:
        return clause.says
    return f"inferred: {wording.reading(clause)}; our reading, the source promises nothing here"


def hanging(head: Run, runs: Sequence[Run], width: int) -> Iterator[Line]:
    """Text behind a head, its further lines under its first."""
    margin = len(head[0])
    for number, broken in enumerate(wrap(runs, max(width - margin, 1))):
        yield line((((" " * margin, Role.TEXT) if number else head), *broken))
