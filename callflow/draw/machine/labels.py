"""The HTML-like labels of the state diagram: cards of two legs, words on arrows, the title.

Graphviz measures a line by the tallest font in it and leaves lines with one run of text lower than
lines with two, so every line here has two runs, and equal lines stand at equal distances.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from attrs import evolve, frozen

from ...clauses import cite
from ...words import Basis, LegState, Party
from .. import wording
from ..catalogue import say, term
from ..chart import LETTERS, Arrow, Because, Chart, Place
from ..metrics import text_width
from ..picture_palette import SIGN, Paint

#: Sizes of type, whole points: Graphviz cuts fractions off.
EVENT, CLAUSES, ROLE, TITLE, NOTE = 11, 9, 10, 12, 10
#: How wide a title may be by the number of columns: Graphviz centres what is narrower.
_TITLES = {1: 396, 2: 540}
#: Widths of a chip, and of the party beside it at least.
_CHIP, _PARTY = 104, 52
#: Left of the words on an arrow that goes down, between line and word.
GAP = 5

Colours = dict[Paint, str]


def escaped(text: str) -> str:
    """Text for an HTML-like label; quotes would end an attribute."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


@frozen
class Run:
    """Words in one font."""

    text: str
    size: float
    paint: Paint
    bold: bool = False
    italic: bool = False

    def html(self, colours: Colours) -> str:
        """As Graphviz reads it."""
        text = escaped(self.text)
        text = f"<B>{text}</B>" if self.bold else text
        text = f"<I>{text}</I>" if self.italic else text
        return f'<FONT POINT-SIZE="{self.size}" COLOR="{colours[self.paint]}">{text}</FONT>'


#: A line of words.
Line = tuple[Run, ...]


def rows(several: Sequence[Line], colours: Colours, padding: int = 0) -> list[str]:
    """Lines as cells of a table, flush left."""
    return [
        f'<TD ALIGN="LEFT" BALIGN="LEFT" CELLPADDING="{padding}">'
        f"{''.join(run.html(colours) for run in _two_runs(line))}</TD>"
        for line in several
    ]


def _two_runs(line: Line) -> Line:
    return line if len(line) > 1 else (*line, _space(line[0], " "))


def _space(like: Run, blank: str = "  ") -> Run:
    """A gap as a run of its own: what a reader sees of spaces in a run is up to its program."""
    return Run(blank, like.size, like.paint)


def _spaced(*runs: Run) -> Line:
    """Runs with gaps between them."""
    return tuple(piece for run in runs for piece in (_space(run), run))[1:]


# ------------------------------------------------------------------------------------------- states


def card(place: Place, chart: Chart, colours: Colours) -> str:
    """A state: for each party what its leg does."""
    filled = place.on_path or not chart.path
    rows = "".join(
        f'<TR><TD WIDTH="{_party_width()}" ALIGN="LEFT" CELLPADDING="2">'
        f"{Run(term(party), ROLE, Paint.SECOND).html(colours)}</TD>"
        f"{_chip(place.state.leg(party), filled, colours)}</TR>"
        for party in Party
    )
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="4" CELLPADDING="0">{rows}</TABLE>>'


def _party_width() -> int:
    return max(_PARTY, *(ceil(text_width(term(party), ROLE)) + 6 for party in Party))


def half_card() -> float:
    """Half the width of a card."""
    return (_party_width() + _CHIP + 12) / 2


