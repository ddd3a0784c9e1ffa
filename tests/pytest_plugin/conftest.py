"""pytest as people run it: a process and a project of its own, with the installed plugin."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from attrs import frozen

CASE = """\
name: A client called back
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

_OUTCOME = re.compile(r"^(\S.*?) (PASSED|FAILED|ERROR)\b", re.MULTILINE)
_IN_WORKER = re.compile(r"^\[gw\d\] \[ *\d+%\] (PASSED|FAILED|ERROR) (.*?) *$", re.MULTILINE)


@frozen
class Done:
    """How a run of pytest ended."""

    status: int
    out: str
    err: str

    @property
    def outcomes(self) -> dict[str, str]:
        """Of a run with ``-v``: how each test came out, in their order."""
        found = {test: outcome for test, outcome in _OUTCOME.findall(self.out) if "::" in test}
        return found or {test: outcome for outcome, test in _IN_WORKER.findall(self.out)}

    @property
    def last(self) -> str:
        """The sums, without the time."""
        return re.sub(r" in [\d.]+s.*", "", self.out.rstrip().rpartition("\n")[2]).strip("= ")


RunPytest = Callable[..., Done]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder of its own, which pytest takes for the root of a project."""
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(project: Path) -> RunPytest:
    """Run pytest with arguments, in the project."""

    def run(
        *arguments: str, cwd: Path = project, environment: Mapping[str, str] | None = None
    ) -> Done:
        foreign = ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "CI", "BUILD_NUMBER", "TERM", "COLORTERM")
        clean = {
            name: value
            for name, value in os.environ.items()
            if name not in foreign and not name.startswith(("PYTEST_", "COV_"))
        }
        others = ("hypothesispytest", "benchmark", "cov", "platformdirs")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *(f"-pno:{other}" for other in others), *arguments],
            capture_output=True,
            cwd=cwd,
            env={**clean, "PYTHONUTF8": "1", "TERM": "xterm", **(environment or {})},
            timeout=120,
            check=False,
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        assert "INTERNALERROR" not in out + err, out + err
        return Done(done.returncode, out, err)

    return run
