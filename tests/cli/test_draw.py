"""``callflow draw``: how does it look?"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from .conftest import CASE, Run


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


@pytest.mark.skipif(find_spec("resvg_py") is None, reason="pip install 'callflow-simulator[png]'")
def test_the_ending_chooses_pixels(run: Run, folder: Path) -> None:
    assert run("draw", "timeline", "case.yaml", "-o", "x.png").status == 0
    assert (folder / "x.png").read_bytes().startswith(b"\x89PNG")


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
