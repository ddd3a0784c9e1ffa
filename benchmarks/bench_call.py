"""One call: the simulator beside a hand-written loop over its table, and beside `transitions`."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from transitions import Machine

from callflow import Case, Event, simulate
from callflow.call.plan import Plan, plan
from callflow.call.simulator import walk
from callflow.call.timeline import Timeline
from callflow.choreography import SIMULTANEOUS, possible_events, rules_for

Lengths = dict[str, int]
Loop = Iterator[tuple[int, str, str]]

ORDER = tuple(str(event) for event in SIMULTANEOUS)


def _case(dice: random.Random) -> Case:
    def person() -> dict[str, float]:
        does = {"answers_after": dice.randrange(32_000) / 1000}
        if dice.random() < 0.3:
            does["hangs_up_after"] = dice.randrange(60_000) / 1000
        return does

    request = {
        "virtual_phone_number": "74993720692",
        "contact": "79260000000",
        "first_call": dice.choice(["contact", "employee"]),
        "switch_at_once": dice.random() < 0.5,
    }
    scenario, messages = {}, {}
    if dice.random() < 0.5:
        request["contact_message"] = {"type": "media", "value": "1"}
        messages["contact"] = dice.randrange(1, 20_000) / 1000
    if dice.random() < 0.5:
        scenario["employee_message"] = {"type": "media", "value": "2"}
        messages["employee"] = dice.randrange(1, 20_000) / 1000
    return Case.from_dict(
        {
            "request": request,
            "scenario": scenario,
            "messages": messages,
            "people": {
                "contact": person(),
                "employee": person(),
                "conversation": dice.randrange(1, 90_000) / 1000,
            },
        }
    )


class Calls:
    """400 random cases with what each way of stepping them needs, made beforehand."""

    def __init__(self) -> None:
        dice = random.Random(9)
        self.cases = [_case(dice) for _ in range(400)]
        self.plans: list[Plan] = [plan(case) for case in self.cases]
        self.graphs = [rules_for(planned.configuration) for planned in self.plans]
        known: dict[int, dict[tuple[str, str], str]] = {}
        for graph in self.graphs:
            known.setdefault(
                id(graph),
                {
                    (str(edge.source), str(edge.event)): str(edge.target)
                    for edge in graph.edges.values()
                },
            )
        self.tables = [known[id(graph)] for graph in self.graphs]
        self.possible = {
            str(state): tuple(str(event) for event in possible_events(state))
            for graph in self.graphs
            for state in graph.states
        }
        self.lengths: list[Lengths] = [
            {str(event): length for event, length in zip(Event, planned.lengths, strict=True)}
            for planned in self.plans
        ]
        self.machines = {
            id(graph): Machine(
                model=None,
                states=[str(state) for state in graph.states],
                initial="idle/idle",
                transitions=[
                    [str(edge.event), str(edge.source), str(edge.target)]
                    for edge in graph.edges.values()
                ],
                auto_transitions=False,
            )
            for graph in self.graphs
        }

    def run(self, one: Callable[[int], object]) -> Callable[[], None]:
        def all_of_them() -> None:
            for place in range(len(self.cases)):
                one(place)

        return all_of_them


@pytest.fixture(scope="module")
def calls() -> Calls:
    return Calls()


def tuple_loop(
    table: dict[tuple[str, str], str], possible: dict[str, tuple[str, ...]], lengths: Lengths
) -> Loop:
    """The yardstick: a dict for the table, one of running clocks, ties by a tuple's order."""
    state, clocks = "idle/idle", {"start": 0}
    while clocks:
        at = 1 << 60
        for event in ORDER:
            due = clocks.get(event)
            if due is not None and due < at:
                at, first = due, event
        state = table[state, first]
        yield at, first, state
        running, clocks = clocks, {}
        for event in possible[state]:
            due = running.get(event)
            clocks[event] = at + lengths[event] if due is None else due


class Model:
    """A model of `transitions`, made for each call."""

    state: str


def transitions_loop(
    machine: Machine, possible: dict[str, tuple[str, ...]], lengths: Lengths
) -> Loop:
    """The same loop, stepping a `transitions` machine that is kept, with a fresh model."""
    model = Model()
    machine.add_model(model)
    clocks = {"start": 0}
    while clocks:
        at = 1 << 60
        for event in ORDER:
            due = clocks.get(event)
            if due is not None and due < at:
                at, first = due, event
        model.trigger(first)  # type: ignore[attr-defined]
        yield at, first, model.state
        running, clocks = clocks, {}
        for event in possible[model.state]:
            due = running.get(event)
            clocks[event] = at + lengths[event] if due is None else due
    machine.remove_model(model)


def yardstick(calls: Calls) -> tuple[str, Callable[[], None]]:
    return "the tuple loop", calls.run(
        lambda place: list(tuple_loop(calls.tables[place], calls.possible, calls.lengths[place]))
    )


def lazily(calls: Calls, place: int) -> Timeline:
    return Timeline(calls.cases[place], walk(calls.graphs[place].start, calls.plans[place].lengths))


def segments(timeline: Timeline) -> object:
    return timeline.contact.segments, timeline.employee.segments


def test_all_ways_of_stepping_a_call_agree(calls: Calls) -> None:
    for place, case in enumerate(calls.cases):
        ours = [(s.at, str(s.event), str(s.target)) for s in simulate(case).steps]
        lengths, possible = calls.lengths[place], calls.possible
        assert ours == list(tuple_loop(calls.tables[place], possible, lengths))
        machine = calls.machines[id(calls.graphs[place])]
        assert ours == list(transitions_loop(machine, possible, lengths))


def test_one_call_with_the_timeline_lazy(benchmark, compare, calls: Calls) -> None:  # type: ignore[no-untyped-def]
    ours = calls.run(lambda place: lazily(calls, place))
    compare("one call, planned, timeline lazy", yardstick(calls), ours, aim=1, calls=400)
    benchmark(ours)


def test_one_call_with_all_segments_read(benchmark, compare, calls: Calls) -> None:  # type: ignore[no-untyped-def]
    ours = calls.run(lambda place: segments(lazily(calls, place)))
    compare("one call, planned, all segments read", yardstick(calls), ours, aim=2.5, calls=400)
    benchmark(ours)


def test_one_call_from_the_case(benchmark, compare, calls: Calls) -> None:  # type: ignore[no-untyped-def]
    ours = calls.run(lambda place: simulate(calls.cases[place]))
    compare("one call from the case, planning included", yardstick(calls), ours, aim=2.5, calls=400)
    benchmark(ours)


def test_stepping_transitions(benchmark, compare, calls: Calls) -> None:  # type: ignore[no-untyped-def]
    ours = calls.run(lambda place: segments(lazily(calls, place)))
    other = calls.run(
        lambda place: list(
            transitions_loop(
                calls.machines[id(calls.graphs[place])], calls.possible, calls.lengths[place]
            )
        )
    )
    compare(
        "one call, planned, all segments read",
        ("stepping transitions", other),
        ours,
        aim=0.1,
        calls=400,
    )
    benchmark.pedantic(other, rounds=3)
