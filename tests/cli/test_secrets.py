"""Of a token, no output shows more than four characters, wherever and however it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import CASE, Run

SECRET = "abcdefghijkl"
ACCOUNT = "account:\n  access_tokens:\n  - "


@pytest.mark.parametrize(
    "text",
    [
        CASE + f"{ACCOUNT}*{SECRET}\n",
        CASE + f"{ACCOUNT}&{SECRET}\n",
        CASE + f"{ACCOUNT}{{{SECRET}: 1, {SECRET}: 2}}\n",
        CASE.replace("request:\n", f"request:\n  access_token:\n    *{SECRET}\n"),
        CASE.replace("request:\n", f"request:\n  acces_toke: *{SECRET}\n"),
        CASE.replace("request:\n", f"request:\n  acces_toke: {SECRET}\n"),
        CASE.replace("request:\n", f"request:\n  access_token: {{{SECRET}: 1, {SECRET}: 2}}\n"),
    ],
)
def test_a_file_that_is_wrong_about_a_token_does_not_show_it(
    run: Run, folder: Path, text: str
) -> None:
    (folder / "case.yaml").write_text(text)
    for verb in (["simulate"], ["explain"], ["validate"], ["validate", "--all"]):
        done = run(*verb, "case.yaml")
        assert done.status in (2, 3)
        assert SECRET[:5] not in done.out + done.err


@pytest.mark.parametrize(
    "setting",
    [
        f"account.access_tokens=*{SECRET}",
        f"request.access_token=&{SECRET}",
        f"request.acess_toke={SECRET}",
        f"account.acces_tokns=[{SECRET}]",
        f"request.access_tken=*{SECRET}",
        f"request={{access_tken: {SECRET}, contact: *x}}",
        f"account.access_tokens.{SECRET}=1",
    ],
)
def test_an_option_that_is_wrong_about_a_token_does_not_show_it(run: Run, setting: str) -> None:
    done = run("simulate", "case.yaml", "--set", setting)
    assert done.status in (2, 3)
    assert SECRET[:5] not in done.out + done.err


def test_a_token_that_was_not_sent_is_not_echoed(run: Run, folder: Path) -> None:
    (folder / "case.yaml").write_text(CASE + "account: {access_tokens: []}\n")
    done = run("simulate", "-f", "json", "case.yaml")
    assert done.status == 3
    assert '"field":"access_token"' in done.out
    assert '"value"' not in done.out


@pytest.mark.parametrize(
    "verb",
    [
        ["simulate", "case.yaml"],
        ["explain", "case.yaml"],
        ["explain", "case.yaml", "-f", "md"],
        ["diff", "case.yaml"],
        ["draw", "timeline", "case.yaml", "-f", "html"],
        ["check", "case.yaml", "--set", "expect={that: [call lasts 1]}"],
        ["check", "case.yaml", "--set", "expect={that: [call lasts 1]}", "-f", "json"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize(
    "setting", [f"request.access_token={SECRET}", f"account={{access_tokens: [{SECRET}]}}"]
)
def test_a_command_that_repeats_it_does_not_show_the_token(
    run: Run, verb: list[str], setting: str
) -> None:
    """Such commands are copied into tickets; the path stays, the value is left out."""
    settings = ["--set", setting, "--set", f"request.access_token={SECRET}"]
    done = run(*verb, *settings)
    assert done.status in (0, 1)
    assert SECRET[:5] not in done.out + done.err
