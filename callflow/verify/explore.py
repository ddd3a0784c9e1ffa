"""Everything that can happen, walked: every path, every order of its events, every property.

The machine is small, so nothing is sampled: each configuration's graph is unrolled into its paths,
each path into the orders of its events with ties, and each order is realised by the call with the
smallest whole-second times. Of these calls everything is counted: which rules and clauses they are
witnesses of, of how many a property says anything, and where one does not hold.

The rows may be anybody's. What happens next is theirs; this module only looks on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any

from attrs import evolve, field, frozen

from ..api.request import Message, Request
from ..call.case import Case, is_tts
from ..call.plan import plan
from ..call.simulator import walk
from ..call.timeline import Timeline
from ..choreography import RULES, SIMULTANEOUS
from ..clauses import Clause
from ..errors import TableError, UsageError, printable
from ..table import Edge, Graph, Rule, check
from ..units import NEVER, Milliseconds
from ..words import Basis, Configuration, Event, MessageType, State
from .paths import Order, Path, paths_of
from .properties import PROPERTIES, Call, Property, Violated

#: What a property can be given as.
Given = Property | Callable[[Timeline], object]

#: Marks at the answer and one and three seconds later: so that there are some to lose.
_DTMF = "1.2..3"  #: A message that takes the switch away.
TTS = Message(type=MessageType.TTS, value="We are putting you through")


@frozen(eq=False)
class Counterexample:
    """A call of which a property does not hold, the shortest that there is among those explored.

    Attributes:
        path: the way it takes.
        times: of its steps, milliseconds.
        case: what brings it about; nothing is in it that does not matter, as far as that can be.
        wrong: what is wrong, in words.
    """

    of: Property
    path: Path
    times: tuple[Milliseconds, ...]
    case: Case
    wrong: str

    @classmethod
    def named(
        cls,
        asked: Property,
        path: Path,
        times: tuple[Milliseconds, ...],
        case: Case,
        wrong: str,
    ) -> Counterexample:
        """A counterexample whose case is named for what is wrong."""
        named = with_request(case, case.request, f"Property {asked.name}: {wrong}")
        return cls(asked, path, times, named, wrong)

    @property
    def timeline(self) -> Timeline:
        """The call, as the explored rows make it."""
        return Timeline(self.case, tuple(zip(self.times, self.path.edges, strict=True)))

    @property
    def size(self) -> tuple[int, Milliseconds]:
        """Its events, then the sum of its times: what "shortest" means."""
        lengths = self.path.lengths(self.times)
        return len(self.path.edges), sum(length for length in lengths if length < NEVER)


@frozen(eq=False)
class Fault:
    """A property that stumbled: it raised something that is no answer.

    Attributes:
        error: what it raised, in words.
        case: of the first call at which it did.
        calls: at how many it did.
    """

    of: Property
    error: str
    case: Case
    calls: int


@frozen(eq=False)
class Asked:
    """What came of a property.

    Attributes:
        paths: of how many it says anything.
        orders: of how many orders; None: it is asked of each path's smallest call alone.
        violated: of how many calls it does not hold.
        counterexample: the shortest of them.
        fault: it raised instead of answering.
    """

    of: Property
    paths: int
    orders: int | None
    violated: int = 0
    counterexample: Counterexample | None = None
    fault: Fault | None = None

    @property
    def holds(self) -> bool:
        """Whether it answered, and held of every call."""
        return not self.violated and self.fault is None


@frozen(eq=False)
class Exploration:
    """All that can happen under some rows.

    Attributes:
        rules: the rows.
        graphs: their machine in each configuration.
        paths: every way from start to released.
        orders: of each path, its events' orders with ties.
        properties: what came of each.
    """

    rules: tuple[Rule, ...]
    graphs: Mapping[Configuration, Graph]
    paths: tuple[Path, ...]
    orders: tuple[tuple[Order, ...], ...] = field(repr=False)
    properties: tuple[Asked, ...]

    @property
    def order_count(self) -> int:
        """How many orders there are over all paths."""
        return sum(map(len, self.orders))

    @property
    def machines(self) -> int:
        """How many of the configurations' machines differ."""
        return len({graph.machine for graph in self.graphs.values()})

    @cached_property
    def states(self) -> tuple[State, ...]:
        """Every state that a call can be in."""
        return tuple(dict.fromkeys(s for graph in self.graphs.values() for s in graph.states))

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Every step that can be made, in each configuration its own."""
        return tuple(edge for graph in self.graphs.values() for edge in graph.edges.values())

    @cached_property
    def witnesses(self) -> dict[Rule, tuple[int, int]]:
        """Of each rule on how many paths, and in how many orders, it is taken."""
        return _witnessed(self.rules, self.paths, self.orders, lambda path: path.rules)

    @cached_property
    def clauses(self) -> dict[Clause, tuple[int, int]]:
        """Of each clause behind a rule on how many paths, and in how many orders, it is."""
        known = dict.fromkeys(
            clause
            for edge in self.edges
            for clauses in (edge.contact, edge.employee)
            for clause in clauses or ()
        )
        return _witnessed(tuple(known), self.paths, self.orders, lambda path: path.clauses)

    def basis(self, rule: Rule) -> tuple[int, int]:
        """In how many configurations a rule is documented, and in how many it stands at all."""
        where: dict[Configuration, bool] = {}
        for configuration, graph in self.graphs.items():
            for edge in graph.edges.values():
                if edge.rule is rule:
                    documented = edge.basis is Basis.DOCUMENTED
                    where[configuration] = where.get(configuration, True) and documented
        return sum(where.values()), len(where)

    @cached_property
    def inferences(self) -> Counter[Clause]:
        """On how many of the steps each inference bears."""
        return Counter(
            clause
            for edge in self.edges
            for clause in dict.fromkeys((*(edge.contact or ()), *(edge.employee or ())))
            if clause.basis is Basis.INFERRED
        )

    @property
    def counterexamples(self) -> tuple[Counterexample, ...]:
        """The shortest for each property that does not hold."""
        return tuple(one.counterexample for one in self.properties if one.counterexample)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Properties that raised instead of answering."""
        return tuple(one.fault for one in self.properties if one.fault)

    @property
    def holds(self) -> bool:
        """Whether every property answered and held of every call."""
        return all(one.holds for one in self.properties)

    def simulate(self, case: Case) -> Timeline:
        """What the explored rows make of a case.

        Raises:
            Violated: they leave the call in a state in which nothing happens any more.
        """
        return simulated(self.graphs, case)


