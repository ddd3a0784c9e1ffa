"""Whatever is read gives a case, a `CaseError` or a `RequestRefused`, and nothing else."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from callflow import CaseError, RequestRefused, UsageError
from callflow.call.loading import case_from_bytes, case_from_mapping

from .conftest import EXAMPLE, EXAMPLE_DICT, PLACES

FORMATS = st.sampled_from(["yaml", "json", "toml"])
PIECES = st.sampled_from(
    ["request", "people", "contact", "account", "media", ": ", "\n", "  ", "- ", "{", "}", "[",
     "]", ",", '"', "'",
     "#", "*", "&a ", "!t ", "<<", "? ", "|", ">", "%YAML 1.2\n", "---\n", "...", "\t", "\\",
     "\\ud83d", "\\x", "\0", "\ufeff",
     "\x85", "\u2028", "1e9", "-0", "nan", "null", "~", "=", "[a]\n", "\r", "\U0001f600",
     "1979-05-27", "0x", '"""', "\x1b"]
)  # fmt: skip


def judged(data: bytes, form: str, **options: Any) -> None:
    """Read it; what is said of it must be fit to be printed and in order."""
    refusal: CaseError | RequestRefused | None = None
    try:
        case_from_bytes(data, form, "x", **options)
    except CaseError as error:
        refusal = error
    except RequestRefused as error:
        refusal = error
        json.loads(error.answer())
    if refusal is None:
        return
    assert refusal.problems
    for problem in refusal.problems:
        assert str(problem).isprintable()
        assert len(problem.message) < 1000
    lines = [problem.line for problem in refusal.problems if problem.line]
    assert lines == sorted(lines)


@given(st.binary(max_size=200), FORMATS)
def test_any_bytes(data, form):
    judged(data, form)


@given(st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join), FORMATS)
@example('"\\', "yaml")
@example("{? ", "yaml")
def test_any_pieces_of_a_file(text, form):
    judged(text.encode(errors="surrogatepass"), form)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_pieces_of_yaml_without_the_c_parser(text):
    loader = yaml.__dict__.get("CBaseLoader")
    try:
        yaml.__dict__.pop("CBaseLoader", None)
        judged(text.encode(), "yaml")
    finally:
        if loader is not None:
            yaml.CBaseLoader = loader


@given(st.data())
def test_the_example_with_a_piece_changed(data):
    start = data.draw(st.integers(0, len(EXAMPLE)))
    end = data.draw(st.integers(start, min(len(EXAMPLE), start + 20)))
    piece = data.draw(PIECES | st.text(max_size=5))
    text = EXAMPLE[:start] + piece + EXAMPLE[end:]
    judged(text.encode(errors="surrogatepass"), "yaml")


STRANGE = st.sampled_from(
    [None, True, b"x", {1}, object(), float("nan"), float("inf"), 10**5000, -1, 0, 1.5, 3 + 4j,
     (), [], {}, [[]],
     {"seconds": 1}, {"a": {}}, "", "x", "\ud83d", "no_answer", "9" * 100_000, range(3), Ellipsis,
      {1: 2}, {None: None}]
)  # fmt: skip
WORDS = st.sampled_from(
    ["request", "params", "id", "contact", "employee", "people", "seconds", "file", "type",
     "value", "answers_after",
     "busy_after", "media", "237", "", "x", "expect", "access_token"]
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(PLACES), WORDS | st.none(), STRANGE), max_size=4))
def test_the_example_with_values_changed(changes):
    tree: Any = copy.deepcopy(EXAMPLE_DICT)
    for path, word, value in changes:
        node: Any = tree
        for step in path[:-1]:
            node = node.get(step) if isinstance(node, dict) else None
        if isinstance(node, dict) and path:
            if word is None:
                node[path[-1]] = value
            else:
                inner = node.get(path[-1])
                if isinstance(inner, dict) and inner:
                    inner[word] = value
    with suppress(CaseError, RequestRefused):
        case_from_mapping(tree)
    try:
        as_json = json.dumps(tree, default=str, skipkeys=True)
    except ValueError:  # a number that the standard library does not write
        return
    judged(as_json.encode(errors="surrogatepass"), "json")


@given(
    st.lists(
        st.builds(
            "{}={}".format,
            st.lists(WORDS, min_size=1, max_size=4).map(".".join),
            PIECES | st.text(max_size=5),
        ),
        max_size=3,
    ),
)
def test_any_settings(settings):
    with suppress(UsageError):
        judged(EXAMPLE.encode(), "yaml", settings=settings)


NINES = "9" * 100_000


@pytest.mark.parametrize(
    "number",
    [NINES, f"1e{NINES}", f"-{NINES}", f"0.{NINES}", f"1e-{NINES}", f"1{'0' * 5000}e-5000"],
    ids=["whole", "exponent", "negative", "fraction", "negative exponent", "one"],
)
@pytest.mark.parametrize(
    "place",
    [
        "people.conversation",
        "account.tts_message_max_length",
        "speech.characters_per_second",
        "request.switch_at_once",
        "request.contact",
        "account.media.1",
        "name",
        "expect",
    ],
)
def test_numerals_of_any_length(number, place):
    judged(EXAMPLE.encode(), "yaml", settings=[f"{place}={number}"])
    tree = copy.deepcopy(EXAMPLE_DICT)
    *steps, last = place.split(".")
    node: Any = tree
    for step in steps:
        node = node[step]
    node[last] = "NUMBER"
    judged(json.dumps(tree).replace('"NUMBER"', number).encode(), "json")


def test_a_large_file_of_problems_is_told_quickly():
    import time

    begun = time.monotonic()
    judged(b"a: 1\n" * 20_000, "yaml")
    judged(("".join(f"key{number}: 1\n" for number in range(20_000))).encode(), "yaml")
    judged(("{" + ",".join(f'"key{number}": 1' for number in range(20_000)) + "}").encode(), "json")
    assert time.monotonic() - begun < 20


def test_key_order_changes_nothing():
    @given(st.permutations(list(EXAMPLE_DICT)), st.permutations(list(EXAMPLE_DICT["request"])))
    def law(keys, names):
        request = {name: EXAMPLE_DICT["request"][name] for name in names}
        tree = {key: EXAMPLE_DICT[key] for key in keys} | {"request": request}
        assert case_from_bytes(json.dumps(tree).encode(), "json") == case_from_mapping(EXAMPLE_DICT)

    law()
