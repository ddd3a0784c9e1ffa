"""The desk and the page over HTTP: for this machine alone, unless told otherwise.

What is served is a fixed table of the page's own files, the desk, and the case file that was given
on the command line; no path of a request ever becomes a path of the machine. A browser that shows a
foreign page is kept out three times: by the Host header (a foreign name that leads here), by the
origin (a foreign page that posts here), and by the content type, which no form can send.
"""

from __future__ import annotations

import ipaddress
import json
import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from importlib.resources import files
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from attrs import define, field

from ..errors import CallflowError, UsageError
from .desk import WrongQuestion, answer
from .file import GivenFile

#: What a question may have. A case has some thousand bytes.
LARGEST = 4 * 1024 * 1024

LOOPBACK = "127.0.0.1"

#: The page's own files, and what they are.
_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}

HEADERS = {
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

#: Seconds between two looks at the case file, and between two signs of life to the page.
_LOOK, _SIGN_OF_LIFE = 0.3, 10.0


class _Server(ThreadingMixIn, WSGIServer):
    """A thread for each request: one of them stays open for news of the case file."""

    daemon_threads = True
    # A page that is closed in the middle of an answer is nothing to tell.
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Connections that break off are nobody's fault."""


class _Handler(WSGIRequestHandler):
    """Says nothing on standard error, and looks up no names."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as the library calls it
        """Requests are nothing to tell."""

    def address_string(self) -> str:
        """The address as it is; asking for its name can take seconds."""
        return str(self.client_address[0])


@define(eq=False)
class Preview:
    """A running server.

    Attributes:
        file: the case file; None: the page begins empty.
        host: the address to listen on.
        port: 0 is a free one.
    """

    file: GivenFile | None = None
    host: str = LOOPBACK
    port: int = 0
    _server: _Server = field(init=False, repr=False)
    _pages: dict[str, tuple[bytes, str]] = field(init=False, repr=False)
    _over: threading.Event = field(factory=threading.Event, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._pages = dict(_page_files())
        try:
            self._server = make_server(
                self.host, self.port, self._application(), _Server, _Handler
            )
        except (OSError, OverflowError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is 0 to 65535"
            raise UsageError(
                f"cannot listen on {self.host} port {self.port}: {str(why).lower()}"
            ) from None
        self.port = self._server.server_port

    @property
    def address(self) -> str:
        """Where the page is."""
        shown = LOOPBACK if _is_any(self.host) else self.host
        name = f"[{shown}]" if ":" in shown else shown
        return f"http://{name}:{self.port}/"

    def run(self) -> None:
        """Serve until `stop` is called, or the program is interrupted."""
        try:
            self._server.serve_forever(poll_interval=0.1)
        finally:
            self._over.set()
            self._server.server_close()

    def stop(self) -> None:
        """Let `run` end; from another thread."""
        self._over.set()
        self._server.shutdown()

    # ------------------------------------------------------------------------------------ requests

    def _application(self) -> Callable[..., Any]:
        from bottle import Bottle, HTTPResponse, request, response

        app = Bottle(catchall=True)

        def reply(status: int, told: object) -> Any:
            body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
            return HTTPResponse(
                body.encode("utf-8", "backslashreplace"),
                status=status,
                headers={"Content-Type": "application/json; charset=utf-8", **HEADERS},
            )

        def refuse(status: HTTPStatus, why: str) -> Any:
            return reply(status, {"error": why})

        @app.hook("before_request")
        def guard() -> None:
            if not self._is_ours(request.get_header("Host", "")):
                raise refuse(HTTPStatus.MISDIRECTED_REQUEST, "this server has another name")
            origin = request.get_header("Origin")
            site = request.get_header("Sec-Fetch-Site", "none")
            foreign = origin is not None and origin != f"http://{request.get_header('Host')}"
            visit = request.method == "GET" and request.path == "/"
            if foreign or (site not in ("same-origin", "none") and not visit):
                raise refuse(HTTPStatus.FORBIDDEN, "another page may not ask here")

        @app.get("/")
        @app.get("/<name>")
        def page(name: str = "index.html") -> Any:
            if name not in self._pages:
                return refuse(HTTPStatus.NOT_FOUND, "there is no such page")
            body, type_ = self._pages[name]
            return HTTPResponse(body, headers={"Content-Type": type_, **HEADERS})

        @app.get("/file")
        def file() -> Any:
            return reply(HTTPStatus.OK, None if self.file is None else self.file.told())

        @app.get("/news")
        def news() -> Any:
            for name, value in HEADERS.items():
                response.set_header(name, value)
            response.content_type = "text/event-stream; charset=utf-8"
            return self._news()

        def asked() -> Any:
            if request.get_header("Content-Type", "").partition(";")[0] != "application/json":
                raise refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "a question is application/json")
            length = request.content_length
            if length < 0 or request.get_header("Transfer-Encoding"):
                raise refuse(HTTPStatus.LENGTH_REQUIRED, "a question says its length")
            if length > LARGEST:
                raise refuse(
                    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                    f"a question has at most {LARGEST // 1024 // 1024} MiB",
                )
            try:
                return json.loads(request.environ["wsgi.input"].read(length))
            except (ValueError, RecursionError):
                raise refuse(HTTPStatus.BAD_REQUEST, "a question is JSON") from None

        @app.post("/desk")
        def desk() -> Any:
            try:
                return reply(HTTPStatus.OK, answer(asked()))
            except WrongQuestion as error:
                return refuse(HTTPStatus.BAD_REQUEST, str(error))

        @app.post("/file")
        def save() -> Any:
            if self.file is None:
                return refuse(HTTPStatus.NOT_FOUND, "no case file was given")
            question = asked()
            case = question.get("case") if isinstance(question, dict) else None
            if not isinstance(case, dict):
                return refuse(HTTPStatus.BAD_REQUEST, "case is an object")
            try:
                self.file.save(case)
            except CallflowError as error:
                return refuse(HTTPStatus.CONFLICT, str(error))
            return reply(HTTPStatus.OK, self.file.told())

        def failed(error: Any) -> Any:
            code = error.status_code
            for name, value in HEADERS.items():
                response.set_header(name, value)
            response.content_type = "application/json; charset=utf-8"
            words = {404: "there is no such page", 405: "it cannot be asked so"}
            return json.dumps({"error": words.get(code, "a fault of callflow itself")})

        app.default_error_handler = failed
        application: Callable[..., Any] = app
        return application

    def _is_ours(self, host: str) -> bool:
        """Whether a Host header means this server, and no foreign name that leads to it."""
        name, _, port = host.rpartition(":")
        if port != str(self.port) or not name:
            return False
        name = name.strip("[]").lower()
        if name in ("localhost", LOOPBACK, "::1", self.host.lower()):
            return True
        return _is_any(self.host) and _is_address(name)

    def _news(self) -> Iterator[bytes]:
        """A line for each change of the case file, for as long as the page listens."""
        known = None if self.file is None else self.file.stamp()
        waited = 0.0
        yield b"retry: 1000\n\n"
        while not self._over.wait(_LOOK):
            stamp = None if self.file is None else self.file.stamp()
            waited += _LOOK
            if stamp != known:
                known, waited = stamp, 0.0
                yield b"event: changed\ndata: \n\n"
            elif waited >= _SIGN_OF_LIFE:
                waited = 0.0
                yield b": still here\n\n"


def _page_files() -> Iterator[tuple[str, tuple[bytes, str]]]:
    for file in files(__package__).joinpath("page").iterdir():
        ending = file.name.rpartition(".")[2]
        if ending in _TYPES:
            yield file.name, (file.read_bytes(), _TYPES[ending])


def _is_any(host: str) -> bool:
    return host in ("", "0.0.0.0", "::")  # noqa: S104 - only if that is asked for


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
