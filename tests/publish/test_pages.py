"""Pages that are made from code say what the code says, and every sentence on them is asked."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from callflow.call.loading import case_from_mapping, case_to_dict
from callflow.call.simulator import simulate
from callflow.publish.expectations import SITUATION, expectations_page
from callflow.situations import SITUATIONS
from callflow.verify import sentences
from callflow.verify.check import check
from callflow.verify.records import Seen, record_from_text

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "expectations.md").read_text(encoding="utf-8")
CALL = simulate(SITUATIONS[SITUATION].case())
#: Sentences of the page that do not hold for its case, and are there to show how they read.
OTHERWISE = {'dtmf "1" is not sent', 'second dtmf "1" is not sent'}
EXAMPLES = [example for pattern in sentences.PATTERNS for example in pattern.examples]


def tool() -> ModuleType:
    specification = importlib.util.spec_from_file_location("pages", ROOT / "tools" / "pages.py")
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_no_page_is_out_of_date() -> None:
    """What lies in docs/ is what the code writes now; `make pages` writes it anew."""
    assert tool().drifted() == []


@pytest.mark.parametrize("sentence", EXAMPLES)
def test_a_sentence_of_the_page_is_read_by_its_pattern_and_asked(sentence: str) -> None:
    """Every instance stands on the page and holds for the page's case, or is known not to."""
    assert f"`{sentence}`" in PAGE
    read = sentences.read(sentence)
    assert f"| `{read.pattern}` |" in PAGE
    assert sentences.ask(read, CALL).holds is (sentence not in OTHERWISE)


def test_every_moment_of_a_record_stands_on_the_page_and_its_records_are_read() -> None:
    """The page names all that a record may say; its lines and its JSON are records."""
    told = PAGE.partition("## A real call")[2]
    rows = [re.findall(r"`(\w+)`", row.split("|")[1]) for row in told.splitlines() if "| `" in row]
    assert sorted(name for row in rows for name in row) == sorted(Seen)
    lines = re.search(r"```\n(.*?)```", told, re.DOTALL)
    assert lines
    whole = record_from_text(lines[1], "page.csv").sightings
    pairs, one = (text for text in re.findall(r"`(\{.*?\})`", told, re.DOTALL))
    assert set(record_from_text(pairs, "page.json").sightings) < set(whole)
    assert set(record_from_text(f"[{one}]", "page.json").sightings) < set(whole)


def test_the_example_of_the_page_holds_for_its_case() -> None:
    """The block that opens the page can be put into the case file as it stands."""
    block = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert block
    mapping = case_to_dict(SITUATIONS[SITUATION].case())
    case = {**mapping, **yaml.safe_load(block[1])}
    checked = check("page", lambda: case_from_mapping(case))
    assert not checked.problems
    assert not checked.failures, [one.verdict.said for one in checked.failures]
    assert len(checked.warnings) == 1


def test_every_hole_of_a_sentence_is_explained() -> None:
    """A word in braces has a row that says what fills it."""
    table = expectations_page().partition("## What fills the braces")[2]
    for pattern in sentences.PATTERNS:
        for hole in re.findall(r"\{\w+\}", pattern.text):
            assert f"| `{hole}` |" in table
