"""What a call is about in a few words: a sentence for people, and the name of a file.

Both are made of the same phrases, and of the call alone: the same call is called the same in every
suite, and no two ways through the table share a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..table import Edge
from ..words import HUNG_UP, UNREACHED, Configuration, Event, LegState, Party, Reason


class Phrase(NamedTuple):
    """The same thing in the name of a file and in a sentence."""

    slug: str
    said: str


_REASONS = {
    Reason.BUSY: Phrase("busy", "is busy"),
    Reason.REJECTED: Phrase("rejects", "rejects the call"),
    Reason.NO_ANSWER: Phrase("no-answer", "does not answer"),
    Reason.UNAVAILABLE: Phrase("unavailable", "is unavailable"),
}


class About(NamedTuple):
    """What a call is about.

    Attributes:
        setting: how the request and the scenario are.
        happens: what tells the call from others of this setting, in order.
    """

    setting: tuple[Phrase, ...]
    happens: tuple[Phrase, ...]

    @property
    def slug(self) -> str:
        """A file's name without its ending."""
        return "-".join(phrase.slug for phrase in (*self.setting, *self.happens) if phrase.slug)

    @property
    def sentence(self) -> str:
        """One line for people."""
        told = ", ".join(phrase.said for phrase in (*self.setting, *self.happens))
        return told[0].upper() + told[1:]


def about(configuration: Configuration, edges: Sequence[Edge], reason: Reason | None) -> About:
    """What a call is about, from its configuration, its steps, and why a party was not reached."""
    return About((*_setting(configuration),), (*_on_the_way(edges), _ending(edges[-1], reason)))


def _setting(configuration: Configuration) -> Iterator[Phrase]:
    first = configuration.first_call
    yield Phrase(f"{first}-first", f"{first} first")
    if configuration.switch_at_once:
        yield Phrase("switch-on", "switch on")
    else:
        yield Phrase("", "switch off")
    yield {
        (True, True): Phrase("both-messages", "both messages"),
        (True, False): Phrase("contact-message", "a message to the contact"),
        (False, True): Phrase("employee-message", "a message to the employee"),
        (False, False): Phrase("no-message", "no message"),
    }[configuration.contact_message, configuration.employee_message]


def _on_the_way(edges: Sequence[Edge]) -> Iterator[Phrase]:
    """Where calls of one setting part before their end: who is done first."""
    for edge in edges:
        both_listen = edge.source.contact is edge.source.employee is LegState.MESSAGE
        if edge.event is Event.CONTACT_MESSAGE_ENDED:
            if edge.source.employee is LegState.DIALING:
                yield Phrase("slow-employee", "the employee's phone rings past the message")
            elif both_listen:
                yield Phrase("contact-done-first", "the contact's ends first")
        elif edge.event is Event.EMPLOYEE_MESSAGE_ENDED and both_listen:
            yield Phrase("employee-done-first", "the employee's ends first")


def _ending(last: Edge, reason: Reason | None) -> Phrase:
    party = last.event.party
    if party is None:
        return Phrase("talk", "they talk")
    if last.event is UNREACHED[party]:
        why = _REASONS[Reason.NO_ANSWER if reason is None else reason]
        return Phrase(f"{party}-{why.slug}", f"the {party} {why.said}")
    assert last.event is HUNG_UP[party]  # noqa: S101 - nothing else ends a call
    where = _where(party, last)
    return Phrase(f"{party}-hangs-up-{where.slug}", f"the {party} hangs up {where.said}")


def _where(party: Party, last: Edge) -> Phrase:
    own, other = last.source.leg(party), last.source.leg(party.other)
    if own is LegState.CONVERSATION:
        return Phrase("talking", "while they talk")
    if other is LegState.DIALING:
        return Phrase(f"while-{party.other}-rings", f"while the {party.other}'s phone rings")
    if own is LegState.MESSAGE:
        return Phrase("in-message", "during the message")
    return Phrase("on-music", "on dialing music")
