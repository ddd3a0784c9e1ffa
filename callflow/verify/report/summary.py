"""The sums of a run, and the line that ends its report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import asdict, fields, frozen

from ...draw.grid import Line, Sheet, line, wrap
from ...draw.palette import Role
from ...draw.wording import many
from ..check import Checked
from ..verdict import Status
from .telling import WIDEST, nothing_expected


@frozen(kw_only=True)
class Counts:
    """How many of what; sums of them add up.

    Attributes:
        cases: files that are a case, or were to be one.
        expectations: that were asked.
        hold, fail, undocumented, warn: how they came out; undocumented: held, and not for good.
        unread: things under ``expect:`` that cannot be read.
        silent: cases that expect nothing.
        unreadable: files that are no case.
        refused: requests that the API refuses though a call was expected.
        faults: of our own.
        skipped: expectations that were not asked for.
    """

    cases: int = 0
    expectations: int = 0
    hold: int = 0
    fail: int = 0
    undocumented: int = 0
    warn: int = 0
    unread: int = 0
    silent: int = 0
    unreadable: int = 0
    refused: int = 0
    faults: int = 0
    skipped: int = 0

    @classmethod
    def of(cls, checked: Checked) -> Counts:
        """Those of one case. One of which nothing was asked for is not counted as a case."""
        failures = [result.status for result in checked.failures]
        return cls(
            cases=int(not checked.deselected),
            expectations=len(checked.results),
            hold=sum(result.status is Status.HOLDS for result in checked.results),
            fail=failures.count(Status.FAILS),
            undocumented=failures.count(Status.UNDOCUMENTED),
            warn=len(checked.warnings),
            unread=len(checked.unread),
            silent=int(nothing_expected(checked)),
            unreadable=int(checked.error is not None),
            refused=int(checked.unexpected_refusal),
            faults=int(checked.fault is not None),
            skipped=checked.skipped,
        )

    def to_dict(self) -> dict[str, int]:
        """By name."""
        return asdict(self)


_NAMES = tuple(field.name for field in fields(Counts))


def total(counts: Iterable[Counts]) -> Counts:
    """The sum of several."""
    sums = dict.fromkeys(_NAMES, 0)
    for one in counts:
        for name in _NAMES:
            sums[name] += getattr(one, name)
    return Counts(**sums)


def summary(
    counts: Counts,
    seconds: float,
    *,
    width: int,
    strangers: int = 0,
    notes: Iterable[str] = (),
) -> Sheet:
    """How a run came out: sums and its time, then what else is to be known, one thing a line.

    Args:
        seconds: how long it took.
        strangers: files of folders that are no cases.
        notes: what else is to be said.
    """
    width = min(width, WIDEST)
    bad = counts.fail or counts.undocumented or counts.unread or counts.unreadable
    bad = bad or counts.refused or counts.faults
    role = Role.FAILURE if bad else Role.STRONG
    lines: list[Line] = list(wrap([(_sums(counts), role)], width))
    time = f"{seconds:.2f} s"
    taken = sum(len(text) for text, _ in lines[-1])
    if taken + 2 + len(time) <= width:
        blanks = " " * (width - taken - len(time))
        lines[-1] = (*lines[-1], (blanks + time, Role.TEXT))
    else:
        lines.append(line([(time.rjust(width), Role.TEXT)]))
    for note in (*_others(counts, strangers), *notes):
        lines += wrap([(note, Role.TEXT)], width)
    return Sheet(tuple(lines))


def _sums(counts: Counts) -> str:
    cases = many(counts.cases, "case")
    if not counts.expectations:
        silent = counts.silent and counts.silent == counts.cases
        nothing = "nothing is expected" if silent else "nothing was asked"
        return f"{cases}: {nothing}"
    told = [
        _verb(counts.hold, "holds", "hold"),
        _verb(counts.fail, "fails", "fail"),
        _verb(counts.undocumented, "rests on an inference", "rest on an inference"),
        _verb(counts.warn, "warns", "warn"),
    ]
    came_out = ", ".join(filter(None, told))
    return f"{cases}, {many(counts.expectations, 'expectation')}: {came_out}"


def _others(counts: Counts, strangers: int) -> Iterator[str]:
    """What the sums leave out."""
    if counts.unread:
        yield f"{many(counts.unread, 'expectation')} cannot be read"
    if counts.unreadable:
        yield f"{many(counts.unreadable, 'file')} cannot be read as a case"
    if counts.refused:
        requests = "request is" if counts.refused == 1 else "requests are"
        yield f"{counts.refused} {requests} refused by the API, and that is not expected"
    if counts.faults:
        yield f"{many(counts.faults, 'fault')} of callflow itself"
    if counts.silent and counts.cases > counts.silent:
        yield f"{many(counts.silent, 'case')} without any expectation"
    if counts.skipped:
        yield f"{many(counts.skipped, 'expectation')} left out by -k"
    if strangers:
        are = "file that is no case was" if strangers == 1 else "files that are no cases were"
        yield f"{strangers} {are} skipped"


def _verb(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}" if count else ""
