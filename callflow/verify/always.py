"""Sentences for all times: whether one holds in every call, or the shortest call in which it fails.

On each path the ways in which a sentence fails (`claims`) are looked for among all times that lead
along it (`clocks`). If there are none on any path, it holds for all times, ties included; else the
shortest counterexample is the one with the fewest events, then with the least sum of times. Its
times are whole seconds wherever whole seconds will do.

Most sentences fail where what they speak of does not happen: who never answers does not wait at
most 26 s. That refutes them, and says little. So calls in which it does happen come first.

The module tells nobody: `report` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from attrs import evolve, frozen

from ..api.request import Message
from ..call.case import Case
from ..call.simulator import simulate
from ..call.timeline import Timeline
from ..choreography import rules_for
from ..units import Milliseconds
from ..words import Configuration, MessageType, ShowDuringCall
from .claims import ABOUT_EFFECTS, ABOUT_NUMBERS, Way, marks_asked, said
from .clocks import Clock, Room, rooms
from .grammar import Sentence
from .paths import SECOND, Path, all_paths, paths_of
from .sentences import ask, sentence_of
from .times import clocks_of_setup, lived
from .verdict import Verdict


@frozen
class Counterexample:
    """A call in which a sentence does not hold.

    Attributes:
        case: it expects the sentence, so that `callflow check` fails on it.
        verdict: what the call answers.
    """

    path: Path
    case: Case
    timeline: Timeline
    verdict: Verdict


@frozen
class Held:
    """What came of a sentence.

    Attributes:
        paths: on how many paths it was judged.
        arose: on how many of them something that happens decides it. Elsewhere it is true, or not,
            because nothing did; 0: it speaks of what never happens.
        counterexample: the shortest of those that something that happens decides, else of the
            others; None: it holds in every call.
        idle: it fails only in calls in which what it speaks of does not happen.
    """

    sentence: Sentence
    paths: int
    arose: int
    counterexample: Counterexample | None
    idle: bool

    @property
    def holds(self) -> bool:
        """Whether it holds in every call."""
        return self.counterexample is None


@frozen
class _Situation:
    """A path, and what of its cases no time decides."""

    path: Path
    template: Case


def always(sentence: Sentence | str) -> Held:
    """Whether a sentence holds in every call, of whatever configuration and with any times.

    Requests differ in what chooses the rules. A sentence about caller numbers, marks or the effect
    of a parameter is asked of the requests that decide it, too: both settings of the scenario, a
    tts message, a DTMF string with these marks.

    Raises:
        Misread: the text is no sentence.
    """
    sentence = sentence_of(sentence)
    situations = (
        _Situation(path, template)
        for path in all_paths()
        for template in _templates(path.configuration, sentence)
    )
    return _judged(sentence, [*situations], clocks_of_setup(), settled=False)


def always_with(case: Case, sentence: Sentence | str) -> Held:
    """Whether a sentence holds in every call of a set-up, whatever people do and when.

    Request, scenario, message lengths and ring time-outs are those of the case.

    Raises:
        Misread: the text is no sentence.
    """
    sentence = sentence_of(sentence)
    template = _without_files(case)
    paths = paths_of(rules_for(case.configuration))
    situations = [_Situation(path, template) for path in paths]
    return _judged(sentence, situations, clocks_of_setup(template), settled=True)


def _judged(
    sentence: Sentence, situations: Sequence[_Situation], clocks: Sequence[Clock], *, settled: bool
) -> Held:
    ordered = sorted(situations, key=lambda one: len(one.path.edges))
    claims = [(one, said(sentence, one.path, one.template)) for one in ordered]
    arose = {one.path for one, told in claims if _possible(one.path, clocks, told.arises.holds)}
    decided = ((one, _both(told.claim.fails, told.arises.holds)) for one, told in claims)
    found = _shortest(sentence, decided, clocks, settled=settled)
    idle = found is None
    if idle:
        found = _shortest(
            sentence, ((one, told.claim.fails) for one, told in claims), clocks, settled=settled
        )
    return Held(
        sentence,
        paths=len({one.path for one in situations}),
        arose=len(arose),
        counterexample=found,
        idle=found is not None and idle,
    )


def _both(some: Sequence[Way], others: Sequence[Way]) -> tuple[Way, ...]:
    return tuple(one + other for one in some for other in others)


def _shortest(
    sentence: Sentence,
    ways: Iterable[tuple[_Situation, Sequence[Way]]],
    clocks: Sequence[Clock],
    *,
    settled: bool,
) -> Counterexample | None:
    """The call with the fewest events, then the least sum of times; situations come by events."""
    best: Counterexample | None = None
    for situation, fails in ways:
        if best is not None and len(situation.path.edges) > len(best.path.edges):
            break
        for room in _rooms(situation.path, clocks, fails, settled=settled):
            found = _counterexample(sentence, situation, room, settled=settled)
            if best is None or _size(found) < _size(best):
                best = found
    return best


def _size(found: Counterexample) -> Milliseconds:
    return sum(at for at, _ in found.timeline.moments)


# --------------------------------------------------------------- requests


@cache
def _template(configuration: Configuration) -> Case:
    """A case of a configuration; nothing is said of its times."""
    path = next(one for one in all_paths() if one.configuration is configuration)
    case = path.case(path.least() or ())
    return Case(request=case.request, scenario=case.scenario)


def _templates(configuration: Configuration, sentence: Sentence) -> Iterator[Case]:
    """The requests and scenarios of a configuration between which a sentence can tell."""
    plain = _template(configuration)
    mark = marks_asked(sentence)
    if mark is not None:
        place, digits = mark
        yield evolve(plain, request=evolve(plain.request, dtmf_string=".".join([digits] * place)))
        return
    yield plain
    if sentence.pattern == ABOUT_NUMBERS:
        other = ShowDuringCall.CONTACT_NUMBER
        yield evolve(plain, scenario=evolve(plain.scenario, show_during_call=other))
    if sentence.pattern in ABOUT_EFFECTS:
        yield evolve(plain, request=evolve(plain.request, dtmf_string="1"))
        if configuration.contact_message and not configuration.switch_at_once:
            spoken = Message(type=MessageType.TTS, value="A client is calling you back")
            yield evolve(plain, request=evolve(plain.request, contact_message=spoken))


def _without_files(case: Case) -> Case:
    """The case without its expectations, and with lengths in the place of media files."""
    media = case.account.media
    if media is not None:
        media = {name: evolve(one, file=None) for name, one in media.items()}
    return evolve(case, account=evolve(case.account, media=media), expect=None, name=None)


# ------------------------------------------------------------------------------------ the search


def _possible(path: Path, clocks: Sequence[Clock], ways: Sequence[Way]) -> bool:
    """Whether some times lead along the path in one of some ways."""
    return any(room.under(way) for way in ways for room in rooms(path, clocks))


def _rooms(
    path: Path, clocks: Sequence[Clock], ways: Sequence[Way], *, settled: bool
) -> Iterator[Room]:
    """The times for each way, in whole seconds if there are any; settled times may not be whole."""
    units = (1,) if settled else (SECOND, 1)
    for way in ways:
        for unit in units:
            found = [room.under(way) for room in rooms(path, clocks, unit)]
            yield from (one for one in found if one is not None)
            if any(found):
                break


def _counterexample(
    sentence: Sentence, situation: _Situation, room: Room, *, settled: bool
) -> Counterexample:
    lengths = room.lengths(_readable(room))
    case = lived(situation.template, situation.path, lengths, settled=settled)
    case = evolve(case, name=f"Counterexample: {sentence.text}", expect={"that": [sentence.text]})
    timeline = simulate(case)
    return Counterexample(situation.path, case, timeline, ask(sentence, timeline))


def _readable(room: Room) -> tuple[Milliseconds, ...]:
    """The smallest times of a room; clocks are whole seconds where they can be.

    What never runs out would have done so a second later, if it may: a message that is cut short
    has something left to cut.
    """
    zone, steps = room.zone, len(room.path.edges)
    for start, end in room.spans.values():
        low, high = zone.limits(start, end)
        if end < steps:
            whole = -(-low // SECOND) * SECOND
            wanted = low if high is not None and whole > high else whole
            zone.exactly(start, end, wanted)
    for name, stop in room.stops.items():
        zone.at_least(stop, room.spans[name][1], SECOND)
    return zone.least()
