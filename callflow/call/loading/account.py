"""The account: in a case, or as a file of its own."""

from __future__ import annotations

from ...api.account import Account, MediaFile
from . import keys
from .fields import Entry, Fields, exact_number
from .tree import Mapping, is_null

#: A number with more digits cannot be printed everywhere.
_LIMIT_DIGITS = 4000


class Accounts:
    """Reads accounts.

    Args:
        folder: where media files are looked for; None: anywhere.
        empty_is_null: whether "" stands for a missing scenario, as in TOML.
    """

    def __init__(self, fields: Fields, *, folder: str | None, empty_is_null: bool) -> None:
        self.fields = fields
        self.folder = folder
        self.empty_is_null = empty_is_null

    def account(self, entry: Entry, path: str) -> Account:
        """The account; ``path`` is "" where it is a whole file."""
        fields, prefix = self.fields, f"{path}." if path else ""
        found = fields.members(entry[1], entry[0], path, keys.ACCOUNT)
        tokens, blacklist = found.get("access_tokens"), found.get("blacklist")
        numbers, media = found.get("virtual_numbers"), found.get("media")
        limit = found.get("tts_message_max_length")
        texts = fields.texts
        return Account(
            access_tokens=tokens and texts(tokens, f"{prefix}access_tokens", "tokens", secret=True),
            blacklist=blacklist and texts(blacklist, f"{prefix}blacklist", "numbers"),
            virtual_numbers=numbers and self._numbers(numbers, f"{prefix}virtual_numbers"),
            media=media and self._media(media, f"{prefix}media"),
            tts_message_max_length=limit and self._limit(limit, f"{prefix}tts_message_max_length"),
        )

    def _numbers(self, entry: Entry, path: str) -> dict[str, str | None] | None:
        numbers: dict[str, str | None] = {}
        for number, (key, node), place in self.fields.free(
            entry[1], entry[0], path, "numbers to labels of scenarios"
        ):
            label = None if is_null(node) else self.fields.text(node, key, place)
            numbers[number] = None if self.empty_is_null and label == "" else label
        return numbers if isinstance(entry[1], Mapping) else None

    def _media(self, entry: Entry, path: str) -> dict[str, MediaFile] | None:
        files = {}
        for id_, member, place in self.fields.free(
            entry[1], entry[0], path, "ids to seconds or files"
        ):
            file = self._media_file(member, place)
            files[id_] = file or MediaFile(length=1)  # known, so that nothing is said to lack it
        return files if isinstance(entry[1], Mapping) else None

    def _media_file(self, entry: Entry, path: str) -> MediaFile | None:
        key, node = entry
        if type(node) is not Mapping:
            length = self.fields.time(
                node, key, path, least=1, or_else=", {seconds: ...} or {file: ...}"
            )
            return None if length is None else MediaFile(length=length)
        found = self.fields.members(node, key, path, keys.MEDIA_FILE)
        seconds, file = found.get("seconds"), found.get("file")
        if seconds and file:
            self.fields.problems.add(key, path, "seconds and file exclude each other")
        elif seconds:
            length = self.fields.time(seconds[1], seconds[0], f"{path}.seconds", least=1)
            return None if length is None else MediaFile(length=length)
        elif file:
            return self._sound(file, f"{path}.file")
        else:
            self.fields.problems.add(key, path, "must have seconds or file")
        return None

    def _sound(self, entry: Entry, path: str) -> MediaFile | None:
        name = self.fields.text(entry[1], entry[0], path)
        if name is None:
            return None
        from .media import Unplayable, measured

        try:
            place, length = measured(name, self.folder)
        except Unplayable as error:
            expected = "a regular PCM WAV file in the folder of the case or below"
            message = f"{name} {error}; a media file is {expected}"
            self.fields.problems.add(entry[0], path, message, given=name, expected=expected)
            return None
        return MediaFile(length=length, file=place)

    def _limit(self, entry: Entry, path: str) -> int | None:
        key, node = entry
        exact = exact_number(node)
        if (
            exact is not None
            and exact >= 1
            and (isinstance(exact, int) or exact.adjusted() < _LIMIT_DIGITS)
        ):
            whole = int(exact)
            if whole == exact:
                return whole
        self.fields.wrong(node, key, path, "a whole number, at least 1")
        return None
