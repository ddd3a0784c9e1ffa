"""Small sites built for real with MkDocs, Zensical and Sphinx: good blocks, and broken ones."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from callflow.publish.pages import pages

ROOT = Path(__file__).resolve().parents[2]

CASE = """\
request:
  virtual_phone_number: "74993720692"
  contact: "79260000000"
  first_call: employee
"""

MKDOCS = """\
site_name: Calls
theme: {name: mkdocs}
plugins: []
markdown_extensions:
  - callflow.publish.fence
  - pymdownx.superfences
"""

ZENSICAL = """\
[project]
site_name = "Calls"
use_directory_urls = false
[project.theme]
font = false
[project.markdown_extensions]
"pymdownx.superfences" = {}
"callflow.publish.fence" = {}
"""

CONF = """\
project = "Calls"
html_theme = "basic"
extensions = ["myst_parser", "callflow.publish.sphinx"]
"""

PAGE = f"""\
---
title: Calls
---
# Calls

```callflow show="timeline steps" title="A client calls"

{CASE}```

1. In a list:

    ```callflow show="machine" file="cases/call.yaml" set="request.switch_at_once=true"
    ```

> ```callflow
> request: {{virtual_phone_number: "74993720692", contact: "79260000000", first_call: contact}}
> ```

~~~~markdown
```callflow show=this-is-only-talked-about
```
~~~~
"""

MYST = f"""\
# Calls

```{{toctree}}
more
```

```{{callflow}}
:show: timeline steps
:title: A client calls

{CASE}```

- in a list

  ```{{callflow}}
  ---
  show: machine
  file: cases/call.yaml
  ---
  ```
"""

REST = """\
More
====

A paragraph.

* in a list

  .. callflow::
     :show: ladder

     request:
       virtual_phone_number: "74993720692"
       contact: "79260000000"
       first_call: employee
"""

BUILDERS = ("mkdocs", "zensical")


def build(folder: Path, builder: str, *options: str) -> subprocess.CompletedProcess[str]:
    words = {
        "mkdocs": ["mkdocs", "build", "--strict", "--site-dir", "out"],
        "zensical": ["zensical", "build", "--strict"],
        "sphinx": ["sphinx", "-q", "docs", "out"],
    }[builder]
    return subprocess.run(
        [sys.executable, "-m", *words, *options],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def site(folder: Path, pages: dict[str, str]) -> Path:
    (folder / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    (folder / "zensical.toml").write_text(ZENSICAL, encoding="utf-8")
    for name, text in {"conf.py": CONF, "cases/call.yaml": CASE, **pages}.items():
        page = folder / "docs" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
    return folder


def page_of(folder: Path, builder: str, name: str = "index.html") -> str:
    return (folder / ("site" if builder == "zensical" else "out") / name).read_text("utf-8")


def broken(text: str) -> str:
    return text.replace("first_call: employee", "first_call: employe")


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def names_are_unique(html: str) -> bool:
    names = re.findall(r' id="(callflow[^"]*)"', html)
    return bool(names) and len(names) == len(set(names))


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_page_shows_the_cases_of_its_fences(builder: str, tmp_path: Path) -> None:
    """Fences at the margin, in a list and in a quotation are pictures; a fence in a fence is text.

    The same page and the same extension serve MkDocs and Zensical.
    """
    done = build(site(tmp_path, {"index.md": PAGE}), builder)
    assert done.returncode == 0, done.stdout
    html = page_of(tmp_path, builder)
    assert html.count('<figure class="callflow">') == 3
    assert "<figcaption>A client calls</figcaption>" in html
    assert "The employee's phone rings." in html
    assert html.count("State machine: ") == 1
    assert "this-is-only-talked-about" in html
    assert names_are_unique(html)


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_broken_fence_breaks_the_build(builder: str, tmp_path: Path) -> None:
    """The build ends with status 1 and names page, line and repair."""
    page = broken(PAGE)
    done = build(site(tmp_path, {"index.md": page}), builder)
    assert done.returncode == 1
    line = line_of(page, "employe\n")
    assert f"docs/index.md:{line}: request.first_call: must be contact or employee" in done.stdout
    assert "did you mean employee?" in done.stdout


def test_a_mistake_in_a_case_file_is_told_with_its_own_line(tmp_path: Path) -> None:
    """The case file and its line are named, and the page that shows it."""
    site(tmp_path, {"index.md": PAGE, "cases/call.yaml": broken(CASE)})
    done = build(tmp_path, "mkdocs")
    assert done.returncode == 1
    assert "docs/cases/call.yaml:4: request.first_call: must be contact" in done.stdout
    assert f"docs/index.md:{line_of(PAGE, '    ```callflow')}: this block shows it" in done.stdout
    assert "Traceback" not in done.stdout


@pytest.mark.parametrize("builder", BUILDERS)
def test_an_option_without_quotes_is_an_error(builder: str, tmp_path: Path) -> None:
    """Superfences would pass such a fence by and show its source; here the build ends."""
    done = build(
        site(tmp_path, {"index.md": f"# Calls\n\n```callflow show=ladder\n{CASE}```\n"}), builder
    )
    assert done.returncode == 1
    assert 'docs/index.md:3: an option must be quoted: show="ladder"' in done.stdout


def test_the_extension_asks_for_superfences(tmp_path: Path) -> None:
    """Without superfences nothing would read the fences, and the build says so."""
    site(tmp_path, {"index.md": PAGE})
    (tmp_path / "mkdocs.yml").write_text(MKDOCS.replace("  - pymdownx.superfences\n", ""), "utf-8")
    done = build(tmp_path, "mkdocs")
    assert done.returncode == 1
    assert "needs pymdownx.superfences" in done.stdout


def test_superfences_can_name_the_functions_itself(tmp_path: Path) -> None:
    """`custom_fences` with our formatter and validator does the same without the extension."""
    site(tmp_path, {"index.md": PAGE})
    (tmp_path / "mkdocs.yml").write_text(
        MKDOCS.replace("  - callflow.publish.fence\n", "").rstrip("\n")
        + """:
      custom_fences:
        - name: callflow
          class: callflow
          format: !!python/name:callflow.publish.fence.fence
          validator: !!python/name:callflow.publish.fence.validator
