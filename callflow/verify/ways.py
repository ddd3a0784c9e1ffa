"""Every way in which one set-up can go: the paths of a case's configuration, each as a real case.

The set-up is what a designer decides and what the account and the scenario bring: request,
scenario, how long the messages are, how long phones ring. It stays. What people do is chosen so
that each path is taken: the case's own times where they lead there, else whole seconds near them,
and so far apart that every step can be seen. The case's own way keeps its own times, whatever they
are.

A path that no times of people lead along is told with what stands in its way. The module draws
nothing, and what follows on what it asks the table (`paths`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from attrs import evolve, field, frozen

from ..call.case import Case, People, Person, Reaction
from ..call.loading import case_to_dict
from ..call.loading.writing import yaml_flow
from ..call.plan import ANSWERS_AFTER, CONVERSATION, message_length, plan, ring_timeout
from ..call.simulator import simulate
from ..call.timeline import Timeline
from ..choreography import SIMULTANEOUS, rules_for
from ..clauses import G21, Clauses
from ..draw import wording
from ..draw.catalogue import later, say, term
from ..units import LONGEST, NEVER, Milliseconds
from ..words import (
    ANSWERED,
    HUNG_UP,
    MESSAGE_ENDED,
    SLOT,
    UNREACHED,
    Basis,
    Event,
    Outcome,
    Party,
)
from .paths import SECOND, Path, paths_of
from .zones import Bound, Zone

#: How far apart steps are tried to be, the first that serves best; small where messages are short.
_GAPS: tuple[Milliseconds, ...] = (2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1, 0)
#: What a chosen time is a multiple of, the first that there is room for.
_GRID: tuple[Milliseconds, ...] = (SECOND, 500, 100, 10, 1)

#: Where the case says nothing: how soon a phone is busy that must not ring to its end, and how
#: long people bear with it before they hang up, if they have that long.
_BUSY_AFTER: Milliseconds = 3 * SECOND
_PATIENCE: Milliseconds = 4 * SECOND
_TALK: Milliseconds = 10 * SECOND

_RANK = {event: place for place, event in enumerate(SIMULTANEOUS)}
_PEOPLE = frozenset(
    (*ANSWERED.values(), *UNREACHED.values(), *HUNG_UP.values(), Event.CONVERSATION_ENDED)
)
#: In a list people read how it goes well first, then who fails, in the order of events.
_READ = {
    event: place
    for place, event in enumerate(
        (Event.CONVERSATION_ENDED, *(one for one in Event if one is not Event.CONVERSATION_ENDED))
    )
}


@frozen(kw_only=True, eq=False)
class Way:
    """One way in which the set-up can go.

    Attributes:
        path: through the table.
        timeline: the call; its case differs from the case asked about in what people do.
        own: it is the way of the case as it stands.
        settings: what has to be set in the case to get there, each ``PATH=VALUE``.
    """

    path: Path
    timeline: Timeline
    own: bool
    settings: tuple[str, ...]

    @property
    def case(self) -> Case:
        """The case that goes this way."""
        return self.timeline.case

    @property
    def outcome(self) -> Outcome:
        """How the call turns out."""
        return self.timeline.outcome

    @property
    def inferred(self) -> Clauses:
        """The inferred clauses behind its steps, without G21, which ends every conversation."""
        return tuple(
            clause
            for clause in self.path.clauses
            if clause.basis is Basis.INFERRED and clause is not G21
        )


@frozen
class Barred:
    """A path of the configuration that no times of people lead along in this set-up.

    Attributes:
        why: what stands in its way, in words.
    """

    path: Path
    why: str


@frozen(kw_only=True, eq=False)
class Ways:
    """Every way in which one set-up can go.

    Attributes:
        case: the case asked about.
        ways: those with the outcome of the case first: its own, then those that differ from it in
            their end alone; within an outcome those of fewer steps first.
        barred: the paths of the configuration that the set-up does not let happen.
    """

    case: Case
    ways: tuple[Way, ...]
    barred: tuple[Barred, ...]

    @property
    def own(self) -> Way:
        """The way of the case as it stands."""
        return self.ways[0]


def ways_of(case: Case) -> Ways:
    """Every way in which the set-up of a case can go; together with what is barred, each path once.

    A `Case` that exists has ways; nothing is raised.
    """
    own = simulate(case)
    taken = tuple(edge.event for _, edge in own.moments)
    ways, barred = [], []
    for path in paths_of(rules_for(case.configuration)):
        if path.events == taken:
            ways.append(Way(path=path, timeline=own, own=True, settings=()))
            continue
        setup = _SetUp(case, path)
        times = setup.times()
        if times is None:
            barred.append(Barred(path, setup.obstacle()))
            continue
        chosen = evolve(case, people=setup.people(times), expect=None)
        settings = tuple(settings_between(case, chosen))
        ways.append(Way(path=path, timeline=simulate(chosen), own=False, settings=settings))
    outcomes = [own.outcome, *(one for one in Outcome if one is not own.outcome)]
    ways.sort(
        key=lambda way: (
            outcomes.index(way.outcome),
            not way.own,
            way.path.events[:-1] != taken[:-1],
            _reading(way.path),
        )
    )
    barred.sort(key=lambda one: _reading(one.path))
    return Ways(case=case, ways=tuple(ways), barred=tuple(barred))


def _reading(path: Path) -> tuple[int, tuple[int, ...]]:
    return len(path.edges), tuple(_READ[event] for event in path.events)


# ------------------------------------------------------------------------------------ what to set


def settings_between(before: Case, after: Case) -> Iterable[str]:
    """What ``--set`` takes to make one case of another that differs in what people do."""
    told = case_to_dict(after).get("people", {})
    for party in Party:
        old, new = before.people.of(party), after.people.of(party)
        path = f"people.{party}"
        if old == new:
            continue
        if _answering(old) and _answering(new):
            member = told.get(str(party)) or {}
            if old.after != new.after:
                yield _setting(f"{path}.answers_after", member.get("answers_after"))
            if old.hangs_up_after != new.hangs_up_after:
                yield _setting(f"{path}.hangs_up_after", member.get("hangs_up_after"))
        else:
            yield _setting(path, told.get(str(party)))
    if before.people.conversation != after.people.conversation:
        yield _setting("people.conversation", told.get("conversation"))


def _answering(person: Person) -> bool:
    return person.reaction in (None, Reaction.ANSWERS)


def _setting(path: str, value: Any) -> str:
    return f"{path}={'' if value is None else yaml_flow(value)}"


# ---------------------------------------------------------------------------------- times of people


@frozen
class _SetUp:
    """A case and a path of its configuration: which times of people lead along it."""

    case: Case
    path: Path
    #: How long each clock runs in the case as it stands, in the order of `words.Event`.
    own: tuple[Milliseconds, ...] = field(init=False)

    @own.default
    def _planned(self) -> tuple[Milliseconds, ...]:
        return plan(self.case).lengths

    def clock(self, event: Event) -> tuple[int, int] | None:
        """The places at which the clock of an event starts and stops; None: it never runs."""
        slot, edges = SLOT[event], self.path.edges
        for place, edge in enumerate(edges):
            if slot in edge.starts:
                after = range(place + 1, len(edges))
                runs_on = (n for n in after if all(one != slot for one, _ in edges[n].exits))
                return place, next(runs_on)
        return None

    # ------------------------------------------------------------------------------------ the zone

    def zone(self, *, rings: bool = True, days: bool = True) -> Zone | None:
        """All times of people that lead along the path; None: none do.

        Args:
            rings: phones ring no longer than in the case.
            days: what people do takes no longer than a case can say.
        """
        zone = self.path.zone()
        if zone is None or not all(self._message(zone, party) for party in Party):
            return None
        if rings and not all(self._ring(zone, party) for party in Party):
            return None
        if days and not all(zone.at_most(*span, LONGEST) for span in self._people_spans()):
            return None
        return zone

    def _message(self, zone: Zone, party: Party) -> bool:
        event = MESSAGE_ENDED[party]
        clock = self.clock(event)
        if clock is None:
            return True
        length = message_length(self.case, party) or 0
        if self.path.edges[clock[1]].event is event:
            return zone.exactly(*clock, length)
        return self._void(zone, event, clock, length)

    def _ring(self, zone: Zone, party: Party) -> bool:
        clock = self.clock(UNREACHED[party])
        if clock is None:
            return True
        timeout = ring_timeout(self.case, party)
        ended = self.path.edges[clock[1]].event
        if ended is UNREACHED[party]:
            return zone.at_most(*clock, timeout)
        if ended is ANSWERED[party]:
            return zone.at_most(*clock, timeout - 1)
        return self._void(zone, UNREACHED[party], clock, timeout)

    def _void(self, zone: Zone, event: Event, clock: tuple[int, int], length: Milliseconds) -> bool:
        """A clock of a known length that is stopped: all that happens meanwhile comes before."""
        start, stop = clock
        return all(
            zone.at_most(
                start, place, length - (_RANK[self.path.edges[place].event] > _RANK[event])
            )
            for place in range(start + 1, stop + 1)
        )

    def _people_spans(self) -> Iterable[tuple[int, int]]:
        for place, edge in enumerate(self.path.edges):
            if edge.event in _PEOPLE:
                yield self.path.started[place], place
        talk = self.clock(Event.CONVERSATION_ENDED)
        if talk is not None:
            yield talk

    # ------------------------------------------------------------------------------------- choosing

    def times(self) -> tuple[Milliseconds, ...] | None:
        """The times to show, one for each step; None: no times lead along the path.

        Every step takes time, as many of the case's own times are kept as can be, whole seconds are
        better than parts of them, and steps far apart better than near ones: in this order.
        """
        whole = self.zone()
        if whole is None:
            return None
        for clock, length in self._spared():
            whole.at_most(*clock, length - 1)  # if there is room for it
        best, least = None, None
        for gap in _GAPS:
            zone = whole.copy()
            steps = range(1, len(self.path.edges))
            if not zone.narrow(Bound(place - 1, place, gap) for place in steps):
                continue
            times = self._chosen(zone)
            price = self._price(times)
            if least is None or price < least:
                best, least = times, price
            if not any(least):
                break
        return best

    def _spared(self) -> Iterable[tuple[tuple[int, int], Milliseconds]]:
        """Clocks that are stopped on the path, and how long they would run otherwise.

        A stop at their very end would be hard to read; and whoever hangs up in time leaves what
        the other one would do as it is.
        """
        for party in Party:
            yield from self._stopped(MESSAGE_ENDED[party], message_length(self.case, party))
            if self.path.place(ANSWERED[party]) is None:
                yield from self._stopped(UNREACHED[party], ring_timeout(self.case, party))
        if self.path.edges[-1].event in HUNG_UP.values():
            for event in _READ:
                own = self.own[SLOT[event]]
                if event in _PEOPLE and 2 * SECOND <= own < NEVER:
                    yield from self._stopped(event, own)

    def _stopped(
        self, event: Event, length: Milliseconds | None
    ) -> Iterable[tuple[tuple[int, int], Milliseconds]]:
        clock = self.clock(event)
        if clock is not None and length is not None and self.path.place(event) is None:
            yield clock, length

    def _chosen(self, zone: Zone) -> tuple[Milliseconds, ...]:
        """Times in a zone: what people do is fixed step by step, the rest follows."""
        for place, edge in enumerate(self.path.edges):
            if edge.event in _PEOPLE:
                start = self.path.started[place]
                low, high = zone.limits(start, place)
                zone.exactly(start, place, self._length(place, low, high))
        return zone.least()

    def _length(self, place: int, low: Milliseconds, high: Milliseconds | None) -> Milliseconds:
        event = self.path.edges[place].event
        own = self.own[SLOT[event]]
        if own < NEVER and low <= own and (high is None or own <= high):
            return own
        wish = own
        if own >= NEVER or event in HUNG_UP.values():
            wish = self._wish(event, low, high)
        for grid in _GRID:
            least = -(-low // grid) * grid
            most = None if high is None else high // grid * grid
            if most is None or least <= most:
                near = max(round(wish / grid) * grid, least)
                return near if most is None else min(near, most)
        return low

    def _wish(self, event: Event, low: Milliseconds, high: Milliseconds | None) -> Milliseconds:
        """What people might do where the case does not say."""
        party = event.party
        if party is not None and event is UNREACHED[party]:
            timeout = ring_timeout(self.case, party)
            return timeout if high is not None and high >= timeout else _BUSY_AFTER
        if party is not None and event is HUNG_UP[party]:
            patience = _TALK if self.path.talks else _PATIENCE
            return low + (patience if high is None else min(patience, (high - low) // 2))
        return CONVERSATION if event is Event.CONVERSATION_ENDED else ANSWERS_AFTER

    def _price(self, times: Sequence[Milliseconds]) -> tuple[int, int, int]:
        """How many steps coincide, own times are lost, and times are no whole seconds."""
        ties = sum(one == other for one, other in pairwise(times))
        lost = rough = 0
        for place, edge in enumerate(self.path.edges):
            if edge.event in _PEOPLE:
                length = times[place] - times[self.path.started[place]]
                own = self.own[SLOT[edge.event]]
                lost += length != own < NEVER
                rough += length != own and length % SECOND > 0
        return ties, lost, rough

    # --------------------------------------------------------------------------------------- people

    def people(self, times: Sequence[Milliseconds]) -> People:
        """What people do to get there at these times; what does not matter is left as it is."""
        people = self.case.people
        talk = self.clock(Event.CONVERSATION_ENDED)
        conversation = people.conversation
        if talk is not None:
            ran = times[talk[1]] - times[talk[0]]
            own = self.own[SLOT[Event.CONVERSATION_ENDED]]
            if self.path.edges[talk[1]].event is Event.CONVERSATION_ENDED:
                conversation = conversation if ran == own else ran
            elif own <= ran:
                conversation = min(ran + _TALK, LONGEST)
        return evolve(
            people,
            contact=self._person(Party.CONTACT, times),
            employee=self._person(Party.EMPLOYEE, times),
            conversation=conversation,
        )

    def _person(self, party: Party, times: Sequence[Milliseconds]) -> Person:
        person = self.case.people.of(party)
        clock = self.clock(ANSWERED[party])
        if clock is None:  # the phone never rings
            return person
        event = self.path.edges[clock[1]].event
        rang = times[clock[1]] - times[clock[0]]
        answers, fails = (self.own[SLOT[one[party]]] for one in (ANSWERED, UNREACHED))
        if event is ANSWERED[party]:
            hung_up = self.path.place(HUNG_UP[party])
            hangs_up = person.hangs_up_after
            if hung_up is not None:
                hangs_up = times[hung_up] - times[clock[1]]
            elif hangs_up is not None and hangs_up <= times[-1] - times[clock[1]]:
                hangs_up = None
            if rang == answers:
                return evolve(person, hangs_up_after=hangs_up)
            return Person(reaction=Reaction.ANSWERS, after=rang, hangs_up_after=hangs_up)
        if event is UNREACHED[party]:
            if rang == fails:
                return person
            if rang == ring_timeout(self.case, party):
                return Person(reaction=Reaction.NO_ANSWER)
            failing = person.reaction in (Reaction.REJECTS, Reaction.UNAVAILABLE)
            return Person(reaction=person.reaction if failing else Reaction.BUSY, after=rang)
        if min(answers, fails) > rang:  # would have come later than the end
            return person
        return Person(reaction=Reaction.NO_ANSWER)

    # ------------------------------------------------------------------------------------- obstacle

    def obstacle(self) -> str:
        """Why no times of people lead along the path."""
        if self.zone(days=False) is not None:
            return say("people would take more than a day")
        if self.zone(rings=False, days=False) is not None:
            party = next(one for one in Party if self._rings_too_short(one))
            most = wording.length(ring_timeout(self.case, party))
            text = later("the {party}'s phone would have to ring for more than {length}")
            return say(text, party=party, length=most)
        told = [
            f"{wording.length(length)} ({term(party)})"
            for party in Party
            if (length := message_length(self.case, party)) is not None
        ]
        lengths = told[0] if len(told) < 2 else say("{some} and {last}", some=told[0], last=told[1])
        return say("no times fit with messages of {lengths}", lengths=lengths)

    def _rings_too_short(self, party: Party) -> bool:
        zone = self.zone(rings=False, days=False)
        return zone is not None and not self._ring(zone, party)
