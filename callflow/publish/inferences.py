"""The page of inferences: every hole of the source, what we read there, and why.

From the clauses alone; which moments of which calls a hole answers for is asked of exploration, on
the page of holes that `callflow docs` writes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..clauses import CLAUSES, Clause
from ..words import Basis
from .pages.markdown import worded

_HEAD = """\
# What is inferred, and why

The documentation of `start.vnumber_call` leaves things open. A simulator cannot: something must
happen next. So each hole has a name, a reading and a reason, and whatever rests on one says so
wherever it appears: a broken line in pictures and terminals, the word *inferred* beside the clause,
a sentence in explanations and failures. Nothing below is a promise of the vendor.

A record of a real call is how a reading becomes knowledge. [Hold one against a
case](../how-to/hold-real-calls.md): where the platform does something else, the reading is named,
and to change it is to change one row of the table.

This page is made from the clauses. In which settings and at which moments each reading is needed,
with a picture of a call that shows it, stands on the page `holes.md` of those that `callflow docs
OUT/` writes.

## The holes

Each heading is our reading.

"""

_SOURCE = """\
## What the source says

The sentences that reasons cite, in our words. These are documented.

| clause | where | what it says |
| --- | --- | --- |
"""


def inferences_page() -> str:
    """The page as Markdown."""
    holes = [clause for clause in CLAUSES.values() if clause.basis is Basis.INFERRED]
    read = "".join(f"{line}\n" for clause in holes for line in _section(clause))
    said = (clause for clause in CLAUSES.values() if clause.basis is Basis.DOCUMENTED)
    rows = "".join(
        f"| {clause.id} | {worded(clause.place)} | {worded(clause.says)} |\n" for clause in said
    )
    return _HEAD + read + _SOURCE + rows


def _section(clause: Clause) -> Iterator[str]:
    yield f"### {clause.id}: {worded(clause.says)}"
    yield ""
    hole = worded(clause.hole or "")
    yield f"**Open:** {hole}" if hole.endswith("?") else f"**Open:** {hole}."
    yield ""
    yield f"**Because:** {worded(clause.why or '')}."
    yield ""
