"""What the platform knows of the client: numbers, tokens, media files, limits.

What is None was left out of the case and is taken as fitting.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from ..units import Milliseconds


@frozen(kw_only=True)
class MediaFile:
    """A media file of the account: how long it plays, and the sound itself where a file was named."""

    length: Milliseconds
    file: str | None = None


@frozen(kw_only=True)
class Account:
    """The client's account. ``virtual_numbers`` maps a number to a label of its scenario, None: it has none."""

    access_tokens: tuple[str, ...] | None = None
    virtual_numbers: Mapping[str, str | None] | None = None
    blacklist: tuple[str, ...] | None = None
    media: Mapping[str, MediaFile] | None = None
    tts_message_max_length: int | None = None
