"""What holds of the README beside its blocks, which `test_pages` tries."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"


def test_the_two_commands_stand_near_the_top() -> None:
    head = README.read_text(encoding="utf-8").splitlines()[:30]
    assert any(line.startswith("make demo") for line in head)
    assert any(line.startswith("make test") for line in head)


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*")), ids=lambda path: path.name)
def test_every_example_is_named_or_a_case_that_runs(path: Path) -> None:
    if path.suffix == ".csv":
        assert path.name in README.read_text(encoding="utf-8")
        return
    status = {"broken.yaml": 2, "refused.json": 3}.get(path.name, 0)
    done = subprocess.run(
        [sys.executable, "-m", "callflow", "simulate", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr
