"""Headless Chromium: the page as it stands when its scripts have run."""

import shutil
import subprocess
from pathlib import Path


def browser() -> str | None:
    """The program; None: it is not here."""
    return next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )


def dom(page: Path, *switches: str) -> str:
    """The document of a page, as HTML; the browser keeps what it keeps beside the page."""
    chromium = browser()
    assert chromium
    return subprocess.run(
        [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={page.parent / 'profile'}",
            "--virtual-time-budget=120000",
            *switches,
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=300,
    ).stdout
