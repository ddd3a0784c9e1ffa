"""All pairs: every two values of two parameters meet in some case, where both come into play.

A pair counts in a case whose call brings both of its values into play; only if no call does that
for both, it is enough that they stand together. The values stand in `parameters`; what comes into
play is asked of the simulator, for every choice of the values that decide what happens.

Pairs are bits of a number, so that what a case would add is counted quickly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import combinations, product
from typing import NamedTuple

from attrs import evolve

from ..call.case import Case, People
from ..call.loading import case_from_mapping
from ..call.simulator import simulate
from ..call.timeline import Timeline
from ..table import Edge
from .covering import Bits, needed, union
from .parameters import DECIDING, PARAMETERS, Value, mapping

#: Every value with the place of its parameter, and of each parameter the places of its values.
_VALUES: tuple[tuple[int, Value], ...] = tuple(
    (place, value) for place, parameter in enumerate(PARAMETERS) for value in parameter.values
)
_OF = tuple(
    tuple(n for n, (place, _) in enumerate(_VALUES) if place == wanted)
    for wanted in range(len(PARAMETERS))
)
_PAIRS = tuple(
    pair
    for pair in combinations(range(len(_VALUES)), 2)
    if _VALUES[pair[0]][0] != _VALUES[pair[1]][0]
)
_ALL: Bits = (1 << len(_PAIRS)) - 1
#: Of each value the pairs that it is in.
_TOUCHED: tuple[Bits, ...] = tuple(
    union(1 << n for n, pair in enumerate(_PAIRS) if value in pair) for value in range(len(_VALUES))
)


def _among(values: Collection[int]) -> Bits:
    """The pairs that some values make with each other."""
    return _ALL & ~union(touched for value, touched in enumerate(_TOUCHED) if value not in values)


def _told(value: int) -> str:
    place, one = _VALUES[value]
    return f"{PARAMETERS[place].name} {one.word}"


@cache
def pair_names() -> tuple[str, ...]:
    """Every pair as it is told: ``first_call contact + direction out``."""
    return tuple(f"{_told(one)} + {_told(other)}" for one, other in _PAIRS)


def values_of(timeline: Timeline) -> tuple[str | None, ...]:
    """The words of a case's values, one of each parameter; None: none of ours."""
    return tuple(parameter.of(timeline) for parameter in PARAMETERS)


def pairs_of(timeline: Timeline) -> Iterator[str]:
    """The pairs that a call counts for."""
    words = values_of(timeline)
    has = {n for n, (place, value) in enumerate(_VALUES) if words[place] == value.word}
    met = _met(tuple(edge for _, edge in timeline.moments))
    counted = _among(has & met) | (_among(has) & _never_both())
    return (name for bit, name in enumerate(pair_names()) if counted >> bit & 1)


def never_both() -> Iterator[tuple[str, str]]:
    """The pairs that no call brings into play together, each with what the two need."""
    never = _never_both()
    for bit, pair in enumerate(_PAIRS):
        if never >> bit & 1:
            needs = dict.fromkeys(_VALUES[value][1].need.said for value in pair)
            yield pair_names()[bit], " and ".join(needs)


def _met(edges: tuple[Edge, ...]) -> frozenset[int]:
    """The values that come into play in a call of these steps, if its case has them."""
    needs = {value.need for _, value in _VALUES}
    met = {need for need in needs if need.met(edges)}
    return frozenset(n for n, (_, value) in enumerate(_VALUES) if value.need in met)


# ------------------------------------------------------------------------------ what decides a call


class _Choice(NamedTuple):
    """Values of the parameters that decide what happens.

    Attributes:
        within: the pairs that they make with each other.
        possible: the pairs that cases with them can have.
        in_play: those of which both values then come into play.
    """

    values: tuple[int, ...]
    within: Bits
    possible: Bits
    in_play: Bits


@cache
def _choices() -> tuple[_Choice, ...]:
    """Every combination of the values that decide what happens."""
    free = {value for values in _OF[DECIDING:] for value in values}
    *settings, contacts, employees = _OF[:DECIDING]
    known: dict[tuple[Edge, ...], frozenset[int]] = {}
    found = []
    for chosen in product(*settings):
        cases = {
            party: [_case(_filled(*chosen, value)) for value in values]
            for party, values in (("contact", contacts), ("employee", employees))
        }
        both = product(
            zip(contacts, cases["contact"], strict=True),
            zip(employees, cases["employee"], strict=True),
        )
        for (contact, one), (employee, other) in both:
            people: People = evolve(one.people, employee=other.people.employee)
            call = simulate(evolve(one, people=people))
            edges = tuple(edge for _, edge in call.moments)
            if edges not in known:
                known[edges] = _met(edges)
            values = (*chosen, contact, employee)
            allowed = {*values, *free}
            found.append(
                _Choice(values, _among(values), _among(allowed), _among(allowed & known[edges]))
            )
    return tuple(found)


def _filled(*values: int) -> list[int]:
    """One value of each parameter: those given, the first ones of the others."""
    chosen = {place: values[0] for place, values in enumerate(_OF)}
    chosen.update({_VALUES[value][0]: value for value in values})
    return [chosen[place] for place in range(len(PARAMETERS))]


def _case(values: Sequence[int]) -> Case:
    return case_from_mapping(mapping(_VALUES[value][1] for value in values))


@cache
def _never_both() -> Bits:
    """The pairs of which no call brings both into play."""
    return _ALL & ~union(choice.in_play for choice in _choices())


# ------------------------------------------------------------------------------------- the choosing

#: So many of the most promising choices are filled, and the best of these is taken.
_TRIED = 8


def covering_cases(have: Collection[str] = ()) -> list[Case]:
    """Cases that have every pair between them.

    Args:
        have: the names of pairs that are there already.
    """
    names = pair_names()
    wanted = union(1 << bit for bit, name in enumerate(names) if name not in have)
    taken: list[list[int]] = []
    counts: list[Bits] = []
    left = wanted
    while left:
        gain, values, counted = max(_promising(left), key=lambda one: one[0])
        if not gain:  # nothing else would ever come: every pair is possible in some choice
            raise AssertionError(f"no case for {left.bit_count()} pairs")
        taken.append(values)
        counts.append(counted)
        left &= ~counted
    kept = sorted(needed(range(len(taken)), counts, [0] * len(taken), wanted))
    return [_case(taken[place]) for place in kept]


def _promising(left: Bits) -> Iterator[tuple[int, list[int], Bits]]:
    """Of the choices that could add most: how many pairs, with which values, and all they have."""
    never = _never_both()

    def promise(choice: _Choice) -> int:
        counted = left & (choice.in_play | (choice.possible & never))
        return (counted & choice.within).bit_count() + counted.bit_count()

    best = sorted(_choices(), key=promise, reverse=True)[:_TRIED]
    for choice in best:
        counts = choice.in_play | (choice.possible & never)
        values = _fill(choice.values, left & counts)
        has = counts & _among(values)
        yield (has & left).bit_count(), values, has


def _fill(decided: Sequence[int], left: Bits) -> list[int]:
    """The values with those of the other parameters that add most pairs."""
    values = list(decided)
    touched = union(_TOUCHED[value] for value in values)
    waiting = list(_OF[DECIDING:])
    while waiting:
        options = []
        for of in waiting:
            for value in of:
                wanted = _TOUCHED[value] & left
                adds = (wanted & touched).bit_count(), wanted.bit_count()
                options.append((adds, -value, of))
        _, value, of = max(options)
        value = -value
        values.append(value)
        touched |= _TOUCHED[value]
        waiting.remove(of)
    return sorted(values)
