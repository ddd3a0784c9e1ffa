"""``callflow draw``: how does it look?"""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

import pytest

from callflow.draw.formats import LADDER, TIMELINE

from .conftest import CASE, Run

PNG = pytest.mark.skipif(
    find_spec("resvg_py") is None, reason="pip install 'callflow-simulator[png]'"
)


@pytest.mark.parametrize("kind", ["timeline", "ladder"])
def test_a_call_is_drawn_into_the_file_that_was_named(run: Run, folder: Path, kind: str) -> None:
    done = run("draw", kind, "case.yaml", "-o", "x.svg")
    assert (done.status, done.out, done.err) == (0, "", "")
    svg = (folder / "x.svg").read_text()
    assert svg.startswith("<svg")
    assert "A case" in svg


def test_without_a_file_a_picture_goes_to_standard_output(run: Run) -> None:
    assert run("draw", "timeline", "case.yaml").out.startswith("<svg")


def test_a_page_holds_picture_steps_request_and_command(run: Run, folder: Path) -> None:
    run("draw", "timeline", "case.yaml", "-o", "x.html", "--set", "messages.contact=3")
    page = (folder / "x.html").read_text()
    for part in (
        "<svg",
        "The employee answers",
        "virtual_phone_number",
        "--set messages.contact=3",
    ):
        assert part in page
    assert "<script" not in page


@PNG
@pytest.mark.parametrize(
    ("kind", "form"),
    [(kind.name, form) for kind in (TIMELINE, LADDER) for form in kind.formats],
)
def test_every_format_is_chosen_by_its_ending_as_by_its_name(
    run: Run, folder: Path, kind: str, form: str
) -> None:
    assert run("draw", kind, "case.yaml", "-o", f"x.{form.upper()}").status == 0
    assert run("draw", kind, "case.yaml", "-f", form, "-o", "named").status == 0
    drawn = (folder / f"x.{form.upper()}").read_bytes()
    assert drawn
    assert drawn == (folder / "named").read_bytes()
    assert form in run("draw", kind, "--help").out


@PNG
def test_the_ending_chooses_pixels(run: Run, folder: Path) -> None:
    assert run("draw", "timeline", "case.yaml", "-o", "x.png").status == 0
    assert (folder / "x.png").read_bytes().startswith(b"\x89PNG")


def test_a_ladder_on_a_page_is_a_mermaid_diagram(run: Run, folder: Path) -> None:
    assert run("draw", "ladder", "case.yaml", "-o", "x.md").status == 0
    page = (folder / "x.md").read_text()
    assert page.startswith("```mermaid\n")
    assert "    employee->>pbx: 6.0 s answers<br/>EF2\n" in page
    assert page.endswith("our reading where the source is silent\n")


def test_a_case_lights_its_path_through_the_machine(run: Run) -> None:
    source = run("draw", "machine", "case.yaml", "-f", "dot").out
    assert source.startswith("digraph")
    assert "31.5" in source


def test_settings_choose_a_machine_and_say_what_they_leave_open(run: Run, folder: Path) -> None:
    one = run(
        "draw", "machine", "--first-call", "contact", "--switch", "--contact-message", "-f", "md"
    )
    assert one.status == 0
    assert "stateDiagram-v2" in one.out
    open_ones = run("draw", "machine", "--first-call", "contact", "-f", "md")
    assert (open_ones.status, open_ones.out) == (2, "")
    assert "leave 5 machines open" in open_ones.err
    assert run("draw", "machine", "-f", "md", "-o", "all/").status == 0
    assert len(list((folder / "all").iterdir())) == 9


def test_a_case_and_settings_exclude_each_other(run: Run) -> None:
    done = run("draw", "machine", "case.yaml", "--switch")
    assert done.status == 2
    assert "--set" in done.err


def test_a_case_that_cannot_be_read_is_not_drawn(run: Run, folder: Path) -> None:
    (folder / "case.yaml").write_text(CASE.replace("79260000000", "123"))
    done = run("draw", "timeline", "case.yaml", "-o", "x.svg")
    assert done.status == 3
    assert "case.yaml:4: request.contact:" in done.err
    assert not (folder / "x.svg").exists()


