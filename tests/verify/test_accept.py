"""What happens now, written down as what is expected."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow import strategies
from callflow.api.errors import RequestRefused
from callflow.api.wire import json_text
from callflow.call.case import Case
from callflow.call.loading import case_from_bytes, case_to_dict, case_to_yaml
from callflow.errors import CallflowError
from callflow.verify.accept import EXTENTS, Extent, accepted
from callflow.verify.check import Checked, check

EXTENT = st.sampled_from(EXTENTS)


def checked(text: str, form: str = "yaml") -> Checked:
    return check("case", lambda: case_from_bytes(text.encode(), form))


def now(text: str, extent: Extent = "segments", form: str = "yaml") -> str:
    return accepted(text, form, checked(text, form), extent)


def comments(text: str) -> list[str]:
    return re.findall(r"# [^\n]*", text)


def commented(text: str, draw: Callable[[st.SearchStrategy[int]], int]) -> str:
    """The lines of a case with comments behind some and between others."""
    lines = []
    for number, line in enumerate(text.splitlines()):
        kind = draw(st.integers(0, 3))
        lines.append(f"{line}   # behind {number}" if kind == 1 else line)
        if kind == 2:
            lines.append(f"# under {number}")
    return "\n".join(lines) + "\n"


@st.composite
def files(draw: st.DrawFn) -> str:
    case = draw(strategies.cases())
    return commented(case_to_yaml(case), draw)


@given(files(), EXTENT)
def test_what_is_accepted_holds_and_every_comment_stays(text: str, extent: Extent) -> None:
    """After --accept a case passes, is the same case, and has all its comments byte for byte."""
    new = now(text, extent)
    after = checked(new)
    assert after.exit_status == 0, after.problems
    keys = {"outcome", "contact", "employee"} | ({"steps"} if extent == "steps" else set())
    assert {result.expectation.key for result in after.results} == keys
    assert comments(new) == comments(text)
    assert case_from_bytes(new.encode(), "yaml") == case_from_bytes(text.encode(), "yaml")
    assert [line for line in new.splitlines() if line in text.splitlines()] == text.splitlines()


@given(files(), EXTENT)
def test_what_holds_already_is_left_as_it_is(text: str, extent: Extent) -> None:
    """Accepting twice changes nothing the second time."""
    new = now(text, extent)
    assert now(new, extent) == new


@given(files(), strategies.cases(), EXTENT)
def test_expectations_of_another_call_are_written_anew(
    text: str, other: Case, extent: Extent
) -> None:
    """Wrong expectations are replaced in place, list by list, and comments inside them stay."""
    theirs = now(case_to_yaml(other), extent)
    block = theirs[theirs.index("expect:") :]
    lines = [f"{line}   # was {number}" for number, line in enumerate(block.splitlines())]
    mixed = text + "\n".join(lines) + "\n# the end\n"
    new = now(mixed, extent)
    assert checked(new).exit_status == 0
    assert sorted(comments(new)) == sorted(comments(mixed))


@given(strategies.cases(), EXTENT, st.sampled_from((None, 2)))
def test_json_is_rewritten_too(case: Case, extent: Extent, indent: int | None) -> None:
    """A case in JSON gets its expectations in JSON, on one line or on many."""
    text = json_text(case_to_dict(case), indent=indent)
    new = now(text, extent, "json")
    assert checked(new, "json").exit_status == 0


def test_a_tolerance_that_holds_stays_as_it_was_written() -> None:
    """Who expects `about 5` goes on expecting that while it holds."""
    text = (
        "request: {virtual_phone_number: 74993720692, contact: 79260000000, first_call: contact}\n"
        "expect:\n"
        "  contact: [dialing about 5, ..., conversation]   # as it should be\n"
        "  employee: [dialing 7]\n"
        "  that:\n"
        "    - contact never hears message\n"
    )
    new = now(text)
    assert "contact: [dialing about 5, ..., conversation]   # as it should be\n" in new
    assert "  employee: [dialing 5, conversation 30]\n" in new
    assert new.endswith("  that:\n    - contact never hears message\n")


def test_a_refusal_is_accepted_as_one() -> None:
    """A request that the API refuses gets `error:` with the mnemonic."""
    text = (
        "request: {virtual_phone_number: 74993720692, contact: 74993720692, first_call: contact}\n"
    )
    with pytest.raises(RequestRefused):
        case_from_bytes(text.encode(), "yaml")
    new = now(text)
    assert new == f"{text}expect:\n  error: own_virtual_phone_number_not_allowed\n"
    assert checked(new).exit_status == 0


FITS = "request: {virtual_phone_number: 74993720692, contact: 79260000000, first_call: contact}\n"
REFUSED = FITS.replace("79260000000", "74993720692")
BARE = "virtual_phone_number: 74993720692\ncontact: 79260000000\nfirst_call: contact\n"
TOML = "[request]\n" + BARE.replace(": ", ' = "').replace("\n", '"\n')


@pytest.mark.parametrize(
    ("text", "form", "said"),
    [
        (BARE, "yaml", "put the parameters under request:"),
        (f"{FITS}expect: {{error: method_not_found}}\n", "yaml", "take away error first"),
        (f"{REFUSED}expect: {{outcome: abandoned}}\n", "yaml", "take away outcome first"),
        (f"{FITS}expect: {{that: [contact hears nothing]}}\n", "yaml", "case:2: expect.that[0]"),
        (TOML, "toml", "TOML files are not rewritten"),
    ],
    ids=["a bare request", "a call for a refusal", "a refusal for a call", "unread", "TOML"],
)
def test_what_cannot_be_accepted_says_what_to_do(text: str, form: str, said: str) -> None:
    """Nothing is written where it would make no case, or contradict what is meant."""
    with pytest.raises(CallflowError, match=re.escape(said)):
        now(text, form=form)


def test_lengths_of_more_than_a_day_are_accepted() -> None:
    """The parts of a case are a day at most, what a party lives through can be longer."""
    text = (
        f"{FITS}scenario: {{employee_message: {{type: media, value: '12'}}}}\n"
        "messages: {employee: 86400}\nring_timeout: {employee: 86400}\n"
        "people: {employee: {answers_after: 86399.5}, conversation: 86400}\n"
    )
    new = now(text, "steps")
    assert "dialing_music 172799.5" in new
    assert checked(new).exit_status == 0
