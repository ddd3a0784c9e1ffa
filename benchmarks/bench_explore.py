"""Exploration and proofs: everything that can happen, beside what walking it alone takes.

The yardstick of exploring is simulating each of the calls once more: what the properties add is the
rest. The yardstick of proving is exploring, which asks the same properties of one call an order.
"""

from __future__ import annotations

from callflow.call.simulator import simulate
from callflow.verify.explore import Exploration, explore
from callflow.verify.paths import all_paths
from callflow.verify.prove import Judge, prove


def calls() -> int:
    orders = [(path, order) for path in all_paths() for order in path.orders()]
    for path, order in orders:
        simulate(path.case(order.times))
    return len(orders)


def walked() -> Exploration:
    """Paths, orders with ties and their smallest times; no property is asked."""
    return explore(properties=[])


def proved(explored: Exploration) -> Judge:
    judge = Judge(explored)
    for path in explored.paths:
        judge.path(path)
    assert all(judge.proof(one).verdict in ("proved", "tested") for one in explored.properties)
    return judge


def test_everything_that_can_happen(benchmark, compare) -> None:  # type: ignore[no-untyped-def]
    assert calls() == 592
    simulating = ("making and simulating the 592 calls", calls)
    compare("walking all paths and orders", simulating, walked, aim=2, rounds=7)
    compare("  with all properties", simulating, explore, aim=10, rounds=7)
    result = benchmark.pedantic(explore, rounds=7)
    assert result.holds


def test_proofs_for_all_times(benchmark, compare) -> None:  # type: ignore[no-untyped-def]
    explored = explore()
    exploring = ("exploring", explore)
    compare("proofs by zones", exploring, lambda: proved(explored), aim=2, rounds=7)
    compare("  with the exploration before", exploring, prove, aim=3, rounds=7)
    judge = benchmark.pedantic(lambda: proved(explored), rounds=7)
    print(f"\n{judge.runs} worlds")
