"""Mermaid itself, run in headless Chromium: what it makes of sources, as the page then stands.

The program is Mermaid's own bundle, kept in ``.cache/mermaid`` of the checkout. Where CI is set it
is fetched there with ``npm pack``; elsewhere the tests that need it are left out until somebody
does so by hand.
"""

import json
import os
import re
import shutil
import subprocess
import tarfile
from html import unescape
from pathlib import Path

from attrs import frozen

from tests.draw.chromium import browser, dom

VERSION = "11.17.2"
_CACHE = Path(__file__).resolve().parents[2] / ".cache" / "mermaid"
_BUNDLE = "package/dist/mermaid.min.js"
_PAGE = """<!doctype html><meta charset="utf-8"><body><script src="mermaid.min.js"></script><script>
const sources = %s;
(async () => {
  mermaid.initialize({startOnLoad: false, securityLevel: "strict"});
  for (const [number, source] of sources.entries()) {
    const place = document.createElement("section");
    document.body.append(place);
    try { place.innerHTML = (await mermaid.render("m" + number, source)).svg }
    catch (error) { place.textContent = "refused: " + error }
  }
})()
</script>"""


@frozen
class Message:
    """An arrow from one participant to another; ``both``: it has a head at each end."""

    start: str
    end: str
    text: str
    dashed: bool
    crossed: bool
    both: bool


@frozen
class Rendered:
    """A diagram as Mermaid drew it: its title, how many nodes and transitions, their words.

    Of a sequence the nodes are its participants from left to right, the transitions its messages.
    """

    title: str
    nodes: tuple[str, ...]
    transitions: int
    labels: tuple[str, ...]
    messages: tuple[Message, ...] = ()
    notes: tuple[str, ...] = ()


def bundle() -> Path | None:
    """Mermaid's program; None: it is not here."""
    kept = _CACHE / f"mermaid-{VERSION}.min.js"
    if not kept.exists() and os.environ.get("CI") and shutil.which("npm"):
        _CACHE.mkdir(parents=True, exist_ok=True)
        (_CACHE.parent / ".gitignore").write_text("*\n")
        packed = _CACHE / f"mermaid-{VERSION}.tgz"
        subprocess.run(
            ["npm", "pack", "--silent", f"mermaid@{VERSION}"],
            cwd=_CACHE,
            check=True,
            capture_output=True,
            timeout=300,
        )
        with tarfile.open(packed) as archive:
            found = archive.extractfile(_BUNDLE)
            assert found
            fresh = _CACHE / f"{os.getpid()}.js"
            fresh.write_bytes(found.read())
        fresh.replace(kept)  # whole or not at all, also where tests run side by side
        packed.unlink(missing_ok=True)
    return kept if kept.exists() else None


def missing() -> str | None:
    """What is missing to run Mermaid, in one line; None: nothing."""
    if browser() is None:
        return "no Chromium here to run Mermaid in: apt install chromium"
    if bundle() is None:
        return f"Mermaid is not in .cache/mermaid: CI=1 fetches it with npm pack mermaid@{VERSION}"
    return None


def render(sources: list[str], folder: Path) -> list[Rendered]:
    """What Mermaid makes of each source.

    Raises:
        AssertionError: it refuses one.
    """
    program = bundle()
    assert program
    (folder / "mermaid.min.js").symlink_to(program)
    page = folder / "page.html"
    page.write_text(_PAGE % json.dumps(sources).replace("<", "\\u003c"), encoding="utf-8")
    dumped = dom(page)
    drawn = re.findall(r"<section>(.*?)</section>", dumped, re.DOTALL)
    assert len(drawn) == len(sources), "not every diagram was drawn"
    return [_seen(svg) for svg in drawn]


def _seen(svg: str) -> Rendered:
    assert not svg.startswith("refused"), svg[:500]
    if 'aria-roledescription="sequence"' in svg:
        return _sequence(svg)
    title = re.search(r'class="statediagramTitleText"[^>]*>(.*?)</text>', svg)
    nodes = re.findall(r'<g class="node [^"]*" id="[^"]*-state-(\w+?)-\d+"', svg)
    nodes += re.findall(r'<g class="node default" id="[^"]*-state-(\w+?)-\d+"', svg)
    labels = re.findall(r'<span class="edgeLabel[^"]*">(.*?)</span>', svg, re.DOTALL)
    return Rendered(
        _plain(title[1]) if title else "",
        tuple(dict.fromkeys(nodes)),
        len(re.findall(r'class="[^"]*\btransition\b', svg)),
        tuple(filter(None, map(_plain, labels))),
    )


def _sequence(svg: str) -> Rendered:
    title = re.search(r'<text x="[-.\d]+" y="-25">(.*?)</text>', svg)
    places = re.findall(r'<line [^>]*x1="([-.\d]+)"[^>]*data-et="life-line" data-id="(\w+)"', svg)
    messages, lines = [], []
    for text, attributes in re.findall(
        r'<text [^>]*class="messageText"[^>]*>(.*?)</text>|<line ([^>]*data-et="message"[^>]*)>',
        svg,
    ):
        if text:
            lines.append(_plain(text))
            continue
        start, end = re.search(r'data-from="(\w+)" data-to="(\w+)"', attributes).groups()
        dashed, crossed = "stroke-dasharray" in attributes, "crosshead" in attributes
        both = "marker-start" in attributes
        messages.append(Message(start, end, " ".join(lines), dashed, crossed, both))
        lines = []
    notes = [
        " ".join(map(_plain, re.findall(r"<tspan [^>]*>(.*?)</tspan>", note)))
        for note in re.findall(r'<g data-et="note"[^>]*>(.*?)</g>', svg)
    ]
    return Rendered(
        _plain(title[1]) if title else "",
        tuple(name for _, name in sorted(places, key=lambda place: float(place[0]))),
        len(messages),
        tuple(message.text for message in messages),
        tuple(messages),
        tuple(notes),
    )


def _plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r"<br ?/?>", " ", html))).strip()
