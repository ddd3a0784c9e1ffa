"""Pictures as PNG: the right size, the same bytes each time, a clear word if resvg is missing."""

from __future__ import annotations

import struct
import sys

import pytest

from callflow.draw.metrics import known
from callflow.draw.picture_palette import Paint
from callflow.draw.png import svg_to_png
from callflow.draw.svg import Picture, Run, Text
from callflow.errors import UsageError


def picture(text: str) -> str:
    words = Text(10, 30, (Run(text, 16, Paint.INK),))
    return Picture(200, 50, "a title", "a description", (words,)).svg("auto")


def test_a_missing_resvg_is_named_with_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(UsageError, match=r"pip install 'callflow-simulator\[png\]'"):
        svg_to_png(picture("x"))


def test_a_png_has_the_size_of_the_picture_times_the_zoom_and_the_same_bytes_again() -> None:
    pytest.importorskip("resvg_py")
    png = svg_to_png(picture("dialing"), zoom=3)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == (600, 150)
    assert png == svg_to_png(picture("dialing"), zoom=3)


@pytest.mark.parametrize("text", ["dialing", "имя", "漢字"])
def test_text_is_drawn(text: str) -> None:
    pytest.importorskip("resvg_py")
    assert svg_to_png(picture(text)) != svg_to_png(picture(" "))


def test_the_packaged_font_has_every_character_that_is_reckoned_with() -> None:
    assert known("dialing music 12.5 s; ЁЖ „x“ № × −\n")
    assert not known("漢")
