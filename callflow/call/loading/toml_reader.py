"""TOML to tree. The parser tells no places of values, only of faults of syntax.

TOML has no null; the one place where a case needs it, a number without a scenario, takes "" there.
Dates, and numbers that are not finite, are strange to a case, and the fields refuse them.
"""

from __future__ import annotations

import re
import tomllib

from ...api.wire import DEEPEST, Numeral
from . import value_reader
from .tree import TOO_DEEP, Fault, Node, Source
from .yaml_reader import Unreadable

# Each dot is a level. The parser's time grows with their square, so it never sees such a key.
_ENDLESS_KEY = re.compile(
    rf"""(?<![\w."'-])(?:(?:[\w-]++|"[\w-]*+"|'[\w-]*+')\.){{{DEEPEST},}}+[\w"'-]*+[ \t]*+[]=]"""
)
_PLACE = re.compile(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)$")
_KEY = re.compile(r"[ \t]*((?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')(?:[ \t]*\.[ \t]*[\w\"'-]+)*)[ \t]*=")


def read(source: Source) -> tuple[Node, list[Fault]]:
    """The tree of a TOML text, and what of it is refused.

    Raises:
        Unreadable: it is no TOML, or too deep.
    """
    text = source.text or ""
    deep = _ENDLESS_KEY.search(text)
    if deep:
        raise Unreadable([Fault((), source, deep.start(), TOO_DEEP.format(DEEPEST))])
    try:
        value = tomllib.loads(text, parse_float=_float)
    except tomllib.TOMLDecodeError as error:
        offset, message = _syntax(text, str(error))
    except RecursionError:
        offset, message = -1, TOO_DEEP.format(DEEPEST)
    except ValueError:  # of a whole number with more digits than Python reads
        digits = re.search(r"[0-9_]{4000,}", text)
        offset, message = digits.start() if digits else -1, "this number has too many digits"
    else:
        return value_reader.read(value, Source(None))
    raise Unreadable([Fault((), source, offset, message)])


def _float(text: str) -> object:
    """A number as it was written, as JSON would write it; a float if it is not finite."""
    written = text.replace("_", "").lstrip("+")
    return float(written) if written.lstrip("-")[0] in "in" else Numeral(written)


def _syntax(text: str, said: str) -> tuple[int, str]:
    place = _PLACE.search(said)
    words = said[: place.start()] if place else said
    if place is None or place[1] is None:
        offset = len(text.rstrip())
    else:
        offset = _line_start(text, int(place[1]))
    if any(hint in words for hint in ("overwrite", "twice", "Duplicate", "redefine")):
        return offset, _repeated(text, offset, words)
    return offset, f"this is no TOML: {words[:1].lower()}{words[1:]}"


def _line_start(text: str, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
    return at


def _repeated(text: str, offset: int, words: str) -> str:
    """The key that is given twice, and where it was first, as far as that can be seen."""
    start = text.rfind("\n", 0, offset) + 1 if offset == len(text.rstrip()) else offset
    begin, same = _same_key(text, start)
    if same is None:
        return f"a key is given twice: {words[:1].lower()}{words[1:]}"
    return f"the key {same} is given twice" + (
        f", first in line {begin}; keep one" if begin else ""
    )


def _same_key(text: str, start: int) -> tuple[int | None, str | None]:
    line = text[start:].partition("\n")[0]
    if line.lstrip().startswith("["):
        wanted = line.split("#")[0].strip()
        lines = text[:start].splitlines()
        first = next(
            (i for i, old in enumerate(lines) if old.split("#")[0].strip() == wanted), None
        )
        return (None if first is None else first + 1), wanted.strip("[]")
    key = _KEY.match(line)
    if key is None:
        return None, None
    lines = text[:start].splitlines()
    for number in range(len(lines), 0, -1):
        before = lines[number - 1]
        if before.lstrip().startswith("["):
            break
        found = _KEY.match(before)
        if found and found[1] == key[1]:
            return number, key[1]
    return None, key[1]
