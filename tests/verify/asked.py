"""What a sentence says of a call, worked out once more from the timeline's JSON.

A second reading of every pattern and of what it rests on: a few lines each, by regular expressions
and without anything of ``callflow.verify``. Nothing here is shared with what it judges.
"""

from __future__ import annotations

import re
from typing import Any

Json = dict[str, Any]

_PARTY = "(contact|employee)"
_STATE = "(dialing_music|dialing|message|conversation)"


_ORDINALS = [
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
]


def ms(number: float | str) -> int:
    """Seconds as whole milliseconds."""
    return round(float(str(number).rstrip(" second")) * 1000)


def within(text: str, time: int) -> bool:
    """Whether a time is as a bound in words says."""
    numbers = [ms(found) for found in re.findall(r"[0-9.]+", text)]
    if text.startswith("at most"):
        return time <= numbers[0]
    if text.startswith("at least"):
        return time >= numbers[0]
    if text.startswith("between"):
        return min(numbers) <= time <= max(numbers)
    margin = 1000 if text.startswith("about") else numbers[1] if "+-" in text else 0
    return abs(time - numbers[0]) <= margin


def segment(call: Json, party: str, state: str) -> Json | None:
    """The stretch in which a party is in a state; None: there is none."""
    found = [one for one in call["legs"][party]["segments"] if one["state"] == state]
    assert len(found) < 2, "no leg comes back to a state"
    return found[0] if found else None


def heard(call: Json, party: str, state: str) -> int:
    """For how long a party is in a state."""
    found = segment(call, party, state)
    return ms(found["end"]) - ms(found["start"]) if found else 0


def moment(call: Json, occasion: str) -> int | None:
    """When something happens; None: it does not."""
    subject, _, verb = occasion.rpartition(" ")
    words = occasion.split()
    leg = call["legs"].get(words[0], {})
    at: float | None
    if occasion == "call ends":
        at = call["duration"]
    elif words[0] == "conversation":
        talk = segment(call, "contact", "conversation")
        at = talk and talk["start" if verb == "begins" else "end"]
    elif words[1:] == ["is", "dialed"]:
        at = leg["dialed"]
    elif words[1:] == ["answers"]:
        at = leg["answered"]
    elif words[1:] == ["hangs", "up"]:
        at = call["duration"] if call["ended_by"] == words[0] else None
    elif words[1:] == ["is", "not", "reached"]:
        at = call["duration"] if call["outcome"] == f"{words[0]}_not_reached" else None
    elif verb == "begins":
        found = segment(call, words[0], words[1])
        at = found and found["start"]
    else:
        ended = f"{subject.replace(' ', '_')}_ended"
        at = next((step["at"] for step in call["steps"] if step["event"] == ended), None)
    return None if at is None else ms(at)


def mark(call: Json, ordinal: str | None, digits: str) -> Json | None:
    """The first, second ... mark with these digits."""
    place = _ORDINALS.index(ordinal.strip()) if ordinal else 0
    return dict(enumerate(one for one in call["dtmf"] if one["digits"] == digits)).get(place)


def has_effect(call: Json, case: Any, parameter: str) -> bool:
    """Whether a parameter can change anything, by the settings in force."""
    employee_first = call["effective"]["first_call"] == "employee"
    switch = call["effective"]["switch_at_once"]
    messages = {party: call["legs"][party]["figures"]["message_length"] for party in call["legs"]}
    to_contact, to_employee = messages["contact"] is not None, messages["employee"] is not None
    if parameter == "switch_at_once":
        message = case.request.contact_message
        idle = not to_contact and (employee_first or not to_employee)
        return not idle and (message is None or message.type != "tts")
    if parameter == "contact_message":
        return not (employee_first and to_contact and switch)
    if parameter == "employee_message":
        return not (not employee_first and to_employee and switch)
    return parameter == "dtmf_string" and bool(call["dtmf"])


def holds(call: Json, case: Any, sentence: str) -> bool:
    """Whether a sentence is true of a call."""
    for form, asked in _FORMS:
        found = re.fullmatch(form, sentence)
        if found:
            return bool(asked(call, case, *found.groups()))
    raise AssertionError(f"no form reads {sentence!r}")


