"""A test suite for a real integration: few cases that exercise everything of a kind.

What there is to exercise is a *criterion*: states, rules, rules in a row, paths, clauses, all pairs
of parameters. The cases are witnesses of paths, at times so far apart that every segment shows, or
for parameters those of `pairs`. Each expects what its call comes to. Cases that somebody has
already count first. Whatever is claimed of a case is asked of its call after the choosing.

The module writes no file and no word of one (`suite_pages` does).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from attrs import evolve, field, frozen

from ..call.case import Case
from ..call.loading import case_from_mapping
from ..call.simulator import simulate
from ..call.timeline import Timeline
from ..clauses import CLAUSES, G17
from ..draw import wording
from ..errors import UsageError, nearest, printable
from ..table import Edge
from ..words import Configuration, Event, Party
from .about import Phrase, about
from .accept import expected_now
from .coverage import BEYOND_CALLS, exercised
from .covering import Bits, chosen, union
from .pairs import covering_cases, pair_names, pairs_of
from .paths import Path, all_paths

# ---------------------------------------------------------------------------------------- criteria

#: What of a call counts, as it is told; the same words are the same thing.
Items = Iterable[str]


@frozen
class Criterion:
    """What a suite has to exercise.

    Attributes:
        name: as on the command line.
        things: what its items are, in words.
        every: all items.
        of: those of a call.
        reasons: of items that no case can have, why.
    """

    name: str
    things: str
    every: tuple[str, ...]
    of: Callable[[Timeline], Items]
    reasons: Mapping[str, str] = field(factory=dict)


#: What counts of a call that takes these steps in a configuration.
_OfSteps = Callable[[Configuration, Sequence[Edge]], Items]


def _states(_configuration: Configuration, edges: Sequence[Edge]) -> Items:
    return (str(state) for edge in edges for state in (edge.source, edge.target))


@cache
def rule_name(edge: Edge) -> str:
    """A rule, told apart from the same row where our reading G17 stands behind it, or does not."""
    lists = (edge.contact, edge.employee)
    stamped = any(G17 in clauses for clauses in lists if clauses)
    return f"{edge.rule.name}{', by G17' if stamped else ''}"


def _rules(_configuration: Configuration, edges: Sequence[Edge]) -> Items:
    return map(rule_name, edges)


def _rule_pairs(configuration: Configuration, edges: Sequence[Edge]) -> Items:
    names = _rules(configuration, edges)
    return (f"{one}, then {other}" for one, other in pairwise(names))


def _paths(configuration: Configuration, edges: Sequence[Edge]) -> Items:
    return [f"{configuration}: {', '.join(edge.event for edge in edges)}"]


def _clauses(timeline: Timeline) -> Items:
    return exercised("", timeline).ids


_BY_STEPS: dict[str, tuple[str, _OfSteps]] = {
    "states": ("states", _states),
    "rules": ("rules", _rules),
    "rule-pairs": ("pairs of rules in a row", _rule_pairs),
    "paths": ("paths", _paths),
}

_BEYOND = {
    "DIR": "says which values direction may have; what they do is G14",
    "NUM": "says which numbers may stand under contact; a call is the same with each",
    "MSG": "says what a message may be; when it is heard, other clauses say",
    "G15": "a time-out that is assumed if nobody gives one; no step cites it",
}


#: The names of all criteria.
COVERS = ("clauses", *_BY_STEPS, "parameters")


@cache
def criterion(name: str) -> Criterion:
    """A criterion by its name on the command line.

    Raises:
        UsageError: there is none of this name.
    """
    if name not in COVERS:
        near = nearest(name, COVERS)
        hint = f"; did you mean {near}?" if near else ""
        raise UsageError(f"a suite covers {', '.join(COVERS)}, not {printable(name)}{hint}")
    if name == "parameters":
        return Criterion(name, "pairs of values", pair_names(), pairs_of)
    if name == "clauses":
        reasons = {id_: _BEYOND[id_] for id_ in BEYOND_CALLS}
        return Criterion(name, "clauses", tuple(CLAUSES), _clauses, reasons)
    things, of = _BY_STEPS[name]
    every = (item for path in all_paths() for item in of(path.configuration, path.edges))
    return Criterion(
        name,
        things,
        tuple(dict.fromkeys(every)),
        lambda timeline: of(timeline.case.configuration, [edge for _, edge in timeline.moments]),
    )


# ------------------------------------------------------------------------------------------- extras


@frozen
class Extra:
    """Something that a witness of a path can have on top, and that changes none of its steps.

    Attributes:
        phrase: how it is told.
        fits: whether a call can show it.
        put: puts it into the case of such a call.
    """

    phrase: Phrase
    fits: Callable[[Timeline], bool]
    put: Callable[[dict[str, Any], Timeline], None]


def _spoken(mapping: dict[str, Any], _timeline: Timeline) -> None:
    message = {"type": "tts", "value": "We are calling you back"}
    mapping["request"].update(switch_at_once=True, contact_message=message)


def _can_be_spoken(timeline: Timeline) -> bool:
    configuration = timeline.case.configuration
    return configuration.contact_message and not configuration.switch_at_once


def _answers(timeline: Timeline) -> bool:
    return timeline.contact.answered is not None


def _digits(mapping: dict[str, Any], timeline: Timeline) -> None:
    """A digit at the contact's answer, and one a second or less after the release."""
    there = timeline.duration - (timeline.contact.answered or 0)
    mapping["request"]["dtmf_string"] = f"1{'.' * (there // 1000 + 1)}2"


