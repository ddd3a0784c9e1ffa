"""How a call is put into words: numbers with units, states, events, outcomes.

All drawings, texts and pages say the same thing with the same words, and take them from here; the
catalogue decides which words those are. What is said is plain text: no escapes, no colours, no
layout; user text (names, numbers) is made printable, so that it can stand anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ..api.echo import masked
from ..api.wire import json_text
from ..call.case import Case
from ..call.effect import NoEffect
from ..call.timeline import Leg, Segment, Timeline
from ..clauses import G3, G9, G10, G11, G12, G13, G17, G18, G19, G20, G21, Clause, Clauses, cite
from ..errors import printable
from ..units import Milliseconds
from ..words import MESSAGE_ENDED, Basis, Event, LegState, Outcome, Party, Reason
from .catalogue import ENGLISH, clause_words, count, later, say, spoken, term
from .catalogue_file import templates

#: From here on a time is told in minutes.
_MINUTES: Milliseconds = 100_000


def number(time: Milliseconds) -> str:
    """Seconds with at least one decimal and as many as are needed: ``6.0``, ``12.5``, ``0.125``."""
    return _number(time, spoken().decimal)


@lru_cache(maxsize=4096)
def _number(time: Milliseconds, decimal: str) -> str:
    whole, rest = divmod(time, 1000)
    return f"{whole}{decimal}{f'{rest:03}'.rstrip('0') or '0'}"


def length(time: Milliseconds) -> str:
    """A length with its unit: ``12.5 s``, ``59 min 28.5 s``, ``2 h 0 min 3.0 s``."""
    if time < _MINUTES:
        return say("{seconds} s", seconds=number(time))
    minutes, rest = divmod(time, 60_000)
    if minutes < 100:
        return say("{minutes} min {seconds} s", minutes=minutes, seconds=number(rest))
    hours, minutes = divmod(minutes, 60)
    return say(
        "{hours} h {minutes} min {seconds} s", hours=hours, minutes=minutes, seconds=number(rest)
    )


def part_of(part: Milliseconds, whole: Milliseconds) -> str:
    """How much of a length: ``5.0 of 12.5 s``."""
    both = part < _MINUTES and whole < _MINUTES
    told = number(part) if both else length(part)
    return say("{part} of {whole}", part=told, whole=length(whole))


def clock(time: Milliseconds) -> str:
    """A moment without unit: ``31.5``, ``60:00.0``, ``2:00:03.0``."""
    if time < _MINUTES:
        return number(time)
    minutes, rest = divmod(time, 60_000)
    seconds = f"{'0' if rest < 10_000 else ''}{number(rest)}"
    if minutes < 100:
        return f"{minutes}:{seconds}"
    return f"{minutes // 60}:{minutes % 60:02}:{seconds}"


def moment(time: Milliseconds) -> str:
    """A moment with its unit, where it has one: ``31.5 s``, ``60:00.0``."""
    return say("{seconds} s", seconds=number(time)) if time < _MINUTES else clock(time)


def round_seconds(told: str) -> str:
    """A number or a moment without decimals that say nothing: ``6``, ``60:00``."""
    return told.removesuffix(f"{spoken().decimal}0")


def many(number: int, word: str) -> str:
    """So many of something, ``1 case``, ``2 cases``; for words whose plural ends in s."""
    return count(number, word)


class _States:
    def __getitem__(self, state: LegState) -> tuple[str, str]:
        return term(state), term(state, "short")


#: Of each state the word and the short word.
STATE = _States()


def named(word: Event | LegState) -> str:
    """An event or a state by its name, as programs call it; in other words than ours, in those."""
    plain = word.value.replace("_", " ")
    said = say(plain)
    return word.value if said == plain else said


def failure(kind: str) -> str:
    """A kind of failure that does not say whose: ``..._unreached``."""
    plain = kind.removeprefix("..._").replace("_", " ")
    said = say(plain)
    return kind if said == plain else said


#: What `named` and `failure` say in other languages.
_NAMES = (
    *(later("start"), later("contact answered"), later("employee answered")),
    *(later("contact unreached"), later("employee unreached"), later("unreached")),
    *(later("contact message ended"), later("employee message ended")),
    *(later("contact hung up"), later("employee hung up"), later("hung up")),
    *(later("conversation ended"), later("idle"), later("dialing"), later("message")),
    *(later("dialing music"), later("conversation"), later("released")),
)


def of_ours(name: str) -> str:
    """A name as its author wrote it; of a case that ships with us, in the words spoken now."""
    catalogue = spoken()
    if catalogue is ENGLISH:
        return name
    return say(name) if name in catalogue.texts or name in templates() else name


def request(case: Case) -> str:
    """The request as JSON for people; the token is masked."""
    params = case.request.to_params()
    if "access_token" in params:
        params["access_token"] = masked(params["access_token"])
    return json_text({"method": "start.vnumber_call", "params": params}, indent=2)


def title(timeline: Timeline) -> str:
    """The name of the case, or what it is about."""
    if timeline.case.name:
        return printable(of_ours(timeline.case.name))
    configuration = timeline.case.configuration
    if configuration.switch_at_once:
        return say("{party!c} first, switch on", party=configuration.first_call)
    return say("{party!c} first, switch off", party=configuration.first_call)


def outcome(timeline: Timeline) -> str:
    """How the call turned out, in one sentence without a full stop."""
    end = moment(timeline.duration)
    talk = timeline.conversation
    if talk is not None:
        return say(
            "conversation from {start}, {length} long; the {party} hung up at {end}",
            start=moment(talk.start),
            length=length(talk.length),
            party=timeline.ended_by,
            end=end,
        )
    if timeline.reason is not None:
        party = Party.CONTACT if timeline.outcome is Outcome.CONTACT_NOT_REACHED else Party.EMPLOYEE
        return say(_NOT_REACHED[timeline.reason], party=party, end=end)
    return say(
        "abandoned: the {party} hung up at {end}, before the conversation",
        party=timeline.ended_by,
        end=end,
    )


_NOT_REACHED: dict[Reason, str] = {
    Reason.BUSY: later("{party} not reached: busy at {end}; no conversation"),
    Reason.REJECTED: later("{party} not reached: rejected the call at {end}; no conversation"),
    Reason.NO_ANSWER: later("{party} not reached: no answer by {end}; no conversation"),
    Reason.UNAVAILABLE: later("{party} not reached: unavailable at {end}; no conversation"),
}


class Label(NamedTuple):
    """A moment worth a line across both lanes.

    Attributes:
        party: whose moment it is; None: of both.
        end: the call is over then.
        failed: it is what kept the call from a conversation.
    """

    at: Milliseconds
    text: str
    party: Party | None
    end: bool = False
    begins_conversation: bool = False
    failed: bool = False


def moments(timeline: Timeline) -> tuple[Label, ...]:
    """The moments to mark, in order: answers, the conversation's beginning, and how the call ended.

    An answer that begins the conversation is told as that.
    """
    return tuple(_moments(timeline))


def _moments(timeline: Timeline) -> Iterator[Label]:
    talk = timeline.conversation
    begin = None if talk is None else talk.start
    for step in timeline.steps:
        answer = step.event in (Event.CONTACT_ANSWERED, Event.EMPLOYEE_ANSWERED)
        begins = step.at == begin and step.target.contact is LegState.CONVERSATION
        if answer:
            party = step.event.party
            if begins:
                words = say("{party} answers, conversation begins", party=party)
            else:
                words = say("{party} answers", party=party)
            yield Label(step.at, words, step.event.party, begins_conversation=begins)
        elif begins:
            yield Label(step.at, say("conversation begins"), None, begins_conversation=True)
    yield Label(
        timeline.duration,
        ending(timeline),
        timeline.steps[-1].event.party or timeline.ended_by,
        end=True,
        failed=talk is None,
    )


#: Parameters that only classify or link a call: that they have no effect misleads nobody.
CLASSIFYING = frozenset(
    {"request.direction", "request.external_id", "request.show_virtual_phone_number"}
)


def misleads(timeline: Timeline, entry: NoEffect) -> bool:
    """Whether a parameter without effect makes a reader expect another call than this one."""
    off = entry.path == "request.switch_at_once" and not timeline.case.request.switch_at_once
    return entry.path not in CLASSIFYING and not off


def ending(timeline: Timeline) -> str:
    """How the call ended, as the label of a moment: ``contact hangs up``, ``employee is busy``."""
    if timeline.reason is not None:
        return say(_UNREACHED[timeline.reason], party=timeline.steps[-1].event.party)
    return say("{party} hangs up", party=timeline.ended_by)


_UNREACHED: dict[Reason, str] = {
    Reason.BUSY: later("{party} is busy"),
    Reason.REJECTED: later("{party} rejects the call"),
    Reason.NO_ANSWER: later("{party} does not answer in time"),
    Reason.UNAVAILABLE: later("{party} is unavailable"),
}


def does(timeline: Timeline) -> str:
    """The same of a party that is named beside it: ``hangs up``, ``is busy``."""
    return say("hangs up") if timeline.reason is None else say(_DOES[timeline.reason])


_DOES: dict[Reason, str] = {
    Reason.BUSY: later("is busy"),
    Reason.REJECTED: later("rejects the call"),
    Reason.NO_ANSWER: later("does not answer in time"),
    Reason.UNAVAILABLE: later("is unavailable"),
}


def waits(waited: Milliseconds, *, talks: bool) -> tuple[str, str, str]:
    """How long a party waits after its answer, from the longest way to say it to the shortest."""
    told = length(waited)
    if talks:
        longest = say("waits {length} for the conversation", length=told)
    else:
        longest = say("waits {length}, no conversation", length=told)
    return longest, say("waits {length}", length=told), told


def caused_failure(timeline: Timeline, party: Party) -> bool:
    """Whether this party kept the call from a conversation."""
    if timeline.outcome is Outcome.CONVERSATION:
        return False
    return party is (timeline.moments[-1][1].event.party or timeline.ended_by)


def cut_short(timeline: Timeline, party: Party, segment: Segment) -> bool:
    """Whether it is a message that was broken off: no end of a message stands there."""
    if segment.state is not LegState.MESSAGE:
        return False
    ended = MESSAGE_ENDED[party]
    return not any(at == segment.end and edge.event is ended for at, edge in timeline.moments)


def never_rang(leg: Leg) -> str:
    """Why a leg has no segments; one that is dialed as the call ends has no time to ring."""
    return say("not dialed") if leg.dialed is None else say("over at once")


def cited(clauses: Clauses, basis: Basis) -> str:
    """Clauses as they stand in a picture: ``EF2``; ``CF4, G19 inferred``."""
    joined = cite(clauses)
    return say("{clauses} inferred", clauses=joined) if basis is Basis.INFERRED else joined


class Inference(NamedTuple):
    """An inferred clause that a call rests on; from ``start`` to ``end`` if that is a stretch."""

    clause: Clause
    start: Milliseconds | None = None
    end: Milliseconds | None = None


def inferences(timeline: Timeline) -> tuple[Inference, ...]:
    """Every inferred clause behind setting, segments, marks, caller numbers, and G9 or G10.

    G21 is left to the explanation: it stands behind every conversation's end.
    """
    found: dict[Clause, Inference] = {}
    for clause, start, end in _cited(timeline):
        if clause.basis is Basis.DOCUMENTED or clause is G21:
            continue
        known = found.get(clause)
        if known is None:
            found[clause] = Inference(clause, start, end)
        elif known.start is not None and known.end is not None and start is not None:
            found[clause] = Inference(clause, min(known.start, start), max(known.end, end or 0))
    return tuple(found.values())


_Cited = tuple[Clause, Milliseconds | None, Milliseconds | None]


def _cited(timeline: Timeline) -> Iterator[_Cited]:
    """Every clause that a call cites, as a reader meets them; when, if for a stretch."""
    for clause in timeline.effective.clauses:
        yield clause, None, None
    legs = [timeline.leg(party) for party in Party]
    parts = [part for leg in legs for segment in leg.segments for part in segment.parts]
    for part in sorted(parts, key=lambda part: part.start):
        for clause in part.clauses:
            yield clause, part.start, part.end
    for cited in (*timeline.dtmf, *(leg.caller_id for leg in legs)):
        for clause in cited.clauses if cited else ():
            yield clause, None, None
    last = timeline.steps[-1]
    for clause in (last.contact or ()) + (last.employee or ()):
        if clause in (G9, G10):
            yield clause, None, None


#: Readings that need their hole beside them, told so that they stand alone, in one line.
_READING: dict[Clause, str] = {
    G3: later("the employee goes on hearing dialing music"),
    G9: later("whoever is on the line is released when the other is not reached"),
    G10: later("a hang-up before the conversation ends the session for both"),
    G11: later("the DTMF clock starts when the contact answers"),
    G12: later("DTMF that is pending when the call ends is not sent"),
    G13: later("the employee sees the contact's number"),
    G17: later("without a message its bullets hold as far as they make sense"),
    G18: later("tts with the switch is accepted, and the switch counts as off"),
    G19: later("each hears their own message, the employee from the answer on"),
    G20: later("the contact's message is over, so the conversation begins at once"),
}


def reading(clause: Clause) -> str:
    """What an inferred clause comes to, short and complete without its hole."""
    known = _READING.get(clause)
    return clause_words(clause).says if known is None else say(known)
