"""``--set PATH=VALUE``: one value of a case changed before it is read.

The tree is changed, not the case, so that a value from an option means what it would mean in the
file. VALUE is read as if it stood behind a key of a YAML case; with nothing behind the ``=`` the
key is left out. What is wrong with the value is told with the option in the place of a line.

One value of ``--each`` (see `each`) is a setting like any other, told of under its own name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from ...api.echo import is_secret, masked
from ...api.parameters import BY_PATH, ENVELOPE, JSONRPC, METHOD, NAMES
from ...errors import UsageError, nearest
from . import keys
from .keys import ANY, Keys
from .problems import Problems, public
from .request import is_envelope
from .tree import TEXT, Fault, Mapping, Node, Scalar, Sequence, Source, is_null, joined

_KEY = "x: "  # what VALUE is read behind
_PLACE = re.compile(r"(.+)\[([0-9]{1,6})\]")
#: Where a number may stand for a mapping: people.conversation: 60 is {seconds: 60}.
_SECONDS = ("people.conversation", "account.media.")


class Choice(NamedTuple):
    """One value of ``--each``, as it was written; nothing leaves the key out."""

    path: str
    value: str

    def __str__(self) -> str:
        """As ``--set`` takes it."""
        return f"{self.path}={self.value}"

    @property
    def shown(self) -> str:
        """The value as it may be shown: of what may be a secret only the beginning."""
        return masked(self.value) if holds_secret(str(self)) else self.value


#: ``PATH=VALUE`` of ``--set``, or one value of ``--each``.
Setting = str | Choice


def apply(settings: Iterable[Setting], root: Node, problems: Problems) -> None:
    """Change the tree of a case by settings, one after the other.

    Raises:
        UsageError: a setting is no ``PATH=VALUE``.
    """
    for setting in settings:
        path, equals, value = str(setting).partition("=")
        path = path.strip()
        if not equals or not path:
            raise UsageError(f"--set {shown(str(setting))}: it wants PATH=VALUE")
        if not isinstance(root, Mapping):
            return  # that is told when it is read
        _Setting(setting, path, value, problems).apply(root)


def path_of(setting: Setting) -> str:
    """The path that a setting names."""
    return str(setting).partition("=")[0].strip()


def option_of(setting: Setting) -> str:
    """The name of the option that a setting comes from."""
    return "--each" if isinstance(setting, Choice) else "--set"


def shown(setting: str) -> str:
    """The option as it may be shown: values that may hold a secret are left out."""
    path, equals, _ = setting.partition("=")
    return f"{public(path)}{equals}..." if holds_secret(setting) else setting


def holds_secret(setting: str) -> bool:
    """Whether some word of a setting names what may be a secret."""
    return any(map(is_secret, re.findall(r"\w+", setting)[:100]))


class _Setting:
    def __init__(self, setting: Setting, path: str, value: str, problems: Problems) -> None:
        self.path = path
        self.value = value
        self.problems = problems
        option = option_of(setting)
        self.source = Source(_KEY + value, f"{option} {shown(str(setting))}")
        # A path of --each is wrong for all its values alike, and told once.
        of_all = isinstance(setting, Choice)
        self.named = Source(None, f"{option} {public(path)}") if of_all else self.source

    def wrong(self, message: str, near: str | None = None, source: Source | None = None) -> None:
        hint = f"; did you mean {near}?" if near else ""
        key = Scalar(source or self.source, TEXT, self.path)
        self.problems.add(key, self.path, message + hint, nearest=near)

    def apply(self, root: Mapping) -> None:
        steps = self.steps(root)
        if steps is None:
            return
        if self.value:
            node = self.read()
            if node is not None:
                self.put(root, steps, node)
        else:
            self.leave_out(root, steps)

    # ----------------------------------------------------------------------------------- the value

    def read(self) -> Node | None:
        from . import yaml_reader

        if not self.value.isascii():
            try:
                self.value.encode()
            except UnicodeEncodeError:
                self.wrong("the value is not UTF-8")
                return None
        try:
            tree, faults = yaml_reader.read(self.source)
        except yaml_reader.Unreadable as error:
            self.tell(error.faults)
            return None
        self.tell(faults)
        if not isinstance(tree, Mapping) or list(tree.entries) != ["x"]:
            self.wrong("the value must be one value of YAML")
            return None
        return tree.entries["x"][1]

    def tell(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.problems.at(self.source, -1, self.path, fault.message)

    # ------------------------------------------------------------------------------------ the path

    def steps(self, root: Mapping) -> list[str] | None:
        """The keys that the path names, as the file has them; None: there is no such path."""
        parts = self.path.split(".")
        if parts[0] == "expect":
            return parts
        if parts[0] == "request" and len(parts) > 1:
            return self.request_steps(root, parts[1:])
        known: Keys = keys.CASE
        steps: list[str] = []
        while parts:
            if ANY in known:
                return steps + _free(parts, known[ANY])
            part = parts.pop(0)
            name, place = part, ""
            found = _PLACE.fullmatch(part)
            if found and ".".join([*steps, found[1]]) in keys.LISTS and not parts:
                name, place = found[1], found[2]
            if name not in known:
                near = nearest(part, known) if known else None
                self.unknown(near, ".".join(steps))
                return None
            steps += [name, f"[{place}]"] if place else [name]
            known = known[name]
        return steps

    def unknown(self, near: str | None, inside: str = "") -> None:
        words = "unknown path" + ("" if near or not inside else f"; not in {inside}")
        self.wrong(words, near, self.named)

    def request_steps(self, root: Mapping, parts: list[str]) -> list[str] | None:
        if parts[0] == "params" and len(parts) > 1:
            parts = parts[1:]
        name = ".".join(parts)
        request = root.get("request")
        envelope = request is not None and is_envelope(request)
        if parts[0] in ENVELOPE and len(parts) == 1:
            if not envelope:
                if name == "params":
                    return ["request"]
                self.wrap(root)
            return ["request", name]
        inside = ["request", "params"] if envelope else ["request"]
        if name in BY_PATH or self.there(root, [*inside, *parts]):
            return [*inside, *parts]
        if envelope and self.there(root, ["request", *parts]):
            return ["request", *parts]
        near = nearest(name, (*NAMES, *(path for path in BY_PATH if "." in path), *ENVELOPE))
        self.unknown(near, "request")
        return None

    def there(self, root: Mapping, steps: list[str]) -> bool:
        node: Node | None = root
        for step in steps:
            node = node.get(step) if isinstance(node, Mapping) else None
        return node is not None

    def wrap(self, root: Mapping) -> None:
        """Put an envelope around parameters, so that one of its members can be set."""
        envelope = Mapping(self.source)
        for name, text in (("jsonrpc", JSONRPC), ("method", METHOD), ("id", "")):
            envelope.entries[name] = self.key(name), Scalar(self.source, TEXT, text)
        key, params = root.entries.get("request") or (self.key("request"), Mapping(self.source))
        envelope.entries["params"] = key, params
        root.entries["request"] = key, envelope

    # ---------------------------------------------------------------------------------- the change

    def key(self, name: str) -> Scalar:
        return Scalar(self.source, TEXT, name)

    def put(self, root: Mapping, steps: list[str], node: Node) -> None:
        inside = self.inside(root, steps, make=True)
        last = steps[-1]
        if isinstance(inside, Mapping):
            inside.entries[last] = self.key(last), node
        elif isinstance(inside, Sequence):
            place = int(last[1:-1])
            if place > len(inside.items):
                self.wrong(f"the list has {len(inside.items)} places, and none with this number")
            else:
                inside.items[place : place + 1] = [node]

    def leave_out(self, root: Mapping, steps: list[str]) -> None:
        inside = self.inside(root, steps, make=False)
        last = steps[-1]
        if isinstance(inside, Mapping):
            inside.entries.pop(last, None)
        elif isinstance(inside, Sequence) and int(last[1:-1]) < len(inside.items):
            del inside.items[int(last[1:-1])]

    def inside(self, root: Mapping, steps: list[str], *, make: bool) -> Node | None:
        """What the last step is a key of; None: it is not there, and is not made."""
        node: Mapping = root
        path = ""
        for step, following in pairwise(steps):
            path = joined(path, step)
            entry = node.entries.get(step)
            inner = None if entry is None else entry[1]
            if following.startswith("[") and path in keys.LISTS:
                return self.list_in(node, step, inner, make=make)
            if isinstance(inner, Mapping):
                node = inner
                continue
            if inner is not None and not is_null(inner) and not path.startswith(_SECONDS):
                if make:
                    self.wrong(f"{path} is no mapping in the file; set it as a whole")
                return None
            if not make:
                return None
            made = Mapping(self.source)
            if entry is not None and inner is not None and not is_null(inner):
                made.entries["seconds"] = self.key("seconds"), inner
            node.entries[step] = (entry[0] if entry else self.key(step)), made
            node = made
        return node

    def list_in(self, node: Mapping, step: str, inner: Node | None, *, make: bool) -> Node | None:
        if inner is None or is_null(inner):
            if not make:
                return None
            inner = Sequence(self.source)
            node.entries[step] = self.key(step), inner
        if not isinstance(inner, Sequence):
            self.wrong(f"{step} is no list in the file; set it as a whole")
            return None
        return inner


def _free(parts: list[str], inner: Keys) -> list[str]:
    """A key that may have dots in it, and what is named inside it."""
    if len(parts) > 1 and parts[-1] in inner:
        return [".".join(parts[:-1]), parts[-1]]
    return [".".join(parts)]
