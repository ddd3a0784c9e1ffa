"""A case file collected: a test for each expectation, or for what keeps it from being asked.

A case is checked when it is collected, which takes no longer than reading it; its tests tell what
came of it. Nothing wrong with a case ends the collection: it is a test that fails, and the others
still run. The module judges nothing by itself, `verify.check` does.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from ..call.loading import load_case
from ..draw.grid import Line
from ..errors import UsageError, nearest, printable
from ..verify.check import Checked, Result, asked
from ..verify.find import HOLDS_NO_CASE, find, is_stranger
from ..verify.report import Teller, nothing_expected
from . import DOCUMENTED_ONLY, FOLDERS, CallflowWarning
from .told import Crash, keyword, told

#: What a test is called that asks nothing of a call but that there is one.
MAKES_A_CALL = "makes a call"
HOLDS_A_CASE = "holds a case"

#: A name is cut to this many characters: a sentence that cannot be read may be anything.
_LONGEST = 120


class Finding(Exception):
    """Ends a test that fails; what is told of it, the test knows."""


class CaseFile(pytest.File):
    """One case.

    Attributes:
        named: whether its name says that it is one; a file that was only found in a folder may be
            anything.
    """

    named = True

    def collect(self) -> Iterator[pytest.Item]:
        """The tests, in the order in which `callflow check` tells of them."""
        path = os.path.relpath(self.path)
        documented_only: bool = self.config.getini(DOCUMENTED_ONLY)
        try:
            checked = asked(path, lambda: load_case(path), documented_only=documented_only)
        except Exception as fault:  # noqa: BLE001 - ours, whatever it is; the other cases still run
            checked = Checked(path=path)
            yield Fault.from_parent(self, name=MAKES_A_CALL, checked=checked, fault=fault)
            return
        if self.named or not (checked.may_be_no_case and is_stranger(path)):
            yield from self._items(checked)

    def _items(self, checked: Checked) -> Iterator[pytest.Item]:
        names = _Names()
        if checked.error or checked.unexpected_refusal or nothing_expected(checked):
            whole = evolve(checked, unread=())
            yield Call.from_parent(self, name=names.own(MAKES_A_CALL), checked=whole)
        for result in checked.results:
            name = names.own(
                ("warn: " if result.expectation.warns else "") + result.expectation.text
            )
            yield Expectation.from_parent(self, name=name, checked=checked, result=result)
        for one in checked.unread:
            part = Checked(path=checked.path, timeline=checked.timeline, unread=(one,))
            yield Call.from_parent(self, name=names.own(one.text or one.path), checked=part)


class _Names:
    """The names of one file's tests: each on one line, and each once."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def own(self, text: str) -> str:
        """A name that says ``text``; the second one that does so ends in ``(2)``."""
        name = re.sub("::+", ":", printable(" ".join(text.split()))) or "an empty text"
        if len(name) > _LONGEST:
            name = name[: _LONGEST - 1] + "…"
        free, number = name, 1
        while free in self.taken:
            number += 1
            free = f"{name} ({number})"
        self.taken.add(free)
        return free


# ------------------------------------------------------------------------------------------ tests


class _Test(pytest.Item):
    """One thing that is to hold of a case.

    Attributes:
        checked: the case.
    """

    def __init__(self, *, checked: Checked, **node: Any) -> None:
        super().__init__(**node)
        self.checked = checked
        self.add_marker(pytest.mark.callflow)
        if checked.timeline is not None and checked.timeline.case.name:
            self.extra_keyword_matches.add(checked.timeline.case.name)
        line, _ = self.crash
        if line is not None:
            self.extra_keyword_matches.add(keyword(line))

    @property
    def crash(self) -> tuple[int | None, str]:
        """The line where something is wrong, and what, on one line."""
        raise NotImplementedError

    def tell(self, teller: Teller) -> Iterator[Line]:
        """What is wrong, in full."""
        raise NotImplementedError

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where pytest says that it stands, and what it calls it above a failure."""
        line, _ = self.crash
        return self.path, (line or 1) - 1, f"{self.path.name}: {self.name}"

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The failure as `callflow check` tells it; a fault of ours with its traceback."""
        if not isinstance(excinfo.value, Finding | CallflowWarning):
            return super().repr_failure(excinfo, style)
        line, said = self.crash
        try:
            crash = Crash(os.path.relpath(self.path), line or 1, said)
            return told(self.tell, self.name, self.config, crash)
        except Exception as fault:  # noqa: BLE001 - ours, whatever it is; the other cases still run
            return _of_ours(fault, self)


