"""Cases written: as the mapping of a case file, and as YAML that people can read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from callflow import Case, Person, Reaction, case_to_dict, case_to_yaml
from callflow.api.account import Account
from callflow.call.loading import case_from_mapping
from callflow.strategies import cases

from .conftest import EXAMPLE, EXAMPLE_DICT, SMALLEST, read


def test_the_example_is_written_as_it_was_given():
    assert case_to_dict(read(EXAMPLE)) == EXAMPLE_DICT
    assert (
        case_to_yaml(read(EXAMPLE))
        == """\
name: Employee first, the contact hears the whole message
request:
  virtual_phone_number: "74993720692"
  dtmf_string: "..1.2.3"
  contact: "79260000000"
  first_call: employee
  switch_at_once: false
  contact_message: {type: media, value: "237"}
scenario:
  employee: {number: "74950000001", name: Anna}
  employee_message: {type: tts, value: A client is calling you back}
  show_during_call: service_number
account:
  access_tokens: ["2fRN4g..."]
  virtual_numbers: {"74993720692": main, "74951112233": null}
  blacklist: ["79261112233"]
  media: {"237": 12.5}
  tts_message_max_length: 500
speech: {characters_per_second: 15}
messages: {contact: 12.5, employee: 4}
people:
  contact: {answers_after: 9}
  employee: {answers_after: 6, hangs_up_after: 40}
  conversation: 60
ring_timeout: {contact: 30, employee: 60}
expect: {}
"""
    )


def test_only_what_was_given_is_written():
    assert case_to_dict(read(SMALLEST)) == {
        "request": {
            "virtual_phone_number": "74993720692",
            "contact": "79260000000",
            "first_call": "employee",
        }
    }


def test_tokens_can_be_left_out():
    text = EXAMPLE.replace("  contact: ", "  access_token: 2fRN4g...\n  contact: ", 1)
    assert "2fRN" in case_to_yaml(read(text))
    assert "2fRN" not in case_to_yaml(read(text), secrets=False)
    assert "2fRN" not in str(case_to_dict(read(text), secrets=False))


def test_unknown_members_of_the_envelope_come_back():
    case = read(
        '{"jsonrpc": "2.0", "method": "start.vnumber_call", "id": 1, "trace": 2, '
        '"params": {"contact": "79260000000", "first_call": "contact", '
        '"virtual_phone_number": "74993720692"}}',
        "json",
    )
    assert case.request.unknown_members == ("trace",)
    assert comes_back(case)


def comes_back(case: Case) -> bool:
    assert case_from_mapping(case_to_dict(case)) == case
    assert read(case_to_yaml(case)) == case
    return True


@given(cases())
def test_every_case_comes_back(case):
    comes_back(case)


@pytest.mark.parametrize(
    "text",
    ["", " ", "a ", " a", "null", "True", "yes", "12", "1e3", "a: b", "a #b", "#", "*a", "&a",
     "!a", "- a", "a\nb",
     "\0\x1b\x7f\x85\xa0\u2028\u202e\ufeff\ufffe\U0001f600\U000e0001", '"', "\\", "'", "{a}",
     "[a]", "a, b", "%a", "@a", "`",
     "?", "|", ">", "~", "=", "<<", "...", "---", "é", "Иван", "x" * 3000, "a  b", "a\tb", "\r\n"],
)  # fmt: skip
def test_every_text_comes_back(text):
    case = evolve(
        read(SMALLEST),
        name=text,
        account=Account(
            virtual_numbers={"74993720692": text, text: text}, blacklist=(text,), media={}
        ),
    )
    assert comes_back(case)
    assert case_to_yaml(case).replace("\n", "").isprintable()


@given(st.text(), st.text())
def test_any_text_comes_back(name, label):
    case = evolve(
        read(SMALLEST),
        name=name,
        account=Account(virtual_numbers={"74993720692": label, name: None}),
    )
    assert comes_back(case)


@pytest.mark.parametrize(
    "rate", [1, 100_000, Decimal("0.001"), Decimal("1.23456789012345678901234567890")]
)
def test_the_speed_of_speech_comes_back_exactly(rate):
    assert comes_back(evolve(read(SMALLEST), characters_per_second=rate))


def test_no_answer_comes_back():
    case = read(SMALLEST + "people: {contact: no_answer, conversation: {ended_by: employee}}\n")
    assert case.people.contact == Person(reaction=Reaction.NO_ANSWER)
    assert comes_back(case)


def test_expectations_are_written_as_plain_values():
    case = read(SMALLEST + "expect: {a: [1, 2.5, 012, x, ~, true], b: {c: '1'}}\n")
    assert case_to_dict(case)["expect"] == {
        "a": [1, 2.5, "012", "x", None, True],
        "b": {"c": "1"},
    }
    again = read(case_to_yaml(case))
    assert case_to_dict(again) == case_to_dict(case)
    assert case_to_dict(evolve(case, expect={"a": 1}))["expect"] == {"a": 1}
