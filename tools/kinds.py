"""Kinds of test that need a program from outside Python, and what this machine leaves out.

A row says which program a kind of test looks for, which Debian package brings it, and what is not
tested without it. Tests of a kind skip themselves when `shutil.which` finds no such program; here
it is only said, or, on a continuous integration machine, installed. Standard library alone.

    python tools/kinds.py report     one line for each kind left out; a failure when CI is set
    python tools/kinds.py install    install what is missing with apt-get; fails if it still is
"""

import os
import shutil
import subprocess
import sys
from typing import NamedTuple


class Kind(NamedTuple):
    """One kind of test: the program it needs and what goes untested without it."""

    name: str
    program: str
    package: str
    left_out: str


KINDS: list[Kind] = [
    Kind("dot", "dot", "graphviz", "state diagrams drawn by the system's Graphviz"),
    Kind(
        "chromium",
        "chromium",
        "chromium",
        "Mermaid rendered by itself, pictures as a browser draws them, the preview driven by hand",
    ),
    Kind("npm", "npm", "npm", "Mermaid and axe: npm fetches them where CI is set"),
    Kind("multimon-ng", "multimon-ng", "multimon-ng", "digits in the sound, read by a decoder"),
    Kind("espeak-ng", "espeak-ng", "espeak-ng", "texts read aloud in the sound of a call"),
]


def missing() -> list[Kind]:
    """Return the kinds whose program is not on the path."""
    return [kind for kind in KINDS if shutil.which(kind.program) is None]


def report() -> int:
    """Print one line for each kind left out; return 1 if there is one and CI is set."""
    absent = missing()
    for kind in absent:
        print(f"left out: {kind.name} ({kind.left_out}); to run them: apt install {kind.package}")
    return 1 if absent and os.environ.get("CI") else 0


def install() -> int:
    """Install the packages of the missing kinds; return 1 if one is still missing."""
    packages = sorted({kind.package for kind in missing()})
    if not packages:
        return 0
    apt = shutil.which("apt-get")
    if apt is None:
        print(f"kinds: no apt-get here to install {' '.join(packages)}", file=sys.stderr)
        return 1
    sudo = shutil.which("sudo") if os.geteuid() else None
    command = [*([sudo] if sudo else []), "env", "DEBIAN_FRONTEND=noninteractive", apt, "--quiet"]
    subprocess.run([*command, "update"], check=False)
    subprocess.run([*command, "install", "-y", "--no-install-recommends", *packages], check=False)
    absent = missing()
    for kind in absent:
        print(f"kinds: {kind.program} is still missing ({kind.left_out})", file=sys.stderr)
    return 1 if absent else 0


def main(arguments: list[str]) -> int:
    """Run the action named on the command line and return its exit status."""
    match arguments:
        case ["report"]:
            return report()
        case ["install"]:
            return install()
        case _:
            print("usage: python tools/kinds.py report|install", file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
