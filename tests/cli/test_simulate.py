"""``callflow simulate``: what happens?"""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from callflow.schema import schema

from .conftest import CASE, Run

REFUSED = CASE.replace('contact: "79260000000"', 'contact: "74993720692"')


def test_text_is_the_default_and_names_the_next_command(run: Run) -> None:
    done = run("simulate", "case.yaml")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[0] == "A case"
    assert "callflow explain case.yaml" in done.out


def test_a_pipe_gets_ascii_without_escapes(run: Run) -> None:
    out = run("simulate", "case.yaml").out
    assert out.isascii()
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 80


def test_columns_says_how_wide(run: Run) -> None:
    wide = run("simulate", "case.yaml", environment={"COLUMNS": "200"}).out
    assert 180 < max(map(len, wide.splitlines())) <= 200


def test_json_is_the_contract(run: Run) -> None:
    done = run("simulate", "-f", "json", "case.yaml")
    timeline = json.loads(done.out)
    Draft202012Validator(json.loads(schema("timeline"))).validate(timeline)
    assert done.out.endswith("}\n")
    assert timeline["name"] == "A case"


def test_json_takes_one_case_and_names_jsonl(run: Run) -> None:
    done = run("simulate", "-f", "json", "case.yaml", "case.yaml")
    assert (done.status, done.out) == (2, "")
    assert "jsonl" in done.err


def test_jsonl_gives_a_line_for_each_case_in_the_order_given(run: Run, folder: Path) -> None:
    (folder / "broken.yaml").write_text("request: [", encoding="utf-8")
    (folder / "refused.yaml").write_text(REFUSED, encoding="utf-8")
    files = ["refused.yaml", "case.yaml", "broken.yaml", "missing.yaml", "case.yaml"]
    done = run("simulate", "-f", "jsonl", *files)
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert [line["case"] for line in lines] == files
    assert [sorted(line)[1] for line in lines] == [
        "error",
        "timeline",
        "problems",
        "problems",
        "timeline",
    ]
    assert done.status == 2, "of 0, 2 and 3 the 2 counts"
    assert lines[2]["problems"][0]["file"] == "broken.yaml"


def test_a_refused_request_is_no_timeline(run: Run, folder: Path) -> None:
    (folder / "refused.yaml").write_text(REFUSED, encoding="utf-8")
    text, as_json = run("simulate", "refused.yaml"), run("simulate", "-f", "json", "refused.yaml")
    assert (text.status, text.out) == (3, "")
    assert text.err.startswith("refused.yaml:4: request.contact: is one of your own")
    assert as_json.status == 3
    error = json.loads(as_json.out)["error"]
    assert error["data"]["mnemonic"] == "own_virtual_phone_number_not_allowed"


def test_set_varies_a_case_without_editing_it(run: Run) -> None:
    done = run("simulate", "-f", "json", "case.yaml", "--set", "request.switch_at_once=true")
    timeline = json.loads(done.out)
    assert timeline["effective"]["switch_at_once"] is True
    assert not any(s["state"] == "message" for s in timeline["legs"]["contact"]["segments"])


def test_a_setting_that_is_wrong_is_named_by_its_option(run: Run) -> None:
    done = run("simulate", "case.yaml", "--set", "people.contact.answers_aftr=3")
    assert (done.status, done.out) == (2, "")
    assert "--set people.contact.answers_aftr=3" in done.err
    assert "did you mean answers_after?" in done.err


def test_standard_input_is_a_case_or_a_request_from_a_log(run: Run) -> None:
    request = {
        "jsonrpc": "2.0",
        "method": "start.vnumber_call",
        "id": 1,
        "params": {
            "virtual_phone_number": "74993720692",
            "contact": "79260000000",
            "first_call": "contact",
        },
    }
    for given in (CASE, json.dumps(request)):
        done = run("simulate", "-", "-f", "json", given=given)
        assert (done.status, done.err) == (0, "")
        assert json.loads(done.out)["outcome"] == "conversation"


def test_several_cases_as_text_have_their_paths_above_them(run: Run) -> None:
    out = run("simulate", "case.yaml", "./case.yaml").out
    assert [line for line in out.splitlines() if line.endswith("case.yaml")][:1] == ["case.yaml"]
    assert "\n./case.yaml\nA case\n" in out


def test_the_ending_of_the_output_chooses_the_format(run: Run, folder: Path) -> None:
    run("simulate", "case.yaml", "-o", "out.json")
    assert json.loads((folder / "out.json").read_text())["outcome"] == "conversation"
    run("simulate", "case.yaml", "-o", "out.txt")
    assert (folder / "out.txt").read_text().startswith("A case\n")
    done = run("simulate", "case.yaml", "-o", "out.jsn")
    assert done.status == 2
    assert "did you mean .json?" in done.err
    assert not (folder / "out.jsn").exists()


def test_a_file_gets_what_standard_output_would_have_got(run: Run, folder: Path) -> None:
    (folder / "refused.yaml").write_text(REFUSED, encoding="utf-8")
    done = run("simulate", "refused.yaml", "-o", "out.json")
    assert (done.status, done.out) == (3, "")
    assert "error" in json.loads((folder / "out.json").read_text())


def test_a_file_is_not_touched_if_there_is_nothing_to_write(run: Run, folder: Path) -> None:
    (folder / "out.txt").write_text("before")
    assert run("simulate", "missing.yaml", "-o", "out.txt").status == 2
    assert (folder / "out.txt").read_text() == "before"
    assert sorted(p.name for p in folder.iterdir()) == ["case.yaml", "out.txt"]


def test_an_unwritable_output_is_told_and_leaves_nothing_behind(run: Run, folder: Path) -> None:
    done = run("simulate", "case.yaml", "-o", "no/such/folder.txt")
    assert (done.status, done.out) == (2, "")
    assert "no/such/folder.txt: cannot be written" in done.err
    assert [p.name for p in folder.iterdir()] == ["case.yaml"]


def test_a_file_that_is_replaced_keeps_its_permissions(run: Run, folder: Path) -> None:
    (folder / "out.txt").write_text("before")
    (folder / "out.txt").chmod(0o640)
    run("simulate", "case.yaml", "-o", "out.txt")
    assert stat.S_IMODE((folder / "out.txt").stat().st_mode) == 0o640


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_standard_output_that_cannot_be_written_is_told(folder: Path) -> None:
    status, err = _shell(folder, "callflow simulate case.yaml > /dev/full")
    assert status == 2
    assert "cannot be written" in err


def test_a_pipe_closed_by_its_reader_ends_quietly(folder: Path) -> None:
    many = " ".join(["case.yaml"] * 200)
    status, err = _shell(folder, f"callflow simulate -f jsonl {many} | head -c 1 > /dev/null")
    assert (status, err) == (0, "")


def test_closed_standard_streams_are_told_and_no_fault(folder: Path) -> None:
    assert _shell(folder, "callflow simulate case.yaml >&-")[0] == 2
    assert _shell(folder, "callflow simulate - <&-")[0] == 2


def _shell(folder: Path, line: str) -> tuple[int, str]:
    import subprocess
    import sys

    callflow = f"'{sys.executable}' -m callflow"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line.replace("callflow", callflow, 1)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stderr
