"""The product's properties as the tests ask them: by number, of anything that is like a timeline.

``holds_page`` is the one law of this file: that a timeline shows what its steps did. It asks more
of a timeline than the properties do, and is no question to a table.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from callflow.verify.properties import PROPERTIES, Call
from callflow.verify.properties.facts import CONTACT, PARTIES, RANK
from callflow.verify.properties.one_call import documented, ids

Law = Callable[[object], None]

ON_LINE = ("message", "dialing_music", "conversation")
SEGMENT_STATES = ("dialing", *ON_LINE)


def _law(holds) -> Law:
    return lambda timeline: holds(Call(timeline))


def _ends_in_time(timeline) -> None:
    """A call is over when all of its clocks have run one after the other, at the latest."""
    case = Call(timeline).case
    lengths = [case.length(event) or 0 for event in RANK if event != "start"]
    assert timeline.duration <= sum(lengths), "the call got stuck"


#: The laws of one run, by their number; those that fail soonest first.
LAWS: dict[int, Law] = {
    number: _law(PROPERTIES[number - 1].one)
    for number in (19, 18, 1, 17, 16, 2, 3, 4, 5, 6, 7, 8, 9, 13, 15, 20)
}
#: The laws of two runs.
TWO_RUNS = {number: PROPERTIES[number - 1].two for number in (10, 11, 12, 14)}


def holds(number: int, timeline) -> None:
    """Property ``number`` holds of a timeline, or AssertionError."""
    LAWS[number](timeline)
    if number == 1:
        _ends_in_time(timeline)


def holds_page(timeline) -> None:
    """What the timeline shows is what its steps did: segments, parts, clauses, basis, figures."""
    call = Call(timeline)
    for party in PARTIES:
        leg = timeline.leg(party)
        stretches = _stretches(timeline, party)
        shown = [(s.state, p.start, p.end, ids(p.clauses)) for s in leg.segments for p in s.parts]
        assert shown == stretches
        for segment in leg.segments:
            assert segment.state in SEGMENT_STATES
            assert segment.parts[0].start == segment.start
            assert segment.parts[-1].end == segment.end
            merged = tuple(dict.fromkeys(i for p in segment.parts for i in ids(p.clauses)))
            assert ids(segment.clauses) == merged
            assert segment.basis == ("documented" if documented(merged) else "inferred")
            for part in segment.parts:
                basis = "documented" if documented(ids(part.clauses)) else "inferred"
                assert part.basis == basis
        _figures(call, party)
    for step in timeline.steps:
        lists = [ids(step.because(party)) for party in PARTIES]
        right = all(documented(clauses) for clauses in lists if clauses is not None)
        assert step.basis == ("documented" if right else "inferred")
    at = call.answered(CONTACT)
    for mark in timeline.dtmf:
        wanted = ("DTMF", "G11") if mark.sent else ("DTMF", "G11", "G12")
        assert ids(mark.clauses) == (("DTMF", "G12") if at is None else wanted)


def _stretches(timeline, party: str) -> list[tuple[str, int, int, tuple[str, ...]]]:
    """What the steps did to a leg, stretch by stretch, without those of no length."""
    found: list[tuple[str, int, int, tuple[str, ...]]] = []
    clauses: tuple[str, ...] = ()
    for step, after in pairwise(timeline.steps):
        clauses = ids(step.because(party)) or clauses
        state = str(step.target.leg(party))
        if state == "idle" or step.at == after.at:
            continue
        if found and found[-1][0] == state and found[-1][3] == clauses:
            found[-1] = (state, found[-1][1], after.at, clauses)
        else:
            found.append((state, step.at, after.at, clauses))
    return found


def _figures(call: Call, party: str) -> None:
    timeline, case = call.timeline, call.case
    leg, at = timeline.leg(party), call.answered(party)
    figures = leg.figures
    assert figures.message_length == case.message[party]
    sums = (figures.message_heard, figures.music_heard, figures.talked)
    if leg.dialed is None:
        assert sums == (None, None, None)
        assert leg.caller_id is None
        assert figures.waited is None
        return
    assert sums == tuple(
        sum(end - start for start, end in call.of(party, state)) for state in ON_LINE
    )
    talks = call.of(party, "conversation")
    until = talks[0][0] if talks else timeline.duration
    assert figures.waited == (None if at is None else until - at)
    request, shown = timeline.case.request, timeline.case.scenario.show_during_call
    if party == CONTACT:
        seen = (request.virtual_phone_number, ("CID-C",))
    elif shown == "contact_number":
        seen = (request.contact, ("CID-E", "G13"))
    else:
        seen = (request.virtual_phone_number, ("CID-E",))
    assert (leg.caller_id.number, ids(leg.caller_id.clauses)) == seen


def violated(timeline, laws: dict[int, Law] = LAWS) -> int | None:
    """The number of a law that does not hold, or None."""
    for number, law in laws.items():
        try:
            law(timeline)
        except AssertionError:
            return number
    return None


def violated_by_two(case, simulate, laws: dict[int, Callable] = TWO_RUNS) -> int | None:
    """The number of a law of two runs that does not hold, or None."""
    for number, law in laws.items():
        try:
            law(case, simulate)
        except AssertionError:
            return number
    return None
