"""The checks of the API, in the server's order: one table, one generator.

The source gives no order; this one is ours. A strict check takes the first fault, as a server does;
a lint takes them all. Both read the same table, so they cannot disagree:

1. A check yields what it finds in the order of the table of parameters; of what the table does not
   have, in the order of sending.
2. A check whose parameter has failed already is skipped.
3. A check that is *final* ends everything when it finds something. So does any other while there
   are no parameters to look at: a batch, a document that is no object, ``params`` that are none.

Nothing here knows where a document comes from (`validation` does).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from re import fullmatch

from attrs import Factory, define

from .account import UNKNOWN, Account
from .decoding import has_lone_surrogate
from .echo import echo, shortened
from .errors import ApiError, api_error
from .parameters import BY_PATH, ENVELOPE, EVERY, JSONRPC, METHOD, NAMES, Kind, Parameter
from .sentences import listed, missing, unexpected, wrong_member, wrong_type, wrong_value
from .wire import DEEPEST, JsonValue, Numeral

_TYPES: dict[Kind, type] = {Kind.STRING: str, Kind.BOOLEAN: bool, Kind.OBJECT: dict}

#: For so many unknown parameters the nearest right name is looked up.
_SUGGESTIONS = 100


@define(eq=False, repr=False)
class Sent:
    """What was sent, as far as the checks have looked at it.

    Attributes:
        params: the parameters; None: there are none to look at.
        values: the value of each known parameter, by path.
        unknown: path and value of each unknown one, in the order of sending.
        failed: the fields and members with a fault.
    """

    document: JsonValue
    params: dict[str, JsonValue] | None = None
    values: dict[str, JsonValue] = Factory(dict)
    unknown: list[tuple[str, JsonValue]] = Factory(list)
    failed: set[str | None] = Factory(set)

    def look_at(self, params: dict[str, JsonValue]) -> None:
        """Sort parameters, and the members of those that are objects, into known and unknown."""
        self.params = params
        for name, value in params.items():
            if name not in NAMES:
                self.unknown.append((name, value))
                continue
            self.values[name] = value
            if isinstance(value, dict) and BY_PATH[name].members:
                for member, inner in value.items():
                    path = f"{name}.{member}"
                    if path in BY_PATH:
                        self.values[path] = inner
                    else:
                        self.unknown.append((path, inner))

    @property
    def unknown_members(self) -> tuple[str, ...]:
        """Members of the envelope that the server ignores, in the order of sending."""
        document = self.document if isinstance(self.document, dict) else {}
        return tuple(member for member in document if member not in ENVELOPE)

    def sound(self, path: str) -> str | None:
        """The text of a parameter that was sent and has not failed."""
        value = self.values.get(path)
        return value if isinstance(value, str) and path not in self.failed else None


Check = Callable[[Sent, Account], Iterator[ApiError]]


# ------------------------------------------------------------------------------- the document


def _encoding(sent: Sent, _: Account) -> Iterator[ApiError]:
    """Only documents that were not read from bytes can fail here; `decoding` has judged those."""
    if has_lone_surrogate(sent.document):
        yield api_error(
            "character_encoding_not_allowed",
            detail="a text of the request has half a character (a lone surrogate); "
            "write the whole one",
        )


def _nesting(sent: Sent, _: Account) -> Iterator[ApiError]:
    level: list[JsonValue] = [sent.document]
    for _depth in range(DEEPEST):
        level = [
            inner
            for value in level
            if isinstance(value, list | dict)
            for inner in (value.values() if isinstance(value, dict) else value)
            if isinstance(inner, list | dict)
        ]
        if not level:
            return
    yield api_error(
        "parse_error",
        detail=f"the request is nested deeper than {DEEPEST} "
        "(a limit of ours; the source names none)",
    )


def _batch(sent: Sent, _: Account) -> Iterator[ApiError]:
    if isinstance(sent.document, list):
        yield api_error(
            "batch_operations_not_supported",
            detail="a list is a batch, and batches are refused; send each request by itself",
        )


def _envelope(sent: Sent, _: Account) -> Iterator[ApiError]:
    document = sent.document
    if not isinstance(document, dict):
        given = wrong_member("params", "an object", document)
        yield api_error("invalid_request", detail=f"a request {given}")
        return
    params = document.get("params")
    if isinstance(params, dict):
        sent.look_at(params)
    for member, wanted, right in (
        ("jsonrpc", f"the text {JSONRPC}", document.get("jsonrpc") == JSONRPC),
        ("method", f"the text {METHOD}", isinstance(document.get("method"), str)),
        ("id", "a text or a number", _is_id(document.get("id", ""))),
        ("params", "an object", sent.params is not None),
    ):
        if right:
            continue
        if member in document:
            detail = wrong_member(member, wanted, document[member])
        else:
            detail = f"is missing from the envelope; it must be {wanted}"
        yield api_error("invalid_request", member=member, detail=detail)


def _is_id(value: JsonValue) -> bool:
    return isinstance(value, str | Numeral)


def _notification(sent: Sent, _: Account) -> Iterator[ApiError]:
    if isinstance(sent.document, dict) and "id" not in sent.document:
        detail = (
            "is missing: a request without it is a notification, and those are refused; add one"
        )
        yield api_error("notifications_not_supported", member="id", detail=detail)


def _method(sent: Sent, _: Account) -> Iterator[ApiError]:
    method = sent.document.get("method") if isinstance(sent.document, dict) else None
    if isinstance(method, str) and method != METHOD:
        detail = f"must be {METHOD}, the one method that is judged here, not {shortened(method)}"
        yield api_error("method_not_found", member="method", detail=detail)


# ------------------------------------------------------------------------------- the parameters


def _token(sent: Sent, account: Account) -> Iterator[ApiError]:
    token = sent.sound("access_token")
    if token is None or account.access_tokens is None or token in account.access_tokens:
        return
    yield api_error(
        "access_token_invalid",
        value=echo("access_token", token),
        detail="is not one of the account's access_tokens"
        if account.access_tokens
        else "cannot be right: the account's access_tokens are empty",
    )


_REQUIRED = tuple(parameter for parameter in EVERY if parameter.required)


def _required(sent: Sent, _: Account) -> Iterator[ApiError]:
    for parameter in _REQUIRED:
        parent = parameter.parent
        if parameter.path in sent.values or (
            parent and not isinstance(sent.values.get(parent), dict)
        ):
            continue
        yield api_error(
            "required_parameter_missed",
            field=parameter.path,
            detail=missing(parameter, (path for path, _ in sent.unknown)),
        )


def _types(sent: Sent, _: Account) -> Iterator[ApiError]:
    for parameter, value in _known(sent):
        if not isinstance(value, _TYPES[parameter.kind]):
            yield api_error(
                "data_type_error",
                field=parameter.path,
                value=echo(parameter.path, value),
                detail=wrong_type(parameter, value),
            )


def _values(sent: Sent, _: Account) -> Iterator[ApiError]:
    for parameter, value in _known(sent):
        if isinstance(value, str) and not _fits(parameter, value):
            yield api_error(
                "invalid_parameter_value",
                field=parameter.path,
                value=echo(parameter.path, value),
                detail=wrong_value(parameter, value),
            )


def _known(sent: Sent) -> Iterator[tuple[Parameter, JsonValue]]:
    """The known parameters that have not failed, in the order of the table."""
    for parameter in EVERY:
        path = parameter.path
        if path in sent.values and path not in sent.failed:
            yield parameter, sent.values[path]


def _fits(parameter: Parameter, value: str) -> bool:
    if parameter.choices:
        return value in parameter.choices
    return parameter.pattern is None or bool(fullmatch(parameter.pattern, value))


def _unexpected(sent: Sent, _: Account) -> Iterator[ApiError]:
    for number, (path, value) in enumerate(sent.unknown):
        parent = path.rpartition(".")[0]
        nested = parent in BY_PATH and path not in (sent.params or {})
        yield api_error(
            "unexpected_parameters",
            field=path,
            value=echo(path, value),
            detail=unexpected(
                path,
                _known_beside(parent if nested else None) if number < _SUGGESTIONS else (),
            ),
        )


def _known_beside(parent: str | None) -> list[str]:
    """The paths of the parameters that may stand in one place."""
    return [row.path for row in EVERY if row.parent == parent]


# ------------------------------------------------------------------------------- the account


def _virtual_number(sent: Sent, account: Account) -> Iterator[ApiError]:
    number, numbers = sent.sound("virtual_phone_number"), account.virtual_numbers
    if number is None or numbers is None or number in numbers:
        return
    yours = f"; yours: {listed(numbers)}" if numbers else "; the account has none"
    yield api_error(
        "virtual_phone_number_not_found",
        value=number,
        virtual_phone_number=number,
        detail=f"is not one of your virtual numbers ({number}){yours}",
    )


def _scenario(sent: Sent, account: Account) -> Iterator[ApiError]:
    number, numbers = sent.sound("virtual_phone_number"), account.virtual_numbers
    if number is None or numbers is None or numbers[number] is not None:
        return
    detail = f"has no scenario ({number}); a call needs one to know the employee"
    yield api_error("scenario_not_found", value=number, detail=detail)


def _own_number(sent: Sent, account: Account) -> Iterator[ApiError]:
    contact, numbers = sent.sound("contact"), account.virtual_numbers
    if numbers is None:
        own = contact is not None and contact == sent.sound("virtual_phone_number")
    else:
        own = contact in numbers
    if own and contact is not None:
        yield api_error(
            "own_virtual_phone_number_not_allowed",
            value=contact,
            detail=f"is one of your own virtual numbers ({contact}), "
            "and calls to those are not allowed",
        )


def _blacklist(sent: Sent, account: Account) -> Iterator[ApiError]:
    contact = sent.sound("contact")
    if contact is not None and contact in (account.blacklist or ()):
        yield api_error(
            "contact_in_blacklist",
            value=contact,
            contact=contact,
            detail=f"is in the blacklist ({contact})",
        )


def _media_file(sent: Sent, account: Account) -> Iterator[ApiError]:
    file, files = sent.sound("contact_message.value"), account.media
    if sent.sound("contact_message.type") != "media" or file is None:
        return
    if files is None or file in files:
        return
    yours = f"it has {listed(files)}" if files else "it has none"
    yield api_error(
        "media_file_not_found",
        value=file,
        media_file_id=file,
        detail=f"is no media file of the account ({shortened(file)}); {yours}",
    )


def _tts_length(sent: Sent, account: Account) -> Iterator[ApiError]:
    text, limit = sent.sound("contact_message.value"), account.tts_message_max_length
    if sent.sound("contact_message.type") != "tts" or text is None or limit is None:
        return
    length = len(text)  # code points
    if length > limit:
        yield api_error(
            "tts_text_exceeded",
            value=text,
            tts_message_max_length=limit,
            sent_tts_message_length=length,
            detail=f"is {length} characters long, {length - limit} more than the limit of {limit}",
        )


# ------------------------------------------------------------------------------- the table

_OF_THE_DOCUMENT: tuple[tuple[str, Check, bool], ...] = (
    # what it asks                                        check          final
    ("every text is whole characters", _encoding, True),
    ("nesting is within the limit", _nesting, True),
    ("it is not a batch", _batch, True),
    ("the envelope is right", _envelope, False),
    ("it is not a notification", _notification, False),
    ("the method is known", _method, True),
)
_OF_THE_TOKEN: tuple[tuple[str, Check, bool], ...] = (
    ("the token is the account's", _token, False),
)
_OF_THE_PARAMETERS: tuple[tuple[str, Check, bool], ...] = (
    ("required parameters are there", _required, False),
    ("their types are right", _types, False),
    ("their values are right", _values, False),
    ("there are no others", _unexpected, False),
)
_OF_THE_ACCOUNT: tuple[tuple[str, Check, bool], ...] = (
    ("the virtual number is the account's", _virtual_number, False),
    ("it has a scenario", _scenario, False),
    ("the contact is not the account's own number", _own_number, False),
    ("the contact is not in the blacklist", _blacklist, False),
    ("the account has the media file", _media_file, False),
    ("the TTS text is within the limit", _tts_length, False),
)

#: THE TABLE: every check after the bytes, in the server's order.
ORDER = _OF_THE_DOCUMENT + _OF_THE_TOKEN + _OF_THE_PARAMETERS + _OF_THE_ACCOUNT


def faults(document: JsonValue, account: Account = UNKNOWN) -> Iterator[ApiError]:
    """Everything wrong with a whole request, lazily, in the server's order."""
    return judge(Sent(document), account)


