"""The JSON Schemas of all that is read and written as JSON, for editors and for programs.

=============  =================================================================
``case``       a case, and the request alone: what is read
``timeline``   ``callflow simulate``
``check``      ``callflow check``
``explore``    ``callflow explore``
``ways``       ``callflow explore CASE``
``always``     ``callflow explore --that``, with ``--free`` and without
``prove``      ``callflow explore --prove``
``suite``      ``callflow explore --suite``
=============  =================================================================

A schema that speaks of whole cases or timelines refers to theirs by its ``$id``. `schema` gives it
together with them, so that a validator needs nothing else.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files

NAMES = ("case", "timeline", "check", "explore", "ways", "always", "prove", "suite")

_OTHER = re.compile(r'"\$ref": "urn:callflow:([a-z]+):1[#"]')


def schema(name: str) -> str:
    """The text of a schema, one of `NAMES`, with those that it refers to.

    Raises:
        FileNotFoundError: there is no such schema.
    """
    text = _file(name)
    others = _referred(text, {name})
    if not others:
        return text
    whole = json.loads(text)
    whole["$defs"] |= {f"{other}.schema": json.loads(_file(other)) for other in sorted(others)}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _referred(text: str, known: set[str]) -> set[str]:
    """The schemas that a text refers to, and that these do, without those known."""
    found: set[str] = set()
    for name in _OTHER.findall(text):
        if name not in known | found:
            found |= {name} | _referred(_file(name), known | found | {name})
    return found


def _file(name: str) -> str:
    return files(__name__).joinpath(f"{name}.schema.json").read_text(encoding="utf-8")
