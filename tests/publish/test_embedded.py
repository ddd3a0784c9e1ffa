"""A block of a page shows a case: options, names, paths, and what is told of a broken one."""

from __future__ import annotations

import os
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from callflow import strategies
from callflow.call.case import Case
from callflow.call.loading import case_to_yaml
from callflow.errors import CaseError
from callflow.publish.embedded import OPTIONS, PARTS, Embedded, Place, embedded
from callflow.publish.inline import inlined
from tests.draw import chromium

CASE = """\
request:
  virtual_phone_number: "74993720692"
  contact: "79260000000"
  first_call: employee
people:
  contact: {answers_after: 9}
"""
ALL = " ".join(PARTS)


def show(text: str = "", docs: Path = Path(), number: int = 1, **options: str) -> Embedded:
    place = Place(page=docs / "guide" / "page.md", docs=docs, line=10, number=number)
    return embedded(text, options, place)


def told(text: str = "", docs: Path = Path(), **options: str) -> list[str]:
    with pytest.raises(CaseError) as caught:
        show(text, docs, **options)
    return str(caught.value).splitlines()


def names(html: str) -> list[str]:
    return re.findall(r' id="([^"]*)"', html)


@given(strategies.cases())
def test_every_case_is_a_figure_whose_names_are_its_own(case: Case) -> None:
    """Whatever a case holds, its block is well-formed, and two blocks share no name and no rule."""
    text = case_to_yaml(case)
    both = [show(text, number=number, show="timeline ladder steps").html for number in (1, 2)]
    for html in both:
        ET.fromstring(html)  # noqa: S314 - it is ours
        assert set(re.findall(r"url\(#([^)]*)\)", html)) <= set(names(html))
    found = names("".join(both))
    assert len(found) == len(set(found))
    assert len(set(re.findall(r'<svg [^>]*class="([^"]*)"', "".join(both)))) == 4


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_shown_alone_or_with_others(part: str) -> None:
    """`show` takes each part, and several of them in the order in which they are named."""
    alone = show(CASE, show=part).html
    assert alone.count("<svg") + alone.count("<table") == 1
    everything = show(CASE, show=ALL).html
    assert (everything.count("<svg"), everything.count("<table")) == (3, 1)
    assert everything.rindex("</svg>") < everything.index("<table")


def test_a_picture_says_what_it_shows_to_who_does_not_see_it() -> None:
    """Each picture has a title and a description; a title of the block is also its caption."""
    html = show(CASE, show=ALL, title='Anna & "the client"').html
    assert html.count("<title>Anna &amp; &quot;the client&quot;</title>") == 3
    assert html.count("<desc>") == 3
    assert "<figcaption>Anna &amp; &quot;the client&quot;</figcaption>" in html
    assert html.count('tabindex="0" role="group" aria-label="Anna &amp;') == 3


def test_nothing_that_a_case_holds_becomes_markup() -> None:
    """A name with tags in it is text, in the picture, the steps and the caption."""
    html = show('name: "</title><script>"\n' + CASE, show=ALL, title="<script>").html
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_light_and_dark_are_those_of_the_page_unless_one_is_asked_for() -> None:
    """`theme="auto"` asks the page and not the reader's system; light and dark ask nobody."""
    auto = show(CASE, show=ALL).html
    assert "prefers-color-scheme" not in auto[auto.index("<svg") :]
    assert auto.count("light-dark(#ffffff,#0f1419)") >= 3
    for theme in ("light", "dark"):
        fixed = show(CASE, show=ALL, theme=theme).html
        assert "light-dark" not in fixed
        assert ("#0f1419" in fixed) == (theme == "dark")


def test_only_our_pictures_are_put_into_pages() -> None:
    """What is no picture of ours is refused rather than half rewritten."""
    with pytest.raises(ValueError, match="no picture"):
        inlined("<svg></svg>", "x")


def test_a_page_without_html_gets_the_lanes_and_the_steps() -> None:
    """The text of a block is for printed pages: lanes of 76 columns, and steps if shown."""
    text = show(CASE, show="timeline steps").text
    assert "conversation" in text
    assert "The employee's phone rings." in text
    assert text.isascii()
    assert "phone rings" not in show(CASE).text


def test_changes_are_made_to_the_case_as_on_the_command_line() -> None:
    """`set` takes several changes, and what is wrong in one is told with the block's line."""
    html = show(CASE, set="people.contact.answers_after=3; name=Set here").html
    assert "Set here" in html
    assert "dialing 3.0 s" in html
    (line,) = told(CASE, set="people.contakt=no_answer")
    assert line.startswith("guide/page.md:10: people.contakt: unknown path; did you mean contact?")


# --------------------------------------------------------------------------------- what is wrong


def test_each_mistake_of_a_case_is_told_with_the_page_and_its_line() -> None:
    """A block that begins in line 10 has its first line in 11; all mistakes are told at once."""
    broken = CASE.replace("employee", "employe").replace("answers_after", "answers_aftr")
    first, second = told(broken)
    assert first.startswith("guide/page.md:14: request.first_call: must be contact or employee")
    assert second == (
        "guide/page.md:16: people.contact.answers_aftr: unknown key; did you mean answers_after?"
    )


def test_what_the_api_would_refuse_is_told_in_the_same_way() -> None:
    """A refused request has the line of its parameter, and says what the API would answer."""
    (line,) = told(CASE.replace('"79260000000"', '"12"'))
    assert line.startswith("guide/page.md:13: request.contact: ")
    assert "the API would answer -32602" in line


