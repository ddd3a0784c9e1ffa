"""Checking: a folder of ten thousand small cases, and how much of it is not simulating.

The yardstick is reading the same files and simulating them. What checking adds is finding them,
reading what they expect, asking it and summing up.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from callflow.call.loading import case_from_bytes, load_case
from callflow.call.simulator import simulate
from callflow.cli.check import command
from callflow.verify.check import judged
from callflow.verify.expectations import read

COUNT = 10_000
CASE = """\
request:
  virtual_phone_number: "74993720692"
  contact: "79260000000"
  first_call: employee
  contact_message: {type: media, value: "237"}
people:
  contact: {answers_after: %d}
  employee: {answers_after: 6}
expect:
  outcome: conversation
  that:
    - contact hears message for exactly 10
    - employee waits at most 60
    - conversation begins when contact message ends
"""


def texts() -> list[bytes]:
    return [(CASE % (place % 20 + 1)).encode() for place in range(COUNT)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    for place, text in enumerate(texts()):
        (folder / f"{place:05}.yaml").write_bytes(text)
    return folder


def checked(folder: Path, *options: str) -> None:
    arguments = [str(folder), "-o", str(folder / "report"), "-f", "text", *options]
    assert command.main(arguments, standalone_mode=False) == 0
    report = (folder / "report").read_text()
    assert report.startswith(f"{COUNT} cases, {4 * COUNT} expectations: {4 * COUNT} hold")


def test_ten_thousand_cases(benchmark, compare, folder: Path) -> None:  # type: ignore[no-untyped-def]
    files = sorted(map(str, folder.glob("*.yaml")))
    simulating = 0.0

    def simulated() -> None:
        nonlocal simulating
        simulating = 0.0
        for file in files:
            case = load_case(file)
            begun = time.perf_counter()
            simulate(case)
            simulating += time.perf_counter() - begun

    whole = 0.0

    def ours() -> None:
        nonlocal whole
        begun = time.perf_counter()
        checked(folder)
        whole = time.perf_counter() - begun

    reading = ("reading and simulating them", simulated)
    compare("checking a folder of 10 000 cases", reading, ours, aim=2, rounds=3)
    print(f"\noutside the simulation: {100 * (1 - simulating / whole):.1f} % of checking")
    benchmark.pedantic(ours, rounds=1)


def test_ten_thousand_cases_by_two_processes(benchmark, compare, folder: Path) -> None:  # type: ignore[no-untyped-def]
    one = ("one process", lambda: checked(folder))
    compare("  by two processes", one, lambda: checked(folder, "--jobs", "2"), aim=0.7, rounds=3)
    benchmark.pedantic(lambda: checked(folder, "--jobs", "2"), rounds=1)


def test_where_the_time_goes(benchmark, compare) -> None:  # type: ignore[no-untyped-def]
    data = texts()[0]
    case = case_from_bytes(data, "yaml", "case.yaml")
    timeline = simulate(case)
    expected = read(case.expect)

    def reading() -> list[object]:
        return [case_from_bytes(data, "yaml", "case.yaml") for _ in range(200)]

    for what, work, aim in (
        ("  simulating a case", lambda: simulate(case), 0.1),
        ("  reading what it expects", lambda: read(case.expect), 0.2),
        ("  asking that of the call", lambda: judged(expected, timeline), 0.5),
    ):
        compare(
            what,
            ("reading it", reading),
            lambda work=work: [work() for _ in range(200)],
            aim=aim,
            calls=200,
        )
    benchmark.pedantic(lambda: read(case.expect), rounds=20)
