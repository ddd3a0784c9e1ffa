"""What a comparison comes to, in words: a title, a sentence, a row for each figure, a line beneath.

Text and picture take their words from here, so they tell the same. Where the cases differ in one
value, the words name it; else the calls are A and B. Every sentence is about the second call, and
true of it whatever the pair. The module lays nothing out and compares nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from ..call.difference import Behind, Change, Difference, Figure, Ground, Kind, MarkPair
from ..call.effect import NoEffect
from ..call.timeline import Mark, Timeline
from ..clauses import ids
from ..errors import printable
from ..units import Milliseconds
from ..words import Basis, LegState, Party
from . import wording

#: No name of a call, and no value in a sentence, is told longer.
_LONGEST, _LONG_VALUE = 100, 30


@frozen
class Row:
    """One thing that differs.

    Attributes:
        who: ``contact``, ``employee``, ``both`` or ``call``.
        what: as it stands in a picture: ``hears the message``.
        short: as it stands in a text: ``message``.
        before, after: in words.
        difference: how much more it is in the second call; None: it is nothing to be measured.
    """

    who: str
    what: str
    short: str
    before: str
    after: str
    difference: Milliseconds | None = None


@frozen
class Finding:
    """What a comparison comes to, in words.

    Attributes:
        names: what makes each call: ``switch_at_once: false``, the name of a file.
        heads: the same for the head of a column: ``switch off``; empty: the letter alone.
        title: what was changed, and what it changes; else the difference.
        statements: the sentence in its parts, the greatest difference first.
        rows: everything that differs.
        behind: what else differs, where nobody could notice a difference; else empty.
    """

    names: tuple[str, str]
    heads: tuple[str, str]
    title: str
    statements: tuple[str, ...]
    rows: tuple[Row, ...]
    behind: str

    @property
    def sentence(self) -> str:
        """All in one sentence."""
        return f"{'; '.join(self.statements)}."

    @property
    def sentences(self) -> str:
        """A sentence for each part."""
        return " ".join(f"{part[:1].upper()}{part[1:]}." for part in self.statements)


def finding(difference: Difference, names: tuple[str, str] | None = None) -> Finding:
    """What two calls differ in, in words.

    Args:
        names: of the calls; None: what makes them, where the cases tell.
    """
    changes = difference.changes
    change = changes[0] if len(changes) == 1 else None
    said = tuple(_statements(difference)) if difference.differs else ()
    if said:
        said = (_led(change, said[0]), *said[1:])
    return Finding(
        names=_names(changes) if names is None else (printable(names[0]), printable(names[1])),
        heads=("", "") if change is None else _heads(change),
        title=_title(difference, change),
        statements=said or tuple(_nothing(difference, change)),
        rows=tuple(_rows(difference)),
        behind="" if difference.differs else _behind(difference.behind),
    )


def signed(difference: Milliseconds, minus: str = "−") -> str:
    """``+12.5 s``, or with a minus, which is a true one unless another is given."""
    if not difference:
        return wording.length(0)
    return f"{minus if difference < 0 else '+'}{wording.length(abs(difference))}"


def shift(difference: Milliseconds) -> str:
    """``12.5 s earlier``, ``3.0 s later``."""
    return f"{wording.length(abs(difference))} {'earlier' if difference < 0 else 'later'}"


def moments(difference: Difference) -> tuple[tuple[wording.Label, ...], tuple[wording.Label, ...]]:
    """The moments to name in each call.

    One that is the same in both is left out, unless the conversation begins then or failed.
    """
    before, after = wording.moments(difference.before), wording.moments(difference.after)
    if not difference.differs:
        return before, after
    same = {
        label
        for label in before
        if label in after and not label.begins_conversation and not label.failed
    }
    return (
        tuple(label for label in before if label not in same),
        tuple(label for label in after if label not in same),
    )


# ------------------------------------------------------------------------------------ what changed


def _name(change: Change) -> str:
    """A parameter as the API's page calls it, anything else by its path."""
    path = printable(change.path)
    return path.removeprefix("request.").replace("scenario.employee_message", "employee_message")


