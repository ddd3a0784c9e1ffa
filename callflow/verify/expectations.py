"""What stands under ``expect:`` in a case, read: every expectation with its line.

Everything that cannot be read is told with its place, and the rest is read all the same. The module
judges nothing by itself: it puts the questions of `answers` and `sequences`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any

from attrs import field, frozen

from ..api.errors import KINDS
from ..call.loading.fields import described
from ..call.loading.tree import (
    FAULTY,
    PLAIN,
    TEXT,
    Mapping,
    Node,
    Scalar,
    Source,
    is_null,
    joined,
    path_of,
)
from ..call.loading.tree import Sequence as List
from ..call.timeline import Timeline
from ..clauses import CLAUSES, Clauses
from ..errors import Problem, either, nearest
from ..words import Event, LegState, Outcome, Party, State
from . import answers, sentences
from .bounds import Bound
from .grammar import Grammar, Misread
from .sequences import Anything, Stretch, Taken, lives_through, takes_steps
from .verdict import Verdict

#: The keys of ``expect:``, in the order in which they are told.
KEYS = ("outcome", "error", "contact", "employee", "steps", "that", "warn")


@frozen(kw_only=True)
class Expectation:
    """One thing that a call must be, or (``warns``) had better be.

    Attributes:
        key: under which key of ``expect:`` it stands.
        text: as it reads in a report, on one line.
        line: in its file, from 1; None: it stands in no line.
        question: asks a timeline; None for ``error``, which asks for a refusal.
    """

    key: str
    text: str
    line: int | None = None
    question: Callable[[Timeline], Verdict] | None = field(default=None, repr=False)

    @property
    def warns(self) -> bool:
        """Whether a failure is a warning alone."""
        return self.key == "warn"

    @property
    def error(self) -> str | None:
        """The mnemonic of the API's error that is expected; None: a call is."""
        return self.text.removeprefix("error: ") if self.key == "error" else None

    def ask(self, timeline: Timeline) -> Verdict:
        """What a call answers; one that expects a refusal has not come out."""
        if self.question is None:
            return Verdict(holds=False, said="the API accepts the request")
        return self.question(timeline)


@frozen(kw_only=True)
class Unread:
    """Something under ``expect:`` that cannot be read.

    Attributes:
        path: where it stands, ``expect.that[3]``.
        text: as it was written, if it is one text; then ``column`` (from 0) is the wrong word's.
        message: what is wrong, in one line.
    """

    path: str
    message: str
    line: int | None = None
    text: str | None = None
    misread: Misread | None = None

    def problem(self, file: str | None) -> Problem:
        """The same as a problem of a file."""
        return Problem(
            message=self.message,
            path=self.path,
            file=file,
            line=self.line,
            given=self.text,
            expected=self.misread.wanted if self.misread else None,
            nearest=self.misread.near if self.misread else None,
        )


