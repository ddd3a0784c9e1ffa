"""The page of inferences: every hole of the source, what we read there, why, and what rests on it.

From the clauses and the table alone; which moments of which calls a hole answers for is asked of
exploration elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..choreography import RULES, WITHOUT_EFFECT, rules_for
from ..clauses import CLAUSES, G17, Clause
from ..table import Rule
from ..words import Basis, Configuration, configurations

_HEAD = """\
# What is inferred, and why

The documentation of `start.vnumber_call` leaves things open. A simulator cannot: something must
happen next. So each hole has a name, a reading and a reason, and whatever rests on one says so
wherever it appears: a broken line in pictures and terminals, the word *inferred* beside the clause,
a sentence in explanations and failures. Nothing below is a promise of the vendor.

A record of a real call is how a reading becomes knowledge. [Hold one against a
case](../how-to/hold-real-calls.md): where the platform does something else, the reading is named,
and to change it is to change one row of the table.

This page is made from the clauses and from the table.

## The holes

Each heading is our reading.

"""

_SOURCE = """\
## What the source says

The sentences that reasons cite, in our words. These are documented.

| clause | where | what it says |
| --- | --- | --- |
"""

_NAME = re.compile(r"\b(?:[a-z]+\.)?[a-z]+(?:_[a-z]+)+\b|\bdisconnect\.leg\b")


def inferences_page() -> str:
    """The page as Markdown."""
    holes = [clause for clause in CLAUSES.values() if clause.basis is Basis.INFERRED]
    read = "".join(f"{line}\n" for clause in holes for line in _section(clause))
    said = (clause for clause in CLAUSES.values() if clause.basis is Basis.DOCUMENTED)
    rows = "".join(
        f"| {clause.id} | {_code(clause.place)} | {_code(clause.says)} |\n" for clause in said
    )
    return _HEAD + read + _SOURCE + rows


def _section(clause: Clause) -> Iterator[str]:
    yield f"### {clause.id}: {_code(clause.says)}"
    yield ""
    yield f"**Open:** {_code(clause.hole or '')}."
    yield ""
    yield f"**Because:** {_code(clause.why or '')}."
    yield ""
    rests = [*_rests(clause)]
    if rests:
        yield "**On it rest:**"
        yield ""
        yield from (f"- {line}" for line in rests)
        yield ""


def _rests(clause: Clause) -> Iterator[str]:
    if clause is G17:
        bare = [one for one in configurations() if not one.premise]
        yield f"every rule in the {len(bare)} configurations in which a message is missing"
        return
    for rule in RULES:
        if clause in (*(rule.contact or ()), *(rule.employee or ())):
            used = sum(_uses(rule, one) for one in configurations())
            of = f"{used} configuration{'' if used == 1 else 's'}"
            yield f"`{rule.source}` meets `{rule.event}` ({rule.when}): `{rule.target}`; in {of}"
    for row in WITHOUT_EFFECT:
        if clause in row.clauses:
            yield f"`{row.path}` has no effect ({row.when}): {row.because}"


def _uses(rule: Rule, configuration: Configuration) -> bool:
    return any(edge.rule is rule for edge in rules_for(configuration).edges.values())


def _code(words: str) -> str:
    """Names of parameters and methods as code."""
    return _NAME.sub(r"`\g<0>`", words).replace("*", "\\*")