class Expectation(_Test):
    """An expectation that was asked: it holds, fails, or warns."""

    def __init__(self, *, result: Result, **test: Any) -> None:
        self.result = result
        super().__init__(**test)

    def runtest(self) -> None:
        """Fail or warn, if it does not hold."""
        if self.result.fails:
            raise Finding
        if self.result.warns:
            self.warn(
                CallflowWarning(f"{self.result.expectation.text}: {self.result.verdict.said}")
            )

    @property
    def crash(self) -> tuple[int | None, str]:
        """The expectation's line, and what happened instead."""
        return self.result.expectation.line, self.result.verdict.said

    def tell(self, teller: Teller) -> Iterator[Line]:
        """The failure, from its sentence to the command that runs it again."""
        return teller.result(self.checked, self.result)


class Call(_Test):
    """A case that is to make a call, or a part of it that is to be read."""

    def runtest(self) -> None:
        """Fail, if there is no call, or nothing that can be asked of it."""
        if self.checked.exit_status:
            raise Finding

    @property
    def crash(self) -> tuple[int | None, str]:
        """The first problem."""
        for problem in self.checked.problems:
            return problem.line, problem.message
        refused = self.checked.refused
        if refused is not None:
            return None, f"the API refuses it: {refused.error.mnemonic}"
        return None, str(self.checked.error or "")

    def tell(self, teller: Teller) -> Iterator[Line]:
        """Every problem with its place."""
        return teller.complaints(self.checked)


class Fault(_Test):
    """A case that cannot be checked because of a fault of ours."""

    def __init__(self, *, fault: Exception, **test: Any) -> None:
        super().__init__(**test)
        self.fault = fault
        self.traceback = fault.__traceback__

    @property
    def crash(self) -> tuple[int | None, str]:
        """No line of the case is at fault."""
        return None, "a fault of callflow itself"

    def runtest(self) -> None:
        """Fail."""
        raise self.fault

    def repr_failure(self, *_: Any, **__: Any) -> Any:
        """The fault where it happened, not where it is told."""
        return _of_ours(self.fault.with_traceback(self.traceback), self)


def _of_ours(fault: Exception, item: pytest.Item) -> Any:
    """A fault of ours, with all that helps to find it."""
    style = item.config.getoption("tbstyle")
    shown = pytest.ExceptionInfo.from_exception(fault).getrepr(
        style="long" if style == "auto" else style, chain=True
    )
    shown.addsection("callflow", "a fault of callflow itself; please report it", "-")
    return shown


# ------------------------------------------------------------------------------------- the setting


def empty_folders(
    session: pytest.Session, folders: Iterable[Path], items: Iterable[pytest.Item]
) -> Iterator[pytest.Item]:
    """A failure for each folder of the setting that is none, or that holds no case.

    Args:
        items: the tests that were found; a folder with one of ours needs no second look.
    """
    found = {item.path for item in items if isinstance(item, _Test)}
    for folder in folders:
        if any(path.is_relative_to(folder) for path in found):
            continue
        problem = _problem(folder)
        if problem:
            place = os.path.relpath(session.config.inipath or folder)
            shown = os.path.relpath(folder, session.config.rootpath)
            error = UsageError(f"{printable(place)}: {FOLDERS}: {printable(shown)} {problem}")
            yield Call.from_parent(
                session,
                name=HOLDS_A_CASE,
                path=folder,
                nodeid=f"{shown}::{HOLDS_A_CASE}",
                checked=Checked(path=shown, error=error),
            )


def _problem(folder: Path) -> str:
    if not folder.is_dir():
        beside = [one.name for one in folder.parent.glob("*/")]
        near = nearest(folder.name, beside)
        return "is no folder" + (f"; did you mean {near}?" if near else "")
    found = find([str(folder)])
    if found.problems:
        return "cannot be read"
    if all(map(is_stranger, found.files)):
        return HOLDS_NO_CASE
    return ""
