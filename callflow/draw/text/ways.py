"""Every way in which one set-up can go, as strips of two compact lanes, grouped by outcome.

A strip says what people do, shows both lives on the axis that all strips share, and beside each
life how long that party waits and what it hears: the columns that a reader runs down. What has to
be set in the case to get there stands below, so that each strip can be had as a whole call.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...call.timeline import Segment, Timeline
from ...errors import printable
from ...words import Basis, LegState, Outcome, Party
from .. import wording
from ..catalogue import later, say, term
from ..deeds import OUTCOME, heard
from ..grid import GLUE, NARROWEST, Grid, Line, Run, Sheet, Style, line, shorten, wrap
from ..palette import Role
from ..strips import Strip, Strips
from .picture import GLYPHS, ROLES, first_that_fits
from .scale import Scale, scale_to, spread, ticks
from .table import notices

#: Cells before the lanes: the number, the party.
_NUMBER = 3
#: Cells of the lanes at least and at most; of the waits; of what is heard, where there is room.
_LANE, _LONGEST, _WAITS, _HEARD, _MOST_HEARD = 26, 120, 7, 25, 40
_FOLDED = 72  # in less, what is heard stands below its lane
_ROWS = 11  # cells of the names of the rows at the end


def _gutter() -> int:
    return _NUMBER + max(9, *(len(term(party)) + 1 for party in Party))


class _Columns(NamedTuple):
    """Which cells things take.

    Attributes:
        lane: how many the longest lane takes.
        waits: where the waits end.
        heard: where what is heard begins, and how many cells it has.
        folded: it stands below.
    """

    lane: int
    waits: int
    heard: int
    room: int
    folded: bool


def ways_text(strips: Strips, *, width: int, style: Style, command: str | None = None) -> Sheet:
    """The strips of a set-up.

    Args:
        strips: the calls.
        width: how many cells a line may take; at least 40 are taken.
        style: what can be shown.
        command: the command that shows the case as a whole call, as the reader would type it.
    """
    page = _Page(strips, max(width, NARROWEST), style)
    return Sheet(
        (
            *page.head(),
            *(
                one
                for outcome, group in strips.groups()
                for one in ((), *page.group(outcome, group))
            ),
            *page.barred(),
            (),
            *page.tail(command),
        )
    )


class _Page:
    """Everything that is said and drawn, for a place of some width and style."""

    def __init__(self, strips: Strips, width: int, style: Style) -> None:
        self.strips = strips
        self.width = width
        self.style = style
        self.glyphs = GLYPHS[style]
        self.common = strips.common
        self.columns = _columns(width)

    # ------------------------------------------------------------------------------------- head

    def head(self) -> Iterator[Line]:
        """The name of the set-up, what misleads in it, how many ways it has."""
        title = wrap([(self.style.users(self.strips.title()), Role.STRONG)], self.width)
        yield from shorten(title, 2, self.width, self.style.own("…"))
        yield from notices(self.strips.own, self.width, self.style)
        told = [(self.strips.count(), Role.STRONG), (f": {self.strips.counts()}", Role.TEXT)]
        yield from wrap(told, self.width)
        yield from wrap([(self.strips.setup(), Role.TEXT)], self.width)

    # ------------------------------------------------------------------------------------ strips

    def group(self, outcome: Outcome, group: Sequence[tuple[int, Strip]]) -> Iterator[Line]:
        """All strips of one outcome under their axis."""
        good = outcome is Outcome.CONVERSATION
        sign = ("● ", Role.GOOD) if good else ("× ", Role.FAILURE)
        ways = wording.many(len(group), "way")
        yield line(
            (
                (self.style.own(sign[0]), sign[1]),
                (say(OUTCOME[outcome]), Role.STRONG),
                (self.style.own(f" · {ways}"), Role.TEXT),
            )
        )
        yield from self._axis(good=good)
        for number, strip in group:
            if number != group[0][0]:
                yield ()
            yield from self._strip(number, strip)

    def _axis(self, *, good: bool) -> Iterator[Line]:
        """The moments that the axis names, above the lanes, and the heads of the columns."""
        grid = Grid(self.width)
        row = grid.add()
        columns = self.columns
        shown, end = self.strips.shown, columns.lane
        measure = Scale((0, shown), (0, end), end, None, ((0, 0), (shown, end)))
        unit, marks = ticks(measure)
        grid.put(row, _NUMBER, unit)
        for start, text in spread([*marks], 0, columns.lane + 1):
            grid.put(row, _gutter() + start, text)
        if not columns.folded:
            waits = say("waits") if good else say("in vain")
            grid.put(row, columns.waits - len(waits), waits)
            grid.put(row, columns.heard, say("hears"))
        yield from grid.lines()

    def _strip(self, number: int, strip: Strip) -> Iterator[Line]:
        """What people do, and what both live through."""
        told: list[Run] = [(strip.deed, Role.STRONG)]
        inferred = tuple(clause for clause in strip.inferred if clause not in self.common)
        if inferred:
            cited = wording.cited(inferred, Basis.INFERRED).replace(" ", GLUE)
            told.append((f"  {cited}", Role.INFERRED))
        elif not self.common:
            told.append((f"  {say('documented')}", Role.TEXT))
        for place, broken in enumerate(wrap(told, self.width - _NUMBER)):
            start = str(number).rjust(_NUMBER - 1) + " " if place == 0 else " " * _NUMBER
            yield line(((start, Role.TEXT), *broken))
        measure = scale_to(strip.timeline, self.strips.shown, self.columns.lane)
        for party in Party:
            yield from self._lane(strip.timeline, party, measure)
        yield from self._set(strip)

    def _set(self, strip: Strip) -> Iterator[Line]:
        """What has to be set in the case to get there."""
        if strip.own:
            words: list[Run] = [(say("as the case has it"), Role.STRONG)]
        else:
            words = [
                (f"--set{GLUE}{self.style.users(shlex.quote(one))} ", Role.TEXT)
                for one in strip.settings
            ] or [(say("as the case has it, but for its order"), Role.TEXT)]
        for broken in wrap(words, self.width - _NUMBER):
            yield line(((" " * _NUMBER, Role.TEXT), *broken))

    # -------------------------------------------------------------------------------------- lanes

    def _lane(self, call: Timeline, party: Party, measure: Scale) -> Iterator[Line]:
        """A life, how long it waits, what it hears."""
        grid, columns, leg = Grid(self.width), self.columns, call.leg(party)
        row = grid.add()
        grid.put(row, _NUMBER, term(party))
        for segment in leg.segments:
            self._bar(grid, row, segment, measure)
        if wording.caused_failure(call, party):
            grid.put(row, _gutter() + measure.end, self.glyphs.cross, Role.FAILURE)
        waited, talks = leg.figures.waited, call.conversation is not None
        waits = "-" if waited is None else wording.clock(waited)
        hears = heard(call, party)
        if columns.folded:
            yield from grid.lines()
            if waited is not None:
                how = later("waits {length}: {hears}")
                if not talks:
                    how = later("waits in vain {length}: {hears}")
                hears = say(how, length=wording.length(waited), hears=hears)
            for broken in wrap([(hears, Role.TEXT)], self.width - _gutter()):
                yield line(((" " * _gutter(), Role.TEXT), *broken))
            return
        role = Role.TEXT if talks or waited is None else Role.STRONG
        grid.put(row, columns.waits - len(waits), waits, role)
        for place, broken in enumerate(wrap([(hears, Role.TEXT)], columns.room)):
            at = grid.add() if place else row
            grid.put(at, columns.heard, "".join(text for text, _ in broken))
        yield from grid.lines()

    def _bar(self, grid: Grid, row: int, segment: Segment, measure: Scale) -> None:
        start, end = measure.at(segment.start), measure.at(segment.end)
        fill, strong, _ = ROLES[segment.state]
        pattern = self.glyphs.fills[segment.state]
        grid.put(row, _gutter() + start, pattern * (end - start), fill)
        if segment.end > self.strips.shown:
            end -= len(self.glyphs.strokes)
            grid.put(row, _gutter() + end, self.glyphs.strokes)
        full, short = wording.STATE[segment.state]
        length = wording.clock(segment.length)
        blanks = 2 if pattern == " " else 4  # the texture stays in sight
        texts = (f"{full} {length}", f"{short} {length}", full, short)
        word = first_that_fits(end - start, *((text, blanks) for text in texts))
        if word:
            if pattern != " ":
                word = f" {word} "
            grid.put(row, _gutter() + start + (end - start - len(word)) // 2, word, strong)

    # --------------------------------------------------------------------------------------- tail

    def barred(self) -> Iterator[Line]:
        """What the set-up does not let happen."""
        if not self.strips.barred:
            return
        yield ()
        yield from wrap([(self.strips.missing(), Role.STRONG)], self.width)
        for why, deeds in self.strips.barred:
            yield from self._indented(why, "")
            for what in deeds:
                yield from self._indented(what, " - ")

    def _indented(self, text: str, sign: str) -> Iterator[Line]:
        for place, broken in enumerate(wrap([(text, Role.TEXT)], self.width - _NUMBER)):
            start = " " * _NUMBER if place else sign.ljust(_NUMBER)
            yield line(((start, Role.TEXT), *broken))

    def tail(self, command: str | None) -> Iterator[Line]:
        """What the signs mean, on what all ways rest, what to ask next."""
        signs: list[Run] = []
        for state in (
            LegState.DIALING,
            LegState.DIALING_MUSIC,
            LegState.MESSAGE,
            LegState.CONVERSATION,
        ):
            signs += [
                (self.glyphs.fills[state].replace(" ", GLUE) * 3, ROLES[state][0]),
                (f" {wording.STATE[state][0]}   ".replace(" ", GLUE, 1), Role.TEXT),
            ]
        signs += [(self.glyphs.cross, Role.FAILURE), (f"{GLUE}{say('ends it')}", Role.TEXT)]
        yield from self._row(say("signs"), signs)
        times = say("the case's own where they lead there; those chosen stand behind --set")
        yield from self._row(say("times"), [(times, Role.TEXT)])
        for clause in self.common:
            reading = wording.reading(clause)
            said = say("in all of them {clause}: {reading}", clause=clause.id, reading=reading)
            yield from self._row(say("inferred"), [(said, Role.INFERRED)])
        if command:
            asked = (self.style.users(printable(command)), Role.STRONG)
            whole = (f"   {say('and the --set of a way: the whole call')}", Role.TEXT)
            yield from self._row(say("more"), [asked, whole])

    def _row(self, name: str, runs: Sequence[Run]) -> Iterator[Line]:
        for place, broken in enumerate(wrap(runs, self.width - _ROWS)):
            start = " " * _ROWS if place else name.ljust(_ROWS)
            yield line(((start, Role.TEXT), *broken))


def _columns(width: int) -> _Columns:
    if width < _FOLDED:
        return _Columns(width - _gutter() - 2, 0, 0, 0, folded=True)
    room = min(max((width - _gutter()) * 3 // 8, _HEARD), _MOST_HEARD)
    lane = min(width - _gutter() - room - _WAITS - 5, _LONGEST)
    waits = _gutter() + lane + 2 + _WAITS
    return _Columns(lane, waits, waits + 2, width - waits - 2, folded=False)
