"""The fixture ``callflow`` in tests that are Python, checked and never run."""

from __future__ import annotations

from pathlib import Path

from callflow import Case, Timeline
from callflow.pytest_plugin import Callflow, CallflowWarning


def test_calls(callflow: Callflow) -> None:
    case: Case = callflow.case("first.yaml", "request.switch_at_once=true")
    calls: list[Timeline] = [
        callflow.simulate(case),
        callflow.simulate(Path("first.yaml"), "people.contact.answers_after=3"),
        callflow.simulate({"request": {}}),
    ]
    callflow.check(calls[0], "contact hears message", "conversation begins at 31.5")
    callflow.check("first.yaml", documented_only=True)
    callflow.check(7, "contact hears message")  # type: ignore[arg-type]
    callflow.simulate("first.yaml", {"request.switch_at_once": True})  # type: ignore[arg-type]
    category: type[Warning] = CallflowWarning
    print(category)
