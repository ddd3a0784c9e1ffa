"""A table of rules run as it stands, however wrong: nothing is checked, nothing is refused.

The product refuses a table with a row too few when it is built. A suite must notice such a fault in
somebody else's system, which refuses nothing; so here the call just stops where no row, or more
than one, says what is next, and one that goes round is cut off.
"""

from __future__ import annotations

from collections.abc import Sequence

from callflow.call.case import Case
from callflow.call.plan import plan
from callflow.call.timeline import Timeline
from callflow.choreography import SIMULTANEOUS
from callflow.table import Edge, Rule, facts_of, possible_events, under_premise
from callflow.units import NEVER
from callflow.words import SLOT, Basis, Configuration, Event, LegState, State

_IDLE = State(LegState.IDLE, LegState.IDLE)
_LONGEST = 12


def run(rows: Sequence[Rule], case: Case) -> Timeline:
    """What becomes of a call if these rows say what happens."""
    configuration, lengths = plan(case)
    state, at = _IDLE, 0
    due = {Event.START: 0}
    moments = []
    while due and len(moments) < _LONGEST:
        event = min(due, key=lambda event: (due[event], SIMULTANEOUS.index(event)))
        at = due[event]
        edge = _edge(rows, configuration, state, event)
        if at >= NEVER or edge is None:
            break
        moments.append((at, edge))
        state = edge.target
        due = {
            possible: due.get(possible, at + lengths[SLOT[possible]])
            for possible in possible_events(state)
        }
    return Timeline(case, tuple(moments))


def _edge(
    rows: Sequence[Rule], configuration: Configuration, state: State, event: Event
) -> Edge | None:
    facts = facts_of(configuration)
    found = [
        row
        for row in rows
        if row.event is event and row.source.matches(state) and row.when.holds(facts)
    ]
    if len(found) != 1:
        return None
    row = found[0]
    contact, employee = (
        None if given is None else under_premise(given, configuration.premise)
        for given in (row.contact, row.employee)
    )
    target = row.target
    return Edge(
        event,
        state,
        target,
        contact,
        employee,
        row,
        (),
        (),
        ((target.contact, contact), (target.employee, employee)),
        Basis.INFERRED,
    )
