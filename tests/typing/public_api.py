"""The public API in every intended way, checked and never run; wrong uses must be errors."""

from __future__ import annotations

from callflow import (
    CallflowError,
    CallSession,
    Case,
    CaseError,
    Configuration,
    Event,
    ImpossibleEvent,
    LegState,
    Outcome,
    Party,
    RequestRefused,
    Segment,
    Step,
    Timeline,
    case_to_yaml,
    load_case,
    machine_for,
    rules_for,
    simulate,
)


def simulating() -> None:
    case: Case = Case.from_dict({"request": {}})
    timeline: Timeline = simulate(case)
    outcome: Outcome = timeline.outcome
    talk: Segment | None = timeline.conversation
    heard: bool = timeline.contact.hears("message") or timeline.contact.hears(LegState.MESSAGE)
    music: float = timeline.employee.total("dialing_music")
    state: LegState = timeline.contact.at(12.5)
    steps: tuple[Step, ...] = timeline.steps
    milliseconds: int = timeline.duration
    leg = timeline.leg("contact")
    waited: int | None = leg.figures.waited
    text: str = case_to_yaml(case)
    print(outcome, talk, heard, music, state, steps, milliseconds, waited, text)


def loading() -> None:
    try:
        load_case("case.yaml", settings=["people.contact.answers_after=3"])
    except CaseError as error:
        places: list[tuple[str | None, int | None, str]] = [
            (problem.file, problem.line, problem.path) for problem in error.problems
        ]
        print(places)
    except RequestRefused as refused:
        mnemonic: str = refused.error.mnemonic
        print(mnemonic, refused.answer())
    except CallflowError as error:
        status: int = error.exit_status
        print(status)


def stepping(case: Case) -> None:
    session = CallSession(case)
    step: Step | None = session.advance(2.5)
    try:
        fired: Step = session.fire(Event.EMPLOYEE_ANSWERED)
        session.fire("employee_unreached", reason="busy")
        print(fired, step)
    except ImpossibleEvent as refused:
        possible: tuple[str, ...] = refused.possible
        print(possible)
    session.undo()
    lived: Case = session.case()
    print(lived)


def asking_the_table(configuration: Configuration) -> None:
    graph = rules_for(configuration)
    model = machine_for(configuration).model()
    edge = model.fire(Event.START)
    print(graph.states, edge.because(Party.CONTACT), model.possible())


def wrong(case: Case, timeline: Timeline, session: CallSession) -> None:
    simulate({"request": {}})  # type: ignore[arg-type]
    timeline.contact.at("soon")  # type: ignore[arg-type]
    timeline.duration = 3  # type: ignore[misc]
    timeline.contact.segments = ()  # type: ignore[misc]
    case.name = "another"  # type: ignore[misc]
    session.fire(3)  # type: ignore[arg-type]
    session.at = 5  # type: ignore[misc]
    Configuration(Party.CONTACT, True, True, True)  # type: ignore[call-arg]
