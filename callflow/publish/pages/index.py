"""The first page: what the method does, how to read the pages, and which there are."""

from __future__ import annotations

from collections.abc import Iterator

from ...api.errors import COMMON, OF_THE_METHOD
from ...api.parameters import METHOD, PARAMETERS
from ...call.simulator import simulate
from ...choreography import RULES
from ...clauses import CLAUSES
from ...draw.catalogue import say
from ...draw.overview import Row
from ...situations import SITUATIONS
from . import first
from .album import Album
from .found import HOLES
from .markdown import bullets, code, escaped, heading, link, table
from .pitfalls import PITFALLS
from .situations import talk_told


def index_page(album: Album) -> Iterator[str]:
    """What the method is, the situations at a glance, every page."""
    yield heading(1, say("What a call of {method} does", method=METHOD))
    yield say(
        "{method} asks a {pbx} to join two people: {employee.a}, whom the scenario behind a "
        "virtual number names, and {contact.a} from outside. One of them is called first; "
        "messages, dialing music and `switch_at_once` decide what each hears until both talk. "
        "These pages say it second by second.",
        method=code(METHOD),
    )
    yield say(
        "**How far to trust them.** What the vendor's page says is *documented*. Where it is "
        "silent callflow has a reading of its own, which is *inferred*: it stands in italics with "
        "that word, and in pictures on a dashed line. {clauses} has all {count} sentences and "
        "readings that stand behind a call.",
        clauses=link(say("Clauses"), "clauses.md"),
        count=len(CLAUSES),
    )
    title = say("{count} situations on one clock", count=len(SITUATIONS))
    rows = [
        Row(say(one.setting), say(one.finding), simulate(one.case())) for one in SITUATIONS.values()
    ]
    yield album.overview("overview", title, rows)
    yield heading(2, say("Situations"))
    yield say(
        "The vendor's page speaks of calls in which both have a message: {employee} or {contact} "
        "first, with the switch off, on, or taken away by speech synthesis. The last situation "
        "leaves the {contact.of} message out."
    )
    yield table(
        (say("situation"), say("what comes of it"), say("both talk after")),
        (
            (
                link(escaped(say(one.setting)), f"situations/{one.name}.md"),
                escaped(say(one.finding)),
                talk_told(one),
            )
            for one in SITUATIONS.values()
        ),
        right=(2,),
    )
    yield heading(2, say("Choosing"))
    yield bullets(
        (
            say(
                "{page}: who waits how long for whom, side by side, and when to choose which",
                page=link(say("Contact first or employee first"), first.FILE),
            ),
            say(
                "{page}: {count} calls that surprise those who asked for them",
                page=link(say("Pitfalls"), "pitfalls.md"),
                count=len(PITFALLS),
            ),
            say(
                "{page}: who fails or hangs up when, and what the other hears",
                page=link(say("Failures and hang-ups"), "failures.md"),
            ),
        )
    )
    yield heading(2, say("Looking up"))
    yield bullets(
        (
            say(
                "{page}: all {count}, what each does to a call, and when it does nothing",
                page=link(say("Parameters"), "parameters.md"),
                count=len(PARAMETERS),
            ),
            say(
                "{page}: all {count}, each with what to do about it",
                page=link(say("Errors"), "errors.md"),
                count=len(OF_THE_METHOD) + len(COMMON),
            ),
            say("{page}: every word, in one meaning", page=link(say("Glossary"), "glossary.md")),
        )
    )
    yield heading(2, say("What stands behind it"))
    yield bullets(
        (
            say(
                "{page}: the {count} rules by which every call goes, and their machines",
                page=link(say("The table of rules"), "rules.md"),
                count=len(RULES),
            ),
            say(
                "{page}: every sentence of the source, every hole with our reading",
                page=link(say("Clauses"), "clauses.md"),
            ),
            say(
                "{page}: {count} questions that the source leaves open, and what hangs on each",
                page=link(say("Holes of the source"), "holes.md"),
                count=len(HOLES),
            ),
        )
    )
    yield heading(2, say("What is left out"))
    yield say(
        "Several employees or numbers, what a scenario does when nobody answers, voice mail, "
        "transfers and recording: the vendor's page does not speak of them, and neither does this "
        "model."
    )
    yield say(
        "These pages are written by `callflow docs`, from the table of rules and simulated calls; "
        "nothing in them is edited by hand. `callflow docs DIR/ --check` says whether they still "
        "are what the table says."
    )