def judge(sent: Sent, account: Account) -> Iterator[ApiError]:
    """The same; what was looked at stays in ``sent``."""
    return _run(ORDER, sent, account)


def parameter_faults(params: dict[str, JsonValue]) -> Iterator[ApiError]:
    """The same of parameters alone, without an account; the token may be left out."""
    # Looked at as the whole of a request is, so that depth and encoding are judged too.
    document: dict[str, JsonValue] = {"params": {"access_token": "", **params}}
    sent = Sent(document)
    sent.look_at({"access_token": "", **params})
    return _run(_OF_THE_DOCUMENT[:2] + _OF_THE_PARAMETERS, sent, UNKNOWN)


def account_faults_of(params: Mapping[str, JsonValue], account: Account) -> Iterator[ApiError]:
    """What the account says against parameters whose form is right, the token first."""
    sent = Sent(None)
    sent.look_at(dict(params))
    return _run(_OF_THE_TOKEN + _OF_THE_ACCOUNT, sent, account)


def _run(
    checks: tuple[tuple[str, Check, bool], ...], sent: Sent, account: Account
) -> Iterator[ApiError]:
    for _question, check, final in checks:
        found = False
        for error in check(sent, account):
            found = True
            if check is not _unexpected:  # those are no parameters of any other check
                sent.failed.add(error.place)
            yield error
        if found and (final or sent.params is None):
            return
