"""The notation in which a choreography is written, and what makes rows a table.

A *rule* is one row: in which state, on which event, under which settings, to which state, by which
clauses for which leg. For one configuration the rows specialise to a *graph*: a plain machine
without guards, whose checks (`specialise`, `check`) refuse what is ambiguous, incomplete, cyclic or
never used, and name the rows. They hold for any rows: ours, a mutant's, a user's own.

The module knows no single rule. It knows one law, `possible_events`: what can happen follows from
the leg states alone. That is the whole law of clocks, too: a clock runs exactly while its event is
possible, so no rule ever names one. It starts when the event becomes possible and is void when it
no longer is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from attrs import define, field, frozen

from .clauses import G17, Clause, Clauses, basis
from .errors import TableError, printable
from .words import SLOT, Basis, Configuration, Event, LegState, Party, State, configurations

# --------------------------------------------------------------------------------------- conditions


class Fact(Enum):
    """What can be true of a request and its scenario before anything happens.

    The first four are the settings; ``PREMISE`` says that both messages are there; the last two
    matter to the table of parameters without effect alone.
    """

    EMPLOYEE_FIRST = "employee first"
    SWITCH = "effective switch on"
    CONTACT_MESSAGE = "contact message"
    EMPLOYEE_MESSAGE = "employee message"
    PREMISE = "both messages"
    TTS = "contact message is tts"
    DIGITS = "dtmf_string has digits"


def facts_of(configuration: Configuration) -> frozenset[Fact]:
    """The facts that a configuration settles."""
    true = {
        Fact.EMPLOYEE_FIRST: configuration.first_call is Party.EMPLOYEE,
        Fact.SWITCH: configuration.switch_at_once,
        Fact.CONTACT_MESSAGE: configuration.contact_message,
        Fact.EMPLOYEE_MESSAGE: configuration.employee_message,
        Fact.PREMISE: configuration.premise,
    }
    return frozenset(fact for fact, holds in true.items() if holds)


class Condition(NamedTuple):
    """Facts that must be true and facts that must not: ``cm & ~sw``."""

    true: frozenset[Fact] = frozenset()
    false: frozenset[Fact] = frozenset()

    def __and__(self, other: Condition) -> Condition:
        return Condition(self.true | other.true, self.false | other.false)

    def __invert__(self) -> Condition:
        if len(self.true) + len(self.false) != 1:
            raise TypeError("only a single fact can be negated")
        return Condition(self.false, self.true)

    def holds(self, facts: frozenset[Fact]) -> bool:
        """Whether it holds where exactly ``facts`` are true."""
        return self.true <= facts and not self.false & facts

    def __str__(self) -> str:
        words = [fact.value for fact in Fact if fact in self.true]
        words += [f"not {fact.value}" for fact in Fact if fact in self.false]
        return ", ".join(words) or "always"


def _when(fact: Fact) -> Condition:
    return Condition(frozenset({fact}))


always = Condition()
employee_first = _when(Fact.EMPLOYEE_FIRST)
contact_first = ~employee_first
sw = _when(Fact.SWITCH)
cm = _when(Fact.CONTACT_MESSAGE)
em = _when(Fact.EMPLOYEE_MESSAGE)
premise = _when(Fact.PREMISE)
tts = _when(Fact.TTS)
digits = _when(Fact.DIGITS)

# ------------------------------------------------------------------------------------------- states


class Legs(NamedTuple):
    """States of one leg that a row matches: one, or several under one word."""

    word: str
    states: frozenset[LegState]

    def __truediv__(self, employee: Legs) -> Pattern:
        return Pattern(self, employee)


class Pattern(NamedTuple):
    """``contact leg / employee leg``, as a row's *from* or *to*."""

    contact: Legs
    employee: Legs

    def matches(self, state: State) -> bool:
        """Whether a state of the call is meant."""
        return state.contact in self.contact.states and state.employee in self.employee.states

    @property
    def state(self) -> State | None:
        """The one state that is meant; None for a pattern of several."""
        if len(self.contact.states) == len(self.employee.states) == 1:
            return State(*self.contact.states, *self.employee.states)
        return None

    def __str__(self) -> str:
        return f"{self.contact.word}/{self.employee.word}"


def _leg(state: LegState) -> Legs:
    return Legs(state.value, frozenset({state}))


idle = _leg(LegState.IDLE)
dialing = _leg(LegState.DIALING)
message = _leg(LegState.MESSAGE)
dialing_music = _leg(LegState.DIALING_MUSIC)
conversation = _leg(LegState.CONVERSATION)
released = _leg(LegState.RELEASED)
waiting = Legs("waiting", message.states | dialing_music.states)
anything = Legs("anything", frozenset(LegState))

_START = State(LegState.IDLE, LegState.IDLE)
_END = State(LegState.RELEASED, LegState.RELEASED)
_TALK = State(LegState.CONVERSATION, LegState.CONVERSATION)

