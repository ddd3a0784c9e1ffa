"""What is drawn and told, in other words: Russian, and English with another word for a party."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree as ET

import pytest
import yaml
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from callflow.api.parameters import NAMES
from callflow.call.case import Case
from callflow.call.difference import Difference
from callflow.call.simulator import simulate
from callflow.clauses import CLAUSES
from callflow.draw import catalogue, wording
from callflow.draw.catalogue import ENGLISH, Catalogue, clause_words, parsed, say, speaking
from callflow.draw.catalogue_file import catalogue_from_bytes, catalogue_named, names
from callflow.draw.chart import chart_of, charts
from callflow.draw.comparison import comparison_picture
from callflow.draw.effects import effect
from callflow.draw.explain import explain_markdown, explain_text
from callflow.draw.finding import finding
from callflow.draw.hero import hero_picture
from callflow.draw.html import timeline_html
from callflow.draw.ladder import ladder_picture, ladder_svg
from callflow.draw.lanes import timeline_picture, timeline_svg
from callflow.draw.machine import machine_dot, machine_svg
from callflow.draw.mermaid import ladder_mermaid, machine_mermaid
from callflow.draw.metrics import known
from callflow.draw.overview import Row, overview_picture
from callflow.draw.text import Style, timeline_text
from callflow.draw.text.ways import ways_text
from callflow.draw.ways import ways_picture
from callflow.situations import SITUATIONS
from callflow.strategies import cases
from tests.draw.calls import EVERY, TIMES, extremes
from tests.draw.layout import crossed, faults, layout_of
from tests.draw.machine_engines import ENGINES
from tests.draw.machine_paths import timelines
from tests.draw.machine_reader import read
from tests.draw.templates import data, templates
from tests.draw.test_machine_layout import faults as untidy
from tests.draw.ways import SET_UPS, strips

RUSSIAN = catalogue_named("ru")
OPERATOR = catalogue_from_bytes(b"words: {employee: operator}")
SCALES = st.sampled_from(["true", "compressed"])
EVERY_SITUATION = pytest.mark.parametrize("name", SITUATIONS)

#: The shipped files that hold what is drawn.
BOOKS = ("pictures", "explain", "comparisons", "lists", "situations")


def texts_of(book: str) -> dict[str, str]:
    """The texts of one shipped file."""
    file = Path(catalogue.__file__).parent / "words" / "ru" / f"{book}.yaml"
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    return dict(read["texts"])


#: What is Latin in Russian, too: paths and names of the API, its values, clauses, fixed words.
_API = re.compile(
    rf"""first_call:?\s+(?:contact|employee)
    | \b(?:request|scenario|people|account|speech|messages|ring_timeout)\.[\w.]+
    | \b(?:{"|".join([*NAMES, "employee_message"])})\b
    | \b(?:{"|".join(sorted(CLAUSES, key=len, reverse=True))})\b
    | \b(?:DTMF|tts|media|true|false|callflow(?:\ docs)?|API|JSON-RPC|start\.simple_call
        | disconnect\.leg|clauses)\b""",
    re.VERBOSE,
)
_LATIN = re.compile(r"[A-Za-z]{2,}")


def latin(text: str) -> list[str]:
    """The Latin words of a text that are no names of the API and of the source."""
    return _LATIN.findall(_API.sub("", text))


def anonymous(case: Case) -> Case:
    """A case without texts of its author, as far as they can be left out."""
    return evolve(case, name=None, scenario=evolve(case.scenario, employee_name=None))


def words_of(svg: str) -> str:
    """What can be read of a picture, and what is read out of it."""
    root = ET.fromstring(svg)  # noqa: S314 - we wrote it
    return "\n".join(
        element.text or ""
        for element in root.iter()
        if element.tag.rpartition("}")[2] in ("text", "title", "desc", "tspan")
    )


class TestTheCatalogue:
    def test_every_template_is_translated_and_nothing_else(self) -> None:
        """Each sentence of the drawing code has a Russian one, and the other way round."""
        here = templates("draw", "verify") | data()
        here.pop("", None)
        assert set(here) - set(RUSSIAN.texts) == set()
        for file in BOOKS:  # pages have books of their own
            assert set(texts_of(file)) - set(here) == set(), file

    def test_what_is_said_while_it_runs_is_known(self) -> None:
        """Whatever is drawn of many calls, no sentence is said that the catalogue lacks."""
        said: set[str] = set()

        class Listening(Catalogue):
            def say(self, template: str, values: object) -> str:
                said.add(template)
                return super().say(template, values)  # type: ignore[arg-type]

        listening = Listening(
            language="ru", decimal=",", terms=RUSSIAN.terms, texts=RUSSIAN.texts, clauses={}
        )
        with speaking(listening):
            for call in timelines()[::3]:
                explain_text(call)
                timeline_picture(call)
                ladder_picture(call)
                timeline_text(call, width=80, style=Style.INK)
                machine_dot(chart_of(call))
        assert len(said) > 100
        assert said - set(RUSSIAN.texts) - {""} == set()

    def test_placeholders_agree(self) -> None:
        """A translation has the values of its template, and besides them only terms."""
        for template, text in RUSSIAN.texts.items():
            own = set(names(template))
            assert own <= set(names(text)), template
            assert set(names(text)) - own <= set(ENGLISH.terms), template

    def test_parties_are_terms_in_every_sentence(self) -> None:
        """Whoever calls the employee otherwise in Russian meets no employee in any sentence."""
        spelled = re.compile(
            r"контакт|сотрудник(?!ов или номеров)|музык\w+ ожидания|АТС", re.IGNORECASE
        )
        texts = [text for book in BOOKS for text in texts_of(book).values()]
        texts += [text for clause in RUSSIAN.clauses.values() for text in clause if text]
        for text in texts:
            literal = "".join(piece for piece in parsed(text) if type(piece) is str)
            assert spelled.search(literal) is None, text

    def test_every_clause_is_translated(self) -> None:
        """Each clause says its sentences in Russian."""
        with speaking(RUSSIAN):
            for clause in CLAUSES.values():
                told = clause_words(clause)
                for text in (told.says, told.hole, told.why):
                    assert not text or re.search("[а-я]", text), clause.id
                assert (told.hole is None) is (clause.hole is None)

    def test_every_letter_has_a_known_width(self) -> None:
        """Russian words are measured, not guessed: the table of widths has all their letters."""
        every = [*RUSSIAN.texts.values()]
        every += [form for forms in RUSSIAN.terms.values() for form in forms.values()]
        assert [text for text in every if not known(text)] == []

    @given(EVERY)
    def test_what_a_case_comes_to_is_said_as_json_says_it(self, case: Case) -> None:
        """In English the pictures say of assumptions and warnings what stands in the JSON."""
        timeline = simulate(case)
        for entry in (*timeline.no_effect, *timeline.assumptions, *timeline.warnings):
            assert effect(entry) == entry.text
        with speaking(RUSSIAN):
            for entry in (*timeline.no_effect, *timeline.assumptions, *timeline.warnings):
                assert re.search("[а-я]", effect(entry)), entry


def drawings() -> Iterator[tuple[str, Callable[[Case], str]]]:
    yield "timeline", lambda case: words_of(timeline_svg(simulate(case)))
    yield "ladder", lambda case: words_of(ladder_svg(simulate(case)))
    yield "compressed", lambda case: words_of(ladder_svg(simulate(case), scale="compressed"))
    yield "explain", lambda case: explain_text(simulate(case))
    yield "text", lambda case: timeline_text(simulate(case), width=100, style=Style.INK).plain()
    yield "overview", lambda case: words_of(_overview(case))
    yield "hero", lambda case: words_of(hero_picture(simulate(case)).svg())
    yield "mermaid", lambda case: _mermaid_words(ladder_mermaid(simulate(case)))
    if ENGINES:
        program = next(iter(ENGINES.values()))
        yield (
            "machine",
            lambda case: words_of(machine_svg(chart_of(simulate(case)), program=program)),
        )


def _overview(case: Case) -> str:
    call = simulate(case)
    return overview_picture([Row(wording.title(call), "", call)], title="").svg()


def _mermaid_words(source: str) -> str:
    """The words of a diagram without those of its language."""
    text = re.sub(r"participant \w+ as|Note (left of|right of|over) [\w,]+:|<br/>", " ", source)
    return re.sub(
        r"sequenceDiagram|title:|(contact|employee|pbx)[-<>x]+(contact|employee|pbx)", "", text
    )


DRAWINGS = dict(drawings())
EVERY_DRAWING = pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)


class TestRussian:
    @EVERY_SITUATION
    @EVERY_DRAWING
    def test_no_other_language_is_left(self, name: str, drawing: Callable[[Case], str]) -> None:
        """A Russian picture has no Latin word but names of the API, clauses, users' texts."""
        with speaking(RUSSIAN):
            assert latin(drawing(anonymous(SITUATIONS[name].case()))) == []

    @given(EVERY)
    def test_nor_in_any_other_call(self, case: Case) -> None:
        """Of any call all that is told is Russian."""
        timeline = simulate(anonymous(case))
        with speaking(RUSSIAN):
            text = explain_text(timeline, width=110)
            picture = timeline_picture(timeline)
            text += "\n".join([picture.description, *(one.text for one in picture.texts)])
        users = r"файл .*? звучит|\(account\.media\..*?\)|request\..*?:|sip:\S+|\w+@\S+"
        assert latin(re.sub(users, "", text, flags=re.DOTALL)) == []

    @given(EVERY, st.sampled_from([880, 560, 720]))
    def test_timelines_are_tidy(self, case: Case, width: int) -> None:
        """No two Russian words overlap, and nothing leaves the picture."""
        with speaking(RUSSIAN):
            assert faults(layout_of(timeline_picture(simulate(case), width=width))) == []

    @given(cases(lengths=TIMES))
    def test_so_are_those_with_a_millisecond_beside_a_day(self, case: Case) -> None:
        """Long and short times have room for Russian words, too."""
        with speaking(RUSSIAN):
            assert faults(layout_of(timeline_picture(simulate(case)))) == []
            assert faults(layout_of(ladder_picture(simulate(case), scale="compressed"))) == []

    @pytest.mark.parametrize("case", extremes())
    def test_so_are_extremes(self, case: Case) -> None:
        """Very long names, very many digits and very short calls are tidy."""
        with speaking(RUSSIAN):
            assert faults(layout_of(timeline_picture(simulate(case)))) == []
            assert faults(layout_of(ladder_picture(simulate(case)))) == []

    @given(EVERY, SCALES)
    def test_ladders_are_tidy(self, case: Case, scale: Literal["true", "compressed"]) -> None:
        """Arrows have room for Russian words, and no line runs through one."""
        with speaking(RUSSIAN):
            layout = layout_of(ladder_picture(simulate(case), scale=scale))
        assert faults(layout) == []
        assert crossed(layout) == []

    @given(EVERY, EVERY)
    def test_comparisons_are_tidy(self, one: Case, other: Case) -> None:
        """Two calls side by side have room for Russian words."""
        difference = Difference(simulate(one), simulate(other))
        with speaking(RUSSIAN):
            assert faults(layout_of(comparison_picture(difference, finding(difference)))) == []

    @EVERY_SITUATION
    def test_overview_and_opening_picture_are_tidy(self, name: str) -> None:
        """So have the overview and the picture that opens the README."""
        call = simulate(SITUATIONS[name].case())
        with speaking(RUSSIAN):
            row = Row(say(SITUATIONS[name].setting), say(SITUATIONS[name].finding), call)
            assert faults(layout_of(overview_picture([row], title=wording.title(call)))) == []
            assert faults(layout_of(hero_picture(call))) == []

    @pytest.mark.parametrize("name", SET_UPS)
    def test_ways_are_tidy(self, name: str) -> None:
        """So has every way in which a set-up can go, and all of it is Russian."""
        with speaking(RUSSIAN):
            drawn = strips(evolve(SET_UPS[name], name=None))
            picture = ways_picture(drawn)
            assert faults(layout_of(picture)) == []
            told = [picture.title, picture.description, *(text.text for text in picture.texts)]
            assert latin("\n".join(told)) == []
            text = ways_text(drawn, width=100, style=Style.INK).plain()
        assert latin(re.sub(r"--set \S+", "", text)) == ["set"]

    @pytest.mark.skipif(not ENGINES, reason="no Graphviz here: neither dot nor its wheel")
    def test_state_diagrams_are_tidy_and_stand_under_their_titles(self) -> None:
        """Nothing overlaps or bends, and the title begins where the picture does."""
        program = next(iter(ENGINES.values()))
        with speaking(RUSSIAN):
            for drawn in (*charts(), *map(chart_of, timelines()[::13])):
                picture = read(machine_svg(drawn, theme="light", program=program))
                assert untidy(picture) == []
                left = min(card.box[0] for card in picture.cards) - 16
                assert abs(min(text.box[0] for text in picture.title) - left) < 14
                assert picture.width * 4 / 3 <= {1: 620, 2: 960}[drawn.columns]

    def test_files_have_the_same_names(self) -> None:
        """A machine's file is called the same in every language."""
        ours = [drawn.name for drawn in charts()]
        with speaking(RUSSIAN):
            assert [drawn.name for drawn in charts()] == ours

    def test_a_page_says_its_language(self) -> None:
        """The HTML page is marked as Russian, so that it is read out in Russian."""
        with speaking(RUSSIAN):
            page = timeline_html(simulate(_any()), request="{}", command="callflow")
        assert '<html lang="ru">' in page

    def test_english_comes_back(self) -> None:
        """What was said in Russian leaves no trace: no cache carries a word over."""
        call = simulate(_any())
        before = (timeline_svg(call), ladder_svg(call), explain_text(call), _md(call))
        with speaking(RUSSIAN):
            russian = (timeline_svg(call), ladder_svg(call), explain_text(call), _md(call))
        assert before == (timeline_svg(call), ladder_svg(call), explain_text(call), _md(call))
        with speaking(RUSSIAN):
            assert russian == (timeline_svg(call), ladder_svg(call), explain_text(call), _md(call))
        assert not set(before) & set(russian)
        assert re.search("[а-яё]", "".join(before), re.IGNORECASE) is None
        assert "inferred" not in words_of(russian[0]) + words_of(russian[1])


_PATHS = {
    "people",
    "conversation",
    "employee",
    "contact",
    "account",
    "scenario",
    "messages",
    "request",
}


def _any() -> Case:
    return SITUATIONS["employee-first-switch-off"].case()


def _md(call: object) -> str:
    return explain_markdown(call, picture="", request="{}", command="callflow")  # type: ignore[arg-type]


def _messages(case: Case) -> Iterator[object]:
    yield from filter(None, (case.request.contact_message, case.scenario.employee_message))


class TestOtherWords:
    @EVERY_SITUATION
    @EVERY_DRAWING
    def test_an_operator_is_an_operator_everywhere(
        self, name: str, drawing: Callable[[Case], str]
    ) -> None:
        """With `words: {employee: operator}` no employee is left but in names of the API."""
        case = evolve(SITUATIONS[name].case(), name=None)
        with speaking(OPERATOR):
            text = _API.sub("", drawing(case))
        assert "operator" in text
        assert re.findall(r"(?<![\w.])employees?(?!_)\b", text, re.IGNORECASE) == []

    @pytest.mark.parametrize("other", ["representative of the customer service", "x"])
    def test_pictures_make_room_for_long_words(self, other: str) -> None:
        """A long word for a party covers nothing in lanes of a terminal."""
        house = catalogue_from_bytes(f"words: {{employee: {other}}}".encode())
        call = simulate(_any())
        with speaking(house):
            text = timeline_text(call, width=100, style=Style.INK).plain()
        assert f"\n{other} " in text

    def test_machines_keep_the_names_of_events_unless_words_are_ours(self) -> None:
        """Events are called as programs call them; with other words, in those."""
        chart = chart_of(simulate(_any()))
        assert "employee_answered" in machine_mermaid(chart)
        with speaking(OPERATOR):
            assert "operator answered" in machine_mermaid(chart)
