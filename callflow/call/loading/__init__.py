"""Case files to cases and back: the only reader of case files, and their writer.

===============  ==========================================================================
``tree``         nodes that know where they stand and how they were written
``yaml_reader``  YAML to tree, by the parser's events; ``json_reader``, ``toml_reader``, and
``value_reader`` the same for the other formats and for Python mappings
``keys``         the table of keys
``problems``     what is wrong, collected in the order of lines
``fields``       one kind of field each, from node to value
``request``      the request, judged by the API's own checks
``media``        how long a WAV file plays; ``recordings`` the sound in it
``account``      the account, also as a file of its own
``structure``    the whole case
``settings``     ``--set``; ``each`` reads the values of ``--each``
``files``        bytes, formats
``writing``      case to mapping and YAML
===============  ==========================================================================

A reader makes a tree and no judgement of what stands in it; the structure makes a case of any tree
and knows no format. What only some commands need is imported where it is needed.
"""

from __future__ import annotations

import os.path
from collections.abc import Callable, Sequence
from collections.abc import Mapping as AnyMapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ...api.account import Account
from ...api.errors import RequestRefused
from ...errors import CaseError, Problem, UsageError
from ..case import Case
from .files import checked_size, format_of, read_bytes
from .problems import Problems
from .structure import Structure, as_case, tell
from .tree import TEXT, Fault, Mapping, Node, Scalar, Source

if TYPE_CHECKING:
    from .settings import Setting

_T = TypeVar("_T")

__all__ = [
    "CaseFile",
    "case_from_bytes",
    "case_from_mapping",
    "case_to_dict",
    "case_to_yaml",
    "load_account",
    "load_case",
    "looks_like_case",
    "open_case",
    "read_bytes",
]


def load_case(
    path: str,
    *,
    input_format: str | None = None,
    settings: Sequence[str] = (),
    account: Account | None = None,
    standard_input: bytes | None = None,
) -> Case:
    """The case in a file.

    Args:
        path: the file; ``-`` is standard input, JSON if it parses as JSON, else YAML.
        input_format: ``yaml``, ``json`` or ``toml``; None: as the ending tells.
        settings: changes, each ``PATH=VALUE``.
        account: takes the place of the case's own.
        standard_input: what stands there; None: it is read.

    Raises:
        CaseError: the file is no case; holds everything that is wrong, with lines.
        RequestRefused: the API would refuse the request.
        UsageError: the file cannot be read, its format is unknown, or a setting is none.
    """
    opened = open_case(path, input_format=input_format, standard_input=standard_input)
    return opened.case(settings, account)


class CaseFile(NamedTuple):
    """A file of a case, read once, whatever number of variations is made of it.

    Attributes:
        path: as it is told in problems.
        folder: where media files are looked for.
    """

    path: str
    data: bytes
    format: str
    folder: str

    def case(self, settings: Sequence[Setting], account: Account | None) -> Case:
        """The case, changed by settings.

        Raises:
            CaseError: the file is no case.
            RequestRefused: the API would refuse the request.
            UsageError: a setting is none.
        """
        return case_from_bytes(
            self.data,
            self.format,
            self.path,
            settings=settings,
            account=account,
            folder=self.folder,
        )


def open_case(
    path: str, *, input_format: str | None = None, standard_input: bytes | None = None
) -> CaseFile:
    """The file of a case, read but not understood; arguments as for `load_case`.

    Raises:
        UsageError: the file cannot be read, or its format is unknown.
    """
    if path == "-":
        data = _standard_input() if standard_input is None else standard_input
        checked_size(data, path)
        if input_format is None:
            input_format = "json" if _is_json(data) else "yaml"
        return CaseFile(path, data, format_of(path, input_format), ".")
    data = read_bytes(path)  # first: what is not there, or is a folder, needs no ending
    return CaseFile(path, data, format_of(path, input_format), os.path.dirname(path) or ".")


def case_from_bytes(
    data: bytes,
    format: str,  # noqa: A002 - what it is everywhere
    file: str | None = None,
    *,
    settings: Sequence[Setting] = (),
    account: Account | None = None,
    folder: str | None = None,
) -> Case:
    """The case in the bytes of a file.

    Args:
        format: ``yaml``, ``json`` or ``toml``.
        file: told in problems; None: there is no file.
        settings, account: as for `load_case`.
        folder: where media files are looked for; None: that of ``file``, else the current one.

    Raises:
        CaseError: the bytes are no case.
        RequestRefused: the API would refuse the request.
        UsageError: there is no such format, or a setting is none.
    """
    format_of("", format)
    if account is not None:
        _refuse_idle_settings(settings)
    if folder is None:
        folder = os.path.dirname(file) if file else ""
    return _in_two_tries(
        data, format, file, lambda reading: reading.case(settings, account, folder or ".")
    )


def load_account(path: str, *, input_format: str | None = None) -> Account:
    """The account in a file whose top level is what stands under ``account:`` in a case.

    Raises:
        CaseError: it is none.
        UsageError: the file cannot be read, or its format is unknown.
    """
    form = format_of(path, input_format)
    folder = os.path.dirname(path) or "."
    return _in_two_tries(read_bytes(path), form, path, lambda reading: reading.account(folder))


