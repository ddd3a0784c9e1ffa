"""The page of parameters: what each is, what it does to a call, and when it does nothing.

Names, types and values are the API's table, cases without effect the choreography's, and what a
value does to a call is simulated: the same call with it and without.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from ...api.errors import COMMON, OF_THE_METHOD
from ...api.parameters import EVERY, METHOD, NEWER, Parameter
from ...call.case import Case
from ...call.difference import Difference
from ...call.simulator import simulate
from ...choreography import WITHOUT_EFFECT, WithoutEffect
from ...clauses import CLAUSES, Clauses
from ...draw.catalogue import say
from ...draw.finding import finding
from ...situations import SITUATIONS
from ...table import Condition, Fact
from ...words import Direction, Party, ShowDuringCall
from .markdown import bullets, cite, code, escaped, heading, link, table, worded

#: The call in which a parameter is changed to see what it does.
EXAMPLE = "employee-first-switch-off"

_FACTS = {
    Fact.EMPLOYEE_FIRST: ("employee first", "contact first"),
    Fact.SWITCH: ("switch on", "switch off"),
    Fact.CONTACT_MESSAGE: ("contact message", "no contact message"),
    Fact.EMPLOYEE_MESSAGE: ("employee message", "no employee message"),
    Fact.TTS: ("`contact_message` is `tts`", "`contact_message` is not `tts`"),
    Fact.DIGITS: ("it has digits", "it has no digits"),
}
#: Conditions that say by themselves why.
_PLAIN = frozenset({Fact.TTS, Fact.DIGITS})


@frozen
class _Setting:
    """A setting of the scenario, which no request can name.

    Attributes:
        path: as in a case file.
    """

    path: str
    does: str
    clauses: Clauses


_DOES = {
    "access_token": "The session key. It says who asks, and no call depends on it.",
    "virtual_phone_number": "A number that the account rents. It leads to the scenario, and so to "
    "the employee and the employee's message. The contact's phone shows it, and the employee's too "
    "unless the scenario shows another number.",
    "external_id": "An id of your own, which links the call to an outside system.",
    "dtmf_string": "Tones for the contact: digits `0` to `9`, `*` and `#`; each `.` waits one "
    "second before what follows. Time counts from the contact's answer and waits for nothing, "
    "neither for the end of a message nor for the conversation: digits for a menu behind the "
    "contact's number need enough dots before them.",
    "direction": "The class of the call in reports.",
    "contact": "The number of the contact: whom to reach. It is dialed first or second, as "
    "`first_call` says. Instead of an outside number it can be an employee's SIP number, not an "
    "extension.",
    "first_call": "Whom to dial first, and so who waits for whom: the other party is dialed only "
    "when the first has answered, or has heard a message to its end.",
    "switch_at_once": "Whether the parties are joined at once, instead of hearing their messages "
    "to the end. It never makes a phone ring earlier.",
    "contact_message": "What the contact hears after answering. Without it the contact hears "
    "dialing music, or talks at once if the employee is on the line.",
    "contact_message.type": "`media` plays a file. `tts` has a text read, and that takes "
    "`switch_at_once` away: the text is always read to its end.",
    "contact_message.value": "The id of the media file, or the text to be read. In a call it "
    "decides the length of the message.",
    "show_virtual_phone_number": "A parameter of the vendor's example that the vendor's table does "
    "not list. It is accepted with a warning.",
}

#: What happens without a parameter that has no default.
_WITHOUT = {
    "external_id": "the call has no such id",
    "dtmf_string": "no digits are sent",
    "contact_message": "the contact hears no message",
    "show_virtual_phone_number": "nothing is missing",
}

_SCENARIO = (
    _Setting(
        "scenario.employee_message",
        "The message that the scenario plays to the employee after the answer. Employee first, the "
        "contact is not dialed before it has ended.",
        tuple(CLAUSES[one] for one in ("EF2", "CF4", "G1")),
    ),
    _Setting(
        "scenario.show_during_call",
        "What the operation Call Forwarding shows the employee: the virtual number or another. It "
        "decides which number the employee's phone shows, nothing else.",
        tuple(CLAUSES[one] for one in ("CID-E", "G13")),
    ),
)


def parameters_page() -> Iterator[str]:
    """The table of parameters, then each by itself, then what the scenario decides."""
    yield heading(1, say("Parameters"))
    yield say(
        "`{method}` takes these parameters. The table is the vendor's; formats that the vendor "
        "does not give are ours, and so is every word on what has no effect.",
        method=METHOD,
    )
    yield table(
        (say("parameter"), say("type"), say("required"), say("default"), say("what it is")),
        (
            (
                link(code(one.path), "", one.path),
                say(one.kind),
                _required(one),
                _default(one),
                worded(say(one.meaning)),
            )
            for one in EVERY
        ),
    )
    for one in EVERY:
        yield from _parameter(one)
    yield heading(2, say("What the scenario decides"))
    yield say(
        "Two settings of the scenario decide the call as much as any parameter, and no request can "
        "change them. In a case file they stand under `scenario`."
    )
    for setting in _SCENARIO:
        yield heading(3, setting.path)
        yield say(setting.does)
        yield bullets((say("Clauses: {clauses}.", clauses=cite(setting.clauses)),))
        yield from _effect(setting.path)
    yield heading(2, say("Parameters of newer documentation"))
    yield say(
        "Newer pages of the vendor have {names}. They are no part of this method as it is told "
        "here, and a request with one of them is refused with {error}.",
        names=say("{one} and {other}", one=code(NEWER[0]), other=code(NEWER[1])),
        error=_error("unexpected_parameters"),
    )


def _parameter(one: Parameter) -> Iterator[str]:
    clauses = [clause for clause in CLAUSES.values() if clause.place.partition(",")[0] == one.path]
    yield heading(2, one.path)
    yield say(_DOES[one.path])
    facts = [
        say("Values: {valid}.", valid=worded(say(one.valid))),
        say("Left out: {default}.", default=_left_out(one)),
        say("Refused with: {errors}.", errors=", ".join(map(_error, _errors(one)))),
    ]
    if clauses:
        facts.append(say("Clauses: {clauses}.", clauses=cite(clauses)))
    yield bullets(facts)
    yield from _effect(f"request.{one.path}")


def _effect(path: str) -> Iterator[str]:
    """When it does nothing, and what it does in a call where it does something."""
    rows = [row for row in WITHOUT_EFFECT if row.path == path]
    if any(row.when == Condition() for row in rows):
        yield say(
            "**Without effect in every call:** {because} ({clauses}).",
            because=reason_told(rows[0]),
            clauses=cite(rows[0].clauses),
        )
    elif rows:
        yield say("**Without effect** in these cases:")
        yield bullets(_case_without_effect(row) for row in rows)
    yield from _example(path)


def _case_without_effect(row: WithoutEffect) -> str:
    when, clauses = condition_told(row.when), cite(row.clauses)
    if row.when.true | row.when.false <= _PLAIN:
        return say("{when} ({clauses})", when=when, clauses=clauses)
    return say(
        "{when}: {because} ({clauses})", when=when, because=reason_told(row), clauses=clauses
    )


def _example(path: str) -> Iterator[str]:
    """The example with another value, simulated."""
    before = SITUATIONS[EXAMPLE].case()
    for told, after in _changed(path, before):
        names = say("the situation"), say("the changed call")
        found = finding(Difference(simulate(before), simulate(after)), names)
        yield say(
            "For instance, {change} in {situation}: {what}",
            change=told,
            situation=link(say(SITUATIONS[EXAMPLE].setting), f"situations/{EXAMPLE}.md"),
            what=escaped(found.sentences),
        )


def _changed(path: str, case: Case) -> Iterator[tuple[str, Case]]:
    """What is changed, in words, and the case with it."""
    request, scenario = case.request, case.scenario
    if path == "request.first_call":
        yield (
            code("first_call: contact"),
            evolve(case, request=evolve(request, first_call=Party.CONTACT)),
        )
    elif path == "request.switch_at_once":
        yield (
            code("switch_at_once: true"),
            evolve(case, request=evolve(request, switch_at_once=True)),
        )
    elif path == "request.contact_message":
        yield (
            say("without {parameter}", parameter=code("contact_message")),
            evolve(
                case,
                request=evolve(request, contact_message=None),
            ),
        )
    elif path == "request.dtmf_string":
        yield code("dtmf_string: .9"), evolve(case, request=evolve(request, dtmf_string=".9"))
    elif path == "request.direction":
        yield (
            code("direction: out"),
            evolve(case, request=evolve(request, direction=Direction.OUT)),
        )
    elif path == "scenario.employee_message":
        yield (
            say("without {parameter}", parameter=code("employee_message")),
            evolve(case, scenario=evolve(scenario, employee_message=None)),
        )
    elif path == "scenario.show_during_call":
        shown = ShowDuringCall.CONTACT_NUMBER
        yield (
            code(f"show_during_call: {shown}"),
            evolve(case, scenario=evolve(scenario, show_during_call=shown)),
        )


def condition_told(when: Condition) -> str:
    """A condition in words."""
    said = [
        say(true if fact in when.true else false)
        for fact, (true, false) in _FACTS.items()
        if fact in when.true | when.false
    ]
    return ", ".join(said) or say("always")


def reason_told(row: WithoutEffect) -> str:
    """Why a parameter has no effect."""
    return worded(say(row.because))


def _required(one: Parameter) -> str:
    if one.parent:
        return say("in its object") if one.required else say("no")
    return say("yes") if one.required else say("no")


def _default(one: Parameter) -> str:
    return "" if one.default is None else code(str(one.default).lower())


def _left_out(one: Parameter) -> str:
    if one.required:
        return say("it is required, and the request is refused")
    if one.default is not None:
        return say("as {default}", default=_default(one))
    return say(_WITHOUT[one.path])


def _errors(one: Parameter) -> Iterator[str]:
    """The errors that can be about a parameter."""
    if one.required:
        yield "required_parameter_missed"
    yield "data_type_error"
    if one.choices or one.pattern:
        yield "invalid_parameter_value"
    for kind in (*OF_THE_METHOD, *COMMON):
        if kind.field == one.path:
            yield kind.mnemonic


def _error(mnemonic: str) -> str:
    return link(code(mnemonic), "errors.md", mnemonic)
