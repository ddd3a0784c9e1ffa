"""Failures as `callflow check` tells them, stored in `snapshots_report/`.

With UPDATE_SNAPSHOTS=1 in the environment they are written anew; read them before they are kept.
The case is that of the case format's page, with what it expects.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import partial
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow import strategies
from callflow.call.case import Case
from callflow.call.loading import case_from_bytes
from callflow.call.simulator import simulate
from callflow.draw.grid import Line, Place, Sheet, Style, cells
from callflow.units import Milliseconds, milliseconds
from callflow.verify import sentences
from callflow.verify.answers import in_force
from callflow.verify.check import Checked, Result, check
from callflow.verify.chosen import Fewest, Words
from callflow.verify.expectations import Expectation
from callflow.verify.report import Counts, Teller, summary
from callflow.verify.report.lanes import Window
from callflow.verify.report.reasons import behind
from callflow.verify.verdict import Status
from callflow.words import Party

STORED = Path(__file__).parent / "snapshots_report"
CASE = ((Path(__file__).parents[1] / "cases" / "first.yaml").read_text(encoding="utf-8")).partition(
    "expect:"
)[0]

EXPECT = """\
expect:
  outcome: conversation
  contact:  [dialing 9, message 12.5, conversation]
  employee: [dialing 6, message 4, dialing_music 21.5, conversation 14.5]
  that:
    - contact hears message for exactly 12.5
    - employee hears dialing_music for at most 15
    - employee waits at most 26
    - conversation begins at 31.5
    - conversation begins when contact message ends
    - contact never hears dialing_music
    - employee is dialed before contact
    - contact sees caller 74993720692
