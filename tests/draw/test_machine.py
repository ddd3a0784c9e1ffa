"""State diagrams say what the table says: read back from the picture, by following its lines."""

import re
import subprocess
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve

from callflow.call.simulator import simulate
from callflow.choreography import rules_for
from callflow.draw import wording
from callflow.draw.chart import Chart, Failures, chart, chart_of, charts
from callflow.draw.engine import NoEngine, engine, run
from callflow.draw.machine import machine_dot, machine_png, machine_svg
from callflow.draw.picture_palette import DARK, LIGHT
from callflow.table import Edge
from callflow.words import Basis, Configuration, LegState, Party, configurations
from tests.draw.machine_engines import ENGINES, HOW, calls, picture_of, svg_of
from tests.draw.machine_paths import case_of, paths, timelines
from tests.draw.machine_reader import Picture, Seen, arrows

pytestmark = pytest.mark.skipif(not ENGINES, reason="no Graphviz here: neither dot nor its wheel")

EVERY_ENGINE = pytest.mark.parametrize("engine", ENGINES)
EVERY_WAY = pytest.mark.parametrize("failures", HOW)
CONFIGURATIONS = pytest.mark.parametrize("configuration", configurations(), ids=str)
NINE = pytest.mark.parametrize("drawn", charts(), ids=lambda drawn: drawn.name)


def _fails(edge: Edge) -> bool:
    return (
        edge.target.contact is LegState.RELEASED
        and edge.source.contact is not LegState.CONVERSATION
    )


def _rules(configuration: Configuration, failures: Failures = "each") -> set[tuple[str, str, str]]:
    return {
        (str(edge.source), edge.event.value, str(edge.target))
        for edge in rules_for(configuration).edges.values()
        if failures != "none" or not _fails(edge)
    }


def _triples(seen: list[Seen]) -> set[tuple[str, str, str]]:
    triples = [(one.source, one.event, one.target) for one in seen]
    assert len(set(triples)) == len(triples), "an arrow is drawn twice"
    return set(triples)


def _ids(edge: Edge) -> frozenset[str]:
    return frozenset(clause.id for party in Party for clause in edge.because(party) or ())


# ------------------------------------------------------------------------------- rules are arrows


@EVERY_ENGINE
@EVERY_WAY
@CONFIGURATIONS
def test_every_rule_of_the_configuration_is_an_arrow_and_no_other(
    configuration: Configuration, failures: Failures, engine: str
):
    picture = picture_of(chart(configuration), engine, failures)
    assert _triples(arrows(picture)) == _rules(configuration, failures)


@EVERY_WAY
@CONFIGURATIONS
def test_every_rule_of_the_configuration_is_in_the_source_and_no_other(
    configuration: Configuration, failures: Failures
):
    source = machine_dot(chart(configuration), failures=failures)
    said = set()
    for edge in re.findall(r'-> .*?class="arrow ([^"]*)"', source):
        words = edge.split()
        froms = [word[5:] for word in words if word.startswith("from-")]
        events = [word[3:] for word in words if word.startswith("on-")]
        said |= {(state, event) for state in froms for event in events}
    rules = {
        (state.replace("/", "-"), event) for state, event, _ in _rules(configuration, failures)
    }
    if failures == "each":
        assert said >= rules
    possible = {
        (str(edge.source).replace("/", "-"), edge.event.value)
        for edge in rules_for(configuration).edges.values()
    }
    assert said & possible == rules
    states = {str(state) for state in rules_for(configuration).states}
    assert states == set(re.findall(r'^\t+"(\w+/\w+)" \[', source, re.MULTILINE))


@EVERY_ENGINE
@CONFIGURATIONS
def test_states_are_cards_of_two_legs(configuration: Configuration, engine: str):
    picture = picture_of(chart(configuration), engine, "grouped")
    assert sorted(card.state for card in picture.cards) == sorted(
        str(state) for state in rules_for(configuration).states
    )


# ------------------------------------------------------------------------- clauses, dashes, titles


@EVERY_ENGINE
@EVERY_WAY
@NINE
def test_clauses_and_dashes_agree_with_the_rules_of_every_configuration_served(
    drawn: Chart, failures: Failures, engine: str
):
    for one in arrows(picture_of(drawn, engine, failures)):
        letters = {letter: (ids, inferred) for letter, ids, inferred in one.clauses}
        some_inferred = False
        for letter, wording_ in zip("ab", drawn.wordings, strict=False):
            ids, inferred = letters.get(letter) or letters[""]
            for configuration in wording_.configurations:
                (edge,) = (
                    edge
                    for edge in rules_for(configuration).edges.values()
                    if (str(edge.source), edge.event.value) == (one.source, one.event)
                )
                assert ids == _ids(edge)
                assert inferred == (edge.basis is Basis.INFERRED)
                some_inferred |= inferred
        assert one.dashed == some_inferred


