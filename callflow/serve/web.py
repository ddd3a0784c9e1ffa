"""What is answered over HTTP, and to whom.

What is served is a fixed table of the page's own files, the desk, and the case file that was given
on the command line; no path of a request ever becomes a path of the machine. A browser that shows a
foreign page is kept out three times: by the Host header (a foreign name that leads here), by the
origin (a foreign page that posts here), and by the content type, which no form can send.
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

from attrs import define, field

from ..errors import CallflowError, printable
from .desk import Ears, WrongQuestion, answer
from .file import GivenFile

#: What a question may have. A case has some thousand bytes.
LARGEST = 4 * 1024 * 1024

LOOPBACK = "127.0.0.1"
_USUAL_PORT = 80

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "media-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

#: The page's own files, by their endings.
_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_JSON = "application/json"


class _Refused(Exception):
    """A request that is not answered; its status and the reason."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status


@define(eq=False)
class Web:
    """The answers.

    Attributes:
        file: the case file; None: there is none.
        host: the address that is listened on; ``port``: known once it is.
    """

    file: GivenFile | None
    host: str = LOOPBACK
    port: int = 0
    _pages: Mapping[str, tuple[bytes, str]] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._pages = dict(_page_files())

    def application(self) -> Callable[..., Any]:
        """The answers as a WSGI application."""
        from bottle import Bottle

        app = Bottle()
        app.config["catchall"] = False  # an answer is made of every fault in `_guarded`
        for method, path, callback in (
            ("GET", "/", self._page),
            ("GET", "/<name>", self._page),
            ("GET", "/file", self._told_file),
            ("GET", "/news", self._news),
            ("POST", "/desk", self._desk),
            ("POST", "/file", self._saved_file),
        ):
            app.route(path, method, self._guarded(callback))
        app.default_error_handler = self._unknown
        application: Callable[..., Any] = app
        return application

    # ------------------------------------------------------------------------------------- guarding

    def _guarded(self, callback: Callable[..., Any]) -> Callable[..., Any]:
        """An answer that only a page of ours gets, and that never ends in a traceback."""

        def guarded(**given: str) -> Any:
            try:
                self._check()
                return callback(**given)
            except _Refused as refused:
                return _reply({"error": str(refused)}, refused.status)
            except RecursionError:
                why = "a question is not nested so deep"
                return _reply({"error": why}, HTTPStatus.BAD_REQUEST)
            except CallflowError as error:
                status = HTTPStatus.BAD_REQUEST
                if not isinstance(error, WrongQuestion):
                    status = HTTPStatus.CONFLICT
                return _reply({"error": str(error)}, status)
            except Exception as error:  # whatever it is, it is ours, and the page says so
                if os.environ.get("CALLFLOW_TRACEBACK"):
                    raise
                why = f"a fault of callflow itself: {type(error).__name__}: {printable(str(error))}"
                return _reply({"error": why}, HTTPStatus.INTERNAL_SERVER_ERROR)

        return guarded

    def _check(self) -> None:
        """Refuse what no page of ours sends.

        Raises:
            _Refused: says why.
        """
        from bottle import request

        host = request.get_header("Host", "")
        if not self.is_ours(host):
            raise _Refused(HTTPStatus.MISDIRECTED_REQUEST, "this server has another name")
        origin = request.get_header("Origin")
        site = request.get_header("Sec-Fetch-Site", "none")
        visit = request.method == "GET" and request.path == "/"
        if origin not in (None, f"http://{host}"):
            raise _Refused(HTTPStatus.FORBIDDEN, "another page may not ask here")
        if site not in ("same-origin", "none") and not visit:
            raise _Refused(HTTPStatus.FORBIDDEN, "another page may not ask here")

    def is_ours(self, host: str) -> bool:
        """Whether a Host header means this server, and no foreign name that leads to it."""
        if self.port == _USUAL_PORT and not re.search(r":\d+$", host):
            host = f"{host}:{_USUAL_PORT}"  # a browser leaves it out
        name, _, port = host.rpartition(":")
        if port != str(self.port) or not name:
            return False
        name = name.strip("[]").lower()
        if name in ("localhost", LOOPBACK, "::1", self.host.lower()):
            return True
        return is_any(self.host) and _is_address(name)

    def _asked(self) -> Any:
        """The JSON that was sent.

        Raises:
            _Refused: it is none, or too much.
        """
        from bottle import request

        if request.get_header("Content-Type", "").partition(";")[0].strip() != _JSON:
            raise _Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"a question is {_JSON}")
        said = request.get_header("Content-Length", "")
        length = int(said) if re.fullmatch("[0-9]{1,18}", said) else -1
        if length < 0 or request.get_header("Transfer-Encoding"):
            raise _Refused(HTTPStatus.LENGTH_REQUIRED, "a question says its length")
        if length > LARGEST:
            most = f"a question has at most {LARGEST // 1024 // 1024} MiB"
            raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, most)
        try:
            return json.loads(request.environ["wsgi.input"].read(length))
        except (ValueError, RecursionError):
            raise _Refused(HTTPStatus.BAD_REQUEST, "a question is JSON") from None

    # ------------------------------------------------------------------------------------ answering

    def _page(self, name: str = "index.html") -> Any:
        if name not in self._pages:
            raise _Refused(HTTPStatus.NOT_FOUND, "there is no such page")
        body, type_ = self._pages[name]
        return _response(body, HTTPStatus.OK, type_)

    def _desk(self) -> Any:
        return _reply(answer(self._asked(), self._ears()))

    def _told_file(self) -> Any:
        return _reply(None if self.file is None else self.file.told())

    def _saved_file(self) -> Any:
        if self.file is None:
            raise _Refused(HTTPStatus.NOT_FOUND, "no case file was given")
        question = self._asked()
        asked = question if isinstance(question, dict) else {}
        if isinstance(asked.get("case"), dict):
            self.file.save(asked["case"], asked.get("stamp"))
        elif isinstance(asked.get("repair"), dict):
            self.file.repair(asked["repair"])
        else:
            raise _Refused(HTTPStatus.BAD_REQUEST, "a case to save, or a repair")
        return _reply(self.file.told())

    def _ears(self) -> Ears | None:
        """How calls sound here: with recordings of the case file alone."""
        if find_spec("numpy") is None:
            return None
        from ..call.loading.recordings import recording
        from ..draw.sound.sounded import Hearing

        sounds = {} if self.file is None else self.file.sounds
        return Ears(hearing=Hearing(recorder=recording), files=sounds)

    def _news(self) -> Any:
        """What changes when the case file does.

        The page asks again and again. A connection that stays open would be news at once, but a
        browser has six of them for a server, and the seventh page of it would never come.
        """
        return _reply(None if self.file is None else self.file.stamp())

    def _unknown(self, error: Any) -> Any:
        """What no route answers."""
        from bottle import response

        for name, value in {**HEADERS, "Content-Type": f"{_JSON}; charset=utf-8"}.items():
            response.set_header(name, value)
        asked = error.status_code == HTTPStatus.METHOD_NOT_ALLOWED
        return json.dumps({"error": "it is not asked so" if asked else "there is no such page"})


def _reply(told: object, status: HTTPStatus = HTTPStatus.OK) -> Any:
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return _response(body.encode("utf-8", "backslashreplace"), status, f"{_JSON}; charset=utf-8")


def _response(body: Any, status: HTTPStatus, type_: str) -> Any:
    from bottle import HTTPResponse

    told = f"{status.value} {status.phrase}"
    return HTTPResponse(body, told, headers={"Content-Type": type_, **HEADERS})


def _page_files() -> Iterator[tuple[str, tuple[bytes, str]]]:
    for file in files("callflow.serve").joinpath("page").iterdir():
        ending = file.name.rpartition(".")[2]
        if ending in _TYPES:
            yield file.name, (file.read_bytes(), _TYPES[ending])


def is_any(host: str) -> bool:
    """Whether an address to listen on means all addresses of the machine."""
    return host in ("", "0.0.0.0", "::")  # noqa: S104 - only if that is asked for


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
