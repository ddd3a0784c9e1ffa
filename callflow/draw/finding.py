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
from ..errors import printable
from ..units import Milliseconds
from ..words import LegState, Party
from . import wording
from .catalogue import capital, later, say, term
from .effects import effect

#: No name of a call, and no value in a sentence, is told longer.
_LONGEST, _LONG_VALUE = 100, 30


@frozen
class Row:
    """One thing that differs.

    Attributes:
        who: ``contact``, ``employee``, ``both`` or ``call``, in words.
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
        differs: there is something to notice. Else a statement may begin with a name of the API.
    """

    names: tuple[str, str]
    heads: tuple[str, str]
    title: str
    statements: tuple[str, ...]
    rows: tuple[Row, ...]
    behind: str
    differs: bool

    @property
    def sentence(self) -> str:
        """All in one sentence."""
        return f"{'; '.join(self.statements)}."

    @property
    def sentences(self) -> str:
        """A sentence for each part; a name of the API keeps its small letter."""
        parts = map(capital, self.statements) if self.differs else self.statements
        return " ".join(f"{part}." for part in parts)


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
        differs=difference.differs,
    )


def signed(difference: Milliseconds, minus: str = "−") -> str:
    """``+12.5 s``, or with a minus, which is a true one unless another is given."""
    if not difference:
        return wording.length(0)
    return f"{minus if difference < 0 else '+'}{wording.length(abs(difference))}"


def shift(difference: Milliseconds) -> str:
    """``12.5 s earlier``, ``3.0 s later``."""
    text = later("{length} earlier") if difference < 0 else later("{length} later")
    return say(text, length=wording.length(abs(difference)))


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
        return ", ".join(map(_told, value)) or say("none")
    return printable(str(value))


def _short(text: str, most: int = _LONGEST) -> str:
    return text if len(text) <= most else f"{text[: most - 3].rstrip()}..."


def _names(changes: tuple[Change, ...]) -> tuple[str, str]:
    if not 1 <= len(changes) <= 3:
        return say("before"), say("after")
    before, after = (
        ", ".join(_named(change, value) for change, value in told)
        for told in (
            [(change, change.before) for change in changes],
            [(change, change.after) for change in changes],
        )
    )
    return _short(before), _short(after)


def _named(change: Change, value: Any) -> str:
    if value is None:
        return say("{name} left out", name=_name(change))
    return f"{_name(change)}: {_told(value)}"


def _heads(change: Change) -> tuple[str, str]:
    before, after = (
        (say("switch on") if value else say("switch off"))
        if _is_switch(change)
        else _named(change, value)
        for value in (change.before, change.after)
    )
    return before, after


def _is_switch(change: Change) -> bool:
    return change.path == "request.switch_at_once"


def _led(change: Change | None, said: str) -> str:
    """A statement with what it is true under before it."""
    if change is None:
        return say("In B {what}", what=said)
    name, before, after = _name(change), change.before, change.after
    if _is_switch(change):
        return say("Switched on, {what}" if after else "Switched off, {what}", what=said)
    if after is None:
        return say("Without {name}, {what}", name=name, what=said)
    if len(_told(after)) > _LONG_VALUE:
        text = later("With the other {name}, {what}")
        if before is None:
            text = later("With {name}, {what}")
        return say(text, name=name, what=said)
    told = "" if before is None else _told(before)
    text = later("With {name} {value}, {what}")
    if 0 < len(told) <= _LONG_VALUE:
        text = later("With {name} {value} instead of {before}, {what}")
    return say(text, name=name, value=_told(after), before=told, what=said)


# ----------------------------------------------------------------------------------------- title


def _title(difference: Difference, change: Change | None) -> str:
    before, after = difference.before, difference.after
    if not difference.differs:
        if change is None:
            return say("Nobody could notice a difference")
        return say("{name} changes nothing that anybody lives through", name=_name(change))
    if change is not None:
        return say("{name} changes {what}", name=_name(change), what=_touched(difference))
    if difference.begins is not None:
        begins = difference.begins
        by = shift(begins[1] - begins[0])
        return say("The conversation begins {shift} in B", shift=by)
    if (before.conversation is None) is not (after.conversation is None):
        which = "B" if before.conversation is None else "A"
        return say("There is a conversation only in {which}", which=which)
    return say("A and B differ in {what}", what=_touched(difference))


