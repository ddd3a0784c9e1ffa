"""A picture of ours made fit to stand inside somebody's page, beside others.

A picture in a file is alone: its names are its own, and it is dark where the *reader* prefers dark.
Inside a page three things change. Names (ids, the class that its colours are bound to) get a
prefix, so that no other picture is meant by them. Dark is asked of the *page*: ``light-dark()``
follows the ``color-scheme`` of what is around it, so that a switch in the page's head turns the
picture, too. And it takes what room the column has.

Relied upon is only how `callflow.draw` writes; quotes in users' texts are always escaped there, so
that an attribute is never part of a text. Nothing here knows calls or pages.
"""

from __future__ import annotations

import re

from ..draw.svg import escaped

#: The class of a picture's root: ``callflow-auto``, ``callflow-light``, ``callflow-machine`` ...
_ROOT = re.compile(r'<svg [^>]*?\bclass="(callflow-\w+)"')
_SIZE = re.compile(r'<svg [^>]*?\bwidth="([\d.]+)"')
_ID = re.compile(r' id="([^"]*)"')
_USE = re.compile(r'="url\(#([^"]*)\)"')
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_DARK = re.compile(r"@media \(prefers-color-scheme:dark\)\{((?:[^{}]*\{[^{}]*\})*)\}")
_COLOUR = re.compile(r'\[(fill|stroke)="([^"]*)"\]\{\1:([^{}]*)\}')

#: Below this a picture keeps its size and its column scrolls, pixels.
NARROWEST = 560


def inlined(svg: str, prefix: str, title: str = "") -> str:
    """The picture as an element of a page.

    Args:
        svg: one of the pictures of `callflow.draw`.
        prefix: what its names begin with; unique in the page.
        title: takes the place of the picture's own, for who does not see it; empty: it stays.
    """
    root, size = _ROOT.search(svg), _SIZE.search(svg)
    if root is None or size is None:
        raise ValueError("this is no picture of callflow.draw")
    name = root[1]
    svg = svg.replace(f'class="{name}"', f'class="{prefix}"', 1)
    svg = _ID.sub(rf' id="{prefix}-\1"', svg)
    svg = _USE.sub(rf'="url(#{prefix}-\1)"', svg)
    svg = _STYLE.sub(lambda style: f"<style>{_of_the_page(style[1], name, prefix)}</style>", svg)
    if title:
        svg = _TITLE.sub(lambda _: f"<title>{escaped(title)}</title>", svg, count=1)
    least = min(float(size[1]), NARROWEST)
    fit = f"display:block;min-width:{least:g}px;max-width:100%;height:auto"
    return svg.replace("<svg ", f'<svg style="{fit}" ', 1).rstrip("\n")


def _of_the_page(css: str, name: str, prefix: str) -> str:
    """The rules of a picture, bound to it alone, dark where its page is."""
    css = css.replace(f".{name} ", f".{prefix} ")
    return _DARK.sub(lambda media: _COLOUR.sub(_either, media[1]), css)


def _either(rule: re.Match[str]) -> str:
    what, light, dark = rule.groups()
    return f'[{what}="{light}"]{{{what}:light-dark({light},{dark})}}'
