"""The documented situations: each is what it claims to be, and together they show the source."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import callflow.situations
from callflow.call.loading import load_case
from callflow.call.simulator import simulate
from callflow.call.timeline import Timeline
from callflow.clauses import CLAUSES, G3, G6, G11, G18, G19, TTS, Clause
from callflow.draw import wording
from callflow.situations import SITUATIONS, Situation
from callflow.words import Basis, Configuration, MessageType, Outcome, Party, configuration

FOLDER = Path(callflow.situations.__file__).parent
EVERY = pytest.mark.parametrize("situation", SITUATIONS.values(), ids=SITUATIONS)

PREMISE = (
    "employee-first-switch-off",
    "employee-first-switch-on",
    "contact-first-switch-off",
    "contact-first-switch-on",
)
TEXT_TO_SPEECH = ("employee-first-tts", "contact-first-tts")


def of(name: str) -> Timeline:
    return simulate(SITUATIONS[name].case())


def claimed(name: str) -> Configuration:
    """The configuration that a name promises."""
    return configuration(
        employee_first=name.startswith("employee-first"),
        switch_at_once=name.endswith("switch-on"),
        contact_message=not name.endswith("no-contact-message"),
        employee_message=True,
    )


def cited(timeline: Timeline) -> set[Clause]:
    """Every clause behind segments, marks, caller numbers and setting."""
    legs = [timeline.leg(party) for party in Party]
    parts = [part for leg in legs for segment in leg.segments for part in segment.parts]
    things = [*parts, *timeline.dtmf, *(leg.caller_id for leg in legs), timeline.effective]
    return {clause for thing in things if thing for clause in thing.clauses}


def test_there_are_seven() -> None:
    assert len(SITUATIONS) == 7
    assert set(PREMISE) | set(TEXT_TO_SPEECH) < set(SITUATIONS)


@EVERY
def test_a_situation_is_in_the_configuration_that_its_name_claims(situation: Situation) -> None:
    assert situation.case().configuration == claimed(situation.name)


@EVERY
def test_its_call_has_a_conversation(situation: Situation) -> None:
    assert of(situation.name).outcome is Outcome.CONVERSATION


@EVERY
def test_its_case_file_gives_every_value_that_its_call_uses(situation: Situation) -> None:
    assert of(situation.name).assumptions == ()


@EVERY
def test_its_case_is_called_as_it_is(situation: Situation) -> None:
    assert situation.case().name == situation.title
    assert situation.title.startswith(situation.setting)


@EVERY
def test_its_file_runs_from_the_command_line(situation: Situation) -> None:
    path = FOLDER / situation.file
    done = subprocess.run(
        [sys.executable, "-m", "callflow", "simulate", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert wording.outcome(of(situation.name)) in done.stdout
    assert load_case(str(path)) == situation.case()
    assert path.read_text(encoding="utf-8") == situation.text()


def test_every_case_file_beside_them_is_one() -> None:
    assert {path.name for path in FOLDER.glob("*.yaml")} == {
        situation.file for situation in SITUATIONS.values()
    }


def test_their_names_are_the_keys() -> None:
    assert all(name == situation.name for name, situation in SITUATIONS.items())


@pytest.mark.parametrize(
    ("name", "holes"),
    [
        ("employee-first-switch-off", {G3, G11}),
        ("employee-first-switch-on", set()),
        ("contact-first-switch-off", {G19}),
        ("contact-first-switch-on", {G6}),
    ],
)
def test_under_the_premise_they_rest_on_the_source_but_for_its_holes(
    name: str, holes: set[Clause]
) -> None:
    inferred = {clause for clause in cited(of(name)) if clause.basis is Basis.INFERRED}
    assert inferred == holes


def test_together_they_witness_every_sentence_of_the_source_that_moves_a_call() -> None:
    seen = {clause.id for name in SITUATIONS for clause in cited(of(name))}
    bullets = {id for id in CLAUSES if id.startswith(("EF", "CF"))}
    assert seen >= bullets | {"FC", "TTS", "MUSIC", "NOMSG", "DTMF", "CID-C", "CID-E"}


@pytest.mark.parametrize("name", TEXT_TO_SPEECH)
def test_a_text_for_speech_synthesis_takes_the_requested_switch_away(name: str) -> None:
    case = SITUATIONS[name].case()
    assert case.request.switch_at_once is True
    assert case.message(Party.CONTACT).type is MessageType.TTS
    assert of(name).effective.clauses == (TTS, G18)


def test_with_text_to_speech_the_employee_first_call_goes_as_with_the_switch_off() -> None:
    off, text = of("employee-first-switch-off"), of("employee-first-tts")
    for party in Party:
        assert off.leg(party).segments == text.leg(party).segments


@pytest.mark.parametrize("first", ["employee-first", "contact-first"])
def test_off_and_on_differ_in_the_switch_alone(first: str) -> None:
    off, on = SITUATIONS[f"{first}-switch-off"].case(), SITUATIONS[f"{first}-switch-on"].case()
    assert off.people == on.people
    assert off.account == on.account
    assert off.messages == on.messages
    assert off.scenario == on.scenario
    assert off.request.contact_message == on.request.contact_message
    assert (off.request.switch_at_once, on.request.switch_at_once) == (False, True)


@EVERY
def test_somebody_waits_in_each(situation: Situation) -> None:
    """Somebody waits in each, which is what its picture is to show."""
    timeline = of(situation.name)
    assert any(timeline.leg(party).figures.waited for party in Party)
