"""Calls whose times are unknown: a path as a `Timeline` whose moments are `unknowns.Time`.

Beside its steps a call has clocks that nobody saw run out: a message that was cut, a hang-up that
came too late, a phone that rang on. Their lengths stand in the case, and what must be so may depend
on them, so they are unknown moments, too: later than all that happened in their stead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import cached_property
from itertools import product
from typing import cast

from attrs import evolve, frozen

from ..api.request import Request
from ..call.case import Case, PerParty, Person, Reaction
from ..call.timeline import Mark, Moment, Timeline, marks
from ..units import NEVER, Milliseconds
from ..words import ANSWERED, HUNG_UP, MESSAGE_ENDED, SLOT, UNREACHED, Event, Party
from .paths import SECOND, Path
from .properties import Call
from .properties.facts import Facts, Ring
from .unknowns import Entangled, Time, ZoneWorld
from .zones import Bound


class _Clock(Enum):
    """How much is known of a clock that did not run out."""

    UNSEEN = auto()  # it would have run out after the end of its state
    ALONE = auto()  # it has a length, and nothing else is known
    NEVER = auto()  # it never runs out


#: A clock's length, as the places of two moments.
_Length = tuple[int, int]


@frozen(eq=False)
class Unknown:
    """A path whose times are unknown, with the clocks of its case that nobody saw run out.

    Attributes:
        lengths: of each slot whose clock has a length, the moments between which that lies.
        unseen: slots of those that would have run out later.
        size: how many moments there are: its steps, then ends of other clocks; the last one is that
            at which a DTMF mark is due.
        bounds: what the moments must fulfil.
    """

    path: Path
    lengths: Mapping[int, _Length]
    unseen: frozenset[int]
    size: int
    bounds: tuple[Bound, ...]


def unknowns(path: Path, *, whole: bool) -> Iterator[Unknown]:
    """A path with unknown times, once for each way in which its unseen clocks can have been set.

    Args:
        whole: False: of hang-ups and rings that did not come to pass nothing is known. For most
            properties that is enough, and it is one way instead of up to sixteen.

    Raises:
        Entangled: a clock starts twice, so that its length binds four moments.
    """
    ran, unseen = _clocks(path)
    ways: list[list[dict[int, _Clock]]] = []
    for party in Party:
        answered, unreached = SLOT[ANSWERED[party]], SLOT[UNREACHED[party]]
        if answered in ran or unreached in ran:
            continue
        if whole and answered in unseen:
            ways.append([{answered: _Clock.UNSEEN}, {unreached: _Clock.UNSEEN}])
        else:
            ways.append([{answered: _Clock.ALONE}])
    for event in (*MESSAGE_ENDED.values(), Event.CONVERSATION_ENDED):
        slot = SLOT[event]
        if slot not in ran:
            ways.append([{slot: _Clock.UNSEEN if slot in unseen else _Clock.ALONE}])
    for event in HUNG_UP.values():
        slot = SLOT[event]
        if slot not in ran:
            seen = whole and slot in unseen
            ways.append([{slot: _Clock.UNSEEN}, {}] if seen else [{slot: _Clock.ALONE}])
    for chosen in product(*ways):
        kinds = {slot: kind for way in chosen for slot, kind in way.items()}
        yield _unknown(path, ran, unseen, kinds)


def _clocks(path: Path) -> tuple[dict[int, _Length], dict[int, _Length]]:
    """The clocks that ran out, and those that were void.

    Each with the step that started it, and the step at which it ran out or was void.
    """
    ran: dict[int, _Length] = {}
    unseen: dict[int, _Length] = {}
    happens: dict[int, int] = {}
    for place, edge in enumerate(path.edges):
        if happens.setdefault(SLOT[edge.event], place) != place:
            raise Entangled(f"{edge.event} happens twice")
    for begun, edge in enumerate(path.edges):
        for slot in edge.starts:
            if slot in ran or slot in unseen:
                raise Entangled(f"the clock of {tuple(Event)[slot]} starts twice")
            if slot in happens:
                ran[slot] = (begun, happens[slot])
                continue
            after = range(begun + 1, len(path.edges))
            unseen[slot] = (
                begun,
                next(n for n in after if all(other != slot for other, _ in path.edges[n].exits)),
            )
    return ran, unseen


def _unknown(
    path: Path,
    ran: Mapping[int, _Length],
    unseen: Mapping[int, _Length],
    kinds: Mapping[int, _Clock],
) -> Unknown:
    rank = {event: place for place, event in enumerate(path.order)}
    events = tuple(Event)
    bounds, lengths, size = list(path.bounds()), dict(ran), len(path.edges)
    for slot, kind in kinds.items():
        event = events[slot]
        begun, over = unseen[slot] if kind is _Clock.UNSEEN else (0, 0)
        bounds.append(Bound(begun, size, int(event in _TAKES_TIME)))
        for place in range(begun + 1, over + 1):
            first = rank[event] < rank[path.edges[place].event]
            bounds.append(Bound(place, size, int(first)))
        lengths[slot] = (begun, size)
        size += 1
    bounds.append(Bound(path.place(Event.CONTACT_ANSWERED) or 0, size, 0))
    later = frozenset(slot for slot, kind in kinds.items() if kind is _Clock.UNSEEN)
    return Unknown(path, lengths, later, size + 1, tuple(bounds))


_TAKES_TIME = (*MESSAGE_ENDED.values(), Event.CONVERSATION_ENDED)


# --------------------------------------------------------------------------- calls with such times


class Lived:
    """The call of a path in one world.

    Args:
        world: decides how its times compare.
    """

    def __init__(self, unknown: Unknown, world: ZoneWorld, case: Case) -> None:
        self.unknown = unknown
        self.world = world
        self._case = case
        times = [cast(int, Time(world, {place: 1})) for place in range(1, unknown.size)]
        self._moments = (0, *times)
        self._lengths: dict[Event, Milliseconds | None] = {}

    def moment(self, place: int) -> Milliseconds:
        """The time of a moment; what stands for it does as a number does."""
        return self._moments[place]

    def length(self, event: Event) -> Milliseconds | None:
        """How long the clock of an event runs; None: it never runs out."""
        if event not in self._lengths:
            self._lengths[event] = self._length(event)
        return self._lengths[event]

    def _length(self, event: Event) -> Milliseconds | None:
        setting = self.unknown.path.configuration
        if (event is Event.CONTACT_MESSAGE_ENDED and not setting.contact_message) or (
            event is Event.EMPLOYEE_MESSAGE_ENDED and not setting.employee_message
        ):
            return None  # a message that is not set has no end, whatever a table makes of it
        found = self.unknown.lengths.get(SLOT[event])
        return None if found is None else self.moment(found[1]) - self.moment(found[0])

    def lengths(self, **other: Milliseconds) -> tuple[Milliseconds, ...]:
        """All ten, as the simulator takes them; some of them others, by the event's word."""
        found = [self.length(event) if event is not Event.START else 0 for event in Event]
        told = [NEVER if one is None else one for one in found]
        for word, value in other.items():
            told[SLOT[Event(word)]] = value
        return tuple(told)

    @property
    def moments(self) -> tuple[Moment, ...]:
        """Its steps."""
        edges = self.unknown.path.edges
        return tuple(zip(self._moments, edges, strict=False))

    @cached_property
    def call(self) -> Call:
        """The call as properties see it, with one mark at an unknown wait."""
        timeline = _Marked(self._case, self.moments)
        answered = self.unknown.path.place(Event.CONTACT_ANSWERED) or 0
        timeline.wait = self.moment(self.unknown.size - 1) - self.moment(answered)
        return Call(timeline, self._facts(timeline.wait))

    def _facts(self, wait: Milliseconds) -> Facts:
        setting = self.unknown.path.configuration
        contact, employee, tts = setting.contact_message, setting.employee_message, self._case.tts
        first, on = setting.first_call, setting.switch_at_once
        return Facts(
            first=first,
            requested=on or tts,
            tts=tts,
            switch=on,
            message={
                Party.CONTACT: self.length(Event.CONTACT_MESSAGE_ENDED),
                Party.EMPLOYEE: self.length(Event.EMPLOYEE_MESSAGE_ENDED),
            },
            due={
                Party.CONTACT: contact and not (first is Party.EMPLOYEE and on),
                Party.EMPLOYEE: employee and not (first is Party.CONTACT and on),
            },
            ring={party: self._ring(party) for party in Party},
            hangs_up={party: self.length(HUNG_UP[party]) for party in Party},
            conversation=cast(int, self.length(Event.CONVERSATION_ENDED)),
            ended_by=Party.CONTACT,
            marks=((wait, DIGIT),),
        )

    def _ring(self, party: Party) -> Ring:
        answered = self.length(ANSWERED[party])
        if answered is not None:
            return Ring(answered, None)
        return Ring(cast(int, self.length(UNREACHED[party])), "busy")


