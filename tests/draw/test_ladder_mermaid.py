"""The ladder as Mermaid: the ladder's arrows, each state as a note, and how Mermaid draws them."""

import json
import re

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from callflow.call.simulator import simulate
from callflow.clauses import basis
from callflow.draw import wording
from callflow.draw.ladder import arrows
from callflow.draw.mermaid import ladder_markdown, ladder_mermaid
from callflow.errors import printable
from callflow.strategies import cases
from callflow.words import Basis, Party
from tests.draw import mermaid_tool
from tests.draw.machine_paths import timelines

TIMES = st.sampled_from([1, 2, 10, 999, 5000, 60_000, 3_600_000, 86_400_000])
EVERY = cases() | cases(lengths=TIMES)
NASTY = (
    """a "b" --- %%{init: {"theme":"dark"}}%% """
    """</pre><script>document.title='x'</script> ``` #58; \\"""
)
PIECES = ("end", "\n", ";", "#", "#35;", ":", "%%", "->>", "`", "```", "---", "'", '"', "\\", "{}")
NAMES = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), min_size=1).map(" ".join)
MESSAGE = re.compile(r"    (\w+?)(<<)?(-{1,2})(>>|x)(\w+): (.*)")


def _plain(text):
    """What a reader of the picture reads."""
    read = text.replace("<br/>", " ")
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), read)


def _messages(source):
    return [found.groups() for found in map(MESSAGE.fullmatch, source.splitlines()) if found]


def _notes(source):
    found = re.findall(r"^    Note (.*?): (.*)$", source, re.MULTILINE)
    return [(place, _plain(text)) for place, text in found]


@given(EVERY)
def test_every_arrow_of_the_ladder_is_a_message_with_moment_words_and_clauses(case):
    timeline = simulate(case)
    messages = _messages(ladder_mermaid(timeline))
    for arrow, (start, _, _, _, end, text) in zip(arrows(timeline), messages, strict=True):
        assert (start, end) == (str(arrow.start or "pbx"), str(arrow.end or "pbx"))
        said = f"DTMF {arrow.digits}" if arrow.digits else arrow.text
        cited = ", ".join(clause.id for clause in arrow.clauses)
        inferred = " inferred" if cited and basis(arrow.clauses) is Basis.INFERRED else ""
        told = f"{wording.moment(arrow.at)} {said} {cited}{inferred}"
        assert _plain(text) == told.rstrip()


@given(EVERY)
def test_a_message_is_dashed_exactly_if_it_says_inferred(case):
    for _, _, line, _, _, text in _messages(ladder_mermaid(simulate(case))):
        assert (line == "--") == text.endswith(" inferred")


@given(EVERY)
def test_a_cross_ends_what_keeps_a_call_from_its_conversation(case):
    timeline = simulate(case)
    crossed = [
        start for start, _, _, head, _, _ in _messages(ladder_mermaid(timeline)) if head == "x"
    ]
    assert crossed == [str(party) for party in Party if wording.caused_failure(timeline, party)]


@given(EVERY)
def test_every_state_is_a_note_on_its_own_side_with_its_length_and_clauses(case):
    timeline = simulate(case)
    notes = _notes(ladder_mermaid(timeline))
    for party, place in ((Party.CONTACT, "left of contact"), (Party.EMPLOYEE, "right of employee")):
        expected = []
        for segment in timeline.leg(party).segments:
            cut = ", cut short" if wording.cut_short(timeline, party, segment) else ""
            said = [f"{wording.STATE[segment.state][0]} {wording.length(segment.length)}{cut}"]
            for part in segment.parts:
                inferred = " inferred" if part.basis is Basis.INFERRED else ""
                ids = ", ".join(clause.id for clause in part.clauses)
                said.append(f"from {wording.moment(part.start)} {ids}{inferred}")
            expected.append(" ".join(said))
        if not expected:
            expected = ["not dialed" if timeline.leg(party).dialed is None else "over at once"]
        assert [text for there, text in notes if there == place] == expected


@given(EVERY)
def test_digits_that_were_not_sent_are_said_to_be_so_and_no_others(case):
    timeline = simulate(case)
    unsent = [mark.digits for mark in timeline.dtmf if not mark.sent]
    said = [text for place, text in _notes(ladder_mermaid(timeline)) if place.startswith("over")]
    assert len(said) == bool(unsent)
    for text in said:
        told = " ".join(unsent)
        told = told if len(told) <= 18 else f"{len(told.replace(' ', ''))} digits"
        assert text.startswith(f"DTMF not sent: {told} DTMF, G")
        assert text.endswith("G12 inferred")


@given(EVERY)
def test_what_is_told_is_told_in_the_order_in_which_it_happens(case):
    timeline = simulate(case)
    times = {arrow.at for arrow in arrows(timeline)}
    times |= {segment.start for party in Party for segment in timeline.leg(party).segments}
    at = {wording.moment(time): time for time in times}
    told = re.findall(
        r"^    (?:\S+: |Note (?:left|right) .*?<br/>from )(\d[\d.:]*(?: s)?) ",
        ladder_mermaid(timeline).replace("#58;", ":"),
        re.MULTILINE,
    )
    assert [at[moment] for moment in told] == sorted(at[moment] for moment in told)
    assert {at[moment] for moment in told} == times


@given(cases(), NAMES)
def test_a_name_is_one_quoted_line_whatever_stands_in_it(case, name):
    timeline = simulate(evolve(case, name=name))
    source = ladder_mermaid(timeline)
    dashes, title, others, kind = source.splitlines()[:4]
    assert (dashes, others, kind) == ("---", "---", "sequenceDiagram")
    assert json.loads(title.removeprefix("title: ")) == (printable(name) or wording.title(timeline))
    page = ladder_markdown(timeline)
    assert page.count("\n```") == 1
    assert page == ladder_markdown(timeline)


def _random(count):
    """Cases with awkward names, the same ones each time."""
    found = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(EVERY, NAMES)
    def collect(case, name):
        found.append(evolve(case, name=name))

    collect()
    return found


def test_mermaid_draws_every_message_participant_and_note_with_its_words(tmp_path):
    if why := mermaid_tool.missing():
        pytest.skip(why)
    calls = [simulate(case) for case in _random(60)]
    calls += timelines()[::15]
    case = timelines()[64].case
    keys = evolve(case.request, dtmf_string="1#*.#58.0#")
    anyone = evolve(case.scenario, employee_number=NASTY + "\n; : #")
    calls += [simulate(evolve(case, name=NASTY)), simulate(evolve(case, request=keys))]
    calls += [simulate(evolve(case, scenario=anyone))]
    sources = [ladder_mermaid(call) for call in calls]
    for call, source, seen in zip(
        calls, sources, mermaid_tool.render(sources, tmp_path), strict=True
    ):
        assert seen.nodes == ("contact", "pbx", "employee")
        expected = [
            mermaid_tool.Message(
                start, end, _plain(text), line == "--", head == "x", both is not None
            )
            for start, both, line, head, end, text in _messages(source)
        ]
        assert list(seen.messages) == expected
        assert sorted(seen.notes) == sorted(text for _, text in _notes(source))
        title = wording.title(call)
        if not set(title) & set("<>&"):
            assert seen.title.split() == title.split()
