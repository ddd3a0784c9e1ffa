"""The command that repeats what was done, as a shell takes it."""

from __future__ import annotations

from collections.abc import Sequence


def command_for(verb: str, path: str, settings: Sequence[str] = ()) -> str:
    """``callflow VERB CASE --set ...``, quoted."""
    words = ["callflow", *verb.split(), path]
    for setting in settings:
        words += ["--set", setting]
    if all(word.replace("/", "").replace(".", "").replace("-", "").isalnum() for word in words):
        return " ".join(words)
    import shlex

    return shlex.join(words)
