"""Bytes to a JSON value, as strictly as the server: UTF-8, each key once, whole characters, no NaN.

The standard parser does the work. What it lets pass is refused by its hooks, and only then the text
is read again, slowly, for the place of the fault. Deep nesting never reaches the parser, which
would recurse.

No more than one character of what was sent stands in a message here, keys excepted: the text around
a fault may be a secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from ..errors import Problem, printable
from .echo import shortened
from .errors import RequestRefused, api_error
from .wire import DEEPEST, JsonValue, Numeral

if TYPE_CHECKING:
    from json import JSONDecodeError, JSONDecoder

_BOM = b"\xef\xbb\xbf"

# Texts are one token, closed or not, so that a scan is linear whatever the text.
_TOKENS = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[][{}]|-?Infinity|NaN'
_SURROGATE_ESCAPE = r"\\u[dD][89a-fA-F]"
_SURROGATE = "[\ud800-\udfff]"


class _Repeated(Exception):
    """The parser has met an object that has a key twice."""


class _NotFinite(Exception):
    """The parser has met NaN or an infinity."""


def decode(data: bytes) -> JsonValue:
    """The JSON value in ``data``; a byte order mark is skipped.

    Raises:
        RequestRefused: ``character_encoding_not_allowed`` for bytes that are not UTF-8, or an
            escape that is half a character; ``parse_error`` for what is no JSON, a key given twice,
            and nesting deeper than 64 (a limit of ours; the source names none). Its problem has the
            line.
    """
    data = data.removeprefix(_BOM)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(data, error.start) from None
    deep = _too_deep(text)
    value = _parsed(text if deep is None else text[:deep], text, deep)
    if re.search(_SURROGATE_ESCAPE, text) and has_lone_surrogate(value):
        raise _fault(
            "character_encoding_not_allowed",
            text,
            next(at for at, found in _texts(text) if has_lone_surrogate(found)),
            "an escape in this text is half a character (a lone surrogate); "
            "write both halves, or the character itself",
            answer_id(value),
        )
    return value


def answer_id(document: JsonValue) -> str | Numeral | None:
    """The id of the answer: the one sent if it is a text or a number, whatever else is wrong."""
    sent = document.get("id") if isinstance(document, dict) else None
    if isinstance(sent, str) and not has_lone_surrogate(sent):
        return sent
    return sent if isinstance(sent, Numeral) else None


def has_lone_surrogate(value: JsonValue) -> bool:
    """Whether half a character stands anywhere in ``value``, keys included."""
    rest = [value]
    while rest:
        value = rest.pop()
        if isinstance(value, str):
            if not value.isascii() and re.search(_SURROGATE, value):
                return True
        elif isinstance(value, list):
            rest.extend(value)
        elif isinstance(value, dict):
            rest.extend(value)
            rest.extend(value.values())
    return False


def _parsed(text: str, whole: str, deep: int | None) -> JsonValue:
    from json import JSONDecodeError

    try:
        value: JsonValue = _decoder().decode(text)
    except JSONDecodeError as error:
        if deep is not None and error.pos >= deep:
            words = f"nested deeper than {DEEPEST} (a limit of ours; the source names none)"
            raise _fault("parse_error", whole, deep, words) from None
        raise _fault("parse_error", whole, error.pos, _syntax(whole, error)) from None
    except _Repeated:
        at, key, first = _second_key(whole)
        words = f"the key {shortened(key)} is given twice"
        words += f", first in line {_line(whole, first)}; keep one"
        raise _fault("parse_error", whole, at, words) from None
    except _NotFinite:
        found = next(m for m in re.finditer(_TOKENS, whole, re.DOTALL) if m[0][-1] in "yN")
        words = f"{found[0]} is no JSON; a number in JSON is finite"
        raise _fault("parse_error", whole, found.start(), words) from None
    return value


@cache
def _decoder() -> JSONDecoder:
    from json import JSONDecoder

    def unique(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
        members = dict(pairs)
        if len(members) != len(pairs):
            raise _Repeated
        return members

    def not_finite(_: str) -> JsonValue:
        raise _NotFinite

    return JSONDecoder(
        object_pairs_hook=unique,
        parse_int=Numeral,
        parse_float=Numeral,
        parse_constant=not_finite,
    )


# ------------------------------------------------------------------------- the place of a fault


def _too_deep(text: str) -> int | None:
    """Where the first bracket stands that nests too deep."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return None
    depth = 0
    for token in re.finditer(_TOKENS, text, re.DOTALL):
        if token[0] in "[{":
            depth += 1
            if depth > DEEPEST:
                return token.start()
        elif token[0] in "]}":
            depth -= 1
    return None


