"""The command: from process start to printed text, and many cases through one process.

The start is measured with a wheel in an environment of its own, as users have it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from callflow.api.wire import json_text
from callflow.call.loading import case_from_bytes
from callflow.call.simulator import simulate

ROOT = Path(__file__).parent.parent
WHEEL = ROOT / ".venv-wheel" / "bin"
EXAMPLE = ROOT / "tests" / "cases" / "first.yaml"
COUNT = 10_000


def process(command: str, folder: Path) -> Callable[[], None]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def run() -> None:
        subprocess.run(
            command, shell=True, check=True, cwd=folder, env=environment, stdout=subprocess.DEVNULL
        )

    return run


@pytest.mark.skipif(not (WHEEL / "callflow").exists(), reason="make wheel-test installs it")
def test_from_process_start_to_printed_text(benchmark, compare, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    shutil.copy(EXAMPLE, tmp_path / "first.yaml")
    ours = process(f"{WHEEL}/callflow simulate first.yaml | cat", tmp_path)
    imports = process(f"{WHEEL}/python -c 'import attrs, yaml, click' | cat", tmp_path)
    compare(
        "callflow simulate CASE | cat",
        ("import attrs, yaml, click", imports),
        ours,
        aim=1.5,
        rounds=41,
    )
    benchmark.pedantic(ours, rounds=5)


def test_ten_thousand_cases_in_one_process(benchmark, compare, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    data = EXAMPLE.read_bytes()
    for place in range(COUNT):
        (tmp_path / f"{place}.yaml").write_bytes(data)
    (tmp_path / "walk.py").write_text(
        "import glob, yaml\n"
        "for name in glob.glob('*.yaml'):\n"
        "    with open(name, 'rb') as file:\n"
        "        loader = yaml.CBaseLoader(file.read())\n"
        "    while loader.check_event():\n"
        "        loader.get_event()\n"
    )
    python = shutil.which("python", path=str(ROOT / ".venv" / "bin")) or "python"
    ours = process(f"'{python}' -m callflow simulate -f jsonl *.yaml > out.jsonl", tmp_path)
    walk = process(f"'{python}' walk.py", tmp_path)
    compare(
        "10 000 cases through -f jsonl",
        ("the walk over their YAML events", walk),
        ours,
        aim=4,
        rounds=3,
    )
    assert (tmp_path / "out.jsonl").read_bytes().count(b'"conversation"') >= COUNT
    benchmark.pedantic(ours, rounds=1)


def _walk(data: bytes) -> None:
    loader = yaml.CBaseLoader(data)
    while loader.check_event():
        loader.get_event()


def test_where_the_time_of_many_cases_goes(benchmark, compare) -> None:  # type: ignore[no-untyped-def]
    data = EXAMPLE.read_bytes()
    case = case_from_bytes(data, "yaml", "first.yaml")
    timeline = simulate(case).to_dict()
    events = ("the walk over its YAML events", lambda: [_walk(data) for _ in range(200)])
    for what, work in (
        ("  reading one case", lambda: case_from_bytes(data, "yaml", "first.yaml")),
        ("  simulating it, to a dictionary", lambda: simulate(case).to_dict()),
        ("  writing that as a line of JSON", lambda: json_text(timeline)),
    ):
        compare(what, events, lambda work=work: [work() for _ in range(200)], aim=4, calls=200)
    benchmark.pedantic(lambda: case_from_bytes(data, "yaml", "first.yaml"), rounds=20)
