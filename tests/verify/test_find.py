"""Which files are cases: by name, once each, and without walking in circles."""

from __future__ import annotations

from pathlib import Path

import pytest

from callflow.verify.find import find, is_stranger


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b.yaml", "a.toml", "c/d.JSON", "c/.e.yaml", ".f/g.yaml", "c/h.txt"):
        path = tmp_path / "x" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("request: {}\n")
    return tmp_path


@pytest.mark.usefixtures("tree")
def test_a_folder_gives_its_case_files_in_order_and_no_hidden_ones() -> None:
    assert list(find(["x"]).files) == ["x/a.toml", "x/b.yaml", "x/c/d.JSON"]
    assert all(find(["x"]).files.values()), "each was only found"


def test_the_current_folder_gives_plain_names(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree / "x")
    assert list(find(["."]).files) == ["a.toml", "b.yaml", "c/d.JSON"]


def test_a_folder_that_contains_itself_is_entered_once(tree: Path) -> None:
    (tree / "x" / "c" / "up").symlink_to(tree / "x")
    (tree / "x" / "c" / "z").symlink_to(tree / "x" / "c")
    found = find(["x"])
    assert found.folders["x"] == ["x/a.toml", "x/b.yaml", "x/c/d.JSON"]
    assert not found.problems


def test_a_link_that_leads_to_itself_hides_no_other_file(tree: Path) -> None:
    """It is found as a file, and told when it is read; the folder is read all the same."""
    before = [*find([str(tree / "x")]).files]
    (tree / "x" / "loop.yaml").symlink_to(tree / "x" / "loop.yaml")
    found = find([str(tree / "x")])
    assert found.problems == []
    assert sorted(found.files) == sorted([*before, str(tree / "x" / "loop.yaml")])


def test_a_file_that_is_named_counts_as_named_in_whatever_order(tree: Path) -> None:
    (tree / "x" / "link.yaml").hardlink_to(tree / "x" / "b.yaml")
    for paths in (["x", "x/link.yaml"], ["x/link.yaml", "x"], ["x/b.yaml", "x", "./x/b.yaml"]):
        found = find(paths)
        assert len(found.files) == 3
        assert [path for path, in_folder in found.files.items() if not in_folder] == [
            "x/link.yaml" if paths[0] == "x/link.yaml" else "x/b.yaml"
        ]


def test_what_is_no_folder_is_taken_as_it_is() -> None:
    paths = ["-", "nowhere", "bad\0name", "-", "./nowhere"]
    assert list(find(paths).files) == ["-", "nowhere", "bad\0name"]


@pytest.mark.parametrize(
    ("name", "text", "stranger"),
    [
        ("a.yaml", "name: CI\non: push\n", True),
        ("a.yaml", "services:\n  request: 1\n", True),
        ("a.yaml", "request:\n  contact: 1\n", False),
        ("a.yaml", "name: x\n'people': {}\n", False),
        ("a.yaml", "{request: [1,\n", False),
        ("a.yaml", "method: start.vnumber_call\n", False),
        ("a.yaml", "{{ template }}: [\n", True),
        ("a.yaml", "\n", True),
        ("a.json", '{"dependencies": {"request": "^2", "expect": "1"}}', True),
        ("a.json", '{"a": 1,\n "expect": {}}', False),
        ("a.json", '{"jsonrpc": "2.0", "method": "start.vnumber_call"}', False),
        ("a.json", '{"jsonrpc": "2.0", "method": "get.account"}', True),
        ("a.json", '["request"]', True),
        ("a.json", "[" * 100_000, True),
        ("a.toml", "[request]\ncontact = 1\n", False),
        ("a.toml", 'request.contact = "1"\n', False),
        ("a.toml", '[project]\ndescription = "start.vnumber_call"\n', True),
    ],
)
def test_a_stranger_shows_no_sign_of_being_meant_as_a_case(
    tree: Path, name: str, text: str, stranger: bool
) -> None:
    (tree / name).write_text(text)
    assert is_stranger(str(tree / name)) is stranger
