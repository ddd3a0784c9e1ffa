"""What cases exercise, and what none of them does."""

from hypothesis import given
from hypothesis import strategies as st

from callflow import strategies
from callflow.call.case import Case
from callflow.call.simulator import simulate
from callflow.choreography import RULES
from callflow.clauses import CLAUSES
from callflow.draw.grid import Style
from callflow.verify.coverage import BEYOND_CALLS, Coverage, exercised, of_rule
from callflow.verify.report.covered import coverage_text

SEVERAL = st.lists(strategies.cases(), max_size=5)


def coverage(cases: list[Case]) -> Coverage:
    return Coverage(tuple(exercised(f"{n}.yaml", simulate(case)) for n, case in enumerate(cases)))


@given(SEVERAL)
def test_a_rule_is_exercised_by_the_cases_whose_calls_take_it(cases: list[Case]) -> None:
    """Every step of every call counts for its row of the table, and nothing else does."""
    told = coverage(cases)
    taken = [{edge.rule for _, edge in simulate(case).moments} for case in cases]
    for rule in RULES:
        assert told.by_rule[rule] == tuple(n for n, one in enumerate(taken) if rule in one)
    assert set(told.missing_rules) == set(RULES) - set().union(*taken)


@given(SEVERAL)
def test_a_clause_is_exercised_by_the_cases_that_cite_it(cases: list[Case]) -> None:
    """Every clause that stands anywhere in a timeline counts."""
    told = coverage(cases)
    cited = [set(_ids(simulate(case).to_dict())) for case in cases]
    for id_, clause in CLAUSES.items():
        if id_ not in BEYOND_CALLS:
            assert told.by_clause[clause] == tuple(n for n, one in enumerate(cited) if id_ in one)
    assert not set().union(*cited) & set(BEYOND_CALLS)


def _ids(value: object) -> list[str]:
    """Everything under a key `clauses` of a timeline."""
    if isinstance(value, dict):
        found = [one for key, member in value.items() if key != "clauses" for one in _ids(member)]
        listed = value.get("clauses", [])
        lists = listed.values() if isinstance(listed, dict) else [listed]
        return found + [id_ for one in lists for id_ in one]
    return [one for item in value for one in _ids(item)] if isinstance(value, list) else []


@given(SEVERAL, st.integers(40, 200))
def test_the_text_names_every_rule_and_every_clause_within_its_width(
    cases: list[Case], width: int
) -> None:
    """Nothing that is left out goes unnamed, and no line is wider than was asked for."""
    told = coverage(cases)
    text = coverage_text(told, width=width, style=Style.ASCII).plain()
    assert max(map(len, text.splitlines())) <= max(width, 60)
    for clause in told.by_clause:
        assert clause.id in text
    left = text.partition("no case takes")[2]
    assert len(told.missing_rules) == left.partition("no case exercises")[0].count(" ->")


@given(SEVERAL, st.integers(76, 97))
def test_in_a_narrow_terminal_a_rule_stands_over_its_clauses(cases: list[Case], width: int) -> None:
    """Where a rule finds no room on a line it takes two, its clauses and cases in columns below."""
    told = coverage(cases)
    lines = coverage_text(told, width=width, style=Style.ASCII).plain().splitlines()
    above = next(at for at, one in enumerate(lines) if one.startswith("rule: from"))
    event, target = (lines[above].index(head) for head in ("event", "to"))
    assert [lines[above + 1].index(head) for head in ("clauses", "cases")] == [event, target]
    for at, (rule, places) in enumerate(told.by_rule.items(), 1):
        first, second = lines[above + 2 * at : above + 2 * at + 2]
        assert first.split() == [str(rule.source), str(rule.event), str(rule.target)]
        assert second[:event].strip() == ""
        assert second[event:target].strip() == ", ".join(of_rule(rule))
        assert second[target:] == (" ".join(str(place + 1) for place in places) or "none")


@given(SEVERAL)
def test_json_and_text_count_the_same(cases: list[Case]) -> None:
    """The JSON lists for each rule and clause the cases, by name."""
    told = coverage(cases)
    data = told.to_dict()
    assert [len(rule["cases"]) for rule in data["rules"]] == [
        len(places) for places in told.by_rule.values()
    ]
    assert [one["case"] for one in data["cases"]] == [f"{n}.yaml" for n in range(len(cases))]
    seen = sum(bool(rule["cases"]) for rule in data["rules"])
    text = coverage_text(told, width=100, style=Style.ASCII).plain()
    assert f"{seen} of 36 rules" in text
