"""What happens now, written down as what is expected: the changes to a case file.

What holds stays as its author wrote it, with its tolerances; what fails is written anew, what is
missing is added. Sentences (``that``, ``warn``) say what somebody meant, and are never touched.
The module writes no file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from ..api.errors import RequestRefused
from ..call.loading import case_from_bytes
from ..call.loading.editing import Change, edited
from ..call.timeline import Segment, Step, Timeline
from ..errors import CaseError, UsageError, printable
from ..units import written
from ..words import Party
from .check import Checked
from .expectations import KEYS
from .verdict import Status

#: How much is written: what both parties live through, or every step with its clauses, too.
Extent = Literal["segments", "steps"]
EXTENTS: tuple[Extent, ...] = ("segments", "steps")


def accepted(text: str, form: str, checked: Checked, extent: Extent = "segments") -> str:
    """The text of a case file that expects what happens now.

    Args:
        text: of the file.
        form: ``yaml`` or ``json``.
        checked: what came of checking it, with all of its expectations asked.

    Raises:
        CaseError: it is no case, or what is expected cannot be read.
        UsageError: the format or the layout cannot be rewritten; or a refusal stands where a call
            was expected, or a call where a refusal was.
    """
    name = printable(checked.path)
    if checked.error is not None:
        raise checked.error
    if checked.unread:
        raise CaseError(checked.problems)
    changes = list(_changes(checked, extent, name))
    if not changes:
        return text
    try:
        new = edited(text, form, changes, checked.path)
    except CaseError:  # of lines that we made, and that stand in no file
        raise UsageError(
            f"{name}: what happens cannot be put where expect: stands; write expect: as lines of "
            "its own, key: value"
        ) from None
    _make_sure(new, form, checked, name)
    return new


def _make_sure(text: str, form: str, checked: Checked, name: str) -> None:
    """That it is the same case, and that what was written is what happens."""
    try:
        case = case_from_bytes(text.encode(), form, checked.path)
    except RequestRefused:
        return
    except CaseError:
        raise UsageError(
            f"{name}: expectations cannot be put into this file; is it a bare request? then put "
            "the parameters under request:"
        ) from None
    if checked.timeline is not None and case != checked.timeline.case:
        raise UsageError(f"{name}: expectations cannot be put into this file without changing it")


def _changes(checked: Checked, extent: Extent, name: str) -> Iterator[Change]:
    held = {result.expectation.key: result.status is not Status.FAILS for result in checked.results}
    if checked.refused is not None:
        mnemonic = checked.refused.error.mnemonic
        if checked.expected_keys - {"error"}:
            raise UsageError(
                f"{name}: the API refuses the request ({mnemonic}), and a call is expected; "
                f"take away {', '.join(sorted(checked.expected_keys))} first"
            )
        now: dict[str, Any] = {"error": mnemonic}
    elif checked.timeline is None:
        return
    else:
        if "error" in held:
            raise UsageError(
                f"{name}: a refusal is expected, and the API accepts the request; "
                "take away error first"
            )
        now = expected_now(checked.timeline, extent)
    for key, value in now.items():
        if not held.get(key):
            before = KEYS[: KEYS.index(key)]
            yield Change(("expect", key), value, before)


def expected_now(timeline: Timeline, extent: Extent = "segments") -> dict[str, Any]:
    """What happens in a call, as it stands under ``expect:``."""
    now: dict[str, Any] = {"outcome": str(timeline.outcome)}
    for party in Party:
        now[str(party)] = [_stretch(segment) for segment in timeline.leg(party).segments]
    if extent == "steps":
        now["steps"] = [_step(step) for step in timeline.steps]
    return now


def _stretch(segment: Segment) -> str:
    return f"{segment.state} {written(segment.length)}"


def _step(step: Step) -> list[Any]:
    """Moment, event, state of both legs, and exactly the clauses that each leg was given."""
    because: dict[str, list[str]] = {
        str(party): [clause.id for clause in clauses]
        for party in Party
        if (clauses := step.because(party)) is not None
    }
    if len(because) == 2 and step.contact == step.employee:
        because = {"both": because["contact"]}
    return [written(step.at), str(step.event), str(step.target), because]
