"""The desk says what the library says, and answers whatever it is asked."""

from __future__ import annotations

import json
import wave
from base64 import b64decode
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from callflow.call.case import Case
from callflow.call.difference import Difference
from callflow.call.loading import case_from_bytes, case_from_mapping
from callflow.call.simulator import simulate
from callflow.draw.finding import finding
from callflow.serve.desk import WrongQuestion, answer
from callflow.serve.desk.opening import mapping_of
from callflow.situations import SITUATIONS
from callflow.strategies import cases
from callflow.words import Party
from tests.serve.asked import FIRST, ask, every_control, notes_at

MARKUP = '<img src=x onerror="alert(1)">&amp;'


def seen(case: Case) -> Case:
    """The case as a page has it: without tokens, and with plain numbers."""
    return case_from_mapping(mapping_of(case))


@given(cases())
def test_what_the_page_shows_of_a_call_is_what_the_library_says(case: Case) -> None:
    call, told = simulate(seen(case)), ask(case)["call"]
    assert told["duration"] == call.duration / 1000
    segments = [row for row in told["table"] if row["state"] != "dtmf"]
    drawn = [
        (str(segment.state), str(segment.basis), [clause.id for clause in segment.clauses])
        for party in Party
        for segment in call.leg(party).segments
    ]
    shown = [(r["state"], r["basis"], [c["id"] for c in r["clauses"]]) for r in segments]
    assert sorted(shown) == sorted(drawn)
    cited = {
        clause["id"] for row in told["steps"] for s in row["sentences"] for clause in s["clauses"]
    }
    assert {
        c.id for step in call.steps for c in (step.contact or ()) + (step.employee or ())
    } <= cited
    assert {entry["path"] for entry in told["notes"]["without_effect"]} == {
        entry.path for entry in call.no_effect
    }
    assert told["headline"]["good"] is (call.conversation is not None)


@given(cases(), st.data())
def test_the_state_shown_at_every_moment_is_the_librarys(case: Case, data: st.DataObject) -> None:
    call = simulate(seen(case))
    borders = sorted({at for at, _ in call.moments})
    at = data.draw(st.sampled_from(borders) | st.integers(0, call.duration))
    told = ask(case, at=at / 1000)
    state = [edge.target for when, edge in call.moments if when <= at][-1]
    assert told["now"]["state"] == str(state)
    for party in Party:
        if call.leg(party).dialed is not None:
            assert str(call.leg(party).at(at / 1000)) == str(state.leg(party))
    stretches = told["call"]["stretches"]
    lit = [one["state"] for one in stretches if one["start"] <= at / 1000][-1]
    assert lit == told["now"]["state"]


@given(cases(), st.data())
def test_an_event_that_is_offered_can_happen_and_becomes_a_case(
    case: Case, data: st.DataObject
) -> None:
    """Of the call so played everything before is as it was, and the event happens then."""
    call = simulate(seen(case))
    at = data.draw(st.integers(0, call.duration - 1)) if call.duration else 0
    offered = ask(case, at=at / 1000)["now"]["events"]
    if not offered:
        return
    event = data.draw(st.sampled_from(offered))["event"]
    forked = ask(case, fork={"at": at / 1000, "event": event})
    assert forked["playing"]["at"] == at / 1000
    run = ask(case, played=forked["played"], let_run=True)
    played = simulate(case_from_mapping(run["case"]))
    assert (at, event) in [(step.at, str(step.event)) for step in played.steps]
    before = [(step.at, step.event) for step in call.steps if step.at < at]
    assert [(step.at, step.event) for step in played.steps if step.at < at] == before


@given(cases(), cases())
def test_what_differs_from_a_pinned_call_is_what_the_comparison_says(
    one: Case, other: Case
) -> None:
    told = ask(other, pinned=mapping_of(one))["call"]["compared"]
    found = finding(Difference(simulate(seen(one)), simulate(seen(other))))
    assert told["title"] == found.title
    assert [(row["who"], row["what"]) for row in told["rows"]] == [
        (row.who, row.what) for row in found.rows
    ]


