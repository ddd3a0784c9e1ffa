"""In a notebook a call shows itself: asked of IPython's own formatters, shells and kernel."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from IPython.core.formatters import DisplayFormatter

from callflow import Case, Timeline, simulate
from callflow.draw.chart import Chart, charts
from callflow.draw.comparison import comparison_svg
from callflow.draw.engine import NoEngine
from callflow.draw.lanes import timeline_svg
from callflow.draw.machine import machine_svg
from callflow.draw.notebook import PNG, SVG, TEXT, Drawing, register
from callflow.draw.png import svg_to_png
from callflow.draw.text import Style, timeline_text
from callflow.strategies import cases
from tools.notebooks import run

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "callback.yaml"


def a_call(**people: Any) -> Timeline:
    request = {
        "virtual_phone_number": "74993720692",
        "contact": "79260000000",
        "first_call": "employee",
    }
    return simulate(Case.from_dict({"request": request, "people": people}))


@pytest.fixture
def shown() -> DisplayFormatter:
    """What a shell asks how to show a thing."""
    formatter = DisplayFormatter()
    register(SimpleNamespace(display_formatter=formatter))
    return formatter


def callflow(*words: str) -> str:
    """What a command prints."""
    command = [sys.executable, "-m", "callflow", *words]
    environment = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout


def python(code: str, folder: Path) -> Any:
    """What a fresh Python prints, as JSON; its home is ``folder``."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"HOME": str(folder), "IPYTHONDIR": str(folder / "ipython")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# ------------------------------------------------------------------------------------- in a kernel


@pytest.fixture(scope="module")
def kernel_outputs() -> list[Any]:
    """What the cells of a notebook give in a real kernel, the n-th one's outputs at place n."""
    show = f"from callflow import load_case, simulate\nsimulate(load_case({str(EXAMPLE)!r}))"
    pixels_only = (
        "import sys\nprint('callflow.draw.machine' in sys.modules)\n"
        "get_ipython().display_formatter.formatters['image/svg+xml'].enabled = False"
    )
    cells = (show, f"{pixels_only}\n{show}")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    run(notebook, ROOT)
    return [cell.outputs for cell in notebook.cells]


@pytest.mark.parametrize(("form", "ending"), [(SVG, "svg"), (PNG, "png")])
def test_a_kernel_shows_a_call_as_the_picture_that_draw_timeline_draws(
    kernel_outputs: list[Any], form: str, ending: str, tmp_path: Path
) -> None:
    drawn = tmp_path / f"call.{ending}"
    callflow("draw", "timeline", str(EXAMPLE), "-o", str(drawn))
    data = kernel_outputs[0][0].data[form]
    assert drawn.read_bytes() == (base64.b64decode(data) if form == PNG else data.encode())


def test_a_kernel_shows_a_call_to_who_sees_no_pictures_as_simulate_prints_it(
    kernel_outputs: list[Any],
) -> None:
    printed = callflow("simulate", str(EXAMPLE))
    lanes = kernel_outputs[0][0].data[TEXT]
    assert printed.startswith(f"{lanes}\nmore ")  # the command line adds its next command


def test_a_format_that_is_switched_off_in_the_shell_is_not_made(kernel_outputs: list[Any]) -> None:
    printed, result = kernel_outputs[1]
    assert printed.text == "False\n"  # and no more of the drawings was loaded than is shown
    assert SVG not in result.data
    assert PNG in result.data


# ------------------------------------------------------------------------------ where it registers


def test_importing_callflow_in_plain_python_imports_no_ipython_and_no_drawing(
    tmp_path: Path,
) -> None:
    loaded = python("import callflow, sys, json; print(json.dumps(list(sys.modules)))", tmp_path)
    assert "IPython" not in loaded
    assert [name for name in loaded if name.startswith("callflow.draw")] == []


def test_ipython_that_is_only_installed_or_imported_changes_nothing(tmp_path: Path) -> None:
    code = "import IPython, callflow, sys, json; print(json.dumps(list(sys.modules)))"
    assert "callflow.draw" not in python(code, tmp_path)


