"""JSON text: what is written, how, and that it comes back."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from callflow.api.wire import Numeral, as_json, encode, json_text
from callflow.words import Party

texts = st.text(st.characters(exclude_categories=["Cs"]))
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=20,
)  # fmt: skip
indents = st.sampled_from([None, 0, 1, 2])


@given(plain, indents)
@example({"a": "\u202e\x85\x7f\u00a0"}, 2)
@example({"a\n": ["\U000e0001"]}, None)
def test_json_text_reads_back_and_shows_printable_characters_only(value, indent):
    text = json_text(value, indent)
    assert json.loads(text) == value
    assert text.replace("\n", "").isprintable()
    assert text == text.strip()
    if indent is None:
        assert "\n" not in text


@given(plain, indents)
def test_a_numeral_changes_nothing_in_the_layout_around_it(value, indent):
    without = json_text([value, 7], indent)
    assert json_text([value, Numeral("7")], indent) == without


@given(plain)
def test_plain_values_and_their_json_values_have_the_same_text(value):
    assert json.loads(encode(as_json(value))) == value


def test_characters_above_the_basic_plane_that_do_not_print_are_two_escapes():
    assert json_text("\U000e0001") == '"\\udb40\\udc01"'
    assert json_text("ж😀") == '"ж😀"'


def test_direction_marks_c1_and_delete_are_escaped():
    assert json_text("a\u200eb\x85c\x7f") == '"a\\u200eb\\u0085c\\u007f"'


def test_half_a_character_is_escaped_so_that_the_text_is_always_utf8():
    assert json_text("\ud800").encode() == b'"\\ud800"'


def test_numbers_are_written_as_they_were():
    assert encode([Numeral("1.50"), Numeral("1E+400"), Numeral("-0")]) == "[1.50,1E+400,-0]"


def test_encode_has_no_blanks_and_keeps_text_as_it_is():
    assert encode({"a": [True, None, "é\u202e"], "b": {}}) == '{"a":[true,null,"é\u202e"],"b":{}}'


def test_the_indented_layout_is_that_of_the_standard_library():
    value = {"a": [1, {"b": []}], "c": {}}
    assert json_text(value, 2) == json.dumps(value, indent=2)
    assert json_text([Numeral("1"), value], 2) == json.dumps([1, value], indent=2)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_not_finite_is_never_written(value):
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text({"a": value})


@pytest.mark.parametrize("value", [b"x", {1, 2}, object()])
def test_what_is_no_json_value_is_never_written(value):
    with pytest.raises(TypeError, match="cannot be written as JSON"):
        json_text([value])
    with pytest.raises(TypeError, match="cannot be written as JSON"):
        encode([Numeral("1"), value])


@pytest.mark.parametrize(
    ("value", "numeral"),
    [
        (7, "7"),
        (10**18, "1" + "0" * 18),
        (0.1, "0.1"),
        (1e300, "1e+300"),
        (Decimal("1.50"), "1.50"),
    ],
)
def test_a_python_number_becomes_its_shortest_numeral(value, numeral):
    assert as_json(value) == Numeral(numeral)


def test_a_whole_number_of_any_length_becomes_its_digits():
    assert as_json(-(10**5000)) == Numeral("-1" + "0" * 5000)


def test_words_are_texts_tuples_are_lists_and_truth_values_are_no_numbers():
    assert as_json({"a": (Party.CONTACT, True, None)}) == {"a": ["contact", True, None]}
    assert type(as_json(Party.CONTACT)) is str


def test_a_value_that_contains_itself_is_cut_off():
    value: list[object] = []
    value.append(value)
    as_json(value)
