"""What falls into one millisecond, told: which came first, which no longer happens, by which order.

The order is data of the choreography, the clocks are those of the plan; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...call.plan import plan
from ...call.timeline import Timeline
from ...choreography import SIMULTANEOUS
from ...units import NEVER, Milliseconds
from ...words import Event
from .sentences import Sentence, capital

_KIND = {
    Event.CONTACT_HUNG_UP: "hang-ups",
    Event.EMPLOYEE_HUNG_UP: "hang-ups",
    Event.CONTACT_UNREACHED: "failed calls",
    Event.EMPLOYEE_UNREACHED: "failed calls",
    Event.CONTACT_MESSAGE_ENDED: "ends of messages",
    Event.EMPLOYEE_MESSAGE_ENDED: "ends of messages",
    Event.CONTACT_ANSWERED: "answers",
    Event.EMPLOYEE_ANSWERED: "answers",
    Event.CONVERSATION_ENDED: "the end of the conversation",
}


def coincidence(timeline: Timeline, place: int) -> Iterator[Sentence]:
    """What else was due in the millisecond of a step: handled before it, or made impossible."""
    moments = timeline.moments
    if not place:
        return
    (before_at, before), (at, edge) = moments[place - 1], moments[place]
    if before_at == at and edge.event in _due(timeline, place - 1, at):
        yield Sentence(text=f"{capital(_order(before.event, edge.event))}.")
    possible = {following.event for _, following in edge.exits}
    for event in _due(timeline, place, at):
        if event is not edge.event and event not in possible:
            yield Sentence(
                text=f"{capital(_would_be(event))}, due at the same moment, no longer "
                f"happens: {_order(edge.event, event)}.",
                party=event.party,
            )


def _due(timeline: Timeline, place: int, at: Milliseconds) -> list[Event]:
    """The events that were possible before a step and due at a moment, in the order of handling."""
    lengths = plan(timeline.case).lengths
    due = [2 * NEVER] * len(lengths)
    for begun, edge in timeline.moments[:place]:
        for slot in edge.starts:
            due[slot] = begun + lengths[slot]
    exits = timeline.moments[place - 1][1].exits if place else ()
    return [following.event for slot, following in exits if due[slot] == at]


def _order(first: Event, second: Event) -> str:
    """Why one of two simultaneous events is handled first, from the order that is data."""
    if SIMULTANEOUS.index(first) > SIMULTANEOUS.index(second):  # no call of this table comes here
        raise ValueError(f"{first} is not handled before {second}")
    if _KIND[first] == _KIND[second]:
        return f"in one millisecond, of two {_KIND[first]} the {first.party}'s comes first"
    return f"in one millisecond {_KIND[first]} come before {_KIND[second]}"


def _would_be(event: Event) -> str:
    """An event that did not happen, as a thing."""
    party = event.party
    if event in (Event.CONTACT_ANSWERED, Event.EMPLOYEE_ANSWERED):
        return f"the {party}'s answer"
    if event in (Event.CONTACT_MESSAGE_ENDED, Event.EMPLOYEE_MESSAGE_ENDED):
        return f"the end of the {party}'s message"
    if event in (Event.CONTACT_HUNG_UP, Event.EMPLOYEE_HUNG_UP):
        return f"the {party}'s hang-up"
    if party is None:
        return "the end that the case gives the conversation"
    return f"the failure to reach the {party}"
