"""A whole call in words: what is in force, what happened, what it came to, on what it rests.

`tell` gives data; `text` and `markdown` lay it out, and so may a page.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from ...call.timeline import Timeline
from ...clauses import G17, Clause, Clauses
from ...errors import printable
from ...words import LegState, Outcome, Party
from .. import wording
from ..catalogue import capital, later, say
from ..effects import effect
from .sentences import Line, Sentence, explained
from .steps import steps_in_words


@frozen(kw_only=True)
class Telling:
    """A whole call in words, in the order in which it is told.

    Attributes:
        without_effect: parameters that change nothing, whatever people do.
        settings: what is in force, and whether the source describes this call.
        figures: of each party what it lived through, in short pieces.
        left_out: what a real call may bring that this model does not know.
    """

    title: str
    outcome: str
    without_effect: tuple[Sentence, ...]
    settings: tuple[Sentence, ...]
    steps: tuple[Line, ...]
    figures: tuple[tuple[Party, tuple[str, ...]], ...]
    assumptions: tuple[Sentence, ...]
    warnings: tuple[Sentence, ...]
    left_out: str

    @property
    def clauses(self) -> Clauses:
        """Every clause that is named, in the order of first naming."""
        said = [*self.without_effect, *self.settings]
        said += [sentence for line in self.steps for sentence in line.sentences]
        said += self.warnings
        return tuple(dict.fromkeys(clause for sentence in said for clause in sentence.clauses))


def tell(timeline: Timeline) -> Telling:
    """The whole call in words. Each hole is explained once, where it is first met."""
    known: set[Clause] = set()
    return Telling(
        title=wording.title(timeline),
        outcome=capital(f"{wording.outcome(timeline)}."),
        without_effect=explained(_without_effect(timeline), known),
        settings=explained(_settings(timeline), known),
        steps=steps_in_words(timeline, known),
        figures=tuple((party, _figures(timeline, party)) for party in Party),
        assumptions=tuple(
            Sentence(text=printable(f"{effect(entry)} ({entry.path})"))
            for entry in timeline.assumptions
        ),
        warnings=tuple(_warnings(timeline)),
        left_out=_left_out(timeline),
    )


def _without_effect(timeline: Timeline) -> Iterator[Sentence]:
    for entry in timeline.no_effect:
        name = entry.path.removeprefix("request.")
        yield Sentence(text=f"{name}: {effect(entry)}.", clauses=entry.clauses)


def _settings(timeline: Timeline) -> Iterator[Sentence]:
    """What is in force, and what stands behind the whole call."""
    case, effective = timeline.case, timeline.effective
    configuration = case.configuration
    switch = f"switch_at_once {'true' if effective.switch_at_once else 'false'}"
    if case.request.switch_at_once is None:
        switch = say("{switch} (not sent)", switch=switch)
    elif effective.switch_disabled_by:
        switch = say("{switch} (sent as true)", switch=switch)
    settings = f"first_call {effective.first_call}, {switch}"
    if configuration.premise:
        text = later("{settings}; both messages are there, so the source describes this call.")
        yield Sentence(text=say(text, settings=settings))
        return
    if configuration.contact_message:
        missing = say("the scenario has no message to the employee")
    elif configuration.employee_message:
        missing = say("the request has no contact_message")
    else:
        missing = say("neither the request nor the scenario has a message")
    text = say(
        "{settings}; {missing}, so the source does not describe this call; "
        "the course it takes is our reading.",
        settings=settings,
        missing=missing,
    )
    yield Sentence(text=text, clauses=(G17,))


def _figures(timeline: Timeline, party: Party) -> tuple[str, ...]:
    leg = timeline.leg(party)
    figures, length = leg.figures, leg.figures.message_length
    pieces = []
    if leg.dialed is None:
        pieces.append(say("never called"))
    elif figures.waited is None:
        failed = timeline.outcome is not Outcome.ABANDONED
        rang = wording.length((leg.released or 0) - leg.dialed)
        text = (
            later("rang {length}, not reached")
            if failed
            else later("rang {length} until the call ended")
        )
        pieces.append(say(text, length=rang))
    else:
        pieces.append(say("waited {length}", length=wording.length(figures.waited)))
    if length is not None:
        if not _begun(timeline, party):
            pieces.append(say("message ({length}) not played", length=wording.length(length)))
        elif figures.message_heard == length:
            pieces.append(say("heard the message whole"))
        elif not figures.message_heard:
            text = later("heard none of the message ({length})")
            pieces.append(say(text, length=wording.length(length)))
        else:
            part = wording.part_of(figures.message_heard, length)
            pieces.append(say("heard {part} of the message", part=part))
    if figures.music_heard:
        pieces.append(say("music {length}", length=wording.length(figures.music_heard)))
    if figures.talked:
        pieces.append(say("talked {length}", length=wording.length(figures.talked)))
    return tuple(pieces)


def _begun(timeline: Timeline, party: Party) -> bool:
    """Whether the message to a party began to play."""
    return any(step.target.leg(party) is LegState.MESSAGE for step in timeline.steps)


def _warnings(timeline: Timeline) -> Iterator[Sentence]:
    """Warnings, without those whose parameter was told to have no effect: these say the same."""
    told = {entry.path for entry in timeline.no_effect}
    for entry in timeline.warnings:
        if entry.path not in told:
            yield Sentence(text=printable(f"{entry.path}: {effect(entry)}."), clauses=entry.clauses)


def _left_out(timeline: Timeline) -> str:
    """What the model leaves out, where this call could make a reader expect it."""
    things = []
    if timeline.reason is not None:
        things.append(say("a scenario that goes on when a party is not reached, voice mail"))
    if _begun(timeline, Party.CONTACT):
        things.append(say("an answering machine (here it answers like a contact)"))
    things.append(say("several employees or numbers, transfers, recording"))
    return ", ".join(things)
