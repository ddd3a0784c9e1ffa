"""The request of a case: from its part of the tree to what the API would accept, or its complaints.

Parameters that are texts are taken as they are written; elsewhere a plain scalar of YAML is what
JSON would read. The checks are the API's own (`callflow.api`); here they get their lines, and
repairs that only someone who sees the file can tell.
"""

from __future__ import annotations

import re

from attrs import evolve

from ...api.account import Account
from ...api.echo import is_secret
from ...api.errors import ApiError, RequestRefused
from ...api.parameters import ENVELOPE, STRINGS
from ...api.request import Request
from ...api.validation import Received, check, enveloped, lint
from ...api.wire import JsonValue
from ...errors import Problem
from .fields import described
from .problems import Problems, option_of
from .tree import (
    FAULTY,
    PLAIN,
    STRANGE,
    TEXT,
    Mapping,
    Node,
    Scalar,
    Sequence,
    is_null,
    joined,
    value_of,
)

_NO_TRUTH_IN_YAML = frozenset(("yes", "no", "on", "off", "y", "n"))
_COMMENT = re.compile(r"[ \t]*(#[^\r\n]*)")


class Sent:
    """The request as it stands in a file.

    Attributes:
        node: the whole; in an envelope, ``params`` is one of its members.
        params: the mapping of parameters; None: there is none.
        document: the whole as JSON.
        faulty: paths of values whose fault was told by the reader, as the API names them.
    """

    __slots__ = ("document", "faulty", "key", "node", "params", "problems")

    def __init__(self, key: Node, node: Node, problems: Problems) -> None:
        self.key = key
        self.node = node
        self.problems = problems
        self.faulty: set[str] = set()
        self.params: Mapping | None = None
        if is_envelope(node) and isinstance(node, Mapping):
            members: dict[str, JsonValue] = {}
            for name, (_, value) in node.entries.items():
                if name == "params" and type(value) is Mapping:
                    self.params = value
                    members[name] = self.json(value, "", "request")
                else:
                    members[name] = self.json(value, None, f"request.{name}", name)
            self.document: JsonValue = members
            return
        if type(node) is Mapping:
            self.params = node
        self.document = self.json(node, "" if type(node) is Mapping else None, "request")

    def json(self, node: Node, place: str | None, path: str, faulty_as: str = "") -> JsonValue:
        """The JSON value of a node.

        Args:
            place: the parameter that it is, "" for all of them; None: inside no parameter.
            path: for complaints.
            faulty_as: what the API calls it.
        """
        if type(node) is Scalar:
            kind = node.kind
            if kind is TEXT or (kind is PLAIN and place in STRINGS and not is_null(node)):
                return node.text
            if kind is FAULTY:
                self.faulty.add(place or faulty_as)
            elif kind is STRANGE:
                self.faulty.add(place or faulty_as)
                message = f"{described(node)} cannot be sent in JSON; write a text, in quotes"
                self.problems.add(node if node.line else self.key, path, message)
            return value_of(node)
        if type(node) is Mapping:
            members = {}
            for name, (key, value) in node.entries.items():
                if key.kind is FAULTY:
                    self.faulty.add(f"{place}.{name}" if place else name)
                    continue
                inner = None if place is None else f"{place}.{name}" if place else name
                members[name] = self.json(value, inner, joined(path, name), faulty_as)
            return members
        if type(node) is Sequence:
            return [
                self.json(item, None, f"{path}[{place}]", faulty_as)
                for place, item in enumerate(node.items)
            ]
        raise AssertionError(node)

    def accepted(self, account: Account) -> Request | RequestRefused | None:
        """The request, or all that the API has against it; None: its faults are told already."""
        sent = enveloped(self.document, account)
        if not self.faulty:
            try:
                return check(sent, account)
            except RequestRefused:
                pass
        return self._refusal(sent, account)

    def _refusal(self, sent: Received, account: Account) -> RequestRefused | None:
        errors, problems = [], []
        for found in lint(sent, account):
            if self._told(found.place):
                continue
            error, at = self._explained(found)
            problem = error.problem(file=self.problems.file, line=at.line)
            path = problem.path
            if error.member and not is_envelope(self.node):  # it was put around what stands here
                path = "request"
            errors.append(error)
            message = problem.message + option_of(at.source)
            problems.append(evolve(problem, path=path, message=message))
        if not errors:
            return None
        return RequestRefused(errors[0], sent.id, in_order(problems), errors)

    def _told(self, place: str | None) -> bool:
        """Whether a fault of the reader stands at that place, inside it or around it."""
        if place is None:
            return bool(self.faulty)
        return any(
            place == told or place.startswith(f"{told}.") or told.startswith(f"{place}.")
            for told in self.faulty
        )

    def _explained(self, error: ApiError) -> tuple[ApiError, Node]:
        """The error with the repair that the file calls for, and the node whose line it has."""
        at, value = self._find(error)
        more = "" if value is None else _repair(error, value)
        return (evolve(error, detail=error.detail + more) if more else error), at

    def _find(self, error: ApiError) -> tuple[Node, Node | None]:
        """The key that an error is about, or the nearest one around it; and its value."""
        if error.field is None:
            entry = None
            if error.member and isinstance(self.node, Mapping):
                entry = self.node.entries.get(error.member)
            return entry or (self.key, None)
        at, mapping = self.key, self.params
        if mapping is not None and error.field in mapping.entries:
            return mapping.entries[error.field]
        for name in error.field.split("."):
            entry = None if mapping is None else mapping.entries.get(name)
            if entry is None:
                return at, None
            at, value = entry
            mapping = value if isinstance(value, Mapping) else None
        return at, value


def is_envelope(node: Node) -> bool:
    """Whether a request is an envelope, not the params of one."""
    return type(node) is Mapping and any(member in node.entries for member in ENVELOPE)


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """By lines, those without one behind."""
    return tuple(sorted(problems, key=lambda found: found.line or 1 << 60))


def _repair(error: ApiError, value: Node) -> str:
    """What only someone who sees the YAML can tell."""
    if error.mnemonic != "data_type_error" or type(value) is not Scalar:
        return ""
    if value.kind is not PLAIN:
        return ""
    if value.text.lower() in _NO_TRUTH_IN_YAML:
        return f"; in YAML 1.2 {value.text} is a text"
    if value.text:
        return ""
    field = error.field or ""
    name = field.rpartition(".")[2]
    comment = _COMMENT.match(value.source.text or "", value.start)
    if comment is None:
        return f'; nothing stands here, which YAML takes for null; an empty text is {name}: ""'
    written = comment[1].strip()
    said = "; # begins a comment in YAML, and * an alias; such a text stands in quotes"
    if field == "dtmf_string" and re.fullmatch(r"[0-9*#.]+", written) and not is_secret(field):
        return f'{said}: {name}: "{written}"'
    return said