def _touched(difference: Difference) -> str:
    """What a change is about, the greatest thing first."""
    if difference.begins is not None:
        return say("when the conversation begins")
    talks = [call.conversation is not None for call in (difference.before, difference.after)]
    if talks[0] is not talks[1]:
        return say("whether there is a conversation")
    if difference.ends_otherwise:
        return say("how the call ends")
    if any(figure.kind is Kind.LASTS for figure in difference.figures):
        return say("when the call ends")
    parties = [
        party
        for party in Party
        if difference.stretches[party]
        or any(figure.party is party for figure in difference.figures)
    ]
    if len(parties) == 2:
        return say("what both live through")
    if parties:
        return say("what the {party} lives through", party=parties[0])
    if difference.marks:
        return say("the DTMF that is sent")
    return say("the number that the {party} sees", party=difference.callers[0])


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
            yield say("both talk {shift}", shift=shift(other.start - one.start))
        if difference.ends_otherwise:
            yield _otherwise_ended(after, before)
        elif longer:
            yield say("the call ends {shift}", shift=shift(longer))
    elif other is not None:
        yield say(
            "both talk from {start} on, in A the {ending}",
            start=wording.moment(other.start),
            ending=_ending(before),
        )
    elif one is not None:
        yield say("they never talk: the {ending}", ending=_ending(after))
    elif difference.ends_otherwise:
        yield _otherwise_ended(after, before)
    elif longer:
        text = later("the call ends {shift}, without a conversation as in A")
        yield say(text, shift=shift(longer))


def _otherwise_ended(after: Timeline, before: Timeline) -> str:
    return say("the {ending}, in A the {before}", ending=_ending(after), before=_ending(before))


def _ending(call: Timeline) -> str:
    return f"{wording.ending(call)} ({wording.moment(call.duration)})"


def _heard(difference: Difference, party: Party) -> Iterator[str]:
    """What the party hears, or is, in one of the calls alone."""
    one, other = difference.before.leg(party), difference.after.leg(party)
    if (one.dialed is None) is not (other.dialed is None):
        text = later("the {party}'s phone never rings")
        if one.dialed is None:
            text = later("the {party}'s phone does ring")
        yield say(text, party=party)
        return
    heard = one.hears(LegState.MESSAGE), other.hears(LegState.MESSAGE)
    if heard == (True, False):
        there = other.figures.message_length is not None
        text = later("the {party} never hears the message")
        yield say(text if there else later("the {party} hears no message"), party=party)
    elif heard == (False, True):
        there = one.figures.message_length is not None
        text = later("the {party} does hear the message")
        yield say(text if there else later("the {party} hears a message"), party=party)


def _digits(difference: Difference) -> Iterator[str]:
    if not difference.marks:
        return
    one, other = (
        [mark for mark in call.dtmf if mark.sent] for call in (difference.before, difference.after)
    )
    if not one or not other:
        yield say("no DTMF is sent") if one else say("DTMF is sent")
        return
    if [mark.digits for mark in one] != [mark.digits for mark in other]:
        yield say("other DTMF is sent")
        return
    moved = {(pair[1].at or 0) - (pair[0].at or 0) for pair in zip(one, other, strict=True)}
    if len(moved) == 1:
        yield say("DTMF is sent {shift}", shift=shift(moved.pop()))
    else:
        yield say("DTMF is sent at other moments")


def _seen(difference: Difference, party: Party) -> str:
    one, other = _numbers(difference, party)
    return say("the {party} sees {number}, in A {before}", party=party, number=other, before=one)


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
    if told.kind is Kind.WAITS and None in (told.before, told.after):
        answers = told.before is None
        text = later("the {party} answers") if answers else later("the {party} does not answer")
        yield say(text, party=party)
    else:
        length = wording.length(abs(by))
        yield say(_BY[told.kind][by < 0], party=party, length=length, shift=shift(by))


#: What a party has more of, and less.
_BY: dict[Kind, tuple[str, str]] = {
    Kind.WAITS: (
        later("the {party} waits {length} more"),
        later("the {party} waits {length} less"),
    ),
    Kind.RINGS_AT: (later("the {party}'s phone rings {shift}"),) * 2,
    Kind.RINGS: (
        later("the {party}'s phone rings {length} longer"),
        later("the {party}'s phone rings {length} less long"),
    ),
    Kind.MESSAGE: (
        later("the {party} hears {length} more of the message"),
        later("the {party} hears {length} less of the message"),
    ),
    Kind.MUSIC: (
        later("the {party} hears {length} more of dialing music"),
        later("the {party} hears {length} less of dialing music"),
    ),
    Kind.TALKS: (
        later("the {party} talks {length} longer"),
        later("the {party} talks {length} less long"),
    ),
}


def _nothing(difference: Difference, change: Change | None) -> Iterator[str]:
    """What is said where nobody could notice a difference."""
    if not difference.changes:
        yield say("Nothing differs: A and B are the same case")
        return
    yield say("Nothing differs that anybody lives through")
    entry = change and _without_effect(difference, change)
    if change and entry:
        yield say(
            "{name} has no effect here: {why} ({clauses})",
            name=_name(change),
            why=effect(entry),
            clauses=wording.cited(entry.clauses, entry.basis),
        )


