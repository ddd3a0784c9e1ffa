"""The one function that the page reaches Python through: a question in JSON, an answer in JSON.

`answer` is pure: it knows no HTTP, opens no file, and remembers nothing from one question to the
next. Whoever runs it hands in the question and hands out the answer: the server of `callflow
preview` does, and a page that has the library in itself may.

=============  ====================================================================================
``question``   what may be asked, checked
``changing``   a case changed at a control: the format of the case lives here, not in the page
``opening``    texts to cases: a case file, a request from a log
``controls``   request, scenario and people as the page's controls, with units and defaults
``telling``    headline, steps, notes, the lanes as a table, what differs from a pinned call
``stepping``   what can happen at a moment, and a call played by hand
``making``     what can be taken along: case, JSON, pictures, sound, a page of its own
=============  ====================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...call.case import Case
from ...call.difference import Difference
from ...call.simulator import simulate
from ...call.timeline import Timeline
from ...draw.catalogue import speaking
from ...draw.catalogue_file import catalogue_named
from ...draw.chart import chart_of
from ...errors import CallflowError
from ...situations import SITUATIONS
from ..pictures import down, lanes, lanes_so_far, machine, small
from ..words import page_words
from . import changing, opening, stepping, telling
from .controls import controls
from .making import Ears, made
from .question import Played, Question, WrongQuestion, question

__all__ = ["Ears", "WrongQuestion", "answer"]


def answer(asked: Mapping[str, Any], ears: Ears | None = None) -> dict[str, Any]:
    """The answer to a question of the page.

    Args:
        asked: see `question.Question`; plain values as JSON has them.
        ears: how a call is made to sound; None: it is not.

    Returns:
        Plain values as JSON has them; what stands there follows from what was asked:

        ``words``: the page's own words; ``situations``: calls to begin with; ``case`` with
        ``controls`` and ``notes``: the case, changed as was asked; ``call``: what comes of it;
        ``now``: what can happen at the moment that was asked; ``problems``: why there is no call;
        ``made``: something to take along.

    Raises:
        WrongQuestion: it is no question; says why.
    """
    checked = question(asked)
    with speaking(catalogue_named(checked.language)):
        return _answered(checked, ears)


def _answered(asked: Question, ears: Ears | None) -> dict[str, Any]:
    told: dict[str, Any] = {"language": asked.language}
    if asked.words:
        told |= {"words": page_words(), "sounds": ears is not None}
    if asked.situations:
        told["situations"] = _situations(asked)
    raw = asked.case
    problems: tuple[dict[str, Any], ...] = ()
    if asked.text is not None:
        opened = opening.opened(asked.text)
        raw, problems = opened.case, opened.problems
    if raw is None:
        return told | ({"problems": list(problems)} if asked.text is not None else {})
    raw = changing.changed(raw, asked.changes)
    read = opening.read(raw)
    if read.case is None:
        problems = problems or read.problems
        told |= {"case": raw, "problems": list(problems)}
        return told | {"controls": controls(raw, None, problems)}
    if asked.make is not None:
        return {"made": made(read.case, asked, ears)}
    return told | _shown(raw, read.case, asked)


def _shown(raw: dict[str, Any], case: Case, asked: Question) -> dict[str, Any]:
    """A case with what comes of it, or what was played of it by hand."""
    told: dict[str, Any] = {"problems": []}
    played = asked.played
    try:
        if asked.fork is not None:
            played = stepping.forked(case, *asked.fork)
        if played is not None and asked.let_run:
            case, played = stepping.let_run(case, played), None
            raw = opening.mapping_of(case)
        if played is not None:
            told |= {"played": played.to_dict(), **_played(case, played, asked)}
    except CallflowError as error:
        told["refused"], played = str(error), None
    call = simulate(case)
    if played is None:
        told |= {**_told(call, _pinned(asked), asked), "now": stepping.now(case, asked.at)}
    return {"case": raw, **told, "controls": controls(raw, call, ())}


def _pinned(asked: Question) -> Timeline | None:
    """The call to compare with; None: there is none, or none any more."""
    case = None if asked.pinned is None else opening.read(asked.pinned).case
    return None if case is None else simulate(case)


def _told(call: Timeline, pinned: Timeline | None, asked: Question) -> dict[str, Any]:
    draw = down if asked.narrow else lanes
    difference = None if pinned is None else Difference(pinned, call)
    return {
        "call": {
            "name": telling.title(call),
            "headline": telling.headline(call, difference),
            "settings": telling.settings(call),
            "duration": call.duration / 1000,
            "lanes": draw(call, pinned=pinned, width=asked.width).to_dict(asked.theme, "lanes"),
            "machine": machine(chart_of(call)).to_dict(asked.theme, "machine"),
            "stretches": telling.stretches(call),
            "steps": telling.steps(call),
            "table": telling.table(call),
            "notes": telling.notes(call),
            "compared": None if difference is None else telling.compared(difference),
        }
    }


def _played(case: Case, played: Played, asked: Question) -> dict[str, Any]:
    """A call that is played by hand, up to where it has come."""
    session = stepping.session(case, played)
    at = session.at
    whole = simulate(session.case())
    shown = lanes_so_far(whole, at, stepping.ahead(session), width=asked.width)
    return {
        "playing": {
            **stepping.told(session),
            "duration": whole.duration / 1000,
            "lanes": shown.to_dict(asked.theme, "lanes"),
            "machine": machine(chart_of(whole)).to_dict(asked.theme, "machine"),
            "stretches": telling.stretches(whole),
            "steps": [line for line in telling.steps(whole) if line["ms"] <= at],
        }
    }


def _situations(asked: Question) -> list[dict[str, Any]]:
    """Calls to begin with, on one clock."""
    calls = {name: simulate(one.case()) for name, one in SITUATIONS.items()}
    longest = max(call.duration for call in calls.values())
    return [
        {
            "name": name,
            "setting": telling.sentence(one.setting),
            "finding": telling.sentence(one.finding),
            "picture": small(calls[name], longest=longest).to_dict(asked.theme, f"small{number}"),
            "case": opening.mapping_of(one.case()),
        }
        for number, (name, one) in enumerate(SITUATIONS.items())
    ]
