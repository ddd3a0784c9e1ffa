"""A case file changed in a few values, and nothing else: comments, order and layout stay.

A change is a path of keys and a plain value. What stands there is replaced where it stands, item by
item in a list; what is missing is put behind the key that it follows; what is left out goes with
its key. Every comment of the file is in the result, byte for byte, but for those inside a block
that goes. YAML and JSON can be changed so; TOML cannot.

The module knows no key of a case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as AnyMapping
from enum import Enum
from itertools import pairwise
from typing import Any, NamedTuple

from ...api.echo import is_secret, masked
from ...api.wire import json_text
from ...errors import CaseError, UsageError, printable
from . import writing
from .problems import Problems
from .structure import tell
from .tree import PLAIN, Mapping, Node, Scalar, Source, is_null
from .tree import Sequence as List

#: The formats that can be changed.
FORMATS = ("yaml", "json")

_INDENT = "  "


class Absent(Enum):
    """What stands where nothing shall stand."""

    LEFT_OUT = "left out"


#: As the value of a change: the key goes, with what stands there.
LEFT_OUT = Absent.LEFT_OUT


class Change(NamedTuple):
    """A value to be put somewhere.

    Attributes:
        path: the keys that lead there; those that are missing are made.
        value: what shall stand there: texts, numbers, truths, None, lists and mappings of them;
            `LEFT_OUT`: nothing.
        after: keys beside the last one of the path that stand before it, if it has to be made; of
            those that are there the last one counts. None: it is put last.
    """

    path: tuple[str, ...]
    value: Any
    after: Sequence[str] | None = None


def edited(text: str, form: str, changes: Sequence[Change], file: str | None = None) -> str:
    """The text of a file with some values changed.

    Args:
        form: ``yaml`` or ``json``.
        file: told in errors.

    Raises:
        UsageError: the format cannot be changed, or a path leads through something that is no
            mapping.
        CaseError: the text cannot be read.
    """
    if form not in FORMATS:
        raise UsageError(
            f"{printable(file or form)}: {form.upper()} files are not rewritten; "
            f"those in {' and '.join(one.upper() for one in FORMATS)} are"
        )
    for change in changes:  # one by one: each finds its place in what the one before has made
        text = _Editor(text, form, file).changed(change)
    return text


def without_secrets(text: str, form: str) -> str:
    """The text of a file as it may be shown: of what may be a secret only the beginning.

    Raises:
        CaseError: the text cannot be read.
    """
    edits: list[tuple[int, int, str]] = []
    told: set[str] = set()
    for node in _secrets(_Editor(text, form, None).root()):
        start, end = node.start, _end(node)
        secret = node.text if isinstance(node, Scalar) else ""
        told.add(secret)
        edits.append((start, max(start, len(text[:end].rstrip())), masked(secret)))
    shown = _applied(text, edits)
    for secret in told:  # a comment may have it, too
        shown = shown.replace(secret, masked(secret)) if len(secret) > _SHORT else shown
    return shown


_SHORT = 7


def _secrets(node: Node) -> Iterator[Node]:
    if isinstance(node, List):
        for item in node.items:
            yield from _secrets(item)
    elif isinstance(node, Mapping):
        for name, (_, value) in node.entries.items():
            if not is_secret(name):
                yield from _secrets(value)
            elif isinstance(value, List):
                yield from value.items
            elif not is_null(value):
                yield value


def _applied(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


class _Editor:
    """One change of one text."""

    def __init__(self, text: str, form: str, file: str | None) -> None:
        self.text = text
        self.json = form == "json"
        self.file = file
        self.line_break = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
        self.flow = self.json  # inside brackets, where a value cannot have lines of its own
        self.edits: list[tuple[int, int, str]] = []

    def changed(self, change: Change) -> str:
        node, path = self.root(), list(change.path)
        key, around = Scalar(node.source, PLAIN, ""), node
        while path and isinstance(node, Mapping) and path[0] in node.entries:
            self.flow = self.flow or self.text[node.start : node.start + 1] == "{"
            around = node
            key, node = node.entries[path.pop(0)]
        value = change.value
        if value is LEFT_OUT:
            if not path and isinstance(around, Mapping):
                self._leave_out(around, key, node)
            return _applied(self.text, self.edits)
        for name in reversed(path[1:]):
            value = {name: value}
        if not path:
            self._replace(key, node, value)
        elif isinstance(node, Mapping):
            self._insert(node, path[0], value, None if path[1:] else change.after)
        elif is_null(node):
            self._replace(key, node, {path[0]: value})
        else:
            done = ".".join(change.path[: len(change.path) - len(path)])
            raise UsageError(
                f"{printable(self.file or 'the file')}: {done} is no mapping, so that nothing "
                "can be put into it"
            )
        return _applied(self.text, self.edits)

    def root(self) -> Node:
        from . import json_reader, yaml_reader

        source, problems = Source(self.text), Problems(self.file)
        try:
            root, faults = json_reader.located(source) if self.json else yaml_reader.read(source)
        except yaml_reader.Unreadable as error:
            tell(error.faults, None, problems)
            raise CaseError(problems.in_order()) from None
        tell(faults, root, problems)
        if problems:
            raise CaseError(problems.in_order())
        return Mapping(source, 0, 0) if root is None else root

    # ------------------------------------------------------------------------------- replacing

    def _replace(self, key: Scalar, node: Node, value: Any) -> None:
        if isinstance(node, List) and isinstance(value, list | tuple) and value and node.items:
            self._items(node, value)
        elif is_null(node) and not isinstance(value, AnyMapping | list | tuple):
            self.edits.append((node.start, node.end, self._gap(node) + self._flow(value)))
        elif isinstance(value, AnyMapping) and value and self._opens_below(node):
            self._below(node, value)
        elif isinstance(node, Scalar) or self.text[node.start] in "[{":
            new = self._gap(node) + self._flow(value)
            self.edits.append((node.start, self._stop(node), new))
        else:  # a block goes with all that is said in it; its key keeps its line
            colon = self._sign(":", key.end, node.start) + 1
            self.edits.append((colon, colon, f" {self._flow(value)}"))
            start = len(self.text[: node.start].rstrip(" "))
            if start and self.text[start - 1] == "\n":
                start -= 2 if self.text[start - 2 : start] == "\r\n" else 1
            self.edits.append((start, self._stop(node), ""))

    def _stop(self, node: Node) -> int:
        """Where a value ends; a block text without the line break that ends it."""
        end = _end(node)
        return max(node.start, len(self.text[:end].rstrip())) if end > node.start else end

    def _opens_below(self, node: Node) -> bool:
        """Whether nothing stands there, so that lines of its own can follow."""
        empty = isinstance(node, Mapping) and not node.entries
        return not self.flow and (empty or is_null(node))

    def _gap(self, node: Node) -> str:
        """A blank, where a value that is not there touches its colon."""
        return " " if self.text[node.start - 1 : node.start] == ":" else ""

    def _items(self, node: List, values: Sequence[Any]) -> None:
        """A list, item by item, so that what is said between them stays."""
        for item, value in zip(node.items, values, strict=False):
            new = self._flow(value)
            if self.text[item.start : _end(item)] != new:
                self.edits.append((item.start, _end(item), new))
        block, have = self.text[node.start] == "-", len(node.items)
        lead = ", "
        at = _end(node.items[-1])
        if block:
            lead = f"{self.line_break}{self._indent(node.start)}- "
            at = self._line_end(at)
        more = "".join(lead + self._flow(value) for value in values[have:])
        if more:
            self.edits.append((at, at, more))
        for before, item in pairwise(node.items[len(values) - 1 :]):
            self._remove(before, item, block=block)

    def _remove(self, before: Node, item: Node, *, block: bool) -> None:
        """An item that follows another one; comments between them stay."""
        sign = self._sign("-" if block else ",", _end(before), item.start)
        if not block:
            self.edits.append((sign, sign + 1, ""))
            self.edits.append((item.start, _end(item), ""))
            return
        start, end = sign, _end(item)
        stop = self._line_end(end)
        if not self.text[end:stop].strip():  # no comment behind it: the whole line goes
            start = self.text.rindex("\n", 0, sign) + 1
            end = stop + len(self.line_break) if stop < len(self.text) else stop
        self.edits.append((start, end, ""))

    def _sign(self, sign: str, start: int, end: int) -> int:
        """The place of a sign between two values, outside of comments."""
        at = start
        while at < end:
            if self.text[at] == sign:
                return at
            at = self.text.index("\n", at) if self.text[at] == "#" else at + 1
        raise AssertionError(f"no {sign} between two items")

    # ------------------------------------------------------------------------------ leaving out

    def _leave_out(self, mapping: Mapping, key: Scalar, node: Node) -> None:
        """A key with its value. In a block its lines go; a comment behind the value stays."""
        end = max(self._stop(node), self._sign(":", key.end, len(self.text)) + 1)
        if self.text[mapping.start : mapping.start + 1] == "{":
            self._leave_out_flow(mapping, key, end)
            return
        start, stop = self.text.rfind("\n", 0, key.start) + 1, self._line_end(end)
        if self.text[end:stop].strip() or self.text[start : key.start].strip():
            self.edits.append((key.start, end, ""))
            return
        behind = stop < len(self.text)
        if not behind and start:  # the last line of a text without a line break at its end
            start -= len(self.line_break)
        self.edits.append((start, stop + len(self.line_break) if behind else stop, ""))

    def _leave_out_flow(self, mapping: Mapping, key: Scalar, end: int) -> None:
        """A key between brackets, with one of the commas around it."""
        entries = list(mapping.entries.values())
        place = next(number for number, (one, _) in enumerate(entries) if one is key)
        if place + 1 < len(entries):
            following = entries[place + 1][0].start
            comma = self._sign(",", end, following)
            if self.text[end:following].replace(",", "").strip():  # a comment stands there
                self.edits += [(key.start, end, ""), (comma, comma + 1, "")]
            else:
                self.edits.append((key.start, following, ""))
            return
        if place:
            before = _end(entries[place - 1][1])
            comma = self._sign(",", before, key.start)
            if self.text[before : key.start].replace(",", "").strip():
                self.edits += [(comma, comma + 1, ""), (key.start, end, "")]
            else:
                self.edits.append((before, end, ""))
            return
        self.edits.append((key.start, end, ""))

    # ------------------------------------------------------------------------------- inserting

    def _insert(self, mapping: Mapping, key: str, value: Any, after: Sequence[str] | None) -> None:
        """A new key. It follows the last one of ``after``, or all; else it comes first."""
        if not mapping.entries and self._opens_below(mapping) and mapping.end > mapping.start:
            self._below(mapping, {key: value})
            return
        known = list(mapping.entries) if after is None else after
        before = [mapping.entries[one] for one in known if one in mapping.entries]
        flow = self.text[mapping.start : mapping.start + 1] == "{"
        if flow:
            self._insert_flow(mapping, key, value, before[-1] if before else None)
            return
        first = next(iter(mapping.entries.values()), None)
        indent = self._indent(first[0].start) if first else ""
        lines = self.line_break.join(writing.yaml_lines(key, value, indent))
        if before:
            at = self._line_end(max(0, _end(before[-1][1])))
            self.edits.append((at, at, self.line_break + lines))
        else:
            at = first[0].start if first else 0
            tail = self.line_break + indent if first else self.line_break
            self.edits.append((at, at, lines.removeprefix(indent) + tail))

    def _insert_flow(
        self, mapping: Mapping, key: str, value: Any, before: tuple[Scalar, Node] | None
    ) -> None:
        first = next(iter(mapping.entries.values()), None)
        gap = " "
        if first:
            start = self.text.rfind("\n", 0, first[0].start) + 1
            lead = self.text[start : first[0].start]
            if start > mapping.start and not lead.strip():  # each key stands in a line of its own
                gap = self.line_break + lead
        entry = f"{self._flow(key)}: {self._flow(value)}"
        if isinstance(value, AnyMapping) and len(gap) > 1:
            inner = f",{gap}{_INDENT}".join(
                f"{self._flow(name)}: {self._flow(one)}" for name, one in value.items()
            )
            entry = f"{self._flow(key)}: {{{gap}{_INDENT}{inner}{gap}}}"
        if before:
            at = _end(before[1])
            self.edits.append((at, at, f",{gap}{entry}"))
        elif first:
            at = first[0].start
            self.edits.append((at, at, f"{entry},{gap}"))
        else:
            at = mapping.start + 1
            self.edits.append((at, at, entry))

    def _below(self, node: Node, value: AnyMapping[str, Any]) -> None:
        """A mapping in lines of its own under a key, in place of nothing or of ``{}``."""
        start = self.text.rfind("\n", 0, node.start) + 1
        lead = self.text[start : node.start]
        indent = lead[: len(lead) - len(lead.lstrip())] + _INDENT
        stop = self._line_end(node.end)
        blank = not self.text[node.end : stop].strip()
        begin = start + len(lead.rstrip()) if blank else node.start
        if node.end > node.start or blank:
            self.edits.append((begin, stop if blank else node.end, ""))
        lines = [
            line for key, one in value.items() for line in writing.yaml_lines(key, one, indent)
        ]
        self.edits.append((stop, stop, "".join(self.line_break + line for line in lines)))

    # ------------------------------------------------------------------------------- the text

    def _flow(self, value: Any) -> str:
        return json_text(value) if self.json else writing.yaml_flow(value)

    def _indent(self, at: int) -> str:
        """The blanks before a place in its line; a dash before it counts as one."""
        start = self.text.rfind("\n", 0, at) + 1
        return "".join(" " if sign == "-" else sign for sign in self.text[start:at])

    def _line_end(self, at: int) -> int:
        """Where the line of a place ends, its line break not included."""
        if at and self.text[at - 1] == "\n":  # a block text ends behind its line break
            at -= 1
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        return end - 1 if end and self.text[end - 1] == "\r" else end


def _end(node: Node) -> int:
    """Where a value ends as it is written; a block ends with the last value in it."""
    return max(_ends(node), default=node.start) if node.source.text else node.end


def _ends(node: Node) -> Iterator[int]:
    children: list[Node] = []
    if isinstance(node, List):
        children = node.items
    elif isinstance(node, Mapping):
        children = [value for _, value in node.entries.values()]
    first = (node.source.text or "")[node.start : node.start + 1]
    if not children or first in ("[", "{"):
        yield node.end
        return
    for child in children:
        yield from _ends(child)
