"""Questions to a timeline: each gives a verdict, in words that can stand in a report.

=============  ===========================================================================
``occasions``  what can happen in a call, in which step it does, and on which clauses
``heard``      what a party hears, and for how long
``moments``    when something happens, and in which order
``settings``   outcome, caller numbers, marks, parameters
=============  ===========================================================================

A question knows what it asks, not how it was put: `sentences` and `sequences` put it. What happens
is the timeline's; nothing here works it out again.
"""

from .heard import (
    conversation_lasts,
    hears,
    hears_for,
    hears_whole_message,
    never_hears,
    waits,
)
from .moments import (
    Order,
    dialed_in_order,
    happens,
    happens_after,
    happens_at,
    happens_before,
    happens_in_order,
    lasts,
    never_happens,
)
from .occasions import Occasion, clauses_of, in_force, occurs, parts
from .settings import has_effect, mark_is_not_sent, mark_is_sent, outcome_is, sees_caller

__all__ = [
    "Occasion",
    "Order",
    "clauses_of",
    "conversation_lasts",
    "dialed_in_order",
    "happens",
    "happens_after",
    "happens_at",
    "happens_before",
    "happens_in_order",
    "has_effect",
    "hears",
    "hears_for",
    "hears_whole_message",
    "in_force",
    "lasts",
    "mark_is_not_sent",
    "mark_is_sent",
    "never_happens",
    "never_hears",
    "occurs",
    "outcome_is",
    "parts",
    "sees_caller",
    "waits",
]
