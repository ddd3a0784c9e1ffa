"""What can happen at a moment of a call, and a call played by hand.

Everything is asked of a `CallSession`. A call that runs by itself does things that its case leaves
out: people answer after a while, they talk for a while. A session does not, so the case is first
given those values; then it goes as it runs, until somebody chooses another event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from ...call.case import Case, Person, Reaction
from ...call.plan import ANSWERS_AFTER, CONVERSATION, unreached_reason
from ...call.session import CallSession
from ...call.timeline import Step
from ...clauses import Clauses
from ...draw import wording
from ...draw.catalogue import clause_words, later, say
from ...errors import ImpossibleEvent
from ...units import Milliseconds, seconds
from ...words import HUNG_UP, UNREACHED, Basis, Event, LegState, Party, Reason, State
from .question import Deed, Played

Told = dict[str, Any]

#: Why a party is not reached, beside the event.
_WHY: dict[Reason, str] = {
    Reason.BUSY: later("busy"),
    Reason.REJECTED: later("rejected"),
    Reason.NO_ANSWER: later("no answer"),
    Reason.UNAVAILABLE: later("unavailable"),
}


def explicit(case: Case) -> Case:
    """The case with the values that a simulation would assume of people."""
    people = case.people
    return evolve(
        case,
        people=evolve(
            people,
            contact=_explicit(people.contact),
            employee=_explicit(people.employee),
            conversation=CONVERSATION if people.conversation is None else people.conversation,
        ),
    )


def _explicit(person: Person) -> Person:
    if person.reaction is not None:
        return person
    after = ANSWERS_AFTER if person.after is None else person.after
    return evolve(person, reaction=Reaction.ANSWERS, after=after)


def session(case: Case, played: Played) -> CallSession:
    """The session in which these things were done; it stands where the playing has come to.

    Raises:
        ImpossibleEvent: one of them cannot happen then.
        UsageError: no time can pass so long.
    """
    found = CallSession(explicit(case))
    for deed in played.deeds:
        _wait(found, deed.at)
        if found.at != deed.at or found.finished:
            raise ImpossibleEvent(deed.event, str(found.state), ())
        found.fire(deed.event)
    _wait(found, played.at)
    return found


def _wait(found: CallSession, until: Milliseconds) -> None:
    """Let time pass; what is due up to then happens, also in that very moment."""
    while not found.finished:
        coming = found.due()
        if coming is not None and coming[0] <= until:
            found.advance(seconds(max(coming[0] - found.at, 0)))
        elif found.at < until:
            found.advance(seconds(until - found.at))
        else:
            return


def forked(case: Case, at: Milliseconds, event: Event) -> Played:
    """The call as it ran up to a moment, in which another event happens then.

    Raises:
        ImpossibleEvent: it cannot happen then.
    """
    played = Played((Deed(at, event),), at)
    session(case, played)
    return played


def let_run(case: Case, played: Played) -> Case:
    """The case of a call that was played by hand; from where it has come to, it runs by itself."""
    return session(case, played).case()


# ------------------------------------------------------------------------------------------- asking


def now(case: Case, at: Milliseconds) -> Told:
    """What is, and what can happen, at a moment of a call that runs by itself."""
    return told(session(case, Played((), at)))


def told(found: CallSession) -> Told:
    """What is, and what can happen, where a session stands."""
    coming = found.due()
    return {
        "at": seconds(found.at),
        "state": str(found.state),
        "finished": found.finished,
        "doing": _doing(found.state),
        "events": [_event(found, event) for event in sorted(found.possible(), key=_ends)],
        "next": None
        if coming is None
        else {"at": seconds(coming[0]), "event": str(coming[1]), "clock": wording.clock(coming[0])},
    }


def _ends(event: Event) -> bool:
    """What leads on is offered before what ends the call."""
    return event in UNREACHED.values() or event in HUNG_UP.values()


def _event(found: CallSession, event: Event) -> Told:
    """An event with what would follow from it."""
    step = found.fire(event)
    reason = None
    if event in UNREACHED.values() and event.party is not None:
        reason = say(_WHY[unreached_reason(found.case(), event.party)])
    found.undo()
    clauses: Clauses = tuple(dict.fromkeys((*(step.contact or ()), *(step.employee or ()))))
    return {
        "event": str(event),
        "reason": reason,
        "says": consequence(step),
        "clauses": [{"id": clause.id, "says": clause_words(clause).says} for clause in clauses],
        "basis": str(step.basis),
        "inferred": step.basis is Basis.INFERRED,
    }


def consequence(step: Step) -> str:
    """What follows from an event, in a few words."""
    source, target = step.source, step.target
    if target.contact is LegState.RELEASED:
        if source.contact is LegState.CONVERSATION:
            return say("the call ends for both")
        return say("the session ends for both, without a conversation")
    if target.contact is LegState.CONVERSATION:
        return say("both talk")
    said = [
        _becomes(party, target.leg(party))
        for party in Party
        if source.leg(party) is not target.leg(party)
    ]
    if not said:
        return say("nothing changes for either party")
    return ", ".join(said)


def _becomes(party: Party, state: LegState) -> str:
    if state is LegState.DIALING:
        return say("the {party.of} phone rings", party=party)
    if state is LegState.MESSAGE:
        return say("the {party} hears the message", party=party)
    return say("the {party} hears dialing music", party=party)


def _doing(state: State) -> str:
    """What the parties do, as a sentence."""
    if state.contact is LegState.RELEASED:
        return say("The call is over.")
    if state.contact is LegState.CONVERSATION:
        return say("Both are talking.")
    said = [
        _does(party, state.leg(party))
        for party in (Party.EMPLOYEE, Party.CONTACT)
        if state.leg(party) is not LegState.IDLE
    ]
    return " ".join(said) or say("Nobody is called yet.")


def _does(party: Party, state: LegState) -> str:
    if state is LegState.DIALING:
        return say("The {party.of} phone rings.", party=party)
    if state is LegState.MESSAGE:
        return say("The {party} hears the message.", party=party)
    return say("The {party} hears dialing music.", party=party)


def ahead(found: CallSession) -> Mapping[Party, str]:
    """Of each party what may be said of the time to come."""
    return dict(_ahead(found))


def _ahead(found: CallSession) -> Iterator[tuple[Party, str]]:
    for party in Party:
        state = found.state.leg(party)
        word = wording.STATE[state][0]
        if found.finished:
            yield party, say("released")
        elif state is LegState.IDLE:
            yield party, say("not decided yet")
        elif state is LegState.DIALING:
            yield party, say("still rings")
        else:
            yield party, say("{state} goes on", state=word)


__all__ = [
    "ahead",
    "consequence",
    "explicit",
    "forked",
    "let_run",
    "now",
    "session",
    "told",
]
