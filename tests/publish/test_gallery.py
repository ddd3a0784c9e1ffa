"""The gallery: a page that shows every picture, and pictures that anybody can read."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from callflow.draw.chart import charts
from callflow.errors import UsageError
from callflow.publish import gallery as module
from callflow.publish.gallery import gallery
from callflow.situations import SITUATIONS
from tests.publish.elsewhere import digest, digest_elsewhere

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
FILES = gallery()
PAGE = FILES["README.md"]
PICTURES = sorted(name for name in FILES if name.endswith(".svg"))
LINKS = re.findall(r'(?:srcset|src)="([^"]+)"|\]\(([^)#]+)\)', PAGE)
NAMED = {one or other for one, other in LINKS}
THEMES = ("light", "dark")


def test_the_page_names_every_file_and_every_file_that_it_names_is_there() -> None:
    inside = {name for name in NAMED if not name.startswith("..")}
    assert inside == FILES.keys() - {"README.md"}


def test_what_it_names_outside_is_in_the_checkout() -> None:
    outside = {name.removeprefix("../") for name in NAMED if name.startswith("..")}
    assert len(outside) == 1 + len(SITUATIONS)
    assert [name for name in outside if not (ROOT / name).is_file()] == []


def test_the_way_to_the_sources_is_the_callers() -> None:
    assert (
        "](https://example.org/tree/callflow/clauses.py)"
        in (gallery(root="https://example.org/tree")["README.md"])
    )


def test_every_situation_has_timeline_ladder_and_machine_in_both_themes() -> None:
    wanted = {
        f"situations/{name}-{kind}-{theme}.svg"
        for name in SITUATIONS
        for kind in ("timeline", "ladder", "machine")
        for theme in THEMES
    }
    assert {name for name in PICTURES if name.startswith("situations/")} == wanted


def test_all_nine_machines_are_there_in_both_themes_with_their_sources() -> None:
    wanted = {f"machines/{chart.name}-{theme}.svg" for chart in charts() for theme in THEMES}
    assert len(wanted) == 18
    assert {name for name in PICTURES if name.startswith("machines/")} == wanted
    for name in wanted:
        assert f"{name.rpartition('-')[0]}.dot" in FILES


def test_every_picture_has_an_alternative_in_words() -> None:
    alternatives = re.findall(r'<img src="([^"]+)" alt="([^"]*)">', PAGE)
    assert len(alternatives) == len(PICTURES) / 2
    assert all(len(words.split()) > 5 for _, words in alternatives)
    assert PAGE.count("<picture>") == PAGE.count("<source ") == len(alternatives)


def test_both_files_of_a_picture_are_offered_together() -> None:
    pairs = re.findall(r'srcset="([^"]+)-dark\.svg">\n +<img src="([^"]+)-light\.svg"', PAGE)
    assert len(pairs) == len(PICTURES) / 2
    assert all(dark == light for dark, light in pairs)


def test_every_entry_of_its_contents_leads_to_a_heading() -> None:
    headings = {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", PAGE, re.MULTILINE)
    }
    anchors = re.findall(r"\]\(#([^)]+)\)", PAGE)
    assert set(anchors) == headings - {"diagrams"}
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_well_formed_and_says_what_it_shows(name: str) -> None:
    root = ET.fromstring(FILES[name])  # noqa: S314 - we wrote it
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    for part in ("title", "desc"):
        words = root.find(f"{SVG}{part}")
        assert words is not None
        assert words.text


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_keeps_the_theme_that_it_is_named_for_and_the_width_of_a_page(name: str) -> None:
    assert "prefers-color-scheme" not in FILES[name]
    root = ET.fromstring(FILES[name])  # noqa: S314 - we wrote it
    assert float(root.get("width") or "nan") <= 920


def test_nothing_in_it_depends_on_machine_day_or_chance() -> None:
    """Another process, with another hash seed, time zone and folder, draws the same bytes."""
    assert digest_elsewhere("callflow.publish.gallery", "gallery") == digest(FILES)


def test_without_its_engine_it_says_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "pure_engine", lambda: None)
    with pytest.raises(UsageError, match=r"pip install 'callflow-simulator\[dot\]'"):
        gallery()
