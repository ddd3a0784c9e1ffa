"""What `callflow explore` and `explore --prove` tell, stored in `snapshots_explore/`.

Of our table, and of one in which the contact is put through before the message. The time that a
proof took is masked. With UPDATE_SNAPSHOTS=1 in the environment the texts are written anew; read
them before they are kept.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest

from callflow.choreography import RULES
from callflow.draw.grid import Sheet, Style, cells
from callflow.verify import explore, prove
from callflow.verify.report.exploring import exploration_text
from callflow.verify.report.proving import proofs_text

from .faulty import FAULTY

STORED = Path(__file__).parent / "snapshots_explore"
TABLES = {"ours": tuple(RULES), "faulty": tuple(FAULTY)}

explored, proved = cache(explore), cache(prove)


def _text(what: str, table: str, width: int, style: Style) -> Sheet:
    if what == "explore":
        return exploration_text(explored(TABLES[table]), width=width, style=style)
    return proofs_text(proved(TABLES[table]), 12.34, width=width, style=style)


@pytest.mark.parametrize(
    ("table", "width", "style"),
    [
        ("ours", 80, Style.ASCII),
        ("ours", 200, Style.ASCII),
        ("ours", 80, Style.INK),
        ("faulty", 80, Style.ASCII),
        ("faulty", 200, Style.ASCII),
    ],
)
@pytest.mark.parametrize("what", ["explore", "prove"])
def test_what_is_found_is_told_as_it_was_when_it_was_last_read(
    what: str, table: str, width: int, style: Style
) -> None:
    sheet = _text(what, table, width, style)
    assert max(map(cells, sheet.plain().splitlines())) <= width
    text = sheet.render(style)
    if what == "prove":
        text, count = re.subn(r"^12\.34 s$", "(time) s", text, flags=re.MULTILINE)
        assert count == 1
    stored = STORED / f"{what}-{table}-{width}-{style.name.lower()}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        stored.parent.mkdir(exist_ok=True)
        stored.write_text(text, encoding="utf-8", newline="\n")
    assert stored.exists(), f"{stored.name} is not stored; UPDATE_SNAPSHOTS=1 writes it"
    assert text == stored.read_bytes().decode("utf-8")
