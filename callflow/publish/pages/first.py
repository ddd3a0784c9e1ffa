"""Contact first and employee first side by side: who waits, how long, for whom, and when to choose.

Everything that is a figure here is simulated: the same people and messages, called in both orders,
with the switch on and off and with every choice of messages.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from attrs import evolve

from ...call.case import Case, Person, Reaction
from ...call.difference import Difference
from ...call.simulator import simulate
from ...call.timeline import Timeline
from ...draw import wording
from ...draw.catalogue import say
from ...draw.finding import finding, signed
from ...situations import SITUATIONS
from ...units import Milliseconds
from ...words import LegState, Party
from .album import Album
from .found import with_person
from .markdown import bullets, heading, link, table
from .telling import times_table

#: People and messages of the comparison: those of this situation.
PEOPLE = "contact-first-switch-off"
FILE = "contact-first-or-employee-first.md"

#: By how much an answer or a message is put off to see who pays for it.
LATER: Milliseconds = 10_000


def case_for(
    first: Party, *, switch: bool, contact_message: bool = True, employee_message: bool = True
) -> Case:
    """The case of the comparison in one of the configurations."""
    case = SITUATIONS[PEOPLE].case()
    request, scenario = case.request, case.scenario
    return evolve(
        case,
        name=None,
        request=evolve(
            request,
            first_call=first,
            switch_at_once=switch,
            contact_message=request.contact_message if contact_message else None,
        ),
        scenario=evolve(
            scenario, employee_message=scenario.employee_message if employee_message else None
        ),
    )


def first_page(album: Album) -> Iterator[str]:
    """What each lives through, who waits for whom, what a failure costs, when to choose which."""
    yield heading(1, say("Contact first or employee first"))
    yield from _opening()
    yield heading(2, say("What each party lives through"))
    yield from _lives(album)
    yield heading(2, say("How long each party waits"))
    yield from _waits()
    yield heading(2, say("Who waits for whom"))
    yield from _blame()
    yield heading(2, say("When somebody cannot be reached"))
    yield from _failures()
    yield heading(2, say("When to choose which"))
    yield from _choice()


def _opening() -> Iterator[str]:
    case = SITUATIONS[PEOPLE].case()
    off = {first: simulate(case_for(first, switch=False)) for first in Party}
    yield say(
        "`first_call` decides who pays with waiting. Whoever is called first is on the line while "
        "the other's phone rings; whoever is called second answers into a call that is nearly "
        "ready. Everything else, the messages and `switch_at_once`, only lengthens or shortens "
        "that."
    )
    yield say(
        "The figures on this page come from one pair of people. The {contact} answers "
        "{contact_after} after the phone begins to ring, the {employee} after {employee_after}; "
        "the message to the {contact} lasts {contact_long}, the one to the {employee} "
        "{employee_long}. With the switch off they talk after {employee_first} if the {employee} "
        "is called first, and after {contact_first} if the {contact} is.",
        contact_after=wording.length(case.people.contact.after or 0),
        employee_after=wording.length(case.people.employee.after or 0),
        contact_long=_message(off[Party.CONTACT], Party.CONTACT),
        employee_long=_message(off[Party.CONTACT], Party.EMPLOYEE),
        employee_first=_talk(off[Party.EMPLOYEE]),
        contact_first=_talk(off[Party.CONTACT]),
    )


def _lives(album: Album) -> Iterator[str]:
    yield say(
        "**Employee first.** The {employee} answers, hears the message of the scenario to its end, "
        "and only then is the {contact} dialed; until the {contact} answers there is dialing "
        "music. The {contact} knows nothing of all this. With the switch on, both talk at the "
        "{contact.of} answer and the message to the {contact} is never played; with it off, the "
        "{contact} hears that message whole and the {employee} goes on waiting."
    )
    yield say(
        "**Contact first.** The {contact} answers and hears the message while the {employee.of} "
        "phone rings; when the message is over, dialing music follows for as long as it takes. The "
        "{employee} knows nothing of this. With the switch on, the {employee.of} answer breaks the "
        "message off, and both talk; the message to the {employee} is not played. With it off, "
        "each hears their own message to its end, and whose is over first waits on dialing music "
        "for the other."
    )
    for switch, title in ((False, say("Switch off")), (True, say("Switch on"))):
        before, after = (
            simulate(case_for(first, switch=switch)) for first in (Party.EMPLOYEE, Party.CONTACT)
        )
        yield heading(3, title)
        difference = Difference(before, after)
        found = finding(difference, (say("employee first"), say("contact first")))
        yield album.comparison(f"first-switch-{'on' if switch else 'off'}", difference, found)
        for call, told in ((before, say("Employee first:")), (after, say("Contact first:"))):
            yield told
            yield times_table(call)


def _waits() -> Iterator[str]:
    yield say(
        "Waiting is counted from a party's own answer to the conversation. A message that is "
        "listened to counts as waiting: the party is on the line and cannot talk."
    )
    calls = {
        (first, switch, contact, employee): simulate(
            case_for(first, switch=switch, contact_message=contact, employee_message=employee)
        )
        for first, switch, contact, employee in product(
            (Party.EMPLOYEE, Party.CONTACT), (False, True), (True, False), (True, False)
        )
    }
    yield table(
        (
            say("messages"),
            say("switch"),
            say("first"),
            say("both talk after"),
            say("{contact} waits"),
            say("{employee} waits"),
        ),
        (
            (
                _messages(contact=contact, employee=employee) if row == 0 else "",
                (say("on") if switch else say("off")) if first is Party.EMPLOYEE else "",
                say("{party}", party=first),
                _talk(call),
                *(_waited(call, party) for party in Party),
            )
            for contact, employee in product((True, False), repeat=2)
            for row, (switch, first) in enumerate(
                product((False, True), (Party.EMPLOYEE, Party.CONTACT))
            )
            for call in (calls[first, switch, contact, employee],)
        ),
        right=(3, 4, 5),
    )
    yield bullets(_facts(calls))
    yield say(
        "The rows without both messages are *inferred*: the vendor's page speaks only of calls "
        "that have the two (*[G17]*)."
    )


_Calls = dict[tuple[Party, bool, bool, bool], Timeline]


def _facts(calls: _Calls) -> Iterator[str]:
    """What the table comes to, in sentences that are only said where they hold."""
    waits = {
        key: {party: call.leg(party).figures.waited or 0 for party in Party}
        for key, call in calls.items()
    }
    both = (True, True)
    employee_on, employee_off = (
        waits[Party.EMPLOYEE, True, *both],
        waits[Party.EMPLOYEE, False, *both],
    )
    contact_on, contact_off = waits[Party.CONTACT, True, *both], waits[Party.CONTACT, False, *both]
    yield say(
        "Employee first, the switch is worth {both_gain} to both: the {contact} waits "
        "{contact_off} or {contact_on}, the {employee} {employee_off} or {employee_on}. The price "
        "is that the {contact} hears no message.",
        both_gain=_length(employee_off[Party.EMPLOYEE] - employee_on[Party.EMPLOYEE]),
        contact_off=_length(employee_off[Party.CONTACT]),
        contact_on=_length(employee_on[Party.CONTACT]),
        employee_off=_length(employee_off[Party.EMPLOYEE]),
        employee_on=_length(employee_on[Party.EMPLOYEE]),
    )
    yield say(
        "Contact first, it is worth {contact_gain} to the {contact} and {employee_gain} to the "
        "{employee}, who then never waits. The price is that neither message is heard to its end.",
        contact_gain=_length(contact_off[Party.CONTACT] - contact_on[Party.CONTACT]),
        employee_gain=_length(contact_off[Party.EMPLOYEE] - contact_on[Party.EMPLOYEE]),
    )
    yield say(
        "Without a message to the {contact} the switch does nothing if the {employee} is first; if "
        "the {contact} is first, it does nothing only where neither has a message."
    )


def _blame() -> Iterator[str]:
    yield say(
        "The same calls, with one thing {later} longer. Each cell says how much longer the "
        "{contact} and the {employee} wait because of it; both messages are there.",
        later=wording.length(LATER),
    )
    columns = [
        (first, switch) for first in (Party.EMPLOYEE, Party.CONTACT) for switch in (False, True)
    ]
    yield table(
        (
            say("{later} longer", later=wording.length(LATER)),
            say("employee first, off"),
            say("employee first, on"),
            say("contact first, off"),
            say("contact first, on"),
        ),
        (
            (told, *(_cost(case_for(first, switch=switch), path) for first, switch in columns))
            for path, told in (
                ("people.contact", say("until the {contact} answers")),
                ("people.employee", say("until the {employee} answers")),
                ("messages.contact", say("the message to the {contact}")),
                ("messages.employee", say("the message to the {employee}")),
            )
        ),
    )
    yield say("A cell reads {contact} / {employee}.")
    yield say(
        "So employee first, {contact.a} who is slow to answer costs the {employee} every second of "
        "it, and a slow {employee} costs nobody anything. Contact first it is the other way round, "
        "except that a message that is still playing hides part of the {employee.of} delay. With "
        "the switch off, the longer of what is left to hear decides; with it on, no message makes "
        "the {contact} wait longer."
    )


def _cost(case: Case, path: str) -> str:
    before, after = simulate(case), simulate(put_off(case, path))
    costs = [
        (after.leg(party).figures.waited or 0) - (before.leg(party).figures.waited or 0)
        for party in Party
    ]
    return say(
        "{contact_cost} / {employee_cost}",
        contact_cost=signed(costs[0]),
        employee_cost=signed(costs[1]),
    )


def put_off(case: Case, path: str) -> Case:
    """The case with one thing that takes longer."""
    where, _, name = path.partition(".")
    party = Party(name)
    if where == "messages":
        length = simulate(case).leg(party).figures.message_length or 0
        return evolve(case, messages=evolve(case.messages, **{name: length + LATER}))
    person = case.people.of(party)
    later = evolve(person, after=(person.after or 0) + LATER)
    return evolve(case, people=with_person(case.people, party, later))


def _failures() -> Iterator[str]:
    yield say(
        "Who is called first is bothered in vain when the other cannot be reached. Nobody answers "
        "within the usual ring time-out, switch off:"
    )
    yield table(
        (
            say("not reached"),
            say("first"),
            say("call over after"),
            say("{contact}"),
            say("{employee}"),
        ),
        (
            (
                say("{party}", party=missing),
                say("{party}", party=first),
                wording.length(call.duration),
                *(_bothered(call, party) for party in Party),
            )
            for missing in Party
            for first in (Party.EMPLOYEE, Party.CONTACT)
            for call in (simulate(unreached(case_for(first, switch=False), missing)),)
        ),
        right=(2,),
    )
    yield say(
        "That the other party is released then is our reading (*[G9]* inferred), and so are the "
        "ring time-outs (*[G15]* inferred). A real scenario may go on with another number. More on "
        "{page}.",
        page=link(say("failures and hang-ups"), "failures.md"),
    )


def unreached(case: Case, party: Party) -> Case:
    """The case with a party who does not answer."""
    return evolve(
        case,
        people=with_person(case.people, party, Person(reaction=Reaction.NO_ANSWER)),
    )


def _bothered(call: Timeline, party: Party) -> str:
    """What a party had of a call without a conversation."""
    leg = call.leg(party)
    if leg.dialed is None:
        return say("is never called")
    waited = leg.figures.waited
    if waited is None:
        rang = sum(one.length for one in leg.segments if one.state is LegState.DIALING)
        return say("the phone rings for {length}", length=wording.length(rang))
    return say("is on the line for {length} in vain", length=wording.length(waited))


def _choice() -> Iterator[str]:
    yield say("**Employee first** suits calls in which the {contact} must not wait:")
    yield bullets(
        (
            say(
                "a callback that the {contact} asked for: on answering there is somebody at once "
                "(switch on), or after one message (switch off);"
            ),
            say(
                "{contact.a} who would hang up on music, or must not be rung unless {employee.a} "
                "is there: the phone of the {contact} stays silent until the {employee} has "
                "answered;"
            ),
            say(
                "{employee} time that is cheaper than a lost {contact}: the {employee} waits "
                "through the {contact.of} ringing, every time."
            ),
        )
    )
    yield say("**Contact first** suits calls in which the {employee} must not wait:")
    yield bullets(
        (
            say(
                "many calls of which few are answered: {employee.a} is called only when somebody "
                "is on the line, and never for a busy or silent phone;"
            ),
            say(
                "a message that has to be heard anyway: it plays while the {employee.of} phone "
                "rings, so that it costs no time of its own if it is about as long;"
            ),
            say(
                "{employee.a} who answers fast: every second until the {employee.of} answer is one "
                "that the {contact} waits."
            ),
        )
    )
    yield say(
        "**The switch** is on where talking soon matters more than being heard out. It is off "
        "where a message must be heard whole, for instance because the law or the {contact} asks "
        "for it. With a `tts` message it is always off (see {page}).",
        page=link(say("pitfalls"), "pitfalls.md"),
    )


# ------------------------------------------------------------------------------------------ figures


def _talk(call: Timeline) -> str:
    return say("never") if call.conversation is None else wording.length(call.conversation.start)


def _waited(call: Timeline, party: Party) -> str:
    return _length(call.leg(party).figures.waited or 0)


def _message(call: Timeline, party: Party) -> str:
    return _length(call.leg(party).figures.message_length or 0)


def _length(time: Milliseconds) -> str:
    return wording.length(time)


def _messages(*, contact: bool, employee: bool) -> str:
    if contact and employee:
        return say("both")
    if contact:
        return say("to the {contact} alone")
    return say("to the {employee} alone") if employee else say("none")
