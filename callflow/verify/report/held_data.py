"""Sentences for all times, as data: what `report.held` tells to people.

The layout is a contract; `callflow.schema` holds it as ``always``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...call.loading import case_to_dict, case_to_yaml
from ...call.timeline import Timeline
from ...clauses import ids
from ...units import Milliseconds, seconds
from ..always import Counterexample, Held
from ..free import Stretch, Values, Witness, behind
from ..verdict import Verdict

FORMAT = "callflow.always/1"


def answers_to_dict(
    case: str | None, free: Iterable[str], sentences: Iterable[dict[str, Any]]
) -> dict[str, Any]:
    """Everything that was asked, and each answer.

    Args:
        case: the path of the case; None: every call was asked.
        free: the times that were free.
        sentences: each as the functions below give it.
    """
    return {"format": FORMAT, "case": case, "free": [*free], "sentences": [*sentences]}


def unread_to_dict(text: str, message: str) -> dict[str, Any]:
    """A sentence that cannot be read."""
    return {"text": text, "status": "unread", "message": message}


def held_to_dict(held: Held) -> dict[str, Any]:
    """Whether a sentence holds for all times."""
    found = held.counterexample
    return {
        "text": held.sentence.text,
        "status": "holds" if held.holds else "fails",
        "paths": held.paths,
        "decided": held.arose,
        "only_where_it_does_not_happen": held.idle,
        "counterexample": None if found is None else _counterexample(found),
    }


def _counterexample(found: Counterexample) -> dict[str, Any]:
    return {
        **_call(found.timeline, found.verdict),
        "case": case_to_dict(found.case, secrets=False),
        "yaml": case_to_yaml(found.case, secrets=False),
        "timeline": found.timeline.to_dict(),
    }


def _call(timeline: Timeline, verdict: Verdict) -> dict[str, Any]:
    """What a call answers to a sentence."""
    return {
        "said": verdict.said,
        "at": None if verdict.at is None else seconds(verdict.at),
        "clauses": ids(behind(timeline, verdict)),
        "outcome": str(timeline.outcome),
        "events": [str(step.event) for step in timeline.steps],
    }


def values_to_dict(found: Values) -> dict[str, Any]:
    """All values of one time with which a sentence holds."""
    ways = [(way, True) for way in found.ways] + [(way, False) for way in found.obstacles]
    return {
        "text": found.sentence.text,
        "status": "holds" if found.holds else "fails",
        "path": found.name,
        "value": _seconds(found.time.value),
        "holds": [[seconds(low), seconds(high)] for low, high in found.holds],
        "nearest": _seconds(found.nearest),
        "ways": [_way(way, holds) for way, holds in sorted(ways, key=lambda one: one[0].values)],
    }


def _way(way: Stretch, holds: bool) -> dict[str, Any]:
    low, high = way.values
    told = _call(way.timeline, way.verdict)
    return {"from": seconds(low), "to": seconds(high), "holds": holds, **told}


def witness_to_dict(found: Witness) -> dict[str, Any]:
    """The least change of several times with which a sentence holds."""
    return {
        "text": found.sentence.text,
        "status": "fails" if found.values is None else "holds",
        "values": None if found.values is None else _all_seconds(found.values),
        "timeline": None if found.timeline is None else found.timeline.to_dict(),
        "obstacles": [
            {"values": _all_seconds(one.values), **_call(one.timeline, one.verdict)}
            for one in found.obstacles
        ],
    }


def _seconds(value: Milliseconds | None) -> float | None:
    return None if value is None else seconds(value)


def _all_seconds(values: Mapping[str, Milliseconds]) -> dict[str, float]:
    return {name: seconds(value) for name, value in values.items()}
