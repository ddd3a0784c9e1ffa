"""Every way of a set-up as one picture: tidy, to one scale, dashed where it is our reading."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow.call.case import Case
from callflow.draw.formats import WAYS, How
from callflow.draw.strips import Strips
from callflow.draw.svg import Circle, Group
from callflow.draw.ways import ways_picture, ways_svg
from callflow.words import Basis, Party

from .calls import EVERY
from .layout import crossed, faults, layout_of
from .ways import SET_UPS, strips

SVG = "{http://www.w3.org/2000/svg}"


def calls(told: Strips) -> list[ET.Element]:
    root = ET.fromstring(ways_svg(told))  # noqa: S314 - we wrote it
    return [group for group in root.iter(f"{SVG}g") if group.get("class") == "call"]


def words(element: ET.Element, role: str) -> list[str]:
    texts = (text for text in element.iter(f"{SVG}text") if text.get("class") == role)
    return [" ".join("".join(text.itertext()).split()) for text in texts]


@given(EVERY, st.sampled_from([100, 720, 880, 1200]))
def test_no_two_words_overlap_and_nothing_leaves_the_picture(case: Case, width: int) -> None:
    layout = layout_of(ways_picture(strips(case), width=width))
    assert not faults(layout)


@pytest.mark.parametrize("name", SET_UPS)
def test_no_line_runs_through_words(name: str) -> None:
    layout = layout_of(ways_picture(strips(SET_UPS[name])))
    assert not faults(layout)
    assert not crossed(layout)


@given(EVERY)
def test_every_way_has_its_strip_under_the_heading_of_its_outcome(case: Case) -> None:
    told = strips(case)
    root = ET.fromstring(ways_svg(told))  # noqa: S314 - we wrote it
    found = [
        (call.get("data-number"), call.get("data-own"), group.get("data-outcome"))
        for group in root.iter(f"{SVG}g")
        if group.get("class") == "outcome"
        for call in group.iter(f"{SVG}g")
        if call.get("class") == "call"
    ]
    assert found == [
        (str(number), "true" if strip.own else "false", str(strip.timeline.outcome))
        for number, strip in enumerate(told.strips, 1)
    ]


@given(EVERY)
def test_every_stretch_is_dashed_exactly_where_it_is_inferred(case: Case) -> None:
    told = strips(case)
    root = ET.fromstring(ways_svg(told))  # noqa: S314 - we wrote it
    dashes = [
        line.get("stroke-dasharray") is not None
        for line in root.iter(f"{SVG}line")
        if line.get("class") == "ground"
    ]
    assert dashes == [
        part.basis is Basis.INFERRED
        for strip in told.strips
        for party in Party
        for segment in strip.timeline.leg(party).segments
        for part in segment.parts
    ]


@given(EVERY)
def test_a_strip_says_what_people_do_and_what_both_hear(case: Case) -> None:
    told = strips(case)
    for call, strip in zip(calls(told), told.strips, strict=True):
        assert strip.deed in " ".join(words(call, "deed"))
        assert len(words(call, "heard")) == 2
        answered = [p for p in Party if strip.timeline.leg(p).answered is not None]
        assert len(words(call, "waits")) == len(answered)


def test_the_sign_of_a_failure_stands_in_the_lane_of_who_caused_it() -> None:
    told = strips(SET_UPS["22-contact-first"])
    for strip, group in zip(told.strips, _groups(told), strict=True):
        signs = [
            dict(lane.data)["party"]
            for lane in group.shapes
            if isinstance(lane, Group) and lane.kind == "lane"
            for shape in lane.shapes
            if isinstance(shape, Circle)
        ]
        talks = strip.timeline.conversation is not None
        assert signs == ([] if talks else [str(strip.timeline.steps[-1].event.party)])


def _groups(told: Strips) -> list[Group]:
    outcomes = [one for one in ways_picture(told).shapes if isinstance(one, Group)]
    return [
        one
        for outcome in outcomes
        for one in outcome.shapes
        if isinstance(one, Group) and one.kind == "call"
    ]


@pytest.mark.parametrize("name", SET_UPS)
def test_all_strips_are_drawn_to_one_scale(name: str) -> None:
    told = strips(SET_UPS[name])
    rates = set()
    for call, strip in zip(calls(told), told.strips, strict=True):
        lanes = [group for group in call.iter(f"{SVG}g") if group.get("class") == "lane"]
        for lane, party in zip(lanes, Party, strict=True):
            for group, segment in zip(
                (g for g in lane.iter(f"{SVG}g") if g.get("class") == "segment"),
                strip.timeline.leg(party).segments,
                strict=True,
            ):
                bar = group.find(f"{SVG}rect")
                if bar is not None and segment.end <= told.shown and segment.length >= 9000:
                    rates.add(round(float(bar.get("width") or 0) / segment.length * 1000, 1))
    assert max(rates) - min(rates) <= 0.4


@given(EVERY)
def test_the_axis_shows_everything_but_the_rest_of_conversations(case: Case) -> None:
    told = strips(case)
    for strip in told.strips:
        call = strip.timeline
        until = call.duration if call.conversation is None else call.conversation.start
        assert until <= told.shown


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_a_theme_is_that_of_all_pictures(theme: str) -> None:
    svg = WAYS.draw(strips(SET_UPS["6-no-messages"]), "svg", How(theme=theme))  # type: ignore[arg-type]
    assert f'class="callflow-{theme}"' in str(svg)


def test_equal_set_ups_give_equal_bytes() -> None:
    for case in SET_UPS.values():
        assert ways_svg(strips(case)) == ways_svg(strips(case))


def test_the_picture_can_be_had_in_pixels() -> None:
    png = WAYS.draw(strips(SET_UPS["6-no-messages"]), "png")
    assert isinstance(png, bytes)
    assert png.startswith(b"\x89PNG")
