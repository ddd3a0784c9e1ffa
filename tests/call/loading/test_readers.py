"""From bytes to tree: the same meaning in three formats, and every trap refused at its place."""

from __future__ import annotations

import time

import pytest
import yaml

from callflow import Case
from callflow.call.loading import case_from_mapping, json_reader, yaml_reader
from callflow.call.loading.tree import Kind, Mapping, Source

from .conftest import EXAMPLE, EXAMPLE_DICT, SMALLEST, problems, read, refused, told


@pytest.fixture(params=["libyaml", "python"])
def parser(request, monkeypatch):
    """Both parsers of YAML: the one in Python stands in where the C part is missing."""
    if request.param == "python":
        monkeypatch.delattr(yaml, "CBaseLoader", raising=False)
    elif not yaml.__with_libyaml__:
        pytest.skip("this PyYAML has no C part")
    return request.param


@pytest.mark.usefixtures("parser")
def test_three_formats_say_the_same():
    import json

    toml = """
name = "Employee first, the contact hears the whole message"
[request]
virtual_phone_number = "74993720692"
contact = "79260000000"
first_call = "employee"
switch_at_once = false
dtmf_string = "..1.2.3"
contact_message = {type = "media", value = "237"}
[scenario]
employee = {number = "74950000001", name = "Anna"}
employee_message = {type = "tts", value = "A client is calling you back"}
show_during_call = "service_number"
[account]
access_tokens = ["2fRN4g..."]
virtual_numbers = {74993720692 = "main", 74951112233 = ""}
blacklist = ["79261112233"]
media = {237 = 12.5}
tts_message_max_length = 500
[speech]
characters_per_second = 15
[messages]
contact = 12.5
employee = 4
[people]
contact = {answers_after = 9}
employee = {answers_after = 6, hangs_up_after = 40}
conversation = 6_0
[ring_timeout]
contact = +30.0
employee = 60
[expect]
"""
    cases = [
        read(EXAMPLE),
        read(json.dumps(EXAMPLE_DICT), "json"),
        read(json.dumps(EXAMPLE_DICT, indent=2)),  # JSON is YAML
        read(toml, "toml"),
        Case.from_dict(EXAMPLE_DICT),
        Case.from_dict(dict(reversed(EXAMPLE_DICT.items()))),
    ]
    assert all(case == cases[0] for case in cases)


@pytest.mark.usefixtures("parser")
def test_a_byte_order_mark_and_other_line_ends_are_fine():
    for text in ("\ufeff" + EXAMPLE, EXAMPLE.replace("\n", "\r\n"), EXAMPLE.replace("\n", "\r")):
        assert read(text) == read(EXAMPLE)
    broken = EXAMPLE.replace("people:", "poeple:")
    for text in ("\ufeff" + broken, broken.replace("\n", "\r\n"), broken.replace("\n", "\r")):
        assert problems(text)[0].line == 21


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a: &x 1\n", "1: a", "& begins an anchor in YAML"),
        ("a: &x {b: 1}\n", "1: a", "& begins an anchor in YAML"),
        ("a:\n  b: *x\n", "2: a.b",
         'a text that begins with * stands in quotes'),
        ("a: !!str 1\n", "1: a", "tags (!) are no part of a case"),
        ("a: ! 1\n", "1: a", "tags (!) are no part of a case"),
        ('a: ! "1"\n', "1: a", "tags (!) are no part of a case"),
        ("a: !!python/object/apply:os.system [ls]\n", "1: a", "tags (!) are no part of a case"),
        ("a: !x &y 1\n", "1: a", "no part of a case"),
        ("<<: {a: 1}\n", "1: <<", "merge keys (<<) are no part of a case"),
        ("? [a]\n: 1\n", "1", "a key must be a text"),
        ("? {a: 1}\n: 1\n", "1", "a key must be a text"),
        ("*x : 1\n", "1", "a key must be a text"),
        ("name: a\n---\nname: b\n", "2", "a second document begins"),
        ("name: a\0\n", "1", "NUL"),
        ("name: a\n\x07: 1\n", "2", 'U+0007 cannot stand in YAML as it is; write it as an escape'),
        ("name: a\x7f\n", "1", "control character U+007F"),
        ("name: '\n\n", "1", "no closing quote"),
        ('name: "\\q"\n', "1", "no YAML"),
        ("name: [1, 2\n", "1", "no YAML"),
        ("name:\n\t- a\n", "2", "a tab cannot indent"),
        ("name: @a\n", "1: name", "cannot begin with @ in YAML; put it in quotes"),
        ("name: a: b\n", "1", "a text with a colon and a blank in it stands in quotes"),
        ("a\nb: 1\n", "", "this colon begins no value"),
        ("%YAML 3.0\n---\na: 1\n", "", "no YAML"),
        ('name: "\\uD83D"\n', "1: name", "whole"),
        ('name: "\\UFFFFFFFF"\n', "", "character"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("parser")
def test_what_yaml_has_and_a_case_has_not_is_refused_at_its_place(text, place, said):
    found = told(text)
    assert any(line.startswith(f"case.yaml:{place}") and said in line for line in found), found


@pytest.mark.usefixtures("parser")
def test_a_merge_key_in_quotes_is_a_key_like_others():
    case = read(SMALLEST + 'expect: {"<<": 1}\n')
    assert case.expect.get("<<").text == "1"


@pytest.mark.usefixtures("parser")
def test_an_alias_bomb_is_a_few_words_with_a_star():
    bomb = "a: &a [x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)},*{chr(97 + i)}]\n" for i in range(20)
    )
    assert any("begins an anchor" in line for line in told(bomb))


