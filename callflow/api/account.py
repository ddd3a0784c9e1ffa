"""What the platform knows of the client: numbers, tokens, media files, limits.

What is None was left out of the case and is taken as fitting.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from ..units import Milliseconds
from .echo import masked


@frozen(kw_only=True)
class MediaFile:
    """A media file: how long it plays, and the sound itself where a file was named."""

    length: Milliseconds
    file: str | None = None


def _tokens_masked(tokens: tuple[str, ...] | None) -> str:
    return repr(None if tokens is None else tuple(masked(str(token)) for token in tokens))


@frozen(kw_only=True)
class Account:
    """The client's account. Its tokens are secrets and are shown masked.

    Attributes:
        virtual_numbers: number to a label of its scenario; None: it has none.
        media: id of a file to the file.
    """

    access_tokens: tuple[str, ...] | None = field(default=None, repr=_tokens_masked)
    virtual_numbers: Mapping[str, str | None] | None = None
    blacklist: tuple[str, ...] | None = None
    media: Mapping[str, MediaFile] | None = None
    tts_message_max_length: int | None = None


#: An account of which nothing is known: whatever a request asks for fits.
UNKNOWN = Account()
