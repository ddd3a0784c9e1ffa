"""The JSON Schemas of case files and timelines, for editors and for whoever writes them."""

from __future__ import annotations

from importlib.resources import files


def schema(name: str) -> str:
    """The text of a schema: ``case`` or ``timeline``.

    Raises:
        FileNotFoundError: there is no such schema.
    """
    return files(__name__).joinpath(f"{name}.schema.json").read_text(encoding="utf-8")
