"""The pages of `callflow docs`: complete, without a dead link, and with no number of their own."""

from __future__ import annotations

import os
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from callflow.api.errors import KINDS, OF_THE_METHOD
from callflow.api.order import ORDER
from callflow.api.parameters import EVERY
from callflow.call.simulator import simulate
from callflow.choreography import (
    RULES,
    SIMULTANEOUS,
    WITHOUT_EFFECT,
    configurations,
    rules_for,
)
from callflow.clauses import CLAUSES
from callflow.draw.catalogue import ENGLISH, Catalogue, speaking
from callflow.draw.catalogue_file import catalogue_from_bytes, catalogue_named
from callflow.draw.chart import charts
from callflow.errors import UsageError
from callflow.publish.pages import MARK, album, errors, first, pages
from callflow.publish.pages.found import HOLES, holes_met
from callflow.situations import SITUATIONS
from callflow.table import Fact
from callflow.verify.explore import explore
from callflow.words import UNREACHED, Basis, Event, LegState, Outcome, Party, Reason
from tests.publish.docs_reader import Page, read
from tests.publish.elsewhere import digest, digest_elsewhere

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
FILES = pages()
PAGES = read(FILES)
PICTURES = sorted(name for name in FILES if name.endswith(".svg"))
ID = re.compile(r"\[(?:EF|CF|G)\d+\]")

every_page = pytest.mark.parametrize("file", sorted(PAGES))
every_picture = pytest.mark.parametrize("file", PICTURES)


def seconds(text: str) -> float:
    return float(text.removesuffix(" s").replace("−", "-"))


# ---------------------------------------------------------------------------- links, and whole sets


@every_page
def test_no_link_is_dead(file: str) -> None:
    """Every link leads to a page or picture of the set, and every heading in it is there."""
    page = PAGES[file]
    for target in (*page.targets(), *page.images()):
        assert "://" not in target
        there, heading = page.resolved(target)
        assert there in FILES, target
        if heading:
            assert heading in PAGES[there].anchors(), target


@every_page
def test_every_heading_has_an_address_of_its_own(file: str) -> None:
    """No two headings of a page make the same anchor, so that no builder has to number them."""
    anchors = PAGES[file].anchors()
    assert [one for one, count in Counter(anchors).items() if count > 1] == []
    assert all(anchors)


@every_page
def test_every_clause_that_is_cited_leads_to_its_sentence(file: str) -> None:
    """No reference is left as it was written; the foot of the page knows them all."""
    assert ID.findall(PAGES[file].prose()) == []


@every_page
def test_a_page_is_plain_markdown_of_ours(file: str) -> None:
    """One title, no HTML but our mark at the end, the same width in all rows of a table."""
    page = PAGES[file]
    assert page.source.endswith(f"\n{MARK}\n")
    assert re.findall(r"<(?!!-- callflow docs -->)[a-zA-Z!/]", _without_code(page)) == []
    assert [one.tag for one in page.tokens if one.type == "heading_open"].count("h1") == 1
    for table in page.tables():
        assert {len(row) for row in table.rows} == {len(table.head)}


def _without_code(page: Page) -> str:
    return re.sub(r"^```.*?^```$|`[^`]*`", "", page.source, flags=re.MULTILINE | re.DOTALL)


def test_every_page_is_reached_from_the_first() -> None:
    """The first page leads to each of the others."""
    index = PAGES["index.md"]
    reached = {index.resolved(target)[0] for target in index.targets()}
    assert reached == PAGES.keys() - {"index.md"}


# --------------------------------------------------------------------------------------- pictures


@every_picture
def test_a_picture_is_shown_once_with_what_it_says(file: str) -> None:
    """An alternative in words, of more than a few, and no two alike on a page."""
    shown = [
        words
        for page in PAGES.values()
        for target, words in page.images().items()
        if page.resolved(target)[0] == file
    ]
    assert len(shown) == 1
    assert len(shown[0].split()) > 5
    assert "image" not in shown[0].lower()


@every_picture
def test_a_picture_is_light_and_dark_in_one_file(file: str) -> None:
    """It follows the colours of the page around it, and it is well-formed."""
    assert "prefers-color-scheme" in FILES[file]
    root = ET.fromstring(FILES[file])  # noqa: S314 - we wrote it
    assert root.tag == f"{SVG}svg"
    assert float(root.get("width") or "nan") <= 920
    assert FILES[file].endswith(f"\n{MARK}\n")


# -------------------------------------------------------------------------------------- complete


def test_every_clause_stands_on_the_page_of_clauses_with_its_basis() -> None:
    """Under its id: documented or inferred, and what it says."""
    page = PAGES["clauses.md"]
    for clause in CLAUSES.values():
        section = page.section(clause.id)
        assert section.source.strip().startswith(f"**{clause.basis}**")
        told = section.source.replace("\\", "").replace("`", "").lower()
        for sentence in filter(None, (clause.says, clause.why, clause.hole)):
            assert sentence.lower() in told


