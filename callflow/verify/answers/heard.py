"""What a party hears, and for how long.

Nothing is asked of a text here: a question gets party, state and bound.
"""

from __future__ import annotations

from ...call.timeline import Timeline
from ...clauses import Clauses
from ...draw import wording
from ...units import Milliseconds
from ...words import LegState, Party
from ..bounds import Bound
from ..verdict import Verdict
from .occasions import WAITING, clauses_of, grounds, instead, instead_told, off


def hears_for(timeline: Timeline, party: Party, state: LegState, bound: Bound) -> Verdict:
    """Whether a party hears something, all in all, as long as expected."""
    segment = next((one for one in timeline.leg(party).segments if one.state is state), None)
    if segment is None:
        return Verdict(
            holds=bound.holds(0),
            said=_never(timeline, party, state),
            at=_turning(timeline, party),
            party=party,
            rests_on=_without(timeline, party, state),
        )
    beyond = bound.beyond(segment.length)
    said = f"{_it(state)} {wording.length(segment.length)}{off(beyond, 'long', 'short')}"
    at, note = segment.start, ""
    if beyond > 0 and bound.high == 0:
        said = (
            f"{_it(state)} {wording.length(segment.length)}, from {wording.clock(segment.start)} on"
        )
    elif beyond > 0 and bound.high is not None:
        at = segment.start + bound.high
        note = f"{wording.length(bound.high)} are over at {wording.clock(at)}"
    elif beyond:
        at, note = segment.end, f"over at {wording.clock(segment.end)}"
    return Verdict(
        holds=not beyond,
        said=said,
        at=at,
        note=note,
        party=party,
        rests_on=grounds(timeline, party, state),
    )


def hears(timeline: Timeline, party: Party, state: LegState) -> Verdict:
    """Whether a party ever hears something."""
    return hears_for(timeline, party, state, Bound(1, None))


def never_hears(timeline: Timeline, party: Party, state: LegState) -> Verdict:
    """Whether a party never hears something."""
    return hears_for(timeline, party, state, Bound(None, 0))


def hears_whole_message(timeline: Timeline, party: Party) -> Verdict:
    """Whether a party hears the message set for it to its end.

    Where no message is set there is none to be heard: that does not hold, and no clause is behind
    it.
    """
    figures = timeline.leg(party).figures
    due, heard = figures.message_length, figures.message_heard
    if due is None:
        return Verdict(holds=False, said=f"no message is set for the {party}", party=party)
    verdict = hears_for(timeline, party, LegState.MESSAGE, Bound(due, due))
    if verdict.holds or not heard:
        return verdict
    return Verdict(
        holds=False,
        said=f"it heard {wording.length(heard)} of {wording.length(due)}",
        at=verdict.at,
        note=verdict.note,
        party=party,
        rests_on=verdict.rests_on,
    )


def waits(timeline: Timeline, party: Party, bound: Bound) -> Verdict:
    """Whether a party waits from the answer to the conversation (or the end) as long as expected.

    A party that never answered waits for nothing; no length holds for it.
    """
    leg = timeline.leg(party)
    answered, waited = leg.answered, leg.figures.waited
    if answered is None or waited is None:
        return Verdict(
            holds=False,
            said=f"the {party} never answers",
            at=_turning(timeline, party),
            party=party,
            rests_on=instead(timeline, party),
        )
    beyond = bound.beyond(waited)
    at, note = answered + waited, ""
    if beyond > 0 and bound.high is not None:
        at = answered + bound.high
        note = f"{wording.length(bound.high)} are over at {wording.clock(at)}"
    return Verdict(
        holds=not beyond,
        said=f"it waited {wording.length(waited)}{off(beyond, 'long', 'short')}",
        at=at,
        note=note,
        party=party,
        rests_on=grounds(timeline, party, *WAITING) or instead(timeline, party),
    )


def conversation_lasts(timeline: Timeline, bound: Bound) -> Verdict:
    """Whether both talk as long as expected."""
    return hears_for(timeline, Party.CONTACT, LegState.CONVERSATION, bound)


# ------------------------------------------------------------------------------------------- words


def _it(state: LegState) -> str:
    return {
        LegState.DIALING: "it rang",
        LegState.CONVERSATION: "it lasted",
    }.get(state, "it heard")


def _never(timeline: Timeline, party: Party, state: LegState) -> str:
    leg = timeline.leg(party)
    if leg.dialed is None:
        return f"the {party} is never dialed"
    if state is LegState.DIALING:
        return f"the {party}'s phone rings for no time"
    if state is LegState.CONVERSATION:
        return f"there is none: {instead_told(timeline)}"
    if leg.answered is None:
        return f"the {party} never answers"
    return f"the {party} hears no {wording.STATE[state][0]}"


def _without(timeline: Timeline, party: Party, state: LegState) -> tuple[Clauses, ...]:
    """On what it rests that a party was never in a state."""
    if state is LegState.CONVERSATION:  # without one the outcome is another: what ended the call
        return clauses_of(timeline.steps[-1])
    return instead(timeline, party)


def _turning(timeline: Timeline, party: Party) -> Milliseconds:
    """The moment that decided that a party did not get something: its answer, else the end."""
    answered = timeline.leg(party).answered
    return timeline.duration if answered is None else answered
