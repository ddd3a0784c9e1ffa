"""Bytes to a JSON value, as strictly as the server."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from callflow.api.decoding import decode
from callflow.api.errors import RequestRefused
from callflow.api.wire import Numeral, encode

texts = st.text(st.characters(exclude_categories=["Cs"]))
numerals = st.from_regex(
    r"-?(0|[1-9][0-9]{0,5})(\.[0-9]{1,5})?([eE][+-]?[0-9]{1,9})?", fullmatch=True
)
values = st.recursive(
    st.none() | st.booleans() | texts | numerals.map(Numeral),
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=20,
)


def refusal(data: bytes) -> RequestRefused:
    with pytest.raises(RequestRefused) as refused:
        decode(data)
    return refused.value


def mnemonic_and_detail(data: bytes) -> tuple[str, str]:
    error = refusal(data).error
    assert error.field is None
    assert "value" not in error.to_dict()["data"]
    return error.mnemonic, error.detail


@given(values)
def test_every_value_comes_back_with_its_numbers_as_written(value):
    assert decode(encode(value).encode()) == value


@given(st.binary() | texts.map(str.encode) | st.text('{}[]",:\\u0dD8aN1.e- \n').map(str.encode))
@example(b'{"a": "')
@example(b'{"\\')
@example(b"\xff")
def test_any_bytes_are_a_value_or_a_refusal(data):
    refused = None
    try:
        decode(data)
    except RequestRefused as error:
        refused = error
    if refused is not None:
        assert refused.error.mnemonic in ("parse_error", "character_encoding_not_allowed")
        assert str(refused).isprintable()
        json.loads(refused.answer())


@given(texts.map(str.encode) | st.text('{}[]",:\\u0dD8aN1.e- \n').map(str.encode))
def test_what_the_standard_library_refuses_is_refused_too(data):
    try:
        decode(data)
    except RequestRefused:
        return
    json.loads(data.removeprefix(b"\xef\xbb\xbf"))


def test_a_byte_order_mark_is_skipped_once():
    assert decode(b"\xef\xbb\xbf{}") == {}
    assert mnemonic_and_detail(b"\xef\xbb\xbf\xef\xbb\xbf{}")[0] == "parse_error"


def test_a_byte_that_is_not_utf8_is_named_with_its_place():
    assert mnemonic_and_detail(b'{\n"a": "\xff"}') == (
        "character_encoding_not_allowed",
        "line 2: byte 9 (0xff) is not UTF-8; save the text as UTF-8",
    )
    assert "UTF-16" in mnemonic_and_detail("{}".encode("utf-16"))[1]


@pytest.mark.parametrize("bad", [b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"])
def test_overlong_forms_and_encoded_surrogates_are_not_utf8(bad):
    assert mnemonic_and_detail(b'"' + bad + b'"')[0] == "character_encoding_not_allowed"


@pytest.mark.parametrize(
    "data", [b'["\\ud800"]', b'{"\\uDC00": 1}', b'{"a": {"b": ["x\\ud83d"]}}', b'"\\ude00\\ud83d"']
)
def test_a_lone_surrogate_escape_anywhere_is_character_encoding_not_allowed(data):
    mnemonic, detail = mnemonic_and_detail(data)
    assert mnemonic == "character_encoding_not_allowed"
    assert detail.startswith("line 1, column ")


def test_a_pair_of_escapes_is_one_character_and_an_escaped_backslash_begins_none():
    assert decode(b'"\\ud83d\\ude00"') == "😀"
    assert decode(b'"\\\\ud800"') == "\\ud800"


def test_the_answer_to_a_lone_surrogate_has_the_id_that_was_sent():
    assert refusal(b'{"id": 1.50, "a": "\\ud800"}').id == Numeral("1.50")
    assert refusal(b'{"id": "\\ud800"}').id is None


@pytest.mark.parametrize(
    "data",
    [b'{"a": 1, "a": 2}', b'[{"x": {"a": 1, "b": 2, "\\u0061": 3}}]', b'{"": 1, "": 1}'],
)
def test_a_key_given_twice_anywhere_is_a_parse_error(data):
    mnemonic, detail = mnemonic_and_detail(data)
    assert mnemonic == "parse_error"
    assert "is given twice" in detail


def test_a_key_given_twice_is_told_with_both_places():
    data = b'{"a": {"b": "a"},\n "c": "c",\n  "a": 3}'
    assert mnemonic_and_detail(data)[1] == (
        "line 3, column 3: the key a is given twice, first in line 1; keep one"
    )
    problem = refusal(data).problems[0]
    assert (problem.line, problem.message) == (
        3,
        (
            "column 3: the key a is given twice, first in line 1; keep one "
            "(the API would answer -32700 parse_error: Invalid JSON was received by the server.)"
        ),
    )


@given(st.dictionaries(texts, st.lists(texts) | texts, min_size=1), st.data())
def test_repeating_any_key_of_an_object_is_refused(members, data):
    key = data.draw(st.sampled_from(sorted(members)))
    text = (
        json.dumps(members)[:-1]
        + f", {json.dumps(key, ensure_ascii=data.draw(st.booleans()))}: 1}}"
    )
    assert mnemonic_and_detail(text.encode())[0] == "parse_error"


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_are_not_finite_are_no_json(word):
    assert mnemonic_and_detail(f'{{"NaN": "Infinity", "b": [{word}]}}'.encode()) == (
        "parse_error",
        f"line 1, column 27: {word} is no JSON; a number in JSON is finite",
    )


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def test_nesting_of_64_is_allowed_and_of_65_is_not_which_is_a_limit_of_ours():
    decode(nested(64))
    assert mnemonic_and_detail(nested(65)) == (
        "parse_error",
        "line 1, column 65: nested deeper than 64 (a limit of ours; the source names none)",
    )
    decode(b'{"a":' * 64 + b"1" + b"}" * 64)
    assert mnemonic_and_detail(b'{"a":' * 65 + b"1" + b"}" * 65)[0] == "parse_error"


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        nested(100_000),
        b'{"a":' * 100_000,
        b"]" * 100_000,
        b'"\\"' * 100_000,
        b'[{"a":1,"a":2}' + b",[" * 100_000,
    ],
)
def test_a_hundred_thousand_brackets_or_quotes_are_a_parse_error_like_any_other(data):
    assert mnemonic_and_detail(data)[0] == "parse_error"


def test_brackets_in_texts_and_side_by_side_are_no_nesting():
    decode(b'["' + b"[" * 1000 + b'\\"["]')
    decode(b"[" + b"[]," * 1000 + b"{}]")


def test_a_syntax_error_before_the_deep_place_is_told_first():
    assert "a comma or the closing bracket" in mnemonic_and_detail(b"[1 2" + nested(100))[1]


def test_numerals_of_any_length_and_exponent_are_kept():
    digits = "1" * 100_000
    assert decode(digits.encode()) == Numeral(digits)
    assert decode(b"-1e-999999999999") == Numeral("-1e-999999999999")
    assert decode(f"1E+{digits}".encode()) == Numeral(f"1E+{digits}")
    assert decode(b"-0") == Numeral("-0")


@pytest.mark.parametrize("bad", ["01", "1.", ".5", "+1", "1e", "0x10", "١", "--1"])
def test_what_only_looks_like_a_number_is_a_parse_error(bad):
    assert mnemonic_and_detail(f"[{bad}]".encode())[0] == "parse_error"


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (b"", "line 1, column 1: there is nothing here; send a JSON object"),
        (b" \n ", "line 2, column 2: there is nothing here; send a JSON object"),
        (b'{"a": 1', "line 1, column 8: the text ends too early"),
        (b"{'a': 1}", "line 1, column 2: texts stand in double quotes, not single ones"),
        (b'{"a": True}', "line 1, column 7: True is no JSON; write true"),
        (b"[None]", "line 1, column 2: None is no JSON; write null"),
        (b"{} // x", "line 1, column 4: the JSON has ended before this; keep one value"),
        (b'{"a": 1 // x\n}', "line 1, column 9: JSON has no comments; take it away"),
        (b'{"a" 1}', "line 1, column 6: a colon must stand here, not 1"),
        (b'["a" "b"]', 'line 1, column 6: a comma or the closing bracket must stand here, not "'),
        (b"{a: 1}", "line 1, column 2: a name in double quotes must stand here, not a"),
        (b'["a]', "line 1, column 2: the text that begins here has no closing quote"),
        (b'["\\x"]', "line 1, column 3: no such escape; a backslash itself is written \\\\"),
        (b'["\\u12"]', None),
        (b'["a\nb"]', ("line 1, column 4: a text cannot hold a control character; "
                     "write it as an escape")),
        (b"[\x00]", "line 1, column 2: a value must stand here, not \\x00"),
    ],
)  # fmt: skip
def test_a_parse_error_says_where_and_how_to_repair_it(data, detail):
    mnemonic, said = mnemonic_and_detail(data)
    assert mnemonic == "parse_error"
    if detail is not None:
        assert said == detail
    else:
        assert "four hexadecimal digits" in said


@pytest.mark.parametrize("data", [b"[1,]", b'{"a": 1,}', b'{"a": 1 , \n}'])
def test_a_comma_before_the_end_is_told_as_such(data):
    assert "nothing follows the comma" in mnemonic_and_detail(data)[1]


@given(st.text("ghijklmnopqrstuvwxyz".upper(), min_size=20))
def test_a_secret_written_without_quotes_is_not_shown(token):
    data = f'{{"access_token": x{token}}}'.encode()
    refused = refusal(data)
    said = refused.answer() + str(refused) + "".join(map(str, refused.problems))
    assert not any(token[at : at + 5] in said for at in range(len(token) - 5))


def test_a_refusal_while_decoding_answers_with_a_null_id():
    assert refusal(b'{"id": 1').answer() == (
        '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,'
        '"message":"Invalid JSON was received by the server.",'
        '"data":{"mnemonic":"parse_error","field":null,"params":{},"extended_helper":null}}}'
    )
