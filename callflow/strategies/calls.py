"""What decides how a call goes, drawn: request, scenario, account, people.

Where calls go wrong is at the edges that uniform numbers never meet: two things in one
millisecond, times of no length, the ring time-out and its neighbours, a hang-up on the very moment
of something else. So the times of a case come from a small pool of drawn values and their sums as
well as from everywhere, ring times are laid on the time-out often, and hang-ups on other moments.

Nothing here knows a rule of the choreography: a case is drawn from what people and settings can be,
never from what would follow.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any, TypeVar

from attrs import evolve
from hypothesis import strategies as st

from ..api.account import Account, MediaFile
from ..api.request import Message, Request
from ..call.case import Case, People, PerParty, Person, Reaction, Scenario
from ..units import LONGEST, Milliseconds
from ..words import Configuration, Direction, MessageType, Party, ShowDuringCall
from ..words import configurations as all_configurations

_T = TypeVar("_T")

_DIGITS = "0123456789"
_KEYS = "0123456789*#"
#: The time-outs of a case that names none (clause G15), so that their edges are met too.
_RING: dict[Party, Milliseconds] = {Party.CONTACT: 30_000, Party.EMPLOYEE: 60_000}
_ANSWERS_AFTER: Milliseconds = 5_000

#: How a composite strategy gets its next time.
_Next = Callable[[], Milliseconds]


def _or_left_out(values: st.SearchStrategy[_T]) -> st.SearchStrategy[_T | None]:
    return st.none() | values


def configurations() -> st.SearchStrategy[Configuration]:
    """One of the 16 choices of the four settings that choose the rules."""
    return st.sampled_from(all_configurations())


def times(
    *, shortest: Milliseconds = 0, longest: Milliseconds = 40_000
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


# Built once: a strategy costs more to make than to draw from.
_COIN = st.booleans()
_OF_TEN = st.integers(0, 9)
_AROUND = st.sampled_from([-1, 0, 1])
_TIMES = times()
_CONFIGURATIONS = configurations()
_SPOKEN = _CONFIGURATIONS.filter(lambda one: one.contact_message and not one.switch_at_once)
_MEDIA_OR_TTS = {kind: messages(type=kind) for kind in MessageType}
_NUMBER_PAIRS = st.sampled_from(
    [("74993720692", "79260000000"), ("74951112233", "0462626")]
) | st.tuples(_numbers(7), _numbers(6)).filter(lambda pair: pair[0] != pair[1])
_REQUESTED_OFF = st.sampled_from([False, None])
_REQUESTED = st.sampled_from([True, False, None])
_DTMF = _or_left_out(dtmf_strings())
_WITHOUT_EFFECT = st.fixed_dictionaries(
    {},
    optional={
        "direction": st.sampled_from(Direction),
        "external_id": st.text(max_size=10),
        "show_virtual_phone_number": _COIN,
    },
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
    wanted = configuration or draw(_SPOKEN if tts else _CONFIGURATIONS)
    if tts and (wanted.switch_at_once or not wanted.contact_message):
        raise ValueError(f"{wanted}: not with a tts contact message, which takes the switch away")
    message = None
    if wanted.contact_message:
        spoken = draw(_COIN) if tts is None and not wanted.switch_at_once else bool(tts)
        message = draw(_MEDIA_OR_TTS[MessageType.TTS if spoken else MessageType.MEDIA])
    if message is not None and message.type is MessageType.TTS:
        switch = draw(_REQUESTED)
    else:
        switch = True if wanted.switch_at_once else draw(_REQUESTED_OFF)
    virtual, contact = draw(_NUMBER_PAIRS)
    others: dict[str, Any] = draw(_WITHOUT_EFFECT)
    return Request(
        virtual_phone_number=virtual,
        contact=contact,
        first_call=wanted.first_call,
        switch_at_once=switch,
        contact_message=message,
        dtmf_string=draw(_DTMF),
        **others,
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
        employee_number=st.sampled_from([None, "74950000001"]),
        employee_name=st.sampled_from([None, "Anna", "Иван", "O’Neill"]),
        employee_message=message[employee_message],
        show_during_call=st.sampled_from([None, *ShowDuringCall]),
    )


_SCENARIOS = {has: scenarios(employee_message=has) for has in (None, True, False)}
_LIMITS = st.integers(1, 500)
_FILE_LENGTHS = times(shortest=1)


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
    limit = draw(_LIMITS) if draw(_COIN) else None
    files = _media(draw, request, scenario) if draw(_COIN) else None
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
        access_tokens=tokens if draw(_COIN) else None,
        virtual_numbers=numbers if draw(_COIN) else None,
        blacklist=blacklist if draw(_COIN) else None,
        media=files,
        tts_message_max_length=limit,
    )


def _media(
    draw: st.DrawFn, request: Request | None, scenario: Scenario | None
) -> dict[str, MediaFile]:
    files = {"237": MediaFile(length=12_500)}
    for message in (
        request.contact_message if request else None,
        scenario.employee_message if scenario else None,
    ):
        if message is not None and message.type is MessageType.MEDIA:
            files[message.value] = MediaFile(length=draw(_FILE_LENGTHS))
    return files


def _person(draw: st.DrawFn, following: _Next) -> Person:
    # Answering most: nearly everything that can happen lies behind it.
    reaction = draw(_REACTIONS)
    if reaction is Reaction.NO_ANSWER:
        return Person(reaction=reaction)
    if reaction not in (None, Reaction.ANSWERS):
        return Person(reaction=reaction, after=following())
    return Person(
        reaction=reaction,
        after=None if reaction is None else following(),
        hangs_up_after=following() if draw(_OF_TEN) < 4 else None,
    )


def _people(draw: st.DrawFn, following: _Next) -> People:
    return People(
        contact=_person(draw, following),
        employee=_person(draw, following),
        conversation=None if draw(_OF_TEN) < 2 else max(1, following()),
        ended_by=draw(_ENDED_BY),
    )


_REACTIONS = st.sampled_from([*[Reaction.ANSWERS] * 10, None, *Reaction])
_ENDED_BY = st.sampled_from([None, *Party])


@st.composite
def people(draw: st.DrawFn, *, lengths: st.SearchStrategy[Milliseconds] | None = None) -> People:
    """What both parties do, and how long they talk.

    Args:
        lengths: where their times come from, milliseconds; `times` if left out.
    """
    source = _TIMES if lengths is None else lengths
    return _people(draw, lambda: draw(source))


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
    following = _from_a_pool(draw, _TIMES if lengths is None else lengths)
    request = draw(requests(configuration=configuration, tts=tts))
    spoken = configuration.employee_message if configuration else None
    scenario = draw(_SCENARIOS[spoken])
    both = _people(draw, following)
    timeouts = PerParty(
        contact=_ring_timeout(draw, both.contact, following),
        employee=_ring_timeout(draw, both.employee, following),
    )
    case = Case(
        request=request,
        scenario=scenario,
        account=draw(accounts(request=request, scenario=scenario)),
        people=both,
        messages=PerParty(
            contact=max(1, following()) if draw(_OF_TEN) < 7 else None,
            employee=max(1, following()) if draw(_OF_TEN) < 7 else None,
        ),
        ring_timeout=timeouts,
        characters_per_second=draw(_SPEEDS),
        name=draw(_NAMES),
    )
    return _hanging_up_on_a_moment(draw, _ringing_by_default(draw, case))


# 16 and 2000 put texts of an odd length on half a millisecond.
_SPEEDS = st.sampled_from([None, 15, 16, 2000])
_NAMES = st.sampled_from([None, "a call"])


def _from_a_pool(draw: st.DrawFn, source: st.SearchStrategy[Milliseconds]) -> _Next:
    """Times out of a few values, their small sums and nothing at all, and now and then others."""
    drawn = [draw(source) for _ in range(1 + draw(_OF_TEN) % 3)]
    sums = sorted({0, *drawn, *(a + b for a in drawn for b in drawn)})
    pool = st.sampled_from([value for value in sums if value <= LONGEST])
    return lambda: draw(source if draw(_OF_TEN) > 7 else pool)


def _with_person(case: Case, party: Party, **changes: Any) -> Case:
    person = evolve(case.people.of(party), **changes)
    if party is Party.CONTACT:
        return evolve(case, people=evolve(case.people, contact=person))
    return evolve(case, people=evolve(case.people, employee=person))


def _ring_timeout(draw: st.DrawFn, person: Person, following: _Next) -> Milliseconds | None:
    """A time-out: left out, long enough, or one millisecond around what the person does."""
    way = draw(_OF_TEN)
    after = _ANSWERS_AFTER if person.after is None else person.after
    if way < 4:
        return None
    if way < 7:
        return min(max(1, after + following()), LONGEST)
    if way < 9:
        return min(max(1, after - draw(_AROUND)), LONGEST)
    return max(1, following())


def _ringing_by_default(draw: st.DrawFn, case: Case) -> Case:
    """Meet the edges of the time-outs of a case that names none, too."""
    for party in Party:
        person, left_out = case.people.of(party), case.ring_timeout.of(party) is None
        if left_out and person.after is not None and draw(_OF_TEN) > 8:
            case = _with_person(case, party, after=_RING[party] + draw(_AROUND))
    return case


def _hanging_up_on_a_moment(draw: st.DrawFn, case: Case) -> Case:
    """Lay hang-ups on other moments: every one is a sum of lengths, less the own answer."""
    for party in Party:
        person = case.people.of(party)
        if person.hangs_up_after is None or not draw(_COIN):
            continue
        own = [_ANSWERS_AFTER if p.after is None else p.after for p in _both(case.people)]
        lengths = [
            *own,
            case.messages.contact,
            case.messages.employee,
            case.people.conversation,
            case.people.of(party.other).hangs_up_after,
        ]
        known = [length for length in lengths if length is not None]
        sums = {sum(some) for count in range(4) for some in combinations(known, count)}
        moments = {at - answer for at in sums for answer in (0, *own, sum(own))}
        choice = sorted(at for at in moments if 0 <= at <= LONGEST)
        case = _with_person(case, party, hangs_up_after=draw(st.sampled_from(choice)))
    return case


def _both(both: People) -> tuple[Person, Person]:
    return both.contact, both.employee