def test_yaml_that_cannot_be_read_has_its_line() -> None:
    """A slip of YAML is told where it stands in the page."""
    (line,) = told(CASE + "scenario: [\n")
    assert line.startswith("guide/page.md:1")


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("", {}, 'the block is empty; write a case in it, or name one: file="..."'),
        (CASE, {"file": "x.yaml"}, "there is a case in the block and a file beside it; leave one"),
        (CASE, {"shwo": "ladder"}, "unknown option shwo; did you mean show?"),
        (CASE, {"xyz": "1"}, "unknown option xyz; it can be show, file, set, title or theme"),
        (CASE, {"show": "laddr"}, "show can be timeline, ladder, machine or steps, not laddr; did"),
        (CASE, {"show": ""}, "show can be timeline, ladder, machine or steps, not nothing"),
        (CASE, {"theme": "drak"}, "theme can be auto, light or dark, not drak; did you mean dark?"),
        ("", {"file": " "}, "file names no case file"),
        ("", {"file": "a\0b"}, r"file: a\x00b is no name of a file"),
        ("", {"file": "no.yaml"}, "docs/guide/no.yaml: cannot be read: no such file or directory"),
        ("", {"file": "page.md"}, "docs/guide/page.md: "),
        (CASE, {"set": "nothing"}, "--set nothing: it wants PATH=VALUE"),
    ],
)
def test_a_block_that_cannot_be_shown_says_why_and_where(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    options: dict[str, str],
    message: str,
) -> None:
    """One line, with the page, the line of the block, and the repair."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs" / "guide").mkdir(parents=True)
    (tmp_path / "docs" / "guide" / "page.md").write_text("# A page\n", encoding="utf-8")
    (line,) = told(text, tmp_path / "docs", **options)
    assert line.startswith(f"docs/guide/page.md:10: {message}")


def test_a_mistake_in_a_file_is_told_with_its_own_line_and_then_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line is that of the case file; the page that shows it stands below."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case.yaml").write_text(CASE.replace("people", "peopel"), encoding="utf-8")
    first, last = told(docs=tmp_path, file="/case.yaml")
    assert first == "case.yaml:5: peopel: unknown key; did you mean people?"
    assert last == "guide/page.md:10: this block shows it"


def test_a_file_is_named_from_the_page_or_from_the_docs_folder(tmp_path: Path) -> None:
    """`file` is relative to the page's folder; after a slash it counts from the docs folder."""
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "near.yaml").write_text("name: Near\n" + CASE, encoding="utf-8")
    (tmp_path / "far.json").write_text(
        '{"name": "Far", "request": {"virtual_phone_number": "74993720692", "contact": '
        '"79260000000", "first_call": "contact"}}',
        encoding="utf-8",
    )
    near = show(docs=tmp_path, file="near.yaml")
    assert near.file == tmp_path / "guide" / "near.yaml"
    assert ">Near<" in near.html
    for name in ("/far.json", "../far.json"):
        assert ">Far<" in show(docs=tmp_path, file=name).html


def test_no_file_outside_the_docs_folder_is_shown(tmp_path: Path) -> None:
    """Neither dots nor a link lead out of the docs folder."""
    docs = tmp_path / "docs"
    (docs / "guide").mkdir(parents=True)
    (tmp_path / "secret.yaml").write_text(CASE, encoding="utf-8")
    os.symlink(tmp_path / "secret.yaml", docs / "link.yaml")
    for name in ("../../secret.yaml", "/../secret.yaml", "/link.yaml"):
        (line,) = told(docs=docs, file=name)
        assert f"file: {name} leads out of the docs folder" in line


def test_every_option_is_explained() -> None:
    """The words for an option stand beside its name, for pages and messages alike."""
    assert all(OPTIONS.values())


# --------------------------------------------------------------------------------- in a browser

_PAGE = """\
<!DOCTYPE html><meta charset="utf-8"><style>body{margin:0}</style>
<div id="narrow" style="width:300px">%s</div>
<div id="light" style="color-scheme:light">%s</div>
<div id="dark" style="color-scheme:dark">%s</div>
<div id="named" data-theme="dark">%s</div>
<script>
const fill = where => getComputedStyle(document.querySelector(`#${where} svg>rect`)).fill;
const narrow = document.getElementById("narrow");
const drawn = document.querySelector("#narrow svg").getBoundingClientRect().width;
const fills = [fill("light"), fill("dark"), fill("named")];
document.title = [narrow.scrollWidth <= 300, drawn >= 560, ...fills].join(";");
</script>
"""


@pytest.mark.skipif(chromium.browser() is None, reason="no Chromium here")
def test_a_block_keeps_within_a_narrow_column_and_is_as_dark_as_its_page(tmp_path: Path) -> None:
    """In 300 pixels the picture scrolls and nothing sticks out; each page has its own theme."""
    page = tmp_path / "page.html"
    blocks = [show(CASE, number=number, show="timeline steps").html for number in range(4)]
    page.write_text(_PAGE % tuple(blocks), encoding="utf-8")
    (title,) = re.findall(r"<head>.*?<title>(.*?)</title>", chromium.dom(page), re.DOTALL)
    assert title == "true;true;rgb(255, 255, 255);rgb(15, 20, 25);rgb(15, 20, 25)"
