"""What holds for every call, whatever people do: each property of the choreography, one test.

They are the product's own (`callflow.verify.properties`), so that mutants and users' tables are
judged by the same ones.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callflow import strategies
from callflow.api.request import Message, Request
from callflow.call.case import Case
from callflow.call.simulator import simulate
from callflow.choreography import rules_for
from callflow.strategies import cases
from callflow.verify.properties.two_calls import holds_12
from callflow.words import MessageType, Party, configurations
from tests.properties import laws


@given(cases())
def test_every_call_ends_in_released_and_only_by_hang_up_unreached_party_or_end_of_talk(case):
    """1: every call ends with both legs released, and only something that may end it does."""
    laws.holds(1, simulate(case))


def test_every_graph_is_acyclic_and_released_is_its_only_dead_end():
    """1: every configuration's graph is acyclic, and no state but released/released is an end."""
    for configuration in configurations():
        graph = rules_for(configuration)
        leads = {state: set() for state in graph.states}
        for edge in graph.edges.values():
            leads[edge.source].add(edge.target)
        ends = [state for state, targets in leads.items() if not targets]
        assert [str(state) for state in ends] == ["released/released"]
        while leads:
            over = [state for state, targets in leads.items() if not targets & leads.keys()]
            assert over, f"{configuration}: a call could go round among {sorted(map(str, leads))}"
            for state in over:
                del leads[state]


@given(cases())
def test_a_party_on_the_line_never_hears_silence(case):
    """2: from answering to release a party's segments are gapless and do not overlap."""
    laws.holds(2, simulate(case))


@given(cases())
def test_both_legs_have_the_same_one_conversation_or_neither_has_one(case):
    """3: conversation segments begin and end at the same moments on both legs, at most one each."""
    laws.holds(3, simulate(case))


@given(cases())
def test_the_first_dialed_leg_is_the_one_that_first_call_names(case):
    """4: first_call names who rings first; the employee's message comes before the contact."""
    laws.holds(4, simulate(case))


@given(cases(tts=True))
def test_a_tts_contact_message_is_never_cut_short_by_the_employees_answer(case):
    """5: a tts message is cut by a hang-up or a failed employee leg, whatever switch_at_once is."""
    laws.holds(5, simulate(case))


@given(cases())
def test_with_the_switch_off_only_hang_ups_and_unreached_parties_cut_messages_short(case):
    """6: effective switch false: messages play to their end unless somebody goes or is absent."""
    laws.holds(6, simulate(case))


@given(cases())
def test_with_the_switch_on_contact_first_talk_begins_at_the_employees_answer_or_never(case):
    """7: effective switch true, contact first: the employee's answer begins the conversation."""
    laws.holds(7, simulate(case))


@given(cases())
def test_messages_are_played_at_most_once_and_never_after_the_conversation_began(case):
    """8: nobody hears a message twice, or in the conversation."""
    laws.holds(8, simulate(case))


@given(cases())
def test_dialing_music_is_heard_only_on_the_line_and_never_during_the_conversation(case):
    """9: dialing music fills waiting, for those who have answered."""
    laws.holds(9, simulate(case))


@given(cases(tts=True))
def test_with_a_tts_message_flipping_the_switch_changes_nothing_that_anybody_lives(case):
    """10: legs, marks, steps, outcome, reason, ended_by, duration stay; only `effective` tells."""
    laws.TWO_RUNS[10](case, simulate)


@given(cases())
def test_a_conversation_with_the_switch_off_is_one_with_it_on_and_begins_no_later(case):
    """11: all else equal, the switch never costs a conversation nor delays one."""
    laws.TWO_RUNS[11](case, simulate)


@given(cases(), st.integers(2, 1000), st.integers(1, 20_000))
def test_times_scale_with_the_times_of_the_case_and_later_answers_talk_no_earlier(case, k, later):
    """12: every time of the case times k is every time of the call times k; marks keep distance."""
    holds_12(case, simulate, k, later)


