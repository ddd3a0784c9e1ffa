"""Set-ups to draw in all their ways: a few of different machines, and what is special in them."""

from __future__ import annotations

from typing import Any

from callflow.call.case import Case
from callflow.draw.strips import Strips
from callflow.verify.report.strips import strips_of
from callflow.verify.ways import ways_of

_PEOPLE = {
    "contact": {"answers_after": 9},
    "employee": {"answers_after": 6, "hangs_up_after": 40},
    "conversation": 60,
}


def set_up(
    first: str, contact: float | None, employee: float | None, *, switch: bool = False, **more: Any
) -> Case:
    """A set-up by the lengths of its messages."""
    request: dict[str, Any] = {
        "virtual_phone_number": "74993720692",
        "contact": "79260000000",
        "first_call": first,
        "switch_at_once": switch,
    }
    scenario, messages = {}, {}
    if contact is not None:
        request["contact_message"] = {"type": "media", "value": "237"}
        messages["contact"] = contact
    if employee is not None:
        scenario["employee_message"] = {"type": "media", "value": "12"}
        messages["employee"] = employee
    told = {"request": request, "scenario": scenario, "messages": messages, "people": _PEOPLE}
    return Case.from_dict(told | more)


def strips(case: Case) -> Strips:
    return strips_of(ways_of(case))


#: By name: how many ways there are, and what is special.
SET_UPS: dict[str, Case] = {
    "6-no-messages": set_up("contact", None, None),
    "9-employee-first": set_up("employee", 12.5, 4, name="A client asked to be called back"),
    "11-switch-on": set_up("contact", 12.5, 4, switch=True),
    "13-no-employee-message": set_up("contact", 12.5, None),
    "22-contact-first": set_up("contact", 12.5, 4),
    "17-message-not-shorter": set_up("contact", 4, 12.5),
    "9-abandoned": set_up(
        "employee",
        12.5,
        4,
        people={"contact": {"answers_after": 9, "hangs_up_after": 3}},
        ring_timeout={"contact": 20, "employee": 25},
    ),
}
