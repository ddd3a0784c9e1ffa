"""Pictures in words, for who does not see them: what the picture says, not that it is one.

All are made from the call or the chart that is drawn, as the picture is.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..call.timeline import Timeline
from ..draw import wording
from ..draw.catalogue import say
from ..draw.chart import Chart
from ..words import Party


def timeline_words(call: Timeline) -> str:
    """The outcome, and how long each party waits for it."""
    told = say("Timeline: {outcome}.", outcome=wording.outcome(call))
    return " ".join([told, *_waits(call)])


def ladder_words(call: Timeline) -> str:
    """Every step with its moment."""
    steps = ", ".join(f"{wording.moment(step.at)} {step.event}" for step in call.steps)
    return say("Ladder of the same call, the PBX in the middle: {steps}.", steps=steps)


def path_words(chart: Chart) -> str:
    """The states that the shown call comes to."""
    start = chart.places[0].state
    states = ", ".join(map(str, (start, *(arrow.target for arrow in chart.path))))
    return say("State machine with the path of this call: {states}.", states=states)


def machine_words(chart: Chart) -> str:
    """The states of a machine."""
    states = ", ".join(str(place.state) for place in chart.places)
    return say("State machine, {contact}/{employee}: {states}.", states=states)


def overview_words(calls: Iterable[tuple[str, Timeline]]) -> str:
    """How each call turns out."""
    return " ".join(f"{title}: {wording.outcome(call)}." for title, call in calls)


def _waits(call: Timeline) -> Iterable[str]:
    for party in Party:
        if waited := call.leg(party).figures.waited:
            yield say("The {party} waits {length}.", party=party, length=wording.length(waited))
