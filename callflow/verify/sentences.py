"""THE PATTERNS: every sentence that an expectation can be, what it asks, and an example of it.

The page of documentation, the completion and the Hypothesis strategy of sentences are made from
these rows. A new sentence is a row here, and its question in `answers`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from attrs import frozen

from ..call.timeline import Timeline
from ..choreography import WITHOUT_EFFECT
from ..units import Milliseconds
from ..words import LegState, Outcome, Party
from . import answers
from .answers import Occasion, Order
from .bounds import LENGTH, SECONDS, TIME, Bound
from .grammar import Grammar, Hole, Lexical, Sentence
from .verdict import Verdict

# ------------------------------------------------------------------------------------ what fills


def _constant(value: Any) -> Any:
    return value


def _words(values: Mapping[str, Any]) -> Hole:
    """A hole for one of some words, each of which stands for a value."""
    return {text: partial(_constant, value) for text, value in values.items()}


#: The states in which a party can be heard to be, in the order of a call.
STATES = (LegState.DIALING, LegState.DIALING_MUSIC, LegState.MESSAGE, LegState.CONVERSATION)

#: What can be denied of every call; that nobody is missed is said by who answers.
_NEVER = {
    occasion.denied: occasion
    for occasion in Occasion
    if occasion
    not in (
        *(Occasion.CONTACT_IS_NOT_REACHED, Occasion.EMPLOYEE_IS_NOT_REACHED),
        *(Occasion.CONVERSATION_ENDS, Occasion.CALL_ENDS),
    )
}

#: Parameters that can be without effect, by the name that the API gives them.
PARAMETERS = {row.path.rpartition(".")[2]: row.path for row in WITHOUT_EFFECT}

_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)

HOLES: dict[str, Hole] = {
    "party": _words({str(party): party for party in Party}),
    "state": _words({str(state): state for state in STATES}),
    "occasion": _words({str(occasion): occasion for occasion in Occasion}),
    "never": _words(_NEVER),
    "order": _words({str(order): order for order in Order}),
    "before": _words({str(order): order for order in (Order.BEFORE, Order.AFTER)}),
    "outcome": _words({str(outcome): outcome for outcome in Outcome}),
    "parameter": _words(PARAMETERS),
    "ordinal": _words({word: place for place, word in enumerate(_ORDINALS, 1)}),
    "length": LENGTH,
    "time": TIME,
    "seconds": SECONDS,
    "number": Lexical(
        re.compile(r'"[0-9]{1,20}"|[0-9]{1,20}', re.ASCII),
        "a phone number",
        lambda word: word.strip('"'),
    ),
    "digits": Lexical(
        re.compile(r'"[0-9*#]+"', re.ASCII), 'digits in quotes: "1"', lambda word: word.strip('"')
    ),
}


# ----------------------------------------------------------------------------------- the patterns


@frozen
class Pattern:
    """A row: how a sentence reads, what it says of a call, and what it asks of a timeline.

    Attributes:
        text: words, and holes in braces.
        means: what it says, in one line.
        examples: sentences of this pattern.
        ask: the question; takes the timeline and what stood in the holes.
    """

    text: str
    means: str
    examples: tuple[str, ...]
    ask: Callable[..., Verdict]


def _mark_at(timeline: Timeline, digits: str, bound: Bound) -> Verdict:
    return answers.mark_is_sent(timeline, 1, digits, bound)


def _nth_mark_at(timeline: Timeline, place: int, digits: str, bound: Bound) -> Verdict:
    return answers.mark_is_sent(timeline, place, digits, bound)


def _mark(timeline: Timeline, digits: str) -> Verdict:
    return answers.mark_is_sent(timeline, 1, digits, None)


def _nth_mark(timeline: Timeline, place: int, digits: str) -> Verdict:
    return answers.mark_is_sent(timeline, place, digits, None)


def _no_mark(timeline: Timeline, digits: str) -> Verdict:
    return answers.mark_is_not_sent(timeline, 1, digits)


def _happens_beside(
    timeline: Timeline, occasion: Occasion, order: Order, limit: Milliseconds
) -> Verdict:
    asked = answers.happens_before if order is Order.BEFORE else answers.happens_after
    return asked(timeline, occasion, limit)


PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        "{party} hears {state} for {length}",
        "all in all the party is in that state so long; hears dialing: their phone rings",
        (
            "contact hears message for exactly 12.5",
            "employee hears dialing_music for at most 25",
            "contact hears dialing for about 9",
        ),
        answers.hears_for,
    ),
    Pattern(
        "{party} hears {state}",
        "the party is in that state at some time, be it a millisecond",
        ("contact hears message",),
        answers.hears,
    ),
    Pattern(
        "{party} never hears {state}",
        "the party is never in that state",
        ("contact never hears dialing_music",),
        answers.never_hears,
    ),
    Pattern(
        "{party} hears the whole message",
        "the message set for the party is played to its end",
        ("contact hears the whole message",),
        answers.hears_whole_message,
    ),
    Pattern(
        "{party} waits {length}",
        "from the party's answer to the conversation, or to the end if there is none",
        ("employee waits at most 26",),
        answers.waits,
    ),
    Pattern(
        "conversation lasts {length}",
        "both talk so long",
        ("conversation lasts at least 10",),
        answers.conversation_lasts,
    ),
    Pattern(
        "call lasts {length}",
        "from the request to the release of both",
        ("call lasts at most 60",),
        answers.lasts,
    ),
    Pattern(
        "{occasion} at {time}",
        "it happens at that moment, seconds after the request",
        ("conversation begins at 31.5", "employee is dialed at 0"),
        answers.happens_at,
    ),
    Pattern(
        "{occasion} {before} {seconds}",
        "it happens, and before (after) that moment, not in it",
        ("conversation begins before 40", "contact is dialed after 5"),
        _happens_beside,
    ),
    Pattern(
        "{occasion} {order} {occasion}",
        "both happen; when: in the same moment",
        (
            "conversation begins when contact message ends",
            "employee answers before contact is dialed",
        ),
        answers.happens_in_order,
    ),
    Pattern(
        "{party} is dialed {before} {party}",
        "the one phone rings before (after) the other; before: also if the other never rings",
        ("employee is dialed before contact",),
        answers.dialed_in_order,
    ),
    Pattern(
        "{occasion}",
        "it happens",
        ("contact answers",),
        answers.happens,
    ),
    Pattern(
        "{never}",
        "it does not happen in this call",
        ("contact never hangs up",),
        answers.never_happens,
    ),
    Pattern(
        "outcome is {outcome}",
        "how the call turns out",
        ("outcome is conversation",),
        answers.outcome_is,
    ),
    Pattern(
        "outcome is not {outcome}",
        "how the call does not turn out",
        ("outcome is not abandoned",),
        partial(answers.outcome_is, holds_if=False),
    ),
    Pattern(
        "{party} sees caller {number}",
        "the number that the party's phone shows",
        ("contact sees caller 74993720692",),
        answers.sees_caller,
    ),
    Pattern(
        "dtmf {digits} is sent at {time}",
        "a mark, named by its whole digits, goes out at that moment",
        ('dtmf "1" is sent at 21.0',),
        _mark_at,
    ),
    Pattern(
        "{ordinal} dtmf {digits} is sent at {time}",
        "the same for the second, third ... mark with these digits",
        ('first dtmf "2" is sent at 22',),
        _nth_mark_at,
    ),
    Pattern(
        "dtmf {digits} is sent",
        "a mark goes out at some time",
        ('dtmf "3" is sent',),
        _mark,
    ),
    Pattern(
        "{ordinal} dtmf {digits} is sent",
        "the same for one of several with these digits",
        ('first dtmf "3" is sent',),
        _nth_mark,
    ),
    Pattern(
        "dtmf {digits} is not sent",
        "a mark is due too late, or the contact never answers",
        ('dtmf "1" is not sent',),
        _no_mark,
    ),
    Pattern(
        "{ordinal} dtmf {digits} is not sent",
        "the same for one of several with these digits",
        ('second dtmf "1" is not sent',),
        answers.mark_is_not_sent,
    ),
    Pattern(
        "{parameter} has an effect",
        "some value of the parameter makes another call of this one, if people act as they may",
        ("switch_at_once has an effect",),
        answers.has_effect,
    ),
    Pattern(
        "{parameter} has no effect",
        "no value of the parameter changes anything, whatever people do",
        ("direction has no effect",),
        partial(answers.has_effect, holds_if=False),
    ),
)

_BY_TEXT = {pattern.text: pattern for pattern in PATTERNS}


# ----------------------------------------------------------------------------------------- reading


@cache
def grammar() -> Grammar:
    """The grammar of all patterns."""
    return Grammar([pattern.text for pattern in PATTERNS], HOLES)


@cache
def read(text: str) -> Sentence:
    """The sentence in a text.

    Raises:
        Misread: there is none; says where, and what could stand there.
    """
    return grammar().read(text)


def sentence_of(given: Sentence | str) -> Sentence:
    """A sentence, or the one in a text.

    Raises:
        Misread: as `read`.
    """
    return read(given) if isinstance(given, str) else given


def ask(sentence: Sentence, timeline: Timeline) -> Verdict:
    """What a call answers to a sentence."""
    return _BY_TEXT[sentence.pattern].ask(timeline, *sentence.values)
