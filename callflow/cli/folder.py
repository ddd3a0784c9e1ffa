"""A folder of files that are written together: all of them or, as far as a disk allows it, none.

Only files that are ours are replaced or taken away; what else lies in the folder is left alone. A
name may lead into folders below (``pictures/x.svg``). Ours are looked for in the folders that are
written to and no deeper: what stands further down may be ours and somebody else's concern. The
module does not know what the files are: it is handed their texts, and how ours are told.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from attrs import frozen

from ..errors import UsageError, printable

#: So many files that are in the way are named.
_NAMED = 3
#: So much of a line is shown where files differ.
_SHOWN = 72


@frozen
class Written:
    """What became of a folder: names of files."""

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def write_folder(
    folder: str, files: Mapping[str, str], is_ours: Callable[[str], bool], what: str
) -> Written:
    """Make a folder hold these files of ours, and no others of ours.

    Args:
        folder: made if it is missing, with those above it.
        files: their texts by name.
        is_ours: whether the text of a file is that of one of ours.
        what: whose files may be replaced, in words.

    Raises:
        UsageError: it cannot be written, or a file that is not ours is in the way. Nothing is
            changed then.
    """
    name = printable(folder)
    try:
        path = os.path.realpath(folder)
        if not os.path.exists(path):
            return _made(path, files)
        if not os.path.isdir(path):
            raise UsageError(f"{name}: is a file; name a folder")
        there = _there(path, files, is_ours)
        _refuse(folder, path, files, there, what)
        return _changed(path, files, there)
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else str(problem)
        raise UsageError(f"{name}: cannot be written, and nothing was: {why}") from None


def drifted(folder: str, files: Mapping[str, str], is_ours: Callable[[str], bool]) -> Iterator[str]:
    """Of each file that is not as `write_folder` would leave it, what is wrong; nothing is changed.

    Raises:
        UsageError: the folder cannot be read, or is a file.
    """
    path = os.path.realpath(folder)
    if os.path.exists(path) and not os.path.isdir(path):
        raise UsageError(f"{printable(folder)}: is a file; name a folder")
    try:
        ours = _there(path, files, is_ours) if os.path.isdir(path) else {}
        for name in sorted({*files, *ours}):
            shown = printable(_at(folder, name))
            have = ours.get(name)
            if name not in files:
                yield f"{shown}: left over, nothing of this name is written any more"
            elif have is None and not os.path.lexists(_at(path, name)):
                yield f"{shown}: missing"
            elif have is None:
                yield f"{shown}: is another's, or its mark is gone"
            elif have != files[name]:
                yield _difference(shown, have, files[name])
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else str(problem)
        raise UsageError(f"{printable(folder)}: cannot be read: {why}") from None


def _difference(place: str, have: str, want: str) -> str:
    """A file that differs, with the first line in which it does."""
    lines = zip_longest(have.split("\n"), want.split("\n"))
    number, (is_, should) = next(
        (number, pair) for number, pair in enumerate(lines, 1) if pair[0] != pair[1]
    )
    signs = enumerate(zip(is_ or "", should or "", strict=False))
    at = next((place for place, (one, other) in signs if one != other), 0)
    begin = max(0, at - _SHOWN // 2) if at > _SHOWN - 12 else 0
    return (
        f"{place}:{number}: differs\n"
        f"  has     {_shown(is_, begin)}\n"
        f"  should  {_shown(should, begin)}"
    )


def _shown(line: str | None, begin: int) -> str:
    if line is None:
        return "(the end of the file)"
    cut = printable(line[begin : begin + _SHOWN])
    told = f"{'...' if begin else ''}{cut}{'...' if len(line) > begin + _SHOWN else ''}"
    return told or "(an empty line)"


def texts(folder: str) -> Iterator[tuple[str, str]]:
    """The plain files of a folder, by name, with their texts; bytes that are none are replaced."""
    with os.scandir(folder) as entries:
        plain = sorted(one.name for one in entries if one.is_file(follow_symlinks=False))
    for name in plain:
        with contextlib.suppress(OSError), open(os.path.join(folder, name), "rb") as file:
            yield name, file.read().decode("utf-8", "replace")


def _there(path: str, files: Iterable[str], is_ours: Callable[[str], bool]) -> dict[str, str]:
    """Our files in a folder, and in those below it that some files lie in."""
    return {
        f"{inside}/{name}" if inside else name: text
        for inside in sorted({"", *map(_inside, files)})
        if os.path.isdir(_at(path, inside))
        for name, text in texts(_at(path, inside))
        if is_ours(text)
    }


def _inside(name: str) -> str:
    """The folder that a name leads into; empty: none."""
    return name.rpartition("/")[0]


def _at(folder: str, name: str) -> str:
    return os.path.join(folder, *name.split("/"))


def _refuse(
    folder: str, path: str, files: Mapping[str, str], ours: Mapping[str, str], what: str
) -> None:
    """Refuse to write over what is not ours."""
    blocked = [name for name in files if name not in ours and os.path.lexists(_at(path, name))]
    protected = [name for name in ours if not os.access(_at(path, name), os.W_OK)]
    if protected:
        shown = printable(_at(folder, protected[0]))
        raise UsageError(f"{shown}: is write-protected; nothing was written")
    if not blocked:
        return
    shown = ", ".join(printable(_at(folder, name)) for name in blocked[:_NAMED])
    more = len(blocked) - _NAMED
    tail = f" and {more} more" if more > 0 else ""
    are, it = ("is", "it") if len(blocked) == 1 else ("are", "them")
    raise UsageError(
        f"{shown}{tail}: {are} in the way and not of {what}; move {it}, or name another folder; "
        "nothing was written"
    )


def _made(path: str, files: Mapping[str, str]) -> Written:
    """A new folder: made beside its place, and moved there whole."""
    above = os.path.dirname(path)
    first_new = _highest_missing(above)
    os.makedirs(above, exist_ok=True)
    beside = None
    try:
        beside = tempfile.mkdtemp(dir=above, prefix=".callflow-")
        for name, text in files.items():
            os.makedirs(_at(beside, _inside(name)), exist_ok=True)
            with open(_at(beside, name), "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
        os.chmod(beside, 0o777 & ~_mask())
        os.rename(beside, path)
    except BaseException:
        for made in (beside, first_new):
            if made is not None:
                shutil.rmtree(made, ignore_errors=True)
        raise
    return Written(written=tuple(files))


def _highest_missing(path: str) -> str | None:
    """Of a folder and those above it the highest that is missing; None: all are there."""
    missing = None
    while not os.path.exists(path):
        missing, path = path, os.path.dirname(path)
    return missing


def _changed(path: str, files: Mapping[str, str], there: Mapping[str, str]) -> Written:
    """A folder that is there: everything new is written beside first, then put in its place."""
    unchanged = tuple(name for name, text in files.items() if there.get(name) == text)
    changed = [name for name in files if name not in unchanged]
    removed = tuple(name for name in there if name not in files)
    with contextlib.ExitStack() as undo:
        staged = _staged(path, [files[name] for name in changed], undo)
        for name, temporary in zip(changed, staged, strict=True):
            target = _at(path, name)
            first_new = _highest_missing(os.path.dirname(target))
            if first_new is not None:
                undo.callback(shutil.rmtree, first_new, ignore_errors=True)
                os.makedirs(os.path.dirname(target))
            mode = stat.S_IMODE(os.stat(target).st_mode) if name in there else 0o666 & ~_mask()
            os.chmod(temporary, mode)
            os.replace(temporary, target)
            undo.callback(_restore, target, there.get(name))
        for name in removed:
            target = _at(path, name)
            os.unlink(target)
            undo.callback(_restore, target, there[name])
        undo.pop_all()
    return Written(tuple(changed), unchanged, removed)


def _staged(path: str, contents: Sequence[str], undo: contextlib.ExitStack) -> list[str]:
    """Texts in hidden files of the folder, which go again if anything goes wrong."""
    staged = []
    for text in contents:
        handle, temporary = tempfile.mkstemp(dir=path, prefix=".callflow-")
        undo.callback(_restore, temporary, None)
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        staged.append(temporary)
    return staged


def _restore(target: str, text: str | None) -> None:
    """Put a file back as it was; None: it was not there."""
    with contextlib.suppress(OSError):
        if text is None:
            os.unlink(target)
        else:
            with open(target, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
