"""Every figure on the pages of `callflow docs`, worked out once more by other means."""

from __future__ import annotations

import re
from itertools import product

import pytest

from callflow.api.errors import COMMON, OF_THE_METHOD
from callflow.api.parameters import PARAMETERS
from callflow.call.case import Case
from callflow.call.simulator import simulate
from callflow.choreography import (
    RULES,
    configurations,
)
from callflow.clauses import CLAUSES, G17
from callflow.publish.pages import first, pages
from callflow.publish.pages.found import HOLES
from callflow.publish.pages.pitfalls import PITFALLS
from callflow.situations import SITUATIONS
from callflow.verify.explore import explore
from callflow.words import Basis, Party
from tests.properties import oracle
from tests.publish.docs_reader import read

PAGES = read(pages())


def seconds(text: str) -> float:
    return float(text.removesuffix(" s").replace("−", "-"))


def waits(case: Case) -> dict[str, float]:
    """How long each party waits, and when they talk, by the second simulator of the tests."""
    steps = oracle.simulate(case)
    at = {step.event: step.at for step in steps}
    talk = next(step.at for step in steps if step.target == "conversation/conversation")
    return {
        "talk": talk / 1000,
        **{party: (talk - at[f"{party}_answered"]) / 1000 for party in ("contact", "employee")},
    }


MESSAGES = {
    "both": (True, True),
    "to the contact alone": (True, False),
    "to the employee alone": (False, True),
    "none": (False, False),
}


def test_every_wait_of_both_orders_is_what_another_simulator_says() -> None:
    """The table of all sixteen configurations."""
    rows = PAGES[first.FILE].table("messages", "switch", "first").rows
    messages = switch = ""
    seen = set()
    for row in rows:
        messages, switch = row[0] or messages, row[1] or switch
        contact, employee = MESSAGES[messages]
        case = first.case_for(
            Party(row[2]),
            switch=switch == "on",
            contact_message=contact,
            employee_message=employee,
        )
        seen.add(case.configuration)
        found = waits(case)
        assert [seconds(cell) for cell in row[3:]] == [
            found["talk"],
            found["contact"],
            found["employee"],
        ]
    assert seen == set(configurations())


def test_who_waits_for_whom_is_what_another_simulator_says() -> None:
    """Each cell: how much longer each party waits when one thing takes ten seconds longer."""
    rows = PAGES[first.FILE].table("10.0 s longer").rows
    paths = ("people.contact", "people.employee", "messages.contact", "messages.employee")
    for path, row in zip(paths, rows, strict=True):
        for cell, (party, switch) in zip(
            row[1:], product((Party.EMPLOYEE, Party.CONTACT), (False, True)), strict=True
        ):
            case = first.case_for(party, switch=switch)
            before, after = waits(case), waits(first.put_off(case, path))
            assert [seconds(one) for one in cell.split(" / ")] == [
                after[who] - before[who] for who in ("contact", "employee")
            ]


def test_what_a_failure_costs_is_what_another_simulator_says() -> None:
    """How long the call lasts and how long each party was bothered."""
    for missing, order, over, *lived in PAGES[first.FILE].table("not reached", "first").rows:
        case = first.unreached(first.case_for(Party(order), switch=False), Party(missing))
        steps = oracle.simulate(case)
        assert seconds(over) == steps[-1].at / 1000
        for party, told in zip(("contact", "employee"), lived, strict=True):
            side = 0 if party == "contact" else 1
            began = [s.at for s in steps if s.target.split("/")[side] == "dialing"]
            answered = [s.at for s in steps if s.event == f"{party}_answered"]
            if not began:
                assert told == "is never called"
            elif answered:
                assert told == f"is on the line for {(steps[-1].at - answered[0]) / 1000} s in vain"
            else:
                assert told == f"the phone rings for {(steps[-1].at - began[0]) / 1000} s"


