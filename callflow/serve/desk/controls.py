"""Request, scenario and people as the controls of a page: names, values, units, defaults, notes.

A control shows what stands in the case, be it right or wrong, and says what holds where nothing
stands. What is said of a value (no effect, a refusal, a warning) stands at its control. The page
draws controls by their kind and knows none by name.

Kinds: ``choice`` of some words, ``switch``, ``text``, ``message`` (a choice with a text and a
length), ``person`` (a choice with a moment), ``seconds``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ...api.parameters import BY_PATH, METHOD
from ...call.case import Reaction
from ...call.plan import ANSWERS_AFTER, CONVERSATION, ENDED_BY, RING_TIMEOUT, message_length
from ...call.timeline import Timeline
from ...clauses import Clauses
from ...draw import wording
from ...draw.catalogue import capital, clause_words, later, say
from ...draw.effects import effect
from ...units import seconds
from ...words import Basis, Party, ShowDuringCall
from .changing import at, params_of, reaction

Told = dict[str, Any]

#: How far a slider of seconds reaches, if nothing in the case reaches farther.
_SLIDER = 60.0
#: What a person does when the phone rings, in words.
_REACTIONS: dict[Reaction, str] = {
    Reaction.ANSWERS: later("answers"),
    Reaction.BUSY: later("busy"),
    Reaction.REJECTS: later("rejects"),
    Reaction.UNAVAILABLE: later("unavailable"),
    Reaction.NO_ANSWER: later("no answer"),
}


def controls(
    case: Mapping[str, Any], call: Timeline | None, problems: Sequence[Told]
) -> list[Told]:
    """The sections of controls.

    Args:
        case: as it came from the page.
        call: what comes of it; None: nothing, ``problems`` say why.
    """
    number = at(case, "request.virtual_phone_number")
    behind = say("behind {number}", number=_shown(number)) if number else ""
    sections = [
        {
            "title": say("Request"),
            "aside": METHOD,
            "controls": list(_request(case, call)),
            "more": list(_rest_of_request(case)),
        },
        {
            "title": say("Scenario"),
            "aside": behind,
            "controls": list(_scenario(case, call)),
            "more": list(_rest_of_scenario(case)),
        },
        {
            "title": say("People"),
            "aside": say("seconds from being dialed"),
            "controls": list(_people(case)),
            "more": list(_time_outs(case)),
        },
    ]
    _place_notes(sections, [*_notes(call), *map(_note_of, problems)])
    return sections


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


# -------------------------------------------------------------------------------------- the request


def _request(case: Mapping[str, Any], call: Timeline | None) -> Iterator[Told]:
    yield _parameter(case, "first_call")
    yield _parameter(case, "switch_at_once")
    yield _message(case, call, "request.contact_message", Party.CONTACT)
    yield _parameter(case, "dtmf_string", hint=say(". waits 1 s"))


def _rest_of_request(case: Mapping[str, Any]) -> Iterator[Told]:
    yield _parameter(case, "contact")
    yield _parameter(case, "virtual_phone_number")
    yield _parameter(case, "direction")
    yield _parameter(case, "external_id")
    yield _parameter(case, "show_virtual_phone_number")
    known = set(BY_PATH)
    params = params_of(case)
    for name in params if isinstance(params, Mapping) else ():
        if name not in known:  # it has to be seen to be taken away
            yield {
                "kind": "text",
                "path": f"request.{name}",
                "name": name,
                "value": _shown(params[name]),
                "default": "",
                "hint": say("no parameter of the API"),
            }


def _parameter(case: Mapping[str, Any], name: str, *, hint: str = "") -> Told:
    """A parameter of the API as a control."""
    row = BY_PATH[name]
    value = at(case, f"request.{name}")
    told: Told = {
        "path": f"request.{name}",
        "name": name,
        "value": value,
        "default": row.default,
        "required": row.required,
        "hint": hint,
        "meaning": say(row.meaning),
    }
    if row.choices:
        return told | {"kind": "choice", "choices": list(row.choices)}
    if row.kind == "boolean":
        return told | {"kind": "switch"}
    return told | {"kind": "text"}


def _message(case: Mapping[str, Any], call: Timeline | None, path: str, party: Party) -> Told:
    message = at(case, path)
    given = message if isinstance(message, Mapping) else {}
    kind = given.get("type") if message is not None else "none"
    length = None if call is None else message_length(call.case, party)
    return {
        "kind": "message",
        "path": path,
        "name": path.rpartition(".")[2],
        "value": kind,
        "choices": ["none", "media", "tts"],
        "default": "none",
        "text": given.get("value"),
        "text_label": say("text to be read") if kind == "tts" else say("id of the media file"),
        "length": {
            "path": f"messages.{party}",
            "label": say("length of the message to the {party}", party=party),
            "value": at(case, f"messages.{party}"),
            "default": None if length is None else seconds(length),
        },
        "meaning": say("what the {party} hears", party=party),
    }


# ------------------------------------------------------------------------------------- the scenario


def _scenario(case: Mapping[str, Any], call: Timeline | None) -> Iterator[Told]:
    yield _message(case, call, "scenario.employee_message", Party.EMPLOYEE)
    yield {
        "kind": "choice",
        "path": "scenario.show_during_call",
        "name": "show_during_call",
        "value": at(case, "scenario.show_during_call"),
        "choices": [str(one) for one in ShowDuringCall],
        "default": str(ShowDuringCall.SERVICE_NUMBER),
        "meaning": say("which number the employee sees"),
    }


def _rest_of_scenario(case: Mapping[str, Any]) -> Iterator[Told]:
    for name in ("name", "number"):
        yield {
            "kind": "text",
            "path": f"scenario.employee.{name}",
            "name": f"employee.{name}",
            "value": at(case, f"scenario.employee.{name}"),
            "default": "",
            "hint": say("for pictures and texts"),
        }
    yield {
        "kind": "number",
        "path": "speech.characters_per_second",
        "name": "speech.characters_per_second",
        "value": at(case, "speech.characters_per_second"),
        "default": 15,
        "unit": say("a second"),
        "hint": say("of a text without a length"),
    }


# --------------------------------------------------------------------------------------- the people


def _people(case: Mapping[str, Any]) -> Iterator[Told]:
    for party in Party:
        does, after = reaction(case, party)
        yield {
            "kind": "person",
            "path": f"people.{party}",
            "party": str(party),
            "name": str(party),
            "value": does,
            "choices": [
                {"value": str(one), "label": say(label)} for one, label in _REACTIONS.items()
            ],
            "default": str(Reaction.ANSWERS),
            "after": None
            if does == Reaction.NO_ANSWER
            else _seconds(
                f"people.{party}.after",
                f"{does}_after",
                after,
                seconds(ANSWERS_AFTER),
                label=say("{party} {key}", party=party, key=f"{does}_after"),
            ),
        }
        if does == Reaction.ANSWERS:
            given = at(case, f"people.{party}.hangs_up_after")
            yield _seconds(
                f"people.{party}.hangs_up_after",
                "hangs_up_after",
                given,
                None,
                label=say("{party} {key}", party=party, key="hangs_up_after"),
                party=str(party),
                hint=say("after answering"),
            )
    talk = at(case, "people.conversation")
    length, by = (
        (talk.get("seconds"), talk.get("ended_by")) if isinstance(talk, Mapping) else (talk, None)
    )
    yield _seconds(
        "people.conversation.seconds",
        "conversation",
        length,
        seconds(CONVERSATION),
        label="conversation",
        hint=say("from its beginning"),
    )
    yield {
        "kind": "choice",
        "path": "people.conversation.ended_by",
        "name": "ended_by",
        "value": by,
        "choices": [str(party) for party in Party],
        "default": str(ENDED_BY),
        "meaning": say("who hangs up when the conversation is over"),
    }


def _time_outs(case: Mapping[str, Any]) -> Iterator[Told]:
    for party in Party:
        path = f"ring_timeout.{party}"
        yield _seconds(
            path,
            path,
            at(case, path),
            seconds(RING_TIMEOUT[party]),
            label=path,
            hint=say("a phone rings so long at most"),
        )


def _seconds(
    path: str,
    name: str,
    value: Any,
    default: float | None,
    *,
    label: str,
    party: str = "",
    hint: str = "",
) -> Told:
    known = value if isinstance(value, int | float) and not isinstance(value, bool) else default
    reach = max(_SLIDER, _rounded_up(known or 0))
    return {
        "kind": "seconds",
        "path": path,
        "name": name,
        "party": party,
        "label": label,
        "value": value,
        "default": default,
        "none": say("never") if default is None else None,
        "min": 0,
        "max": reach,
        "step": 0.5,
        "unit": "s",
        "hint": hint,
    }


def _rounded_up(length: float) -> float:
    """A slider reaches a bit farther than its value."""
    return 60 * (length // 60 + 1)


# ---------------------------------------------------------------------------------------- the notes


def _notes(call: Timeline | None) -> Iterator[Told]:
    """What is said of values of a case that is one."""
    if call is None:
        return
    told = set()
    for entry in call.no_effect:
        told.add(entry.path)
        quiet = not wording.misleads(call, entry)
        yield {
            "kind": "quiet" if quiet else "no-effect",
            "path": entry.path,
            "title": say("No effect.") if quiet else say("No effect here."),
            "text": stopped(capital(effect(entry))),
            **_because(entry.clauses),
        }
    for caution in call.warnings:
        if caution.path not in told:
            yield {
                "kind": "warning",
                "path": caution.path,
                "title": "",
                "text": stopped(capital(effect(caution))),
                **_because(caution.clauses),
            }


def _note_of(problem: Told) -> Told:
    if problem["kind"] == "refusal":
        return {
            "kind": "refusal",
            "path": problem["path"],
            "title": say("The API would refuse this."),
            "text": stopped(problem["text"]),
            "code": f"{problem['code']} {problem['mnemonic']}",
            "clauses": [],
        }
    return {
        "kind": "problem",
        "path": problem["path"],
        "title": "",
        "text": stopped(capital(problem["text"])),
        "clauses": [],
    }


def _because(clauses: Clauses) -> Told:
    return {
        "clauses": [
            {"id": one.id, "says": clause_words(one).says, "inferred": one.basis is Basis.INFERRED}
            for one in clauses
        ]
    }


def _place_notes(sections: Iterable[Told], notes: Iterable[Told]) -> None:
    """Each note at the control that it is about, else at the head of a section."""
    sections = list(sections)
    places = {
        control["path"]: control
        for section in sections
        for control in (*section["controls"], *section["more"])
    }
    for section in sections:
        section["notes"] = []
    for control in places.values():
        control["notes"] = []
    for note in notes:
        path = note["path"]
        near = [name for name in places if f"{path}.".startswith(f"{name}.")]
        near += [name for name in places if name.startswith(f"{path}.")] if not near else []
        if path.startswith("messages."):
            party = path.rpartition(".")[2]
            near = [name for name in places if name.endswith(f".{party}_message")]
        elif path.startswith("people.") and path.endswith("_after") and not near:
            near = [name for name in places if name == ".".join(path.split(".")[:2])]
        if near:
            places[max(near, key=len)]["notes"].append(note)
        else:
            first = {"request": 0, "account": 0, "people": 2}.get(path.split(".")[0], 0)
            sections[first]["notes"].append(note)


def stopped(text: str) -> str:
    """A sentence with its full stop, if nothing ends it."""
    return text if text.endswith((".", "?", "!")) else f"{text}."
