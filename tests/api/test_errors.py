"""The table of errors, one error, and the refusal that carries it."""

from __future__ import annotations

import json
import pickle
import re

import pytest

from callflow.api.errors import COMMON, KINDS, OF_THE_METHOD, ApiError, RequestRefused, api_error
from callflow.api.wire import Numeral
from callflow.errors import Problem

SWITCH = api_error(
    "data_type_error",
    field="switch_at_once",
    value="yes",
    detail="must be true or false, not the text yes",
)


def test_the_method_has_seven_errors_and_all_methods_have_twenty_one_more():
    assert len(OF_THE_METHOD) == 7
    assert len(COMMON) == 21
    assert len(KINDS) == 28


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.mnemonic)
def test_every_template_is_filled_with_its_substitutions_and_nothing_else(kind):
    holes = set(re.findall(r"\{(\w+)\}", kind.template))
    error = api_error(kind.mnemonic, **{hole: f"<{hole}>" for hole in holes})
    assert error.code == kind.code
    assert error.field == kind.field
    assert set(error.params) == holes
    assert all(f"<{hole}>" in error.message for hole in holes)
    assert re.search(r"[{}]", error.message) is None


def test_what_is_filled_in_is_not_read_as_a_template_again():
    error = api_error("media_file_not_found", media_file_id="{contact}")
    assert error.message == "The media file with id {contact} not found"


def test_the_error_member_has_the_members_of_the_protocol_in_its_order():
    assert json.dumps(SWITCH.to_dict()) == (
        '{"code": -32602, "message": "Data supplied is of wrong type", "data": '
        '{"mnemonic": "data_type_error", "field": "switch_at_once", "value": "yes", '
        '"params": {}, "extended_helper": null}}'
    )


def test_value_is_left_out_if_nothing_was_sent_or_the_field_is_null():
    assert "value" not in api_error("required_parameter_missed", field="x").to_dict()["data"]
    assert "value" not in api_error("invalid_request", value="x").to_dict()["data"]
    assert api_error("data_type_error", field="x", value="").to_dict()["data"]["value"] == ""


def test_the_answer_is_one_line_of_printable_json_with_the_id_as_it_was_sent():
    refused = RequestRefused(api_error("contact_in_blacklist", contact="\u202e\n"), Numeral("1.50"))
    answer = refused.answer()
    assert answer.startswith('{"jsonrpc":"2.0","id":1.50,"error":{"code":-32602,')
    assert answer.isprintable()
    assert json.loads(answer)["error"]["data"]["params"] == {"contact": "\u202e\n"}
    assert json.loads(RequestRefused(SWITCH, "req\u202e1").answer())["id"] == "req\u202e1"
    assert json.loads(RequestRefused(SWITCH).answer())["id"] is None


def test_a_refusal_says_what_is_wrong_and_what_the_api_would_answer():
    assert str(RequestRefused(SWITCH)) == (
        "switch_at_once must be true or false, not the text yes "
        "(the API would answer -32602 data_type_error: Data supplied is of wrong type)"
    )
    assert RequestRefused(SWITCH).exit_status == 3


def test_a_problem_stands_at_the_place_of_its_error():
    assert str(SWITCH.problem(file="case.yaml", line=5)) == (
        "case.yaml:5: request.switch_at_once: must be true or false, not the text yes "
        "(the API would answer -32602 data_type_error: Data supplied is of wrong type)"
    )
    assert api_error("invalid_request", member="id").problem().path == "request.id"
    assert api_error("invalid_request").problem().path == "request"


def test_user_text_in_a_message_is_shown_on_one_line_and_short():
    error = api_error("media_file_not_found", media_file_id="a\nb" * 1000, detail="is not there")
    assert str(RequestRefused(error)).isprintable()
    assert len(str(RequestRefused(error))) < 400
    assert len(error.to_dict()["message"]) > 3000


def test_an_error_without_a_sentence_of_ours_speaks_with_the_words_of_the_api():
    assert api_error("internal_error").sentence == "Internal error, contact the support service"


def test_errors_are_values_and_refusals_can_be_pickled():
    again = api_error("data_type_error", field="switch_at_once", value="yes", detail=SWITCH.detail)
    assert again == SWITCH
    assert hash(again) == hash(SWITCH)
    refused = RequestRefused(SWITCH, Numeral("1"), [Problem(message="m")])
    copy = pickle.loads(pickle.dumps(refused))  # noqa: S301  # our own
    assert (copy.error, copy.id, copy.problems) == (refused.error, refused.id, refused.problems)
    assert str(copy) == str(refused)
    assert isinstance(copy.error, ApiError)
