"""The keys of a case file: one table, for the reader of cases, for paths of options, for hints.

The order is that of the format's page: problems without lines come in it. Under `ANY` every key is
right: numbers, ids of media files.
"""

from __future__ import annotations

from collections.abc import Mapping

#: Stands for any key at all.
ANY = "*"

Keys = Mapping[str, "Keys"]

_LEAF: Keys = {}
_BOTH: Keys = {"contact": _LEAF, "employee": _LEAF}
PERSON: Keys = {
    "answers_after": _LEAF,
    "busy_after": _LEAF,
    "rejects_after": _LEAF,
    "unavailable_after": _LEAF,
    "hangs_up_after": _LEAF,
}
CONVERSATION: Keys = {"seconds": _LEAF, "ended_by": _LEAF}
PEOPLE: Keys = {"contact": PERSON, "employee": PERSON, "conversation": CONVERSATION}
EMPLOYEE: Keys = {"number": _LEAF, "name": _LEAF}
MESSAGE: Keys = {"type": _LEAF, "value": _LEAF}
SCENARIO: Keys = {"employee": EMPLOYEE, "employee_message": MESSAGE, "show_during_call": _LEAF}
MEDIA_FILE: Keys = {"seconds": _LEAF, "file": _LEAF}
ACCOUNT: Keys = {
    "access_tokens": _LEAF,
    "virtual_numbers": {ANY: _LEAF},
    "blacklist": _LEAF,
    "media": {ANY: MEDIA_FILE},
    "tts_message_max_length": _LEAF,
}
SPEECH: Keys = {"characters_per_second": _LEAF}
MESSAGES: Keys = _BOTH
RING_TIMEOUT: Keys = _BOTH
CASE: Keys = {
    "name": _LEAF,
    "request": _LEAF,
    "scenario": SCENARIO,
    "account": ACCOUNT,
    "speech": SPEECH,
    "messages": MESSAGES,
    "people": PEOPLE,
    "ring_timeout": RING_TIMEOUT,
    "expect": _LEAF,
}

#: Lists, whose places an option may name: account.blacklist[0].
LISTS = frozenset(("account.access_tokens", "account.blacklist"))