def test_the_sentences_about_the_figures_say_what_the_table_says() -> None:
    """Every figure in the prose of both orders is one of its own cases."""
    page = PAGES[first.FILE].section("How long each party waits").prose()
    on, off = (
        {party: waits(first.case_for(party, switch=switch)) for party in Party}
        for switch in (True, False)
    )
    gain = off[Party.EMPLOYEE]["employee"] - on[Party.EMPLOYEE]["employee"]
    assert gain == off[Party.EMPLOYEE]["contact"] - on[Party.EMPLOYEE]["contact"]
    assert f"Employee first, the switch is worth {gain} s to both" in page
    for party in Party:
        told = [moment[Party.EMPLOYEE][party] for moment in (off, on)]
        assert f"{told[0]} s or {told[1]} s" in page
        gained = off[Party.CONTACT][party] - on[Party.CONTACT][party]
        assert f"{gained} s to the {party}" in page
    assert on[Party.CONTACT]["employee"] == 0


def test_the_counts_of_the_first_page_are_counted() -> None:
    """Of clauses, parameters, errors, rules, holes, pitfalls and situations."""
    index = PAGES["index.md"]
    for words in (
        f"has all {len(CLAUSES)} sentences",
        f"all {len(PARAMETERS)}, what each does",
        f"all {len(OF_THE_METHOD) + len(COMMON)}, each with what to do",
        f"the {len(RULES)} rules",
        f"{len(HOLES)} questions",
        f"{len(PITFALLS)} calls",
    ):
        assert words in index.prose(), words
    talks = {row[0]: seconds(row[2]) for row in index.table("situation").rows}
    assert talks == {one.setting: waits(one.case())["talk"] for one in SITUATIONS.values()}


def test_the_page_of_clauses_counts_steps_and_paths_as_exploration_does() -> None:
    """Behind how many steps and on how many paths a clause stands."""
    explored = explore(properties=())
    page = PAGES["clauses.md"]
    sure = sum(edge.basis is Basis.DOCUMENTED for edge in explored.edges)
    assert (
        f"can take {len(explored.edges)} different steps, counted in all {len(explored.graphs)} "
        f"configurations, along {len(explored.paths)} paths. {sure} of the steps"
    ) in page.prose()
    for clause, (paths, _) in explored.clauses.items():
        section = page.section(clause.id).source.replace("one step,", "1 steps,")
        told = re.search(r"Behind (\d+) steps, on (\d+) paths", section)
        assert told
        assert int(told[2]) == paths
        if clause.basis is Basis.INFERRED:
            assert int(told[1]) == explored.inferences[clause]
    assert G17 in explored.clauses


def test_the_ways_to_fail_are_all_last_steps_there_are() -> None:
    """Every state and event by which a path ends stands under its row, with what each party has."""
    explored = explore(properties=())
    ends = {(str(p.edges[-1].source), str(p.edges[-1].event)) for p in explored.paths}
    tables = [t for t in PAGES["failures.md"].tables() if t.head[0].startswith("state")]
    shown = [(row[0].replace(" ", ""), row[1]) for table in tables for row in table.rows]
    assert len(tables) == 3
    assert sorted(shown) == sorted(ends)


@pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda one: one.name)
def test_a_pitfall_is_one_and_its_repair_helps(pitfall: object) -> None:
    """The case as written surprises, and what to do instead changes what somebody lives through."""
    assert isinstance(pitfall, type(PITFALLS[0]))
    before, after = simulate(pitfall.case()), simulate(pitfall.repaired())
    section = PAGES["pitfalls.md"].section(pitfall.title)
    assert pitfall.text() in section.source
    assert before.conversation is not None
    assert after.conversation is not None
    assert len(section.images()) == 2
    told = section.prose()
    assert f"{before.conversation.start / 1000} s" in told
    heard = [call.contact.figures.message_heard for call in (before, after)]
    assert before.conversation.start > after.conversation.start or heard[0] != heard[1]