def _without_effect(difference: Difference, change: Change) -> NoEffect | None:
    found = (*difference.after.no_effect, *difference.before.no_effect)
    return next((entry for entry in found if change.path.startswith(entry.path)), None)


# -------------------------------------------------------------------------------------- the rows


#: Of each figure: what it is called in a picture and in a text, and what it is where it is missing.
_FIGURE: dict[Kind, tuple[str, str, str]] = {
    Kind.RINGS_AT: (later("the phone begins to ring"), later("rings from"), later("never")),
    Kind.RINGS: (later("the phone rings"), later("rings"), later("not dialed")),
    Kind.MESSAGE: (later("hears the message"), later("message"), later("not played")),
    Kind.WAITS: (later("waits for the conversation"), later("waits"), later("no answer")),
    Kind.MUSIC: (later("hears dialing music"), later("dialing music"), later("none")),
    Kind.TALKS: (later("talk"), later("talk"), later("not at all")),
    Kind.LASTS: (later("lasts"), later("lasts"), ""),
}


def _rows(difference: Difference) -> Iterator[Row]:
    """The contact's rows, the employee's, what is of both, what is of the call."""
    talks = None
    for party in Party:
        for figure in difference.figures:
            if figure.party is party and figure.kind is Kind.TALKS:
                talks = figure  # a conversation is of both
            elif figure.party is party:
                yield _row(term(party), figure)
        if party in difference.callers:
            numbers = _numbers(difference, party)
            yield Row(term(party), say("sees the number"), say("sees"), *numbers)
        if party is Party.CONTACT and difference.marks:
            yield _dtmf(difference.marks)
    if talks is not None:
        yield _row(say("both"), talks, _until(difference))
    call = say("call{#whose row}")
    yield from (_row(call, figure) for figure in difference.figures if figure.party is None)
    ends = [wording.ending(one) for one in (difference.before, difference.after)]
    if ends[0] != ends[1]:
        yield Row(call, say("ends"), say("ends"), ends[0], ends[1])


def _row(who: str, figure: Figure, until: str = "") -> Row:
    what, short, missing = (text and say(text) for text in _FIGURE[figure.kind])
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
    return say(
        ", until the {ending} at {end}",
        ending=wording.ending(after),
        end=wording.moment(after.duration),
    )


def _dtmf(pairs: tuple[MarkPair, ...]) -> Row:
    """The first mark that differs, and how many do."""
    one, other = pairs[0]
    which = "" if len(pairs) == 1 else say(", 1st of {count}", count=len(pairs))
    by, known = None, 0
    if one and other and one.digits == other.digits:
        by = (other.at or 0) - (one.at or 0)
    elif one and other:
        known = _common(one.digits, other.digits)
    return Row(
        term("contact"),
        say("gets DTMF{which}", which=which),
        f"DTMF{which}",
        _mark(one, known),
        _mark(other, known),
        by,
    )


def _common(one: str, other: str) -> int:
    """With how many equal characters both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _mark(mark: Mark | None, known: int) -> str:
    """Digits and their moment; of many digits those around the first that differ."""
    if mark is None:
        return say("not sent")
    left_out = max(known - 4, 0)
    digits = f"{'...' if left_out else ''}{mark.digits[left_out:]}"
    when = wording.moment(mark.at or 0)
    return say("{digits} at {time}", digits=_short(digits, 14), time=when)


# -------------------------------------------------------------------------------------- behind it

_GROUND: dict[Ground, str] = {
    Ground.CLAUSES: later("clauses"),
    Ground.SETTINGS: later("settings in force"),
    Ground.NO_EFFECT: later("without effect"),
    Ground.WARNINGS: later("warnings"),
    Ground.ASSUMPTIONS: later("assumed"),
    Ground.NUMBERS: later("dialed"),
    Ground.UNSENT: later("DTMF not sent"),
}


def _behind(found: tuple[Behind, ...]) -> str:
    if not found:
        return ""
    return say("Behind it differ: {what}.", what=", ".join(map(_grounds, found)))


def _grounds(behind: Behind) -> str:
    word = say(_GROUND[behind.ground])
    if not behind.before and not behind.after:
        return say("{what} (the same ones, elsewhere)", what=word)
    sides = [
        say(
            "only {which} {what}",
            which=letter,
            what=", ".join(_short(printable(one)) for one in alone),
        )
        for letter, alone in (("A", behind.before), ("B", behind.after))
        if alone
    ]
    return f"{word} ({'; '.join(sides)})"
