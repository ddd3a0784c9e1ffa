"""The table of formats: what stands in it can be drawn, and the command line offers just that."""

import re

import pytest

from callflow.call.difference import Difference
from callflow.call.timeline import Timeline
from callflow.cli import diff, draw, explore
from callflow.draw import formats
from callflow.draw.chart import Chart, chart_of
from callflow.draw.engine import NoEngine, engine
from callflow.draw.formats import COMPARISON, LADDER, MACHINE, TIMELINE, WAYS, How, Kind
from callflow.draw.strips import Strip, Strips
from callflow.errors import UsageError
from tests.draw.machine_paths import timelines

KINDS = {kind.name: kind for kind in vars(formats).values() if isinstance(kind, Kind)}
ROWS = [(kind, form) for kind, row in KINDS.items() for form in row.formats]
EVERY_ROW = pytest.mark.parametrize(("kind", "form"), ROWS)

#: How formats begin, whatever is in them.
BEGINNINGS = {
    "svg": "<svg ",
    "png": b"\x89PNG",
    "html": "<!DOCTYPE html>",
    "dot": "digraph ",
    "md": "```mermaid\n",
    "wav": b"RIFF",
}


#: Of the kinds that another verb than `draw` shows: that verb, and what else it writes.
VERBS = {
    COMPARISON.name: (diff.command, ["text"]),
    WAYS.name: (explore.command, ["text", "json"]),
}


def _subject(kind: str) -> Timeline | Chart | Strips | tuple[Difference, None]:
    call = timelines()[64]
    if kind == WAYS.name:
        return Strips(strips=(Strip(timeline=call, own=True), Strip(timeline=timelines()[0])))
    if kind == COMPARISON.name:
        return Difference(call, timelines()[0]), None
    return chart_of(call) if kind == MACHINE.name else call


def _draw(kind: str, form: str, how: How | None = None) -> str | bytes:
    if (kind, form) in {("machine", "svg"), ("machine", "png")}:
        try:
            engine()
        except NoEngine:
            pytest.skip("no Graphviz here: neither dot nor its wheel")
    if form == "png":
        pytest.importorskip("resvg_py")
    if form == "wav":
        pytest.importorskip("numpy")
    return KINDS[kind].draw(_subject(kind), form, how)


@EVERY_ROW
def test_every_format_in_the_table_is_drawn_and_begins_as_it_should(kind, form):
    drawn = _draw(kind, form)
    assert drawn
    assert drawn.startswith(BEGINNINGS.get(form, drawn[:1]))
    assert drawn == _draw(kind, form)


@EVERY_ROW
def test_the_command_line_offers_every_format_of_the_table_and_no_other(kind, form):
    verb, text = VERBS.get(kind) or (draw.command.commands[kind], [])
    (option,) = (one for one in verb.params if one.name == "form")
    assert form in option.type.choices
    assert list(option.type.choices) == [*text, *KINDS[kind].formats]
    assert {*draw.command.commands, *VERBS} == set(KINDS)


@EVERY_ROW
def test_a_name_is_an_ending_and_nothing_else(kind, form):
    assert re.fullmatch("[a-z0-9]+", form), kind


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_format_is_refused_with_those_there_are(kind):
    *others, last = KINDS[kind].formats
    said = f"a {kind} is drawn as {', '.join(others)} or {last}, not as sgv; did you mean svg?"
    with pytest.raises(UsageError, match=re.escape(said)):
        KINDS[kind].draw(_subject(kind), "sgv")


def test_text_formats_of_a_machine_need_no_graphviz(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path))
    for form in ("dot", "md"):
        assert str(MACHINE.draw(chart_of(timelines()[0]), form)).startswith(BEGINNINGS[form])


@pytest.mark.parametrize("kind", [TIMELINE, LADDER, COMPARISON, WAYS], ids=lambda kind: kind.name)
def test_in_pixels_a_picture_for_both_themes_is_the_light_one(kind):
    auto, light, dark = (
        _draw(kind.name, "png", How(theme=theme)) for theme in ("auto", "light", "dark")
    )
    assert auto == light != dark
