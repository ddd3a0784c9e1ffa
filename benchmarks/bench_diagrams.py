"""The gallery: all of diagrams/ beside what the outside program needs for its state diagrams."""

from __future__ import annotations

from callflow.call.simulator import simulate
from callflow.draw.chart import chart_of, charts
from callflow.draw.engine import pure_engine, run
from callflow.draw.machine import machine_dot
from callflow.publish.gallery import gallery
from callflow.situations import SITUATIONS


def test_the_whole_of_diagrams(benchmark, compare) -> None:  # type: ignore[no-untyped-def]
    engine = pure_engine()
    assert engine is not None
    machines = [*charts(), *(chart_of(simulate(one.case())) for one in SITUATIONS.values())]
    sources = [machine_dot(chart, theme=theme) for chart in machines for theme in ("light", "dark")]
    assert len(sources) == 2 * (9 + 7)

    def layouts() -> None:
        for source in sources:
            for form in ("svg", "json"):
                run(source, form, engine)

    compare(
        "the whole of diagrams/",
        ("its layouts by graphviz-pure alone", layouts),
        gallery,
        aim=2,
        rounds=5,
    )
    assert len(gallery()) > 2 * len(sources)
    benchmark.pedantic(gallery, rounds=5)