def _hears_for(call: Json, _: Any, party: str, state: str, bound: str) -> bool:
    return within(bound, heard(call, party, state))


def _talk(call: Json, _: Any, bound: str) -> bool:
    return within(bound, heard(call, "contact", "conversation"))


def _order(call: Json, _: Any, one: str, order: str, other: str) -> bool:
    first, second = moment(call, one), moment(call, other)
    if first is None or second is None:
        return False
    return {"when": first == second, "before": first < second, "after": first > second}[order]


def _dialed(call: Json, _: Any, one: str, order: str, other: str) -> bool:
    alone = moment(call, f"{other} is dialed") is None and order == "before"
    if alone:
        return moment(call, f"{one} is dialed") is not None
    return _order(call, _, f"{one} is dialed", order, f"{other} is dialed")


def _waits(call: Json, _: Any, party: str, bound: str) -> bool:
    leg, talk = call["legs"][party], segment(call, party, "conversation")
    if leg["answered"] is None:
        return False
    ready = call["duration"] if talk is None else talk["start"]
    return within(bound, ms(ready) - ms(leg["answered"]))


def _whole(call: Json, _: Any, party: str) -> bool:
    due = call["legs"][party]["figures"]["message_length"]
    return due is not None and heard(call, party, "message") == ms(due)


def _sent(call: Json, _: Any, ordinal: str | None, digits: str, bound: str | None) -> bool:
    found = mark(call, ordinal, digits)
    if found is None or not found["sent"]:
        return False
    return bound is None or within(bound, ms(found["at"]))


def _sees(call: Json, _: Any, party: str, number: str) -> bool:
    seen = call["legs"][party]["caller_id"]
    return seen is not None and seen["number"] == number


def _not_sent(call: Json, _: Any, ordinal: str | None, digits: str) -> bool:
    found = mark(call, ordinal, digits)
    return found is not None and not found["sent"]


def _at(call: Json, _: Any, occasion: str, bound: str) -> bool:
    at = moment(call, occasion)
    return at is not None and within(bound, at)


def _beside(call: Json, _: Any, occasion: str, order: str, limit: str) -> bool:
    at = moment(call, occasion)
    return at is not None and (at < ms(limit) if order == "before" else at > ms(limit))


def _affirmed(never: str) -> str:
    """``conversation never begins`` without its never."""
    return re.sub(r"hang$", "hangs", never.replace(" never", ""))


_MARK = r'(\w+ )?dtmf "([0-9*#]+)"'
_FORMS: tuple[tuple[str, Any], ...] = (
    (f"{_PARTY} hears {_STATE} for (.+)", _hears_for),
    (f"{_PARTY} hears {_STATE}", lambda call, _, who, state: heard(call, who, state) > 0),
    (f"{_PARTY} never hears {_STATE}", lambda call, _, who, state: heard(call, who, state) == 0),
    (f"{_PARTY} hears the whole message", _whole),
    (f"{_PARTY} waits (.+)", _waits),
    (
        r"conversation lasts (.+)",
        lambda *given: _hears_for(*given[:2], "contact", "conversation", given[2]),
    ),
    (r"call lasts (.+)", lambda call, _, bound: within(bound, ms(call["duration"]))),
    (f"{_PARTY} is dialed (before|after) {_PARTY}", _dialed),
    (f"{_MARK} is sent(?: at (.+))?", _sent),
    (f"{_MARK} is not sent", _not_sent),
    (f"{_PARTY} sees caller ([0-9]+)", _sees),
    (r"outcome is (not )?(\w+)", lambda call, _, no, one: (call["outcome"] == one) is not bool(no)),
    (r"(\w+) has (an|no) effect", lambda *given: has_effect(*given[:3]) is (given[3] == "an")),
    (r"(.+) (before|after) ([0-9].*)", _beside),
    (r"(.+) at ((?:about |between )?[0-9].*)", _at),
    (r"(.+) (when|before|after) (.+)", _order),
    (r"(.+ never .+)", lambda call, _, denial: moment(call, _affirmed(denial)) is None),
    (r"(.+)", lambda call, _, occasion: moment(call, occasion) is not None),
)


