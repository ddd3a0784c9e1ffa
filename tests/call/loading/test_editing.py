"""Files changed in a few values: the rest stays byte for byte."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow.call.loading import json_reader, yaml_reader
from callflow.call.loading.editing import LEFT_OUT, Change, edited
from callflow.call.loading.tree import Source, plain
from callflow.errors import UsageError

FILES = [
    "a: 1\nb: 2\n",
    "a: 1",
    "a: 1   # one\n\n# two\n",
    "a:\n  b: 1 # one\n  c:\n    - x   # two\n    - y\n  # three\nd: 4\n",
    "a:\n- x # one\n- y\n# two\n- z\nb: 1\n",
    "a: {b: 1, c: [1, 2]} # one\nb: [x, # two\n  y]\n",
    "{a: {b: 1}, b: [1, 2]}\n",
    "{\n  a: 1, # one\n  b: 2\n}\n",
    "a:   # one\nb: {}   # two\nc: []\nd: ~ # three\n",
    "a: |\n  text\n  more\n# one\nb: 'q'\n",
    "a: >-\n  text\n",
    "# one\n\na:\n  # two\n  b:\n    c: 1\n    # three\n# four\n",
    "a: 1\r\nb:\r\n  - x # one\r\n  - y\r\n",
    'a: "x # no comment"\n"b": x#none\n',
    "a: [[1, 2], {b: 3}] # one\n",
    "",
    "# one\n",
]
WORDS = st.sampled_from(["x", "new text", "12", "", "a: b", "# no", "дом", "message 12.5"])
NUMBERS = st.one_of(st.integers(0, 100), st.just(12.5), st.booleans())
ITEMS = st.lists(st.one_of(WORDS, NUMBERS, st.lists(NUMBERS, max_size=2)), max_size=5)
VALUES = st.one_of(WORDS, NUMBERS, ITEMS, st.dictionaries(st.sampled_from("pq"), ITEMS, max_size=2))
PATHS = st.lists(st.sampled_from(["a", "b", "c", "new"]), min_size=1, max_size=3).map(tuple)


def yaml_value(text: str) -> Any:
    root, faults = yaml_reader.read(Source(text))
    assert not faults, faults
    return {} if root is None else plain(root)


def put(value: Any, path: tuple[str, ...], new: Any) -> Any:
    """The value with another one at a path."""
    known = value if isinstance(value, dict) else {}
    inner = new if len(path) == 1 else put(known.get(path[0]), path[1:], new)
    return {**known, path[0]: inner}


def without(value: Any, path: tuple[str, ...]) -> Any:
    """The value without what stands at a path."""
    if not isinstance(value, dict) or path[0] not in value:
        return value
    if len(path) == 1:
        return {key: one for key, one in value.items() if key != path[0]}
    return {**value, path[0]: without(value[path[0]], path[1:])}


def emptied(value: Any) -> Any:
    """A block whose last key went reads as nothing."""
    if isinstance(value, dict):
        return {key: emptied(one) for key, one in value.items()} or None
    return value


def comments(text: str) -> list[str]:
    return re.findall(r"# (?:one|two|three|four)", text)


@given(st.sampled_from(FILES), PATHS, VALUES)
def test_a_value_is_put_in_its_place_and_nothing_else_changes(
    text: str, path: tuple[str, ...], value: Any
) -> None:
    """What is read afterwards is what was there, with the one value; the comments are all there."""
    before = yaml_value(text)
    try:
        after = edited(text, "yaml", [Change(path, value)])
    except UsageError:
        node = before  # only where the path leads through a value that holds no keys
        for key in path[:-1]:
            node = node.get(key) if isinstance(node, dict) else node
        assert not isinstance(node, dict)
        return
    assert yaml_value(after) == put(before, path, value)
    if not replaces_a_block(before, path, value):
        assert [one for one in comments(text) if one not in comments(after)] == []


@given(st.sampled_from(FILES), PATHS)
def test_what_is_left_out_goes_with_its_key_and_nothing_else(
    text: str, path: tuple[str, ...]
) -> None:
    """What is read afterwards is what was there without it; the other comments are all there."""
    before = yaml_value(text)
    after = edited(text, "yaml", [Change(path, LEFT_OUT)])
    assert emptied(yaml_value(after)) == emptied(without(before, path))
    if not replaces_a_block(before, path, None):
        assert [one for one in comments(text) if one not in comments(after)] == []


@given(
    st.dictionaries(st.sampled_from("abc"), st.dictionaries(st.sampled_from("bc"), ITEMS)), PATHS
)
@pytest.mark.parametrize("indent", [None, 2])
def test_a_key_of_json_is_left_out_with_one_comma(
    indent: int | None, value: Any, path: tuple[str, ...]
) -> None:
    text = edited(json.dumps(value, indent=indent), "json", [Change(path, LEFT_OUT)])
    assert json.loads(text) == without(value, path)


def replaces_a_block(before: Any, path: tuple[str, ...], value: Any) -> bool:
    """Whether a whole mapping or list goes: what was said inside it has nothing to stand by."""
    node = before
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    kept = isinstance(node, list) and isinstance(value, list) and value
    return isinstance(node, dict | list) and bool(node) and not kept


@given(
    st.sampled_from(['{"a": 1}', '{\n  "a": {"b": [1, 2]},\n  "c": {}\n}\n', "{}"]), PATHS, VALUES
)
def test_json_stays_json(text: str, path: tuple[str, ...], value: Any) -> None:
    """A file in JSON is JSON afterwards, too."""
    before = plain(json_reader.located(Source(text))[0])
    try:
        after = edited(text, "json", [Change(path, value)])
    except UsageError:
        return
    assert plain(json_reader.located(Source(after))[0]) == put(before, path, value)


def test_a_new_key_stands_where_it_belongs() -> None:
    """Behind the last of the keys that it follows; before all others if none of them is there."""
    text = "x:\n  a: 1   # one\n  z: 2\n"
    behind = Change(("x", "b"), 3, ("a",))
    assert edited(text, "yaml", [behind]) == "x:\n  a: 1   # one\n  b: 3\n  z: 2\n"
    first = Change(("x", "b"), 3, ("q",))
    assert edited(text, "yaml", [first]) == "x:\n  b: 3\n  a: 1   # one\n  z: 2\n"


def test_line_breaks_stay_as_they_are() -> None:
    """A file from Windows keeps its line breaks, and gets no others."""
    text = "a: 1\r\nb:\r\n  - x\r\n"
    new = edited(text, "yaml", [Change(("b",), ["x", "w"]), Change(("c",), 1)])
    assert new == "a: 1\r\nb:\r\n  - x\r\n  - w\r\nc: 1\r\n"


def test_toml_is_not_rewritten() -> None:
    """It says which formats are."""
    with pytest.raises(UsageError, match="YAML and JSON are"):
        edited("", "toml", [], "case.toml")
