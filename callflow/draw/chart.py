"""A machine as plain drawing data: states with their places, arrows with their words, a path.

Configurations that share states and arrows are one machine; there are nine for sixteen. They
differ in clauses only, so an arrow carries one list of clauses for each *wording*, and a wording
says which configurations it serves. Every picture and page of a machine reads its chart. A chart
is worked out from the specialised table alone, decides nothing about what follows what, and knows
no picture: no colours, no files, no Graphviz.

Where a state stands follows from the table, too, so that all nine are drawn alike: an arrow on
which the contact's message ends while the employee is not ready goes right, every other one goes
down; the conversation and the end stand below everything in the first column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from math import prod
from typing import Literal

from attrs import frozen

from ..call.timeline import Moment, Timeline
from ..choreography import rules_for
from ..clauses import Clauses, basis
from ..table import Edge, Graph
from ..units import Milliseconds
from ..words import SLOT, Basis, Configuration, Event, LegState, Party, State, configurations
from .catalogue import ENGLISH, later, say, speaking

#: How failures are drawn: one arrow from a box round all states that can fail, an arrow from each,
#: or none but the one that the shown call takes.
Failures = Literal["grouped", "each", "none"]

#: What wordings are called, where a chart has several.
LETTERS = "abcdefgh"

#: The conversation.
TALK = State(LegState.CONVERSATION, LegState.CONVERSATION)


# ------------------------------------------------------------------------ what a chart is made of


@frozen(kw_only=True)
class Because:
    """The clauses of an arrow in one wording; None: that leg keeps those it had."""

    contact: Clauses | None
    employee: Clauses | None

    @property
    def clauses(self) -> Clauses:
        """Those of both legs, each once: sentences of the source as they come, then the holes."""
        both = dict.fromkeys((*(self.contact or ()), *(self.employee or ())))
        holes = sorted((one for one in both if one.hole), key=lambda hole: int(hole.id[1:]))
        return (*(one for one in both if one.hole is None), *holes)

    @property
    def basis(self) -> Basis:
        """Documented if every clause is from the source."""
        return basis(self.clauses)


@frozen(kw_only=True)
class Arrow:
    """A rule of the machine.

    Attributes:
        because: its clauses, one entry for each wording of the chart.
        failure: the call ends by it before any conversation.
        right: it goes to the second column; all others go down.
        at: when the call that the chart shows takes it; None: it does not, or no call is shown.
    """

    source: State
    event: Event
    target: State
    because: tuple[Because, ...]
    failure: bool
    right: bool
    at: Milliseconds | None = None

    @property
    def basis(self) -> Basis:
        """Inferred if it is in any wording."""
        inferred = any(one.basis is Basis.INFERRED for one in self.because)
        return Basis.INFERRED if inferred else Basis.DOCUMENTED

    @property
    def on_path(self) -> bool:
        """Whether the call that the chart shows takes it."""
        return self.at is not None


@frozen(kw_only=True)
class Place:
    """A state of the machine and where it stands, counted from 0.

    Attributes:
        waiting: a phone rings or somebody waits: from here a call can fail.
        on_path: the call that the chart shows comes to it.
    """

    state: State
    column: int
    row: int
    waiting: bool
    on_path: bool


@frozen(kw_only=True)
class Wording:
    """Configurations with the same machine and the same clauses everywhere.

    Attributes:
        settings: what tells them from the chart's other wordings; all settings if there is one.
    """

    configurations: tuple[Configuration, ...]
    settings: str


@frozen(kw_only=True)
class Chart:
    """A machine to be drawn.

    Attributes:
        settings: what the configurations share, a list of short words, first who is called first,
            in the words that were spoken when the chart was made.
        wordings: one, or those that are told apart as a and b.
        others: what else has these states and arrows, with other clauses.
        name: a name for files: ``contact-first-contact-message-switch-on``.
        places: from the top down, in a row from the left.
        arrows: in the order of the places that they leave; then of the events.
        path: the arrows that a call takes, in order; none if no call is shown.
        call: the name of that call, as its author wrote it.
    """

    settings: tuple[str, ...]
    wordings: tuple[Wording, ...]
    others: tuple[str, ...]
    name: str
    places: tuple[Place, ...]
    arrows: tuple[Arrow, ...]
    path: tuple[Arrow, ...] = ()
    call: str | None = None

    @property
    def title(self) -> str:
        """The settings in one line: ``Contact first, contact message, switch on``."""
        return ", ".join(self.settings)

    @property
    def configurations(self) -> tuple[Configuration, ...]:
        """Every configuration that the chart serves."""
        return tuple(one for wording in self.wordings for one in wording.configurations)

    @property
    def columns(self) -> int:
        """One, or two if the contact can wait after a message."""
        return 1 + max(place.column for place in self.places)

    @property
    def failure(self) -> Arrow | None:
        """The arrow by which the call that is shown fails."""
        return next((arrow for arrow in self.path if arrow.failure), None)

    @property
    def failures(self) -> tuple[tuple[str, Arrow], ...]:
        """The kinds of failure, without saying whose, and of each an arrow: ``..._unreached``."""
        kinds: dict[str, Arrow] = {}
        for arrow in sorted(self.arrows, key=lambda arrow: SLOT[arrow.event]):
            if arrow.failure and arrow.event.party is not None:
                kinds.setdefault(arrow.event.value.replace(arrow.event.party.value, "..."), arrow)
        return tuple(kinds.items())

    def between(self) -> dict[tuple[State, State], tuple[Arrow, ...]]:
        """The arrows by the two states that they join, in order."""
        joined: dict[tuple[State, State], tuple[Arrow, ...]] = {}
        for arrow in self.arrows:
            ends = (arrow.source, arrow.target)
            joined[ends] = (*joined.get(ends, ()), arrow)
        return joined

    def place(self, state: State) -> Place:
        """Where a state stands."""
        return next(place for place in self.places if place.state == state)

    def leaving(self, state: State, *, failure: bool = False) -> tuple[Arrow, ...]:
        """The arrows from a state that lead on, or those by which the call fails."""
        return tuple(
            arrow for arrow in self.arrows if arrow.source == state and arrow.failure is failure
        )


# ----------------------------------------------------------------------------------- which machines


@cache
def machines() -> tuple[tuple[Configuration, ...], ...]:
    """The configurations in groups that are the same machine: sixteen in nine."""
    groups: dict[object, list[Configuration]] = {}
    for configuration in configurations():
        groups.setdefault(rules_for(configuration).machine, []).append(configuration)
    return tuple(map(tuple, groups.values()))


def charts() -> tuple[Chart, ...]:
    """All different machines, each with every wording."""
    return tuple(chart(group) for group in machines())


def charts_where(
    *,
    first_call: Party | None = None,
    contact_message: bool | None = None,
    switch_at_once: bool | None = None,
    employee_message: bool | None = None,
) -> tuple[Chart, ...]:
    """The machines of the configurations that have these settings; None: either.

    ``switch_at_once`` is the effective switch. A chart shows the wordings of those configurations
    and names the machine's others.
    """
    wanted = (first_call, contact_message, switch_at_once, employee_message)
    chosen = {
        one
        for one in configurations()
        if all(wish is None or wish == had for wish, had in zip(wanted, _values(one), strict=True))
    }
    groups = ([one for one in group if one in chosen] for group in machines())
    return tuple(chart(group) for group in groups if group)


def chart(shown: Configuration | Sequence[Configuration]) -> Chart:
    """The chart of one configuration, or of several that are the same machine.

    A wording is shown whole: with every configuration that has the same clauses.

    Raises:
        ValueError: they are different machines, or none.
    """
    asked = (shown,) if isinstance(shown, Configuration) else tuple(shown)
    if len({rules_for(one).machine for one in asked}) != 1:
        raise ValueError("a chart shows configurations of one machine")
    return _chart(asked, (), None)


def chart_of(timeline: Timeline) -> Chart:
    """The chart of a call's configuration, with the path that the call takes."""
    return _chart((timeline.case.configuration,), timeline.moments, timeline.case.name)


