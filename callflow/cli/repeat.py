"""The command that repeats what was done, as a shell takes it."""

from __future__ import annotations

from collections.abc import Sequence

from ..call.loading.settings import shown


def command_for(
    verb: str, path: str, settings: Sequence[str] = (), options: Sequence[str] = ()
) -> str:
    """``callflow VERB CASE --set ...`` with further options, quoted.

    The value of a setting that may hold a secret is left out: commands go into tickets and pages.
    """
    words = ["callflow", *verb.split(), path]
    for setting in settings:
        words += ["--set", shown(setting)]
    words += options
    if all(word.replace("/", "").replace(".", "").replace("-", "").isalnum() for word in words):
        return " ".join(words)
    import shlex

    return shlex.join(words)
