"""A test suite for a real integration: the fewest cases that cover all that is to be covered.

Candidates are the paths through the table, with whole seconds between their steps so that every
stretch shows, and a few of them once more with the parameters that no rule speaks of. Of these the
greedy choice takes the one that adds most, and of equals the one with the fewest events. What each
case is to do stands in its ``expect:``, step by step with clauses, so that another table fails.

The module writes no file: `files` gives them by name.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from attrs import evolve, frozen

from ..call.case import Case
from ..call.loading import case_from_mapping, case_to_dict, case_to_yaml
from ..call.loading.writing import yaml_lines
from ..call.simulator import simulate
from ..call.timeline import Timeline
from ..choreography import RULES, states
from ..clauses import CLAUSES, G17
from ..draw import wording
from ..errors import UsageError, nearest
from ..table import Edge, Rule
from ..words import Event, LegState, Outcome, Party, Reason
from . import pairs
from .accept import expected_now
from .coverage import BEYOND_CALLS, Coverage, exercised
from .paths import all_paths

#: What a suite can cover, and what is counted there.
COVERS = {
    "clauses": "clauses",
    "states": "states",
    "rules": "rules, where G17 tells them apart",
    "rule-pairs": "pairs of such rules in a row",
    "paths": "paths",
    "parameters": "pairs of parameters' values",
}

Item = Hashable


@frozen
class Member:
    """A case of a suite.

    Attributes:
        slug: the name of its file, without ending.
        title: what it is about.
        timeline: its call; the case has no expectations yet.
        adds: what no case before it covers, in words.
    """

    slug: str
    title: str
    timeline: Timeline
    adds: tuple[str, ...] = ()

    @property
    def events(self) -> int:
        """How many events it takes."""
        return len(self.timeline.moments)


@frozen
class Suite:
    """A suite, and what it leaves out.

    Attributes:
        cover: one of `COVERS`.
        members: in the order in which they were chosen.
        items: how many things there are to cover, those left out not among them.
        had: how many of them other cases cover already.
        left_out: what cannot be covered, and why.
    """

    cover: str
    members: tuple[Member, ...]
    items: int
    had: int
    left_out: tuple[tuple[str, str], ...]

    @property
    def events(self) -> int:
        """How many events all of its cases take."""
        return sum(member.events for member in self.members)


def suite(cover: str = "rules", have: Iterable[Timeline] = ()) -> Suite:
    """The fewest cases that cover what is to be covered.

    Args:
        cover: one of `COVERS`.
        have: calls of cases that are there already, and count.

    Raises:
        UsageError: there is nothing of that name to cover.
    """
    if cover not in COVERS:
        near = nearest(cover, COVERS)
        raise UsageError(
            f"a suite covers {', '.join(COVERS)}, not {cover}"
            + (f"; did you mean {near}?" if near else "")
        )
    every = dict.fromkeys(_universe(cover))
    of = _ITEMS[cover]
    left = set(every)
    for timeline in have:
        left -= set(of(timeline))
    had = len(every) - len(left)
    chosen = _greedy(_candidates(cover), of, left)
    return Suite(cover, tuple(_named(chosen, of, left)), len(every), had, _left_out(cover))


# ---------------------------------------------------------------------------------- what is covered


def _rules(timeline: Timeline) -> Iterator[Item]:
    """Rows of the table, told apart where G17 is stamped.

    A row may speak in the premise and out of it, and only in it a G17 too many would be seen.
    """
    return ((_ROW[edge.rule], _stamped(edge)) for _, edge in timeline.moments)


def _stamped(edge: Edge) -> bool:
    return any(G17 in clauses for clauses in (edge.contact, edge.employee) if clauses)


def _rule_pairs(timeline: Timeline) -> Iterator[Item]:
    return pairwise(_rules(timeline))


def _states(timeline: Timeline) -> Iterator[Item]:
    yield timeline.moments[0][1].source
    for _, edge in timeline.moments:
        yield edge.target


def _clauses(timeline: Timeline) -> Iterator[Item]:
    return iter(exercised("", timeline).ids)


def _paths(timeline: Timeline) -> Iterator[Item]:
    yield timeline.case.configuration, tuple(edge.event for _, edge in timeline.moments)


def _parameters(timeline: Timeline) -> Iterator[Item]:
    row = pairs.chosen(case_to_dict(timeline.case, secrets=False))
    return iter(()) if row is None else pairs.pairs_of(row)


_ROW = {rule: row for row, rule in enumerate(RULES)}
_ITEMS: dict[str, Callable[[Timeline], Iterator[Item]]] = {
    "clauses": _clauses,
    "states": _states,
    "rules": _rules,
    "rule-pairs": _rule_pairs,
    "paths": _paths,
    "parameters": _parameters,
}


def _universe(cover: str) -> Iterator[Item]:
    """Everything that some call covers."""
    if cover == "clauses":
        yield from (id_ for id_ in CLAUSES if id_ not in BEYOND_CALLS)
    elif cover == "states":
        yield from states()
    elif cover == "parameters":
        yield from sorted(pairs.all_pairs())
    else:
        of = _ITEMS[cover]
        for member in _of_paths():
            yield from of(member.timeline)


def _left_out(cover: str) -> tuple[tuple[str, str], ...]:
    """What no call can cover, and why."""
    if cover != "clauses":
        return ()
    return tuple((id_, _WHY_NOT[id_]) for id_ in BEYOND_CALLS)


_WHY_NOT = {
    "DIR": "it says which values a request may have; what comes of direction is G14",
    "NUM": "it says which numbers a request may have; `callflow validate` asks that",
    "MSG": "it says what a message may be; `callflow validate` asks that",
    "G15": "how long a phone rings is an assumption about the platform, and no step cites it",
}


def told(cover: str, item: Any) -> str:
    """Something that is covered, in words."""
    if cover == "rules":
        row, stamped = item
        return f"{RULES[row].name} -> {RULES[row].target}{', with G17' if stamped else ''}"
    if cover == "rule-pairs":
        (first, stamped), (second, _) = item
        return f"{RULES[first].name}{', with G17' if stamped else ''}, then {RULES[second].event}"
    if cover == "paths":
        configuration, events = item
        return f"{configuration}: {', '.join(events)}"
    if cover == "clauses":
        return f"{item}: {CLAUSES[item].says}"
    return pairs.words(item) if cover == "parameters" else str(item)


# ------------------------------------------------------------------------------------- the choice


def _candidates(cover: str) -> Sequence[Member]:
    if cover == "parameters":
        return [
            Member("", "", simulate(case_from_mapping(pairs.mapping(row)))) for row in pairs.rows()
        ]
    return (*_of_paths(), *_dressed()) if cover == "clauses" else _of_paths()


@cache
def _of_paths() -> tuple[Member, ...]:
    """Every path, with whole seconds between its steps where that is possible."""
    return tuple(
        Member("", "", path.timeline(times))
        for path in all_paths()
        if (times := path.apart() or path.least()) is not None
    )


@cache
def _dressed() -> tuple[Member, ...]:
    """Paths with the parameters that no rule speaks of; whole calls, so that all of it shows."""
    found = []
    for path in all_paths():
        times = path.apart()
        if times is None or not path.talks:
            continue
        mapping = path.mapping(times)
        found += [_with(mapping, _LABELS), _with(mapping, _DIGITS)]
        if path.configuration.contact_message and not path.configuration.switch_at_once:
            found.append(_with(mapping, _SPEECH))
    return tuple(found)


_More = dict[str, dict[str, Any]]
_LABELS: _More = {
    "request": {"direction": "out", "external_id": "order-1", "show_virtual_phone_number": True},
    "scenario": {"show_during_call": "contact_number"},
}
_DIGITS: _More = {"request": {"dtmf_string": f"1{'.' * 60}2"}}
_SPEECH: _More = {
    "request": {
        "switch_at_once": True,
        "contact_message": {"type": "tts", "value": "You are being connected"},
    }
}


def _with(mapping: dict[str, Any], more: _More) -> Member:
    case = {**mapping, **{part: {**mapping.get(part, {}), **new} for part, new in more.items()}}
    return Member("", "", simulate(case_from_mapping(case)))


def _greedy(
    candidates: Sequence[Member], of: Callable[[Timeline], Iterator[Item]], left: set[Item]
) -> list[Member]:
    """Those that add most, of equals the shortest; then without those that others make needless."""
    items = [set(of(member.timeline)) & left for member in candidates]
    missing, chosen = set(left), []
    while missing:
        best = max(
            range(len(candidates)),
            key=lambda n: (len(items[n] & missing), -candidates[n].events, -n),
        )
        if not items[best] & missing:
            break
        missing -= items[best]
        chosen.append(best)
    for one in sorted(chosen, key=lambda n: -candidates[n].events):
        others = set().union(*(items[n] for n in chosen if n != one))
        if items[one] <= others:
            chosen.remove(one)
    return [candidates[n] for n in chosen]


def _named(
    chosen: Sequence[Member], of: Callable[[Timeline], Iterator[Item]], left: set[Item]
) -> Iterator[Member]:
    """The members with names of their own, and what each adds."""
    missing, taken = set(left), dict[str, int]()
    cover = next(name for name, one in _ITEMS.items() if one is of)
    for member in chosen:
        new = [item for item in dict.fromkeys(of(member.timeline)) if item in missing]
        missing -= set(new)
        slug = _slug(member.timeline)
        taken[slug] = taken.get(slug, 0) + 1
        if taken[slug] > 1:
            slug = f"{slug}-{taken[slug]}"
        adds = tuple(told(cover, item) for item in new)
        yield Member(slug, _title(member.timeline), member.timeline, adds)


# --------------------------------------------------------------------------------------- the names


def _setting(case: Case) -> list[str]:
    configuration = case.configuration
    words = [f"{configuration.first_call} first"]
    words.append(f"switch {'on' if configuration.switch_at_once else 'off'}")
    if case.tts:
        words[-1] = "tts"
    if not configuration.contact_message:
        words.append("no contact message")
    if not configuration.employee_message:
        words.append("no employee message")
    return words


def _end(timeline: Timeline) -> str:
    """How the call ends, and where it stands then."""
    last = timeline.moments[-1][1]
    party = last.event.party or timeline.ended_by or Party.CONTACT
    if timeline.reason is not None:
        reason = {
            Reason.BUSY: "is busy",
            Reason.REJECTED: "rejects",
            Reason.NO_ANSWER: "does not answer",
            Reason.UNAVAILABLE: "is unavailable",
        }[timeline.reason]
        waiting = last.source.leg(party.other)
        hears = {LegState.MESSAGE: "message", LegState.DIALING_MUSIC: "music"}.get(waiting)
        return f"{party} {reason}" + (f", {hears} for the {party.other}" if hears else "")
    if timeline.outcome is Outcome.CONVERSATION:
        over = last.event is Event.CONVERSATION_ENDED
        return "conversation to its end" if over else f"conversation until the {party} hangs up"
    own = wording.STATE[last.source.leg(party)][0]
    other = wording.STATE[last.source.leg(party.other)][0]
    return f"{party} hangs up in {own}, {party.other} in {other}"


def _middle(timeline: Timeline) -> str:
    """What makes it another call than its usual one: the message is over before the answer."""
    events = [edge.event for _, edge in timeline.moments]
    over, answer = Event.CONTACT_MESSAGE_ENDED, Event.EMPLOYEE_ANSWERED
    if over in events and answer in events and events.index(over) < events.index(answer):
        return "message over before the employee answers, "
    return ""


def _title(timeline: Timeline) -> str:
    text = f"{', '.join(_setting(timeline.case))}: {_middle(timeline)}{_end(timeline)}"
    return text[0].upper() + text[1:]


def _slug(timeline: Timeline) -> str:
    middle = _middle(timeline).replace(" before the employee answers", "")
    text = f"{' '.join(_setting(timeline.case))} {middle}{_end(timeline)}"
    for word in (" for the", " the", ",", " is", " in", " to its"):
        text = text.replace(word, "")
    return "-".join(text.split())


# --------------------------------------------------------------------------------------- the files

#: The first words of every file of a suite; other files are never written over.
MARK = "callflow suite"


def files(found: Suite) -> dict[str, str]:
    """Every file of a suite by its name: a case file for each member, and ``coverage.md``."""
    made = {f"{member.slug}.yaml": _case_file(found.cover, member) for member in found.members}
    return {**made, "coverage.md": _coverage_page(found)}


def _case_file(cover: str, member: Member) -> str:
    case = evolve(member.timeline.case, name=member.title)
    expected = expected_now(member.timeline, "steps")
    head = [f"{MARK}, {cover}: {member.title}", "adds:", *(f"  {one}" for one in member.adds[:12])]
    if len(member.adds) > 12:
        head.append(f"  and {len(member.adds) - 12} more")
    comment = "".join(f"# {line}\n" for line in head)
    return comment + case_to_yaml(case) + "\n".join(yaml_lines("expect", expected, "")) + "\n"


def _coverage_page(found: Suite) -> str:
    """Case, rule and clause as Markdown tables, and what is left out."""
    covered = Coverage(
        tuple(exercised(f"{member.slug}.yaml", member.timeline) for member in found.members)
    )
    cases = "".join(
        f"| {number} | [{member.slug}]({member.slug}.yaml) | {member.title} | {member.events} |\n"
        for number, member in enumerate(found.members, 1)
    )
    rules = "".join(
        f"| `{rule.source}` | `{rule.event}` | {rule.when} | `{rule.target}` | {_ids(rule)} "
        f"| {_numbers(places)} |\n"
        for rule, places in covered.by_rule.items()
    )
    clauses = "".join(
        f"| {clause.id} | {clause.basis} | {clause.says} | {_numbers(places)} |\n"
        for clause, places in covered.by_clause.items()
    )
    had = f", {found.had} of them by other cases" if found.had else ""
    left = "".join(f"- **{what}**: {why}\n" for what, why in found.left_out)
    return _PAGE.format(
        mark=MARK,
        cover=found.cover,
        sums=f"{len(found.members)} cases with {found.events} events cover "
        f"{found.items} {COVERS[found.cover]}{had}.",
        cases=cases,
        rules=rules,
        clauses=clauses,
        left=f"\n## Left out\n\n{left}" if left else "",
    )


_PAGE = """\
<!-- {mark}, {cover} -->
# Coverage

{sums} Where a table says none, no case of this suite exercises it.

| | case | what it is about | events |
| --- | --- | --- | --- |
{cases}
## Rules

| from | event | when | to | clauses | cases |
| --- | --- | --- | --- | --- | --- |
{rules}
## Clauses

| clause | basis | what it says | cases |
| --- | --- | --- | --- |
{clauses}{left}"""


def _ids(rule: Rule) -> str:
    given = (clause for party in Party for clause in rule.because(party) or ())
    return ", ".join(dict.fromkeys(clause.id for clause in given))


def _numbers(places: Sequence[int]) -> str:
    return " ".join(str(place + 1) for place in places) or "none"