@given(cases())
def test_sent_marks_lie_in_the_call_in_order_and_no_digit_is_lost(case):
    """13: sent marks lie from the contact's answer to the release, unsent ones come after them."""
    laws.holds(13, simulate(case))


@given(cases())
def test_equal_cases_give_the_same_json_byte_for_byte(case):
    """14: what is equal once loaded simulates to the same bytes, whatever the order of its keys."""
    laws.TWO_RUNS[14](case, simulate)


@given(cases())
def test_the_outcome_is_conversation_exactly_if_there_is_one(case):
    """15: reason stands exactly with the not-reached outcomes, ended_by exactly with the others."""
    laws.holds(15, simulate(case))


@given(cases())
def test_who_is_due_a_message_hears_it_from_his_answer_on_and_nobody_else_hears_one(case):
    """16: messages begin at their hearer's answer, and are not played where the switch is on."""
    laws.holds(16, simulate(case))


@given(cases())
def test_a_conversation_begins_at_the_latest_of_both_answers_and_the_due_messages_ends(case):
    """17: contact first with the switch on it begins at the employee's answer."""
    laws.holds(17, simulate(case))


@given(cases())
def test_every_moment_of_a_call_follows_from_the_case_by_arithmetic(case):
    """18: where the time goes: dialing, answers, failures, release, marks, the effective switch."""
    laws.holds(18, simulate(case))


@given(cases())
def test_of_all_events_due_in_a_millisecond_the_step_takes_the_first_in_the_order(case):
    """19: and nothing that was due earlier is left waiting."""
    laws.holds(19, simulate(case))


@given(cases())
def test_what_is_documented_and_what_is_inferred_is_told_for_every_leg_of_every_step(case):
    """20: the bullets under the premise; FC, NOMSG and MUSIC alone outside; no end of a call."""
    laws.holds(20, simulate(case))


@given(cases())
def test_a_timeline_shows_what_its_steps_did(case):
    """Segments, parts, clauses, basis, figures and caller numbers are those of the steps."""
    laws.holds_page(simulate(case))


@pytest.mark.parametrize(
    ("text", "rate", "length"),
    [("Hello", 16, 312), ("Hey", 16, 188), ("Hello", 2000, 2), ("Hey", 2000, 2), (".", 2000, 1)],
)
def test_a_text_is_read_in_whole_milliseconds_rounded_half_even(text, rate, length):
    """A TTS length is code points over characters a second, half-even, at least a millisecond."""
    message = Message(type=MessageType.TTS, value=text)
    request = Request(
        virtual_phone_number="74993720692",
        contact="79260000000",
        first_call=Party.CONTACT,
        contact_message=message,
    )
    timeline = simulate(Case(request=request, characters_per_second=rate))
    assert timeline.contact.figures.message_length == length
    laws.holds_page(timeline)


@given(st.data())
def test_the_strategy_for_cases_makes_cases_of_the_configuration_asked_for(data):
    """What a user asks of `cases` holds of the cases."""
    wanted = data.draw(strategies.configurations())
    case = data.draw(cases(configuration=wanted))
    assert case.configuration == wanted


def test_the_strategies_meet_ties_time_out_edges_and_every_state():
    """Among a few hundred cases two things coincide often, and every state of a call occurs."""
    met, ties, edges = set(), 0, 0

    @settings(max_examples=300, derandomize=True, database=None)
    @given(cases())
    def look(case):
        nonlocal ties, edges
        timeline = simulate(case)
        moments = [step.at for step in timeline.steps[1:]]
        ties += len(set(moments)) < len(moments)
        met.update(str(step.target) for step in timeline.steps)
        for party, default in (("contact", 30_000), ("employee", 60_000)):
            timeout = getattr(case.ring_timeout, party) or default
            after = getattr(case.people, party).after
            edges += after is not None and abs(after - timeout) <= 1

    look()
    assert len(met) == 11  # all but idle/idle, to which no step leads
    assert ties > 30
    assert edges > 30
