"""``--set PATH=VALUE``: one value changed, read as it would be in a YAML case."""

from __future__ import annotations

from contextlib import suppress

import pytest

from callflow import CaseError, Party, Person, Reaction, RequestRefused, UsageError
from callflow.api.account import Account, MediaFile

from .conftest import EXAMPLE, SMALLEST, problems, read, refused, told

ENVELOPE = (
    '{"jsonrpc": "2.0", "method": "start.vnumber_call", "id": 17, "params": '
    '{"contact": "79260000000", "first_call": "employee", "virtual_phone_number": "74993720692"}}'
)


def test_a_value_is_read_as_in_a_yaml_case():
    case = read(
        EXAMPLE,
        settings=[
            "request.contact=0462626",
            "request.switch_at_once=true",
            "people.contact={busy_after: 2}",
            "account.blacklist=[1, 0462]",
            "name=a, b",
        ],
    )
    assert case.request.contact == "0462626"
    assert case.request.switch_at_once is True
    assert case.people.contact == Person(reaction=Reaction.BUSY, after=2_000)
    assert case.account.blacklist == ("1", "0462")
    assert case.name == "a, b"
    assert read(ENVELOPE, "json", settings=["request.contact=0462626"]).request.contact == "0462626"


def test_nothing_behind_the_equals_sign_leaves_the_key_out():
    assert read(EXAMPLE, settings=["name="]).name is None
    assert read(EXAMPLE, settings=["request.contact_message="]).request.contact_message is None
    assert read(SMALLEST, settings=["people.contact.answers_after=", "account.media.1="]) == read(
        SMALLEST
    )
    assert (
        refused(EXAMPLE, settings=["request.contact="]).error.mnemonic
        == "required_parameter_missed"
    )


def test_missing_mappings_on_the_way_are_made():
    case = read(
        SMALLEST,
        settings=[
            "people.contact.answers_after=3",
            "request.contact_message.type=tts",
            "request.contact_message.value=Hello",
            "account.media.237=5",
        ],
    )
    assert case.people.contact.after == 3_000
    assert case.tts
    assert case.account.media == {"237": MediaFile(length=5_000)}
    assert (
        read("people: ~\n" + SMALLEST, settings=["people.conversation=5"]).people.conversation
        == 5_000
    )


def test_the_last_setting_counts():
    assert read(SMALLEST, settings=["name=a", "name=b"]).name == "b"


def test_keys_that_are_numbers_or_have_dots_can_be_named():
    case = read(
        EXAMPLE,
        settings=[
            "account.media.237=7",
            "account.media.1.2=8",
            "account.media.1.3.seconds=9",
            "account.virtual_numbers.74951112233=second",
            "account.blacklist[1]=5",
            "account.blacklist[0]=4",
            "account.access_tokens=",
        ],
    )
    assert case.account.media == {
        "237": MediaFile(length=7_000), "1.2": MediaFile(length=8_000),
        "1.3": MediaFile(length=9_000)
    }  # fmt: skip
    assert case.account.virtual_numbers == {"74993720692": "main", "74951112233": "second"}
    assert case.account.blacklist == ("4", "5")
    assert read(EXAMPLE, settings=["account.blacklist[0]="]).account.blacklist == ()
    assert read(SMALLEST, settings=["account.blacklist[0]=1"]).account.blacklist == ("1",)


def test_a_number_on_the_way_is_the_seconds_of_its_mapping():
    people = read(EXAMPLE, settings=["people.conversation.ended_by=employee"]).people
    assert (people.conversation, people.ended_by) == (60_000, Party.EMPLOYEE)
    assert read(EXAMPLE, settings=["account.media.237.seconds=3"]).account.media == {
        "237": MediaFile(length=3_000)
    }


def test_a_word_on_the_way_is_not_overwritten():
    text = SMALLEST + "people: {contact: no_answer}\n"
    assert (
        "people.contact is no mapping in the file; set it as a whole"
        in told(text, settings=["people.contact.answers_after=3"])[0]
    )


