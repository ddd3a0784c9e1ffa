"""How telephones ring and tell that a line is busy, by country: a table that grows by a row.

Frequencies are whole hertz and lengths whole milliseconds. The rings are those of the public
telephone networks (ITU-T E.180, supplement 2); a row knows nothing of calls.
"""

from __future__ import annotations

from typing import NamedTuple

from ...errors import UsageError, either, nearest, printable
from ...units import Milliseconds


class Cadence(NamedTuple):
    """A tone that comes and goes, again and again.

    Attributes:
        hertz: what sounds together.
        pattern: how long it sounds, is silent, sounds, is silent ...
    """

    hertz: tuple[int, ...]
    pattern: tuple[Milliseconds, ...]


class Country(NamedTuple):
    """A country: how its telephones ring, and its busy tone."""

    name: str
    ringing: Cadence
    busy: Cadence


_ROWS = (
    Country("russia", Cadence((425,), (1000, 4000)), Cadence((425,), (350, 350))),
    Country("uk", Cadence((400, 450), (400, 200, 400, 2000)), Cadence((400,), (375, 375))),
    Country("us", Cadence((440, 480), (2000, 4000)), Cadence((480, 620), (500, 500))),
    Country("germany", Cadence((425,), (1000, 4000)), Cadence((425,), (480, 480))),
)

#: The countries by name; the first is taken where nobody asks for another.
COUNTRIES: dict[str, Country] = {row.name: row for row in _ROWS}

#: A party who is still there hears so many busy tones.
BUSY_TONES = 4


def country_of(name: str) -> Country:
    """The country of that name.

    Raises:
        UsageError: the table has none.
    """
    if name in COUNTRIES:
        return COUNTRIES[name]
    near = nearest(name, COUNTRIES)
    raise UsageError(
        f"telephones ring as in {either([*COUNTRIES])}, not as in {printable(name)}"
        + (f"; did you mean {near}?" if near else "")
    )


def busy_length(country: Country) -> Milliseconds:
    """How long the busy tone is heard: whole tones, and no pause behind the last."""
    pattern = country.busy.pattern
    return BUSY_TONES * sum(pattern) - pattern[-1]
