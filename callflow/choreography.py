"""The choreography of ``start.vnumber_call``: one complete table of rules, and everything else reads it.

What the words mean
===================

A call has two legs, the *contact's* and the *employee's*. A leg is ``idle`` (not dialed yet),
``dialing`` (that party's phone rings), on its ``message``, on ``dialing_music``, in
``conversation``, or ``released``. A state of the call is written ``contact leg / employee leg``: in
``message / dialing`` the contact hears the message and the employee's phone rings.

Four settings choose the rules; they are fixed before anything happens:

    employee_first    ``first_call`` names the employee; the opposite is ``contact_first``
    sw                the *effective* switch: ``switch_at_once``, but false whenever the
                      contact message is tts
    cm                the request has a ``contact_message``
    em                the PBX scenario has a message to the employee

They make 16 configurations. ``premise`` says that both messages are there: only then do the bullets
of the source (EF1 to EF5, CF1 to CF5) speak. Everywhere else our reading G17 stands behind them,
and is stamped into the clauses when the table is specialised; no row carries it.

How to read a row
=================

    rule(from,  event,  when,  to,  because)

*When a call in state* from *meets* event, *and the settings are as* when *says, it goes to* to.
``because`` names the clauses that say so, ``C(...)`` for the contact's leg, ``E(...)`` for the
employee's, ``CE(...)`` for both; a leg that is not named keeps the clauses it had. Under
``clauses`` each of them stands in full: those with a letter and no G are sentences of the source,
G1 to G21 are its holes with our reading. ``waiting`` is ``message`` or ``dialing_music``,
``anything`` any state of that leg.

What this file keeps to
=======================

1.  Everything that can happen to a call is a row, hang-ups and failures included. Nothing is coded
    beside the rows, here or elsewhere.
2.  In one configuration a state and an event have exactly one row if the event is possible there,
    and none if it is not. What is possible follows from the leg states alone (``possible_events``):
    a phone that rings can be answered or not be reached in time; a message can end; who is on the
    line can hang up; a conversation can end. So a forgotten row is noticed without knowing the
    table.
3.  A clock runs exactly while its event is possible, so no row ever names a clock.
4.  No call comes to a state twice, and ``released / released`` is the only end.
5.  A row's clauses are constant. Where they depend on a setting there are two rows.

``table.check`` holds 2, 4 and 5 for any rows; the tests run it on these.

What it must not know
=====================

Times, numbers, people, files, pictures. How long a clock runs is the case's affair (``call.plan``),
when a thing happens the simulator's, how it looks the drawing's.

When you change it
==================

A row changes what this product says about somebody else's telephone system. Look the sentence up in
``clauses``; where the source does not say it, it is a hole, and needs a clause with our reading and
why. Then run the tests: every row is removed, redirected and given other clauses there, and each
such change must be noticed. If yours is not, a property is missing, not a row.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

# fmt: off
from .clauses import (
    CF1, CF2, CF3, CF4, CF5, DTMF, EF1, EF2, EF3, EF4, EF5, EXT, FC, MUSIC, NOMSG, TTS,
    G1, G2, G3, G4, G5, G6, G7, G8, G9, G10, G14, G16, G18, G19, G20, G21,
    Clauses,
)
from .table import (
    CE, C, Condition, E, Graph, Rule, always, anything, cm, contact_first, conversation, dialing,
    dialing_music, digits, em, employee_first, idle, message, possible_events, premise, released,
    rule, section, specialise, sw, tts, waiting,
)
# fmt: on
from .words import Configuration, Event, State, configurations

__all__ = [
    "RULES",
    "SIMULTANEOUS",
    "WITHOUT_EFFECT",
    "WithoutEffect",
    "configurations",
    "possible_events",
    "rules_for",
    "states",
]

# The rows, in the order of the page that they come from. Lines are as long as they must be to stay in columns.
# fmt: off

start = Event.START
contact_answered, employee_answered = Event.CONTACT_ANSWERED, Event.EMPLOYEE_ANSWERED
contact_unreached, employee_unreached = Event.CONTACT_UNREACHED, Event.EMPLOYEE_UNREACHED
contact_message_ended, employee_message_ended = Event.CONTACT_MESSAGE_ENDED, Event.EMPLOYEE_MESSAGE_ENDED
contact_hung_up, employee_hung_up = Event.CONTACT_HUNG_UP, Event.EMPLOYEE_HUNG_UP
conversation_ended = Event.CONVERSATION_ENDED

#    from                     event                   when              to                             because

EMPLOYEE_FIRST = section(employee_first,
rule(idle / idle,             start,                  premise,          idle / dialing,                E(FC, EF1)),
rule(idle / idle,             start,                  ~premise,         idle / dialing,                E(FC)),
rule(idle / dialing,          employee_answered,      em,               idle / message,                E(EF2)),
rule(idle / dialing,          employee_answered,      ~em,              dialing / dialing_music,       C(G1), E(EF3, G1)),
rule(idle / message,          employee_message_ended, always,           dialing / dialing_music,       C(EF2), E(EF3)),
rule(dialing / dialing_music, contact_answered,       cm & sw,          conversation / conversation,   CE(EF4)),
rule(dialing / dialing_music, contact_answered,       cm & ~sw,         message / dialing_music,       C(EF5), E(G3)),
rule(dialing / dialing_music, contact_answered,       ~cm,              conversation / conversation,   CE(G2)),
rule(message / dialing_music, contact_message_ended,  always,           conversation / conversation,   CE(EF5)),
)

CONTACT_FIRST = section(contact_first,
rule(idle / idle,             start,                  premise,          dialing / idle,                C(FC, CF1)),
rule(idle / idle,             start,                  ~premise,         dialing / idle,                C(FC)),
rule(dialing / idle,          contact_answered,       cm,               message / dialing,             CE(CF2)),
rule(dialing / idle,          contact_answered,       ~cm,              dialing_music / dialing,       C(NOMSG), E(G4)),
rule(message / dialing,       contact_message_ended,  always,           dialing_music / dialing,       C(MUSIC)),
rule(message / dialing,       employee_answered,      sw & em,          conversation / conversation,   C(CF3), E(CF3, G6)),
rule(message / dialing,       employee_answered,      sw & ~em,         conversation / conversation,   CE(CF3)),
rule(message / dialing,       employee_answered,      ~sw & em,         message / message,             C(CF4), E(CF4, G19)),
rule(message / dialing,       employee_answered,      ~sw & ~em,        message / dialing_music,       C(CF4), E(G5)),
rule(dialing_music / dialing, employee_answered,      ~sw & em & cm,    dialing_music / message,       C(CF5), E(CF4, G19)),
rule(dialing_music / dialing, employee_answered,      ~sw & em & ~cm,   dialing_music / message,       C(G7), E(CF4, G19)),
rule(dialing_music / dialing, employee_answered,      sw & cm & em,     conversation / conversation,   C(CF3, G20), E(CF3, G20, G6)),
rule(dialing_music / dialing, employee_answered,      sw & cm & ~em,    conversation / conversation,   CE(CF3, G20)),
rule(dialing_music / dialing, employee_answered,      sw & ~cm & em,    conversation / conversation,   C(G8), E(G8, G6)),
rule(dialing_music / dialing, employee_answered,      sw & ~cm & ~em,   conversation / conversation,   CE(G8)),
rule(dialing_music / dialing, employee_answered,      ~sw & ~em,        conversation / conversation,   CE(G8)),
rule(message / message,       contact_message_ended,  always,           dialing_music / message,       C(CF5, MUSIC)),
rule(message / message,       employee_message_ended, always,           message / dialing_music,       E(CF5)),
rule(dialing_music / message, employee_message_ended, always,           conversation / conversation,   CE(CF4)),
rule(message / dialing_music, contact_message_ended,  always,           conversation / conversation,   CE(CF4)),
)

EITHER_FIRST = section(always,
rule(dialing / anything,      contact_unreached,      always,           released / released,           CE(G9)),
rule(anything / dialing,      employee_unreached,     always,           released / released,           CE(G9)),
rule(waiting / anything,      contact_hung_up,        always,           released / released,           CE(G10)),
rule(anything / waiting,      employee_hung_up,       always,           released / released,           CE(G10)),
rule(conversation / conversation, contact_hung_up,    always,           released / released,           CE(G21)),
rule(conversation / conversation, employee_hung_up,   always,           released / released,           CE(G21)),
rule(conversation / conversation, conversation_ended, always,           released / released,           CE(G21)),
)

#: The table.
RULES: tuple[Rule, ...] = (*EMPLOYEE_FIRST, *CONTACT_FIRST, *EITHER_FIRST)

#: What is handled first when several things fall into one millisecond: by kind hang-ups, unreached, message
#: ends, answers, the conversation's end; within a kind the contact before the employee.
SIMULTANEOUS: tuple[Event, ...] = (
    start,
    contact_hung_up,       employee_hung_up,
    contact_unreached,     employee_unreached,
    contact_message_ended, employee_message_ended,
    contact_answered,      employee_answered,
    conversation_ended,
)


class WithoutEffect(NamedTuple):
    """A parameter that changes nothing in any call of a request and scenario, and why.

    It is a static fact of what was set, not of what people do in one call.
    """

    path: str
    when: Condition
    because: str
    clauses: Clauses


WITHOUT_EFFECT: tuple[WithoutEffect, ...] = (
    WithoutEffect("request.direction",                   always,                    "it only classifies the call in reports",                    (G14,)),
    WithoutEffect("request.external_id",                 always,                    "it only links the call to an outside system",               (EXT,)),
    WithoutEffect("request.show_virtual_phone_number",   always,                    "the parameter table of the source does not list it",        (G16,)),
    WithoutEffect("request.switch_at_once",              tts,                       "the contact message is tts",                                (TTS, G18)),
    WithoutEffect("request.switch_at_once",              employee_first & ~cm,      "there is no contact message to wait for",                   (G2,)),
    WithoutEffect("request.switch_at_once",              contact_first & ~cm & ~em, "there is no message to wait for",                           (G8,)),
    WithoutEffect("request.contact_message",             employee_first & cm & sw,  "with the switch on it is not played",                       (EF4,)),
    WithoutEffect("scenario.employee_message",           contact_first & em & sw,   "with the switch on it is not played",                       (G6,)),
    WithoutEffect("request.dtmf_string",                 ~digits,                   "it has no digits",                                          (DTMF,)),
)
# fmt: on


# ------------------------------------------------------------------------------------ the questions


@cache
def rules_for(configuration: Configuration) -> Graph:
    """The machine of one configuration: its states, and for each event that is possible where it leads."""
    return specialise(RULES, configuration, SIMULTANEOUS)


@cache
def states() -> tuple[State, ...]:
    """The states that a call can be in, over all configurations."""
    return tuple(
        dict.fromkeys(
            state for configuration in configurations() for state in rules_for(configuration).states
        )
    )
