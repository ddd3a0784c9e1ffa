"""Many cases checked, one after the other or by several processes; they come in the same order.

What came of a case crosses from one process to another as text and data: the call itself stays
where it was simulated. The module writes nothing, and looks at the clock that it is handed.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from attrs import frozen

from ..call.case import Case
from ..draw.grid import IN_FILES, Line, Place, Sheet
from .check import Checked, Result, check
from .chosen import Fewest, Words
from .coverage import Exercised, exercised
from .expectations import Expectation, Unread
from .find import is_stranger
from .junit import Suite
from .report import Counts, Teller, nothing_expected
from .report.data import to_dict

#: From so many files on, only what is not as expected is told of each.
MANY = 50

_NOTHING, _ALL = Counts(), Words()


@frozen(kw_only=True)
class Told:
    """What came of one case.

    Attributes:
        status: what the command line ends with, if this is the worst.
        report: lines on what holds and fails.
        complaint: lines on what could not be read.
        suite: all of it as data; None: that was not asked for.
        stranger: the file was found in a folder and is no case.
        exercised: rules and clauses; None: that was not asked for, or there is no call.
    """

    path: str
    status: int = 0
    counts: Counts = _NOTHING
    report: tuple[Line, ...] = ()
    complaint: tuple[Line, ...] = ()
    suite: Suite | None = None
    stranger: bool = False
    exercised: Exercised | None = None


@frozen(kw_only=True)
class Job:
    """Everything that is to be done with a case; can be handed to another process.

    Attributes:
        load: reads a case; may raise what `call.loading.load_case` raises.
        again: the command that asks of a path what some words choose.
        clock: seconds of any beginning.
        here, there: where reports and where complaints are shown.
        words: which expectations are asked.
        everything: what holds is told, too.
        silent: cases that expect nothing are told.
        data: whether data is wanted beside the text.
        coverage: whether rules and clauses are wanted.
    """

    load: Callable[[str], Case]
    again: Callable[[str, str], str]
    clock: Callable[[], float]
    here: Place
    there: Place
    words: Words = _ALL
    documented_only: bool = False
    everything: bool = False
    silent: bool = False
    data: bool = False
    coverage: bool = False

    def __call__(self, path: str, in_folder: bool = False) -> Told:
        """Check the case in a file, and tell of it."""
        begun = self.clock()
        names: list[str | None] = []

        def load() -> Case:
            case = self.load(path)
            names.append(case.name)
            return case

        def chosen(one: Expectation | Unread) -> bool:
            return self.words.choose(path, names[0] if names else None, one)

        checked = check(path, load, documented_only=self.documented_only, chosen=chosen)
        if in_folder and checked.may_be_no_case and is_stranger(path):
            return Told(path=path, stranger=True)
        try:
            return self._told(checked, begun)
        except Exception as fault:  # noqa: BLE001 - ours, whatever it is; the other cases still run
            fault_of_ours = Checked(path=path, fault=f"{type(fault).__name__}: {fault}")
            return self._told(fault_of_ours, begun)

    def _told(self, checked: Checked, begun: float) -> Told:
        again = self._again(checked)
        here, there = Teller(self.here, again), Teller(self.there, again)
        report = list(here.results(checked, everything=self.everything))
        if self.silent and not report and nothing_expected(checked):
            report = list(here.nothing_expected(checked))
        return Told(
            path=checked.path,
            status=checked.exit_status,
            counts=Counts.of(checked),
            report=tuple(report),
            complaint=tuple(there.complaints(checked)),
            suite=self._suite(checked, again, begun) if self.data else None,
            exercised=self._exercised(checked),
        )

    def _exercised(self, checked: Checked) -> Exercised | None:
        if not self.coverage or checked.timeline is None:
            return None
        return exercised(checked.path, checked.timeline)

    def _again(self, checked: Checked) -> Callable[[Result], str]:
        """The command that asks for one of the results again."""
        name = checked.timeline.case.name if checked.timeline else None
        fewest = Fewest(checked.path, name, [one.expectation for one in checked.results])
        return lambda result: self.again(checked.path, fewest.words(result.expectation))

    def _suite(self, checked: Checked, again: Callable[[Result], str], begun: float) -> Suite:
        teller = Teller(IN_FILES, again)
        texts = [Sheet(tuple(teller.result(checked, one))).plain() for one in checked.results]
        return Suite(
            case=to_dict(checked),
            texts=texts,
            complaint=Sheet(tuple(teller.complaints(checked))).plain(),
            taken=self.clock() - begun,
        )


def run(files: Mapping[str, bool], job: Job, jobs: int = 1) -> Iterator[Told]:
    """What came of each file, in their order, as soon as it is known.

    Args:
        files: paths, and whether each was only found in a folder.
        jobs: how many processes work on them; with one, that is this one.
    """
    jobs = min(jobs, len(files))
    if jobs < 2:
        yield from (job(path, in_folder) for path, in_folder in files.items())
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    others = {path: in_folder for path, in_folder in files.items() if path != "-"}
    pool = ProcessPoolExecutor(jobs, get_context("spawn"))
    try:
        with _undisturbed():
            size = max(1, min(32, len(others) // (4 * jobs)))
            told = pool.map(job, others, others.values(), chunksize=size)
        for path in files:  # standard input stays with this process
            yield next(told) if path in others else job(path)
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """While processes start: they leave Ctrl-C to this one, which tells what was finished."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
