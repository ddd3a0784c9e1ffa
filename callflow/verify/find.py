"""Cases by name: the files that paths stand for, and which of a folder's files are no cases at all.

A path that is named is a case, whatever it is called. In a folder, and the folders in it, all files
that end as cases do are looked at, in the order of their names; hidden ones are passed by. Such a
file that cannot be read as a case and shows no sign of being meant as one is a stranger: skipped,
and counted. The module asks nobody what happens in a call.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence

from attrs import define, field

from ..call.loading.files import FORMATS, read_bytes
from ..errors import UsageError, printable

#: What is said of a folder in which no case is found.
HOLDS_NO_CASE = "holds no case; a case is a .yaml, .yml, .json or .toml file with a request"

#: Keys that stand at the top of a case, and hardly at that of any other file.
_SIGNS = ("request", "scenario", "people", "ring_timeout", "expect")
_TOP_KEY = re.compile(rb"""^(?:\[|\{\s*)?["']?([a-z_]+)["']?\s*[:=.\]]""", re.MULTILINE)
#: The same of a request as it is copied from a log; words of this method stand there, too.
_OF_A_REQUEST = ("jsonrpc", "method", "params", "virtual_phone_number", "first_call")
_OF_THE_METHOD = re.compile(rb"virtual_phone_number|start\.vnumber_call")


@define
class Found:
    """What paths stand for.

    Attributes:
        files: each once, as it was first named, in the order of the paths; and whether it was only
            found in a folder.
        folders: of each folder that was named, its files.
        problems: what is wrong with paths, a sentence each.
    """

    files: dict[str, bool] = field(factory=dict)
    folders: dict[str, list[str]] = field(factory=dict)
    problems: list[str] = field(factory=list)
    _first: dict[object, str] = field(factory=dict)

    def add(self, path: str, folder: str | None = None) -> None:
        """Take a file, unless it is there already, be it under another name."""
        first = self._first.setdefault(_identity(path), path)
        self.files[first] = self.files.get(first, True) and folder is not None
        if folder is not None:
            self.folders[folder].append(first)


def find(paths: Sequence[str]) -> Found:
    """The files that paths stand for. ``-`` is standard input."""
    found = Found()
    for path in paths:
        if path == "-" or not os.path.isdir(path):
            found.add(path)
            continue
        found.folders.setdefault(path, [])
        for file in _walk(path, found.problems):
            found.add(file, path)
    return found


def _identity(path: str) -> object:
    """The same for two names of one file; a file that is not there is its name."""
    if path == "-":
        return path
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return os.path.normpath(path)
    return status.st_dev, status.st_ino


def _walk(
    folder: str, problems: list[str], above: frozenset[object] = frozenset()
) -> Iterator[str]:
    """The files of a folder and of those in it, by name; a folder inside itself is left out."""
    here = _identity(folder)
    if here in above:
        return
    try:
        with os.scandir(folder) as entries:
            found = sorted(
                (entry.name, entry.path.removeprefix("./"), _is_folder(entry)) for entry in entries
            )
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        problems.append(f"{printable(folder)}: cannot be read: {why}")
        return
    for name, path, is_folder in found:
        if name.startswith("."):
            continue
        if is_folder:
            yield from _walk(path, problems, above | {here})
        elif os.path.splitext(name)[1].lower() in FORMATS:
            yield path


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself: it is told when it is read
        return False


def is_stranger(path: str) -> bool:
    """Whether a file shows no sign of being meant as a case.

    A sign is a key of cases at its top that other files hardly have, or a word that only requests
    of this method have. A file that cannot be read is no stranger: it may be anything.
    """
    try:
        data = read_bytes(path)
    except UsageError:
        return False
    keys = _keys_of_json(data) if path.lower().endswith(".json") else None
    if keys is None:
        keys = {key.decode() for key in _TOP_KEY.findall(data)}
    copied = keys.intersection(_OF_A_REQUEST) and _OF_THE_METHOD.search(data)
    return not (copied or keys.intersection(_SIGNS))


def _keys_of_json(data: bytes) -> set[str] | None:
    """The keys at the top of a JSON file; None: it is none that can be read."""
    import json

    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return set(value) if isinstance(value, dict) else set()
