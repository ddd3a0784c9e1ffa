"""What happened in a call, step by step, in sentences.

It reads the steps and marks of a timeline and the lengths behind them; it decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import evolve

from ...call.case import Reaction
from ...call.plan import message_length, ring_timeout
from ...call.timeline import Mark, Step, Timeline
from ...clauses import G6, G13, G15, Clause
from ...errors import printable
from ...units import Milliseconds
from ...words import LegState, Party, Reason
from .. import wording
from ..catalogue import later, say, spoken
from .coincidence import coincidence
from .sentences import Line, Sentence, explained

_REACTION = {
    Reaction.ANSWERS: later(
        "In the case the {party} would answer after {length}: too late, it must be before the "
        "time-out."
    ),
    Reaction.BUSY: later(
        "In the case the {party} would be busy after {length}: too late, it must be before the "
        "time-out."
    ),
    Reaction.REJECTS: later(
        "In the case the {party} would reject the call after {length}: too late, it must be "
        "before the time-out."
    ),
    Reaction.UNAVAILABLE: later(
        "In the case the {party} would be unavailable after {length}: too late, it must be "
        "before the time-out."
    ),
}
_DURING = {
    LegState.MESSAGE: later("during the message"),
    LegState.DIALING_MUSIC: later("during dialing music"),
    LegState.CONVERSATION: later("during the conversation"),
}


def steps_in_words(timeline: Timeline, known: Iterable[Clause] = ()) -> tuple[Line, ...]:
    """What happened, in order: a line for every step, and for DTMF marks where they fall.

    Args:
        known: the holes that the reader has met already; the others are explained where they appear
            first.
    """
    met = set(known)
    name = timeline.case.scenario.employee_name
    lines = []
    for line in _lines(timeline):
        said = list(line.sentences)
        for place, sentence in enumerate(said):
            named = name and _named(sentence.text, printable(name))
            if named:
                said[place] = evolve(sentence, text=named)
                name = None
        lines.append(evolve(line, sentences=explained(said, met)))
    return tuple(lines)


def _lines(timeline: Timeline) -> Iterator[Line]:
    """Steps and marks in the order of time; marks that were not sent after the release."""
    steps = timeline.steps
    for place, step in enumerate(steps):
        yield Line(at=step.at, sentences=tuple(_step(timeline, place)), step=step)
        if step is not steps[-1]:
            until = steps[place + 1].at
            here = [
                mark
                for mark in timeline.dtmf
                if mark.sent and mark.at is not None and step.at <= mark.at < until
            ]
            for marks in _together(here):
                during = say(_DURING[step.target.contact])
                if len(marks) == 1:
                    text = later("DTMF {digits} goes to the contact, {during}.")
                else:
                    text = later("DTMF {digits}, go to the contact, {during}.")
                text = say(text, digits=_digits(marks), during=during)
                if marks[0].at == step.at:
                    text = say("At the same moment {what}", what=text)
                yield _mark_line(marks, text)
    for marks in _together([mark for mark in timeline.dtmf if not mark.sent]):
        yield _mark_line(marks, _unsent(timeline, marks))


def _unsent(timeline: Timeline, marks: tuple[Mark, ...]) -> str:
    """Why marks were not sent."""
    one = len(marks) == 1
    text = later("DTMF {digits} is not sent: {why}.")
    if marks[0].at is None:
        if not one:
            text = later("DTMF {digits} are not sent: {why}.")
        why = say("the contact never answered")
    else:
        if not one:
            text = later("DTMF {digits}, are not sent: {why}.")
        if marks[0].at != timeline.duration:
            why = say("the call is over by then")
        elif one:
            why = say("the call ends at that very moment")
        else:
            why = say("the call ends at the moment of the first")
    return say(text, digits=_digits(marks), why=why)


def _mark_line(marks: tuple[Mark, ...], text: str) -> Line:
    sentence = Sentence(text=text, party=Party.CONTACT, clauses=marks[0].clauses)
    return Line(at=marks[0].at, sentences=(sentence,), marks=marks)


def _together(marks: Iterable[Mark]) -> Iterator[tuple[Mark, ...]]:
    """Marks that are told together: each a second after the one before, or never due at all."""
    run: list[Mark] = []
    for mark in marks:
        near = not run or (run[-1].at is None if mark.at is None else run[-1].at == mark.at - 1000)
        if not near:
            yield tuple(run)
            run = []
        run.append(mark)
    if run:
        yield tuple(run)


def _digits(marks: tuple[Mark, ...]) -> str:
    """``1``; ``1, then 2 a second later``; ``1, then 2 and 3 each a second later``."""
    first, *others = [mark.digits for mark in marks]
    if not others:
        return first
    *between, last = others
    if marks[0].at is None:
        return say("{some} and {last}", some=", ".join([first, *between]), last=last)
    if not between:
        return say("{first}, then {last} a second later", first=first, last=last)
    return say(
        "{first}, then {some} and {last} each a second later",
        first=first,
        some=", ".join(between),
        last=last,
    )


def _step(timeline: Timeline, place: int) -> Iterator[Sentence]:
    """A step and what coincides with it."""
    steps = timeline.steps
    step = steps[place]
    if step.target.contact is LegState.RELEASED:
        told = list(_release(timeline, place))
    elif step.target.contact is LegState.CONVERSATION:
        told = list(_connection(timeline, place))
    else:
        told = list(_change(timeline, place))
    if place and steps[place - 1].at == step.at:
        text = told[0].text
        text = say("At the same moment {what}", what=f"{text[0].lower()}{text[1:]}")
        told[0] = evolve(told[0], text=text)
    yield from told
    yield from coincidence(timeline, place)


def _change(timeline: Timeline, place: int) -> Iterator[Sentence]:
    """A step after which the call goes on without a conversation: what each party hears now."""
    steps = timeline.steps
    step = steps[place]
    moved = next(p for p in Party if step.source.leg(p) is not step.target.leg(p))
    first = step.event.party or moved
    for party in (first, first.other):
        clauses = step.because(party)
        if clauses is None:
            continue
        text = _leg(timeline, place, party)
        if step.because(party.other) is None and _lasts(steps, place, party.other):
            text += say(_MEANWHILE.get(step.target.leg(party.other), ""), party=party.other)
        yield Sentence(text=f"{text}.", party=party, clauses=clauses)
        caller = timeline.leg(party).caller_id
        dialed = step.target.leg(party) is LegState.DIALING is not step.source.leg(party)
        if dialed and caller is not None:
            if G13 in caller.clauses:
                shows = later("The phone shows {number}, the contact's number.")
            else:
                shows = later("The phone shows {number}, the virtual number.")
            text = say(shows, number=printable(caller.number))
            yield Sentence(text=text, party=party, clauses=caller.clauses)


_MEANWHILE = {
    LegState.DIALING: later("; the {party}'s phone rings on"),
    LegState.MESSAGE: later("; the {party} still listens to the message"),
}


def _leg(timeline: Timeline, place: int, party: Party) -> str:
    """What becomes of one leg, without a full stop."""
    steps = timeline.steps
    step = steps[place]
    state, lasts = step.target.leg(party), _lasts(steps, place, party)
    whole = message_length(timeline.case, party) or 0
    told = wording.length(whole)
    if state is LegState.DIALING:
        text = later("The {party}'s phone rings") if lasts else later("The {party} is called")
    elif step.event.party is not party or step.source.leg(party) is state:
        text = later("The {party} stays on dialing music")
        if state is LegState.MESSAGE:
            told = wording.length(whole - (step.at - _since(steps, place, party)))
            text = later("The {party}'s message plays on, {length} of it left")
    elif step.source.leg(party) is LegState.MESSAGE:
        text = later("The {party}'s message ends, dialing music follows")
    elif state is LegState.MESSAGE:
        text = later("The {party} answers and hears the message ({length})")
        if not lasts:
            text = later("The {party} answers; the message ({length}) begins")
    else:
        text = later("The {party} answers and hears dialing music")
        if not lasts:
            text = later("The {party} answers; dialing music begins")
    return say(text, party=party, length=told)


def _connection(timeline: Timeline, place: int) -> Iterator[Sentence]:
    """The step that begins the conversation."""
    step = timeline.steps[place]
    who = step.event.party
    answered = step.source.leg(Party.CONTACT) is LegState.DIALING or (
        step.source.leg(Party.EMPLOYEE) is LegState.DIALING
    )
    said = [say("The {party} answers." if answered else "The {party}'s message ends.", party=who)]
    if answered:
        for party in Party:
            if step.source.leg(party) is LegState.MESSAGE:
                cut = _heard(timeline, place, party)
                said.append(
                    say("The {party}'s message is cut off after {part}.", party=party, part=cut)
                )
    lasts = _lasts(timeline.steps, place, Party.CONTACT)
    unplayed = step.source.contact is LegState.DIALING and timeline.case.message(Party.CONTACT)
    if unplayed:
        talk = later("Both talk; the contact's message is not played.")
        if not lasts:
            talk = later("The conversation begins; the contact's message is not played.")
    else:
        talk = later("Both talk.") if lasts else later("The conversation begins.")
    text = " ".join([*said, say(talk)])
    both, own = step.contact or (), step.employee or ()
    if own == (*both, G6):
        yield Sentence(text=text, clauses=both)
        unheard = say("The employee's message is not played.")
        yield Sentence(text=unheard, party=Party.EMPLOYEE, clauses=own)
    elif own == both:
        yield Sentence(text=text, clauses=both)
    else:  # no row of ours; a table of a user's own may say it of each leg by other clauses
        yield Sentence(text=text, party=Party.CONTACT, clauses=both)
        yield Sentence(text=say("So does the employee."), party=Party.EMPLOYEE, clauses=own)


def _release(timeline: Timeline, place: int) -> Iterator[Sentence]:
    """The last step: who ended the call, and what the other lost by it."""
    step = timeline.steps[place]
    who = step.event.party
    clauses = tuple(dict.fromkeys((step.contact or ()) + (step.employee or ())))
    if who is None or step.source.contact is LegState.CONVERSATION:
        talked = step.at - _since(timeline.steps, place, Party.CONTACT)
        text = later("The {party} hangs up after {length} of conversation. Both are released.")
        if not talked:
            text = later("The {party} hangs up as the conversation begins. Both are released.")
        text = say(text, party=timeline.ended_by, length=wording.length(talked))
        yield Sentence(text=text, clauses=clauses)
        if not talked:
            yield Sentence(text=say("No time to talk: the call counts as abandoned."))
        return
    state, other = step.source.leg(who), who.other
    left = step.source.leg(other)
    if left is LegState.IDLE:
        loss = say("The {party} is never called.", party=other)
    elif left is LegState.DIALING:
        loss = say("The {party}'s phone stops ringing.", party=other)
    elif left is LegState.MESSAGE:
        into = _into(timeline, place, other)
        loss = say("The {party} is released, {into}.", party=other, into=into)
    else:
        loss = say("The {party} is released from dialing music.", party=other)
    if state is LegState.MESSAGE:
        into = _into(timeline, place, who)
        text = say("The {party} hangs up, {into}.", party=who, into=into)
    elif state is LegState.DIALING_MUSIC:
        text = say("The {party} hangs up during dialing music.", party=who)
    elif timeline.reason is Reason.NO_ANSWER:
        yield from _time_out(timeline, who)
        yield Sentence(text=loss, clauses=clauses)
        return
    else:
        text = say("The {ending}.", ending=wording.ending(timeline))
    yield Sentence(text=f"{text} {loss}", clauses=clauses)


def _time_out(timeline: Timeline, party: Party) -> Iterator[Sentence]:
    """A phone that rang in vain, and what the case had in mind."""
    case = timeline.case
    person, given = case.people.of(party), case.ring_timeout.of(party) is not None
    ring = wording.length(ring_timeout(case, party))
    text = later("The {party} does not answer within {length}, the ring time-out of the case.")
    if not given:
        text = later(
            "The {party} does not answer within {length}, the ring time-out that we assume."
        )
    text = say(text, party=party, length=ring)
    yield Sentence(text=text, party=party, clauses=() if given else (G15,))
    if person.after is not None:
        would = _REACTION.get(person.reaction or Reaction.ANSWERS, _REACTION[Reaction.ANSWERS])
        text = say(would, party=party, length=wording.length(person.after))
        yield Sentence(text=text, party=party)


def _since(steps: tuple[Step, ...], place: int, party: Party) -> Milliseconds:
    """When a leg came to the state in which a step finds it."""
    state = steps[place].source.leg(party)
    for step in reversed(steps[:place]):
        if step.source.leg(party) is not state:
            return step.at
    return 0


def _lasts(steps: tuple[Step, ...], place: int, party: Party) -> bool:
    """Whether any time passes for a leg in the state to which a step brings it."""
    step = steps[place]
    state = step.target.leg(party)
    left = next((later for later in steps[place:] if later.target.leg(party) is not state), None)
    return left is None or left.at > step.at


def _heard(timeline: Timeline, place: int, party: Party) -> str:
    """How much of a message that a step finds playing was heard: ``5.0 of 12.5 s``."""
    heard = timeline.steps[place].at - _since(timeline.steps, place, party)
    return wording.part_of(heard, message_length(timeline.case, party) or 0)


def _into(timeline: Timeline, place: int, party: Party) -> str:
    heard = timeline.steps[place].at - _since(timeline.steps, place, party)
    if heard == message_length(timeline.case, party):
        return say("at the very end of the message")
    if not heard:
        return say("as the message begins")
    return say("{part} into the message", part=_heard(timeline, place, party))


def _named(text: str, name: str) -> str | None:
    """``text`` with the employee's name where the employee is first spoken of; None: nowhere."""
    rings = say("The {party}'s phone rings", party=Party.EMPLOYEE)
    of_whom = say("The phone of the {party} rings", party=Party.EMPLOYEE)
    text = text.replace(rings, of_whom, 1)
    forms = sorted(set(spoken().terms["employee"].values()), key=len, reverse=True)
    found = re.search("|".join(map(re.escape, forms)), text, re.IGNORECASE)
    return found and f"{text[: found.end()]} ({name}){text[found.end() :]}"
