"""Rows that make no table are refused, and the error names them."""

from __future__ import annotations

import pytest
from attrs import evolve

from callflow.choreography import RULES, SIMULTANEOUS
from callflow.clauses import CF4, EF2, FC
from callflow.errors import TableError
from callflow.table import (
    CE,
    C,
    E,
    always,
    anything,
    check,
    cm,
    contact_first,
    dialing,
    dialing_music,
    em,
    employee_first,
    idle,
    message,
    released,
    rule,
    specialise,
    sw,
    waiting,
)
from callflow.words import Event, LegState, State, configurations


def _find(source, event):
    return next(row for row in RULES if str(row.source) == source and row.event == event)


def _without(row):
    return tuple(each for each in RULES if each is not row)


def _instead(row, **changes):
    return tuple(evolve(each, **changes) if each is row else each for each in RULES)


def _refused(rows, order=SIMULTANEOUS):
    with pytest.raises(TableError) as refused:
        check(rows, order)
    return refused.value


@pytest.mark.parametrize("row", RULES, ids=lambda row: row.name)
def test_a_missing_row_is_named_by_state_and_event(row):
    """An event that is possible in a state and has no rule is named with both."""
    text = str(_refused(_without(row)))
    assert f"no rule for {row.event}" in text
    state = text.partition(f"{row.event} in ")[2].split()[0]
    legs = State(*(LegState(leg) for leg in state.split("/")))
    assert row.source.matches(legs)


def test_two_rows_for_one_event_are_refused_and_both_are_named():
    """A state and an event with two rules: the error names both rows."""
    rival = rule(
        idle / message, Event.EMPLOYEE_MESSAGE_ENDED, always, dialing / dialing_music, CE(EF2)
    )
    refused = _refused((*RULES, rival))
    rows = (_find("idle/message", "employee_message_ended"), rival)
    assert refused.rules == rows
    assert "2 rules for employee_message_ended in idle/message" in str(refused)
    for row in rows:
        assert str(row) in str(refused)


@pytest.mark.parametrize("row", RULES, ids=lambda row: row.name)
def test_the_same_row_twice_is_ambiguous(row):
    """A row given twice is ambiguous, too."""
    copy = evolve(row)
    refused = _refused((*RULES, copy))
    assert set(refused.rules) == {row, copy}


def test_a_cycle_is_refused_and_its_way_is_told():
    """A call must not come to a state twice: the error tells the way round."""
    row = _find("message/dialing_music", "contact_message_ended")
    back = State(LegState.DIALING, LegState.DIALING_MUSIC)
    text = str(_refused(_instead(row, target=back, employee=(CF4,))))
    assert "dialing/dialing_music -> message/dialing_music -> dialing/dialing_music" in text


def test_a_rule_that_stays_where_it_is_is_a_cycle():
    """Also a rule that leads back to its own state is one."""
    row = _find("message/dialing", "contact_message_ended")
    stay = State(LegState.MESSAGE, LegState.DIALING)
    assert "message/dialing -> message/dialing" in str(_refused(_instead(row, target=stay)))


@pytest.mark.parametrize(
    "state",
    [
        State(LegState.IDLE, LegState.RELEASED),
        State(LegState.RELEASED, LegState.IDLE),
    ],
    ids=str,
)
def test_a_dead_end_is_refused_and_named(state):
    """Where nothing can happen and the call is not over, the state is named."""
    row = _find("idle/message", "employee_message_ended")
    text = str(_refused(_instead(row, target=state, contact=(FC,), employee=(FC,))))
    assert f"{state} is a dead end" in text


def test_a_change_that_no_clause_explains_is_refused_and_the_row_is_named():
    """A leg that changes needs a clause that says why."""
    row = _find("message/message", "contact_message_ended")
    refused = _refused(_instead(row, contact=None))
    assert "no clause says why the contact's leg changes in message/message" in str(refused)
    assert [each.name for each in refused.rules] == [row.name]


@pytest.mark.parametrize(
    "unused",
    [
        rule(message / idle, Event.CONTACT_HUNG_UP, sw & ~sw, released / released, CE(FC)),
        rule(released / released, Event.START, always, idle / dialing, CE(FC)),
        rule(idle / idle, Event.CONTACT_ANSWERED, always, message / dialing, CE(FC)),
        rule(dialing_music / message, Event.CONTACT_HUNG_UP, employee_first, idle / idle, CE(FC)),
        rule(idle / message, Event.EMPLOYEE_HUNG_UP, contact_first, idle / idle, CE(FC)),
    ],
    ids=str,
)
def test_a_row_that_no_call_comes_to_is_refused_and_named(unused):
    """A rule that no configuration ever uses is named."""
    refused = _refused((*RULES, unused))
    assert "no call ever comes to" in str(refused)
    assert str(unused) in str(refused)
    assert refused.rules == (unused,)


@pytest.mark.parametrize(
    "order", [SIMULTANEOUS[1:], (*SIMULTANEOUS, Event.START), (*SIMULTANEOUS[:-1], Event.START)]
)
def test_an_order_that_does_not_name_every_event_once_is_refused(order):
    """The order of simultaneous events names every event once."""
    assert "every event once" in str(_refused(RULES, order))


def test_one_configuration_can_be_specialised_by_itself():
    """What is refused is refused for one configuration as well."""
    with pytest.raises(TableError, match="no rule for start in idle/idle"):
        specialise((), configurations()[0], SIMULTANEOUS)


def test_a_row_leads_to_one_state():
    """A target of several states is refused when the row is written."""
    with pytest.raises(TableError, match="more than one state"):
        rule(idle / dialing, Event.EMPLOYEE_ANSWERED, em, waiting / anything, C(FC))


@pytest.mark.parametrize("because", [(C(FC), CE(EF2)), (E(),)])
def test_a_leg_has_one_list_of_clauses(because):
    """Clauses given twice for a leg, and an empty list, are refused when the row is written."""
    with pytest.raises(TableError, match="no single list"):
        rule(idle / dialing, Event.EMPLOYEE_ANSWERED, em, idle / message, *because)


def test_only_a_single_fact_can_be_negated():
    """A condition of two facts has no single opposite."""
    with pytest.raises(TypeError, match="single fact"):
        ~(cm & sw)
