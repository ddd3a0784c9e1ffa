"""One catalogue of words for all that is drawn, told and written: English, or as others say.

A sentence of ours is a template in English, and `say` says it in the words that are spoken now:
``say("{party} answers", party=Party.CONTACT)``. A catalogue has three books. *Words* are the terms
of the field, each with its forms; who puts *operator* in the place of *employee* gets it in every
sentence, also where a template spells the word out. *Texts* are translations, by the English
template. *Clauses* are the sentences of the source and its holes, by their ids. What a book lacks
is said in English.

A placeholder is the name of a value or else of a term: ``{party}``, ``{party.of}`` in another form,
``{party!c}`` with a capital. A term lacks a form: the base form stands there. ``{#a note}`` stands
for nothing; it tells templates apart that are one in English. Texts of users stand as they are;
names of the API, ids of clauses and JSON are no words and are never translated.

The module reads no file and knows no sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from string import Formatter
from types import MappingProxyType
from typing import NamedTuple

from attrs import Factory, field, frozen

from ..clauses import Clause

#: The forms of a term by their names; ``base`` is always there.
Forms = Mapping[str, str]
BASE = "base"
#: All forms: cases by the question they answer (of whom, to whom, whom, by whom, at whom), those
#: that go with numbers, English ``a`` with its article, and a short word for narrow places.
FORMS = (BASE, "of", "to", "whom", "by", "at", "few", "many", "a", "short")


def _english(base: str, **more: str) -> Forms:
    return MappingProxyType({BASE: base, **more})


#: The terms, as they are called in English. States have a short word for narrow places.
TERMS: Mapping[str, Forms] = MappingProxyType(
    {
        "contact": _english("contact"),
        "employee": _english("employee"),
        "pbx": _english("PBX"),
        "idle": _english("not dialed yet", short="idle"),
        "dialing": _english("dialing", short="dial"),
        "message": _english("message", short="msg"),
        "dialing_music": _english("dialing music", short="music"),
        "conversation": _english("conversation", short="talk"),
        "released": _english("released", short="end"),
    }
)

#: Terms that English sentences spell out; elsewhere they are said as terms.
_SPELLED_OUT = ("contact", "employee", "pbx", "dialing_music", "dialing", "message", "conversation")


class ClauseWords(NamedTuple):
    """What `callflow.clauses.Clause` says, in the words of a catalogue."""

    place: str
    says: str
    hole: str | None = None
    why: str | None = None


class Slot(NamedTuple):
    """A place in a template where something is put in."""

    name: str
    form: str
    capital: bool


@frozen(kw_only=True, eq=False)
class Catalogue:
    """The words of a language, or of a house.

    Attributes:
        language: as HTML names it: ``en``, ``ru``.
        decimal: what stands between seconds and their parts.
        terms: the forms of each term.
        texts: by the English template, the template.
        clauses: by the id of a clause, its sentences.
    """

    language: str = "en"
    decimal: str = "."
    terms: Mapping[str, Forms] = TERMS
    texts: Mapping[str, str] = field(factory=dict)
    clauses: Mapping[str, ClauseWords] = field(factory=dict)
    _compiled: dict[str, str | tuple[str | Slot, ...]] = field(init=False, factory=dict, repr=False)
    _respelled: Callable[[str], str] | None = field(
        init=False,
        repr=False,
        default=Factory(lambda made: _respelling(made.language, made.terms), takes_self=True),
    )

    def say(self, template: str, values: Mapping[str, object]) -> str:
        """The sentence of a template, with values in their places."""
        compiled = self._compiled.get(template)
        if compiled is None:
            compiled = self._compiled[template] = self._compile(template)
        if type(compiled) is str:
            return compiled
        return "".join(
            [piece if isinstance(piece, str) else self._put(piece, values) for piece in compiled]
        )

    def term(self, name: str, form: str = BASE) -> str:
        """A term in a form; what is no term is said as it is called."""
        forms = self.terms.get(name)
        if forms is None:
            forms = {BASE: name.replace("_", " ")}
        return forms.get(form) or self._derived(forms[BASE], form)

    def count(self, number: int, name: str) -> str:
        """So many of something, with the form that goes with the number."""
        return f"{number} {self.term(name, _plural(self.language, number))}"

    def clause(self, clause: Clause) -> ClauseWords:
        """The sentences of a clause."""
        known = self.clauses.get(clause.id)
        if known is not None:
            return ClauseWords(
                place=self.say(known.place, {}),
                says=self.say(known.says, {}),
                hole=known.hole and self.say(known.hole, {}),
                why=known.why and self.say(known.why, {}),
            )
        own = ClauseWords(clause.place, clause.says, clause.hole, clause.why)
        respelled = self._respelled
        if respelled is None:
            return own
        # Its place names parameters of the API.
        return own._replace(
            says=respelled(own.says),
            hole=own.hole and respelled(own.hole),
            why=own.why and respelled(own.why),
        )

    def _put(self, slot: Slot, values: Mapping[str, object]) -> str:
        value = values.get(slot.name)
        if type(value) is str:
            text = value
        elif value is None and slot.name not in values:
            if slot.name not in self.terms:
                raise KeyError(f"a template wants a value that is not given: {slot.name}")
            text = self.term(slot.name, slot.form)
        elif isinstance(value, str):  # a word of the field
            text = self.term(value, slot.form)
        else:
            text = str(value)
        return capital(text) if slot.capital else text

    def _compile(self, template: str) -> str | tuple[str | Slot, ...]:
        pieces = parsed(self.texts.get(template, template))
        respelled = self._respelled
        if respelled is not None:
            pieces = tuple(
                respelled(piece) if isinstance(piece, str) else piece for piece in pieces
            )
        if all(isinstance(piece, str) for piece in pieces):
            return "".join(map(str, pieces))
        return pieces

    def _derived(self, base: str, form: str) -> str:
        """A form that the term does not give; English makes three by rule."""
        if self.language != "en":
            return base
        if form == "a":
            return _with_article(base)
        if form == "of":
            return f"{base}'s"
        return f"{base}s" if form == "many" else base


def _plural(language: str, number: int) -> str:
    """The name of the form that goes with a number."""
    if language not in ("ru", "uk", "be"):
        return BASE if number == 1 else "many"
    if number % 10 == 1 and number % 100 != 11:
        return BASE
    return "few" if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else "many"


def _respelling(language: str, terms: Mapping[str, Forms]) -> Callable[[str], str] | None:
    """What puts other words in the place of those that English sentences spell out.

    Names of the API (``contact_message``, ``people.contact``) stay. None: all words are ours.
    """
    if language != "en" or all(terms[name][BASE] == TERMS[name][BASE] for name in _SPELLED_OUT):
        return None
    by_word = {TERMS[name][BASE].lower(): terms[name] for name in _SPELLED_OUT}
    words = "|".join(sorted(by_word, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w.`/-])(an? )?({words})(s?)(?![\w`/-]|\.\w)", re.IGNORECASE)

    def word(found: re.Match[str]) -> str:
        article, spelled, plural = found[1] or "", found[2], found[3]
        forms = by_word[spelled.lower()]
        if forms[BASE].lower() == spelled.lower():
            return found[0]
        if plural:
            text = forms.get("many") or f"{forms[BASE]}s"
        else:
            text = _with_article(forms[BASE]) if article else forms[BASE]
        capitals = (article or spelled)[0].isupper() and spelled != "PBX"
        return capital(text) if capitals else text

    return lambda text: pattern.sub(word, text)


def _with_article(word: str) -> str:
    return f"{'an' if word[:1].lower() in 'aeiou' else 'a'} {word}"


ENGLISH = Catalogue()

_SPOKEN: ContextVar[Catalogue] = ContextVar("callflow_words", default=ENGLISH)


def spoken() -> Catalogue:
    """The catalogue whose words are spoken now."""
    return _SPOKEN.get()


@contextmanager
def speaking(catalogue: Catalogue) -> Iterator[Catalogue]:
    """Inside it, and only in this thread or task, the words of ``catalogue`` are spoken."""
    token = _SPOKEN.set(catalogue)
    try:
        yield catalogue
    finally:
        _SPOKEN.reset(token)


def say(template: str, /, **values: object) -> str:
    """A sentence of ours in the words that are spoken now.

    Args:
        template: in English, with placeholders.
        values: words of the field (`callflow.words`) become terms; texts stand as they are.

    Raises:
        KeyError: a placeholder has no value and is no term.
    """
    return _SPOKEN.get().say(template, values)


def later(template: str) -> str:
    """A template that is said later, marked where it stands so that none is forgotten."""
    return template


def term(word: str, form: str = BASE) -> str:
    """A term, or a word of the field, in the words that are spoken now."""
    return _SPOKEN.get().term(word, form)


def count(number: int, name: str) -> str:
    """So many of something: ``1 case``, ``2 cases``."""
    return _SPOKEN.get().count(number, name)


def clause_words(clause: Clause) -> ClauseWords:
    """The sentences of a clause in the words that are spoken now."""
    return _SPOKEN.get().clause(clause)


def capital(text: str) -> str:
    """``text`` as a sentence begins."""
    return text[:1].upper() + text[1:]


def parsed(template: str) -> tuple[str | Slot, ...]:
    """A template in its pieces: text, and places for values.

    Raises:
        ValueError: it is no template; says why.
    """
    pieces: list[str | Slot] = []
    for text, placeholder, spec, conversion in Formatter().parse(template):
        if text:
            pieces.append(text)
        if placeholder is None:
            continue
        if placeholder.startswith("#"):
            continue
        name, _, form = placeholder.partition(".")
        if not name.isidentifier() or (form and not form.isidentifier()) or spec:
            raise ValueError("a placeholder is {name}, {name.form}, {name!c} or {name.form!c}")
        if conversion not in (None, "c"):
            raise ValueError(f"behind ! only c can stand, for a capital, not {conversion}")
        pieces.append(Slot(name, form or BASE, conversion == "c"))
    return tuple(pieces)
