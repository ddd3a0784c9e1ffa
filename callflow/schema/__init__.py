"""The JSON Schemas of cases, timelines and checks, for editors and for programs."""

from __future__ import annotations

from importlib.resources import files


def schema(name: str) -> str:
    """The text of a schema: ``case``, ``timeline`` or ``check``.

    Raises:
        FileNotFoundError: there is no such schema.
    """
    return files(__name__).joinpath(f"{name}.schema.json").read_text(encoding="utf-8")
