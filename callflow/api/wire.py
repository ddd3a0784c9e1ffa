"""JSON values as the server reads them from bytes: nothing is coerced, numbers stay as they were written."""

from __future__ import annotations

from attrs import frozen


@frozen
class Numeral:
    """A JSON number, as it was written."""

    text: str


JsonValue = None | bool | str | Numeral | list["JsonValue"] | dict[str, "JsonValue"]
