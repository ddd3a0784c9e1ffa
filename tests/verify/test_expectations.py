"""What stands under ``expect:``: the example of the page, whole legs, steps, and warnings."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from callflow.call.case import Case
from callflow.call.loading import case_from_bytes, case_to_dict
from callflow.call.simulator import simulate
from callflow.call.timeline import Timeline
from callflow.strategies import cases
from callflow.verify.check import Checked, check, judged
from callflow.verify.expectations import read
from callflow.verify.verdict import Status
from callflow.words import Event, LegState, Party
from tests.verify.pages import FIRST, PAGE, WITHOUT, case_of, checked, holds, verdicts
from tests.verify.truths import said, truths

# ------------------------------------------------------------------------------------ the page


def test_the_example_of_the_page_holds_word_for_word():
    """Every expectation of the page's example holds for the page's case; the warning warns."""
    result = checked(PAGE)
    assert result.exit_status == 0
    assert not result.unread
    assert not result.failures
    assert [one.expectation.text for one in result.warnings] == [
        "employee hears dialing_music for at most 15"
    ]
    assert len(result.results) == 15
    assert [one.expectation.key for one in result.results] == [
        *("outcome", "contact", "employee", "steps"),
        *["that"] * 10,
        "warn",
    ]
    first = WITHOUT.count("\n")
    assert [one.expectation.line for one in result.results] == [
        first + line for line in (2, 3, 4, 5, *range(7, 17), 18)
    ]


def test_of_the_example_only_what_is_inferred_falls_under_documented_only():
    """--documented-only: G3 stands behind the employee's music, G11 behind the mark."""
    result = checked(PAGE, documented_only=True)
    fallen = {
        one.expectation.text: [clause.id for clause in one.verdict.inferences]
        for one in result.results
        if one.status is Status.UNDOCUMENTED
    }
    assert fallen == {
        "employee: [dialing 6, message 4, dialing_music 21.5, conversation 14.5]": ["G3"],
        "employee hears dialing_music for at most 25": ["G3"],
        "employee waits at most 26": ["G3"],
        'dtmf "1" is sent at 21.0': ["G11"],
    }
    assert result.exit_status == 1


@pytest.mark.parametrize("form", ["json", "toml", "python"])
def test_json_toml_and_python_expect_the_same(form):
    """The expectations of a case are the same in every format that a case can have."""
    mapping = case_to_dict(case_of(PAGE))
    result = check("case", lambda: _loaded(mapping, form))
    told = [(one.expectation.text, one.status) for one in result.results]
    assert told == [(one.expectation.text, one.status) for one in checked(PAGE).results]
    assert result.exit_status == 0


def _loaded(mapping: dict[str, Any], form: str) -> Case:
    if form == "python":
        return Case.from_dict(mapping)
    if form == "json":
        return case_from_bytes(json.dumps(mapping).encode(), "json")
    return case_from_bytes(_toml(mapping).encode(), "toml")


def _toml(mapping: dict[str, Any]) -> str:
    """A mapping as TOML, each member of the top level on a line of its own."""

    def value(node: Any) -> str:
        if isinstance(node, dict):
            return "{" + ", ".join(f"{json.dumps(k)} = {value(v)}" for k, v in node.items()) + "}"
        if isinstance(node, list):
            return "[" + ", ".join(map(value, node)) + "]"
        return '""' if node is None else json.dumps(node, ensure_ascii=False)  # TOML has no null

    return "".join(f"{name} = {value(node)}\n" for name, node in mapping.items())


def test_json_tells_the_line_of_an_expectation():
    """JSON: each expectation, and what cannot be read, stands in a line."""
    mapping = case_to_dict(case_of("expect: {that: [contact answers, contact sings]}"))
    text = json.dumps(mapping, indent=1)
    result = check("case", lambda: case_from_bytes(text.encode(), "json"))
    lines = text.splitlines()
    (told,), (wrong,) = result.results, result.unread
    assert "contact answers" in lines[told.expectation.line - 1]
    assert "contact sings" in lines[wrong.line - 1]


