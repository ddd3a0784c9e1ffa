"""Where the holes of the source are met: found by walking every call there is, listed by nobody.

Each path of each configuration is made a call, plain and with every request that brings a hole in
which no step shows (digits, a caller's number, a text for speech synthesis ...). What a call cites
is read off its timeline, and each citation is a place: the settings, the state and the event at
which the hole had to be answered. A hole that the request alone meets has places without state and
event: no call is needed to come to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from attrs import evolve, frozen

from ...api.request import Message
from ...call.case import Case, People, PerParty, Person, Reaction
from ...call.plan import RING_TIMEOUT
from ...call.simulator import simulate
from ...call.timeline import Timeline
from ...choreography import configurations, rules_for
from ...clauses import CLAUSES, G11, G15, Clause, Clauses
from ...table import Edge
from ...verify.paths import all_paths
from ...words import (
    ANSWERED,
    UNREACHED,
    Basis,
    Configuration,
    Direction,
    Event,
    LegState,
    MessageType,
    Party,
    Reason,
    ShowDuringCall,
    State,
)

#: Every hole of the source.
HOLES: Clauses = tuple(one for one in CLAUSES.values() if one.basis is Basis.INFERRED)

#: More seconds than any path needs at its smallest times: the last digits are never sent.
_DIGITS = f"1{'.' * 9}2"
_SPOKEN = Message(type=MessageType.TTS, value="We are putting you through")


@frozen
class Place:
    """Where a hole had to be answered.

    Attributes:
        state, event: of the step; None: the request alone brings it up.
    """

    configuration: Configuration
    state: State | None = None
    event: Event | None = None


@frozen(eq=False)
class Met:
    """A hole, and where it is met.

    Attributes:
        places: in the order of the configurations.
        shortest: the shortest call that comes to it: one with a conversation, if there is one.
    """

    hole: Clause
    places: tuple[Place, ...]
    shortest: Timeline

    @property
    def pairs(self) -> int:
        """How many pairs of state and event it answers for, over all configurations."""
        return sum(place.state is not None for place in self.places)

    @property
    def configurations(self) -> int:
        """In how many of the configurations it is met."""
        return len({place.configuration for place in self.places})


@cache
def holes_met() -> dict[Clause, Met]:
    """Every hole with what a walk through all calls finds of it.

    Raises:
        LookupError: there is a hole that no call comes to.
    """
    places: dict[Clause, dict[Place, None]] = {hole: {} for hole in HOLES}
    shortest: dict[Clause, tuple[tuple[int, ...], Timeline]] = {}
    for path in all_paths():
        for case in _calls(path.case(path.apart() or ())):
            call = simulate(case)
            cited = tuple(_cited(call))
            others = len({hole for hole, _ in cited})
            size = (call.conversation is None, len(call.moments), call.duration, others)
            for hole, place in cited:
                places[hole].setdefault(place)
                if hole not in shortest or size < shortest[hole][0]:
                    shortest[hole] = size, call
    order = {one: number for number, one in enumerate(configurations())}
    found = {}
    for hole in HOLES:
        if hole not in shortest:
            raise LookupError(f"no call comes to {hole}")
        met = sorted(places[hole], key=lambda place: order[place.configuration])
        found[hole] = Met(hole, tuple(met), shortest[hole][1])
    return found


@cache
def steps() -> tuple[tuple[Configuration, Edge], ...]:
    """Every step that can be made, in each configuration its own."""
    return tuple(
        (configuration, edge)
        for configuration in configurations()
        for edge in rules_for(configuration).edges.values()
    )


# -------------------------------------------------------------------------------------- the calls


def _calls(plain: Case) -> Iterator[Case]:
    """The plain call, and the same with each request that brings up a hole of its own."""
    yield plain
    for vary in _VARIATIONS:
        case = vary(plain)
        if case is not None:
            yield case


def with_person(people: People, party: Party, person: Person) -> People:
    """The same people, but for what one party does."""
    if party is Party.CONTACT:
        return evolve(people, contact=person)
    return evolve(people, employee=person)


def _no_answer(party: Party) -> Callable[[Case], Case | None]:
    """Nobody picks up, and the case does not say how long the phone rings."""

    def varied(plain: Case) -> Case | None:
        if plain.people.of(party).reaction is not Reaction.BUSY:
            return None
        rings = evolve(plain.ring_timeout, **{str(party): None})
        people = with_person(plain.people, party, Person(reaction=Reaction.NO_ANSWER))
        return evolve(plain, people=people, ring_timeout=rings, messages=_outlasting(plain))

    return varied


def _outlasting(plain: Case) -> PerParty:
    """Messages as they are; one that still plays at the end of the call outlasts any ringing."""
    last = simulate(plain).moments[-1][1].source
    playing = {
        str(party): 2 * max(RING_TIMEOUT.values())
        for party in Party
        if last.leg(party) is LegState.MESSAGE
    }
    return evolve(plain.messages, **playing)


def _digits(plain: Case) -> Case:
    return evolve(plain, request=evolve(plain.request, dtmf_string=_DIGITS))


def _caller(plain: Case) -> Case:
    shown = ShowDuringCall.CONTACT_NUMBER
    return evolve(plain, scenario=evolve(plain.scenario, show_during_call=shown))


def _classified(plain: Case) -> Case:
    return evolve(plain, request=evolve(plain.request, direction=Direction.OUT))


def _unlisted(plain: Case) -> Case:
    return evolve(plain, request=evolve(plain.request, show_virtual_phone_number=True))


def _spoken(plain: Case) -> Case | None:
    """A text for speech synthesis takes a switch away that the plain call has not."""
    request = plain.request
    if request.contact_message is None or request.switch_at_once:
        return None
    return evolve(plain, request=evolve(request, contact_message=_SPOKEN, switch_at_once=True))


_VARIATIONS: tuple[Callable[[Case], Case | None], ...] = (
    _digits,
    _caller,
    _classified,
    _unlisted,
    _spoken,
    *(_no_answer(party) for party in Party),
)


# ---------------------------------------------------------------------------------- what they cite


def _cited(call: Timeline) -> Iterator[tuple[Clause, Place]]:
    """Every hole that a call comes to, and where."""
    setting = call.case.configuration
    for clauses, edge in _grounds(call):
        place = Place(setting) if edge is None else Place(setting, edge.source, edge.event)
        for clause in clauses:
            if clause.basis is Basis.INFERRED:
                yield clause, place


def _grounds(call: Timeline) -> Iterator[tuple[Iterable[Clause], Edge | None]]:
    """Clauses, and the step at which they count; None: they count before anything happens."""
    for _, edge in call.moments:
        yield (*(edge.contact or ()), *(edge.employee or ())), edge
    yield call.effective.clauses, None
    yield from ((entry.clauses, None) for entry in call.no_effect)
    yield from ((entry.clauses, None) for entry in call.warnings)
    last = call.moments[-1][1]
    for mark in call.dtmf:
        answered = _step(call, ANSWERED[Party.CONTACT])
        if answered is not None:  # without an answer no clock of digits ever started
            yield (clause for clause in mark.clauses if clause is G11), answered
        yield (clause for clause in mark.clauses if clause is not G11), last
    for party in Party:
        caller = call.leg(party).caller_id
        if caller is not None:
            yield caller.clauses, _dialed(call, party)
    if call.reason is Reason.NO_ANSWER:
        assumed = {entry.path for entry in call.assumptions}
        for party, unreached in UNREACHED.items():
            if f"ring_timeout.{party}" in assumed:
                yield (G15,), _step(call, unreached)


def _step(call: Timeline, event: Event) -> Edge | None:
    return next((edge for _, edge in call.moments if edge.event is event), None)


def _dialed(call: Timeline, party: Party) -> Edge | None:
    """The step at which a phone begins to ring."""
    return next(edge for _, edge in call.moments if edge.target.leg(party) is LegState.DIALING)
