"""What the fixture ``callflow`` can do: simulate and check calls in tests that are Python.

What does not hold is told as `callflow check` tells it. The module judges nothing by itself.
"""

from __future__ import annotations

import os
import shlex
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve

from ..call.case import Case
from ..call.loading import case_from_mapping, case_to_dict, load_case
from ..call.loading.tree import Source
from ..call.loading.value_reader import read as tree_of
from ..call.simulator import simulate
from ..call.timeline import Timeline
from ..draw.grid import Sheet
from ..errors import CallflowError, UsageError
from ..verify.check import Checked, asked, judged
from ..verify.expectations import read
from ..verify.report import Teller
from . import DOCUMENTED_ONLY, CallflowWarning, terminal
from .told import Terminal

if TYPE_CHECKING:
    import pytest

#: What a case can be made of: the path of a file, a mapping laid out as one, or a case.
CaseLike = str | os.PathLike[str] | Mapping[str, Any] | Case

_INDENT = 6  # what pytest writes before each line of an error


class Callflow:
    """Calls for tests: the fixture ``callflow`` is one of these. It keeps nothing between tests.

    Paths are relative to the file of the test. What goes wrong is told at the line of the test:
    nobody is led through our own.
    """

    def __init__(self, config: pytest.Config, folder: Path) -> None:
        self._config = config
        self._folder = folder

    def __repr__(self) -> str:
        return f"Callflow({os.path.relpath(self._folder)!r})"

    def case(self, source: CaseLike, *settings: str) -> Case:
        """A case.

        Args:
            source: the path of a case file, a mapping laid out as one, or a case.
            settings: changes, each ``PATH=VALUE`` as for ``--set``; nothing after ``=`` leaves the
                key out.

        Raises:
            CaseError: it is no case; holds every problem with its place.
            RequestRefused: the API would refuse the request.
            UsageError: the file cannot be read, or a setting is none.
        """
        __tracebackhide__ = True
        try:
            return self._case(source, settings)
        except CallflowError as error:
            raise error.with_traceback(None) from None

    def simulate(self, source: CaseLike, *settings: str) -> Timeline:
        """The call that a case makes.

        Args:
            source, settings: as for `case`.

        Raises:
            CaseError, RequestRefused, UsageError: as `case` raises them.
        """
        __tracebackhide__ = True
        return simulate(self.case(source, *settings))

    def check(
        self,
        call: CaseLike | Timeline,
        *sentences: str,
        documented_only: bool | None = None,
    ) -> None:
        """Ask a call whether sentences hold; without any, whether its case's ``expect:`` does.

        Args:
            call: what `simulate` returned, or what it takes.
            sentences: as they stand under ``that:`` in a case file.
            documented_only: what holds and rests on an inference fails, too; None: as the setting
                ``callflow_documented_only`` says.

        Raises:
            AssertionError: one does not hold; told as `callflow check` tells it.
            UsageError: a sentence cannot be read, or nothing is expected.
            CaseError, RequestRefused: as `case` raises them; a refusal that is expected is none.
        """
        __tracebackhide__ = True
        if documented_only is None:
            documented_only = self._config.getini(DOCUMENTED_ONLY)
        checked = self._checked(call, sentences, documented_only)
        if checked.error is not None:
            raise checked.error.with_traceback(None)
        if checked.refused is not None and checked.unexpected_refusal:
            raise checked.refused.with_traceback(None)
        if checked.unread:
            raise UsageError(self._told("a sentence cannot be read", checked, unread=True))
        if not checked.results:
            raise UsageError(
                f"{checked.path}: nothing is expected; write sentences, or expect: in the case"
            )
        for result in checked.warnings:
            said = f"{result.expectation.text}: {result.verdict.said}"
            warnings.warn(CallflowWarning(said), stacklevel=2)
        if checked.failures:
            raise AssertionError(self._told(_sum(checked), checked))

    def _case(self, source: CaseLike, settings: tuple[str, ...]) -> Case:
        if isinstance(source, str | os.PathLike):
            return load_case(self._path(source), settings=settings)
        if isinstance(source, Case):
            if not settings:
                return source
            source = case_to_dict(source)
        return case_from_mapping(source, settings=settings, folder=str(self._folder))

    def _checked(
        self, call: CaseLike | Timeline, sentences: tuple[str, ...], documented_only: bool
    ) -> Checked:
        name = self._name(call)
        if not sentences:
            return asked(
                name,
                lambda: call.case if isinstance(call, Timeline) else self._case(call, ()),
                documented_only=documented_only,
            )
        timeline = call if isinstance(call, Timeline) else self.simulate(call)
        tree, _ = tree_of({"that": sentences}, Source(None))
        expected = read(tree)
        return Checked(
            path=name,
            timeline=timeline,
            results=judged(expected, timeline, documented_only=documented_only),
            unread=expected.unread,
        )

    def _path(self, path: str | os.PathLike[str]) -> str:
        return os.path.relpath(self._folder / path)

    def _name(self, call: CaseLike | Timeline) -> str:
        """What stands beside what fails."""
        if isinstance(call, str | os.PathLike):
            return self._path(call)
        case = call.case if isinstance(call, Timeline) else call
        name = case.name if isinstance(case, Case) else case.get("name")
        return str(name or "the call")

    def _told(self, first: str, checked: Checked, *, unread: bool = False) -> str:
        """What is wrong, as the text of an error: what cannot be read, or what does not hold."""
        here = Terminal(*terminal(self._config))
        place = here._replace(marked=False, width=here.width - _INDENT).place()
        teller = Teller(place, lambda _: self._again())
        failing = evolve(checked, results=checked.failures)
        lines = teller.complaints(checked) if unread else teller.results(failing)
        return f"{first}\n\n{Sheet(tuple(lines)).plain()}"

    def _again(self) -> str:
        """The command that runs the test again, as pytest says which one is running."""
        running, _, _ = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" (")
        path, colons, test = running.partition("::")
        return shlex.join(["pytest", os.path.relpath(self._config.rootpath / path) + colons + test])


def _sum(checked: Checked) -> str:
    failing, every = len(checked.failures), len(checked.results)
    return f"{failing} of {every} expectations {'does' if failing == 1 else 'do'} not hold"
