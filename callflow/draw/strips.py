"""Many calls of one set-up, each as a strip: what is the same for a text and for a picture of them.

A strip is a call with what a reader compares it by. All strips stand on one axis, which shows
everything up to the last conversation's beginning or the last failure; conversations run out of it.
Whoever makes the calls hands them in; nothing is simulated here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from attrs import frozen

from ..call.plan import message_length, ring_timeout
from ..call.timeline import Timeline
from ..clauses import Clauses
from ..units import Milliseconds
from ..words import Outcome, Party
from . import wording
from .catalogue import later, say
from .deeds import OUTCOME, deed

#: So much of a conversation is worth seeing, if what is before it takes its time as well.
_TALK: Milliseconds = 13_000


@frozen(kw_only=True)
class Strip:
    """One call of several.

    Attributes:
        own: it is the call of the case as it stands.
        inferred: the inferred clauses that it rests on.
        settings: what makes it of the case, each ``PATH=VALUE``.
    """

    timeline: Timeline
    own: bool = False
    inferred: Clauses = ()
    settings: tuple[str, ...] = ()

    @property
    def deed(self) -> str:
        """What people do in it."""
        return deed(self.timeline)


@frozen(kw_only=True)
class Strips:
    """The calls of one set-up.

    Attributes:
        strips: those of one outcome beside each other; the own one first.
        barred: why something cannot be, and what people would do.
    """

    strips: tuple[Strip, ...]
    barred: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def own(self) -> Timeline:
        """The call of the case as it stands."""
        return self.strips[0].timeline

    @property
    def common(self) -> Clauses:
        """The inferred clauses that all of them rest on."""
        first, *others = [strip.inferred for strip in self.strips]
        return tuple(clause for clause in first if all(clause in other for other in others))

    def groups(self) -> Iterator[tuple[Outcome, list[tuple[int, Strip]]]]:
        """By outcome: the strips with their numbers, which start with 1."""
        numbered = enumerate(self.strips, 1)
        for outcome, group in groupby(numbered, key=lambda pair: pair[1].timeline.outcome):
            yield outcome, list(group)

    @property
    def shown(self) -> Milliseconds:
        """How much time the axis shows; conversations may last longer."""
        calls = [strip.timeline for strip in self.strips]
        longest = max(call.duration for call in calls)
        needed = max(
            call.duration if call.conversation is None else call.conversation.start
            for call in calls
        )
        talk = max(needed // 3, min(needed // 2, _TALK))
        return min(longest, needed + talk + 1) if needed else longest

    def title(self) -> str:
        """What the set-up is called."""
        return wording.title(self.own)

    def count(self) -> str:
        """How many ways there are."""
        count = len(self.strips)
        if count == 1:
            return say("One way in which this set-up can go")
        return say("{ways} in which this set-up can go", ways=wording.many(count, "way"))

    def missing(self) -> str:
        """How many more ways the machine has."""
        count = sum(len(deeds) for _, deeds in self.barred)
        return say("{ways} cannot be in this set-up", ways=wording.many(count, "more way"))

    def counts(self) -> str:
        """How many ways there are of each outcome."""
        counted = ((say(OUTCOME[outcome]), len(group)) for outcome, group in self.groups())
        return ", ".join(f"{name} {count}" for name, count in counted)

    def setup(self) -> str:
        """What is the same in all of them, in one line."""
        case = self.own.case
        configuration = case.configuration
        told = [
            say("{party} first", party=configuration.first_call),
            say("switch on") if configuration.switch_at_once else say("switch off"),
        ]
        for party in Party:
            length = message_length(case, party)
            if length is None:
                told.append(say("no message to the {party}", party=party))
            else:
                text = later("message to the {party} {length}")
                told.append(say(text, party=party, length=wording.length(length)))
        contact, employee = (wording.length(ring_timeout(case, party)) for party in Party)
        told.append(
            say(
                "phones ring at most {contact_rings} (contact) and {employee_rings} (employee)",
                contact_rings=contact,
                employee_rings=employee,
            )
        )
        return ", ".join(told)
