"""A case checked: each of its expectations with what came of it.

The module reads no file and writes no word for people: `reading` hands it cases, `report` tells
what came out.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from ..api.errors import RequestRefused
from ..call.case import Case
from ..call.simulator import simulate
from ..call.timeline import Timeline
from ..errors import CallflowError, CaseError, Problem, UsageError, printable
from .expectations import Expectation, Expectations, Unread, read
from .verdict import Status, Verdict


@frozen(kw_only=True)
class Result:
    """One expectation and what came of it."""

    expectation: Expectation
    verdict: Verdict
    status: Status

    @property
    def fails(self) -> bool:
        """Whether the case fails by it; a warning never does that."""
        return self.status is not Status.HOLDS and not self.expectation.warns

    @property
    def warns(self) -> bool:
        """Whether it is a warning that came true."""
        return self.status is not Status.HOLDS and self.expectation.warns


@frozen(kw_only=True)
class Checked:
    """One case and everything that came of checking it.

    Attributes:
        path: as it was given.
        timeline: the call; None: there is none.
        refused: the API's refusal; None: it accepts the request, or there is no case.
        unexpected_refusal: the API refuses a request that was to make a call.
        results: of the expectations that were asked, in their order.
        unread: what under ``expect:`` cannot be read, of what was asked for.
        expected: how many expectations were asked for, also of a call that there is not.
        skipped: how many were not.
        expected_keys: the keys that stand under ``expect:`` and can be read, asked or not.
        error: why the file is no case; None: it is one.
        fault: a fault of our own, in one line; None: there was none.
    """

    path: str
    timeline: Timeline | None = None
    refused: RequestRefused | None = None
    unexpected_refusal: bool = False
    results: tuple[Result, ...] = ()
    expected_keys: frozenset[str] = frozenset()
    unread: tuple[Unread, ...] = ()
    expected: int = 0
    skipped: int = 0
    error: CallflowError | None = None
    fault: str | None = None

    @property
    def failures(self) -> tuple[Result, ...]:
        """The expectations by which it fails."""
        return tuple(result for result in self.results if result.fails)

    @property
    def warnings(self) -> tuple[Result, ...]:
        """The expectations that warn."""
        return tuple(result for result in self.results if result.warns)

    @property
    def may_be_no_case(self) -> bool:
        """Whether its file may be anything: what stands there makes no case, or no good request."""
        unreadable = self.error is not None and not isinstance(self.error, UsageError)
        return unreadable or self.unexpected_refusal

    @property
    def deselected(self) -> bool:
        """Whether it expects something, and nothing of it was asked for."""
        return bool(self.skipped) and not self.expected and not self.unread

    @property
    def exit_status(self) -> int:
        """What the command line ends with: 0, 1, 2, 3 or 70."""
        if self.fault is not None:
            return 70
        if self.error is not None or self.unread:
            return 2
        if self.unexpected_refusal:
            return 3
        return 1 if self.failures else 0

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that could not be read, with its place."""
        found = self.error.problems if isinstance(self.error, CaseError) else ()
        return (*found, *(one.problem(self.path) for one in self.unread))


#: Which expectations are asked, and which of those that cannot be read are told.
Chosen = Callable[[Expectation | Unread], bool]


def check(
    path: str,
    load: Callable[[], Case],
    *,
    documented_only: bool = False,
    chosen: Chosen = lambda _: True,
) -> Checked:
    """One case checked; whatever is wrong with it is part of the answer, and nothing is raised.

    Args:
        path: how the case is called.
        load: reads it; may raise what `call.loading.load_case` raises.
        documented_only: what holds and rests on an inference is not held for good.
        chosen: which expectations are asked.
    """
    try:
        return asked(path, load, documented_only=documented_only, chosen=chosen)
    except Exception as fault:  # noqa: BLE001 - ours, whatever it is; the other cases still run
        said = " ".join(f"{type(fault).__name__}: {fault}".split())
        return Checked(path=path, fault=printable(said))


def asked(
    path: str,
    load: Callable[[], Case],
    *,
    documented_only: bool = False,
    chosen: Chosen = lambda _: True,
) -> Checked:
    """The same as `check`, but a fault of our own is raised, for who can show where it is."""
    try:
        return _checked(path, load, documented_only, chosen)
    except CallflowError as error:
        return Checked(path=path, error=error)


def _checked(path: str, load: Callable[[], Case], documented_only: bool, chosen: Chosen) -> Checked:
    try:
        case = load()
    except RequestRefused as refused:
        expected = read(refused.expect)
        return Checked(
            path=path,
            refused=refused,
            unexpected_refusal=_expects_a_call(expected, chosen),
            results=_of_refusal(expected, refused, chosen),
            unread=tuple(filter(chosen, expected.unread)),
            expected=sum(map(chosen, expected.items)),
            skipped=_skipped(expected, chosen),
            expected_keys=expected.keys,
        )
    timeline = simulate(case)
    expected = read(case.expect)
    return Checked(
        path=path,
        timeline=timeline,
        results=judged(expected, timeline, documented_only=documented_only, chosen=chosen),
        unread=tuple(filter(chosen, expected.unread)),
        expected=sum(map(chosen, expected.items)),
        skipped=_skipped(expected, chosen),
        expected_keys=expected.keys,
    )


def _expects_a_call(expected: Expectations, chosen: Chosen) -> bool:
    """Whether a refusal is not what was expected, of all that was asked for."""
    everything: tuple[Expectation | Unread, ...] = (*expected.items, *expected.unread)
    if everything and not any(map(chosen, everything)):
        return False
    return expected.error is None and all(one.path != "expect.error" for one in expected.unread)


def _skipped(expected: Expectations, chosen: Chosen) -> int:
    left_out = [one for one in expected.items if not chosen(one)]
    return len(left_out) + sum(not chosen(one) for one in expected.unread)


def judged(
    expected: Expectations,
    timeline: Timeline,
    *,
    documented_only: bool = False,
    chosen: Chosen = lambda _: True,
) -> tuple[Result, ...]:
    """Every expectation asked of a call."""
    results = []
    for expectation in expected.items:
        if chosen(expectation):
            verdict = expectation.ask(timeline)
            status = Status.HOLDS if verdict.holds else Status.FAILS
            if verdict.holds and documented_only and verdict.inferences:
                status = Status.UNDOCUMENTED
            results.append(Result(expectation=expectation, verdict=verdict, status=status))
    return tuple(results)


def results_of(case: Case, timeline: Timeline) -> tuple[Result, ...]:
    """What a case expects, asked of a call: of its own, or of what other rules make of it.

    Raises:
        CaseError: something that it expects cannot be read.
    """
    expected = read(case.expect)
    if expected.unread:
        raise CaseError([one.problem(None) for one in expected.unread])
    return judged(expected, timeline)


def _of_refusal(
    expected: Expectations, refused: RequestRefused, chosen: Chosen
) -> tuple[Result, ...]:
    """What came of the expected refusal; nothing, if a call was expected."""
    wanted = expected.error
    if wanted is None or not chosen(wanted):
        return ()
    verdict = Verdict(
        holds=refused.error.mnemonic == wanted.error,
        said=f"the API refuses it: {refused.error.mnemonic}",
    )
    status = Status.HOLDS if verdict.holds else Status.FAILS
    return (Result(expectation=wanted, verdict=verdict, status=status),)