@pytest.mark.parametrize("form", ["yaml", "json", "toml"])
@pytest.mark.parametrize("bracket", ["[", "{", '{"a":', "[{"])
def test_100_000_brackets_are_refused_at_once(form, bracket):
    text = ("x = " if form == "toml" else '{"request": ') + bracket * 100_000
    begun = time.monotonic()
    assert told(text, form)
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_64_levels_are_allowed_and_no_more(form):
    def expecting(depth: int) -> str:
        inside = "[" * depth + "]" * depth
        return (
            '{"request": {"contact": "79260000000", "virtual_phone_number": "74993720692", '
            f'"first_call": "contact"}}, "expect": {inside}}}'
        )

    assert read(expecting(63), form).expect is not None
    assert "nested deeper than 64" in told(expecting(64), form)[0]


def test_bytes_that_are_not_utf8_are_told_with_their_line():
    for form in ("yaml", "json", "toml"):
        assert told(b"name\n\xff", form) == [
            f"case.{form}:2: byte 0xff is not UTF-8; save the text as UTF-8"
        ]
    assert "UTF-16" in told(EXAMPLE.encode("utf-16"))[0]


@pytest.mark.parametrize("mark", ["\x85", "\u2028", "\u2029"])
@pytest.mark.usefixtures("parser")
def test_the_line_breaks_of_yaml_1_1_are_characters(mark):
    assert read(f"name: a{mark}b\n" + SMALLEST).name == f"a{mark}b"
    assert problems(f"name: a{mark}b\nx: 1\n" + SMALLEST)[0].line == 2


@pytest.mark.usefixtures("parser")
def test_escapes_are_characters_whatever_they_are():
    assert read('name: "\\0\\e\\u2028\\U0001F600"\n' + SMALLEST).name == "\0\x1b\u2028\U0001f600"


def test_a_lone_surrogate_is_no_text():
    text = '{"request": {},\n "name": "\\ud83d"}'
    assert "case.json:2: name: half a character" in told(text, "json")[0] + told(text, "json")[-1]
    pair = '{"request": {"contact": "79260000000", "virtual_phone_number": "74993720692", '
    pair += '"first_call": "contact"}, "name": "\\ud83d\\ude00"}'
    assert read(pair, "json").name == "\U0001f600"
    from callflow import CaseError

    with pytest.raises(CaseError, match="half a character"):
        case_from_mapping({**EXAMPLE_DICT, "name": "\ud83d"})
    with pytest.raises(CaseError, match="half a character"):
        case_from_mapping({"request": {**EXAMPLE_DICT["request"], "contact": "\ud83d"}})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "case.json:1: column 1: there is nothing here"),
        ('{"a": 1,\n}', "case.json:2: column 1"),
        ('{"a": NaN}', "case.json:1: column 7: NaN is no JSON"),
        ("{'a': 1}", "double quotes"),
        ('{"a": 1} x', "the JSON has ended before this"),
    ],
)
def test_what_is_no_json_is_told_with_line_and_column(text, said):
    assert any(said in line for line in told(text, "json")), told(text, "json")


def test_a_key_twice_in_json_names_both_lines():
    text = '{"request": {"contact": "1",\n "contact": "2"},\n "request": 1}'
    found = [line for line in told(text, "json") if "twice" in line]
    assert found == [
        "case.json:2: request.contact: the key is given twice, first in line 1; keep one",
        "case.json:3: request: the key is given twice, first in line 1; keep one",
    ]