@frozen
class Expectations:
    """Everything that a case expects, in the order of `KEYS`, and what of it cannot be read."""

    items: tuple[Expectation, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def error(self) -> Expectation | None:
        """The refusal that is expected; None: a call is."""
        return next((item for item in self.items if item.key == "error"), None)

    @property
    def keys(self) -> frozenset[str]:
        """The keys under which something was read."""
        return frozenset(item.key for item in self.items)


def read(expect: object) -> Expectations:
    """The expectations of a case.

    Args:
        expect: the tree of what stands under ``expect:``, or the same as a Python mapping; None:
            there are none.
    """
    reader = _Reader()
    if isinstance(expect, Scalar | Mapping | List):
        reader.top(expect)
    else:
        reader.value(expect)
    order = {key: place for place, key in enumerate(KEYS)}
    items = sorted(reader.items, key=lambda item: order[item.key])
    unread = sorted(reader.unread, key=lambda one: one.line or 0)
    return Expectations(tuple(items), tuple(unread))


#: One stretch of a leg, and the moment of a step.
_STRETCH = ("{state}", "{state} {length}")
_MOMENT = ("{time}",)


@cache
def _grammar(patterns: tuple[str, ...]) -> Grammar:
    return Grammar(patterns, sentences.HOLES)


class _Reader:
    """One reading of an ``expect:``."""

    def __init__(self) -> None:
        self.items: list[Expectation] = []
        self.unread: list[Unread] = []

    def wrong(self, node: Node, path: str, message: str, misread: Misread | None = None) -> None:
        if isinstance(node, Scalar) and node.kind is FAULTY:
            return  # told already
        text = node.text if isinstance(node, Scalar) else None
        self.unread.append(
            Unread(path=path, message=message, line=node.line, text=text, misread=misread)
        )

    def must_be(self, node: Node, path: str, what: str, near: str | None = None) -> None:
        hint = f"; did you mean {near}?" if near else ""
        self.wrong(node, path, f"must be {what}, not {described(node)}{hint}")

    def add(
        self, key: str, text: str, node: Node, question: Callable[[Timeline], Verdict] | None
    ) -> None:
        self.items.append(Expectation(key=key, text=text, line=node.line, question=question))

    # ---------------------------------------------------------------------------------- the keys

    def value(self, expect: object) -> None:
        """A Python value, as a case made in a program has it."""
        from ..call.loading import value_reader
        from ..call.loading.yaml_reader import Unreadable

        try:
            node, faults = value_reader.read(expect, Source(None))
        except Unreadable as error:
            node, faults = None, error.faults
        for fault in faults:
            path = path_of(("expect", *fault.steps))
            self.unread.append(Unread(path=path, message=fault.message))
        if node is not None:
            self.top(node)

    def top(self, node: Node) -> None:
        if is_null(node):
            return
        if not isinstance(node, Mapping):
            self.must_be(node, "expect", f"a mapping with keys of {', '.join(KEYS)}")
            return
        reading: dict[str, Callable[[Scalar, Node], None]] = {
            "outcome": self.outcome,
            "error": self.error,
            "contact": partial(self.leg, Party.CONTACT),
            "employee": partial(self.leg, Party.EMPLOYEE),
            "steps": self.steps,
            "that": self.sentences,
            "warn": self.sentences,
        }
        for name, (key, value) in node.entries.items():
            if name not in reading:
                near = nearest(name, KEYS)
                hint = f"did you mean {near}?" if near else f"known here: {', '.join(KEYS)}"
                self.wrong(key, joined("expect", name), f"unknown key; {hint}")
            elif not is_null(value):
                reading[name](key, value)
        self.contradictions(node)

    def contradictions(self, node: Mapping) -> None:
        """Who expects a refusal can expect nothing of a call."""
        said = [
            name for name, (_, value) in node.entries.items() if name in KEYS and not is_null(value)
        ]
        others = [name for name in said if name != "error"]
        if "error" in said and others:
            key = node.entries["error"][0]
            self.wrong(
                key,
                "expect.error",
                f"a refused request makes no call; take away error or {', '.join(others)}",
            )

    def outcome(self, _key: Scalar, node: Node) -> None:
        word = self.word(node, "expect.outcome", tuple(Outcome))
        if word is not None:
            asked = Outcome(word)
            question = partial(answers.outcome_is, outcome=asked)
            self.add("outcome", f"outcome: {word}", node, question)

    def error(self, _key: Scalar, node: Node) -> None:
        word = self.word(node, "expect.error", tuple(KINDS), "a mnemonic of the API")
        if word is not None:
            self.add("error", f"error: {word}", node, None)

    def leg(self, party: Party, key: Scalar, node: Node) -> None:
        path = f"expect.{party}"
        found = [
            self.stretch(item, f"{path}[{place}]")
            for place, item in enumerate(self.list(node, path, "[dialing 9, message, ...]"))
        ]
        if isinstance(node, List) and None not in found:
            wanted = [one for one in found if one is not None]
            text = f"{party}: [{', '.join(map(str, wanted))}]"
            question = partial(lives_through, party=party, expected=wanted)
            self.add(key.text, text, key, question)

    def stretch(self, node: Node, path: str) -> Stretch | Anything | None:
        text = self.text(node, path, "a state, with its length if you like: message 12.5")
        if text is None:
            return None
        if text == "...":
            return Anything()
        read = self.parsed(_STRETCH, text, node, path)
        if read is None:
            return None
        state, *length = read
        return Stretch(LegState(state), length[0] if length else None, text)

    def steps(self, key: Scalar, node: Node) -> None:
        items = self.list(node, "expect.steps", "[start, [6, employee_answered], ...]")
        found = [self.step(item, f"expect.steps[{n}]") for n, item in enumerate(items)]
        if isinstance(node, List) and None not in found:
            wanted = [one for one in found if one is not None]
            text = f"steps: {len(wanted)}, from {wanted[0]} on" if wanted else "steps: none"
            self.add("steps", text, key, partial(takes_steps, expected=wanted))

    def step(self, node: Node, path: str) -> Taken | Anything | None:
        if isinstance(node, Scalar):
            if node.kind in (PLAIN, TEXT) and node.text == "...":
                return Anything()
            event = self.word(node, path, tuple(Event), "an event")
            return None if event is None else Taken(Event(event), text=event)
        if isinstance(node, Mapping) or not node.items:
            what = "an event, ..., or [moment, event, state, clauses]"
            self.must_be(node, path, what)
            return None
        return self.taken(node, path)

    def taken(self, node: List, path: str) -> Taken | None:
        """``[moment, event, state, clauses...]``; the moment may be left out, as may the end."""
        items = list(enumerate(node.items))
        at: Bound | None = None
        first = items[0][1]
        if isinstance(first, Scalar) and first.text not in tuple(Event) and not is_null(first):
            moment = self.parsed(_MOMENT, first.text, first, f"{path}[0]", more=tuple(Event))
            if moment is None:
                return None
            at, items = moment[0], items[1:]
        if not items:
            self.wrong(node, path, f"an event is missing; it can be {', '.join(Event)}")
            return None
        place, second = items[0]
        event = self.word(second, f"{path}[{place}]", tuple(Event), "an event")
        state = because = None
        clauses: list[Any] = []
        good = event is not None
        for place, item in items[1:]:
            where = f"{path}[{place}]"
            if isinstance(item, Mapping):
                if because is not None:
                    self.wrong(item, where, "one mapping says the clauses of both legs; join them")
                    good = False
                because = self.because(item, where)
                good = good and because is not None
            elif isinstance(item, Scalar) and "/" in item.text and state is None:
                state = self.state(item, where)
                good = good and state is not None
            else:
                what = "a state of both legs or a clause"
                for one in item.items if isinstance(item, List) else [item]:
                    clause = self.word(one, where, tuple(CLAUSES), what)
                    good = good and clause is not None
                    clauses.append(CLAUSES.get(clause or ""))
        if not good or event is None:
            return None
        return Taken(Event(event), at, state, tuple(clauses), because or (), text=_flow(node))

    def state(self, node: Scalar, path: str) -> State | None:
        legs = [leg.strip() for leg in node.text.split("/", 1)]
        known = tuple(LegState)
        meant = [leg if leg in known else nearest(leg, known) or "" for leg in legs]
        if meant == legs:
            return State(*map(LegState, legs))
        what = "a state of both legs, contact/employee, each " + either(known)
        self.must_be(node, path, what, "/".join(meant) if all(meant) else None)
        return None

    def because(self, node: Mapping, path: str) -> tuple[tuple[Party, Clauses | None], ...] | None:
        """Exactly these clauses for these legs; a leg that is not named keeps its own."""
        found: dict[str, Clauses] = {}
        for name, (key, value) in node.entries.items():
            if name not in ("contact", "employee", "both"):
                self.wrong(key, joined(path, name), "unknown key; contact, employee or both")
                return None
            items = value.items if isinstance(value, List) else [value]
            words = [
                self.word(one, joined(path, name), tuple(CLAUSES), "a clause") for one in items
            ]
            if None in words:
                return None
            found[name] = tuple(CLAUSES[word] for word in words if word is not None)
        both = found.get("both")
        return tuple((party, found.get(str(party), both)) for party in Party)

    def sentences(self, key: Scalar, node: Node) -> None:
        path = f"expect.{key.text}"
        for place, item in enumerate(self.list(node, path, "a list of sentences", one=True)):
            where = f"{path}[{place}]"
            text = self.text(item, where, "a sentence")
            if text is None:
                continue
            try:
                sentence = sentences.read(text)
            except Misread as misread:
                self.wrong(item, where, str(misread), misread)
            else:
                self.add(key.text, sentence.text, item, partial(sentences.ask, sentence))

    # ------------------------------------------------------------------------------ single things

    def list(self, node: Node, path: str, what: str, *, one: bool = False) -> Sequence[Node]:
        if isinstance(node, List):
            return node.items
        if one and isinstance(node, Scalar):
            return [node]
        self.must_be(node, path, what if what.startswith("a ") else f"a list: {what}")
        return ()

    def text(self, node: Node, path: str, what: str) -> str | None:
        if isinstance(node, Scalar) and node.kind in (PLAIN, TEXT) and not is_null(node):
            return node.text
        hint = ""
        if isinstance(node, Mapping):
            hint = "; a text with a colon and a blank in it stands in quotes"
            members = [(name, value) for name, (_, value) in node.entries.items()]
            if len(members) == 1 and isinstance(members[0][1], Scalar):
                hint = f"; did you mean {members[0][0]} {members[0][1].text} without a colon?"
        self.wrong(node, path, f"must be {what}, not {described(node)}{hint}")
        return None

    def word(self, node: Node, path: str, known: Sequence[str], what: str = "") -> str | None:
        if isinstance(node, Scalar) and node.kind in (PLAIN, TEXT) and node.text in known:
            return node.text
        near = nearest(node.text, known) if isinstance(node, Scalar) else None
        told = either(known) if len(known) < 8 or not what else what
        self.must_be(node, path, told, near)
        return None

    def parsed(
        self,
        patterns: tuple[str, ...],
        text: str,
        node: Scalar | Node,
        path: str,
        more: Sequence[str] = (),
    ) -> tuple[Any, ...] | None:
        try:
            return _grammar(patterns).read(text).values
        except Misread as misread:
            near = nearest(text, more) if more else None
            if near or not text:
                self.must_be(node, path, "a moment or an event", near)
            else:
                self.wrong(node, path, str(misread), misread)
            return None


def _flow(node: Node) -> str:
    """A node as YAML writes it on one line."""
    if isinstance(node, List):
        return f"[{', '.join(map(_flow, node.items))}]"
    if isinstance(node, Mapping):
        members: Iterator[str] = (
            f"{name}: {_flow(value)}" for name, (_, value) in node.entries.items()
        )
        return "{" + ", ".join(members) + "}"
    return node.text
