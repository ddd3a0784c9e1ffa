"""No input, however broken, gives a traceback, hangs, or is half-accepted."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from callflow.cli import main

from .conftest import CASE, Run

NASTY: dict[str, bytes] = {
    "not-utf8.yaml": b"name: \xff\xfe\nrequest: {}\n",
    "utf16.yaml": CASE.encode("utf-16"),
    "nul.yaml": b"name: a\0b\n",
    "broken.yaml": b"request: {contact: [1, 2\n",
    "tab.yaml": b"request:\n\tcontact: 1\n",
    "two.yaml": b"request: {}\n---\nrequest: {}\n",
    "nested.yaml": b"request: " + b"[" * 100_000,
    "nested-block.yaml": b"request:\n" + b"".join(b" " * d + b"- \n" for d in range(1, 300)),
    "nested.json": b'{"request": ' + b"[" * 100_000,
    "nested.toml": b"request = " + b"[" * 100_000,
    "objects.yaml": b"request: !!python/object/apply:os.system [echo owned]\n",
    "bomb.yaml": b"a: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(
        b"%c: &%c [%s]\n" % (c, c, b",".join([b"*%c" % (c - 1)] * 9)) for c in range(98, 106)
    ),
    "merge.yaml": b"request: {<<: {contact: 1}}\n",
    "twice.yaml": b"name: a\nname: b\nrequest: {}\n",
    "twice.json": b'{"request": {"contact": "1", "contact": "2"}}',
    "nan.json": b'{"request": {}, "messages": {"contact": NaN}}',
    "infinite.yaml": CASE.replace("contact: 12.5", "contact: .inf").encode(),
    "negative.yaml": CASE.replace("contact: 12.5", "contact: -3").encode(),
    "huge.yaml": CASE.replace("contact: 12.5", "contact: 1e999999999999").encode(),
    "tiny.yaml": CASE.replace("contact: 12.5", "contact: 1e-999999999999").encode(),
    "long.yaml": CASE.replace("contact: 12.5", "contact: " + "9" * 100_000).encode(),
    "long.json": b'{"request": {}, "messages": {"contact": ' + b"9" * 100_000 + b"}}",
    "long.toml": b"[request]\n[messages]\ncontact = " + b"9" * 100_000,
    "date.toml": b"name = 1979-05-27\n[request]\n",
    "surrogate.json": b'{"name": "\\ud83d", "request": {}}',
    "empty.yaml": b"",
    "empty.json": b"",
    "list.yaml": b"- a\n- b\n",
    "text.yaml": b"hello\n",
    "number.json": b"3",
    "null.yaml": b"request: null\n",
    "no-ending": CASE.encode(),
    "strange.ending": CASE.encode(),
}


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nasty")
    for name, data in NASTY.items():
        (folder / name).write_bytes(data)
    (folder / "directory.yaml").mkdir()
    os.mkfifo(folder / "pipe.yaml")
    (folder / "loop.yaml").symlink_to("loop.yaml")
    (folder / "case.yaml").write_text(CASE)
    return folder


def called(*arguments: str) -> tuple[int, str, str]:
    """The command line in this process; anything but an exit is a failure of the test."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as end,
    ):
        main(arguments)
    assert isinstance(end.value.code, int)
    return end.value.code, out.getvalue(), err.getvalue()


ALL = [*NASTY, "directory.yaml", "pipe.yaml", "loop.yaml", "missing.yaml"]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("verb", ["simulate", "explain"])
def test_every_broken_case_is_told_in_lines_that_name_the_file(
    nasty: Path, name: str, verb: str
) -> None:
    status, out, err = called(verb, str(nasty / name))
    assert status in (2, 3)
    assert out == ""
    assert err.strip()
    assert all(name in line or line.startswith("  ") for line in err.splitlines()), err
    assert err.isprintable() or all(line.isprintable() for line in err.splitlines())
    assert all(len(line) < 600 for line in err.splitlines())


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("options", [[], ["--all"]])
def test_validate_answers_with_one_line_of_json_for_every_file(
    nasty: Path, name: str, options: list[str]
) -> None:
    files = [str(nasty / "case.yaml"), str(nasty / name), str(nasty / "case.yaml")]
    status, out, err = called("validate", *options, *files)
    lines = [json.loads(line) for line in out.splitlines()]
    assert len(lines) == 3
    assert lines[0] == lines[2]
    assert status in (2, 3)
    assert name in err