class _Marked(Timeline):
    """A timeline with one DTMF mark that waits for an unknown time."""

    wait: Milliseconds

    @property
    def dtmf(self) -> tuple[Mark, ...]:
        """The mark."""
        answered = self.moment(Event.CONTACT_ANSWERED)
        return tuple(marks([(self.wait, DIGIT)], answered, self.duration))


def case_of(unknown: Unknown, times: Sequence[Milliseconds], request: Request) -> Case:
    """The case of a call at these times, with the clocks that nobody saw run out.

    Args:
        request: what was sent; its mark waits for as many seconds as the times say.
    """
    answered = unknown.path.place(Event.CONTACT_ANSWERED) or 0
    dots = "." * round((times[-1] - times[answered]) / SECOND)
    case = unknown.path.case(times[: len(unknown.path.edges)])
    seen = {
        event: times[unknown.lengths[SLOT[event]][1]] - times[unknown.lengths[SLOT[event]][0]]
        for event in Event
        if SLOT[event] in unknown.unseen
    }
    people, messages = case.people, case.messages
    talk = seen.get(Event.CONVERSATION_ENDED, people.conversation)
    return evolve(
        case,
        request=evolve(request, dtmf_string=dots + DIGIT),
        people=evolve(
            people,
            contact=_person(people.contact, Party.CONTACT, seen),
            employee=_person(people.employee, Party.EMPLOYEE, seen),
            conversation=talk,
        ),
        messages=PerParty(
            contact=seen.get(Event.CONTACT_MESSAGE_ENDED, messages.contact),
            employee=seen.get(Event.EMPLOYEE_MESSAGE_ENDED, messages.employee),
        ),
    )


def _person(person: Person, party: Party, seen: Mapping[Event, Milliseconds]) -> Person:
    if ANSWERED[party] in seen:
        return Person(reaction=Reaction.ANSWERS, after=seen[ANSWERED[party]])
    if UNREACHED[party] in seen:
        return Person(reaction=Reaction.BUSY, after=seen[UNREACHED[party]])
    if HUNG_UP[party] in seen:
        return evolve(person, hangs_up_after=seen[HUNG_UP[party]])
    return person


#: The digits of the one mark.
DIGIT = "1"
