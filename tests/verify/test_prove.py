"""What is proved for all times is repeated by z3, which knows nothing of zones."""

from __future__ import annotations

from itertools import product

import pytest
import z3
from hypothesis import given
from hypothesis import strategies as st

from callflow.call.simulator import walk
from callflow.choreography import RULES, SIMULTANEOUS, possible_events, rules_for, states
from callflow.units import NEVER
from callflow.verify.explore import explore, simulated
from callflow.verify.paths import paths_of
from callflow.verify.properties import Call, Violated
from callflow.verify.prove import Judge, Verdict, prove
from callflow.verify.unknowns import Entangled, Time, ZoneWorld
from callflow.verify.zones import Bound
from callflow.words import ANSWERED, SLOT, UNREACHED, Event, Party, configurations
from tests.properties import mutants
from tests.verify.z3_opinion import Second, Z3World, demanded, moments


@pytest.fixture(scope="module")
def found():
    return prove()


def test_all_but_one_are_proved_and_that_is_about_files(found):
    """1 to 13 and 15 to 20 for all times; 14 is no question of time."""
    assert found.holds
    verdicts = {one.of.name: one.verdict for one in found.properties}
    assert verdicts.pop("14") is Verdict.TESTED
    assert set(verdicts.values()) == {Verdict.PROVED}
    assert len(verdicts) == 19


# -------------------------------------------------------------------------------- times as unknowns


def test_unknown_times_are_added_subtracted_and_compared_as_numbers_are():
    """Every comparison of sums comes out as for numbers, in a world where nothing is open."""

    @given(st.lists(st.integers(0, 9), min_size=2, max_size=2), st.integers(-3, 3))
    def check_(times, more):
        bounds = [Bound(0, n, at) for n, at in enumerate(times, 1)]
        bounds += [Bound(n, 0, -at) for n, at in enumerate(times, 1)]
        world = ZoneWorld(ZoneWorld.beginning(3, bounds), [])
        a, b = (Time(world, {place: 1}) for place in (1, 2))
        x, y = times
        for one, other in (
            (a + more, x + more), (a - b, x - y), (more - a, more - x), (b - more, y - more),
            (a + (b - a), y), (max(a, b), max(x, y)), (sum([a, b - a]), y), (-(a - b), y - x),
        ):  # fmt: skip
            assert one == other
            assert (one != other) is False
            assert (one < 3, one <= 3, one > 3, one >= 3) == (
                other < 3, other <= 3, other > 3, other >= 3,
            )  # fmt: skip
            assert bool(one) is bool(other)
        assert (a == b) is (x == y)
        assert a != "later"

    check_()


def test_an_open_comparison_is_taken_both_ways():
    """Where both answers are possible, both worlds come, and together they are all times."""
    pending, seen = [ZoneWorld.beginning(3, [Bound(0, 1, 0), Bound(0, 2, 0)])], []
    while pending:
        world = ZoneWorld(pending.pop(), pending)
        a, b = (Time(world, {place: 1}) for place in (1, 2))
        seen.append("before" if a < b else "same" if a == b else "after")
    assert sorted(seen) == ["after", "before", "same"]


def test_more_than_two_moments_are_refused_unless_some_coincide():
    """A zone says that it cannot decide; it never guesses."""
    world = ZoneWorld(ZoneWorld.beginning(4, [Bound(0, 1, 0)]), [])
    a, b, c = (Time(world, {place: 1}) for place in (1, 2, 3))
    with pytest.raises(Entangled):
        assert a + b > c
    bounds = [Bound(0, 1, 5), Bound(1, 0, -5), Bound(2, 3, 7)]
    fixed = ZoneWorld(ZoneWorld.beginning(4, bounds), [])
    a, b, c = (Time(fixed, {place: 1}) for place in (1, 2, 3))
    assert c - b > a


# ------------------------------------------------------------------------------------------ z3


@pytest.mark.parametrize("configuration", configurations(), ids=str)
def test_z3_repeats_every_claim_about_every_world(configuration):
    """The times of each world exist, and all that was answered in it follows from them."""
    judge = Judge(explore(), keep=True)
    for path in paths_of(rules_for(configuration)):
        judge.path(path)
    assert judge.kept
    z3_says = Second()
    for run in judge.kept:
        assert z3_says.opinion(run) == (True, True)
        assert not run.broken


