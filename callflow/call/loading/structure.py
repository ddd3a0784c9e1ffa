"""From the tree to the case: every rule of the case format that is not the API's.

Each function reads one part of the format's page and tells everything that is wrong there; a part
that is wrong is read as left out, and what was told makes the whole a `CaseError` at the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...api.account import Account
from ...api.errors import RequestRefused
from ...api.parameters import ENVELOPE, NAMES
from ...api.request import Message
from ...errors import CaseError, nearest
from ...units import Milliseconds
from ...words import MessageType, Party, ShowDuringCall
from ..case import Case, People, PerParty, Person, Reaction, Scenario
from . import keys
from .account import Accounts
from .fields import Entry, Fields, exact_number, thousandth_of
from .problems import Problems
from .request import Sent, is_envelope
from .tree import FAULTY, PLAIN, TEXT, Fault, Mapping, Node, Scalar, Step, is_null, path_of

if TYPE_CHECKING:
    from decimal import Decimal

_PARTIES = tuple(str(party) for party in Party)
_TYPES = tuple(str(type_) for type_ in MessageType)
_SHOWN = tuple(str(shown) for shown in ShowDuringCall)
_REACTIONS = {
    "answers_after": Reaction.ANSWERS,
    "busy_after": Reaction.BUSY,
    "rejects_after": Reaction.REJECTS,
    "unavailable_after": Reaction.UNAVAILABLE,
}
_NO_ANSWER = str(Reaction.NO_ANSWER)

#: So many steps of a path say where something is nested too deep.
_LONGEST_PATH = 12

_SCENARIO = Scenario()
_ACCOUNT = Account()
_PEOPLE = People()
_PERSON = Person()
_PER_PARTY = PerParty()

_UNDER_REQUEST = "is part of a request; put the parameters under `request:`"


def is_bare_request(root: Node) -> bool:
    """Whether a file is a request as it comes out of a log: no key of a case, but of a request."""
    return (
        isinstance(root, Mapping)
        and not any(key in root.entries for key in keys.CASE)
        and any(_of_request(key) for key in root.entries)
    )


def as_case(root: Node) -> Node:
    """The tree of a case with only that request, if it is a bare one; else the tree as it is."""
    if not is_bare_request(root):
        return root
    case = Mapping(root.source, root.start, root.end)
    case.entries["request"] = Scalar(root.source, TEXT, "request", root.start), root
    return case


def _of_request(key: str) -> bool:
    return key in ENVELOPE or key in NAMES


class Structure:
    """Reads one tree.

    Args:
        problems: what was found before, and what is found here.
        folder: where media files are looked for; None: anywhere.
        empty_is_null: whether "" stands for a missing scenario, as in TOML.
    """

    def __init__(
        self, problems: Problems, *, folder: str | None, empty_is_null: bool = False
    ) -> None:
        self.problems = problems
        self.fields = Fields(problems)
        self.accounts = Accounts(self.fields, folder=folder, empty_is_null=empty_is_null)

    # ------------------------------------------------------------------------------- the whole

    def case(self, root: Node, account: Account | None) -> Case:
        """The case.

        Args:
            account: takes the place of the case's own.

        Raises:
            CaseError: it is none.
            RequestRefused: it is one, but for its request.
        """
        found = self._top(root)
        name = found.get("name")
        scenario_entry, account_entry = found.get("scenario"), found.get("account")
        scenario = self.scenario(scenario_entry) if scenario_entry else _SCENARIO
        own = _ACCOUNT
        if account_entry:
            own = self.accounts.account(account_entry, "account")
        if account is None:
            account = own
        request = self._request(found.get("request"), account)
        speech, expect = found.get("speech"), found.get("expect")
        messages, people = found.get("messages"), found.get("people")
        timeout = found.get("ring_timeout")
        values = {
            "name": self.fields.text(name[1], name[0], "name") if name else None,
            "scenario": scenario,
            "account": account,
            "characters_per_second": self.speech(speech) if speech else None,
            "messages": self.per_party(messages, "messages") if messages else _PER_PARTY,
            "people": self.people(people) if people else _PEOPLE,
            "ring_timeout": self.per_party(timeout, "ring_timeout") if timeout else _PER_PARTY,
            "expect": expect[1] if expect else None,
        }
        if scenario_entry and account.media is not None:
            self._scenario_media(scenario, account.media, scenario_entry)
        if isinstance(request, RequestRefused):
            if not self.problems:
                request.expect = values["expect"]
                raise request
            self.problems.take(request.problems)
        if self.problems or request is None or isinstance(request, RequestRefused):
            raise CaseError(self.problems.in_order())
        return Case.checked(request=request, **values)

    def _top(self, root: Node) -> dict[str, Entry]:
        if type(root) is not Mapping:
            self.fields.wrong(root, root, "", "a mapping with the key request")
            return {}
        found = {}
        stray = False
        for name, entry in root.entries.items():
            if name in keys.CASE:
                if not is_null(entry[1]):
                    found[name] = entry
            elif _of_request(name):
                stray = True
                self.problems.add(entry[0], name, _UNDER_REQUEST)
            else:
                self.fields.unknown(entry[0], "", keys.CASE)
        if "request" not in found and not stray:
            given = root.entries.get("request")
            if given is None:
                self.problems.add(root, "request", "is missing; a case has a request")
            elif not (isinstance(given[1], Scalar) and given[1].kind is FAULTY):
                self.problems.add(given[0], "request", "must be a mapping, not null")
        return found

    def _request(self, entry: Entry | None, account: Account) -> object:
        if entry is None:
            return None
        return Sent(entry[0], entry[1], self.problems).accepted(account)

    # ------------------------------------------------------------------------------- scenario

    def scenario(self, entry: Entry) -> Scenario:
        """The scenario."""
        found = self.fields.members(entry[1], entry[0], "scenario", keys.SCENARIO)
        number = name = None
        employee = found.get("employee")
        if employee:
            path = "scenario.employee"
            person = self.fields.members(employee[1], employee[0], path, keys.EMPLOYEE)
            number = self._text(person.get("number"), f"{path}.number")
            name = self._text(person.get("name"), f"{path}.name")
        message, shown = found.get("employee_message"), found.get("show_during_call")
        show = None
        if shown:
            show = self.fields.choice(shown[1], shown[0], "scenario.show_during_call", _SHOWN)
        return Scenario(
            employee_number=number,
            employee_name=name,
            employee_message=self._message(message) if message else None,
            show_during_call=None if show is None else ShowDuringCall(show),
        )

    def _text(self, entry: Entry | None, path: str) -> str | None:
        return self.fields.text(entry[1], entry[0], path) if entry else None

    def _message(self, entry: Entry) -> Message | None:
        key, node = entry
        path = "scenario.employee_message"
        found = self.fields.members(node, key, path, keys.MESSAGE)
        if type(node) is not Mapping:
            return None
        given: dict[str, str | None] = {}
        for name in keys.MESSAGE:
            member = found.get(name)
            if member is None:
                self._required(node, key, path, name)
            elif name == "type":
                given[name] = self.fields.choice(member[1], member[0], f"{path}.type", _TYPES)
            else:
                given[name] = self._text(member, f"{path}.value")
                if given[name] == "":
                    expected = "a text of at least one character"
                    self.fields.wrong(member[1], member[0], f"{path}.value", expected)
        type_, value = given.get("type"), given.get("value")
        if type_ is None or not value:
            return None
        return Message(type=MessageType(type_), value=value)

    def _required(self, node: Mapping, key: Scalar, path: str, name: str) -> None:
        entry = node.entries.get(name)
        if entry is None:
            self.problems.add(key, f"{path}.{name}", "is missing; a message has type and value")
        else:
            self.fields.wrong(entry[1], entry[0], f"{path}.{name}", "a text")

    def _scenario_media(self, scenario: Scenario, media: Iterable[str], entry: Entry) -> None:
        message = scenario.employee_message
        if message is None or message.type is not MessageType.MEDIA or message.value in media:
            return
        at: Node = entry[0]
        for name in ("employee_message", "value"):
            inner = entry[1].entries.get(name) if isinstance(entry[1], Mapping) else None
            if inner is None:
                break
            entry = inner
            at = entry[0]
        from ...api.sentences import listed

        near = nearest(message.value, media)
        known = list(media)
        hint = f"did you mean {near}?" if near else f"it has {listed(known) if known else 'none'}"
        self.problems.add(
            at,
            "scenario.employee_message.value",
            f"is no media file of the account ({message.value}); {hint}",
            given=message.value,
            nearest=near,
        )

    # ------------------------------------------------------------------------------- the rest

    def speech(self, entry: Entry) -> Decimal | int | None:
        """How many characters a second are read: an int, else the exact decimal."""
        found = self.fields.members(entry[1], entry[0], "speech", keys.SPEECH)
        rate = found.get("characters_per_second")
        if rate is None:
            return None
        exact = exact_number(rate[1])
        if exact is not None and thousandth_of(exact) <= exact <= 100_000:
            whole = int(exact)
            return whole if whole == exact else exact
        path, expected = "speech.characters_per_second", "a number from 0.001 to 100000"
        self.fields.wrong(rate[1], rate[0], path, expected)
        return None

    def per_party(self, entry: Entry, path: str) -> PerParty:
        """A length for each party."""
        found = self.fields.members(entry[1], entry[0], path, keys.MESSAGES)
        contact, employee = found.get("contact"), found.get("employee")
        time = self.fields.time
        return PerParty(
            contact=time(contact[1], contact[0], f"{path}.contact", least=1) if contact else None,
            employee=time(employee[1], employee[0], f"{path}.employee", least=1)
            if employee
            else None,
        )

    def people(self, entry: Entry) -> People:
        """What both parties do."""
        found = self.fields.members(entry[1], entry[0], "people", keys.PEOPLE)
        contact, employee = found.get("contact"), found.get("employee")
        length, ended_by = self._conversation(found.get("conversation"))
        return People(
            contact=self.person(contact, "people.contact") if contact else _PERSON,
            employee=self.person(employee, "people.employee") if employee else _PERSON,
            conversation=length,
            ended_by=ended_by,
        )

    def person(self, entry: Entry, path: str) -> Person:
        """What one party does."""
        key, node = entry
        if type(node) is not Mapping:
            if type(node) is Scalar and node.kind in (TEXT, PLAIN):
                if node.text == _NO_ANSWER:
                    return Person(reaction=Reaction.NO_ANSWER)
                near = nearest(node.text, (_NO_ANSWER,))
            else:
                near = None
            expected = "{answers_after: ...}, another mapping, or no_answer"
            self.fields.wrong(node, key, path, expected, near=near)
            return _PERSON
        entries = node.entries
        if _NO_ANSWER in entries:
            name = path.rpartition(".")[2]
            unknown = entries[_NO_ANSWER][0]
            hint = f"write {name}: no_answer"
            self.fields.unknown(unknown, path, keys.PERSON, hint)
            rest = Mapping(node.source, node.start, node.end)
            rest.entries = {word: entry for word, entry in entries.items() if word != _NO_ANSWER}
            node = rest
        found = self.fields.members(node, key, path, keys.PERSON)
        reaction = after = hangs_up_after = None
        does = ""
        for name, (at, value) in found.items():
            length = self.fields.time(value, at, f"{path}.{name}", least=0)
            if name == "hangs_up_after":
                hangs_up_after = length
            elif does:
                self.problems.add(at, path, f"{does} and {name} exclude each other")
            else:
                does, reaction, after = name, _REACTIONS[name], length
        if "hangs_up_after" in found and does not in ("", "answers_after"):
            at = found["hangs_up_after"][0]
            message = f"{does} and hangs_up_after exclude each other; only who answers hangs up"
            self.problems.add(at, path, message)
        return Person(reaction=reaction, after=after, hangs_up_after=hangs_up_after)

    def _conversation(self, entry: Entry | None) -> tuple[Milliseconds | None, Party | None]:
        if entry is None:
            return None, None
        key, node = entry
        path = "people.conversation"
        if type(node) is not Mapping:
            or_else = ", or {seconds: ..., ended_by: ...}"
            return self.fields.time(node, key, path, least=1, or_else=or_else), None
        found = self.fields.members(node, key, path, keys.CONVERSATION)
        seconds, by = found.get("seconds"), found.get("ended_by")
        length = word = None
        if seconds:
            length = self.fields.time(seconds[1], seconds[0], f"{path}.seconds", least=1)
        if by:
            word = self.fields.choice(by[1], by[0], f"{path}.ended_by", _PARTIES)
        return length, None if word is None else Party(word)


def tell(faults: Iterable[Fault], root: Node | None, problems: Problems) -> None:
    """What a reader refused, each with its path as a case has it.

    Args:
        root: the tree as it stands in the file; None: it was not read to its end.
    """
    bare = root is not None and is_bare_request(root)
    request = root.get("request") if isinstance(root, Mapping) else None
    if bare:
        request = root
    envelope = request is not None and is_envelope(request)
    for fault in faults:
        if fault.offset >= 0 and not fault.steps:
            problems.at(fault.source, fault.offset, "", fault.message)
            continue
        steps: tuple[Step, ...] = ("request", *fault.steps) if bare else fault.steps
        if envelope and steps[:2] == ("request", "params"):
            steps = ("request", *steps[2:])
        problems.at(fault.source, fault.offset, path_of(steps[:_LONGEST_PATH]), fault.message)
