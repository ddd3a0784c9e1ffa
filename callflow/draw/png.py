"""SVG to PNG, the same on every machine.

The work is done by resvg (extra ``png``) with the font that comes with this package. Only a text
with a character that this font does not have is drawn with the machine's fonts as well.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.resources import files

from ..errors import UsageError
from .metrics import known

_FACES = ("Regular", "Bold", "Italic")
_STYLE = 'text,tspan{font-family:"Callflow Sans"}'


def svg_to_png(svg: str, *, zoom: float = 2, background: str | None = None) -> bytes:
    """The picture of an SVG document; of one for both themes, the light one.

    Args:
        svg: one of the pictures of this package, or a state diagram.
        zoom: pixels of the result for one of the document.
        background: the colour behind a picture that brings none.

    Raises:
        UsageError: resvg is not installed.
    """
    try:
        resvg = import_module("resvg_py")
    except ImportError as missing:
        raise UsageError(
            "PNG needs resvg-py; pip install 'callflow-simulator[png]' brings it"
        ) from missing
    return bytes(
        resvg.svg_to_bytes(
            svg_string=svg,
            dpi=96,
            zoom=zoom,
            background=background,
            skip_system_fonts=known(svg),
            font_files=list(_fonts()),
            style_sheet=_STYLE,
        )
    )


@cache
def _fonts() -> tuple[str, ...]:
    folder = files(__package__) / "fonts"
    return tuple(str(folder / f"CallflowSans-{face}.ttf") for face in _FACES)
