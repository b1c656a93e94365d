"""How fast the exchange network of a park of 60 enterprises is found, against bare HiGHS.

    python benchmarks/bench_network.py                 # 800, 250 and 100 codes, 60 s each
    python benchmarks/bench_network.py --codes 100 --seconds 60

600 offers and 600 needs in 3 x 3 km, log-normal quantities, a fixed cost per exchange, six shared
treatment hubs. The fewer distinct codes, the more partners each offer has and the harder it gets.
Bare HiGHS gets the whole model, all arcs and no start, with the same time and gap.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np

from sinhthai.symbiosis.engine.network import (
    Accept,
    Effort,
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
from sinhthai.symbiosis.engine.network.instance import build_instance
from sinhthai.symbiosis.engine.network.program import build_program
from sinhthai.symbiosis.engine.network.scaled import solve_mip

FIRMS, STREAMS, HUBS, PARTNERS = 60, 10, 6, 5
PRICE = 60.0  # what a unit replaces; the other terms of the margin are on the links


def park(codes: int, seed: int = 1) -> Network:
    """Return the synthetic park with *codes* distinct waste codes (money in EUR, as published)."""
    rng = np.random.default_rng(seed)
    n = FIRMS * STREAMS
    x, y = rng.uniform(0, 3, (2, FIRMS))
    out_code, in_code = rng.integers(0, codes, (2, n))
    firm = np.repeat(np.arange(FIRMS), STREAMS)
    fits = np.stack([rng.choice(codes, PARTNERS, replace=False) for _ in range(codes)])
    score, hub = rng.uniform(0, 1, (codes, PARTNERS)), rng.integers(0, HUBS, (codes, PARTNERS))
    supply, need = np.exp(rng.normal(4, 1.2, (2, n)))
    i, slot, j = np.nonzero(fits[out_code][:, :, None] == in_code[None, None, :])
    other = firm[i] != firm[j]
    i, slot, j = i[other], slot[other], j[other]
    km = np.hypot(x[firm[i]] - x[firm[j]], y[firm[i]] - y[firm[j]])
    s, via = score[out_code[i], slot], hub[out_code[i], slot]
    margin = 60 + 40 * s - 10 - 0.12 * 1.3 * km - 35 * (1 - s)
    fixed = 1500 + 900 * km * rng.uniform(0.5, 1.5, len(km))
    columns = (i, j, via, km, margin, fixed)
    return Network(
        materials=tuple(Material(f"m{c}", "t") for c in range(codes)),
        sources=tuple(Source(f"o{k}", f"m{out_code[k]}", float(supply[k])) for k in range(n)),
        sinks=tuple(
            Sink(
                f"i{k}",
                tuple(Accept(f"m{c}") for c in np.flatnonzero((fits == in_code[k]).any(axis=1)))
                or (Accept("m0"),),
                float(need[k]),
                purchase=PRICE,
            )
            for k in range(n)
        ),
        modes=(Mode("truck"),),
        links=tuple(
            Link(f"o{a}", f"i{b}", "truck", 1000 * d, via=f"t{t}", unit=PRICE - m, fixed=f)
            for a, b, t, d, m, f in zip(*(column.tolist() for column in columns), strict=True)
        ),
        treatments=tuple(
            Treatment(
                f"t{k}",
                tuple(Accept(f"m{c}") for c in range(codes)),
                (Output(""),),
                capacity=1e7,
                fixed=40_000.0,
            )
            for k in range(HUBS)
        ),
    )


def main() -> None:
    """Print one line per size: the engine, then bare HiGHS."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--codes", type=int, nargs="*", default=[800, 250, 100])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-bare", action="store_true", help="Leave bare HiGHS out.")
    given = parser.parse_args()
    for codes in given.codes:
        network = park(codes, given.seed)
        began = time.perf_counter()
        design = solve(network, effort=Effort(seconds=given.seconds))
        took = time.perf_counter() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{codes} codes: {design.arcs:,} arcs, {design.arcs_kept:,} after the reduction")
        print(
            f"  engine     {took:6.2f} s  {design.status:8} {design.net:14,.0f}"
            f"  bound {design.bound:14,.0f}  gap {100 * design.gap:6.2f} %  {memory:,.0f} MB"
        )
        if given.without_bare:
            continue
        program = build_program(build_instance(network))
        began = time.perf_counter()
        bare = solve_mip(program, seconds=given.seconds)
        own = time.perf_counter() - began
        gap = 100 * (bare.objective - bare.bound) / max(-bare.objective, 1e-9)
        print(
            f"  bare HiGHS {own:6.2f} s  {bare.status:8} {-bare.objective:14,.0f}"
            f"  bound {-bare.bound:14,.0f}  gap {gap:6.2f} %"
            f"  -> {own / took:.1f}x the time, {gap / max(100 * design.gap, 0.01):.1f}x the gap"
        )


if __name__ == "__main__":
    main()
