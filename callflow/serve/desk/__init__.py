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
from ...draw.chart import chart_of
from ...errors import CallflowError
from ...situations import SITUATIONS
from ..pictures import down, lanes, lanes_so_far, machine, small
from . import changing, opening, stepping, telling
from .controls import controls
from .making import made
from .question import Question, WrongQuestion, question

__all__ = ["WrongQuestion", "answer"]


def answer(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a question of the page.

    Args:
        asked: see `question.Question`; plain values as JSON has them.

    Returns:
        Plain values as JSON has them; what stands there follows from what was asked:

        ``words``: the page's own words; ``situations``: calls to begin with; ``case`` with
        ``controls`` and ``notes``: the case, changed as was asked; ``call``: what comes of it;
        ``now``: what can happen at the moment that was asked; ``problems``: why there is no call;
        ``made``: something to take along.

    Raises:
        WrongQuestion: it is no question; says why.
    """
    return _answered(question(asked))


def _answered(asked: Question) -> dict[str, Any]:
    told: dict[str, Any] = {"language": asked.language}
    if asked.words:
        told["words"] = telling.page_words()
    if asked.situations:
        told["situations"] = _situations(asked)
    raw, opened = asked.case, None
    if asked.text is not None:
        opened = opening.opened(asked.text)
        raw = opened.case
    if raw is None:
        return told | ({"problems": list(opened.problems)} if opened else {})
    raw = changing.changed(raw, asked.changes)
    read = opening.read(raw)
    case = read.case
    if case is not None and asked.fork is not None:
        try:
            forked = stepping.forked(case, *asked.fork)
        except CallflowError as error:
            told["refused"] = str(error)
        else:
            told["played"] = forked.to_dict()
            asked = asked.playing(forked)
    if case is not None and asked.let_run and asked.played is not None:
        case = stepping.let_run(case, asked.played)
        raw = opening.mapping_of(case)
        asked = asked.playing(None)
    problems = opened.problems if opened is not None and case is None else read.problems
    told |= {"case": raw, "problems": list(problems)}
    if case is None:
        return told | {"controls": controls(raw, None, problems)}
    if asked.make is not None:
        return {"made": made(case, asked)}
    if asked.played is not None:
        told |= _played(case, asked)
    else:
        call = simulate(case)
        told |= _told(call, _pinned(asked), asked)
        told["now"] = stepping.now(case, asked.at)
    return told | {"controls": controls(raw, simulate(case), ())}


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


def _played(case: Case, asked: Question) -> dict[str, Any]:
    """A call that is played by hand, up to where it has come."""
    assert asked.played is not None
    try:
        session = stepping.session(case, asked.played)
    except CallflowError as error:
        return {"refused": str(error)}
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


