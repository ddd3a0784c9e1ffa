"""What `callflow explain` says of a call: everything, once, by its clauses."""

from __future__ import annotations

import re
from itertools import pairwise, product

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from callflow.api.request import Message, Request
from callflow.call.case import Case, People, PerParty, Person, Reaction, Scenario
from callflow.call.simulator import simulate
from callflow.choreography import RULES, SIMULTANEOUS
from callflow.clauses import CID_C, CID_E, CLAUSES, G10, G13, G15, G17
from callflow.draw import wording
from callflow.draw.explain import (
    HOLES,
    explain_markdown,
    explain_text,
    steps_in_words,
    tell,
)
from callflow.draw.explain.text import cells, cited
from callflow.strategies import cases
from callflow.words import (
    Basis,
    Configuration,
    Event,
    LegState,
    MessageType,
    Party,
    ShowDuringCall,
    configurations,
)

HOSTILE = "x` ``` | <b>*_~#[]()$&\\ \n\r\t\x1b[31m\u202e\u2028 | --- |"


@st.composite
def written(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> Case:
    """A case with texts of a user wherever the API takes any."""
    case = draw(cases())
    request = evolve(case.request, external_id="x", unknown_members=(draw(texts),))
    scenario = evolve(case.scenario, employee_name=draw(texts))
    return evolve(case, name=draw(texts), request=request, scenario=scenario)


def of(configuration: Configuration, **people_of: object) -> Case:
    """A case of a configuration; messages of 2 s (contact) and 1 s (employee)."""
    message = Message(type=MessageType.MEDIA, value="237")
    return Case(
        request=Request(
            virtual_phone_number="74993720692",
            contact="79260000000",
            first_call=configuration.first_call,
            switch_at_once=configuration.switch_at_once,
            contact_message=message if configuration.contact_message else None,
        ),
        scenario=Scenario(
            employee_message=message if configuration.employee_message else None,
            show_during_call=ShowDuringCall.SERVICE_NUMBER,
        ),
        messages=PerParty(contact=2000, employee=1000),
        people=People(**people_of),  # type: ignore[arg-type]
    )


CONTACT_FIRST = Configuration(
    first_call=Party.CONTACT, switch_at_once=False, contact_message=True, employee_message=True
)


def answers(after: int, hangs_up_after: int | None = None) -> Person:
    return Person(reaction=Reaction.ANSWERS, after=after, hangs_up_after=hangs_up_after)


def columns(text: str, column: int) -> list[tuple[str, str, str]]:
    """The printed steps as (moment, text, clauses), each put together from its lines."""
    lines = text.splitlines()
    first = next(place for place, line in enumerate(lines) if re.match(r" +0\.0 ", line))
    margin = re.match(r" +[0-9.]+ +", lines[first])[0]  # type: ignore[index]
    found: list[tuple[str, str, str]] = []
    for line in lines[first : lines.index("", first)]:
        moment, said = line[: len(margin)].strip(), line[len(margin) : 80 - column].strip()
        right = line[80 - column :].strip()
        if moment:
            found.append((moment, "", ""))
        before = found[-1]
        found[-1] = (before[0], f"{before[1]} {said}".strip(), f"{before[2]} {right}".strip())
    return found


# ----------------------------------------------------------------------------- everything, and once


@given(cases())
def test_every_step_and_every_mark_is_told_once_and_in_the_order_of_time(case: Case) -> None:
    timeline = simulate(case)
    lines = steps_in_words(timeline)

    assert tuple(line.step for line in lines if line.step) == timeline.steps
    assert tuple(mark for line in lines for mark in line.marks) == timeline.dtmf
    assert all(line.at == (line.step or line.marks[0]).at for line in lines)
    moments = [line.at for line in lines if line.at is not None]
    assert moments == sorted(moments)
    assert all(line.sentences for line in lines)


@given(written(st.just("Anna")))
def test_every_moment_is_printed_on_the_left_and_every_clause_on_the_right(case: Case) -> None:
    timeline = simulate(case)
    told = tell(timeline)
    said = [*told.without_effect, *told.settings, *(s for x in told.steps for s in x.sentences)]
    column = min(18, max(len(cited(sentence)) for sentence in said))

    expected: list[tuple[str, str, str]] = []
    for line in told.steps:
        clauses = " ".join(cited(s) for s in line.sentences if s.clauses)
        words = "".join(s.text for s in line.sentences).replace(" ", "")
        if line.at is None:  # digits for a contact who never answered: they were due at no moment
            before = expected.pop()
            words, clauses = before[1] + words, f"{before[2]} {clauses}"
            expected.append((before[0], words, clauses))
        else:
            expected.append((wording.clock(line.at), words, clauses))

    printed = columns(explain_text(timeline), column)
    numbered = re.compile(r"\bG\d+: ")
    texts = [numbered.sub("", row[1]).replace(" ", "") for row in printed]
    assert [row[0] for row in printed] == [row[0] for row in expected]
    assert texts == [row[1] for row in expected]
    assert [row[2] for row in printed] == [row[2] for row in expected]


@given(cases())
def test_a_step_names_all_its_clauses_for_each_leg_and_no_others(case: Case) -> None:
    for line in steps_in_words(simulate(case)):
        if line.step is None:
            assert [s.clauses for s in line.sentences if s.clauses] == [line.marks[0].clauses]
            continue
        for party in Party:
            told = {c for s in line.sentences if s.party in (party, None) for c in s.clauses}
            assert set(line.step.because(party) or ()) <= told
        every = {clause for s in line.sentences for clause in s.clauses}
        own = {*(line.step.contact or ()), *(line.step.employee or ())}
        assert every - own <= {CID_C, CID_E, G13, G15}


@given(cases())
def test_what_rests_on_an_inference_says_so_in_words(case: Case) -> None:
    for line in steps_in_words(simulate(case)):
        for sentence in line.sentences:
            inferred = any(clause.basis is Basis.INFERRED for clause in sentence.clauses)
            assert cited(sentence).endswith(" inferred") is inferred
            assert (sentence.basis is Basis.INFERRED) is inferred


@given(cases())
def test_every_hole_that_is_met_is_explained_once_right_after_its_first_naming(case: Case) -> None:
    told = tell(simulate(case))
    said = [*told.without_effect, *told.settings, *(s for x in told.steps for s in x.sentences)]
    explained = [sentence.hole for sentence in said if sentence.hole]

    named = [c for s in said for c in s.clauses if c.basis is Basis.INFERRED]
    assert explained == list(dict.fromkeys(named))
    assert all(s.text == HOLES[s.hole] for s in said if s.hole)


def test_every_hole_of_the_source_has_its_sentence() -> None:
    assert set(HOLES) == {clause for clause in CLAUSES.values() if clause.hole is not None}
    assert all(re.search(r"we read", text) for text in HOLES.values())


def test_the_holes_that_a_reader_knows_are_not_explained_again() -> None:
    timeline = simulate(of(CONTACT_FIRST, contact=answers(1000, 500)))

    assert [s.hole for s in steps_in_words(timeline)[-1].sentences if s.hole] == [G10]
    assert not [s for x in steps_in_words(timeline, [G10]) for s in x.sentences if s.hole is G10]


def test_every_rule_of_every_configuration_can_be_told() -> None:
    """Whole grids of times, ties included; each sentence is one, and says nothing twice."""
    grid = [answers(after, end) for after in (0, 1000, 2000, 4000) for end in (None, 0, 1000, 3000)]
    grid += [Person(reaction=Reaction.BUSY, after=1000), Person(reaction=Reaction.NO_ANSWER)]
    told = set()
    for configuration, contact, employee in product(configurations(), grid, grid):
        timeline = simulate(of(configuration, contact=contact, employee=employee))
        told |= {id(edge.rule) for _, edge in timeline.moments}
        for line in steps_in_words(timeline):
            for sentence in line.sentences:
                text = sentence.text
                assert text[0].isupper()
                assert text.endswith(".")
                assert not re.search(r"  |\.\.| \.| ,|None", text), text
    assert told == {id(row) for row in RULES}


# ------------------------------------------------------------------------------------- what is said


def last(case: Case) -> str:
    return " ".join(sentence.text for sentence in steps_in_words(simulate(case))[-1].sentences)


def said(case: Case) -> str:
    return " ".join(s.text for x in steps_in_words(simulate(case)) for s in x.sentences)


@given(cases())
def test_what_falls_into_the_millisecond_of_the_step_before_is_told_so(case: Case) -> None:
    timeline = simulate(case)
    lines = [line for line in steps_in_words(timeline) if line.step]
    for before, line in pairwise(lines):
        together = line.sentences[0].text.startswith("At the same moment ")
        assert together is (before.at == line.at)


def test_who_hangs_up_at_the_others_answer_was_first_and_the_answer_is_told() -> None:
    """Order of simultaneous events: hang-ups, then answers."""
    case = of(CONTACT_FIRST, contact=answers(1000, 3000), employee=answers(3000))

    assert "The employee's phone stops ringing." in last(case)
    assert (
        "The employee's answer, due at the same moment, no longer happens: in one millisecond "
        "hang-ups come before answers." in last(case)
    )


def test_of_two_hang_ups_in_one_millisecond_the_contacts_comes_first() -> None:
    case = of(CONTACT_FIRST, contact=answers(1000, 9000), employee=answers(3000, 6000))

    assert last(case).startswith("The contact hangs up after")
    assert "of two hang-ups the contact's comes first" in last(case)


def test_a_hang_up_at_the_end_of_the_conversation_ends_it() -> None:
    case = of(CONTACT_FIRST, contact=answers(1000, 4000), employee=answers(1000))
    case = evolve(case, people=evolve(case.people, conversation=2000))

    assert "The end that the case gives the conversation, due at the same moment" in last(case)


def test_the_end_of_a_message_and_an_answer_in_one_millisecond_are_both_told() -> None:
    told = said(of(CONTACT_FIRST, contact=answers(1000), employee=answers(2000)))

    assert "The contact's message ends, dialing music follows. At the same moment the" in told
    assert "In one millisecond ends of messages come before answers." in told


def test_what_follows_without_any_time_is_no_tie() -> None:
    told = said(of(CONTACT_FIRST, contact=answers(0, 0)))

    assert "At the same moment the contact answers; the message (2.0 s) begins." in told
    assert "In one millisecond" not in told


@given(cases())
def test_every_order_that_is_told_is_the_order_of_the_table(case: Case) -> None:
    kinds = {
        "hang-ups": Event.CONTACT_HUNG_UP,
        "failed calls": Event.CONTACT_UNREACHED,
        "ends of messages": Event.CONTACT_MESSAGE_ENDED,
        "answers": Event.CONTACT_ANSWERED,
        "the end of the conversation": Event.CONVERSATION_ENDED,
    }
    for first, second in re.findall(
        r"in one millisecond (\S.*?) come before (.*?)\.", said(case), re.IGNORECASE
    ):
        assert SIMULTANEOUS.index(kinds[first]) < SIMULTANEOUS.index(kinds[second])


def test_a_message_cut_short_is_told_with_how_much_of_it_was_heard() -> None:
    """CF3: with the switch on the employee's answer interrupts the contact's message."""
    on = evolve(CONTACT_FIRST, switch_at_once=True)

    told = said(of(on, contact=answers(1000), employee=answers(500)))

    assert "The contact's message is cut off after 0.5 of 2.0 s. Both talk." in told
    assert "The employee's message is not played." in told


def test_a_party_that_rang_in_vain_is_told_with_the_time_out_and_who_set_it() -> None:
    """G15: 30 s for the contact and 60 s for the employee, unless the case says otherwise."""
    assumed = of(CONTACT_FIRST, contact=answers(45_000))
    given_ = evolve(assumed, ring_timeout=PerParty(contact=20_000))

    assert "does not answer within 30.0 s, the ring time-out that we assume." in last(assumed)
    assert "would answer after 45.0 s: too late" in last(assumed)
    assert "does not answer within 20.0 s, the ring time-out of the case." in last(given_)
    assert G15 not in {c for s in steps_in_words(simulate(given_))[-1].sentences for c in s.clauses}


@pytest.mark.parametrize(
    ("reaction", "words"),
    [
        (Reaction.BUSY, "The contact is busy."),
        (Reaction.REJECTS, "The contact rejects the call."),
        (Reaction.UNAVAILABLE, "The contact is unavailable."),
    ],
)
def test_why_a_party_was_not_reached_is_told(reaction: Reaction, words: str) -> None:
    case = of(CONTACT_FIRST, contact=Person(reaction=reaction, after=1000))

    assert last(case).startswith(f"{words} The employee is never called.")
    assert "a scenario that goes on when a party is not reached" in explain_text(simulate(case))


def test_digits_each_a_second_later_are_told_together_and_others_apart() -> None:
    """DTMF: each dot waits one second."""
    case = of(CONTACT_FIRST, contact=answers(1000), employee=answers(9000))
    case = evolve(case, request=evolve(case.request, dtmf_string="1.2...3.4.5"))

    told = said(case)

    assert "DTMF 1, then 2 a second later, go to the contact, during the message." in told
    assert "DTMF 3, then 4 and 5 each a second later, go to the contact, during dialing" in told


def test_the_source_is_said_to_describe_a_call_exactly_under_the_premise() -> None:
    """G17 stands behind the other twelve configurations."""
    for configuration in configurations():
        told = tell(simulate(of(configuration)))
        text = told.settings[0].text
        assert ("so the source describes this call" in text) is configuration.premise
        assert (told.settings[0].clauses == (G17,)) is not configuration.premise


@given(cases())
def test_parameters_without_effect_come_first_and_every_warning_is_told(case: Case) -> None:
    timeline = simulate(case)
    text = explain_text(timeline)

    assert ("Without effect, whatever people do:" in text) is bool(timeline.no_effect)
    flat = " ".join(text.split())
    places = [flat.index(e.path.removeprefix("request.") + ": ") for e in timeline.no_effect]
    assert places == sorted(places)
    assert all(place < flat.index("first_call ") for place in places)
    assert all(warning.path in flat or "request." in warning.path for warning in timeline.warnings)
    assert all(f"({entry.path})" in flat for entry in timeline.assumptions)


def test_the_employees_name_is_told_once() -> None:
    case = of(CONTACT_FIRST, contact=answers(1000))
    case = evolve(case, scenario=evolve(case.scenario, employee_name="Anna"))

    text = explain_text(simulate(case))

    assert "The phone of the employee (Anna) rings." in text
    assert text.count("Anna") == 1


@given(cases())
def test_figures_are_those_of_the_legs(case: Case) -> None:
    timeline = simulate(case)
    for party, pieces in tell(timeline).figures:
        figures = timeline.leg(party).figures
        assert ("never called" in pieces) is (timeline.leg(party).dialed is None)
        if figures.talked:
            assert pieces[-1] == f"talked {wording.length(figures.talked)}"
        whole = bool(figures.message_length and figures.message_heard == figures.message_length)
        assert ("heard the message whole" in pieces) is whole
        assert any(piece.startswith("music") for piece in pieces) is bool(figures.music_heard)


# ------------------------------------------------------------------------------------ how it is set


@given(written(st.text(max_size=200) | st.just(HOSTILE)), st.sampled_from([60, 80, 81, 100, 250]))
def test_no_line_is_wider_than_the_terminal_and_none_ends_in_a_blank(
    case: Case, width: int
) -> None:
    text = explain_text(simulate(case), width=width, command=f"callflow explain {case.name}")

    for line in text.split("\n"):
        assert cells(line) <= width
        assert line == line.rstrip(" ")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@given(written(st.text(max_size=40) | st.just(HOSTILE)))
def test_nothing_that_is_printed_steers_a_terminal(case: Case) -> None:
    timeline = simulate(case)
    text = explain_text(timeline, command=f"callflow explain {HOSTILE}")
    page = explain_markdown(timeline, picture=HOSTILE, request=HOSTILE, command=HOSTILE)

    assert all(line.isprintable() for line in text.split("\n"))
    assert all(line.isprintable() for line in page.split("\n"))


@given(cases())
def test_the_ascii_form_is_ascii_where_the_case_is(case: Case) -> None:
    text = explain_text(simulate(case), ascii=True, command="callflow explain x")

    ours = set(text) - set(repr(case))
    assert "".join(ours).isascii()


# ----------------------------------------------------------------------------------------- Markdown


def shape(page: str) -> list[str]:
    """What a Markdown reader makes of a page, without its words."""
    markdown_it = pytest.importorskip("markdown_it")
    return [
        child.type
        for token in markdown_it.MarkdownIt("gfm-like", {"linkify": False}).parse(page)
        for child in (token, *(token.children or ()))
        if child.type not in ("text", "text_special", "text_join")
    ]


@given(st.text(max_size=60) | st.just(HOSTILE))
def test_nothing_that_a_user_wrote_becomes_markup(text: str) -> None:
    """Names and members of an envelope; the request and the picture stay in their fences."""

    def page(written: str) -> str:
        case = of(CONTACT_FIRST, contact=answers(1000))
        request = evolve(case.request, unknown_members=(written,))
        scenario = evolve(case.scenario, employee_name=written or "x", show_during_call=None)
        case = evolve(case, name=f"x{written}", request=request, scenario=scenario)
        return explain_markdown(
            simulate(case), picture=f"a\n{written}", request=f"b\n{written}", command=written
        )

    assert shape(page(text)) == shape(page("x"))


def test_the_page_has_everything_a_ticket_needs() -> None:
    case = of(CONTACT_FIRST, contact=answers(1000), employee=answers(3000))

    page = explain_markdown(
        simulate(case), picture="PICTURE", request='{"a": 1}', command="callflow explain x.yaml"
    )

    assert '```json\n{"a": 1}\n```' in page
    assert "```text\nPICTURE\n```" in page
    assert "```sh\ncallflow explain x.yaml\n```" in page
    assert "| 4.0 s | The employee answers and hears the message (1.0 s). | " in page
    assert "**CF4**, *G19* inferred |" in page
    assert "## Not in this model" in page


@given(cases())
def test_every_clause_on_the_page_stands_with_its_basis(case: Case) -> None:
    timeline = simulate(case)
    page = explain_markdown(timeline, picture="p", request="r", command="c")

    for step in timeline.steps:
        for clause in (*(step.contact or ()), *(step.employee or ())):
            documented = clause.basis is Basis.DOCUMENTED
            assert (f"**{clause}**" if documented else f"*{clause}* inferred") in page
    assert not re.search(r"\*G\d+\*(?! inferred)", page)


def test_a_conversation_of_no_length_is_no_conversation() -> None:
    """A step may name a state that no segment shows."""
    on = Configuration(
        first_call=Party.EMPLOYEE, switch_at_once=True, contact_message=True, employee_message=True
    )
    timeline = simulate(of(on, contact=answers(0, 0)))

    assert timeline.steps[-1].source.contact is LegState.CONVERSATION
    assert "No time to talk: the call counts as abandoned." in last(timeline.case)
    assert "The conversation begins; the contact's message is not played." in said(timeline.case)
