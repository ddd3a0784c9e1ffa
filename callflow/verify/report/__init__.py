"""What came of checking, told to people: a `Checked` as text, and the sums of a run.

============  =================================================================
``telling``   a failure from its sentence to the command that asks it again
``lanes``     both lanes, cut to the moment at which it is decided
``reasons``   the step in force then, the clauses behind it, and whose word they are
``summary``   the sums, and the line that ends a report
``covered``   which rules and clauses cases exercise, and which none
``real``      records of real calls held against a case
``data``      a checked case, and a run, as JSON
============  =================================================================

Nothing here judges, and nothing here looks at a clock.
"""

from __future__ import annotations

from .summary import Counts, summary, total
from .telling import Teller, nothing_expected

__all__ = ["Counts", "Teller", "nothing_expected", "summary", "total"]
