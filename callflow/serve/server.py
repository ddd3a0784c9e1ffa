"""The server of a preview: it listens on this machine alone, unless told otherwise, and stops."""

from __future__ import annotations

import socket
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from attrs import define, field

from ..errors import UsageError, printable
from .file import GivenFile
from .web import LOOPBACK, Web, is_any


class _Server(ThreadingMixIn, WSGIServer):
    """A thread for each request: whoever is slow keeps nobody else waiting."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A page that is closed in the middle of an answer is nothing to tell."""


class _Server6(_Server):
    address_family = socket.AF_INET6


class _Handler(WSGIRequestHandler):
    """Says nothing on standard error, and looks up no names."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as the library calls it
        """Requests are nothing to tell."""

    def address_string(self) -> str:
        """The address as it is."""
        return str(self.client_address[0])


@define(eq=False)
class Preview:
    """A running server.

    Attributes:
        file: the case file; None: the page begins empty.
        host: the address to listen on.
        port: 0 is a free one.

    Raises:
        UsageError: it cannot listen there.
    """

    file: GivenFile | None = None
    host: str = LOOPBACK
    port: int = 0
    _web: Web = field(init=False, repr=False)
    _server: WSGIServer = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._web = Web(self.file, self.host)
        kind = _Server6 if ":" in self.host else _Server
        try:
            self._server = make_server(
                self.host, self.port, self._web.application(), kind, _Handler
            )
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise UsageError(
                f"cannot listen on {printable(self.host)} port {self.port}: {why}"
            ) from None
        self.port = self._web.port = self._server.server_port

    @property
    def address(self) -> str:
        """Where the page is."""
        shown = LOOPBACK if is_any(self.host) else self.host
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self.port}/"

    def run(self) -> None:
        """Serve until `stop` is called, or the program is interrupted."""
        try:
            self._server.serve_forever(poll_interval=0.1)
        finally:
            self._server.server_close()

    def stop(self) -> None:
        """Let `run` end; from another thread."""
        self._server.shutdown()
