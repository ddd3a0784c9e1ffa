"""What differs between two calls, and for whom: data, in milliseconds.

Two calls differ if anybody could notice it: if a leg is in another state at some moment, a phone
rings, is answered or is released at another moment, other DTMF is sent, a party sees another
number, or the call turns out, ends or lasts otherwise. What only stands behind a call (clauses,
settings in force, parameters without effect, assumptions, the numbers that are dialed) can differ
between calls that do not; `Difference.behind` tells it.

The module compares two timelines that are ready. It knows no words for people and no pictures, and
decides nothing about what happens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple

from attrs import define, field

from ..clauses import Clauses, ids
from ..units import Milliseconds, seconds
from ..words import LegState, Party
from .case import Case
from .loading import case_to_dict
from .timeline import Leg, Mark, Timeline


class Kind(StrEnum):
    """What is measured of a leg, or of the call."""

    RINGS_AT = "rings_at"
    RINGS = "rings"
    MESSAGE = "message"
    WAITS = "waits"
    MUSIC = "music"
    TALKS = "talks"
    LASTS = "lasts"


class Figure(NamedTuple):
    """A figure that differs.

    Attributes:
        party: whose; None: the call's.
        before, after: of the first call and of the second: the moment at which the phone begins to
            ring (``RINGS_AT``), else a length. None: there is none, as of a message not played.
    """

    party: Party | None
    kind: Kind
    before: Milliseconds | None
    after: Milliseconds | None

    @property
    def change(self) -> Milliseconds:
        """How much more it is in the second call; what is not there counts as nothing."""
        return (self.after or 0) - (self.before or 0)


class Stretch(NamedTuple):
    """A stretch of time in which a leg is in another state; after its release it is in none."""

    start: Milliseconds
    end: Milliseconds


class MarkPair(NamedTuple):
    """DTMF that was sent, by its place in the order of sending; None: there is no more of it."""

    before: Mark | None
    after: Mark | None

    @property
    def at(self) -> Milliseconds:
        """The earlier of both moments."""
        return min(mark.at for mark in self if mark is not None and mark.at is not None)


class Ground(StrEnum):
    """What stands behind a call, unnoticed by those who live through it."""

    CLAUSES = "clauses"
    SETTINGS = "settings"
    NO_EFFECT = "no_effect"
    WARNINGS = "warnings"
    ASSUMPTIONS = "assumptions"
    NUMBERS = "numbers"
    UNSENT = "unsent"


class Behind(NamedTuple):
    """What stands behind one of the calls alone, each thing as a word of the field or a path.

    Of clauses both can be empty: the same ones stand behind other stretches of time.
    """

    ground: Ground
    before: tuple[str, ...]
    after: tuple[str, ...]


class Change(NamedTuple):
    """What the second case says otherwise; values as in a case file, None: left out."""

    path: str
    before: Any
    after: Any


def _shown(call: Timeline) -> str:
    """A call by what it comes from."""
    return repr(call.case)


@define(eq=False)
class Difference:
    """What differs between two calls.

    Attributes:
        before, after: the calls.
        figures: all that differ, the contact's first, the call's last.
        stretches: of each party, in order, neighbours joined.
        marks: pairs of sent DTMF that differ in digits, moment or being there.
        callers: who sees another number, of those whose phones ring in both calls.
        ends_otherwise: another outcome, another reason, or another party that hangs up.
    """

    before: Timeline = field(repr=_shown)
    after: Timeline = field(repr=_shown)
    figures: tuple[Figure, ...] = field(init=False)
    stretches: Mapping[Party, tuple[Stretch, ...]] = field(init=False, repr=False)
    marks: tuple[MarkPair, ...] = field(init=False, repr=False)
    callers: tuple[Party, ...] = field(init=False, repr=False)
    ends_otherwise: bool = field(init=False, repr=False)

    @figures.default
    def _measured(self) -> tuple[Figure, ...]:
        return tuple(_figures(self.before, self.after))

    @stretches.default
    def _compared(self) -> Mapping[Party, tuple[Stretch, ...]]:
        return {
            party: tuple(_stretches(self.before.leg(party), self.after.leg(party)))
            for party in Party
        }

    @marks.default
    def _paired(self) -> tuple[MarkPair, ...]:
        pairs = zip_longest(_sent(self.before), _sent(self.after))
        return tuple(MarkPair(*pair) for pair in pairs if _noticed(pair[0]) != _noticed(pair[1]))

    @callers.default
    def _seen(self) -> tuple[Party, ...]:
        numbers = (
            (party, _number(self.before, party), _number(self.after, party)) for party in Party
        )
        return tuple(party for party, one, other in numbers if one and other and one != other)

    @ends_otherwise.default
    def _ended(self) -> bool:
        return _ending(self.before) != _ending(self.after)

    @property
    def differs(self) -> bool:
        """Whether anybody could notice it; see the head of the module."""
        return bool(
            self.figures
            or any(self.stretches.values())
            or self.marks
            or self.callers
            or self.ends_otherwise
        )

    @property
    def begins(self) -> tuple[Milliseconds, Milliseconds] | None:
        """When the conversations begin, if both calls have one and they begin apart."""
        one, other = self.before.conversation, self.after.conversation
        if one is None or other is None or one.start == other.start:
            return None
        return one.start, other.start

    @property
    def since(self) -> Milliseconds | None:
        """Up to this moment all is the same in both calls; None: it is to the end."""
        if not self.differs:
            return None
        found = [stretch.start for stretches in self.stretches.values() for stretch in stretches]
        found += [pair.at for pair in self.marks]
        found += [min(_rings_at(call, party) for call in self._calls) for party in self.callers]
        # What takes no time happens in the moment in which the call ends.
        return min([*found, self.before.duration, self.after.duration])

    @property
    def _calls(self) -> tuple[Timeline, Timeline]:
        return self.before, self.after

    @cached_property
    def behind(self) -> tuple[Behind, ...]:
        """What differs and cannot be noticed."""
        return tuple(_behind(self.before, self.after))

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Where the cases differ: paths of the case file, but for names and access tokens."""
        return changes(self.before.case, self.after.case)


