"""Records of real calls held against a case, told to people.

First what the platform did otherwise, each with lanes, step and clauses; then what stood the test;
then what the record does not say. Over all records each clause has a line: the most valuable one
says that a reading of ours is contradicted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...clauses import Clause, Clauses, cite
from ...draw import wording
from ...draw.grid import Line, Place, line, wrap
from ...draw.palette import Role
from ...errors import printable
from ...units import seconds
from ...words import Basis, Party
from ..judgement import Difference, Judgement, Tally
from .lanes import FEWER_NAMES, NAMES, lanes
from .reasons import LETTERS, cited, hanging, taken
from .telling import WIDEST


def judgement_lines(judgement: Judgement, place: Place) -> Iterator[Line]:
    """What came of one record."""
    width = min(place.width, WIDEST)
    name = place.style.users(printable(judgement.record.path))
    yield from wrap([(f"{name}  ", Role.STRONG), (_sum(judgement), Role.TEXT)], width)
    for difference in judgement.differences:
        yield ()
        yield from _difference(judgement, difference, place, width)
    if judgement.untested:
        yield ()
        yield from _untested(judgement.untested, width)


def _untested(untested: Sequence[str], width: int) -> Iterator[Line]:
    """What was not tested, by the reason why."""
    by_reason: dict[str, list[str]] = {}
    for one in untested:
        what, _, why = one.partition(": ")
        by_reason.setdefault(why, []).append(what)
    for why, those in by_reason.items():
        head = f"{why or 'not tested'}: "
        yield from wrap([(f"{head}{', '.join(those)}", Role.TEXT)], width)


def _sum(judgement: Judgement) -> str:
    seen = len(judgement.record.sightings)
    otherwise = len(judgement.differences)
    told = f"{wording.many(seen, 'moment')}: {len(judgement.held)} as due"
    told += f", {otherwise} otherwise" if otherwise else ""
    people = seen - len(judgement.held) - otherwise
    return told + (f", {people} of people or not to be judged" if people > 0 else "")


def _difference(
    judgement: Judgement, difference: Difference, place: Place, width: int
) -> Iterator[Line]:
    style, margin = place.style, 13 if width >= 60 else 2
    indent = (" " * margin, Role.TEXT)
    yield from wrap([(style.users(printable(difference.text)), Role.STRONG)], width)
    timeline = judgement.timeline
    at = difference.step.at if difference.due is None else difference.due
    if timeline.duration:
        yield ()
        yield from lanes(
            timeline,
            min(at, timeline.duration),
            party=difference.party,
            note=f"due at {wording.clock(at)}" if difference.due is not None else "",
            width=width,
            names=NAMES if width >= 60 else FEWER_NAMES,
            style=style,
            sign=Role.FAILURE,
        )
    yield ()
    why = [*taken(difference.step, width - margin)]
    why += cited(_named(difference), width - margin, style)
    ours = difference.basis is Basis.INFERRED
    ids = cite(difference.contradicted)
    words = (
        f"The platform contradicts {ids}: our reading, no word of the source."
        if ours
        else f"The platform contradicts {ids}: the source's own words."
    )
    why += wrap([(words, Role.STRONG)], width - margin)
    for one in why:
        yield line([indent, *one])


def _named(difference: Difference) -> Sequence[tuple[str, Clauses]]:
    """The clause lists under the letter of their leg."""
    given = {party: difference.step.because(party) for party in Party}
    if len(set(given.values())) == 1 or len(difference.lists) == 1:
        return [(LETTERS[difference.party], clauses) for clauses in difference.lists]
    return [(LETTERS[party], clauses) for party, clauses in given.items() if clauses]


def tally_lines(tallies: Mapping[Clause, Tally], records: int, place: Place) -> Iterator[Line]:
    """Each clause over all records: contradicted first, then held, then never tested."""
    width = min(place.width, WIDEST)
    against = [clause for clause, count in tallies.items() if count.contradicted]
    stood = [clause for clause, count in tallies.items() if count.held and not count.contradicted]
    never = [clause for clause, count in tallies.items() if not any(count)]
    calls = wording.many(records, "record")
    for basis, title in (
        (Basis.INFERRED, "contradicted, and only our reading"),
        (Basis.DOCUMENTED, "contradicted, and the source's own words"),
    ):
        those = [clause for clause in against if clause.basis is basis]
        if those:
            yield line([(title, Role.FAILURE)])
        for clause in those:
            count = tallies[clause]
            told = f"in {count.contradicted} of {calls}" + (
                f", held in {count.held}" if count.held else ""
            )
            runs = [(f"{told}: {place.style.own(clause.says)}", Role.TEXT)]
            yield from _under(hanging((f"{clause.id}  ", Role.STRONG), runs, width - 2))
    if stood:
        counts = ", ".join(f"{clause.id} {tallies[clause].held}" for clause in stood)
        yield from hanging(("held          ", Role.TEXT), [(counts, Role.TEXT)], width)
    if never:
        ids = cite(never)
        yield from hanging(("never tested  ", Role.TEXT), [(ids, Role.TEXT)], width)


def _under(lines: Iterator[Line]) -> Iterator[Line]:
    return (line([("  ", Role.TEXT), *one]) for one in lines)


def judgement_to_dict(judgement: Judgement) -> dict[str, Any]:
    """What came of one record, as JSON; moments in seconds."""
    return {
        "record": judgement.record.path,
        "differences": [
            {
                "text": one.text,
                "at": seconds(one.at),
                "due": None if one.due is None else seconds(one.due),
                "party": one.party and str(one.party),
                "step": one.step.to_dict(),
                "contradicted": [clause.id for clause in one.contradicted],
                "basis": str(one.basis),
            }
            for one in judgement.differences
        ],
        "held": [
            {
                "moment": str(sighting),
                "at": seconds(sighting.at),
                "clauses": [clause.id for clause in clauses],
            }
            for sighting, clauses in judgement.held
        ],
        "untested": list(judgement.untested),
        "timeline": judgement.timeline.to_dict(),
    }


def tally_to_dict(tallies: Mapping[Clause, Tally]) -> dict[str, dict[str, Any]]:
    """Each clause over all records, by its id."""
    return {
        clause.id: {
            "basis": str(clause.basis),
            "held": count.held,
            "contradicted": count.contradicted,
        }
        for clause, count in tallies.items()
    }
