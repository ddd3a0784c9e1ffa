"""z3 as the second opinion: it repeats what zones say of a world, and decides in worlds of its own.

Nothing of the zones is used here but what they were asked and what they answered.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import ClassVar, NamedTuple

import z3

from callflow.units import NEVER
from callflow.verify.prove import Run
from callflow.verify.unknowns import Said


def moments(size: int) -> list:
    """One unknown for each moment; the first is 0."""
    return [z3.IntVal(0), *(z3.Int(f"t{place}") for place in range(1, size))]


def demanded(times: list, bounds: Iterable) -> list:
    return [times[later] - times[earlier] >= least for earlier, later, least in bounds]


def claim(times: list, said: Said):
    total = z3.Sum([count * times[place] for place, count in said.parts.items()])
    return total >= said.least if said.yes else total < said.least


class Opinion(NamedTuple):
    """What z3 makes of a world: its times exist, and all answers follow from what was taken."""

    possible: bool
    follows: bool


class Second:
    """Repeats all claims of worlds; those of one call, which come in a row, share its demands.

    A world that was asked about before, of whatever table, is not asked about again.
    """

    _known: ClassVar[dict[Hashable, Opinion]] = {}

    def __init__(self) -> None:
        self._of = None
        self._solver = z3.SolverFor("QF_LIA")
        self._times: list = []

    def opinion(self, run: Run) -> Opinion:
        """What z3 makes of a world."""
        key = (
            run.unknown.size,
            frozenset(run.unknown.bounds),
            frozenset(map(self._key, run.world.taken)),
            frozenset(map(self._key, run.world.said)),
        )
        if key not in self._known:
            self._known[key] = self._asked(run)
        return self._known[key]

    def _asked(self, run: Run) -> Opinion:
        if self._of is not run.unknown:
            self._of, self._times = run.unknown, moments(run.unknown.size)
            self._solver.reset()
            self._solver.add(demanded(self._times, run.unknown.bounds))
        taken = {self._key(said) for said in run.world.taken}
        followed = {self._key(said): said for said in run.world.said}
        self._solver.push()
        self._solver.add([claim(self._times, said) for said in run.world.taken])
        possible = self._solver.check() == z3.sat
        claims = [claim(self._times, said) for key, said in followed.items() if key not in taken]
        self._solver.add(z3.Not(z3.And(claims)))
        follows = self._solver.check() == z3.unsat
        self._solver.pop()
        return Opinion(possible, follows)

    @staticmethod
    def _key(said: Said) -> tuple:
        return tuple(said.parts.items()), said.least, said.yes


class Z3World:
    """A world that z3 decides, of ten unknown lengths or of anything else: sums are no trouble."""

    def __init__(self, size: int, given: list, taken: list[Said], waiting: list[list[Said]]):
        self.times = moments(size)
        self.solver = z3.SolverFor("QF_LIA")
        self.solver.add(given)
        self.solver.add([claim(self.times, said) for said in taken])
        self.taken = list(taken)
        self._waiting = waiting
        self._known: dict = {}

    def holds(self, parts, constant) -> bool:
        if not parts or abs(constant) >= NEVER // 2:
            return constant >= 0
        key = (tuple(sorted(parts.items())), constant)
        if key not in self._known:
            self._known[key] = self._decided(parts, constant)
        return self._known[key]

    def _decided(self, parts, constant) -> bool:
        yes, no = (Said(dict(parts), -constant, yes=answer) for answer in (True, False))
        if not self._fits(no):
            return True
        if not self._fits(yes):
            return False
        self._waiting.append([*self.taken, no])
        self.taken.append(yes)
        self.solver.add(claim(self.times, yes))
        return True

    def _fits(self, said: Said) -> bool:
        return self.solver.check(claim(self.times, said)) == z3.sat
