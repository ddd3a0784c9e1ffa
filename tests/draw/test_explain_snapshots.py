"""Ten calls as `callflow explain` tells them, stored in `snapshots_explain/`.

With UPDATE_SNAPSHOTS=1 in the environment they are written anew; read them before they are kept.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from callflow.api.request import Message, Request
from callflow.call.case import Case, People, PerParty, Person, Reaction, Scenario
from callflow.call.simulator import simulate
from callflow.draw.explain import explain_markdown, explain_text
from callflow.words import Direction, MessageType, Party, ShowDuringCall

STORED = Path(__file__).parent / "snapshots_explain"

EMPLOYEE, CONTACT = Party.EMPLOYEE, Party.CONTACT
MEDIA = Message(type=MessageType.MEDIA, value="237")
TTS = Message(type=MessageType.TTS, value="Please hold the line, we connect you")
ANNA = Scenario(
    employee_number="74950000001",
    employee_name="Anna",
    employee_message=Message(type=MessageType.TTS, value="A client is calling you back"),
    show_during_call=ShowDuringCall.SERVICE_NUMBER,
)
NO_MESSAGE = Scenario(employee_number="74950000001", show_during_call=ShowDuringCall.SERVICE_NUMBER)


def request(**parameters: Any) -> Request:
    return Request(
        **{
            "virtual_phone_number": "74993720692",
            "contact": "79260000000",
            "contact_message": MEDIA,
            **parameters,
        }
    )


def person(after: int, hangs_up_after: int | None = None) -> Person:
    return Person(reaction=Reaction.ANSWERS, after=after, hangs_up_after=hangs_up_after)


def people(contact: Person, employee: Person) -> People:
    return People(contact=contact, employee=employee, conversation=60_000, ended_by=CONTACT)


LENGTHS = PerParty(contact=12_500, employee=4000)

CASES = {
    "employee-first": Case(
        name="Employee first, the contact hears the whole message",
        request=request(first_call=EMPLOYEE, switch_at_once=False, dtmf_string="..1.2.3"),
        scenario=ANNA,
        messages=LENGTHS,
        people=people(person(9000), person(6000, 40_000)),
    ),
    "employee-first-switched": Case(
        request=request(first_call=EMPLOYEE, switch_at_once=True, dtmf_string="12"),
        scenario=ANNA,
        messages=LENGTHS,
        people=people(person(9000), person(6000, 40_000)),
    ),
    "contact-first": Case(
        request=request(first_call=CONTACT, dtmf_string=".12.1..4"),
        scenario=ANNA,
        messages=LENGTHS,
        people=people(person(4000), person(7000)),
    ),
    "contact-first-cut-short": Case(
        name="The switch cuts the message",
        request=request(first_call=CONTACT, switch_at_once=True),
        scenario=ANNA,
        messages=LENGTHS,
        people=people(person(4000), person(7000)),
    ),
    "tts-takes-the-switch": Case(
        name="The switch that does not work",
        request=request(
            first_call=CONTACT,
            switch_at_once=True,
            contact_message=TTS,
            direction=Direction.OUT,
            external_id="34rty567",
            show_virtual_phone_number=True,
        ),
        scenario=ANNA,
        people=people(person(4000), person(7000)),
    ),
    "no-message-at-all": Case(
        request=request(first_call=EMPLOYEE, switch_at_once=True, contact_message=None),
        people=people(person(9000), person(6000)),
    ),
    "employee-without-message": Case(
        request=request(first_call=CONTACT, switch_at_once=False),
        scenario=Scenario(show_during_call=ShowDuringCall.CONTACT_NUMBER),
        messages=PerParty(contact=12_500),
        people=people(person(4000), person(7000)),
    ),
    "employee-not-reached": Case(
        name="Nobody in the office",
        request=request(first_call=CONTACT, switch_at_once=False, dtmf_string="." * 65 + "1.2"),
        scenario=ANNA,
        messages=LENGTHS,
        people=people(person(4000), Person(reaction=Reaction.NO_ANSWER)),
    ),
    "contact-too-late": Case(
        request=request(first_call=EMPLOYEE, switch_at_once=False, dtmf_string="1.2.3"),
        scenario=ANNA,
        messages=LENGTHS,
        people=people(person(45_000), person(6000)),
    ),
    "contact-gives-up-at-the-answer": Case(
        name="Two things in one millisecond",
        request=request(first_call=CONTACT, switch_at_once=False, dtmf_string="............1.2"),
        scenario=ANNA,
        messages=LENGTHS,
        people=people(person(5000, 12_500), person(12_500)),
    ),
    "no-time-to-talk": Case(
        name="Answered, and gone",
        request=request(first_call=EMPLOYEE, switch_at_once=True),
        scenario=ANNA,
        messages=LENGTHS,
        people=people(person(0, 0), person(0)),
    ),
}

PICTURE = """\
           6.0  10.0      19.0                      31.5          46.0
contact         ....dialing 9.0......message 12.5..............conversation
employee   message~~~~~~~~~dialing music 21.5~~~~~~~~~~~~~~~~~~conversation
"""
REQUEST = """\
{
  "jsonrpc": "2.0",
  "method": "start.vnumber_call",
  "id": "req1",
  "params": {
    "access_token": "2fRN...",
    "virtual_phone_number": "74993720692",
    "contact": "79260000000",
    "first_call": "employee"
  }
}
"""


def compare(name: str, text: str) -> None:
    stored = STORED / name
    if os.environ.get("UPDATE_SNAPSHOTS"):
        stored.parent.mkdir(exist_ok=True)
        stored.write_text(text, encoding="utf-8")
    assert stored.exists(), f"{name} is not stored; UPDATE_SNAPSHOTS=1 writes it"
    assert text == stored.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_a_call_is_told_in_the_stored_words(name: str) -> None:
    command = f"callflow explain {name}.yaml"
    compare(f"{name}.txt", explain_text(simulate(CASES[name]), command=command))


def test_a_wider_terminal_gets_longer_lines() -> None:
    text = explain_text(simulate(CASES["employee-first"]), width=100, ascii=True)

    compare("employee-first-100-ascii.txt", text)


@pytest.mark.parametrize("name", ["employee-first", "tts-takes-the-switch"])
def test_a_page_for_a_ticket_has_the_stored_words(name: str) -> None:
    page = explain_markdown(
        simulate(CASES[name]),
        picture=PICTURE,
        request=REQUEST,
        command=f"callflow explain {name}.yaml",
    )

    compare(f"{name}.md", page)


def test_nothing_is_stored_that_no_test_compares() -> None:
    names = {f"{name}.txt" for name in CASES}
    names |= {"employee-first-100-ascii.txt", "employee-first.md", "tts-takes-the-switch.md"}

    assert {stored.name for stored in STORED.iterdir()} == names
