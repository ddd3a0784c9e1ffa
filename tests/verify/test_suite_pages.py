"""What a suite is called and how it is laid out: names, heads of files, the page of its cover."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callflow import strategies
from callflow.call.case import Case
from callflow.call.loading import case_from_bytes
from callflow.call.simulator import simulate
from callflow.call.timeline import Timeline
from callflow.clauses import CLAUSES
from callflow.verify.about import about
from callflow.verify.coverage import BEYOND_CALLS, exercised
from callflow.verify.paths import all_paths
from callflow.verify.suite import COVERS, Suite, criterion, rule_name, suite
from callflow.verify.suite_pages import PAGE, coverage_page, files, is_marked


def _about(timeline: Timeline) -> str:
    edges = [edge for _, edge in timeline.moments]
    return about(timeline.case.configuration, edges, timeline.reason).slug


def test_no_two_paths_share_a_name() -> None:
    """139 paths, 139 names of files and as many sentences."""
    told = [
        about(path.configuration, path.edges, path.timeline(path.apart()).reason)
        for path in all_paths()
    ]
    assert len({one.slug for one in told}) == len({one.sentence for one in told}) == 139
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", one.slug) for one in told)
    assert max(len(one.slug) for one in told) < 100


@pytest.mark.parametrize("cover", ["states", "rules", "rule-pairs", "paths"])
def test_a_call_is_called_the_same_in_every_suite(cover: str) -> None:
    """The name of a file comes from what happens, not from what else is in the suite."""
    for one in suite(cover).cases:
        assert one.slug == _about(one.timeline)


@pytest.mark.parametrize("cover", COVERS)
def test_the_same_suite_is_the_same_text(cover: str) -> None:
    """Made twice, every file has the same name and text; names differ in more than their case."""
    one, other = files(suite(cover)), files(suite(cover))
    assert one == other
    assert list(one) == list(other)
    assert len({name.lower() for name in one}) == len(one)


@pytest.mark.parametrize("cover", COVERS)
def test_a_file_says_what_it_is_about_and_what_it_adds(cover: str) -> None:
    """The head tells the case's name, the first items that it adds, and that it may be replaced."""
    made = suite(cover)
    texts = files(made)
    for one in made.cases:
        head, _, body = texts[one.file].partition("\n\n")
        lines = head.splitlines()
        assert all(line.startswith("# ") and len(line) <= 100 for line in lines)
        told = " ".join(line.removeprefix("#").strip() for line in lines)
        assert told.startswith(f"{one.title}. Adds {len(one.adds)} of ")
        assert one.title.startswith(one.timeline.case.name)
        assert all(item in told for item in one.adds[:6])
        assert is_marked(texts[one.file])
        assert not is_marked(body)
        case = case_from_bytes(body.encode(), "yaml")
        assert case.name == one.timeline.case.name
    assert is_marked(texts[PAGE])


# -------------------------------------------------------------------------------------- the page


def _table(page: str, title: str) -> list[list[str]]:
    """The rows of a table under a heading, without its head."""
    part = page.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    rows = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows]


def _numbers(told: str) -> set[str]:
    """``H1, 1-3`` as numbers of cases."""
    found: set[str] = set()
    for part in told.split(", "):
        first, _, last = part.partition("-")
        if first != "none":
            found |= {str(n) for n in range(int(first), int(last) + 1)} if last else {first}
    return found


def _calls(made: Suite) -> dict[str, Timeline]:
    return {
        **{f"H{n}": one.timeline for n, one in enumerate(made.have, 1)},
        **{str(n): one.timeline for n, one in enumerate(made.cases, 1)},
    }


def _agrees(made: Suite) -> None:
    page, calls = coverage_page(made), _calls(made)
    takes = {number: {rule_name(edge) for _, edge in one.moments} for number, one in calls.items()}
    cites = {number: set(exercised("", one).ids) for number, one in calls.items()}
    rules = _table(page, "Rules")
    assert len(rules) == len(criterion("rules").every)
    of_rule = {row[0]: _numbers(row[-1]) for row in rules}
    of_clause = {row[0]: _numbers(row[-1]) for row in _table(page, "Clauses")}
    assert set(of_clause) == set(CLAUSES) - set(BEYOND_CALLS)
    cases = _table(page, "Cases")
    assert [row[0] for row in cases] == list(calls)
    for number, _, outcome, rows, ids, _ in cases:
        assert outcome == calls[number].outcome
        assert set(rows.split()) == {rule for rule, numbers in of_rule.items() if number in numbers}
        assert len(rows.split()) == len(takes[number])
        assert set(ids.split()) == cites[number]
        assert cites[number] == {id_ for id_, numbers in of_clause.items() if number in numbers}


@pytest.mark.parametrize("cover", COVERS)
def test_the_page_agrees_with_the_calls(cover: str) -> None:
    """Case by rule by clause, read in either direction, is what the calls exercise."""
    _agrees(suite(cover))


HAVE = st.lists(strategies.cases(), min_size=1, max_size=4)


@settings(max_examples=25)
@given(HAVE, st.sampled_from(COVERS[:5]))
def test_cases_that_are_there_count_first(cases: list[Case], cover: str) -> None:
    """Only what they leave is written for; together everything is covered, and the page says so."""
    have = [(f"own/{n}|.yaml", simulate(case)) for n, case in enumerate(cases)]
    made = suite(cover, have)
    theirs = {item for _, call in have for item in criterion(cover).of(call)}
    ours = {item for one in made.cases for item in one.adds}
    assert theirs.isdisjoint(ours)
    assert theirs | ours | set(made.left_out) == set(criterion(cover).every)
    assert made.counted == len(theirs)
    assert len(made.cases) <= len(suite(cover).cases) + 1
    _agrees(made)


def test_nothing_is_written_for_what_is_there() -> None:
    """A suite counted as one's own leaves nothing to write."""
    first = suite("rules")
    again = suite("rules", [(one.file, one.timeline) for one in first.cases])
    assert again.cases == ()
    assert again.counted == 44
    assert list(files(again)) == [PAGE]
