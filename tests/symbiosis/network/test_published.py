"""Instances with published answers: transport (F1) and facility location (F2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from sinhthai.symbiosis.engine.network import (
    Accept,
    Link,
    Material,
    Mode,
    Network,
    Output,
    Sink,
    Source,
    Treatment,
    solve,
)
from tests.symbiosis.network.parks import dantzig

CAP41 = Path(__file__).parent / "data" / "cap41.txt"


def test_dantzig_transport() -> None:
    design = solve(dantzig())
    assert design.status == "optimal"
    assert design.cost == pytest.approx(153.675, rel=1e-9)


def location(*, fixed: float, capacity: float | None = None) -> Network:
    """Return the OR-Library problem: goods reach the customers through warehouses to be opened."""
    numbers = iter(CAP41.read_text().split())
    warehouses, customers = int(next(numbers)), int(next(numbers))
    sites = [(float(next(numbers)), float(next(numbers))) for _ in range(warehouses)]
    needs, costs = [], []
    for _ in range(customers):
        needs.append(float(next(numbers)))
        costs.append([float(next(numbers)) for _ in range(warehouses)])
    total = sum(needs)
    return Network(
        materials=(Material("goods", "t"),),
        sources=(Source("plant", "goods", total),),
        sinks=tuple(
            Sink(f"c{k}", (Accept("goods"),), need, at_least=need) for k, need in enumerate(needs)
        ),
        treatments=tuple(
            Treatment(
                f"w{k}", (Accept("goods"),), (Output("goods"),),
                capacity=capacity or total,
                # The eleventh site is open at no cost in every one of these instances.
                fixed=0.0 if own == 0 else fixed,
            )
            for k, (_, own) in enumerate(sites)
        ),
        modes=(Mode("truck"),),
        links=tuple(
            Link("plant", f"c{k}", "truck", 0.0, via=f"w{w}", unit=costs[k][w] / needs[k])
            for k in range(customers)
            for w in range(warehouses)
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fixed", "capacity", "published"),
    [
        pytest.param(7_500.0, 5_000.0, 1_040_444.375, id="cap41"),
        pytest.param(7_500.0, None, 932_615.750, id="cap71"),
        pytest.param(12_500.0, None, 977_799.400, id="cap72"),
        pytest.param(17_500.0, None, 1_010_641.450, id="cap73"),
        pytest.param(25_000.0, None, 1_034_976.975, id="cap74"),
    ],
)
def test_capacitated_location(fixed: float, capacity: float | None, published: float) -> None:
    design = solve(location(fixed=fixed, capacity=capacity), gap=1e-9)
    assert design.status == "optimal"
    assert design.cost == pytest.approx(published, rel=1e-9)