def _chip(state: LegState, filled: bool, colours: Colours) -> str:
    sign, size = SIGN[state], f'WIDTH="{_CHIP}" HEIGHT="21" FIXEDSIZE="TRUE"'
    name = wording.named(state)
    if text_width(name, EVENT, bold=True) > _CHIP - 6:
        name = term(state, "short")
    if not filled or state is LegState.IDLE:
        return f"<TD {size}>{Run(name, EVENT, Paint.SECOND).html(colours)}</TD>"
    if state is LegState.RELEASED:
        word, edge, down = Run(name, EVENT, Paint.SECOND), colours[sign.fill], ""
    else:
        word, edge = Run(name, EVENT, sign.word, bold=True), colours[sign.edge]
        down = ' VALIGN="BOTTOM" CELLPADDING="2"'  # else bold words stand higher than others
    return (
        f'<TD {size} BORDER="1" COLOR="{edge}" BGCOLOR="{colours[sign.fill]}" STYLE="ROUNDED"'
        f"{down}>{word.html(colours)}</TD>"
    )


# ------------------------------------------------------------------------------------------- arrows


def clause_lines(arrow: Arrow, paint: Paint) -> list[Line]:
    """The clauses of an arrow: one line, or one for each wording if they differ."""
    told = [one.clauses for one in arrow.because]
    if len(set(told)) == 1:
        return [_spaced(*_clauses(arrow.because[0], paint))]
    return [
        _spaced(Run(letter, CLAUSES, paint, bold=True), *_clauses(one, paint))
        for letter, one in zip(LETTERS, arrow.because, strict=False)
    ]


def _clauses(because: Because, paint: Paint) -> Line:
    ids = cite(because.clauses)
    if because.basis is Basis.DOCUMENTED:
        return (Run(ids, CLAUSES, paint),)
    return (
        Run(ids, CLAUSES, paint, italic=True),
        Run(say("inferred"), CLAUSES, paint, italic=True),
    )


def event_line(arrow: Arrow, paint: Paint) -> Line:
    """The event of an arrow, before it in bold the moment if the path takes it."""
    event = Run(wording.named(arrow.event), EVENT, paint)
    if arrow.at is None:
        return (event,)
    return _spaced(Run(wording.moment(arrow.at), EVENT, paint, bold=True), event)


def arrow_lines(arrows: Sequence[Arrow]) -> list[Line]:
    """What an arrow says: its event and clauses; of several between two states all their events."""
    taken = [arrow for arrow in arrows if arrow.on_path]
    paint = Paint.INK if taken else Paint.SECOND
    if not taken or len(arrows) == 1:
        said = [event_line(arrow, paint) for arrow in arrows]
    else:
        first, *last = [wording.named(arrow.event) for arrow in arrows if arrow not in taken]
        said = [event_line(taken[0], paint)]
        other = say("or {events}", events=f"{first}{',' if last else ''}")
        said += [(Run(other, EVENT, Paint.SECOND),)]
        said += [(Run(", ".join(last), EVENT, Paint.SECOND),)] if last else []
    return [*said, *clause_lines(arrows[0], paint)]


def failure_lines(chart: Chart) -> list[Line]:
    """What the one arrow says by which all failures leave the box."""
    taken = chart.failure
    if taken is None:
        said: list[Line] = [(Run(say("from every state in the box"), EVENT, Paint.FAILURE),)]
        for kind, arrow in chart.failures:
            event = Run(wording.failure(kind), EVENT, Paint.FAILURE)
            first, *more = clause_lines(arrow, Paint.FAILURE)
            said += [(event, _space(event), *first), *more]
        return said
    first, *more = clause_lines(taken, Paint.FAILURE)
    kinds = ", ".join(wording.failure(kind) for kind, _ in chart.failures)
    framed = Run(say("from the framed state"), CLAUSES, Paint.FAILURE)
    return [
        event_line(taken, Paint.FAILURE),
        (*first, _space(framed), framed),
        *more,
        (Run(say("or {events}", events=kinds), CLAUSES, Paint.FAILURE),),
    ]


def failures_of_one(failures: Sequence[Arrow]) -> list[Line]:
    """What the arrow says by which one state's failures leave it; equal clauses are said once."""
    said: list[Line] = []
    for number, arrow in enumerate(failures):
        said.append(event_line(arrow, Paint.FAILURE))
        after = failures[number + 1 : number + 2]
        if not any(other.because == arrow.because for other in after):
            said += clause_lines(arrow, Paint.FAILURE)
    return said


