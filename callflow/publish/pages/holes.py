"""The page of holes: what the source leaves open, what hangs on it, and how we read it.

Where a hole is met is found by walking every call (`found`). The page groups it by hole.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...choreography import configurations
from ...clauses import G9, Clause
from ...draw import wording
from ...draw.catalogue import capital, clause_words, say
from ...words import Basis, Configuration, Event, State
from .album import Album
from .found import HOLES, Met, holes_met, steps
from .markdown import code, heading, legs, link, table, worded
from .settings import setting_told, settings_told


def holes_page(album: Album) -> Iterator[str]:
    """Every hole: the question, our reading, where it is met, the shortest call that shows it."""
    met = holes_met()
    yield heading(1, say("Holes of the source"))
    yield say(
        "The vendor's page describes a call with two messages that goes well. It leaves {holes} "
        "questions open, and a simulator has to answer each of them. These are our answers. They "
        "are **inferred**: build on them only what may fail, and try a real call where it matters.",
        holes=len(HOLES),
    )
    yield say(
        "Nobody listed where a hole matters: callflow walked every call that the table of rules "
        "allows, in all {settings} configurations, and noted each pair of a state and an event at "
        "which the hole had to be answered. Calls meet {pairs} pairs in all, and at {unsure} of "
        "them what happens rests on an inference. A hole with no pair is met by the request alone, "
        "before anything happens.",
        settings=len(configurations()),
        pairs=len(steps()),
        unsure=sum(edge.basis is Basis.INFERRED for _, edge in steps()),
    )
    yield table(
        (say("hole"), say("what is open"), say("pairs"), say("configurations")),
        (
            (
                link(hole.id, "", hole.id),
                _open(hole),
                str(met[hole].pairs),
                say("{some} of {all}", some=met[hole].configurations, all=len(configurations())),
            )
            for hole in HOLES
        ),
        right=(2, 3),
    )
    for hole in HOLES:
        yield from _hole(met[hole], album)


def _open(hole: Clause) -> str:
    return worded(capital(clause_words(hole).hole or ""))


def _hole(met: Met, album: Album) -> Iterator[str]:
    hole = met.hole
    words = clause_words(hole)
    yield heading(2, hole.id)
    question = _open(hole)
    yield f"**{question}{'' if question.endswith('?') else '.'}**"
    yield say("We read *[{id}]*: {says}.", id=hole.id, says=worded(words.says))
    yield say("Why: {why}.", why=worded(words.why or ""))
    if hole is G9:
        yield say(
            "This is the reading to trust least. A real scenario can dial a second number, ask a "
            "colleague or take a message; this model has one {employee} on one number and nothing "
            "after that."
        )
    if not met.pairs:
        yield say("Met by the request alone, in {where}.", where=_where(met))
    else:
        if met.pairs == 1:
            yield say("It answers for one pair of state and event:")
        else:
            yield say("It answers for {count} pairs of state and event:", count=met.pairs)
        yield table(
            (say("state, {contact} / {employee}"), say("event"), say("settings")),
            ((legs(state), code(event), told) for state, event, told in _moments(met)),
        )
        alone = [place.configuration for place in met.places if place.state is None]
        if alone:
            yield say(
                "The request alone meets it, too, in these settings: {settings}.",
                settings=settings_told(alone),
            )
    yield say(
        "The shortest call that shows it takes {length} ({settings}):",
        length=wording.length(met.shortest.duration),
        settings=setting_told(met.shortest.case.configuration),
    )
    yield album.timeline(f"hole-{hole.id.lower()}", met.shortest)


def _where(met: Met) -> str:
    chosen = {place.configuration for place in met.places}
    if len(chosen) == len(configurations()):
        return say("any configuration")
    return settings_told(chosen)


def _moments(met: Met) -> Iterator[tuple[State, Event, str]]:
    """State and event, each with the settings in which the hole answers for it."""
    moments: dict[tuple[State, Event], list[Configuration]] = {}
    for place in met.places:
        if place.state is not None and place.event is not None:
            moments.setdefault((place.state, place.event), []).append(place.configuration)
    for (state, event), chosen in moments.items():
        yield state, event, settings_told(chosen)