# --------------------------------------------------------------------------------- what it rests on


def _clauses(step: Json) -> set[str]:
    return {clause for given in step["clauses"].values() for clause in given}


def _begun(call: Json, party: str, state: str) -> Json | None:
    return next((step for step in call["steps"] if step["to"][party] == state), None)


def _outcome(call: Json) -> set[str]:
    """The step in which the conversation began, else the last."""
    talks = segment(call, "contact", "conversation") is not None
    return _clauses(call["steps"][-2 if talks else -1])


def _played(call: Json, party: str, *states: str) -> set[str]:
    found = [segment(call, party, state) for state in states]
    return {clause for one in found if one for clause in one["clauses"]}


def _instead(call: Json, party: str) -> set[str]:
    got = _played(call, party, "message", "dialing_music", "conversation")
    return got or _clauses(call["steps"][-1])


def _of_occasion(call: Json, occasion: str) -> set[str]:
    words = occasion.split()
    if occasion in ("conversation begins", "conversation ends", "call ends"):
        return _outcome(call)
    if words[1:] == ["message", "ends"]:
        return _played(call, words[0], "message")
    state = words[1] if words[-1] == "begins" else "dialing"
    step = _begun(call, words[0], state)
    return _clauses(step) if step else set()


def _of_denial(call: Json, occasion: str) -> set[str]:
    words, last = occasion.split(), _clauses(call["steps"][-1])
    if words[1:] == ["hangs", "up"]:
        return set()  # what people do not do is the case's own
    if words[1:] == ["answers"]:
        missed = f"{words[0]} is not reached"
        return last if moment(call, missed) is None else _of_occasion(call, missed)
    if words[1] not in ("message", "dialing_music"):
        return last
    for step in call["steps"]:
        if words[-1] == "ends" and step["from"][words[0]] == "message" != step["to"][words[0]]:
            return _clauses(step)
    return _instead(call, words[0])


def rests_on(call: Json, sentence: str) -> set[str]:
    """The ids of the clauses behind a sentence that is true of a call, as point 3 has them."""
    for form, cited in _RESTS:
        found = re.fullmatch(form, sentence)
        if found:
            return set(cited(call, *found.groups()))
    raise AssertionError(f"no form reads {sentence!r}")


def _heard_rests(call: Json, party: str, state: str) -> set[str]:
    if state == "conversation" and not heard(call, party, state):
        return _clauses(call["steps"][-1])
    return _played(call, party, state) or _instead(call, party)


def _idle_rests(call: Json, name: str) -> list[str]:
    rows = [one for one in call["no_effect"] if one["path"].endswith(f".{name}")]
    return rows[0]["clauses"] if rows else [UNSENT]


def _both_rest(call: Json, one: str, other: str) -> set[str]:
    dialed = f"{other} is dialed" if other in ("contact", "employee") else other
    return _of_occasion(call, one) | _of_occasion(call, dialed)


#: What stands for the clauses of a parameter without effect that was not sent: no JSON tells them.
UNSENT = "it was not sent"

_RESTS: tuple[tuple[str, Any], ...] = (
    (f"{_PARTY} (?:never )?hears (?:the whole )?{_STATE}.*", _heard_rests),
    (r"(conversation) lasts .+", lambda call, state: _heard_rests(call, "contact", state)),
    (
        f"{_PARTY} waits .+",
        lambda call, who: _played(call, who, "message", "dialing_music") or _instead(call, who),
    ),
    (r"(?:call lasts|outcome is) .+", _outcome),
    (f"{_PARTY} sees .+", lambda call, who: call["legs"][who]["caller_id"]["clauses"]),
    (f"{_MARK} is .+", lambda call, place, digits: mark(call, place, digits)["clauses"]),
    (r"\w+ has an effect", lambda _: ()),
    (r"(\w+) has no effect", _idle_rests),
    (r"(.+) (?:when|before|after) ([a-z].*)", _both_rest),
    (r"(.+ never .+)", lambda call, denial: _of_denial(call, _affirmed(denial))),
    (r"(.+?)(?: (?:at|before|after) .+)?", _of_occasion),
)