_POSSIBLE: Mapping[LegState, tuple[tuple[Event, ...], tuple[Event, ...]]] = {
    LegState.DIALING: (
        (Event.CONTACT_ANSWERED, Event.CONTACT_UNREACHED),
        (Event.EMPLOYEE_ANSWERED, Event.EMPLOYEE_UNREACHED),
    ),
    LegState.MESSAGE: (
        (Event.CONTACT_MESSAGE_ENDED, Event.CONTACT_HUNG_UP),
        (Event.EMPLOYEE_MESSAGE_ENDED, Event.EMPLOYEE_HUNG_UP),
    ),
    LegState.DIALING_MUSIC: ((Event.CONTACT_HUNG_UP,), (Event.EMPLOYEE_HUNG_UP,)),
    LegState.CONVERSATION: ((Event.CONTACT_HUNG_UP,), (Event.EMPLOYEE_HUNG_UP,)),
}


def possible_events(state: State) -> tuple[Event, ...]:
    """What can happen in a state, by the leg states alone, without any table."""
    if state == _START:
        return (Event.START,)
    events = _POSSIBLE.get(state.contact, ((), ()))[0] + _POSSIBLE.get(state.employee, ((), ()))[1]
    return (*events, Event.CONVERSATION_ENDED) if state == _TALK else events


# -------------------------------------------------------------------------------------------- rules


class Because(NamedTuple):
    """Clauses for one leg or for both."""

    parties: tuple[Party, ...]
    clauses: Clauses


def C(*clauses: Clause) -> Because:
    """Clauses for the contact's leg."""
    return Because((Party.CONTACT,), clauses)


def E(*clauses: Clause) -> Because:
    """Clauses for the employee's leg."""
    return Because((Party.EMPLOYEE,), clauses)


def CE(*clauses: Clause) -> Because:
    """The same clauses for both legs."""
    return Because((Party.CONTACT, Party.EMPLOYEE), clauses)


@frozen(eq=False, repr=False)
class Rule:
    """One row of the table.

    ``contact`` and ``employee`` are the clauses for that leg; None: the leg keeps those it had.
    """

    source: Pattern
    event: Event
    when: Condition
    target: State
    contact: Clauses | None
    employee: Clauses | None

    def because(self, party: Party) -> Clauses | None:
        """The clauses for the leg of ``party``, as the row has them (without G17)."""
        return self.contact if party == Party.CONTACT else self.employee

    @property
    def name(self) -> str:
        """A name of its own: ``idle/message employee_message_ended (employee first)``."""
        return f"{self.source} {self.event} ({self.when})"

    def __str__(self) -> str:
        lists = (("C", self.contact), ("E", self.employee))
        because = "; ".join(f"{leg}: {', '.join(map(str, ids))}" for leg, ids in lists if ids)
        return f"{self.name} -> {self.target} [{because}]"


def rule(
    source: Pattern, event: Event, when: Condition, target: Pattern, *because: Because
) -> Rule:
    """A row as it is written: from, event, when, to, because.

    Raises:
        TableError: ``target`` is no single state, or a leg is given clauses twice or an empty list.
    """
    state = target.state
    if state is None:
        raise TableError(f"{source} {event}: {target} is more than one state to go to")
    clauses: dict[Party, Clauses] = {}
    for part in because:
        for party in part.parties:
            if party in clauses or not part.clauses:
                raise TableError(f"{source} {event}: the clauses of the {party} are no single list")
            clauses[party] = part.clauses
    return Rule(
        source,
        event,
        when,
        state,
        clauses.get(Party.CONTACT),
        clauses.get(Party.EMPLOYEE),
    )


def section(when: Condition, *rows: Rule) -> tuple[Rule, ...]:
    """Rows that all stand under one more condition."""
    return tuple(
        Rule(row.source, row.event, when & row.when, row.target, row.contact, row.employee)
        for row in rows
    )


def under_premise(clauses: Clauses, premise: bool) -> Clauses:
    """``clauses`` as they stand in a configuration: without the premise, G17 after a bullet.

    The bullets of the source (EF1 to EF5, CF1 to CF5) speak under the premise alone that both
    messages are there. Elsewhere what rests on them rests on our reading that they hold all the
    same.
    """
    if premise:
        return clauses
    for place in range(len(clauses) - 1, -1, -1):
        if clauses[place].id[:2] in ("EF", "CF"):
            return (*clauses[: place + 1], G17, *clauses[place + 1 :])
    return clauses


# ------------------------------------------------------------------------------------------- graphs


@frozen(eq=False, repr=False)
class Edge:
    """A rule as it stands in one configuration: from one state to one other, its clauses stamped.

    Attributes:
        contact, employee: the clauses that the step gives to that leg; None: it keeps those it had.
        starts: the slots of the clocks that start, those of the events that become possible.
        exits: what can happen next, in the order in which it would be handled in one millisecond.
        legs: for the contact's leg and the employee's: the state it comes to, and its clauses.
        basis: inferred if any of its lists is.
    """

    event: Event
    source: State
    target: State
    contact: Clauses | None
    employee: Clauses | None
    rule: Rule
    starts: tuple[int, ...]
    exits: tuple[tuple[int, Edge], ...]
    legs: tuple[tuple[LegState, Clauses | None], tuple[LegState, Clauses | None]]
    basis: Basis

    def because(self, party: Party) -> Clauses | None:
        """The clauses that the step gives to the leg of ``party``; None: it keeps those it had."""
        return self.contact if party == Party.CONTACT else self.employee


