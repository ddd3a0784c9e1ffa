"""A preview that runs in this process, and requests to it over real HTTP."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import frozen

from callflow.serve.file import GivenFile
from callflow.serve.server import Preview


@frozen
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@contextmanager
def running(path: Path | None = None, host: str = "127.0.0.1") -> Iterator[Preview]:
    """A preview of a case file, or of none."""
    file = None
    if path is not None:
        file = GivenFile(str(path), lambda name, data: Path(name).write_bytes(data) and None)
    preview = Preview(file=file, host=host)
    thread = threading.Thread(target=preview.run)
    thread.start()
    try:
        yield preview
    finally:
        preview.stop()
        thread.join()


def send(
    preview: Preview,
    method: str,
    path: str,
    body: object = None,
    headers: Mapping[str, str | None] | None = None,
) -> Reply:
    """What the server answers. A header of None is not sent."""
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=30)
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    sent: dict[str, str | None] = {"Host": f"127.0.0.1:{preview.port}"}
    if data is not None:
        sent |= {"Content-Type": "application/json", "Content-Length": str(len(data))}
    sent |= dict(headers or {})
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in sent.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(data)
        answer = connection.getresponse()
        return Reply(answer.status, dict(answer.getheaders()), answer.read())
    finally:
        connection.close()
