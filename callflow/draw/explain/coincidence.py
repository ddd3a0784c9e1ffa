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
from ..catalogue import capital, later, say
from .sentences import Sentence

_HANG_UPS = later("hang-ups")
_FAILED = later("failed calls")
_ENDS = later("ends of messages")
_ANSWERS = later("answers{#several}")
_KIND = {
    Event.CONTACT_HUNG_UP: _HANG_UPS,
    Event.EMPLOYEE_HUNG_UP: _HANG_UPS,
    Event.CONTACT_UNREACHED: _FAILED,
    Event.EMPLOYEE_UNREACHED: _FAILED,
    Event.CONTACT_MESSAGE_ENDED: _ENDS,
    Event.EMPLOYEE_MESSAGE_ENDED: _ENDS,
    Event.CONTACT_ANSWERED: _ANSWERS,
    Event.EMPLOYEE_ANSWERED: _ANSWERS,
    Event.CONVERSATION_ENDED: later("the end of the conversation"),
}
_OF_TWO = {
    _HANG_UPS: later("in one millisecond, of two hang-ups the {party}'s comes first"),
    _FAILED: later("in one millisecond, of two failed calls the {party}'s comes first"),
    _ENDS: later("in one millisecond, of two ends of messages the {party}'s comes first"),
    _ANSWERS: later("in one millisecond, of two answers the {party}'s comes first"),
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
            text = say(
                "{event!c}, due at the same moment, no longer happens: {order}.",
                event=_would_be(event),
                order=_order(edge.event, event),
            )
            yield Sentence(text=text, party=event.party)


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
        return say(_OF_TWO[_KIND[first]], party=first.party)
    return say(
        "in one millisecond {first} come before {second}",
        first=say(_KIND[first]),
        second=say(_KIND[second]),
    )


def _would_be(event: Event) -> str:
    """An event that did not happen, as a thing."""
    party = event.party
    if event in (Event.CONTACT_ANSWERED, Event.EMPLOYEE_ANSWERED):
        return say("the {party}'s answer", party=party)
    if event in (Event.CONTACT_MESSAGE_ENDED, Event.EMPLOYEE_MESSAGE_ENDED):
        return say("the end of the {party}'s message", party=party)
    if event in (Event.CONTACT_HUNG_UP, Event.EMPLOYEE_HUNG_UP):
        return say("the {party}'s hang-up", party=party)
    if party is None:
        return say("the end that the case gives the conversation")
    return say("the failure to reach the {party}", party=party)
