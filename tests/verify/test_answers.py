"""Every sentence against a direct question to the timeline, and what it rests on.

`asked` reads sentence and JSON once more, without anything of ``callflow.verify``; `truths` makes
sentences from the JSON that are true, and the lies beside them.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow.call.case import Case
from callflow.call.loading import load_case
from callflow.call.simulator import simulate
from callflow.strategies import cases, sentences
from callflow.verify.answers import Occasion, in_force, occurs
from callflow.verify.sentences import PATTERNS, ask, read
from callflow.verify.verdict import Verdict
from callflow.words import Party
from tests.properties.pool import EVERY
from tests.verify import asked
from tests.verify.truths import truths

FIRST = load_case(str(Path(__file__).parents[1] / "cases" / "first.yaml"))
PATTERN_TEXTS = [pattern.text for pattern in PATTERNS]


def answer(case: Case, text: str) -> Verdict:
    """What the call of a case answers to a sentence."""
    return ask(read(text), simulate(case))


def changed(**changes: object) -> Case:
    """The page's case with other people, messages or settings."""
    mapping: dict[str, object] = {
        "request": {
            "virtual_phone_number": "74993720692",
            "contact": "79260000000",
            "first_call": "employee",
            "switch_at_once": False,
            "contact_message": {"type": "media", "value": "237"},
        },
        "scenario": {"employee_message": {"type": "media", "value": "238"}},
        "messages": {"contact": 12.5, "employee": 4},
        "people": {"contact": {"answers_after": 9}, "employee": {"answers_after": 6}},
    }
    for name, value in changes.items():
        old = mapping.get(name)
        both = isinstance(old, dict) and isinstance(value, dict)
        mapping[name] = {**old, **value} if both else value  # type: ignore[dict-item]
    for part in mapping.values():
        if isinstance(part, dict):
            for name in [name for name, value in part.items() if value is None]:
                del part[name]
    return Case.from_dict(mapping)


# ------------------------------------------------------------------------------ every pattern


@given(cases(), st.lists(sentences(), min_size=4, max_size=12))
def test_a_sentence_holds_where_a_direct_question_to_the_timeline_says_so(case, texts):
    """Whatever a sentence expects, it holds exactly where the timeline's JSON shows it."""
    call = simulate(case)
    told = call.to_dict()
    for text in texts:
        assert ask(read(text), call).holds is asked.holds(told, case, text), text


@given(cases())
def test_what_is_true_of_a_call_holds_and_its_smallest_change_fails(case):
    """A true sentence passes; a millisecond, the other party or the next word makes it fail."""
    call = simulate(case)
    told = call.to_dict()
    for truth in truths(told, case):
        sentence = read(truth.text)
        assert sentence.pattern == truth.pattern, truth.text
        assert ask(sentence, call).holds, truth.text
        assert asked.holds(told, case, truth.text), truth.text
        for lie in truth.lies:
            assert not ask(read(lie), call).holds, lie
            assert not asked.holds(told, case, lie), lie


def test_some_call_makes_every_pattern_true_and_some_change_makes_it_false():
    """No pattern is left out: over many calls each is true of some, and has a change that fails."""
    true, false = Counter[str](), Counter[str]()
    for case in EVERY[::7]:
        for truth in truths(simulate(case).to_dict(), case):
            true[truth.pattern] += 1
            false.update(read(lie).pattern for lie in truth.lies)
    assert set(true) == set(PATTERN_TEXTS)
    assert set(false) == set(PATTERN_TEXTS)


# --------------------------------------------------------------------------- what it rests on


@given(cases())
def test_a_sentence_rests_on_the_clauses_of_what_it_asks_for(case):
    """Lengths: the segment's parts; beginnings: their step; outcomes: the step that made them."""
    call = simulate(case)
    told = call.to_dict()
    for truth in truths(told, case):
        cited = asked.rests_on(told, truth.text)
        if asked.UNSENT in cited:
            continue
        verdict = ask(read(truth.text), call)
        found = {clause.id for clauses in verdict.rests_on for clause in clauses}
        assert found == cited, truth.text


def inferences(case: Case, text: str) -> list[str]:
    verdict = answer(case, text)
    assert verdict.holds, verdict.said
    return [clause.id for clause in verdict.inferences]


