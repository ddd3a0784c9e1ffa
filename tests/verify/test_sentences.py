"""Every pattern reads its own sentences, and whoever misreads says what could stand there."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from callflow.strategies import sentences
from callflow.verify.bounds import Bound, about, at_least, at_most, between, exactly, within
from callflow.verify.grammar import Grammar, Misread, words
from callflow.verify.sentences import HOLES, PATTERNS, grammar, read

PATTERN_TEXTS = [pattern.text for pattern in PATTERNS]
EXAMPLES = [(row.text, example) for row in PATTERNS for example in row.examples]

#: A word for each form that a hole can ask for.
FORMS = {
    "a number of seconds (at most 999999)": "9",
    "a phone number": "74993720692",
    'digits in quotes: "1"': '"1"',
}
_VOCABULARY = sorted({word for text in PATTERN_TEXTS for word in text.split() if "{" not in word})


def tried(text: str) -> Misread | None:
    """What is said of a text that is no sentence; None: it is one."""
    try:
        read(text)
    except Misread as wrong:
        return wrong
    return None


def misread(text: str) -> Misread:
    """What is said of a text that is no sentence."""
    wrong = tried(text)
    assert wrong is not None, text
    return wrong


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """A sentence in which a word is dropped, doubled, replaced, swapped, or misspelt."""
    told = draw(sentences()).split(" ")
    for _ in range(draw(st.integers(1, 2))):
        place = draw(st.integers(0, len(told) - 1))
        way = draw(st.integers(0, 5))
        if way == 0 and len(told) > 1:
            del told[place]
        elif way == 1:
            told.insert(place, told[place])
        elif way == 2:
            told[place] = draw(st.sampled_from(_VOCABULARY))
        elif way == 3:
            other = draw(st.integers(0, len(told) - 1))
            told[place], told[other] = told[other], told[place]
        elif way == 4:
            told[place] = draw(st.text(min_size=1, max_size=8))
        else:
            word = told[place]
            cut = draw(st.integers(0, max(0, len(word) - 1)))
            told[place] = word[:cut] + draw(st.sampled_from(["", "x", "s"])) + word[cut + 1 :]
    return " ".join(told)


# ------------------------------------------------------------------------------------- reading


@pytest.mark.parametrize(("pattern", "text"), EXAMPLES)
def test_every_example_is_read_by_its_own_pattern(pattern, text):
    """The examples of the page are sentences of the pattern that they stand beside."""
    assert read(text).pattern == pattern
    assert read(text).text == text


@pytest.mark.parametrize("pattern", PATTERN_TEXTS)
@given(data=st.data())
def test_what_is_drawn_from_a_pattern_is_read_by_it_word_for_word(pattern, data):
    """A drawn sentence reads, by its pattern, as the text that was drawn."""
    text = data.draw(sentences(pattern))
    assert read(text).pattern == pattern
    assert read(text).text == text


@given(sentences(), st.data())
def test_blanks_count_as_one(text, data):
    """However many blanks and line breaks stand between the words, the sentence is the same."""
    blank = st.sampled_from([" ", "  ", "\t", "\n ", "\u00a0"])
    spread = "".join(data.draw(blank) if letter == " " else letter for letter in text)
    spaced = f"{data.draw(blank)}{spread}{data.draw(blank)}"
    assert read(spaced) == read(text)


def test_there_is_no_strategy_for_a_pattern_that_there_is_not():
    """The error names the patterns."""
    with pytest.raises(ValueError, match=r"known: \{party\} hears \{state\} for"):
        sentences("{party} sings")


def test_a_sentence_survives_its_way_to_another_process():
    """Sentences and what cannot be read can be sent from worker to worker."""
    sentence = read("contact hears message for about 9")
    assert pickle.loads(pickle.dumps(sentence)) == sentence  # noqa: S301 - our own bytes
    wrong = pickle.loads(pickle.dumps(misread("contact hears mesage")))  # noqa: S301
    assert str(wrong) == str(misread("contact hears mesage"))


@pytest.mark.parametrize(
    ("written", "bound"),
    [
        ("12.5", exactly(12_500)),
        ("exactly 12.5", exactly(12_500)),
        ("exactly 12.5 s", exactly(12_500)),
        ("12.5s", exactly(12_500)),
        ("12.5   seconds", exactly(12_500)),
        ("1 second", exactly(1_000)),
        ("about 12.5", about(12_500)),
        ("about 0.4", Bound(0, 1_400)),
        ("12.5 +- 0.2", within(12_500, 200)),
        ("at most 25", at_most(25_000)),
        ("at least 25", at_least(25_000)),
        ("between 1 and 2", between(1_000, 2_000)),
        ("between 2 and 1", between(1_000, 2_000)),
        ("0.30000000000000004", exactly(300)),
        ("0.0005", exactly(0)),
        ("0.0015", exactly(2)),
        ("86400", exactly(86_400_000)),
    ],
)
def test_a_length_is_read_with_its_tolerance(written, bound):
    """Tolerances, units and decimals as people and programs write them; half-even as in a case."""
    assert read(f"call lasts {written}").values == (bound,)


@given(st.tuples(*[st.none() | st.integers(0, 90_000_000)] * 2), st.integers(0, 90_000_000))
def test_a_time_lies_outside_a_bound_by_what_must_be_added_to_it(limits, time):
    """`beyond` is how far away the nearest time is that holds."""
    low, high = limits
    if low is not None and high is not None:
        low, high = sorted((low, high))
    bound = Bound(low, high)
    beyond = bound.beyond(time)
    assert bound.holds(time) is (beyond == 0)
    assert bound.holds(time - beyond)
    assert not beyond or not bound.holds(time - beyond + (1 if beyond > 0 else -1))
    assert bound.limit(time) == (time - beyond if beyond else None)


# ----------------------------------------------------------------------------------- misreading


@pytest.mark.parametrize(
    ("text", "word", "near"),
    [
        ("contact hears mesage for exactly 12.5", "mesage", "message"),
        ("Contact hears message", "Contact", "contact"),
        ("contact hears dialing-music", "dialing-music", "dialing_music"),
        ("contact hears message for 12,5", "12,5", "12.5"),
        ("conversation begin at 31.5", "begin", "begins"),
        ("contact waits exactly 12.5,", "12.5,", "12.5"),
        ("dtmf 1 is sent", "1", '"1"'),
        ('dtmf "1 is sent', '"1', '"1"'),
        ("dtmf '1' is sent", "'1'", '"1"'),
        ("contact sees caller +74993720692", "+74993720692", "74993720692"),
        ("outcome is abandonned", "abandonned", "abandoned"),
        ("switchatonce has an effect", "switchatonce", "switch_at_once"),
        ('secnd dtmf "1" is sent', "secnd", "second"),
        ("call lasts 1000000", "1000000", None),
        ("conversation begins at between 12 5", "5", None),
        ("call lasts -1", "-1", None),
        ("call lasts 1e3", "1e3", None),
        ("call lasts nan", "nan", None),
        ("call lasts ٣", "٣", None),
        ("contact answers now", "now", None),
        ('contact sees caller "749', '"749', "749"),
        ("contact", "", None),
        ("conversation begins at", "", None),
        ("", "", None),
        ("...", "...", None),
    ],
)
def test_the_wrong_word_is_pointed_at_with_the_nearest_right_one(text, word, near):
    """The column is that of the first word that no sentence has there."""
    wrong = misread(text)
    assert text[wrong.column :].split(" ")[0] == word
    assert wrong.near == near
    assert (repr(word) if word else "at its end") in str(wrong)
    assert (f"; did you mean {near}?" in str(wrong)) is (near is not None)


def test_what_could_stand_there_is_told():
    """The words of the field, in their order, and where the sentence could be over."""
    assert misread("contact hears mesage").expected == (
        *("dialing", "dialing_music", "message", "conversation", "the"),
    )
    assert misread("contact answers now").wanted == "at, before, after, when or nothing more"
    assert misread("call lasts 12 sec").wanted == "+- or nothing more"
    assert str(misread("dtmf 1 is sent")) == (
        "'dtmf 1 is sent' cannot be read at '1', word 2: "
        'digits in quotes: "1" could stand there; did you mean "1"?'
    )


@given(mutations())
def test_each_word_that_could_stand_there_gets_the_sentence_further(text):
    """In place of the wrong word each expected one is read, and the end where nothing more may."""
    wrong = tried(text)
    if wrong is None:
        return
    columns = [word.column for word in words(text)]
    assert wrong.column in (*columns, len(text.rstrip()))
    before = [word.text for word in words(text) if word.column < wrong.column]
    for expected in wrong.expected:
        if expected == "nothing more":
            assert read(" ".join(before))
        else:
            said = " ".join([*before, FORMS.get(expected, expected)])
            further = tried(said)
            assert further is None or further.column == len(said), (said, str(further))


@given(mutations())
def test_the_nearest_word_could_stand_there(text):
    """What is proposed gets the sentence past the wrong word, and is not that word."""
    wrong = tried(text)
    if wrong is not None and wrong.near is not None:
        repaired = f"{text[: wrong.column]} {wrong.near}"
        further = tried(repaired)
        assert further is None or further.column == len(repaired)


_ODD = [
    *("", " ", "\n", "\0", "\x1f \x7f", "...", "…", "-", "{party}", "{party} hears {state}"),
    *('"', '""', '" "', 'dtmf "', "'", "\\", "%s %d {0}", "\u202econtact hears message\u202c"),
    *("اتصال", "contact\u200bhears message", "\ud800", "🎵 hears 🎵", "\u2028", "1 s", "1  s"),
    *("contact hears message for 1" + "0" * 5000, "contact " * 10_000, '"' * 10_001),
    *("1" * 100_000, "1 " * 10_000, " " * 100_000, "1" + " " * 100_000),
    "contact hears " + "x" * 99_999,
    "call lasts 1." + "0" * 50_000,
]  # fmt: skip


@pytest.mark.parametrize("text", _ODD, ids=range(len(_ODD)))
def test_whatever_stands_there_is_a_sentence_or_misread(text):
    """Ten thousand words, open quotes, control characters, other scripts: one line says it all."""
    wrong = tried(text)
    if wrong is not None:
        assert 0 <= wrong.column <= len(text)
        assert wrong.expected
        assert str(wrong).isprintable()
        assert len(str(wrong)) < 1_200
    grammar().possible(text)


@given(st.text() | st.lists(st.sampled_from([*_VOCABULARY, '"1"', "9", "9 s", '"'])).map(" ".join))
@example("9  s")
@example('"a  b"')
def test_no_text_is_more_than_misread(text):
    """Nothing but Misread comes of any text, and its message is one line."""
    wrong = tried(text)
    if wrong is None:
        assert read(text).text == " ".join(text.split())
    else:
        assert str(wrong).isprintable()
        assert text[wrong.column : wrong.column + 1].strip() or wrong.column == len(text.rstrip())


# ----------------------------------------------------------------------------------- completion


@given(sentences(), st.data())
def test_what_could_follow_the_beginning_of_a_sentence_has_its_next_word(text, data):
    """The completion after any beginning offers what the sentence goes on with."""
    found = [word.text for word in words(text)]
    place = data.draw(st.integers(0, len(found)))
    offered = grammar().possible(" ".join(found[:place]))
    if place == len(found):
        return
    forms = [
        name for name, word in FORMS.items() if name in offered and _same_kind(word, found[place])
    ]
    assert found[place] in offered or forms, offered


def _same_kind(sample: str, word: str) -> bool:
    return (sample[0] == '"') == (word[0] == '"') or word.strip('"').isdigit()


@given(sentences(), st.data())
def test_what_is_offered_can_be_written(text, data):
    """Each word offered after a beginning is read there."""
    found = [word.text for word in words(text)]
    begun = found[: data.draw(st.integers(0, len(found)))]
    for offered in grammar().possible(" ".join(begun)):
        said = " ".join([*begun, FORMS.get(offered, offered)])
        wrong = tried(said)
        assert wrong is None or wrong.column == len(said), said


@pytest.mark.parametrize("text", ["contact hears mesage", "sing", "contact answers now and"])
def test_nothing_can_follow_what_is_wrong_already(text):
    """Behind a wrong word nothing is offered."""
    assert grammar().possible(text) == ()


# ------------------------------------------------------------------------------ the table itself


def test_every_pattern_has_a_meaning_and_an_example_and_stands_once():
    """The page of documentation can be written from the rows."""
    assert len(set(PATTERN_TEXTS)) == len(PATTERN_TEXTS)
    for row in PATTERNS:
        assert row.means
        assert not row.means.endswith(".")
        assert row.examples


def test_every_hole_is_used():
    """No hole is left over from a pattern that went."""
    named = {hole for text in PATTERN_TEXTS for hole in HOLES if f"{{{hole}}}" in text}
    inner = {
        hole
        for filler in HOLES.values()
        if isinstance(filler, dict)
        for text in filler
        for hole in HOLES
        if f"{{{hole}}}" in text
    }
    assert named | inner == set(HOLES)


def test_a_pattern_with_a_hole_that_there_is_not_makes_no_grammar():
    """A misspelt hole is noticed when the grammar is made, not when a sentence is read."""
    with pytest.raises(KeyError, match="partty"):
        Grammar(["{partty} sings"], HOLES)
