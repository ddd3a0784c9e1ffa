"""The gallery of pitfalls: calls that go otherwise than expected, why, and what helps."""

from __future__ import annotations

from collections.abc import Iterator

from ...call.difference import Difference
from ...call.simulator import simulate
from ...draw.catalogue import say
from ...draw.explain import tell
from ...draw.finding import finding
from .album import Album
from .markdown import code, escaped, fence, heading
from .pitfalls import PITFALLS, Pitfall
from .telling import figures_list, settings_blocks, steps_table


def pitfalls_page(album: Album) -> Iterator[str]:
    """Each pitfall: what was expected, what happens, why, what helps and how much."""
    yield heading(1, say("Pitfalls"))
    yield say(
        "Calls that surprise those who asked for them. Each is a small case, simulated as it "
        "stands and once more with what helps; the figures are those of the two calls."
    )
    for one in PITFALLS:
        yield from _pitfall(one, album)


def _pitfall(one: Pitfall, album: Album) -> Iterator[str]:
    call, repaired = simulate(one.case()), simulate(one.repaired())
    told = tell(call)
    yield heading(2, say(one.title))
    yield say("**Expected.** {what}", what=say(one.expected))
    yield say("**What happens.** {outcome}", outcome=escaped(told.outcome))
    yield figures_list(told)
    yield album.timeline(f"pitfall-{one.name}", call)
    yield say("**Why.** {why}", why=say(one.why))
    yield from settings_blocks(told)
    yield steps_table(told)
    yield say("**Instead.** {instead}", instead=say(one.instead))
    difference = Difference(call, repaired)
    found = finding(difference, (say("as it was"), say("with what helps")))
    yield say("With {settings}: {what}", settings=_settings(one), what=escaped(found.sentences))
    yield album.comparison(f"pitfall-{one.name}-instead", difference, found)
    yield say("The case, {file}:", file=code(one.file))
    yield fence("yaml", one.text())


def _settings(one: Pitfall) -> str:
    return ", ".join(map(code, one.settings))
