"""``callflow explain``: why, step by step. For a terminal, for a ticket, and as data for pages.

`steps_in_words` and `tell` are the sentences as data; the two ``explain`` functions lay them out.
"""

from __future__ import annotations

from .markdown import explain_markdown
from .sentences import HOLES, Line, Sentence
from .steps import steps_in_words
from .telling import Telling, tell
from .text import explain_text

__all__ = [
    "HOLES",
    "Line",
    "Sentence",
    "Telling",
    "explain_markdown",
    "explain_text",
    "steps_in_words",
    "tell",
]
