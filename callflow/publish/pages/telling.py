"""One call on a page: what is in force, its times, its steps in words with their clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ...call.timeline import Timeline
from ...clauses import Clauses
from ...draw import wording
from ...draw.catalogue import say, term
from ...draw.explain import Sentence, Telling
from ...draw.explain.markdown import cited_sentences
from ...words import LegState, Party
from .markdown import bullets, cite, escaped, table


def settings_blocks(told: Telling) -> Iterator[str]:
    """What was set without effect, and what is in force."""
    if told.without_effect:
        yield say("Without effect, whatever people do:")
        yield bullets(_items(told.without_effect))
    yield from _items(told.settings)


def steps_table(told: Telling) -> str:
    """What happens, moment by moment, and what says so."""
    return table((say("at"), say("what happens"), say("clauses")), _steps(told), right=(0,))


def _steps(told: Telling) -> Iterator[tuple[str, str, str]]:
    for line in told.steps:
        moment = "" if line.at is None else wording.moment(line.at)
        for text, clauses in cited_sentences(line.sentences, cite):
            yield moment, text, clauses
            moment = ""


def _items(sentences: Iterable[Sentence]) -> Iterator[str]:
    """Sentences as items of a list; a hole that is explained follows in its item."""
    item = ""
    for text, clauses in cited_sentences(sentences, cite):
        if text.startswith("*"):
            item += f" {text}"
            continue
        if item:
            yield item
        item = f"{text} ({clauses})" if clauses else text
    if item:
        yield item


def times_table(call: Timeline) -> str:
    """From moment to moment what each party is in: the timeline as a table."""
    borders = sorted(
        {
            border
            for party in Party
            for segment in call.leg(party).segments
            for border in (segment.start, segment.end)
        }
    )
    return table(
        (say("from"), say("to"), say("length"), say("{contact}"), say("{employee}")),
        (
            (
                wording.moment(start),
                wording.moment(end),
                wording.length(end - start),
                *(state_told(call, party, start) for party in Party),
            )
            for start, end in pairwise(borders)
        ),
        right=(0, 1, 2),
    )


def state_told(call: Timeline, party: Party, at: int) -> str:
    """What a party is in from a moment on, and who says so."""
    for segment in call.leg(party).segments:
        if segment.start <= at < segment.end:
            clauses: Clauses = next(
                part.clauses for part in segment.parts if part.start <= at < part.end
            )
            return f"{escaped(term(segment.state))} ({cite(clauses)})"
    dialed = call.leg(party).dialed
    return escaped(term(LegState.IDLE if dialed is None or at < dialed else LegState.RELEASED))


def figures_list(told: Telling) -> str:
    """Of each party what it lived through, in figures."""
    return bullets(
        f"{say('**{party}**', party=party)}: {escaped(', '.join(pieces))}"
        for party, pieces in told.figures
    )
