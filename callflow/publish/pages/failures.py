"""The page of failures and hang-ups: the three rows by which a call ends, and each way in detail.

What can fail, and what each party hears before, is found by walking every call.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from ...call.plan import RING_TIMEOUT
from ...call.simulator import simulate
from ...call.timeline import Timeline
from ...clauses import G9, G10, G15, G21, Clause
from ...draw import wording
from ...draw.catalogue import say
from ...situations import SITUATIONS
from ...verify.paths import Path, all_paths
from ...verify.ways import ways_of
from ...words import HUNG_UP, UNREACHED, Event, LegState, Outcome, Party, State
from .album import Album
from .markdown import cite, code, escaped, heading, legs, table
from .settings import settings_told


@frozen
class _Row:
    """One of the three ways in which a call ends.

    Attributes:
        who: who does what, in words.
        hears: what the other hears then, in words.
        events: those that end a call so.
        shown: of which an instance is drawn.
    """

    title: str
    who: str
    hears: str
    clause: Clause
    events: tuple[Event, ...]
    shown: tuple[Event, ...]
    outcomes: tuple[Outcome, ...]


_TALK = State(LegState.CONVERSATION, LegState.CONVERSATION)

#: By what a party was in: who hangs up, and who is released by the other's end of the call.
_HANGS_UP = {
    LegState.MESSAGE: "hangs up during the message",
    LegState.DIALING_MUSIC: "hangs up during dialing music",
    LegState.CONVERSATION: "hangs up",
}
_RELEASED = {
    LegState.DIALING: "the phone stops ringing",
    LegState.MESSAGE: "the message breaks off",
    LegState.DIALING_MUSIC: "the music breaks off",
    LegState.CONVERSATION: "is released",
}

#: The situations whose calls are shown, with people who do otherwise.
_SET_UPS = ("employee-first-switch-off", "contact-first-switch-off")

_ROWS = (
    _Row(
        "A party is not reached",
        "the phone of a party is busy, unavailable, rejects the call or is not answered in time",
        "the other party, if on the line, is cut off from message or music; one whose phone has "
        "not rung yet never learns of the call",
        G9,
        tuple(UNREACHED.values()),
        tuple(UNREACHED.values()),
        (Outcome.CONTACT_NOT_REACHED, Outcome.EMPLOYEE_NOT_REACHED),
    ),
    _Row(
        "A party hangs up before the conversation",
        "a party that has answered hangs up during message or music",
        "the other party's phone stops ringing, or message and music break off",
        G10,
        tuple(HUNG_UP.values()),
        tuple(HUNG_UP.values()),
        (Outcome.ABANDONED,),
    ),
    _Row(
        "The conversation ends",
        "a party hangs up, or the conversation is over",
        "both are released at the same moment; nothing is played afterwards",
        G21,
        (*HUNG_UP.values(), Event.CONVERSATION_ENDED),
        (Event.CONTACT_HUNG_UP,),
        (Outcome.CONVERSATION,),
    ),
)


def failures_page(album: Album) -> Iterator[str]:
    """Three rows, and then each of them in detail."""
    yield heading(1, say("Failures and hang-ups"))
    yield say(
        "A call ends in one of three ways. The vendor's page describes none of them: it stops "
        "where the conversation begins. All of this is *inferred*."
    )
    yield table(
        (say("who, and when"), say("what the others hear"), say("outcome"), say("clause")),
        (
            (
                say(row.who),
                say(row.hears),
                ", ".join(map(code, row.outcomes)),
                cite((row.clause,)),
            )
            for row in _ROWS
        ),
    )
    yield say(
        "A phone that nobody answers rings for {one} if it is the {contact.of} and for {other} if "
        "it is the {employee.of}, unless the case says otherwise ({clause}). `ended_by` names who "
        "hung up, `reason` why a party was not reached: `busy`, `rejected`, `no_answer` or "
        "`unavailable`.",
        one=wording.length(RING_TIMEOUT[Party.CONTACT]),
        other=wording.length(RING_TIMEOUT[Party.EMPLOYEE]),
        clause=cite((G15,)),
    )
    yield say(
        "Left out by this model, because the source leaves it out: a scenario that goes on with "
        "another number or colleague, voice mail and answering machines (a machine that answers "
        "counts as the {contact}, and the message plays to it), transfers and recording."
    )
    for row in _ROWS:
        yield from _detail(row, album)


def _detail(row: _Row, album: Album) -> Iterator[str]:
    yield heading(2, say(row.title))
    ends = _ends(row)
    yield say(
        "It can happen in {count} ways. Each line says what becomes of the parties, and with which "
        "settings a call can come there:",
        count=len(ends),
    )
    yield table(
        (
            say("state, {contact} / {employee}"),
            say("event"),
            say("{contact}"),
            say("{employee}"),
            say("settings"),
        ),
        (
            (
                legs(state),
                code(event),
                _lived(state, event, Party.CONTACT),
                _lived(state, event, Party.EMPLOYEE),
                settings_told([path.configuration for path in paths]),
            )
            for (state, event), paths in ends.items()
        ),
    )
    for end, call in _instances(row):
        yield say(
            "For instance, in {state}: {outcome}.",
            state=legs(end[0]),
            outcome=escaped(wording.outcome(call)),
        )
        yield album.timeline(f"failure-{row.clause.id.lower()}-{end[1].replace('_', '-')}", call)


#: The last state before the release, and the event that ended it.
_End = tuple[State, Event]
_Ends = dict[_End, list[Path]]


def _ends(row: _Row) -> _Ends:
    """The last steps of this kind, each with the paths that end in it."""
    found: _Ends = {}
    for path in all_paths():
        last = path.edges[-1]
        talks = last.source == _TALK
        if last.event in row.events and talks is (row.clause is G21):
            found.setdefault((last.source, last.event), []).append(path)
    return found


def _instances(row: _Row) -> Iterator[tuple[_End, Timeline]]:
    """Calls that end so, one for each event: those of situations, with people who do otherwise.

    Where there is a choice, the call in which both have a message playing, else one has.
    """
    found: dict[Event, list[tuple[_End, Timeline]]] = {}
    for name in _SET_UPS:
        for way in ways_of(SITUATIONS[name].case()).ways:
            last = way.path.edges[-1]
            if last.event in row.events and (last.source == _TALK) is (row.clause is G21):
                call = simulate(evolve(way.case, name=None))  # the name tells how it goes well
                found.setdefault(last.event, []).append(((last.source, last.event), call))
    for event in row.shown:
        yield max(found[event], key=lambda end: _listening(end[0][0]))


def _listening(state: State) -> int:
    """How many parties hear a message."""
    return sum(state.leg(party) is LegState.MESSAGE for party in Party)


def _lived(state: State, event: Event, party: Party) -> str:
    """What becomes of a party, by what it was in."""
    was = state.leg(party)
    if was is LegState.IDLE:
        return say("is never called")
    if event is UNREACHED[party]:
        return say("is not reached")
    if event is HUNG_UP[party]:
        return say(_HANGS_UP[was])
    return say(_RELEASED[was])
