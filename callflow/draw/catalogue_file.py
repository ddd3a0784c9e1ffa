"""Catalogues that are files: those that ship, and those of users.

A user's file may hold a single word. What it does not say comes from the catalogue that it extends:
English, or one that ships. Whatever is wrong in it is told with its line, all at once, and nothing
is made of it. Those that ship are folders of such files beside this module, one for each room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from attrs import evolve

from ..call.loading.fields import Entry, Fields
from ..call.loading.keys import Keys
from ..call.loading.problems import Problems
from ..call.loading.structure import tell
from ..call.loading.tree import Mapping as Tree
from ..call.loading.tree import Node, Source
from ..clauses import CLAUSES
from ..errors import CaseError, UsageError, either, nearest, printable
from .catalogue import BASE, ENGLISH, FORMS, Catalogue, ClauseWords, Forms, Slot, parsed

#: The catalogues that ship, by their languages. English needs no file.
SHIPPED = ("en", "ru")

_KEYS: Keys = {
    "language": {},
    "extends": {},
    "decimal": {},
    "words": {},
    "texts": {},
    "clauses": {},
}
_SENTENCES: Keys = {"place": {}, "says": {}, "hole": {}, "why": {}}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
#: What would be markup, or end a cell of a table, on a page: no word has it.
_MARKUP = frozenset("\\`*[]<>|")
_FORMS: Keys = {form: {} for form in FORMS}


@cache
def catalogue_named(name: str) -> Catalogue:
    """A catalogue that ships; always the same object.

    Raises:
        UsageError: there is none of this name.
    """
    if name not in SHIPPED:
        near = nearest(name, SHIPPED)
        raise UsageError(
            f"{printable(name)}: no catalogue of this name ships; there is {either(SHIPPED)}"
            + (f"; did you mean {near}?" if near else "")
        )
    if name == "en":
        return ENGLISH
    found = Catalogue(language=name)
    folder = files("callflow.draw").joinpath("words", name)
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        found = _Reading(f"{name}/{file.name}", shipped=True).read(file.read_bytes(), found)
    return found


def catalogue_from_bytes(data: bytes, file: str | None = None) -> Catalogue:
    """The catalogue in the bytes of a user's YAML file.

    Args:
        file: told in problems; None: there is no file.

    Raises:
        CaseError: it is none; holds everything that is wrong, with lines.
    """
    return _Reading(file, shipped=False).read(data, None)


@cache
def templates() -> frozenset[str]:
    """Every template that there is: all are translated in what ships."""
    return frozenset(catalogue_named("ru").texts)


class _Reading:
    """One file under way."""

    def __init__(self, file: str | None, *, shipped: bool) -> None:
        self.problems = Problems(file)
        self.fields = Fields(self.problems)
        self.shipped = shipped

    def read(self, data: bytes, base: Catalogue | None) -> Catalogue:
        """The catalogue; ``base``: what it adds to, None: what the file itself names."""
        members = self._members(data)
        if base is None:
            base = self._extended(members.get("extends"))
        terms = self._terms(members.get("words"), base)
        texts = self._texts(members.get("texts"))
        clauses = self._clauses(members.get("clauses"), base)
        language = self._language(members.get("language"))
        decimal = self._decimal(members.get("decimal"))
        if self.problems:
            raise CaseError(self.problems.in_order())
        return evolve(
            base,
            language=language or base.language,
            decimal=decimal or base.decimal,
            terms={**base.terms, **terms},
            texts={**base.texts, **texts},
            clauses={**base.clauses, **clauses},
        )

    def _members(self, data: bytes) -> dict[str, Entry]:
        from ..call.loading import yaml_reader

        try:
            source = Source(data.removeprefix(b"\xef\xbb\xbf").decode())
        except UnicodeDecodeError:
            self.problems.add(None, "", "this is not UTF-8; save the text as UTF-8")
            raise CaseError(self.problems.in_order()) from None
        try:
            root, faults = yaml_reader.read(source)
        except yaml_reader.Unreadable as error:
            tell(error.faults, None, self.problems)
            raise CaseError(self.problems.in_order()) from None
        tell(faults, None, self.problems)
        if root is None:
            return {}
        members = self.fields.members(root, root, "", _KEYS)
        for key, node in members.values():
            self._once(node, key.text)
        return members

    def _once(self, node: Node, path: str) -> None:
        """Nothing may be said twice."""
        for key, _ in node.repeated if isinstance(node, Tree) else ():
            self.problems.add(key, path, f"{key.text} stands here twice; keep one")

    # --------------------------------------------------------------------------- the small members

    def _extended(self, entry: Entry | None) -> Catalogue:
        name = entry and self.fields.choice(entry[1], entry[0], "extends", SHIPPED)
        return catalogue_named(name or "en")

    def _language(self, entry: Entry | None) -> str | None:
        if entry is None:
            return None
        text = self.fields.text(entry[1], entry[0], "language")
        if text is None or _LANGUAGE.fullmatch(text):
            return text
        self.fields.wrong(entry[1], entry[0], "language", "the tag of a language, like en or pt-BR")
        return None

    def _decimal(self, entry: Entry | None) -> str | None:
        return entry and self.fields.choice(entry[1], entry[0], "decimal", (".", ","))

    # ----------------------------------------------------------------------------------- the books

    def _terms(self, entry: Entry | None, base: Catalogue) -> dict[str, Forms]:
        """Words: a word, or its forms."""
        found: dict[str, Forms] = {}
        for name, (key, node), path in self._free(entry, "words", "terms to words"):
            if not self.shipped and name not in base.terms:
                self.fields.unknown(key, "words", tuple(base.terms))
            elif isinstance(node, Tree):
                members = self.fields.members(node, key, path, _FORMS)
                forms = {
                    form: text
                    for form, (at, value) in members.items()
                    if (text := self._word(value, at, f"{path}.{form}"))
                }
                if BASE not in members:
                    self.problems.add(key, path, f"must have {BASE}, the word as it is called")
                found[name] = forms
            elif text := self._word(node, key, path):
                found[name] = {BASE: text}
        return found

    def _texts(self, entry: Entry | None) -> dict[str, str]:
        """Texts: an English template, and the template in its place."""
        found: dict[str, str] = {}
        for template, (key, node), _ in self._free(entry, "texts", "English texts to texts"):
            text = self._printable(node, key, "texts")
            if text is None:
                continue
            if not self.shipped and template not in templates():
                near = nearest(template, templates())
                hint = f'; did you mean "{near}"?' if near else ""
                self.problems.add(key, "texts", f'nothing of ours says "{template}"{hint}')
            elif wrong := _disagreement(template, text):
                self.problems.add(key, "texts", f'in place of "{template}": {wrong}')
            found[template] = text
        return found

    def _clauses(self, entry: Entry | None, base: Catalogue) -> dict[str, ClauseWords]:
        """Clauses: by the id, what it says; sentences that are left out stay as they are."""
        found: dict[str, ClauseWords] = {}
        for name, (key, node), path in self._free(entry, "clauses", "ids to sentences"):
            clause = CLAUSES.get(name)
            if clause is None:
                self.fields.unknown(key, "clauses", tuple(CLAUSES))
                continue
            texts: dict[str, str] = {}
            for part, (at, value) in self.fields.members(node, key, path, _SENTENCES).items():
                text = self._printable(value, at, f"{path}.{part}")
                if part in ("hole", "why") and clause.hole is None:
                    self.problems.add(
                        at,
                        f"{path}.{part}",
                        f"{name} is a sentence of the source; it has no {part}",
                    )
                elif text and (wrong := _disagreement("", text)):
                    self.problems.add(at, f"{path}.{part}", wrong)
                elif text:
                    texts[part] = text
            own = ClauseWords(
                place=_literal(clause.place),
                says=_literal(clause.says),
                hole=clause.hole and _literal(clause.hole),
                why=clause.why and _literal(clause.why),
            )
            found[name] = base.clauses.get(name, own)._replace(**texts)
        return found

    def _free(self, entry: Entry | None, path: str, what: str) -> Iterator[tuple[str, Entry, str]]:
        return iter(()) if entry is None else self.fields.free(entry[1], entry[0], path, what)

    def _word(self, node: Node, at: Node, path: str) -> str | None:
        text = self._printable(node, at, path)
        if text is not None and (found := next((sign for sign in text if sign in _MARKUP), None)):
            self.problems.add(at, path, f"{found} is markup on a page; leave it out of the word")
            return None
        return text

    def _printable(self, node: Node, at: Node, path: str) -> str | None:
        text = self.fields.text(node, at, path)
        if text is not None and (not text or not text.isprintable()):
            what = "nothing" if not text else "a line break or another control character"
            self.problems.add(at, path, f"must be a text of one line; here is {what}")
            return None
        return text


def _literal(text: str) -> str:
    """A text as a template that says it."""
    return text.replace("{", "{{").replace("}", "}}")


def _disagreement(template: str, text: str) -> str | None:
    """Why a template cannot take the place of another; None: it can."""
    wanted = names(template)
    try:
        slots = [piece for piece in parsed(text) if isinstance(piece, Slot)]
    except ValueError as error:
        return str(error)
    for slot in slots:
        if slot.name not in wanted and slot.name not in ENGLISH.terms:
            known = [*wanted, *ENGLISH.terms]
            near = nearest(slot.name, known)
            hint = f"did you mean {{{near}}}?" if near else f"known here: {', '.join(known)}"
            return f"there is no {{{slot.name}}}; {hint}"
        if slot.form not in FORMS:
            return f"no word has a form {slot.form}; there is {either(FORMS)}"
    missing = [name for name in wanted if name not in {slot.name for slot in slots}]
    return f"{{{missing[0]}}} is missing" if missing else None


def names(template: str) -> Mapping[str, None]:
    """The names of the placeholders of a template, in their order."""
    return dict.fromkeys(piece.name for piece in parsed(template) if isinstance(piece, Slot))
