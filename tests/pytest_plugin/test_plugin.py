"""Case files as tests of pytest: what is a test, how it is called, and how a failure reads."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow import pytest_plugin
from callflow.call.loading.files import FORMATS
from callflow.pytest_plugin.items import _Names

from .conftest import CASE, RunPytest

EXPECT = """\
expect:
  outcome: conversation
  contact: [dialing 9, message 12.5, conversation]
  that:
    - contact hears message for exactly 12.5
    - employee hears dialing_music for at most 15
    - conversation begins at 31.5
    - contact hears message for exactly 12.5
  warn:
    - employee waits at most 20
"""

FAILING, WARNING = (
    (CASE + EXPECT).partition(sentence)[0].count("\n") + 1
    for sentence in ("employee hears dialing_music for", "employee waits")
)

NAMES = {
    "outcome: conversation": "PASSED",
    "contact: [dialing 9, message 12.5, conversation]": "PASSED",
    "contact hears message for exactly 12.5": "PASSED",
    "employee hears dialing_music for at most 15": "FAILED",
    "conversation begins at 31.5": "PASSED",
    "contact hears message for exactly 12.5 (2)": "PASSED",
    "warn: employee waits at most 20": "PASSED",
}

OWN = CASE.replace("79260000000", "74993720692")

#: Files that are no good, and what is said of each.
BAD = {
    "broken.yaml": (
        CASE.replace("people:", "poeple:"),
        "poeple: unknown key; did you mean people?",
    ),
    "unread.yaml": (CASE + "expect: {that: [contact hears mesage]}\n", "did you mean message?"),
    "refused.yaml": (OWN + "expect: {outcome: conversation}\n", "own_virtual_phone_number"),
    "no_yaml.yaml": ("request: [\n", "no_yaml.yaml:"),
    "bytes.yaml": ("request: \udcff\n", "byte 0xff is not UTF-8"),
}


@pytest.fixture
def first(project: Path) -> Path:
    """A case with a failure and a warning, found by its name."""
    return write(project / "first.callflow.yaml", CASE + EXPECT)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path


def settings(project: Path, *lines: str) -> None:
    text = "[tool.pytest.ini_options]\n" + "".join(f"{line}\n" for line in lines)
    write(project / "pyproject.toml", text)


def failure(out: str) -> str:
    """What stands below the heading of the one failure, without the command that ends it."""
    _, _, text = out.partition("_ first.callflow.yaml: ")
    return re.split(r"\n+ *again: ", text.partition("\n")[2])[0]


# --------------------------------------------------------------------------------- what is a test


@pytest.mark.usefixtures("first")
def test_each_expectation_is_a_test_called_by_its_sentence(run: RunPytest) -> None:
    done = run("-v")
    assert done.outcomes == {f"first.callflow.yaml::{name}": out for name, out in NAMES.items()}
    assert list(done.outcomes) == [f"first.callflow.yaml::{name}" for name in NAMES]
    assert done.status == 1
    assert done.last == "1 failed, 6 passed, 1 warning"


@pytest.mark.parametrize("ending", FORMATS)
def test_a_case_is_found_by_its_name_in_every_format(
    run: RunPytest, project: Path, ending: str
) -> None:
    texts = {
        ".json": '{"request": {"virtual_phone_number": "74993720692", "contact": "79260000000", '
        '"first_call": "contact", "switch_at_once": true}}',
        ".toml": '[request]\nvirtual_phone_number = "74993720692"\ncontact = "79260000000"\n'
        'first_call = "contact"\nswitch_at_once = true\n',
    }
    write(project / "deep" / f"one.callflow{ending}", texts.get(ending, CASE))
    write(project / f"other{ending}", texts.get(ending, CASE))
    write(project / f".callflow{ending}", texts.get(ending, CASE))
    assert run("-v").outcomes == {f"deep/one.callflow{ending}::makes a call": "PASSED"}


def test_the_plugin_knows_the_endings_of_case_files() -> None:
    """The plugin tells case files by their endings without importing who reads them."""
    assert tuple(FORMATS) == pytest_plugin.ENDINGS


def test_case_files_in_a_folder_of_the_setting_are_tests_and_other_files_are_passed_by(
    run: RunPytest, project: Path
) -> None:
    settings(project, "callflow_folders = ['./calls', 'more/../more']")
    write(project / "calls" / "deeper" / "one.yaml", CASE + "expect: {outcome: conversation}\n")
    write(project / "calls" / "workflow.yml", "name: CI\non: push\n")
    write(project / "calls" / "package.json", '{"name": "x"}')
    write(project / "calls" / "notes.md", "request: none\n")
    write(project / "more" / "two.yaml", OWN + EXPECT.replace("warn", "error"))
    write(project / "more" / "two.yaml", OWN + "expect: {error: contact_in_blacklist}\n")
    write(project / "elsewhere" / "three.yaml", CASE)
    assert run("-v").outcomes == {
        "calls/deeper/one.yaml::outcome: conversation": "PASSED",
        "more/two.yaml::error: contact_in_blacklist": "FAILED",
    }


def test_the_folders_of_the_setting_are_run_beside_testpaths(run: RunPytest, project: Path) -> None:
    folders = "callflow_folders = ['calls', 'tests/calls', 'cals']"
    settings(project, folders, "testpaths = ['tests']")
    write(project / "calls" / "one.yaml", CASE)
    write(project / "tests" / "calls" / "two.yaml", CASE)
    write(project / "tests" / "test_it.py", "def test_it(): pass\n")
    everything = ["tests/calls/two.yaml", "tests/test_it.py", "calls/one.yaml", "cals"]
    for more in ((), ("-n2",)):
        done = run("-v", *more)
        assert sorted(test.partition("::")[0] for test in done.outcomes) == sorted(everything)
    assert list(run("-v", "tests/test_it.py").outcomes) == ["tests/test_it.py::test_it"]


def test_a_case_that_expects_nothing_is_a_test_that_it_makes_a_call(
    run: RunPytest, project: Path
) -> None:
    write(project / "silent.callflow.yaml", CASE)
    write(project / "refused.callflow.yaml", OWN)
    assert run("-v").outcomes == {
        "refused.callflow.yaml::makes a call": "FAILED",
        "silent.callflow.yaml::makes a call": "PASSED",
    }


def test_an_expected_refusal_is_a_test_that_passes(run: RunPytest, project: Path) -> None:
    refusal = "expect: {error: own_virtual_phone_number_not_allowed}\n"
    write(project / "own.callflow.yaml", OWN + refusal)
    assert run("-v").last == "1 passed"


# ----------------------------------------------------------------------------------- choosing tests


@pytest.mark.usefixtures("first")
def test_tests_are_chosen_by_name_by_words_by_their_case_and_by_the_marker(run: RunPytest) -> None:
    for name, outcome in NAMES.items():
        test = f"first.callflow.yaml::{name}"
        assert run("-v", test).outcomes == {test: outcome}
    assert len(run("-v", "-k", "employee and not 15").outcomes) == 1
    assert len(run("-v", "-k", "called and outcome").outcomes) == 1
    assert len(run("-v", "-m", "callflow", "--strict-markers").outcomes) == len(NAMES)
    left = run("-v", "--deselect", "first.callflow.yaml::conversation begins at 31.5")
    assert len(left.outcomes) == len(NAMES) - 1


@pytest.mark.usefixtures("first")
def test_the_command_told_with_a_failure_runs_that_test_again(
    run: RunPytest, project: Path
) -> None:
    write(project / "sub" / "file", "")
    for columns in ("60", "80", "120"):
        done = run("..", cwd=project / "sub", environment={"COLUMNS": columns})
        (command,) = re.findall(r"again: (pytest .*)", done.out)
        again = run("-v", *shlex.split(command)[1:], cwd=project / "sub")
        assert list(again.outcomes.values()) == ["FAILED"], command


@pytest.mark.usefixtures("first")
def test_pytest_stops_and_repeats_failures_as_it_does_with_other_tests(run: RunPytest) -> None:
    assert run("-x").last == "1 failed, 3 passed"
    assert run("--lf").last == "1 failed"
    assert "<Expectation conversation begins at 31.5>" in run("--collect-only").out


# ------------------------------------------------------------------------------ how a failure reads


@pytest.mark.usefixtures("first")
@pytest.mark.parametrize("columns", ["50", "80", "200"])
def test_a_failure_reads_like_callflow_check(run: RunPytest, project: Path, columns: str) -> None:
    environment = {"COLUMNS": columns}
    checked = subprocess.run(
        [sys.executable, "-m", "callflow", "check", "first.callflow.yaml", "-k", "music 15"],
        capture_output=True,
        text=True,
        cwd=project,
        env={**environment, "PYTHONUTF8": "1"},
        check=False,
    ).stdout
    told = failure(run(environment=environment).out)
    assert told == re.split(r"\n+ *again: ", checked)[0]
    assert "it heard 21.5 s, 6.5 s too long" in told


@pytest.mark.usefixtures("first")
def test_a_failure_is_coloured_when_pytest_colours(run: RunPytest) -> None:
    plain, coloured = run().out, run("--color=yes").out
    assert "\x1b" not in plain
    assert "\x1b[" in failure(coloured)
    assert not failure(coloured).isascii()


@pytest.mark.usefixtures("first")
def test_a_failure_in_one_line_names_the_line_and_what_happened(run: RunPytest) -> None:
    out = run("--tb=line").out
    assert f"first.callflow.yaml:{FAILING}: it heard 21.5 s, 6.5 s too long" in out
    assert "lanes" not in out


@pytest.mark.usefixtures("first")
def test_a_warning_warns_as_pytest_does(run: RunPytest) -> None:
    said = "CallflowWarning: employee waits at most 20: it waited 25.5 s, 5.5 s too long"
    assert f"first.callflow.yaml:{WARNING}: {said}" in run().out
    assert f"first.callflow.yaml:{WARNING}: {said}" in run("-n2").out
    strict = run("-v", "-W", "error")
    assert strict.outcomes["first.callflow.yaml::warn: employee waits at most 20"] == "FAILED"
    assert "warning: employee waits at most 20" in strict.out
    assert "Traceback" not in strict.out
    ignored = run("-W", "ignore::callflow.pytest_plugin.CallflowWarning")
    assert ignored.last == "1 failed, 6 passed"


def test_what_rests_on_an_inference_fails_where_only_what_is_documented_counts(
    run: RunPytest, project: Path
) -> None:
    case = CASE + "expect: {that: [employee hears dialing_music, contact hears message]}\n"
    write(project / "first.callflow.yaml", case)
    assert run().last == "2 passed"
    settings(project, "callflow_documented_only = true")
    done = run("-v")
    assert list(done.outcomes.values()) == ["FAILED", "PASSED"]
    assert "but rests on G3: the source promises" in done.out


# ------------------------------------------------------------------------------------------- xdist


def told_in(junit: Path) -> list[tuple[str, str, str]]:
    found = ET.parse(junit).iter("testcase")  # noqa: S314 - our own file
    return sorted(
        (test.get("classname", ""), test.get("name", ""), "".join(test.itertext()))
        for test in found
    )


@pytest.mark.usefixtures("first")
def test_workers_come_to_the_same_as_one_process(run: RunPytest, project: Path) -> None:
    """With xdist the tests are the same, and so is every word of their failures and colours."""
    settings(project, "callflow_folders = ['calls', 'cals']")
    for name, (text, _) in BAD.items():
        write(project / "calls" / name, text)
    alone = run("-v", "--color=yes", "--junitxml=alone.xml")
    several = run("-n2", "-v", "--color=yes", "--junitxml=several.xml")
    assert several.status == alone.status == 1
    assert told_in(project / "several.xml") == told_in(project / "alone.xml")
    assert failure(several.out).partition("\n")[2] == failure(alone.out)
    summary = "short test summary info"
    lines = [
        sorted(re.findall(r"^.*FAILED.*::.* - .*$", out.partition(summary)[2], re.MULTILINE))
        for out in (alone.out, several.out)
    ]
    assert lines[0] == lines[1] != []


# ---------------------------------------------------------------------------------------- bad input


def test_what_is_wrong_is_told_and_the_others_still_run(run: RunPytest, project: Path) -> None:
    settings(project, "callflow_folders = ['calls', 'cals', 'empty']")
    (project / "empty").mkdir()
    write(project / "calls" / "good.yaml", CASE + "expect: {outcome: conversation}\n")
    for name, (text, _) in BAD.items():
        write(project / "calls" / name, text)
    done = run("-v")
    assert done.outcomes == {
        "calls/broken.yaml::makes a call": "FAILED",
        "calls/bytes.yaml::makes a call": "FAILED",
        "calls/good.yaml::outcome: conversation": "PASSED",
        "calls/no_yaml.yaml::makes a call": "FAILED",
        "calls/refused.yaml::makes a call": "FAILED",
        "calls/unread.yaml::contact hears mesage": "FAILED",
        "cals::holds a case": "FAILED",
        "empty::holds a case": "FAILED",
    }
    for _, said in BAD.values():
        assert said in done.out
    assert "pyproject.toml: callflow_folders: cals is no folder; did you mean calls?" in done.out
    assert "pyproject.toml: callflow_folders: empty holds no case" in done.out
    assert "Traceback" not in done.out
    assert "items.py" not in done.out


def test_who_runs_one_test_is_not_told_of_folders(run: RunPytest, project: Path) -> None:
    settings(project, "callflow_folders = ['cals']")
    write(project / "tests" / "test_it.py", "def test_it(): pass\n")
    assert run("tests").last == "1 passed"
    assert run("tests/test_it.py::test_it").last == "1 passed"
    assert run().last == "1 failed, 1 passed"


@pytest.mark.usefixtures("first")
@pytest.mark.parametrize(
    "broken", ["callflow.verify.check.judged", "callflow.verify.report.telling.lanes"]
)
def test_a_fault_of_callflow_shows_where_it_is_and_the_others_still_run(
    run: RunPytest, project: Path, broken: str
) -> None:
    module, _, name = broken.rpartition(".")
    write(
        project / "conftest.py",
        f"import {module} as module\n"
        "def fault(*_, **__):\n    raise ZeroDivisionError('ours')\n"
        f"module.{name} = fault\n",
    )
    write(project / "test_it.py", "def test_it(): pass\n")
    done = run("-v")
    assert done.outcomes["test_it.py::test_it"] == "PASSED"
    assert "raise ZeroDivisionError('ours')" in done.out
    assert "a fault of callflow itself; please report it" in done.out


# ------------------------------------------------------------------------------------ and otherwise


def test_a_project_without_cases_imports_nothing_of_callflow(run: RunPytest, project: Path) -> None:
    write(
        project / "conftest.py",
        "import sys\n"
        "def pytest_unconfigure():\n"
        "    heavy = {'attrs', 'yaml', 'rich', 'click'}\n"
        "    print('here:', sorted(name for name in sys.modules if name.startswith('callflow')))\n"
        "    print('heavy:', sorted(heavy.intersection(sys.modules)))\n",
    )
    write(project / "case.yaml", CASE)
    write(project / "test_it.py", "def test_it(): pass\n")
    done = run("-p", "no:xdist", "-s")
    assert "here: ['callflow', 'callflow.pytest_plugin']" in done.out
    assert "heavy: []" in done.out
    assert "1 passed" in done.out


@pytest.mark.usefixtures("first")
def test_the_plugin_can_be_left_out(run: RunPytest) -> None:
    assert "no tests ran" in run("-p", "no:callflow").out


@pytest.mark.usefixtures("first")
def test_cases_are_found_from_any_folder_and_told_from_there(
    run: RunPytest, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    done = run(str(project), "-v", cwd=tmp_path_factory.mktemp("elsewhere"))
    assert list(done.outcomes.values()) == list(NAMES.values())
    assert re.search(rf"^\.\./\S+/first\.callflow\.yaml:{FAILING}$", done.out, re.MULTILINE)


@pytest.mark.usefixtures("first")
def test_without_a_terminal_plugin_the_status_says_it(run: RunPytest) -> None:
    done = run("-p", "no:terminal")
    assert (done.status, done.out) == (1, "")


@given(st.lists(st.text() | st.sampled_from(["a", "a (2)", "a::b", "a" * 300])))
def test_names_are_printable_and_each_is_there_once(texts: list[str]) -> None:
    """Whatever stands in a file, its tests have names on one line that differ and can be given."""
    names = _Names()
    found = [names.own(text) for text in texts]
    assert len(set(found)) == len(found)
    for name in found:
        assert name.isprintable()
        assert name
        assert "::" not in name
        assert len(name) < 200
