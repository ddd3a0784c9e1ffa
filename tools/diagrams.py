"""Writes diagrams/ anew, or with --check says what of it is out of date and changes nothing.

    python tools/diagrams.py            draw everything; remove what no longer belongs
    python tools/diagrams.py --check    a line for each file that differs, and exit status 1

What is drawn, `callflow.publish.gallery` decides. State diagrams are laid out by graphviz-pure;
where another version of it is installed than constraints.txt names, their pictures are checked by
their source, which lies beside them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from callflow.errors import CallflowError
from callflow.publish.gallery import gallery

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "diagrams"
_ENGINE = "graphviz-pure"


def pinned() -> bool:
    """Return whether the installed engine is the one that diagrams/ is drawn with."""
    try:
        installed = version(_ENGINE)
    except PackageNotFoundError:  # a program on the path, and nobody knows which
        return False
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return f"{_ENGINE}=={installed}" in pins


def present(folder: Path) -> dict[str, bytes]:
    """Return what lies in the folder, by its name as the gallery has it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _source(name: str) -> str:
    """Return the source of a picture, if it is a state diagram: one for both themes."""
    return f"{name.rpartition('-')[0]}.dot" if name.endswith(".svg") else ""


def drifted(wanted: dict[str, str], found: dict[str, bytes], *, by_bytes: bool) -> Iterator[str]:
    """Say of each file what is wrong with it, in the order of names."""
    for name in sorted({*wanted, *found}):
        if name not in found:
            yield f"{name}: missing"
        elif name not in wanted:
            yield f"{name}: does not belong here"
        elif _source(name) in wanted and not by_bytes:
            continue  # its source is compared
        elif wanted[name].encode() != found[name]:
            yield f"{name}: out of date"


def write(wanted: dict[str, str], folder: Path) -> int:
    """Make the folder hold these files and no others; return how many changed."""
    found = present(folder)
    for name in found.keys() - wanted.keys():
        (folder / name).unlink()
    changed = 0
    for name, text in wanted.items():
        data = text.encode()
        if found.get(name) != data:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            changed += 1
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return changed + len(found.keys() - wanted.keys())


def main(arguments: list[str]) -> int:
    """Run the command line and return its exit status."""
    if arguments not in ([], ["--check"]):
        print("usage: python tools/diagrams.py [--check]", file=sys.stderr)
        return 2
    try:
        wanted = gallery()
    except CallflowError as error:
        print(f"diagrams: {error}", file=sys.stderr)
        return error.exit_status
    if not arguments and not pinned():
        print(
            f"diagrams: {_ENGINE} is not the version of constraints.txt, and another one draws "
            "other bytes; to set the right one up: make clean diagrams",
            file=sys.stderr,
        )
        return 1
    if not arguments:
        changed = write(wanted, FOLDER)
        print(f"diagrams/: {len(wanted)} files, {changed} changed")
        return 0
    wrong = list(drifted(wanted, present(FOLDER), by_bytes=pinned()))
    for line in wrong:
        print(f"diagrams/{line}")
    if wrong:
        print(f"{len(wrong)} of {len(wanted)} files have drifted; to draw them anew: make diagrams")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
