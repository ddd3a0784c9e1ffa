"""A checked case as data: one member of ``cases`` in the JSON of a run, and the whole of that.

The layout is a contract; `callflow.schema` holds it as ``check``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...clauses import ids
from ...units import seconds
from ..check import Checked, Result
from .summary import Counts
from .telling import nothing_expected

FORMAT = "callflow.check/1"


def run_to_dict(
    cases: Iterable[dict[str, Any]],
    counts: Counts,
    *,
    exit_status: int,
    taken: float,
    strangers: int,
    problems: Iterable[str] = (),
) -> dict[str, Any]:
    """A whole run.

    Args:
        cases: each as `to_dict` gives it.
        taken: how many seconds it took, the one thing that differs from run to run.
        strangers: files of folders that are no cases.
        problems: what is wrong with the paths, in words.
    """
    return {
        "format": FORMAT,
        "cases": list(cases),
        "summary": {
            **counts.to_dict(),
            "strangers": strangers,
            "problems": list(problems),
            "exit_status": exit_status,
            "seconds": round(taken, 3),
        },
    }


def to_dict(checked: Checked) -> dict[str, Any]:
    """One case with everything that came of it."""
    timeline, refused = checked.timeline, checked.refused
    problems = [problem.to_dict() for problem in checked.problems]
    if checked.error is not None and not problems:
        message = str(checked.error)
        problems = [{"file": checked.path, "line": None, "path": "", "message": message}]
    return {
        "case": checked.path,
        "name": timeline.case.name if timeline else None,
        "status": status_of(checked),
        "outcome": str(timeline.outcome) if timeline else None,
        "results": [_result(result) for result in checked.results],
        "refused": refused.error.to_dict() if refused else None,
        "problems": problems,
        "fault": checked.fault,
        "skipped": checked.skipped,
    }


def status_of(checked: Checked) -> str:
    """How a case came out, in one word."""
    if checked.fault is not None:
        return "fault"
    if checked.error is not None or checked.unread:
        return "unreadable"
    if checked.unexpected_refusal:
        return "refused"
    if checked.failures:
        return "fails"
    return "silent" if nothing_expected(checked) else "holds"


def _result(result: Result) -> dict[str, Any]:
    expectation, verdict = result.expectation, result.verdict
    cited = dict.fromkeys(clause for clauses in verdict.rests_on for clause in clauses)
    return {
        "key": expectation.key,
        "text": expectation.text,
        "line": expectation.line,
        "status": "warns" if result.warns else str(result.status),
        "said": verdict.said,
        "at": None if verdict.at is None else seconds(verdict.at),
        "note": verdict.note,
        "party": None if verdict.party is None else str(verdict.party),
        "basis": str(verdict.basis) if cited else None,
        "clauses": ids(tuple(cited)),
        "inferences": ids(verdict.inferences),
    }
