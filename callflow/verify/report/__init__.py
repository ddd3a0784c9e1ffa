"""What came of checking and of exploring, told to people and as data.

Cases checked:

=============  =================================================================
``telling``    a failure from its sentence to the command that asks it again
``lanes``      both lanes, cut to the moment at which it is decided
``reasons``    the step in force then, the clauses behind it, and whose word they are
``summary``    the sums, and the line that ends a report
``covered``    which rules and clauses cases exercise, and which none
``real``       records of real calls held against a case
``data``       a checked case, and a run, as JSON
=============  =================================================================

What can happen at all:

=============  =================================================================
``exploring``  an exploration: sums, counterexamples, what was seen how often; as JSON, too
``proving``    what is proved, refuted, explored or tested; as JSON, too
``held``       sentences for all times, and free times
``held_data``  the same as JSON
``suites``     what a suite came to; as JSON, too
``strips``     every way in which a set-up can go, as the strips that are drawn
=============  =================================================================

Nothing here judges, and nothing here looks at a clock.
"""

from __future__ import annotations

from .summary import Counts, summary, total
from .telling import Teller, nothing_expected

__all__ = ["Counts", "Teller", "nothing_expected", "summary", "total"]
