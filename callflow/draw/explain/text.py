"""The explanation for a terminal: moments on the left, sentences, and on the right what says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import combining, east_asian_width

from attrs import frozen

from ...call.timeline import Timeline
from ...errors import printable
from ...words import Basis
from .. import wording
from .sentences import Sentence
from .telling import tell

#: Lines are set no narrower and no wider, whatever the terminal.
NARROWEST, WIDEST = 60, 110

_CLAUSES = 18
_INDENT = 2
_GAP = 2
#: Where a line may break: at a space that does not stand between a number and its unit.
_BREAK = re.compile(r" (?!(?<=\d )(?:s|min|h)\b)")


@frozen
class _Row:
    moment: str
    text: str
    clauses: str = ""


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
    dot = "," if ascii else " ·"
    moments = [_moment(line.at) for line in told.steps]
    decimals = max(len(text.partition(".")[2]) for text in moments)
    groups = [
        list(_rows(line.sentences, _aligned(moment, decimals)))
        for line, moment in zip(told.steps, moments, strict=True)
    ]
    steps = [row for rows in groups for row in rows]
    without = [row for entry in told.without_effect for row in _rows((entry,), "")]
    settings = list(_rows(told.settings, ""))
    column = min(_CLAUSES, max(len(row.clauses) for row in (*steps, *without, *settings)))
    margin = max(6, *(_INDENT + len(row.moment) for row in steps)) + _GAP

    def block(rows: Iterable[_Row], left: int) -> Iterator[str]:
        yield from _columns(rows, width, left, column)

    lines = [*_wrapped(told.title, width), *_wrapped(told.outcome, width), ""]
    if without:
        lines += ["Without effect, whatever people do:", *block(without, _INDENT), ""]
    if settings:
        lines += [*block(settings, 0), ""]
    lines += block(steps, margin)
    lines.append("")
    for party, pieces in told.figures:
        lines += _wrapped(f"{dot} ".join(pieces), width, f"{party:<10}", " " * 10)
    lines.append("")
    if told.assumptions:
        lines.append("Assumed, because the case leaves it out:")
        for assumption in told.assumptions:
            lines += _wrapped(assumption.text, width, "  ", "    ")
        lines.append("")
    if told.warnings:
        lines.append("Warnings:")
        for warning in told.warnings:
            lines += _wrapped(f"{warning.text} {cited(warning)}".rstrip(), width, "  ", "    ")
        lines.append("")
    lines += _wrapped(f"Not in this model: {told.left_out}.", width)
    lines += _wrapped(
        "Where it says inferred, the reading is ours and the source promises nothing. "
        'Clauses in full: callflow docs, page "clauses".',
        width,
    )
    if command is not None:
        lines += ["", *_wrapped(printable(command), width, "again: ", " " * 7)]
    return "\n".join(lines) + "\n"


def cited(sentence: Sentence) -> str:
    """The clauses of a sentence, and the word if they are not all the source's: ``G3 inferred``."""
    ids = ", ".join(clause.id for clause in sentence.clauses)
    return f"{ids} inferred" if sentence.basis is Basis.INFERRED else ids


def explanation(hole: Sentence, beside: Sentence) -> str:
    """A hole explained; named where the sentence before it rests on several."""
    several = sum(clause.basis is Basis.INFERRED for clause in beside.clauses) > 1
    return f"{hole.hole}: {hole.text}" if several else hole.text


def _rows(sentences: Iterable[Sentence], moment: str) -> Iterator[_Row]:
    beside = None
    for sentence in sentences:
        if sentence.hole is not None and beside is not None:
            yield _Row(moment, explanation(sentence, beside))
        else:
            yield _Row(moment, sentence.text, cited(sentence))
            beside = sentence
        moment = ""


def _moment(at: int | None) -> str:
    return "" if at is None else wording.clock(at)


def _aligned(moment: str, decimals: int) -> str:
    """``moment`` with room for as many decimals, so that all stand under each other."""
    missing = decimals - len(moment.partition(".")[2])
    return moment + " " * missing


def _columns(rows: Iterable[_Row], width: int, left: int, column: int) -> Iterator[str]:
    """Rows set in columns: moment, text, clauses; what does not fit goes on below."""
    room = width - left - _GAP - column
    for row in rows:
        texts = list(_wrapped(row.text, room))
        clauses = list(_wrapped(row.clauses, column)) if row.clauses else []
        for place in range(max(len(texts), len(clauses))):
            moment = row.moment if place == 0 else ""
            text = texts[place] if place < len(texts) else ""
            right = clauses[place] if place < len(clauses) else ""
            lead = f"{moment:>{left - _GAP}}{' ' * _GAP}" if left > _INDENT else " " * left
            yield f"{lead}{text}{' ' * (room - cells(text) + _GAP)}{right}".rstrip()


def _wrapped(text: str, width: int, first: str = "", later: str = "") -> Iterator[str]:
    """``text`` in lines of at most ``width`` cells, long words broken; ``first`` stands before."""
    line, empty = first, True
    for word in _BREAK.split(text):
        if not empty and cells(line) + 1 + cells(word) > width:
            yield line
            line, empty = later, True
        line += word if empty else f" {word}"
        empty = False
        while cells(line) > width:
            place = len(line)
            while cells(line[:place]) > width:
                place -= 1
            yield line[:place]
            line = later + line[place:]
    yield line


def cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )
