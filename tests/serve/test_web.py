"""The server answers its own page alone, and gives nothing of the machine away."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from callflow.errors import UsageError
from callflow.serve.server import Preview
from callflow.serve.web import LARGEST, Web
from tests.serve.asked import FIRST, ask
from tests.serve.running import running, send
from tests.serve.test_file import TEXT


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    path = tmp_path_factory.mktemp("given") / "case.yaml"
    path.write_text(TEXT, encoding="utf-8")
    (path.parent / "secret.txt").write_text("nobody's business")
    with running(path) as started:
        yield started


QUESTION = {"case": FIRST, "at": 20}


def test_the_server_gives_what_the_desk_says(preview: Preview) -> None:
    told = send(preview, "POST", "/desk", QUESTION)
    assert told.status == 200
    assert told.json == ask(FIRST, at=20)


def test_every_answer_carries_the_policy(preview: Preview) -> None:
    replies = [
        send(preview, "GET", "/"),
        send(preview, "GET", "/main.js"),
        send(preview, "GET", "/nothing"),
        send(preview, "PUT", "/desk"),
        send(preview, "POST", "/desk", QUESTION),
        send(preview, "POST", "/desk", b"{"),
        send(preview, "GET", "/", headers={"Host": "evil.example"}),
        send(preview, "GET", "/a/b/c"),
    ]
    for reply in replies:
        policy = reply.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["Referrer-Policy"] == "no-referrer"
    assert [reply.status for reply in replies] == [200, 200, 404, 405, 200, 400, 421, 404]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "", "localhost.evil.example:{port}"]
)
def test_a_foreign_name_that_leads_here_is_refused(preview: Preview, host: str) -> None:
    host = host.format(port=preview.port)
    assert send(preview, "GET", "/", headers={"Host": host}).status == 421
    assert send(preview, "POST", "/desk", QUESTION, {"Host": host}).status == 421


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_the_names_of_this_machine_are_right(preview: Preview, name: str) -> None:
    assert send(preview, "GET", "/", headers={"Host": f"{name}:{preview.port}"}).status == 200


def test_a_server_for_all_addresses_takes_addresses_and_no_names() -> None:
    web = Web(None, "0.0.0.0", 80)  # noqa: S104 - nothing listens
    assert web.is_ours("192.168.1.5:80")
    assert web.is_ours("[fe80::1]:80")
    assert not web.is_ours("evil.example:80")


def test_a_browser_leaves_out_the_usual_port() -> None:
    """A preview on port 80 is found under its address without a port, too."""
    web = Web(None, port=80)
    assert all(map(web.is_ours, ("127.0.0.1", "localhost", "[::1]", "localhost:80")))
    assert not any(map(web.is_ours, ("", "evil.example", "127.0.0.1:81", "[::2]")))


def test_another_page_may_not_ask(preview: Preview) -> None:
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": f"https://127.0.0.1:{preview.port}"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        assert send(preview, "POST", "/desk", QUESTION, headers).status == 403
        assert send(preview, "GET", "/file", headers=headers).status == 403
    own = {"Origin": f"http://127.0.0.1:{preview.port}", "Sec-Fetch-Site": "same-origin"}
    assert send(preview, "POST", "/desk", QUESTION, own).status == 200
    visit = {"Sec-Fetch-Site": "cross-site"}  # a link on another page
    assert send(preview, "GET", "/", headers=visit).status == 200


def test_what_a_form_can_send_is_refused(preview: Preview) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None):
        assert send(preview, "POST", "/desk", QUESTION, {"Content-Type": kind}).status == 415
        assert send(preview, "POST", "/file", {"case": {}}, {"Content-Type": kind}).status == 415


def test_a_question_has_a_length_and_not_too_much_of_it(preview: Preview) -> None:
    longest = {"Content-Length": str(LARGEST + 1)}
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=30)
    connection.putrequest("POST", "/desk")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", longest["Content-Length"])
    connection.endheaders()  # the answer comes before anything is sent
    assert connection.getresponse().status == 413
    connection.close()
    for none in ("", "-5", "much", "1e3", "9" * 5000):
        assert send(preview, "POST", "/desk", b"{}", {"Content-Length": none}).status == 411
    chunked = {"Content-Length": None, "Transfer-Encoding": "chunked"}
    assert send(preview, "POST", "/desk", b"2\r\n{}\r\n0\r\n\r\n", chunked).status == 411


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"at": "x"}',
        b"[" * 100_000,
        b'{"case": ' + b'{"a": ' * 900 + b"1" + b"}" * 901,
        b"null",
    ],
)
def test_what_is_no_question_is_refused_in_a_sentence(preview: Preview, body: bytes) -> None:
    reply = send(preview, "POST", "/desk", body)
    assert reply.status == 400
    assert reply.json["error"]
    assert b"Traceback" not in reply.body


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/....//secret.txt",
        "/secret.txt",
        "/case.yaml",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/page/../../server.py",
        "/file:///etc/passwd",
        "/\x00",
        "/index.html%00.css",
        "/..\\..\\server.py",
    ],
)
def test_no_path_leads_to_a_file_of_the_machine(preview: Preview, path: str) -> None:
    quoted = path.replace("\x00", "%00")
    reply = send(preview, "GET", quoted)
    assert reply.status == 404
    assert reply.json == {"error": "there is no such page"}


def test_no_file_is_read_through_a_question_either(preview: Preview) -> None:
    case = {**FIRST, "account": {"media": {"237": {"file": "secret.txt"}}}}
    for question in ({"case": case}, {"text": json.dumps(case)}, {"case": case, "make": "wav"}):
        reply = send(preview, "POST", "/desk", question)
        assert reply.json["problems"][0]["path"] == "account.media.237.file"
    assert send(preview, "POST", "/file", {"case": case}).status == 409


def test_the_page_can_save_to_the_file_and_to_no_other(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(TEXT, encoding="utf-8")
    with running(path) as preview:
        told = send(preview, "GET", "/file").json
        told["case"]["people"]["contact"] = {"answers_after": 3}
        assert send(preview, "POST", "/file", {"case": told["case"]}).status == 200
        assert "answers_after: 3" in path.read_text("utf-8")
        refused = {**told["case"], "request": {}}
        assert send(preview, "POST", "/file", {"case": refused}).status == 409
        assert send(preview, "POST", "/file", {"path": "/etc/passwd"}).status == 400
    with running() as empty:
        assert send(empty, "GET", "/file").json is None
        assert send(empty, "POST", "/file", {"case": FIRST}).status == 404


def test_the_page_hears_that_the_file_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(TEXT, encoding="utf-8")
    with running(path) as preview:
        known = send(preview, "GET", "/file").json["stamp"]
        assert send(preview, "GET", "/news").json == known
        path.write_text(TEXT + "\n# changed\n", encoding="utf-8")
        assert send(preview, "GET", "/news").json != known
        path.unlink()
        assert send(preview, "GET", "/news").json not in (known, None)


def test_what_changed_in_the_file_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """Saving to a file that is not the one the page knows is refused, and the file stays."""
    path = tmp_path / "case.yaml"
    path.write_text(TEXT, encoding="utf-8")
    with running(path) as preview:
        told = send(preview, "GET", "/file").json
        told["case"]["people"]["contact"] = {"answers_after": 3}
        theirs = TEXT.replace("answers_after: 6 ", "answers_after: 8.5 ")
        path.write_text(theirs, encoding="utf-8")
        asked = {"case": told["case"], "stamp": told["stamp"]}
        reply = send(preview, "POST", "/file", asked)
        assert (reply.status, path.read_text("utf-8")) == (409, theirs)
        assert "has changed meanwhile" in reply.json["error"]
        asked["stamp"] = send(preview, "GET", "/file").json["stamp"]
        assert send(preview, "POST", "/file", asked).status == 200


def test_a_port_that_is_taken_is_told() -> None:
    with running() as preview, pytest.raises(UsageError, match="cannot listen"):
        Preview(port=preview.port)


# --------------------------------------------------------------------------------- the command line


def command(*arguments: str, cwd: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "callflow", "preview", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=cwd,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )


def test_the_command_says_where_the_page_is_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(TEXT, encoding="utf-8")
    with command("case.yaml", "--no-open", cwd=tmp_path) as process:
        assert process.stdout
        line = process.stdout.readline()
        assert line.startswith("case.yaml at http://127.0.0.1:")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
    assert "Traceback" not in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["missing.yaml"], "missing.yaml: cannot be read"),
        (["case.txt"], "says no format"),
        (["-"], "shows a file"),
        (["--set", "request.contact=1"], "need a case"),
        (["--port", "70000"], "--port"),
        (["--host", "no.such.host.invalid"], "cannot listen on no.such.host.invalid"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_line(
    tmp_path: Path, arguments: list[str], told: str
) -> None:
    (tmp_path / "case.txt").write_text("x")
    with command(*arguments, "--no-open", cwd=tmp_path) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert told in err
    assert "Traceback" not in out + err


def test_a_recording_that_the_case_file_names_is_heard_and_no_other(tmp_path: Path) -> None:
    """A page that asks for the sound of a case gets the recordings of the file given, by id."""
    with wave.open(str(tmp_path / "hello.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\x00\x40\x00\xc0" * 12_000)
    path = tmp_path / "case.yaml"
    path.write_text(TEXT.replace('{"237": 12.5}', '{"237": {file: hello.wav}}'), encoding="utf-8")
    with running(path) as preview:
        case = send(preview, "GET", "/file").json["case"]
        own = send(preview, "POST", "/desk", {"case": case, "make": "wav"}).json["made"]
        assert not any("placeholder" in note for note in own["notes"])
        case["account"]["media"]["999"] = 3
        case["request"]["contact_message"]["value"] = "999"
        other = send(preview, "POST", "/desk", {"case": case, "make": "wav"}).json["made"]
        assert any("placeholder" in note for note in other["notes"])
