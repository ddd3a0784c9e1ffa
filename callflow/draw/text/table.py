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
                (f"{_named(timeline, entry)} has no effect here", Role.STRONG),
                (f": {style.own(entry.text)}  {cite(entry.clauses)}", Role.TEXT),
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
                    (f": {style.own(warning.text)}", Role.TEXT),
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
    rows: list[tuple[str, list[_Entry]]] = [("settings", [_settings(timeline)])]
    rows += [(party.value, [_figures(timeline.leg(party), style)]) for party in Party]
    rows += [
        ("no effect", _no_effect(timeline, style)),
        ("inferred", _inferred(timeline, style)),
        ("assumed", _assumed(timeline, style)),
    ]
    if command:
        asked = style.users(printable(command))
        more = [(asked, Role.STRONG), ("   every step in words", Role.TEXT)]
        rows.append(("more", [_Entry(more)]))
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
        runs.append((" (asked: true)", Role.TEXT))
    return _Entry(runs)


def _figures(leg: Leg, style: Style) -> _Entry:
    sums = (text.replace(" ", GLUE) for text in _sums(leg))
    return _said((f"{GLUE}· " if style.drawn else ", ").join(sums))


def _sums(leg: Leg) -> Iterator[str]:
    figures = leg.figures
    if leg.dialed is None:
        yield "never dialed"
        return
    yield "never answered" if figures.waited is None else f"waited {wording.length(figures.waited)}"
    heard, whole = figures.message_heard or 0, figures.message_length
    if whole is None:
        yield "no message"
    elif heard == whole:
        yield "message heard whole"
    elif heard:
        yield f"message heard for {wording.length(heard)} of {wording.length(whole)}"
    else:
        yield f"message of {wording.length(whole)} not heard"
    if figures.music_heard:
        yield f"music {wording.length(figures.music_heard)}"
    if figures.talked:
        yield f"talked {wording.length(figures.talked)}"


def _no_effect(timeline: Timeline, style: Style) -> list[_Entry]:
    if not timeline.no_effect:
        return [_said("none: every parameter given changes this call")]
    told = shouted(timeline)
    entries: list[_Entry] = []
    for entry in timeline.no_effect:
        if entry in told:
            continue
        text = f"{_named(timeline, entry).replace(':', '')}: {style.own(entry.text)}  "
        inferred = entry.basis is Basis.INFERRED
        ids = cite(entry.clauses) + (" inferred" if inferred else "")
        role = Role.INFERRED if inferred else Role.TEXT
        entries.append(_Entry([(text, Role.TEXT), (ids, role)]))
    return entries


def _inferred(timeline: Timeline, style: Style) -> list[_Entry]:
    found = wording.inferences(timeline)
    if not found:
        return [_said("nothing: the source describes this call")]
    column = max(len(inference.clause.id) for inference in found) + 2
    entries: list[_Entry] = []
    for inference in found:
        when = ""
        if inference.start is not None and inference.end is not None:
            when = f"{wording.clock(inference.start)} to {wording.clock(inference.end)}  "
        says = style.own(wording.reading(inference.clause))
        id_column = (inference.clause.id.ljust(column), Role.STRONG)
        entries.append(_Entry([(when + says, Role.TEXT)], id_column))
    return entries


def _assumed(timeline: Timeline, style: Style) -> list[_Entry]:
    if not timeline.assumptions:
        return [_said("nothing: the case gives every value that was used")]
    return [_said(style.users(printable(entry.text))) for entry in timeline.assumptions]