def height(several: Sequence[Line]) -> float:
    """About how high lines stand; measured in points, for a font like Arial."""
    return sum(1.2 * max(run.size for run in line) + 2 for line in several)


def width(several: Sequence[Line]) -> float:
    """How wide the longest line is, points."""
    return max(
        sum(text_width(run.text, run.size, bold=run.bold) for run in line) for line in several
    )


def arrow_label(
    several: Sequence[Line],
    colours: Colours,
    *,
    wide: float,
    high: float = 0,
    left: float = GAP,
) -> str:
    """Lines as the label of an arrow, ``left`` points from its line, at least so wide and high."""
    cells = rows(several, colours, padding=1)
    spare = max(0, round(high - height(several))) // 2
    pad = f'<TR><TD WIDTH="{wide - left:.0f}" HEIGHT="{spare}"></TD></TR>'
    body = "".join(f"<TR>{cell}</TR>" for cell in cells)
    span = len(cells) + 2
    return (
        f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">'
        f'<TR><TD ROWSPAN="{span}" WIDTH="{left}"></TD>{pad[4:]}{body}{pad}</TABLE>>'
    )


# -------------------------------------------------------------------------------------------- title


def title_lines(chart: Chart) -> list[Line]:
    """What the configurations share, how they are worded, and what the marks mean."""
    narrow = chart.columns == 1 and len(chart.settings) > 2
    parts = (chart.settings[:1], chart.settings[1:]) if narrow else (chart.settings,)
    said: list[Line] = [(Run(", ".join(part), TITLE, Paint.INK, bold=True),) for part in parts]
    if len(chart.wordings) > 1:
        for letter, one in zip(LETTERS, chart.wordings, strict=False):
            said.append(
                _spaced(
                    Run(letter, EVENT, Paint.INK, bold=True),
                    Run(one.settings, EVENT, Paint.SECOND),
                )
            )
    said += [(Run(note, NOTE, Paint.SECOND),) for note in notes(chart)]
    return [part for one in said for part in _folded(one, _TITLES[min(chart.columns, 2)])]


def _folded(line: Line, room: float) -> Iterator[Line]:
    """A line of the title, gone on below where it would be wider than the picture."""
    *before, last = line
    words = last.text.split(" ")
    while width([line]) > room and len(words) > 1:
        fitting = len(words) - 1
        while (
            fitting > 1 and width([(*before, evolve(last, text=" ".join(words[:fitting])))]) > room
        ):
            fitting -= 1
        yield (*before, evolve(last, text=" ".join(words[:fitting])))
        words = words[fitting:]
        before = []
        line = (evolve(last, text=" ".join(words)),)
    yield line


def title(chart: Chart, colours: Colours) -> str:
    """The title as the label of the graph."""
    cells = rows(title_lines(chart), colours, padding=1)
    body = "".join(f"<TR>{cell}</TR>" for cell in cells)
    return (
        f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">{body}'
        f'<TR><TD HEIGHT="10"></TD></TR></TABLE>>'
    )


def notes(chart: Chart) -> list[str]:
    """What a reader must know to read the picture."""
    said = [say("Same states, other clauses: {settings}", settings=one) for one in chart.others]
    inferred = [arrow for arrow in chart.arrows if arrow.basis is Basis.INFERRED]
    dashed = say("Dashed: inferred, our reading where the source is silent.")
    mixed = any(len({one.basis for one in arrow.because}) > 1 for arrow in inferred)
    if mixed:
        dashed = say("Dashed: inferred in a or b; the label tells which.")
    if chart.path:
        lit = say("Thick, filled: the path of this call, with its moments.")
        return [*said, lit, dashed] if chart.columns == 1 else [*said, f"{lit}  {dashed}"]
    return [*said, dashed]
