"""Pictures beside the simulation: a timeline as SVG from a ready call, and from process start.

The yardstick is the call itself, with both legs and the DTMF marks read, since a picture reads
them. The start is measured with a wheel in an environment of its own, as users have it.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from attrs import evolve

from benchmarks.bench_call import _case
from benchmarks.bench_command import EXAMPLE, WHEEL, process
from callflow import Case, simulate
from callflow.call.loading import load_case
from callflow.call.timeline import Timeline
from callflow.draw.lanes import timeline_svg


def _read(case: Case) -> Timeline:
    timeline = simulate(case)
    assert timeline.contact is not timeline.employee
    assert timeline.dtmf is not None
    return timeline


def _random(count: int) -> list[Case]:
    """Random calls, every third with DTMF: none is drawn twice in a round."""
    dice = random.Random(9)
    cases = [_case(dice) for _ in range(count)]
    for place in range(0, count, 3):
        request = evolve(cases[place].request, dtmf_string="..1.2..3#")
        cases[place] = evolve(cases[place], request=request)
    return cases


@pytest.mark.parametrize("what", ["the example", "random calls"])
def test_a_timeline_from_a_ready_call(benchmark, compare, what: str) -> None:  # type: ignore[no-untyped-def]
    cases = [load_case(str(EXAMPLE))] * 100 if what == "the example" else _random(400)
    calls = [_read(case) for case in cases]
    compare(
        f"timeline as SVG, {what}",
        ("the simulation, legs and marks read", lambda: [_read(case) for case in cases]),
        lambda: [timeline_svg(call) for call in calls],
        aim=20,
        calls=len(cases),
    )
    benchmark.pedantic(lambda: [timeline_svg(call) for call in calls], rounds=5)


@pytest.mark.skipif(not (WHEEL / "callflow").exists(), reason="make wheel-test installs it")
def test_a_timeline_from_process_start(benchmark, compare, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    shutil.copy(EXAMPLE, tmp_path / "first.yaml")
    ours = process(f"{WHEEL}/callflow draw timeline first.yaml | cat", tmp_path)
    text = process(f"{WHEEL}/callflow simulate first.yaml | cat", tmp_path)
    compare(
        "callflow draw timeline CASE | cat",
        ("callflow simulate CASE", text),
        ours,
        aim=1.5,
        rounds=41,
    )
    benchmark.pedantic(ours, rounds=5)
