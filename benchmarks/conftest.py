"""Speed as ratios in one run: each figure beside its yardstick, medians of interleaved rounds.

A benchmark measures with `compare`, which runs the yardstick and ours in turn, so that a machine
that slows down slows both. pytest-benchmark times ours on its own as well. At the end all ratios
stand in one table with the aim; nothing fails for being slow.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import pytest

_ROWS: list[tuple[str, str, float, float, float, float]] = []

Work = Callable[[], object]


class Compare:
    """Interleaves two pieces of work and keeps the ratio of their medians."""

    def __call__(
        self,
        what: str,
        yardstick: tuple[str, Work],
        ours: Work,
        *,
        aim: float,
        rounds: int = 11,
        calls: int = 1,
    ) -> float:
        name, reference = yardstick
        ours(), reference()
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(rounds):
            for work, spent in zip((reference, ours), times, strict=True):
                start = time.perf_counter()
                work()
                spent.append(time.perf_counter() - start)
        base, own = median(times[0]) / calls, median(times[1]) / calls
        _ROWS.append((what, name, own / base, aim, own, base))
        return own / base


@pytest.fixture
def compare() -> Compare:
    """Measures, and keeps the ratio for the end."""
    return Compare()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _ROWS:
        return
    terminalreporter.section("ratios, ours to the yardstick")
    for what, name, ratio, aim, own, base in _ROWS:
        verdict = "" if ratio <= aim else "   ABOVE THE AIM"
        terminalreporter.write_line(
            f"{what:<44} {ratio:6.2f} x {name} "
            f"(aim {aim:g}; {_time(own)} to {_time(base)}){verdict}"
        )


def _time(seconds: float) -> str:
    if seconds < 1e-3:
        return f"{seconds * 1e6:.2f} us"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
