"""What came of an expectation: whether it holds, what happened, where, and on which clauses.

The module knows no sentence and no file.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from ..clauses import Clauses, basis
from ..units import Milliseconds
from ..words import Basis, Party


class Status(StrEnum):
    """How an expectation came out."""

    HOLDS = "holds"
    FAILS = "fails"
    #: It holds, and rests on an inference, which was not to be.
    UNDOCUMENTED = "undocumented"


@frozen(kw_only=True)
class Verdict:
    """The answer of one call to one expectation.

    Attributes:
        holds: whether the call is as expected.
        said: what happened, in words: ``it heard 21.5 s, 6.5 s too long``.
        at: the moment at which it is decided; the step in force then is the reason. None: no
            moment decides it, it is a matter of the settings.
        note: what is special at that moment: ``15 s are over at 25.0``.
        party: in whose life it is decided; None: in both.
        rests_on: the clauses behind what was asked for, which ``--documented-only`` judges; each
            list stands behind a piece of it. The clause that ends a segment is not asked.
    """

    holds: bool
    said: str
    at: Milliseconds | None = None
    note: str = ""
    party: Party | None = None
    rests_on: tuple[Clauses, ...] = ()

    @property
    def inferences(self) -> Clauses:
        """The inferred clauses that it rests on, each once."""
        cited = (clause for clauses in self.rests_on for clause in clauses)
        return tuple(dict.fromkeys(clause for clause in cited if clause.basis is Basis.INFERRED))

    @property
    def basis(self) -> Basis:
        """Documented if everything that it rests on is."""
        documented = all(basis(clauses) is Basis.DOCUMENTED for clauses in self.rests_on)
        return Basis.DOCUMENTED if documented else Basis.INFERRED
