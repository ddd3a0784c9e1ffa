"""The picture that opens the README: a question, one sentence, the request, and both lives.

It is for who has never seen the product: no clause ids, and no word that must be looked up; that
something is our reading stays, because nobody may mistake it for the vendor's promise.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..call.plan import ANSWERS_AFTER, message_length
from ..call.timeline import Timeline
from ..units import Milliseconds
from ..words import Party
from . import wording
from .catalogue import later, say, spoken
from .lanes.lane import Frame
from .lanes.picture import axis_of, behind, body, described
from .lanes.scale import scale
from .metrics import text_width
from .picture_palette import Paint, Theme
from .svg import Group, Line, Path, Picture, Rect, Run, Shape, Text, blank, flow

QUESTION = later("What will both people on the line live through?")
ANSWER = later(
    "One request to the telephony API. callflow simulates the call and shows each second for both,"
    " before anyone’s phone rings."
)

_NARROWEST = 880
_MARGIN, _PANEL, _ARROW, _GUTTER = 20.0, 204.0, 36.0, 88.0


def hero_svg(timeline: Timeline, *, theme: Theme = "auto", width: int = 880) -> str:
    """The opening picture as an SVG document.

    Args:
        timeline: a call with a conversation, for which the picture is made.
        theme: ``auto`` is light, and dark where the viewer prefers dark.
        width: of the whole picture, pixels; less than 880 are taken as 880.
    """
    return hero_picture(timeline, width=width).svg(theme)


def hero_picture(timeline: Timeline, *, width: int = 880) -> Picture:
    """The opening picture, laid out."""
    width = max(width, _NARROWEST)
    shapes: list[Shape] = []
    y = 48.0
    for line in flow((Run(say(QUESTION), 28, bold=True),), width - 2 * _MARGIN):
        shapes.append(Text(_MARGIN, y, line, blank(28), "title"))
        y += 34
    for line in flow((Run(say(ANSWER), 14.5, Paint.SECOND),), width - 2 * _MARGIN):
        shapes.append(Text(_MARGIN, y - 4, line, blank(14.5), "sentence"))
        y += 20
    top = y + 6
    left = _MARGIN + _PANEL + _ARROW
    room = Frame(left, width - _MARGIN, plain=True)
    measure = scale([timeline], left + _GUTTER, room.right - behind(timeline))
    lanes = body(timeline, measure, room, top - 4)
    axis, base = axis_of(measure, room, lanes.bottom)
    panel, bottom = _request(timeline, top)
    shapes += panel
    # Halfway down the lanes, where it points at no row of theirs.
    shapes += _arrow(_MARGIN + _PANEL + 8, min((top + lanes.bottom) / 2, bottom - 16))
    title = f"{say(QUESTION)} {wording.title(timeline)}"
    return Picture(
        width,
        round(max(base, bottom) + 24),
        title,
        f"{say(ANSWER)} {described(timeline)}",
        (*shapes, Group("lanes", lanes.shapes), axis),
    )


def _request(timeline: Timeline, top: float) -> tuple[list[Shape], float]:
    """The request and the two people, as they stand in a case."""
    words: list[Shape] = []
    x, y = _MARGIN + 16, top + 27
    words.append(
        Text(
            x,
            y,
            (Run(say("A request, and two people"), 12.5, Paint.SECOND, bold=True),),
            role="head",
        )
    )
    y += 25
    for name, value in _settings(timeline):
        words.append(_setting(x, y, name, value))
        y += 22
    words.append(Line(x, y - 7.5, _MARGIN + _PANEL - 16, y - 7.5, Paint.RULE))
    y += 14
    for name, value in _people(timeline):
        words.append(_setting(x, y, name, value))
        y += 22
    bottom = y - 4
    box = Rect(_MARGIN + 0.5, top + 0.5, _PANEL, bottom - top, Paint.PANEL, Paint.RULE, 8)
    return [box, *words], bottom


def _setting(x: float, y: float, name: str, value: str) -> Text:
    size, room = 12.5, _PANEL - 32
    while text_width(f"{name}: {value}", size, bold=True) > room and size > 9 and " " in name:
        size -= 0.5
    name_width = text_width(f"{name}: ", size)
    while name_width + text_width(value, size, bold=True) > room:
        value = f"{value.removesuffix('…')[:-1]}…"
    runs = (Run(f"{name}:", size, Paint.SECOND), Run(value, size, bold=True))
    return Text(x, y, runs, blank(size), "setting")


def _settings(timeline: Timeline) -> Iterator[tuple[str, str]]:
    case = timeline.case
    yield "first_call", str(case.request.first_call)
    yield "switch_at_once", str(bool(case.request.switch_at_once)).lower()
    heard = message_length(case, Party.CONTACT)
    if heard is not None:
        yield "contact_message", _short(heard)
    if case.request.dtmf_string:
        yield "dtmf_string", case.request.dtmf_string


def _people(timeline: Timeline) -> Iterator[tuple[str, str]]:
    people = timeline.case.people
    first = timeline.case.request.first_call
    for party in (first, first.other):
        person = people.of(party)
        if timeline.leg(party).answered is not None:
            after = ANSWERS_AFTER if person.after is None else person.after
            yield say("{party} answers after", party=party), _short(after)


def _short(time: Milliseconds) -> str:
    """A length as people write it: ``6 s``."""
    return wording.length(time).replace(f"{spoken().decimal}0 ", " ")


def _arrow(x: float, y: float) -> Iterator[Shape]:
    yield Line(x, y, x + 18, y, Paint.INK, 2)
    yield Path(
        ((x + 11, y - 7), (x + 18, y), (x + 11, y + 7)), None, Paint.INK, width=2, closed=False
    )
