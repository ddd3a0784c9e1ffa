"""The case file is changed in the values that changed, and nothing else of the machine is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from callflow.call.case import Case
from callflow.call.loading import case_from_mapping, case_to_yaml, load_case
from callflow.errors import UsageError
from callflow.serve.desk.opening import mapping_of
from callflow.serve.file import GivenFile
from callflow.strategies import cases
from tests.serve.asked import FIRST, ask

TEXT = """\
# Why this case is kept.
name: A case   # as the meeting called it

request:   # from the log
  virtual_phone_number: "74993720692"
  contact: "79260000000"
  first_call: employee
  dtmf_string: "1.2"     # the extension
  contact_message: {type: media, value: "237"}   # the greeting

account:
  media: {"237": 12.5}
people:
  # they take their time
  contact: {answers_after: 9}
  employee:
    answers_after: 6        # seconds
    hangs_up_after: 40
"""


def given_file(path: Path, text: str | bytes) -> GivenFile:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return GivenFile(str(path), lambda name, data: Path(name).write_bytes(data) and None)


def saved(file: GivenFile, *changes: tuple[str, Any]) -> str:
    """The text of the file after changes at the page's controls."""
    case = file.told()["case"]
    asked = [{"path": path, "value": value} for path, value in changes]
    file.save(ask(case, changes=asked)["case"])
    return Path(file.path).read_text("utf-8")


def test_saving_changes_the_values_that_changed_and_keeps_every_comment(tmp_path: Path) -> None:
    file = given_file(tmp_path / "case.yaml", TEXT)
    text = saved(
        file,
        ("people.contact.after", 12),
        ("request.first_call", "contact"),
        ("request.dtmf_string", None),
        ("people.employee.hangs_up_after", None),
        ("people.conversation.seconds", 20),
    )
    expected = (
        TEXT.replace("answers_after: 9", "answers_after: 12")
        .replace("first_call: employee", "first_call: contact")
        .replace('dtmf_string: "1.2"     #', "#")
        .replace("    hangs_up_after: 40\n", "")
    ) + "  conversation: 20\n"
    assert [line.strip() for line in text.splitlines()] == [
        line.strip() for line in expected.splitlines()
    ]


def test_what_was_not_changed_is_not_touched(tmp_path: Path) -> None:
    file = given_file(tmp_path / "case.yaml", TEXT)
    assert saved(file) == TEXT


@given(cases(), cases())
def test_a_saved_file_reads_as_the_case_that_the_page_shows(
    tmp_path_factory: pytest.TempPathFactory, before: Case, after: Case
) -> None:
    """Whatever stands in the file, with a comment behind every line."""
    text = "".join(f"{line}  # {n}\n" for n, line in enumerate(case_to_yaml(before).splitlines()))
    file = given_file(tmp_path_factory.mktemp("case") / "case.yaml", text)
    wanted = mapping_of(after)
    file.save(wanted)
    assert mapping_of(load_case(file.path)) == mapping_of(case_from_mapping(wanted))


@pytest.mark.parametrize("enveloped", [False, True])
def test_json_and_requests_in_an_envelope_are_changed_in_place(
    tmp_path: Path, enveloped: bool
) -> None:
    case = json.loads(json.dumps(FIRST))
    if enveloped:
        envelope = {"jsonrpc": "2.0", "method": "start.vnumber_call", "id": 1}
        case["request"] = {**envelope, "params": {**case["request"], "access_token": "keep-me"}}
    file = given_file(tmp_path / "case.json", json.dumps(case, indent=2))
    text = saved(file, ("request.switch_at_once", True), ("request.dtmf_string", None))
    changed = json.loads(text)
    params = changed["request"]["params"] if enveloped else changed["request"]
    assert params["switch_at_once"] is True
    assert "dtmf_string" not in params
    assert ("keep-me" in text) is enveloped
    assert len(text.splitlines()) == len(json.dumps(case, indent=2).splitlines()) - 1


def test_a_bare_request_can_be_changed_but_not_made_a_case(tmp_path: Path) -> None:
    file = given_file(tmp_path / "log.json", json.dumps(FIRST["request"]))
    assert '"switch_at_once": true' in saved(file, ("request.switch_at_once", True))
    with pytest.raises(UsageError, match="request"):
        saved(file, ("people.contact.after", 3))


def test_a_file_that_cannot_be_changed_is_not_offered_for_it(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_text(
        '[request]\nvirtual_phone_number="74993720692"\ncontact="79260000000"\n'
        'first_call="contact"\n'
    )
    assert GivenFile(str(path), lambda *_: None).told()["savable"] is False


def test_a_file_with_a_refused_request_is_shown_with_what_the_api_has_against_it(
    tmp_path: Path,
) -> None:
    file = given_file(
        tmp_path / "case.yaml", TEXT.replace("first_call: employee", "first_call: no")
    )
    told = file.told()
    assert told["case"]["request"]["first_call"] == "no"
    assert [one["mnemonic"] for one in told["problems"]] == ["invalid_parameter_value"]
    assert told["problems"][0]["line"] == 7


def test_a_wrong_word_is_repaired_in_its_line(tmp_path: Path) -> None:
    file = given_file(tmp_path / "case.yaml", TEXT.replace("\npeople:", "\npoeple:"))
    (problem, *_) = file.told()["problems"]
    file.repair(problem)
    assert Path(file.path).read_text("utf-8") == TEXT
    with pytest.raises(UsageError, match="has changed"):
        file.repair(problem)


def test_a_broken_file_is_told_whatever_is_in_it(tmp_path: Path) -> None:
    for data in (b"\xff\xfe\x00", b"a: [", b"", b"request: 5", b"[1, 2]"):
        assert given_file(tmp_path / "case.yaml", data).told()["problems"]


def test_media_files_stay_in_the_file_and_play_as_long_as_they_do(tmp_path: Path) -> None:
    import wave

    with wave.open(str(tmp_path / "hello.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(8000 * 2 * 3))
    text = TEXT.replace('{"237": 12.5}', '{"237": {file: hello.wav}}')
    file = given_file(tmp_path / "case.yaml", text)
    assert file.told()["case"]["account"]["media"] == {"237": 3}
    assert file.sounds == {"237": str((tmp_path / "hello.wav").resolve())}
    assert "file: hello.wav" in saved(file, ("people.contact.after", 2))
