"""The gallery: every file of ``diagrams/`` by its name, from nothing but situations and charts.

One page shows the seven situations (timeline, ladder, machine with the path of the call), an
overview of them, and the nine machines, each light and dark. Beside a state diagram lies its source
in the DOT language: an outside program lays the diagram out, and where another version of it is at
hand, the source alone tells whether the diagram still says what the table says.

Nothing is written here, no folder is known, and equal tables give equal files on every machine:
state diagrams are drawn with the engine whose pictures do not depend on the machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from ..call.simulator import simulate
from ..call.timeline import Timeline
from ..draw import wording
from ..draw.chart import LETTERS, Chart, chart_of, charts
from ..draw.engine import pure_engine
from ..draw.hero import ANSWER, QUESTION, hero_picture
from ..draw.ladder import ladder_picture
from ..draw.lanes import timeline_picture
from ..draw.machine import machine_dot, machine_svg
from ..draw.overview import Row, overview_picture
from ..draw.svg import Picture
from ..errors import UsageError
from ..situations import SITUATIONS, Situation
from .alternatives import (
    ladder_words,
    machine_words,
    overview_words,
    path_words,
    timeline_words,
)
from .pages.markdown import anchor

#: The situation that the opening picture of the project tells.
HERO = "employee-first-switch-off"

_OVERVIEW = "Seven situations on one clock"
_THEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")

_HEAD = """\
# Diagrams

Every picture here is drawn by callflow from its table of rules and the seven situations, by
`make diagrams`. None is edited by hand, and `make test` fails when one of them is out of date.

**How to read them.** Every stretch of time stands on a line: unbroken where the vendor's page says
so, dashed where the page is silent and **we infer** it. The small letters below it are the clauses;
they stand in full in [`clauses.py`]({root}/callflow/clauses.py). Arrows of a state diagram say the
same: dashed is our reading.
"""

_SITUATIONS = """\
## The seven situations

The vendor's page speaks of calls in which both have a message: employee or contact first, with
`switch_at_once` off or on, and it adds that a text for speech synthesis takes the switch away.
Those are six. The seventh leaves `contact_message` out, as a request may: of that call the page has
one sentence.

Each is a case file that can be run and varied; in Python they are `callflow.situations.SITUATIONS`.

```console
$ callflow simulate callflow/situations/contact-first-switch-on.yaml
$ callflow explain callflow/situations/contact-first-switch-on.yaml
```
"""

_MACHINES = """\
## The nine machines

Four settings choose the rules of a call, which makes 16 configurations. They are nine different
machines; where configurations share one and differ in their clauses, the picture has lines **a**
and **b**. The switch is the effective one: off whenever the contact message is a text for speech
synthesis.
"""


@frozen
class Drawn:
    """A picture of the page.

    Attributes:
        name: of its files, without theme and ending.
        alt: for who does not see it.
    """

    name: str
    alt: str

    def markdown(self) -> str:
        """Both files, of which GitHub shows the one of the reader's theme."""
        light, dark = (f"{self.name}-{theme}.svg" for theme in _THEMES)
        return (
            "<picture>\n"
            f'  <source media="(prefers-color-scheme: dark)" srcset="{dark}">\n'
            f'  <img src="{light}" alt="{_attribute(self.alt)}">\n'
            "</picture>\n"
        )


def gallery(*, root: str = "..") -> dict[str, str]:
    """Every file of the gallery, by its name; ``/`` stands in names of files in folders.

    Args:
        root: the way from the gallery to the sources, for links.

    Raises:
        UsageError: the engine that state diagrams are drawn with is not installed.
    """
    engine = pure_engine()
    if engine is None:
        raise UsageError(
            "the gallery's state diagrams are drawn with graphviz-pure, so that they are the same "
            "everywhere; pip install 'callflow-simulator[dot]' brings it"
        )
    calls = {name: simulate(one.case()) for name, one in SITUATIONS.items()}
    pictures = dict(_pictures(calls))
    machines = dict(_machines(calls))
    files = {
        f"{name}-{theme}.svg": picture.svg(theme)
        for name, picture in pictures.items()
        for theme in _THEMES
    }
    files |= {f"{name}.dot": machine_dot(chart) for name, chart in machines.items()}
    files |= {
        f"{name}-{theme}.svg": machine_svg(chart, theme=theme, program=engine)
        for name, chart in machines.items()
        for theme in _THEMES
    }
    files["README.md"] = _page(calls, root)
    return dict(sorted(files.items()))


def _pictures(calls: dict[str, Timeline]) -> Iterator[tuple[str, Picture]]:
    """What we draw ourselves, laid out once for both themes."""
    yield "hero", hero_picture(calls[HERO])
    rows = [Row(one.setting, one.finding, calls[name]) for name, one in SITUATIONS.items()]
    yield "overview", overview_picture(rows, title=_OVERVIEW)
    for name, call in calls.items():
        yield f"situations/{name}-timeline", timeline_picture(call)
        yield f"situations/{name}-ladder", ladder_picture(call)


def _machines(calls: dict[str, Timeline]) -> Iterator[tuple[str, Chart]]:
    for chart in charts():
        yield f"machines/{chart.name}", chart
    for name, call in calls.items():
        yield f"situations/{name}-machine", chart_of(call)


# ---------------------------------------------------------------------------------------- the page


def _page(calls: dict[str, Timeline], root: str) -> str:
    parts = [
        _HEAD.format(root=root),
        Drawn("overview", _overview(calls)).markdown(),
        _contents(),
        _SITUATIONS,
    ]
    for name, call in calls.items():
        parts += _situation(SITUATIONS[name], call, root)
    parts.append(_MACHINES)
    for chart in charts():
        parts += _machine(chart)
    parts += [
        "## The opening picture\n",
        "It opens the README of the project: the first situation, for newcomers.\n",
        Drawn("hero", f"{QUESTION} {ANSWER} {wording.outcome(calls[HERO])}.").markdown(),
    ]
    return "\n".join(parts)


def _contents() -> str:
    lines = ["- [The seven situations](#the-seven-situations)"]
    lines += [f"  - [{one.title}](#{anchor(one.title)})" for one in SITUATIONS.values()]
    lines.append("- [The nine machines](#the-nine-machines)")
    lines += [f"  - [{chart.title}](#{anchor(chart.title)})" for chart in charts()]
    lines.append("- [The opening picture](#the-opening-picture)")
    return "\n".join(lines) + "\n"


def _situation(one: Situation, call: Timeline, root: str) -> Iterator[str]:
    case = f"{root}/callflow/situations/{one.file}"
    name = f"situations/{one.name}"
    yield f"### {one.title}\n"
    yield f"{one.see}\n"
    yield Drawn(f"{name}-timeline", timeline_words(call)).markdown()
    yield Drawn(f"{name}-ladder", ladder_words(call)).markdown()
    yield Drawn(f"{name}-machine", path_words(chart_of(call))).markdown()
    yield f"Case: [`{one.file}`]({case}), source of the state diagram: [DOT]({name}-machine.dot)\n"


def _machine(chart: Chart) -> Iterator[str]:
    name = f"machines/{chart.name}"
    yield f"### {chart.title}\n"
    if len(chart.wordings) > 1:
        yield "".join(
            f"- **{letter}** {wording_.settings}\n"
            for letter, wording_ in zip(LETTERS, chart.wordings, strict=False)
        )
    yield Drawn(name, machine_words(chart)).markdown()
    yield f"Source: [DOT]({name}.dot)\n"


def _overview(calls: dict[str, Timeline]) -> str:
    return overview_words((SITUATIONS[name].title, call) for name, call in calls.items())


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
