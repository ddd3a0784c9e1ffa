"""Case files as tests of pytest, and a fixture for tests in Python.

===========  ===========================================================================
``items``    a case file collected: a test for each thing that it expects
``told``     a failure as `callflow check` tells it, in the terminal and in reports
``fixture``  what the fixture ``callflow`` can do
===========  ===========================================================================

pytest imports this module in every project of an environment in which callflow is installed. So
it imports nothing of callflow: the rooms above are entered when the first case file is found, or
the first test asks for the fixture. It says nothing of calls.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .fixture import Callflow
    from .items import CaseFile

__all__ = ["Callflow", "CallflowWarning"]

#: Endings of case files, and what their names end in where no setting names their folder.
ENDINGS = (".yaml", ".yml", ".json", ".toml")
_NAMES = tuple(f".callflow{ending}" for ending in ENDINGS)

FOLDERS, DOCUMENTED_ONLY = "callflow_folders", "callflow_documented_only"

#: Under this name a worker of xdist is told what it cannot see, and sends what pytest would not.
_SENT = "callflow_sent"

#: The folders of the setting, and those whose tests were asked for.
_FOLDERS = pytest.StashKey[list[Path]]()
_ASKED = pytest.StashKey[list[Path]]()


class CallflowWarning(UserWarning):
    """Something under ``warn:`` in a case that does not hold."""


def __getattr__(name: str) -> object:
    if name == "Callflow":
        from .fixture import Callflow

        return Callflow
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


# ------------------------------------------------------------------------------------- the settings


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the settings."""
    parser.addini(
        FOLDERS,
        "folders whose case files are tests, whatever they are called (callflow)",
        type="paths",
        default=[],
    )
    parser.addini(
        DOCUMENTED_ONLY,
        "what holds and rests on an inference fails, too (callflow)",
        type="bool",
        default=False,
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker; run the named folders, too, where `testpaths` says what is run."""
    config.addinivalue_line("markers", "callflow: what a case file expects of a call")
    here = config.invocation_params.dir
    folders = [Path(os.path.normpath(folder)) for folder in config.getini(FOLDERS)]
    given = [os.path.normpath(here / path) for path in config.args if "::" not in path]
    asked = inside = [folder for folder in folders if any(map(folder.is_relative_to, given))]
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        asked = folders
        config.args += [str(one) for one in folders if one not in inside and one.is_dir()]
    sent = _sent(config)
    if sent:  # the arguments of a worker are those of the run, and more
        asked = [Path(folder) for folder in sent["folders"]]
    config.stash[_FOLDERS] = folders
    config.stash[_ASKED] = asked


# -------------------------------------------------------------------------------------- the items


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CaseFile | None:
    """A case file, by its name or by its folder; nothing else."""
    name = file_path.name.lower()
    if not name.endswith(ENDINGS) or name.startswith("."):
        return None
    named = name.endswith(_NAMES)
    folders = parent.config.stash[_FOLDERS]
    if not named and not any(file_path.is_relative_to(folder) for folder in folders):
        return None
    from .items import CaseFile

    file: CaseFile = CaseFile.from_parent(parent, path=file_path)
    file.named = named
    return file


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> None:
    """A failure for each folder of the setting that holds no case, if its tests were asked for."""
    asked = session.config.stash[_ASKED]
    if asked:
        from .items import empty_folders

        items += list(empty_folders(session, asked, items))


# ----------------------------------------------------------------------------------------- reports


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of xdist what the terminal can show, and which folders were asked for."""
    node.workerinput[_SENT] = {
        "terminal": terminal(node.config),
        "folders": [str(folder) for folder in node.config.stash[_ASKED]],
    }


def _sent(config: pytest.Config) -> Any:
    """What a worker was told; None: this is no worker."""
    return getattr(config, "workerinput", {}).get(_SENT)


def terminal(config: pytest.Config) -> tuple[bool, int, str]:
    """What the terminal can show: whether in colours, how wide, in which encoding."""
    sent = _sent(config)
    if sent:
        marked, width, encoding = sent["terminal"]
        return marked, width, encoding
    if not config.pluginmanager.has_plugin("terminalreporter"):
        return False, 80, "ascii"
    writer = config.get_terminal_writer()
    return writer.hasmarkup, writer.fullwidth, getattr(sys.__stdout__, "encoding", "ascii")


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable(
    report: pytest.CollectReport | pytest.TestReport,
) -> Generator[None, dict[str, Any] | None, dict[str, Any] | None]:
    """What a worker sends of a failure: pytest itself would send its characters alone."""
    data = yield
    sent = getattr(report.longrepr, _SENT, None)
    if data is not None and sent is not None:
        data[_SENT] = sent
    return data


@pytest.hookimpl(wrapper=True)
def pytest_report_from_serializable(
    data: dict[str, Any],
) -> Generator[None, Any, Any]:
    """The failure that a worker sent."""
    report = yield
    if _SENT in data:
        from .told import Told

        report.longrepr = Told(str(report.longrepr), *data[_SENT])
    return report


# -------------------------------------------------------------------------------------- the fixture


@pytest.fixture(scope="module")
def callflow(request: pytest.FixtureRequest) -> Callflow:
    """Calls, simulated and checked.

    callflow.simulate("first.yaml", "request.switch_at_once=true") is a call, to be asked in Python;
    callflow.check("first.yaml", "contact hears message for exactly 12.5") fails as a case file
    does; callflow.case("first.yaml") is the case. Paths are relative to the test's file.
    """
    from .fixture import Callflow

    return Callflow(request.config, request.path.parent)