_SHELL = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
def forms(shell):
    from callflow import Case, simulate
    request = {"virtual_phone_number": "74993720692", "contact": "79260000000",
               "first_call": "contact"}
    before = [name for name in sys.modules if name.startswith("callflow.draw.")]
    data, _ = shell.display_formatter.format(simulate(Case.from_dict({"request": request})))
    print(json.dumps([sorted(data), before]))
"""


def test_a_running_shell_shows_calls_from_the_import_on_and_loads_no_drawing_before(
    tmp_path: Path,
) -> None:
    code = f"{_SHELL}\nshell = InteractiveShell.instance()\nimport callflow\nforms(shell)"
    data, loaded_before = python(code, tmp_path)
    assert {SVG, TEXT} <= set(data)
    assert loaded_before == ["callflow.draw.notebook"]


def test_a_shell_that_is_opened_after_the_import_shows_calls_from_load_ext_on(
    tmp_path: Path,
) -> None:
    code = (
        f"import callflow\n{_SHELL}\nshell = InteractiveShell.instance()\n"
        "shell.run_line_magic('load_ext', 'callflow')\nforms(shell)"
    )
    data, _ = python(code, tmp_path)
    assert {SVG, TEXT} <= set(data)


def test_a_shell_that_shows_nothing_is_left_alone() -> None:
    register(SimpleNamespace(display_formatter=None))


# ---------------------------------------------------------------------------------- what is shown


@given(case=cases())
@settings(max_examples=30)
def test_every_call_shows_itself_as_its_picture_and_as_its_lanes(case: Case) -> None:
    formatter = DisplayFormatter()
    register(SimpleNamespace(display_formatter=formatter))
    timeline = simulate(case)
    data, _ = formatter.format(timeline, include={SVG, TEXT})
    assert data[SVG] == timeline_svg(timeline)
    assert data[TEXT] + "\n" == timeline_text(timeline, width=80, style=Style.ASCII).plain()


def test_a_call_among_others_is_a_line(shown: DisplayFormatter) -> None:
    calls = {"first": a_call(), "second": a_call(contact={"busy_after": 2})}
    data, _ = shown.format(calls)
    assert list(data) == [TEXT]
    talked = "conversation from 10.0 s, 30.0 s long; the contact hung up at 40.0 s"
    failed = "contact not reached: busy at 7.0 s; no conversation"
    assert data[TEXT].splitlines() == [
        f"{{'first': <Timeline: Employee first, switch off: {talked}>,",
        f" 'second': <Timeline: Employee first, switch off: {failed}>}}",
    ]


def test_a_picture_in_pixels_brings_its_width_and_what_it_says(shown: DisplayFormatter) -> None:
    _, about = shown.format(a_call())
    assert about[PNG]["width"] == 880
    assert about[PNG]["alt"].startswith("Employee first, switch off\nconversation from 10.0 s")


def test_without_resvg_there_is_the_svg_and_no_complaint(
    shown: DisplayFormatter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    data, _ = shown.format(a_call())
    assert {*data} == {SVG, TEXT}


def test_a_drawing_shows_any_picture_of_the_package_and_reads_as_what_it_says(
    shown: DisplayFormatter,
) -> None:
    title = "A & B: <both> talk"
    svg = comparison_svg(a_call(), a_call(contact={"answers_after": 9}), title=title)
    data, about = shown.format(Drawing(svg))
    assert data[SVG] == svg
    assert data[PNG] == svg_to_png(svg)
    assert data[TEXT] == about[PNG]["alt"]
    assert data[TEXT].count(title) == 1


@pytest.mark.parametrize("chart", charts()[:1], ids=lambda chart: chart.name)
def test_a_state_machine_shows_itself_too(shown: DisplayFormatter, chart: Chart) -> None:
    try:
        svg = machine_svg(chart)
    except NoEngine:
        pytest.skip("no Graphviz here")
    data, _ = shown.format(chart)
    assert data[SVG] == svg
    assert data[TEXT] == f"<Chart: {chart.title}>"


def test_without_graphviz_a_state_machine_is_its_name_and_no_complaint(
    shown: DisplayFormatter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callflow.draw.engine.shutil.which", lambda *_, **__: None)
    data, _ = shown.format(charts()[0])
    assert list(data) == [TEXT]
