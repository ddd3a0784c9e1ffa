"""Every change of a row of the table is refused when built, or some law notices it.

The laws alone judge rows removed, redirected and put under other settings; a change of clauses is
judged by the transcription of the table. Mutants whose sixteen graphs are the same as those of the
table, clauses included, change nothing that anybody could notice: they are counted apart and never
pass for noticed.
"""

from __future__ import annotations

import pytest

from callflow.choreography import RULES, SIMULTANEOUS, states
from callflow.table import check
from tests.choreography.transcription import differences
from tests.properties import mutants
from tests.properties.pool import EVERY


@pytest.fixture(scope="module")
def graphs():
    return check(RULES, SIMULTANEOUS)


@pytest.fixture(scope="module")
def original(graphs):
    return {configuration: mutants.signature(graph) for configuration, graph in graphs.items()}


def test_the_laws_hold_of_the_table_itself(graphs):
    """On the cases that judge the mutants every law holds of the table as it is."""

    def simulate(case):
        return mutants.timeline(graphs[case.configuration], case)

    assert mutants.law_that_notices(simulate, EVERY) is None


def test_a_row_removed_is_refused(original):
    """Without any one of its rows the table is no table, and the error says so when it is built."""
    for name, rows in mutants.removed(RULES):
        assert mutants.noticed_by(rows, original) == "check", name


def test_a_row_redirected_is_refused_or_noticed(original):
    """Each row led to each other state is refused when built, or breaks a law."""
    verdicts = {
        name: mutants.noticed_by(rows, original)
        for name, rows in mutants.redirected(RULES, states())
    }
    assert len(verdicts) == 2 * len(RULES) * (len(states()) - 1)
    assert [name for name, by in verdicts.items() if by in (None, "equal")] == []
    assert any(by is not None and by.startswith("law") for by in verdicts.values())


def test_a_row_under_other_settings_is_refused_or_the_same_table(original):
    """A literal dropped, negated or added, first_call swapped: refused, noticed, or no change.

    No change are, for instance, literals that the state implies: ``idle / message`` is met with the
    employee first and with his message only, so a row for it may say so or leave it out.
    """
    verdicts = {name: mutants.noticed_by(rows, original) for name, rows in mutants.resettled(RULES)}
    assert [name for name, by in verdicts.items() if by is None] == []
    assert sum(by != "equal" for by in verdicts.values()) > 4 * sum(
        by == "equal" for by in verdicts.values()
    )


def test_every_other_clause_is_noticed():
    """A clause removed, replaced by any other, added, reordered or given to the other leg."""
    count = 0
    for name, rows in mutants.reexplained(RULES):
        assert any(differences(rows)), name
        count += 1
    assert count > 9000
