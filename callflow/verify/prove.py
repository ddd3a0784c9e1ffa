"""Properties for all times: each is run on calls whose times are unknown.

Every path becomes a call whose moments are unknown (`unknown_calls`). On it the timeline and the
properties run as they are (`unknowns`): what holds in every world holds for all times that lead
along the path, and every call takes one. A property that does not hold is refuted by the smallest
times of the worlds in which it does not.

Those that compare two calls are proved from how the second call goes when its clocks run for the
first one's times. What cannot be proved so is said to be explored, never proved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import product
from typing import cast

from attrs import evolve, frozen

from ..call.case import Case, People, PerParty, Person, Reaction
from ..call.plan import plan
from ..call.simulator import walk
from ..call.timeline import Moment, Timeline
from ..choreography import RULES, SIMULTANEOUS
from ..errors import TableError
from ..table import Edge, Graph, Rule
from ..units import Milliseconds
from ..words import ANSWERED, HUNG_UP, Configuration, Event, LegState
from .explore import TTS, Asked, Counterexample, Exploration, explore, simulated
from .paths import SECOND, Path, least_case
from .properties import Call, Property, Violated, must
from .unknown_calls import DIGIT, Lived, Unknown, case_of, unknowns
from .unknowns import Entangled, Known, Time, ZoneWorld
from .zones import Bound


class Verdict(StrEnum):
    """How far a property is known to hold."""

    PROVED = "proved"
    REFUTED = "refuted"
    EXPLORED = "explored"
    TESTED = "tested"


@frozen(eq=False)
class Proof:
    """What is known of a property.

    Attributes:
        how: what was shown, or why it was not, in words.
        counterexample: the smallest call of which it does not hold.
    """

    of: Property
    verdict: Verdict
    how: str
    counterexample: Counterexample | None = None


@frozen(eq=False)
class Proofs:
    """What is known of all properties.

    Attributes:
        explored: what a walk through the same rows found.
        runs: how many worlds were run for the properties of one call.
    """

    explored: Exploration
    runs: int
    properties: tuple[Proof, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is refuted."""
        return all(one.verdict is not Verdict.REFUTED for one in self.properties)


#: A property, and how it is asked of a call whose times are unknown.
Question = tuple[Property, Callable[[Lived], None]]


@frozen(eq=False)
class Broken:
    """A property does not hold in a world.

    Attributes:
        known: the times of that world when it was found.
    """

    of: Property
    known: Known
    wrong: str


@frozen(eq=False)
class Run:
    """One world in which properties were asked, with all that it answered."""

    unknown: Unknown
    world: ZoneWorld
    broken: tuple[Broken, ...]


def runs(unknown: Unknown, case: Case, questions: Sequence[Question]) -> Iterator[Run]:
    """Ask properties in every world of a call's times.

    What was answered without taking a side is not asked again in the worlds of the other sides.

    Args:
        case: what the call has besides times.

    Raises:
        Entangled: one of them compares more than a zone can.
    """
    start = ZoneWorld.beginning(unknown.size, unknown.bounds)
    pending = [] if start is None else [(start, 0)]
    while pending:
        known, begin = pending.pop()
        waiting: list[Known] = []
        world = ZoneWorld(known, waiting)
        lived = Lived(unknown, world, case)
        broken = []
        for place in range(begin, len(questions)):
            asked, ask = questions[place]
            try:
                ask(lived)
            except Violated as wrong:
                broken.append(Broken(asked, world.known, str(wrong)))
            pending += [(other, place) for other in waiting]
            waiting.clear()
        yield Run(unknown, world, tuple(broken))


# ------------------------------------------------------------------------------- a second call


def _second(start: Edge, lived: Lived, **other: Milliseconds) -> tuple[Moment, ...]:
    """The steps of a call from ``start`` whose clocks run for the times of the first one."""
    try:
        return walk(start, lived.lengths(**other))
    except TableError as stuck:
        raise Violated(str(stuck).partition("\n")[0]) from None


def _began(moments: Sequence[Moment]) -> Milliseconds | None:
    talking = (at for at, edge in moments if edge.target.contact is LegState.CONVERSATION)
    return next(talking, None)


def no_later(lived: Lived, on: Graph) -> None:
    """11: the switch on, with the same clocks, there is a conversation, too, and no later."""
    first = lived.moments
    began = _began(first)
    if began is None or not first[-1][0] > began:
        return
    # One that could last a millisecond is one; how long it would last is another matter.
    second = _second(on.start, lived, conversation_ended=1)
    begins = _began(second)
    must(begins is not None and second[-1][0] > begins, "the switch costs a conversation")
    must(begins is None or begins <= began, "the switch delays the conversation")


