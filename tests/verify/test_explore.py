"""Exploration finds whatever is wrong with a table, and says what holds for how many calls."""

from __future__ import annotations

import pytest

from callflow import Case
from callflow.call.loading import case_from_bytes, case_to_yaml
from callflow.call.simulator import simulate
from callflow.choreography import RULES, states
from callflow.errors import TableError, UsageError
from callflow.units import NEVER
from callflow.verify.explore import explore, simulated
from callflow.verify.properties import PROPERTIES, Call, Property, Violated
from callflow.verify.prove import prove
from callflow.verify.report.exploring import exploration_text, exploration_to_dict
from tests.properties import mutants


@pytest.fixture(scope="module")
def found():
    return explore()


def test_every_property_holds_of_everything_that_can_happen(found):
    """Of all paths, all orders of their events, hang-ups and failures at every point."""
    assert found.holds
    assert [one.of.name for one in found.properties] == [str(n) for n in range(1, 21)]
    assert not found.counterexamples
    assert not found.faults


def test_what_there_is_is_counted(found):
    """Configurations, different machines, states, rules, paths, orders."""
    assert len(found.graphs) == 16
    assert found.machines == 9
    assert len(found.states) == 12
    assert len(found.paths) == 139
    assert found.order_count == 592
    assert len(found.edges) == 190


def test_no_property_holds_because_nothing_happens(found):
    """Each has calls of which it says something, and most have not all of them."""
    for one in found.properties:
        assert one.paths > 0, one.of.name
        assert one.orders is None or one.orders >= one.paths
        assert (one.of.premise is None) <= (one.paths == len(found.paths))
    assert sum(one.paths < len(found.paths) for one in found.properties) > 10


def test_every_rule_and_every_clause_behind_one_is_witnessed(found):
    """No row and no clause of a row is there that no call comes to."""
    assert list(found.witnesses) == list(RULES)
    assert all(paths > 0 for paths, _ in found.witnesses.values())
    assert all(paths > 0 for paths, _ in found.clauses.values())
    starts = [counts for rule, counts in found.witnesses.items() if rule.event == "start"]
    assert tuple(map(sum, zip(*starts, strict=True))) == (139, 592)


def test_what_rests_on_inference_is_told(found):
    """Ends of calls are inferred everywhere; under the premise most else is documented."""
    basis = {rule: found.basis(rule) for rule in RULES}
    for rule, (documented, everywhere) in basis.items():
        assert 0 <= documented <= everywhere > 0
        if str(rule.target) == "released/released":
            assert documented == 0
    assert sum(documented == everywhere for documented, everywhere in basis.values()) > 0
    assert sum(found.inferences.values()) >= sum(e.basis == "inferred" for e in found.edges)


# ----------------------------------------------------------------------------------------- faults


def _faulty(place: int):
    redirected = mutants.redirected(RULES, states())
    return mutants.tables(place, mutants.removed(RULES), redirected, mutants.resettled(RULES))


@pytest.mark.parametrize("place", range(len(RULES)))
def test_every_fault_in_a_row_is_refused_or_found_with_its_shortest_call(place):
    """A row removed, redirected or put under other settings: no table, or a counterexample.

    A table that is the same for all configurations has no fault.
    """
    for name, rows, _ in _faulty(place):
        found = explore(rows)
        assert not found.holds, name
        assert found.counterexamples, name
        assert not found.faults, name
        for shown in found.counterexamples:
            again = case_from_bytes(case_to_yaml(shown.case, secrets=True).encode(), "yaml", "")
            assert again == shown.case, name
            with pytest.raises(Violated):
                _ask_again(shown, found.graphs)
        _is_shortest(found, found.counterexamples[0])


def _ask_again(shown, graphs):
    if shown.of.one is not None:
        shown.of.one(Call(shown.timeline))
    else:
        shown.of.two(shown.case, lambda case: simulated(graphs, case))


def _is_shortest(found, shown):
    """No order of any path is shorter of which the property does not hold either."""
    if shown.of.one is None or shown.of.name in ("5", "13", "18"):
        return  # asked of tts messages and marks, too
    steps, total = shown.size
    for path, orders in zip(found.paths, found.orders, strict=True):
        for order in orders:
            size = sum(length for length in path.lengths(order.times) if length < NEVER)
            if (len(path.edges), size) < (steps, total):
                shown.of.one(Call(path.timeline(order.times)))


