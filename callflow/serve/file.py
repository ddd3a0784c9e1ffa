"""The case file on the command line: read for the page, watched, and changed in place.

Only this file is ever read for a page, and the sounds that it names itself. What a page gives back
is compared with what stands in the file, and only values that differ are changed in it; comments,
order and layout stay.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from attrs import define, field

from ..api.account import Account
from ..api.errors import RequestRefused
from ..call.case import Case
from ..call.loading import CaseFile, open_case
from ..call.loading.editing import FORMATS, LEFT_OUT, Change, edited
from ..errors import CallflowError, CaseError, UsageError, printable
from .desk import opening

#: Puts bytes into a file, whole or not at all.
Write = Callable[[str, bytes], None]


@define
class GivenFile:
    """The case file that a preview was started with.

    Attributes:
        path: as it was given.
        write: how a file is written.
        input_format: what the file is, where its ending does not say.
        settings, account: what varies the case, as for `callflow.call.loading.load_case`.
    """

    path: str
    write: Write
    input_format: str | None = None
    settings: Sequence[str] = ()
    account: Account | None = None
    #: Where the sounds are that the file names, by the ids of media files.
    sounds: dict[str, str] = field(factory=dict, init=False, repr=False)

    def stamp(self) -> str:
        """What changes when the file does."""
        try:
            known = os.stat(self.path)
        except OSError:
            return "it is not there"
        return f"{known.st_mtime_ns} {known.st_size} {known.st_ino}"

    def check(self) -> None:
        """Look whether the file can be shown at all, be it right or wrong.

        Raises:
            UsageError: it cannot be read, its format is unknown, or a setting is none.
        """
        file = self._open()
        try:
            file.case(self.settings, self.account)
        except (CaseError, RequestRefused):
            return  # the page shows what is wrong, and sees it repaired

    def told(self) -> dict[str, Any]:
        """The file for the page: its case, or what is wrong with it."""
        name = os.path.basename(self.path)
        known: dict[str, Any] = {
            "name": printable(name),
            "stamp": self.stamp(),  # before it is read: what changes meanwhile is news
            "savable": False,
        }
        try:
            file = self._open()
        except CallflowError as error:
            problem = {"kind": "problem", "path": "", "text": str(error)}
            return {**known, "case": None, "problems": [problem]}
        known["savable"] = file.format in FORMATS and not self.settings
        try:
            case = file.case(self.settings, self.account)
        except (CaseError, RequestRefused) as error:
            opened = opening.opened(file.data.decode("utf-8", "replace"), self.path)
            problems = opened.problems or opening.problems_of(error)
            return {**known, "case": opened.case, "problems": list(problems)}
        except UsageError as error:
            problem = {"kind": "problem", "path": "", "text": str(error)}
            return {**known, "case": None, "problems": [problem]}
        self.sounds = {id_: one.file for id_, one in (case.account.media or {}).items() if one.file}
        return {**known, "case": opening.mapping_of(case), "problems": []}

    def save(self, mapping: Mapping[str, Any], stamp: object = None) -> str:
        """Change the values in the file that are others in ``mapping``.

        Args:
            stamp: of the file that the page knows; None: whatever stands there now.

        Returns:
            The new text.

        Raises:
            UsageError: the file cannot be changed so; says why.
            CaseError, RequestRefused: the file as it stands is no case.
        """
        if stamp is not None and stamp != self.stamp():
            raise UsageError(f"{printable(self.path)} has changed meanwhile; nothing is saved")
        if self.settings:
            raise UsageError("the page shows the file with --set; without it, it can be saved")
        read = opening.read(mapping)
        if read.case is None:
            raise UsageError("what the page shows is no case, so it is not saved")
        file = self._open()
        case = file.case((), self.account)
        text = file.data.decode("utf-8-sig")
        wanted = opening.mapping_of(read.case)
        changes = list(_changes((), self._placed(case, text), self._placed(read.case, text)))
        after = edited(text, file.format, changes, self.path)
        self._check(file, after, wanted)
        mark = b"\xef\xbb\xbf" if file.data[:3] == b"\xef\xbb\xbf" else b""
        if after != text:
            self.write(self.path, mark + after.encode())
        return after

    def repair(self, asked: Mapping[str, Any]) -> None:
        """Put the nearest right word in the place of a wrong one.

        Args:
            asked: ``line``, counted from 1, the word that is ``given`` there, the ``nearest`` one.

        Raises:
            UsageError: it does not stand there, or not once.
        """
        line, given, near = (asked.get(name) for name in ("line", "given", "nearest"))
        file = self._open()
        lines = file.data.decode("utf-8", "surrogateescape").splitlines(keepends=True)
        if not isinstance(line, int) or not isinstance(given, str) or not isinstance(near, str):
            raise UsageError("a repair has a line, and what is given and nearest there")
        known = lines[line - 1] if 0 < line <= len(lines) else ""
        found = re.findall(rf"(?<!\w){re.escape(given)}(?!\w)", known) if given else []
        if len(found) != 1 or not re.fullmatch(r"\w+", near):
            raise UsageError(f"{printable(self.path)} has changed; line {line} is another one now")
        lines[line - 1] = re.sub(
            rf"(?<!\w){re.escape(given)}(?!\w)", lambda _: near, known, count=1
        )
        self.write(self.path, "".join(lines).encode("utf-8", "surrogateescape"))

    def _open(self) -> CaseFile:
        return open_case(self.path, input_format=self.input_format)

    def _placed(self, case: Case, text: str) -> dict[str, Any]:
        """The case as a mapping whose keys stand where they stand in the file."""
        mapping = opening.mapping_of(case)
        mapping.pop("expect", None)
        where = opening.request_at(text)
        if where == ():
            rest = [key for key in mapping if key != "request"]
            return {**mapping["request"], **{key: mapping[key] for key in rest}}
        if where is not None and len(where) > 1:
            mapping["request"] = {where[1]: mapping["request"]}
        elif where is not None and where[0] != "request":
            rest = [key for key in mapping if key != "request"]
            return {where[0]: mapping["request"], **{key: mapping[key] for key in rest}}
        return mapping

    def _check(self, file: CaseFile, after: str, wanted: Mapping[str, Any]) -> None:
        """The changed file has to read as what the page shows."""
        try:
            read = file._replace(data=after.encode()).case((), self.account)
        except (CaseError, RequestRefused) as error:
            raise UsageError(
                f"{printable(self.path)}: cannot hold these values as it is laid out: {error}"
            ) from None
        got, want = opening.mapping_of(read), dict(wanted)
        got.pop("expect", None)
        want.pop("expect", None)
        if got != want:
            raise AssertionError("a saved file reads otherwise than what was saved")


def _changes(path: tuple[str, ...], before: Any, after: Any) -> Iterator[Change]:
    """What leads from one mapping to the other, as deep inside as it goes."""
    if before == after and type(before) is type(after):
        return
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        yield Change(path, after)
        return
    names = list(after)
    for key, value in before.items():
        if key not in after:
            yield Change((*path, key), LEFT_OUT)
        else:
            yield from _changes((*path, key), value, after[key])
    for place, key in enumerate(names):
        if key not in before:
            yield Change((*path, key), after[key], names[:place])