def _texts(text: str) -> Iterator[tuple[int, str]]:
    """Every text of right JSON, keys too, with its place."""
    for token in re.finditer(_TOKENS, text, re.DOTALL):
        if token[0][0] == '"':
            yield token.start(), _decoder().decode(token[0])


def _second_key(text: str) -> tuple[int, str, int]:
    """The first key that is given again: the place, the key, and the place where it was first."""
    seen: list[dict[str, int]] = []
    colon = re.compile(r"[ \t\r\n]*:")
    for token in re.finditer(_TOKENS, text, re.DOTALL):
        if token[0] in "[{":
            seen.append({})
        elif token[0] in "]}":
            seen.pop()
        elif token[0][0] == '"' and colon.match(text, token.end()):
            key = _decoder().decode(token[0])
            if key in seen[-1]:
                return token.start(), key, seen[-1][key]
            seen[-1][key] = token.start()
    raise AssertionError("a key was given twice")


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _fault(
    mnemonic: str, text: str, at: int, words: str, id: str | Numeral | None = None
) -> RequestRefused:
    line, column = _line(text, at), at - text.rfind("\n", 0, at)
    error = api_error(mnemonic, detail=f"line {line}, column {column}: {words}")
    problem = Problem(message=f"column {column}: {words} (the API would answer {error})", line=line)
    return RequestRefused(error, id, [problem])


def _not_utf8(data: bytes, at: int) -> RequestRefused:
    line = data.count(b"\n", 0, at) + 1
    words = f"byte {at + 1} (0x{data[at]:02x}) is not UTF-8; save the text as UTF-8"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        words = "this is UTF-16; save the text as UTF-8"
    error = api_error("character_encoding_not_allowed", detail=f"line {line}: {words}")
    problem = Problem(message=f"{words} (the API would answer {error})", line=line)
    return RequestRefused(error, None, [problem])


def _syntax(text: str, error: JSONDecodeError) -> str:
    """What is wrong where the parser stopped, and the repair."""
    at, said = error.pos, error.msg
    here = text[at : at + 1]
    before = text[:at].rstrip(" \t\r\n")[-1:]
    for beginning, words in _SAID.items():
        if said.startswith(beginning):
            return words
    if not here:
        return "the text ends too early" if before else "there is nothing here; send a JSON object"
    if before == "," and here in "}]":
        return _SAID["Illegal trailing comma"]
    for beginning, words in _FOUND.items():
        if text.startswith(beginning, at):
            return words
    wanted = next((words for part, words in _WANTED.items() if part in said), "a value")
    return f"{wanted} must stand here, not {printable(here)}"


#: What the standard parser says, and what we say. More than one version of it is meant.
_SAID = {
    "Unterminated string": "the text that begins here has no closing quote",
    "Invalid control character": "a text cannot hold a control character; write it as an escape",
    "Invalid \\u": "\\u wants four hexadecimal digits",
    "Invalid \\": "no such escape; a backslash itself is written \\\\",
    "Extra data": "the JSON has ended before this; keep one value",
    "Illegal trailing comma": "nothing follows the comma; take it away",
}

#: What stands there, and what we say.
_FOUND = {
    "'": "texts stand in double quotes, not single ones",
    "/": "JSON has no comments; take it away",
    "#": "JSON has no comments; take it away",
    "True": "True is no JSON; write true",
    "False": "False is no JSON; write false",
    "None": "None is no JSON; write null",
}

#: What the standard parser expects, and how we call it.
_WANTED = {
    "property name": "a name in double quotes",
    "':'": "a colon",
    "','": "a comma or the closing bracket",
}
