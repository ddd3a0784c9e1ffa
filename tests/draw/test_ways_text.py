"""Every way of a set-up as text: what it says is true of each call, and it keeps to its width.

Texts as they were last read are stored in `snapshots_ways/`. With UPDATE_SNAPSHOTS=1 in the
environment they are written anew; read them before they are kept.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow.call.case import Case
from callflow.choreography import configurations, rules_for
from callflow.draw.deeds import OUTCOME, deed, deed_along
from callflow.draw.grid import Style, cells
from callflow.draw.text.ways import ways_text
from callflow.strategies import cases
from callflow.verify.paths import paths_of
from callflow.words import Configuration, Outcome, Party

from .calls import EVERY
from .ways import SET_UPS, strips

STORED = Path(__file__).parent / "snapshots_ways"

#: Name of the set-up, width, style.
SHOWN = (
    *((name, 80, Style.ASCII) for name in SET_UPS),
    ("9-employee-first", 40, Style.ASCII),
    ("9-employee-first", 80, Style.INK),
    ("9-employee-first", 80, Style.COLOUR),
    ("22-contact-first", 200, Style.INK),
    ("22-contact-first", 40, Style.INK),
)


def shown(name: str, width: int, style: Style) -> str:
    sheet = ways_text(
        strips(SET_UPS[name]), width=width, style=style, command="callflow simulate x"
    )
    return sheet.render(style)


@pytest.mark.parametrize(("name", "width", "style"), SHOWN)
def test_the_ways_of_a_set_up_are_shown_as_they_were_last_read(
    name: str, width: int, style: Style
) -> None:
    drawn = shown(name, width, style)
    kept = STORED / f"{name}-{width}-{style.value}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        kept.write_text(drawn, encoding="utf-8", newline="\n")
    assert drawn == kept.read_text(encoding="utf-8")


@given(EVERY, st.integers(1, 250), st.sampled_from(Style))
def test_strips_keep_to_their_width(case: Case, width: int, style: Style) -> None:
    text = ways_text(strips(case), width=width, style=style).plain()
    for row in text.splitlines():
        assert cells(row) <= max(width, 40)
        assert row == row.rstrip() or style is Style.COLOUR  # where a fill is of blanks
    assert "\n\n\n" not in text
    if not style.drawn and (case.name or "").isascii():
        assert text.isascii()


# ------------------------------------------------------------------------------------- what is said


@pytest.mark.parametrize("configuration", configurations(), ids=str)
def test_no_two_ways_of_a_machine_are_said_with_the_same_words(
    configuration: Configuration,
) -> None:
    said = [deed_along(path.edges) for path in paths_of(rules_for(configuration))]
    assert len(set(said)) == len(said)


@given(cases())
def test_a_deed_names_who_ended_the_call(case: Case) -> None:
    for strip in strips(case).strips:
        call, end = strip.timeline, deed(strip.timeline).rpartition("; ")[2]
        last = call.steps[-1].event.party
        assert end.startswith(f"{last} " if last else "both talk to the end")


def blocks(text: str) -> list[list[str]]:
    """The rows of each strip: what is said, two lanes, what to set."""
    found: list[list[str]] = []
    for row in text.splitlines():
        if re.match(r"( \d|\d\d) (?!ways |more )", row):
            found.append([row])
        elif not row or row[0] != " ":
            found.append([])
        elif found and found[-1]:
            found[-1].append(row)
    return [rows for rows in found if rows]


@given(cases())
def test_each_strip_tells_the_wait_of_both_parties(case: Case) -> None:
    """From the answer to the conversation, or in vain; none of who never answered."""
    told = strips(case)
    found = blocks(ways_text(told, width=200, style=Style.ASCII).plain())
    assert len(found) == len(told.strips)
    for rows, strip in zip(found, told.strips, strict=True):
        for party in Party:
            row = next(row for row in rows if row.startswith(f"   {party}"))
            waited = strip.timeline.to_dict()["legs"][party]["figures"]["waited"]
            wait = re.split(r"  +", row[100:])[-2]
            if waited is None:
                assert wait == "-"
            elif waited < 100:
                assert float(wait) == waited


@given(EVERY)
def test_all_that_has_to_be_set_stands_under_its_strip(case: Case) -> None:
    told = strips(case)
    found = blocks(ways_text(told, width=200, style=Style.ASCII).plain())
    for rows, strip in zip(found, told.strips, strict=True):
        text = " ".join("\n".join(rows).split())
        assert ("as the case has it" in text) == strip.own
        assert text.count("--set") == len(strip.settings)


@given(EVERY)
def test_every_inferred_clause_is_told_of_its_way_or_of_all(case: Case) -> None:
    told = strips(case)
    text = ways_text(told, width=250, style=Style.ASCII).plain()
    for rows, strip in zip(blocks(text), told.strips, strict=True):
        for clause in strip.inferred:
            assert re.search(rf"\b{clause.id}\b", rows[0]) or clause in told.common
        assert ("documented" in rows[0]) == (not strip.inferred)
    for clause in told.common:
        assert f"in all of them {clause.id}:" in text


@given(EVERY)
def test_the_heading_of_a_group_counts_its_ways(case: Case) -> None:
    told = strips(case)
    text = ways_text(told, width=200, style=Style.ASCII).plain()
    for outcome in Outcome:
        count = sum(strip.timeline.outcome is outcome for strip in told.strips)
        some = "1 way" if count == 1 else f"{count} ways"
        assert (f"{OUTCOME[outcome]} - {some}\n" in text) == (count > 0)


@given(EVERY)
def test_what_cannot_be_is_told_with_its_reason(case: Case) -> None:
    told = strips(case)
    text = " ".join(ways_text(told, width=200, style=Style.ASCII).plain().split())
    assert ("cannot be in this set-up" in text) == bool(told.barred)
    for why, deeds in told.barred:
        assert why in text
        for what in deeds:
            assert f"- {what}" in text


def test_all_strips_stand_on_one_axis() -> None:
    """The contact answers after 9 s in each of the calls, so all messages begin in one column."""
    rows = shown("22-contact-first", 200, Style.INK).splitlines()
    lanes = [re.sub(r"\x1b\[[\d;]*m", "", row) for row in rows if "contact  " in row]
    begins = {row.index("▒") for row in lanes if "▒" in row and row.startswith("   contact")}
    assert len(begins) == 1
