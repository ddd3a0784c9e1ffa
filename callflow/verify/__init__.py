"""Whether calls are what they should be: expectations checked, and everything that can happen.

What is expected of a call:

=================  =======================================================================
``grammar``        sentences as lists of words with holes: reading, and what could stand where
``bounds``         a length or a moment with its tolerance
``sentences``      THE PATTERNS: every sentence that can be written, and what it asks
``verdict``        what came of an expectation: holds or not, where, and on which clauses
``answers``        each pattern asked of a timeline
``sequences``      what a leg lives through, and the steps, in order, as exact as wanted
``expectations``   what stands under ``expect:`` in a case file
``check``          a case checked: each expectation with what came of it
``find``           the cases that files and folders stand for
``chosen``         which expectations some words ask for
``accept``         what happens now, written down as what is expected
``coverage``       which rules and clauses cases exercise
``records``        what was seen of a real call
``observed``       a real call held against a case
``judgement``      its differences, blamed on clauses, and summed up over many records
``run``            many cases checked, by one process or several
``report``         what came of it all, as text for people and as data
``junit``          the same as JUnit XML
=================  =======================================================================

What can happen at all, of which nothing is sampled:

=================  =======================================================================
``zones``          differences of times with bounds: all times that lead along a path, at once
``paths``          every way through the table, with its zone, its orders and its smallest case
``properties``     what must hold of every call, each with the calls it says anything about
``explore``        every path and order walked, and every property asked of each
``unknowns``       times that are no numbers yet: a comparison takes both ways
``unknown_calls``  a path as a call whose times are unknown
``prove``          properties for all times, or the smallest times that refute them
``clocks``         the times of a set-up, and where along a path each of them runs
``times``          times of a case by their paths, and the case with other ones
``claims``         what a sentence demands of the times of a path
``always``         a sentence for all times, or the shortest call in which it fails
``nearest``        times in a zone that are as near to wished ones as can be
``free``           for which values of some times of a case a sentence holds
``ways``           every way in which one set-up can go
``covering``       few candidates that together have everything
``parameters``     THE PARAMETERS: what a case can choose, with the values worth trying
``pairs``          cases in which every two values of two parameters come into play together
``suite``          few cases that exercise all rules, paths, clauses or pairs of parameters
``about``          what a call is about in a few words, and as the name of a file
``suite_pages``    a suite as files, and a page of what they cover
=================  =======================================================================

Nothing here says what happens next in a call: it asks the timeline, and the timeline the table.

The public names below are loaded when first used:

>>> from callflow.verify import always_with, explore
>>> explore().holds
True
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .always import Held, always, always_with
    from .check import Result, results_of
    from .explore import Asked, Counterexample, Exploration, explore
    from .free import Interval, Values, Witness, values_for, witness_for
    from .grammar import Misread, Sentence
    from .properties import PROPERTIES, Property, Violated
    from .prove import Proof, Proofs, prove
    from .report.strips import ways_picture
    from .sentences import read
    from .suite import COVERS, Suite, suite
    from .suite_pages import files
    from .times import times_of
    from .ways import Way, Ways, ways_of

_HOMES = {
    "always": ("Held", "always", "always_with"),
    "check": ("Result", "results_of"),
    "explore": ("Asked", "Counterexample", "Exploration", "explore"),
    "free": ("Interval", "Values", "Witness", "values_for", "witness_for"),
    "grammar": ("Misread", "Sentence"),
    "properties": ("PROPERTIES", "Property", "Violated"),
    "prove": ("Proof", "Proofs", "prove"),
    "report.strips": ("ways_picture",),
    "sentences": ("read",),
    "suite": ("COVERS", "Suite", "suite"),
    "suite_pages": ("files",),
    "times": ("times_of",),
    "ways": ("Way", "Ways", "ways_of"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "COVERS",
    "PROPERTIES",
    "Asked",
    "Counterexample",
    "Exploration",
    "Held",
    "Interval",
    "Misread",
    "Proof",
    "Proofs",
    "Property",
    "Result",
    "Sentence",
    "Suite",
    "Values",
    "Violated",
    "Way",
    "Ways",
    "Witness",
    "always",
    "always_with",
    "explore",
    "files",
    "prove",
    "read",
    "results_of",
    "suite",
    "times_of",
    "values_for",
    "ways_of",
    "ways_picture",
    "witness_for",
]


class _Face(ModuleType):
    """This package; where a function is called as its module is, its name means the function.

    A module that is loaded is set on its package. Here that would hide the function of its name,
    or not, by what was loaded before; the module itself is found among those loaded all the same.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face


def __getattr__(name: str) -> object:
    if name not in _HOME:
        from ..errors import not_there

        raise not_there(__name__, name, __all__)
    value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
