"""Requests as they are sent, changed here and there, and what is found wrong with them."""

from __future__ import annotations

from callflow.api.account import Account, MediaFile
from callflow.api.validation import lint, received
from callflow.api.wire import as_json

TOKEN = "2fRN4g217ca0b4224a67988aff3e584f"
SMALLEST = {
    "access_token": TOKEN,
    "virtual_phone_number": "74993720692",
    "contact": "79260000000",
    "first_call": "employee",
}
ACCOUNT = Account(
    access_tokens=(TOKEN, "another"),
    virtual_numbers={"74993720692": "main", "74951112233": None},
    blacklist=("79261112233",),
    media={"237": MediaFile(length=1000)},
    tts_message_max_length=5,
)
#: A value that takes its name out.
MISSING = object()


def envelope(**changes):
    whole = {"jsonrpc": "2.0", "method": "start.vnumber_call", "id": "1", "params": SMALLEST}
    whole |= changes
    return {name: as_json(value) for name, value in whole.items() if value is not MISSING}


def params(**changes):
    sent = {**SMALLEST, **changes}
    return envelope(params={n: v for n, v in sent.items() if v is not MISSING})


def media(value="237", **more):
    return {"type": "media", "value": value, **more}


def found(document, account=None):
    """Mnemonic and place of everything that a lint finds."""
    return [(e.mnemonic, e.place) for e in lint(received(document), account or Account())]


def only(document, account=None):
    """The one error that a lint finds; its sentence says something."""
    (error,) = lint(received(document), account or Account())
    assert error.detail
    assert str(error.problem()).isprintable()
    return error