@given(cases())
def test_pictures_are_well_formed_and_text_with_markup_stays_text(case: Case) -> None:
    mapping = mapping_of(case)
    mapping["name"] = MARKUP
    mapping.setdefault("scenario", {})["employee"] = {"name": MARKUP, "number": MARKUP}
    told = ask(mapping, narrow=True)["call"], ask(mapping)["call"]
    for call in told:
        for part in ("lanes", "machine"):
            root = ET.fromstring(call[part]["svg"])  # noqa: S314 - our own
            assert not [one for one in root.iter() if one.tag.endswith(("img", "script"))]
            assert "onerror=" not in call[part]["svg"].replace("onerror=&quot;", "")


# ------------------------------------------------------------------------------ whatever is asked

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=10,
)
PATHS = st.sampled_from(
    sorted({one["path"] for one in every_control(ask(FIRST))})
) | st.sampled_from(
    ["people.contact.does", "people.employee.after", "request.contact_message.type", "a.b.c", ""]
)


@given(
    st.dictionaries(st.sampled_from(["case", "text", "changes", "at", "fork", "x", "width"]), JSON)
)
def test_nonsense_is_refused_with_a_reason_or_answered(question: dict[str, Any]) -> None:
    with suppress(WrongQuestion):
        json.dumps(answer(question))


@given(st.lists(st.fixed_dictionaries({"path": PATHS, "value": JSON}), max_size=3))
@example([{"path": "request", "value": None}])
@example([{"path": "people.conversation.seconds", "value": {"a": 1}}])
def test_whatever_is_put_at_a_control_is_answered(changes: list[Any]) -> None:
    """There is a call, or it is told what keeps the case from being one."""
    told = answer({"case": FIRST, "changes": changes})
    json.dumps(told)
    assert ("call" in told) is (told["problems"] == [])


@given(st.text() | st.text(alphabet="{}[]:\"', \n\t-abrequest&*!", max_size=60))
@example("request:\n  access_token: [1]\n")
@example('{"request": {"access_token": {"a": "b"}}}')
@example("[]")
@example("5")
def test_whatever_is_pasted_is_answered(text: str) -> None:
    told = answer({"text": text})
    json.dumps(told)
    assert told.get("call") or told["problems"]


# --------------------------------------------------------------------------------------- controls


@given(cases())
def test_to_set_a_control_to_what_it_shows_changes_nothing(case: Case) -> None:
    mapping = mapping_of(case)
    for control in every_control(ask(mapping)):
        path = control["path"]
        if control["kind"] == "message":
            path += ".type"
        elif control["kind"] == "person":
            path += ".does"
        told = ask(mapping, changes=[{"path": path, "value": control["value"]}])
        assert case_from_mapping(told["case"]) == seen(case), path


@pytest.mark.parametrize(
    ("path", "value", "becomes"),
    [
        ("people.contact.does", "busy", {"contact": {"busy_after": 9}}),
        ("people.contact.does", "no_answer", {"contact": "no_answer"}),
        ("people.contact.after", 3.5, {"contact": {"answers_after": 3.5}}),
        ("people.employee.hangs_up_after", None, {"employee": {"answers_after": 6}}),
        ("people.conversation.seconds", 7, {"conversation": 7}),
        (
            "people.conversation.ended_by",
            "employee",
            {"conversation": {"seconds": 60, "ended_by": "employee"}},
        ),
        ("people.conversation.seconds", None, {}),
    ],
)
def test_a_control_of_people_writes_what_a_case_file_would(
    path: str, value: object, becomes: dict[str, Any]
) -> None:
    people = dict(FIRST["people"])
    part = path.split(".")[1]
    people.pop(part)
    told = ask(FIRST, changes=[{"path": path, "value": value}])
    assert told["case"]["people"] == {**people, **becomes}


def test_a_message_can_be_taken_away_and_put_back() -> None:
    path = "request.contact_message.type"
    without = ask(FIRST, changes=[{"path": path, "value": "none"}])
    assert "contact_message" not in without["case"]["request"]
    again = ask(without["case"], changes=[{"path": path, "value": "media"}])
    assert again["case"]["request"]["contact_message"] == {"type": "media", "value": "237"}
    spoken = ask(again["case"], changes=[{"path": path, "value": "tts"}])
    assert spoken["case"]["request"]["contact_message"]["type"] == "tts"