def test_every_hole_has_its_question_our_reading_and_a_picture() -> None:
    """On the page of holes, in the order of their numbers."""
    page = PAGES["holes.md"]
    assert [one for one in page.headings() if re.fullmatch(r"G\d+", one)] == [
        one.id for one in HOLES
    ]
    for hole in HOLES:
        section = page.section(hole.id)
        told = section.source.replace("`", "")
        assert (hole.hole or "").lower() in told.lower()
        assert hole.says in told
        assert list(section.images()) == [f"pictures/hole-{hole.id.lower()}.svg"]


def test_every_parameter_stands_on_its_page() -> None:
    """In the table with type, need and default, and in a section of its own."""
    page = PAGES["parameters.md"]
    table = page.table("parameter", "type")
    assert [row[:2] for row in table.rows] == [(one.path, str(one.kind)) for one in EVERY]
    for one, row in zip(EVERY, table.rows, strict=True):
        assert (row[2] == "no") is not one.required
        assert row[3] == ("" if one.default is None else str(one.default).lower())
        assert page.section(one.path).prose()


@pytest.mark.parametrize("file", ["parameters.md", "holes.md", "clauses.md"])
def test_what_is_of_the_api_stands_as_code(file: str) -> None:
    """Names of the API, a name with its value and the signs of DTMF are told from words."""
    prose = re.sub(r"^For instance.*", "", FILES[file], flags=re.MULTILINE)
    prose = re.sub(r"^#.*|^\[.*|`[^`]*`|\]\([^)]*\)", "", prose, flags=re.MULTILINE)
    assert re.findall(r"[a-z]+_[a-z_]+|=true|0-9|\\[*#]|each \. ", prose) == []


def test_every_case_without_effect_stands_with_its_parameter() -> None:
    """With the clauses that say so, in the section of the parameter and beside the rules."""
    for row in WITHOUT_EFFECT:
        name = row.path if row.path.startswith("scenario") else row.path.partition(".")[2]
        section = PAGES["parameters.md"].section(name).source
        told = section.partition("Without effect")[2]
        assert told
        assert all(f"[{clause}]" in told for clause in row.clauses)
    table = PAGES["rules.md"].table("parameter", "without effect when")
    assert len(table.rows) == len(WITHOUT_EFFECT)


def test_every_error_stands_with_what_to_do_about_it() -> None:
    """By its mnemonic: code, message, repair."""
    page = PAGES["errors.md"]
    for kind in KINDS.values():
        section = page.section(kind.mnemonic).source
        assert f"`{kind.code}`" in section
        assert kind.template in section.replace("\\", "")
        assert "**What to do.**" in section


@pytest.mark.parametrize("mnemonic", errors.INSTANCES)
def test_an_instance_of_an_error_is_refused_with_it_first(mnemonic: str) -> None:
    """What the page shows is what the check says, and the snippet is part of what was sent."""
    instance = errors.INSTANCES[mnemonic]
    found = errors.refused(mnemonic)
    assert found[0].mnemonic == mnemonic
    assert found[0].sentence in PAGES["errors.md"].section(mnemonic).source
    assert instance.shown.split(":")[0].strip("[{\"' ") in instance.sent.decode()


def test_errors_without_an_instance_are_those_that_no_check_finds() -> None:
    """Every check of the table of checks has an error with an instance."""
    assert set(errors.INSTANCES) >= {kind.mnemonic for kind in OF_THE_METHOD}
    alone = PAGES["errors.md"].source.count("only the server knows")
    assert alone == len(KINDS) - len(errors.INSTANCES)
    numbered = re.findall(r"^\d+\. (.*)$", PAGES["errors.md"].source, re.MULTILINE)
    assert numbered == [question for question, *_ in ORDER]


#: The words of the column "when", and the facts that they mean.
FACTS = {
    "switch on": (Fact.SWITCH, True),
    "switch off": (Fact.SWITCH, False),
    "contact message": (Fact.CONTACT_MESSAGE, True),
    "no contact message": (Fact.CONTACT_MESSAGE, False),
    "employee message": (Fact.EMPLOYEE_MESSAGE, True),
    "no employee message": (Fact.EMPLOYEE_MESSAGE, False),
    "both messages": (Fact.PREMISE, True),
    "not both messages": (Fact.PREMISE, False),
}