def explore(
    rules: Iterable[Rule] = RULES,
    properties: Iterable[Given] = PROPERTIES,
    order: Sequence[Event] = SIMULTANEOUS,
) -> Exploration:
    """Walk everything that can happen under some rows, and ask the properties of all of it.

    Args:
        properties: of `PROPERTIES`, your own (`Property`), or plain functions of a timeline: they
            do not hold where they return False or raise AssertionError.
        order: in which simultaneous events are handled.

    Raises:
        TableError: the rows make no table; it names those at fault.
        UsageError: something that is no property.
    """
    if not isinstance(properties, Iterable):
        raise UsageError(
            f"{printable(repr(properties))} is no list of properties: pass a list of them"
        )
    rules = tuple(rules)
    graphs = check(rules, order)
    paths = tuple(path for graph in graphs.values() for path in paths_of(graph, order))
    orders = tuple(tuple(path.orders()) for path in paths)
    asking = [
        _Asking(one if isinstance(one, Property) else Property.of(one), graphs)
        for one in properties
    ]
    for ways in orders:
        for way in ways:
            _ask_all(asking, way, smallest=way is ways[0])
    return Exploration(rules, graphs, paths, orders, tuple(one.result() for one in asking))


def _ask_all(asking: Sequence[_Asking], way: Order, *, smallest: bool) -> None:
    """Ask every property of the calls of one order."""
    bare = way.path.case(way.times)
    calls = [
        (Call(_timeline(with_request(bare, request), way)), is_tts(request.contact_message))
        for request in _requests(bare.request)
    ]
    for one in asking:
        if one.property.one is None and not smallest:
            continue
        for call, tts in calls:
            if one.property.tts or not tts:
                one.ask(call, way)
        one.count(way.path)


@cache
def _requests(request: Request) -> tuple[Request, ...]:
    """A request with marks, and, where that is the same table, one whose message is a text."""
    marked = evolve(request, dtmf_string=_DTMF)
    if request.contact_message is None or request.switch_at_once:
        return (marked,)
    return marked, evolve(marked, contact_message=TTS, switch_at_once=True)


