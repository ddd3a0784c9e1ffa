"""Reads a state diagram back from its SVG as an eye would: by where lines, cards and words are.

What an arrow means is found by following its line from the card it leaves, over joints, to the card
at which its head points; ids and classes are not looked at, but that a group is a node or an edge.
"""

import re
from itertools import groupby
from xml.etree import ElementTree as ET

from attrs import field, frozen

from callflow.draw.catalogue import term

_NS = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?[\d.]+")
_CLAUSE = re.compile(r"(?:([a-h]) )?((?:[A-Z]+\d*(?:, )?)+)( inferred)?(?: from the framed state)?")
_EVENT = re.compile(r"(?:(\d[\d:.]*(?: s)?) )?((?:or )?\.{0,3}[a-z_]+(?:, \.{0,3}[a-z_]+)*,?)")

Box = tuple[float, float, float, float]
Point = tuple[float, float]


@frozen
class Text:
    words: str
    baseline: float
    box: Box
    bold: bool
    fill: str


@frozen
class Card:
    state: str
    box: Box
    width: float
    stroke: str
    chips: int
    texts: tuple[Text, ...] = field(repr=False)


@frozen
class Line:
    """One edge of Graphviz: a line, perhaps heads, perhaps words."""

    points: tuple[Point, ...]
    heads: tuple[Point, ...]
    dashed: bool
    width: float
    stroke: str
    texts: tuple[Text, ...] = field(repr=False)

    @property
    def said(self) -> list[str]:
        """The words, line by line."""
        rows = groupby(sorted(self.texts, key=lambda one: one.baseline), lambda one: one.baseline)
        return [
            " ".join(one.words for one in sorted(row, key=lambda one: one.box[0]))
            for _, row in rows
        ]


@frozen
class Seen:
    """An arrow as it is seen.

    ``clauses``: for each letter (of one wording "") the ids, and whether "inferred" stands there.
    """

    source: str
    event: str
    target: str
    clauses: tuple[tuple[str, frozenset[str], bool], ...]
    dashed: bool
    lit: bool
    at: str | None


@frozen
class Picture:
    width: float
    height: float
    cards: tuple[Card, ...]
    lines: tuple[Line, ...]
    joints: tuple[Box, ...]
    box: Box | None
    title: tuple[Text, ...]
    fills: tuple[tuple[Box, str], ...] = field(repr=False)

    @property
    def texts(self) -> list[Text]:
        parts = [self.title, *(card.texts for card in self.cards)]
        return [text for part in (*parts, *(line.texts for line in self.lines)) for text in part]


def read(svg: str) -> Picture:
    root = ET.fromstring(svg)  # noqa: S314 - drawn here
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    graph = next(one for one in root if one.tag == f"{_NS}g")
    moved = re.search(r"translate\(([\d.-]+) ([\d.-]+)\)", graph.attrib["transform"])
    assert moved
    shift = (float(moved[1]), float(moved[2]))
    cards, lines, joints, box = [], [], [], None
    page = next(one for one in root if one.tag == f"{_NS}rect")
    fills = [((0.0, 0.0, width, height), page.attrib["fill"])]
    for group in graph.iter(f"{_NS}g"):
        kind = group.attrib["class"].split()
        shapes = [one for one in group if one.tag not in (f"{_NS}text", f"{_NS}g")]
        texts = tuple(_text(one, shift) for one in group if one.tag == f"{_NS}text")
        fills += [
            (_around(_points(shape, shift)), shape.attrib["fill"])
            for shape in shapes
            if shape.attrib["fill"] != "none" and kind[0] in ("graph", "node")
        ]
        if kind[0] == "graph":
            title = texts
        elif kind[0] == "cluster":
            if shapes and shapes[0].attrib["stroke"] != "none":
                box = _around(_points(shapes[0], shift))
        elif "joint" in kind:
            joints.append(_around(_points(shapes[0], shift)))
        elif kind[0] == "node":
            frame = shapes[0]
            edges = _around(_points(frame, shift))
            middle = (edges[1] + edges[3]) / 2
            words = [
                one.words
                for one in sorted(texts, key=lambda one: (one.baseline > middle, one.box[0]))
            ]
            assert words[0::2] == [term("contact"), term("employee")], words
            cards.append(
                Card(
                    "/".join(words[1::2]),
                    edges,
                    float(frame.attrib.get("stroke-width", 1)),
                    frame.attrib["stroke"],
                    sum(1 for shape in shapes[1:] if shape.attrib["fill"] != "none"),
                    texts,
                )
            )
        elif kind[0] == "edge":
            path, *heads = shapes
            lines.append(
                Line(
                    tuple(_points(path, shift)),
                    tuple(_points(head, shift)[1] for head in heads),
                    "stroke-dasharray" in path.attrib,
                    float(path.attrib.get("stroke-width", 1)),
                    path.attrib["stroke"],
                    texts,
                )
            )
    return Picture(
        width, height, tuple(cards), tuple(lines), tuple(joints), box, title, tuple(fills)
    )


def _points(shape: ET.Element, shift: Point) -> list[Point]:
    numbers = [
        float(one) for one in _NUMBER.findall(shape.attrib.get("d") or shape.attrib["points"])
    ]
    return [(x + shift[0], y + shift[1]) for x, y in zip(numbers[0::2], numbers[1::2], strict=True)]


