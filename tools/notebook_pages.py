"""Write the notebooks as pages of the site, from the `.ipynb` as they are stored: nothing is run.

The text is Markdown already; a code cell becomes a block, what it printed another, and a picture a
file with its words. Links between notebooks become links between pages, and those to files of the
repository lose their target, since a site does not have them; the notebook itself is offered for
download.

    python tools/notebook_pages.py OUT/
"""

from __future__ import annotations

import json
import os
import re
import sys
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"

#: A link to another notebook; on its page the text of the link is the other's title.
_NOTEBOOK = re.compile(r"\[[^\]]*\]\(([\w-]+)\.ipynb\)")
_OUTSIDE = re.compile(r"\[([^\]]+)\]\(\.\./[^)]*\)")
_PNG = "image/png"
#: A cell of more lines is folded away: it draws, and would hide what it drew.
_LONG = 40


def page(notebook: Path, out: Path) -> str:
    """The Markdown of a notebook; its pictures are written into the folder ``out``."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    blocks = [block for cell in cells for block in _blocks(cell, notebook.stem, out)]
    title, _, rest = "\n\n".join(blocks).partition("\n")
    there = os.path.relpath(notebook, out).replace(os.sep, "/")
    return f"{title}\n\n{{download}}`Download this notebook <{there}>`\n{rest}\n"


def _blocks(cell: dict[str, Any], name: str, out: Path) -> Iterator[str]:
    text = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield _OUTSIDE.sub(r"\1", _NOTEBOOK.sub(r"[](\1.md)", text))
        return
    code, lines = _block(text, "python"), text.count("\n") + 1
    if lines > _LONG:
        code = f"<details><summary>Code, {lines} lines</summary>\n\n{code}\n\n</details>"
    yield code
    for number, output in enumerate(cell["outputs"]):
        data = output.get("data", {})
        if _PNG not in data:
            yield _block("".join(output.get("text") or data["text/plain"]), "text")
            continue
        picture = out / f"{name}-{cell['id']}-{number}.png"
        picture.write_bytes(b64decode(data[_PNG]))
        shown = output["metadata"][_PNG]
        alt = " ".join(shown["alt"].split())
        yield f"```{{image}} {picture.name}\n:alt: {alt}\n:width: {shown['width']}px\n```"


def _block(text: str, language: str) -> str:
    return f"````{language}\n{text.rstrip()}\n````"


def main(arguments: list[str]) -> int:
    """Do what the command line says and return its exit status."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print("usage: python tools/notebook_pages.py OUT/", file=sys.stderr)
        return 2
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    for notebook in sorted(FOLDER.glob("*.ipynb")):
        (out / f"{notebook.stem}.md").write_text(page(notebook, out), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
