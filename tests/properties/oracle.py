"""A second simulator: the law's prose with an explicit queue of events, and its own rule table.

It shares nothing with the one it judges but the reading of a case in `arithmetic`. The rules are
written here once more, in a short form of their own:

    E ... C ...      employee first, contact first, B either
    i d m u c r      idle, dialing, message, dialing mUsic, conversation, released
    md               contact leg, employee leg; * any state of it
    !m ?m  !e ?e     without, with a contact message; without, with an employee message
    +s -s            effective switch on, off
    C: E: B:         clauses of the contact's leg, the employee's, both; `x?p` only under the
                     premise, `x?e` only with an employee message, `x!m` only without a contact's
"""

from __future__ import annotations

import heapq
from typing import NamedTuple

from callflow.call.case import Case
from callflow.verify.properties.facts import ENDS, RANK, Facts, facts

RULES = """
E start                            ii  id  E: FC EF1?p
E employee_answered       ?e       id  im  E: EF2
E employee_answered       !e       id  du  C: G1  E: EF3 G1
E employee_message_ended           im  du  C: EF2  E: EF3
E contact_answered        ?m +s    du  cc  B: EF4
E contact_answered        ?m -s    du  mu  C: EF5  E: G3
E contact_answered        !m       du  cc  B: G2
E contact_message_ended            mu  cc  B: EF5
C start                            ii  di  C: FC CF1?p
C contact_answered        ?m       di  md  B: CF2
C contact_answered        !m       di  ud  C: NOMSG  E: G4
C contact_message_ended            md  ud  C: MUSIC
C employee_answered       +s       md  cc  C: CF3  E: CF3 G6?e
C employee_answered       -s ?e    md  mm  C: CF4  E: CF4 G19
C employee_answered       -s !e    md  mu  C: CF4  E: G5
C employee_answered       -s ?e    ud  um  C: CF5?m G7!m  E: CF4 G19
C employee_answered       +s ?m    ud  cc  C: CF3 G20  E: CF3 G20 G6?e
C employee_answered       +s !m    ud  cc  C: G8  E: G8 G6?e
C employee_answered       -s !e    ud  cc  B: G8
C contact_message_ended            mm  um  C: CF5 MUSIC
C employee_message_ended           mm  mu  E: CF5
C employee_message_ended           um  cc  B: CF4
C contact_message_ended            mu  cc  B: CF4
B contact_unreached                d*  rr  B: G9
B employee_unreached               *d  rr  B: G9
B contact_hung_up                  m*  rr  B: G10
B contact_hung_up                  u*  rr  B: G10
B employee_hung_up                 *m  rr  B: G10
B employee_hung_up                 *u  rr  B: G10
B contact_hung_up                  cc  rr  B: G21
B employee_hung_up                 cc  rr  B: G21
B conversation_ended               cc  rr  B: G21
"""

LEG = {
    "i": "idle",
    "d": "dialing",
    "m": "message",
    "u": "dialing_music",
    "c": "conversation",
    "r": "released",
}


class Step(NamedTuple):
    """One event handled; states as ``contact/employee``, clauses as text, None: kept."""

    at: int
    event: str
    source: str
    target: str
    contact: str | None
    employee: str | None


def simulate(case: Case) -> list[Step]:
    """The steps of a call."""
    known = facts(case)
    rules = {(state, row[1]): row for row in _rows(known) for state in _states(row[2])}
    queue: list[tuple[int, int, str, int]] = [(0, RANK["start"], "start", 0)]
    # A clock is void once its number is no longer that of its event: then it was stopped.
    numbers = dict.fromkeys(RANK, 0)
    state, steps, number = "ii", [], 0
    while queue:
        at, _, event, mine = heapq.heappop(queue)
        if numbers[event] != mine:
            continue
        _, _, _, target, contact, employee = rules[state, event]
        steps.append(Step(at, event, _words(state), _words(target), contact, employee))
        if event in ENDS:
            break
        stopped, started = _clocks(state, event, target)
        for other in stopped:
            numbers[other] = -1
        for other in started:
            number += 1
            numbers[other] = number
            length = known.length(other)
            if length is not None:
                heapq.heappush(queue, (at + length, RANK[other], other, number))
        state = target
    return steps


def _clocks(state: str, event: str, target: str) -> tuple[set[str], set[str]]:
    """The clocks that a step stops and starts, as the law's section on time words it."""
    stopped, started = {event}, set()
    for party, before, after in zip(("contact", "employee"), state, target, strict=True):
        if after != before:
            if before == "d":
                stopped |= {f"{party}_answered", f"{party}_unreached"}
            if before == "m":
                stopped.add(f"{party}_message_ended")
            if after == "d":
                started |= {f"{party}_answered", f"{party}_unreached"}
            if after == "m":
                started.add(f"{party}_message_ended")
        if event == f"{party}_answered":
            started.add(f"{party}_hung_up")
    if target == "cc" != state:
        started.add("conversation_ended")
    return stopped, started


def _rows(known: Facts) -> list[tuple[str, str, str, str, str | None, str | None]]:
    message, spoken = known.message["contact"] is not None, known.message["employee"] is not None
    true = {
        "?m": message, "!m": not message, "?e": spoken, "!e": not spoken,
        "+s": known.switch, "-s": not known.switch, "?p": message and spoken,
    }  # fmt: skip
    rows = []
    for line in RULES.strip().splitlines():
        head, *because = (
            line.replace("  C:", "|C:").replace("  E:", "|E:").replace("  B:", "|B:").split("|")
        )
        first, event, *settings, source, target = head.split()
        if first not in ("B", known.first[0].upper()) or not all(map(true.get, settings)):
            continue
        clauses: dict[str, str] = {}
        for part in because:
            leg, *ids = part.split()
            held = [name[:-2] if name[-2] in "?!" else name
                    for name in ids if name[-2] not in "?!" or true[name[-2:]]]  # fmt: skip
            for each in "CE" if leg == "B:" else leg[0]:
                clauses[each] = _stamped(held, premise=true["?p"])
        rows.append((first, event, source, target, clauses.get("C"), clauses.get("E")))
    return rows


def _stamped(ids: list[str], *, premise: bool) -> str:
    bullets = [place for place, name in enumerate(ids) if name.startswith(("EF", "CF"))]
    if bullets and not premise:
        ids = [*ids[: bullets[-1] + 1], "G17", *ids[bullets[-1] + 1 :]]
    return " ".join(ids)


def _states(pattern: str) -> list[str]:
    return [
        pattern[0].replace("*", contact) + pattern[1].replace("*", employee)
        for contact in (LEG if pattern[0] == "*" else pattern[0])
        for employee in (LEG if pattern[1] == "*" else pattern[1])
    ]


def _words(state: str) -> str:
    return f"{LEG[state[0]]}/{LEG[state[1]]}"