@EVERY_ENGINE
@NINE
def test_the_title_names_what_the_machine_serves(drawn: Chart, engine: str):
    title = " ".join(text.words for text in picture_of(drawn, engine, "grouped").title)
    for setting in drawn.settings:
        assert setting in title
    for letter, one in zip("ab", drawn.wordings, strict=False):
        assert len(drawn.wordings) == 1 or f"{letter} {one.settings}" in title
    assert "Dashed: inferred" in title


@CONFIGURATIONS
def test_one_configuration_is_drawn_with_its_own_clauses_and_the_other_wording_is_named(
    configuration: Configuration,
):
    drawn = chart(configuration)
    title = " ".join(text.words for text in picture_of(drawn, next(iter(ENGINES)), "grouped").title)
    for other in drawn.others:
        assert f"Same states, other clauses: {other}" in title


# ----------------------------------------------------------------------------------- paths of calls


def _check_path(call, picture: Picture) -> None:
    lit = {(one.source, one.event, one.at) for one in arrows(picture) if one.lit}
    assert lit == {
        (str(edge.source), edge.event.value, wording.moment(at)) for at, edge in call.moments
    }
    assert not [one for one in arrows(picture) if one.at and not one.lit]
    states = {str(state) for _, edge in call.moments for state in (edge.source, edge.target)}
    assert {card.state for card in picture.cards if card.width >= 1.6} == states
    failed = str(call.moments[-1][1].source) if _fails(call.moments[-1][1]) else None
    for card in picture.cards:
        full = sum(leg != "idle" for leg in card.state.split("/"))
        assert card.chips == (full if card.state in states else 0)
        assert (card.stroke == LIGHT["failure"]) == (card.state == failed)
        assert (card.width == 2.2) == (card.state == failed)


@EVERY_ENGINE
def test_each_of_the_139_paths_is_lit_with_its_states_arrows_and_moments(engine: str):
    for call in calls(engine):
        _check_path(call, picture_of(chart_of(call), engine, "grouped"))


@pytest.mark.parametrize("failures", ["each", "none"])
def test_a_path_is_lit_however_failures_are_drawn(failures: Failures):
    for call in timelines()[::4]:
        _check_path(call, picture_of(chart_of(call), next(iter(ENGINES)), failures))


def test_what_is_lit_is_ink_and_thick_and_a_failure_has_its_colour():
    for call in timelines()[::7]:
        for line in picture_of(chart_of(call), next(iter(ENGINES)), "each").lines:
            failure = line.stroke == LIGHT["failure"]
            assert failure or (line.width == 2.2) == (line.stroke == LIGHT["ink"])
            assert line.width in (1.0, 2.2)


# --------------------------------------------------------------------- themes, bytes, user's words


@NINE
def test_each_theme_uses_its_own_colours_alone(drawn: Chart):
    for theme, own in (("light", LIGHT), ("dark", DARK)):
        svg = machine_svg(drawn, theme=theme)
        used = set(re.findall(r'(?:fill|stroke)="(#\w+)"', svg))
        assert used <= set(own.values())
        assert "prefers-color-scheme" not in svg


@NINE
def test_a_picture_for_both_themes_is_the_light_one_with_a_rule_for_each_colour(drawn: Chart):
    light, both = machine_svg(drawn, theme="light"), machine_svg(drawn, theme="auto")
    style = re.compile(r"<style>.*?</style>", re.DOTALL)
    assert style.sub("", light) == style.sub("", both)
    found = style.search(both)
    assert found
    for colour in set(re.findall(r'(?:fill|stroke)="(#\w+)"', both)):
        assert f'[fill="{colour}"]{{fill:' in found[0]


@EVERY_ENGINE
@EVERY_WAY
def test_equal_charts_give_equal_bytes(failures: Failures, engine: str):
    for drawn in charts():
        again = machine_svg(drawn, theme="light", failures=failures, program=ENGINES[engine])
        assert again == svg_of(drawn, engine, failures)
        assert machine_dot(drawn, failures=failures) == machine_dot(drawn, failures=failures)


@EVERY_ENGINE
def test_a_picture_names_no_program_and_no_moment_of_drawing(engine: str):
    svg = svg_of(charts()[0], engine, "grouped")
    assert svg.startswith("<svg xmlns=")
    assert "<!--" not in svg
    assert "graphviz" not in svg.lower()


