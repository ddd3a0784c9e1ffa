"""What a telephone platform would write down of a call."""

from collections.abc import Iterator

from callflow.call.timeline import Step, Timeline
from callflow.verify.records import Record, Seen, Sighting
from callflow.words import UNREACHED, Event, LegState, Party


def sightings(timeline: Timeline) -> Iterator[Sighting]:
    """Every moment of a call that a record can say, exactly."""
    for step in timeline.steps:
        yield from (Sighting(what, step.at) for what in (*_event(timeline, step), *_comes_of(step)))
    for mark in timeline.dtmf:
        if mark.sent and mark.at is not None:
            yield Sighting(Seen.DTMF, mark.at, mark.digits)


def _event(timeline: Timeline, step: Step) -> Iterator[Seen]:
    event = step.event
    if event in UNREACHED.values():
        yield Seen(f"{event.party}_{timeline.reason}")
    elif event is Event.CONVERSATION_ENDED:
        yield Seen(f"{timeline.ended_by}_hung_up")
    elif event is not Event.START:
        yield Seen(event)


def _comes_of(step: Step) -> Iterator[Seen]:
    if step.target.contact in (LegState.CONVERSATION, LegState.RELEASED):
        talk = step.target.contact is LegState.CONVERSATION
        yield Seen.CONVERSATION if talk else Seen.RELEASED
        return
    for party in Party:
        state = step.target.leg(party)
        if state is not step.source.leg(party):
            yield Seen(f"{party}_dialed" if state is LegState.DIALING else f"{party}_{state}")


def record(found: list[Sighting], path: str = "record.csv") -> Record:
    return Record(path, tuple(sorted(found, key=lambda one: one.at)))
