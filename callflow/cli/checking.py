"""One run over many cases: each is told as it is done, and all of them are summed up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click
from attrs import define, evolve, field, frozen

from ..api.wire import json_text
from ..draw.grid import Line, Place, Sheet
from ..draw.palette import Role
from ..errors import printable
from ..verify.chosen import Words
from ..verify.coverage import Coverage, Exercised
from ..verify.find import HOLDS_NO_CASE, Found
from ..verify.junit import Suite, junit_xml
from ..verify.report import Counts, summary, total
from ..verify.report.covered import coverage_text
from ..verify.report.data import run_to_dict
from ..verify.run import MANY, Job, Told, run
from .output import Output
from .progress import Progress
from .reading import worst
from .repeat import command_for

INTERRUPTED = 130


def check_all(
    found: Found, job: Job, out: Output, xml: Output, *, form: str, jobs: int, stop: bool
) -> int:
    """Check every file and tell of it; the worst status, or 130 when it is interrupted.

    Args:
        out, xml: where the answer and JUnit XML go; no XML is written to standard output.
        form: ``text`` or ``json``.
        jobs: how many processes.
        stop: after the first case whose status is not 0.
    """
    job = evolve(job, silent=job.everything or 1 < len(found.files) < MANY)
    page = _Page(out=out, here=job.here, there=job.there, text=form == "text")
    whole = _Whole(found=found, words=job.words, begun=job.clock())
    try:
        with Progress(len(found.files), MANY) as progress:
            for told in run(found.files, job, jobs):
                whole.add(told)
                with progress.stepping(aside=page.wants(told)):
                    page.tell(told)
                if stop and told.status:
                    break
    except KeyboardInterrupt:
        whole.interrupted = True
    seconds = job.clock() - whole.begun
    page.end(whole, seconds)
    if whole.interrupted:
        return INTERRUPTED
    if job.coverage and page.text:
        page.coverage(whole.coverage)
    if form == "json":
        value = whole.to_dict(seconds)
        if job.coverage:
            value["coverage"] = whole.coverage.to_dict()
        out.write(json_text(value, indent=2) + "\n")
    if xml.is_file:
        xml.write(junit_xml(whole.suites, seconds, whole.problems))
    return whole.exit_status


@frozen
class Again:
    """The command that asks what some words choose of one path, under the same options."""

    settings: tuple[str, ...]
    account: str | None
    input_format: str | None
    documented_only: bool

    def __call__(self, path: str, words: str) -> str:
        """The command, quoted."""
        options = ["--documented-only"] if self.documented_only else []
        for name, value in (("account", self.account), ("input-format", self.input_format)):
            options += [f"--{name}", value] if value is not None else []
        return command_for("check", path, self.settings, [*options, "-k", words])


@define(kw_only=True)
class _Whole:
    """A run so far."""

    found: Found
    words: Words
    begun: float
    interrupted: bool = False
    statuses: list[int] = field(factory=list)
    parts: list[Counts] = field(factory=list)
    suites: list[Suite] = field(factory=list)
    strangers: set[str] = field(factory=set)
    exercised: list[Exercised] = field(factory=list)
    refused: list[str] = field(factory=list)

    def add(self, told: Told) -> None:
        """Take what came of a case."""
        self.statuses.append(told.status)
        if told.stranger:
            self.strangers.add(told.path)
            return
        self.parts.append(told.counts)
        if told.exercised is not None:
            self.exercised.append(told.exercised)
        elif not told.counts.unreadable:
            self.refused.append(told.path)
        if told.suite is not None:
            self.suites.append(told.suite)

    @property
    def coverage(self) -> Coverage:
        """What the cases exercise."""
        return Coverage(tuple(self.exercised), tuple(self.refused))

    @property
    def left(self) -> int:
        """How many files were not looked at."""
        return len(self.found.files) - len(self.statuses)

    @property
    def counts(self) -> Counts:
        """The sums of all cases."""
        return total(self.parts)

    @property
    def problems(self) -> list[str]:
        """What is wrong with what was asked for."""
        return [*self.found.problems, *self._empty()]

    def _empty(self) -> Iterator[str]:
        """Who asks for nothing at all must not take that for a yes."""
        if self.left:
            return
        for folder, files in self.found.folders.items():
            if all(file in self.strangers for file in files):
                yield f"{printable(folder)}: {HOLDS_NO_CASE}"
        counts = self.counts
        if counts.skipped and not (counts.expectations or counts.unread or counts.refused):
            words = printable(" ".join(self.words.words))
            yield f"-k {words}: none of {counts.skipped} expectations has all these words"

    @property
    def exit_status(self) -> int:
        """The worst of all."""
        return worst([*self.statuses, 2 if self.problems else 0])

    @property
    def notes(self) -> Iterator[str]:
        """What a summary says beside its sums."""
        if self.interrupted:
            yield f"interrupted: {self.left} of {_files(len(self.found.files))} not checked"
        elif self.left:
            yield f"stopped after the first case that fails: {_files(self.left)} not checked"

    def to_dict(self, seconds: float) -> dict[str, Any]:
        """As it stands in the JSON."""
        return run_to_dict(
            (suite.case for suite in self.suites),
            self.counts,
            exit_status=self.exit_status,
            taken=seconds,
            strangers=len(self.strangers),
            problems=self.problems,
        )


def _files(count: int) -> str:
    return "1 file was" if count == 1 else f"{count} files were"


@define(kw_only=True)
class _Page:
    """Where a run is told: reports on one stream, complaints on the other; blocks stand apart."""

    out: Output
    here: Place
    there: Place
    text: bool
    _above: dict[str, int] = field(factory=dict)

    def wants(self, told: Told) -> bool:
        """Whether there is anything to tell of a case."""
        return self.text and bool(told.report or told.complaint)

    def tell(self, told: Told) -> None:
        """Tell of a case what fails, and what cannot be read."""
        if self.text:
            self._complain(told.complaint)
            self._report(told.report)

    def end(self, whole: _Whole, seconds: float) -> None:
        """Tell how the run came out."""
        if self.text:
            self._complain(tuple(((problem, Role.TEXT),) for problem in whole.problems))
            sheet = summary(
                whole.counts,
                seconds,
                width=self.here.width,
                strangers=len(whole.strangers),
                notes=whole.notes,
            )
            self._report(sheet.lines)
        elif whole.interrupted:
            self._complain(tuple(((note, Role.TEXT),) for note in whole.notes))

    def coverage(self, coverage: Coverage) -> None:
        """Tell what the cases exercise."""
        sheet = coverage_text(coverage, width=self.here.width, style=self.here.style)
        self._report(sheet.lines)

    def _report(self, lines: Sequence[Line]) -> None:
        if lines:
            gap = self._gap("report", len(lines))
            self.out.write(_shown((*gap, *lines), self.here))

    def _complain(self, lines: Sequence[Line]) -> None:
        if lines:
            gap = self._gap("complaint", len(lines))
            self.out.flush()
            click.echo(_shown((*gap, *lines), self.there), err=True, nl=False)

    def _gap(self, kind: str, height: int) -> Sequence[Line]:
        """An empty line before a block, unless it is a line that follows a line."""
        if self.here == self.there:  # one terminal shows both
            kind = "both"
        above = self._above.get(kind, 0)
        self._above[kind] = height
        return ((),) if above and (above > 1 or height > 1) else ()


def _shown(lines: Sequence[Line], place: Place) -> str:
    return Sheet(tuple(lines)).render(place.style, colours=place.colours)