def test_every_rule_of_the_table_has_its_row() -> None:
    """From, event, to and every clause, in the order of the table."""
    rows = [
        row for table in PAGES["rules.md"].tables() if table.head[0] == "from" for row in table.rows
    ]
    assert len(rows) == len(RULES)
    for rule, row in zip(RULES, rows, strict=True):
        source, event, when, target, because, documented = row
        words = {FACTS[word] for word in when.split(", ") if word}
        facts = {(fact, fact in rule.when.true) for fact in rule.when.true | rule.when.false}
        assert words == {one for one in facts if one[0] is not Fact.EMPLOYEE_FIRST}
        graphs = {one: rules_for(one).edges.values() for one in configurations()}
        knows = [[edge for edge in edges if edge.rule is rule] for edges in graphs.values()]
        knows = [found for found in knows if found]
        sure = sum(all(one.basis is Basis.DOCUMENTED for one in found) for found in knows)
        assert documented == f"{sure} of {len(knows)}"
        assert source.replace(" ", "") == str(rule.source)
        assert event == rule.event
        assert target.replace(" ", "") == str(rule.target)
        cited = {*(rule.contact or ()), *(rule.employee or ())}
        assert set(re.findall(r"[A-Z]+\d+|FC|MUSIC|NOMSG", because)) == {one.id for one in cited}
        inferred = any(one.basis is Basis.INFERRED for one in cited)
        assert ("inferred" in because) is inferred
    order = ", ".join(f"`{event}`" for event in SIMULTANEOUS)
    assert order in PAGES["rules.md"].source
    assert len(PAGES["rules.md"].images()) == len(charts())


def test_every_situation_has_machine_ladder_timeline_times_steps_and_case() -> None:
    """A page for each of the seven."""
    for one in SITUATIONS.values():
        page = PAGES[f"situations/{one.name}.md"]
        call = simulate(one.case())
        assert {Path(name).stem for name in page.images()} == {
            f"{one.name}-{kind}" for kind in ("timeline", "ladder", "machine")
        }
        assert one.text() in page.source
        moments = [row[0] for row in page.table("at", "what happens").rows if row[0]]
        marks = [mark.at for mark in call.dtmf]
        wanted = {f"{step.at / 1000} s" for step in call.steps}
        assert wanted <= set(moments) <= wanted | {f"{(at or 0) / 1000} s" for at in marks}
        times = page.table("from", "to", "length")
        assert seconds(times.rows[-1][1]) == call.duration / 1000


def test_every_word_of_the_field_is_in_the_glossary() -> None:
    """States, events, outcomes and reasons, each with its meaning."""
    told = {row[0]: row[-1] for table in PAGES["glossary.md"].tables() for row in table.rows}
    for word in (*LegState, *Event, *Outcome, *Reason):
        assert told[word]


# ------------------------------------------------------------------- holes, found by exploration


def test_what_is_met_of_a_hole_is_what_exploration_counts() -> None:
    """The walk behind the page and the exploration agree on every step and every inference."""
    counted = explore(properties=()).inferences
    met = holes_met()
    for hole, count in counted.items():
        assert met[hole].pairs == count
    elsewhere = {hole.id for hole in HOLES if hole not in counted}
    assert elsewhere == {"G11", "G12", "G13", "G14", "G15", "G16", "G18"}


def test_holes_beside_the_steps_are_met_where_their_words_say() -> None:
    """DTMF counts from the contact's answer (G11) and is lost at the release (G12); a number is
    shown as the phone begins to ring (G13); a ring time-out ends a call (G15); the rest no step
    meets.
    """
    steps = explore(properties=()).edges
    wanted = {
        "G11": [one for one in steps if one.event is Event.CONTACT_ANSWERED],
        "G12": [one for one in steps if one.target.contact is LegState.RELEASED],
        "G13": [
            one
            for one in steps
            if one.target.employee is LegState.DIALING is not one.source.employee
        ],
        "G15": [one for one in steps if one.event in UNREACHED.values()],
        "G14": [],
        "G16": [],
        "G18": [],
    }
    for hole, met in holes_met().items():
        if hole.id in wanted:
            found = {(place.state, place.event) for place in met.places if place.state}
            assert found == {(one.source, one.event) for one in wanted[hole.id]}, hole
    reached = {(place.configuration, place.state) for place in holes_met()[CLAUSES["G11"]].places}
    assert len(reached) == len(wanted["G11"])


def test_the_page_says_how_many_pairs_each_hole_answers_for_and_which() -> None:
    """The table of a hole has every state and event of its pairs."""
    page, met = PAGES["holes.md"], holes_met()
    summary = {row[0]: row[2:] for row in page.table("hole", "what is open").rows}
    for hole in HOLES:
        places = [place for place in met[hole].places if place.state is not None]
        where = {place.configuration for place in met[hole].places}
        assert summary[hole.id] == (str(len(places)), f"{len(where)} of {len(configurations())}")
        tables = page.section(hole.id).tables()
        shown = {(row[0].replace(" ", ""), row[1]) for table in tables for row in table.rows}
        assert shown == {(str(place.state), str(place.event)) for place in places}
    explored = explore(properties=())
    inferred = sum(edge.basis is Basis.INFERRED for edge in explored.edges)
    assert (
        f"Calls meet {len(explored.edges)} pairs in all, and at {inferred} of them" in page.prose()
    )


