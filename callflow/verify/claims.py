"""What a sentence says of a path, as bounds on the differences of its moments.

On a path all but the times is known: who is dialed, what is heard and in which order. So a sentence
comes to demands on differences of moments: how long a stretch lasts, which of two things is first.
A `Claim` holds them twice: the ways in which the sentence is true, and those in which it is not.
Together with the zone of the path's times (`clocks`) that decides it for all times at once.

Each row of `sentences` has its claim here. What no time changes (caller numbers, effects of
parameters) is asked of a timeline. The module works out no time and no path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from attrs import frozen

from ..call.case import Case
from ..call.plan import ENDED_BY
from ..call.timeline import Timeline, dtmf_marks
from ..units import Milliseconds
from ..words import ANSWERED, HUNG_UP, UNREACHED, Event, LegState, Outcome, Party
from .answers import Occasion, Order
from .answers.occasions import ENTERS, HAPPENS
from .bounds import Bound, at_least
from .grammar import Sentence
from .paths import Path
from .sentences import ask

#: A moment: the place of a step, or the clock, by its name, that runs out then.
Moment = int | str


class Difference(NamedTuple):
    """A demand: ``later - earlier`` lies from ``low`` to ``high``; None: no limit there."""

    earlier: Moment
    later: Moment
    low: Milliseconds | None
    high: Milliseconds | None


#: Demands that are fulfilled together.
Way = tuple[Difference, ...]


@frozen
class Claim:
    """What is true of a path's times or not.

    Attributes:
        holds: the ways in which it is true; one of them is enough. None of them: never.
        fails: the ways in which it is not.
    """

    holds: tuple[Way, ...]
    fails: tuple[Way, ...]

    def __and__(self, other: Claim) -> Claim:
        together = tuple(one + two for one in self.holds for two in other.holds)
        return Claim(together, (*self.fails, *other.fails))

    def __invert__(self) -> Claim:
        return Claim(self.fails, self.holds)


ALWAYS = Claim(((),), ())
NEVER = ~ALWAYS


def _if(true: bool) -> Claim:
    return ALWAYS if true else NEVER


def _within(earlier: Moment, later: Moment, bound: Bound) -> Claim:
    """That the later moment follows the earlier one by so much."""
    fails: list[Way] = []
    if bound.low is not None:
        fails.append((Difference(earlier, later, None, bound.low - 1),))
    if bound.high is not None:
        fails.append((Difference(earlier, later, bound.high + 1, None),))
    return Claim(((Difference(earlier, later, *bound),),), tuple(fails))


_AT_ALL = at_least(1)


@frozen
class Said:
    """A sentence about one path.

    Attributes:
        claim: when it is true.
        arises: when something that happened decides it; else it is true or false because nothing
            did.
    """

    claim: Claim
    arises: Claim


def said(sentence: Sentence, path: Path, case: Case) -> Said:
    """What a sentence says of the calls that take a path.

    Args:
        case: request, scenario and who ends a conversation; its times do not count.
    """
    teller = _Teller(path, case, sentence)
    return _BY_PATTERN[sentence.pattern](teller, *sentence.values)


class Stretch(NamedTuple):
    """The steps between which a leg is in a state."""

    enter: int
    leave: int


@frozen
class _Teller:
    """Says of one path what its moments are. Each method that returns `Said` is a pattern."""

    path: Path
    case: Case
    sentence: Sentence

    # ------------------------------------------------------------------------- what there is on it

    @property
    def last(self) -> int:
        return len(self.path.edges) - 1

    def stretch(self, party: Party, state: LegState) -> Stretch | None:
        """When a party is in a state; None: never. No leg comes back to one."""
        legs = [edge.target.leg(party) for edge in self.path.edges]
        if state not in legs:
            return None
        enter = legs.index(state)
        return Stretch(enter, next(n for n in range(enter, len(legs)) if legs[n] is not state))

    def lasts(self, party: Party, state: LegState) -> Claim:
        """That a party is in a state, be it a millisecond."""
        found = self.stretch(party, state)
        return NEVER if found is None else _within(*found, _AT_ALL)

    @property
    def talk(self) -> Claim:
        """That there is a conversation."""
        return self.lasts(Party.CONTACT, LegState.CONVERSATION)

    def happens(self, event: Event) -> bool:
        return self.path.place(event) is not None

    def dialed(self, party: Party) -> bool:
        return self.stretch(party, LegState.DIALING) is not None

    def occurs(self, occasion: Occasion) -> tuple[int, Claim] | None:
        """The step in which something happens, and when it does; None: in no call of this path."""
        if occasion is Occasion.CALL_ENDS:
            return self.last, ALWAYS
        if occasion in (Occasion.CONVERSATION_BEGINS, Occasion.CONVERSATION_ENDS):
            found = self.stretch(Party.CONTACT, LegState.CONVERSATION)
            begins = occasion is Occasion.CONVERSATION_BEGINS
            return found and (found.enter if begins else found.leave, self.talk)
        if occasion in HAPPENS:
            place = self.path.place(HAPPENS[occasion])
            return None if place is None else (place, ALWAYS)
        if occasion in ENTERS:
            party, state = ENTERS[occasion]
            found = self.stretch(party, state)
            if state is LegState.DIALING:
                return found and (found.enter, ALWAYS)
            return found and (found.enter, self.lasts(party, state))
        return (self.last, ALWAYS) if self.ended_by is occasion.party else None

    @property
    def ended_by(self) -> Party | None:
        event = self.path.edges[-1].event
        if event is Event.CONVERSATION_ENDED:
            return self.case.people.ended_by or ENDED_BY
        return event.party if event in HUNG_UP.values() else None

    # ------------------------------------------------------------------------------ what is heard

    def hears_for(self, party: Party, state: LegState, bound: Bound) -> Said:
        found = self.stretch(party, state)
        if found is None:
            return Said(_if(bound.holds(0)), NEVER)
        return Said(_within(*found, bound), self.lasts(party, state))

    def hears(self, party: Party, state: LegState) -> Said:
        """Put to the test where the party could have heard it: on the line, or called at all."""
        there = self.happens(ANSWERED[party]) or state is LegState.DIALING
        return Said(self.hears_for(party, state, _AT_ALL).claim, _if(there))

    def never_hears(self, party: Party, state: LegState) -> Said:
        heard = self.hears(party, state)
        return Said(~heard.claim, heard.arises)

    def hears_whole_message(self, party: Party) -> Said:
        found = self.stretch(party, LegState.MESSAGE)
        if found is None or self.case.message(party) is None:
            return Said(NEVER, NEVER)
        whole = _within(found.leave, f"messages.{party}", Bound(0, 0))
        return Said(whole, self.lasts(party, LegState.MESSAGE))

    def waits(self, party: Party, bound: Bound) -> Said:
        answer = self.path.place(ANSWERED[party])
        if answer is None:
            return Said(NEVER, NEVER)
        found = self.stretch(Party.CONTACT, LegState.CONVERSATION)
        ready = found.enter if found else self.last
        return Said(_within(answer, ready, bound), ALWAYS)

    def conversation_lasts(self, bound: Bound) -> Said:
        return self.hears_for(Party.CONTACT, LegState.CONVERSATION, bound)

    # ------------------------------------------------------------------------------ when, and order

    def call_lasts(self, bound: Bound) -> Said:
        return Said(_within(0, self.last, bound), ALWAYS)

    def happens_at(self, occasion: Occasion, bound: Bound) -> Said:
        found = self.occurs(occasion)
        if found is None:
            return Said(NEVER, NEVER)
        place, when = found
        return Said(when & _within(0, place, bound), when)

    def happens_beside(self, occasion: Occasion, order: Order, limit: Milliseconds) -> Said:
        before = order is Order.BEFORE
        bound = Bound(None, limit - 1) if before else Bound(limit + 1, None)
        return self.happens_at(occasion, bound)

    def happens_in_order(self, occasion: Occasion, order: Order, other: Occasion) -> Said:
        found, second = self.occurs(occasion), self.occurs(other)
        if found is None or second is None:
            return Said(NEVER, NEVER)
        both = found[1] & second[1]
        return Said(both & _within(found[0], second[0], _APART[order]), both)

    def dialed_in_order(self, party: Party, order: Order, other: Party) -> Said:
        if order is Order.BEFORE and self.dialed(party) and not self.dialed(other):
            return Said(ALWAYS, ALWAYS)
        return self.happens_in_order(_DIALED[party], order, _DIALED[other])

    def occasion(self, occasion: Occasion) -> Said:
        found = self.occurs(occasion)
        return Said(NEVER if found is None else found[1], _if(self.could(occasion)))

    def never(self, occasion: Occasion) -> Said:
        return Said(~self.occasion(occasion).claim, _if(self.could(occasion)))

    def could(self, occasion: Occasion) -> bool:
        """Whether something could have happened: whoever was there could have done it."""
        party = occasion.party
        if occasion in (*_DIALED.values(), Occasion.CALL_ENDS):
            return True
        if party is None:
            return all(self.happens(ANSWERED[one]) for one in Party)
        if occasion in HAPPENS and HAPPENS[occasion] in (ANSWERED[party], UNREACHED[party]):
            return self.dialed(party)
        return self.happens(ANSWERED[party])

    # ------------------------------------------------------------------------- outcome and settings

    def outcome_is(self, outcome: Outcome) -> Said:
        missed = {UNREACHED[Party.CONTACT]: Outcome.CONTACT_NOT_REACHED}
        missed[UNREACHED[Party.EMPLOYEE]] = Outcome.EMPLOYEE_NOT_REACHED
        if outcome is Outcome.CONVERSATION:
            return Said(self.talk, ALWAYS)
        without = missed.get(self.path.edges[-1].event, Outcome.ABANDONED)
        return Said(~self.talk & _if(without is outcome), ALWAYS)

    def outcome_is_not(self, outcome: Outcome) -> Said:
        return Said(~self.outcome_is(outcome).claim, ALWAYS)

    def asked(self) -> Claim:
        """What no time changes: asked of any call of this path."""
        times = self.path.least() or ()
        timeline = Timeline(self.case, tuple(zip(times, self.path.edges, strict=True)))
        return _if(ask(self.sentence, timeline).holds)

    def sees_caller(self, party: Party, _number: str) -> Said:
        return Said(self.asked(), _if(self.dialed(party)))

    def has_effect(self, _parameter: str) -> Said:
        return Said(self.asked(), ALWAYS)

    # -------------------------------------------------------------------------------------- marks

    def mark(self, place: int, digits: str) -> tuple[int, Milliseconds] | None:
        """The contact's answer and how long after it a mark is due; None: it never is."""
        answer = self.path.place(Event.CONTACT_ANSWERED)
        waits = [wait for wait, one in dtmf_marks(self.case.request.dtmf_string) if one == digits]
        return None if answer is None or place > len(waits) else (answer, waits[place - 1])

    def mark_is_sent(self, place: int, digits: str) -> Said:
        found = self.mark(place, digits)
        if found is None:
            return Said(NEVER, NEVER)
        answer, wait = found
        return Said(_within(answer, self.last, at_least(wait + 1)), ALWAYS)

    def mark_is_sent_at(self, place: int, digits: str, bound: Bound) -> Said:
        found = self.mark(place, digits)
        if found is None:
            return Said(NEVER, NEVER)
        answer, wait = found
        low, high = (None if limit is None else limit - wait for limit in bound)
        sent = self.mark_is_sent(place, digits)
        return Said(sent.claim & _within(0, answer, Bound(low, high)), ALWAYS)

    def mark_is_not_sent(self, place: int, digits: str) -> Said:
        """Of a mark that ``dtmf_string`` has; that the contact never answers makes it true."""
        there = [one for _, one in dtmf_marks(self.case.request.dtmf_string) if one == digits]
        if place > len(there):
            return Said(NEVER, NEVER)
        sent = self.mark_is_sent(place, digits)
        return Said(~sent.claim, sent.arises)

    def first_mark_is_sent_at(self, digits: str, bound: Bound) -> Said:
        return self.mark_is_sent_at(1, digits, bound)

    def first_mark_is_sent(self, digits: str) -> Said:
        return self.mark_is_sent(1, digits)

    def first_mark_is_not_sent(self, digits: str) -> Said:
        return self.mark_is_not_sent(1, digits)


