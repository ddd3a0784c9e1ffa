"""The command line as people run it: a process of its own, with real files and pipes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import frozen

CASE = """\
name: A case
request:
  virtual_phone_number: "74993720692"
  contact: "79260000000"
  first_call: employee
  switch_at_once: false
  contact_message: {type: media, value: "237"}
scenario:
  employee_message: {type: media, value: "12"}
messages: {contact: 12.5, employee: 4}
people:
  contact: {answers_after: 9}
  employee: {answers_after: 6, hangs_up_after: 40}
"""


@frozen
class Done:
    """How a command ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """Run ``callflow`` with arguments, in a folder that has ``case.yaml``."""

    def command(
        *arguments: str, given: str | bytes = b"", environment: dict[str, str] | None = None
    ) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "callflow", *arguments],
            input=given.encode() if isinstance(given, str) else given,
            capture_output=True,
            cwd=folder,
            env={
                **{k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR")},
                "PYTHONPATH": str(Path(__file__).parent.parent.parent),
                "PYTHONUTF8": "1",
                **(environment or {}),
            },
            timeout=60,
            check=False,
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in err, err
        return Done(done.returncode, out, err)

    return command
