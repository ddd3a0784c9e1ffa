"""What stands under ``expect:`` and cannot be read: each is told, and the rest is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow.call.case import Case
from callflow.call.simulator import simulate
from callflow.clauses import CLAUSES
from callflow.verify.check import check
from callflow.verify.expectations import KEYS, read
from tests.verify.pages import WITHOUT, case_of, checked

# ---------------------------------------------------------------------- what cannot be read


_UNREADABLE = [
    ("that: [contact answers, contact hears mesage for exactly 12.5]", "expect.that[1]",
     ("'contact hears mesage for exactly 12.5' cannot be read at 'mesage', word 3: dialing, "
     "dialing_music, message, conversation or the could stand there; did you mean message?")),
    ("that: [employee answers: 9]", "expect.that[0]",
     "must be a sentence, not a mapping; did you mean employee answers 9 without a colon?"),
    ("that: [[contact answers]]", "expect.that[0]", "must be a sentence, not a list"),
    ("that: [null]", "expect.that[0]", "must be a sentence, not null"),
    ("that: {contact: answers}", "expect.that", "must be a list of sentences, not a mapping"),
    ("outcome: abandonned", "expect.outcome",
     ("must be conversation, contact_not_reached, employee_not_reached or abandoned, "
     "not the text abandonned; did you mean abandoned?")),
    ("outcome: [abandoned]", "expect.outcome",
     "must be conversation, contact_not_reached, employee_not_reached or abandoned, not a list"),
    ("outcom: abandoned", "expect.outcom", "unknown key; did you mean outcome?"),
    ("zzz: 1", "expect.zzz",
     "unknown key; known here: outcome, error, contact, employee, steps, that, warn"),
    ("error: contact_in_blaklist", "expect.error",
     ("must be a mnemonic of the API, not the text contact_in_blaklist; "
     "did you mean contact_in_blacklist?")),
    ("{error: contact_in_blacklist, outcome: conversation}", "expect.error",
     "a refused request makes no call; take away error or outcome"),
    ("contact: dialing 9", "expect.contact",
     "must be a list: [dialing 9, message, ...], not the text dialing 9"),
    ("contact: [dialing 9, mesage]", "expect.contact[1]",
     ("'mesage' cannot be read at 'mesage', word 1: dialing, dialing_music, message or "
     "conversation could stand there; did you mean message?")),
    ("contact: [dialing: 9]", "expect.contact[0]",
     ("must be a state, with its length if you like: message 12.5, not a mapping; "
     "did you mean dialing 9 without a colon?")),
    ("steps: [strat]", "expect.steps[0]",
     "must be an event, not the text strat; did you mean start?"),
    ("steps: [[6, employee_answerd]]", "expect.steps[0][1]",
     "must be an event, not the text employee_answerd; did you mean employee_answered?"),
    ("steps: [[employee_answerd]]", "expect.steps[0][0]",
     ("must be a moment or an event, not the text employee_answerd; "
     "did you mean employee_answered?")),
    ("steps: [[6]]", "expect.steps[0]", "an event is missing; it can be "),
    ("steps: [[]]", "expect.steps[0]",
     "must be an event, ..., or [moment, event, state, clauses], not a list"),
    ("steps: [[null, start]]", "expect.steps[0][0]", "must be an event, not null"),
    ("steps: [[0, start, idle/dailing]]", "expect.steps[0][2]",
     ("must be a state of both legs, contact/employee, each idle, dialing, message, "
     "dialing_music, conversation or released, not the text idle/dailing; "
     "did you mean idle/dialing?")),
    ("steps: [[0, start, dialing / dial]]", "expect.steps[0][2]",
     ("must be a state of both legs, contact/employee, each idle, dialing, message, "
     "dialing_music, conversation or released, not the text dialing / dial; "
     "did you mean dialing/dialing?")),
    ("steps: [[0, start, [EF1, EF9]]]", "expect.steps[0][2]",
     "must be a state of both legs or a clause, not the text EF9"),
    ("steps: [[0, start, EF9]]", "expect.steps[0][2]",
     "must be a state of both legs or a clause, not the text EF9"),
    ("steps: [[0, start, {contcat: EF1}]]", "expect.steps[0][2].contcat",
     "unknown key; contact, employee or both"),
    ("steps: [[0, start, {contact: EF1}, {employee: EF1}]]", "expect.steps[0][3]",
     "one mapping says the clauses of both legs; join them"),
    ("steps: [[about, start]]", "expect.steps[0][0]",
     "'about' cannot be read at its end: a number of seconds (at most 999999) could stand there"),
]  # fmt: skip


@pytest.mark.parametrize(("expect", "path", "message"), _UNREADABLE)
def test_what_cannot_be_read_is_told_with_its_place_and_the_rest_is_asked(expect, path, message):
    """Path, line, what is wrong and the nearest right thing; the other expectations still count."""
    pairs = expect[1:-1].split(", ") if expect.startswith("{") else [expect]
    text = "".join(f"  {pair}\n" for pair in pairs)
    result = checked(f"expect:\n{text}  warn: [contact answers]\n")
    found = [one for one in result.unread if one.path == path]
    assert found, [(one.path, one.message) for one in result.unread]
    assert found[0].message.startswith(message)
    assert found[0].line == WITHOUT.count("\n") + 2
    assert "contact answers" in [one.expectation.text for one in result.results]
    assert result.exit_status == 2
    problem = result.problems[0]
    assert str(problem).startswith(f"first.yaml:{problem.line}: {path}: {message[:20]}")


def test_everything_unreadable_is_told_at_once_in_the_order_of_lines():
    """One reading tells all that is wrong, and loses nothing of what is right."""
    result = checked(
        "expect:\n  warn: [x]\n  outcome: no\n  that: [contact answers, y, call ends]\n"
        "  contact: [z]\n"
    )
    assert [one.path for one in result.unread] == [
        *("expect.warn[0]", "expect.outcome", "expect.that[1]", "expect.contact[0]")
    ]
    assert [one.expectation.text for one in result.results] == ["contact answers", "call ends"]


def test_the_column_of_a_wrong_word_is_kept():
    """A report can point at the word under the sentence."""
    (wrong,) = checked("expect: {that: [contact hears mesage]}").unread
    assert wrong.text == "contact hears mesage"
    assert (wrong.misread.column, wrong.misread.near) == (14, "message")


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["...", "start", "EF5", "dialing 9", "idle/dialing", "contact answers"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from([*KEYS, "both"]) | st.text(max_size=5), inner, max_size=4
    ),
    max_leaves=20,
)  # fmt: skip


@given(_ANYTHING | st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, _ANYTHING)))
def test_whatever_stands_under_expect_is_read_or_told(expect):
    """No value makes reading or asking raise; each message is one line with its path."""
    expected = read(expect)
    call = simulate(case_of(""))
    for item in expected.items:
        assert isinstance(item.ask(call).holds, bool)
        assert item.text
    for one in expected.unread:
        assert one.path.startswith("expect")
        assert str(one.problem("case.yaml")).isprintable()


def test_a_key_given_twice_is_refused_with_the_case():
    """No expectation is lost silently: of two keys of one name the file reader complains."""
    result = checked("expect:\n  that: [contact answers]\n  that: [call ends]\n")
    assert result.exit_status == 2
    assert "that" in str(result.problems[0])


def test_a_fault_of_our_own_is_told_in_one_line_and_raises_nothing():
    """Whatever goes wrong inside: status 70, and the other cases still run."""

    def broken() -> Case:
        raise RuntimeError("a\nb")

    result = check("case", broken)
    assert (result.exit_status, result.fault) == (70, "RuntimeError: a b")


def test_the_clauses_of_the_steps_are_known():
    """Every clause of the table can be named."""
    every = [f"[start, {clause}]" for clause in CLAUSES]
    assert checked(f"expect: {{steps: [{', '.join(every)}]}}").unread == ()