def scales(lived: Lived) -> None:
    """12: the simulator takes this path, and asks only which of two sums of times is the greater.

    Such an answer stays the same when all times are multiplied by a whole number.
    """
    before = len(lived.world.said)
    first, second = lived.moments, _second(lived.unknown.path.edges[0], lived)
    for said in lived.world.said[before:]:
        must(said.least in (0, 1), "times are held against a number of their own")
    must(len(first) == len(second), "the simulator takes other steps")
    for (at, edge), (other, way) in zip(first, second, strict=False):
        must(edge is way and at == other, "the simulator takes other steps")


def no_earlier(lived: Lived) -> None:
    """12: who answers a millisecond later does not talk earlier.

    Of calls in which nobody hangs up by themselves, where one such step follows another as long as
    both talk; and where somebody does, and both talk before, the conversation began as if not.
    """
    began = _began(lived.moments)
    if began is None or any(lived.length(event) is not None for event in HUNG_UP.values()):
        return
    start = lived.unknown.path.edges[0]
    for event in ANSWERED.values():
        after = lived.length(event)
        must(after is not None, "a conversation without an answer")
        second = _second(start, lived, **{str(event): (after or 0) + 1}, conversation_ended=1)
        begins = _began(second)
        must(begins is None or begins >= began, f"{event} is later and both talk earlier")


def plan_is_the_same(setting: Configuration) -> None:
    """10: with a tts message the plan of a case is the same whatever ``switch_at_once`` says.

    Nothing but the plan is simulated.

    Raises:
        Violated: it is not.
    """
    names = range(1, 9)
    for contact, employee in product((Reaction.ANSWERS, Reaction.BUSY), repeat=2):
        start = ZoneWorld.beginning(len(names) + 1, [Bound(0, place, 1) for place in names])
        pending = [] if start is None else [start]
        while pending:
            world = ZoneWorld(pending.pop(), pending)
            one, two, three, four, *more = (cast(int, Time(world, {n: 1})) for n in names)
            people = People(
                contact=Person(reaction=contact, after=one, hangs_up_after=two),
                employee=Person(reaction=employee, after=three, hangs_up_after=four),
                conversation=more[0],
            )
            messages = PerParty(contact=more[1], employee=more[2])
            plans = [plan(_spoken(setting, switch, people, messages)) for switch in _SWITCHES]
            first = plans[0]
            for other in plans[1:]:
                must(first.configuration is other.configuration, "the switch chooses other rules")
                must(first.lengths == other.lengths, "the switch changes a time")


_SWITCHES = (True, False, None)


def _spoken(
    setting: Configuration, switch: bool | None, people: People, messages: PerParty
) -> Case:
    case = least_case(setting)
    request = evolve(case.request, contact_message=TTS, switch_at_once=switch)
    return Case.checked(
        request=request,
        scenario=case.scenario,
        account=case.account,
        people=people,
        messages=messages,
        ring_timeout=case.ring_timeout,
        characters_per_second=None,
        name=None,
        expect=None,
    )


# ------------------------------------------------------------------------------- everything at once


def prove(rules: Iterable[Rule] = RULES, order: Sequence[Event] = SIMULTANEOUS) -> Proofs:
    """Prove the properties for all times, or refute them.

    Args:
        order: in which simultaneous events are handled.

    Raises:
        TableError: the rows make no table.
    """
    explored = explore(rules, order=order)
    judge = Judge(explored)
    for path in explored.paths:
        judge.path(path)
    proofs = [judge.proof(asked) for asked in explored.properties]
    return Proofs(explored, judge.runs, tuple(proofs))


#: Properties that every call's case, as far as it came to pass, is enough for. Those stand first
#: that seldom take sides: what they have answered need not be asked again.
_FIRST = ("1", "20", "5", "6", "7", "2", "3", "8", "9", "15", "16", "17", "4")
#: Those that also look at hang-ups and rings that did not come to pass.
_WHOLE = ("19", "18")