def test_a_parameter_is_named_the_same_with_an_envelope_and_without():
    for text, form in (
        (ENVELOPE, "json"),
        (SMALLEST, "yaml"),
        ('{"request": ' + ENVELOPE + "}", "json"),
    ):
        for name in ("request.dtmf_string", "request.params.dtmf_string"):
            assert read(text, form, settings=[f"{name}='#1'"]).request.dtmf_string == "#1"


def test_a_member_of_the_envelope_can_be_set():
    assert (
        refused(ENVELOPE, "json", settings=["request.method=x"]).error.mnemonic
        == "method_not_found"
    )
    error = refused(SMALLEST, settings=["request.jsonrpc=1.0"])
    assert error.error.mnemonic == "invalid_request"
    assert error.problems[0].path == "request.jsonrpc"
    assert read(SMALLEST, settings=["request.id=5"]) == read(SMALLEST)
    params = (
        "request.params={contact: 0462626, virtual_phone_number: 74993720692, first_call: contact}"
    )
    assert read(SMALLEST, settings=[params]).request.contact == "0462626"


def test_a_bare_request_can_be_made_a_case():
    case = read(ENVELOPE, "json", settings=["people.contact=no_answer", "request.contact=0462626"])
    assert case.people.contact.reaction is Reaction.NO_ANSWER
    assert case.request.contact == "0462626"


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("poeple.contact", "people"),
        ("people.contact.answer_after", "answers_after"),
        ("request.contcat", "contact"),
        ("request.contact_message.typ", "contact_message.type"),
        ("account.blacklst", "blacklist"),
    ],
)
def test_an_unknown_path_is_told_with_the_nearest(path, near):
    assert told(SMALLEST, settings=[f"{path}=1"]) == [
        f"case.yaml: {path}: unknown path; did you mean {near}? (--set {path}=1)"
    ]


@pytest.mark.parametrize(
    "path", ["name.x", "people.conversation.seconds.x", "account.blacklist[x]", "x"]
)
def test_a_path_that_leads_nowhere_is_told(path):
    (said,) = told(SMALLEST, settings=[f"{path}=1"])
    assert "unknown path" in said


def test_problems_name_the_option_instead_of_a_line():
    (problem,) = problems(EXAMPLE, settings=["people.contact.answers_after=x"])
    assert problem.line is None
    assert str(problem) == (
        "case.yaml: people.contact.answers_after: must be a number of seconds from 0 to 86400, "
        "not the text x (--set people.contact.answers_after=x)"
    )
    error = refused(EXAMPLE, settings=["request.contact=5"])
    assert str(error.problems[0]).endswith(" (--set request.contact=5)")


@pytest.mark.parametrize(
    "value", ["*a", "&a b", "!!str x", "[1", "{a: 1", "a: b", "'", "x\ny: 1", "\udcff", "\0"]
)
def test_a_value_that_is_no_yaml_is_told(value):
    assert all(
        line.startswith("case.yaml: name: ") for line in told(SMALLEST, settings=["name=" + value])
    )


def test_a_value_can_be_anything_and_nothing_breaks():
    for value in (
        "[" * 100_000,
        "#",
        "# x",
        " ",
        "|",
        "- a",
        "? a",
        "---",
        "...",
        "%YAML",
        "a\n---\nb",
        "{x: 1}, y: 2",
    ):
        for path in (
            "request",
            "request.dtmf_string",
            "people",
            "name",
            "expect.a",
            "account.media.1",
        ):
            with suppress(CaseError, RequestRefused):
                read(SMALLEST, settings=[f"{path}={value}"])


@pytest.mark.parametrize("setting", ["name", "", "=", "=1"])
def test_a_setting_without_path_or_equals_sign_is_no_setting(setting):
    with pytest.raises(UsageError, match="PATH=VALUE"):
        read(SMALLEST, settings=[setting])


def test_a_setting_of_an_account_that_is_replaced_is_refused():
    with pytest.raises(UsageError, match="leave one out"):
        read(SMALLEST, account=Account(), settings=["account.media.1=5"])


def test_expectations_can_be_set():
    expect = read(SMALLEST, settings=["expect.a.b=[1, 2]"]).expect
    assert len(expect.get("a").get("b").items) == 2
