"""A call as one page that holds everything: pictures, steps, sound, and the scripts that play it.

The scripts are those of the preview, without what asks the desk: such a page knows one call. It
works from the file system, fetches nothing, and its policy names by their digest the one script
and the one style sheet that it may use.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Literal

from ...call.timeline import Timeline
from ...draw.chart import chart_of
from ...draw.svg import escaped
from ..pictures import down, lanes, machine
from ..words import page_words
from . import telling
from .question import Question

_MODULES = ("dom", "controls", "view", "player", "playhead", "sound", "alone")
_WIDE, _NARROW = 960, 350
_THEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")


def page(call: Timeline, asked: Question, sound: bytes | None, notes: list[str]) -> str:
    """The page of a call.

    Args:
        sound: a WAV file; None: the page has no sound.
        notes: what is to be told of the sound.
    """
    told: dict[str, Any] = {
        "words": page_words(),
        "language": asked.language,
        "name": telling.title(call),
        "headline": telling.headline(call, None),
        "settings": telling.settings(call),
        "duration": call.duration / 1000,
        "stretches": telling.stretches(call),
        "steps": telling.steps(call),
        "table": telling.table(call),
        "notes": telling.notes(call),
        "soundNotes": notes,
        "pictures": {theme: _pictures(call, theme) for theme in _THEMES},
        "sound": None if sound is None else b64encode(sound).decode(),
    }
    style, script = _style(), _script()
    policy = (
        f"default-src 'none'; script-src 'sha256-{_digest(script)}'; "
        f"style-src 'sha256-{_digest(style)}'; img-src data:; media-src blob: data:; "
        "base-uri 'none'; form-action 'none'"
    )
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return (
        f'<!doctype html>\n<html lang="{asked.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f"<title>{escaped(telling.title(call))} - callflow</title>\n"
        f"<style>{style}</style>\n</head>\n<body>\n"
        f'<div id="page"></div>\n<div id="said" role="status" aria-live="polite"></div>\n'
        f'<script type="application/json" id="data">{data}</script>\n'
        f'<script type="module">{script}</script>\n</body>\n</html>\n'
    )


def _pictures(call: Timeline, theme: Literal["light", "dark"]) -> dict[str, Any]:
    return {
        "wide": lanes(call, width=_WIDE).to_dict(theme, "lanes"),
        "narrow": down(call, width=_NARROW).to_dict(theme, "lanes"),
        "machine": machine(chart_of(call)).to_dict(theme, "machine"),
    }


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


@cache
def _style() -> str:
    return _read("page.css")


@cache
def _script() -> str:
    """The modules as one: what they take from each other stands in the same script."""
    whole = "\n".join(_read(f"{name}.js") for name in _MODULES)
    whole = re.sub(r"^import .*;\n", "", whole, flags=re.MULTILINE)
    return re.sub(r"^export ", "", whole, flags=re.MULTILINE)


def _read(name: str) -> str:
    return files("callflow.serve").joinpath("page", name).read_text(encoding="utf-8")
