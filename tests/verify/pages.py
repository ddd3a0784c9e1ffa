"""The example of the page, and its case with other expectations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from callflow.call.case import Case
from callflow.call.loading import case_from_bytes
from callflow.call.timeline import Timeline
from callflow.verify.check import Checked, check
from callflow.verify.expectations import read

FIRST = (Path(__file__).parents[1] / "cases" / "first.yaml").read_text()
WITHOUT = FIRST.rpartition("expect:")[0]

#: As the page has it, word for word.
PAGE = """\
expect:
  outcome: conversation
  contact:  [dialing 9, message 12.5, conversation]     # in this order; a number is a length in seconds; `...` stands for anything
  employee: [dialing 6, message 4, dialing_music 21.5, conversation 14.5]
  steps:    [start, [6, employee_answered], ..., [31.5, contact_message_ended, conversation/conversation, EF5]]   # as exact as wanted
  that:                                  # each must hold; order does not matter
    - contact hears message for exactly 12.5
    - employee hears dialing_music for at most 25
    - employee waits at most 26
    - conversation begins at 31.5
    - conversation begins when contact message ends
    - contact never hears dialing_music
    - employee is dialed before contact
    - contact sees caller 74993720692
    - 'dtmf "1" is sent at 21.0'         # a mark is named by its whole digits; `second dtmf "1"` for a repeated one
    - switch_at_once has an effect       # or: has no effect
  warn:                                  # the same sentences; a failure warns and does not fail
    - employee hears dialing_music for at most 15
"""  # noqa: E501 - word for word


def checked(expect: str, **options: Any) -> Checked:
    """The page's case with other expectations, checked."""
    return check("first.yaml", lambda: case_of(expect), **options)


def case_of(expect: str, case: str = WITHOUT) -> Case:
    return case_from_bytes((case + expect).encode(), "yaml", "first.yaml")


def verdicts(call: Timeline, expect: Any) -> list[bool]:
    """Whether each expectation of a Python mapping holds for a call; all of them are readable."""
    expected = read(expect)
    assert not expected.unread, expected.unread
    return [item.ask(call).holds for item in expected.items]


def holds(call: Timeline, key: str, told: list[Any]) -> bool:
    """Whether a leg, or the steps, are as told."""
    (held,) = verdicts(call, {key: told})
    return held


def unread(expect: str) -> list[tuple[str, int | None, str]]:
    """What of an ``expect:`` cannot be read: path, line from where it begins, message."""
    above = WITHOUT.count("\n")
    return [
        (one.path, None if one.line is None else one.line - above, one.message)
        for one in checked(expect).unread
    ]
