"""A law that cannot fail says nothing: each one is broken here by some fault.

Faults are those of the simulator's mutants and of the table's, and a few more for laws that only a
table which nobody would write offends.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attrs import evolve

from callflow.call.simulator import simulate
from callflow.choreography import RULES, SIMULTANEOUS, states
from callflow.clauses import CF4, G3
from callflow.errors import TableError
from callflow.table import check
from callflow.words import Event
from tests.properties import laws, mutants
from tests.properties.pool import EVERY
from tests.properties.test_simulator_mutants import FAULTS


def _table_faults() -> Iterator[tuple]:
    for _, rows in mutants.redirected(RULES, states()):
        yield rows
    for place, row in enumerate(RULES):
        if row.event is not Event.START:
            yield (*RULES[:place], evolve(row, contact=(CF4, G3)), *RULES[place + 1 :])


def _of_rows(graphs):
    return lambda case: mutants.timeline(graphs[case.configuration], case)


@pytest.fixture(scope="module")
def faulty():
    """Simulators with a fault each."""
    found = []
    for rows in _table_faults():
        try:
            found.append(_of_rows(check(rows, SIMULTANEOUS)))
        except TableError:
            continue
    right = check(RULES, SIMULTANEOUS)
    found += [build(right) for build in FAULTS.values()]
    return [*found, _off_by_the_switch, _with_rounded_times, _with_a_random_name, _of_other_parts]


def _off_by_the_switch(case):
    """Requested and off are not the same even with tts: the call is a little longer."""
    longer = (case.people.conversation or 0) + (5 if case.request.switch_at_once else 1)
    return simulate(evolve(case, people=evolve(case.people, conversation=longer)))


def _with_rounded_times(case):
    """Conversations are counted in tens of milliseconds."""
    whole = max(10, (case.people.conversation or 0) // 10 * 10)
    return simulate(evolve(case, people=evolve(case.people, conversation=whole)))


def _with_a_random_name(case):
    """The JSON shows in which object of memory the case lay."""
    return simulate(evolve(case, name=str(id(case))))


def _of_other_parts(case):
    """The figures are another call's."""
    right = simulate(case)
    later = evolve(case, people=evolve(case.people, conversation=7))
    return mutants.Altered(right, leg=simulate(later).leg)


def _breaks(law, simulator, case):
    try:
        law(simulator(case))
    except AssertionError:
        return True
    return False


@pytest.mark.parametrize("number", [*laws.LAWS, "page"])
def test_a_fault_breaks_law(number, faulty):
    """Some fault offends this law of one run."""
    law = laws.LAWS.get(number, laws.holds_page)
    assert any(_breaks(law, simulator, case) for case in EVERY[::3] for simulator in faulty)


@pytest.mark.parametrize("number", laws.TWO_RUNS)
def test_a_fault_breaks_law_of_two_runs(number, faulty):
    """Some fault offends this law of two runs."""
    law = laws.TWO_RUNS[number]
    for case in EVERY[::3]:
        for simulator in faulty[::-1]:
            try:
                law(case, simulator)
            except AssertionError:
                return
    pytest.fail("nothing breaks it")
