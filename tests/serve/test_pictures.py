"""The pictures of the page are tidy, and say where their moments stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow.call.case import Case
from callflow.call.session import CallSession
from callflow.call.simulator import simulate
from callflow.call.timeline import Timeline
from callflow.draw.chart import chart_of
from callflow.draw.lanes import timeline_picture
from callflow.draw.svg import Group, Picture, Shape
from callflow.serve.desk import stepping
from callflow.serve.desk.question import Played
from callflow.serve.pictures import Shown, down, lanes, lanes_so_far, machine, small
from callflow.strategies import cases
from tests.draw.calls import EVERY, extremes, sample
from tests.draw.layout import crossed, faults, layout_of

Drawer = Callable[[Timeline], Shown]
DRAWERS: dict[str, Drawer] = {
    "lanes": lanes,
    "narrow lanes": lambda call: lanes(call, width=600),
    "down": down,
    "very narrow": lambda call: down(call, width=288),
    "machine": lambda call: machine(chart_of(call)),
}


def untidy(picture: Picture) -> list[str]:
    return faults(layout_of(picture))


@pytest.mark.parametrize("name", DRAWERS)
def test_no_two_texts_overlap_and_nothing_leaves_a_picture(name: str) -> None:
    found = [
        fault
        for case in (*sample(60), *extremes())
        for fault in untidy(DRAWERS[name](simulate(case)).picture)
    ]
    assert found == []


def test_a_pinned_call_above_the_lanes_covers_nothing() -> None:
    calls = [simulate(case) for case in sample(40)]
    for one, other in pairwise(calls):
        assert untidy(lanes(one, pinned=other).picture) == []
        assert untidy(down(one, pinned=other).picture) == []


@given(EVERY)
def test_no_line_runs_through_the_words_of_a_machine(case: Case) -> None:
    assert crossed(layout_of(machine(chart_of(simulate(case))).picture)) == []


@given(EVERY)
def test_a_moment_stands_on_the_page_where_the_picture_has_it(case: Case) -> None:
    """The lanes of the page are those of `callflow draw`: the same bars, the same words."""
    call = simulate(case)
    shown = lanes(call, width=880)
    assert shown.track[0][0] == 0
    assert shown.track[-1][0] == call.duration / 1000
    assert list(shown.track) == sorted(shown.track)
    full = timeline_picture(call)
    assert _bars(shown.picture) == _bars(full)


def _bars(picture: Picture) -> list[tuple[tuple[str, str], ...]]:
    """What the bars of a picture are, wherever they stand."""
    return [group.data for group in _groups(picture.shapes) if group.kind == "segment"]


def _groups(shapes: Iterable[Shape]) -> Iterator[Group]:
    for shape in shapes:
        if isinstance(shape, Group):
            yield shape
            yield from _groups(shape.shapes)


@given(cases(), st.integers(0, 100_000))
def test_of_a_call_played_by_hand_nothing_is_drawn_behind_the_moment(case: Case, at: int) -> None:
    session = CallSession(stepping.explicit(case))
    stepping._wait(session, min(at, simulate(case).duration))
    whole = simulate(session.case())
    shown = lanes_so_far(whole, session.at, stepping.ahead(session))
    assert untidy(shown.picture) == []
    (start, left), (end, right) = shown.track
    now = left + (right - left) * (session.at / 1000 - start) / (end - start)
    for group in _groups(shown.picture.shapes):
        if group.kind == "segment":
            assert group.box[2] <= now + 1.5


def test_cards_share_a_clock() -> None:
    calls = [simulate(case) for case in sample(5)]
    longest = max(call.duration for call in calls)
    for call in calls:
        picture = small(call, longest=longest).picture
        assert untidy(picture) == []


@given(cases(), st.integers(0, 50_000))
def test_time_passes_in_a_played_call_as_it_does_in_the_simulation(case: Case, at: int) -> None:
    """Without a choice of its own a played call is the call that runs by itself."""
    call = simulate(case)
    session = stepping.session(case, Played((), at))
    assert [(step.at, step.event) for step in session.steps] == [
        (step.at, step.event) for step in call.steps if step.at <= at
    ]
