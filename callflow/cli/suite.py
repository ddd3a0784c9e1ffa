"""``callflow explore --suite DIR/``: a test suite for a real integration."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

import click

from ..api.wire import json_text
from ..call.loading import load_case
from ..call.simulator import simulate
from ..call.timeline import Timeline
from ..errors import CallflowError, UsageError, printable
from ..verify.find import find, is_stranger
from ..verify.suite import COVERS, MARK, Suite, files, suite
from .folder import Folder
from .output import Output
from .reading import complain


def write_suite(
    folder: str, cover: str, have: Sequence[str], *, form: str, output: str | None
) -> int:
    """Write the suite that covers what ``have`` leaves, and say what was written.

    Files of an earlier suite are replaced, and those that no longer belong removed; others are
    never touched.
    """
    if form not in ("text", "json"):
        raise UsageError(f"a suite is told as text or json, not as {form}")
    if any(os.path.realpath(one) == os.path.realpath(folder) for one in have):
        raise UsageError(
            f"{printable(folder)}: --suite and --have name one folder; what stands in it would "
            "count, and be written over"
        )
    statuses: list[int] = []
    found = suite(cover, list(_calls(have, statuses)))
    if statuses:
        return max(statuses)
    place = Folder(folder, _is_ours, (".yaml", ".md"), "an earlier suite")
    changed, gone = place.write(files(found))
    with Output(output) as out:
        if form == "json":
            out.write(json_text(_data(found, folder), indent=2) + "\n")
        else:
            out.write(_told(found, folder, changed, gone))
    return 0


def _calls(have: Sequence[str], statuses: list[int]) -> Iterator[Timeline]:
    """The calls of the cases that are there; what is wrong with one is told."""
    there = find(have)
    for problem in there.problems:
        click.echo(problem, err=True)
        statuses.append(2)
    for path, in_folder in there.files.items():
        if in_folder and is_stranger(path):
            continue
        try:
            yield simulate(load_case(path))
        except CallflowError as error:
            if error.exit_status != 3:  # a refused request makes no call, and may be meant so
                statuses.append(complain(path, error, "written"))


def _is_ours(text: str) -> bool:
    return text.partition("\n")[0].lstrip("# <!-").startswith(MARK)


def _told(found: Suite, folder: str, changed: int, gone: int) -> str:
    name = printable(os.path.join(folder, ""))
    had = f", {found.had} of them by the cases that are there" if found.had else ""
    sums = f"{len(found.members)} cases with {found.events} events cover {found.items}"
    lines = [f"{sums} {COVERS[found.cover]}{had}"]
    lines += [f"  {member.slug}.yaml" for member in found.members]
    lines += [f"left out: {what}: {why}" for what, why in found.left_out]
    lines.append(
        f"{name}: {changed} files written, {len(found.members) + 1 - changed} as they were"
        + (f", {gone} of an earlier suite removed" if gone else "")
    )
    lines.append(f"callflow check {name}")
    return "\n".join(lines) + "\n"


def _data(found: Suite, folder: str) -> dict[str, object]:
    return {
        "folder": folder,
        "cover": found.cover,
        "items": found.items,
        "had": found.had,
        "events": found.events,
        "cases": [
            {"file": f"{one.slug}.yaml", "title": one.title, "adds": list(one.adds)}
            for one in found.members
        ],
        "left_out": [{"what": what, "why": why} for what, why in found.left_out],
    }
