"""The page speaks English and Russian, and has no words of its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from callflow.draw.catalogue_file import catalogue_named
from callflow.serve import words
from callflow.serve.words import page_words
from tests.serve.asked import FIRST, ask, every_control

SERVE = Path(words.__file__).parent


def templates() -> Iterator[str]:
    """Every sentence that this room says."""
    for path in SERVE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("say", "later"):
                (first, *_) = node.args
                if isinstance(first, ast.Constant):
                    yield first.value


def test_everything_that_the_page_says_is_said_in_russian_too() -> None:
    known = catalogue_named("ru").texts
    assert [text for text in templates() if text not in known and re.search("[a-z]{3}", text)] == []


def test_the_page_uses_words_that_there_are_and_all_of_them() -> None:
    scripts = [
        file.read_text("utf-8")
        for file in files("callflow.serve").joinpath("page").iterdir()
        if file.name.endswith(".js")
    ]
    used = {name for text in scripts for name in re.findall(r"\bwords\.(\w+)", text)}
    known = set(page_words())
    assert used - known == set()
    by_parts = {name for name in known if name.startswith(("make_", "tab_"))}
    columns = {"who", "what", "from", "to", "length", "clauses", "documented", "inferred"}
    assert known - used - by_parts - columns == set()


def test_headline_controls_and_consequences_follow_the_language() -> None:
    russian = ask(FIRST, language="ru", at=20, words=True)
    assert "разговаривают" in russian["call"]["headline"]["title"]
    assert russian["controls"][0]["title"] == "Запрос"
    assert "разговаривают" in russian["now"]["events"][0]["says"]
    answers = next(one for one in every_control(russian) if one["kind"] == "person")["choices"]
    assert answers[0] == {"value": "answers", "label": "отвечает"}
    assert all(re.fullmatch("[а-яё ]+", one["label"]) for one in answers)
    played = ask(FIRST, language="ru", played={"at": 0, "events": []})["playing"]["events"]
    assert [one["reason"] for one in played] == [None, "занято"]
    english = ask(FIRST, language="en", at=20)
    names = [one["name"] for one in every_control(english)]
    assert [one["name"] for one in every_control(russian)] == names  # the API's own, in no language
