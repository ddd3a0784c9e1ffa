"""The page of rules: the table as it stands in the code, every clause a link to its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...choreography import (
    CONTACT_FIRST,
    EITHER_FIRST,
    EMPLOYEE_FIRST,
    SIMULTANEOUS,
    WITHOUT_EFFECT,
    configurations,
)
from ...clauses import G17, Clauses
from ...draw.catalogue import say
from ...draw.chart import LETTERS, charts
from ...table import Condition, Fact, Rule
from ...words import Basis
from .album import Album
from .found import steps
from .markdown import bullets, cite, code, heading, legs, link, table
from .parameters import condition_told, reason_told

_FACTS = {
    Fact.SWITCH: ("switch on", "switch off"),
    Fact.CONTACT_MESSAGE: ("contact message", "no contact message"),
    Fact.EMPLOYEE_MESSAGE: ("employee message", "no employee message"),
    Fact.PREMISE: ("both messages", "not both messages"),
}


def rules_page(album: Album) -> Iterator[str]:
    """The rows, what is handled first in one millisecond, what has no effect, and the machines."""
    rules = (*EMPLOYEE_FIRST, *CONTACT_FIRST, *EITHER_FIRST)
    yield heading(1, say("The table of rules"))
    yield say(
        "Everything that can happen to a call is one of these {count} rules. A rule says: in this "
        "state, on this event, with these settings, the call goes to that state, and these clauses "
        "say so. A state is what both legs do, first the {contact.of}. Everything else in "
        "callflow, this page included, is made from this table.",
        count=len(rules),
    )
    yield say(
        "A clause leads to its sentence. Those in *italics* with the word *inferred* are our "
        "reading of a hole; the others are sentences of the vendor's page. The clauses of the "
        "{contact.of} leg stand behind C, those of the {employee.of} behind E, and without a "
        "letter they are for both; a leg that is not named keeps those it had."
    )
    yield say(
        "The page of the vendor speaks of its steps under a premise: both messages are there. In "
        "the configurations where one is missing, {hole} stands behind every clause EF and CF. The "
        "last column counts in how many of the configurations that know the rule it is documented.",
        hole=cite((G17,)),
    )
    yield heading(2, say("Employee first"))
    yield _rules(EMPLOYEE_FIRST)
    yield heading(2, say("Contact first"))
    yield _rules(CONTACT_FIRST)
    yield heading(2, say("Whoever is first"))
    yield say(
        "`waiting` is `message` or `dialing_music`, `anything` is any state of that leg. More of "
        "these rules: {failures}.",
        failures=link(say("failures and hang-ups"), "failures.md"),
    )
    yield _rules(EITHER_FIRST)
    yield heading(2, say("In one millisecond"))
    yield say(
        "When several things fall into the same millisecond, they are handled one by one in this "
        "order, and what is handled first can make the rest impossible:"
    )
    yield ", ".join(code(event) for event in SIMULTANEOUS) + "."
    yield heading(2, say("Without effect"))
    yield say(
        "These parameters change nothing in any call of such a request, whatever people do. It is "
        "what users of the API most often get wrong."
    )
    yield table(
        (say("parameter"), say("without effect when"), say("because"), say("clauses")),
        (
            (
                code(entry.path.removeprefix("request.")),
                condition_told(entry.when),
                reason_told(entry),
                cite(entry.clauses),
            )
            for entry in WITHOUT_EFFECT
        ),
    )
    yield from _machines(album)


def _rules(rules: Iterable[Rule]) -> str:
    return table(
        (
            say("from"),
            say("event"),
            say("when"),
            say("to"),
            say("because"),
            say("documented"),
        ),
        (
            (
                legs(rule.source),
                code(rule.event),
                _when(rule.when),
                legs(rule.target),
                _because(rule),
                _basis(rule),
            )
            for rule in rules
        ),
    )


def _when(when: Condition) -> str:
    """The condition of a row, without whom the section is about."""
    return ", ".join(
        say(on if fact in when.true else off)
        for fact, (on, off) in _FACTS.items()
        if fact in when.true | when.false
    )


def _because(rule: Rule) -> str:
    if rule.contact == rule.employee:
        return _cited(rule.contact)
    legs = (("C", rule.contact), ("E", rule.employee))
    return "; ".join(f"{leg}: {_cited(clauses)}" for leg, clauses in legs if clauses)


def _cited(clauses: Clauses | None) -> str:
    return cite(clauses or ())


def _basis(rule: Rule) -> str:
    """In how many configurations it is documented, and in how many it stands."""
    where: dict[object, bool] = {}
    for setting, edge in steps():
        if edge.rule is rule:
            sure = edge.basis is Basis.DOCUMENTED
            where[setting] = where.get(setting, True) and sure
    return say("{some} of {all}", some=sum(where.values()), all=len(where))


def _machines(album: Album) -> Iterator[str]:
    yield heading(2, say("The machines"))
    yield say(
        "Four settings choose the rules of a call: who is first, the effective switch, and whether "
        "each of the two messages is there. That makes {settings} configurations. They are {count} "
        "different machines; where configurations share one and differ in their clauses alone, the "
        "picture has lines **a** and **b**. Dashed arrows are our reading.",
        settings=len(configurations()),
        count=len(charts()),
    )
    for chart in charts():
        yield heading(3, chart.title)
        if len(chart.wordings) > 1:
            yield bullets(
                f"**{letter}** {one.settings}"
                for letter, one in zip(LETTERS, chart.wordings, strict=False)
            )
        yield album.machine(f"machine-{chart.name}", chart)
