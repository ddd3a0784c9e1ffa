"""Hypothesis strategies for what decides how a call goes: request, scenario, account, people.

They are made for people who test what they build on callflow, and callflow's own laws are tested
with them. Where calls go wrong is at the edges that uniform numbers never meet: two things in one
millisecond, times of no length, the ring time-out and its neighbours, a hang-up on the very moment
of something else. So the times of a case come from a small pool of drawn values and their sums as
well as from everywhere, ring times are laid on the time-out often, and hang-ups on other moments.

Nothing here knows a rule of the choreography: a case is drawn from what people and settings can be,
never from what would follow.

>>> from hypothesis import given
>>> from callflow.strategies import cases
>>> @given(cases())
... def test_every_call_ends(case):
...     assert simulate(case).steps[-1].target.contact == "released"
"""

from __future__ import annotations

from itertools import combinations
from typing import Any, TypeVar

try:
    from hypothesis import strategies as st
except ImportError as missing:  # pragma: no cover - the extra is there wherever tests run
    raise ImportError(
        "callflow.strategies needs Hypothesis; pip install 'callflow-simulator[testing]' brings it"
    ) from missing

from attrs import evolve

from .api.account import Account, MediaFile
from .api.request import Message, Request
from .call.case import Case, People, PerParty, Person, Reaction, Scenario
from .units import LONGEST, Milliseconds
from .words import Configuration, Direction, MessageType, Party, ShowDuringCall
from .words import configurations as all_configurations

__all__ = [
    "accounts",
    "cases",
    "configurations",
    "dtmf_strings",
    "messages",
    "people",
    "requests",
    "scenarios",
    "times",
]

_T = TypeVar("_T")

_DIGITS = "0123456789"
_KEYS = "0123456789*#"
#: The time-outs of a case that names none (clause G15), so that their edges are met too.
_RING: dict[Party, Milliseconds] = {Party.CONTACT: 30_000, Party.EMPLOYEE: 60_000}
_ANSWERS_AFTER: Milliseconds = 5_000


def _or_left_out(values: st.SearchStrategy[_T]) -> st.SearchStrategy[_T | None]:
    return st.none() | values


def configurations() -> st.SearchStrategy[Configuration]:
    """One of the 16 choices of the four settings that choose the rules."""
    return st.sampled_from(all_configurations())


