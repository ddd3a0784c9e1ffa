"""Sentences that are true of a call, made from its JSON, each with its smallest changes to a lie.

The smallest change of a time is a millisecond; of a word, the next one of its kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from .asked import Json, has_effect, heard, mark, moment, ms

PARTIES = ("contact", "employee")
STATES = ("dialing", "dialing_music", "message", "conversation")
OUTCOMES = ("conversation", "contact_not_reached", "employee_not_reached", "abandoned")
PARAMETERS = (
    *("direction", "external_id", "show_virtual_phone_number", "switch_at_once"),
    *("contact_message", "employee_message", "dtmf_string"),
)
OCCASIONS = (
    *("conversation begins", "conversation ends", "call ends"),
    *(
        f"{party} {happens}"
        for happens in (
            *("is dialed", "answers", "message begins", "message ends", "dialing_music begins"),
            *("is not reached", "hangs up"),
        )
        for party in PARTIES
    ),
)
#: What can be denied, with the sentence that denies it.
DENIALS = {
    occasion: occasion.replace(" is ", " is never ")
    if " is " in occasion
    else occasion.replace(" hangs", " never hangs").replace(" answers", " never answers")
    if "up" in occasion or "answers" in occasion
    else " never ".join(occasion.rsplit(" ", 1))
    for occasion in OCCASIONS
    if "not reached" not in occasion and occasion not in ("conversation ends", "call ends")
}


class Truth(NamedTuple):
    """A sentence that is true, its pattern, and the sentences beside it that are not."""

    pattern: str
    text: str
    lies: tuple[str, ...]


def said(time: int) -> str:
    """A time in seconds, as it is written in a sentence."""
    return f"{time // 1000}.{time % 1000:03}"


def other(party: str) -> str:
    """The other party."""
    return PARTIES[party == "contact"]


def truths(call: Json, case: Any) -> Iterator[Truth]:
    """For every pattern what is true of a call."""
    yield from _heard(call)
    yield from _lasting(call)
    yield from _moments(call)
    yield from _orders(call)
    yield from _settings(call, case)
    yield from _marks(call)


def _bounds(begin: str, time: int, *, at_least: int = 0) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Ways to say a time that hold, with those that just do not; at ``at_least`` more bounds."""
    longer, shorter = said(time + 1), said(time - 1) if time else None
    lies = [longer, *([shorter] if shorter else [])]
    yield f"{begin} {said(time)}", tuple(f"{begin} {lie}" for lie in lies)
    far = said(time + 1001)
    yield f"{begin} about {said(time + 1000)}", (f"{begin} about {far}",)
    if time >= 1001:
        yield f"{begin} about {said(time - 1000)}", (f"{begin} about {said(time - 1001)}",)
    yield f"{begin} {said(time + 200)} +- 0.2", (f"{begin} {said(time + 201)} +- 0.2",)
    yield (
        f"{begin} between {said(time)} and {said(time + 5)}",
        (f"{begin} between {longer} and {said(time + 5)}",),
    )
    if at_least:
        yield f"{begin} exactly {said(time)}", tuple(f"{begin} exactly {lie}" for lie in lies)
        yield f"{begin} at least {said(time)}", (f"{begin} at least {longer}",)
        shorter_only = (f"{begin} at most {shorter}",) if shorter else ()
        yield f"{begin} at most {said(time)}", shorter_only


def _heard(call: Json) -> Iterator[Truth]:
    for party in PARTIES:
        for state in STATES:
            time = heard(call, party, state)
            begin = f"{party} hears {state} for"
            for text, lies in _bounds(begin, time, at_least=1):
                swapped = heard(call, other(party), state) != time and f"for {said(time)}" in text
                more = (text.replace(party, other(party)),) if swapped else ()
                yield Truth("{party} hears {state} for {length}", text, (*lies, *more))
            yes, no = f"{party} hears {state}", f"{party} never hears {state}"
            if time:
                yield Truth("{party} hears {state}", yes, (no,))
            else:
                yield Truth("{party} never hears {state}", no, (yes,))
        due = call["legs"][party]["figures"]["message_length"]
        whole = f"{party} hears the whole message"
        if due is not None and heard(call, party, "message") == ms(due):
            cut = f"{party} hears message for {said(ms(due) - 1)}"
            yield Truth("{party} hears the whole message", whole, (cut,))
        else:
            part = f"{party} hears message for {said(heard(call, party, 'message'))}"
            yield Truth("{party} hears {state} for {length}", part, (whole,))


