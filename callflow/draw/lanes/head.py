"""What stands over the lanes: title, settings, outcome, and what was set without effect."""

from __future__ import annotations

from collections.abc import Iterator

from ...call.effect import NoEffect
from ...call.timeline import Timeline
from ...words import Basis, Outcome
from .. import wording
from ..catalogue import say
from ..effects import effect
from ..picture_palette import Paint
from ..svg import Circle, Group, Line, Path, Rect, Run, Shape, Text, blank, flow
from .lane import Frame, cross

_CHIP, _INDENT = 20.0, 18.0


def head(timeline: Timeline, frame: Frame, top: float) -> tuple[Group, float]:
    """The lines over the lanes, and where they end."""
    chips = [Run(text, 11.5, Paint.SECOND) for text in settings(timeline)]
    taken = sum(run.width + 14 for run in chips) + 8 * (len(chips) - 1)
    title = Run(wording.title(timeline), 16, bold=True)
    room = frame.right - frame.left
    beside = title.width + 24 + taken <= room
    shapes: list[Shape] = []
    y = top + 16
    for line in flow((title,), room):
        shapes.append(Text(frame.left, y, line, blank(16), "title"))
        y += 21
    if not shapes:
        y += 21
    if beside:
        shapes += _chips(chips, frame.right - taken, top)
    else:
        shapes += _chips(chips, frame.left, y - 11)
        y += 28
    for part in (_outcome(timeline), *_without_effect(timeline)):
        drawn, y = _hanging(part, frame, y + 1)
        shapes += drawn
    return Group("head", tuple(shapes)), y - 14


def settings(timeline: Timeline) -> tuple[str, ...]:
    """The settings that chose the rules."""
    effective = timeline.effective
    switch = f"switch_at_once: {str(effective.switch_at_once).lower()}"
    if effective.switch_requested is not effective.switch_at_once:
        asked = str(effective.switch_requested).lower()
        switch = say("{switch} (asked: {asked})", switch=switch, asked=asked)
    return (f"first_call: {effective.first_call}", switch)


def _chips(runs: list[Run], x: float, y: float) -> Iterator[Shape]:
    for run in runs:
        yield Rect(x + 0.5, y + 0.5, run.width + 13, _CHIP, None, Paint.RULE, 3)
        yield Text(x + 7, y + 14.5, (run,), role="setting")
        x += run.width + 22


#: A sign, drawn around the middle of a line of text, and what is said beside it.
_Said = tuple[str, tuple[Run, ...]]


def _hanging(said: _Said, frame: Frame, y: float) -> tuple[list[Shape], float]:
    """A sign with its lines; where the next base line is."""
    sign, runs = said
    size = runs[0].size
    shapes: list[Shape] = [*_sign(sign, frame.left + 5.5, y - 4.5)]
    for line in flow(runs, frame.right - frame.left - _INDENT):
        shapes.append(Text(frame.left + _INDENT, y, line, blank(size), sign))
        y += size + 5
    return shapes, y + 2


def _sign(sign: str, x: float, y: float) -> Iterator[Shape]:
    if sign == "outcome":
        yield Circle(x, y, 5, Paint.CONVERSATION)
    elif sign == "failure":
        yield from cross(x, y, 4.5)
    elif sign == "no-effect":
        yield Path(((x, y - 5.5), (x + 6.5, y + 5), (x - 6.5, y + 5)), None, Paint.INK, width=1.3)
        yield Line(x, y - 2, x, y + 1.6, Paint.INK, 1.3)
        yield Line(x, y + 2.6, x, y + 3.9, Paint.INK, 1.3)


def _outcome(timeline: Timeline) -> _Said:
    good = timeline.outcome is Outcome.CONVERSATION
    paint = Paint.INK if good else Paint.FAILURE
    return ("outcome" if good else "failure", (Run(wording.outcome(timeline), 13, paint),))


def _without_effect(timeline: Timeline) -> Iterator[_Said]:
    asked = timeline.case.request.switch_at_once
    quiet: list[NoEffect] = []
    for entry in timeline.no_effect:
        name = entry.path.rpartition(".")[2]
        if not wording.misleads(timeline, entry):
            quiet.append(entry)
            continue
        if name == "switch_at_once":
            name = f"{name}: {str(bool(asked)).lower()}"
        yield (
            "no-effect",
            (
                Run(say("{name} has no effect here:", name=name), 13, bold=True),
                Run(effect(entry), 13),
                _clauses(entry),
            ),
        )
    if quiet:
        runs = [Run(say("without effect in any call:"), 11.5, Paint.SECOND)]
        if any(entry.path not in wording.CLASSIFYING for entry in quiet):
            runs = [Run(say("without effect:"), 11.5, Paint.SECOND)]
        for number, entry in enumerate(quiet):
            name = entry.path.rpartition(".")[2]
            runs += [Run(name, 11.5, Paint.SECOND), _clauses(entry, last=number == len(quiet) - 1)]
        yield ("quiet", tuple(runs))


def _clauses(entry: NoEffect, *, last: bool = True) -> Run:
    text = wording.cited(entry.clauses, entry.basis) + ("" if last else ",")
    return Run(text, 10.5, Paint.SECOND, italic=entry.basis is Basis.INFERRED)
