"""The machine as Mermaid, rendered by Mermaid itself."""

import json
import re

import pytest
from attrs import evolve

from callflow.choreography import rules_for
from callflow.draw.chart import Chart, Failures, chart, chart_of, charts
from callflow.draw.mermaid import machine_markdown, machine_mermaid
from callflow.words import Basis, configurations
from tests.draw import mermaid_tool
from tests.draw.machine_paths import timelines

HOW: tuple[Failures, ...] = ("grouped", "each", "none")
NASTY = (
    """a "b" --- %%{init: {"theme":"dark"}}%% """
    """</pre><script>document.title='x'</script> ``` #58; \\"""
)


def _late(drawn: Chart) -> Chart:
    """The same path at moments with colons in them."""

    def later(arrow):
        return arrow if arrow.at is None else evolve(arrow, at=arrow.at + 4_000_000)

    return evolve(drawn, arrows=tuple(map(later, drawn.arrows)), path=tuple(map(later, drawn.path)))


@pytest.mark.parametrize("configuration", configurations(), ids=str)
def test_every_rule_is_in_a_transition_and_no_other(configuration):
    said = set()
    found = re.findall(
        r"^    +(\w+) --> (\w+) : (.*)$",
        machine_mermaid(chart(configuration), failures="each"),
        re.MULTILINE,
    )
    for source, target, words in found:
        events = [word for word in words.split("<br/>") if re.fullmatch(r"[a-z_]+", word)]
        said |= {(source, event, target) for event in events}
    assert said == {
        (str(e.source).replace("/", "__"), e.event.value, str(e.target).replace("/", "__"))
        for e in rules_for(configuration).edges.values()
    }


@pytest.mark.parametrize("configuration", configurations(), ids=str)
def test_inferred_clauses_say_so(configuration):
    source = machine_mermaid(chart(configuration), failures="each")
    for edge in rules_for(configuration).edges.values():
        line = f"{edge.source} --> {edge.target} : ".replace("/", "__")
        words = source.split(line)[1].splitlines()[0].split(f"{edge.event}")[1]
        clauses = next(one for one in words.split("<br/>") if one[:1].isupper())
        assert clauses.endswith(" inferred") == (edge.basis is Basis.INFERRED)


def test_a_path_has_its_moments_and_its_states_are_marked():
    call = timelines()[64]
    source = machine_mermaid(chart_of(call))
    for at, edge in call.moments:
        assert f"{at / 1000:.1f} s {edge.event}" in source
    lit = source.splitlines()[-1].removeprefix("    class ").removesuffix(" lit").split(",")
    states = {str(s) for _, edge in call.moments for s in (edge.source, edge.target)}
    assert set(lit) == {state.replace("/", "__") for state in states}


def test_a_failure_that_a_call_takes_is_drawn_even_where_failures_are_not():
    drawn = chart_of(timelines()[109])
    assert " s employee_unreached" in machine_mermaid(drawn, failures="none")


def test_a_title_is_one_quoted_line_whatever_the_case_is_called():
    drawn = evolve(charts()[0], call="two\nlines" + NASTY)
    source = machine_mermaid(drawn)
    assert json.loads(source.splitlines()[1].removeprefix("title: ")).endswith(NASTY)
    assert machine_markdown(drawn).count("\n```") == 1


def test_markdown_is_one_block_and_names_the_wordings():
    text = machine_markdown(charts()[8])
    assert text.startswith("```mermaid\n---\ntitle:")
    assert "\n- **a** employee message\n- **b** no employee message\n" in text
    assert text == machine_markdown(charts()[8])


def test_mermaid_draws_every_state_and_transition_with_its_words(tmp_path):
    if why := mermaid_tool.missing():
        pytest.skip(why)
    drawn = [(one, how) for one in charts() for how in HOW]
    drawn += [(chart_of(call), "grouped") for call in timelines()[::20]]
    drawn += [(_late(chart_of(timelines()[109])), how) for how in HOW]
    drawn += [(evolve(charts()[4], call=NASTY), "grouped")]
    sources = [machine_mermaid(one, failures=how) for one, how in drawn]
    for (one, _), source, seen in zip(
        drawn, sources, mermaid_tool.render(sources, tmp_path), strict=True
    ):
        arrows = re.findall(r"\w+ --> \w+ : (.*)", source)
        states = {str(place.state).replace("/", "__") for place in one.places}
        assert set(seen.nodes) - {"root_start", "root_end"} == states
        assert seen.transitions == source.count(" --> ")
        assert sorted(seen.labels) == sorted(
            line.replace("<br/>", " ").replace("#58;", ":") for line in arrows
        )
        assert seen.title.startswith(one.title)
        if one.call:
            assert '"theme":"dark"' in seen.title
