"""Hypothesis strategies: cases with all that is in them, and sentences that expect something.

=============  =======================================================================
``calls``      what decides how a call goes: request, scenario, account, people
``sentences``  what can be expected of a call, drawn from the patterns of sentences
=============  =======================================================================

They are made for people who test what they build on callflow, and callflow's own laws are tested
with them. Nothing here knows a rule of the choreography.

>>> from hypothesis import given
>>> from callflow.strategies import cases
>>> @given(cases())
... def test_every_call_ends(case):
...     assert simulate(case).steps[-1].target.contact == "released"
"""

try:
    import hypothesis  # noqa: F401
except ImportError as missing:  # pragma: no cover - the extra is there wherever tests run
    raise ImportError(
        "callflow.strategies needs Hypothesis; pip install 'callflow-simulator[testing]' brings it"
    ) from missing

from .calls import (
    accounts,
    cases,
    configurations,
    dtmf_strings,
    messages,
    people,
    requests,
    scenarios,
    times,
)
from .sentences import sentences

__all__ = [
    "accounts",
    "cases",
    "configurations",
    "dtmf_strings",
    "messages",
    "people",
    "requests",
    "scenarios",
    "sentences",
    "times",
]
