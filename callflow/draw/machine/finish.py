"""What Graphviz draws, made fit to be shown: sizes, fonts, themes, and words for who cannot see it.

Both engines write one element a line, text with its place, and colours as they were given; only
that is relied upon. No geometry is touched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from math import ceil
from typing import Any

from ..picture_palette import DARK, LIGHT, Paint, Theme, dark_rules
from ..svg import FONTS, escaped

_ROOT = "callflow-machine"

_TEXT = re.compile(r'<text (?:xml:space="preserve" )?(.*?)>(.*?)</text>\n')
_PLACE = re.compile(r'x="(.*?)" y="(.*?)"')
_PAGE = re.compile(r'<polygon fill="(#\w+)" stroke="none" points=".*?"/>\n')
_SIZE = re.compile(r'<svg width="\d+pt" height="\d+pt"\n viewBox="0.00 0.00 ([\d.]+) ([\d.]+)".*?>')


def finished(svg: bytes, measured: bytes, theme: Theme, name: str, story: str) -> str:
    """A picture that can be shown anywhere.

    Args:
        svg: what Graphviz drew, in light colours unless the theme is dark.
        measured: the same graph as JSON; it has the widths of all text.
        name: what the picture is.
        story: what can be seen in it, for who cannot.
    """
    widths = dict(_widths(json.loads(measured)))
    drawn = svg.decode()
    size = _SIZE.search(drawn)
    if size is None:
        raise ValueError("this is no picture by Graphviz")
    body = drawn[size.end() :]
    body = re.sub(r"<!--.*?-->\n", "", body, flags=re.DOTALL)
    body = body.replace('"transparent"', '"none"').replace("&#45;", "-")
    body = re.sub(r"<title>.*?</title>\n", "", body)
    body = _TEXT.sub(lambda found: _text(found[1], found[2], widths), body)
    page = _PAGE.search(body)
    if page is None:
        raise ValueError("this is no picture by Graphviz")
    # Whole pixels, and the page filled to its edge: programs leave a seam of other sizes.
    wide, high = (ceil(float(points) * 4 / 3) for points in size.groups())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" class="{_ROOT}" role="img" '
        f'width="{wide}" height="{high}" viewBox="0 0 {wide * 3 / 4:g} {high * 3 / 4:g}" '
        f'font-family="{FONTS}">\n'
        f"<title>{escaped(name)}</title>\n<desc>{escaped(story)}</desc>\n"
        f"<style>{_style(theme)}</style>\n"
        f'<rect width="100%" height="100%" fill="{page[1]}"/>{_PAGE.sub("", body, count=1)}'
    )


def _widths(piece: Any) -> Iterator[tuple[tuple[float, float], float]]:
    """Of each text its place and its width, wherever in the drawing it is."""
    for value in piece.values() if isinstance(piece, dict) else piece:
        if isinstance(value, dict) and value.get("op") == "T":
            x, y = value["pt"]
            yield (x, -y), value["width"]
        elif isinstance(value, (dict, list)):
            yield from _widths(value)


def _text(attributes: str, words: str, widths: dict[tuple[float, float], float]) -> str:
    if not words.replace("&#160;", "").strip():
        return ""  # the second run of a line
    place = _PLACE.search(attributes)
    width = widths.get((float(place[1]), float(place[2]))) if place else None
    if width is not None:
        how = "spacingAndGlyphs" if len(words) > 1 else "spacing"  # a letter alone stays itself
        attributes += f' textLength="{width:g}" lengthAdjust="{how}"'
    attributes = attributes.replace('text-anchor="start" ', "").replace('.00"', '"')
    attributes = attributes.replace('font-family="Arial" ', "")
    attributes = attributes.replace('fill="#ffffff"', f'fill="{LIGHT[Paint.CONVERSATION_WORD]}"')
    return f"<text {attributes}>{words}</text>\n"


def _style(theme: Theme) -> str:
    # Square ends close the hair's breadth that Graphviz leaves between a line and the next.
    style = f".{_ROOT} .documented>path{{stroke-linecap:square}}"
    if theme != "auto":
        return style
    cards = f'.{_ROOT} .state>path[fill="{LIGHT[Paint.PAGE]}"]{{fill:{DARK[Paint.PANEL]}}}'
    return style + dark_rules(f".{_ROOT}") + f"@media (prefers-color-scheme:dark){{{cards}}}"
