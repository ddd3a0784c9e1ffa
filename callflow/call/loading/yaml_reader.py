"""YAML to tree: a walk over the parser's events, which know their places.

YAML's machinery for references and types has no use in a case and is refused where it stands, as
ordinary faults: anchors, aliases, tags, merge keys, keys that are no texts, a second document. So
nothing expands, nothing is made, and a bomb is a word with a star. What people meant by a star or
an ampersand is mostly a DTMF string, so the faults show it in quotes.

The C parser of libyaml is used where it is there, else the one in Python: the same walk.
"""

from __future__ import annotations

import re
from typing import Any

from ...api.wire import DEEPEST
from .tree import (
    FAULTY,
    PLAIN,
    TEXT,
    TOO_DEEP,
    Fault,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Source,
    Step,
)

#: Line breaks of YAML 1.1, which libyaml follows; in YAML 1.2 they are characters like others.
_OLD_BREAKS = "\x85\u2028\u2029"

_UNPRINTABLE = re.compile(
    "[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # as YAML has it
)
_WORD = re.compile(r"[*&][^\s,\]}]*")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Unreadable(Exception):
    """Reading cannot go on; the last of the faults says why."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(faults[-1].message)


def read(source: Source) -> tuple[Node | None, list[Fault]]:
    """The tree of a YAML text, and what of it is refused; None: the text is empty.

    Raises:
        Unreadable: it is no YAML, or too deep.
    """
    import yaml

    text = source.text or ""
    reader = _Reader(source, yaml)
    if any(mark in text for mark in _OLD_BREAKS):
        text = reader.without_old_breaks(text)
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        reader.get = loader(text).get_event
        return reader.document(), reader.faults
    except yaml.YAMLError as error:
        offset, message = _syntax(text, error)
    except (ValueError, OverflowError):  # the parser in Python, on an escape beyond all characters
        offset, message = -1, "an escape in this text is no character"
    reader.fault(offset, message)
    raise Unreadable(reader.faults)


class _Reader:
    """One walk. ``trail``: the steps from the root to where it is."""

    def __init__(self, source: Source, yaml: Any) -> None:
        self.source = source
        self.yaml = yaml
        self.faults: list[Fault] = []
        self.trail: list[Step] = []
        self.get: Any = None
        self.text = source.text or ""
        self.restore: dict[int, int] = {}
        self.careful = "!" in self.text or "\\" in self.text

    def fault(self, offset: int, message: str) -> None:
        self.faults.append(Fault(tuple(self.trail), self.source, offset, message))

    def without_old_breaks(self, text: str) -> str:
        """The text with other characters for them, each as long, put back in every scalar."""
        free = (point for point in range(0xE000, 0xF8FF) if chr(point) not in text)
        change = {ord(mark): next(free) for mark in _OLD_BREAKS}
        self.careful = True
        self.restore = {stand_in: mark for mark, stand_in in change.items()}
        return text.translate(change)

    def document(self) -> Node | None:
        yaml, get = self.yaml, self.get
        get()  # the stream starts
        begin = get()
        if type(begin) is yaml.StreamEndEvent:
            return None
        if begin.version is not None or begin.tags:
            self.fault(begin.start_mark.index, "directives (%) are no part of a case; take it away")
        root = self.node(get(), 1)
        get()  # the document ends
        event = get()
        if type(event) is not yaml.StreamEndEvent:
            message = "a second document begins; a file holds one case, so keep one document"
            self.fault(event.start_mark.index, message)
        return root

    def node(self, event: Any, depth: int) -> Node:
        kind = type(event)
        yaml = self.yaml
        if kind is yaml.ScalarEvent:
            return self.scalar(event)
        if kind is yaml.AliasEvent:
            return self.alias(event)
        if event.anchor is not None or event.tag is not None:
            self.refuse_properties(event)
        if depth > DEEPEST:
            self.fault(event.start_mark.index, TOO_DEEP.format(DEEPEST))
            raise Unreadable(self.faults)
        if kind is yaml.MappingStartEvent:
            return self.mapping(event.start_mark.index, depth)
        return self.sequence(event.start_mark.index, depth)

    def sequence(self, start: int, depth: int) -> Sequence:
        node = Sequence(self.source, start)
        get, trail, end = self.get, self.trail, self.yaml.SequenceEndEvent
        event = get()
        while type(event) is not end:
            trail.append(len(node.items))
            node.items.append(self.node(event, depth + 1))
            trail.pop()
            event = get()
        node.end = event.end_mark.index
        return node

    def mapping(self, start: int, depth: int) -> Mapping:
        node = Mapping(self.source, start)
        get, trail, entries = self.get, self.trail, node.entries
        scalar, end, depth = self.yaml.ScalarEvent, self.yaml.MappingEndEvent, depth + 1
        event = get()
        while type(event) is not end:
            if type(event) is not scalar:
                self.no_key(event, depth)
                event = get()
                continue
            key = self.scalar(event)
            text = key.text
            trail.append(text)
            if text == "<<" and key.kind is PLAIN:
                message = "merge keys (<<) are no part of a case; write the keys out"
                self.fault(key.start, message)
                key.kind = FAULTY
            event = get()
            value = self.scalar(event) if type(event) is scalar else self.node(event, depth)
            if text in entries:
                node.repeated.append((key, value))
                self.fault(key.start, repeated_key(entries[text][0]))
            else:
                entries[text] = key, value
            trail.pop()
            event = get()
        node.end = event.end_mark.index
        return node

    def no_key(self, event: Any, depth: int) -> None:
        """Tell a key that is no text, and pass over it and its value."""
        self.fault(event.start_mark.index, "a key must be a text, and no alias")
        self.node(event, depth)
        self.node(self.get(), depth)

    def scalar(self, event: Any) -> Scalar:
        node = Scalar(
            self.source,
            PLAIN if event.implicit[0] else TEXT,
            event.value,
            event.start_mark.index,
            event.end_mark.index,
        )
        if event.anchor is not None or event.tag is not None:
            self.refuse_properties(event)
            node.kind = FAULTY
        elif self.careful:
            self.look_closer(node)
        return node

    def look_closer(self, node: Scalar) -> None:
        """What only few texts can have wrong, or need put right."""
        node.text = node.text.translate(self.restore)
        if self.text[node.start : node.start + 1] == "!":  # a tag that libyaml drops
            self.fault(node.start, TAG)
            node.kind = FAULTY
        elif _SURROGATE.search(node.text):  # an escape; the C parser refuses it by itself
            self.fault(node.start, HALF)
            node.kind = FAULTY

    def alias(self, event: Any) -> Scalar:
        start, end = event.start_mark.index, event.end_mark.index
        self.fault(start, _star(self.text, start))
        return Scalar(self.source, FAULTY, "", start, end)

    def refuse_properties(self, event: Any) -> None:
        start = event.start_mark.index
        if event.anchor is not None and self.text[start : start + 1] == "&":
            self.fault(start, _star(self.text, start))
        elif event.tag is not None:
            self.fault(start, TAG)
        else:  # an anchor that does not come first
            self.fault(start, "anchors (&) are no part of a case; take it away")


#: What is wrong with a tag.
TAG = "tags (!) are no part of a case; take it away, or write the whole text in quotes"
#: What is wrong with a text that UTF-8 cannot hold.
HALF = "half a character (a lone surrogate) stands in this text; write the whole one"


def repeated_key(first: Scalar) -> str:
    """What is wrong with a key that was there already."""
    line = first.line
    return "the key is given twice" + (f", first in line {line}" if line else "") + "; keep one"


def _star(text: str, at: int) -> str:
    """What is wrong with a word that begins with a star or an ampersand, and how it is written."""
    sign = text[at : at + 1]
    what = "an alias" if sign == "*" else "an anchor"
    said = f"{sign} begins {what} in YAML, and a case has none; "
    word = _WORD.match(text, at)
    line = text[max(0, at - 100) : at].rpartition("\n")[2]
    digits = word is not None and not word[0].strip("0123456789*#&.")
    if word is None or not digits or len(word[0]) > 40 or "dtmf_string" not in line:
        return f"{said}a text that begins with {sign} stands in quotes"  # it may be a secret
    return f'{said}a text that begins with {sign} stands in quotes: "{word[0]}"'


#: What the parser says, and what we say.
_SAID = (
    (
        "Unicode character escape",
        "an escape in this text is no whole character; write the character itself",
    ),
    (
        "mapping values are not allowed",
        "this colon begins no value: a text with a colon and a blank in it stands in quotes",
    ),
)


def _syntax(text: str, error: Any) -> tuple[int, str]:
    """The place of what the parser stumbled over, and what is wrong there."""
    if getattr(error, "problem", None) is None:
        return _unprintable(text)
    problem: str = error.problem
    context, mark, begun = error.context or "", error.problem_mark, error.context_mark
    mark = mark or begun
    at = mark.index if mark else -1
    if begun and context in ("while scanning an alias", "while scanning an anchor"):
        return begun.index, _star(text, begun.index)
    if "cannot start any token" in problem:
        sign = text[at : at + 1]
        if sign == "\t":
            return at, "a tab cannot indent in YAML; use blanks"
        return at, f"a text cannot begin with {sign} in YAML; put it in quotes"
    for hint, words in _SAID:
        if hint in problem:
            return at, words
    if begun and "quoted scalar" in context and "end of stream" in problem:
        return begun.index, "the text that begins here has no closing quote"
    said = f"{problem} {context}".strip()
    if begun and text.count("\n", 0, begun.index) != text.count("\n", 0, at):
        said += f" that begins in line {begun.line + 1}"
    if begun and at >= len(text.rstrip()):
        at = begun.index
    return at, f"this is no YAML: {said}"


def _unprintable(text: str) -> tuple[int, str]:
    """What the reader of characters refuses, before any syntax."""
    found = _UNPRINTABLE.search(text)
    if found is None:
        return -1, "a character cannot stand in YAML"
    if ord(found[0]) == 0:
        return found.start(), "a NUL character (U+0000) stands here; this is no text file"
    message = f"the control character U+{ord(found[0]):04X} cannot stand in YAML as it is; write it"
    return found.start(), f'{message} as an escape in double quotes: "{_escape(found[0])}"'


def _escape(character: str) -> str:
    point = ord(character)
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}"