def _lasting(call: Json) -> Iterator[Truth]:
    for text, lies in _bounds("call lasts", ms(call["duration"]), at_least=1):
        yield Truth("call lasts {length}", text, lies)
    for text, lies in _bounds(
        "conversation lasts", heard(call, "contact", "conversation"), at_least=1
    ):
        yield Truth("conversation lasts {length}", text, lies)
    for party in PARTIES:
        answered, talk = moment(call, f"{party} answers"), moment(call, "conversation begins")
        if answered is None:
            continue
        waited = (ms(call["duration"]) if talk is None else talk) - answered
        for text, lies in _bounds(f"{party} waits", waited, at_least=1):
            yield Truth("{party} waits {length}", text, lies)


def _moments(call: Json) -> Iterator[Truth]:
    for occasion in OCCASIONS:
        at = moment(call, occasion)
        denied = DENIALS.get(occasion)
        if at is None:
            lies = (occasion, f"{occasion} at 1", f"{occasion} before 86400", f"{occasion} after 0")
            if denied:
                yield Truth("{never}", denied, lies)
            continue
        yield Truth("{occasion}", occasion, (denied,) if denied else ())
        for text, lies in _bounds(f"{occasion} at", at):
            yield Truth("{occasion} at {time}", text, lies)
        row = "{occasion} {before} {seconds}"
        yield Truth(row, f"{occasion} before {said(at + 1)}", (f"{occasion} before {said(at)}",))
        if at:
            yield Truth(row, f"{occasion} after {said(at - 1)}", (f"{occasion} after {said(at)}",))


def _orders(call: Json) -> Iterator[Truth]:
    orders = ("when", "before", "after")
    for one in OCCASIONS:
        first = moment(call, one)
        for two in OCCASIONS:
            second = moment(call, two)
            texts = {order: f"{one} {order} {two}" for order in orders}
            if first is None or second is None:
                continue
            order = "when" if first == second else "before" if first < second else "after"
            lies = tuple(text for name, text in texts.items() if name != order)
            yield Truth("{occasion} {order} {occasion}", texts.pop(order), lies)
    dialed = {party: moment(call, f"{party} is dialed") for party in PARTIES}
    for party, at in dialed.items():
        two, second = other(party), dialed[other(party)]
        if at is None or (second is not None and second <= at):
            continue
        text = f"{party} is dialed before {two}"
        lies = (f"{party} is dialed after {two}", f"{two} is dialed before {party}")
        yield Truth("{party} is dialed {before} {party}", text, lies)
        if second is not None:
            text = f"{two} is dialed after {party}"
            yield Truth("{party} is dialed {before} {party}", text, lies)


def _settings(call: Json, case: Any) -> Iterator[Truth]:
    outcome = call["outcome"]
    rest = [one for one in OUTCOMES if one != outcome]
    lies = (*(f"outcome is {one}" for one in rest), f"outcome is not {outcome}")
    yield Truth("outcome is {outcome}", f"outcome is {outcome}", lies)
    for one in rest:
        yield Truth("outcome is not {outcome}", f"outcome is not {one}", lies)
    for party in PARTIES:
        seen = call["legs"][party]["caller_id"]
        if seen:
            number = seen["number"]
            wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
            begin = f"{party} sees caller"
            lies = (f"{begin} {wrong}", f"{begin} {number}0", f"{begin} {number[:-1]}")
            yield Truth("{party} sees caller {number}", f"{begin} {number}", lies)
    for name in PARAMETERS:
        texts = (f"{name} has no effect", f"{name} has an effect")
        true = has_effect(call, case, name)
        word = "an" if true else "no"
        yield Truth(f"{{parameter}} has {word} effect", texts[true], (texts[not true],))


def _marks(call: Json) -> Iterator[Truth]:
    names = ("first", "second", "third", "fourth")
    for digits in {one["digits"] for one in call["dtmf"]}:
        for place, ordinal in enumerate(("", *names)):
            found = mark(call, ordinal or None, digits)
            begin = f'{ordinal} dtmf "{digits}" is'.strip()
            row = "{ordinal} dtmf {digits} is" if ordinal else "dtmf {digits} is"
            if found is None:
                continue
            after = dict(enumerate(names)).get(place + (not ordinal))
            gone = (
                (f'{after} dtmf "{digits}" is sent', f'{after} dtmf "{digits}" is not sent')
                if after and mark(call, after, digits) is None
                else ()
            )
            changed = begin.replace(f'"{digits}"', f'"{digits}{digits}0000"')
            if not found["sent"]:
                lies = (f"{begin} sent", f"{changed} not sent", f"{begin} sent at 1", *gone)
                yield Truth(f"{row} not sent", f"{begin} not sent", lies)
                continue
            lies = (f"{begin} not sent", f"{changed} sent", *gone)
            yield Truth(f"{row} sent", f"{begin} sent", lies)
            for text, lies in _bounds(f"{begin} sent at", ms(found["at"])):
                yield Truth(f"{row} sent at {{time}}", text, lies)
