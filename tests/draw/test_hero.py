"""The opening picture: plain words, and still nobody mistakes our reading for a promise."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import combinations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from callflow.call.case import Case
from callflow.call.simulator import simulate
from callflow.clauses import CLAUSES
from callflow.draw.hero import hero_picture, hero_svg
from callflow.draw.svg import flat
from callflow.strategies import cases
from callflow.words import Basis, Party

SVG = "{http://www.w3.org/2000/svg}"


@given(cases(), st.sampled_from([880, 1200]))
def test_no_two_words_overlap_and_nothing_leaves_the_picture(case: Case, width: int) -> None:
    picture = hero_picture(simulate(case), width=width)
    for one, other in combinations(picture.texts, 2):
        (a, b, c, d), (e, f, g, h) = one.box, other.box
        assert not (a + 0.01 < g and e + 0.01 < c and b + 0.01 < h and f + 0.01 < d), (one, other)
    for shape in flat(picture.shapes):
        left, top, right, bottom = shape.box
        assert left >= 0
        assert top >= 0
        assert right <= picture.width, shape
        assert bottom <= picture.height


@given(cases())
def test_it_cites_no_clause_and_keeps_every_dash(case: Case) -> None:
    timeline = simulate(case)
    root = ET.fromstring(hero_svg(timeline))  # noqa: S314 - we wrote it
    said = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    ids = {clause.id for clause in CLAUSES.values()} - {"DTMF"}
    assert not ids & set(re.findall(r"[A-Z0-9-]+", said))
    parts = [
        part
        for party in Party
        for segment in timeline.leg(party).segments
        for part in segment.parts
    ]
    dashes = [
        line.get("stroke-dasharray") is not None
        for line in root.iter(f"{SVG}line")
        if line.get("class") == "ground"
    ]
    assert dashes == [part.basis is Basis.INFERRED for part in parts]
    assert ("inferred: our reading" in said) == any(dashes)


@given(cases())
def test_equal_calls_give_equal_bytes(case: Case) -> None:
    assert hero_svg(simulate(case)) == hero_svg(simulate(evolve(case)))