def test_a_case_made_in_python_can_expect_a_mapping():
    """Case(expect={...}) works as the same mapping in a file does."""
    case = evolve(
        case_of(""), expect={"contact": ["dialing 9", "message", "..."], "outcome": "abandoned"}
    )
    result = check("case", lambda: case)
    assert [one.fails for one in result.results] == [True, False]


def test_no_expectations_are_none():
    """Left out, null and empty: nothing is expected, and nothing is wrong."""
    for expect in ("", "expect:", "expect: {}", "expect: {that: [], warn: , contact: }"):
        result = checked(expect)
        assert (result.results, result.unread, result.exit_status) == ((), (), 0)


# --------------------------------------------------------------------------------- whole legs


def leg_of(call: Timeline, party: Party, *, exact: bool = True) -> list[str]:
    """A leg as it is written under its key."""
    return [
        f"{segment.state} {said(segment.length)}" if exact else str(segment.state)
        for segment in call.leg(party).segments
    ]


def leg_changes(told: list[str]) -> Iterator[list[str]]:
    """Every single change of a leg told with its lengths."""
    for place, item in enumerate(told):
        state, _, length = item.partition(" ")
        time = round(float(length) * 1000)
        before, after = told[:place], told[place + 1 :]
        for other in LegState:
            if other.on_line or other is LegState.DIALING:
                if other != state:
                    yield [*before, f"{other} {length}", *after]
                yield [*before, item, f"{other} {length}", *after]
                yield [*before, f"{other} {length}", item, *after]
        yield [*before, *after]
        yield [*before, f"{state} {said(time + 1)}", *after]
        yield [*before, f"{state} at least {said(time + 1)}", *after]
        yield [*before, f"{state} {said(time - 1)}", *after]
        yield [*before, f"{state} at most {said(time - 1)}", *after]
        for second in range(place + 1, len(told)):
            swapped = list(told)
            swapped[place], swapped[second] = swapped[second], swapped[place]
            yield swapped


@given(cases())
def test_a_leg_told_as_it_is_holds_and_every_single_change_fails(case):
    """A state, a millisecond, one left out, one too many, two swapped: each is noticed."""
    call = simulate(case)
    for party in Party:
        told = leg_of(call, party)
        assert holds(call, party, told)
        assert holds(call, party, leg_of(call, party, exact=False))
        for change in leg_changes(told):
            assert not holds(call, party, change), change


@given(cases(), st.data())
def test_dots_stand_for_anything_anywhere_in_a_leg(case, data):
    """``...`` in place of any stretches, or of none, holds; beside it the rest still counts."""
    call = simulate(case)
    party = data.draw(st.sampled_from(Party))
    told = leg_of(call, party)
    begin = data.draw(st.integers(0, len(told)))
    end = data.draw(st.integers(begin, len(told)))
    dotted = [*told[:begin], "...", *told[end:]]
    assert holds(call, party, dotted)
    assert holds(call, party, [item for one in dotted for item in (one, "...")])
    rest = [place for place, one in enumerate(dotted) if one != "..."]
    if rest:
        place = data.draw(st.sampled_from(rest))
        state, _, length = dotted[place].partition(" ")
        longer = f"{state} {said(round(float(length) * 1000) + 1)}"
        assert not holds(call, party, [*dotted[:place], longer, *dotted[place + 1 :]])


@pytest.mark.parametrize(
    ("told", "what", "at"),
    [
        ("contact: [dialing 9, message 12.6, conversation]",
         "then it is message 12.5 s, not message 12.6", 31_500),
        ("contact: [dialing 9, message at most 10, ...]",
         "then it is message 12.5 s, not message at most 10", 29_000),
        ("contact: [message, ...]", "first it is dialing 9.0 s, not message", 10_000),
        ("contact: [dialing, message]", "conversation 14.5 s comes on top", 31_500),
        ("contact: [..., dialing_music]",
         "dialing_music is missing; the last is conversation 14.5 s", 46_000),
        ("contact: []", "the contact is dialed at 10.0", 10_000),
    ],
)  # fmt: skip
def test_a_leg_that_differs_is_told_where_it_does(told, what, at):
    """What it is, what it was to be, and the moment from which they differ."""
    (result,) = checked(f"expect: {{{told}}}").results
    assert (result.fails, result.verdict.said, result.verdict.at) == (True, what, at)


