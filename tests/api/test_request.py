"""A request that exists is right."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import callflow
from callflow.api.errors import RequestRefused
from callflow.api.reply import call_session_id, reply
from callflow.api.request import Message, Request
from callflow.api.wire import Numeral
from callflow.words import Direction, MessageType, Party

SMALLEST = {
    "virtual_phone_number": "74993720692",
    "contact": "79260000000",
    "first_call": "employee",
}
texts = st.text(st.characters(exclude_categories=["Cs"]))
params = st.fixed_dictionaries(
    {
        "virtual_phone_number": st.from_regex("[1-9][0-9]{6,14}", fullmatch=True),
        "contact": st.from_regex("[0-9]{6,15}", fullmatch=True),
        "first_call": st.sampled_from(["contact", "employee"]),
    },
    optional={
        "access_token": texts,
        "external_id": texts,
        "dtmf_string": st.text("0123456789*#."),
        "direction": st.sampled_from(["in", "out"]),
        "switch_at_once": st.booleans(),
        "show_virtual_phone_number": st.booleans(),
        "contact_message": st.fixed_dictionaries(
            {"type": st.sampled_from(["media", "tts"]), "value": texts.filter(bool)}
        ),
    },
)


def refusal(**given):
    with pytest.raises(RequestRefused) as refused:
        Request(**{**SMALLEST, **given})
    error = refused.value.error
    assert refused.value.id is None
    return error.mnemonic, error.field, error.value


@given(params)
def test_every_right_parameter_is_kept_and_comes_back(sent):
    request = Request.from_params(sent)
    assert request.to_params() == sent
    by_hand = {**sent}
    if "contact_message" in sent:
        by_hand["contact_message"] = Message(**sent["contact_message"])
    assert Request(**by_hand) == request == attrs.evolve(request) == Request(**sent)
    assert pickle.loads(pickle.dumps(request)) == request  # noqa: S301  # our own


def test_plain_texts_become_the_words_of_the_field():
    request = Request(
        **SMALLEST, direction="in", contact_message=Message(type="tts", value="Hello")
    )
    assert request.first_call is Party.EMPLOYEE
    assert request.direction is Direction.IN
    assert request.contact_message is not None
    assert request.contact_message.type is MessageType.TTS


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"contact": 79260000000}, ("data_type_error", "contact", "79260000000")),
        ({"contact": None}, ("required_parameter_missed", "contact", None)),
        ({"contact": b"79260000000"}, ("data_type_error", "contact", None)),
        ({"contact": float("nan")}, ("data_type_error", "contact", None)),
        ({"contact": "12345"}, ("invalid_parameter_value", "contact", "12345")),
        ({"contact": "\ud800"}, ("character_encoding_not_allowed", None, None)),
        ({"first_call": "nobody"}, ("invalid_parameter_value", "first_call", "nobody")),
        ({"first_call": ["contact"]}, ("data_type_error", "first_call", '["contact"]')),
        ({"direction": Party.CONTACT}, ("invalid_parameter_value", "direction", "contact")),
        ({"switch_at_once": 1}, ("data_type_error", "switch_at_once", "1")),
        ({"switch_at_once": "true"}, ("data_type_error", "switch_at_once", "true")),
        ({"access_token": 123456}, ("data_type_error", "access_token", "123...")),
        ({"contact_message": "Hello"}, ("data_type_error", "contact_message", "Hello")),
        (
            {"contact_message": Message(type="media", value="")},
            ("invalid_parameter_value", "contact_message.value", ""),
        ),
        (
            {"contact_message": Message(type="mp3", value="1")},  # type: ignore[arg-type]
            ("invalid_parameter_value", "contact_message.type", "mp3"),
        ),
        (
            {"contact_message": Message(type="tts", value=5)},  # type: ignore[arg-type]
            ("data_type_error", "contact_message.value", "5"),
        ),
    ],
)
def test_a_request_made_by_hand_is_checked_as_the_server_would(given, error):
    assert refusal(**given) == error


def test_a_value_that_contains_itself_is_refused_for_its_depth():
    loop: dict[str, object] = {}
    loop["value"] = loop
    assert refusal(contact_message=loop)[0] == "parse_error"


def test_all_problems_are_told_each_at_its_place():
    with pytest.raises(RequestRefused) as refused:
        Request(virtual_phone_number="1", contact="2", first_call="x")
    assert [problem.path for problem in refused.value.problems] == [
        "request.virtual_phone_number", "request.contact", "request.first_call",
    ]  # fmt: skip


def test_parameters_that_no_request_has_are_refused_from_params():
    with pytest.raises(RequestRefused) as refused:
        Request.from_params({**SMALLEST, "contakt": "1"})
    assert refused.value.error.mnemonic == "unexpected_parameters"
    assert refused.value.error.field == "contakt"


def test_a_null_parameter_is_of_wrong_type_from_params_and_left_out_by_hand():
    with pytest.raises(RequestRefused) as refused:
        Request.from_params({**SMALLEST, "external_id": None})
    assert refused.value.error.mnemonic == "data_type_error"
    assert refused.value.error.value == "null"
    assert Request(**SMALLEST, external_id=None) == Request(**SMALLEST)


def test_a_request_never_shows_its_token():
    request = Request(**SMALLEST, access_token="2fRN4g217ca0")
    assert "2fRN" not in repr(request) + str(request)


# ------------------------------------------------------------------------------------ the reply


@given(params, st.randoms())
def test_the_session_id_depends_on_the_params_without_the_token_and_not_on_their_order(
    sent, random
):
    number = call_session_id(sent)
    assert 0 < number < 2**53
    shuffled = list(sent.items())
    random.shuffle(shuffled)
    assert call_session_id(dict(shuffled)) == number
    assert call_session_id({**sent, "access_token": "another"}) == number
    assert call_session_id(Request.from_params(sent)) == number


@given(params, params)
def test_other_params_have_another_session_id(one, other):
    without = [{k: v for k, v in p.items() if k != "access_token"} for p in (one, other)]
    assert (call_session_id(one) == call_session_id(other)) == (without[0] == without[1])


def test_the_reply_is_one_line_with_the_id_that_was_sent():
    number = call_session_id(SMALLEST)
    data = f'"result":{{"data":{{"call_session_id":{number}}}}}}}'
    assert reply(SMALLEST, "req1") == '{"jsonrpc":"2.0","id":"req1",' + data
    assert reply(Request(**SMALLEST), Numeral("1.0")) == '{"jsonrpc":"2.0","id":1.0,' + data
    assert json.loads(reply(SMALLEST, None))["id"] is None


@pytest.mark.parametrize("seed", ["0", "1", "77"])
def test_the_session_id_is_the_same_in_every_run(seed):
    code = f"from callflow.api.reply import call_session_id; print(call_session_id({SMALLEST!r}))"
    root = Path(callflow.__file__).parents[1]
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == str(call_session_id(SMALLEST))