def test_a_counterexample_is_told_with_its_case_and_its_lanes():
    """The text shows what is wrong, a case file that can be copied, and what both lived."""
    place = next(n for n, row in enumerate(RULES) if row.event == "employee_message_ended")
    _, rows, _ = next(_faulty(place))
    found = explore(rows)
    text = exploration_text(found).plain()
    assert max(map(len, text.splitlines())) <= 80
    shown = found.counterexamples[0]
    assert f"property {shown.of.name} does not hold: {shown.wrong}" in text
    for line in case_to_yaml(shown.case, secrets=True).splitlines():
        assert f"  {line}" in text
    data = exploration_to_dict(found)
    assert data["holds"] is False
    broken = [one for one in data["properties"] if not one["holds"]]
    assert [one["property"] for one in broken] == [one.of.name for one in found.counterexamples]
    first = broken[0]["counterexample"]
    assert Case.from_dict(first["case"]) == shown.case
    assert first["timeline"]["steps"] == shown.timeline.to_dict()["steps"]


# ------------------------------------------------------------------------------- users' properties


def nobody_waits_two_seconds(timeline):
    """Nobody waits two seconds."""
    waited = [timeline.leg(party).figures.waited or 0 for party in ("contact", "employee")]
    return max(waited) < 2000


def test_a_property_can_be_a_function_of_a_timeline():
    """Where it returns False it does not hold, and the shortest such call is shown."""
    found = explore(properties=[*PROPERTIES, nobody_waits_two_seconds])
    mine = found.properties[-1]
    assert mine.of.sentence == "Nobody waits two seconds."
    assert not mine.holds
    assert mine.counterexample is not None
    waited = simulate(mine.counterexample.case)
    assert nobody_waits_two_seconds(waited) is False
    assert waited.steps == mine.counterexample.timeline.steps
    assert mine.counterexample.case.request.dtmf_string is None
    assert all(one.holds for one in found.properties[:-1])


def test_a_property_can_assert():
    """AssertionError is an answer, and what it says is told."""

    def short(timeline):
        assert timeline.duration == 0, "it lasts"

    found = explore(properties=[short])
    assert found.properties[0].counterexample.wrong == "it lasts"
    assert found.properties[0].of.sentence == "short"


def test_a_property_that_raises_is_named_and_nothing_else_is_lost():
    """Its error stands beside it with the first call, and every other property has its answer."""

    def careless(timeline):
        return timeline.conversation.length > 0

    found = explore(properties=[*PROPERTIES, careless])
    assert not found.holds
    assert all(one.holds for one in found.properties[:-1])
    (fault,) = found.faults
    assert fault.of.name == "careless"
    assert fault.error.startswith("AttributeError: 'NoneType' object")
    with pytest.raises(AttributeError):
        careless(simulate(fault.case))
    text = exploration_text(found).plain()
    assert "no answer: careless; 20 properties hold" in text
    assert "property careless gives no answer on" in text
    assert exploration_to_dict(found)["properties"][-1]["fault"]["calls"] == fault.calls > 1


def test_a_property_with_a_premise_is_counted_where_it_says_something():
    """A `Property` of one's own has a sentence and a premise as those of the choreography have."""
    mine = Property(
        name="mine",
        sentence="Whoever talks was dialed.",
        premise=lambda call: bool(call.talks),
        one=lambda _: None,
    )
    asked = explore(properties=[mine]).properties[0]
    assert (asked.paths, asked.orders, asked.holds) == (63, 264, True)


def test_what_is_no_property_and_what_is_no_table_is_refused():
    """One clear error, that names what is wrong."""
    with pytest.raises(UsageError, match="'talk' is no property: pass a function"):
        explore(properties=["talk"])
    with pytest.raises(TableError, match="no rule for"):
        explore(rules=RULES[1:])


@pytest.mark.parametrize("answer", [0, 1, "", "no", [], {}, 2.5])
def test_a_property_that_returns_anything_but_true_or_false_gives_no_answer(answer):
    """What was meant cannot be known: 0 may be a count of wrong calls, or no."""
    found = explore(properties=[lambda _: answer])
    assert not found.holds
    (fault,) = found.faults
    assert fault.error.startswith(f"TypeError: it returned {type(answer).__name__}; ")


def test_a_property_that_nobody_runs_does_not_hold():
    """A generator is no answer: not a line of it was run."""

    def silent(timeline):
        yield timeline.outcome == "never"

    assert not explore(properties=[silent]).holds


def test_an_error_that_cannot_say_what_it_is_loses_nothing():
    """It is told by its name, and the other properties are answered."""

    class Mute(Exception):
        def __str__(self):
            raise RuntimeError

    def mute(_):
        raise Mute

    found = explore(properties=[mute, lambda _: True])
    assert [one.holds for one in found.properties] == [False, True]
    assert found.faults[0].error == "Mute"


def test_one_property_alone_is_told_to_be_no_list():
    with pytest.raises(UsageError, match="is no list of properties"):
        explore(properties=lambda _: True)


@pytest.mark.parametrize("ask", [explore, prove])
def test_what_is_no_row_is_told(ask):
    with pytest.raises(TableError, match="1 is no row: make rows with"):
        ask([1])