@EVERY_ENGINE
def test_the_name_of_a_case_is_told_and_stays_text(engine: str):
    configuration = configurations()[0]
    name = """<b>&"'--></svg>\n\u202e]]> \\N %s"""
    call = simulate(case_of(configuration, next(paths(configuration)), name))
    svg = machine_svg(chart_of(call), program=ENGINES[engine])
    described = ET.fromstring(svg).findtext("{http://www.w3.org/2000/svg}desc")  # noqa: S314 - drawn here
    assert """<b>&"'--></svg>\\n\\u202e]]> \\N %s""" in str(described)
    assert machine_dot(chart_of(call)) == machine_dot(evolve(chart_of(call), call=None))


def test_words_on_labels_are_escaped_in_the_source():
    drawn = evolve(charts()[0], settings=('<B>&"x"', "]]>"))
    svg = machine_svg(drawn, theme="light")
    ET.fromstring(svg)  # noqa: S314 - drawn here
    assert "&lt;B&gt;&amp;&quot;x&quot;" in machine_dot(drawn)
    assert "&lt;B&gt;" in svg


@EVERY_WAY
def test_only_attributes_that_graphviz_knows_are_written(failures: Failures):
    """A misspelt attribute is drawn without a word of warning, and without effect."""
    for drawn in (*charts(), chart_of(timelines()[109])):
        source = re.sub(r"<<TABLE.*?</TABLE>>", "TABLE", machine_dot(drawn, failures=failures))
        written = set(re.findall(r"(\w+)=", re.sub(r'"[^"]*"', "TEXT", source)))
        assert written <= _ATTRIBUTES


_ATTRIBUTES = {
    "arrowhead", "arrowsize", "bgcolor", "class", "color", "compound", "dir", "fillcolor",
    "fixedsize", "fontname", "group", "headclip", "height", "id", "label", "labeljust",
    "labelloc", "ltail", "margin", "nodesep", "pad", "penwidth", "peripheries", "rank", "ranksep",
    "shape", "style", "tailclip", "weight", "width",
}  # fmt: skip


@EVERY_ENGINE
def test_the_engine_has_nothing_to_complain_of(engine: str):
    for drawn in charts():
        source = machine_dot(drawn, theme="dark", failures="each")
        said = subprocess.run(
            [ENGINES[engine], "-Tsvg"], input=source.encode(), capture_output=True, check=True
        ).stderr.decode()
        assert "arning" not in said
        assert "rror" not in said


# -------------------------------------------------------------------------------------- formats


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_a_picture_in_pixels_is_the_picture_twice_as_large(theme):
    png = machine_png(charts()[3], theme=theme)
    assert isinstance(png, bytes)
    assert png.startswith(b"\x89PNG")
    wide, high = (int.from_bytes(png[n : n + 4], "big") for n in (16, 20))
    picture = picture_of(charts()[3], next(iter(ENGINES)), "grouped")
    assert (wide, high) == (round(picture.width * 8 / 3), round(picture.height * 8 / 3))


def test_without_resvg_graphviz_draws_the_pixels(monkeypatch):
    monkeypatch.setattr("callflow.draw.machine.find_spec", lambda _: None)
    png = machine_png(charts()[3])
    assert isinstance(png, bytes)
    wide = int.from_bytes(png[16:20], "big")
    picture = picture_of(charts()[3], next(iter(ENGINES)), "grouped")
    assert wide == pytest.approx(picture.width * 8 / 3, abs=4)


# ------------------------------------------------------------------------------- which program runs


def test_without_a_program_dot_the_wheel_draws(monkeypatch, tmp_path):
    if "graphviz-pure" not in ENGINES:
        pytest.skip("graphviz-pure is not installed")
    (tmp_path / "graphviz-pure").symlink_to(ENGINES["graphviz-pure"])
    monkeypatch.setenv("PATH", str(tmp_path))
    assert engine().name == "graphviz-pure"
    assert machine_svg(charts()[4], theme="light") == svg_of(
        charts()[4], "graphviz-pure", "grouped"
    )


def test_a_program_dot_on_the_path_goes_first(monkeypatch, tmp_path):
    for name in ("dot", "graphviz-pure"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert engine() == tmp_path / "dot"


def test_with_neither_the_error_says_how_to_get_both(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path))
    with pytest.raises(NoEngine) as raised:
        machine_svg(charts()[0])
    assert "apt install graphviz" in str(raised.value)
    assert "pip install 'callflow-simulator[dot]'" in str(raised.value)


def test_the_package_graphviz_runs_its_usual_program_afterwards():
    from graphviz.backend import dot_command

    usual = dot_command.DOT_BINARY
    run("digraph { a }", "svg", next(iter(ENGINES.values())))
    assert usual == dot_command.DOT_BINARY
