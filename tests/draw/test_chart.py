"""A machine as plain drawing data, held against the table that it comes from."""

import pytest

from callflow.choreography import rules_for
from callflow.draw.chart import chart, chart_of, charts, charts_where, machines
from callflow.table import Edge
from callflow.words import SLOT, Basis, Configuration, Event, LegState, Party, configurations
from tests.draw.machine_paths import case_of, paths, timelines

CONFIGURATIONS = pytest.mark.parametrize("configuration", configurations(), ids=str)


def _ids(edge: Edge) -> set[str]:
    return {clause.id for party in Party for clause in edge.because(party) or ()}


def test_sixteen_configurations_are_nine_machines():
    assert len(machines()) == 9
    assert sorted(map(str, (one for group in machines() for one in group))) == sorted(
        map(str, configurations())
    )


@CONFIGURATIONS
def test_the_arrows_of_a_configuration_are_its_rules_and_no_other(configuration: Configuration):
    drawn = chart(configuration)
    assert {(a.source, a.event): a.target for a in drawn.arrows} == {
        at: edge.target for at, edge in rules_for(configuration).edges.items()
    }
    assert len(drawn.arrows) == len(rules_for(configuration).edges)


@pytest.mark.parametrize("drawn", charts(), ids=lambda drawn: drawn.name)
def test_each_wording_has_the_clauses_of_every_configuration_that_it_serves(drawn):
    for number, wording in enumerate(drawn.wordings):
        for configuration in wording.configurations:
            for arrow in drawn.arrows:
                edge = rules_for(configuration).edges[arrow.source, arrow.event]
                because = arrow.because[number]
                assert (because.contact, because.employee) == (edge.contact, edge.employee)
                assert because.basis is edge.basis
                assert {clause.id for clause in because.clauses} == _ids(edge)


@pytest.mark.parametrize("drawn", charts(), ids=lambda drawn: drawn.name)
def test_an_arrow_is_inferred_if_it_is_in_any_wording(drawn):
    for arrow in drawn.arrows:
        inferred = any(
            rules_for(one).edges[arrow.source, arrow.event].basis is Basis.INFERRED
            for one in drawn.configurations
        )
        assert (arrow.basis is Basis.INFERRED) == inferred


def test_clauses_stand_in_order_sentences_of_the_source_before_holes_by_number():
    (drawn,) = charts_where(
        first_call=Party.CONTACT, contact_message=True, switch_at_once=True, employee_message=True
    )
    told = {(str(a.source), a.event.value): a.because[0].clauses for a in drawn.arrows}
    assert list(map(str, told["dialing_music/dialing", "employee_answered"])) == [
        "CF3",
        "G6",
        "G20",
    ]


def test_the_titles_of_the_nine_say_whom_they_serve():
    assert [(one.title, *(w.settings for w in one.wordings[1:])) for one in charts()] == [
        ("Employee first, contact message, switch off, employee message",),
        ("Employee first, contact message, switch off, no employee message",),
        ("Employee first, employee message", "no contact message, switch on or off"),
        ("Employee first, no employee message", "no contact message, switch on or off"),
        ("Contact first, contact message, switch off, employee message",),
        ("Contact first, contact message, switch off, no employee message",),
        ("Contact first, no contact message, switch off, employee message",),
        ("Contact first, no contact message", "switch on, employee message"),
        ("Contact first, contact message, switch on", "no employee message"),
    ]


@CONFIGURATIONS
def test_a_chart_of_one_configuration_names_the_other_wordings_of_its_machine(configuration):
    drawn = chart(configuration)
    (group,) = (one for one in machines() if configuration in one)
    assert configuration in drawn.configurations
    assert len(drawn.wordings) == 1
    assert bool(drawn.others) == (set(drawn.configurations) != set(group))


def test_names_for_files_differ():
    names = {chart(one).name for one in configurations()} | {one.name for one in charts()}
    assert len(names) >= 13
    assert len({one.name for one in charts()}) == 9
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz-") for name in names)


def test_only_where_the_contacts_message_ends_too_early_an_arrow_goes_right():
    for drawn in charts():
        for arrow in drawn.arrows:
            start, end = drawn.place(arrow.source), drawn.place(arrow.target)
            if arrow.right:
                assert arrow.event is Event.CONTACT_MESSAGE_ENDED
                assert end.state.contact is LegState.DIALING_MUSIC
                assert (end.column, end.row) == (start.column + 1, start.row)
            else:
                assert end.row > start.row
                assert end.column in {0, start.column}


def test_no_two_states_stand_in_one_place_and_the_end_stands_below_all():
    for drawn in charts():
        places = [(place.row, place.column) for place in drawn.places]
        assert len(set(places)) == len(places)
        assert places == sorted(places)
        assert drawn.places[-1].state.contact is LegState.RELEASED


def test_what_can_fail_is_waiting_and_nothing_else():
    for drawn in charts():
        for place in drawn.places:
            assert place.waiting == bool(drawn.leaving(place.state, failure=True))


def test_there_are_139_paths_and_each_is_lit_with_the_moments_of_its_call():
    calls = timelines()
    assert len(calls) == 139
    for call in calls:
        drawn = chart_of(call)
        assert [(arrow.at, arrow.source, arrow.event) for arrow in drawn.path] == [
            (at, edge.source, edge.event) for at, edge in call.moments
        ]
        assert [arrow for arrow in drawn.arrows if arrow.on_path] == sorted(
            drawn.path, key=drawn.arrows.index
        )
        assert {place.state for place in drawn.places if place.on_path} == {
            state for _, edge in call.moments for state in (edge.source, edge.target)
        }
        failed = call.moments[-1][1].source.contact is not LegState.CONVERSATION
        assert (drawn.failure is not None) == failed


def test_the_cases_for_the_paths_take_them():
    for configuration in configurations():
        for path in paths(configuration):
            case = case_of(configuration, path)
            assert case.configuration == configuration


def test_settings_left_open_choose_all_machines_that_have_the_others():
    assert charts_where() == charts()
    chosen = charts_where(first_call=Party.EMPLOYEE, contact_message=True, switch_at_once=True)
    assert [one.title for one in chosen] == [
        "Employee first, contact message, switch on, employee message",
        "Employee first, contact message, switch on, no employee message",
    ]
    assert chosen[0].others == ("no contact message, switch on or off, employee message",)


def test_configurations_of_different_machines_are_no_chart():
    with pytest.raises(ValueError, match="one machine"):
        chart(configurations())
    with pytest.raises(ValueError, match="one machine"):
        chart(())


def test_arrows_from_a_place_stand_in_the_order_of_events():
    for drawn in charts():
        for place in drawn.places:
            leaving = [SLOT[a.event] for a in drawn.arrows if a.source == place.state]
            assert leaving == sorted(leaving)