_DIALED = {
    Party.CONTACT: Occasion.CONTACT_IS_DIALED,
    Party.EMPLOYEE: Occasion.EMPLOYEE_IS_DIALED,
}
#: By how much the second of two things is later than the first.
_APART = {
    Order.WHEN: Bound(0, 0),
    Order.BEFORE: Bound(1, None),
    Order.AFTER: Bound(None, -1),
}

_BY_PATTERN: dict[str, Callable[..., Said]] = {
    "{party} hears {state} for {length}": _Teller.hears_for,
    "{party} hears {state}": _Teller.hears,
    "{party} never hears {state}": _Teller.never_hears,
    "{party} hears the whole message": _Teller.hears_whole_message,
    "{party} waits {length}": _Teller.waits,
    "conversation lasts {length}": _Teller.conversation_lasts,
    "call lasts {length}": _Teller.call_lasts,
    "{occasion} at {time}": _Teller.happens_at,
    "{occasion} {before} {seconds}": _Teller.happens_beside,
    "{occasion} {order} {occasion}": _Teller.happens_in_order,
    "{party} is dialed {before} {party}": _Teller.dialed_in_order,
    "{occasion}": _Teller.occasion,
    "{never}": _Teller.never,
    "outcome is {outcome}": _Teller.outcome_is,
    "outcome is not {outcome}": _Teller.outcome_is_not,
    "{party} sees caller {number}": _Teller.sees_caller,
    "dtmf {digits} is sent at {time}": _Teller.first_mark_is_sent_at,
    "{ordinal} dtmf {digits} is sent at {time}": _Teller.mark_is_sent_at,
    "dtmf {digits} is sent": _Teller.first_mark_is_sent,
    "{ordinal} dtmf {digits} is sent": _Teller.mark_is_sent,
    "dtmf {digits} is not sent": _Teller.first_mark_is_not_sent,
    "{ordinal} dtmf {digits} is not sent": _Teller.mark_is_not_sent,
    "{parameter} has an effect": _Teller.has_effect,
    "{parameter} has no effect": _Teller.has_effect,
}

#: Patterns that ask what no time and no path changes, or what a request has to name.
ABOUT_NUMBERS = "{party} sees caller {number}"
ABOUT_EFFECTS = ("{parameter} has an effect", "{parameter} has no effect")


def marks_asked(sentence: Sentence) -> tuple[int, str] | None:
    """Which mark a sentence is about, as place among equal ones and digits; None: about none."""
    if "dtmf" not in sentence.pattern.split():
        return None
    values: Iterator[Any] = iter(sentence.values)
    place = next(values) if sentence.pattern.startswith("{ordinal}") else 1
    return place, next(values)
