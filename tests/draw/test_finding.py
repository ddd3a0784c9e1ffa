"""The words of a comparison: every sentence is true of its two calls, whatever they are."""

from __future__ import annotations

import re

from attrs import evolve
from hypothesis import given

from callflow.call.difference import Difference, Kind
from callflow.call.simulator import simulate
from callflow.call.timeline import Timeline
from callflow.draw import wording
from callflow.draw.finding import finding, moments, shift, signed
from callflow.situations import SITUATIONS
from callflow.words import Direction, LegState, Party

from .pairs import differences


def told(difference: Difference) -> list[str]:
    """The statements, without what they are true under."""
    first, *others = finding(difference).statements
    return [re.sub(r"^(In B |[A-Z].*?, )(?=the |both |they |no |other |DTMF )", "", first), *others]


@given(differences())
def test_all_that_differs_has_a_row_and_nothing_else_has(difference: Difference) -> None:
    rows = finding(difference).rows
    assert bool(rows) == difference.differs
    assert len({(row.who, row.what) for row in rows}) == len(rows)
    assert all(row.before != row.after for row in rows), rows


@given(differences())
def test_every_number_of_a_row_is_the_difference_of_its_timelines(difference: Difference) -> None:
    by = {(row.who, row.short): row for row in finding(difference).rows}
    for figure in difference.figures:
        who = str(figure.party or "call") if figure.kind is not Kind.TALKS else "both"
        row = by[who, SHORT[figure.kind]]
        assert row.difference == (figure.after or 0) - (figure.before or 0)
        for value, words in ((figure.before, row.before), (figure.after, row.after)):
            if value is None:
                assert not re.search(r"\d", words)
            else:
                assert words in (wording.length(value), wording.moment(value))


SHORT = {
    Kind.RINGS_AT: "rings from",
    Kind.RINGS: "rings",
    Kind.MESSAGE: "message",
    Kind.WAITS: "waits",
    Kind.MUSIC: "dialing music",
    Kind.TALKS: "talk",
    Kind.LASTS: "lasts",
}


@given(differences())
def test_a_conversation_is_of_both(difference: Difference) -> None:
    talks = [one for one in difference.figures if one.kind is Kind.TALKS]
    assert len({(one.before, one.after) for one in talks}) <= 1


@given(differences())
def test_every_statement_is_true_of_the_second_call(difference: Difference) -> None:
    before, after = difference.before, difference.after
    for said in told(difference):
        _assert_true(said, difference, before, after)


def _assert_true(said: str, difference: Difference, before: Timeline, after: Timeline) -> None:
    one, other = before.conversation, after.conversation
    if said.startswith(("Nothing differs", "nothing")) or "has no effect here" in said:
        assert not difference.differs
    elif said.startswith("both talk from"):
        assert one is None
        assert other is not None
        assert f"from {wording.moment(other.start)} on, in A the {wording.ending(before)}" in said
    elif said.startswith("both talk"):
        assert one is not None
        assert other is not None
        assert said == f"both talk {shift(other.start - one.start)}"
    elif said.startswith("they never talk"):
        assert one is not None
        assert other is None
        assert wording.ending(after) in said
    elif said.startswith("the call ends"):
        assert said.partition(",")[0] == f"the call ends {shift(after.duration - before.duration)}"
        assert ("without a conversation as in A" in said) == (one is None and other is None)
    elif "DTMF" in said:
        sent = [[mark.digits for mark in call.dtmf if mark.sent] for call in (before, after)]
        assert bool(sent[0]) or bool(sent[1])
        assert said.startswith("no ") == (not sent[1])
        assert said.startswith("other ") == (sent[0] != sent[1] and all(sent))
    else:
        _assert_true_of_a_party(said, difference)


