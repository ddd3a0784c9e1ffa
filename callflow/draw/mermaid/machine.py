"""The state machine of a configuration as Mermaid.

A transition joins two states and has all events that lead from the one to the other. Mermaid can
dash no transition, so what is inferred says so in words; the path of a call is marked by its
moments and by a thicker frame round its states.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...errors import printable
from ...words import Party, State
from .. import wording
from ..catalogue import say, term
from ..chart import LETTERS, Arrow, Because, Chart, Failures
from .source import BREAK, block, diagram, entities


def machine_mermaid(chart: Chart, *, failures: Failures = "grouped") -> str:
    """The machine as a ``stateDiagram-v2``.

    Args:
        failures: one transition out of a composite state for all, one from each state, or none but
            the one that the shown call takes.
    """
    inside: list[str] = []
    outside: list[str] = []
    for place in chart.places:
        state = place.state
        legs = BREAK.join(f"{term(party)}: {wording.named(state.leg(party))}" for party in Party)
        (inside if place.waiting else outside).append(f'state "{legs}" as {_alias(state)}')
    outside.append(f"[*] --> {_alias(chart.places[0].state)}")
    for (source, target), arrows in chart.between().items():
        if arrows[0].failure and failures != "each":
            drawn = tuple(arrow for arrow in arrows if arrow.on_path)
        else:
            drawn = arrows
        both = chart.place(source).waiting and chart.place(target).waiting
        if drawn:
            (inside if both else outside).append(
                _transition(_alias(source), _alias(target), _words(drawn))
            )
    end = _alias(chart.places[-1].state)
    if failures == "grouped":
        said = [say("from every state in the box")]
        for kind, arrow in chart.failures:
            first, *more = _clauses(arrow.because)
            said += [f"{wording.failure(kind)} {first}", *more]
        inside = [f"    {line}" for line in inside]
        before = entities(say("before the conversation"))
        inside = [f'state "{before}" as waiting {{', *inside, "}"]
        outside.append(_transition("waiting", end, said))
    outside.append(f"{end} --> [*]")
    if chart.path:
        lit = ",".join(_alias(place.state) for place in chart.places if place.on_path)
        outside += ["classDef lit stroke-width:3px", f"class {lit} lit"]
    return diagram("stateDiagram-v2", _title(chart), (*inside, *outside))


def _transition(source: str, target: str, said: Sequence[str]) -> str:
    return f"{source} --> {target} : {BREAK.join(map(entities, said))}"


def machine_markdown(chart: Chart, *, failures: Failures = "grouped") -> str:
    """The machine as a block of a Markdown page, with what a reader must know below it."""
    said = [
        f"- **{letter}** {one.settings}"
        for letter, one in zip(LETTERS, chart.wordings, strict=False)
        if len(chart.wordings) > 1
    ]
    said += [
        say("- the same states with other clauses: {settings}", settings=one)
        for one in chart.others
    ]
    return block(machine_mermaid(chart, failures=failures), said)


def _title(chart: Chart) -> str:
    return (
        chart.title
        if chart.call is None
        else f"{chart.title}: {printable(wording.of_ours(chart.call))}"
    )


def _alias(state: State) -> str:
    return f"{state.contact}__{state.employee}"


def _words(arrows: Sequence[Arrow]) -> list[str]:
    """Events and clauses of arrows between the same two states; equal clauses are said once."""
    said = []
    for number, arrow in enumerate(arrows):
        at = "" if arrow.at is None else f"{wording.moment(arrow.at)} "
        said.append(f"{at}{wording.named(arrow.event)}")
        if not any(other.because == arrow.because for other in arrows[number + 1 : number + 2]):
            said += _clauses(arrow.because)
    return said


def _clauses(because: Sequence[Because]) -> list[str]:
    told = [wording.cited(one.clauses, one.basis) for one in because]
    if len(set(told)) == 1:
        return told[:1]
    return [f"{letter} {one}" for letter, one in zip(LETTERS, told, strict=False)]
