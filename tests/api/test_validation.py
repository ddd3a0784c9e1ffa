"""Would the API take it? What is asked of each parameter, and of the envelope round them."""

from __future__ import annotations

import json

import pytest

from callflow.api.errors import RequestRefused
from callflow.api.validation import check, check_bytes, lint, received
from callflow.api.wire import Numeral, as_json, encode

from .conftest import MISSING, TOKEN, envelope, found, media, only, params

# The example of the source's page.
EXAMPLE = {
    "jsonrpc": "2.0",
    "method": "start.vnumber_call",
    "id": "req1",
    "params": {
        "access_token": "2fRN4g217ca0b4224a67988aff3e584f91964a692045415f36fa66146f5a3c1ae1f6093d",
        "virtual_phone_number": "74993720692",
        "external_id": "34rty567",
        "dtmf_string": "..1.2.3",
        "direction": "in",
        "contact": "79260000000",
        "first_call": "employee",
        "switch_at_once": False,
        "show_virtual_phone_number": True,
        "contact_message": {"type": "media", "value": "237"},
    },
}


# ------------------------------------------------------------------------------ what is accepted


def test_the_example_of_the_source_is_a_valid_request():
    request = check_bytes(json.dumps(EXAMPLE).encode())
    assert request.to_params() == EXAMPLE["params"]
    assert request.unknown_members == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("virtual_phone_number", "1234567"),  # 7 digits
        ("virtual_phone_number", "123456789012345"),  # 15 digits
        ("contact", "046262"),  # a SIP number, six digits, may begin with 0
        ("contact", "0462626"),
        ("contact", "123456789012345"),
        ("dtmf_string", ""),  # may be empty
        ("dtmf_string", "0123456789*#."),  # the dot is allowed
        ("access_token", ""),  # any string
        ("external_id", ""),
        ("external_id", "ж\x00\n😀"),
        ("direction", "in"),
        ("direction", "out"),
        ("first_call", "contact"),
        ("switch_at_once", True),
        ("show_virtual_phone_number", False),
        ("contact_message", {"type": "tts", "value": " "}),
        ("contact_message", {"value": "\n", "type": "media"}),
    ],
)
def test_what_lies_on_the_inner_edge_of_a_format_is_accepted(name, value):
    assert found(params(**{name: value})) == []
    assert check(received(params(**{name: value}))).to_params()[name] == value


# ------------------------------------------------------------------------------ formats and types


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("virtual_phone_number", "123456", "which has 6"),
        ("virtual_phone_number", "1234567890123456", "which has 16"),
        ("virtual_phone_number", "04993720692", "the first not 0"),
        ("virtual_phone_number", "+7 (499) 372-06-92", "write 74993720692"),
        ("virtual_phone_number", "", "not empty"),
        ("virtual_phone_number", "٧٤٩٩٣٧٢٠٦٩٢", "7 to 15 digits"),  # no 0-9
        ("virtual_phone_number", "74993720692\n", "7 to 15 digits"),
        ("contact", "12345", "extension number (12345)"),
        ("contact", "1", "extension number (1)"),
        ("contact", "", "not empty"),
        ("contact", "1234567890123456", "which has 16"),
        ("contact", "+79260000000", "write 79260000000"),
        ("contact", "sip:anna", "6 to 15 digits"),
        ("dtmf_string", "12a", "not the text a in 12a"),
        ("dtmf_string", "1 2", 'not the text " " in 1 2'),
        ("dtmf_string", "1,2", "0-9 * # and . only"),
        ("direction", "inbound", "in or out"),
        ("direction", "", "in or out"),
        ("first_call", "Employee", "did you mean employee?"),
        ("first_call", "client", "contact or employee"),
    ],
)
def test_what_lies_outside_a_format_is_invalid_parameter_value(name, value, says):
    error = only(params(**{name: value}))
    assert (error.mnemonic, error.code, error.field) == ("invalid_parameter_value", -32602, name)
    assert error.value == value
    assert says in error.detail


@pytest.mark.parametrize(
    ("value", "field", "echoed"),
    [
        ({"type": "mp3", "value": "1"}, "contact_message.type", "mp3"),
        ({"type": "media", "value": ""}, "contact_message.value", ""),
    ],
)
def test_a_wrong_member_of_contact_message_is_named_with_its_path(value, field, echoed):
    error = only(params(contact_message=value))
    assert (error.mnemonic, error.field, error.value) == ("invalid_parameter_value", field, echoed)