"""


def changed(**changes: str) -> str:
    """The case with other people or another number."""
    text = CASE
    for name, value in changes.items():
        old, new = {
            "contact": ("contact:  {answers_after: 9}", f"contact: {value}"),
            "employee": ("employee: {answers_after: 6, hangs_up_after: 40}", f"employee: {value}"),
            "number": ('contact: "79260000000"', f'contact: "{value}"'),
            "dtmf": ('dtmf_string: "..1.2.3"', f'dtmf_string: "{value}"'),
        }[name]
        assert old in text
        text = text.replace(old, new)
    return text


def that(*lines: str, case: str = CASE, key: str = "that") -> str:
    return case + f"expect:\n  {key}:\n" + "".join(f"    - {line}\n" for line in lines)


BUSY = changed(contact="{busy_after: 3}")
GONE = changed(employee="{answers_after: 6, hangs_up_after: 8}")
OWN = changed(number="74993720692")

CASES: dict[str, str] = {
    "first": CASE + EXPECT,
    "hears": that("contact hears message for at least 20", "contact hears dialing_music"),
    "never-hears": that("employee never hears dialing_music"),
    "waits": that("contact waits at least 14", "employee waits at most 3"),
    "begins": that(
        "conversation begins when contact answers",
        "conversation begins at 30",
        "employee is dialed after 2",
    ),
    "contact-in-order": CASE + "expect:\n  contact: [dialing 9, message 13, conversation]\n",
    "employee-in-order": CASE + "expect:\n  employee: [dialing 6, dialing_music, ...]\n",
    "steps": CASE
    + "expect:\n  steps: [start, ..., [18, contact_answered], [31.5, contact_message_ended]]\n",
    "steps-by-clause": CASE
    + "expect:\n  steps: [..., [19, contact_answered, message/dialing_music, EF5, EF4]]\n",
    "not-reached": BUSY + "expect: {outcome: conversation}\n",
    "abandoned": GONE + "expect: {outcome: conversation}\n",
    "never-happens": that("contact answers", "conversation begins before 40", case=BUSY),
    "refused-otherwise": OWN + "expect: {error: contact_in_blacklist}\n",
    "refused-as-expected": OWN + "expect: {error: own_virtual_phone_number_not_allowed}\n",
    "refused-unexpectedly": that("contact answers", "employee answers", case=OWN),
    "accepted-unexpectedly": CASE + "expect: {error: contact_in_blacklist}\n",
    "dtmf-not-sent": that(
        """'dtmf "9" is sent'""",
        """'dtmf "9" is sent at 60'""",
        case=changed(dtmf="..1" + "." * 40 + "9"),
    ),
    "caller": that("contact sees caller 74950000001"),
    "effect": that("switch_at_once has no effect", "contact_message has no effect"),
    "unread": that(
        "contact hears mesage for exactly 12.5",
        "contct answers",
        "contact hears message for",
        "contact answers: at once",
        "'ответ contact'",
    )
    + "  employee: [dialing 6, mesage 4]\n  outcme: conversation\n",
    "warning": that("employee hears dialing_music for at most 15", key="warn"),
    "silent": CASE,
    "broken": CASE.replace("people:", "poeple:"),
}

SNAPSHOTS: dict[str, tuple[str, int, Style]] = {
    **{f"{name}-80-ascii": (name, 80, Style.ASCII) for name in CASES},
    "documented-only-80-ascii": ("first", 80, Style.ASCII),
    "verbose-80-ascii": ("first", 80, Style.ASCII),
    "first-80-colour": ("first", 80, Style.COLOUR),
    "first-80-ink": ("first", 80, Style.INK),
    "first-40-ascii": ("first", 40, Style.ASCII),
    "first-120-ascii": ("first", 120, Style.ASCII),
    "unread-40-ascii": ("unread", 40, Style.ASCII),
    "unread-80-bare": ("unread", 80, Style.BARE),
    "warning-80-colour": ("warning", 80, Style.COLOUR),
}


def load(text: str, path: str = "first.yaml") -> Case:
    return case_from_bytes(text.encode(), "yaml", path)


def again(checked: Checked, result: Result) -> str:
    every = [one.expectation for one in checked.results]
    words = Fewest(checked.path, None, every).words(result.expectation)
    return f"callflow check {checked.path} -k '{words}'"


def teller(checked: Checked, width: int = 80, style: Style = Style.ASCII) -> Teller:
    return Teller(Place(style, width, 1 << 24), partial(again, checked))


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_what_fails_is_told_as_it_was_when_it_was_last_read(name: str) -> None:
    which, width, style = SNAPSHOTS[name]
    checked = check(
        "first.yaml", partial(load, CASES[which]), documented_only=name.startswith("documented")
    )
    told = teller(checked, width, style)
    results = told.results(checked, everything=name.startswith("verbose"))
    blocks = [
        Sheet(tuple(told.complaints(checked))).render(style),
        Sheet(tuple(results)).render(style),
        summary(Counts.of(checked), 0.02, width=width).render(style),
    ]
    text = "\n".join(block for block in blocks if block)
    stored = STORED / f"{name}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        stored.parent.mkdir(exist_ok=True)
        stored.write_text(text, encoding="utf-8", newline="\n")
    assert stored.exists(), f"{name} is not stored; UPDATE_SNAPSHOTS=1 writes it"
    assert text == stored.read_bytes().decode("utf-8")


def test_nothing_is_stored_that_no_test_compares() -> None:
    assert {stored.name for stored in STORED.iterdir()} == {f"{name}.txt" for name in SNAPSHOTS}


# ----------------------------------------------------------------------------------- for every call

EXAMPLES = [example for pattern in sentences.PATTERNS for example in pattern.examples]
#: The same sentences with other times, so that each fails at some place of some call.
TEXTS = st.builds(
    lambda text, time: (
        re.sub(r"\b\d+(\.\d+)?\b", time, text, count=1)
        if "dtmf" not in text and "sees" not in text
        else text
    ),
    st.sampled_from(EXAMPLES),
    st.sampled_from(["0", "0.3", "1", "4", "9", "12.5", "31.5", "60", "86400"]),
)


def asked(case: Case, texts: list[str]) -> Checked:
    """The case with these sentences expected, one a line from line 1 on."""
    timeline = simulate(case)
    results = []
    for line, text in enumerate(texts, 1):
        question = partial(sentences.ask, sentences.read(text))
        verdict = question(timeline)
        results.append(
            Result(
                expectation=Expectation(key="that", text=text, line=line, question=question),
                verdict=verdict,
                status=Status.HOLDS if verdict.holds else Status.FAILS,
            )
        )
    return Checked(path="case.yaml", timeline=timeline, results=tuple(results))


def lines_of(sheet: Iterator[Line]) -> list[str]:
    return ["".join(text for text, _ in line) for line in sheet]


@given(strategies.cases(), st.lists(TEXTS, min_size=1, max_size=3), st.integers(40, 130))
def test_no_line_of_a_report_is_wider_than_the_terminal(
    case: Case, texts: list[str], width: int
) -> None:
    checked = asked(case, texts)
    for line in lines_of(teller(checked, width).results(checked)):
        assert cells(line) <= width
        assert line == line.rstrip()
        assert line.isprintable()


@given(strategies.cases(), TEXTS)
def test_a_failure_tells_its_sentence_the_moment_and_both_parties(case: Case, text: str) -> None:
    checked = asked(case, [text])
    result = checked.results[0]
    lines = lines_of(teller(checked).results(checked))
    if result.verdict.holds:
        assert lines == []
        return
    assert lines[0] == f"case.yaml:1  {text}"
    assert lines[-1].lstrip().startswith("again: ")
    drawn = result.verdict.at is not None and checked.timeline.duration > 0
    carets = [line for line in lines if re.search(r"(^|\s)\^(\s|$)", line)]
    assert len(carets) == drawn
    for party in Party:
        assert any(line.startswith(f"  {party}  ") for line in lines) == drawn


@given(strategies.cases(), TEXTS)
def test_the_caret_stands_where_the_moment_is(case: Case, text: str) -> None:
    """Between the times that stand above: on one if it is that, else strictly between two."""
    checked = asked(case, [text])
    verdict = checked.results[0].verdict
    if verdict.holds or verdict.at is None or not checked.timeline.duration:
        return
    lines = lines_of(teller(checked, 120).results(checked))
    top = next(n for n, line in enumerate(lines) if line.startswith("  contact  ")) - 1
    caret = lines[top + 3].index("^")
    times = [(found.start(), told(found[0])) for found in re.finditer(r"[\d:.]+", lines[top])]
    if verdict.at not in [time for _, time in times]:
        assert caret not in [column for column, _ in times[:-1]]
    before = [time for column, time in times[:-1] if column <= caret]
    assert not before or max(before) <= verdict.at
    after = [time for column, time in times[:-1] if column > caret]
    assert not after or verdict.at < min(after)


@given(st.data())
def test_a_moment_between_two_borders_stands_on_neither(data: st.DataObject) -> None:
    times = sorted(data.draw(st.sets(st.integers(0, 100_000), min_size=2, max_size=6)))
    gaps = data.draw(st.lists(st.integers(2, 40), min_size=len(times), max_size=len(times)))
    columns = tuple(accumulate(gaps))
    window = Window(tuple(times), columns, columns[-1] + 1)
    moment = data.draw(st.integers(times[0], times[-1]))
    place = window.at(moment)
    for time, column in zip(window.times, window.columns, strict=True):
        assert (place < column, place == column) == (moment < time, moment == time)


def told(clock: str) -> Milliseconds:
    """The milliseconds of a moment as it is told: 31.5, 2:05.0, 1:00:00.0."""
    total = 0
    *whole, last = clock.split(":")
    for part in whole:
        total = (total + int(part)) * 60
    return total * 1000 + milliseconds(last)


@given(strategies.cases())
def test_a_leg_rests_on_the_clauses_that_its_timeline_has_then(case: Case) -> None:
    """Those that a step gave it, else those that an earlier step gave and this one left."""
    timeline = simulate(case)
    for party in Party:
        for segment in timeline.leg(party).segments:
            for part in segment.parts:
                step = in_force(timeline, part.end - 1)
                assert behind(timeline, party, step) == part.clauses


@given(strategies.cases(), st.lists(TEXTS, min_size=1, max_size=6, unique=True))
def test_the_command_to_ask_again_picks_the_one_expectation(case: Case, texts: list[str]) -> None:
    checked = asked(case, texts)
    every = [one.expectation for one in checked.results]
    for expectation in every:
        words = Words.of(Fewest("case.yaml", case.name, every).words(expectation))
        chosen = [one for one in every if words.choose("case.yaml", case.name, one)]
        assert chosen == [expectation]


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ("", True),
        ("music employee", True),
        ("MUSIC", True),
        ("first.yaml:7", True),
        (":7", True),
        (":71", False),
        ("15.5", True),
        ("15", False),
        ("5", False),
        ("office", True),
        ("contact", False),
    ],
)
def test_all_words_must_occur_and_numbers_are_found_whole(words: str, chosen: bool) -> None:
    one = Expectation(key="that", text="employee hears dialing_music for at most 15.5", line=7)
    assert Words.of(words).choose("first.yaml", "In the office", one) is chosen
