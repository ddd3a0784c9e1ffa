"""A folder that a verb fills: all files or none, and nothing of anybody else's is touched.

A verb knows its own files by a mark in their text. Files with the mark that it would no longer
write are left-overs of an earlier run; files without it belong to somebody else.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest

from attrs import frozen

from ..errors import UsageError, printable
from .output import Output

#: So much of a line is shown where files differ.
_SHOWN = 72


@frozen
class Folder:
    """A folder, and how the verb knows what is its own.

    Attributes:
        is_ours: whether a text carries the verb's mark.
        endings: of the files among which left-overs are looked for.
        what: what the files are, for complaints: ``an earlier suite``.
    """

    path: str
    is_ours: Callable[[str], bool]
    endings: tuple[str, ...]
    what: str

    def write(self, wanted: Mapping[str, str]) -> tuple[int, int]:
        """Make the folder hold these files; returns how many changed and how many were removed.

        Args:
            wanted: texts by name; folders in it are parted by ``/``.

        Raises:
            UsageError: the folder cannot be written, or holds another's file of that name.
        """
        present = self._present(wanted)
        for name in sorted(present.keys() & wanted.keys()):
            text = present[name]
            if text is None or not self.is_ours(text):
                raise UsageError(
                    f"{printable(self._place(name))}: is not of {self.what}, and is not written "
                    "over; move it away, or choose another folder"
                )
        changed = [name for name, text in wanted.items() if present.get(name) != text]
        gone = self._left_over(wanted, present)
        self._prepare({os.path.dirname(name) for name in (*changed, *gone)})
        for name in changed:
            with Output(self._place(name)) as out:
                out.write(wanted[name])
        for name in gone:
            os.unlink(self._place(name))
        return len(changed), len(gone)

    def drifted(self, wanted: Mapping[str, str]) -> Iterator[str]:
        """Of each file that is not as it would be written, what is wrong with it."""
        present = self._present(wanted)
        for name in sorted({*wanted, *self._left_over(wanted, present)}):
            place = printable(self._place(name))
            if name not in present:
                yield f"{place}: missing"
            elif name not in wanted:
                yield f"{place}: left over, no page or picture of this name is written any more"
            elif present[name] != wanted[name]:
                yield _difference(place, present[name], wanted[name])

    def _place(self, name: str) -> str:
        return os.path.join(self.path, *name.split("/"))

    def _present(self, wanted: Mapping[str, str]) -> dict[str, str | None]:
        """What stands in the folder that the verb may have to do with; None: no text."""
        names = {name for name in wanted if os.path.lexists(self._place(name))}
        names.update(self._of_our_kind({name.rpartition("/")[0] for name in wanted}))
        return {name: _read(self._place(name)) for name in sorted(names)}

    def _of_our_kind(self, inside: set[str]) -> Iterator[str]:
        """Files with our endings in the folders that are written to.

        Not in folders below them: what stands there may be what the verb wrote for somebody else.
        """
        for folder in inside:
            path = self._place(folder) if folder else self.path
            for file in os.listdir(path) if os.path.isdir(path) else ():
                if file.endswith(self.endings):
                    yield f"{folder}/{file}" if folder else file

    def _left_over(self, wanted: Mapping[str, str], present: Mapping[str, str | None]) -> list[str]:
        return sorted(
            name
            for name, text in present.items()
            if name not in wanted and text is not None and self.is_ours(text)
        )

    def _prepare(self, inside: set[str]) -> None:
        """See that every folder is there and can be written, before anything is."""
        for folder in sorted({"", *inside}):
            path = os.path.join(self.path, folder) if folder else self.path
            try:
                os.makedirs(path, exist_ok=True)
            except (OSError, ValueError) as error:
                why = error.strerror if isinstance(error, OSError) else str(error)
                raise UsageError(f"{printable(path)}: cannot be made: {why}") from None
            if inside and not os.access(path, os.W_OK):
                raise UsageError(f"{printable(path)}: cannot be written: it is write-protected")


def _read(path: str) -> str | None:
    """The text of a file; None: it is none."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return None


def _difference(place: str, have: str | None, want: str) -> str:
    """A file that differs, with the first line in which it does."""
    if have is None:
        return f"{place}: differs, it is no text"
    lines = zip_longest(have.split("\n"), want.split("\n"))
    number, (is_, should) = next(
        (number, pair) for number, pair in enumerate(lines, 1) if pair[0] != pair[1]
    )
    signs = enumerate(zip(is_ or "", should or "", strict=False))
    at = next((place for place, (one, other) in signs if one != other), None)
    begin = max(0, at - _SHOWN // 2) if at is not None and at > _SHOWN - 12 else 0
    return (
        f"{place}:{number}: differs\n"
        f"  has     {_shown(is_, begin)}\n"
        f"  should  {_shown(should, begin)}"
    )


def _shown(line: str | None, begin: int) -> str:
    if line is None:
        return "(the end of the file)"
    cut = printable(line[begin : begin + _SHOWN])
    lead = "..." if begin else ""
    return f"{lead}{cut}{'...' if len(line) > begin + _SHOWN else ''}" or "(an empty line)"