@pytest.mark.parametrize(
    ("name", "value", "echoed", "says"),
    [
        ("switch_at_once", "true", "true",
         "must be true or false, not the text true; write true without quotes"),
        ("switch_at_once", "yes", "yes", "must be true or false, not the text yes"),
        ("switch_at_once", None, "null", "must be true or false, not null"),
        ("switch_at_once", 1, "1", "must be true or false, not the number 1"),
        ("contact", 79260000000, "79260000000",
         'must be a text, not the number 79260000000; write it in quotes: "79260000000"'),
        ("contact", None, "null", "must be a text, not null"),
        ("external_id", None, "null", "must be a text, not null; leave it out, or write a text"),
        ("dtmf_string", True, "true", "must be a text, not true"),
        ("first_call", ["contact"], '["contact"]', "must be a text, not a list"),
        ("direction", {}, "{}", "must be a text, not an object"),
        ("contact_message", "Hello", "Hello",
         ("must be an object with type and value, not the text Hello; "
          'a text to be read is {"type": "tts", "value": "..."}')),
        ("contact_message", [], "[]", "must be an object with type and value, not a list"),
        ("contact_message", None, "null", "must be an object with type and value, not null"),
        ("access_token", 123456, "123...", "must be a text, not a number; write it in quotes"),
        ("access_token", {"a": 1}, '{"a"...'[:3] + "...", "must be a text, not an object"),
    ],
)  # fmt: skip
def test_a_wrong_json_type_is_data_type_error_and_the_sentence_names_the_type(
    name, value, echoed, says
):
    error = only(params(**{name: value}))
    assert (error.mnemonic, error.code, error.field) == ("data_type_error", -32602, name)
    assert error.value == echoed
    assert error.detail == says


def test_a_number_for_a_media_id_is_data_type_error():
    error = only(params(contact_message={"type": "media", "value": Numeral("237")}))
    assert (error.mnemonic, error.field) == ("data_type_error", "contact_message.value")
    assert error.value == "237"


def test_numbers_are_echoed_as_they_were_written():
    error = only(params(contact=Numeral("7.926E+10")))
    assert error.value == "7.926E+10"
    error = only(params(contact=[Numeral("1.0"), {"b": None, "a": "é"}]))
    assert error.value == '[1.0,{"b":null,"a":"é"}]'


@pytest.mark.parametrize("name", ["access_token", "virtual_phone_number", "contact", "first_call"])
def test_a_required_parameter_that_is_not_there_is_required_parameter_missed(name):
    error = only(params(**{name: MISSING}))
    assert (error.mnemonic, error.code, error.field) == ("required_parameter_missed", -32602, name)
    assert error.value is None


@pytest.mark.parametrize(("value", "fields"), [
    ({}, ["contact_message.type", "contact_message.value"]),
    ({"type": "tts"}, ["contact_message.value"]),
    ({"value": "1"}, ["contact_message.type"]),
])  # fmt: skip
def test_members_of_contact_message_are_required_inside_it_only(value, fields):
    assert found(params(contact_message=value)) == [
        ("required_parameter_missed", field) for field in fields
    ]
    assert found(params(contact_message=MISSING)) == []


def test_a_missing_parameter_is_told_with_the_name_that_may_be_a_misspelling():
    document = params(contact=MISSING, contakt="79260000000")
    missed, unexpected = lint(received(document))
    assert missed.detail == "is missing; is contakt a misspelling of it?"
    assert unexpected.detail == "is no parameter of this method; did you mean contact?"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("switch_atonce", "did you mean switch_at_once?"),
        ("zzz", "take it out"),
        ("contact_message.type", "is no parameter of this method"),
        ("early_switching", "newer documentation"),
        ("virtual_phone_usage_rule", "newer documentation"),
    ],
)
def test_an_unknown_name_is_unexpected_parameters(name, says):
    error = only(params(**{name: "v"}))
    assert (error.mnemonic, error.code, error.field) == ("unexpected_parameters", -32602, name)
    assert error.value == "v"
    assert says in error.detail


