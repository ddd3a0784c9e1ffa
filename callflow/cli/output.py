"""Where a verb's answer goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from types import TracebackType
from typing import Self

from ..errors import UsageError, printable


class ReaderGone(Exception):
    """Whoever reads standard output has seen enough."""


def is_folder(path: str) -> bool:
    """Whether a path says by its ending that a folder is meant, be it there or not."""
    return path.endswith(("/", os.sep))


class Output:
    """The answer of a verb. Use it as a context; a file appears when that ends well, and only then.

    If nothing was written to a file, it is not touched.

    Raises:
        UsageError: the output cannot be written.
    """

    def __init__(self, path: str | None) -> None:
        if path == "":
            raise UsageError("-o names no file")
        if path == "-":
            raise UsageError("-o - names no file; without -o the answer goes to standard output")
        if path is not None and is_folder(path):
            raise UsageError(f"{printable(path)}: names a folder; name a file in it")
        self._path = path
        self._parts: list[bytes] = []

    def __enter__(self) -> Self:
        if self._path is not None:
            _expect_room(self._path)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is None and self._path is not None and self._parts:
            _write_whole(self._path, b"".join(self._parts))

    @property
    def is_file(self) -> bool:
        """Whether the answer goes to a file."""
        return self._path is not None

    def write(self, answer: str | bytes) -> None:
        """Add text, or the bytes of a picture, to the answer; on standard output at once."""
        if self._path is not None:
            data = (
                answer if isinstance(answer, bytes) else answer.encode("utf-8", "backslashreplace")
            )
            self._parts.append(data)
            return
        stream = sys.stdout
        if stream is None:
            raise UsageError("standard output is closed")
        try:
            if isinstance(answer, bytes):
                if stream.isatty():
                    raise UsageError("no terminal can show this format: write it to a file with -o")
                stream.buffer.write(answer)
            else:
                stream.write(_encodable(answer, stream.encoding))
        except BrokenPipeError:
            raise ReaderGone from None
        except OSError as problem:
            raise UsageError(f"standard output cannot be written: {problem.strerror}") from None

    def flush(self) -> None:
        """Show what was written to standard output, before anything is said beside it."""
        if self._path is not None or sys.stdout is None:
            return
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            raise ReaderGone from None
        except OSError as problem:
            raise UsageError(f"standard output cannot be written: {problem.strerror}") from None


def _encodable(text: str, encoding: str | None) -> str:
    """The text in characters that the stream has; the others as escapes."""
    if text.isascii():
        return text
    known = encoding or "utf-8"
    return text.encode(known, "backslashreplace").decode(known)


def _expect_room(path: str) -> None:
    """Refuse at once what cannot be written anyway: before the work, and before other files."""
    target = os.path.realpath(path)
    folder = os.path.dirname(target)
    if os.path.isdir(target):
        why = errno.EISDIR
    elif not os.path.exists(folder):
        why = errno.ENOENT
    elif not os.path.isdir(folder):
        why = errno.ENOTDIR
    else:
        return
    raise UsageError(f"{path}: cannot be written: {os.strerror(why)}")


def _write_whole(path: str, data: bytes) -> None:
    import tempfile

    try:
        if os.path.exists(path) and not stat.S_ISREG(os.stat(path).st_mode):
            with open(path, "wb", buffering=0) as device:  # a pipe or a terminal has no second copy
                device.write(data)
            return
        target = os.path.realpath(path)
        if os.path.exists(target) and not os.access(target, os.W_OK):
            raise UsageError(f"{path}: cannot be written: it is write-protected")
        handle, temporary = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".callflow-")
        try:
            with open(handle, "wb") as file:
                file.write(data)
            os.chmod(temporary, _mode(target))
            os.replace(temporary, target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else str(problem)
        raise UsageError(f"{path}: cannot be written: {why}") from None


def _mode(path: str) -> int:
    """The permissions of the file that is replaced, or those of a new one."""
    try:
        return stat.S_IMODE(os.stat(path).st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
