"""A chart as a Graphviz graph: one layout for all machines.

What carries it (each was tried without):

- a column is a ``group`` whose edges weigh much, a row a rank: main lines are straight;
- labels that are equally high, so that gaps are equal; wide enough that columns stand apart;
- the second column comes to the conversation by drawn joints, one in each row that it passes, and
  a square one at the corner; without them Graphviz bends the line;
- failures leave the box along an unseen thread through all its rows, right of everything; drawn
  one by one, they gather in a trunk of such joints on either side.

Every line of an arrow has the classes ``from-STATE`` and ``on-EVENT``, so that a page can light it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from attrs import define, field
from graphviz import Digraph

from ...words import Basis, State
from ..chart import TALK, Arrow, Chart, Failures, Place
from ..picture_palette import Paint
from . import labels
from .labels import Colours

#: Widths of lines, points: usual, the frame of a state on the path, an arrow on the path.
_THIN, _FRAME, _THICK = 1.0, 1.6, 2.2
#: Least widths of labels, points: on arrows that go down, and on horizontal ones.
_DOWN, _RIGHT = 131, 138
#: Between the border of the box and what is in it, points.
_MARGIN = 12
_HEAVY = "20"

Attributes = dict[str, str]


def machine_graph(chart: Chart, colours: Colours, failures: Failures) -> str:
    """The source of the graph."""
    return _Drawing(chart, colours, failures).draw()


@define
class _Drawing:
    chart: Chart
    colours: Colours
    failures: Failures
    graph: Digraph = field(init=False)
    #: The states that can fail, with a border or without.
    box: Digraph = field(init=False)
    #: The names of what stands in each row, from left to right.
    rows: dict[int, list[str]] = field(factory=dict, init=False)

    def draw(self) -> str:
        """The source of the whole graph."""
        self._begin()
        for place in self.chart.places:
            self._of(place.row).node(**self._card(place))
            self.rows.setdefault(place.row, []).append(str(place.state))
        self._arrows()
        if self.failures == "grouped":
            self._thread()
        else:
            self._trunk(0)
            self._trunk(1)
        for row, names in sorted(self.rows.items()):
            same = "; ".join(f'"{name}"' for name in names)
            self._of(row).body.append(f"\t{{ rank=same; {same} }}\n")
        self.graph.subgraph(self.box)
        source: str = self.graph.source
        return source

    def _begin(self) -> None:
        paint = self.colours
        self.graph = Digraph(
            "machine",
            graph_attr={
                "id": self.chart.name,
                "label": labels.title(self.chart, paint),
                "labelloc": "t",
                "labeljust": "l",
                "nodesep": "0.14",
                "ranksep": "0.22",
                "compound": "true",
                "pad": "0.15",
                "bgcolor": paint[Paint.PAGE],
                "fontname": "Arial",
            },
            node_attr={
                "shape": "box",
                "style": "rounded,filled",
                "margin": "0",
                "width": "0",
                "height": "0",
                "fontname": "Arial",
            },
            edge_attr={"arrowsize": "0.7", "fontname": "Arial"},
        )
        bordered = "1" if self.failures == "grouped" else "0"
        self.box = Digraph(
            "waiting" if self.failures == "each" else "cluster_waiting",
            graph_attr={
                "id": "waiting",
                "style": "rounded",
                "color": paint[Paint.RULE],
                "margin": str(_MARGIN),
                "peripheries": bordered,
                "label": "",
            },
        )

    def _of(self, *rows: int) -> Digraph:
        """The box if all these rows lie in it, else the graph."""
        return self.box if all(0 < row <= self._deepest for row in rows) else self.graph

    @property
    def _deepest(self) -> int:
        return max(place.row for place in self.chart.places if place.waiting)

    @property
    def _end(self) -> Place:
        return max(self.chart.places, key=lambda place: place.row)

    # -------------------------------------------------------------------------------------- states

    def _card(self, place: Place) -> Attributes:
        failure = self.chart.failure
        failed = failure is not None and failure.source == place.state
        edge = Paint.FAILURE if failed else Paint.INK if place.on_path else Paint.THIRD
        width = _THICK if failed else _FRAME if place.on_path else _THIN
        return {
            "name": str(place.state),
            "label": labels.card(place, self.chart, self.colours),
            "group": f"column{place.column}",
            "color": self.colours[edge],
            "fillcolor": card_fill(self.colours),
            "penwidth": str(width),
            "id": f"state-{_id(place.state)}",
            "class": "state lit" if place.on_path else "state",
        }

    def _joint(self, name: str, row: int, group: str, line: Attributes, high: float = 0) -> None:
        """A piece of line as a node: Graphviz leads lines straight from one to the next."""
        width = float(line["penwidth"])
        self._of(row).node(
            name,
            label="",
            style="filled",
            fixedsize="true",
            group=group,
            width=f"{width / 72:.4f}",
            height=f"{(high or width) / 72:.4f}",
            penwidth="0",
            color=line["color"],
            fillcolor=line["color"],
            **{"class": "joint"},
        )

    # -------------------------------------------------------------------------------------- arrows

    def _line(self, arrows: Sequence[Arrow], usual: Paint, lit: Paint) -> Attributes:
        """How a line looks that means these arrows."""
        taken = any(arrow.on_path for arrow in arrows)
        inferred = any(arrow.basis is Basis.INFERRED for arrow in arrows)
        sources = dict.fromkeys(f"from-{_id(arrow.source)}" for arrow in arrows)
        events = dict.fromkeys(f"on-{arrow.event}" for arrow in arrows)
        basis = "inferred" if inferred else "documented"
        words = ["arrow", basis, *sources, *events, *(["lit"] if taken else [])]
        return {
            "color": self.colours[lit if taken else usual],
            "penwidth": str(_THICK if taken else _THIN),
            "style": "dashed" if inferred else "solid",
            "class": " ".join(words),
        }

    def _arrows(self) -> None:
        """All arrows that lead on; those between the same two states are one."""
        onward = {
            ends: arrows for ends, arrows in self.chart.between().items() if not arrows[0].failure
        }
        place = self.chart.place
        tallest = max(
            labels.height(labels.arrow_lines(arrows))
            for (source, _), arrows in onward.items()
            if place(source).waiting and not arrows[0].right
        )
        for (source, target), arrows in onward.items():
            start, end = place(source), place(target)
            if arrows[0].right:
                self._right(start, end, arrows)
            elif start.column == end.column:
                self._down(start, end, arrows, tallest)
            else:
                self._back(start, end, arrows, tallest)

    def _down(self, start: Place, end: Place, arrows: Sequence[Arrow], tallest: float) -> None:
        """An arrow within a column."""
        self._of(start.row, end.row).edge(
            str(start.state),
            str(end.state),
            id=f"arrow-{_id(start.state)}-{arrows[0].event}",
            label=self._label_down(arrows, start, end, tallest),
            weight=_HEAVY,
            **self._line(arrows, Paint.THIRD, Paint.INK),
        )

    def _label_down(self, arrows: Sequence[Arrow], start: Place, end: Place, tallest: float) -> str:
        """The label of an arrow that goes down; the border of the box makes a gap of its own."""
        crossing = start.waiting != end.waiting and self.failures != "each"
        least = 0.0 if end == self._end else tallest if crossing else tallest + 12
        said = labels.arrow_lines(arrows)
        # Graphviz centres what is narrower than the title: its own first label makes it as wide.
        title = 16 + labels.width(labels.title_lines(self.chart)) - labels.half_card() - _MARGIN
        alone = start.row == 0 and self.failures == "none" and self.chart.columns == 1
        wide = max(_DOWN, title) if alone else _DOWN
        return labels.arrow_label(said, self.colours, wide=wide, high=least)

    def _right(self, start: Place, end: Place, arrows: Sequence[Arrow]) -> None:
        """An arrow to the second column."""
        said = labels.arrow_lines(arrows)
        self._of(start.row).edge(
            str(start.state),
            str(end.state),
            id=f"arrow-{_id(start.state)}-{arrows[0].event}",
            label=labels.arrow_label(said, self.colours, wide=_RIGHT, left=8),
            **self._line(arrows, Paint.THIRD, Paint.INK),
        )

    def _back(self, start: Place, end: Place, arrows: Sequence[Arrow], tallest: float) -> None:
        """The second column's way to the conversation: down by joints, and round a corner."""
        line = self._line(arrows, Paint.THIRD, Paint.INK)
        group = f"column{start.column}"
        names = []
        for row in range(start.row + 1, end.row + 1):
            names.append("corner" if row == end.row else f"joint{row}")
            self._joint(names[-1], row, group, line, high=0 if row == end.row else 2)
            self.rows[row].append(names[-1])
        self.graph.edge(
            str(start.state),
            names[0],
            id=f"arrow-{_id(start.state)}-{arrows[0].event}",
            label=self._label_down(arrows, start, self.chart.place(end.state), tallest),
            weight=_HEAVY,
            arrowhead="none",
            headclip="false",
            **line,
        )
        self._pieces(names, line)
        self.graph.edge(str(end.state), names[-1], dir="back", headclip="false", **line)

    def _pieces(self, names: Sequence[str], *lines: Attributes) -> None:
        """A line from joint to joint; of several looks one for each piece."""
        looks = lines if len(lines) > 1 else lines * len(names)
        for (upper, lower), line in zip(pairwise(names), looks, strict=False):
            self.graph.edge(
                upper,
                lower,
                weight=_HEAVY,
                arrowhead="none",
                tailclip="false",
                headclip="false",
                **line,
            )

    # ------------------------------------------------------------------------------------ failures

    def _thread(self) -> None:
        """One arrow for all failures, out of the box along a thread through its rows."""
        failures = [arrow for arrow in self.chart.arrows if arrow.failure]
        line = self._line(failures, Paint.FAILURE, Paint.FAILURE)
        names = [f"thread{row}" for row in range(1, self._deepest + 1)]
        for row, name in enumerate(names, 1):
            self.box.node(
                name,
                label="",
                style="invis",
                fixedsize="true",
                width="0.01",
                height="0.01",
                group="failures",
            )
            self.rows[row].append(name)
        for upper, lower in pairwise(names):
            self.box.edge(upper, lower, style="invis", weight=_HEAVY)
        end = self._end
        self._joint("failed", end.row, "failures", line)
        self.rows[end.row].append("failed")
        self.graph.edge(
            names[-1],
            "failed",
            ltail="cluster_waiting",
            weight=_HEAVY,
            arrowhead="none",
            headclip="false",
            **line,
        )
        said = labels.failure_lines(self.chart)
        ending = [arrow for arrow in self.chart.arrows if arrow.source == TALK]
        spacer = max(24, self._overhang(ending))
        self.graph.edge(
            str(end.state),
            "failed",
            id="failures",
            dir="back",
            headclip="false",
            label=labels.arrow_label(said, self.colours, wide=_DOWN + spacer, left=spacer),
            **line,
        )

    def _overhang(self, *labelled: Sequence[Arrow]) -> int:
        """How far words on arrows that go down reach beyond the card above them, and a gap."""
        widest = max((labels.width(labels.arrow_lines(some)) for some in labelled), default=0)
        return round(labels.GAP + widest - labels.half_card() + 12)

    def _trunk(self, column: int) -> None:
        """The failures of a column: each goes sideways to a trunk, which goes down to the end."""
        drawn = {
            place.row: found
            for place in self.chart.places
            if place.column == column and (found := self._drawn(place.state))
        }
        if not drawn:
            return
        side, end = ("left", "right")[column], self._end
        rows = range(min(drawn), end.row + 1)
        gathered: list[Arrow] = []
        names, lines = [], []
        for row in rows:
            gathered += drawn.get(row, [])
            lines.append(self._line(gathered, Paint.FAILURE, Paint.FAILURE))
            names.append(f"{side}{row}")
            self._joint(names[-1], row, side, lines[-1])
            self.rows[row].insert(0 if column == 0 else len(self.rows[row]), names[-1])
            if row in drawn:
                self._stub(drawn[row], names[-1], column)
            elif row < end.row:  # an unseen edge keeps the trunk on its side
                beside = self.rows[row][:2] if column == 0 else self.rows[row][-2:]
                self._of(row).edge(*beside, style="invis")
        self._pieces(names, *lines)
        ends = {"tailclip": "false"} if column == 0 else {"dir": "back", "headclip": "false"}
        both = (names[-1], str(end.state))
        self.graph.edge(*(both if column == 0 else both[::-1]), **ends, **lines[-1])

    def _stub(self, failures: Sequence[Arrow], joint: str, column: int) -> None:
        said = labels.failures_of_one(failures)
        state = str(failures[0].source)
        both = (state, joint) if column else (joint, state)
        above = [a for a in self.chart.arrows if a.target == failures[0].source and not a.right]
        left = max(8, self._overhang(above)) if column and above else 8
        self.graph.edge(
            *both,
            id=f"failures-{_id(failures[0].source)}",
            dir="none",
            label=labels.arrow_label(said, self.colours, wide=left + 100, left=left),
            **{"headclip" if column else "tailclip": "false"},
            **self._line(failures, Paint.FAILURE, Paint.FAILURE),
        )

    def _drawn(self, state: State) -> Sequence[Arrow]:
        """The failures from a state that are to be drawn one by one."""
        failures = self.chart.leaving(state, failure=True)
        if self.failures == "each":
            return failures
        return tuple(arrow for arrow in failures if arrow.on_path)


def card_fill(colours: Colours) -> str:
    """What a card is filled with: the page's white in light, the panel in dark."""
    page = colours[Paint.PAGE]
    return page if page == "#ffffff" else colours[Paint.PANEL]


def _id(state: State) -> str:
    return f"{state.contact}-{state.employee}"
