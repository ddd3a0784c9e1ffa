"""The explanation for a ticket or a pull request: what it takes to see the call and repeat it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from ...call.timeline import Timeline
from ...clauses import Clause, Clauses
from ...errors import printable
from ...words import Basis
from .. import wording
from ..catalogue import capital, clause_words, say, term
from .sentences import Sentence
from .telling import tell
from .text import explanation

#: What would be markup, wherever it stands. A low line inside a word is none.
_MARKUP = re.compile(r"[\\`*\[\]<>|~#$&]|(?<![^\W_])_|_(?![^\W_])")
_ENTITY = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def explain_markdown(timeline: Timeline, *, picture: str, request: str, command: str) -> str:
    """Why both parties lived through what they did, as Markdown.

    Nothing that a user wrote into the case can become markup.

    Args:
        picture: the timeline as lines of text.
        request: the request as JSON, its token masked.
        command: what repeats this.
    """
    told = tell(timeline)
    lines = [f"# {escaped(told.title)}", "", escaped(told.outcome), ""]
    lines += [_head(say("Request")), "", *_fence("json", request), ""]
    lines += [_head(say("Settings")), ""]
    if told.without_effect:
        lines += [say("Without effect, whatever people do:"), ""]
        lines += [*_list(told.without_effect), "", say("In force:"), ""]
    lines += [*_list(told.settings), ""]
    lines += [_head(say("Timeline")), "", *_fence("text", picture), ""]
    lines += [_head(say("Step by step")), ""]
    lines += [f"| {say('at')} | {say('what happens')} | {say('clauses')} |", "| --: | --- | --- |"]
    for line in told.steps:
        moment = "" if line.at is None else wording.moment(line.at)
        for text, clauses in cited_sentences(line.sentences, _cited):
            lines.append(f"| {moment} | {text} | {clauses} |")
            moment = ""
    lines += ["", _head(say("Figures")), ""]
    lines += [f"- {term(party)}: {escaped(', '.join(pieces))}" for party, pieces in told.figures]
    if told.assumptions:
        lines += ["", _head(say("Assumed, because the case leaves it out")), ""]
        lines += _list(told.assumptions)
    if told.warnings:
        lines += ["", _head(say("Warnings")), "", *_list(told.warnings)]
    lines += ["", _head(say("Not in this model")), "", f"{escaped(capital(told.left_out))}."]
    lines += ["", _head(say("What the source says, in our words")), ""]
    for clause in told.clauses:
        if clause.basis is Basis.DOCUMENTED:
            words = clause_words(clause)
            lines.append(f"- **{clause}** ({escaped(words.place)}): {escaped(words.says)}")
    lines += ["", _head(say("To repeat it")), "", *_fence("sh", command)]
    return "\n".join(lines) + "\n"


def _head(text: str) -> str:
    return f"## {text}"


def escaped(text: str) -> str:
    """``text`` on one line, so that all of it is shown and none of it is markup."""
    return _MARKUP.sub(lambda found: _ENTITY.get(found[0], f"\\{found[0]}"), printable(text))


def _cited(clauses: Iterable[Clause]) -> str:
    """Each clause with its basis: ``**EF3**``, ``*G3* inferred``."""
    return ", ".join(
        say("{clauses} inferred", clauses=f"*{clause}*")
        if clause.basis is Basis.INFERRED
        else f"**{clause}**"
        for clause in clauses
    )


def cited_sentences(
    sentences: Iterable[Sentence], cite: Callable[[Clauses], str]
) -> Iterator[tuple[str, str]]:
    """Sentences with their clauses as ``cite`` writes them; an explained hole is in italics."""
    beside = None
    for sentence in sentences:
        if sentence.hole is not None and beside is not None:
            yield f"*{escaped(explanation(sentence, beside))}*", ""
        else:
            yield escaped(sentence.text), cite(sentence.clauses)
            beside = sentence


def _list(sentences: Iterable[Sentence]) -> Iterator[str]:
    for text, clauses in cited_sentences(sentences, _cited):
        item = "  " if text.startswith("*") else "- "
        yield f"{item}{text}{f' {clauses}' if clauses else ''}"


def _fence(language: str, text: str) -> Iterator[str]:
    """``text`` between fences longer than any in it."""
    body = [printable(line) for line in text.rstrip("\n").split("\n")]
    longest = max((len(run) for line in body for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    yield from (f"{fence}{language}", *body, fence)
