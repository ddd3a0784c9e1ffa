"""What is proved, told to people, and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...draw.grid import NARROWEST, Line, Sheet, Style, line, wrap
from ...draw.palette import Role
from ..explore import shortest
from ..prove import Proof, Proofs, Verdict
from .exploring import counterexample_lines, counterexample_to_dict

FORMAT = "callflow.prove/1"

_WORDS = {
    Verdict.REFUTED: ("refuted", Role.FAILURE),
    Verdict.PROVED: ("proved for all times", Role.GOOD),
    Verdict.EXPLORED: ("explored only: holds of each order's smallest times", Role.CAUTION),
    Verdict.TESTED: ("tested only", Role.CAUTION),
}


def proofs_text(
    found: Proofs, taken: float, *, width: int = 80, style: Style = Style.ASCII
) -> Sheet:
    """What is known of each property, by how well it is known.

    Args:
        taken: how many seconds it took, told on the last line; all else is the same every time.
        width: how many cells a line may take; at least 40 are taken.
    """
    width = max(width, NARROWEST)
    counts = {
        verdict: sum(one.verdict is verdict for one in found.properties) for verdict in Verdict
    }
    told = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
    lines: list[Line] = wrap([(f"{len(found.properties)} properties: {told}", Role.STRONG)], width)
    told = (
        "Times are unknowns: of people, messages, the conversation, and of one DTMF mark. "
        f"{len(found.explored.paths)} paths, {found.runs} ways in which what is compared can come "
        "out."
    )
    lines += wrap([(told, Role.TEXT)], width)
    for verdict, (word, role) in _WORDS.items():
        those = [one for one in found.properties if one.verdict is verdict]
        if those:
            lines += [(), line([(word, role)])]
            for one in those:
                lines += _told(one, width)
    broken = [one.counterexample for one in found.properties if one.counterexample]
    for shown in shortest(broken):
        lines += [(), *counterexample_lines(shown, width, style)]
    lines += [(), line([(f"{taken:.2f} s", Role.TEXT)])]
    return Sheet(tuple(lines))


def _told(one: Proof, width: int) -> Iterator[Line]:
    told = [(one.of.sentence, Role.TEXT)]
    if one.how:
        told.append((f" ({one.how})", Role.INFERRED))
    for number, broken in enumerate(wrap(told, width - 6)):
        name = "" if number else one.of.name
        yield line([(f"{name:>4}  ", Role.TEXT), *broken])


def proofs_to_dict(found: Proofs, taken: float) -> dict[str, Any]:
    """All of it for programs; ``seconds`` is the one thing that differs from time to time.

    `callflow.schema` holds the layout as ``prove``.
    """
    return {
        "format": FORMAT,
        "holds": found.holds,
        "paths": len(found.explored.paths),
        "runs": found.runs,
        "properties": [
            {
                "property": one.of.name,
                "says": one.of.sentence,
                "verdict": str(one.verdict),
                "how": one.how,
                "counterexample": one.counterexample and counterexample_to_dict(one.counterexample),
            }
            for one in found.properties
        ],
        "seconds": round(taken, 3),
    }
