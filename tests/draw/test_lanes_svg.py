"""The timeline picture as it is written: what it says is what the timeline says."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from callflow.api.request import Message, Request
from callflow.call.case import Case, People, PerParty, Person, Scenario
from callflow.call.simulator import simulate
from callflow.call.timeline import Segment, Timeline
from callflow.clauses import ids
from callflow.draw import wording
from callflow.draw.lanes import timeline_svg
from callflow.draw.picture_palette import DARK, LIGHT, Paint
from callflow.strategies import cases
from callflow.words import Basis, Event, LegState, MessageType, Outcome, Party

SVG = "{http://www.w3.org/2000/svg}"
TIMES = st.sampled_from([1, 2, 10, 999, 5000, 60_000, 3_600_000, 86_400_000])
EVERY = cases() | cases(lengths=TIMES)


def drawn(timeline: Timeline) -> ET.Element:
    return ET.fromstring(timeline_svg(timeline, theme="light"))  # noqa: S314 - we wrote it


def groups(root: ET.Element, kind: str) -> list[ET.Element]:
    return [group for group in root.iter(f"{SVG}g") if group.get("class") == kind]


def said(root: ET.Element, kind: str) -> list[str]:
    """The texts of a kind, the runs of each separated by blanks."""
    return [
        "".join(text.itertext()) for text in root.iter(f"{SVG}text") if text.get("class") == kind
    ]


def lanes(root: ET.Element) -> Iterator[tuple[Party, ET.Element]]:
    for lane in groups(root, "lane"):
        yield Party(lane.get("data-party") or ""), lane


def milliseconds(element: ET.Element, name: str) -> int:
    return round(float(element.get(f"data-{name}") or "nan") * 1000)


def inferred(clauses: list[str]) -> str:
    return f"{', '.join(clauses)} inferred"


@given(EVERY)
def test_every_segment_is_drawn_with_its_word_and_its_full_length(case: Case) -> None:
    timeline = simulate(case)
    for party, lane in lanes(drawn(timeline)):
        shown = groups(lane, "segment")
        segments = timeline.leg(party).segments
        assert [
            (one.get("data-state"), milliseconds(one, "start"), milliseconds(one, "end"))
            for one in shown
        ] == [(str(segment.state), segment.start, segment.end) for segment in segments]
        for one, segment in zip(shown, segments, strict=True):
            text = " ".join(said(one, "word"))
            length = wording.length(segment.length)
            full, short = wording.STATE[segment.state]
            cited = re.escape(_above(segment))
            assert re.fullmatch(f"({full}|{short}) {length}( {cited})?", text), text


def _above(segment: Segment) -> str:
    parts = [part for part in segment.parts if part.basis is Basis.INFERRED]
    return inferred(list(dict.fromkeys(id for part in parts for id in ids(part.clauses))))


@given(EVERY)
def test_the_ground_is_dashed_exactly_where_the_call_rests_on_our_reading(case: Case) -> None:
    timeline = simulate(case)
    for party, lane in lanes(drawn(timeline)):
        parts = [part for segment in timeline.leg(party).segments for part in segment.parts]
        shown = groups(lane, "part")
        assert len(shown) == len(parts)
        for group, part in zip(shown, parts, strict=True):
            assert milliseconds(group, "start") == part.start
            assert milliseconds(group, "end") == part.end
            assert (group.get("data-clauses") or "").split() == ids(part.clauses)
            (ground,) = [line for line in group if line.get("class") == "ground"]
            assert (ground.get("stroke-dasharray") is None) == (part.basis is Basis.DOCUMENTED)


@given(EVERY)
def test_clauses_stand_under_their_stretch_and_an_inferred_one_is_never_left_out(
    case: Case,
) -> None:
    timeline = simulate(case)
    for party, lane in lanes(drawn(timeline)):
        for group, segment in zip(
            groups(lane, "segment"), timeline.leg(party).segments, strict=True
        ):
            everywhere = " ".join([*said(group, "word"), *said(group, "clauses")])
            for one, part in zip(groups(group, "part"), segment.parts, strict=True):
                words = said(one, "clauses")
                if part.basis is Basis.DOCUMENTED:
                    assert words in ([], [", ".join(ids(part.clauses))])
                    continue
                assert words in ([], [inferred(ids(part.clauses))])
                for clause in part.clauses:
                    assert clause.id in everywhere
                (text,) = [t for t in one if t.get("class") == "clauses"] if words else [None]
                assert text is None or text.get("font-style") == "italic"


@given(EVERY)
def test_a_message_is_torn_exactly_where_no_message_end_stands(case: Case) -> None:
    timeline = simulate(case)
    ended = {
        Party.CONTACT: Event.CONTACT_MESSAGE_ENDED,
        Party.EMPLOYEE: Event.EMPLOYEE_MESSAGE_ENDED,
    }
    for party, lane in lanes(drawn(timeline)):
        ends = {step.at for step in timeline.steps if step.event is ended[party]}
        for group, segment in zip(
            groups(lane, "segment"), timeline.leg(party).segments, strict=True
        ):
            torn = group[0].tag == f"{SVG}path"
            assert torn == (segment.state is LegState.MESSAGE and segment.end not in ends)


@given(EVERY)
def test_the_moments_are_those_that_are_told_everywhere(case: Case) -> None:
    timeline = simulate(case)
    told = [f"{wording.clock(m.at)} {m.text}" for m in wording.moments(timeline)]
    assert said(drawn(timeline), "moment") == told


@given(EVERY)
def test_waits_are_those_of_the_figures(case: Case) -> None:
    timeline = simulate(case)
    root = drawn(timeline)
    shown = {wait.get("data-party"): wait for wait in groups(root, "wait")}
    for party in Party:
        waited = timeline.leg(party).figures.waited
        assert (str(party) in shown) == bool(waited)
        if not waited:
            continue
        wait = shown[str(party)]
        assert milliseconds(wait, "end") - milliseconds(wait, "start") == waited
        assert milliseconds(wait, "start") == timeline.leg(party).answered
        length = wording.length(waited)
        why = " for the conversation" if timeline.conversation else ", no conversation"
        assert said(wait, "wait")[0] in (f"waits {length}{why}", f"waits {length}", length)


@given(EVERY)
def test_every_dtmf_mark_is_there_and_unsent_ones_are_struck_through(case: Case) -> None:
    timeline = simulate(case)
    root = drawn(timeline)
    shown = sorted(  # caps that would touch stand in rows, and are drawn row by row
        groups(root, "mark"),
        key=lambda group: (
            any(line.get("class") == "strike" for line in group),
            milliseconds(group, "at") if group.get("data-at") else 0,
        ),
    )
    ordered = sorted(timeline.dtmf, key=lambda mark: not mark.sent)
    assert [mark.get("data-digits") for mark in shown] == [mark.digits for mark in ordered]
    for group, mark in zip(shown, ordered, strict=True):
        assert "".join(said(group, "key")) == mark.digits
        struck = any(line.get("class") == "strike" for line in group)
        assert struck is not mark.sent
        if mark.at is not None:
            assert milliseconds(group, "at") == mark.at
    assert bool(said(root, "unsent")) == any(not mark.sent for mark in timeline.dtmf)
    holes = dict.fromkeys(
        clause.id for mark in timeline.dtmf for clause in mark.clauses
        if clause.basis is Basis.INFERRED
    )  # fmt: skip
    assert said(root, "dtmf-clauses") == ([inferred(list(holes))] if holes else [])


@given(EVERY)
def test_each_party_sees_its_number_underlined_with_dashes_if_that_is_our_reading(
    case: Case,
) -> None:
    timeline = simulate(case)
    for party, lane in lanes(drawn(timeline)):
        caller = timeline.leg(party).caller_id
        assert said(lane, "caller") == ([] if caller is None else [f"sees {caller.number}"])
        dashes = [line for line in lane if line.get("class") == "caller-basis"]
        assert len(dashes) == (caller is not None and caller.basis is Basis.INFERRED)
        assert len(said(lane, "caller-clauses")) == len(dashes)


@given(EVERY)
def test_head_and_description_tell_the_outcome_the_settings_and_what_has_no_effect(
    case: Case,
) -> None:
    timeline = simulate(case)
    root = drawn(timeline)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == wording.title(timeline)
    assert wording.outcome(timeline) in (root.findtext(f"{SVG}desc") or "")
    kind = "outcome" if timeline.outcome is Outcome.CONVERSATION else "failure"
    assert " ".join(said(root, kind)) == wording.outcome(timeline)
    settings = said(root, "setting")
    assert settings[0] == f"first_call: {case.request.first_call}"
    effective = str(timeline.effective.switch_at_once).lower()
    assert settings[1].startswith(f"switch_at_once: {effective}")
    asked = timeline.effective.switch_requested is not timeline.effective.switch_at_once
    assert ("asked: true" in settings[1]) is asked
    told = " ".join([*said(root, "no-effect"), *said(root, "quiet")])
    for entry in timeline.no_effect:
        assert entry.path.rpartition(".")[2] in told
        assert ", ".join(ids(entry.clauses)) in told


@given(cases(), st.sampled_from(["auto", "light", "dark"]))
def test_equal_calls_give_equal_bytes_and_every_theme_the_same_shapes(
    case: Case, theme: str
) -> None:
    def svg(case: Case) -> str:
        return timeline_svg(simulate(case), theme=theme)  # type: ignore[arg-type]

    assert svg(case) == svg(evolve(case))
    here, light = svg(case), timeline_svg(simulate(case), theme="light")
    plain = re.sub(r"<style>.*</style>\n", "", here).replace(f"callflow-{theme}", "callflow-light")
    if theme == "dark":
        colour = re.compile(r'"#[0-9a-f]+"')
        assert colour.sub('""', plain) == colour.sub('""', light)
    else:
        assert plain == light


def named(name: str) -> Timeline:
    message = Message(type=MessageType.MEDIA, value="1")
    request = Request(
        virtual_phone_number="74993720692",
        contact="79260000000",
        first_call=Party.EMPLOYEE,
        contact_message=message,
        dtmf_string="..1",
    )
    case = Case(
        request=request,
        scenario=Scenario(employee_message=message),
        people=People(contact=Person(after=9000), conversation=14_500),
        messages=PerParty(contact=12_500, employee=4000),
        name=name,
    )
    return simulate(case)


@given(st.text(min_size=1))
def test_a_name_is_text_whatever_it_holds(name: str) -> None:
    svg = timeline_svg(named(name))
    root = ET.fromstring(svg)  # noqa: S314 - we wrote it
    shown = wording.title(named(name))
    assert root.findtext(f"{SVG}title") == shown
    assert "".join(" ".join(said(root, "title")).split()) == "".join(shown.split())
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {
        *("svg", "title", "desc", "style", "defs", "pattern", "g"),
        *("rect", "circle", "line", "path", "text", "tspan"),
    }
    assert svg.isprintable() or svg.replace("\n", "").isprintable()


def test_a_hostile_name_brings_no_element_and_no_attribute() -> None:
    svg = timeline_svg(named('"/><script>alert(1)</script>&lt;\u202e\x00'))
    assert "<script" not in svg
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;\\u202e\\x00" in svg


def test_nothing_is_fetched_and_nothing_runs() -> None:
    svg = timeline_svg(named("x"))
    assert re.findall(r"(?:https?:|//)[^\" ]*", svg) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"\bon[a-z]+=|href|@import|javascript", svg)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_colour_is_written_that_the_palette_does_not_have(theme: str) -> None:
    table = {"light": LIGHT, "dark": DARK}[theme]
    svg = timeline_svg(named("x"), theme=theme)  # type: ignore[arg-type]
    assert set(re.findall(r'"(#[0-9a-f]+)"', svg)) <= set(table.values())


def test_in_a_file_for_both_themes_every_colour_turns_dark() -> None:
    svg = timeline_svg(named("x"), theme="auto")
    body = svg.partition("</style>")[2]
    for paint in Paint:
        for what in ("fill", "stroke"):
            if f'{what}="{LIGHT[paint]}"' in body:
                assert f'[{what}="{LIGHT[paint]}"]{{{what}:{DARK[paint]}}}' in svg
