import re
from enum import Enum


def say(template: str, /, **values: object) -> str:
    """A sentence."""

    def put(found: re.Match[str]) -> str:
        value = values[found[1]]
        text = value.value if isinstance(value, Enum) else str(value)
        return f"{text}'s" if found[2] == "of" else text

    return re.sub(r"\{(\w+)(?:\.(\w+))?\}", put, template)
