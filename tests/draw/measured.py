"""Pictures as a browser draws them: every text measured in the fonts it is shown in.

All pictures stand in one page as inline SVG. A script there measures them, in each of some fonts,
and leaves what it found as JSON; here it becomes a `layout.Layout`, which is judged like one that
was never drawn. Of a text its letters count: how high they rise is asked of the font.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from tests.draw.chromium import dom
from tests.draw.layout import Box, Layout, Piece

#: The fonts that a picture asks for.
OWN = {"its own": ""}

_PAGE = """<!doctype html><meta charset="utf-8"><body>%s<script>
const fonts = %s;
const pictures = [...document.querySelectorAll("div")].map(host => host.shadowRoot.firstChild);
const pen = document.createElement("canvas").getContext("2d");
pen.fontKerning = "none";

function box(way, left, top, right, bottom) {
  const one = new DOMPoint(left, top).matrixTransform(way);
  const other = new DOMPoint(right, bottom).matrixTransform(way);
  return [Math.min(one.x, other.x), Math.min(one.y, other.y),
          Math.max(one.x, other.x), Math.max(one.y, other.y)];
}

function text(way, element) {
  const runs = [], boxes = [];
  for (const run of element.children.length ? element.children : [element]) {
    const words = run.textContent, style = getComputedStyle(run);
    if (!words.trim()) continue;
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const ink = pen.measureText(words), base = run.getStartPositionOfChar(0).y;
    let left = Infinity, right = -Infinity;  // of all characters: some run to the left
    for (let place = 0; place < run.getNumberOfChars(); place++) {
      const room = run.getExtentOfChar(place);
      [left, right] = [Math.min(left, room.x), Math.max(right, room.x + room.width)];
    }
    boxes.push(box(way, left, base - ink.actualBoundingBoxAscent,
                   right, base + ink.actualBoundingBoxDescent));
    const reckoned = run.hasAttribute("textLength") ? run.textLength.baseVal.value : null;
    runs.push({words, colour: style.fill, reckoned, drawn: right - left, natural: ink.width});
  }
  const across = [...boxes.map(one => one[0]), ...boxes.map(one => one[2])];
  const down = [...boxes.map(one => one[1]), ...boxes.map(one => one[3])];
  return {kind: "text", name: runs.map(run => run.words).join(" "), runs, box: [
    Math.min(...across), Math.min(...down), Math.max(...across), Math.max(...down)]};
}

function shape(way, element) {
  const style = getComputedStyle(element), room = element.getBBox();
  const filled = style.fill !== "none" && element.tagName !== "line";
  const piece = {
    kind: filled ? "area" : /line|path/.test(element.tagName) ? "line" : "frame",
    name: element.getAttribute("class") || element.tagName, paint: filled ? style.fill : "",
    box: box(way, room.x, room.y, room.x + room.width, room.y + room.height)};
  if (element.tagName === "line") {
    const ends = ["x1", "y1", "x2", "y2"].map(name => element[name].baseVal.value);
    const [one, other] = [ends.slice(0, 2), ends.slice(2)].map(
      ([x, y]) => new DOMPoint(x, y).matrixTransform(way));
    piece.ends = [[one.x, one.y], [other.x, other.y]];
  }
  return piece;
}

const ways = new Map();
function way(element) {  // of an element without a transform, that of its parent
  const parent = element.parentNode;
  if (element.hasAttribute("transform")) return toPicture(element);
  if (!ways.has(parent)) ways.set(parent, toPicture(parent));
  return ways.get(parent);
}
function toPicture(element) {
  const svg = element.ownerSVGElement || element;
  return svg.getScreenCTM().inverse().multiply(element.getScreenCTM());
}

const drawn = pictures.map(svg => [...svg.querySelectorAll(
  "text,rect,path,polygon,polyline,circle,ellipse,line")].filter(one => !one.closest("defs")));
const shapes = drawn.map(elements => elements.map(
  element => element.tagName === "text" ? null : shape(way(element), element)));
const found = {};
for (const [name, family] of Object.entries(fonts)) {
  for (const picture of pictures) picture.style.fontFamily = family;
  found[name] = pictures.map((svg, number) => ({
    width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height,
    pieces: drawn[number].map((element, place) =>
      shapes[number][place] || text(way(element), element))}));
}
document.body.hidden = true;  // millions of letters, not to be laid out
document.body.textContent = JSON.stringify(found);
</script>"""


@frozen
class Run:
    """Words in one font.

    Attributes:
        colour: red, green, blue.
        place: of its text among the pieces of the picture.
        reckoned: the width that the picture asks for; None: it does not say.
        drawn: the width in the browser.
        natural: the width that the font gives the words, without kerning.
    """

    words: str
    colour: tuple[int, ...]
    place: int
    reckoned: float | None
    drawn: float
    natural: float


@frozen
class Measured:
    """A picture as it was seen."""

    layout: Layout
    runs: tuple[Run, ...]


def measured(
    pictures: Mapping[str, str],
    folder: Path,
    *,
    fonts: Mapping[str, str],
    scheme: Literal["light", "dark"] = "light",
) -> dict[str, dict[str, Measured]]:
    """For each font each picture by its name, as a reader who prefers this scheme sees it.

    Args:
        fonts: by a name, what stands in CSS instead of the fonts that a picture asks for.
    """
    page = folder / "page.html"
    # Each in a tree of its own, so that its style is its own too.
    hosts = "".join(
        f'<div><template shadowrootmode="open">{svg}</template></div>' for svg in pictures.values()
    )
    page.write_text(_PAGE % (hosts, json.dumps(dict(fonts))), encoding="utf-8")
    document = dom(page, f"--blink-settings=preferredColorScheme={int(scheme == 'light')}")
    inside = re.search(r"<body[^>]*>(.*)</body>", document, re.DOTALL)
    assert inside
    found: dict[str, list[dict[str, Any]]] = json.loads(unescape(inside[1]))
    return {
        font: dict(zip(pictures, map(_measured, drawn), strict=True))
        for font, drawn in found.items()
    }


def _measured(seen: dict[str, Any]) -> Measured:
    pieces: list[Piece] = []
    runs: list[Run] = []
    for place, told in enumerate(seen["pieces"]):
        box: Box = tuple(told["box"])
        ends = tuple(map(tuple, told["ends"])) if "ends" in told else None
        pieces.append(Piece(told["kind"], told["name"], box, told.get("paint", ""), ends))
        runs += [
            Run(**{**run, "colour": colour(run["colour"]), "place": place})
            for run in told.get("runs", ())
        ]
    return Measured(Layout(seen["width"], seen["height"], tuple(pieces)), tuple(runs))


def colour(computed: str) -> tuple[int, ...]:
    """Red, green and blue of a computed colour; nothing of what is none, a texture."""
    found = re.fullmatch(r"rgb\((\d+), (\d+), (\d+)\)", computed)
    return tuple(map(int, found.groups())) if found else ()