def _employee_rings(timeline: Timeline) -> bool:
    return timeline.employee.dialed is not None


def _other_number(mapping: dict[str, Any], _timeline: Timeline) -> None:
    mapping.setdefault("scenario", {})["show_during_call"] = "contact_number"


def _without_effect(mapping: dict[str, Any], _timeline: Timeline) -> None:
    mapping["request"].update(
        direction="out", external_id="order-4711", show_virtual_phone_number=True
    )


EXTRAS: tuple[Extra, ...] = (
    Extra(Phrase("tts", "a tts message, which takes the switch away"), _can_be_spoken, _spoken),
    Extra(Phrase("dtmf", "digits in time and too late"), _answers, _digits),
    Extra(Phrase("caller", "the contact's number shown"), _employee_rings, _other_number),
    Extra(Phrase("no-effect", "parameters without effect"), lambda _: True, _without_effect),
)

# -------------------------------------------------------------------------------------------- cases


@frozen
class Draft:
    """A case that could be in a suite.

    Attributes:
        words: what a path's case has on top, as it is told.
    """

    case: Case
    words: tuple[Phrase, ...] = ()


def _draft(path: Path, extras: Sequence[Extra] = ()) -> Draft:
    times = path.apart() or path.least()
    assert times is not None  # noqa: S101 - every path of the table has times that lead along it
    mapping = path.mapping(times)
    timeline = path.timeline(times) if extras else None
    fitting = [extra for extra in extras if timeline is not None and extra.fits(timeline)]
    for extra in fitting:
        assert timeline is not None  # noqa: S101 - some extra fits it
        extra.put(mapping, timeline)
    return Draft(case_from_mapping(mapping), tuple(extra.phrase for extra in fitting))


@cache
def _paths_to_choose() -> tuple[Path, ...]:
    """Every path; of those that do equally well, one that ends as most calls do comes first."""
    return tuple(
        sorted(all_paths(), key=lambda path: path.edges[-1].event is not Event.CONVERSATION_ENDED)
    )


def _of_paths(of: _OfSteps, wanted: Sequence[str]) -> Iterator[Draft]:
    """Witnesses of the fewest paths that have every item, and of these the shortest."""
    paths = _paths_to_choose()
    bits = {item: 1 << place for place, item in enumerate(wanted)}
    candidates = [_bits(of(path.configuration, path.edges), bits) for path in paths]
    costs = [len(path.edges) for path in paths]
    return (_draft(paths[place]) for place in chosen(candidates, costs, (1 << len(bits)) - 1))


def _of_clauses(wanted: Sequence[str]) -> Iterator[Draft]:
    """The same with all that a path can have on top; then what is not needed is taken off."""
    paths = _paths_to_choose()
    bits = {item: 1 << place for place, item in enumerate(wanted)}
    everything = (1 << len(bits)) - 1

    def has(draft: Draft) -> Bits:
        return _bits(_clauses(simulate(draft.case)), bits)

    full = [has(_draft(path, EXTRAS)) for path in paths]
    costs = [len(path.edges) for path in paths]
    taken = dict.fromkeys(chosen(full, costs, everything), EXTRAS)
    covered = {place: full[place] for place in taken}
    for place in reversed(taken):
        others = union(bits for other, bits in covered.items() if other != place)
        for extra in EXTRAS:
            fewer = tuple(one for one in taken[place] if one is not extra)
            left = has(_draft(paths[place], fewer))
            if not covered[place] & ~(left | others):
                taken[place], covered[place] = fewer, left
    return (_draft(paths[place], extras) for place, extras in taken.items())


def _bits(items: Items, bits: Mapping[str, Bits]) -> Bits:
    return union(bits.get(item, 0) for item in items)


# -------------------------------------------------------------------------------------------- suite


@frozen
class SuiteCase:
    """A case of a suite.

    Attributes:
        slug: the name of its file without the ending.
        title: what it is about, in one line; the name of the case, and what it has on top.
        timeline: its call; the case in it expects just that.
        items: everything of the criterion that it exercises.
        adds: those of them that no case before it exercises.
    """

    slug: str
    title: str
    timeline: Timeline
    items: frozenset[str]
    adds: tuple[str, ...]

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.slug}.yaml"

    @property
    def events(self) -> int:
        """How many events its call has, the start among them."""
        return len(self.timeline.moments)


