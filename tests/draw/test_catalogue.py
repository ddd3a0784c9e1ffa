"""One catalogue of words: terms with forms, translations of templates, clauses, files of users."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow.clauses import CLAUSES, EF3, G3, NUM
from callflow.draw.catalogue import (
    ENGLISH,
    FORMS,
    clause_words,
    count,
    parsed,
    say,
    speaking,
    spoken,
    term,
)
from callflow.draw.catalogue_file import catalogue_from_bytes, catalogue_named
from callflow.errors import CaseError, UsageError
from callflow.words import LegState, Party


def words(text: str):
    return catalogue_from_bytes(text.encode(), "words.yaml")


def complaints(text: str) -> list[str]:
    with pytest.raises(CaseError) as caught:
        words(text)
    return str(caught.value).splitlines()


class TestSaying:
    def test_english_is_what_is_written_in_the_code(self) -> None:
        """Without a catalogue a sentence is its own template, with the values in it."""
        assert say("{party} answers", party=Party.CONTACT) == "contact answers"
        assert say("{party!c} first", party=Party.EMPLOYEE) == "Employee first"
        assert say("the {state}", state=LegState.DIALING_MUSIC) == "the dialing music"
        assert term(LegState.MESSAGE, "short") == "msg"

    @given(st.text())
    def test_texts_of_users_stand_as_they_are(self, text: str) -> None:
        """What a user wrote is put in as it is, even if it looks like a template."""
        assert say("<{name}>", name=text) == f"<{text}>"

    def test_a_term_may_stand_without_a_value(self) -> None:
        """A placeholder without a value is the term of its name."""
        with speaking(catalogue_named("ru")):
            assert say("{employee.of} {contact!c}") == "сотрудника Контакт"
        with pytest.raises(KeyError, match="nobody"):
            say("{nobody}")

    @pytest.mark.parametrize(
        ("number", "said"),
        [
            (1, "сообщение"),
            (2, "сообщения"),
            (5, "сообщений"),
            (11, "сообщений"),
            (21, "сообщение"),
        ],
    )
    def test_numbers_take_the_form_that_goes_with_them(self, number: int, said: str) -> None:
        """1 message, 2 messages; in Russian three forms."""
        assert count(number, "message") == f"{number} message{'' if number == 1 else 's'}"
        with speaking(catalogue_named("ru")):
            assert count(number, "message") == f"{number} {said}"

    def test_two_threads_speak_two_languages_at_once(self) -> None:
        """Whoever chose a language in one thread changes nothing in another."""
        heard: dict[str, str] = {}
        both = Barrier(2, timeout=60)

        def speak(name: str) -> None:
            with speaking(catalogue_named(name)):
                both.wait()
                heard[name] = term("employee")
                both.wait()

        threads = [Thread(target=speak, args=(name,)) for name in ("en", "ru")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert heard == {"en": "employee", "ru": "сотрудник"}
        assert spoken() is ENGLISH


class TestOtherWords:
    def test_one_word_is_enough(self) -> None:
        """Who writes only `words: {employee: agent}` meets the agent everywhere."""
        with speaking(words("words: {employee: agent, message: prompt}")):
            assert say("{party.of} turn", party=Party.EMPLOYEE) == "agent's turn"
            assert say("An employee hears the employee's message; employees do") == (
                "An agent hears the agent's prompt; agents do"
            )
            assert "an agent's SIP number" in clause_words(NUM).says
            assert term(LegState.MESSAGE, "short") == "prompt"
        with speaking(words("words: {employee: colleague}")):
            assert say("an employee") == "a colleague"

    def test_names_of_the_api_are_no_words(self) -> None:
        """Parameters, paths and methods keep their names, whatever the words are."""
        text = "employee_message, people.employee, start.employee_call, employee-first, `employee`"
        with speaking(words("words: {employee: operator}")):
            assert say(text) == text

    def test_other_words_keep_longer_terms(self) -> None:
        """Another word for dialing leaves dialing music alone."""
        with speaking(words("words: {dialing: ringing}")):
            assert say("dialing, dialing music") == "ringing, dialing music"

    def test_a_file_may_extend_another_language(self) -> None:
        """What the file does not say comes from the catalogue that it extends."""
        with speaking(words("extends: ru\nwords: {employee: {base: оператор, of: оператора}}")):
            assert say("{employee.of} {employee.by} {contact.of}") == "оператора оператор контакта"
            assert spoken().decimal == ","
            assert spoken().language == "ru"

    def test_a_clause_can_be_said_otherwise(self) -> None:
        """Sentences of a clause that the file leaves out stay as they are."""
        with speaking(words("clauses: {G3: {says: music}}")):
            assert clause_words(G3) == (G3.place, "music", G3.hole, G3.why)
            assert clause_words(EF3).says == EF3.says

    def test_english_has_every_clause_as_it_is(self) -> None:
        """In English a clause says what stands in the table of clauses."""
        for clause in CLAUSES.values():
            assert clause_words(clause) == (clause.place, clause.says, clause.hole, clause.why)


class TestFiles:
    def test_everything_wrong_is_told_with_its_line(self) -> None:
        """A file that is no catalogue is told of all at once, each with line and repair."""
        assert complaints(
            "wrods: {}\n"
            "extends: rus\n"
            "decimal: x\n"
            "words:\n"
            "  employe: operator\n"
            "  contact: {bsae: customer}\n"
            "  message: ''\n"
            "clauses:\n"
            "  EF1: {why: because}\n"
            "  G33: {says: x}\n"
        ) == [
            "words.yaml:1: wrods: unknown key; did you mean words?",
            "words.yaml:2: extends: must be en or ru, not the text rus; did you mean ru?",
            "words.yaml:3: decimal: must be . or ,, not the text x",
            "words.yaml:5: words.employe: unknown key; did you mean employee?",
            "words.yaml:6: words.contact.bsae: unknown key; did you mean base?",
            "words.yaml:6: words.contact: must have base, the word as it is called",
            "words.yaml:7: words.message: must be a text of one line; here is nothing",
            "words.yaml:9: clauses.EF1.why: EF1 is a sentence of the source; it has no why",
            "words.yaml:10: clauses.G33: unknown key; did you mean G3?",
        ]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("- a", "must be a mapping, not a list"),
            ("words: [", "this is no YAML"),
            ("words: {employee: a\nwords: b", "no YAML"),
            ("words: {employee: a}\nwords: {contact: b}", "words"),
            ("language: Russian", "the tag of a language"),
            ("words: {employee: [7]}", "a text"),
            ('words: {employee: "a\\nb"}', "a text of one line"),
            ("words: {employee: a|b}", "words.employee: | is markup on a page"),
            ("words: {employee: {base: <b>}}", "words.employee.base: < is markup on a page"),
            ("words: &a {}", "words.yaml:1: words: & begins an anchor"),
        ],
    )
    def test_what_is_no_catalogue_is_refused(self, text: str, said: str) -> None:
        """Whatever a file holds, the answer is one message for each thing wrong."""
        assert said in "\n".join(complaints(text))

    @given(st.binary(max_size=200))
    def test_no_bytes_end_in_a_traceback(self, data: bytes) -> None:
        """Any bytes are a catalogue, or are refused as none."""
        try:
            catalogue_from_bytes(data, "words.yaml")
        except CaseError as error:
            said = str(error)
        else:
            said = "it is one"
        assert said

    def test_an_empty_file_is_english(self) -> None:
        """A file that says nothing changes nothing."""
        with speaking(words("")):
            assert say("{employee}") == "employee"

    def test_there_are_two_languages(self) -> None:
        """English and Russian ship; another name is told the nearest."""
        assert catalogue_named("en") is ENGLISH
        assert catalogue_named("ru") is catalogue_named("ru")
        with pytest.raises(UsageError, match="there is en or ru; did you mean ru"):
            catalogue_named("rus")


class TestTemplates:
    @pytest.mark.parametrize("text", ["{", "{a:>3}", "{a!r}", "{a.b.c}", "{}", "{0}", "{a[0]}"])
    def test_a_template_has_four_kinds_of_placeholders(self, text: str) -> None:
        """What is no placeholder of ours is refused."""
        with pytest.raises(ValueError, match=r"."):
            parsed(text)

    def test_forms_of_shipped_words_are_known(self) -> None:
        """Every form that a shipped catalogue gives is one that placeholders can name."""
        for forms in catalogue_named("ru").terms.values():
            assert set(forms) <= set(FORMS)