def test_an_unknown_format_names_the_known_ones(run: Run) -> None:
    done = run("draw", "timeline", "case.yaml", "-o", "x.sgv")
    assert done.status == 2
    assert "did you mean .svg?" in done.err


def test_the_command_in_a_page_draws_that_page_again(run: Run, folder: Path) -> None:
    setting = ("--set", "messages.contact=3")
    run("draw", "timeline", "case.yaml", "-o", "x.html", *setting)
    page = (folder / "x.html").read_text()
    again = page.split("<h2>Again</h2><pre>")[1].split("</pre>")[0]
    assert again == "callflow draw timeline -f html case.yaml --set messages.contact=3"
    assert run(*again.split()[1:]).out == page


@pytest.mark.parametrize("kind", ["timeline", "ladder"])
def test_a_folder_is_no_file_for_one_picture(run: Run, folder: Path, kind: str) -> None:
    done = run("draw", kind, "case.yaml", "-o", "pictures/")
    assert (done.status, done.out) == (2, "")
    assert done.err == "pictures/: names a folder; name a file in it\n"
    assert not (folder / "pictures").exists()


def test_the_machine_of_a_case_is_written_into_a_folder_by_its_name(run: Run, folder: Path) -> None:
    assert run("draw", "machine", "case.yaml", "-f", "md", "-o", "all/").status == 0
    (written,) = (folder / "all").iterdir()
    assert written.suffix == ".md"
    assert "A case" in written.read_text()


def test_what_varies_a_case_needs_one(run: Run) -> None:
    done = run("draw", "machine", "-f", "md", "--set", "request.first_call=contact")
    assert (done.status, done.out) == (2, "")
    assert done.err == "--set, --account and --input-format need a case; name one\n"


def test_an_output_without_a_name_is_refused(run: Run) -> None:
    done = run("draw", "timeline", "case.yaml", "-o", "")
    assert (done.status, done.out, done.err) == (2, "", "-o names no file\n")


@PNG
def test_pixels_are_not_written_to_a_terminal(folder: Path) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "callflow", "draw", "timeline", "case.yaml", "-f", "png"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)},
        stdout=theirs,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    os.close(theirs)
    os.set_blocking(ours, False)
    try:
        shown = os.read(ours, 100)
    except OSError:  # nothing was written, and nobody holds the other end
        shown = b""
    os.close(ours)
    assert (done.returncode, shown) == (2, b"")
    assert done.stderr == "no terminal can show this format: write it to a file with -o\n"


@pytest.mark.parametrize(
    ("arguments", "repair"),
    [
        (("timeline", "case.yaml", "-o", "x.png"), "pip install 'callflow-simulator[png]'"),
        (("ladder", "case.yaml", "-o", "x.png"), "pip install 'callflow-simulator[png]'"),
        (("machine", "case.yaml", "-o", "x.svg"), "pip install 'callflow-simulator[dot]'"),
        (("machine", "case.yaml", "-o", "x.png"), "pip install 'callflow-simulator[dot]'"),
        (("machine", "-o", "all/"), "pip install 'callflow-simulator[dot]'"),
    ],
)
def test_what_is_not_installed_is_named_with_its_repair_and_nothing_is_written(
    folder: Path, tmp_path: Path, arguments: tuple[str, ...], repair: str
) -> None:
    installed = tmp_path / "installed"  # what is here, but for the extras
    installed.mkdir()
    for found in Path(sysconfig.get_path("purelib")).iterdir():
        if not found.name.startswith(("resvg", "graphviz_pure", "__editable__")):
            (installed / found.name).symlink_to(found)
    root = Path(__file__).parent.parent.parent
    before = {path.name for path in folder.iterdir()}
    # Without `site`, and by the interpreter that environments are made from: no extra is near.
    program = os.path.realpath(sys.executable)
    done = subprocess.run(
        [program, "-S", "-m", "callflow", "draw", *arguments],
        cwd=folder,
        env={"PATH": str(installed), "PYTHONPATH": f"{root}{os.pathsep}{installed}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert repair in done.stderr
    assert done.stderr.count("\n") == 1
    assert {path.name for path in folder.iterdir()} == before
