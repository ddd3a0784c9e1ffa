"""A page for each documented situation: timeline with times, steps, ladder, machine."""

from __future__ import annotations

from collections.abc import Iterator

from ...call.simulator import simulate
from ...draw import wording
from ...draw.catalogue import say
from ...draw.chart import chart_of
from ...draw.explain import tell
from ...situations import SITUATIONS, Situation
from .album import Album
from .markdown import escaped, fence, heading, link
from .telling import figures_list, settings_blocks, steps_table, times_table


def situation_page(one: Situation, album: Album) -> Iterator[str]:
    """Everything about one situation."""
    call = simulate(one.case())
    told = tell(call)
    yield heading(1, escaped(say("{setting}: {finding}", **_named(one))))
    yield escaped(say(one.see))
    yield from settings_blocks(told)
    yield heading(2, say("Timeline"))
    yield f"{escaped(told.outcome)}"
    yield album.timeline(f"{one.name}-timeline", call)
    yield say(
        "The times are typical ones, chosen in the case below: how soon people answer, how long "
        "messages and conversation are. Everything else follows from them."
    )
    yield times_table(call)
    yield figures_list(told)
    yield heading(2, say("Step by step"))
    yield steps_table(told)
    if told.assumptions or told.warnings:
        for sentence in (*told.assumptions, *told.warnings):
            yield escaped(sentence.text)
    yield say("Not in this model: {left_out}.", left_out=escaped(told.left_out))
    yield heading(2, say("Ladder"))
    yield say("The same call as messages, with the {pbx} in the middle; time runs down.")
    yield album.ladder(f"{one.name}-ladder", call)
    yield heading(2, say("State machine"))
    chart = chart_of(call)
    yield say(
        "The machine of these settings ({settings}) and the path of this call through it. A state "
        "is what the two legs do, and dashed arrows are our reading.",
        settings=escaped(chart.title.lower()),
    )
    yield album.machine(f"{one.name}-machine", chart)
    yield heading(2, say("The case"))
    yield say(
        "This file runs as it stands: `callflow simulate {file}` shows the call, `--set` varies "
        "it.",
        file=one.file,
    )
    yield fence("yaml", one.text())
    yield _around(one)


def _named(one: Situation) -> dict[str, str]:
    return {"setting": say(one.setting), "finding": say(one.finding)}


def _around(one: Situation) -> str:
    """The neighbours of a page."""
    names = list(SITUATIONS)
    place = names.index(one.name)
    around = []
    if place:
        before = SITUATIONS[names[place - 1]]
        around.append(
            say("Before: {page}", page=link(escaped(say(before.setting)), f"{before.name}.md"))
        )
    if place + 1 < len(names):
        after = SITUATIONS[names[place + 1]]
        around.append(
            say("Next: {page}", page=link(escaped(say(after.setting)), f"{after.name}.md"))
        )
    around.append(link(say("All pages"), "../index.md"))
    return " · ".join(around)


def talk_told(one: Situation) -> str:
    """When the conversation of a situation begins, in words."""
    talk = simulate(one.case()).conversation
    return say("no conversation") if talk is None else wording.moment(talk.start)
