"""The explanation for a terminal: moments on the left, sentences, and on the right what says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from attrs import evolve, frozen

from ...call.timeline import Timeline
from ...errors import printable
from ...words import Basis
from .. import wording
from ..catalogue import say, spoken, term
from ..grid import cells
from .sentences import Sentence
from .telling import Telling, tell

#: Lines are set no narrower and no wider, whatever the terminal.
NARROWEST, WIDEST = 60, 110

_CLAUSES = 18
_INDENT = 2
_GAP = 2
_MARGIN = 8
#: Stands for a space at which no line breaks.
_TIED = "\u00a0"
#: Where a line may break: at a space that does not stand between a number and its unit.
_BREAK = re.compile(r" (?!(?<=\d )(?:s|min|h|с|мин|ч)\b)")


@frozen
class _Row:
    moment: str
    text: str
    clauses: str = ""
    inner: int = 0


def explain_text(
    timeline: Timeline,
    *,
    width: int = 80,
    ascii: bool = False,  # noqa: A002 - as people call it
    command: str | None = None,
) -> str:
    """Why both parties lived through what they did, step by step, for people.

    Args:
        width: of the terminal, in cells; no line is longer (60 at least, and never more than 110).
        ascii: nothing but ASCII, except where the case itself has other characters.
        command: what repeats this, to be told at the end.
    """
    told = tell(timeline)
    width = min(max(width, NARROWEST), WIDEST)
    blocks = [
        [*_wrapped(told.title, width), *_wrapped(told.outcome, width)],
        *_columns(told, width),
        list(_figures(told, width, "," if ascii else f"{_TIED}·")),
        list(_listed(say("Assumed, because the case leaves it out:"), told.assumptions, width)),
        list(_listed(say("Warnings:"), told.warnings, width)),
        [
            *_wrapped(say("Not in this model: {what}.", what=told.left_out), width),
            *_wrapped(
                say(
                    "Where it says inferred, the reading is ours and the source promises nothing. "
                    'Clauses in full: callflow docs, page "clauses".'
                ),
                width,
            ),
        ],
    ]
    if command is not None:
        again = say("again: ")
        blocks.append(list(_wrapped(printable(command), width, again, " " * len(again))))
    return "".join(f"{line}\n" for line in _spaced(blocks))


def _columns(told: Telling, width: int) -> tuple[list[str], list[str], list[str]]:
    """What has clauses, all in the same columns: parameters without effect, settings, steps."""
    moments = ["" if line.at is None else wording.clock(line.at) for line in told.steps]
    decimals = max(len(moment.partition(spoken().decimal)[2]) for moment in moments)
    steps = [
        row
        for line, moment in zip(told.steps, moments, strict=True)
        for row in _rows(line.sentences, _aligned(moment, decimals))
    ]
    without = list(_rows(told.without_effect))
    settings = list(_rows(told.settings))
    widest = max(len(row.clauses) for row in (*steps, *without, *settings))
    column = min(_CLAUSES, widest)
    margin = max(_MARGIN, *(_INDENT + len(row.moment) + _GAP for row in steps))
    if without:
        rows = [evolve(row, inner=0 if row.clauses else _INDENT) for row in without]
        heading = say("Without effect, whatever people do:")
        before = [heading, *_set(rows, width, _INDENT, column)]
    else:
        before = []
    bare = not any(row.clauses for row in settings)
    between = list(_set(settings, width, 0, 0 if bare else column))
    return before, between, list(_set(steps, width, margin, column))


def _figures(told: Telling, width: int, dot: str) -> Iterator[str]:
    names = {party: term(party) for party, _ in told.figures}
    gutter = max(10, *(len(name) + 1 for name in names.values()))
    for party, pieces in told.figures:
        whole = [piece.replace(" ", _TIED) for piece in pieces]  # lines break between them
        for line in _wrapped(
            f"{dot} ".join(whole), width, names[party].ljust(gutter), " " * gutter
        ):
            yield line.replace(_TIED, " ")


def _listed(heading: str, sentences: Sequence[Sentence], width: int) -> Iterator[str]:
    if sentences:
        yield heading
    for sentence in sentences:
        yield from _wrapped(f"{sentence.text} {cited(sentence)}".rstrip(), width, "  ", "    ")


def _spaced(blocks: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of all blocks, an empty one between each and the next."""
    empty = True
    for block in blocks:
        if block and not empty:
            yield ""
        yield from block
        empty = empty and not block


def cited(sentence: Sentence) -> str:
    """The clauses of a sentence, and the word if they are not all the source's: ``G3 inferred``."""
    basis = sentence.basis
    return "" if basis is None else wording.cited(sentence.clauses, basis)


def explanation(hole: Sentence, beside: Sentence) -> str:
    """A hole explained; named where the sentence before it rests on several."""
    several = sum(clause.basis is Basis.INFERRED for clause in beside.clauses) > 1
    return f"{hole.hole}: {hole.text}" if several else hole.text


def _rows(sentences: Iterable[Sentence], moment: str = "") -> Iterator[_Row]:
    beside = None
    for sentence in sentences:
        if sentence.hole is not None and beside is not None:
            yield _Row(moment, explanation(sentence, beside))
        else:
            yield _Row(moment, sentence.text, cited(sentence))
            beside = sentence
        moment = ""


def _aligned(moment: str, decimals: int) -> str:
    """``moment`` with room for as many decimals, so that all stand under each other."""
    return moment + " " * (decimals - len(moment.partition(spoken().decimal)[2]))


def _set(rows: Iterable[_Row], width: int, left: int, column: int) -> Iterator[str]:
    """Rows in columns: moment, text, clauses; what does not fit goes on below."""
    room = width - left - (_GAP + column if column else 0)
    for row in rows:
        inner = " " * row.inner
        texts = _wrapped(row.text, room, inner, inner)
        clauses = _wrapped(row.clauses, column) if row.clauses else ()
        lead = f"{row.moment}{' ' * _GAP}".rjust(left) if row.moment else " " * left
        for text, right in zip_longest(texts, clauses, fillvalue=""):
            gap = " " * (room - cells(text) + _GAP)
            yield f"{lead}{text}{gap}{right}".rstrip()
            lead = " " * left


def _wrapped(text: str, width: int, first: str = "", later: str = "") -> Iterator[str]:
    """``text`` in lines of at most ``width`` cells, long words broken; ``first`` stands before."""
    line, empty = first, True
    for word in _BREAK.split(text):
        if not empty and cells(line) + 1 + cells(word) > width:
            yield line.rstrip()
            line, empty = later, True
        if not empty:
            line += " "
        empty = False
        if cells(line) + cells(word) <= width:
            line += word
            continue
        used = cells(line)
        for character in word:
            used += cells(character)
            if used > width:
                yield line.rstrip()
                line, used = later, cells(later) + cells(character)
            line += character
    yield line.rstrip()
