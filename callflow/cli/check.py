"""``callflow check``: does it hold?

A list of steps: find the cases, check each, tell of each as it is done, sum up.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any

import click
from attrs import define, field, frozen

from ..api.wire import json_text
from ..draw.grid import Line, Place, Sheet
from ..draw.palette import Role
from ..errors import UsageError, printable
from ..verify.chosen import Words
from ..verify.find import Found, find
from ..verify.junit import Suite, junit_xml
from ..verify.report import Counts, summary, total
from ..verify.report.data import run_to_dict
from ..verify.run import MANY, Job, Told, run
from .options import case_options, chosen_format, format_option, output_option
from .output import Output
from .progress import Progress
from .reading import Reader, worst
from .repeat import command_for
from .screen import place_of

FORMATS = ("text", "json")
INTERRUPTED = 130


class _Jobs(click.ParamType[int]):
    """How many processes: a number, or ``auto`` for as many as there are processors."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; 0 means auto, too."""
        text = "0" if value == "auto" else str(value)
        if not (text.isascii() and text.isdigit() and len(text) < 6):
            told = f"must be a whole number or auto, not {printable(text)}"
            raise click.BadParameter(told, ctx=ctx, param=param)
        return int(text) or os.cpu_count() or 1


@click.command("check", short_help="Does it hold?")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "-k",
    "words",
    metavar="WORDS",
    help="Ask only what has all these words in its file and line (first.yaml:31), the name of its "
    "case or its sentence. A number is found as a whole: 15 is not in 155.",
)
@click.option("-x", "stop", is_flag=True, help="Stop after the first case that fails.")
@click.option(
    "--jobs",
    type=_Jobs(),
    metavar="N|auto",
    default="1",
    help="So many processes; what is told stays in the order of the paths.",
)
@click.option(
    "--documented-only",
    is_flag=True,
    help="What holds and rests on an inference fails, too, and says on which.",
)
@click.option("--junit", metavar="FILE", help="Write JUnit XML to FILE, whole or not at all.")
@click.option("-v", "verbose", is_flag=True, help="List what holds, too.")
@format_option(*FORMATS)
@output_option()
@case_options
def command(
    *,
    paths: tuple[str, ...],
    words: str | None,
    stop: bool,
    jobs: int,
    documented_only: bool,
    junit: str | None,
    verbose: bool,
    form: str | None,
    output: str | None,
    settings: tuple[str, ...],
    account: str | None,
    input_format: str | None,
) -> int:
    """Does it hold?

    Checks what the cases in PATH... expect of their calls (under expect:), and tells of each
    failure what happened instead, when, and which clause of the source stands behind it. PATH is a
    case, a folder, or - for standard input. In a folder all .yaml, .yml, .json and .toml files are
    checked, those of its folders too; files that are no cases are skipped and counted.
    """
    form = chosen_format(form, output, FORMATS)
    if output is not None and output == junit:
        raise UsageError(f"{output}: -o and --junit cannot both write to one file")
    reader = Reader(settings=settings, account=account, input_format=input_format)
    found = find(paths)
    with Output(output) as out, Output(junit) as xml:
        job = Job(
            load=reader.case,
            again=_Again(settings, account, input_format, documented_only),
            clock=time.perf_counter,
            here=place_of(None if out.is_file else sys.stdout),
            there=place_of(sys.stderr),
            words=Words.of(words),
            documented_only=documented_only,
            everything=verbose,
            silent=verbose or 1 < len(found.files) < MANY,
            data=form == "json" or junit is not None,
        )
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
        if form == "json":
            out.write(json_text(whole.to_dict(seconds), indent=2) + "\n")
        if junit is not None:
            xml.write(junit_xml(whole.suites, seconds, whole.problems))
    return whole.exit_status


@frozen
class _Again:
    """The command that asks what some words choose of one path, under the same options."""

    settings: tuple[str, ...]
    account: str | None
    input_format: str | None
    documented_only: bool

    def __call__(self, path: str, words: str) -> str:
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

    def add(self, told: Told) -> None:
        """Take what came of a case."""
        self.statuses.append(told.status)
        if told.stranger:
            self.strangers.add(told.path)
            return
        self.parts.append(told.counts)
        if told.suite is not None:
            self.suites.append(told.suite)

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
                yield (
                    f"{printable(folder)}: holds no case; a case is a .yaml, .yml, .json or .toml "
                    "file with a request"
                )
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