@frozen
class Counted:
    """A case that was there: its path, its call, and what of the criterion it exercises first."""

    name: str
    timeline: Timeline
    items: frozenset[str]
    adds: tuple[str, ...]

    @property
    def expects(self) -> bool:
        """Whether anybody looks at what it exercises."""
        return bool(self.timeline.case.expect)


@frozen
class Suite:
    """Cases that exercise everything of a criterion that cases can exercise.

    Attributes:
        have: cases that were there and count.
        left_out: items that no case has, and why.
    """

    criterion: Criterion
    have: tuple[Counted, ...]
    cases: tuple[SuiteCase, ...]
    left_out: Mapping[str, str]

    @property
    def events(self) -> int:
        """How many events the calls of its cases have together."""
        return sum(case.events for case in self.cases)

    @property
    def covered(self) -> int:
        """How many items are exercised, by cases that were there or by its own."""
        return len(self.criterion.every) - len(self.left_out)

    @property
    def counted(self) -> int:
        """How many of them cases that were there exercise."""
        return sum(len(one.adds) for one in self.have)


def suite(cover: str, have: Iterable[tuple[str, Timeline]] = ()) -> Suite:
    """A suite for a criterion.

    Args:
        cover: ``clauses``, ``states``, ``rules``, ``rule-pairs``, ``paths`` or ``parameters``.
        have: names and calls of cases that are there and count.

    Raises:
        UsageError: there is no such criterion.
    """
    about_all = criterion(cover)
    seen: dict[str, None] = {}
    counted = []
    for name, timeline in have:
        items, adds = _adding(about_all, timeline, seen)
        counted.append(Counted(name, timeline, items, adds))
    wanted = [
        item for item in about_all.every if item not in seen and item not in about_all.reasons
    ]
    cases = []
    more = cover in ("clauses", "parameters")
    for slug, title, timeline in _named(_drafts(cover, wanted), more=more):
        items, adds = _adding(about_all, timeline, seen)
        cases.append(SuiteCase(slug, title, timeline, items, adds))
    missing = [item for item in about_all.every if item not in seen]
    left_out = {item: about_all.reasons[item] for item in missing}
    return Suite(about_all, tuple(counted), tuple(cases), left_out)


def _adding(
    about_all: Criterion, timeline: Timeline, seen: dict[str, None]
) -> tuple[frozenset[str], tuple[str, ...]]:
    """What a call has, and what of it is new; that is then seen."""
    items = dict.fromkeys(about_all.of(timeline))
    adds = tuple(item for item in items if item not in seen)
    seen.update(dict.fromkeys(adds))
    return frozenset(items), adds


def _drafts(cover: str, wanted: Sequence[str]) -> Iterator[Draft]:
    if cover == "parameters":
        return map(Draft, covering_cases(set(pair_names()) - set(wanted)))
    if cover == "clauses":
        return _of_clauses(wanted)
    return _of_paths(_BY_STEPS[cover][1], wanted)


def _named(drafts: Iterable[Draft], *, more: bool) -> Iterator[tuple[str, str, Timeline]]:
    """Cases by the names of their files, with titles; each has a name and expects its call."""
    found: dict[str, list[tuple[str, Timeline]]] = {}
    for draft in drafts:
        call = simulate(draft.case)
        told = about(draft.case.configuration, [edge for _, edge in call.moments], call.reason)
        slug, title = told.slug, told.sentence
        if draft.words:
            slug = "-".join((slug, "with", *(phrase.slug for phrase in draft.words)))
            title = f"{title}; with {', '.join(phrase.said for phrase in draft.words)}"
        expect = expected_now(call, "steps")
        if more:
            expect["that"] = [*_also(call)]
        case = evolve(draft.case, name=told.sentence, expect=expect)
        found.setdefault(slug, []).append((title, simulate(case)))
    for slug in sorted(found):
        for number, (title, timeline) in enumerate(found[slug], 1):
            yield (slug if len(found[slug]) == 1 else f"{slug}-{number}"), title, timeline


def _also(timeline: Timeline) -> Iterator[str]:
    """What a call shows beside its legs and steps, as sentences of an expectation."""
    for party in Party:
        caller = timeline.leg(party).caller_id
        if caller is not None:
            yield f"{party} sees caller {caller.number}"
    for mark in timeline.dtmf:
        if mark.sent and mark.at is not None:
            yield f'dtmf "{mark.digits}" is sent at {wording.number(mark.at)}'
        else:
            yield f'dtmf "{mark.digits}" is not sent'
    for entry in timeline.no_effect:
        yield f"{entry.path.rpartition('.')[2]} has no effect"