@pytest.mark.parametrize(
    "text",
    [
        "contact hears message for exactly 12.5",
        "contact hears dialing for 9",
        "contact never hears dialing_music",
        "conversation begins at 31.5",
        "conversation begins when contact message ends",
        "conversation lasts 14.5",
        "conversation ends at 46",
        "call lasts 46",
        "call ends at 46",
        "outcome is conversation",
        "employee is dialed before contact",
        "contact answers at 19",
        "employee hangs up at 46",
        "contact never hangs up",
        "contact sees caller 74993720692",
        "employee hears the whole message",
    ],
)
def test_how_a_call_ends_makes_no_expectation_an_inference(text):
    """G21, the end of every conversation, is not asked; nor is what the case itself gives."""
    assert inferences(FIRST, text) == []


def test_a_length_rests_on_every_part_of_its_segment():
    """G3 is behind the music of the employee while the contact hears the message."""
    assert inferences(FIRST, "employee hears dialing_music for 21.5") == ["G3"]
    assert inferences(FIRST, "employee waits 25.5") == ["G3"]


def test_marks_rest_on_the_reading_of_their_clock():
    """G11: when the clock starts is inferred; G12: what becomes of marks that are due too late."""
    assert inferences(FIRST, 'dtmf "1" is sent at 21') == ["G11"]
    gone = changed(request={"dtmf_string": "." * 60 + "7"}, people={"conversation": {"seconds": 1}})
    assert inferences(gone, 'dtmf "7" is not sent') == ["G11", "G12"]


def test_a_call_without_conversation_rests_on_what_ended_it():
    """G9: the other outcomes, and that there is no conversation, rest on the last step."""
    busy = changed(people={"contact": {"busy_after": 2}})
    for text in (
        "outcome is contact_not_reached",
        "outcome is not conversation",
        "conversation never begins",
        "contact never hears conversation",
        "call lasts 12",
    ):
        assert inferences(busy, text) == ["G9"], text
    assert inferences(busy, "contact is not reached") == []
    assert inferences(busy, "contact never answers") == []


def test_a_message_that_the_switch_takes_away_is_documented():
    """EF4: with the switch on the contact's message is not played; the end of the call is aside."""
    switched = changed(request={"switch_at_once": True})
    for text in (
        "contact message never begins",
        "contact message never ends",
        "contact never hears message",
        "contact_message has no effect",
    ):
        assert inferences(switched, text) == [], text
    cited = [
        clause.id
        for clauses in answer(switched, "contact message never begins").rests_on
        for clause in clauses
    ]
    assert cited == ["EF4"]


def test_a_message_that_is_cut_off_rests_on_what_cuts_it_off():
    """CF3: the employee answers, and the contact's message is over; it never ends by itself."""
    cut = changed(request={"first_call": "contact", "switch_at_once": True})
    verdict = answer(cut, "contact message never ends")
    assert verdict.holds
    assert {clause.id for clauses in verdict.rests_on for clause in clauses} == {"CF3", "G6"}


# ------------------------------------------------------------------------------ decided by us


def test_where_no_message_is_set_none_is_heard_whole():
    """A party without a message does not hear the whole message; the answer says why."""
    none = changed(request={"contact_message": None}, messages={"contact": None})
    verdict = answer(none, "contact hears the whole message")
    assert (verdict.holds, verdict.said) == (False, "no message is set for the contact")
    assert verdict.rests_on == ()


def test_a_message_that_is_cut_is_told_with_what_was_heard():
    """How much of the message was heard is said beside its length."""
    cut = changed(people={"contact": {"answers_after": 9, "hangs_up_after": 2}})
    verdict = answer(cut, "contact hears the whole message")
    assert (verdict.holds, verdict.said) == (False, "it heard 2.0 s of 12.5 s")


def test_a_message_of_no_length_has_not_begun():
    """The contact answers and hangs up in one millisecond: no lane shows a message or music."""
    gone = changed(people={"contact": {"answers_after": 9, "hangs_up_after": 0}})
    for text in (
        "contact message never begins",
        "contact never hears message",
        "contact hears message for exactly 0",
        "contact answers when contact hangs up",
        "contact waits 0",
        "conversation never begins",
        "outcome is abandoned",
    ):
        assert answer(gone, text).holds, text


