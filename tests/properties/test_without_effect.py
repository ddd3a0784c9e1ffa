"""Parameters without effect, both ways: what is said to change nothing does, all else something.

A row of that table is a fact of request and scenario, not of what people do. So every combination
of what can be sent and set is tried against a fixed crowd of people: where a row applies, no value
of the parameter changes what anybody lives through; where none applies, some call differs.
"""

from __future__ import annotations

from itertools import product

import pytest
from attrs import evolve

from callflow.api.request import Message, Request
from callflow.call.case import Case, PerParty, Scenario
from callflow.call.simulator import simulate
from callflow.verify.properties.one_call import ids
from callflow.words import Direction, MessageType, Party
from tests.properties.pool import POOL

#: The table, written once more: path, when, clauses (G17 follows EF and CF outside the premise).
ROWS = (
    ("request.direction", lambda _: True, ("G14",)),
    ("request.external_id", lambda _: True, ("EXT",)),
    ("request.show_virtual_phone_number", lambda _: True, ("G16",)),
    ("request.switch_at_once", lambda is_: is_["tts"], ("TTS", "G18")),
    ("request.switch_at_once", lambda is_: is_["employee first"] and not is_["cm"], ("G2",)),
    (
        "request.switch_at_once",
        lambda is_: not is_["employee first"] and not is_["cm"] and not is_["em"],
        ("G8",),
    ),
    (
        "request.contact_message",
        lambda is_: is_["employee first"] and is_["cm"] and is_["sw"],
        ("EF4",),
    ),
    (
        "scenario.employee_message",
        lambda is_: not is_["employee first"] and is_["em"] and is_["sw"],
        ("G6",),
    ),
    ("request.dtmf_string", lambda is_: not is_["digits"], ("DTMF",)),
)

MEDIA = Message(type=MessageType.MEDIA, value="237")
SPOKEN = Message(type=MessageType.TTS, value="Hello")
BARE = Request(virtual_phone_number="74993720692", contact="79260000000", first_call=Party.CONTACT)
PEOPLE = [case for cases in POOL.values() for case in cases[:12]]

SETTINGS = list(
    product(
        Party, (None, False, True), (None, MEDIA, SPOKEN), (None, MEDIA, SPOKEN), (None, "..", ".1")
    )
)


def _named(settings):
    return "-".join(getattr(each, "type", str(each)) for each in settings)


def _case(first_call, switch, contact_message, employee_message, dtmf_string):
    request = evolve(
        BARE,
        first_call=first_call,
        switch_at_once=switch,
        contact_message=contact_message,
        dtmf_string=dtmf_string,
        direction=Direction.OUT,
        external_id="42",
        show_virtual_phone_number=False,
    )
    return Case(request=request, scenario=Scenario(employee_message=employee_message))


def _is(case):
    message = case.request.contact_message
    spoken = message is not None and message.type is MessageType.TTS
    return {
        "employee first": case.request.first_call is Party.EMPLOYEE,
        "tts": spoken,
        "cm": message is not None,
        "em": case.scenario.employee_message is not None,
        "sw": case.request.switch_at_once is True and not spoken,
        "digits": bool((case.request.dtmf_string or "").replace(".", "")),
    }


def _sent(case):
    """The parameters that were sent or set, with their values."""
    given = {
        f"request.{name}": getattr(case.request, name)
        for name in (
            "direction", "external_id", "show_virtual_phone_number", "switch_at_once",
            "contact_message", "dtmf_string",
        )
    }  # fmt: skip
    given["scenario.employee_message"] = case.scenario.employee_message
    return {path: value for path, value in given.items() if value is not None}


def _lengthened(case, party):
    other = PerParty(**{party.value: (case.messages.of(party) or 10_000) + 3})
    return evolve(case, messages=evolve(case.messages, **{party.value: other.of(party)}))


def _others(case, path):
    """The case with every other value of one parameter, people as they are."""
    request, name = case.request, path.rpartition(".")[2]
    if path == "request.contact_message":
        return [_lengthened(case, Party.CONTACT), evolve(case, request=_with(request, name, None))]
    if path == "scenario.employee_message":
        none = evolve(case.scenario, employee_message=None)
        return [_lengthened(case, Party.EMPLOYEE), evolve(case, scenario=none)]
    values = {
        "direction": [None, Direction.IN],
        "external_id": [None, "43"],
        "show_virtual_phone_number": [None, True],
        "switch_at_once": [None, False, True],
        # Without digits, as long as there are none; with digits, others.
        "dtmf_string": [None, "", "."] if not _is(case)["digits"] else [None, "1"],
    }[name]
    return [evolve(case, request=_with(request, name, value)) for value in values]


def _with(request, name, value):
    return evolve(request, **{name: value})


def _lived(case):
    """A segment's times and state, marks, caller numbers and the outcome: no clauses."""
    timeline = simulate(case)
    legs = tuple(
        (
            leg.caller_id and leg.caller_id.number,
            tuple((s.start, s.end, s.state) for s in leg.segments),
        )
        for leg in (timeline.contact, timeline.employee)
    )
    return legs, tuple((m.at, m.digits, m.sent) for m in timeline.dtmf), timeline.outcome


def _among(people, case):
    """The case with what these people do."""
    return evolve(
        case, people=people.people, messages=people.messages, ring_timeout=people.ring_timeout
    )


@pytest.mark.parametrize("settings", SETTINGS, ids=_named)
def test_a_parameter_has_no_effect_exactly_where_a_row_says_so(settings):
    """Where a row applies no value changes any call; where none applies, some call differs."""
    static = _case(*settings)
    applying = {path for path, when, _ in ROWS if when(_is(static))}
    for path in _sent(static):
        differs = any(
            _lived(_among(people, other)) != _lived(_among(people, static))
            for people in PEOPLE
            for other in _others(static, path)
        )
        assert differs is (path not in applying), path


@pytest.mark.parametrize("settings", SETTINGS, ids=_named)
def test_the_timeline_tells_the_rows_that_apply_to_what_was_sent(settings):
    """The rows are told in their order, with clauses, for parameters that were sent or set."""
    static = _case(*settings)
    is_, sent = _is(static), _sent(static)
    stamped = ("G17",) if not (is_["cm"] and is_["em"]) else ()
    assert [(entry.path, ids(entry.clauses)) for entry in simulate(static).no_effect] == [
        (path, clauses + (stamped if clauses[0][:2] in ("EF", "CF") else ()))
        for path, when, clauses in ROWS
        if when(is_) and path in sent
    ]


def test_nothing_is_told_of_parameters_that_were_not_sent():
    """What was left out cannot surprise: no row is told for it."""
    assert simulate(Case(request=BARE)).no_effect == ()
