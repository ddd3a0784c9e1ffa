"""Sentences that can stand in ``expect:``, drawn from the patterns that also read them.

The module knows no pattern: a new row of `callflow.verify.sentences` is drawn from at once. Whether
a sentence holds is not its affair; most of those drawn do not hold for a given call.
"""

from __future__ import annotations

from hypothesis import strategies as st

from ..units import Milliseconds, seconds
from ..verify.bounds import SECONDS
from ..verify.grammar import Lexical, items_of
from ..verify.sentences import HOLES, PATTERNS
from .calls import times


def sentences(pattern: str | None = None) -> st.SearchStrategy[str]:
    """A sentence as it is written in a case file: ``contact hears message for about 9``.

    Args:
        pattern: of this one only, as it is told in the documentation; None: of any.

    Raises:
        ValueError: when called, if there is no such pattern.
    """
    known = [row.text for row in PATTERNS]
    if pattern is None:
        return st.sampled_from(known).flatmap(_filled)
    if pattern not in known:
        raise ValueError(f"no pattern {pattern!r}; known: {', '.join(known)}")
    return _filled(pattern)


def _filled(pattern: str) -> st.SearchStrategy[str]:
    """A pattern with something in each of its holes."""
    between = [_hole(hole) if hole else st.just(word) for word, hole in items_of(pattern)]
    return st.tuples(*between).map(" ".join)


def _hole(name: str) -> st.SearchStrategy[str]:
    hole = HOLES[name]
    if not isinstance(hole, Lexical):
        return st.sampled_from(list(hole)).flatmap(_filled)
    words = st.from_regex(hole.form, fullmatch=True).filter(hole.read)
    return _SECONDS | words if hole is SECONDS else words


def _number(time: Milliseconds) -> str:
    """A time as people write it: without a decimal, if it needs none."""
    return f"{seconds(time):.3f}".rstrip("0").rstrip(".")


_SECONDS = st.builds(
    "{}{}".format, times().map(_number), st.sampled_from(["", "", "", " s", "s", " seconds"])
)
