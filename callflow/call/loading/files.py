"""Bytes of files, and the formats that their names tell. Nothing here waits: a pipe is refused."""

from __future__ import annotations

import os
import stat
from typing import BinaryIO

from ...errors import UsageError, nearest, printable

#: What a file may have. A case has a few hundred bytes.
LARGEST = 16 * 1024 * 1024

FORMATS = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".toml": "toml"}


class NoFile(Exception):
    """There is no regular file of this name, or it cannot be read; the text says why."""


def open_regular(path: str) -> BinaryIO:
    """A regular file, open for reading. Nothing else is waited for: pipes and devices are refused.

    Raises:
        NoFile: it is something else, or not there.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)  # a pipe is opened without waiting for its writer
    except OSError as error:
        if os.path.isdir(path):  # where a folder cannot be opened at all
            raise NoFile("is a directory, not a file") from None
        raise NoFile(f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    except ValueError:  # a NUL in the name
        raise NoFile("is no name of a file") from None
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return open(descriptor, "rb")
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise NoFile("is a directory, not a file")
    raise NoFile("is no regular file")


def read_bytes(path: str) -> bytes:
    """The bytes of a regular file of at most 16 MiB.

    Raises:
        UsageError: there is none, or it cannot be read; says why.
    """
    try:
        with open_regular(path) as file:
            data = file.read(LARGEST + 1)
    except NoFile as error:
        hint = "; - reads standard input" if "regular" in str(error) else ""
        raise UsageError(f"{printable(path)}: {error}{hint}") from None
    except OSError as error:
        raise UsageError(f"{printable(path)}: cannot be read: {error.strerror}") from None
    return checked_size(data, path)


def checked_size(data: bytes, path: str) -> bytes:
    """The bytes, if they are not too many.

    Raises:
        UsageError: they are.
    """
    if len(data) > LARGEST:
        raise UsageError(
            f"{printable(path)}: has more than {LARGEST // 1024 // 1024} MiB (a limit of ours)"
        )
    return data


def format_of(path: str, input_format: str | None) -> str:
    """``yaml``, ``json`` or ``toml``: as was said, else as the ending of the file tells.

    Raises:
        UsageError: neither tells.
    """
    if input_format is not None:
        if input_format not in FORMATS.values():
            near = nearest(input_format, ("yaml", "json", "toml"))
            hint = f"; did you mean {near}?" if near else ""
            raise UsageError(
                f"the format must be yaml, json or toml, not {printable(input_format)}{hint}"
            )
        return input_format
    ending = os.path.splitext(path)[1].lower()
    if ending not in FORMATS:
        near = nearest(ending, FORMATS)
        said = f"the ending {printable(ending)} says no format" if ending else "has no ending"
        raise UsageError(
            f"{printable(path)}: {said}; a case ends in {', '.join(FORMATS)}, "
            "or say --input-format yaml|json|toml" + (f"; did you mean {near}?" if near else "")
        )
    return FORMATS[ending]
