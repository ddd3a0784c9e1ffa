"""Calls that trip people up: what was expected, what happens, and what to do instead.

Each is a case file beside this module, as it would be written by who falls into it. What happens
is not said here; whoever wants to know simulates it. `instead` holds what to set in the case to
get what was expected, so that the repair can be simulated, too.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from attrs import frozen

from ....call.case import Case
from ....call.loading import case_from_bytes


@frozen(kw_only=True)
class Pitfall:
    """A call that goes otherwise than expected.

    Attributes:
        name: for files and links.
        title: what trips people up.
        expected: what they thought would happen.
        why: what they did not know.
        instead: what to do, in words.
        settings: the same as ``PATH=VALUE``; none: nothing in the case can help.
    """

    name: str
    title: str
    expected: str
    why: str
    instead: str
    settings: tuple[str, ...]

    @property
    def file(self) -> str:
        """The name of the case file."""
        return f"{self.name}.yaml"

    def text(self) -> str:
        """The case file as it stands, with its comments."""
        return files(__name__).joinpath(self.file).read_text(encoding="utf-8")

    def case(self) -> Case:
        """The case as it is written."""
        return _case(self, ())

    def repaired(self) -> Case:
        """The case with what helps."""
        return _case(self, self.settings)


@cache
def _case(pitfall: Pitfall, settings: tuple[str, ...]) -> Case:
    return case_from_bytes(pitfall.text().encode(), "yaml", pitfall.file, settings=settings)


#: In the order in which they are told.
PITFALLS: tuple[Pitfall, ...] = (
    Pitfall(
        name="employee-waits-for-the-contacts-message",
        title="An employee who answers in time and waits all the same",
        expected="The employee picks up while the contact is still listening, so both should talk.",
        why="With the switch off nobody's message is cut. Each hears their own to its end, and "
        "whose is over first hears dialing music until the other's is over. The employee's quick "
        "answer gains nothing: the contact's message decides.",
        instead="Switch on, and the answer breaks the message off. Or make the contact's message "
        "about as long as it takes an employee to answer and to listen.",
        settings=("request.switch_at_once=true",),
    ),
    Pitfall(
        name="no-message-at-all",
        title="No message at all",
        expected="`switch_at_once` is off, so the parties should be joined late.",
        why="There is nothing to wait for. Without messages the contact hears dialing music from "
        "answering on, the employee is dialed at that same moment, and both talk as soon as the "
        "employee answers. The switch changes nothing, and the vendor's page describes none of it "
        "but the music.",
        instead="Give the contact a message: silence about who is calling and a melody make people "
        "hang up. Then the switch has something to decide.",
        settings=('request.contact_message={type: media, value: "301"}', "messages.contact=12"),
    ),
    Pitfall(
        name="speech-takes-the-switch-away",
        title="Speech synthesis takes the switch away",
        expected="`switch_at_once` is `true`, so the employee's answer should break the message "
        "off.",
        why="With a contact message of type `tts` the switch does nothing; it counts as off, and "
        "no error says so. The text is read to its end while the employee listens to dialing "
        "music, and the employee's own message is played as well.",
        instead="Record the text and send it as `media`: then the switch works.",
        settings=(
            'request.contact_message={type: media, value: "301"}',
            "account.media.301=11.5",
        ),
    ),
    Pitfall(
        name="message-never-played",
        title="A contact message that is never played",
        expected="The contact should hear who is calling before the employee speaks.",
        why="Employee first with the switch on, the conversation begins at the contact's answer. "
        "There is no moment in which the message could play: it has no effect in any such call.",
        instead="Switch off, and the contact hears it whole, while the employee waits that much "
        "longer. If the employee must not wait, leave the message out and let the employee say it.",
        settings=("request.switch_at_once=false",),
    ),
)
