"""Calls as `callflow simulate` shows them, stored in `snapshots_text/`.

With UPDATE_SNAPSHOTS=1 in the environment they are written anew; read them before they are kept.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from callflow.api.account import Account, MediaFile
from callflow.api.request import Message, Request
from callflow.call.case import Case, People, PerParty, Person, Reaction, Scenario
from callflow.call.simulator import simulate
from callflow.draw.text import Style, timeline_text
from callflow.words import Direction, MessageType, Party, ShowDuringCall

STORED = Path(__file__).parent / "snapshots_text"

EMPLOYEE, CONTACT = Party.EMPLOYEE, Party.CONTACT
MEDIA = Message(type=MessageType.MEDIA, value="237")
TTS = Message(type=MessageType.TTS, value="Please hold the line, we connect you")
CALLING_BACK = Message(type=MessageType.TTS, value="A client is calling you back")
SHOWS_SERVICE = ShowDuringCall.SERVICE_NUMBER


def answers(after: int, hangs_up_after: int | None = None) -> Person:
    return Person(reaction=Reaction.ANSWERS, after=after, hangs_up_after=hangs_up_after)


def call(
    name: str,
    *,
    contact: Person,
    employee: Person,
    messages: tuple[int | None, int | None] = (12_500, 4000),
    talk: int = 60_000,
    employee_message: Message | None = CALLING_BACK,
    **parameters: Any,
) -> Case:
    known: dict[str, Any] = {
        "virtual_phone_number": "74993720692",
        "contact": "79260000000",
        "contact_message": MEDIA,
    }
    return Case(
        name=name,
        request=Request(**(known | parameters)),
        scenario=Scenario(
            employee_number="74950000001",
            employee_message=employee_message,
            show_during_call=SHOWS_SERVICE,
        ),
        account=Account(media={"237": MediaFile(length=12_500)}, tts_message_max_length=500),
        messages=PerParty(contact=messages[0], employee=messages[1]),
        people=People(contact=contact, employee=employee, conversation=talk, ended_by=CONTACT),
    )


FIRST = call(
    "Employee first, the contact hears the whole message",
    contact=answers(9000),
    employee=answers(6000, 40_000),
    first_call=EMPLOYEE,
    switch_at_once=False,
    dtmf_string="..1.2.3",
)
GIVES_UP = call(
    "The contact gives up during the message",
    contact=answers(11_000, 6000),
    employee=answers(4000),
    messages=(9000, 5000),
    first_call=EMPLOYEE,
    switch_at_once=True,
    contact_message=TTS,
    dtmf_string="...5......0",
)
SHORT = call(
    "Contact first, everything at once",
    contact=answers(300, 2700),
    employee=answers(600),
    messages=(1500, 100),
    first_call=CONTACT,
)
HOUR = call(
    "Employee first, a long talk",
    contact=answers(9000),
    employee=answers(6000, 3_594_000),
    talk=7_200_000,
    first_call=EMPLOYEE,
    dtmf_string="..1.2.3",
)
BUSY = call(
    "The employee is busy",
    contact=answers(4000),
    employee=Person(reaction=Reaction.BUSY, after=3000),
    first_call=CONTACT,
    dtmf_string="1.2......3",
)
NOBODY = call(
    "Nobody answers",
    contact=answers(4000),
    employee=Person(reaction=Reaction.NO_ANSWER),
    first_call=EMPLOYEE,
    direction=Direction.OUT,
    external_id="34rty567",
    show_virtual_phone_number=True,
    unknown_members=("id2", "bell\x07"),
)
SWITCHED = call(
    "Соединить сразу: 電話を転送する",
    contact=answers(3000),
    employee=answers(5000),
    talk=10_000,
    first_call=CONTACT,
    switch_at_once=True,
)
MARKS = call(
    "A hundred marks",
    contact=answers(9000),
    employee=answers(6000),
    talk=30_000,
    first_call=EMPLOYEE,
    dtmf_string="1.2." * 50,
)
NO_TIME = call(
    "Nothing takes time",
    contact=answers(0, 0),
    employee=answers(0),
    first_call=CONTACT,
)
DEFAULTS = Case(
    request=Request(
        virtual_phone_number="74993720692",
        contact="79260000000",
        first_call=EMPLOYEE,
        contact_message=MEDIA,
    )
)

SNAPSHOTS = {
    "first-80-colour": (FIRST, 80, Style.COLOUR),
    "first-80-ink": (FIRST, 80, Style.INK),
    "first-80-ascii": (FIRST, 80, Style.ASCII),
    "first-160-ascii": (FIRST, 160, Style.ASCII),
    "first-40-ascii": (FIRST, 40, Style.ASCII),
    "gives-up-80-ascii": (GIVES_UP, 80, Style.ASCII),
    "short-80-ascii": (SHORT, 80, Style.ASCII),
    "hour-80-ascii": (HOUR, 80, Style.ASCII),
    "busy-80-ascii": (BUSY, 80, Style.ASCII),
    "nobody-80-ascii": (NOBODY, 80, Style.ASCII),
    "switched-80-ascii": (SWITCHED, 80, Style.ASCII),
    "switched-80-bare": (SWITCHED, 80, Style.BARE),
    "marks-100-ascii": (MARKS, 100, Style.ASCII),
    "no-time-80-ascii": (NO_TIME, 80, Style.ASCII),
    "defaults-80-ascii": (DEFAULTS, 80, Style.ASCII),
}


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_a_call_is_shown_as_it_was_when_it_was_last_read(name: str) -> None:
    case, width, style = SNAPSHOTS[name]
    sheet = timeline_text(
        simulate(case), width=width, style=style, command="callflow explain case.yaml"
    )
    text = sheet.render(style)
    stored = STORED / f"{name}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        stored.parent.mkdir(exist_ok=True)
        stored.write_text(text, encoding="utf-8", newline="\n")
    assert stored.exists(), f"{name} is not stored; UPDATE_SNAPSHOTS=1 writes it"
    assert text == stored.read_bytes().decode("utf-8")
