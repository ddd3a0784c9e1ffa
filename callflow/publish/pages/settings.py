"""Sets of configurations in words: ``employee first, switch off``, as short as they can be said."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product

from ...choreography import configurations
from ...draw.catalogue import say
from ...words import Configuration, Party

#: Of each setting its two values in words: who is first, switch, contact message, employee message.
_WORDS = (
    ("employee first", "contact first"),
    ("switch on", "switch off"),
    ("contact message", "no contact message"),
    ("employee message", "no employee message"),
)

#: Values of the four settings; None: either.
_Values = tuple[bool | None, ...]


def settings_told(chosen: Collection[Configuration]) -> str:
    """The configurations in few words: those that differ in one setting are told in one breath."""
    return "; ".join(map(_told, _cover({_values(one) for one in chosen})))


def setting_told(chosen: Configuration) -> str:
    """All four settings of one configuration."""
    return _told(_values(chosen))


def _values(one: Configuration) -> tuple[bool, ...]:
    return (
        one.first_call is Party.EMPLOYEE,
        one.switch_at_once,
        one.contact_message,
        one.employee_message,
    )


_EVERY = frozenset(_values(one) for one in configurations())


def _cover(wanted: set[tuple[bool, ...]]) -> Iterator[_Values]:
    """The fewest settings that mean exactly the wanted ones, the widest first."""
    inside = [
        (values, meant)
        for values in product((None, True, False), repeat=len(_WORDS))
        if (meant := frozenset(one for one in _EVERY if _means(values, one))) <= wanted
    ]
    left = set(wanted)
    while left:
        values, meant = max(inside, key=lambda choice: (len(choice[1] & left), len(choice[1])))
        yield values
        left -= meant


def _means(values: _Values, one: tuple[bool, ...]) -> bool:
    return all(value is None or value == had for value, had in zip(values, one, strict=True))


def _told(values: _Values) -> str:
    said = [
        say(on if value else off)
        for value, (on, off) in zip(values, _WORDS, strict=True)
        if value is not None
    ]
    return ", ".join(said) or say("any settings")
