"""The simulator equals a second one that was written from the specification's prose alone."""

from __future__ import annotations

from hypothesis import given

from callflow.call.simulator import simulate
from callflow.strategies import cases
from callflow.verify.properties.one_call import ids
from tests.properties import oracle
from tests.properties.pool import EVERY


def _steps(case):
    return [
        oracle.Step(
            step.at,
            step.event.value,
            str(step.source),
            str(step.target),
            *(
                None if clauses is None else " ".join(ids(clauses))
                for clauses in (step.contact, step.employee)
            ),
        )
        for step in simulate(case).steps
    ]


@given(cases())
def test_the_simulator_takes_the_steps_of_the_oracle(case):
    """Moments, events, states and the clauses of each leg are those of the other reading."""
    assert _steps(case) == oracle.simulate(case)


def test_the_simulator_takes_the_steps_of_the_oracle_where_everything_coincides():
    """The same on the fixed cases, in most of which several things fall into one millisecond."""
    for case in EVERY:
        assert _steps(case) == oracle.simulate(case)