def test_a_value_without_effect_says_so_at_its_control() -> None:
    told = ask(
        FIRST,
        changes=[
            {"path": "request.contact_message.type", "value": "tts"},
            {"path": "request.switch_at_once", "value": True},
        ],
    )
    (note,) = notes_at(told, "request.switch_at_once")
    assert note["kind"] == "no-effect"
    assert [clause["id"] for clause in note["clauses"]] == ["TTS", "G18"]


def test_a_refusal_stands_at_its_control_with_code_and_mnemonic() -> None:
    told = ask(FIRST, changes=[{"path": "request.contact", "value": "74993720692"}])
    assert "call" not in told
    (note,) = notes_at(told, "request.contact")
    assert note["kind"] == "refusal"
    assert note["code"] == "-32602 own_virtual_phone_number_not_allowed"


def test_controls_have_units_and_the_apis_defaults() -> None:
    bare = {key: FIRST["request"][key] for key in ("virtual_phone_number", "contact", "first_call")}
    told = {one["path"]: one for one in every_control(ask({"request": bare}))}
    assert told["request.switch_at_once"]["default"] is False
    assert told["request.direction"]["default"] == "in"
    assert told["people.contact"]["after"]["default"] == 5
    assert told["people.conversation.seconds"]["default"] == 30
    assert told["ring_timeout.employee"]["default"] == 60
    assert told["people.conversation.seconds"]["unit"] == "s"


# --------------------------------------------------------------------------------- files, secrets


def test_no_file_of_the_machine_is_read_for_a_page(tmp_path: Path) -> None:
    sound = tmp_path / "private.wav"
    with wave.open(str(sound), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(16000))
    case = {**FIRST, "account": {"media": {"237": {"file": str(sound)}}}}
    asked_as_case, pasted = ask(case), ask(text=json.dumps(case))
    for told in (asked_as_case, pasted):
        (problem,) = told["problems"]
        assert problem["path"] == "account.media.237.file"
        assert "call" not in told


@given(cases())
def test_no_answer_has_an_access_token_in_it(case: Case) -> None:
    token = "a-secret-token-of-some-length"
    mapping = mapping_of(case)
    mapping.setdefault("account", {})["access_tokens"] = [token]
    mapping["request"]["access_token"] = token
    assert token not in json.dumps(ask(text=json.dumps(mapping)))
    envelope = {"jsonrpc": "2.0", "method": "start.vnumber_call", "id": 1}
    sent = {**envelope, "params": mapping["request"]}
    assert token not in json.dumps(ask(text=json.dumps(sent)))


def test_a_request_from_a_log_becomes_a_case() -> None:
    log = Path(__file__).resolve().parents[2] / "examples" / "from-a-log.json"
    told = ask(text=log.read_text("utf-8"))
    assert told["problems"] == []
    assert told["call"]["duration"] > 0


def test_a_broken_text_is_told_with_its_line_and_the_nearest_key() -> None:
    told = ask(text="request: {}\npoeple: {}\n")
    problem = next(one for one in told["problems"] if one["path"] == "poeple")
    assert (problem["line"], problem["given"], problem["nearest"]) == (2, "poeple", "people")
    assert [line["text"] for line in problem["lines"]] == ["request: {}", "poeple: {}"]


# ------------------------------------------------------------------------------------ taken along


def data(made: dict[str, Any]) -> bytes:
    return b64decode(made["data"])


@given(cases())
def test_the_case_that_is_taken_along_reads_as_the_case_that_is_shown(case: Case) -> None:
    made = ask(case, make="case")["made"]
    assert case_from_bytes(data(made), "yaml") == seen(case)
    assert json.loads(data(ask(case, make="json")["made"])) == simulate(seen(case)).to_dict()


def test_pictures_are_taken_along_as_callflow_draw_writes_them() -> None:
    assert data(ask(FIRST, make="svg")["made"]).startswith(b"<svg")
    assert data(ask(FIRST, make="png")["made"]).startswith(b"\x89PNG")
    assert ask(FIRST, make="svg")["made"]["name"] == "the-first.svg"


def test_a_desk_without_ears_says_what_sound_needs() -> None:
    assert "numpy" in ask(FIRST, make="wav")["made"]["refused"]


def test_the_page_begins_with_every_situation() -> None:
    told = ask(words=True, situations=True)
    assert [one["name"] for one in told["situations"]] == list(SITUATIONS)
    for one in told["situations"]:
        assert ask(one["case"])["call"]["headline"]["good"]