def test_the_others_still_run(nasty: Path) -> None:
    names = [str(nasty / name) for name in [*ALL, "case.yaml"]]
    status, out, _ = called("simulate", "-f", "jsonl", *names)
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["case"] for line in lines] == names
    assert not any("fault" in line for line in lines), [li for li in lines if "fault" in li]
    assert "timeline" in lines[-1]
    assert status == 2


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch")


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.sampled_from(["contact", "employee", "media", "tts", "no_answer", "79260000000", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "request",
                    "params",
                    "contact",
                    "first_call",
                    "virtual_phone_number",
                    "people",
                    "employee",
                    "answers_after",
                    "account",
                    "media",
                    "messages",
                    "scenario",
                    "expect",
                ]
            )
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(data=st.binary(max_size=80), ending=st.sampled_from(["yaml", "json", "toml"]))
@example(data=b"\x80", ending="json")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(scratch: Path, data: bytes, ending: str) -> None:
    path = scratch / f"any.{ending}"
    path.write_bytes(data)
    _reads_or_refuses(path)


@given(value=st.dictionaries(st.sampled_from(["request", "people", "account", "x"]), json_values))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_structure_is_read_or_refused(scratch: Path, value: Any) -> None:
    path = scratch / "structure.json"
    path.write_text(json.dumps(value))
    _reads_or_refuses(path)


def _reads_or_refuses(path: Path) -> None:
    for arguments in (
        ["simulate", "-f", "jsonl"],
        ["explain"],
        ["validate"],
        ["validate", "--all"],
    ):
        status, out, err = called(*arguments, str(path))
        assert status in (0, 2, 3), (arguments, out, err)
        assert "fault" not in err
        if status and arguments != ["simulate", "-f", "jsonl"]:
            assert path.name in err
        if arguments[0] != "explain":
            for line in out.splitlines():
                json.loads(line)


def test_control_characters_of_a_user_never_reach_the_terminal(run: Run, folder: Path) -> None:
    case = CASE.replace("name: A case", 'name: "A \\e[31m case \\u202e \\u009b \\r\\n end"')
    (folder / "case.yaml").write_text(case)
    for verb in ("simulate", "explain"):
        out = run(verb, "case.yaml").out
        assert all(line.isprintable() for line in out.splitlines())
        assert "A \\x1b[31m case" in out
    assert "\\u202e" in run("simulate", "-f", "json", "case.yaml").out


def test_a_token_is_never_shown(run: Run, folder: Path) -> None:
    token = "5ecretToken0123456789"
    with_token = CASE.replace("request:\n", f"request:\n  access_token: {token}\n")
    wrong = with_token + f"account: {{access_tokens: [another{token}]}}\n"
    (folder / "case.yaml").write_text(with_token)
    (folder / "wrong.yaml").write_text(wrong)
    (folder / "typo.yaml").write_text(with_token.replace("access_token", "acess_token"))
    for verb in (
        ["simulate"],
        ["simulate", "-f", "json"],
        ["explain"],
        ["explain", "-f", "md"],
        ["validate"],
    ):
        for file in ("case.yaml", "wrong.yaml", "typo.yaml"):
            done = run(*verb, file)
            assert token[:5] not in done.out + done.err
            assert "toke" not in (done.out + done.err).replace("token", "").lower()


def test_ctrl_c_is_130(folder: Path) -> None:
    import signal
    import subprocess

    process = subprocess.Popen(
        [sys.executable, "-m", "callflow", "simulate", "-"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)},
    )
    assert process.stdin is not None
    process.stdin.write(b"#" * 200_000)  # more than a pipe holds: it reads when this is written
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err