def _chart(asked: Sequence[Configuration], moments: Sequence[Moment], call: str | None) -> Chart:
    group = next(group for group in machines() if asked[0] in group)
    wordings = _wordings(group)
    shown = [wording for wording in wordings if any(one in wording for one in asked)]
    served = [one for wording in shown for one in wording]
    varying = [n for n in _SETTINGS if len(shown) > 1 and len(_held(served, n)) > 1]
    shared = [(n, _held(served, n)) for n in _SETTINGS if n not in varying]
    with speaking(ENGLISH):  # names of files are the same in all languages
        name = "-".join(" ".join(_setting(n, values) for n, values in shared).lower().split())
    graphs = [rules_for(wording[0]) for wording in shown]
    found = _arrows(graphs, moments)
    places = _places(graphs[0].start.source, found)
    rank = {place.state: number for number, place in enumerate(places)}
    arrows = sorted(found, key=lambda arrow: (rank[arrow.source], SLOT[arrow.event]))
    taken = {(arrow.source, arrow.event): arrow for arrow in arrows}
    return Chart(
        settings=tuple(_setting(n, values) for n, values in shared),
        wordings=tuple(
            Wording(configurations=wording, settings=_told(wording, varying or _SETTINGS))
            for wording in shown
        ),
        others=tuple(_told(wording, _SETTINGS[1:]) for wording in wordings if wording not in shown),
        name=name,
        places=places,
        arrows=tuple(arrows),
        path=tuple(taken[edge.source, edge.event] for _, edge in moments),
        call=call,
    )


