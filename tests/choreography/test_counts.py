"""How much the table says, counted: rules, states, machines, pairs, paths, orders of events."""

from __future__ import annotations

from itertools import product

from callflow.choreography import (
    RULES,
    SIMULTANEOUS,
    configurations,
    possible_events,
    rules_for,
    states,
)
from callflow.table import check
from callflow.words import Configuration, Party

RANK = {event: place for place, event in enumerate(SIMULTANEOUS)}
#: A message and a conversation take at least a millisecond; everything else may take no time.
TAKES_TIME = ("contact_message_ended", "employee_message_ended", "conversation_ended")


def _paths(edge, before=()):
    path = (*before, edge)
    if not edge.exits:
        yield path
    for _, following in edge.exits:
        yield from _paths(following, path)


def paths():
    return [path for one in configurations() for path in _paths(rules_for(one).start)]


def test_the_table_is_complete_and_unambiguous_in_every_configuration():
    """For every configuration one rule for each event that is possible in a state, and no cycle."""
    assert set(check(RULES, SIMULTANEOUS)) == set(configurations())
    for configuration in configurations():
        graph = rules_for(configuration)
        for state in graph.states:
            happening = {event for source, event in graph.edges if source == state}
            assert happening == set(possible_events(state))


def test_there_are_36_rules_and_44_where_g17_is_told_apart():
    """A rule is a row with constant clauses: 36, and 44 where G17 makes two of one."""
    told_apart = {
        (edge.rule, edge.contact, edge.employee)
        for configuration in configurations()
        for edge in rules_for(configuration).edges.values()
    }
    assert len(RULES) == 36
    assert {rule for rule, *_ in told_apart} == set(RULES)
    assert len(told_apart) == 44


def test_there_are_12_states():
    """All configurations together know twelve states of a call."""
    assert sorted(map(str, states())) == [
        "conversation/conversation",
        "dialing/dialing_music",
        "dialing/idle",
        "dialing_music/dialing",
        "dialing_music/message",
        "idle/dialing",
        "idle/idle",
        "idle/message",
        "message/dialing",
        "message/dialing_music",
        "message/message",
        "released/released",
    ]


def test_there_are_190_pairs_of_state_and_event():
    """In all sixteen graphs together 190 times an event is possible in a state."""
    assert sum(len(rules_for(one).edges) for one in configurations()) == 190


def test_there_are_9_different_machines():
    """The sixteen configurations make nine machines; the rest differ in clauses only."""
    assert len({rules_for(one).machine for one in configurations()}) == 9


def test_there_are_139_paths_none_longer_than_6_events():
    """From request to release there are 139 ways; the longest is the start and five more."""
    counts = {}
    for first, (switch, spoken, message) in product(
        Party, product((False, True), (False, True), (False, True))
    ):
        configuration = Configuration(
            first_call=first,
            switch_at_once=switch,
            contact_message=spoken,
            employee_message=message,
        )
        found = list(_paths(rules_for(configuration).start))
        counts.setdefault(first, []).append(len(found))
    assert counts == {
        Party.CONTACT: [6, 8, 13, 22, 6, 6, 11, 11],
        Party.EMPLOYEE: [6, 7, 8, 9, 6, 7, 6, 7],
    }
    assert len(paths()) == 139
    assert max(map(len, paths())) == 6


def orders(path):
    """The ways in which the events of a path can coincide: for each gap, whether time passes.

    What happens waits from the moment at which it became possible. Meanwhile nothing that stands
    behind it in the order can have been handled in its own millisecond, and where it takes time to
    happen, time must have passed. What never happens can be thought infinitely late.
    """
    for gaps in product((False, True), repeat=len(path) - 1):
        moments = [0]
        for passes in gaps:
            moments.append(moments[-1] + passes)
        if all(_can_be(path, moments, place) for place in range(1, len(path))):
            yield gaps


def _can_be(path, moments, place):
    event, began = path[place].event, place
    while began and event in possible_events(path[began - 1].target):
        began -= 1
    passed = moments[place] > moments[began]
    waited = [
        RANK[path[other].event] < RANK[event]
        for other in range(began + 1, place)
        if moments[other] == moments[place]
    ]
    return all(waited) and (passed or event not in TAKES_TIME)


def test_there_are_592_orders_of_events_when_ties_count():
    """Of 1472 ways in which the events of a path could coincide or not, 592 can be."""
    assert sum(2 ** (len(path) - 1) for path in paths()) == 1472
    assert sum(1 for path in paths() for _ in orders(path)) == 592
