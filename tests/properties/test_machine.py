"""The machine that people step by hand is the table that the simulator steps."""

from __future__ import annotations

import pytest

from callflow.choreography import possible_events, rules_for
from callflow.errors import ImpossibleEvent
from callflow.machine import machine_for
from callflow.words import Event, configurations


def _paths(edge, before=()):
    path = (*before, edge)
    if not edge.exits:
        yield path
    for _, following in edge.exits:
        yield from _paths(following, path)


@pytest.mark.parametrize("configuration", configurations(), ids=str)
def test_the_machine_goes_every_path_of_the_table(configuration):
    """On every path of every configuration both agree on states, events and clauses."""
    machine = machine_for(configuration)
    for path in _paths(rules_for(configuration).start):
        call = machine.model()
        for edge in path:
            assert call.state == edge.source
            assert set(call.possible()) == set(possible_events(edge.source))
            fired = call.fire(edge.event)
            assert (fired.event, fired.source, fired.target) == (
                edge.event,
                edge.source,
                edge.target,
            )
            assert (fired.contact, fired.employee) == (edge.contact, edge.employee)
            assert call.state == edge.target
        assert call.possible() == ()


@pytest.mark.parametrize("configuration", configurations(), ids=str)
def test_every_other_pair_of_state_and_event_is_impossible(configuration):
    """An event that is not possible raises an error naming state, event and what is possible."""
    machine, graph = machine_for(configuration), rules_for(configuration)
    assert set(machine.states) == set(graph.states)
    reached = {}
    for path in _paths(graph.start):
        for place, edge in enumerate(path):
            reached.setdefault(edge.source, path[:place])
        reached.setdefault(path[-1].target, path)
    assert set(reached) == set(graph.states)
    for state, way in reached.items():
        call = machine.model()
        for edge in way:
            call.fire(edge.event)
        for event in set(Event) - set(call.possible()):
            with pytest.raises(ImpossibleEvent) as refused:
                call.fire(event)
            assert call.state == state, "a refused event moved the call"
            text = str(refused.value)
            assert event.value in text
            assert str(state) in text
            assert all(possible.value in text for possible in call.possible())