def changes(before: Case, after: Case) -> tuple[Change, ...]:
    """What one case says otherwise than the other.

    Names, expectations and access tokens do not count: no call depends on them.
    """
    return tuple(_changes("", _written(before), _written(after)))


# ------------------------------------------------------------------------------------- noticed


def _figures(before: Timeline, after: Timeline) -> Iterator[Figure]:
    for party in Party:
        both = zip(_of(before.leg(party)), _of(after.leg(party)), strict=True)
        for (kind, one), (_, other) in both:
            if one != other and not (kind is Kind.RINGS_AT and None in (one, other)):
                yield Figure(party, kind, one, other)
    if before.duration != after.duration:
        yield Figure(None, Kind.LASTS, before.duration, after.duration)


def _of(leg: Leg) -> tuple[tuple[Kind, Milliseconds | None], ...]:
    figures = leg.figures
    rings = sum(one.length for one in leg.segments if one.state is LegState.DIALING)
    return (
        (Kind.RINGS_AT, leg.dialed),
        (Kind.RINGS, None if leg.dialed is None else rings),
        (Kind.MESSAGE, figures.message_heard or None),
        (Kind.WAITS, figures.waited),
        (Kind.MUSIC, figures.music_heard or None),
        (Kind.TALKS, figures.talked or None),
    )


def _stretches(one: Leg, other: Leg) -> Iterator[Stretch]:
    borders = sorted(
        {
            border
            for leg in (one, other)
            for segment in leg.segments
            for border in (segment.start, segment.end)
        }
    )
    begun: Milliseconds | None = None
    for start, end in pairwise(borders):
        if _state(one, start) is _state(other, start):
            begun = None
            continue
        begun = start if begun is None else begun
        if end == borders[-1] or _state(one, end) is _state(other, end):
            yield Stretch(begun, end)


def _state(leg: Leg, at: Milliseconds) -> LegState:
    """What the leg does from this moment on; before and after its segments, nothing."""
    for segment in leg.segments:
        if segment.start <= at < segment.end:
            return segment.state
    return LegState.IDLE


def _sent(call: Timeline) -> Iterator[Mark]:
    return (mark for mark in call.dtmf if mark.sent)


def _noticed(mark: Mark | None) -> tuple[Milliseconds | None, str] | None:
    return None if mark is None else (mark.at, mark.digits)


def _number(call: Timeline, party: Party) -> str | None:
    caller = call.leg(party).caller_id
    return None if caller is None else caller.number


