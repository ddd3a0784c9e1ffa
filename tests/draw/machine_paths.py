"""A case for every path that a call can take: 139 in the sixteen configurations together."""

from collections.abc import Iterator

from callflow.api.request import Message, Request
from callflow.call.case import Case, People, PerParty, Person, Reaction, Scenario
from callflow.call.simulator import simulate
from callflow.call.timeline import Timeline
from callflow.choreography import rules_for
from callflow.table import Edge
from callflow.words import (
    ANSWERED,
    HUNG_UP,
    MESSAGE_ENDED,
    UNREACHED,
    Configuration,
    Event,
    LegState,
    MessageType,
    Party,
    configurations,
)

_MEDIA = Message(type=MessageType.MEDIA, value="2561")
_STEP, _LONG = 1_700, 80_000


def paths(configuration: Configuration) -> Iterator[tuple[Edge, ...]]:
    """Every way from the start to the end."""

    def onward(walked: tuple[Edge, ...]) -> Iterator[tuple[Edge, ...]]:
        if not walked[-1].exits:
            yield walked
        for _, edge in walked[-1].exits:
            yield from onward((*walked, edge))

    return onward((rules_for(configuration).start,))


def case_of(configuration: Configuration, path: tuple[Edge, ...], name: str | None = None) -> Case:
    """A case that takes this path, a step every 1.7 s."""
    at = {edge.event: number * _STEP for number, edge in enumerate(path)}
    dialed = {
        party: next(
            (
                number * _STEP
                for number, edge in enumerate(path)
                if edge.target.leg(party) is LegState.DIALING
            ),
            0,
        )
        for party in Party
    }
    heard = {
        party: next(
            (
                number * _STEP
                for number, edge in enumerate(path)
                if edge.target.leg(party) is LegState.MESSAGE
            ),
            0,
        )
        for party in Party
    }

    def person(party: Party) -> Person:
        answered, unreached = at.get(ANSWERED[party]), at.get(UNREACHED[party])
        if unreached is not None:
            return Person(reaction=Reaction.BUSY, after=unreached - dialed[party])
        hung_up = at.get(HUNG_UP[party])
        return Person(
            after=20_000 if answered is None else answered - dialed[party],
            reaction=Reaction.ANSWERS,
            hangs_up_after=None if hung_up is None or answered is None else hung_up - answered,
        )

    def message(party: Party) -> int:
        ended = at.get(MESSAGE_ENDED[party])
        return _LONG if ended is None else ended - heard[party]

    ended = at.get(Event.CONVERSATION_ENDED)
    return Case(
        request=Request(
            virtual_phone_number="74993720692",
            contact="79260000000",
            first_call=configuration.first_call,
            switch_at_once=configuration.switch_at_once,
            contact_message=_MEDIA if configuration.contact_message else None,
        ),
        scenario=Scenario(employee_message=_MEDIA if configuration.employee_message else None),
        people=People(
            contact=person(Party.CONTACT),
            employee=person(Party.EMPLOYEE),
            conversation=_LONG if ended is None else _STEP,
        ),
        messages=PerParty(
            contact=message(Party.CONTACT) if configuration.contact_message else None,
            employee=message(Party.EMPLOYEE) if configuration.employee_message else None,
        ),
        name=name,
    )


def timelines() -> list[Timeline]:
    """A simulated call for every path."""
    return [
        simulate(case_of(configuration, path))
        for configuration in configurations()
        for path in paths(configuration)
    ]