# ------------------------------------------------------------------------------- settings, in words

#: The settings by their place in what `_values` gives.
_SETTINGS = (0, 1, 2, 3)
#: Of each setting but the first the words for on, off and either.
_WORDS: tuple[tuple[str, str, str], ...] = (
    (
        later("contact message"),
        later("no contact message"),
        later("with or without contact message"),
    ),
    (later("switch on"), later("switch off"), later("switch on or off")),
    (
        later("employee message"),
        later("no employee message"),
        later("with or without employee message"),
    ),
)


def _values(configuration: Configuration) -> tuple[Party, bool, bool, bool]:
    return (
        configuration.first_call,
        configuration.contact_message,
        configuration.switch_at_once,
        configuration.employee_message,
    )


def _held(several: Iterable[Configuration], setting: int) -> frozenset[Party | bool]:
    """The values of one setting among several configurations."""
    return frozenset(_values(one)[setting] for one in several)


def _setting(setting: int, values: frozenset[Party | bool]) -> str:
    if setting == 0:
        first = [say("{party!c} first", party=party) for party in Party if party in values]
        return (
            first[0] if len(first) == 1 else say("{one} or {other}", one=first[0], other=first[1])
        )
    on, off, either = _WORDS[setting - 1]
    return say(either if len(values) > 1 else on if True in values else off)


def _told(several: Sequence[Configuration], settings: Iterable[int]) -> str:
    """Configurations by some of their settings: in one breath if every combination is there."""
    told = tuple(settings)
    held = [_held(several, setting) for setting in told]
    if len({tuple(_values(one)[n] for n in told) for one in several}) < prod(map(len, held)):
        return "; ".join(_told((one,), told) for one in several)
    return ", ".join(_setting(n, values) for n, values in zip(told, held, strict=True))


def _wordings(group: Sequence[Configuration]) -> tuple[tuple[Configuration, ...], ...]:
    """Configurations with equal clauses together, in the order in which settings are told."""
    alike: dict[object, list[Configuration]] = {}
    for one in sorted(group, key=lambda one: (not one.contact_message, *_values(one)[2:3])):
        edges = rules_for(one).edges
        words = tuple((at, edge.contact, edge.employee) for at, edge in edges.items())
        alike.setdefault(words, []).append(one)
    return tuple(map(tuple, alike.values()))


# -------------------------------------------------------------------------------- arrows and places


def _arrows(graphs: Sequence[Graph], moments: Iterable[Moment]) -> list[Arrow]:
    taken = {(edge.source, edge.event): at for at, edge in moments}
    return [
        Arrow(
            source=source,
            event=event,
            target=edge.target,
            because=tuple(_because(graph.edges[source, event]) for graph in graphs),
            failure=edge.target.contact is LegState.RELEASED and source != TALK,
            right=event is Event.CONTACT_MESSAGE_ENDED and edge.target != TALK,
            at=taken.get((source, event)),
        )
        for (source, event), edge in graphs[0].edges.items()
    ]


def _because(edge: Edge) -> Because:
    return Because(contact=edge.contact, employee=edge.employee)


def _places(start: State, arrows: Sequence[Arrow]) -> tuple[Place, ...]:
    """Where the states stand, from the top down, in a row from the left."""
    lit = {state for arrow in arrows if arrow.on_path for state in (arrow.source, arrow.target)}
    at: dict[State, tuple[int, int]] = {start: (0, 0)}
    ends = [arrow for arrow in arrows if arrow.source == TALK or arrow.failure]
    inner = [arrow for arrow in arrows if arrow.target != TALK and arrow not in ends]
    for _ in inner:  # a rule may stand before the one that leads to it
        for arrow in inner:
            if arrow.source in at:
                column, row = at[arrow.source]
                here = (column + 1, row) if arrow.right else (column, row + 1)
                at[arrow.target] = max(here, at.get(arrow.target, here))
    depth = max(row for _, row in at.values())
    at[TALK] = (0, depth + 1)
    at[ends[0].target] = (0, depth + 2)
    return tuple(
        Place(
            state=state,
            column=column,
            row=row,
            waiting=0 < row <= depth,
            on_path=state in lit,
        )
        for state, (column, row) in sorted(at.items(), key=lambda item: item[1][::-1])
    )
