"""``callflow validate``: would the API take it?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import CASE, Run

TOKEN = "2fRN4g217ca0b422"
REQUEST = {
    "jsonrpc": "2.0",
    "method": "start.vnumber_call",
    "id": "req1",
    "params": {
        "access_token": TOKEN,
        "virtual_phone_number": "74993720692",
        "contact": "79260000000",
        "first_call": "contact",
    },
}


def written(folder: Path, request: object, name: str = "request.json") -> str:
    (folder / name).write_text(json.dumps(request), encoding="utf-8")
    return name


def test_a_right_request_gets_the_reply_with_its_own_id(run: Run, folder: Path) -> None:
    done = run("validate", written(folder, REQUEST))
    answer = json.loads(done.out)
    assert done.status == 0
    assert (answer["jsonrpc"], answer["id"]) == ("2.0", "req1")
    assert isinstance(answer["result"]["data"]["call_session_id"], int)
    assert "request.json: the API takes it" in done.err


def test_the_call_session_id_depends_on_the_request_alone(run: Run, folder: Path) -> None:
    params = REQUEST["params"]
    assert isinstance(params, dict)
    same = {**REQUEST, "id": 7, "params": dict(reversed({**params, "access_token": "x"}.items()))}
    other = {**REQUEST, "params": {**params, "contact": "79260000001"}}
    names = [
        written(folder, request, f"{n}.json") for n, request in enumerate((REQUEST, same, other))
    ]
    first, second, third = (
        json.loads(line)["result"]["data"]["call_session_id"]
        for line in run("validate", *names).out.splitlines()
    )
    assert first == second != third


def test_a_refused_request_gets_the_error_and_a_sentence(run: Run, folder: Path) -> None:
    params = {**REQUEST["params"], "first_call": "employe"}  # type: ignore[dict-item]
    done = run("validate", written(folder, {**REQUEST, "params": params}))
    error = json.loads(done.out)["error"]
    assert done.status == 3
    assert (error["code"], error["data"]["field"], error["data"]["value"]) == (
        -32602,
        "first_call",
        "employe",
    )
    assert done.err.startswith("request.json: the API refuses first_call: it must be")
    assert "-32602 invalid_parameter_value" in done.err


def test_all_collects_every_problem_with_its_parameter(run: Run, folder: Path) -> None:
    params = {"contact": 5, "first_call": "both", "speed": 3}
    name = written(folder, {**REQUEST, "params": params})
    done = run("validate", "--all", name)
    line = json.loads(done.out)
    assert line["file"] == name
    assert [(p["data"]["mnemonic"], p["data"]["field"]) for p in line["problems"]] == [
        ("required_parameter_missed", "access_token"),
        ("required_parameter_missed", "virtual_phone_number"),
        ("data_type_error", "contact"),
        ("invalid_parameter_value", "first_call"),
        ("unexpected_parameters", "speed"),
    ]
    assert done.status == 3


def test_a_case_is_judged_by_its_request_and_account(run: Run, folder: Path) -> None:
    (folder / "case.yaml").write_text(CASE + "account: {blacklist: ['79260000000']}\n")
    done = run("validate", "case.yaml")
    assert json.loads(done.out)["error"]["data"]["mnemonic"] == "contact_in_blacklist"
    assert json.loads(done.out)["id"] is None
    assert done.status == 3


def test_an_account_file_takes_the_place_of_the_cases(run: Run, folder: Path) -> None:
    (folder / "account.yaml").write_text("virtual_numbers: {'74993720692': null}\n")
    for name in ("case.yaml", written(folder, REQUEST)):
        done = run("validate", "--account", "account.yaml", name)
        assert json.loads(done.out)["error"]["data"]["mnemonic"] == "scenario_not_found"


def test_params_alone_are_taken_as_in_a_case(run: Run, folder: Path) -> None:
    params = {k: v for k, v in REQUEST["params"].items() if k != "access_token"}  # type: ignore[attr-defined]
    done = run("validate", written(folder, params))
    assert (done.status, json.loads(done.out)["id"]) == (0, None)


@pytest.mark.parametrize(
    ("data", "mnemonic"),
    [
        (b"\xff\xfe{", "character_encoding_not_allowed"),
        (b"{", "parse_error"),
        (b"[]", "batch_operations_not_supported"),
        (b"3", "invalid_request"),
        (b"{}", "invalid_request"),
        (
            b'{"jsonrpc": "2.0", "method": "start.vnumber_call", "params": {}}',
            "notifications_not_supported",
        ),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "stop", "params": {}}', "method_not_found"),
    ],
)
def test_any_bytes_are_a_request(run: Run, data: bytes, mnemonic: str) -> None:
    done = run("validate", "-", given=data)
    assert json.loads(done.out)["error"]["data"]["mnemonic"] == mnemonic
    assert done.status == 3


def test_the_id_is_echoed_as_it_was_written(run: Run) -> None:
    given = json.dumps(REQUEST).replace('"req1"', "1.50e3")
    assert '"id":1.50e3' in run("validate", "-", given=given).out


def test_a_warning_goes_to_standard_error(run: Run, folder: Path) -> None:
    params = {**REQUEST["params"], "show_virtual_phone_number": True}  # type: ignore[dict-item]
    done = run("validate", written(folder, {**REQUEST, "params": params, "trace": 1}))
    assert done.status == 0
    assert "warning: request.trace: no member of a JSON-RPC envelope" in done.err
    assert "warning: request.show_virtual_phone_number" in done.err
    assert len(done.out.splitlines()) == 1