@define(eq=False)
class Graph:
    """The rules of one configuration, without guards: state and event decide alone."""

    configuration: Configuration
    edges: dict[tuple[State, Event], Edge] = field(factory=dict)

    @property
    def start(self) -> Edge:
        """The accepted request."""
        return self.edges[_START, Event.START]

    @property
    def states(self) -> tuple[State, ...]:
        """Every state that a call of this configuration can be in, in the order of discovery."""
        return tuple(
            dict.fromkeys(s for edge in self.edges.values() for s in (edge.source, edge.target))
        )

    def next(self, state: State, event: Event) -> Edge | None:
        """What the event does there; None where it is impossible."""
        return self.edges.get((state, event))

    @property
    def machine(self) -> frozenset[tuple[State, Event, State]]:
        """States and arrows without clauses: configurations that share it are the same machine."""
        return frozenset((edge.source, edge.event, edge.target) for edge in self.edges.values())


def specialise(
    rules: Iterable[Rule], configuration: Configuration, order: Sequence[Event]
) -> Graph:
    """The graph of one configuration, from the rows that hold in it.

    Args:
        order: every event, first the one that is handled first when several fall into one
            millisecond.

    Raises:
        TableError: a state has no rule, or two, for an event that is possible there; a state is a
            dead
            end; a call could come to a state twice; an event could happen twice; a leg changes and
            no clause says why.
    """
    facts = facts_of(configuration)
    applying = [row for row in rules if row.when.holds(facts)]
    rank = {event: place for place, event in enumerate(order)}
    graph = Graph(configuration)
    finished: dict[State, tuple[tuple[int, Edge], ...]] = {}
    path: list[State] = []

    def exits_of(state: State) -> tuple[tuple[int, Edge], ...]:
        if state in finished:
            return finished[state]
        if state in path:
            trail = " -> ".join(map(str, [*path[path.index(state) :], state]))
            raise TableError(f"{configuration}: a call could go round: {trail}")
        path.append(state)
        possible = sorted(possible_events(state), key=rank.__getitem__)
        if not possible and state != _END:
            raise TableError(f"{configuration}: {state} is a dead end")
        exits = []
        for event in possible:
            rows = [row for row in applying if row.event is event and row.source.matches(state)]
            if len(rows) != 1:
                fault = f"{len(rows)} rules for" if rows else "no rule for"
                raise TableError(f"{configuration}: {fault} {event} in {state}", rows)
            edge = _edge(rows[0], state, exits_of(rows[0].target), configuration.premise)
            graph.edges[state, event] = edge
            exits.append((SLOT[event], edge))
        path.pop()
        finished[state] = tuple(exits)
        return finished[state]

    exits_of(_START)
    graph.edges = dict(reversed(graph.edges.items()))
    return graph


def _edge(row: Rule, source: State, exits: tuple[tuple[int, Edge], ...], premise: bool) -> Edge:
    for party in Party:
        unexplained = row.because(party) is None and source.leg(party) is not row.target.leg(party)
        if unexplained:
            raise TableError(f"no clause says why the {party}'s leg changes in {source}", [row])
    before, after = possible_events(source), possible_events(row.target)
    if row.event in after:
        raise TableError(f"what happens in {source} could happen again", [row])
    contact = under_premise(row.contact, premise) if row.contact else None
    employee = under_premise(row.employee, premise) if row.employee else None
    given = (clauses for clauses in (contact, employee) if clauses is not None)
    documented = all(basis(clauses) is Basis.DOCUMENTED for clauses in given)
    return Edge(
        row.event,
        source,
        row.target,
        contact,
        employee,
        row,
        tuple(SLOT[event] for event in after if event not in before),
        exits,
        ((row.target.contact, contact), (row.target.employee, employee)),
        Basis.DOCUMENTED if documented else Basis.INFERRED,
    )


def check(rules: Sequence[Rule], order: Sequence[Event]) -> dict[Configuration, Graph]:
    """Specialise rows to all 16 configurations, and refuse what makes no table.

    Raises:
        TableError: as `specialise`; or a rule that no call of any configuration comes to; or an
            order that
            does not name every event once.
    """
    for row in rules:
        if not isinstance(row, Rule):
            raise TableError(
                f"{printable(repr(row))} is no row: make rows with callflow.table.rule"
            )
    if sorted(order) != sorted(Event):
        raise TableError("the order of simultaneous events must name every event once")
    graphs = {
        configuration: specialise(rules, configuration, order) for configuration in configurations()
    }
    used = {id(edge.rule) for graph in graphs.values() for edge in graph.edges.values()}
    unused = [row for row in rules if id(row) not in used]
    if unused:
        raise TableError("no call ever comes to", unused)
    return graphs
