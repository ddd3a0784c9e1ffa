"""Pairs of calls to compare: any two, and such that differ in one thing, as with ``--set``."""

from __future__ import annotations

from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from callflow.call.case import Case
from callflow.call.difference import Difference
from callflow.call.simulator import simulate
from callflow.strategies import cases
from callflow.words import Party

TIMES = st.sampled_from([1, 2, 10, 999, 5000, 60_000, 3_600_000, 86_400_000])
EVERY = cases() | cases(lengths=TIMES)


class Compared(Difference):
    """A difference that Hypothesis shows by its two cases."""

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(repr(self))


@st.composite
def differences(draw: st.DrawFn) -> Difference:
    """Two calls: of any two cases, or of a case and the same with one thing changed."""
    one, other = draw(EVERY), draw(EVERY)
    return Compared(simulate(one), simulate(draw(st.sampled_from([other, *_varied(one, other)]))))


def _varied(one: Case, other: Case) -> list[Case]:
    request, people = one.request, one.people
    return [
        one,
        evolve(one, people=evolve(people, contact=other.people.contact)),
        evolve(one, people=evolve(people, employee=other.people.employee)),
        evolve(one, people=evolve(people, ended_by=Party.EMPLOYEE)),
        evolve(one, people=evolve(people, conversation=other.people.conversation)),
        evolve(one, messages=other.messages),
        evolve(one, scenario=evolve(one.scenario, show_during_call=None)),
        evolve(one, request=evolve(request, dtmf_string=other.request.dtmf_string)),
        evolve(one, request=evolve(request, switch_at_once=not request.switch_at_once)),
        evolve(one, request=evolve(request, switch_at_once=None)),
    ]
