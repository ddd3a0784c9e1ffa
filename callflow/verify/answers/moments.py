"""When something happens, and in which order."""

from __future__ import annotations

from enum import StrEnum

from ...call.timeline import Step, Timeline
from ...draw import wording
from ...units import Milliseconds
from ...words import Party
from ..bounds import Bound
from ..verdict import Verdict
from .occasions import (
    Occasion,
    clauses_of,
    instead_told,
    occurs,
    of_outcome,
    off,
    once,
    reason_against,
    reason_of,
)


def lasts(timeline: Timeline, bound: Bound) -> Verdict:
    """Whether the whole call lasts as long as expected."""
    beyond = bound.beyond(timeline.duration)
    over = beyond > 0 and bound.high is not None
    return Verdict(
        holds=not beyond,
        said=f"it lasted {wording.length(timeline.duration)}{off(beyond, 'long', 'short')}",
        at=bound.high if over else timeline.duration,
        rests_on=clauses_of(of_outcome(timeline)),
    )


def happens(timeline: Timeline, occasion: Occasion) -> Verdict:
    """Whether something happens."""
    step = occurs(timeline, occasion)
    if step is None:
        return _missing(timeline, occasion)
    return _met(timeline, occasion, step, holds=True)


def never_happens(timeline: Timeline, occasion: Occasion) -> Verdict:
    """Whether something does not happen."""
    step = occurs(timeline, occasion)
    if step is not None:
        return _met(timeline, occasion, step, holds=False)
    return Verdict(
        holds=True,
        said="it does not happen",
        at=timeline.duration,
        party=occasion.party,
        rests_on=reason_against(timeline, occasion),
    )


def happens_at(timeline: Timeline, occasion: Occasion, bound: Bound) -> Verdict:
    """Whether something happens when expected."""
    step = occurs(timeline, occasion)
    if step is None:
        return _missing(timeline, occasion)
    beyond = bound.beyond(step.at)
    return _met(timeline, occasion, step, holds=not beyond, more=off(beyond, "late", "early"))


def happens_before(timeline: Timeline, occasion: Occasion, limit: Milliseconds) -> Verdict:
    """Whether something happens before a moment."""
    return _beside(timeline, occasion, Order.BEFORE, limit)


def happens_after(timeline: Timeline, occasion: Occasion, limit: Milliseconds) -> Verdict:
    """Whether something happens after a moment."""
    return _beside(timeline, occasion, Order.AFTER, limit)


class Order(StrEnum):
    """How two occasions follow each other."""

    WHEN = "when"
    BEFORE = "before"
    AFTER = "after"

    def holds(self, one: Milliseconds, other: Milliseconds) -> bool:
        """Whether a moment lies so to another."""
        if self is Order.WHEN:
            return one == other
        return one < other if self is Order.BEFORE else one > other


def _beside(timeline: Timeline, occasion: Occasion, order: Order, limit: Milliseconds) -> Verdict:
    step = occurs(timeline, occasion)
    if step is None:
        return _missing(timeline, occasion)
    holds = order.holds(step.at, limit)
    more = "" if holds else off(step.at - limit, "late", "early") or f", not {order} it"
    return _met(timeline, occasion, step, holds=holds, more=more)


def happens_in_order(
    timeline: Timeline, occasion: Occasion, order: Order, other: Occasion
) -> Verdict:
    """Whether something happens in the moment of another thing, before or after it.

    Both have to happen; that something never happens is asked by `never_happens`.
    """
    one, two = occurs(timeline, occasion), occurs(timeline, other)
    if one is None or two is None:
        return _missing(timeline, occasion if one is None else other)
    reasons = (*reason_of(timeline, occasion, one), *reason_of(timeline, other, two))
    return Verdict(
        holds=order.holds(one.at, two.at),
        said=f"{occasion} at {wording.clock(one.at)}, {other} at {wording.clock(two.at)}",
        at=one.at,
        party=occasion.party,
        rests_on=once(reasons),
    )


_DIALED = {
    Party.CONTACT: Occasion.CONTACT_IS_DIALED,
    Party.EMPLOYEE: Occasion.EMPLOYEE_IS_DIALED,
}


def dialed_in_order(timeline: Timeline, one: Party, order: Order, other: Party) -> Verdict:
    """Whether one party is dialed before or after the other.

    Who is dialed in a call in which the other never is comes before the other all the same.
    """
    first, second = occurs(timeline, _DIALED[one]), occurs(timeline, _DIALED[other])
    if order is Order.BEFORE and first is not None and second is None:
        return _met(timeline, _DIALED[one], first, holds=True, more=f", the {other} never is")
    return happens_in_order(timeline, _DIALED[one], order, _DIALED[other])


def _met(
    timeline: Timeline, occasion: Occasion, step: Step, *, holds: bool, more: str = ""
) -> Verdict:
    return Verdict(
        holds=holds,
        said=f"{occasion} at {wording.clock(step.at)}{more}",
        at=step.at,
        party=occasion.party,
        rests_on=reason_of(timeline, occasion, step),
    )


def _missing(timeline: Timeline, occasion: Occasion) -> Verdict:
    return Verdict(
        holds=False,
        said=f"{occasion.denied}; {instead_told(timeline)}",
        at=timeline.duration,
        party=occasion.party,
        rests_on=reason_against(timeline, occasion),
    )
