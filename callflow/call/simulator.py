"""The simulator: clocks run, the first that is due happens, until nothing can happen any more.

It steps the specialised table directly and knows nothing else: no people, no files, no pictures, no
real clock, no chance. What happens next is the table's affair, in which order the coinciding happen
too.
"""

from __future__ import annotations

from ..choreography import rules_for
from ..errors import TableError
from ..table import Edge
from ..units import NEVER
from .case import Case
from .plan import Lengths, plan
from .timeline import Moment, Timeline


def simulate(case: Case) -> Timeline:
    """What both parties live through.

    A `Case` that exists can be simulated; nothing is raised.
    """
    planned = plan(case)
    return Timeline(case, walk(rules_for(planned.configuration).start, planned.lengths))


def walk(start: Edge, lengths: Lengths) -> tuple[Moment, ...]:
    """The steps of a call from ``start``, given how long each clock runs.

    A clock starts when its event becomes possible and is void when it no longer is. Exits stand in
    the order of simultaneous events, so of those due in one millisecond the first one found is the
    one that happens, and what arises for the same millisecond is placed among those still waiting.
    """
    due = [NEVER] * len(lengths)
    edge, at = start, 0
    moments = [(at, edge)]
    while edge.exits:
        for slot in edge.starts:
            due[slot] = at + lengths[slot]
        at = 2 * NEVER
        for slot, way in edge.exits:
            if due[slot] < at:
                at, edge = due[slot], way
        if at >= NEVER:
            raise TableError(f"nothing ends {edge.target}", [edge.rule])
        moments.append((at, edge))
    return tuple(moments)