def case_from_mapping(
    mapping: AnyMapping[str, Any],
    *,
    settings: Sequence[Setting] = (),
    folder: str | None = None,
) -> Case:
    """The case that a mapping describes, laid out as a case file; times in seconds.

    Args:
        settings: changes, as for `load_case`; the mapping itself stays as it is.
        folder: inside which media files must stand; None: they may stand anywhere.

    Raises:
        CaseError: the mapping is no case.
        RequestRefused: the API would refuse the request.
        UsageError: a setting is none.
    """
    from . import value_reader
    from .yaml_reader import Unreadable

    problems = Problems(None)
    try:
        root, faults = value_reader.read(mapping, Source(None))
    except Unreadable as error:
        tell(error.faults, None, problems)
        raise CaseError(problems.in_order()) from None
    tell(faults, root, problems)
    root = as_case(root)
    if settings:
        from .settings import apply

        apply(settings, root, problems)
    return Structure(problems, folder=folder).case(root, None)


def case_to_dict(case: Case, *, secrets: bool = True) -> dict[str, Any]:
    """The mapping of a case file, times in seconds; only what was given.

    ``case_from_mapping(case_to_dict(case)) == case``.

    Args:
        secrets: False leaves the access tokens out, which changes nothing of the call.
    """
    from . import writing

    return writing.case_to_dict(case, secrets=secrets)


def case_to_yaml(case: Case, *, secrets: bool = True) -> str:
    """The case as a YAML file that reads as an equal case.

    Args:
        secrets: False leaves the access tokens out, which changes nothing of the call.
    """
    from . import writing

    return writing.case_to_yaml(case, secrets=secrets)


def looks_like_case(data: bytes) -> bool:
    """Whether bytes are a case in JSON (it has a ``request``), not a request from a client."""
    from ...api.decoding import decode

    try:
        value = decode(data)
    except RequestRefused:
        return False
    return isinstance(value, dict) and "request" in value


# --------------------------------------------------------------------------------- one reading


class _Reading:
    """One file, read to a tree, with what the reader refused in it."""

    def __init__(self, data: bytes, form: str, file: str | None, *, located: bool) -> None:
        self.problems = Problems(file)
        self.form = form
        root, faults = self._read(data, located=located)
        if root is None:  # nothing stands there
            root = Mapping(faults[0].source if faults else Source("", None), 0)
        self.root: Node = root
        self.faults = faults

    def _read(self, data: bytes, *, located: bool) -> tuple[Node | None, list[Fault]]:
        from .yaml_reader import Unreadable

        data = data.removeprefix(b"\xef\xbb\xbf")
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            raise CaseError(_not_utf8(data, error.start, self.problems)) from None
        source = Source(text)
        try:
            if self.form == "yaml":
                from . import yaml_reader

                return yaml_reader.read(source)
            if self.form == "toml":
                from . import toml_reader

                return toml_reader.read(source)
            from . import json_reader

            return json_reader.located(source) if located else json_reader.read(data, source)
        except Unreadable as error:
            tell(error.faults, None, self.problems)
            raise CaseError(self.problems.in_order()) from None

    def case(self, settings: Sequence[Setting], account: Account | None, folder: str) -> Case:
        tell(self.faults, self.root, self.problems)
        root = as_case(self.root)
        if settings:
            from .settings import apply

            apply(settings, root, self.problems)
        return self._structure(folder).case(root, account)

    def account(self, folder: str) -> Account:
        tell(self.faults, None, self.problems)
        key = Scalar(self.root.source, TEXT, "", self.root.start)
        account = self._structure(folder).accounts.account((key, self.root), "")
        if self.problems:
            raise CaseError(self.problems.in_order())
        return account

    def _structure(self, folder: str) -> Structure:
        return Structure(self.problems, folder=folder, empty_is_null=self.form == "toml")


def _in_two_tries(data: bytes, form: str, file: str | None, made: Callable[[_Reading], _T]) -> _T:
    """What is made of a reading. JSON is read for its lines only when there is one to tell.

    There is one for what is wrong, and for each expectation.
    """
    reading = _Reading(data, form, file, located=False)
    try:
        result = made(reading)
    except (CaseError, RequestRefused):
        if form != "json":
            raise
    else:
        if form != "json" or not (isinstance(result, Case) and result.expect):
            return result
    return made(_Reading(data, form, file, located=True))


def _not_utf8(data: bytes, at: int, problems: Problems) -> tuple[Problem, ...]:
    source = Source("\n" * data.count(b"\n", 0, at))
    words = f"byte 0x{data[at]:02x} is not UTF-8; save the text as UTF-8"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        words = "this is UTF-16; save the text as UTF-8"
    problems.at(source, len(source.text or ""), "", words)
    return problems.in_order()


def _refuse_idle_settings(settings: Sequence[Setting]) -> None:
    if not settings:
        return
    from .settings import option_of, path_of

    for setting in settings:
        path = path_of(setting)
        if path == "account" or path.startswith("account."):
            raise UsageError(
                f"{option_of(setting)} {path} would change the account that --account replaces; "
                "leave one out"
            )


def _is_json(data: bytes) -> bool:
    from .json_reader import is_json

    try:
        return is_json(data.removeprefix(b"\xef\xbb\xbf").decode())
    except UnicodeDecodeError:
        return False


def _standard_input() -> bytes:
    import sys

    if sys.stdin is None:
        raise UsageError("-: standard input is closed")
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise UsageError(f"-: cannot be read: {error.strerror}") from None
