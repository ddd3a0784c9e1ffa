"""axe-core, which finds what keeps people from using a page, kept in ``.cache/axe``.

Where CI is set it is fetched there with ``npm pack``; elsewhere what needs it is left out until
somebody does so by hand.
"""

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

VERSION = "4.14.1"
_CACHE = Path(__file__).resolve().parents[2] / ".cache" / "axe"


def script() -> str | None:
    """The program; None: it is not here."""
    kept = _CACHE / f"axe-{VERSION}.min.js"
    if not kept.exists() and os.environ.get("CI") and shutil.which("npm"):
        _CACHE.mkdir(parents=True, exist_ok=True)
        (_CACHE.parent / ".gitignore").write_text("*\n")
        subprocess.run(
            ["npm", "pack", "--silent", f"axe-core@{VERSION}"],
            cwd=_CACHE,
            check=True,
            capture_output=True,
            timeout=300,
        )
        packed = _CACHE / f"axe-core-{VERSION}.tgz"
        with tarfile.open(packed) as archive:
            found = archive.extractfile("package/axe.min.js")
            assert found
            fresh = _CACHE / f"{os.getpid()}.js"
            fresh.write_bytes(found.read())
        fresh.replace(kept)  # whole or not at all, also where tests run side by side
        packed.unlink(missing_ok=True)
    return kept.read_text("utf-8") if kept.exists() else None
