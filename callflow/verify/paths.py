"""Every way that a call can take: paths through the table, the times that lead along each, cases.

A path is a chain of steps from start to released. Along it every clock is known: it starts with the
step that makes its event possible, and either runs out in a later step or is void. So the times
that lead along a path are a `zones.Zone` over its steps: each step no earlier than the one before,
later by one unit where the order of simultaneous events would have taken another first, and no
message and no conversation without length.

What follows on what is the table's; this module only walks it. It judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from typing import Any

from attrs import field, frozen

from ..api.account import UNKNOWN
from ..api.request import Message, Request
from ..call.case import Case, People, PerParty, Person, Reaction, Scenario
from ..call.loading import case_to_dict
from ..call.plan import CONVERSATION, RING_TIMEOUT
from ..call.timeline import Timeline
from ..choreography import SIMULTANEOUS, configurations, rules_for
from ..clauses import Clause
from ..table import Edge, Graph, Rule
from ..units import NEVER, Milliseconds
from ..words import (
    ANSWERED,
    HUNG_UP,
    MESSAGE_ENDED,
    SLOT,
    UNREACHED,
    Configuration,
    Event,
    LegState,
    MessageType,
    Party,
)
from .zones import Bound, Zone

#: A second in milliseconds: the unit of times that people read.
SECOND: Milliseconds = 1000

_EVENTS = tuple(Event)
#: What cannot end in the moment in which it begins.
_TAKES_TIME = (*MESSAGE_ENDED.values(), Event.CONVERSATION_ENDED)


@frozen(eq=False)
class Path:
    """One way from start to released in one configuration.

    Attributes:
        edges: its steps, the start among them.
        started: of each step the place of the step with which its event's clock started.
        order: the order in which simultaneous events are handled.
    """

    configuration: Configuration
    edges: tuple[Edge, ...]
    order: Sequence[Event] = SIMULTANEOUS
    started: tuple[int, ...] = field(init=False)

    @started.default
    def _started(self) -> tuple[int, ...]:
        begun: dict[int, int] = {}
        places = [0]
        for place, edge in enumerate(self.edges):
            if place:
                places.append(begun[SLOT[edge.event]])
            begun.update(dict.fromkeys(edge.starts, place))
        return tuple(places)

    @property
    def events(self) -> tuple[Event, ...]:
        """Its events, from ``start`` on; they name it within its configuration."""
        return tuple(edge.event for edge in self.edges)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rows of the table that it takes."""
        return tuple(edge.rule for edge in self.edges)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses behind its steps, each once, G17 among them."""
        lists = (clauses for edge in self.edges for clauses in (edge.contact, edge.employee))
        return tuple(dict.fromkeys(clause for clauses in lists for clause in clauses or ()))

    @property
    def talks(self) -> bool:
        """Whether its last state before the end is the conversation."""
        return self.edges[-1].source.contact is LegState.CONVERSATION

    def place(self, event: Event) -> int | None:
        """The place of the step that an event is; None: it does not happen."""
        return next((n for n, edge in enumerate(self.edges) if edge.event is event), None)

    # -------------------------------------------------------------------------------------- times

    def bounds(self, unit: Milliseconds = 1) -> Iterator[Bound]:
        """What times must fulfil so that a call takes this path.

        Args:
            unit: how much later is later, milliseconds.
        """
        rank = {event: place for place, event in enumerate(self.order)}
        for place in range(1, len(self.edges)):
            edge, begun = self.edges[place], self.started[place]
            # Whatever happens now was waiting at each earlier step since its clock started, and
            # was not handled there: because it was not due, or stood behind in the order.
            for earlier in range(begun + 1, place):
                first = rank[edge.event] < rank[self.edges[earlier].event]
                yield Bound(earlier, place, unit if first else 0)
            takes_time = edge.event in _TAKES_TIME
            yield Bound(begun, place, unit if takes_time else 0)
            yield Bound(place - 1, place, 0)

    def zone(self, unit: Milliseconds = 1) -> Zone | None:
        """All times, in milliseconds, that lead along the path; None: none do."""
        zone = Zone(len(self.edges))
        return zone if zone.narrow(self.bounds(unit)) else None

    def least(self, unit: Milliseconds = SECOND) -> tuple[Milliseconds, ...] | None:
        """The smallest times in whole units, one for each step; None: no times lead here."""
        zone = self.zone(unit)
        return None if zone is None else zone.least()

    def apart(self, unit: Milliseconds = SECOND) -> tuple[Milliseconds, ...] | None:
        """The smallest times in whole units between which every step takes time."""
        zone = self.zone(unit)
        places = range(1, len(self.edges))
        if zone is None or not zone.narrow(Bound(one - 1, one, unit) for one in places):
            return None
        return zone.least()

    def orders(self, unit: Milliseconds = SECOND) -> Iterator[Order]:
        """Every order of the path's events with ties: between two steps time passes, or none."""
        zone = self.zone(unit)
        if zone is None:
            return
        for gaps in product((False, True), repeat=len(self.edges) - 1):
            narrowed = zone.copy()
            for place, passes in enumerate(gaps):
                fits = (
                    narrowed.at_least(place, place + 1, unit)
                    if passes
                    else narrowed.at_most(place, place + 1, 0)
                )
                if not fits:
                    break
            else:
                yield Order(self, gaps, narrowed.least())

    # -------------------------------------------------------------------------------------- calls

    def lengths(self, times: Sequence[Milliseconds]) -> tuple[Milliseconds, ...]:
        """How long each clock runs, in the order of `words.Event`; void ones never run out."""
        found = [NEVER] * len(_EVENTS)
        found[SLOT[Event.START]] = 0
        for place in range(1, len(self.edges)):
            slot = SLOT[self.edges[place].event]
            found[slot] = times[place] - times[self.started[place]]
        return tuple(found)

    def timeline(self, times: Sequence[Milliseconds]) -> Timeline:
        """The call that takes this path at these times."""
        case = self.case(times)
        return Timeline(case, tuple(zip(times, self.edges, strict=True)))

    def case(self, times: Sequence[Milliseconds], name: str | None = None) -> Case:
        """A case whose call takes this path at these times.

        Nothing that does not happen is in it, as far as a case can leave it out.
        """
        teller = _Teller(self, times)
        request, scenario = _asked(self.configuration)
        return Case.checked(
            request=request,
            scenario=scenario,
            account=UNKNOWN,
            people=teller.people(),
            messages=teller.messages(),
            ring_timeout=teller.ring_timeout(),
            characters_per_second=None,
            name=name,
            expect=None,
        )

    def mapping(self, times: Sequence[Milliseconds], name: str | None = None) -> dict[str, Any]:
        """The same, laid out as a case file."""
        return case_to_dict(self.case(times, name), secrets=True)


