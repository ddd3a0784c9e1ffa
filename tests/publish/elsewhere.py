"""The same text, made by another process under other circumstances."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def digest(made: object) -> str:
    """What tells whether two texts, or dictionaries of texts, are the same."""
    return hashlib.sha256(repr(made).encode()).hexdigest()


def digest_elsewhere(module: str, function: str) -> str:
    """The digest of what a function gives with another hash seed, time zone, locale and folder."""
    code = (
        f"import hashlib; from {module} import {function};"
        f"print(hashlib.sha256(repr({function}()).encode()).hexdigest())"
    )
    environment = os.environ | {
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd="/",
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()
