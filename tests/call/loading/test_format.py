"""The case format: what each key takes, and what is said of everything else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from callflow import Case, Configuration, Party, Person, Reaction, simulate
from callflow.api.account import MediaFile
from callflow.call.case import PerParty

from .conftest import EXAMPLE, EXAMPLE_DICT, SMALLEST, problems, read, told


def only(text: str, **options: object) -> str:
    found = told(text, **options)
    assert len(found) == 1, found
    return found[0]


def test_the_example_of_the_page_is_read_as_it_says():
    case = read(EXAMPLE)
    assert case.name == "Employee first, the contact hears the whole message"
    assert case.request.contact == "79260000000"
    assert case.request.access_token is None
    assert case.scenario.employee_name == "Anna"
    assert case.account.virtual_numbers == {"74993720692": "main", "74951112233": None}
    assert case.account.media == {"237": MediaFile(length=12_500)}
    assert case.people.employee == Person(
        reaction=Reaction.ANSWERS, after=6_000, hangs_up_after=40_000
    )
    assert case.ring_timeout == PerParty(contact=30_000, employee=60_000)
    assert case.configuration == Configuration(
        first_call=Party.EMPLOYEE, switch_at_once=False, contact_message=True, employee_message=True
    )
    assert simulate(case).duration == 46_000
    assert Case.from_dict(EXAMPLE_DICT) == case


# ----------------------------------------------------------------------------------- the whole


def test_a_file_without_a_request_is_no_case():
    assert only("name: a\n") == "case.yaml:1: request: is missing; a case has a request"
    assert only("") == "case.yaml:1: request: is missing; a case has a request"
    assert only("# nothing\n").endswith("request: is missing; a case has a request")
    assert only("name: a\nrequest:\n") == "case.yaml:2: request: must be a mapping, not null"


@pytest.mark.parametrize(
    ("text", "given"), [("- a", "a list"), ("5", "the number 5"), ("x", "the text x")]
)
def test_a_file_must_be_a_mapping(text, given):
    assert f"must be a mapping with the key request, not {given}" in only(text)


def test_an_unknown_key_is_told_with_the_nearest_at_its_line():
    assert only(SMALLEST + "poeple: {}\n") == (
        "case.yaml:2: poeple: unknown key; did you mean people?"
    )
    assert only(SMALLEST + "people: {contact: {answer_after: 3}}\n") == (
        "case.yaml:2: people.contact.answer_after: unknown key; did you mean answers_after?"
    )
    assert "known here: seconds, ended_by" in only(SMALLEST + "people: {conversation: {x: 3}}\n")
    (problem,) = problems(SMALLEST + "poeple: {}\n")
    assert (problem.path, problem.given, problem.nearest) == ("poeple", "poeple", "people")


def test_a_key_given_twice_names_both_lines():
    assert only(EXAMPLE + "name: again\n").startswith(
        "case.yaml:27: name: the key is given twice, first in line 1"
    )
    text = EXAMPLE.replace("  first_call", "  contact: '79260000000'\n  first_call")
    assert only(text) == (
        "case.yaml:5: request.contact: the key is given twice, first in line 4; keep one"
    )
    assert "expect.a: the key is given twice" in only(SMALLEST + "expect: {a: 1, a: 2}\n")


def test_null_leaves_an_optional_key_out():
    keys = ("name", "scenario", "account", "speech", "messages", "people", "ring_timeout", "expect")
    assert read(SMALLEST + "".join(f"{key}: null\n" for key in keys)) == read(SMALLEST)
    nested = (
        "people: {contact: ~, employee: {answers_after: , busy_after: null}, conversation: ~}\n"
        "scenario: {employee: , employee_message: ~, show_during_call: null}\n"
        "account: {access_tokens: ~, virtual_numbers: ~, blacklist: ~, media: ~}\n"
        "speech: {characters_per_second: ~}\nmessages: {contact: ~}\nring_timeout: {employee: ~}\n"
    )
    assert read(SMALLEST + nested) == read(SMALLEST)


def test_a_mapping_left_out_is_all_its_keys_left_out():
    empty = "scenario: {}\naccount: {}\nspeech: {}\nmessages: {}\npeople: {}\nring_timeout: {}\n"
    assert read(SMALLEST + empty) == read(SMALLEST)


def test_all_problems_come_in_the_order_of_lines():
    text = EXAMPLE.replace("name:", "nmae:", 1).replace("conversation: 60", "conversation: long")
    text = text.replace("switch_at_once: false", "switch_at_once: yes")
    assert [problem.line for problem in problems(text)] == [1, 6, 24]


def test_problems_without_lines_come_in_the_order_of_the_page():
    text = "[ring_timeout]\ncontact = 0\n[request]\n[speech]\ncharacters_per_second = 0\n"
    paths = [problem.path.partition(".")[0] for problem in problems(text, "toml")]
    assert list(dict.fromkeys(paths)) == ["request", "speech", "ring_timeout"]


# ----------------------------------------------------------------------------------- times


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("12", 12_000), ("12.5", 12_500), ("12.0005", 12_000), ("12.0015", 12_002), ("1e1", 10_000),
        (".5", 500), ("5.", 5_000), ("+5", 5_000), ("007", 7_000), ("86400", 86_400_000),
        ("0.0006", 1), ("0.000500000000000000000000000000001", 1),
    ],
)  # fmt: skip
def test_a_time_is_rounded_half_even_from_the_decimal_as_written(written, length):
    assert read(SMALLEST + f"messages: {{contact: {written}}}\n").messages.contact == length


@pytest.mark.parametrize(
    "written",
    [
        "0", "0.0005", "-1", "86400.0001", "1e9", "1e999999999999999999999", "1e-99999999999999999",
        ".inf", "nan", "1:30", "1_000", "0x10", "0o17", "'5'", "yes", "true", "[5]", "{a: 5}",
        "9" * 100_000, "2024-01-01",
    ],
)  # fmt: skip
def test_a_length_is_a_number_from_a_millisecond_to_a_day(written):
    said = only(SMALLEST + f"messages: {{contact: {written}}}\n")
    start = "case.yaml:2: messages.contact: must be a number of seconds from 0.001 to 86400, not "
    assert said.startswith(start)
    assert len(said) < 300


def test_other_times_may_be_nothing():
    person = read(SMALLEST + "people: {contact: {answers_after: 0, hangs_up_after: 0}}\n")
    assert person.people.contact == Person(reaction=Reaction.ANSWERS, after=0, hangs_up_after=0)
    assert "from 0 to 86400, not the number -1" in only(
        SMALLEST + "people: {contact: {answers_after: -1}}\n"
    )


@pytest.mark.parametrize("key", ["messages", "ring_timeout"])
def test_message_lengths_and_ring_timeouts_are_at_least_a_millisecond(key):
    assert f"{key}.employee: must be a number of seconds from 0.001" in only(
        SMALLEST + f"{key}: {{employee: 0}}\n"
    )


def test_a_number_in_quotes_is_a_text_and_the_repair_is_told():
    assert only(SMALLEST + 'messages: {contact: "12"}\n').endswith(
        "not the text 12; write it without quotes"
    )


# ----------------------------------------------------------------------------------- people


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("no_answer", Person(reaction=Reaction.NO_ANSWER)),
        ("{answers_after: 9}", Person(reaction=Reaction.ANSWERS, after=9_000)),
        ("{busy_after: 2}", Person(reaction=Reaction.BUSY, after=2_000)),
        ("{rejects_after: 3}", Person(reaction=Reaction.REJECTS, after=3_000)),
        ("{unavailable_after: 1}", Person(reaction=Reaction.UNAVAILABLE, after=1_000)),
        ("{hangs_up_after: 40}", Person(hangs_up_after=40_000)),
        ("{}", Person()),
    ],
)
def test_what_a_person_does(written, person):
    assert read(SMALLEST + f"people: {{employee: {written}}}\n").people.employee == person


def test_a_person_does_one_thing():
    assert only(SMALLEST + "people:\n  contact: {answers_after: 1, busy_after: 2}\n") == (
        "case.yaml:3: people.contact: answers_after and busy_after exclude each other"
    )


@pytest.mark.parametrize("key", ["busy_after", "rejects_after", "unavailable_after"])
def test_only_who_answers_hangs_up(key):
    said = only(SMALLEST + f"people: {{contact: {{{key}: 1, hangs_up_after: 2}}}}\n")
    assert f"people.contact: {key} and hangs_up_after exclude each other" in said


def test_no_answer_is_a_word_and_no_key():
    assert "did you mean no_answer?" in only(SMALLEST + "people: {contact: no_anser}\n")
    assert "unknown key; write contact: no_answer" in only(
        SMALLEST + "people: {contact: {no_answer: true}}\n"
    )


def test_a_conversation_is_a_length_or_a_length_and_who_ends_it():
    people = read(SMALLEST + "people: {conversation: {seconds: 60, ended_by: employee}}\n").people
    assert (people.conversation, people.ended_by) == (60_000, Party.EMPLOYEE)
    assert read(SMALLEST + "people: {conversation: {seconds: 60}}\n") == read(
        SMALLEST + "people: {conversation: 60}\n"
    )
    assert "must be contact or employee, not the text employe; did you mean employee?" in only(
        SMALLEST + "people: {conversation: {ended_by: employe}}\n"
    )
    assert "from 0.001 to 86400" in only(SMALLEST + "people: {conversation: 0}\n")


# ----------------------------------------------------------------------------------- scenario


def test_a_scenario_message_has_type_and_value():
    found = told(SMALLEST + "scenario: {employee_message: {}}\n")
    assert [line.split(": ")[1] for line in found] == [
        "scenario.employee_message.type",
        "scenario.employee_message.value",
    ]
    assert "must be media or tts, not the text mp3" in only(
        SMALLEST + "scenario: {employee_message: {type: mp3, value: a}}\n"
    )
    assert "a text of at least one character" in only(
        SMALLEST + 'scenario: {employee_message: {type: tts, value: ""}}\n'
    )


def test_a_scenario_message_names_a_file_that_a_given_account_has():
    scenario = "scenario:\n  employee_message: {type: media, value: 239}\n"
    assert read(SMALLEST + scenario).scenario.employee_message is not None
    assert only(SMALLEST + scenario + "account: {media: {238: 5}}\n") == (
        "case.yaml:3: scenario.employee_message.value: is no media file of the account (239); "
        "did you mean 238?"
    )
    lengths = "messages: {employee: 3}\n"
    assert "it has none" in only(SMALLEST + scenario + lengths + "account: {media: {}}\n")


def test_what_the_employee_sees_is_one_of_two():
    said = only(SMALLEST + "scenario: {show_during_call: service}\n")
    assert "must be service_number or contact_number, not the text service" in said


# ----------------------------------------------------------------------------------- account


def test_a_media_file_is_seconds_or_a_file():
    for written in ("5", "{seconds: 5}", "{seconds: 5, file: null}"):
        media = read(SMALLEST + f"account: {{media: {{1.2: {written}}}}}\n").account.media
        assert media == {"1.2": MediaFile(length=5_000)}
    for written, said in (
        ("{}", "must have seconds or file"),
        ("{seconds: 1, file: a.wav}", "seconds and file exclude each other"),
        ("{length: 1}", "unknown key"),
        ("~", "not null"),
        ("0", "from 0.001"),
    ):
        assert any(
            said in line for line in told(SMALLEST + f"account: {{media: {{1: {written}}}}}\n")
        ), written


@pytest.mark.parametrize(("written", "limit"), [("1", 1), ("500", 500), ("5e2", 500), ("7.0", 7)])
def test_the_tts_limit_is_a_whole_number(written, limit):
    account = read(SMALLEST + f"account: {{tts_message_max_length: {written}}}\n").account
    assert account.tts_message_max_length == limit
    assert isinstance(account.tts_message_max_length, int)


@pytest.mark.parametrize(
    "written", ["0", "-1", "1.5", "'5'", "x", "1e99999", "9" * 100_000, "true"]
)
def test_the_tts_limit_is_nothing_else(written):
    assert "must be a whole number, at least 1" in only(
        SMALLEST + f"account: {{tts_message_max_length: {written}}}\n"
    )


@pytest.mark.parametrize(
    ("written", "rate"),
    [("15", 15), ("0.001", Decimal("0.001")), ("100000", 100_000), ("1.50", Decimal("1.5"))],
)
def test_the_speed_of_speech_is_exact(written, rate):
    case = read(SMALLEST + f"speech: {{characters_per_second: {written}}}\n")
    assert case.characters_per_second == rate


@pytest.mark.parametrize(
    "written", ["0", "0.000" + "9" * 50, "100000.1", "x", "1e-99999", "1e99999999999999999999"]
)
def test_the_speed_of_speech_has_limits(written):
    assert "must be a number from 0.001 to 100000" in only(
        SMALLEST + f"speech: {{characters_per_second: {written}}}\n"
    )


def test_lists_are_lists_of_texts():
    assert "account.blacklist: must be a list of numbers, not the number 5" in only(
        SMALLEST + "account: {blacklist: 5}\n"
    )
    assert "account.blacklist[1]: must be a text, not null" in only(
        SMALLEST + "account: {blacklist: [5, ~]}\n"
    )


def test_a_secret_is_never_told():
    for text in (
        "account: {access_tokens: 5ecretToken}\n",
        "account: {access_tokens: {5ecretToken: 1}}\n",
        "account: {access_tokens: [[5ecretToken]]}\n",
    ):
        for problem in problems(SMALLEST + text):
            assert "5ecre" not in str(problem) + str(problem.given)
    found = told(SMALLEST, settings=["account.access_tokens=5ecretToken"])
    assert "5ecre" not in "".join(found)


# ----------------------------------------------------------------------------------- expect


def test_expectations_are_kept_unread_with_their_lines():
    expect = read(SMALLEST + "expect:\n  a: [x, {b: 012}]\n  c: ~\n").expect
    assert list(expect.entries) == ["a", "c"]
    key, value = expect.entries["a"]
    assert (key.line, key.column, value.line) == (3, 3, 3)
    assert value.items[1].get("b").text == "012"


def test_two_cases_are_equal_whatever_they_expect():
    assert read(SMALLEST + "expect: {a: 1}\n") == read(SMALLEST)