def test_a_conversation_of_no_length_is_none():
    """EF4 and a hang-up in the very millisecond: abandoned, and no conversation begins or ends."""
    gone = changed(
        request={"switch_at_once": True},
        people={"contact": {"answers_after": 9, "hangs_up_after": 0}},
    )
    assert simulate(gone).steps[-1].source.contact == "conversation"
    for text in ("conversation begins", "conversation ends", "contact hears conversation"):
        assert not answer(gone, text).holds, text
    for text in ("outcome is abandoned", "contact never hears conversation", "contact waits 0"):
        assert answer(gone, text).holds, text


def test_a_phone_that_is_picked_up_at_once_was_dialed():
    """Dialed and answered in one millisecond: it is dialed, sees its caller, and rings no time."""
    at_once = changed(people={"contact": {"answers_after": 0}})
    for text in (
        "contact is dialed at 10",
        "contact answers when contact is dialed",
        "contact sees caller 74993720692",
        "contact never hears dialing",
    ):
        assert answer(at_once, text).holds, text
    assert answer(at_once, "contact hears dialing").said == "the contact's phone rings for no time"


def test_before_and_after_exclude_the_very_moment_that_when_asks_for():
    """What falls into one millisecond is neither before nor after, whatever was handled first."""
    for one, other in (
        ("conversation begins", "contact message ends"),
        ("contact message ends", "conversation begins"),
    ):
        assert answer(FIRST, f"{one} when {other}").holds
        assert not answer(FIRST, f"{one} before {other}").holds
        assert not answer(FIRST, f"{one} after {other}").holds


def test_who_never_comes_is_neither_before_nor_after_anything():
    """Between occasions both must happen, or the sentence fails and says which never does."""
    busy = changed(people={"employee": {"busy_after": 2}})
    for order in ("when", "before", "after"):
        verdict = answer(busy, f"employee is dialed {order} conversation begins")
        assert not verdict.holds
        assert verdict.said == (
            "conversation never begins; the employee is busy, and the call is over at 2.0"
        )


def test_who_is_dialed_alone_is_dialed_before_the_other():
    """``employee is dialed before contact`` holds where the contact is never dialed."""
    busy = changed(people={"employee": {"busy_after": 2}})
    verdict = answer(busy, "employee is dialed before contact")
    assert (verdict.holds, verdict.said) == (
        True,
        "employee is dialed at 0.0, the contact never is",
    )
    assert not answer(busy, "contact is dialed after employee").holds
    assert not answer(busy, "employee is dialed before contact is dialed").holds


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('dtmf "12" is not sent', 'there is no mark "12"; the marks are "1", "2", "3"'),
        ('dtmf "4" is sent', 'there is no mark "4"; the marks are "1", "2", "3"'),
        ('second dtmf "1" is sent', 'dtmf_string has only one mark "1", not 2'),
    ],
)
def test_a_mark_that_there_is_not_fails_whatever_is_said_of_it(text, said):
    """A mark is named by its whole digits; that a misnamed one is not sent does not hold either."""
    verdict = answer(FIRST, text)
    assert (verdict.holds, verdict.said) == (False, said)


def test_of_equal_marks_each_is_named_by_its_place():
    """Without a place the first is meant."""
    twice = changed(request={"dtmf_string": "1.1..2"})
    for text in ('dtmf "1" is sent at 19', 'first dtmf "1" is sent at 19'):
        assert answer(twice, text).holds, text
    assert answer(twice, 'second dtmf "1" is sent at 20').holds
    third = answer(twice, 'third dtmf "1" is sent')
    assert (third.holds, third.said) == (False, 'dtmf_string has only 2 marks "1", not 3')


def test_a_mark_that_is_due_in_the_moment_of_the_release_is_not_sent():
    """G12: due in the very millisecond in which the call ends."""
    gone = changed(
        request={"dtmf_string": ".1"},
        people={"contact": {"answers_after": 9, "hangs_up_after": 1}},
    )
    verdict = answer(gone, 'dtmf "1" is not sent')
    assert (verdict.holds, verdict.said) == (
        True,
        "it is not sent: due at 20.0, and the call is over at 20.0",
    )


