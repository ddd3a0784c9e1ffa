"""``callflow explore --suite DIR``: a test suite for an integration.

A list of steps: count the cases that are there, choose those that are missing, write them, tell.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

import click
from attrs import define, field

from ..api.errors import RequestRefused
from ..api.wire import json_text
from ..call.simulator import simulate
from ..call.timeline import Timeline
from ..draw.grid import Line, Sheet, wrap
from ..draw.palette import Role
from ..errors import CallflowError, UsageError, printable
from ..verify.find import find, is_stranger
from ..verify.report.suites import counted, suite_lines, suite_to_dict
from ..verify.suite import Suite, suite
from ..verify.suite_pages import PAGE, files, is_marked
from .folder import Written, texts, write_folder
from .output import Output
from .reading import Reader, complain, worst
from .repeat import command_for
from .screen import place_of

FORMATS = ("text", "json")


def write_suite(
    folder: str, cover: str, have: Sequence[str], *, form: str, output: str | None
) -> int:
    """Write the suite, and tell what was written.

    Args:
        folder: where to; made if it is missing.
        cover: what its cases exercise.
        have: files and folders of cases that count first.

    Raises:
        UsageError: the folder cannot be written; nothing was.
    """
    if form not in FORMATS:
        raise UsageError(f"what a suite covers is text or json, not {form}")
    if not folder:
        raise UsageError("--suite names no folder")
    there = _Have.read(have, folder)
    if there.statuses:
        click.echo("no suite was written", err=True)
        return worst(there.statuses)
    found = suite(cover, there.calls)
    with Output(output) as out:
        written = write_folder(folder, files(found), is_marked, "an earlier suite")
        if form == "json":
            value = {
                **suite_to_dict(found),
                "folder": folder,
                "refused": there.refused,
                "written": list(written.written),
                "unchanged": list(written.unchanged),
                "removed": list(written.removed),
            }
            out.write(json_text(value, indent=2) + "\n")
            return 0
        place = place_of(None if out.is_file else sys.stdout)
        lines = [
            *suite_lines(found, folder, width=place.width, style=place.style),
            *_told(found, there, written, folder, place.width),
        ]
        out.write(Sheet(tuple(lines)).render(place.style, colours=place.colours))
    return 0


@define
class _Have:
    """The cases that count first.

    Attributes:
        calls: their names and calls.
        refused: names of those that make no call.
        statuses: of those that cannot be read.
    """

    calls: list[tuple[str, Timeline]] = field(factory=list)
    refused: list[str] = field(factory=list)
    statuses: list[int] = field(factory=list)

    @classmethod
    def read(cls, paths: Sequence[str], folder: str) -> _Have:
        """The cases that some paths stand for; files of an earlier suite in ``folder`` are none.

        Raises:
            UsageError: a path cannot be looked into, or holds no case.
        """
        have, reader = cls(), Reader()
        found = find(paths)
        if found.problems:
            raise UsageError("; ".join(found.problems))
        earlier = _suite_in(folder) if paths else frozenset()
        strangers = {
            path
            for path, in_folder in found.files.items()
            if os.path.realpath(path) not in earlier
            and not have.add(path, reader, in_folder=in_folder)
        }
        for named, files_in in found.folders.items():
            if strangers.issuperset(files_in):
                raise UsageError(f"--have {printable(named)}: holds no case")
        return have

    def add(self, path: str, reader: Reader, *, in_folder: bool) -> bool:
        """Count a case; False: the file is none."""
        try:
            self.calls.append((path, simulate(reader.case(path))))
        except CallflowError as error:
            if in_folder and is_stranger(path):
                return False
            if isinstance(error, RequestRefused):
                self.refused.append(path)
            else:
                self.statuses.append(complain(path, error, "counted"))
        return True


def _suite_in(folder: str) -> frozenset[str]:
    """The files of an earlier suite in a folder, which the new one replaces."""
    path = os.path.realpath(folder)
    if not os.path.isdir(path):
        return frozenset()
    try:
        return frozenset(os.path.join(path, name) for name, text in texts(path) if is_marked(text))
    except OSError as error:
        raise UsageError(f"{printable(folder)}: cannot be read: {error.strerror}") from None


def _told(found: Suite, there: _Have, written: Written, folder: str, width: int) -> Iterator[Line]:
    """What was done to the folder."""
    if there.refused:
        text = f"{len(there.refused)} of your own make no call: the API refuses the request"
        yield from wrap([(text, Role.TEXT)], width)
    done = []
    if written.written:
        cases = sum(name != PAGE for name in written.written)
        parts = [*([counted(cases, "case")] if cases else [])]
        parts += [PAGE] if PAGE in written.written else []
        done.append(f"written: {' and '.join(parts)}")
    if written.unchanged:
        done.append(f"as they were: {counted(len(written.unchanged), 'file')}")
    if written.removed:
        done.append(f"removed: {counted(len(written.removed), 'file')} of an earlier suite")
    yield from wrap([("; ".join(done), Role.TEXT)], width)
    if found.cases:
        again = command_for("check", "./-" if folder == "-" else folder)
        yield from wrap([(f"whether they hold: {again}", Role.TEXT)], width)
