"""What a picture cannot show: settings in force, sums, and what the call rests on, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...call.effect import NoEffect
from ...call.timeline import Leg, Timeline
from ...clauses import cite
from ...errors import printable
from ...words import Basis, Party
from .. import wording
from ..catalogue import say, term
from ..effects import effect
from ..grid import GLUE, Line, Run, Style, line, wrap
from ..palette import Role

_Runs = list[Run]


class _Entry(NamedTuple):
    """What a row says. ``column``: what stands before its text, in a column of its own."""

    runs: _Runs
    column: Run = ("", Role.TEXT)


def _said(text: str) -> _Entry:
    return _Entry([(text, Role.TEXT)])


def shouted(timeline: Timeline) -> tuple[NoEffect, ...]:
    """The parameters without effect that make a reader expect another call than this one."""
    return tuple(entry for entry in timeline.no_effect if wording.misleads(timeline, entry))


def notices(timeline: Timeline, width: int, style: Style) -> Iterator[Line]:
    """What misleads, one notice each: parameters without effect, and what the loader warns of."""
    for entry in shouted(timeline):
        yield from _hanging(
            [
                ("! ", Role.CAUTION),
                (say("{name} has no effect here", name=_named(timeline, entry)), Role.STRONG),
                (f": {style.own(effect(entry))}  {cite(entry.clauses)}", Role.TEXT),
            ],
            width,
        )
    told = {entry.path for entry in timeline.no_effect}
    for warning in timeline.warnings:
        if warning.path not in told:
            yield from _hanging(
                [
                    ("! ", Role.CAUTION),
                    (style.users(printable(warning.path)), Role.STRONG),
                    (f": {style.own(effect(warning))}", Role.TEXT),
                ],
                width,
            )


def _named(timeline: Timeline, entry: NoEffect) -> str:
    name = entry.path.rpartition(".")[2]
    if name == "switch_at_once":
        return f"{name}: {str(bool(timeline.case.request.switch_at_once)).lower()}"
    return name


def _hanging(runs: _Runs, width: int) -> Iterator[Line]:
    first, *rest = runs
    for number, broken in enumerate(wrap(rest, width - 2)):
        yield line((("  ", Role.TEXT) if number else first, *broken))


def table(
    timeline: Timeline, *, width: int, gutter: int, style: Style, command: str | None
) -> Iterator[Line]:
    """The rows under the picture: first what was in force, last what to ask next."""
    rows: list[tuple[str, list[_Entry]]] = [(say("settings"), [_settings(timeline)])]
    rows += [(term(party), [_figures(timeline.leg(party), style)]) for party in Party]
    rows += [
        (say("no effect"), _no_effect(timeline, style)),
        (say("inferred"), _inferred(timeline, style)),
        (say("assumed"), _assumed(timeline, style)),
    ]
    if command:
        asked = style.users(printable(command))
        more = [(asked, Role.STRONG), (f"   {say('every step in words')}", Role.TEXT)]
        rows.append((say("more"), [_Entry(more)]))
    for name, entries in rows:
        for number, entry in enumerate(entries):
            yield from _row("" if number else name, entry, width, gutter)


def _row(name: str, entry: _Entry, width: int, gutter: int) -> Iterator[Line]:
    """An entry with its name in the gutter; further lines hang under the first one's text."""
    taken = gutter + len(entry.column[0])
    for number, broken in enumerate(wrap(entry.runs, width - taken)):
        if number:
            yield line(((" " * taken, Role.TEXT), *broken))
        else:
            yield line(((name.ljust(gutter), Role.TEXT), entry.column, *broken))


def _settings(timeline: Timeline) -> _Entry:
    effective = timeline.effective
    runs: _Runs = [
        ("first_call ", Role.TEXT),
        (effective.first_call.value, Role.STRONG),
        ("   switch_at_once ", Role.TEXT),
        (str(effective.switch_at_once).lower(), Role.STRONG),
    ]
    if effective.switch_requested and not effective.switch_at_once:
        runs.append((say(" (asked: true)"), Role.TEXT))
    return _Entry(runs)


def _figures(leg: Leg, style: Style) -> _Entry:
    sums = (text.replace(" ", GLUE) for text in _sums(leg))
    return _said((f"{GLUE}· " if style.drawn else ", ").join(sums))


def _sums(leg: Leg) -> Iterator[str]:
    figures = leg.figures
    if leg.dialed is None:
        yield say("never dialed")
        return
    if figures.waited is None:
        yield say("never answered")
    else:
        yield say("waited {length}", length=wording.length(figures.waited))
    heard, whole = figures.message_heard or 0, figures.message_length
    if whole is None:
        yield say("no message")
    elif heard == whole:
        yield say("message heard whole")
    elif heard:
        yield say(
            "message heard for {part} of {whole}",
            part=wording.length(heard),
            whole=wording.length(whole),
        )
    else:
        yield say("message of {length} not heard", length=wording.length(whole))
    if figures.music_heard:
        yield say("music {length}", length=wording.length(figures.music_heard))
    if figures.talked:
        yield say("talked {length}", length=wording.length(figures.talked))


def _no_effect(timeline: Timeline, style: Style) -> list[_Entry]:
    if not timeline.no_effect:
        return [_said(say("none: every parameter given changes this call"))]
    told = shouted(timeline)
    entries: list[_Entry] = []
    for entry in timeline.no_effect:
        if entry in told:
            continue
        text = f"{_named(timeline, entry).replace(':', '')}: {style.own(effect(entry))}  "
        inferred = entry.basis is Basis.INFERRED
        ids = wording.cited(entry.clauses, entry.basis)
        role = Role.INFERRED if inferred else Role.TEXT
        entries.append(_Entry([(text, Role.TEXT), (ids, role)]))
    return entries


def _inferred(timeline: Timeline, style: Style) -> list[_Entry]:
    found = wording.inferences(timeline)
    if not found:
        return [_said(say("nothing: the source describes this call"))]
    column = max(len(inference.clause.id) for inference in found) + 2
    entries: list[_Entry] = []
    for inference in found:
        when = ""
        if inference.start is not None and inference.end is not None:
            when = say(
                "{start} to {end}  ",
                start=wording.clock(inference.start),
                end=wording.clock(inference.end),
            )
        says = style.own(wording.reading(inference.clause))
        id_column = (inference.clause.id.ljust(column), Role.STRONG)
        entries.append(_Entry([(when + says, Role.TEXT)], id_column))
    return entries


def _assumed(timeline: Timeline, style: Style) -> list[_Entry]:
    if not timeline.assumptions:
        return [_said(say("nothing: the case gives every value that was used"))]
    return [_said(style.users(printable(effect(entry)))) for entry in timeline.assumptions]
