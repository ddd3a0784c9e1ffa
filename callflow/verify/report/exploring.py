"""An exploration told to people, and as data.

First the sums, then what does not hold with its shortest call, then what was seen how often: a
property of which no call says anything, or a rule that nobody takes, is to be found at a glance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ...call.loading import case_to_dict, case_to_yaml
from ...clauses import Clause, ids
from ...draw.grid import NARROWEST, Line, Sheet, Style, line, wrap
from ...draw.palette import Role
from ...draw.text import timeline_text
from ...errors import printable
from ...table import Rule
from ...units import seconds
from ...words import Basis
from ..explore import Asked, Counterexample, Exploration, shortest

FORMAT = "callflow.explore/1"

_COUNT = 7  # cells of a number and what parts it from the next


def exploration_text(found: Exploration, *, width: int = 80, style: Style = Style.ASCII) -> Sheet:
    """All that an exploration found.

    Args:
        width: how many cells a line may take; at least 40 are taken.
        style: what can be shown.
    """
    width = max(width, NARROWEST)
    lines: list[Line] = []
    for block in (
        _sums(found, width),
        *(counterexample_lines(one, width, style) for one in shortest(found.counterexamples)),
        *(_stumbled(found, width, style)),
        _properties(found, width, style),
        _rules(found, width),
        _clauses(found, width),
    ):
        lines += [(), *block] if lines else block
    return Sheet(tuple(lines))


# --------------------------------------------------------------------------------------- the blocks


def _sums(found: Exploration, width: int) -> Iterator[Line]:
    told = (
        f"{len(found.graphs)} configurations, {found.machines} different machines, "
        f"{len(found.states)} states, {len(found.rules)} rules"
    )
    yield from wrap([(told, Role.STRONG)], width)
    told = (
        f"{len(found.paths)} paths, {found.order_count} orders of events with ties, each with its "
        "smallest whole-second times"
    )
    yield from wrap([(told, Role.TEXT)], width)
    yield ()
    yield from wrap(_verdict(found), width)
    rare = sorted(found.properties, key=lambda one: one.paths)[:3]
    if rare:
        few = ", ".join(f"{_name(one)} on {_number(one.paths, 'path')}" for one in rare)
        yield from _hanging(f"fewest witnesses: {few}", width, "")
    taken = sum(bool(paths) for paths, _ in found.witnesses.values())
    least = min(found.witnesses, key=lambda rule: found.witnesses[rule])
    told = (
        f"{taken} of {len(found.rules)} taken; least often, on "
        f"{_number(found.witnesses[least][0], 'path')}: {least.name}"
    )
    yield from _hanging(told, width, "rules")
    yield from _hanging(_basis(found), width, "basis")


def _verdict(found: Exploration) -> list[tuple[str, Role]]:
    broken = [one for one in found.properties if one.violated]
    stumbled = [one for one in found.properties if one.fault]
    held = sum(one.holds for one in found.properties)
    if not broken and not stumbled:
        return [("holds: ", Role.GOOD), (f"{_count(held, 'property')} of every call", Role.STRONG)]
    words: list[tuple[str, Role]] = []
    if broken:
        names = ", ".join(_name(one) for one in broken)
        words.append((f"does not hold: {names}", Role.FAILURE))
    if stumbled:
        names = ", ".join(_name(one) for one in stumbled)
        words.append((f"{'; ' if words else ''}no answer: {names}", Role.CAUTION))
    return [*words, (f"; {_count(held, 'property')} hold", Role.TEXT)]


def counterexample_lines(one: Counterexample, width: int, style: Style) -> Iterator[Line]:
    """A property that does not hold, with its shortest call as a case file and as lanes."""
    title = f"{_named(one.of.name)} does not hold: {printable(one.wrong)}"
    yield from wrap([(style.users(title), Role.FAILURE)], width)
    yield from _hanging(style.users(printable(one.of.sentence)), width, indent=2)
    steps, total = one.size
    told = f"The shortest such call has {steps} events; its times come to {seconds(total):g} s:"
    yield from wrap([(told, Role.TEXT)], width)
    yield ()
    for text in case_to_yaml(one.case, secrets=True).splitlines():
        yield line([("  ", Role.TEXT), (style.users(text), Role.TEXT)])
    yield ()
    yield from timeline_text(one.timeline, width=width, style=style).lines


def _stumbled(found: Exploration, width: int, style: Style) -> Iterator[list[Line]]:
    for fault in found.faults:
        told = (
            f"{_named(fault.of.name)} gives no answer on {_number(fault.calls, 'call')}: "
            f"it raises {fault.error}"
        )
        lines = wrap([(style.users(told), Role.CAUTION)], width)
        lines += wrap([("The first of these calls:", Role.TEXT)], width)
        lines.append(())
        for text in case_to_yaml(fault.case, secrets=True).splitlines():
            lines.append(line([("  ", Role.TEXT), (style.users(text), Role.TEXT)]))
        yield lines


def _properties(found: Exploration, width: int, style: Style) -> Iterator[Line]:
    yield from _heads(("paths", "orders"), "property, and of which calls it says anything", width)
    for one in found.properties:
        name = style.users(printable(one.of.name))
        told = style.users(printable(one.of.sentence))
        if not name.isdecimal():
            name, told = "", f"{name}: {told}"
        about = "" if one.of.about == "every call" else f" ({one.of.about})"
        role = Role.TEXT if one.holds else Role.FAILURE
        words = [(told, role), (about, Role.INFERRED)]
        yield from _row((one.paths, one.orders), words, width, f"{name:>2}  ")
    if any(one.orders is None for one in found.properties):
        two = [("two calls, compared on each path", Role.TEXT)]
        head = f"{'-':>{2 * _COUNT - 1}}  "
        for number, broken in enumerate(wrap(two, width - len(head))):
            yield line([(" " * len(head) if number else head, Role.TEXT), *broken])


def _rules(found: Exploration, width: int) -> Iterator[Line]:
    seen = sum(bool(paths) for paths, _ in found.witnesses.values())
    yield from _heads(("paths", "orders"), f"rule ({seen} of {len(found.rules)} taken)", width)
    for rule, counts in found.witnesses.items():
        told = f"{rule.name} -> {rule.target}"
        yield from _row(counts, [(told, Role.TEXT), *_rests(found, rule)], width)


def _rests(found: Exploration, rule: Rule) -> list[tuple[str, Role]]:
    """Whether a rule rests on inference, and where."""
    documented, everywhere = found.basis(rule)
    if documented == everywhere:
        return []
    inferred = [clause for clause in _of(rule) if clause.basis is Basis.INFERRED]
    if inferred:
        return [(f"  inferred: {', '.join(ids(tuple(inferred)))}", Role.INFERRED)]
    told = "inferred outside the premise" if documented else "inferred"
    return [(f"  {told}: G17", Role.INFERRED)]


def _clauses(found: Exploration, width: int) -> Iterator[Line]:
    yield from _heads(("paths", "orders"), "clause behind a step", width)
    for clause, counts in sorted(
        found.clauses.items(), key=lambda one: one[0].basis is Basis.INFERRED
    ):
        told = [(f"{clause.id}  {clause.says}", Role.TEXT)]
        if clause.basis is Basis.INFERRED:
            told.insert(0, ("inferred ", Role.INFERRED))
        yield from _row(counts, told, width)


def _basis(found: Exploration) -> str:
    inferred = sum(edge.basis is Basis.INFERRED for edge in found.edges)
    premise = sum(configuration.premise for configuration in found.graphs)
    most = ", ".join(f"{clause} ({count})" for clause, count in found.inferences.most_common(4))
    return (
        f"the source describes {premise} of the {len(found.graphs)} configurations; "
        f"{inferred} of {len(found.edges)} steps rest on an inference"
        + (f", most on {most}" if most else "")
    )


# --------------------------------------------------------------------------------------- the pieces


def _heads(heads: Sequence[str], title: str, width: int) -> Iterator[Line]:
    told = "".join(f"{head:>{_COUNT - 1}} " for head in heads) + " "
    for number, broken in enumerate(wrap([(title, Role.STRONG)], width - len(told))):
        yield line([(" " * len(told) if number else told, Role.STRONG), *broken])


def _row(
    counts: Sequence[int | None], told: Sequence[tuple[str, Role]], width: int, name: str = ""
) -> Iterator[Line]:
    """Counts, and what they are of; what was never met is marked."""
    indent = _COUNT * len(counts) + 1 + len(name)
    for number, broken in enumerate(wrap(told, width - indent)):
        if number:
            yield line([(" " * indent, Role.TEXT), *broken])
            continue
        figures = "".join(f"{'-' if n is None else n:>{_COUNT - 1}} " for n in counts)
        role = Role.TEXT if counts[0] else Role.CAUTION
        yield line([(f"{figures} ", role), (name, Role.TEXT), *broken])


def _hanging(text: str, width: int, head: str = "", *, indent: int = 8) -> Iterator[Line]:
    for number, broken in enumerate(wrap([(text, Role.TEXT)], width - indent)):
        yield line([(f"{'' if number else head:<{indent}}", Role.TEXT), *broken])


def _of(rule: Rule) -> Iterable[Clause]:
    return dict.fromkeys((*(rule.contact or ()), *(rule.employee or ())))


def _name(one: Asked) -> str:
    return printable(one.of.name)


def _named(name: str) -> str:
    return f"property {printable(name)}"


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _count(count: int, what: str) -> str:
    return f"{count} {what if count == 1 else 'properties'}"


# --------------------------------------------------------------------------------------------- data


def exploration_to_dict(found: Exploration) -> dict[str, Any]:
    """All of it for programs; `callflow.schema` holds the layout as ``explore``."""
    return {
        "format": FORMAT,
        "holds": found.holds,
        "configurations": len(found.graphs),
        "machines": found.machines,
        "states": [str(state) for state in found.states],
        "paths": len(found.paths),
        "orders": found.order_count,
        "properties": [_asked(one) for one in found.properties],
        "rules": [_rule(found, rule, *counts) for rule, counts in found.witnesses.items()],
        "clauses": [
            {"clause": clause.id, "basis": str(clause.basis), "paths": paths, "orders": orders}
            for clause, (paths, orders) in found.clauses.items()
        ],
        "steps": {
            "count": len(found.edges),
            "inferred": sum(edge.basis is Basis.INFERRED for edge in found.edges),
            "inferences": {str(clause): n for clause, n in found.inferences.most_common()},
        },
    }


def _rule(found: Exploration, rule: Rule, paths: int, orders: int) -> dict[str, Any]:
    documented, everywhere = found.basis(rule)
    return {
        "rule": rule.name,
        "to": str(rule.target),
        "clauses": ids(tuple(_of(rule))),
        "paths": paths,
        "orders": orders,
        "configurations": everywhere,
        "documented": documented,
    }


def _asked(one: Asked) -> dict[str, Any]:
    shown, fault = one.counterexample, one.fault
    return {
        "property": one.of.name,
        "says": one.of.sentence,
        "about": one.of.about,
        "holds": one.holds,
        "paths": one.paths,
        "orders": one.orders,
        "violated": one.violated,
        "counterexample": shown and counterexample_to_dict(shown),
        "fault": fault
        and {
            "error": fault.error,
            "calls": fault.calls,
            "case": case_to_dict(fault.case, secrets=True),
        },
    }


def counterexample_to_dict(one: Counterexample) -> dict[str, Any]:
    """A counterexample: what is wrong, the case, and the call that it comes to."""
    return {
        "wrong": one.wrong,
        "case": case_to_dict(one.case, secrets=True),
        "timeline": one.timeline.to_dict(),
    }
