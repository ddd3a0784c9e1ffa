"""The project's own site is built with warnings as errors, whole and fetching nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import callflow

ROOT = Path(__file__).parent.parent
#: What a page loads while it is shown; links that a reader may follow are not meant.
_LOADED = re.compile(
    r"""<(?:script|img|iframe|source|video|audio)\b[^>]*\bsrc="([^"]*)"|<link\b[^>]*\bhref="([^"]*)"|"""
    r"""url\(["']?([^"')]*)|@import\s+["']([^"']*)"""
)


def test_the_site_is_built_without_a_warning_and_fetches_nothing(tmp_path: Path) -> None:
    """Every link leads somewhere, every block is drawn, and no font or script comes from afar.

    Each public name of the package stands in the reference. Each notebook is a page, with all its
    pictures, and can be downloaded. The page of inferences leads to the page of holes, which has
    the moments and the pictures.
    """
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "docs", str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
    pages = [*tmp_path.rglob("*.html")]
    assert len(pages) > 15
    for file in (*pages, *tmp_path.rglob("*.css")):
        for found in _LOADED.findall(file.read_text(encoding="utf-8")):
            assert not "".join(found).startswith(("http:", "https:", "//")), file
    python = (tmp_path / "reference" / "python.html").read_text(encoding="utf-8")
    for name in set(callflow.__all__) - {"__version__"}:
        assert f'id="callflow.{name}"' in python
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert len([*(tmp_path / "_downloads").rglob("*.ipynb")]) == len(notebooks)
    for notebook in notebooks:
        page = (tmp_path / "notebooks" / f"{notebook.stem}.html").read_text(encoding="utf-8")
        drawn = notebook.read_text(encoding="utf-8").count('"image/png": "')
        assert len(re.findall(r'<img alt="\w[^"]{40,}"', page)) == drawn > 0
    inferred = (tmp_path / "explanation" / "inferences.html").read_text(encoding="utf-8")
    told = inferred.partition("<article")[2].partition("</article")[0]
    assert 'href="../call/holes.html"' in told
