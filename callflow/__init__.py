"""callflow: the choreography of ``start.vnumber_call`` made executable.

The public names, loaded when first used, so that importing the package costs nothing:

>>> from callflow import Case, simulate
>>> timeline = simulate(Case.from_dict({"request": {...}}))
>>> timeline.contact.hears("message")
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .api.account import Account, MediaFile
    from .api.errors import ApiError, RequestRefused
    from .api.request import Message, Request
    from .call.case import Case, People, PerParty, Person, Reaction, Scenario
    from .call.loading import case_to_dict, case_to_yaml, load_case
    from .call.session import CallSession
    from .call.simulator import simulate
    from .call.timeline import Leg, Mark, Segment, Step, Timeline
    from .choreography import possible_events, rules_for
    from .clauses import CLAUSES, Clause
    from .draw.notebook import Shell
    from .errors import (
        CallflowError,
        CaseError,
        ImpossibleEvent,
        Problem,
        TableError,
        UsageError,
    )
    from .machine import Machine, machine_for
    from .words import (
        Basis,
        Configuration,
        Direction,
        Event,
        LegState,
        MessageType,
        Outcome,
        Party,
        Reason,
        ShowDuringCall,
        State,
    )

_HOMES = {
    "api.account": ("Account", "MediaFile"),
    "api.errors": ("ApiError", "RequestRefused"),
    "api.request": ("Message", "Request"),
    "call.case": ("Case", "People", "PerParty", "Person", "Reaction", "Scenario"),
    "call.loading": ("case_to_dict", "case_to_yaml", "load_case"),
    "call.session": ("CallSession",),
    "call.simulator": ("simulate",),
    "call.timeline": ("Leg", "Mark", "Segment", "Step", "Timeline"),
    "choreography": ("possible_events", "rules_for"),
    "clauses": ("CLAUSES", "Clause"),
    "errors": (
        "CallflowError",
        "CaseError",
        "ImpossibleEvent",
        "Problem",
        "TableError",
        "UsageError",
    ),
    "machine": ("Machine", "machine_for"),
    "words": (
        "Basis",
        "Configuration",
        "Direction",
        "Event",
        "LegState",
        "MessageType",
        "Outcome",
        "Party",
        "Reason",
        "ShowDuringCall",
        "State",
    ),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__version__ = "0.1.0"
__all__ = [
    "CLAUSES",
    "Account",
    "ApiError",
    "Basis",
    "CallSession",
    "CallflowError",
    "Case",
    "CaseError",
    "Clause",
    "Configuration",
    "Direction",
    "Event",
    "ImpossibleEvent",
    "Leg",
    "LegState",
    "Machine",
    "Mark",
    "MediaFile",
    "Message",
    "MessageType",
    "Outcome",
    "Party",
    "People",
    "PerParty",
    "Person",
    "Problem",
    "Reaction",
    "Reason",
    "Request",
    "RequestRefused",
    "Scenario",
    "Segment",
    "ShowDuringCall",
    "State",
    "Step",
    "TableError",
    "Timeline",
    "UsageError",
    "__version__",
    "case_to_dict",
    "case_to_yaml",
    "load_case",
    "machine_for",
    "possible_events",
    "rules_for",
    "simulate",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        from .errors import not_there

        raise not_there(__name__, name, __all__)
    value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__


def load_ipython_extension(shell: Shell) -> None:
    """What ``%load_ext callflow`` calls: in this shell calls show themselves as pictures."""
    from .draw.notebook import register

    register(shell)


# A shell that runs already, as a notebook's does, needs no %load_ext. Without one this is a look
# into a dictionary; IPython is never imported from here.
_get_ipython = getattr(sys.modules.get("IPython"), "get_ipython", None)
_running = _get_ipython and _get_ipython()
if _running is not None:
    load_ipython_extension(_running)
