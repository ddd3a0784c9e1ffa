"""The documented situations: seven calls, on which pictures, pages and examples hang.

Employee first and contact first, each with the switch off, with the switch on, and with a text for
speech synthesis that takes the switch away: these are the calls of which the source speaks. The
seventh leaves ``contact_message`` out, as a request may: there the source says in one sentence what
the contact hears, and everything else is our reading.

Each is a case file beside this module. Nothing is assumed in them: a file gives every value that
its call uses. What follows from a case is not said here; whoever wants to know simulates it.

>>> from callflow.situations import SITUATIONS
>>> SITUATIONS["contact-first-switch-on"].case()
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from attrs import frozen

from ..call.case import Case


@frozen(kw_only=True)
class Situation:
    """A call worth knowing.

    Attributes:
        name: for files and links: ``contact-first-switch-on``.
        setting: what was chosen: ``Contact first, switch on``.
        finding: what comes of it.
        see: one sentence, or two: what to look for in a picture of it.
    """

    name: str
    setting: str
    finding: str
    see: str

    @property
    def title(self) -> str:
        """Setting and finding; the case has this name."""
        return f"{self.setting}: {self.finding}"

    @property
    def file(self) -> str:
        """The name of the case file."""
        return f"{self.name}.yaml"

    def text(self) -> str:
        """The case file as it stands, with its comments."""
        return files(__name__).joinpath(self.file).read_text(encoding="utf-8")

    def case(self) -> Case:
        """The case; always the same object."""
        return _case(self)


@cache
def _case(situation: Situation) -> Case:
    from ..call.loading import case_from_bytes

    return case_from_bytes(situation.text().encode(), "yaml", situation.file)


_ALL = (
    Situation(
        name="employee-first-switch-off",
        setting="Employee first, switch off",
        finding="the contact hears the whole message",
        see="The employee answers first and waits longest: through the contact's ringing, and then "
        "through the contact's message. What the employee hears during that message, the source "
        "does not say.",
    ),
    Situation(
        name="employee-first-switch-on",
        setting="Employee first, switch on",
        finding="both talk when the contact answers",
        see="The same people and messages as with the switch off: the contact's message is not "
        "played at all, and the conversation begins that much earlier.",
    ),
    Situation(
        name="employee-first-tts",
        setting="Employee first, text to speech",
        finding="the switch does nothing",
        see="The switch is on, but the contact's message is a text for speech synthesis. It is "
        "read to its end, and the call goes second for second as with the switch off.",
    ),
    Situation(
        name="contact-first-switch-off",
        setting="Contact first, switch off",
        finding="both hear their message to its end",
        see="The employee's phone rings while the contact listens. Whose message is over first "
        "waits on dialing music for the other; here it is the employee.",
    ),
    Situation(
        name="contact-first-switch-on",
        setting="Contact first, switch on",
        finding="the answer cuts the message short",
        see="The same people and messages as with the switch off: the torn edge is where the "
        "employee answers and the contact's message breaks off. The employee's own message is not "
        "played.",
    ),
    Situation(
        name="contact-first-tts",
        setting="Contact first, text to speech",
        finding="the employee's message plays, too",
        see="The switch is on and does nothing. The employee takes time to answer: the text is "
        "over by then, and the contact waits on dialing music, also through the employee's "
        "message.",
    ),
    Situation(
        name="contact-first-no-contact-message",
        setting="Contact first, no contact message",
        finding="the contact waits on dialing music",
        see="contact_message may be left out. One sentence of the source says what the contact "
        "hears then; the dashes show how much of the rest is our reading.",
    ),
)

#: The situations by their names, in the order in which they are shown.
SITUATIONS: Mapping[str, Situation] = MappingProxyType({one.name: one for one in _ALL})