def test_an_unknown_member_of_contact_message_is_unexpected_with_its_path():
    error = only(params(contact_message=media(text="1")))
    assert error.mnemonic == "unexpected_parameters"
    assert error.field == "contact_message.text"


def test_unexpected_parameters_come_as_sent_and_those_of_contact_message_at_its_place():
    document = params(b="1", contact_message=media(z="1", y="1"), a="1")
    assert [place for _, place in found(document)] == [
        "b", "contact_message.z", "contact_message.y", "a",
    ]  # fmt: skip


def test_names_with_dots_do_not_hide_each_other():
    document = params(contact_message=media(x="1"), **{"contact_message.x": "2"})
    assert [e.value for e in lint(received(document))] == ["1", "2"]


# ------------------------------------------------------------------------------ the envelope


@pytest.mark.parametrize(
    ("changes", "member"),
    [
        ({"jsonrpc": MISSING}, "jsonrpc"),
        ({"jsonrpc": Numeral("2.0")}, "jsonrpc"),
        ({"jsonrpc": "1.0"}, "jsonrpc"),
        ({"method": MISSING}, "method"),
        ({"method": None}, "method"),
        ({"id": None}, "id"),
        ({"id": True}, "id"),
        ({"id": False}, "id"),
        ({"id": []}, "id"),
        ({"params": MISSING}, "params"),
        ({"params": None}, "params"),
        ({"params": []}, "params"),
        ({"params": TOKEN}, "params"),
    ],
)
def test_a_wrong_envelope_is_invalid_request_and_names_its_member_to_people_only(changes, member):
    error = only(envelope(**changes))
    assert (error.mnemonic, error.code, error.field) == ("invalid_request", -32600, None)
    assert error.member == member
    assert "value" not in error.to_dict()["data"]
    assert TOKEN[:5] not in error.detail


@pytest.mark.parametrize("document", [None, True, "text", Numeral("1")])
def test_a_document_that_is_no_object_is_invalid_request(document):
    assert only(document).mnemonic == "invalid_request"


@pytest.mark.parametrize("document", [[], [envelope()], [1]])
def test_a_list_is_a_batch(document):
    error = only(as_json(document))
    assert (error.mnemonic, error.code) == ("batch_operations_not_supported", -32099)


def test_a_request_without_an_id_is_a_notification_and_is_refused():
    error = only(envelope(id=MISSING))
    assert (error.mnemonic, error.code, error.field) == (
        "notifications_not_supported", -32099, None,
    )  # fmt: skip


def test_another_method_is_method_not_found_and_ends_a_lint():
    document = envelope(method="start.simple_call", params={})
    assert only(document).code == -32601
    assert found(document) == [("method_not_found", "method")]


def test_unknown_members_of_the_envelope_are_ignored_and_kept_by_name():
    request = check(received(envelope(zeta=1, alpha="2")))
    assert request.unknown_members == ("zeta", "alpha")


@pytest.mark.parametrize("id", ["req1", "", Numeral("1"), Numeral("-1.50E+3")])
@pytest.mark.parametrize(
    "wrong", [{"jsonrpc": "1"}, {"params": []}, {"method": "x"}, {"params": {}}]
)
def test_the_id_of_the_answer_is_the_one_sent_whatever_else_is_wrong(id, wrong):
    with pytest.raises(RequestRefused) as refused:
        check(received(envelope(id=id, **wrong)))
    assert refused.value.id == id
    assert f'"id":{encode(id)},' in refused.value.answer()


@pytest.mark.parametrize("id", [None, True, [], {}, MISSING, "\ud800"])
def test_an_id_that_is_neither_text_nor_number_is_answered_with_null(id):
    with pytest.raises(RequestRefused) as refused:
        check(received(envelope(id=id)))
    assert refused.value.id is None


def test_a_lone_surrogate_in_a_document_is_character_encoding_not_allowed_and_ends_a_lint():
    for document in (params(contact="\ud800"), params(**{"\udc00": 1}), envelope(jsonrpc="\ud800")):
        assert found(document) == [("character_encoding_not_allowed", None)]


def test_a_document_nested_too_deep_is_a_parse_error():
    deep = "x"
    for _ in range(62):
        deep = [deep]
    assert found(params(a=deep)) == [("unexpected_parameters", "a")]
    assert found(params(a=[deep])) == [("parse_error", None)]
