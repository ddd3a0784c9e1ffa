"""The command that repeats what was done, as a shell takes it."""

from __future__ import annotations

import os
from collections.abc import Sequence

from ..call.loading.settings import shown


def command_for(
    verb: str, path: str, settings: Sequence[str] = (), options: Sequence[str] = ()
) -> str:
    """``callflow VERB CASE --set ...`` with further options, quoted.

    The value of a setting that may hold a secret is left out: commands go into tickets and pages.
    A name that begins like an option is told with its folder, and what cannot be printed as the
    escape that a shell reads.
    """
    words = ["callflow", *verb.split(), f"./{path}" if _like_an_option(path) else path]
    for setting in settings:
        words += ["--set", shown(setting)]
    words += options
    if all(word.replace("/", "").replace(".", "").replace("-", "").isalnum() for word in words):
        return " ".join(words)
    import shlex

    return " ".join(shlex.quote(word) if word.isprintable() else _escaped(word) for word in words)


def _like_an_option(path: str) -> bool:
    """Whether a command would take a path for an option; ``-`` is standard input."""
    return path.startswith("-") and path != "-"


def _escaped(word: str) -> str:
    """A word with characters that no line should hold, as bash, zsh and ksh write it."""
    told = "".join(
        one if one.isprintable() and one not in "\\'" else "".join(map(_octal, os.fsencode(one)))
        for one in word
    )
    return f"$'{told}'"


def _octal(byte: int) -> str:
    return f"\\{byte:03o}"