def _assert_true_of_a_party(said: str, difference: Difference) -> None:
    before, after = difference.before, difference.after
    party = Party.CONTACT if said.startswith("the contact") else Party.EMPLOYEE
    legs = before.leg(party), after.leg(party)
    rest = said.removeprefix(f"the {party}")
    hears = [leg.hears(LegState.MESSAGE) for leg in legs]
    figures = {one.kind: one for one in difference.figures if one.party is party}
    if rest in ("'s phone never rings", "'s phone does ring"):
        assert [leg.dialed is None for leg in legs] == [rest.endswith(" ring"), "never" in rest]
    elif rest.endswith((" hears the message", " hears no message")) and "does" not in rest:
        assert hears == [True, False]
        assert ("no message" in rest) == (legs[1].figures.message_length is None)
    elif rest.endswith((" does hear the message", " hears a message")):
        assert hears == [False, True]
    elif ", in A" in said and "sees" in rest:
        assert [leg.caller_id and leg.caller_id.number for leg in legs] == [
            said.rpartition(" ")[2],
            rest.split()[1].rstrip(","),
        ]
    elif ", in A" in said:
        assert wording.ending(after) in said.partition(", in A")[0]
        assert wording.ending(before) in said.partition(", in A")[2]
    elif rest in (" answers", " does not answer"):
        assert [leg.answered is None for leg in legs] == [rest == " answers", rest != " answers"]
    else:
        kind = next(kind for kind, words in BY.items() if re.fullmatch(words, rest))
        assert wording.length(abs(figures[kind].change)) in rest
        assert bool(re.search("more|longer|later", rest)) == (figures[kind].change > 0)


BY = {
    Kind.WAITS: r" waits .* (more|less)",
    Kind.RINGS_AT: r"'s phone rings .* (later|earlier)",
    Kind.RINGS: r"'s phone rings .* (longer|less long)",
    Kind.MESSAGE: r" hears .* (more|less) of the message",
    Kind.MUSIC: r" hears .* (more|less) of dialing music",
    Kind.TALKS: r" talks .* (longer|less long)",
}


@given(differences())
def test_the_title_says_no_more_than_is_true(difference: Difference) -> None:
    before, after = difference.before.conversation, difference.after.conversation
    title = finding(difference).title
    if "when the conversation begins" in title or title.startswith("The conversation begins "):
        assert difference.begins is not None
    if "whether there is a conversation" in title or "only in" in title:
        assert (before is None) is not (after is None)
    if title.endswith("how the call ends"):
        assert difference.ends_otherwise
    if title.endswith("the DTMF that is sent"):
        assert difference.marks
        assert not difference.figures
    if title.endswith("lives through") and "nothing" not in title:
        other_ = Party.EMPLOYEE if "what the contact" in title else Party.CONTACT
        assert not difference.stretches[other_]
    if "nothing that anybody" in title or title.startswith("Nobody"):
        assert not difference.differs


@given(differences())
def test_a_moment_that_is_left_out_is_the_same_in_both_calls(difference: Difference) -> None:
    named = moments(difference)
    calls = wording.moments(difference.before), wording.moments(difference.after)
    for kept, whole, other in zip(named, calls, reversed(calls), strict=True):
        assert [one for one in whole if one in kept] == list(kept)
        for one in whole:
            if one not in kept:
                assert one in other
                assert not one.begins_conversation
                assert not one.failed


@given(differences())
def test_what_is_said_can_stand_anywhere(difference: Difference) -> None:
    found = finding(difference, ("a\x1b[31m.yaml", "b\n.yaml"))
    words = [found.title, found.sentence, found.sentences, found.behind, *found.names]
    words += [word for row in found.rows for word in (row.what, row.before, row.after)]
    assert all(word.isprintable() for word in words)
    assert found.sentence.endswith(".")
    assert found.sentences[0].isupper() or not found.sentences[0].isalpha()


def test_a_name_of_the_api_begins_a_sentence_with_a_small_letter() -> None:
    """A parameter is called what a request calls it, wherever it stands."""
    before = SITUATIONS["employee-first-switch-off"].case()
    after = evolve(before, request=evolve(before.request, direction=Direction.OUT))
    found = finding(Difference(simulate(before), simulate(after)))
    assert found.sentences.startswith(
        "Nothing differs that anybody lives through. direction has no effect here: "
    )


def test_a_difference_has_its_sign() -> None:
    assert [signed(value) for value in (-12_500, 0, 3000)] == ["−12.5 s", "0.0 s", "+3.0 s"]
    assert signed(-1, "-") == "-0.001 s"
    assert [shift(value) for value in (-12_500, 3000)] == ["12.5 s earlier", "3.0 s later"]
