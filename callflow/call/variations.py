"""Variations of a case: every combination of the values that some of its places take.

What varies comes from the options (`call.loading.each`), what a variation is from the reader that
is handed in; here they are combined, simulated, and compared by what people live through. Nothing
here knows files, figures or tables.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from ..api.errors import RequestRefused
from ..errors import CaseError, UsageError
from ..words import LegState
from .case import Case
from .loading.each import Axis
from .loading.settings import Choice
from .simulator import simulate
from .timeline import Leg, Timeline

#: More are a program's affair, not one table's.
MOST = 10_000

#: What came of a variation: a call, the API's refusal, or no case at all.
Found = Timeline | RequestRefused | CaseError


class Variation(NamedTuple):
    """One combination of values, in the order of the axes, and what came of it."""

    choices: tuple[Choice, ...]
    found: Found

    @property
    def timeline(self) -> Timeline | None:
        """The call; None: it is none."""
        return self.found if isinstance(self.found, Timeline) else None


class Box(NamedTuple):
    """Combinations of some values of each axis: ``places`` are those of the values, by axis."""

    places: tuple[tuple[int, ...], ...]


def combinations(axes: Sequence[Axis], times: int = 1) -> Iterator[tuple[Choice, ...]]:
    """All combinations, the first axis slowest.

    Args:
        times: for so many cases.

    Raises:
        UsageError: there are more than `MOST`.
    """
    sizes = [len(axis.values) for axis in axes]
    count = prod(sizes) * times
    if count > MOST:
        cases = [f"{times} cases"] if times > 1 else []
        asked = " x ".join([*map(str, sizes), *cases])
        raise UsageError(
            f"--each asks for {count} variations ({asked}), and {MOST} are simulated at most; "
            "give fewer values, or several commands"
        )
    return product(*(axis.choices() for axis in axes))


def vary(axes: Sequence[Axis], case: Callable[[Sequence[Choice]], Case]) -> tuple[Variation, ...]:
    """What comes of each combination, in their order.

    Args:
        case: the case of a combination.

    Raises:
        UsageError: there are too many, or ``case`` raises it: the question cannot be asked so.
    """
    return tuple(Variation(choices, _found(choices, case)) for choices in combinations(axes))


def _found(choices: Sequence[Choice], case: Callable[[Sequence[Choice]], Case]) -> Found:
    try:
        return simulate(case(choices))
    except (CaseError, RequestRefused) as error:
        return error


# ----------------------------------------------------------------------------- what is the same


def lived(timeline: Timeline) -> Hashable:
    """What people could notice of a call; two calls that are equal in it turn out the same.

    Outcome, reason, who hung up, when it was over; the digits that were sent, and when; for each
    party whose phone rang: its number, the number that it showed, what the party was in from when
    to when, and which message was heard, whole or cut short. Not in it: clauses, warnings, and
    whatever was set and did not come about, as digits that were never sent.
    """
    return (
        timeline.outcome,
        timeline.reason,
        timeline.ended_by,
        timeline.duration,
        tuple((mark.at, mark.digits) for mark in timeline.dtmf if mark.sent),
        _lived(timeline.contact),
        _lived(timeline.employee),
    )


def _lived(leg: Leg) -> Hashable:
    if leg.dialed is None:
        return None
    shown, heard = leg.caller_id, None
    if leg.hears(LegState.MESSAGE):
        figures = leg.figures
        whole = figures.message_heard == figures.message_length
        heard = (leg.case.message(leg.party), whole)
    return (
        leg.number,
        shown and shown.number,
        leg.dialed,
        leg.answered,
        tuple((segment.state, segment.start, segment.end) for segment in leg.segments),
        heard,
    )


def result(variation: Variation) -> Hashable:
    """What came of a variation, as far as it can be told apart: `lived`, or why it is no call."""
    found = variation.found
    if isinstance(found, Timeline):
        return lived(found)
    if isinstance(found, RequestRefused):
        return ("refused", found.error.mnemonic)
    return "no case"


def alike(results: Sequence[Hashable]) -> tuple[tuple[int, ...], ...]:
    """The numbers of the variations that turn out the same, each group by its first."""
    groups: dict[Hashable, list[int]] = {}
    for number, one in enumerate(results):
        groups.setdefault(one, []).append(number)
    return tuple(map(tuple, groups.values()))


def idle(axes: Sequence[Axis], results: Sequence[Hashable]) -> tuple[str, ...]:
    """The paths whose values change no result, whatever the values of the others are."""
    found = []
    step = len(results)
    for axis in axes:
        size = len(axis.values)
        step //= size
        if len(set(axis.values)) > 1 and all(
            one == results[number - number // step % size * step]
            for number, one in enumerate(results)
        ):
            found.append(axis.path)
    return tuple(found)


def boxes(axes: Sequence[Axis], numbers: Sequence[int]) -> tuple[Box, ...]:
    """The combinations with these numbers, told by few boxes that share none."""
    sizes = [len(axis.values) for axis in axes]
    left = dict.fromkeys(_places(number, sizes) for number in numbers)
    sides = [sorted(set(side)) for side in zip(*left, strict=True)]
    found = []
    while left:
        seed = next(iter(left))
        box = max((_grown(seed, sides, order, left) for order in _orders(sizes)), key=_size)
        found.append(Box(box))
        for places in product(*box):
            del left[places]
    return tuple(found)


_Places = tuple[int, ...]


def _places(number: int, sizes: Sequence[int]) -> _Places:
    """The place of the value of each axis in the combination of a number."""
    places = []
    for size in reversed(sizes):
        number, place = divmod(number, size)
        places.append(place)
    return tuple(reversed(places))


def _orders(sizes: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
    """The orders in which the sides of a box are tried: from the first axis, and from the last."""
    forwards = range(len(sizes))
    return forwards, forwards[::-1]


def _grown(
    seed: _Places,
    sides: Sequence[Sequence[int]],
    order: Sequence[int],
    left: dict[_Places, None],
) -> tuple[_Places, ...]:
    """The box that grows from one combination, a side after the other, as far as it can."""
    box: list[_Places] = [(place,) for place in seed]
    for side in order:
        rest = [*box[:side], (0,), *box[side + 1 :]]
        box[side] = tuple(
            place
            for place in sides[side]
            if all((*inner[:side], place, *inner[side + 1 :]) in left for inner in product(*rest))
        )
    return tuple(box)


def _size(box: tuple[_Places, ...]) -> int:
    return prod(map(len, box))
