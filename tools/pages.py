"""Writes the pages of docs/ that are made from code, or with --check says which are out of date.

python tools/pages.py            write them
python tools/pages.py --check    a line for each page that differs, and exit status 1
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from callflow.cli import callflow
from callflow.publish.command_line import command_line_page
from callflow.publish.expectations import expectations_page
from callflow.publish.inferences import inferences_page

FOLDER = Path(__file__).resolve().parent.parent / "docs"

#: Each page by its file, and what makes it.
PAGES: dict[str, Callable[[], str]] = {
    "expectations.md": expectations_page,
    "explanation/inferences.md": inferences_page,
    "reference/command-line.md": lambda: command_line_page(callflow),
}


def drifted() -> list[str]:
    """Return the names of the pages that do not say what the code says."""
    return [
        name
        for name, made in PAGES.items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != made()
    ]


def main(arguments: list[str]) -> int:
    """Run the command line and return its exit status."""
    if arguments == ["--check"]:
        wrong = drifted()
        for name in wrong:
            print(f"docs/{name}: out of date; to write it anew: make pages")
        return 1 if wrong else 0
    if arguments:
        print("usage: python tools/pages.py [--check]", file=sys.stderr)
        return 2
    for name in (wrong := drifted()):
        (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_text(PAGES[name](), encoding="utf-8")
    print(f"docs/: {len(PAGES)} pages, {len(wrong)} changed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