def test_a_leg_rests_on_the_stretches_that_are_told():
    """What ``...`` stands for was not asked: G3 is behind music that nobody names."""
    for told, ids in (("[dialing, message, ...]", []), ("[..., dialing_music, ...]", ["G3"])):
        (result,) = checked(f"expect: {{employee: {told}}}").results
        assert result.verdict.holds
        assert [clause.id for clause in result.verdict.inferences] == ids


def test_a_leg_that_is_never_dialed_is_an_empty_list():
    """``contact: []`` is a contact who is never dialed; anything else says so."""
    busy = FIRST.replace("employee: {answers_after: 6", "employee: {busy_after: 2").replace(
        ", hangs_up_after: 40", ""
    )
    call = simulate(case_of("", busy.rpartition("expect:")[0]))
    assert verdicts(call, {"contact": []}) == [True]
    assert verdicts(call, {"contact": ["..."]}) == [True]
    (item,) = read({"contact": ["dialing"]}).items
    assert item.ask(call).said == "the contact is never dialed"


# --------------------------------------------------------------------------------------- steps


def steps_of(call: Timeline, *, bare: bool = False) -> list[Any]:
    """The steps as they are written, each as exactly as can be."""
    told: list[Any] = []
    for step in call.to_dict()["steps"]:
        state = f"{step['to']['contact']}/{step['to']['employee']}"
        whole = [step["at"], step["event"], state, copy.deepcopy(step["clauses"])]
        told.append(step["event"] if bare else whole)
    return told


def other_states(step: list[Any]) -> Iterator[list[Any]]:
    """The step with another state of one leg."""
    at, event, state, clauses = step
    contact, employee = state.split("/")
    for other in LegState:
        if other != contact:
            yield [at, event, f"{other}/{employee}", clauses]
        if other != employee:
            yield [at, event, f"{contact}/{other}", clauses]


def other_clauses(step: list[Any]) -> Iterator[list[Any]]:
    """The step with a clause more or less, on one leg or on both."""
    at, event, state, clauses = step
    if clauses:
        yield [at, event, state, {"both": []}]
    for party in Party:
        given_to = clauses.get(party, [])
        wrong = "G14" if "G14" not in given_to else "G13"
        yield [at, event, state, {**clauses, str(party): [*given_to, wrong]}]
        if given_to:
            rest = {name: ids for name, ids in clauses.items() if name != party}
            yield [at, event, state, {**rest, str(party): given_to[1:]}]


def step_changes(told: list[Any]) -> Iterator[list[Any]]:
    """Every single change of steps told exactly, but for the last one left out."""
    for place, step in enumerate(told):
        at, event, state, clauses = step
        before, after = told[:place], told[place + 1 :]
        time = round(at * 1000)
        others = [other for other in Event if other != event]
        yield from ([*before, [at, other, state, clauses], *after] for other in others)
        yield [*before, [float(said(time + 1)), event, state, clauses], *after]
        if time:
            yield [*before, [float(said(time - 1)), event, state, clauses], *after]
        for wrong in (*other_states(step), *other_clauses(step)):
            yield [*before, wrong, *after]
        yield [*before, [at, event, state, "G14"], *after]
        if after:
            yield [*before, *after]
        yield [*before, step, step, *after]
        for second in range(place + 1, len(told)):
            swapped = list(told)
            swapped[place], swapped[second] = swapped[second], swapped[place]
            yield swapped


@given(cases())
def test_steps_told_as_they_are_hold_and_every_single_change_fails(case):
    """Event, moment, state, clause, one left out or too many, two swapped: each is noticed."""
    call = simulate(case)
    told = steps_of(call)
    assert holds(call, "steps", told)
    assert holds(call, "steps", steps_of(call, bare=True))
    for change in step_changes(told):
        assert not holds(call, "steps", change), change


