"""The glossary: the words of the field, each meant in one way only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...draw.catalogue import say, term
from ...words import Event, LegState, Outcome, Reason
from .markdown import code, escaped, heading, link, table

#: Of people and parts, in the order in which they explain each other.
_WORDS: Mapping[str, str] = {
    "{contact}": "the outside person, usually a client, whose number is the parameter `contact`",
    "{employee}": "the person whom the scenario of the virtual number forwards to",
    "party": "the {contact} or the {employee}",
    "scenario": "the configuration of the {pbx} behind a virtual number: whom to forward to, which "
    "message the {employee} hears on answering, which number the {employee.of} phone shows",
    "virtual "
    "number": "a rented number; it leads to a scenario, and the {contact} sees it as the caller",
    "leg": "the connection of one party to the {pbx}",
    "{dialing_music}": "the system melody `dialing_music`, which a party hears while waiting",
    "{message}": "what a party hears after answering: a recording, or a text for speech synthesis",
    "TTS": "text to speech: a message of the type `tts`, read by speech synthesis",
    "{conversation}": "both parties connected to each other",
    "to "
    "wait": "to be on the line before the conversation, from the own answer on, messages included",
    "switch": "the parameter `switch_at_once`; *effective* is what is left of it: it is off "
    "whenever the {contact.of} message is `tts`",
    "ring time-out": "how long a phone rings before its owner counts as not reached",
    "DTMF": "the tones of a keypad; `dtmf_string` has them sent to the {contact}",
    "mark": "DTMF digits that are sent together at one moment",
}

_WORDS_OF_OURS: Mapping[str, str] = {
    "the source": "the vendor's page of `start.vnumber_call`",
    "clause": "a sentence of the source, or a hole of it with our reading: what can stand behind a "
    "rule",
    "hole": "a place where the source is silent or can be read in two ways",
    "documented": "the source says it",
    "inferred": "we read it so; the vendor promises nothing",
    "premise": "both messages are there: only then do the clauses EF and CF speak",
    "configuration": "one choice of the four settings that choose the rules: who is first, the "
    "effective switch, and whether each of the two messages is there",
    "rule": "in this state, on this event, with these settings, the call goes to that state",
    "path": "one way of a call from the request to the release",
    "case": "the input of a simulation: request, scenario, account, and what people do",
    "situation": "a case worth knowing, of those that the source speaks of",
}

_STATES: Mapping[LegState, str] = {
    LegState.IDLE: "not dialed yet",
    LegState.DIALING: "the phone of that party rings",
    LegState.MESSAGE: "that party hears the message meant for them",
    LegState.DIALING_MUSIC: "that party hears dialing music",
    LegState.CONVERSATION: "that party talks to the other",
    LegState.RELEASED: "the leg is over",
}

_EVENTS: Mapping[Event, str] = {
    Event.START: "the request is accepted, and the first party is dialed",
    Event.CONTACT_ANSWERED: "the {contact} picks up",
    Event.EMPLOYEE_ANSWERED: "the {employee} picks up",
    Event.CONTACT_UNREACHED: "the {contact} is busy, unavailable, rejects the call or does not "
    "answer",
    Event.EMPLOYEE_UNREACHED: "the {employee} is busy, unavailable, rejects the call or does not "
    "answer",
    Event.CONTACT_MESSAGE_ENDED: "the message to the {contact} is over",
    Event.EMPLOYEE_MESSAGE_ENDED: "the message to the {employee} is over",
    Event.CONTACT_HUNG_UP: "the {contact} hangs up",
    Event.EMPLOYEE_HUNG_UP: "the {employee} hangs up",
    Event.CONVERSATION_ENDED: "the conversation is over, and whom the case names hangs up",
}

_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.CONVERSATION: "both talked, be it for a millisecond",
    Outcome.CONTACT_NOT_REACHED: "the {contact} was not reached; `reason` says why",
    Outcome.EMPLOYEE_NOT_REACHED: "the {employee} was not reached; `reason` says why",
    Outcome.ABANDONED: "a party hung up before the conversation; `ended_by` says who",
}

_REASONS: Mapping[Reason, str] = {
    Reason.BUSY: "the line is busy",
    Reason.REJECTED: "the call is rejected",
    Reason.NO_ANSWER: "the ring time-out is over",
    Reason.UNAVAILABLE: "the phone is off or out of reach",
}


def glossary_page() -> Iterator[str]:
    """People and parts, the words of these pages, states, events, outcomes."""
    yield heading(1, say("Glossary"))
    yield say(
        "A word means one thing here, and it is the same in pictures, tables, JSON and messages. "
        "Names in `code` are written so everywhere."
    )
    yield heading(2, say("People and parts"))
    yield _words(_WORDS.items())
    yield heading(2, say("Words of these pages"))
    yield _words(_WORDS_OF_OURS.items())
    yield heading(2, say("States of a leg"))
    yield say("A state of the call is both legs: `contact leg/employee leg`.")
    yield table(
        (say("state"), say("in words"), say("meaning")),
        ((code(one), escaped(term(one)), say(means)) for one, means in _STATES.items()),
    )
    yield heading(2, say("Events"))
    yield _names(_EVENTS.items())
    yield heading(2, say("Outcomes"))
    yield _names(_OUTCOMES.items())
    yield heading(2, say("Reasons"))
    yield _names(_REASONS.items())
    yield say(
        "What the words lead to: {rules} and {clauses}.",
        rules=link(say("The table of rules"), "rules.md"),
        clauses=link(say("Clauses"), "clauses.md"),
    )


def _words(words: Iterable[tuple[str, str]]) -> str:
    rows = ((f"**{say(word)}**", say(means)) for word, means in words)
    return table((say("word"), say("meaning")), rows)


def _names(words: Iterable[tuple[str, str]]) -> str:
    return table((say("name"), say("meaning")), ((code(name), say(means)) for name, means in words))