""",
        encoding="utf-8",
    )
    done = build(tmp_path, "mkdocs")
    assert done.returncode == 0, done.stdout
    assert page_of(tmp_path, "mkdocs").count('<figure class="callflow">') == 3


def test_zensical_builds_a_page_anew_when_a_watched_case_changes(tmp_path: Path) -> None:
    """Zensical keeps pages between builds; `watch` names what else they are made of."""
    site(tmp_path, {"index.md": PAGE})
    (tmp_path / "zensical.toml").write_text(
        ZENSICAL.replace("[project.theme]", 'watch = ["docs/cases"]\n[project.theme]'), "utf-8"
    )
    build(tmp_path, "zensical")
    assert "A new name" not in page_of(tmp_path, "zensical")
    case = tmp_path / "docs" / "cases" / "call.yaml"
    case.write_text("name: A new name\n" + CASE, "utf-8")
    later = case.stat().st_mtime + 10  # it may look at whole seconds, and a build takes less
    os.utime(case, (later, later))
    build(tmp_path, "zensical")
    assert "A new name" in page_of(tmp_path, "zensical")


def test_sphinx_shows_the_cases_of_its_directives(tmp_path: Path) -> None:
    """Directives in MyST and reStructuredText, also in lists; and lanes where there is no HTML.

    A page is read again when a case file that it shows has changed.
    """
    site(tmp_path, {"index.md": MYST, "more.rst": REST})
    done = build(tmp_path, "sphinx", "-W")
    assert (done.returncode, done.stdout) == (0, "")
    html = page_of(tmp_path, "sphinx")
    assert html.count('<figure class="callflow">') == 2
    assert "<figcaption>A client calls</figcaption>" in html
    assert "literal-block" not in html
    assert names_are_unique(html + page_of(tmp_path, "sphinx", "more.html"))
    (tmp_path / "docs" / "cases" / "call.yaml").write_text("name: A new name\n" + CASE, "utf-8")
    done = build(tmp_path, "sphinx", "-W", "-b", "text")
    assert (done.returncode, done.stdout) == (0, "")
    text = page_of(tmp_path, "sphinx", "index.txt")
    assert "A new name" in text
    assert "The employee's phone rings." in text
    assert "<svg" not in text


def test_broken_directives_are_told_all_at_once_and_until_they_are_repaired(tmp_path: Path) -> None:
    """Each has its page and line, also without `-W`, and in each build until it is repaired."""
    pages = {"index.md": broken(MYST), "more.rst": broken(REST), "cases/call.yaml": broken(CASE)}
    site(tmp_path, pages)
    for _ in range(2):
        done = build(tmp_path, "sphinx")
        assert done.returncode == 1
        for page in ("index.md", "more.rst"):
            line = line_of(pages[page], "employe\n")
            assert f"docs/{page}:{line}: ERROR: request.first_call: must be" in done.stdout
        assert "docs/cases/call.yaml:4: ERROR: request.first_call: must be" in done.stdout
        line = line_of(pages["index.md"], "  ```{callflow}")
        assert f"docs/index.md:{line}: ERROR: this block shows it" in done.stdout
    site(tmp_path, {"index.md": MYST, "more.rst": REST})
    done = build(tmp_path, "sphinx")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(
    ("module", "hidden", "brings"),
    [
        ("callflow.publish.fence", "markdown", "pip install 'callflow-simulator[docs]'"),
        ("callflow.publish.fence", "pymdownx", "pip install 'callflow-simulator[docs]'"),
        ("callflow.publish.sphinx", "sphinx", "pip install sphinx"),
    ],
)
def test_what_is_not_installed_is_named(module: str, hidden: str, brings: str) -> None:
    """Without the builder's package the error says what to install."""
    script = (
        f"import sys; sys.modules[{hidden!r}] = None\n"
        "from callflow.errors import UsageError\n"
        f"try:\n    import {module}\nexcept UsageError as error:\n    print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert brings in done.stdout


def test_sphinx_renders_whole_pages_with_what_the_guide_adds(tmp_path: Path) -> None:
    """The pages of `callflow docs` build without a warning, with the two blocks of the guide."""
    guide = (ROOT / "docs/how-to/embed.md").read_text(encoding="utf-8")
    setting = next(line for line in guide.splitlines() if line.startswith("myst_heading_anchors"))
    tree = guide.partition("```{toctree}")[2].partition("```")[0]
    made = {f"call/{name}": text for name, text in pages().items()}
    folder = site(tmp_path, {"index.md": f"# Ours\n\n```{{toctree}}{tree}```\n", **made})
    (folder / "docs/conf.py").write_text(f"{CONF}{setting}\n", encoding="utf-8")
    done = build(folder, "sphinx", "-W", "--keep-going")
    assert (done.returncode, done.stdout) == (0, "")