@given(cases(), st.data())
def test_steps_may_be_told_as_exactly_as_wanted(case, data):
    """Moment, state and clauses may be left out; ``...`` stands for steps, and so does the end."""
    call = simulate(case)
    told: list[Any] = []
    for at, event, state, clauses in steps_of(call):
        cited = sorted({clause for ids in clauses.values() for clause in ids})
        some = data.draw(st.lists(st.sampled_from(cited), unique=True)) if cited else []
        parts = [
            *([at] if data.draw(st.booleans()) else []),
            event,
            *([state] if data.draw(st.booleans()) else []),
            *some,
        ]
        told.append(parts if parts[1:] or data.draw(st.booleans()) else event)
    begin = data.draw(st.integers(0, len(told)))
    end = data.draw(st.integers(begin, len(told)))
    assert holds(call, "steps", told)
    assert holds(call, "steps", told[:end])
    assert holds(call, "steps", [*told[:begin], "...", *told[end:]])
    assert holds(call, "steps", [part for step in told for part in ("...", step)])
    last = told[-1] if isinstance(told[-1], list) else [told[-1]]
    assert not holds(call, "steps", ["...", [*last, "G14"]])


def test_a_mapping_of_clauses_is_exact_and_a_bare_clause_is_among_them():
    """Exactly these clauses for these legs, in any order; a leg that is not named keeps its own."""
    call = simulate(case_of(""))
    step = [19, "contact_answered", "message/dialing_music"]
    for held, clauses in (
        (True, ["EF5"]),
        (True, ["G3", "EF5"]),
        (True, [["G3", "EF5"]]),
        (True, [{"contact": ["EF5"], "employee": ["G3"]}]),
        (True, [{"contact": "EF5", "employee": "G3"}]),
        (True, ["EF5", {"contact": ["EF5"], "employee": ["G3"]}]),
        (False, [{"contact": ["EF5"]}]),
        (False, [{"employee": ["G3"]}]),
        (False, [{"both": ["EF5"]}]),
        (False, [{"contact": ["EF5", "G3"], "employee": ["G3"]}]),
        (False, ["EF4"]),
        (False, [["EF5", "EF4"]]),
    ):
        assert holds(call, "steps", ["...", [*step, *clauses]]) is held, clauses
    first = [0, "start", "idle/dialing"]
    assert holds(call, "steps", [[*first, {"employee": ["EF1", "FC"]}]])
    assert holds(call, "steps", [[*first, {"employee": ["FC", "EF1"], "contact": []}]])
    assert not holds(call, "steps", [[*first, {"employee": ["FC"]}]])
    last = [31.5, "contact_message_ended", "conversation / conversation", {"both": ["EF5"]}]
    assert holds(call, "steps", ["...", last])


@pytest.mark.parametrize(
    ("told", "what", "at"),
    [
        ("[start, [6.5, employee_answered]]",
         "step 2 is [6.0, employee_answered, idle/message, EF2], not [6.5, employee_answered]",
         6_000),
        ("[start, contact_answered]",
         "step 2 is [6.0, employee_answered, idle/message, EF2], not contact_answered", 6_000),
        ("[..., contact_hung_up]",
         ("contact_hung_up is missing; the last step is "
          "[46.0, employee_hung_up, released/released, G21]"), 46_000),
    ],
)  # fmt: skip
def test_a_step_that_differs_is_told_with_the_step_that_is(told, what, at):
    """Which step it is, what it was to be, and its moment."""
    (result,) = checked(f"expect: {{steps: {told}}}").results
    assert (result.fails, result.verdict.said, result.verdict.at) == (True, what, at)


def test_steps_rest_on_the_clauses_of_those_that_are_told():
    """What ``...`` stands for was not asked, and the end of the call is only when it is told."""
    asked = "expect: {steps: [start, ..., contact_message_ended]}"
    (result,) = checked(asked, documented_only=True).results
    assert result.status is Status.HOLDS
    (result,) = checked("expect: {steps: [..., employee_hung_up]}", documented_only=True).results
    assert [clause.id for clause in result.verdict.inferences] == ["G21"]


