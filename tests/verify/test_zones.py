"""Zones say of times what trying all times says."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from callflow.verify.zones import Bound, Zone

SIZE, MOST = 4, 5
PLACES = st.integers(0, SIZE - 1)


@st.composite
def demands(draw) -> list[tuple[str, Bound]]:
    """At least or at most so far apart; every moment within the first few milliseconds."""
    asked = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["at_least", "at_most"]),
                st.builds(Bound, PLACES, PLACES, st.integers(-3, 3)),
            ),
            max_size=6,
        )
    )
    return [*(("at_least", Bound(0, n, 0)) for n in range(SIZE)),
            *(("at_most", Bound(0, n, MOST)) for n in range(SIZE)), *asked]  # fmt: skip


def narrowed(asked) -> Zone | None:
    zone = Zone(SIZE)
    return zone if all(getattr(zone, how)(*bound) for how, bound in asked) else None


def fits(times, asked) -> bool:
    return all(
        times[b] - times[a] >= least if how == "at_least" else times[b] - times[a] <= least
        for how, (a, b, least) in asked
    )


def brute(asked) -> list[tuple[int, ...]]:
    every = product([0], *[range(MOST + 1)] * (SIZE - 1))
    return [times for times in every if fits(times, asked)]


@given(demands())
def test_a_zone_is_empty_exactly_if_no_times_fit(asked):
    """Demands are refused as soon as nothing fulfils them, and never before."""
    assert (narrowed(asked) is None) is (not brute(asked))


@given(demands())
def test_a_zone_holds_exactly_the_times_that_fit(asked):
    """`has`, `least` and `limits` say what all fitting times say."""
    zone, fitting = narrowed(asked), brute(asked)
    if zone is None:
        return
    every = product([0], *[range(MOST + 1)] * (SIZE - 1))
    assert [times for times in every if zone.has(times)] == fitting
    assert zone.least() == tuple(map(min, zip(*fitting, strict=True)))
    assert zone.has(zone.least())
    for a, b in product(range(SIZE), repeat=2):
        apart = [times[b] - times[a] for times in fitting]
        assert zone.limits(a, b) == (min(apart), max(apart))


@given(demands(), st.integers(1, 3))
def test_whole_units_are_the_times_that_are_multiples(asked, unit):
    """`whole` keeps the times that are whole multiples of a unit, counted in it."""
    zone = narrowed(asked)
    if zone is None:
        return
    whole = zone.whole(unit)
    multiples = [
        tuple(at // unit for at in times)
        for times in brute(asked)
        if all(at % unit == 0 for at in times)
    ]
    assert (whole is None) is (not multiples)
    if whole is not None:
        assert whole.least() == tuple(map(min, zip(*multiples, strict=True)))


@given(demands(), demands())
def test_a_copy_is_narrowed_alone(asked, more):
    """Narrowing a copy leaves the zone as it was."""
    zone = narrowed(asked)
    if zone is None:
        return
    before = [zone.limits(a, b) for a, b in product(range(SIZE), repeat=2)]
    copy = zone.copy()
    for how, bound in more:
        getattr(copy, how)(*bound)
    assert [zone.limits(a, b) for a, b in product(range(SIZE), repeat=2)] == before


def test_without_a_limit_there_is_none():
    """What nothing bounds from above has no greatest distance, also by way of others."""
    zone = Zone(3)
    assert zone.narrow([Bound(0, 1, 2), Bound(1, 2, -1)])
    assert zone.limits(0, 1) == (2, None)
    assert zone.limits(2, 1)[1] == 1