def with_request(case: Case, request: Request, name: str | None = None) -> Case:
    """The same case with another request, which the unknown account allows as well."""
    return Case.checked(
        request=request,
        scenario=case.scenario,
        account=case.account,
        people=case.people,
        messages=case.messages,
        ring_timeout=case.ring_timeout,
        characters_per_second=None,
        name=name,
        expect=None,
    )


def _timeline(case: Case, way: Order) -> Timeline:
    return Timeline(case, tuple(zip(way.times, way.path.edges, strict=True)))


def simulated(graphs: Mapping[Configuration, Graph], case: Case) -> Timeline:
    """What some rows make of a case.

    Raises:
        Violated: they leave the call in a state in which nothing happens any more.
    """
    planned = plan(case)
    try:
        return Timeline(case, walk(graphs[planned.configuration].start, planned.lengths))
    except TableError as stuck:
        raise Violated(str(stuck).partition("\n")[0]) from None


class _Asking:
    """A property, and what has come of it so far."""

    def __init__(self, asked: Property, graphs: Mapping[Configuration, Graph]) -> None:
        self.property = asked
        self._graphs = graphs
        self._met: Counter[Path] = Counter()
        self._speaks = False
        self._violated = 0
        self._shortest: Counterexample | None = None
        self._fault: Fault | None = None

    def simulate(self, case: Case) -> Timeline:
        """What the explored rows make of a case."""
        return simulated(self._graphs, case)

    def ask(self, call: Call, way: Order) -> None:
        """Ask it of a call."""
        found = self._answer(call, speaks=True)
        if found is None:
            return
        case = call.timeline.case
        if isinstance(found, Violated):
            self._violated += 1
            shown = self._shown(way, case, found)
            if self._shortest is None or shown.size < self._shortest.size:
                bare = with_request(case, evolve(case.request, dtmf_string=None))
                again = self._answer(Call(_timeline(bare, way)), speaks=False)
                if isinstance(again, Violated):  # the marks have nothing to do with it
                    shown = self._shown(way, bare, again)
                self._shortest = shown
            return
        calls = 1 if self._fault is None else self._fault.calls + 1
        first = self._fault.case if self._fault else case
        error = self._fault.error if self._fault else _worded(found)
        self._fault = Fault(self.property, error, first, calls)

    def _shown(self, way: Order, case: Case, wrong: Violated) -> Counterexample:
        return Counterexample.named(self.property, way.path, way.times, case, str(wrong))

    def _answer(self, call: Call, *, speaks: bool) -> Exception | None:
        """None: it holds, or says nothing of this call; else why not."""
        asked = self.property
        try:
            if asked.premise is None or asked.premise(call):
                self._speaks = self._speaks or speaks
            elif asked.two is not None:
                return None
            self._hold(call)
        except AssertionError as wrong:
            if isinstance(wrong, Violated):
                return wrong
            return Violated(str(wrong).partition("\n")[0] or f"{asked.name} is not fulfilled")
        except Exception as fault:  # noqa: BLE001 - a property may be anybody's; the others go on
            return fault
        return None

    def _hold(self, call: Call) -> None:
        if self.property.one is not None:
            self.property.one(call)
        elif self.property.two is not None:
            self.property.two(call.timeline.case, self.simulate)

    def count(self, path: Path) -> None:
        """An order is done: count it if the property had anything to say of its calls."""
        if self._speaks:
            self._met[path] += 1
        self._speaks = False

    def result(self) -> Asked:
        """What came of it."""
        orders = None if self.property.one is None else sum(self._met.values())
        return Asked(
            self.property, len(self._met), orders, self._violated, self._shortest, self._fault
        )


def _worded(error: Exception) -> str:
    try:
        text = printable(str(error))
    except Exception:  # noqa: BLE001 - an error of a user, who may be wrong in this, too
        text = ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _witnessed(
    known: Sequence[Any],
    paths: Sequence[Path],
    orders: Sequence[Sequence[Order]],
    taken: Callable[[Path], Iterable[Any]],
) -> dict[Any, tuple[int, int]]:
    found = dict.fromkeys(known, (0, 0))
    for path, ways in zip(paths, orders, strict=True):
        for one in dict.fromkeys(taken(path)):
            count, times = found[one]
            found[one] = count + 1, times + len(ways)
    return found


def shortest(found: Iterable[Counterexample]) -> Iterator[Counterexample]:
    """Counterexamples, the shortest first."""
    yield from sorted(found, key=lambda one: one.size)
