"""The figures of a call, one cell each, for a table in which calls stand side by side.

What can be told of a call is a row of `Figure`s: a head, the cell of any call, and how it is said
in words where it is the same for all. Nothing here knows how many calls there are, or how wide.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ...call.timeline import Leg, Timeline
from ...errors import printable
from ...units import Milliseconds
from ...words import Basis, LegState, Outcome, Party, Reason
from .. import wording
from ..grid import GLUE

#: Where there is nothing to tell.
NOTHING = "-"


class Cell(NamedTuple):
    """What stands in one place of a table. ``inferred``: it rests on our reading."""

    text: str
    inferred: bool = False


class Figure(NamedTuple):
    """One thing that can be told of a call.

    Attributes:
        top, bottom: its head, in two lines; neighbours with one ``top`` stand under it together.
        says: the same in words, from the text of a cell; nothing: not worth saying.
        words: it is told in words, not in numbers.
        always: it is shown wherever it differs; the others only where calls could not be told
            apart without them.
        which: it tells which one, as a number or a file; that there is none in some calls is no
            difference worth a column.
        brief: words of its cells that a narrow table says shorter.
    """

    top: str
    bottom: str
    of: Callable[[Timeline], Cell]
    says: Callable[[str], str]
    words: bool = False
    always: bool = True
    which: bool = False
    brief: tuple[tuple[str, str], ...] = ()


_REASON = {
    Reason.BUSY: "busy",
    Reason.REJECTED: "rejects",
    Reason.NO_ANSWER: f"no{GLUE}answer",
    Reason.UNAVAILABLE: "unavailable",
}
_NOT_PLAYED, NO_MESSAGE = "not played", "no message"
#: Of calls alike to people, one with a message that is never played, another without one.
NOT_HEARD = "not heard"
#: In a narrow table a message heard to its end is not marked, and the others are told in a word.
WHOLE, UNHEARD = " whole", "unheard"
_BRIEF = ((WHOLE, ""), (_NOT_PLAYED, UNHEARD), (NOT_HEARD, UNHEARD), (NO_MESSAGE, NOTHING))


def figures() -> tuple[Figure, ...]:
    """Everything that is told of calls, in the order of the columns."""
    contact, employee = Party.CONTACT, Party.EMPLOYEE
    return (
        Figure("", "outcome", _outcome, lambda text: text, words=True),
        Figure(
            "hung", "up by", _hung_up, lambda text: f"the {text} hangs up", words=True, which=True
        ),
        Figure("talk", "begins", _begins, lambda text: f"the conversation begins at {text} s"),
        *_of(contact),
        *_of(employee),
        Figure("both", "talk", _talk, lambda text: f"both talk for {text} s"),
        Figure("call", "lasts", _lasts, lambda text: f"the call lasts {text} s"),
        Figure("DTMF", "sent", _digits, lambda text: f"DTMF {text} sent", words=True, which=True),
        Figure("DTMF", "at", _digits_at, _unsaid, words=True, always=False),
    )


def _unsaid(_text: str) -> str:
    return ""


def _of(party: Party) -> tuple[Figure, ...]:
    def figure(
        bottom: str,
        of: Callable[[Leg], Cell],
        says: Callable[[str], str],
        *,
        which: bool = False,
        always: bool = True,
        brief: tuple[tuple[str, str], ...] = (),
    ) -> Figure:
        return Figure(
            party.value,
            bottom,
            lambda call: of(call.leg(party)),
            says,
            words=which,
            always=always,
            which=which,
            brief=brief,
        )

    return (
        figure("number", _number, _unsaid, which=True),
        figure("sees", _sees, _unsaid, which=True),
        figure("rings", _rings, _unsaid, always=False),
        figure("answers", _answers, _unsaid, always=False),
        figure("waited", _waited, lambda text: f"{party} waited {text} s"),
        figure(
            "message",
            _message,
            lambda text: _said_message(party, text),
            brief=_BRIEF,
        ),
        figure("hears", _plays, _unsaid, which=True),
        figure("music", _music, lambda text: f"{party} hears music for {text} s"),
    )


# ----------------------------------------------------------------------------------- of the call


def _outcome(call: Timeline) -> Cell:
    if call.outcome is Outcome.CONVERSATION:
        inferred = any(_rests(call.leg(party), LegState.CONVERSATION) for party in Party)
        return Cell("conversation", inferred)
    inferred = call.steps[-1].basis is Basis.INFERRED
    if call.reason is not None:
        party = Party.CONTACT if call.outcome is Outcome.CONTACT_NOT_REACHED else Party.EMPLOYEE
        return Cell(f"{party} {_REASON[call.reason]}", inferred)
    return Cell(f"{call.ended_by} gives{GLUE}up", inferred)


def _hung_up(call: Timeline) -> Cell:
    return Cell(str(call.ended_by) if call.outcome is Outcome.CONVERSATION else NOTHING)


def _begins(call: Timeline) -> Cell:
    talk = call.conversation
    return Cell(NOTHING if talk is None else wording.number(talk.start))


def _talk(call: Timeline) -> Cell:
    talk = call.conversation
    return Cell(NOTHING if talk is None else wording.number(talk.length))


def _lasts(call: Timeline) -> Cell:
    return Cell(wording.number(call.duration))


def _digits(call: Timeline) -> Cell:
    sent = [mark for mark in call.dtmf if mark.sent]
    return Cell(" ".join(mark.digits for mark in sent) or NOTHING)


def _digits_at(call: Timeline) -> Cell:
    sent = [mark for mark in call.dtmf if mark.sent]
    return Cell(" ".join(wording.number(mark.at or 0) for mark in sent) or NOTHING)


# ---------------------------------------------------------------------------------- of one party


def _number(leg: Leg) -> Cell:
    return Cell(NOTHING if leg.dialed is None or leg.number is None else printable(leg.number))


def _sees(leg: Leg) -> Cell:
    shown = leg.caller_id
    return Cell(NOTHING) if shown is None else Cell(shown.number, shown.basis is Basis.INFERRED)


def _rings(leg: Leg) -> Cell:
    return _time(leg.dialed)


def _answers(leg: Leg) -> Cell:
    return _time(leg.answered)


def _waited(leg: Leg) -> Cell:
    return _time(leg.figures.waited)


def _time(moment: Milliseconds | None) -> Cell:
    return Cell(NOTHING if moment is None else wording.number(moment))


def _message(leg: Leg) -> Cell:
    whole, heard = leg.figures.message_length, leg.figures.message_heard
    if whole is None:
        return Cell(NO_MESSAGE)
    if not heard:
        return Cell(_NOT_PLAYED)
    how = "whole" if heard == whole else "cut"
    return Cell(f"{wording.number(heard)} {how}", _rests(leg, LegState.MESSAGE))


def _said_message(party: Party, text: str) -> str:
    time, _, how = text.partition(" ")
    if time[0].isdigit():
        return f"{party} hears the message {'whole' if how == 'whole' else 'cut short'} ({time} s)"
    return f"{party}'s message {text}" if text != NO_MESSAGE else f"no message for the {party}"


def _plays(leg: Leg) -> Cell:
    message = leg.case.message(leg.party)
    if message is None or not leg.hears(LegState.MESSAGE):
        return Cell(NOTHING)
    return Cell(f"{message.type} {printable(message.value)}")


def _music(leg: Leg) -> Cell:
    heard = leg.figures.music_heard
    if not heard:
        return Cell(NOTHING)
    return Cell(wording.number(heard), _rests(leg, LegState.DIALING_MUSIC))


def _rests(leg: Leg, state: LegState) -> bool:
    """Whether some stretch of a state rests on our reading."""
    return any(
        segment.state is state and segment.basis is Basis.INFERRED for segment in leg.segments
    )
