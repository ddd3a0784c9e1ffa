"""What was seen of a real call: moments and their seconds, read from CSV or JSON.

A line is a moment and its seconds after the request, ``contact_answered 9.1``; a mark also has its
digits, ``dtmf 1 21.2``. Commas, semicolons, tabs and blanks separate alike. The module knows no
case and judges nothing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as AnyMapping
from enum import StrEnum
from typing import NamedTuple

from attrs import frozen

from ..call.loading import read_bytes
from ..errors import CaseError, Problem, nearest, printable
from ..units import Milliseconds, milliseconds, seconds
from ..words import Event, LegState, Party, Reason


class Seen(StrEnum):
    """What a record can say."""

    CONTACT_DIALED = "contact_dialed"
    EMPLOYEE_DIALED = "employee_dialed"
    CONTACT_ANSWERED = "contact_answered"
    EMPLOYEE_ANSWERED = "employee_answered"
    CONTACT_BUSY = "contact_busy"
    EMPLOYEE_BUSY = "employee_busy"
    CONTACT_REJECTED = "contact_rejected"
    EMPLOYEE_REJECTED = "employee_rejected"
    CONTACT_UNAVAILABLE = "contact_unavailable"
    EMPLOYEE_UNAVAILABLE = "employee_unavailable"
    CONTACT_NO_ANSWER = "contact_no_answer"
    EMPLOYEE_NO_ANSWER = "employee_no_answer"
    CONTACT_MESSAGE = "contact_message"
    EMPLOYEE_MESSAGE = "employee_message"
    CONTACT_MESSAGE_ENDED = "contact_message_ended"
    EMPLOYEE_MESSAGE_ENDED = "employee_message_ended"
    CONTACT_DIALING_MUSIC = "contact_dialing_music"
    EMPLOYEE_DIALING_MUSIC = "employee_dialing_music"
    CONVERSATION = "conversation"
    CONTACT_HUNG_UP = "contact_hung_up"
    EMPLOYEE_HUNG_UP = "employee_hung_up"
    RELEASED = "released"
    DTMF = "dtmf"

    @property
    def party(self) -> Party | None:
        """Whose moment it is; None: of both, or of the call."""
        first = self.value.partition("_")[0]
        return Party(first) if first in tuple(Party) else None

    @property
    def reason(self) -> Reason | None:
        """Why the party was not reached, if it says that."""
        return _REASONS.get(self.value.partition("_")[2])

    @property
    def event(self) -> Event | None:
        """The event of the choreography that it is; None: it is what comes of one."""
        if self.reason is not None:
            return Event(f"{self.party}_unreached")
        return Event(self.value) if self.value in tuple(Event) else None


_REASONS = {
    "busy": Reason.BUSY,
    "rejected": Reason.REJECTED,
    "unavailable": Reason.UNAVAILABLE,
    "no_answer": Reason.NO_ANSWER,
}

#: What it is called in a record that a leg comes into a state.
ENTERED: dict[tuple[Party, LegState], Seen] = {
    (Party.CONTACT, LegState.DIALING): Seen.CONTACT_DIALED,
    (Party.EMPLOYEE, LegState.DIALING): Seen.EMPLOYEE_DIALED,
    (Party.CONTACT, LegState.MESSAGE): Seen.CONTACT_MESSAGE,
    (Party.EMPLOYEE, LegState.MESSAGE): Seen.EMPLOYEE_MESSAGE,
    (Party.CONTACT, LegState.DIALING_MUSIC): Seen.CONTACT_DIALING_MUSIC,
    (Party.EMPLOYEE, LegState.DIALING_MUSIC): Seen.EMPLOYEE_DIALING_MUSIC,
}


class Sighting(NamedTuple):
    """One moment that was seen. ``digits``: of a DTMF mark, else empty."""

    what: Seen
    at: Milliseconds
    digits: str = ""

    def __str__(self) -> str:
        return f"{self.what} {self.digits}" if self.digits else str(self.what)


@frozen
class Record:
    """What was seen of one call, in the order of time."""

    path: str
    sightings: tuple[Sighting, ...]

    def of(self, what: Seen) -> Sighting | None:
        """The sighting of a moment; None: the record does not say."""
        return next((one for one in self.sightings if one.what is what), None)


def load_record(path: str, data: bytes | None = None) -> Record:
    """The record in a file; JSON if it begins so, else lines.

    Args:
        data: its bytes, if they are read already.

    Raises:
        CaseError: it is no record; holds everything that is wrong, with lines.
        UsageError: it cannot be read.
    """
    data = (read_bytes(path) if data is None else data).removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8; save the text as UTF-8"
        raise CaseError([Problem(message=message, file=path, line=line)]) from None
    return record_from_text(text, path)


def record_from_text(text: str, path: str) -> Record:
    """The record in a text; see `load_record`."""
    reader = _Reader(path)
    if text.lstrip()[:1] in ("[", "{"):
        reader.json(text)
    else:
        reader.lines(text)
    if not reader.problems and not reader.found:
        reader.wrong(None, "no moment stands in it; a line is: contact_answered 9.1")
    if len(reader.found) > _MOST:
        reader.wrong(None, f"has more than {_MOST} moments; a record is of one call")
    elif reader.enough:
        reader.wrong(None, "so much is no moment that the rest was not read; is it a record?")
    if reader.problems:
        raise CaseError(reader.problems)
    return Record(path, tuple(sorted(reader.found, key=lambda one: one.at)))


def impossible(record: Record, tolerance: Milliseconds) -> Iterator[Problem]:
    """What no platform can have done and no person: the record itself is wrong there.

    Args:
        tolerance: how far a moment may lie from the true one; two of them may come that much
            nearer to each other, or change places.
    """

    def wrong(one: Sighting, other: Sighting, why: str) -> Problem:
        told = f"{one} at {seconds(one.at):g} and {other} at {seconds(other.at):g}"
        return Problem(message=f"{told}: {why}", file=record.path)

    for before, after in _ORDER:
        first, second = record.of(before), record.of(after)
        if first and second and second.at + tolerance < first.at - tolerance:
            yield wrong(second, first, "it cannot come earlier")
    for one in record.sightings:
        party = one.what.party
        answered = party and record.of(Seen(f"{party}_answered"))
        if one.what.reason and answered and answered.at - tolerance <= one.at + tolerance:
            yield wrong(answered, one, "one excludes the other")
    released = record.of(Seen.RELEASED)
    for one in record.sightings:
        if released and one.what is not Seen.DTMF and released.at + tolerance < one.at - tolerance:
            yield wrong(one, released, "nothing happens after the release")


#: A call has a dozen moments, and more only if it has many marks.
_MOST, _MOST_PROBLEMS = 2_000, 100

#: Moments in the only order that they can have, whatever the platform is like.
_ORDER = [
    pair
    for party in Party
    for pair in (
        *((Seen(f"{party}_dialed"), Seen(f"{party}_{word}")) for word in ("answered", *_REASONS)),
        *(
            (Seen(f"{party}_answered"), later)
            for later in (
                Seen(f"{party}_message"),
                Seen(f"{party}_message_ended"),
                Seen(f"{party}_hung_up"),
                Seen.CONVERSATION,
            )
        ),
        (Seen(f"{party}_message"), Seen(f"{party}_message_ended")),
    )
]


_SEPARATOR = re.compile(r"[\s,;]+")
_DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")
_DIGITS = re.compile(r"[0-9*#]+", re.ASCII)


class _Reader:
    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Sighting] = []
        self.problems: list[Problem] = []

    @property
    def enough(self) -> bool:
        """Whether reading on makes no sense: it is some other file, or of many calls."""
        return len(self.problems) >= _MOST_PROBLEMS or len(self.found) > _MOST

    def wrong(self, line: int | None, message: str, near: str | None = None) -> None:
        hint = f"; did you mean {near}?" if near else ""
        self.problems.append(
            Problem(message=message + hint, file=self.path, line=line, nearest=near)
        )

    def lines(self, text: str) -> None:
        for number, line in enumerate(text.splitlines(), 1):
            words = [word.strip("\"'") for word in _cut(line.strip()) if word]
            heading = not self.found and [word.lower() for word in words[:1]] == ["moment"]
            if words and not line.lstrip().startswith("#") and not heading:
                self.sighting(words, number)
            if self.enough:
                return

    def json(self, text: str) -> None:
        try:
            value = json.loads(
                text,
                parse_float=str,
                parse_int=str,
                parse_constant=str,
                object_pairs_hook=self.each_once,
            )
        except json.JSONDecodeError as error:
            self.wrong(error.lineno, f"this is no JSON: {error.msg}")
            return
        except RecursionError:
            self.wrong(None, "this is no record: it is nested too deep")
            return
        for place, words in _rows(value):
            if words is None and place.startswith("["):
                must_be = 'must be {"moment": ..., "seconds": ...} or [moment, seconds]'
                self.wrong(None, f"{place}: {must_be}")
            elif words is None:
                self.wrong(None, f"{printable(place)[:40]}: must be a number of seconds")
            else:
                self.sighting(words, None)
            if self.enough:
                return

    def each_once(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        """An object of JSON, of which no key may stand twice."""
        found = dict(pairs)
        if len(found) < len(pairs):
            ((key, _),) = Counter(key for key, _ in pairs).most_common(1)
            self.wrong(None, f"{printable(key)[:40]} is given twice; keep one")
        return found

    def sighting(self, words: Sequence[str], line: int | None) -> None:
        what = nearest_word = words[0].lower()
        known = tuple(Seen)
        if what not in known:
            near = nearest(nearest_word, known)
            told = printable(words[0])[:40]
            expected = "" if near else f"; a moment is {', '.join(known)}"
            self.wrong(line, f"{told} is no moment{expected}", near)
            return
        seen, rest = Seen(what), list(words[1:])
        digits = rest.pop(0) if seen is Seen.DTMF and len(rest) > 1 else ""
        if seen is Seen.DTMF and not _DIGITS.fullmatch(digits):
            self.wrong(line, "dtmf needs its digits and its seconds: dtmf 1 21.2")
            return
        if rest[1:] in (["s"], ["seconds"]):
            del rest[1:]
        if len(rest) != 1:
            given = printable(" ".join(rest))[:40] or "nothing"
            hint = ""
            if len(rest) == 2 and all(word.isascii() and word.isdigit() for word in rest):
                hint = f"; decimals stand behind a point: {'.'.join(rest)[:40]}"
            self.wrong(line, f"{what} needs its seconds after the request, not {given}{hint}")
            return
        at = _time(rest[0].removesuffix("s"))
        if at is None:
            self.wrong(
                line,
                f"{what}: must be a number of seconds from 0 to 86400, not "
                f"{printable(rest[0])[:40]}",
            )
            return
        before = next((one for one in self.found if one.what is seen), None)
        if before is not None and seen is not Seen.DTMF:
            self.wrong(line, f"{what} is given twice; it happens once in a call")
            return
        self.found.append(Sighting(seen, at, digits))


def _cut(line: str) -> list[str]:
    """A line in words; where semicolons separate them, decimals may stand behind a comma."""
    return _SEPARATOR.split(_DECIMAL_COMMA.sub(".", line) if ";" in line else line)


def _time(text: str) -> Milliseconds | None:
    try:
        at = milliseconds(text)
    except (ValueError, OverflowError):
        return None
    return at if at >= 0 else None


def _rows(value: object) -> Iterator[tuple[str, list[str] | None]]:
    """Each moment of a JSON value as its place and its words; None: it is none."""
    if isinstance(value, AnyMapping):
        for key, times in value.items():
            for at in times if isinstance(times, list) else [times]:
                yield key, [*key.split(), at] if isinstance(at, str) and key.split() else None
        return
    for place, item in enumerate(value if isinstance(value, list) else []):
        if isinstance(item, AnyMapping):
            words = [item.get("moment"), item.get("digits"), item.get("seconds")]
            given = [word for word in words if word is not None]
            good = set(item) <= {"moment", "digits", "seconds"} and len(given) > 1
        else:
            given = item if isinstance(item, list) else []
            good = len(given) > 1
        good = good and all(isinstance(word, str) and word.strip() for word in given)
        yield f"[{place}]", [part for word in given for part in word.split()] if good else None
