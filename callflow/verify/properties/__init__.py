"""What must always hold, as data: the twenty properties of the choreography, each with its reach.

A property of *one* call is asked of a `Call`, one of *two* calls of a case and of what simulates
it. Which calls it says anything about is its premise: a property whose premise is never true holds
because nothing happens, and exploration counts that.

========================  ======================================================================
``one_call, two_calls``   the functions; they judge any table, so they know none
``asking``                how a property looks at a call, and how it says no
``facts``                 a case read by arithmetic alone
========================  ======================================================================

Users add their own: `Property.of` makes one of a function that takes a timeline.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from attrs import frozen

from ...call.case import Case
from ...call.timeline import Timeline
from ...errors import UsageError, printable
from . import one_call, two_calls
from .asking import Call, Violated, must
from .facts import CONTACT, EMPLOYEE, PARTIES, facts
from .two_calls import Simulate

__all__ = ["PROPERTIES", "Call", "Property", "Violated", "facts", "must"]


@frozen(kw_only=True)
class Property:
    """Something that must hold of every call.

    Attributes:
        name: what it is called; for those of the choreography its number.
        sentence: what it says.
        about: which calls it says anything about, in words.
        one: raises where it does not hold of one call; None: it compares two.
        two: raises where it does not hold of a case and what simulates it.
        premise: whether it says anything about a call.
        tts: whether it looks at what a tts message is: it is asked of calls with one, too.
    """

    name: str
    sentence: str
    about: str = "every call"
    one: Callable[[Call], None] | None = None
    two: Callable[[Case, Simulate], None] | None = None
    premise: Callable[[Call], bool] | None = None
    tts: bool = True

    @classmethod
    def of(cls, function: Callable[[Timeline], object]) -> Property:
        """A property of a user: a function of a timeline.

        It does not hold of a call if it returns False or raises AssertionError, and holds if it
        returns True or nothing; anything else is no answer. The first line of its docstring is the
        sentence.

        Raises:
            UsageError: it cannot be called.
        """
        if not callable(function):
            raise UsageError(f"{printable(repr(function))} is no property: pass a function")
        name = str(getattr(function, "__name__", type(function).__name__))
        told = (getattr(function, "__doc__", None) or "").strip().partition("\n")[0]

        def holds(call: Call) -> None:
            answer = function(call.timeline)
            if answer is not None and not isinstance(answer, bool):
                raise TypeError(f"it returned {type(answer).__name__}; an answer is True or False")
            must(answer is not False, f"{name} returned False")

        return cls(name=name, sentence=told or name, one=holds)


_OF_TTS = (5, 10, 18)


def _one(
    number: int,
    sentence: str,
    function: Callable[[Call], None],
    about: str = "every call",
    premise: Callable[[Call], bool] | None = None,
) -> Property:
    return Property(
        name=str(number),
        sentence=sentence,
        about=about,
        one=function,
        premise=premise,
        tts=number in _OF_TTS,
    )


def _two(
    number: int,
    sentence: str,
    function: Callable[[Case, Simulate], None],
    about: str = "every call",
    premise: Callable[[Call], bool] | None = None,
) -> Property:
    return Property(
        name=str(number),
        sentence=sentence,
        about=about,
        two=function,
        premise=premise,
        tts=number in _OF_TTS,
    )


# ---------------------------------------------------------------------------------------- premises


def _on_the_line(call: Call) -> bool:
    return any(call.answered(party) is not None for party in PARTIES)


def _talks(call: Call) -> bool:
    return bool(call.talks)


def _both_dialed(call: Call) -> bool:
    return all(call.came_to(party, "dialing") for party in PARTIES)


def _leaves_a_message(call: Call) -> bool:
    return any(call.left(party, "message") for party in PARTIES)


def _hears_a_message(call: Call) -> bool:
    return any(call.came_to(party, "message") for party in PARTIES)


def _hears_music(call: Call) -> bool:
    return any(call.of(party, "dialing_music") for party in PARTIES)


def _both_answered(call: Call) -> bool:
    return all(call.answered(party) is not None for party in PARTIES)


def _is_due_a_message(call: Call) -> bool:
    return any(call.case.due[party] and call.answered(party) is not None for party in PARTIES)


def _coincides(call: Call) -> bool:
    moments = [step.at for step in call.steps]
    return any(one == other for one, other in pairwise(moments))


#: The properties that hold of every call, in the order of their numbers.
PROPERTIES: tuple[Property, ...] = (
    _one(
        1,
        "Every call ends in released/released, and only by a hang-up, an unreached party or the "
        "end of the conversation.",
        one_call.holds_1,
    ),
    _one(
        2,
        "A party on the line never hears silence: from answering to release its segments are "
        "gapless and do not overlap.",
        one_call.holds_2,
        "calls in which somebody answers",
        _on_the_line,
    ),
    _one(
        3,
        "Either both legs have exactly one conversation, with the same borders, or neither has.",
        one_call.holds_3,
        "calls with a conversation",
        _talks,
    ),
    _one(
        4,
        "The leg that first_call names is dialed first; employee first, the contact is never "
        "dialed before the employee has heard the whole message.",
        one_call.holds_4,
        "calls in which both are dialed",
        _both_dialed,
    ),
    _one(
        5,
        "A tts contact message is never cut short by the employee's answer.",
        one_call.holds_5,
        "calls in which a tts message ends",
        lambda call: call.case.tts and bool(call.left(CONTACT, "message")),
    ),
    _one(
        6,
        "Switch off: no message is cut short except by a hang-up or an unreached party.",
        one_call.holds_6,
        "calls with the switch off in which a message ends",
        lambda call: not call.case.switch and _leaves_a_message(call),
    ),
    _one(
        7,
        "Switch on, contact first: a conversation begins at the employee's answer or not at all.",
        one_call.holds_7,
        "such calls in which the employee answers",
        lambda call: (
            call.case.switch and call.case.first == CONTACT and call.answered(EMPLOYEE) is not None
        ),
    ),
    _one(
        8,
        "Messages are played at most once, never after the conversation began.",
        one_call.holds_8,
        "calls in which a message begins",
        _hears_a_message,
    ),
    _one(
        9,
        "Dialing music is heard only by a party on the line, never during the conversation.",
        one_call.holds_9,
        "calls with dialing music",
        _hears_music,
    ),
    _two(
        10,
        "With a tts message, flipping switch_at_once changes nothing in the call.",
        two_calls.holds_10,
        "calls with a tts message",
        lambda call: call.case.tts,
    ),
    _two(
        11,
        "If there is a conversation with the switch off, there is one with it on, no later.",
        two_calls.holds_11,
        "calls with the switch off and a conversation",
        lambda call: not call.case.switch and bool(call.talks),
    ),
    _two(
        12,
        "All times of a case times a whole number: all times of the call are; who answers later "
        "talks no earlier.",
        two_calls.holds_12,
    ),
    _one(
        13,
        "Sent DTMF marks lie from the contact's answer to the release, in order, unsent ones come "
        "after them, and no digit is lost.",
        one_call.holds_13,
        "calls with marks whose contact answers",
        lambda call: bool(call.timeline.dtmf) and call.answered(CONTACT) is not None,
    ),
    _two(
        14,
        "Equal cases give the same JSON, byte for byte.",
        two_calls.holds_14,
    ),
    _one(
        15,
        "The outcome is conversation exactly if there is one; reason stands exactly with the "
        "not-reached outcomes, ended_by exactly with the others.",
        one_call.holds_15,
    ),
    _one(
        16,
        "Who is due a message hears it from his answer on, and nobody else hears one.",
        one_call.holds_16,
        "calls in which somebody who is due a message answers",
        _is_due_a_message,
    ),
    _one(
        17,
        "A conversation begins at the latest of both answers and the ends of the due messages; "
        "contact first with the switch on, at the employee's answer.",
        one_call.holds_17,
        "calls in which both answer",
        _both_answered,
    ),
    _one(
        18,
        "Every moment follows from the case: dialing, answers, failures, the release and whoever "
        "brings it, marks.",
        one_call.holds_18,
    ),
    _one(
        19,
        "Of all that is possible and due in a millisecond the first in the order happens; nothing "
        "due earlier is left waiting.",
        one_call.holds_19,
        "calls in which two things coincide",
        _coincides,
    ),
    _one(
        20,
        "What is told as documented is what the source says, and what we infer is told as "
        "inferred.",
        one_call.holds_20,
    ),
)
