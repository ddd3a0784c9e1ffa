"""The machine of a configuration, as a `transitions` machine: to step through, introspect and draw.

`transitions` accepts two rules for one event and states that nobody declared without a word, and
its methods appear at run time, where no editor and no type checker sees them. So it is always built
from the checked table, kept, and reached through the typed face here. There are sixteen of them,
and none has a
guard: state and event decide alone.

The simulator steps the same table directly, because a model of `transitions` costs many times as
much; the tests hold both equal on every path of every configuration.
"""

from __future__ import annotations

from functools import cache

from attrs import define, field, frozen
from transitions import Machine as TransitionsMachine
from transitions import MachineError

from .choreography import possible_events, rules_for
from .errors import ImpossibleEvent
from .table import Edge, Graph
from .words import Configuration, Event, State


@frozen(eq=False)
class Machine:
    """The guard-free machine of one configuration.

    Attributes:
        configuration: the settings that it serves.
        transitions: the machine of the `transitions` library, without any model; states are named
            ``contact leg/employee leg``, triggers as the events. It is kept and shared: leave it as
            it is.
        graph: the rules of the configuration, which it was built from.
        state_of: the state by its name.
    """

    configuration: Configuration
    transitions: TransitionsMachine
    graph: Graph
    state_of: dict[str, State]

    @property
    def states(self) -> tuple[State, ...]:
        """Every state that a call of this configuration can be in."""
        return self.graph.states

    @property
    def start(self) -> State:
        """The state before the request."""
        return self.graph.start.source

    def model(self) -> Call:
        """A call before its request."""
        return Call(self, self.start)


@define(eq=False)
class Call:
    """A call as a model of the machine: a state, and events that move it. It knows no time."""

    machine: Machine
    state: State
    #: The name of the state: what `transitions` reads and writes.
    name: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.name = str(self.state)

    def possible(self) -> tuple[Event, ...]:
        """The events possible in this state."""
        return possible_events(self.state)

    def fire(self, event: Event | str) -> Edge:
        """Make an event happen and go where it leads.

        Returns:
            The rule that applied, with the clauses of this configuration.

        Raises:
            ImpossibleEvent: the event is none, or impossible in this state; the state stays.
        """
        trigger = self.machine.transitions.events.get(str(event))
        impossible = ImpossibleEvent(str(event), str(self.state), self.possible())
        if trigger is None:
            raise impossible
        try:
            trigger.trigger(self)
        except MachineError:
            raise impossible from None
        edge = self.machine.graph.edges[self.state, Event(event)]
        self.state = self.machine.state_of[self.name]
        return edge

    def move_to(self, state: State) -> None:
        """Put the call into a state, as undoing does."""
        self.state, self.name = state, str(state)


@cache
def machine_for(configuration: Configuration) -> Machine:
    """The machine of a configuration, built once."""
    graph = rules_for(configuration)
    return Machine(
        configuration,
        TransitionsMachine(
            model=None,
            model_attribute="name",
            states=[str(state) for state in graph.states],
            initial=str(graph.start.source),
            transitions=[
                [edge.event.value, str(edge.source), str(edge.target)]
                for edge in graph.edges.values()
            ],
            auto_transitions=False,
        ),
        graph,
        {str(state): state for state in graph.states},
    )
