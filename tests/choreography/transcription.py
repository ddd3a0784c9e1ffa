"""The table of rules, written once more as a page has it, and what in other rows differs from it.

The text is the specification's own table: conditional clauses stand in brackets, as people write
them. It is unfolded here into rows with constant clauses and compared with rows of the code by what
they say: in which states, on which event, in which of the 16 configurations, to which state, by
which clauses for which leg.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from callflow.table import Condition, Pattern, Rule, facts_of
from callflow.words import Configuration, LegState, State, configurations

EMPLOYEE_FIRST = """
| idle/idle | start | | idle/dialing | E: FC (EF1 too if cm and em) |
| idle/dialing | employee_answered | em | idle/message | E: EF2 |
| idle/dialing | employee_answered | not em | dialing/dialing_music | C: G1; E: EF3, G1 |
| idle/message | employee_message_ended | | dialing/dialing_music | C: EF2; E: EF3 |
| dialing/dialing_music | contact_answered | cm and sw | conversation/conversation | EF4 |
| dialing/dialing_music | contact_answered | cm and not sw | message/dialing_music | C: EF5; E: G3 |
| dialing/dialing_music | contact_answered | not cm | conversation/conversation | G2 |
| message/dialing_music | contact_message_ended | | conversation/conversation | EF5 |
"""

CONTACT_FIRST = """
| idle/idle | start | | dialing/idle | C: FC (CF1 too if cm and em) |
| dialing/idle | contact_answered | cm | message/dialing | CF2 |
| dialing/idle | contact_answered | not cm | dialing_music/dialing | C: NOMSG; E: G4 |
| message/dialing | contact_message_ended | | dialing_music/dialing | C: MUSIC |
| message/dialing | employee_answered | sw | conversation/conversation \
| C: CF3; E: CF3 (G6 too if em) |
| message/dialing | employee_answered | not sw, em | message/message | C: CF4; E: CF4, G19 |
| message/dialing | employee_answered | not sw, not em | message/dialing_music | C: CF4; E: G5 |
| dialing_music/dialing | employee_answered | not sw, em | dialing_music/message \
| C: CF5 (G7 instead if not cm); E: CF4, G19 |
| dialing_music/dialing | employee_answered | sw, cm | conversation/conversation \
| C: CF3, G20; E: CF3, G20 (G6 too if em) |
| dialing_music/dialing | employee_answered | sw, not cm | conversation/conversation \
| C: G8; E: G8 (G6 too if em) |
| dialing_music/dialing | employee_answered | not sw, not em | conversation/conversation | G8 |
| message/message | contact_message_ended | | dialing_music/message | C: CF5, MUSIC |
| message/message | employee_message_ended | | message/dialing_music | E: CF5 |
| dialing_music/message | employee_message_ended | | conversation/conversation | CF4 |
| message/dialing_music | contact_message_ended | | conversation/conversation | CF4 |
"""

#: Any state with a leg dialing; any but the conversation with a leg on the line; the conversation.
BOTH = """
| dialing/any | contact_unreached | | released/released | G9 |
| any/dialing | employee_unreached | | released/released | G9 |
| waiting/any | contact_hung_up | | released/released | G10 |
| any/waiting | employee_hung_up | | released/released | G10 |
| conversation/conversation | contact_hung_up | | released/released | G21 |
| conversation/conversation | employee_hung_up | | released/released | G21 |
| conversation/conversation | conversation_ended | | released/released | G21 |
"""

ANY = tuple(leg.value for leg in LegState)
WORDS = {"any": ANY, "waiting": ("message", "dialing_music")}
SETTINGS = {
    "cm": lambda choice: choice.contact_message,
    "em": lambda choice: choice.employee_message,
    "sw": lambda choice: choice.switch_at_once,
}


class Row(NamedTuple):
    """A row by what it says."""

    source: frozenset[str]
    event: str
    holds_in: frozenset[Configuration]
    target: str
    contact: tuple[str, ...] | None
    employee: tuple[str, ...] | None


def _where(text: str, among: Iterable[Configuration]) -> frozenset[Configuration]:
    """The configurations in which a condition such as ``cm and not sw`` holds."""
    chosen = frozenset(among)
    for word in re.split(r",| and ", text):
        if word.strip():
            setting, wanted = SETTINGS[word.split()[-1]], "not" not in word.split()
            chosen = frozenset(one for one in chosen if setting(one) is wanted)
    return chosen


def _source(text: str) -> frozenset[str]:
    contact, employee = (WORDS.get(leg, (leg,)) for leg in text.split("/"))
    return frozenset(f"{one}/{two}" for one in contact for two in employee)


def _rows(text: str, among: Iterable[Configuration]) -> list[Row]:
    rows = []
    for line in text.strip().splitlines():
        source, event, when, target, because = (cell.strip() for cell in line.split("|")[1:-1])
        chosen = _where(when, among)
        note = re.search(r" \((\S+) (too|instead) if ([^)]*)\)", because)
        variants = [(chosen, because)]
        if note is not None:
            clause, how, condition = note.groups()
            plain = because.replace(note[0], "")
            changed = because.replace(note[0], f", {clause}")
            if how == "instead":
                changed = re.sub(rf"\w+{re.escape(note[0])}", clause, because)
            there = _where(condition, chosen)
            variants = [(chosen - there, plain), (there, changed)]
        for holds_in, clauses in variants:
            lists = {
                leg: tuple(ids.replace(" ", "").split(","))
                for legs, ids in re.findall(r"(?:([CE]): )?([^;:]+)(?:; |$)", clauses)
                for leg in (legs or "CE")
            }
            rows.append(
                Row(_source(source), event, holds_in, target, lists.get("C"), lists.get("E"))
            )
    return rows


def transcription() -> list[Row]:
    """The page's rows, one for each list of clauses."""
    every = configurations()
    return [
        *_rows(EMPLOYEE_FIRST, [one for one in every if one.first_call == "employee"]),
        *_rows(CONTACT_FIRST, [one for one in every if one.first_call == "contact"]),
        *_rows(BOTH, every),
    ]


@cache
def _meaning(source: Pattern, when: Condition) -> tuple[frozenset[str], frozenset[Configuration]]:
    """The states and the configurations that a row of the code speaks of."""
    return (
        frozenset(
            f"{one}/{two}"
            for one in LegState
            for two in LegState
            if source.matches(State(one, two))
        ),
        frozenset(one for one in configurations() if when.holds(facts_of(one))),
    )


@cache
def row_of(rule: Rule) -> Row:
    """A row of the code by what it says."""
    states, holds_in = _meaning(rule.source, rule.when)
    lists = [
        None if clauses is None else tuple(clause.id for clause in clauses)
        for clauses in (rule.contact, rule.employee)
    ]
    return Row(states, rule.event.value, holds_in, str(rule.target), *lists)


_PAGE = Counter(transcription())


def differences(rules: Iterable[Rule]) -> tuple[list[Row], list[Row]]:
    """The rows that the page has and the code has not, and the other way round."""
    code = Counter(row_of(rule) for rule in rules)
    return list((_PAGE - code).elements()), list((code - _PAGE).elements())