def _around(points: list[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _text(element: ET.Element, shift: Point) -> Text:
    """A text with the room of its small letters and ascenders."""
    known = element.attrib
    x, y = float(known["x"]) + shift[0], float(known["y"]) + shift[1]
    size, width = float(known["font-size"]), float(known["textLength"])
    words = (element.text or "").replace("\xa0", " ")
    box = (x, y - 0.73 * size, x + width, y + 0.21 * size)
    return Text(words, y, box, known.get("font-weight") == "bold", known["fill"])


# ------------------------------------------------------------------------------ what arrows mean


def arrows(picture: Picture) -> list[Seen]:
    """Every arrow, by following its line; the one of all failures once for each it stands for."""
    seen: list[Seen] = []
    for line in picture.lines:
        if not line.said:
            continue
        if any("from the framed state" in row or "from every state" in row for row in line.said):
            seen += _gathered(picture, line)
            continue
        ends = [line.points[0], line.points[-1], *line.heads]
        heads = [card for tip in line.heads if (card := _at(picture, tip))]
        source = next(card for end in ends if (card := _at(picture, end)) and card not in heads)
        target = heads[0] if heads else _follow(picture, line)
        seen += [
            Seen(source.state, event, target.state, clauses, line.dashed, lit, at)
            for event, clauses, lit, at in _parsed(line)
        ]
    return seen


def _at(picture: Picture, point: Point, near: float = 4.5) -> Card | None:
    """The card whose border is at a point."""
    return next((card for card in picture.cards if _near(card.box, point, near)), None)


def _near(box: Box, point: Point, near: float = 4.5) -> bool:
    return box[0] - near <= point[0] <= box[2] + near and box[1] - near <= point[1] <= box[3] + near


def _joint(picture: Picture, line: Line) -> list[Box]:
    ends = (line.points[0], line.points[-1])
    return [joint for joint in picture.joints if any(_near(joint, end) for end in ends)]


def _follow(picture: Picture, line: Line) -> Card:
    """The card at which the head at the end of a line of several pieces points."""
    known, edge = {line}, [line]
    while edge:
        here = edge.pop()
        for joint in _joint(picture, here):
            for other in picture.lines:
                if other in known or not any(
                    _near(joint, end) for end in (other.points[0], other.points[-1])
                ):
                    continue
                known.add(other)
                if other.heads:
                    card = _at(picture, other.heads[0])
                    assert card
                    return card
                if not other.said:  # another's stub joins the trunk
                    edge.append(other)
    raise AssertionError("a line that leads nowhere")


def _gathered(picture: Picture, line: Line) -> list[Seen]:
    """All failures that leave the box by one arrow: of each state inside those that it can have."""
    from callflow.choreography import possible_events
    from callflow.words import LegState, State

    target = _at(picture, line.heads[0])
    assert target
    assert picture.box
    joint = _joint(picture, line)[0]
    riser = next(one for one in picture.lines if one is not line and joint in _joint(picture, one))
    top = min(riser.points, key=lambda point: point[1])
    assert abs(top[1] - picture.box[3]) < 2.5, "the arrow of all failures leaves the box"
    assert (riser.dashed, riser.width) == (line.dashed, line.width)
    seen: list[Seen] = []
    said = _parsed(line)
    taken = [one for one in said if one[3]]
    for card in picture.cards:
        if not (picture.box[1] < card.box[1] and card.box[3] < picture.box[3]):
            continue
        state = State(*map(LegState, card.state.split("/")))
        for event in possible_events(state):
            kind = event.value.replace("contact", "...").replace("employee", "...")
            if not kind.startswith("...") or kind not in ("..._unreached", "..._hung_up"):
                continue
            framed = card.width > 2 and taken and taken[0][0] == event.value
            if framed:
                _, clauses, lit, at = taken[0]
            else:
                match = [one for one in said if one[0] == kind]
                assert match, f"{kind} is not said"
                clauses, lit, at = (match[0][1] if not taken else ()), False, None
            seen.append(Seen(card.state, event.value, target.state, clauses, line.dashed, lit, at))
    return seen


Clauses = tuple[tuple[str, frozenset[str], bool], ...]


def _parsed(line: Line) -> list[tuple[str, Clauses, bool, str | None]]:
    """The events of a label, each with its clauses, whether it is taken, and its moment."""
    told: list[tuple[list[tuple[str, str | None]], list[tuple[str, frozenset[str], bool]]]] = []
    fresh = True
    for row in line.said:
        if row == "from every state in the box":
            continue
        gathered = re.fullmatch(r"(\.\.\._\w+) (.*)", row)
        clause = _CLAUSE.fullmatch(gathered[2] if gathered else row)
        if gathered and clause:
            told.append(([(gathered[1], None)], []))
        if clause:
            ids = frozenset(clause[2].split(", "))
            told[-1][1].append((clause[1] or "", ids, bool(clause[3])))
            fresh = True
            continue
        event = _EVENT.fullmatch(row)
        assert event, f"{row!r} is neither an event nor clauses"
        if fresh:
            told.append(([], []))
            fresh = False
        names = event[2].removeprefix("or ").removesuffix(",").split(", ")
        told[-1][0].extend((name, event[1]) for name in names)
    thick = line.width > 2
    return [
        (name, tuple(clauses), thick and at is not None, at)
        for events, clauses in told
        for name, at in events
    ]
