"""The request of a case: where it stands, and what the API says of it."""

from __future__ import annotations

import pytest
from attrs import evolve

from callflow import Account, Case, RequestRefused
from callflow.api.wire import Numeral
from callflow.call.loading import case_from_mapping, looks_like_case

from .conftest import EXAMPLE, EXAMPLE_DICT, SMALLEST, problems, read, refused, told

PARAMS = "contact: 79260000000\nvirtual_phone_number: 74993720692\nfirst_call: employee\n"
ENVELOPE = (
    '{"jsonrpc": "2.0", "method": "start.vnumber_call", "id": 17,\n'
    ' "params": {"contact": "79260000000", "first_call": "employee",\n'
    '  "virtual_phone_number": "74993720692"}}'
)


def test_a_bare_request_out_of_a_log_is_a_case_with_only_that():
    assert read(PARAMS) == read(SMALLEST)
    assert read(ENVELOPE, "json") == read(SMALLEST)
    assert read('{"request": ' + ENVELOPE + "}", "json") == read(SMALLEST)


def test_parameters_beside_keys_of_a_case_are_put_under_request():
    assert told(PARAMS + "people: {}\n")[0] == (
        "case.yaml:1: contact: is part of a request; put the parameters under `request:`"
    )
    assert len(told(PARAMS + "people: {}\n")) == 3
    assert "put the parameters under `request:`" in told(SMALLEST + "contact: '1'\n")[0]


def test_paths_name_a_parameter_whether_there_is_an_envelope_or_not():
    wrong = ENVELOPE.replace('"79260000000"', "79260000000")
    for text in (wrong, '{"request": ' + wrong + "}"):
        (problem,) = refused(text, "json").problems
        assert (problem.path, problem.line) == ("request.contact", 2)
    twice = ENVELOPE.replace('"params": {', '"params": {"contact": "1", ')
    assert problems(twice, "json")[0].path == "request.contact"


def test_a_member_of_the_envelope_is_told_by_its_name():
    (problem,) = refused(ENVELOPE.replace('"2.0"', "2.0"), "json").problems
    assert (problem.path, problem.line) == ("request.jsonrpc", 1)
    assert 'write "2.0" in quotes' in problem.message


def test_the_id_of_the_answer_is_the_one_sent():
    assert refused(ENVELOPE.replace("first_call", "x"), "json").id == Numeral("17")
    assert refused("request: {contact: '1'}").id is None


def test_unknown_members_of_the_envelope_are_kept():
    case = read(ENVELOPE.replace('"id"', '"trace": 5, "id"'), "json")
    assert case.request.unknown_members == ("trace",)


def test_a_request_that_is_no_mapping_is_the_params_and_is_refused():
    for written in ("5", "[a]", "text"):
        error = refused(f"name: a\nrequest: {written}\n")
        assert error.error.mnemonic == "invalid_request"
        assert [problem.path for problem in error.problems] == ["request"]


def test_every_problem_of_a_request_is_told_and_the_first_is_the_answer():
    text = EXAMPLE.replace("switch_at_once: false", "switch_at_once: yes").replace(
        "employee  ", "x"
    )
    error = refused(text)
    assert error.error.mnemonic == "data_type_error"
    assert [(problem.line, problem.path) for problem in error.problems] == [
        (5, "request.first_call"),
        (6, "request.switch_at_once"),
    ]
    assert str(error.problems[1]) == (
        "case.yaml:6: request.switch_at_once: must be true or false, not the text yes; "
        "in YAML 1.2 yes is a text "
        "(the API would answer -32602 data_type_error: Data supplied is of wrong type)"
    )


def test_a_file_with_problems_of_both_kinds_is_no_case_and_tells_both():
    text = EXAMPLE.replace("switch_at_once: false", "switch_at_once: yes") + "poeple: {}\n"
    assert [problem.path for problem in problems(text)] == ["request.switch_at_once", "poeple"]


# ------------------------------------------------------------------------------ texts in YAML


@pytest.mark.parametrize("written", ["0462626", "'0462626'", '"0462626"'])
def test_a_parameter_that_is_a_text_is_taken_as_it_is_written(written):
    assert read(SMALLEST.replace("79260000000", written)).request.contact == "0462626"


@pytest.mark.parametrize(
    "written", ["1.2", "237", "1e3", "yes", "true", "2024-01-01", "0x1F", "1_0"]
)
def test_so_are_tokens_labels_names_and_ids(written):
    case = read(
        f"name: {written}\n" + SMALLEST + f"account: {{access_tokens: [{written}], "
        f"virtual_numbers: {{74993720692: {written}}}, blacklist: [{written}], "
        f"media: {{{written}: 5}}}}\n"
        f"scenario: {{employee: {{number: {written}, name: {written}}}}}\n"
    )
    assert case.name == written
    assert case.account.access_tokens == case.account.blacklist == (written,)
    assert case.account.virtual_numbers == {"74993720692": written}
    assert list(case.account.media or ()) == [written]
    assert case.scenario.employee_number == case.scenario.employee_name == written