class Judge:
    """Collects what comes of each property, path by path.

    Args:
        explored: what a walk through the same rows found.
        keep: hold on to every world, for somebody who wants to repeat what was said in it.
    """

    def __init__(self, explored: Exploration, *, keep: bool = False) -> None:
        self.explored = explored
        self.runs = 0
        self.kept: list[Run] = []
        self._keep_runs = keep
        self._named = {one.of.name: one.of for one in explored.properties}
        self._refuted: dict[str, list[Counterexample]] = {}
        self._open: dict[str, str] = {}

    def path(self, path: Path) -> None:
        """Judge all times of one path."""
        times = path.least()
        if times is None:
            return
        case = path.case(times)
        marked = evolve(case, request=evolve(case.request, dtmf_string=DIGIT))
        setting = path.configuration
        self._ask(path, marked, [self._one(name) for name in _FIRST], whole=False)
        self._ask(path, marked, [self._one("13")], whole=False)
        if setting.contact_message and not setting.switch_at_once:
            spoken = evolve(marked.request, contact_message=TTS, switch_at_once=True)
            self._ask(path, evolve(marked, request=spoken), [self._one("5")], whole=False)
        questions = [*(self._one(name) for name in _WHOLE), (self._named["12"], scales)]
        if path.talks:
            questions.append((self._named["12"], no_earlier))
            if not setting.switch_at_once:
                on = self.explored.graphs[evolve(setting, switch_at_once=True)]
                questions.append((self._named["11"], lambda lived: no_later(lived, on)))
        self._ask(path, marked, questions, whole=True)

    def _one(self, name: str) -> Question:
        asked = self._named[name]
        return asked, lambda lived: cast(Callable[[Call], None], asked.one)(lived.call)

    def _ask(self, path: Path, case: Case, questions: Sequence[Question], *, whole: bool) -> None:
        try:
            for unknown in unknowns(path, whole=whole):
                for run in runs(unknown, case, questions):
                    self.runs += 1
                    if self._keep_runs:
                        self.kept.append(run)
                    for broken in run.broken:
                        self._keep(broken, unknown, case)
        except Entangled as reason:
            for asked, _ in questions:
                self._open.setdefault(asked.name, str(reason))

    def _keep(self, broken: Broken, unknown: Unknown, case: Case) -> None:
        """A property does not hold in a world: keep its smallest call, if a case shows it."""
        zone = broken.known.zone
        whole = zone.whole(SECOND)
        times = zone.least() if whole is None else tuple(SECOND * at for at in whole.least())
        shown = case_of(unknown, times, case.request)
        found = self._shown(broken.of, unknown.path, times[: len(unknown.path.edges)], shown)
        if found is None:
            self._open.setdefault(broken.of.name, "no case shows what was found")
        else:
            self._refuted.setdefault(broken.of.name, []).append(found)

    def _shown(
        self, asked: Property, path: Path, times: tuple[Milliseconds, ...], case: Case
    ) -> Counterexample | None:
        """The call at certain times, if the property does not hold of it."""
        found = Counterexample(asked, path, times, case, "")
        try:
            if asked.one is not None:
                asked.one(Call(found.timeline))
            elif asked.two is not None:
                asked.two(case, self._simulate)
        except Violated as wrong:
            return Counterexample.named(asked, path, times, case, str(wrong))
        return None

    def _simulate(self, case: Case) -> Timeline:
        return simulated(self.explored.graphs, case)

    def proof(self, found: Asked) -> Proof:
        """What is known of a property at the end."""
        asked, name = found.of, found.of.name
        refuted = [*self._refuted.get(name, ())]
        if found.counterexample is not None:
            refuted.append(found.counterexample)
        if refuted:
            smallest = min(refuted, key=lambda one: one.size)
            return Proof(asked, Verdict.REFUTED, "", smallest)
        if name in _TESTED:
            return Proof(asked, Verdict.TESTED, _TESTED[name])
        if name == "10":
            return self._ten(asked)
        if name in self._open:
            return Proof(asked, Verdict.EXPLORED, f"not proved: {self._open[name]}")
        return Proof(asked, Verdict.PROVED, _HOW.get(name, ""))

    def _ten(self, asked: Property) -> Proof:
        try:
            for setting in self.explored.graphs:
                if setting.contact_message and not setting.switch_at_once:
                    plan_is_the_same(setting)
        except Violated as wrong:
            return Proof(asked, Verdict.EXPLORED, f"not proved: {wrong}")
        return Proof(asked, Verdict.PROVED, _HOW["10"])


_TESTED = {"14": "it is about files and JSON, not about times; the tests of callflow hold it"}
_HOW = {
    "10": "the simulator is given the same plan, whatever the switch",
    "11": "the same clocks run through the other table",
    "12": "the simulator only asks which of two sums of times is the greater; later answers one "
    "millisecond at a time",
    "13": "one mark at any time",
    "18": "from the lengths of the clocks on; how a case words them is explored and tested",
}