def _rings_at(call: Timeline, party: Party) -> Milliseconds:
    return call.leg(party).dialed or 0


def _ending(call: Timeline) -> tuple[object, ...]:
    return call.outcome, call.reason, call.ended_by


# -------------------------------------------------------------------------------------- behind it


def _behind(before: Timeline, after: Timeline) -> Iterator[Behind]:
    moved = _grounds(before) != _grounds(after)
    for ground, one, other in (
        (Ground.CLAUSES, _cited(before), _cited(after)),
        (Ground.SETTINGS, _in_force(before), _in_force(after)),
        (Ground.NO_EFFECT, _paths(before.no_effect), _paths(after.no_effect)),
        (Ground.WARNINGS, _paths(before.warnings), _paths(after.warnings)),
        (Ground.ASSUMPTIONS, _assumed(before), _assumed(after)),
        (Ground.NUMBERS, _dialed(before), _dialed(after)),
        (Ground.UNSENT, _unsent(before), _unsent(after)),
    ):
        alone = _alone(one, other), _alone(other, one)
        if any(alone) or (ground is Ground.CLAUSES and moved):
            yield Behind(ground, *alone)


def _alone(these: Iterable[str], those: Iterable[str]) -> tuple[str, ...]:
    known = set(those)
    return tuple(dict.fromkeys(one for one in these if one not in known))


def _grounds(call: Timeline) -> list[object]:
    """Every clause with what it stands behind."""
    steps = [(step.at, step.event, step.contact, step.employee) for step in call.steps]
    parts = [(part, party) for party in Party for part in _parts(call.leg(party))]
    callers = [call.leg(party).caller_id for party in Party]
    return [steps, parts, callers, call.dtmf, call.effective.clauses]


def _parts(leg: Leg) -> Iterator[tuple[Milliseconds, Milliseconds, Clauses]]:
    for segment in leg.segments:
        for part in segment.parts:
            yield part.start, part.end, part.clauses


def _cited(call: Timeline) -> list[str]:
    given = [call.effective.clauses]
    given += [
        clauses for step in call.steps for clauses in (step.contact, step.employee) if clauses
    ]
    callers = (call.leg(party).caller_id for party in Party)
    given += [cited.clauses for cited in (*callers, *call.dtmf) if cited is not None]
    return [id_ for clauses in given for id_ in ids(clauses)]


def _in_force(call: Timeline) -> list[str]:
    settings = call.effective
    return [
        f"first_call {settings.first_call}",
        f"switch_at_once {str(settings.switch_at_once).lower()}",
    ]


def _paths(entries: Iterable[Any]) -> list[str]:
    return [entry.path for entry in entries]


def _assumed(call: Timeline) -> list[str]:
    return [
        entry.path if entry.value is None else f"{entry.path} {entry.value}"
        for entry in call.assumptions
    ]


def _dialed(call: Timeline) -> list[str]:
    legs = (call.leg(party) for party in Party)
    return [f"{leg.party} {leg.number}" for leg in legs if leg.number and leg.dialed is not None]


def _unsent(call: Timeline) -> list[str]:
    due = (
        f"{mark.digits}" if mark.at is None else f"{mark.digits} at {seconds(mark.at)}"
        for mark in call.dtmf
        if not mark.sent
    )
    return list(due)


# -------------------------------------------------------------------------------------- the cases

#: Above these paths a change is told as one, wherever it is made.
_TOGETHER = frozenset(
    (
        "request.contact_message",
        "scenario.employee_message",
        "people.contact",
        "people.employee",
        "people.conversation",
    )
)


def _written(case: Case) -> dict[str, Any]:
    tree = case_to_dict(case, secrets=False)
    request = tree["request"]
    kept = {key: value for key, value in tree.items() if key not in ("name", "expect")}
    return {**kept, "request": request.get("params", request)}


def _changes(path: str, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    kinds = {type(value) for value in (before, after) if value is not None}
    if kinds != {dict}:
        yield Change(path, before, after)
        return
    one, other = before or {}, after or {}
    found = [
        change
        for key in dict.fromkeys((*one, *other))
        for change in _changes(f"{path}.{key}" if path else key, one.get(key), other.get(key))
    ]
    if len(found) > 1 and path in _TOGETHER:
        yield Change(path, before, after)
    else:
        yield from found