# ----------------------------------------------------------------------------- outcome, error


@given(cases())
def test_an_outcome_holds_for_calls_that_turn_out_so(case):
    """One of the four outcomes holds for each call."""
    call = simulate(case)
    for outcome in ("conversation", "contact_not_reached", "employee_not_reached", "abandoned"):
        assert verdicts(call, {"outcome": outcome}) == [call.outcome == outcome]


BLACKLISTED = WITHOUT.replace('["79261112233"]', '["79260000000"]')


def refused(expect: str, **options: Any) -> Checked:
    """The page's case with a contact in the blacklist, checked."""
    return check("case", lambda: case_of(expect, BLACKLISTED), **options)


def test_a_refusal_that_is_expected_holds():
    """``error: contact_in_blacklist`` holds where the API refuses the request so."""
    result = refused("expect: {error: contact_in_blacklist}")
    assert (result.exit_status, result.unexpected_refusal) == (0, False)
    (one,) = result.results
    assert one.verdict.said == "the API refuses it: contact_in_blacklist"


def test_another_refusal_than_the_expected_one_fails():
    """The mnemonic must be the one that the API answers with."""
    result = refused("expect: {error: limit_exceeded}")
    assert result.exit_status == 1
    (one,) = result.failures
    assert one.verdict.said == "the API refuses it: contact_in_blacklist"


def test_a_refusal_that_nobody_expects_is_told_as_such():
    """A refused request with other expectations, or none, ends with 3."""
    for expect in ("", "expect: {outcome: conversation}"):
        result = refused(expect)
        assert (result.exit_status, result.unexpected_refusal) == (3, True)
        assert result.results == ()


def test_an_expected_refusal_that_is_not_chosen_is_no_unexpected_one():
    """-k: what is not asked does not count, also where the API refuses the request."""
    result = refused("expect: {error: contact_in_blacklist}", chosen=lambda _: False)
    assert (result.exit_status, result.unexpected_refusal) == (0, False)


def test_a_misspelt_error_is_unread_and_no_unexpected_refusal():
    """Whoever misspells the mnemonic expects a refusal all the same; the word is told."""
    result = refused("expect: {error: contact_in_blaklist}")
    assert (result.exit_status, result.unexpected_refusal) == (2, False)
    (wrong,) = result.unread
    assert wrong.message.endswith("did you mean contact_in_blacklist?")


def test_an_accepted_request_that_was_to_be_refused_fails():
    """``error:`` fails where the API accepts the request."""
    (one,) = checked("expect: {error: contact_in_blacklist}").failures
    assert one.verdict.said == "the API accepts the request"


# ------------------------------------------------------------------------------------ warnings


@given(cases(), st.data())
def test_a_warning_never_fails(case, data):
    """Under ``warn`` a lie warns and the case passes, with --documented-only too."""
    call = simulate(case)
    told = list(truths(call.to_dict(), case))
    truth = data.draw(st.sampled_from([one for one in told if one.lies]))
    expected = read({"warn": [truth.text, truth.lies[0]]})
    true, lie = judged(expected, call)
    assert (true.warns, true.fails) == (False, False)
    assert (lie.warns, lie.fails) == (True, False)
    strict, _ = judged(expected, call, documented_only=True)
    assert (strict.warns, strict.fails) == (bool(true.verdict.inferences), False)


@given(cases(), st.data())
def test_documented_only_fails_what_holds_and_rests_on_an_inference(case, data):
    """What holds fails exactly if an inference is behind it; what fails does so either way."""
    call = simulate(case)
    told = list(truths(call.to_dict(), case))
    truth = data.draw(st.sampled_from(told))
    results = judged(read({"that": [truth.text, *truth.lies]}), call, documented_only=True)
    assert results[0].fails is bool(results[0].verdict.inferences)
    assert all(one.status is Status.FAILS for one in results[1:])
