"""The timeline picture as it is laid out: everything has room, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow.call.case import Case
from callflow.call.simulator import simulate
from callflow.draw.lanes import timeline_picture
from callflow.draw.svg import Box, Circle, Group, Line, Path, Rect, Shape, Text
from callflow.strategies import cases
from tests.draw.calls import EVERY, TIMES, extremes
from tests.draw.layout import faults, layout_of, overlap

WIDTHS = st.sampled_from([880, 560, 720, 1400])


def groups(shapes: tuple[Shape, ...], kind: str) -> Iterator[Group]:
    for shape in shapes:
        if isinstance(shape, Group):
            if shape.kind == kind:
                yield shape
            yield from groups(shape.shapes, kind)


@given(cases(), WIDTHS)
def test_no_two_words_of_a_picture_overlap_and_nothing_leaves_it(case: Case, width: int) -> None:
    assert faults(layout_of(timeline_picture(simulate(case), width=width))) == []


@given(cases(lengths=TIMES), WIDTHS)
def test_it_is_so_with_a_millisecond_beside_a_day(case: Case, width: int) -> None:
    assert faults(layout_of(timeline_picture(simulate(case), width=width))) == []


@pytest.mark.parametrize("width", [0, 880])
@pytest.mark.parametrize("case", extremes())
def test_it_is_so_in_extremes(case: Case, width: int) -> None:
    assert faults(layout_of(timeline_picture(simulate(case), width=width))) == []


@given(EVERY)
def test_words_on_a_bar_stand_inside_it_and_others_have_a_leader_to_it(case: Case) -> None:
    picture = timeline_picture(simulate(case))
    for segment in groups(picture.shapes, "segment"):
        body, *rest = segment.shapes
        assert isinstance(body, Rect | Path)
        left, top, right, bottom = body.box
        words = [shape for shape in rest if isinstance(shape, Text)]
        inside = [word for word in words if word.y > top]
        for word in inside:
            assert left <= word.box[0], word
            assert word.box[2] <= right, word
            assert word.box[3] < bottom, word
        leaders = [s for s in rest if isinstance(s, Line) and s.role == "leader"]
        assert len(leaders) == len(words) - len(inside)
        for leader in leaders:
            assert leader.y2 == top
            assert left <= leader.x1 <= right


@given(cases())
def test_bars_are_to_scale_up_to_the_cut(case: Case) -> None:
    timeline = simulate(case)
    picture = timeline_picture(timeline)
    (lanes,) = groups(picture.shapes, "lanes")
    data = {name: float(value) for name, value in lanes.data}
    if not timeline.duration:
        return
    rate = (data["right"] - data["left"]) / data["duration"]
    segments = [*groups(picture.shapes, "segment")]
    if "cut-start" in data:
        talk = timeline.conversation
        assert talk is not None
        assert data["cut-start"] * 1000 > talk.start
        begin = next(s.shapes[0].box[0] for s in segments if ("state", "conversation") in s.data)
        rate = (begin - data["left"]) / (talk.start / 1000)
    for segment in segments:
        left, _, right, _ = segment.shapes[0].box
        known = dict(segment.data)
        start, end = float(known["start"]), float(known["end"])
        assert left == pytest.approx(data["left"] + start * rate, abs=1)
        if end == data["duration"]:
            assert right == pytest.approx(data["right"], abs=1)
        elif end < data.get("cut-start", end + 1):
            assert right == pytest.approx(data["left"] + end * rate, abs=2)


@given(cases())
def test_each_cap_has_its_pointer_at_the_exact_moment_and_caps_do_not_touch(case: Case) -> None:
    timeline = simulate(case)
    picture = timeline_picture(timeline)
    (lanes,) = groups(picture.shapes, "lanes")
    data = {name: float(value) for name, value in lanes.data}
    caps: list[Box] = []
    for mark in groups(picture.shapes, "mark"):
        caps += [shape.box for shape in mark.shapes if isinstance(shape, Rect)]
        known = dict(mark.data)
        if known["sent"] == "true" and "cut-start" not in data:
            pointer = mark.shapes[0]
            assert isinstance(pointer, Path)
            share = float(known["at"]) / data["duration"]
            due = data["left"] + share * (data["right"] - data["left"])
            assert pointer.points[1][0] == pytest.approx(due, abs=1)
    for one, other in combinations(caps, 2):
        assert not overlap(one, other)


@given(cases())
def test_a_failure_has_its_ring_beside_the_lane_of_its_causer_and_a_success_none(
    case: Case,
) -> None:
    timeline = simulate(case)
    picture = timeline_picture(timeline)
    rings = {
        dict(lane.data)["party"]
        for lane in groups(picture.shapes, "lane")
        for shape in lane.shapes
        if isinstance(shape, Circle)
    }
    if timeline.outcome == "conversation":
        assert not rings
    else:
        last = timeline.steps[-1].event
        assert rings == {str(last.party or timeline.ended_by)}
