"""What of a request may be shown, and the parameters that it is asked of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow.api.account import Account
from callflow.api.echo import LONGEST, echo, is_secret, masked, shortened, shown
from callflow.api.parameters import BY_PATH, EVERY, NAMES, NEWER, PARAMETERS, STRINGS, Kind
from callflow.api.wire import Numeral


@given(st.text())
def test_of_a_secret_at_most_four_characters_and_never_more_than_half_are_shown(secret):
    shown_part = masked(secret).removesuffix("...")
    assert masked(secret) == shown_part + "..."
    assert secret.startswith(shown_part)
    assert len(shown_part) <= 4
    assert len(shown_part) * 2 <= len(secret)


@pytest.mark.parametrize(
    "name",
    ["access_token", "acces_token", "accessToken", "ACCESS-TOKEN", "token", "myTokenX",
     "access_tokn", "contact_message.access_tokn", "x" * 200 + "token"],
)  # fmt: skip
def test_a_name_near_access_token_or_with_token_in_it_is_a_secret(name):
    assert is_secret(name)
    assert echo(name, "2fRN4g217ca0") == "2fRN..."
    assert echo(name, Numeral("123456")) == "123..."


def test_no_other_parameter_is_a_secret():
    assert [name for name in (*BY_PATH, *NEWER) if is_secret(name)] == ["access_token"]


def test_a_text_is_echoed_as_it_is_and_anything_else_as_json_without_blanks():
    assert echo("contact", " +7 ") == " +7 "
    assert echo("switch_at_once", "true") == echo("switch_at_once", True) == "true"
    assert echo("contact", None) == "null"
    assert echo("contact", [Numeral("1.0E5"), {"a": False}]) == '[1.0E5,{"a":false}]'


def test_a_secret_inside_an_echoed_object_is_masked_too():
    assert echo("params", {"a": [{"access_token": "2fRN4g217ca0"}]}) == (
        '{"a":[{"access_token":"2fRN..."}]}'
    )


def test_what_json_cannot_carry_is_not_echoed():
    assert echo("contact", b"1") is None
    assert shown(b"1") == "a Python value of type bytes"


@given(st.text(), st.integers(5, 80))
def test_a_shown_text_is_one_line_and_short(text, longest):
    line = shortened(text, longest)
    assert line.isprintable()
    assert len(line) <= longest + 2  # the quotes around blanks


def test_a_long_value_is_cut_and_the_type_that_was_sent_is_named():
    assert shown("x" * 61) == "the text " + "x" * (LONGEST - 3) + "..."
    assert shown("x" * 60) == "the text " + "x" * 60
    assert shown(" a") == 'the text " a"'
    assert shown("") == "an empty text"
    assert shown(Numeral("1" * 100_000)) == "the number " + "1" * (LONGEST - 3) + "..."
    assert [shown(value) for value in (None, True, False, [], {})] == [
        "null", "true", "false", "a list", "an object",
    ]  # fmt: skip


def test_an_account_shows_its_tokens_masked():
    assert "2fRN..." in repr(Account(access_tokens=("2fRN4g217ca0",)))
    assert "2fRN4" not in repr(Account(access_tokens=("2fRN4g217ca0",)))
    assert "access_tokens=None" in repr(Account())


def test_the_table_of_parameters_is_that_of_the_protocol():
    assert NAMES == (
        "access_token", "virtual_phone_number", "external_id", "dtmf_string", "direction",
        "contact", "first_call", "switch_at_once", "contact_message", "show_virtual_phone_number",
    )  # fmt: skip
    assert [row.path for row in EVERY if row.required] == [
        "access_token", "virtual_phone_number", "contact", "first_call",
        "contact_message.type", "contact_message.value",
    ]  # fmt: skip
    assert [row.path for row in PARAMETERS if not row.listed] == ["show_virtual_phone_number"]
    assert {row.path: row.kind for row in EVERY if row.path not in STRINGS} == {
        "switch_at_once": Kind.BOOLEAN,
        "show_virtual_phone_number": Kind.BOOLEAN,
        "contact_message": Kind.OBJECT,
    }
    assert BY_PATH["contact_message.type"].name == "type"
    assert BY_PATH["contact_message.type"].parent == "contact_message"
    assert BY_PATH["contact"].parent is None
