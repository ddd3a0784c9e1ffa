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
from ..catalogue import later, say, term
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
    Reason.BUSY: later("{party} busy"),
    Reason.REJECTED: later("{party} rejects"),
    Reason.NO_ANSWER: later("{party} no answer"),
    Reason.UNAVAILABLE: later("{party} unavailable"),
}
_NOT_PLAYED, NO_MESSAGE = later("not played"), later("no message")
#: Of calls alike to people, one with a message that is never played, another without one.
NOT_HEARD = later("not heard")
#: In a narrow table a message heard to its end is not marked, and the others are told in a word.
WHOLE, UNHEARD = later("whole"), later("unheard")


def _brief() -> tuple[tuple[str, str], ...]:
    return (
        (f" {say(WHOLE)}", ""),
        (say(_NOT_PLAYED), say(UNHEARD)),
        (say(NOT_HEARD), say(UNHEARD)),
        (say(NO_MESSAGE), NOTHING),
    )


def figures() -> tuple[Figure, ...]:
    """Everything that is told of calls, in the order of the columns."""
    contact, employee = Party.CONTACT, Party.EMPLOYEE
    return (
        Figure("", say("outcome"), _outcome, lambda text: text, words=True),
        Figure(
            say("hung"),
            say("up by"),
            _hung_up,
            lambda text: say("the {who} hangs up", who=text),
            words=True,
            which=True,
        ),
        Figure(
            say("talk"),
            say("begins"),
            _begins,
            lambda text: say("the conversation begins at {time} s", time=text),
        ),
        *_of(contact),
        *_of(employee),
        Figure(
            say("both"), say("talk"), _talk, lambda text: say("both talk for {time} s", time=text)
        ),
        Figure(
            say("call{#whose row}"),
            say("lasts"),
            _lasts,
            lambda text: say("the call lasts {time} s", time=text),
        ),
        Figure(
            "DTMF",
            say("sent"),
            _digits,
            lambda text: say("DTMF {digits} sent", digits=text),
            words=True,
            which=True,
        ),
        Figure("DTMF", say("at"), _digits_at, _unsaid, words=True, always=False),
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
            term(party),
            bottom,
            lambda call: of(call.leg(party)),
            says,
            words=which,
            always=always,
            which=which,
            brief=brief,
        )

    return (
        figure(say("number"), _number, _unsaid, which=True),
        figure(say("sees"), _sees, _unsaid, which=True),
        figure(say("rings"), _rings, _unsaid, always=False),
        figure(say("answers"), _answers, _unsaid, always=False),
        figure(
            say("waited"),
            _waited,
            lambda text: say("{party} waited {time} s", party=party, time=text),
        ),
        figure(
            say("message"),
            _message,
            lambda text: _said_message(party, text),
            brief=_brief(),
        ),
        figure(say("hears"), _plays, _unsaid, which=True),
        figure(
            say("music"),
            _music,
            lambda text: say("{party} hears music for {time} s", party=party, time=text),
        ),
    )


# ----------------------------------------------------------------------------------- of the call


def _outcome(call: Timeline) -> Cell:
    if call.outcome is Outcome.CONVERSATION:
        inferred = any(_rests(call.leg(party), LegState.CONVERSATION) for party in Party)
        return Cell(say("conversation"), inferred)
    inferred = call.steps[-1].basis is Basis.INFERRED
    if call.reason is not None:
        party = Party.CONTACT if call.outcome is Outcome.CONTACT_NOT_REACHED else Party.EMPLOYEE
        return Cell(_glued(say(_REASON[call.reason], party=party)), inferred)
    return Cell(_glued(say("{party} gives up", party=call.ended_by)), inferred)


def _glued(text: str) -> str:
    """Broken behind the first word only."""
    first, _, rest = text.partition(" ")
    return f"{first} {rest.replace(' ', GLUE)}"


def _hung_up(call: Timeline) -> Cell:
    if call.outcome is not Outcome.CONVERSATION or call.ended_by is None:
        return Cell(NOTHING)
    return Cell(term(call.ended_by))


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
        return Cell(say(NO_MESSAGE))
    if not heard:
        return Cell(say(_NOT_PLAYED))
    how = say(WHOLE) if heard == whole else say("cut")
    return Cell(f"{wording.number(heard)} {how}", _rests(leg, LegState.MESSAGE))


def _said_message(party: Party, text: str) -> str:
    time, _, how = text.partition(" ")
    if time[0].isdigit():
        said = later("{party} hears the message cut short ({time} s)")
        if how == say(WHOLE):
            said = later("{party} hears the message whole ({time} s)")
        return say(said, party=party, time=time)
    if text == say(NO_MESSAGE):
        return say("no message for the {party}", party=party)
    return say("{party}'s message {how}", party=party, how=text)


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
