"""What the page may ask, checked before anything is done with it.

Only what concerns the page is judged here; a case may be anything that JSON can carry, and whatever
is wrong in it is an answer, not a wrong question.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import frozen

from ...errors import CallflowError, either, nearest, printable
from ...units import Milliseconds, milliseconds
from ...words import Event

LANGUAGES = ("en", "ru")
MAKES = ("case", "json", "svg", "png", "wav", "html")

#: Pictures are no wider, and a call played by hand has no more events than it can have.
_WIDEST, _MOST_EVENTS = 4000, 64


class WrongQuestion(CallflowError):
    """What was asked is no question of the page; the text says why."""


@frozen
class Deed:
    """An event that was made to happen by hand, and when."""

    at: Milliseconds
    event: Event


@frozen
class Played:
    """A call played by hand: what was done, and the moment that it has come to."""

    deeds: tuple[Deed, ...]
    at: Milliseconds

    def to_dict(self) -> dict[str, Any]:
        """As the page keeps it and asks it again."""
        return {
            "at": self.at / 1000,
            "events": [{"at": deed.at / 1000, "event": str(deed.event)} for deed in self.deeds],
        }


@frozen(kw_only=True)
class Question:
    """What the page asks.

    Attributes:
        case: the case as a mapping of a case file; None: there is none yet.
        text: instead of a case, a text that is to be one: a case file, or a request from a log.
        changes: what a person changed at controls: paths and values; None: left out.
        pinned: a case to compare with.
        at: the moment under the playhead.
        fork: a moment and an event that is to happen then instead.
        played: a call played by hand.
        let_run: what was played becomes the case.
        make: what to take along: one of `MAKES`; then nothing else is told.
        words, situations: whether the page's words, and calls to begin with, are wanted.
        theme, language, width, narrow: how the page shows.
    """

    case: Mapping[str, Any] | None = None
    text: str | None = None
    changes: tuple[tuple[str, Any], ...] = ()
    pinned: Mapping[str, Any] | None = None
    at: Milliseconds = 0
    fork: tuple[Milliseconds, Event] | None = None
    played: Played | None = None
    let_run: bool = False
    make: str | None = None
    words: bool = False
    situations: bool = False
    theme: Literal["light", "dark"] = "light"
    language: str = "en"
    width: int = 960
    narrow: bool = False


def question(asked: Mapping[str, Any]) -> Question:
    """The question in a JSON object.

    Raises:
        WrongQuestion: there is none; says why.
    """
    if not isinstance(asked, Mapping):
        raise WrongQuestion("a question is an object")
    known = [attribute.name for attribute in Question.__attrs_attrs__]
    for name in asked:
        if name not in known:
            near = nearest(name, known)
            hint = f"; did you mean {near}?" if near else ""
            raise WrongQuestion(f"{printable(name)} is not asked here{hint}")
    ask = _Asked(asked)
    return Question(
        case=ask.mapping("case"),
        text=ask.text("text"),
        changes=tuple(ask.changes()),
        pinned=ask.mapping("pinned"),
        at=ask.moment(asked.get("at", 0), "at"),
        fork=ask.fork(),
        played=ask.played(),
        let_run=ask.truth("let_run"),
        make=ask.choice("make", MAKES),
        words=ask.truth("words"),
        situations=ask.truth("situations"),
        theme="dark" if ask.choice("theme", ("light", "dark")) == "dark" else "light",
        language=ask.choice("language", LANGUAGES) or "en",
        width=ask.width(),
        narrow=ask.truth("narrow"),
    )


class _Asked:
    def __init__(self, asked: Mapping[str, Any]) -> None:
        self.asked = asked

    def mapping(self, name: str) -> Mapping[str, Any] | None:
        value = self.asked.get(name)
        if value is not None and not isinstance(value, Mapping):
            raise WrongQuestion(f"{name} is an object")
        return value

    def text(self, name: str) -> str | None:
        value = self.asked.get(name)
        if value is not None and not isinstance(value, str):
            raise WrongQuestion(f"{name} is a text")
        return value

    def truth(self, name: str) -> bool:
        value = self.asked.get(name, False)
        if not isinstance(value, bool):
            raise WrongQuestion(f"{name} is true or false")
        return value

    def choice(self, name: str, choices: tuple[str, ...]) -> str | None:
        value = self.text(name)
        if value is not None and value not in choices:
            raise WrongQuestion(f"{name} is {either(choices)}")
        return value

    def width(self) -> int:
        value = self.asked.get("width", 960)
        if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 1:
            raise WrongQuestion("width is a number of pixels")
        return round(min(value, _WIDEST))

    def moment(self, value: Any, name: str) -> Milliseconds:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise WrongQuestion(f"{name} is a number of seconds")
        try:
            at = milliseconds(value)
        except (ValueError, OverflowError):
            raise WrongQuestion(f"{name} is 0 to 86 400 seconds") from None
        if at < 0:
            raise WrongQuestion(f"{name} is 0 to 86 400 seconds")
        return at

    def changes(self) -> list[tuple[str, Any]]:
        given = self.asked.get("changes", [])
        if not isinstance(given, list):
            raise WrongQuestion("changes is a list")
        found = []
        for change in given:
            if not isinstance(change, Mapping) or not isinstance(change.get("path"), str):
                raise WrongQuestion("a change has a path and a value")
            found.append((change["path"], change.get("value")))
        return found

    def deed(self, given: Any, name: str) -> Deed:
        if not isinstance(given, Mapping) or given.get("event") not in list(Event):
            raise WrongQuestion(f"{name} has a moment and one of the events")
        return Deed(self.moment(given.get("at"), f"{name}.at"), Event(given["event"]))

    def fork(self) -> tuple[Milliseconds, Event] | None:
        given = self.asked.get("fork")
        if given is None:
            return None
        deed = self.deed(given, "fork")
        return deed.at, deed.event

    def played(self) -> Played | None:
        given = self.mapping("played")
        if given is None:
            return None
        events = given.get("events", [])
        if not isinstance(events, list) or len(events) > _MOST_EVENTS:
            raise WrongQuestion("played.events is a list of what was done")
        deeds = tuple(self.deed(one, "played.events") for one in events)
        return Played(deeds, self.moment(given.get("at", 0), "played.at"))