def least_case(setting: Configuration) -> Case:
    """The least that can be said of a call in a configuration: no times, nothing that people do."""
    request, scenario = _asked(setting)
    return Case(request=request, scenario=scenario)


@cache
def _asked(setting: Configuration) -> tuple[Request, Scenario]:
    """The least that is sent and set in a configuration."""
    message = Message(type=MessageType.MEDIA, value="237")
    spoken = Message(type=MessageType.MEDIA, value="12")
    request = Request(
        virtual_phone_number="74993720692",
        contact="79260000000",
        first_call=setting.first_call,
        switch_at_once=setting.switch_at_once,
        contact_message=message if setting.contact_message else None,
    )
    return request, Scenario(employee_message=spoken if setting.employee_message else None)


@frozen
class Order:
    """An order of a path's events with ties, and the smallest times that give it.

    Attributes:
        gaps: between each step and the next, whether time passes.
        times: of each step, milliseconds.
    """

    path: Path
    gaps: tuple[bool, ...]
    times: tuple[Milliseconds, ...]


class _Teller:
    """Says in the words of a case what happens on a path at given times."""

    def __init__(self, path: Path, times: Sequence[Milliseconds]) -> None:
        self.path = path
        self.times = times
        self.lengths = path.lengths(times)

    def _length(self, event: Event) -> Milliseconds | None:
        length = self.lengths[SLOT[event]]
        return None if length >= NEVER else length

    def _ran(self, event: Event) -> Milliseconds | None:
        """How long the clock of an event ran before it was void; None: it never started."""
        slot, edges = SLOT[event], self.path.edges
        for place, edge in enumerate(edges):
            if slot in edge.starts:
                after = range(place + 1, len(edges))
                stop = next((n for n in after if not _running(edges[n], slot)), len(edges) - 1)
                return self.times[stop] - self.times[place]
        return None

    def messages(self) -> PerParty:
        """Lengths of the messages that are set; one that is cut is a second longer than heard."""
        setting = self.path.configuration
        return PerParty(
            contact=self._message(Party.CONTACT) if setting.contact_message else None,
            employee=self._message(Party.EMPLOYEE) if setting.employee_message else None,
        )

    def _message(self, party: Party) -> Milliseconds:
        length = self._length(MESSAGE_ENDED[party])
        return (self._ran(MESSAGE_ENDED[party]) or 0) + SECOND if length is None else length

    def people(self) -> People:
        """What both parties do, and how long they talk."""
        talk = self._length(Event.CONVERSATION_ENDED)
        ran = self._ran(Event.CONVERSATION_ENDED)
        if talk is None and ran is not None and ran >= CONVERSATION:
            talk = ran + SECOND
        return People(
            contact=self._person(Party.CONTACT),
            employee=self._person(Party.EMPLOYEE),
            conversation=talk,
        )

    def _person(self, party: Party) -> Person:
        answered = self._length(ANSWERED[party])
        unreached = self._length(UNREACHED[party])
        gone = self._length(HUNG_UP[party])
        if answered is None and gone is not None:  # no table of ours does that
            answered = (self._ran(ANSWERED[party]) or 0) + SECOND
        if answered is not None:
            return Person(reaction=Reaction.ANSWERS, after=answered, hangs_up_after=gone)
        if unreached is not None:
            return Person(reaction=Reaction.BUSY, after=unreached)
        rang = self._ran(UNREACHED[party]) is not None
        return Person(reaction=Reaction.NO_ANSWER) if rang else Person()

    def ring_timeout(self) -> PerParty:
        """Time-outs, where the usual ones would come too early."""
        return PerParty(contact=self._rings(Party.CONTACT), employee=self._rings(Party.EMPLOYEE))

    def _rings(self, party: Party) -> Milliseconds | None:
        rings = [self._length(ANSWERED[party]), self._length(UNREACHED[party])]
        rang = max((one for one in rings if one is not None), default=None)
        if rang is None:
            rang = self._ran(UNREACHED[party])
        return rang + SECOND if rang is not None and rang >= RING_TIMEOUT[party] else None


def _running(edge: Edge, slot: int) -> bool:
    """Whether the clock of a slot runs on after a step."""
    return any(exit_slot == slot for exit_slot, _ in edge.exits)


def paths_of(graph: Graph, order: Sequence[Event] = SIMULTANEOUS) -> tuple[Path, ...]:
    """Every path of one configuration, in the order of its table."""
    found: list[Path] = []

    def walk(edges: tuple[Edge, ...]) -> None:
        exits = edges[-1].exits
        if not exits:
            found.append(Path(graph.configuration, edges, order))
        for _, edge in exits:
            walk((*edges, edge))

    walk((graph.start,))
    return tuple(found)


@cache
def all_paths() -> tuple[Path, ...]:
    """Every path of every configuration."""
    return tuple(
        path for configuration in configurations() for path in paths_of(rules_for(configuration))
    )
