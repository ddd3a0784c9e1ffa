"""The request of ``start.vnumber_call``, once the API has accepted its form.

A `Request` that exists is right as far as it can be judged without an account: it is checked when it is
made, in the server's order. It knows nothing of files and of what the call then does.
"""

from __future__ import annotations

from attrs import frozen

from ..words import Direction, MessageType, Party


@frozen(kw_only=True)
class Message:
    """A message: a media file by its id, or a text for speech synthesis."""

    type: MessageType
    value: str


@frozen(kw_only=True)
class Request:
    """The parameters of a request. None: not sent, which leaves the API's default."""

    virtual_phone_number: str
    contact: str
    first_call: Party
    switch_at_once: bool | None = None
    contact_message: Message | None = None
    dtmf_string: str | None = None
    direction: Direction | None = None
    external_id: str | None = None
    show_virtual_phone_number: bool | None = None
    access_token: str | None = None
    unknown_members: tuple[str, ...] = ()
