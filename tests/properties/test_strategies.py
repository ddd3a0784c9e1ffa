"""The public strategies give what they promise, and nothing that a case cannot be."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow import strategies
from callflow.units import LONGEST
from callflow.words import MessageType, configurations


@given(st.data(), st.integers(0, 5_000), st.integers(0, 5_000))
def test_times_lie_between_the_shortest_and_the_longest(data, shortest, more):
    """A drawn time lies within the limits that were asked for."""
    at = data.draw(strategies.times(shortest=shortest, longest=shortest + more))
    assert shortest <= at <= shortest + more


@pytest.mark.parametrize(
    "limits", [{"shortest": -1}, {"longest": LONGEST + 1}, {"shortest": 2, "longest": 1}]
)
def test_times_that_no_case_can_have_are_refused(limits):
    """Limits that leave nothing are named in the error."""
    with pytest.raises(ValueError, match="not shortest="):
        strategies.times(**limits)


@given(strategies.dtmf_strings())
def test_a_dtmf_string_has_nothing_but_keys_and_dots(dtmf_string):
    """DTMF: digits 0-9 * # and dots, as the API takes them."""
    assert set(dtmf_string) <= set("0123456789*#.")


@given(st.data(), st.sampled_from(configurations()))
def test_requests_come_to_the_configuration_asked_for(data, wanted):
    """The request's three settings are those asked for, the effective switch among them."""
    request = data.draw(strategies.requests(configuration=wanted))
    message = request.contact_message
    spoken = message is not None and message.type is MessageType.TTS
    assert request.first_call is wanted.first_call
    assert (message is not None) is wanted.contact_message
    assert (request.switch_at_once is True and not spoken) is wanted.switch_at_once


@given(strategies.requests(tts=True))
def test_a_request_can_be_asked_to_have_a_tts_message(request):
    """With tts=True the contact message is a text for speech synthesis."""
    assert request.contact_message.type is MessageType.TTS


@given(st.data())
def test_a_tts_message_with_the_switch_on_is_refused(data):
    """No request has an effective switch and a tts message; the error says so."""
    on = next(one for one in configurations() if one.switch_at_once and one.contact_message)
    with pytest.raises(ValueError, match="takes the switch away"):
        data.draw(strategies.requests(configuration=on, tts=True))


@given(st.data())
def test_an_account_accepts_the_request_it_is_drawn_for(data):
    """Its numbers, tokens, files and limits fit the request and the scenario."""
    request = data.draw(strategies.requests())
    scenario = data.draw(strategies.scenarios())
    account = data.draw(strategies.accounts(request=request, scenario=scenario))
    numbers, message = account.virtual_numbers, request.contact_message
    assert numbers is None or numbers[request.virtual_phone_number] is not None
    assert numbers is None or request.contact not in numbers
    assert request.contact not in (account.blacklist or ())
    for each in (message, scenario.employee_message):
        if each is not None and each.type is MessageType.MEDIA and account.media is not None:
            assert each.value in account.media
    if message is not None and message.type is MessageType.TTS:
        limit = account.tts_message_max_length
        assert limit is None or len(message.value) <= limit


@given(strategies.cases())
def test_the_times_of_a_case_are_times_that_a_case_file_can_have(case):
    """At most a day; messages, ring time-outs and conversations at least a millisecond."""
    both, timeouts, messages = case.people, case.ring_timeout, case.messages
    for person in (both.contact, both.employee):
        for at in (person.after, person.hangs_up_after):
            assert at is None or 0 <= at <= LONGEST
        if person.hangs_up_after is not None:
            assert person.reaction in (None, "answers")
    for at in (
        both.conversation, timeouts.contact, timeouts.employee, messages.contact, messages.employee
    ):  # fmt: skip
        assert at is None or 1 <= at <= LONGEST


def test_without_hypothesis_the_import_says_which_extra_brings_it():
    """Hypothesis missing: the error names callflow-simulator[testing]."""
    program = "import sys; sys.modules['hypothesis'] = None; import callflow.strategies"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode
    assert "pip install 'callflow-simulator[testing]'" in done.stderr