def test_problems_in_json_have_lines():
    text = (
        '{"people":\n {"contact": {"answers_after": "5",\n'
        ' "x": [1, {"a": "\\n\\"{"}]}}, "request": {}}'
    )
    places = [(problem.line, problem.path) for problem in problems(text, "json")]
    assert (2, "people.contact.answers_after") in places
    assert (3, "people.contact.x") in places


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = 1\na = 2\n", "case.toml:2: the key a is given twice, first in line 1; keep one"),
        ("[a]\n[b]\n[a]\n", "the key a is given twice, first in line 1"),
        ("a =\n", "case.toml:1: this is no TOML: invalid value"),
        ("a = 1979-05-27", "a: unknown key"),
        ("x = " + "9" * 100_000, "case.toml:1: this number has too many digits"),
        ("x = 0x" + "f" * 10_000, "unknown key"),
        ("a." * 64 + "b = 1", "case.toml:1: nested deeper than 64"),
        ("a." * 63 + "b = 1", "unknown key"),
        ("x = 1\n[" + "'a'." * 100_000 + "b]", "case.toml:2: nested deeper than 64"),
        ('x = "' + "1." * 100_000 + '"', "unknown key"),
    ],
)
def test_what_is_no_toml_is_told(text, said):
    assert any(said in line for line in told(text, "toml")), told(text, "toml")


def test_dates_and_infinities_of_toml_are_told():
    base = (
        '[request]\ncontact = "79260000000"\nfirst_call = "contact"\n'
        'virtual_phone_number = "74993720692"\n'
    )
    assert told("name = 1979-05-27\n" + base, "toml") == [
        "case.toml: name: must be a text, not the date 1979-05-27"
    ]
    assert "not the float inf" in told(base + "[messages]\ncontact = inf\n", "toml")[0]
    assert (
        "the time 07:32:00 cannot be sent in JSON"
        in told(base + "external_id = 07:32:00\n", "toml")[0]
    )
    assert read(base + "[expect]\nat = 1979-05-27\n", "toml").expect is not None


@pytest.mark.usefixtures("parser")
def test_every_value_knows_its_place():
    text = 'a: "x"\nb:\n  - 1\n  - {c: é y}\n'
    tree, faults = yaml_reader.read(Source(text))
    assert not faults
    assert isinstance(tree, Mapping)
    c = tree.get("b").items[1].get("c")
    assert (c.line, c.column, text[c.start : c.end], c.kind) == (4, 9, "é y", Kind.PLAIN)
    a = tree.get("a")
    assert (text[a.start : a.end], a.kind) == ('"x"', Kind.TEXT)
    text = '{"a": "x\\n", "b": [1, {"c": true}]}'
    tree, _ = json_reader.located(Source(text))
    c = tree.get("b").items[1].get("c")
    assert (text[c.start : c.end], c.kind) == ("true", Kind.LITERAL)
    assert text[tree.get("b").start : tree.get("b").end] == '[1, {"c": true}]'


# ------------------------------------------------------------------------- mappings of Python


def test_a_mapping_of_python_may_hold_anything():
    from callflow import CaseError

    cycle: dict = {"request": {}}
    cycle["request"]["contact"] = cycle
    deep: object = "x"
    for _ in range(100_000):
        deep = [deep]
    wide: list = ["x"]
    for _ in range(50):
        wide = [wide] * 10
    for value in (
        cycle,
        {"request": deep},
        {"expect": wide},
        {"name": 10**5000},
        {"name": {1: 2}},
        {1: 2},
        None,
        5,
        [],
        {"request": None},
        {"people": object()},
        {b"a": 1},
    ):
        with pytest.raises(CaseError):
            case_from_mapping(value)


def test_numbers_of_python_are_their_shortest_decimal():
    from decimal import Decimal
    from fractions import Fraction

    from callflow import CaseError

    def contact(length):
        return case_from_mapping({**EXAMPLE_DICT, "messages": {"contact": length}}).messages.contact

    assert contact(0.1 + 0.2) == 300
    assert contact(Decimal("1.0005")) == 1000
    assert contact(3) == 3000
    for wrong in (True, float("nan"), float("inf"), Fraction(1, 3), 10**400, "5", b"5"):
        with pytest.raises(CaseError, match="must be a number of seconds"):
            contact(wrong)


def test_words_of_the_field_are_texts():
    from callflow import MessageType, Party

    request = {
        **EXAMPLE_DICT["request"],
        "first_call": Party.EMPLOYEE,
        "contact_message": {"type": MessageType.MEDIA, "value": "237"},
    }
    assert case_from_mapping({**EXAMPLE_DICT, "request": request}) == read(EXAMPLE)


def test_a_lone_problem_of_a_request_in_python_has_no_file():
    from callflow import RequestRefused

    with pytest.raises(RequestRefused) as caught:
        case_from_mapping({"request": {**EXAMPLE_DICT["request"], "contact": 5}})
    assert str(caught.value.problems[0]).startswith("request.contact: must be a text")


@pytest.mark.usefixtures("parser")
def test_refusals_of_the_api_keep_their_lines_in_both_parsers():
    assert refused(EXAMPLE.replace("employee  ", "nobody ")).problems[0].line == 5
