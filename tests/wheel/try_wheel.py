"""The wheel as users get it, where the sources are not: run by `make wheel-test`.

Usage: python -I try_wheel.py EXAMPLES
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from importlib.metadata import distribution
from pathlib import Path

EXAMPLES = Path(sys.argv[1])
COMMAND = Path(sys.executable).with_name("callflow")


def run(*arguments: str, status: int = 0, standard_input: str | None = None) -> str:
    done = subprocess.run(
        [str(COMMAND), *arguments],
        input=standard_input,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, (arguments, done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def the_package_is_the_installed_one() -> None:
    import callflow

    assert "site-packages" in callflow.__file__, callflow.__file__
    assert callflow.__version__ == distribution("callflow-simulator").version
    (plugin,) = distribution("callflow-simulator").entry_points.select(group="pytest11")
    assert (Path(callflow.__file__).parent / "pytest_plugin" / "__init__.py").exists(), plugin


def the_command_answers() -> None:
    assert run("--version").startswith("callflow ")
    assert "simulate" in run("--help")
    assert "employee hangs up" in run("simulate", str(EXAMPLES / "callback.yaml"))
    timeline = json.loads(run("simulate", "-f", "json", str(EXAMPLES / "callback.yaml")))
    assert timeline["outcome"] == "conversation"
    assert timeline["legs"]["employee"]["figures"]["waited"] == 25.5
    assert "EF5" in run("explain", str(EXAMPLES / "callback.yaml"))
    assert "result" in json.loads(run("validate", str(EXAMPLES / "from-a-log.json")))
    refused = json.loads(run("validate", "-", status=3, standard_input="{"))
    assert refused["error"]["data"]["mnemonic"] == "parse_error"


def every_public_name_loads_and_the_data_files_are_there() -> None:
    import callflow
    from callflow.schema import NAMES, schema
    from callflow.situations import SITUATIONS

    for name in callflow.__all__:
        getattr(callflow, name)
    for name in NAMES:
        json.loads(schema(name))
    assert (Path(callflow.__file__).parent / "py.typed").exists()
    for situation in SITUATIONS.values():
        assert callflow.simulate(situation.case()).outcome == "conversation"


def a_missing_extra_is_named() -> None:
    message = ""
    try:
        import callflow.strategies  # noqa: F401
    except ImportError as error:
        message = str(error)
    assert "callflow-simulator[testing]" in message


def outputs_are_written() -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out.json"
        run("simulate", str(EXAMPLES / "callback.yaml"), "-o", str(target))
        assert json.loads(target.read_text(encoding="utf-8"))["format"] == "callflow.timeline/1"


def main() -> None:
    tried = [
        the_package_is_the_installed_one,
        the_command_answers,
        every_public_name_loads_and_the_data_files_are_there,
        a_missing_extra_is_named,
        outputs_are_written,
    ]
    for attempt in tried:
        attempt()
    print(f"the installed wheel: {len(tried)} things tried, all hold")


if __name__ == "__main__":
    main()
