"""Would this account take it? What an account asks, the order of all, and laws that always hold."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from callflow.api.account import Account, MediaFile
from callflow.api.errors import RequestRefused
from callflow.api.order import ORDER
from callflow.api.parameters import NAMES
from callflow.api.request import Request
from callflow.api.validation import (
    FITTING_TOKEN,
    account_faults,
    check,
    check_bytes,
    enveloped,
    faults,
    lint,
    lint_bytes,
    received,
)
from callflow.api.wire import Numeral, as_json, encode

from .conftest import ACCOUNT, MISSING, SMALLEST, TOKEN, envelope, found, media, only, params

# ------------------------------------------------------------------------------ the account


def test_a_request_that_fits_the_account_is_accepted():
    assert found(params(contact_message=media()), ACCOUNT) == []


@pytest.mark.parametrize(
    ("changes", "mnemonic", "code", "field", "value", "substitutions", "message"),
    [
        ({"access_token": "wrong-token"}, "access_token_invalid", -32001, "access_token", "wron...",
         {}, "Access token is invalid"),
        ({"virtual_phone_number": "74990000000"}, "virtual_phone_number_not_found", -32007,
         "virtual_phone_number", "74990000000", {"virtual_phone_number": "74990000000"},
         "Virtual phone number 74990000000 not found. It is not your virtual phone number."),
        ({"virtual_phone_number": "74951112233"}, "scenario_not_found", -32007,
         "virtual_phone_number", "74951112233", {},
         "Virtual phone number does not have a scenario"),
        ({"contact": "74951112233"}, "own_virtual_phone_number_not_allowed", -32602, "contact",
         "74951112233", {}, "Parameter contact can not contain own virtual phone number"),
        ({"contact": "79261112233"}, "contact_in_blacklist", -32602, "contact", "79261112233",
         {"contact": "79261112233"},
         "The contact 79261112233 has been found in the blacklist"),
        ({"contact_message": media("238")}, "media_file_not_found", -32602, "contact_message.value",
         "238", {"media_file_id": "238"}, "The media file with id 238 not found"),
        ({"contact_message": {"type": "tts", "value": "Приве😀"}}, "tts_text_exceeded", -32602,
         "contact_message.value", "Приве😀",
         {"tts_message_max_length": 5, "sent_tts_message_length": 6},
         "The maximum length of Text-to-Speech message is 5. The length of your message is 6"),
    ],
)  # fmt: skip
def test_each_error_of_the_account_in_the_words_of_the_api(
    changes, mnemonic, code, field, value, substitutions, message
):
    error = only(params(**changes), ACCOUNT)
    assert error.to_dict() == {
        "code": code,
        "message": message,
        "data": {
            "mnemonic": mnemonic,
            "field": field,
            "value": value,
            "params": substitutions,
            "extended_helper": None,
        },
    }
    request = Request.from_params({**SMALLEST, **changes})
    assert list(account_faults(request, ACCOUNT)) == [error]


def test_the_sentence_of_an_own_number():
    assert only(params(contact="74993720692"), ACCOUNT).sentence == (
        "contact is one of your own virtual numbers (74993720692), "
        "and calls to those are not allowed"
    )


def test_the_limit_of_a_tts_text_is_itself_allowed_and_counts_code_points():
    assert found(params(contact_message={"type": "tts", "value": "При😀e"}), ACCOUNT) == []
    # e and a combining accent are two code points
    assert found(params(contact_message={"type": "tts", "value": "1234e\u0301"}), ACCOUNT) != []


def test_a_media_id_is_no_tts_text_and_a_tts_text_no_media_id():
    assert found(params(contact_message={"type": "tts", "value": "238"}), ACCOUNT) == []
    long = Account(media={"123456": MediaFile(length=1)}, tts_message_max_length=5)
    assert found(params(contact_message=media("123456")), long) == []


def test_what_an_account_leaves_out_fits_but_a_contact_equal_to_the_virtual_number_is_own():
    assert found(params(contact_message=media("any"))) == []
    assert found(params(contact="74993720692")) == [
        ("own_virtual_phone_number_not_allowed", "contact")
    ]


def test_an_empty_account_has_nothing_that_fits():
    empty = Account(access_tokens=(), virtual_numbers={}, blacklist=(), media={})
    assert [mnemonic for mnemonic, _ in found(params(contact_message=media()), empty)] == [
        "access_token_invalid", "virtual_phone_number_not_found", "media_file_not_found",
    ]  # fmt: skip


# ------------------------------------------------------------------------------ order and lint


def test_the_order_of_checks_is_the_servers():
    assert [question for question, _, _ in ORDER] == [
        "every text is whole characters",
        "nesting is within the limit",
        "it is not a batch",
        "the envelope is right",
        "it is not a notification",
        "the method is known",
        "the token is the account's",
        "required parameters are there",
        "their types are right",
        "their values are right",
        "there are no others",
        "the virtual number is the account's",
        "it has a scenario",
        "the contact is not the account's own number",
        "the contact is not in the blacklist",
        "the account has the media file",
        "the TTS text is within the limit",
    ]


def test_a_lint_tells_everything_in_the_order_of_stages_and_within_one_of_the_table():
    document = {
        "params": as_json({
            "zzz": 1,
            "contact": "79261112233",
            "contact_message": {"typ": 1, "value": "238"},
            "switch_at_once": "no",
            "direction": "up",
            "dtmf_string": 1,
            "virtual_phone_number": "7",
            "access_token": "wrong-token",
        }),
        "method": "start.vnumber_call",
    }  # fmt: skip
    assert found(document, ACCOUNT) == [
        ("invalid_request", "jsonrpc"),
        ("notifications_not_supported", "id"),
        ("access_token_invalid", "access_token"),
        ("required_parameter_missed", "first_call"),
        ("required_parameter_missed", "contact_message.type"),
        ("data_type_error", "dtmf_string"),
        ("data_type_error", "switch_at_once"),
        ("invalid_parameter_value", "virtual_phone_number"),
        ("invalid_parameter_value", "direction"),
        ("unexpected_parameters", "zzz"),
        ("unexpected_parameters", "contact_message.typ"),
        ("contact_in_blacklist", "contact"),
    ]


def test_a_check_whose_parameter_has_failed_is_skipped():
    own_and_blacklisted = Account(
        virtual_numbers={"74993720692": "main"}, blacklist=("74993720692",)
    )
    assert found(params(contact="74993720692"), own_and_blacklisted) == [
        ("own_virtual_phone_number_not_allowed", "contact")
    ]
    assert found(params(contact="123", virtual_phone_number="0"), ACCOUNT) == [
        ("invalid_parameter_value", "virtual_phone_number"),
        ("invalid_parameter_value", "contact"),
    ]


def test_a_lint_goes_on_after_a_wrong_envelope_only_if_params_is_an_object():
    assert found(envelope(jsonrpc="1", id=None, params={**SMALLEST, "contact": "1"})) == [
        ("invalid_request", "jsonrpc"),
        ("invalid_request", "id"),
        ("invalid_parameter_value", "contact"),
    ]
    assert found(envelope(jsonrpc="1", id=MISSING, params=[])) == [
        ("invalid_request", "jsonrpc"),
        ("invalid_request", "params"),
    ]


# ------------------------------------------------------------------------------ as in a case


def test_params_alone_get_an_envelope_and_a_null_id():
    sent = enveloped({**SMALLEST, "contact": "1"})
    with pytest.raises(RequestRefused) as refused:
        check(sent)
    assert refused.value.id is None
    assert refused.value.error.field == "contact"


@pytest.mark.parametrize("member", ["jsonrpc", "method", "id", "params"])
def test_an_object_with_any_member_of_an_envelope_is_one(member):
    sent = enveloped({**SMALLEST, member: "x"})
    assert sent.document == {**SMALLEST, member: "x"}
    assert found(sent.document)[0][0] == "invalid_request"


@pytest.mark.parametrize("value", [None, True, "text", Numeral("1"), [], [1]])
def test_a_request_of_a_case_that_is_no_object_is_params_too_and_an_invalid_request(value):
    sent = enveloped(value)
    assert found(sent.document) == [("invalid_request", "params")]
    assert sent.id is None


LEFT_OUT = {name: value for name, value in SMALLEST.items() if name != "access_token"}


def test_a_missing_token_is_put_in_the_first_of_those_given_or_one_that_fits():
    for request in (LEFT_OUT, envelope(params=LEFT_OUT)):
        sent = enveloped(request, ACCOUNT)
        assert sent.document["params"]["access_token"] == TOKEN
        assert check(sent, ACCOUNT).access_token is None
        assert enveloped(request).document["params"]["access_token"] == FITTING_TOKEN
        assert check(enveloped(request)).access_token is None


def test_no_token_fits_an_account_whose_tokens_are_an_empty_list():
    account = Account(access_tokens=())
    assert [e.mnemonic for e in lint(enveloped(LEFT_OUT, account), account)] == [
        "access_token_invalid"
    ]
    request = Request.from_params(LEFT_OUT)
    assert [e.mnemonic for e in account_faults(request, account)] == ["access_token_invalid"]
    assert list(account_faults(request, ACCOUNT)) == []


def test_what_is_put_in_does_not_change_what_was_given():
    request = envelope(params=LEFT_OUT)
    before = json.dumps(request)
    enveloped(request, ACCOUNT)
    assert json.dumps(request) == before


def test_in_bytes_an_envelope_is_judged_as_it_is_and_params_alone_as_in_a_case():
    whole = lint_bytes(encode(envelope(params=LEFT_OUT)).encode())
    assert [(e.mnemonic, e.field) for e in whole] == [("required_parameter_missed", "access_token")]
    assert lint_bytes(json.dumps(LEFT_OUT).encode()) == ()
    assert check_bytes(json.dumps(LEFT_OUT).encode(), ACCOUNT).contact == "79260000000"


@pytest.mark.parametrize("data", [b"{}", b'{"contakt": "1"}', b"null", b'"x"'])
def test_bytes_with_neither_a_member_of_an_envelope_nor_a_parameter_are_no_request(data):
    assert {e.mnemonic for e in lint_bytes(data)} <= {
        "invalid_request", "notifications_not_supported",
    }  # fmt: skip
    with pytest.raises(RequestRefused):
        check_bytes(data)


def test_bytes_that_are_no_json_are_one_error_of_a_lint():
    assert [e.mnemonic for e in lint_bytes(b"{")] == ["parse_error"]
    assert [e.mnemonic for e in lint_bytes(b"\xff")] == ["character_encoding_not_allowed"]


# ------------------------------------------------------------------------------ laws

anything = st.recursive(
    st.none() | st.booleans() | st.text() | st.integers().map(lambda n: Numeral(str(n)))
    | st.sampled_from(["2.0", "start.vnumber_call", "contact", "media", "tts", "237"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
parameter = st.sampled_from([*NAMES, "contakt", "my_token", "early_switching"])
some_params = st.dictionaries(
    parameter,
    anything | st.dictionaries(st.sampled_from(["type", "value", "token"]), anything, max_size=3),
    max_size=6,
).map(lambda changes: {**SMALLEST, **changes})
documents = anything | st.dictionaries(
    st.sampled_from(["jsonrpc", "method", "id", "extra"]), anything, max_size=2
).flatmap(lambda changes: some_params.map(lambda p: {**envelope(params=p), **changes}))
accounts = st.sampled_from([Account(), ACCOUNT, Account(access_tokens=(), virtual_numbers={})])


def outcome(sent, account):
    try:
        return check(sent, account), None
    except RequestRefused as refused:
        return None, refused


@given(documents, accounts, st.booleans())
@example(envelope(), Account(), False)
def test_a_strict_check_is_the_first_of_the_lint_and_accepts_where_the_lint_is_empty(
    document, account, as_in_a_case
):
    sent = enveloped(document, account) if as_in_a_case else received(document)
    everything = lint(sent, account)
    request, refused = outcome(sent, account)
    if refused is None:
        assert everything == ()
        assert list(account_faults(request, account)) == []
    else:
        assert refused.error == everything[0]
        assert [problem.message for problem in refused.problems] == [
            error.problem().message for error in everything
        ]
        answer = json.loads(refused.answer())
        assert answer["error"] == refused.error.to_dict()
        assert str(refused).isprintable()


@given(documents, accounts)
def test_no_parameter_and_no_member_is_told_twice(document, account):
    places = [
        place for mnemonic, place in found(document, account)
        if place is not None and mnemonic != "unexpected_parameters"
    ]  # fmt: skip
    assert len(places) == len(set(places))


@given(documents, accounts)
def test_value_is_echoed_for_what_was_sent_and_for_nothing_else(document, account):
    for error in faults(document, account):
        data = error.to_dict()["data"]
        sent = error.field is not None and error.mnemonic != "required_parameter_missed"
        assert ("value" in data) == sent
        value = document
        if sent and error.field in document["params"]:
            value = document["params"][error.field]
            if error.field in NAMES and error.field != "access_token":
                echoed = value if isinstance(value, str) else encode(value)
                assert data["value"] == echoed or "token" in echoed  # masked inside


@given(st.binary() | anything.map(lambda v: json.dumps(v, default=lambda n: n.text).encode()))
def test_any_bytes_are_a_request_or_a_refusal(data):
    everything = lint_bytes(data)
    try:
        check_bytes(data)
    except RequestRefused as refused:
        first = refused.error
    else:
        first = None
    assert first == (everything[0] if everything else None)


secrets = st.text("GHIJKLMNOPQRSTUVWXYZ", min_size=10)
secret_names = st.sampled_from(["access_token", "acces_token", "Access-Token", "mytoken"])


@given(
    secrets, secret_names, documents, accounts, st.sampled_from(["top", "message", "deep", "id"])
)
def test_secrets_are_never_in_any_output(secret, name, document, account, where):
    pieces = [secret[at : at + 5] for at in range(len(secret) - 4)]
    assume(not any(piece in encode(document) for piece in pieces))
    document = dict(document) if isinstance(document, dict) else envelope()
    inner = dict(document["params"]) if isinstance(document.get("params"), dict) else {}
    if where == "top":
        inner[name] = secret
    elif where == "id":
        inner[name] = [secret]
    elif where == "message":
        inner["contact_message"] = {"type": "tts", name: secret}
    else:
        inner["contakt"] = {"params": [{name: secret}]}
    document["params"] = inner
    account = Account(access_tokens=("other",), virtual_numbers=account.virtual_numbers)
    outputs = []
    for error in lint(received(document), account):
        outputs += [json.dumps(error.to_dict()), error.sentence, str(error.problem()), repr(error)]
    request, refused = outcome(received(document), account)
    outputs += [repr(request), str(refused), refused.answer() if refused else ""]
    assert not any(piece in text for text in outputs for piece in pieces)


def test_a_great_many_unknown_parameters_are_all_told():
    many = {f"parameter {number}": "" for number in range(20_000)}
    assert len(found(params(**many))) == 20_000
