"""A case: everything that decides how a call goes: request, scenario, account, what people do.

Attributes carry whole milliseconds, None where the case leaves a thing out; the defaults stand in
`call.plan`, so that what was assumed can be told. Cases are values: equal when loaded equal,
whatever file they came from. The module knows no file format (`call.loading` does) and no rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from ..api.account import UNKNOWN, Account
from ..api.errors import RequestRefused
from ..api.request import Message, Request
from ..api.validation import account_faults
from ..units import Milliseconds
from ..words import Configuration, MessageType, Party, ShowDuringCall, configuration

if TYPE_CHECKING:
    from decimal import Decimal  # noqa: TC004 - a type here; its import costs 2 ms of the start


class Reaction(StrEnum):
    """What a person does when the phone rings."""

    ANSWERS = "answers"
    BUSY = "busy"
    REJECTS = "rejects"
    UNAVAILABLE = "unavailable"
    NO_ANSWER = "no_answer"


@frozen(kw_only=True)
class Person:
    """What one party does.

    Attributes:
        reaction: to the ringing phone; None: left out, answers.
        after: how long after being dialed; None: left out, or ``no_answer``.
        hangs_up_after: how long after the own answer; None: never by themselves.
    """

    reaction: Reaction | None = None
    after: Milliseconds | None = None
    hangs_up_after: Milliseconds | None = None


@frozen(kw_only=True)
class People:
    """What both parties do, and how long they talk; ``ended_by`` hangs up when that is over."""

    contact: Person = Person()
    employee: Person = Person()
    conversation: Milliseconds | None = None
    ended_by: Party | None = None

    def of(self, party: Party) -> Person:
        """What ``party`` does."""
        return self.contact if party == Party.CONTACT else self.employee


@frozen(kw_only=True)
class PerParty:
    """A length for each party, None where it is left out."""

    contact: Milliseconds | None = None
    employee: Milliseconds | None = None

    def of(self, party: Party) -> Milliseconds | None:
        """The length for ``party``."""
        return self.contact if party == Party.CONTACT else self.employee


@frozen(kw_only=True)
class Scenario:
    """The PBX scenario behind the virtual number; ``employee_message`` None: it has none."""

    employee_number: str | None = None
    employee_name: str | None = None
    employee_message: Message | None = None
    show_during_call: ShowDuringCall | None = None


@frozen(kw_only=True)
class Case:
    """The simulator's input.

    Attributes:
        messages: exact lengths of the two messages, overriding media and speech.
        characters_per_second: how fast a TTS text is read.
        expect: the expectations as they were written; the core keeps them unread. Read from a
            file, they are its part of the tree (`call.loading.tree`), with lines.

    Raises:
        RequestRefused: the API would refuse the request because of the account.
    """

    request: Request
    scenario: Scenario = Scenario()
    account: Account = UNKNOWN
    people: People = People()
    messages: PerParty = PerParty()
    ring_timeout: PerParty = PerParty()
    characters_per_second: Decimal | int | None = None
    name: str | None = None
    expect: Any = field(default=None, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        found = account_faults(self.request, self.account)
        first = next(found, None)
        if first is not None:
            problems = (error.problem() for error in (first, *found))
            raise RequestRefused(first, None, problems)

    @classmethod
    def checked(cls, **members: Any) -> Case:
        """The case of a request that the account is known to allow; every attribute is given."""
        case = object.__new__(cls)
        for name, value in members.items():
            object.__setattr__(case, name, value)
        return case

    @classmethod
    def from_dict(cls, mapping: Mapping[str, Any]) -> Case:
        """The case that a mapping describes, laid out as a case file; times in seconds.

        Raises:
            CaseError: the mapping is no case; holds every problem with its path.
            RequestRefused: the API would refuse the request.
        """
        from .loading import case_from_mapping

        return case_from_mapping(mapping)

    @property
    def configuration(self) -> Configuration:
        """The settings that choose the rules: here a TTS message takes the switch away."""
        request = self.request
        return configuration(
            employee_first=request.first_call is Party.EMPLOYEE,
            switch_at_once=request.switch_at_once is True and not self.tts,
            contact_message=request.contact_message is not None,
            employee_message=self.scenario.employee_message is not None,
        )

    @property
    def tts(self) -> bool:
        """Whether the contact's message is a text for speech synthesis (clause TTS)."""
        return is_tts(self.request.contact_message)

    def message(self, party: Party) -> Message | None:
        """The message that is set for ``party``."""
        if party == Party.CONTACT:
            return self.request.contact_message
        return self.scenario.employee_message


def is_tts(message: Message | None) -> bool:
    """Whether a message is a text for speech synthesis."""
    return message is not None and message.type is MessageType.TTS
