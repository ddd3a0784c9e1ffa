"""What properties ask of a call, and how they say no.

A property reads what a timeline says of itself, and holds it against what must be so by the case's
`facts`. It compares times, adds and subtracts them, and does nothing else with them: then the same
function judges a call with times of milliseconds and all calls whose times are unknown.
"""

from __future__ import annotations

from functools import cached_property

from ...call.timeline import Step, Timeline
from ...units import Milliseconds
from .facts import CONTACT, PARTIES, Facts, facts

_ANSWERED: dict[str, str] = {party: f"{party}_answered" for party in PARTIES}


class Violated(AssertionError):
    """A property does not hold of a call; the text says what is wrong."""


def must(holds: object, wrong: str = "") -> None:
    """Say that something must be so.

    Raises:
        Violated: it is not.
    """
    if not holds:
        raise Violated(wrong)


class Call:
    """A call as properties see it.

    Args:
        timeline: what the call says of itself.
        known: what its case settles; None: read it from the case.
    """

    def __init__(self, timeline: Timeline, known: Facts | None = None) -> None:
        self.timeline = timeline
        self.steps = timeline.steps
        self.end = timeline.duration
        self._known = known

    @cached_property
    def case(self) -> Facts:
        """What the case settles before anything happens."""
        return facts(self.timeline.case) if self._known is None else self._known

    @cached_property
    def _moments(self) -> dict[str, Milliseconds]:
        return {step.event: step.at for step in reversed(self.steps)}

    def moment(self, event: str) -> Milliseconds | None:
        """When the first step with this event was."""
        return self._moments.get(event)

    def answered(self, party: str) -> Milliseconds | None:
        """When a party answered, by the steps."""
        return self._moments.get(_ANSWERED[party])

    @cached_property
    def talk_began(self) -> Milliseconds | None:
        """When the steps came to the conversation, be it for no time at all."""
        talking = (step.at for step in self.steps if step.target.contact == "conversation")
        return next(talking, None)

    def of(self, party: str, state: str) -> list[tuple[Milliseconds, Milliseconds]]:
        """The segments of a leg in one state, as (start, end)."""
        segments = self.timeline.leg(party).segments
        return [(one.start, one.end) for one in segments if one.state == state]

    @cached_property
    def talks(self) -> list[tuple[Milliseconds, Milliseconds]]:
        """The conversation of the contact's leg, as (start, end); at most one."""
        return self.of(CONTACT, "conversation")

    def left(self, party: str, state: str) -> list[Step]:
        """The steps by which a leg leaves a state."""
        contact = party == CONTACT
        return [
            step
            for step in self.steps
            if (step.source.contact if contact else step.source.employee) == state
            and (step.target.contact if contact else step.target.employee) != state
        ]

    def came_to(self, party: str, state: str) -> list[Step]:
        """The steps by which a leg comes to a state."""
        contact = party == CONTACT
        return [
            step
            for step in self.steps
            if (step.target.contact if contact else step.target.employee) == state
            and (step.source.contact if contact else step.source.employee) != state
        ]
