"""What happened in a call, step by step, in sentences.

It reads the steps and marks of a timeline and the lengths behind them; it decides nothing.
"""

from __future__ import annotations

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
from .coincidence import coincidence
from .sentences import Line, Sentence, explained, part_of

_REACTION = {
    Reaction.ANSWERS: "answer",
    Reaction.BUSY: "be busy",
    Reaction.REJECTS: "reject the call",
    Reaction.UNAVAILABLE: "be unavailable",
}
_DURING = {
    LegState.MESSAGE: "during the message",
    LegState.DIALING_MUSIC: "during dialing music",
    LegState.CONVERSATION: "during the conversation",
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
            if name and "employee" in sentence.text:
                said[place] = evolve(sentence, text=_named(sentence.text, printable(name)))
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
                lead = "At the same moment " if marks[0].at == step.at else ""
                go = " goes" if len(marks) == 1 else ", go"
                during = _DURING[step.target.contact]
                text = f"{lead}DTMF {_digits(marks)}{go} to the contact, {during}."
                yield _mark_line(marks, text)
    for marks in _together([mark for mark in timeline.dtmf if not mark.sent]):
        one = len(marks) == 1
        if marks[0].at is None:
            are, why = " is" if one else " are", "the contact never answered"
        else:
            are = " is" if one else ", are"
            why = "the call is over by then"
            if marks[0].at == timeline.duration:
                why = f"the call ends at {'that very moment' if one else 'the moment of the first'}"
        text = f"DTMF {_digits(marks)}{are} not sent: {why}."
        yield _mark_line(marks, text)


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
    first, *later = [mark.digits for mark in marks]
    if not later:
        return first
    if marks[0].at is None:
        return f"{', '.join([first, *later[:-1]])} and {later[-1]}"
    if len(later) == 1:
        return f"{first}, then {later[0]} a second later"
    return f"{first}, then {', '.join(later[:-1])} and {later[-1]} each a second later"


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
        told[0] = evolve(told[0], text=f"At the same moment {text[0].lower()}{text[1:]}")
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
            text += {
                LegState.DIALING: f"; the {party.other}'s phone rings on",
                LegState.MESSAGE: f"; the {party.other} still listens to the message",
            }.get(step.target.leg(party.other), "")
        yield Sentence(text=f"{text}.", party=party, clauses=clauses)
        caller = timeline.leg(party).caller_id
        dialed = step.target.leg(party) is LegState.DIALING is not step.source.leg(party)
        if dialed and caller is not None:
            whose = "the contact's" if G13 in caller.clauses else "the virtual"
            yield Sentence(
                text=f"The phone shows {printable(caller.number)}, {whose} number.",
                party=party,
                clauses=caller.clauses,
            )


def _leg(timeline: Timeline, place: int, party: Party) -> str:
    """What becomes of one leg, without a full stop."""
    steps = timeline.steps
    step = steps[place]
    state, lasts = step.target.leg(party), _lasts(steps, place, party)
    whole = message_length(timeline.case, party) or 0
    message = f"the message ({wording.length(whole)})"
    if state is LegState.DIALING:
        return f"The {party}'s phone rings" if lasts else f"The {party} is called"
    if step.event.party is not party or step.source.leg(party) is state:
        if state is LegState.MESSAGE:
            left = whole - (step.at - _since(steps, place, party))
            return f"The {party}'s message plays on, {wording.length(left)} of it left"
        return f"The {party} stays on dialing music"
    if step.source.leg(party) is LegState.MESSAGE:
        return f"The {party}'s message ends, dialing music follows"
    heard = message if state is LegState.MESSAGE else "dialing music"
    return f"The {party} answers{' and hears ' + heard if lasts else f'; {heard} begins'}"


def _connection(timeline: Timeline, place: int) -> Iterator[Sentence]:
    """The step that begins the conversation."""
    step = timeline.steps[place]
    who = step.event.party
    answered = step.source.leg(Party.CONTACT) is LegState.DIALING or (
        step.source.leg(Party.EMPLOYEE) is LegState.DIALING
    )
    text = f"The {who} answers. " if answered else f"The {who}'s message ends. "
    if answered:
        for party in Party:
            if step.source.leg(party) is LegState.MESSAGE:
                cut = _heard(timeline, place, party)
                text += f"The {party}'s message is cut off after {cut}. "
    talk = (
        "Both talk" if _lasts(timeline.steps, place, Party.CONTACT) else "The conversation begins"
    )
    both, own = step.contact or (), step.employee or ()
    if step.source.contact is LegState.DIALING and timeline.case.message(Party.CONTACT):
        talk += "; the contact's message is not played"
    if own == (*both, G6):
        yield Sentence(text=f"{text}{talk}.", clauses=both)
        yield Sentence(
            text="The employee's message is not played.", party=Party.EMPLOYEE, clauses=own
        )
    elif own == both:
        yield Sentence(text=f"{text}{talk}.", clauses=both)
    else:  # no row of ours; a table of a user's own may say it of each leg by other clauses
        yield Sentence(text=f"{text}{talk}.", party=Party.CONTACT, clauses=both)
        yield Sentence(text="So does the employee.", party=Party.EMPLOYEE, clauses=own)


def _release(timeline: Timeline, place: int) -> Iterator[Sentence]:
    """The last step: who ended the call, and what the other lost by it."""
    step = timeline.steps[place]
    who = step.event.party
    clauses = tuple(dict.fromkeys((step.contact or ()) + (step.employee or ())))
    if who is None or step.source.contact is LegState.CONVERSATION:
        talked = step.at - _since(timeline.steps, place, Party.CONTACT)
        after = (
            f"after {wording.length(talked)} of conversation"
            if talked
            else "as the conversation begins"
        )
        text = f"The {timeline.ended_by} hangs up {after}. Both are released."
        yield Sentence(text=text, clauses=clauses)
        if not talked:
            yield Sentence(text="No time to talk: the call counts as abandoned.")
        return
    state, other = step.source.leg(who), who.other
    left = step.source.leg(other)
    if left is LegState.IDLE:
        loss = f"The {other} is never called."
    elif left is LegState.DIALING:
        loss = f"The {other}'s phone stops ringing."
    elif left is LegState.MESSAGE:
        loss = f"The {other} is released, {_into(timeline, place, other)}."
    else:
        loss = f"The {other} is released from dialing music."
    if state is LegState.MESSAGE:
        text = f"The {who} hangs up, {_into(timeline, place, who)}."
    elif state is LegState.DIALING_MUSIC:
        text = f"The {who} hangs up during dialing music."
    elif timeline.reason is Reason.NO_ANSWER:
        yield from _time_out(timeline, who)
        yield Sentence(text=loss, clauses=clauses)
        return
    else:
        text = f"The {wording.ending(timeline)}."
    yield Sentence(text=f"{text} {loss}", clauses=clauses)


def _time_out(timeline: Timeline, party: Party) -> Iterator[Sentence]:
    """A phone that rang in vain, and what the case had in mind."""
    case = timeline.case
    person, given = case.people.of(party), case.ring_timeout.of(party) is not None
    ring = wording.length(ring_timeout(case, party))
    whose = "the ring time-out of the case" if given else "the ring time-out that we assume"
    yield Sentence(
        text=f"The {party} does not answer within {ring}, {whose}.",
        party=party,
        clauses=() if given else (G15,),
    )
    if person.after is not None:
        would = _REACTION.get(person.reaction or Reaction.ANSWERS, "answer")
        yield Sentence(
            text=f"In the case the {party} would {would} after {wording.length(person.after)}: "
            "too late, it must be before the time-out.",
            party=party,
        )


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
    return part_of(heard, message_length(timeline.case, party) or 0)


def _into(timeline: Timeline, place: int, party: Party) -> str:
    heard = timeline.steps[place].at - _since(timeline.steps, place, party)
    if heard == message_length(timeline.case, party):
        return "at the very end of the message"
    if not heard:
        return "as the message begins"
    return f"{_heard(timeline, place, party)} into the message"


def _named(text: str, name: str) -> str:
    """``text`` with the employee's name where the employee is first spoken of."""
    text = text.replace("The employee's phone rings", "The phone of the employee rings", 1)
    return text.replace("employee", f"employee ({name})", 1)
