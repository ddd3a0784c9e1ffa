"""The times of a case by their paths: what they are, between which limits they lie, other ones put.

Every time is the length of a clock (`clocks`). Which of them are settled depends on the question:
those of one call all are, of a set-up only what people do not decide, of the API none is. The
module looks for nothing and knows no sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from attrs import evolve, frozen

from ..call.case import Case, People, PerParty, Person, Reaction
from ..call.plan import ANSWERS_AFTER, CONVERSATION, RING_TIMEOUT, message_length, ring_timeout
from ..errors import UsageError, nearest, printable
from ..units import LONGEST, Milliseconds
from ..words import ANSWERED, HUNG_UP, MESSAGE_ENDED, UNREACHED, Event, Party
from .clocks import Clock
from .paths import SECOND, Path

_TALK = "people.conversation"
_FAILS = {
    Reaction.BUSY: "busy_after",
    Reaction.REJECTS: "rejects_after",
    Reaction.UNAVAILABLE: "unavailable_after",
}


def _people(party: Party, what: str) -> str:
    return f"people.{party}.{what}"


#: Every time that a case can have.
NAMES = (
    *(
        _people(party, what)
        for party in Party
        for what in ("answers_after", *_FAILS.values(), "hangs_up_after")
    ),
    _TALK,
    *(f"{where}.{party}" for where in ("messages", "ring_timeout") for party in Party),
)


@frozen
class Time:
    """A time of a case.

    Attributes:
        clock: its path, its event, and between which limits it may lie.
        value: what it is; None: what it times never happens.
    """

    clock: Clock
    value: Milliseconds | None


def times_of(case: Case) -> dict[str, Time]:
    """Every time that has a say in the calls of a case, by its path, left out or not."""
    found = [time for party in Party for time in _times_of_party(case, party)]
    talk = case.people.conversation
    clock = Clock(_TALK, Event.CONVERSATION_ENDED, low=1)
    found.append(Time(clock, CONVERSATION if talk is None else talk))
    known = {time.clock.name: time for time in found}
    return {name: known[name] for name in NAMES if name in known}


def _times_of_party(case: Case, party: Party) -> list[Time]:
    person, found = case.people.of(party), []
    if person.reaction in (None, Reaction.ANSWERS):
        after = ANSWERS_AFTER if person.after is None else person.after
        answers = Clock(_people(party, "answers_after"), ANSWERED[party])
        hangs_up = Clock(_people(party, "hangs_up_after"), HUNG_UP[party])
        found += [Time(answers, after), Time(hangs_up, person.hangs_up_after)]
    elif person.reaction in _FAILS:
        clock = Clock(_people(party, _FAILS[person.reaction]), UNREACHED[party])
        found.append(Time(clock, person.after))
    rings = Clock(f"ring_timeout.{party}", UNREACHED[party], low=1)
    found.append(Time(rings, ring_timeout(case, party)))
    length = message_length(case, party)
    if length is not None:
        found.append(Time(Clock(f"messages.{party}", MESSAGE_ENDED[party], low=1), length))
    return found


def clocks_of(case: Case, free: Collection[str] = ()) -> tuple[Clock, ...]:
    """The clocks of one call: all settled, but for some times that may be anything."""
    clocks = []
    for name, time in times_of(case).items():
        if name in free:
            clocks.append(time.clock)
        elif time.value is not None:
            clocks.append(evolve(time.clock, low=time.value, high=time.value))
    return tuple(clocks)


def clocks_of_setup(case: Case | None = None) -> tuple[Clock, ...]:
    """The clocks of all calls of a set-up, whatever people do.

    Args:
        case: its messages and its ring time-outs are settled; None: nothing is.
    """
    clocks = [Clock(_TALK, Event.CONVERSATION_ENDED, low=1)]
    for party in Party:
        rings, plays = LONGEST, None
        if case is not None:
            rings, plays = ring_timeout(case, party), message_length(case, party)
        clocks += [
            Clock(_people(party, "answers_after"), ANSWERED[party], optional=True),
            Clock(_people(party, "hangs_up_after"), HUNG_UP[party], optional=True),
            Clock(f"ring_timeout.{party}", UNREACHED[party], high=rings),
            Clock(f"messages.{party}", MESSAGE_ENDED[party], plays or 1, plays or LONGEST),
        ]
    return tuple(clocks)


# --------------------------------------------------------------- cases with other times


def changed(case: Case, values: Mapping[str, Milliseconds]) -> Case:
    """The case with other times, by their paths; each is one that it has."""
    people = case.people
    members: dict[str, Any] = {"messages": {}, "ring_timeout": {}}
    persons = {str(party): people.of(party) for party in Party}
    talk = people.conversation
    for name, value in values.items():
        where, _, what = name.partition(".")
        if name == _TALK:
            talk = value
        elif where == "people":
            party, _, does = what.partition(".")
            if does == "hangs_up_after":
                persons[party] = evolve(persons[party], hangs_up_after=value)
            else:
                reaction = persons[party].reaction or Reaction.ANSWERS
                persons[party] = evolve(persons[party], reaction=reaction, after=value)
        else:
            members[where][what] = value
    return evolve(
        case,
        people=_people_of(people, persons, talk),
        messages=evolve(case.messages, **members["messages"]),
        ring_timeout=evolve(case.ring_timeout, **members["ring_timeout"]),
    )


def lived(
    template: Case, path: Path, lengths: Mapping[str, Milliseconds], *, settled: bool
) -> Case:
    """A case of a set-up whose call takes a path, with the lengths of its clocks.

    Nothing that does not happen is in it, as far as a case can leave it out.

    Args:
        settled: messages and ring time-outs are those of ``template``.
    """
    persons = {str(party): _person(template, path, lengths, party, settled) for party in Party}
    talk = lengths.get(_TALK)
    if path.place(Event.CONVERSATION_ENDED) is None and (talk or 0) <= CONVERSATION:
        talk = None
    people = _people_of(template.people, persons, talk)
    if settled:
        return evolve(template, people=people)
    messages = {str(party): lengths.get(f"messages.{party}") for party in Party}
    rings = {str(party): _rings(path, lengths, party) for party in Party}
    return evolve(
        template, people=people, messages=PerParty(**messages), ring_timeout=PerParty(**rings)
    )


def _people_of(people: People, persons: Mapping[str, Person], talk: Milliseconds | None) -> People:
    """Other people, who end their conversation as these do."""
    contact, employee = persons["contact"], persons["employee"]
    return evolve(people, contact=contact, employee=employee, conversation=talk)


def _person(
    template: Case, path: Path, lengths: Mapping[str, Milliseconds], party: Party, settled: bool
) -> Person:
    if path.place(ANSWERED[party]) is not None:
        return Person(
            reaction=Reaction.ANSWERS,
            after=lengths[_people(party, "answers_after")],
            hangs_up_after=lengths.get(_people(party, "hangs_up_after")),
        )
    rang = lengths.get(f"ring_timeout.{party}")
    if rang is None:
        return Person()
    timed_out = settled and rang >= ring_timeout(template, party)
    if path.place(UNREACHED[party]) is None or timed_out:
        return Person(reaction=Reaction.NO_ANSWER)
    return Person(reaction=Reaction.BUSY, after=rang)


def _rings(path: Path, lengths: Mapping[str, Milliseconds], party: Party) -> Milliseconds | None:
    """A ring time-out, where the usual one would come too early."""
    rang = lengths.get(f"ring_timeout.{party}")
    if rang is None or rang <= RING_TIMEOUT[party]:
        return None
    failed = path.place(UNREACHED[party]) is not None
    return min(rang + SECOND, LONGEST) if failed else rang


# --------------------------------------------------------------- times as asked


def asked(case: Case, names: Collection[str]) -> tuple[str, ...]:
    """The times that are to be free, as paths of a case, each once.

    Raises:
        UsageError: one is no time, or the case has no use for it; says what to do.
    """
    return tuple(dict.fromkeys(_asked(case, name.strip()) for name in names))


def _asked(case: Case, name: str) -> str:
    if name == f"{_TALK}.seconds":
        name = _TALK
    if name in times_of(case):
        return name
    if name not in NAMES:
        near = nearest(name, NAMES)
        hint = f"did you mean {near}?" if near else f"times are {', '.join(NAMES)}"
        raise UsageError(f"--free {printable(name)}: is no time of a case; {hint}")
    where, _, who = name.partition(".")
    if where == "messages":
        place = "request.contact_message" if who == "contact" else "scenario.employee_message"
        raise UsageError(f"--free {name}: the case has no {place}, so nothing plays so long")
    party, _, what = who.partition(".")
    reaction = case.people.of(Party(party)).reaction
    does = "no_answer" if reaction in (None, Reaction.NO_ANSWER) else _FAILS.get(reaction)
    if does is None or reaction is None:
        other = "answers_after"
        raise UsageError(
            f"--free {name}: the {party} of the case answers; free {_people(Party(party), other)}, "
            f"or say --set people.{party}='{{{what}: 2}}'"
        )
    other = "" if does == "no_answer" else f"free people.{party}.{does}, or "
    value = "no_answer" if does == "no_answer" else f"{does} instead"
    raise UsageError(
        f"--free {name}: the {party} of the case does not answer ({value}), so it has no {what}; "
        f"{other}say --set people.{party}='{{answers_after: 5}}'"
    )