def times(
    *, shortest: Milliseconds = 0, longest: Milliseconds = 120_000
) -> st.SearchStrategy[Milliseconds]:
    """A length of time in whole milliseconds, small ones and whole seconds more often than others.

    Args:
        shortest: the least length, milliseconds; a message and a conversation take at least 1.
        longest: the greatest, milliseconds; a case file takes at most a day.

    Raises:
        ValueError: when called, if no time a case can have lies between the two.
    """
    if not 0 <= shortest <= longest <= LONGEST:
        raise ValueError(
            f"times lie between 0 and {LONGEST} ms, the shortest not above the longest; "
            f"not shortest={shortest}, longest={longest}"
        )
    ways = [
        st.integers(shortest, min(longest, shortest + 8)),
        st.integers(shortest, longest),
    ]
    first, last = -(-shortest // 1000), longest // 1000
    if first <= last:
        ways.insert(1, st.integers(first, last).map(lambda whole: whole * 1000))
    return st.one_of(ways)


def dtmf_strings(*, marks: int = 4) -> st.SearchStrategy[str]:
    """A value of ``dtmf_string``: digits ``0-9 * #``, dots before, between and behind them.

    The empty string, dots alone and dots at the end are among them; all are valid.

    Args:
        marks: how many groups of digits at most.
    """
    group = st.builds(
        "{}{}".format,
        st.sampled_from(["", ".", "..", "..."]),
        st.text(_KEYS, min_size=1, max_size=3),
    )
    groups = st.lists(group, max_size=marks).map("".join)
    return st.builds("{}{}".format, groups, st.sampled_from(["", "", ".", ".."]))


def messages(
    *,
    type: MessageType | None = None,  # noqa: A002 - it is the name of the API's member
) -> st.SearchStrategy[Message]:
    """A message: a media file by its id, or a text for speech synthesis.

    Args:
        type: of this type only.
    """
    media = st.builds(
        Message,
        type=st.just(MessageType.MEDIA),
        value=st.sampled_from(["237", "238", "0462"]) | st.text(_DIGITS, min_size=1, max_size=6),
    )
    tts = st.builds(
        Message,
        type=st.just(MessageType.TTS),
        value=st.sampled_from(["A client is calling you back", "Hello", "."])
        | st.text(min_size=1, max_size=40),
    )
    return {None: media | tts, MessageType.MEDIA: media, MessageType.TTS: tts}[type]


def _numbers(shortest: int) -> st.SearchStrategy[str]:
    return st.sampled_from(["74993720692", "79260000000", "74951112233"]) | st.builds(
        "{}{}".format,
        st.sampled_from(_DIGITS[1:]),
        st.text(_DIGITS, min_size=shortest - 1, max_size=14),
    )


@st.composite
def requests(
    draw: st.DrawFn, *, configuration: Configuration | None = None, tts: bool | None = None
) -> Request:
    """A request that the API accepts, with and without each parameter that may be left out.

    Args:
        configuration: the settings it must come to, the effective switch among them; that of the
            employee's message is the scenario's.
        tts: whether its contact message must be a text for speech synthesis.

    Raises:
        ValueError: when drawn, if no request can be so.
    """
    wanted = configuration or draw(
        configurations().filter(
            lambda choice: not tts or (choice.contact_message and not choice.switch_at_once)
        )
    )
    if tts and (wanted.switch_at_once or not wanted.contact_message):
        raise ValueError(f"{wanted}: not with a tts contact message, which takes the switch away")
    message = None
    if wanted.contact_message:
        spoken = draw(st.booleans()) if tts is None and not wanted.switch_at_once else bool(tts)
        message = draw(messages(type=MessageType.TTS if spoken else MessageType.MEDIA))
    if message is not None and message.type is MessageType.TTS:
        switch = draw(st.sampled_from([True, False, None]))
    else:
        switch = True if wanted.switch_at_once else draw(st.sampled_from([False, None]))
    numbers = st.tuples(_numbers(7), _numbers(6) | st.just("0462626"))
    virtual, contact = draw(numbers.filter(lambda pair: pair[0] != pair[1]))
    return Request(
        virtual_phone_number=virtual,
        contact=contact,
        first_call=wanted.first_call,
        switch_at_once=switch,
        contact_message=message,
        dtmf_string=draw(_or_left_out(dtmf_strings())),
        direction=draw(_or_left_out(st.sampled_from(Direction))),
        external_id=draw(_or_left_out(st.text(max_size=10))),
        show_virtual_phone_number=draw(_or_left_out(st.booleans())),
    )


def scenarios(*, employee_message: bool | None = None) -> st.SearchStrategy[Scenario]:
    """The PBX scenario behind a virtual number.

    Args:
        employee_message: whether it has a message to the employee; None: either.
    """
    message: dict[bool | None, st.SearchStrategy[Message | None]] = {
        None: _or_left_out(messages()),
        True: messages(),
        False: st.none(),
    }
    return st.builds(
        Scenario,
        employee_number=_or_left_out(_numbers(7)),
        employee_name=_or_left_out(st.sampled_from(["Anna", "Иван", "O’Neill"])),
        employee_message=message[employee_message],
        show_during_call=_or_left_out(st.sampled_from(ShowDuringCall)),
    )


@st.composite
def accounts(
    draw: st.DrawFn, *, request: Request | None = None, scenario: Scenario | None = None
) -> Account:
    """A client's account; what it leaves out is taken as fitting.

    Args:
        request: a request that the account must accept.
        scenario: a scenario whose media file it must have.
    """
    numbers = {"74951112233": "second", "74957654321": None}
    tokens: tuple[str, ...] = ("2fRN4gqX",)
    blacklist: tuple[str, ...] = ("79261112233",)
    files = {"237": MediaFile(length=12_500), "238": MediaFile(length=draw(times(shortest=1)))}
    limit = draw(_or_left_out(st.integers(1, 500)))
    spoken = [
        message
        for message in (
            request.contact_message if request else None,
            scenario.employee_message if scenario else None,
        )
        if message is not None
    ]
    for message in spoken:
        if message.type is MessageType.MEDIA and message.value not in files:
            files[message.value] = MediaFile(length=draw(times(shortest=1)))
    if request is not None:
        numbers.pop(request.contact, None)
        numbers[request.virtual_phone_number] = "main"
        blacklist = tuple(number for number in blacklist if number != request.contact)
        if request.access_token is not None:
            tokens = (*tokens, request.access_token)
        text = request.contact_message
        if limit is not None and text is not None and text.type is MessageType.TTS:
            limit = max(limit, len(text.value))
    return Account(
        access_tokens=draw(_or_left_out(st.just(tokens))),
        virtual_numbers=draw(_or_left_out(st.just(numbers))),
        blacklist=draw(_or_left_out(st.just(blacklist))),
        media=draw(_or_left_out(st.just(files))),
        tts_message_max_length=limit,
    )


@st.composite
def _persons(draw: st.DrawFn, lengths: st.SearchStrategy[Milliseconds]) -> Person:
    # Answering twice: most of what can happen lies behind it.
    reaction = draw(st.sampled_from([Reaction.ANSWERS, Reaction.ANSWERS, None, *Reaction]))
    if reaction is Reaction.NO_ANSWER:
        return Person(reaction=reaction)
    if reaction is None:
        return Person(hangs_up_after=draw(_or_left_out(lengths)))
    if reaction is Reaction.ANSWERS:
        return Person(
            reaction=reaction, after=draw(lengths), hangs_up_after=draw(_or_left_out(lengths))
        )
    return Person(reaction=reaction, after=draw(lengths))


def people(*, lengths: st.SearchStrategy[Milliseconds] | None = None) -> st.SearchStrategy[People]:
    """What both parties do, and how long they talk.

    Args:
        lengths: where their times come from, milliseconds; `times` if left out.
    """
    known = times() if lengths is None else lengths
    return st.builds(
        People,
        contact=_persons(known),
        employee=_persons(known),
        conversation=_or_left_out(known.map(_at_least_one)),
        ended_by=_or_left_out(st.sampled_from(Party)),
    )


def _at_least_one(length: Milliseconds) -> Milliseconds:
    return max(1, length)


@st.composite
def _pools(draw: st.DrawFn, lengths: st.SearchStrategy[Milliseconds]) -> tuple[Milliseconds, ...]:
    """A few values, their small sums, and nothing at all: where ties come from."""
    drawn = draw(st.lists(lengths, min_size=1, max_size=3, unique=True))
    sums = {a + b for a in drawn for b in drawn}
    return tuple(sorted({0, *drawn, *(value for value in sums if value <= LONGEST)}))


@st.composite
def cases(
    draw: st.DrawFn,
    *,
    configuration: Configuration | None = None,
    tts: bool | None = None,
    lengths: st.SearchStrategy[Milliseconds] | None = None,
) -> Case:
    """A case that can be simulated, with ties, times of no length and time-out edges in plenty.

    Args:
        configuration: the settings that it must come to; None: any.
        tts: whether its contact message must be a text for speech synthesis; None: either.
        lengths: where the values of its times come from, milliseconds; `times` if left out. Sums
            of two of them, and differences of such sums, occur too, up to a day.

    Raises:
        ValueError: when drawn, if the configuration and ``tts`` exclude each other.
    """
    source = times() if lengths is None else lengths
    pool = draw(_pools(source))
    known = st.sampled_from(pool) | source
    request = draw(requests(configuration=configuration, tts=tts))
    scenario = draw(
        scenarios(employee_message=configuration.employee_message if configuration else None)
    )
    case = Case(
        request=request,
        scenario=scenario,
        account=draw(accounts(request=request, scenario=scenario)),
        people=draw(people(lengths=known)),
        messages=draw(_per_party(known.map(_at_least_one))),
        ring_timeout=draw(_per_party(known.map(_at_least_one))),
        characters_per_second=draw(st.sampled_from([None, None, 15, 1, 100])),
        name=draw(st.sampled_from([None, "a call"])),
    )
    case = _ringing_at_the_edge(draw, case)
    return _hanging_up_on_a_moment(draw, case)


def _per_party(lengths: st.SearchStrategy[Milliseconds]) -> st.SearchStrategy[PerParty]:
    return st.builds(PerParty, contact=_or_left_out(lengths), employee=_or_left_out(lengths))


def _with_person(case: Case, party: Party, **changes: Any) -> Case:
    person = evolve(case.people.of(party), **changes)
    if party is Party.CONTACT:
        return evolve(case, people=evolve(case.people, contact=person))
    return evolve(case, people=evolve(case.people, employee=person))


def _ringing_at_the_edge(draw: st.DrawFn, case: Case) -> Case:
    """Lay what a person does one millisecond before, at, or one after the ring time-out."""
    for party in Party:
        person = case.people.of(party)
        if person.after is not None and draw(st.integers(0, 3)) == 0:
            timeout = case.ring_timeout.of(party) or _RING[party]
            after = timeout + draw(st.sampled_from([-1, 0, 1]))
            case = _with_person(case, party, after=min(after, LONGEST))
    return case


def _hanging_up_on_a_moment(draw: st.DrawFn, case: Case) -> Case:
    """Lay hang-ups on other moments: every one is a sum of lengths, less the own answer."""
    for party in Party:
        person = case.people.of(party)
        if person.hangs_up_after is None or not draw(st.booleans()):
            continue
        lengths = [
            length
            for length in (
                *(_ANSWERS_AFTER if p.after is None else p.after for p in _both(case.people)),
                case.messages.contact,
                case.messages.employee,
                case.people.conversation,
                case.people.of(party.other).hangs_up_after,
            )
            if length is not None
        ]
        sums = {sum(some) for count in range(4) for some in combinations(lengths, count)}
        own = [_ANSWERS_AFTER if p.after is None else p.after for p in _both(case.people)]
        answers = {0, *own, sum(own)}
        moments = {at - answer for at in sums for answer in answers}
        choice = sorted(at for at in moments if 0 <= at <= LONGEST)
        case = _with_person(case, party, hangs_up_after=draw(st.sampled_from(choice)))
    return case


def _both(both: People) -> tuple[Person, Person]:
    return both.contact, both.employee
