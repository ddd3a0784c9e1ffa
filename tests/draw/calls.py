"""Calls to draw: strategies that reach the edges of a picture, a fixed sample, extremes by hand."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from callflow.api.request import Message, Request
from callflow.call.case import Case, People, PerParty, Person, Reaction, Scenario
from callflow.strategies import cases
from callflow.words import MessageType, Party

_DAY = 86_400_000
#: A millisecond beside a day, and what lies between.
TIMES = st.sampled_from([1, 2, 10, 999, 5000, 60_000, 3_600_000, _DAY])
#: Calls as they come, and calls of very different lengths.
EVERY = cases() | cases(lengths=TIMES)

_MEDIA = Message(type=MessageType.MEDIA, value="1")


def sample(count: int) -> list[Case]:
    """The same cases each time, drawn like any others."""
    drawn: list[Case] = []

    @settings(max_examples=count, derandomize=True, database=None, phases=[Phase.generate])
    @given(EVERY)
    def draw(case: Case) -> None:
        drawn.append(case)

    draw()
    return drawn


def extremes() -> list[Case]:
    """Calls of no time, of a second, of a day; every failure; digits and names without end."""
    return [*_of_times(), *_of_digits(), *_failed(), *map(_named, _NAMES)]


def _case(
    first: str = "contact", name: str | None = None, dtmf: str | None = None, **given: object
) -> Case:
    request = Request(
        virtual_phone_number="123456789012345",
        contact="543210987654321",
        first_call=Party(first),
        contact_message=_MEDIA,
        dtmf_string=dtmf,
    )
    rest: dict[str, object] = {
        "scenario": Scenario(employee_message=_MEDIA),
        "people": People(contact=Person(after=1), employee=Person(after=1), conversation=1),
        "messages": PerParty(contact=1, employee=1),
        **given,
    }
    return Case(request=request, name=name, **rest)  # type: ignore[arg-type]


def _of_times() -> Iterator[Case]:
    yield _case()
    yield _case(first="employee")
    second = People(contact=Person(after=200), employee=Person(after=300), conversation=400)
    for first in Party:
        yield _case(first=first, people=second, messages=PerParty(contact=50, employee=50))
    yield _case(
        people=People(contact=Person(after=_DAY - 1), conversation=3),
        ring_timeout=PerParty(contact=_DAY),
    )
    yield _case(
        first="employee",
        people=People(contact=Person(after=_DAY // 2), conversation=_DAY),
        messages=PerParty(contact=_DAY, employee=_DAY),
        ring_timeout=PerParty(contact=_DAY, employee=_DAY),
    )


def _of_digits() -> Iterator[Case]:
    yield _case(dtmf="0" * 1000)
    yield _case(dtmf="1." * 400)
    yield _case(dtmf=".1" * 400, people=People(conversation=_DAY))
    yield _case(dtmf="12.#" * 20, messages=PerParty(contact=_DAY, employee=_DAY))
    # Marks a second apart in a call of two minutes: each cap touches the next.
    yield _case(dtmf="1.2.3.4.5.6.7.8.9.0.*.#", people=People(conversation=120_000))


def _failed() -> Iterator[Case]:
    busy = Person(reaction=Reaction.BUSY, after=0)
    yield _case(people=People(contact=busy), dtmf="1.2")
    yield _case(first="employee", people=People(employee=busy))
    yield _case(people=People(contact=Person(after=3000), employee=busy), dtmf="1.2")
    yield _case(people=People(contact=Person(after=0, hangs_up_after=0)), first="employee")
    silent = Person(reaction=Reaction.NO_ANSWER)
    yield _case(people=People(contact=Person(after=5000), employee=silent), dtmf="..1....2")
    gone = Person(after=4000, hangs_up_after=2500)
    yield _case(people=People(contact=gone, employee=Person(after=9000)), dtmf="1.2.3.4")


_NAMES = (
    " ",
    "long " * 200,
    "W" * 500,
    "ЩЖШЮЫ" * 40,
    "Звонок сотруднику: Ёлкина Йоланта Ъявна, перезвонить утром",
    "📞👩‍👩‍👧🇦🇲❤️‍🔥" * 20,
    "שיחה לעובד, והלקוח שומע את כל ההודעה מהתחלה ועד הסוף",
    "مكالمة إلى الموظف 123 ثم إلى العميل",
    "漢字の電話" * 20,
    "<&\"'>\n\u202e\x00漢字 имя ё́ 👩‍👩‍👧",
)


def _named(name: str) -> Case:
    """A call with a name, and with the name in it where a request has room for text."""
    case = _case(name=name, people=People(conversation=20_000), messages=PerParty(contact=9000))
    return evolve(case, scenario=evolve(case.scenario, employee_name=name))
