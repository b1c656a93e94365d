"""Inventories of a country, and how far its totals spread, against the limits of the same run.

20,000 enterprises x 10 years x 15 sources: every line, every total with its interval, against the
bare NumPy multiply-add of the same arrays and a per-row Python loop. Then 10,000 Monte Carlo draws
of one year for the country and every park, against the bare generation of as many numbers.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable

import numpy as np

from sinhthai.carbon.engine.columns import coefficients, sum_lines
from sinhthai.carbon.engine.inventory import keyed_by_method
from sinhthai.carbon.engine.model import Activity, Settings
from sinhthai.carbon.engine.montecarlo import simulate
from sinhthai.factors.loading import load_factors

ENTERPRISES, YEARS, PARKS, DRAWS = 20_000, range(2014, 2024), 436, 10_000
SOURCES = (
    ("stationary", "anthracite", "t", ""), ("stationary", "bituminous-coal", "t", ""),
    ("stationary", "fuel-oil", "t", ""), ("stationary", "diesel", "t", ""),
    ("stationary", "lpg", "t", ""), ("stationary", "natural-gas", "t", ""),
    ("stationary", "solid-biomass", "t", ""), ("stationary", "wood", "t", ""),
    ("mobile", "diesel", "t", "road"), ("mobile", "gasoline", "t", "road"),
    ("mobile", "diesel", "t", "off-road"), ("electricity", "electricity", "MWh", ""),
    ("process", "clinker", "t", ""), ("landfill", "waste-paper", "t", "managed"),
    ("biological", "composting", "t", ""),
)  # fmt: skip


def best(run: Callable[[], object], times: int = 5) -> float:
    """Return the shortest of *times* runs [s]."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> None:
    """Build the country, run both engines and their limits, print the ratios."""
    factors, settings = load_factors(), Settings()
    ways = [
        Activity("x", year, "", kind, what, 1.0, unit, category=category)
        for year in YEARS
        for kind, what, unit, category in SOURCES
    ]
    start = time.perf_counter()
    keyed = keyed_by_method(ways, factors, settings)
    known = coefficients(keyed.keys, factors.gwp(settings.gwp))
    looked_up = time.perf_counter() - start
    rng = np.random.default_rng(1)
    lines = ENTERPRISES * len(YEARS) * len(SOURCES)
    key = np.tile(np.array(keyed.key, dtype=np.int32), ENTERPRISES)
    group = np.repeat(np.arange(ENTERPRISES * len(YEARS), dtype=np.int32), len(SOURCES))
    quantity = rng.lognormal(3, 1, lines)
    half = np.full(lines, 0.05)
    groups = ENTERPRISES * len(YEARS)

    ours = best(lambda: sum_lines(quantity, key, group, half, groups, known))
    gases = np.zeros((len(known.a), 3))
    for k in range(len(known.a)):
        for g, t in enumerate(range(known.start[k], min(known.start[k + 1], known.start[k] + 3))):
            gases[k, g] = known.slope[t]
    per_line = gases[key]  # the same factors, already laid out line by line
    bare = best(lambda: (quantity[:, None] * per_line).sum(axis=1))
    some = 200_000
    a, b = known.a.tolist(), known.b.tolist()

    def loop() -> list[float]:
        totals = [0.0] * groups
        for q, k, g in zip(
            quantity[:some].tolist(), key[:some].tolist(), group[:some].tolist(), strict=True
        ):
            totals[g] += a[k] * q + b[k]
        return totals

    rows = best(loop, 3) * lines / some
    check = sum_lines(quantity, key, group, half, groups, known)
    limit = np.bincount(group, (quantity[:, None] * per_line).sum(axis=1), groups)
    assert np.allclose(check.known, limit)
    print(f"inventory: {lines:,} lines, {groups:,} totals with intervals")
    print(f"  looking factors up ({len(keyed.keys)} ways)   {looked_up * 1000:8.1f} ms")
    print(f"  ours                              {ours * 1000:8.1f} ms")
    print(f"  bare NumPy multiply-add (limit)   {bare * 1000:8.1f} ms   ratio {ours / bare:.2f}")
    print(f"  Python loop (peer, scaled up)     {rows * 1000:8.0f} ms   ratio {rows / ours:.0f}x")

    last = ways[-len(SOURCES) :]
    keyed = keyed_by_method(last, factors, settings)
    known = coefficients(keyed.keys, factors.gwp(settings.gwp))
    n = ENTERPRISES * len(SOURCES)
    key = np.tile(np.array(keyed.key, dtype=np.int32), ENTERPRISES)
    park = np.repeat(np.arange(ENTERPRISES, dtype=np.int32) % PARKS, len(SOURCES))
    quantity, half = quantity[:n], half[:n]
    start = time.perf_counter()
    drawn = simulate(quantity, key, park, half, PARKS, known, draws=DRAWS, seed=1)
    first = time.perf_counter() - start
    ours = best(lambda: simulate(quantity, key, park, half, PARKS, known, draws=DRAWS, seed=1), 3)
    numbers = (PARKS + len(known.factors)) * DRAWS
    source = np.random.default_rng(1)
    bare = best(lambda: source.standard_normal(numbers), 3)
    naive = best(lambda: source.standard_normal(3_000_000), 3) * n * DRAWS / 3_000_000
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"Monte Carlo: {DRAWS:,} draws, {n:,} lines, {PARKS} parks and the country")
    print(f"  ours ({min(first, ours) * 1000:.0f} ms best, {numbers:,} numbers)")
    print(f"  bare generation of as many (limit) {bare * 1000:8.1f} ms   ratio {ours / bare:.2f}")
    print(f"  bare generation, a number a line   {naive:8.1f} s    ratio {naive / ours:.0f}x")
    spread = drawn.percentiles[-1] / drawn.mean[-1]
    print(f"  the country's 95 % interval: {spread[0]:.3f} to {spread[2]:.3f} of its mean")
    print(f"  peak memory of the whole script {memory:.0f} MB")


if __name__ == "__main__":
    main()
