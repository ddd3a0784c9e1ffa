"""The parameters of ``start.vnumber_call``: one table, for checks, readers of files and pages.

Names, types and which are required come from the source. It says little of formats; the patterns
are ours: digits are 0-9, a virtual number is E.164, and a contact is E.164 or a SIP number, which
may begin with 0 and is longer than an extension number.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

#: The method whose requests are judged here, and the version of the envelope around them.
METHOD = "start.vnumber_call"
JSONRPC = "2.0"

#: The members of the envelope, in the order in which they are checked.
ENVELOPE = ("jsonrpc", "method", "id", "params")


class Kind(StrEnum):
    """The JSON type of a parameter."""

    STRING = "string"
    BOOLEAN = "boolean"
    OBJECT = "object"


class Parameter(NamedTuple):
    """A row of the table.

    Attributes:
        path: the name; of a member of an object, with the object's name and a dot before it.
        valid: which values are right, in words.
        meaning: what it is for, in words.
        choices: all right values, where they can be listed.
        pattern: what a right value matches as a whole, where a pattern says it.
        default: the API's value where it is not sent.
        members: of an object, its own parameters.
        listed: whether the source's table of parameters has it.
    """

    path: str
    kind: Kind
    meaning: str
    valid: str
    required: bool = False
    choices: tuple[str, ...] = ()
    pattern: str | None = None
    default: str | bool | None = None
    members: tuple[Parameter, ...] = ()
    listed: bool = True

    @property
    def name(self) -> str:
        """The last part of the path, as it stands in the JSON."""
        return self.path.rpartition(".")[2]

    @property
    def parent(self) -> str | None:
        """The path of the object that it is a member of."""
        return self.path.rpartition(".")[0] or None


PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        path="access_token",
        kind=Kind.STRING,
        required=True,
        valid="any text",
        meaning="session key",
    ),
    Parameter(
        path="virtual_phone_number",
        kind=Kind.STRING,
        required=True,
        valid="7 to 15 digits without plus, the first not 0",
        pattern="[1-9][0-9]{6,14}",
        meaning="the rented number that the contact sees as the caller",
    ),
    Parameter(
        path="external_id",
        kind=Kind.STRING,
        valid="any text",
        meaning="a unique id of the client's own, which links the call to an outside system",
    ),
    Parameter(
        path="dtmf_string",
        kind=Kind.STRING,
        valid="0-9 * # and . only",
        pattern="[0-9*#.]*",
        meaning="the DTMF that is sent to the contact; each . waits a second before what follows",
    ),
    Parameter(
        path="direction",
        kind=Kind.STRING,
        valid="in or out",
        choices=("in", "out"),
        default="in",
        meaning="the class of the call in reports",
    ),
    Parameter(
        path="contact",
        kind=Kind.STRING,
        required=True,
        valid="6 to 15 digits without plus",
        pattern="[0-9]{6,15}",
        meaning="whom to reach: an outside number or an employee's SIP number",
    ),
    Parameter(
        path="first_call",
        kind=Kind.STRING,
        required=True,
        valid="contact or employee",
        choices=("contact", "employee"),
        meaning="whom to dial first",
    ),
    Parameter(
        path="switch_at_once",
        kind=Kind.BOOLEAN,
        valid="true or false",
        default=False,
        meaning="join at once instead of playing the messages to the end",
    ),
    Parameter(
        path="contact_message",
        kind=Kind.OBJECT,
        valid="an object with type and value",
        meaning="what the contact hears while waiting",
        members=(
            Parameter(
                path="contact_message.type",
                kind=Kind.STRING,
                required=True,
                valid="media or tts",
                choices=("media", "tts"),
                meaning="a media file, or a text for speech synthesis",
            ),
            Parameter(
                path="contact_message.value",
                kind=Kind.STRING,
                required=True,
                valid="a text of at least one character",
                pattern=r"[\s\S]+",
                meaning="the id of the media file, or the text to be read",
            ),
        ),
    ),
    Parameter(
        path="show_virtual_phone_number",
        kind=Kind.BOOLEAN,
        valid="true or false",
        meaning="accepted, without effect: only an example of the source has it",
        listed=False,
    ),
)

#: The names that ``params`` may have.
NAMES: tuple[str, ...] = tuple(parameter.path for parameter in PARAMETERS)

#: Every row in the order of the table, the members of an object after it; and the same by path.
EVERY: tuple[Parameter, ...] = tuple(
    row for parameter in PARAMETERS for row in (parameter, *parameter.members)
)
BY_PATH: dict[str, Parameter] = {parameter.path: parameter for parameter in EVERY}

#: The paths of parameters that are texts: a reader of YAML takes them as they are written.
STRINGS: frozenset[str] = frozenset(
    parameter.path for parameter in EVERY if parameter.kind is Kind.STRING
)

#: Parameters that newer documentation of the vendor has and this product has not.
NEWER: tuple[str, ...] = ("early_switching", "virtual_phone_usage_rule")