def _told(value: Any) -> str:
    """A value as a case file has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        if set(value) == {"type", "value"}:
            return f"{_told(value['type'])} {_told(value['value'])}"
        return ", ".join(f"{printable(str(key))} {_told(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_told, value)) or "none"
    return printable(str(value))


def _short(text: str, most: int = _LONGEST) -> str:
    return text if len(text) <= most else f"{text[: most - 3].rstrip()}..."


def _names(changes: tuple[Change, ...]) -> tuple[str, str]:
    if not 1 <= len(changes) <= 3:
        return "before", "after"
    before, after = (
        ", ".join(_named(change, value) for change, value in told)
        for told in (
            [(change, change.before) for change in changes],
            [(change, change.after) for change in changes],
        )
    )
    return _short(before), _short(after)


def _named(change: Change, value: Any) -> str:
    return f"{_name(change)} left out" if value is None else f"{_name(change)}: {_told(value)}"


def _heads(change: Change) -> tuple[str, str]:
    before, after = (
        f"switch {'on' if value else 'off'}" if _is_switch(change) else _named(change, value)
        for value in (change.before, change.after)
    )
    return before, after


def _is_switch(change: Change) -> bool:
    return change.path == "request.switch_at_once"


def _led(change: Change | None, said: str) -> str:
    """A statement with what it is true under before it."""
    if change is None:
        return f"In B {said}"
    name, before, after = _name(change), change.before, change.after
    if _is_switch(change):
        return f"Switched {'on' if after else 'off'}, {said}"
    if after is None:
        return f"Without {name}, {said}"
    if len(_told(after)) > _LONG_VALUE:
        return f"With {'' if before is None else 'the other '}{name}, {said}"
    told = "" if before is None else _told(before)
    instead = f" instead of {told}" if 0 < len(told) <= _LONG_VALUE else ""
    return f"With {name} {_told(after)}{instead}, {said}"


# ----------------------------------------------------------------------------------------- title


def _title(difference: Difference, change: Change | None) -> str:
    before, after = difference.before, difference.after
    if not difference.differs:
        what = "nothing that anybody lives through"
        return f"{_name(change)} changes {what}" if change else "Nobody could notice a difference"
    if change is not None:
        return f"{_name(change)} changes {_touched(difference)}"
    if difference.begins is not None:
        begins = difference.begins
        return f"The conversation begins {shift(begins[1] - begins[0])} in B"
    if (before.conversation is None) is not (after.conversation is None):
        return f"There is a conversation only in {'B' if before.conversation is None else 'A'}"
    return f"A and B differ in {_touched(difference)}"


def _touched(difference: Difference) -> str:
    """What a change is about, the greatest thing first."""
    if difference.begins is not None:
        return "when the conversation begins"
    talks = [call.conversation is not None for call in (difference.before, difference.after)]
    if talks[0] is not talks[1]:
        return "whether there is a conversation"
    if difference.ends_otherwise:
        return "how the call ends"
    if any(figure.kind is Kind.LASTS for figure in difference.figures):
        return "when the call ends"
    parties = [
        party
        for party in Party
        if difference.stretches[party]
        or any(figure.party is party for figure in difference.figures)
    ]
    if len(parties) == 2:
        return "what both live through"
    if parties:
        return f"what the {parties[0]} lives through"
    if difference.marks:
        return "the DTMF that is sent"
    return f"the number that the {difference.callers[0]} sees"


# ------------------------------------------------------------------------------------ the sentence


def _statements(difference: Difference) -> Iterator[str]:
    """The sentence in parts; the first one may follow ``in B``."""
    said = [
        *_course(difference),
        *(one for party in Party for one in _heard(difference, party)),
        *_digits(difference),
        *(_seen(difference, party) for party in difference.callers),
    ]
    yield from said or [one for party in Party for one in _otherwise(difference, party)]


def _course(difference: Difference) -> Iterator[str]:
    """Whether and when they talk, and how it ends."""
    before, after = difference.before, difference.after
    one, other = before.conversation, after.conversation
    longer = after.duration - before.duration
    if one is not None and other is not None:
        if difference.begins is not None:
            yield f"both talk {shift(other.start - one.start)}"
        if difference.ends_otherwise:
            yield f"the {_ending(after)}, in A the {_ending(before)}"
        elif longer:
            yield f"the call ends {shift(longer)}"
    elif other is not None:
        yield f"both talk from {wording.moment(other.start)} on, in A the {_ending(before)}"
    elif one is not None:
        yield f"they never talk: the {_ending(after)}"
    elif difference.ends_otherwise:
        yield f"the {_ending(after)}, in A the {_ending(before)}"
    elif longer:
        yield f"the call ends {shift(longer)}, without a conversation as in A"


def _ending(call: Timeline) -> str:
    return f"{wording.ending(call)} ({wording.moment(call.duration)})"


def _heard(difference: Difference, party: Party) -> Iterator[str]:
    """What the party hears, or is, in one of the calls alone."""
    one, other = difference.before.leg(party), difference.after.leg(party)
    if (one.dialed is None) is not (other.dialed is None):
        yield f"the {party}'s phone {'does ring' if one.dialed is None else 'never rings'}"
        return
    heard = one.hears(LegState.MESSAGE), other.hears(LegState.MESSAGE)
    if heard == (True, False):
        there = other.figures.message_length is not None
        yield f"the {party} {'never hears the' if there else 'hears no'} message"
    elif heard == (False, True):
        there = one.figures.message_length is not None
        yield f"the {party} {'does hear the' if there else 'hears a'} message"


def _digits(difference: Difference) -> Iterator[str]:
    if not difference.marks:
        return
    one, other = (
        [mark for mark in call.dtmf if mark.sent] for call in (difference.before, difference.after)
    )
    if not one or not other:
        yield "no DTMF is sent" if one else "DTMF is sent"
        return
    if [mark.digits for mark in one] != [mark.digits for mark in other]:
        yield "other DTMF is sent"
        return
    moved = {(pair[1].at or 0) - (pair[0].at or 0) for pair in zip(one, other, strict=True)}
    yield f"DTMF is sent {shift(moved.pop()) if len(moved) == 1 else 'at other moments'}"


def _seen(difference: Difference, party: Party) -> str:
    one, other = _numbers(difference, party)
    return f"the {party} sees {other}, in A {one}"


def _numbers(difference: Difference, party: Party) -> tuple[str, str]:
    one, other = (call.leg(party).caller_id for call in (difference.before, difference.after))
    return printable(one.number if one else ""), printable(other.number if other else "")


#: Which figure a party is told by, where nothing greater differs.
_FIRST = (Kind.WAITS, Kind.RINGS_AT, Kind.RINGS, Kind.MESSAGE, Kind.MUSIC, Kind.TALKS)


def _otherwise(difference: Difference, party: Party) -> Iterator[str]:
    own = {figure.kind: figure for figure in difference.figures if figure.party is party}
    told = next((own[kind] for kind in _FIRST if kind in own), None)
    if told is None:
        return
    by = told.change
    more, longer = ("more", "longer") if by > 0 else ("less", "less long")
    length = wording.length(abs(by))
    if told.kind is Kind.WAITS and None in (told.before, told.after):
        yield f"the {party} {'answers' if told.before is None else 'does not answer'}"
        return
    yield {
        Kind.WAITS: f"the {party} waits {length} {more}",
        Kind.RINGS_AT: f"the {party}'s phone rings {shift(by)}",
        Kind.RINGS: f"the {party}'s phone rings {length} {longer}",
        Kind.MESSAGE: f"the {party} hears {length} {more} of the message",
        Kind.MUSIC: f"the {party} hears {length} {more} of dialing music",
        Kind.TALKS: f"the {party} talks {length} {longer}",
    }[told.kind]


def _nothing(difference: Difference, change: Change | None) -> Iterator[str]:
    """What is said where nobody could notice a difference."""
    if not difference.changes:
        yield "Nothing differs: A and B are the same case"
        return
    yield "Nothing differs that anybody lives through"
    entry = change and _without_effect(difference, change)
    if change and entry:
        because = ", ".join(ids(entry.clauses))
        because += " inferred" if entry.basis is Basis.INFERRED else ""
        yield f"{_name(change)} has no effect here: {entry.text} ({because})"


def _without_effect(difference: Difference, change: Change) -> NoEffect | None:
    found = (*difference.after.no_effect, *difference.before.no_effect)
    return next((entry for entry in found if change.path.startswith(entry.path)), None)


# -------------------------------------------------------------------------------------- the rows


#: Of each figure: what it is called in a picture and in a text, and what it is where it is missing.
_FIGURE: dict[Kind, tuple[str, str, str]] = {
    Kind.RINGS_AT: ("the phone begins to ring", "rings from", "never"),
    Kind.RINGS: ("the phone rings", "rings", "not dialed"),
    Kind.MESSAGE: ("hears the message", "message", "not played"),
    Kind.WAITS: ("waits for the conversation", "waits", "no answer"),
    Kind.MUSIC: ("hears dialing music", "dialing music", "none"),
    Kind.TALKS: ("talk", "talk", "not at all"),
    Kind.LASTS: ("lasts", "lasts", ""),
}


def _rows(difference: Difference) -> Iterator[Row]:
    """The contact's rows, the employee's, what is of both, what is of the call."""
    talks = None
    for party in Party:
        for figure in difference.figures:
            if figure.party is party and figure.kind is Kind.TALKS:
                talks = figure  # a conversation is of both
            elif figure.party is party:
                yield _row(str(party), figure)
        if party in difference.callers:
            yield Row(str(party), "sees the number", "sees", *_numbers(difference, party))
        if party is Party.CONTACT and difference.marks:
            yield _dtmf(difference.marks)
    if talks is not None:
        yield _row("both", talks, _until(difference))
    yield from (_row("call", figure) for figure in difference.figures if figure.party is None)
    ends = [wording.ending(call) for call in (difference.before, difference.after)]
    if ends[0] != ends[1]:
        yield Row("call", "ends", "ends", ends[0], ends[1])


def _row(who: str, figure: Figure, until: str = "") -> Row:
    what, short, missing = _FIGURE[figure.kind]
    told = wording.moment if figure.kind is Kind.RINGS_AT else wording.length
    before, after = (
        missing if value is None else told(value) for value in (figure.before, figure.after)
    )
    return Row(who, what + until, short, before, after, figure.change)


def _until(difference: Difference) -> str:
    """How a conversation ends, if it is the same end."""
    before, after = difference.before, difference.after
    same = not difference.ends_otherwise and before.duration == after.duration
    if not same:
        return ""
    return f", until the {wording.ending(after)} at {wording.moment(after.duration)}"


def _dtmf(pairs: tuple[MarkPair, ...]) -> Row:
    """The first mark that differs, and how many do."""
    one, other = pairs[0]
    which = "" if len(pairs) == 1 else f", 1st of {len(pairs)}"
    by, known = None, 0
    if one and other and one.digits == other.digits:
        by = (other.at or 0) - (one.at or 0)
    elif one and other:
        known = _common(one.digits, other.digits)
    return Row(
        "contact", f"gets DTMF{which}", f"DTMF{which}", _mark(one, known), _mark(other, known), by
    )


def _common(one: str, other: str) -> int:
    """With how many equal characters both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _mark(mark: Mark | None, known: int) -> str:
    """Digits and their moment; of many digits those around the first that differ."""
    if mark is None:
        return "not sent"
    left_out = max(known - 4, 0)
    digits = f"{'...' if left_out else ''}{mark.digits[left_out:]}"
    return f"{_short(digits, 14)} at {wording.moment(mark.at or 0)}"


# -------------------------------------------------------------------------------------- behind it

_GROUND: dict[Ground, str] = {
    Ground.CLAUSES: "clauses",
    Ground.SETTINGS: "settings in force",
    Ground.NO_EFFECT: "without effect",
    Ground.WARNINGS: "warnings",
    Ground.ASSUMPTIONS: "assumed",
    Ground.NUMBERS: "dialed",
    Ground.UNSENT: "DTMF not sent",
}


def _behind(found: tuple[Behind, ...]) -> str:
    if not found:
        return ""
    return f"Behind it differ: {', '.join(map(_grounds, found))}."


def _grounds(behind: Behind) -> str:
    word = _GROUND[behind.ground]
    if not behind.before and not behind.after:
        return f"{word} (the same ones, elsewhere)"
    sides = [
        f"only {letter} {', '.join(_short(printable(one)) for one in alone)}"
        for letter, alone in (("A", behind.before), ("B", behind.after))
        if alone
    ]
    return f"{word} ({'; '.join(sides)})"