@pytest.mark.parametrize("configuration", configurations(), ids=str)
def test_z3_finds_exactly_these_paths_in_the_simulator(configuration):
    """With every length unknown the simulator takes each path, and none beside them.

    The times at which it takes a path are those of the path's zone.
    """
    wanted = {path.events: path for path in paths_of(rules_for(configuration))}
    met = set()
    for silent in product(*((ANSWERED[party], UNREACHED[party]) for party in Party)):
        never = {SLOT[event] for event in silent}
        given_ = [time >= 0 for time in moments(len(Event))[1:]]
        given_ += [
            moments(len(Event))[SLOT[event]] >= 1
            for event in (
                Event.CONTACT_MESSAGE_ENDED,
                Event.EMPLOYEE_MESSAGE_ENDED,
                Event.CONVERSATION_ENDED,
            )
        ]
        pending = [[]]
        while pending:
            waiting: list = []
            world = Z3World(len(Event), given_, pending.pop(), waiting)
            lengths = tuple(
                0 if slot == 0 else NEVER if slot in never else Time(world, {slot: 1})
                for slot in range(len(Event))
            )
            steps = walk(rules_for(configuration).start, lengths)
            pending += waiting
            events = tuple(edge.event for _, edge in steps)
            met.add(events)
            # The simulator's conditions bring the path's bounds about.
            times = [_sum(world, at) for at, _ in steps]
            assert world.solver.check() == z3.sat
            assert (
                world.solver.check(z3.Not(z3.And(demanded(times, wanted[events].bounds()))))
                == z3.unsat
            )
    assert met == set(wanted)


def _sum(world, at):
    if not isinstance(at, Time):
        return z3.IntVal(at)
    parts = [count * world.times[place] for place, count in at.parts.items()]
    return z3.Sum([z3.IntVal(at.constant), *parts])


# --------------------------------------------------------------------------------------- mutants


@pytest.mark.parametrize("place", range(len(RULES)))
def test_z3_and_zones_give_the_same_verdict_on_every_mutant(place):
    """A row removed, led elsewhere or under other settings: both prove and refute the same.

    What neither can be asked (a clock that runs twice) is said to be explored, never proved.
    """
    redirected = mutants.redirected(RULES, states())
    kinds = mutants.removed(RULES), redirected, mutants.resettled(RULES)
    for name, rows, changed in mutants.tables(place, *kinds):
        explored = explore(rows)
        judge = Judge(explored, keep=True)
        for path in explored.paths:
            if path.configuration in changed:
                judge.path(path)
        broken, z3_says = set(), Second()
        for run in judge.kept:
            assert z3_says.opinion(run) == (True, True), name
            broken |= {one.of.name for one in run.broken}
        for found in map(judge.proof, explored.properties):
            if found.verdict is Verdict.PROVED:
                assert found.of.name not in broken, name
            if found.verdict is Verdict.REFUTED:
                _refutes(found.counterexample, explored.graphs, name)
        assert any(judge.proof(one).verdict is Verdict.REFUTED for one in explored.properties)


def _refutes(shown, graphs, name):
    """The smallest times are a call of which the property does not hold."""
    try:
        if shown.of.one is not None:
            shown.of.one(Call(shown.timeline))
        else:
            shown.of.two(shown.case, lambda case: simulated(graphs, case))
    except Violated:
        return
    pytest.fail(name)


@pytest.mark.parametrize("place", range(1, len(SIMULTANEOUS) - 1))
def test_another_order_of_simultaneous_events_is_refuted_where_it_can_matter(place):
    """Neighbours exchanged break property 19 exactly if both are ever possible at once.

    With the smallest times as the case, also where the exchanged event never comes to pass.
    """
    one, other = SIMULTANEOUS[place : place + 2]
    order = (*SIMULTANEOUS[:place], other, one, *SIMULTANEOUS[place + 2 :])
    matters = any({one, other} <= set(possible_events(state)) for state in states())
    found = prove(order=order)
    refuted = [proof for proof in found.properties if proof.verdict is Verdict.REFUTED]
    assert [proof.of.name for proof in refuted] == ["19"] * matters
    for proof in refuted:
        _refutes(proof.counterexample, found.explored.graphs, f"{one} and {other}")
