"""What people did for a call to go as it went, in a few words, and what each of them got to hear.

A deed tells a way from all others of its configuration, and nothing that all of them share: when an
answer came, where that decides something, and how the call ended. Times stand beside it. Only the
steps are asked, never a table: where more than one thing could have gone on, it is told which did.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..call.timeline import Timeline
from ..table import Edge
from ..words import ANSWERED, HUNG_UP, MESSAGE_ENDED, UNREACHED, Event, LegState, Outcome, Party
from . import wording
from .catalogue import later, say

#: What calls are grouped by, in words.
OUTCOME: dict[Outcome, str] = {
    Outcome.CONVERSATION: later("conversation"),
    Outcome.CONTACT_NOT_REACHED: later("contact not reached"),
    Outcome.EMPLOYEE_NOT_REACHED: later("employee not reached"),
    Outcome.ABANDONED: later("abandoned"),
}

_FAILURES = frozenset((*UNREACHED.values(), *HUNG_UP.values()))

_MEANWHILE = {
    LegState.IDLE: later("{what}, before the {party} is called"),
    LegState.DIALING: later("{what}, before the {party} answers"),
    LegState.MESSAGE: later("{what}, while the {party} listens"),
    LegState.DIALING_MUSIC: later("{what}, while the {party} waits"),
}
_HANGS_UP = {
    LegState.MESSAGE: later("{party} hangs up during the message"),
    LegState.DIALING_MUSIC: later("{party} hangs up on dialing music"),
}


def deed(timeline: Timeline) -> str:
    """What people did in a call, without a full stop: ``contact hangs up during the message``."""
    edges = [edge for _, edge in timeline.moments]
    return _told(edges, wording.ending(timeline) if timeline.reason else None)


def deed_along(edges: Sequence[Edge]) -> str:
    """The same of steps without times; why a party is not reached is open then."""
    return _told(edges, None)


def _told(edges: Sequence[Edge], failure: str | None) -> str:
    return "; ".join((*_forks(edges), _end(edges[-1], failure)))


def _forks(edges: Sequence[Edge]) -> Iterator[str]:
    """Which way a call went on where more than one was open."""
    for place, edge in enumerate(edges):
        answers = edge.event is ANSWERED[Party.EMPLOYEE]
        if answers and _open_besides(edges[place - 1], edge):
            yield say(_longer(edges[place:]))
        elif answers and _open_besides(edges[place - 2], edges[place - 1]):
            yield say("employee answers after the contact's message")


def _longer(edges: Sequence[Edge]) -> str:
    """Whether the employee listens longer than the contact, if a conversation comes of it."""
    ends = [edge.event for edge in edges if edge.event in MESSAGE_ENDED.values()]
    if len(ends) <= 1 or edges[-1].source.contact is not LegState.CONVERSATION:
        return later("employee answers during the contact's message")
    if ends[-1] is MESSAGE_ENDED[Party.EMPLOYEE]:
        return later("employee answers during the contact's message and listens longer")
    return later("employee answers during the contact's message and is done first")


def _open_besides(before: Edge, edge: Edge) -> bool:
    return any(
        way.event not in _FAILURES and way.event is not edge.event for _, way in before.exits
    )


def _end(edge: Edge, failure: str | None) -> str:
    """How the call ended, and what the other party was in."""
    party = edge.event.party
    if edge.event is Event.CONVERSATION_ENDED or party is None:
        return say("both talk to the end")
    if edge.source.contact is LegState.CONVERSATION:
        return say("{party} hangs up in the conversation", party=party)
    other = _MEANWHILE.get(edge.source.leg(party.other), "{what}")
    if edge.event in HUNG_UP.values():
        hangs_up = _HANGS_UP.get(edge.source.leg(party), _NOTHING_HEARD)
        return say(other, what=say(hangs_up, party=party), party=party.other)
    told = failure or say("{party} is not reached", party=party)
    if not edge.source.leg(party.other).on_line:
        return told
    return say(other, what=told, party=party.other)


_NOTHING_HEARD = later("{party} hangs up")


# ------------------------------------------------------------------------------------ what is heard


def heard(timeline: Timeline, party: Party) -> str:
    """What a party hears before the conversation or the end: ``message whole, music 21.5``.

    Times are seconds without their unit.
    """
    leg, figures = timeline.leg(party), timeline.leg(party).figures
    if leg.dialed is None:
        return say("not called")
    if leg.answered is None:
        rang = wording.clock((leg.released or 0) - leg.dialed)
        failed = timeline.moments[-1][1].event is UNREACHED[party]
        text = later("rings {time}, not reached") if failed else later("rings {time}, then stops")
        return say(text, time=rang)
    told = []
    length, part = figures.message_length, figures.message_heard or 0
    if length is not None and not leg.hears(LegState.MESSAGE):
        told.append(say("no message"))
    elif length is not None and part < length:
        heard_part, whole = wording.clock(part), wording.clock(length)
        told.append(say("message {part} of {whole}", part=heard_part, whole=whole))
    elif length is not None:
        told.append(say("message whole"))
    if figures.music_heard:
        told.append(say("music {time}", time=wording.clock(figures.music_heard)))
    if told:
        return ", ".join(told)
    return say("nothing") if leg.conversation is None else say("talks at once")
