"""A fixed set of cases in which nearly everything coincides: what mutants are tried on.

Small whole numbers, so that two things fall into one millisecond in most of them; the same cases in
every run. Some are a thousand times longer, so that DTMF marks fall among the other moments.
"""

from __future__ import annotations

from random import Random

from callflow.api.request import Message, Request
from callflow.call.case import Case, People, PerParty, Person, Reaction, Scenario
from callflow.words import Configuration, MessageType, Party, ShowDuringCall, configurations

_EACH = 80
_FAILS = (Reaction.BUSY, Reaction.REJECTS, Reaction.UNAVAILABLE, Reaction.NO_ANSWER)


def _case(random: Random, configuration: Configuration) -> Case:
    scale = random.choice([1, 1, 1000])

    def length(least: int = 0) -> int:
        return scale * max(least, random.choice([0, 0, 1, 1, 2, 2, 3, 4]))

    def person() -> Person:
        reaction = Reaction.ANSWERS if random.random() < 0.8 else random.choice(_FAILS)
        gone = length() if reaction is Reaction.ANSWERS and random.random() < 0.4 else None
        after = None if reaction is Reaction.NO_ANSWER else length()
        return Person(reaction=reaction, after=after, hangs_up_after=gone)

    def message(*, there: bool, types: tuple[MessageType, ...]) -> Message | None:
        return Message(type=random.choice(types), value="237") if there else None

    switch: bool | None = configuration.switch_at_once
    types = (MessageType.MEDIA,) if switch else tuple(MessageType)
    spoken = message(there=configuration.contact_message, types=types)
    if spoken is not None and spoken.type is MessageType.TTS:
        switch = random.choice([True, False, None])
    return Case(
        request=Request(
            virtual_phone_number="74993720692",
            contact="79260000000",
            first_call=configuration.first_call,
            switch_at_once=switch,
            contact_message=spoken,
            dtmf_string=random.choice([None, "1", ".1", "1.2..3", ".12.1..4", "..", "1.*."]),
        ),
        scenario=Scenario(
            employee_message=message(
                there=configuration.employee_message, types=tuple(MessageType)
            ),
            show_during_call=random.choice([None, *ShowDuringCall]),
        ),
        people=People(
            contact=person(),
            employee=person(),
            conversation=length(1),
            ended_by=random.choice([None, *Party]),
        ),
        messages=PerParty(contact=length(1), employee=length(1)),
        ring_timeout=PerParty(
            contact=random.choice([None, None, length(1)]),
            employee=random.choice([None, None, length(1)]),
        ),
    )


def _pool() -> dict[Configuration, tuple[Case, ...]]:
    random = Random(20)
    return {
        configuration: tuple(_case(random, configuration) for _ in range(_EACH))
        for configuration in configurations()
    }


#: Some hundred cases, by configuration.
POOL = _pool()
EVERY = tuple(case for cases in POOL.values() for case in cases)
