"""A table with one fault: the contact is put through at once, and hears no message.

With the employee called first it goes as if the switch were always on; the row that ends the
message is gone, since no call comes to it.
"""

from __future__ import annotations

from attrs import evolve

from callflow.choreography import RULES

_ROWS = {row.name: row for row in RULES}
_BEGINS, _AT_ONCE = (
    _ROWS[f"dialing/dialing_music contact_answered (employee first, {when})"]
    for when in ("contact message, not effective switch on", "effective switch on, contact message")
)
_ENDS = _ROWS["message/dialing_music contact_message_ended (employee first)"]

FAULTY = tuple(
    evolve(_AT_ONCE, when=row.when) if row is _BEGINS else row for row in RULES if row is not _ENDS
)
