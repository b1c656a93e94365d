"""The global solver: Haverly's traps, SCIP's opinion, and what it may never claim."""

from __future__ import annotations

import numpy as np
import pytest

from sinhthai.symbiosis.engine.water.bilinear import Bilinear, solve_bilinear
from sinhthai.symbiosis.engine.water.pooling import Blend, Feed, Product, best_blend


def haverly(demand_x: float, cost_b: float) -> Blend:
    """C. Haverly, SIGMAP Bulletin 25 (1978): sulphur 3, 1, 2 %; products at most 2.5 and 1.5 %."""
    return best_blend(
        [Feed("A", 6, (3,)), Feed("B", cost_b, (1,)), Feed("C", 10, (2,))],
        {"pool": ["A", "B"]},
        [Product("X", 9, demand_x, (2.5,)), Product("Y", 15, 200, (1.5,))],
        [("C", "X"), ("C", "Y")],
    )


@pytest.mark.parametrize(
    ("demand_x", "cost_b", "profit"), [(100, 16, 400), (600, 16, 600), (100, 13, 750)]
)
def test_haverlys_pools_need_a_global_step(demand_x: float, cost_b: float, profit: float) -> None:
    blend = haverly(demand_x, cost_b)
    assert blend.status == "optimal"
    assert blend.profit == pytest.approx(profit, rel=1e-6)
    assert blend.bound >= blend.profit - 1e-6


def random_problem(seed: int) -> Bilinear:
    """Three factors a side, products of all pairs, some rows that cut the box."""
    random = np.random.default_rng(seed)
    products = [(6 + 3 * i + j, i, 3 + j) for i in range(3) for j in range(3)]
    matrix = random.integers(-5, 6, (4, 15)).astype(float)
    return Bilinear(
        cost=random.integers(-9, 10, 15).astype(float),
        matrix=matrix,
        row_low=np.full(4, -np.inf),
        row_high=random.integers(2, 20, 4).astype(float),
        low=np.concatenate([random.integers(-3, 1, 6), np.full(9, -np.inf)]),
        high=np.concatenate([random.integers(1, 4, 6), np.full(9, np.inf)]),
        products=np.array(products),
    )


@pytest.mark.parametrize("seed", range(12))
def test_scip_agrees(seed: int) -> None:
    scip = pytest.importorskip("pyscipopt", reason="SCIP is the second opinion here")
    problem = random_problem(seed)
    model = scip.Model()
    model.hideOutput()
    z = [
        model.addVar(
            lb=None if np.isinf(low) else float(low), ub=None if np.isinf(high) else float(high)
        )
        for low, high in zip(problem.low, problem.high, strict=True)
    ]
    for row, high in zip(problem.matrix, problem.row_high, strict=True):
        model.addCons(scip.quicksum(float(a) * v for a, v in zip(row, z, strict=True)) <= high)
    for p, f, g in problem.products.tolist():
        model.addCons(z[p] == z[f] * z[g])
    model.setObjective(scip.quicksum(float(c) * v for c, v in zip(problem.cost, z, strict=True)))
    model.optimize()
    ours = solve_bilinear(problem, gap=1e-4)
    if model.getStatus() == "infeasible":
        assert ours.status == "infeasible"
        return
    assert ours.status == "optimal"
    assert ours.value == pytest.approx(model.getObjVal(), rel=2e-4, abs=1e-3)
    assert ours.point is not None
    p, f, g = problem.products.T
    assert ours.point[p] == pytest.approx(ours.point[f] * ours.point[g], abs=1e-6)
    assert (problem.matrix @ ours.point <= problem.row_high + 1e-6).all()


def test_a_limit_leaves_an_honest_bound() -> None:
    problem = next(p for p in map(random_problem, range(50)) if solve_bilinear(p).boxes > 20)
    best = solve_bilinear(problem)
    short = solve_bilinear(problem, boxes=3)
    assert short.status == "limit"
    assert short.bound <= best.value + 1e-6
    assert short.value >= best.value - 1e-6


def test_it_can_be_stopped_and_says_infeasible() -> None:
    problem = random_problem(1)
    stopped = solve_bilinear(problem, stop=lambda: True)
    assert stopped.boxes == 1
    impossible = Bilinear(
        problem.cost,
        np.vstack([problem.matrix, np.eye(15)[0]]),
        np.append(problem.row_low, 99.0),
        np.append(problem.row_high, 100.0),
        problem.low,
        problem.high,
        problem.products,
    )
    assert solve_bilinear(impossible).status == "infeasible"


def test_an_unbounded_factor_is_refused() -> None:
    problem = random_problem(1)
    wide = problem.high.copy()
    wide[0] = np.inf
    with pytest.raises(ValueError, match="finite bounds"):
        solve_bilinear(
            Bilinear(
                problem.cost,
                problem.matrix,
                problem.row_low,
                problem.row_high,
                problem.low,
                wide,
                problem.products,
            )
        )
