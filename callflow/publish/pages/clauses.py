"""The page of clauses: every sentence of the source, every hole, each with an address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...choreography import configurations
from ...clauses import CLAUSES, Clause
from ...draw.catalogue import capital, clause_words, say
from ...verify.paths import all_paths
from ...words import Basis
from .found import steps
from .markdown import heading, link, worded


def clauses_page() -> Iterator[str]:
    """Those of the source first, then the holes."""
    behind, paths = _behind()
    count, whole = len(steps()), len(all_paths())
    sure = sum(edge.basis is Basis.DOCUMENTED for _, edge in steps())
    yield heading(1, say("Clauses"))
    yield say(
        "Everything that these pages say of a call rests on clauses, and every clause has its "
        "sentence here. A sentence of the vendor's page of `start.vnumber_call`, told in our "
        "words, is **documented**. Where that page is silent or can be read in two ways there is a "
        "hole: what stands there is *our reading*, it is **inferred**, and the vendor promises "
        "nothing of the kind."
    )
    yield say(
        "A call can take {count} different steps, counted in all {settings} configurations, along "
        "{whole} paths. {sure} of the steps rest on sentences of the source alone; behind the "
        "other {unsure} stands at least one inference.",
        count=count,
        settings=len(configurations()),
        whole=whole,
        sure=sure,
        unsure=count - sure,
    )
    yield heading(2, say("Sentences of the source"))
    for clause in CLAUSES.values():
        if clause.basis is Basis.DOCUMENTED:
            yield from _sentence(clause, _stands(clause, behind, paths))
    yield heading(2, say("Holes of the source, and our reading"))
    for clause in CLAUSES.values():
        if clause.basis is Basis.INFERRED:
            yield from _hole(clause, _stands(clause, behind, paths))


def _behind() -> tuple[Counter[Clause], Counter[Clause]]:
    """Behind how many steps, and on how many paths, each clause stands."""
    behind = Counter(
        clause
        for _, edge in steps()
        for clause in dict.fromkeys((*(edge.contact or ()), *(edge.employee or ())))
    )
    return behind, Counter(clause for path in all_paths() for clause in path.clauses)


def _stands(clause: Clause, behind: Counter[Clause], paths: Counter[Clause]) -> str:
    if not behind[clause]:
        return ""
    if behind[clause] == 1:
        return say("Behind one step, on {paths} paths.", paths=paths[clause])
    return say("Behind {steps} steps, on {paths} paths.", steps=behind[clause], paths=paths[clause])


def _sentence(clause: Clause, stands: str) -> Iterator[str]:
    words = clause_words(clause)
    yield heading(3, clause.id)
    yield say("**documented**, under {place}.", place=f"*{worded(words.place)}*")
    yield " ".join(filter(None, (f"{worded(capital(words.says))}.", stands)))


def _hole(clause: Clause, stands: str) -> Iterator[str]:
    words = clause_words(clause)
    yield heading(3, clause.id)
    yield say("**inferred**. Left open: {hole}", hole=f"*{_sentence_of(words.hole or '')}*")
    more = link(say("where it is met, and a picture"), "holes.md", clause.id)
    reading = say(
        "We read: {says}. Why: {why}.",
        says=worded(words.says),
        why=worded(words.why or ""),
    )
    yield " ".join(filter(None, (reading, stands, say("More: {page}.", page=more))))


def _sentence_of(text: str) -> str:
    """A clause of its own as a sentence ends."""
    return worded(text if text.endswith("?") else f"{text}.")