def test_of_many_marks_the_first_are_named():
    """A long dtmf_string does not make a long answer."""
    many = changed(request={"dtmf_string": ".1" * 25})
    assert answer(many, 'dtmf "2" is sent').said.endswith('"1", "1" and 15 more')
    none = answer(changed(), 'dtmf "2" is sent')
    assert none.said == 'there is no mark "2"; dtmf_string has no marks'


def test_a_number_of_many_digits_is_no_prefix():
    """The whole number counts."""
    assert not answer(FIRST, "contact sees caller 7499372069").holds


# ---------------------------------------------------------------------------------- the words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("employee hears dialing_music for at most 15", "it heard 21.5 s, 6.5 s too long"),
        ("contact hears dialing for exactly 10", "it rang 9.0 s, 1.0 s too short"),
        ("employee never hears dialing_music", "it heard 21.5 s, from 10.0 on"),
        ("contact hears dialing_music", "the contact hears no dialing music"),
        ("employee waits at most 25", "it waited 25.5 s, 0.5 s too long"),
        ("conversation lasts at least 20", "it lasted 14.5 s, 5.5 s too short"),
        ("call lasts at most 45", "it lasted 46.0 s, 1.0 s too long"),
        ("conversation begins at 30", "conversation begins at 31.5, 1.5 s too late"),
        ("conversation begins after 40", "conversation begins at 31.5, 8.5 s too early"),
        ("conversation begins before 31.5", "conversation begins at 31.5, not before it"),
        ("conversation never begins", "conversation begins at 31.5"),
        ("contact hangs up", "contact never hangs up; both talk from 31.5 to 46.0"),
        ("outcome is abandoned", "it is conversation: both talk from 31.5 to 46.0"),
        ("contact sees caller 74951112233", "the contact sees 74993720692"),
        ('dtmf "1" is sent at 20', "it is sent at 21.0, 1.0 s too late"),
        ("switch_at_once has no effect", "switch_at_once has an effect"),
    ],
)
def test_what_happened_is_said_so_that_it_reads_after_the_sentence(text, said):
    """A failing sentence is followed by what happened, with the figure that decides."""
    verdict = answer(FIRST, text)
    assert (verdict.holds, verdict.said) == (False, said)


def test_where_a_length_is_over_is_told():
    """The moment at which a bound is passed, or a stretch is over too early, is named."""
    long = answer(FIRST, "employee hears dialing_music for at most 15")
    assert (long.at, long.note, long.party) == (25_000, "15.0 s are over at 25.0", Party.EMPLOYEE)
    short = answer(FIRST, "contact hears message for at least 20")
    assert (short.at, short.note) == (31_500, "over at 31.5")
    waited = answer(FIRST, "employee waits at most 20")
    assert (waited.at, waited.note) == (26_000, "20.0 s are over at 26.0")
    lasted = answer(FIRST, "call lasts at most 40")
    assert (lasted.at, lasted.note) == (40_000, "")


def test_an_outcome_without_conversation_is_decided_in_the_life_of_who_kept_it_so():
    """Who was not reached, or hung up, is the party of the answer; a conversation is of both."""
    busy = changed(people={"contact": {"busy_after": 2}})
    for case, party in ((busy, Party.CONTACT), (FIRST, None)):
        verdict = answer(case, "outcome is not abandoned")
        assert (verdict.holds, verdict.party) == (True, party)


@given(cases(), st.data())
def test_every_answer_has_a_moment_inside_the_call_and_words_on_one_line(case, data):
    """What decides lies between request and release, in a step that can be shown."""
    call = simulate(case)
    told = list(truths(call.to_dict(), case))
    truth = data.draw(st.sampled_from(told))
    for text in (truth.text, *truth.lies):
        verdict = ask(read(text), call)
        assert verdict.said.isprintable()
        assert verdict.said
        if verdict.at is not None:
            assert 0 <= verdict.at <= call.duration, (text, verdict)
            assert in_force(call, verdict.at).at <= verdict.at


@given(cases())
def test_what_happens_does_so_in_a_step_of_the_call(case):
    """Each occasion has its step, at the moment that the JSON gives."""
    call = simulate(case)
    told = call.to_dict()
    for occasion in Occasion:
        step = occurs(call, occasion)
        assert (None if step is None else step.at) == asked.moment(told, occasion), occasion