def test_the_call_of_a_hole_really_shows_it() -> None:
    """The picture of a hole cites it, and no shorter whole-second call of that kind does."""
    for hole, met in holes_met().items():
        picture = FILES[f"pictures/hole-{hole.id.lower()}.svg"]
        call = met.shortest
        behind = {
            one for step in call.steps for one in (*(step.contact or ()), *(step.employee or ()))
        }
        behind |= {one for mark in call.dtmf for one in mark.clauses}
        behind |= {one for entry in call.no_effect for one in entry.clauses}
        behind |= {
            one for leg in Party if (caller := call.leg(leg).caller_id) for one in caller.clauses
        }
        behind |= {*call.effective.clauses}
        assumed = {entry.path for entry in call.assumptions}
        assert hole in behind or (hole.id == "G15" and any("ring_timeout" in p for p in assumed))
        if hole.id not in ("G10", "G15", "G21", "G9"):
            assert hole.id in picture
            assert call.conversation is not None


# ------------------------------------------------------------------------- bytes, words, engine


def test_nothing_in_them_depends_on_machine_day_or_chance() -> None:
    """Another process, with another hash seed, time zone and folder, writes the same bytes."""
    assert digest_elsewhere("callflow.publish.pages", "pages") == digest(FILES)


def test_another_word_for_employee_stands_in_every_sentence_and_no_name() -> None:
    """Who says operator reads it everywhere, while names of the API, states and files stay."""
    with speaking(catalogue_from_bytes(b"words: {employee: operator}", "words.yaml")):
        other = pages()
    assert other.keys() == FILES.keys()
    assert spoken_again()
    for file in ("index.md", first.FILE, "glossary.md", "failures.md", "holes.md"):
        page = Page.of(file, other[file])
        told = page.prose().replace("first_call contact instead of employee", "")
        assert re.findall(r"(?<![\w.-])employees?(?![\w]|\.\w)", told) == [], file
        assert page.targets() == PAGES[file].targets()
    assert "`employee_answered`" in other["rules.md"]
    pictures = "".join(text for file, text in other.items() if file.endswith(".svg"))
    shown = " ".join(re.findall(">([^<]+)<", pictures))
    shown = re.sub(r"first_call:? (contact instead of )?employee", "", shown)
    assert set(re.findall(r"(?<![\w.-])[Ee]mployees?(?!\w|\.\w)", shown)) == set()


def spoken_again() -> bool:
    """Outside, English is spoken as before."""
    with speaking(ENGLISH):
        return pages() == FILES


def test_without_its_engine_it_says_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(album, "pure_engine", lambda: None)
    with pytest.raises(UsageError, match=r"pip install 'callflow-simulator\[dot\]'"):
        pages()


# ----------------------------------------------------------------------------------------- Russian


def said_in_pages(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every template that a page says by itself, without those of pictures and texts below it."""
    said: set[str] = set()
    whole = Catalogue.say

    def listening(self: Catalogue, template: str, values: Mapping[str, object]) -> str:
        if f"{os.sep}publish{os.sep}" in sys._getframe(2).f_code.co_filename:
            said.add(template)
        return whole(self, template, values)

    monkeypatch.setattr(Catalogue, "say", listening)
    pages()
    return said


def test_the_russian_catalogue_has_no_text_that_no_page_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A sentence that was changed in a page is changed in `ru/pages.yaml`, too."""
    book = yaml.safe_load((ROOT / "callflow/draw/words/ru/pages.yaml").read_text(encoding="utf-8"))
    assert set(book["texts"]) - said_in_pages(monkeypatch) == set()


def test_everything_that_a_page_says_is_said_in_russian(monkeypatch: pytest.MonkeyPatch) -> None:
    """No sentence of a page is left in English."""
    assert said_in_pages(monkeypatch) - set(catalogue_named("ru").texts) == set()


def test_russian_pages_have_the_same_files_links_and_tables() -> None:
    """Only words differ: every address, every picture and the size of every table stay."""
    with speaking(catalogue_named("ru")):
        other = pages()
    assert other.keys() == FILES.keys()
    for file, page in read(other).items():
        assert page.targets() == PAGES[file].targets(), file
        assert page.images().keys() == PAGES[file].images().keys(), file
        sizes = [[(len(table.head), len(table.rows)) for table in one.tables()]
                 for one in (page, PAGES[file])]  # fmt: skip
        assert sizes[0] == sizes[1], file
        assert ID.findall(page.prose()) == []
        assert re.findall(r"\b(?:inferred|documented)\b", page.prose()) == [], file
