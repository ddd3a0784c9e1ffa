"""Every way that a call can take is a path, and a path's smallest times are the smallest."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given

from callflow import Case
from callflow.call.simulator import simulate
from callflow.strategies import cases
from callflow.verify.paths import SECOND, all_paths

BY_EVENTS = {(path.configuration, path.events): path for path in all_paths()}
IDS = [f"{n}" for n in range(len(all_paths()))]


def test_there_are_139_paths_and_592_orders():
    """So many ways there are, and so many orders of their events with ties."""
    assert len(all_paths()) == len(BY_EVENTS) == 139
    assert sum(1 for path in all_paths() for _ in path.orders()) == 592
    per_configuration = Counter(path.configuration for path in all_paths())
    assert list(per_configuration.values()) == [9, 8, 7, 6, 7, 6, 7, 6, 22, 13, 8, 6, 11, 11, 6, 6]


@pytest.mark.parametrize("path", all_paths(), ids=IDS)
def test_every_order_is_taken_by_the_case_of_its_smallest_times(path):
    """The simulator takes exactly the steps of the path, at these times, ties where they are."""
    for order in path.orders():
        case = path.case(order.times)
        steps = simulate(case).moments
        assert [(at, id(edge)) for at, edge in steps] == [
            (at, id(edge)) for at, edge in zip(order.times, path.edges, strict=True)
        ]
        assert tuple(one < other for one, other in pairwise(order.times)) == order.gaps
        assert Case.from_dict(path.mapping(order.times)) == case


@pytest.mark.parametrize("path", all_paths(), ids=IDS)
def test_no_smaller_whole_second_times_take_a_path(path):
    """Any one clock of the smallest case a second shorter, and the call goes another way."""
    times = path.least()
    assert times is not None
    assert max(times) <= 3 * SECOND * len(times)
    zone = path.zone(SECOND)
    for place in range(1, len(times)):
        earlier = (*times[:place], times[place] - SECOND, *times[place + 1 :])
        assert not zone.has(earlier)
    for case in _shortened(path.case(times)):
        assert simulate(case).moments != simulate(path.case(times)).moments
        edges = [edge for _, edge in simulate(case).moments]
        assert edges != list(path.edges)


def _shortened(case):
    """The case with one of its times a second shorter, where it can be."""
    from attrs import evolve

    people = case.people
    for name in ("contact", "employee"):
        person = getattr(people, name)
        for time in ("after", "hangs_up_after"):
            length = getattr(person, time)
            if length:
                shorter = evolve(person, **{time: length - SECOND})
                yield evolve(case, people=evolve(people, **{name: shorter}))


@given(cases())
def test_every_call_takes_a_path_and_its_times_lie_in_its_zone(case):
    """Whatever the case: its call is one of the paths, and the zone knows its times."""
    timeline = simulate(case)
    events = tuple(edge.event for _, edge in timeline.moments)
    path = BY_EVENTS[case.configuration, events]
    zone = path.zone()
    assert zone is not None
    assert zone.has([at for at, _ in timeline.moments])
