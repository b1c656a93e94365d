"""More source-and-sink problems of the textbooks; the figures are from memory of the sources."""

from __future__ import annotations

import pytest

from sinhthai.symbiosis.engine.water.cascade import flow_target
from sinhthai.symbiosis.engine.water.design import blend_network, design_network
from sinhthai.symbiosis.engine.water.processes import Process, Tap

Rows = list[tuple[float, float]]
SORIN_BEDARD: tuple[Rows, Rows] = (
    [(120, 100), (80, 140), (140, 180), (80, 230), (195, 250)],
    [(120, 0), (80, 50), (80, 50), (140, 140), (80, 170), (195, 240)],
)
ACRYLONITRILE: tuple[Rows, Rows] = (
    [(0.8, 0), (5.0, 14), (5.9, 25), (1.4, 34)],
    [(1.2, 0), (5.8, 10)],
)
WANG_SMITH: tuple[Rows, Rows] = (
    [(20, 100), (100, 100), (40, 800), (10, 800)],
    [(20, 0), (100, 50), (40, 50), (10, 400)],
)


@pytest.mark.parametrize(
    ("case", "fresh", "waste", "pinch"),
    [
        # M. Sorin, S. Bédard, Trans. IChemE B 77 (1999) 305: the pinch at 100 is of the whole site.
        pytest.param(SORIN_BEDARD, 200.0, 120.0, 100.0, id="sorin and bedard"),
        # M. El-Halwagi 1997, as targeted by Manan, Tan & Foo 2004: 2.06 and 8.16 kg/s.
        pytest.param(ACRYLONITRILE, 2.057, 8.157, 14.0, id="acrylonitrile"),
        # Wang & Smith 1995: the four processes of 1994 at their limiting flows.
        pytest.param(WANG_SMITH, 90.0, 90.0, 100.0, id="wang and smith, fixed flow"),
    ],
)
def test_sources_and_sinks_of_the_textbooks(
    case: tuple[Rows, Rows], fresh: float, waste: float, pinch: float
) -> None:
    sources, sinks = (
        [Tap(f"{kind}{at}", flow, ppm) for at, (flow, ppm) in enumerate(rows)]
        for kind, rows in zip(("source", "sink"), case, strict=True)
    )
    told = flow_target(sources, sinks)
    assert (round(told.fresh, 3), round(told.waste, 3), told.pinch) == (fresh, waste, pinch)
    assert blend_network(sources, sinks, seconds=1).fresh == pytest.approx(told.fresh, rel=1e-6)


@pytest.mark.parametrize("size", [1e-9, 1e-4, 1e3, 1e9])
def test_the_unit_of_flow_does_not_matter(size: float) -> None:
    """Wang & Smith 1994 and Sorin & Bedard 1999, in any unit: the same pipes."""
    loads = [(2, 0, 100), (5, 50, 100), (30, 50, 800), (4, 400, 800)]
    design = design_network(
        [Process(f"p{i}", (m * size,), (a,), (b,)) for i, (m, a, b) in enumerate(loads)], seconds=5
    )
    assert design.fresh == pytest.approx(90 * size, rel=1e-5)
    assert len(design.pipes) == 9
    sources, sinks = (
        [Tap(f"{kind}{at}", flow * size, ppm) for at, (flow, ppm) in enumerate(rows)]
        for kind, rows in zip(("source", "sink"), SORIN_BEDARD, strict=True)
    )
    blended = blend_network(sources, sinks, seconds=0.5)
    assert blended.fresh == pytest.approx(200 * size, rel=1e-5)
    assert blended.waste == pytest.approx(120 * size, rel=1e-5)