def test_elsewhere_a_plain_scalar_is_what_json_would_read():
    assert (
        "not the number 5"
        in refused(SMALLEST.replace("}", ", switch_at_once: 5}")).problems[0].message
    )
    assert (
        "not the text 05"
        in refused(SMALLEST.replace("}", ", switch_at_once: 05}")).problems[0].message
    )
    assert (
        "not the text .5"
        in refused(SMALLEST.replace("}", ", switch_at_once: .5}")).problems[0].message
    )
    assert read(SMALLEST.replace("}", ", switch_at_once: true}")).request.switch_at_once is True
    assert "the text true" in str(refused(SMALLEST.replace("}", ", switch_at_once: 'true'}")))


@pytest.mark.parametrize("form", ["json", "toml"])
def test_in_json_and_toml_a_text_stands_in_quotes(form):
    text = {
        "json": '{"request": {"contact": 79260000000, "first_call": "contact", '
        '"virtual_phone_number": "74993720692"}}',
        "toml": '[request]\ncontact = 79260000000\nfirst_call = "contact"\n'
        'virtual_phone_number = "74993720692"\n',
    }[form]
    assert 'write it in quotes: "79260000000"' in str(refused(text, form))


@pytest.mark.parametrize("null", ["null", "~", ""])
def test_a_parameter_that_is_null_is_of_the_wrong_type(null):
    error = refused(EXAMPLE.replace('"..1.2.3"', null))
    assert error.error.mnemonic == "data_type_error"
    assert error.error.field == "dtmf_string"


def test_an_empty_value_shows_the_repair():
    assert 'such a text stands in quotes: dtmf_string: "#12"' in str(
        refused(EXAMPLE.replace('"..1.2.3"', "#12"))
    )
    assert 'an empty text is dtmf_string: ""' in str(refused(EXAMPLE.replace('"..1.2.3"', "")))


def test_a_secret_behind_a_number_sign_is_not_told():
    text = EXAMPLE.replace("  contact: ", "  access_token: #5ecret\n  contact: ", 1)
    assert "5ecre" not in "".join(map(str, refused(text).problems))


@pytest.mark.parametrize("written", ["*12#", "*12", "&12", "*", "*#06#"])
def test_a_star_or_ampersand_begins_no_text_and_the_repair_is_shown(written):
    said = told(EXAMPLE.replace('"..1.2.3"', written))
    assert said[0].startswith(f"case.yaml:7: request.dtmf_string: {written[0]} begins an a")
    assert said[0].endswith(f'a text that begins with {written[0]} stands in quotes: "{written}"')
    assert len(said) == 1


# ------------------------------------------------------------------------------ the account


def test_a_token_that_is_left_out_fits():
    assert read(SMALLEST + "account: {access_tokens: [a, b]}\n").request.access_token is None
    assert (
        refused(SMALLEST + "account: {access_tokens: []}\n").error.mnemonic
        == "access_token_invalid"
    )


def test_a_contact_message_that_the_account_lacks_is_the_apis_error():
    text = EXAMPLE.replace('media: {"237"', 'media: {"238"')
    assert refused(text).error.mnemonic == "media_file_not_found"


def test_a_wrong_account_brings_no_further_complaints_about_the_request():
    for key in ("access_tokens", "virtual_numbers", "blacklist", "media"):
        assert len(told(SMALLEST + f"account: {{{key}: 5}}\n")) == 1


def test_another_account_takes_the_place_of_the_cases_own():
    account = Account(blacklist=("79260000000",))
    assert refused(EXAMPLE, account=account).error.mnemonic == "contact_in_blacklist"
    assert read(EXAMPLE, account=Account()).account == Account()


def test_a_case_built_in_python_is_judged_by_its_account():
    case = read(EXAMPLE)
    with pytest.raises(RequestRefused) as caught:
        Case(request=case.request, account=Account(media={}))
    assert caught.value.error.mnemonic == "media_file_not_found"
    with pytest.raises(RequestRefused):
        evolve(case, account=Account(blacklist=("79260000000",)))


def test_what_json_does_not_have_cannot_be_sent():
    import datetime as dt

    for value in (dt.date(2024, 1, 1), float("nan"), b"x", {1}):
        request = {**EXAMPLE_DICT["request"], "contact": value}
        with pytest.raises(Exception, match="cannot be sent in JSON"):
            case_from_mapping({"request": request})


def test_json_with_a_request_looks_like_a_case():
    assert looks_like_case(b'{"request": {}}')
    assert not looks_like_case(ENVELOPE.encode())
    assert not looks_like_case(b"request: {}")
    assert not looks_like_case(b"\xff")
