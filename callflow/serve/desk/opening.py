"""Texts and mappings to cases, for a page: no file of the machine is opened here, whoever asks.

A media file named in a case is one of the machine. Of the case on the command line the server knows
how long they play and says so in seconds; a case that comes from a page may name none. Access
tokens are left out: a case of the page may stand in its address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from ...api.errors import ApiError, RequestRefused
from ...api.wire import Numeral
from ...call.case import Case
from ...call.loading import case_from_bytes, case_from_mapping, case_to_dict
from ...call.loading.problems import Problems
from ...call.loading.request import Sent, is_envelope
from ...call.loading.structure import as_case
from ...call.loading.tree import Mapping as Tree
from ...call.loading.tree import Node, Source, number, plain
from ...draw.catalogue import say
from ...errors import CaseError, Problem

#: Lines of a text that are shown around one with a problem.
_AROUND = 2


@frozen(kw_only=True)
class Read:
    """What a mapping or a text came to.

    Attributes:
        case: None: it is none; ``problems`` says why.
    """

    case: Case | None
    problems: tuple[dict[str, Any], ...] = ()


@frozen(kw_only=True)
class Opened:
    """A text as a mapping for the page; None: it cannot even be read."""

    case: dict[str, Any] | None
    problems: tuple[dict[str, Any], ...] = ()


def read(mapping: Mapping[str, Any]) -> Read:
    """The case in a mapping that came from a page."""
    files = list(_files(mapping))
    if files:
        return Read(case=None, problems=tuple(_problem(_unread(path)) for path in files))
    try:
        return Read(case=case_from_mapping(mapping))
    except RequestRefused as refused:
        return Read(case=None, problems=tuple(map(refusal, refused.errors)))
    except CaseError as error:
        return Read(case=None, problems=tuple(map(_problem, error.problems)))


def mapping_of(case: Case) -> dict[str, Any]:
    """The case as a mapping for the page: without tokens, and media by their length alone."""
    mapping: dict[str, Any] = plain_values(case_to_dict(case, secrets=False))
    media = case.account.media
    if media:
        mapping["account"]["media"] = {
            id_: file.length / 1000 if file.length % 1000 else file.length // 1000
            for id_, file in media.items()
        }
    return mapping


def opened(text: str, file: str | None = None) -> Opened:
    """A text that is to be a case: a case file in JSON or YAML, or a request out of a log.

    Args:
        file: told in problems.
    """
    data = text.encode("utf-8", "surrogatepass")
    form = "json" if text.lstrip()[:1] == "{" else "yaml"
    try:
        root = _tree(text, form)
    except CaseError as error:
        return Opened(case=None, problems=_told(error.problems, text))
    files = list(_files(root if isinstance(root, Tree) else {}))
    if files:
        return Opened(case=None, problems=tuple(_problem(_unread(path)) for path in files))
    try:
        return Opened(case=mapping_of(case_from_bytes(data, form, file)))
    except RequestRefused as refused:
        told = tuple(
            {**refusal(error), **_excerpt(problem, text)}
            for error, problem in zip(refused.errors, refused.problems, strict=False)
        )
        return Opened(case=_lenient(root), problems=told)
    except CaseError as error:
        return Opened(case=None, problems=_told(error.problems, text))


def refusal(error: ApiError) -> dict[str, Any]:
    """What the API would answer, for the page."""
    return {
        "kind": "refusal",
        "path": f"request.{error.place}" if error.place else "request",
        "code": error.code,
        "mnemonic": error.mnemonic,
        "says": error.message,
        "text": error.sentence,
        "shown": " ".join(
            one if one.endswith((".", "?")) else f"{one}."
            for one in dict.fromkeys((error.sentence, error.message))
        ),
    }


def problems_of(error: CaseError | RequestRefused) -> tuple[dict[str, Any], ...]:
    """What is wrong, for the page."""
    if isinstance(error, RequestRefused):
        return tuple(map(refusal, error.errors))
    return tuple(map(_problem, error.problems))


def request_at(text: str) -> tuple[str, ...] | None:
    """The keys under which the parameters of the request stand in a file; none in a bare one."""
    root = _tree(text, "json" if text.lstrip()[:1] == "{" else "yaml")
    case = as_case(root)
    request = case.get("request") if isinstance(case, Tree) else None
    enveloped = is_envelope(request) if request is not None else False
    outer = () if case is not root else ("request",)
    return (*outer, "params") if enveloped else outer


def _told(problems: Iterable[Problem], text: str) -> tuple[dict[str, Any], ...]:
    return tuple({**_problem(problem), **_excerpt(problem, text)} for problem in problems)


def _problem(problem: Problem) -> dict[str, Any]:
    """Something that keeps a text from being a case, for the page."""
    return {
        "kind": "problem",
        "path": problem.path,
        "text": problem.message,
        "line": problem.line,
        "given": problem.given or problem.path.rpartition(".")[2],
        "nearest": problem.nearest,
    }


def _excerpt(problem: Problem, text: str) -> dict[str, Any]:
    """The lines around a problem."""
    if problem.line is None:
        return {}
    lines = text.splitlines()
    first = max(problem.line - 1 - _AROUND, 0)
    around = lines[first : problem.line + _AROUND]
    return {
        "line": problem.line,
        "lines": [
            {"number": first + place + 1, "text": line[:200]} for place, line in enumerate(around)
        ],
    }


def _unread(path: str) -> Problem:
    return Problem(
        path=path,
        message=say(
            "a page reads no file of this machine; write how long it plays, in seconds, or open "
            "the case with callflow preview"
        ),
    )


def _files(mapping: Mapping[str, Any] | Tree) -> Iterable[str]:
    """Where a case names a file."""
    media = _member(_member(mapping, "account"), "media")
    for id_ in _keys(media):
        if "file" in _keys(_member(media, id_)):
            yield f"account.media.{id_}.file"


def _member(value: Any, key: str) -> Any:
    if isinstance(value, Tree):
        return value.get(key)
    return value.get(key) if isinstance(value, Mapping) else None


def _keys(value: Any) -> Iterable[str]:
    if isinstance(value, Tree):
        return list(value.entries)
    return list(value) if isinstance(value, Mapping) else []


def _tree(text: str, form: str) -> Node:
    """The tree of a text.

    Raises:
        CaseError: it cannot be read at all.
    """
    from ...call.loading import json_reader, yaml_reader
    from ...call.loading.structure import tell

    source, problems = Source(text), Problems(None)
    try:
        if form == "json":
            json_reader.read(text.encode("utf-8", "surrogatepass"), source)  # whether it is any
            root: Node | None = json_reader.located(source)[0]
        else:
            root, _ = yaml_reader.read(source)
    except yaml_reader.Unreadable as error:
        tell(error.faults, None, problems)
        raise CaseError(problems.in_order()) from None
    return Tree(source, 0, 0) if root is None else root


def _lenient(root: Node) -> dict[str, Any] | None:
    """A tree as a mapping for the page, its request as it would be sent, whatever it holds."""
    case = as_case(root)
    if not isinstance(case, Tree):
        return None
    mapping: dict[str, Any] = plain_values(plain(case))
    entry = case.entries.get("request")
    if entry is not None:
        mapping["request"] = plain_values(Sent(entry[0], entry[1], Problems(None)).document)
    for holder in (mapping.get("request"), _member(mapping.get("request"), "params")):
        if isinstance(holder, dict):
            holder.pop("access_token", None)
    if isinstance(mapping.get("account"), dict):
        mapping["account"].pop("access_tokens", None)
    return mapping


def plain_values(value: Any) -> Any:
    """Values that JSON has: exact numbers become the nearest that it can carry."""
    from decimal import Decimal

    if isinstance(value, Mapping):
        return {str(key): plain_values(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [plain_values(item) for item in value]
    if isinstance(value, Numeral):
        return plain_values(number(value.text))
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, bool | int | float) or value is None:
        return value
    return str(value)
