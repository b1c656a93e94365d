"""The roadmap of a park with 200 enterprises and 2,000 measures, to 0.1 %, model building included.

Against the bare HiGHS solve of the same matrix in the same run: what our code adds is the building
of the model, the second (relaxed) solve for the prices, and the exact evaluation of the plan.
"""

from __future__ import annotations

import time

import numpy as np

from sinhthai.assessment.engine.roadmap.build import build
from sinhthai.assessment.engine.roadmap.model import Need, Option, Problem
from sinhthai.assessment.engine.roadmap.solve import GAP, sized_for_solver, solve
from sinhthai.symbiosis.engine.highs import Solver

ENTERPRISES, MEASURES, USES = 200, 2_000, ("motors", "air", "steam", "cooling", "water")
YEARS = tuple(range(2026, 2031))


def park(seed: int = 1) -> Problem:
    """Return an invented park: measures of spread costs and savings, exchanges, land, steps."""
    rng = np.random.default_rng(seed)
    options: list[Option] = []
    for n in range(MEASURES):
        e, use = f"e{n % ENTERPRISES}", USES[n // ENTERPRISES % len(USES)]
        investment = float(rng.lognormal(19, 1))
        share = float(rng.uniform(0.02, 0.35))
        saving = investment * float(rng.uniform(0.02, 0.5))
        options.append(
            Option(
                f"m{n}", f"Measure {n}", "measure", investment, saving, saving / 3e6,
                life=int(rng.integers(5, 16)), lead=int(rng.integers(0, 2)),
                gives={"RECP": 1}, enterprises=(e,), use=f"{e}/{use}", share=share,
            )
        )  # fmt: skip
    for n in range(60):
        pair = tuple(f"e{i}" for i in rng.choice(ENTERPRISES, 2, replace=False))
        cost = float(rng.lognormal(20, 1))
        options.append(
            Option(
                f"x{n}", f"Exchange {n}", "exchange", cost, cost * 0.2, 20.0, lead=1,
                gives={"SYM": 1, "LINK": 1}, enterprises=pair,
            )
        )  # fmt: skip
    for n in range(12):
        hectares = float(rng.uniform(0.5, 4))
        options.append(
            Option(f"l{n}", f"Land {n}", "land", hectares * 3e9, gives={"GREEN": hectares}, lead=1)
        )
    options += [Option(f"s{n}", f"Step {n}", "step", 2e8, gives={f"COND-{n}": 1}) for n in range(8)]
    needs = (
        Need("RECP", "enterprises with RECP", "count", 60),
        Need("SYM", "enterprises in symbiosis", "count", 20),
        Need("LINK", "symbioses", "amount", 3),
        Need("GREEN", "hectares", "amount", 9.5),
        *(Need(f"COND-{n}", f"condition {n}", "amount", 1) for n in range(8)),
    )
    yearly = sum(o.investment for o in options) / 25
    return Problem(tuple(options), needs, YEARS, 0.1, 12, (yearly,) * len(YEARS))


def main() -> None:
    """Solve with ours and bare; print the ratio."""
    problem = park()
    solve(park(2), gap=0.05)  # warm
    start = time.perf_counter()
    plan = solve(problem)
    ours = time.perf_counter() - start
    start = time.perf_counter()
    built = build(problem)
    building = time.perf_counter() - start
    model, scale = sized_for_solver(built.model)
    start = time.perf_counter()
    answer = Solver(model, gap=GAP).solve()
    bare = time.perf_counter() - start
    rows, columns = model.matrix.shape
    print(f"roadmap: {len(problem.options):,} options, {len(YEARS)} years")
    print(f"  model {rows:,} x {columns:,}, {model.matrix.nnz:,} non-zeros; built {building:.2f} s")
    print(f"  ours, everything                 {ours:8.2f} s   {plan.status}, gap {plan.gap:.4%}")
    print(f"  bare HiGHS on the same matrix    {bare:8.2f} s   ratio {ours / bare:.2f}")
    print(f"  {len(plan.chosen)} chosen; net present cost {plan.cost / 1e9:,.1f} bn VND")
    modelled = answer.objective * scale / 1e9
    print(f"  the model, which values shared uses from the first year: {modelled:,.1f}")


if __name__ == "__main__":
    main()
