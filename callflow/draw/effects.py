"""What a case's settings come to, said: parameters without effect, values assumed, warnings.

`callflow.call.effect` finds them and says them in English, for JSON. Here the same is said in the
words of the catalogue: from the path and the value, where a value stands in the sentence.
"""

from __future__ import annotations

from ..call.effect import Assumption, Caution, NoEffect
from ..errors import printable
from ..words import Party
from .catalogue import later, say, spoken

#: Sentences with a value in them, by what the path says besides a party or a file.
_ASSUMED: dict[str, str] = {
    "account.media": later("media file {file} plays {value} s"),
    "speech.characters_per_second": later("speech synthesis reads {value} characters a second"),
    "people.answers_after": later("the {party} answers after {value} s"),
    "people.conversation": later("they talk for {value} s"),
    "people.conversation.ended_by": later("when the conversation is over, the {party} hangs up"),
    "ring_timeout": later("the {party}'s phone rings for {value} s at most"),
}
_WARNED: dict[str, str] = {
    "messages": later("a length for a message that the {party} does not have"),
}


def effect(entry: NoEffect | Assumption | Caution) -> str:
    """What is told of a parameter without effect, of a value assumed, or of a warning."""
    if isinstance(entry, NoEffect):
        return say(entry.text)
    kind, party = _kind(entry.path)
    if isinstance(entry, Caution):
        template = _WARNED.get(kind)
        return say(entry.text) if template is None else say(template, party=party)
    template = _ASSUMED.get(kind)
    if template is None:
        return say(entry.text)
    return say(
        template,
        party=Party(str(entry.value)) if kind.endswith("ended_by") else party,
        file=printable(entry.path.removeprefix("account.media.")),
        value=str(entry.value).replace(".", spoken().decimal),
    )


def _kind(path: str) -> tuple[str, Party | None]:
    """A path without the party or the file that it names, and the party."""
    if path.startswith("account.media."):
        return "account.media", None
    steps = path.split(".")
    party = next((Party(step) for step in steps if step in ("contact", "employee")), None)
    return ".".join(step for step in steps if party is None or step != party.value), party


#: What is said in one way only; it stands in `callflow.choreography` and `callflow.call.effect`.
SAID_THERE: tuple[str, ...] = (
    later("the scenario has no message to the employee"),
    later("the employee sees the virtual number"),
    later("the service plan sets no limit to the length of the text"),
    later("no member of a JSON-RPC envelope; the server ignores it"),
    later("switch_at_once=true does not work with a tts contact message; it counts as false"),
    later("stands in the source's example and not in its table of parameters; changes nothing"),
)
