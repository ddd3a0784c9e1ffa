"""The page of a call: one file with everything, in which nothing runs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from attrs import evolve
from hypothesis import given

from callflow.api.request import Request
from callflow.call.case import Case
from callflow.call.simulator import simulate
from callflow.draw.explain import tell
from callflow.draw.html import timeline_html
from callflow.draw.lanes import timeline_svg
from callflow.draw.svg import escaped
from callflow.strategies import cases
from callflow.words import Party

VOID = {"meta"}


class Page(HTMLParser):
    """Its tags, and its text; every tag that opens must close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not any(name.startswith("on") or name in ("href", "src") for name, _ in attrs)
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@given(cases())
def test_the_page_holds_picture_steps_request_and_command(case: Case) -> None:
    timeline = simulate(case)
    html = timeline_html(timeline, request='{"a": "<b>"}', command="callflow simulate 'x y'")
    page = Page(html)
    assert not page.open
    assert timeline_svg(timeline) in html
    for line in tell(timeline).steps:
        for sentence in line.sentences:
            assert escaped(sentence.text) in html
            for clause in sentence.clauses:
                assert f">{clause.id}" in html
    assert '{"a": "<b>"}' in page.text
    assert "callflow simulate 'x y'" in page.text


@given(cases())
def test_equal_calls_give_equal_pages(case: Case) -> None:
    one = timeline_html(simulate(case), request="{}", command="x")
    assert one == timeline_html(simulate(evolve(case)), request="{}", command="x")


@given(cases())
def test_what_users_wrote_is_text(case: Case) -> None:
    hostile = evolve(case, name="</title></svg><script>alert(1)</script><img src=x onerror=y>")
    page = Page(timeline_html(simulate(hostile), request="</pre><script>", command="</pre><b>"))
    assert not {"script", "img", "b", "link", "iframe"} & page.tags


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_the_page_has_the_theme_of_its_picture(theme: str) -> None:
    request = Request(
        virtual_phone_number="74993720692", contact="79260000000", first_call=Party.CONTACT
    )
    html = timeline_html(
        simulate(Case(request=request)),
        request="{}",
        command="x",
        theme=theme,  # type: ignore[arg-type]
    )
    dark = "prefers-color-scheme:dark" in html
    assert dark is (theme == "auto")
    ground = "#0f1419" if theme == "dark" else "#ffffff"
    assert re.search(r"--page:(#[0-9a-f]+)", html)[1] == ground  # type: ignore[index]
