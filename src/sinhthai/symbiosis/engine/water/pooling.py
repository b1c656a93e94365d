"""Blending through pools: what flows where, when qualities mix before they are sold or treated.

The standard pooling problem in its pq-formulation: proportions of what enters a pool are the
branching factors, so that the envelopes are as tight as is known.
Source: M. Tawarmalani, N. Sahinidis, Convexification and Global Optimization, 2002, chapter 9.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sinhthai.symbiosis.engine.highs import Floats
from sinhthai.symbiosis.engine.water.bilinear import Bilinear, Solution, solve_bilinear
from sinhthai.symbiosis.engine.water.processes import WaterError


@dataclass(frozen=True, slots=True)
class Feed:
    """What can be bought: *cost* a unit, *quality* a parameter, at most *supply*."""

    name: str
    cost: float
    quality: tuple[float, ...]
    supply: float = np.inf


@dataclass(frozen=True, slots=True)
class Product:
    """What can be sold: *price* a unit, at most *demand*, each quality at most *limit*."""

    name: str
    price: float
    demand: float
    limit: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Blend:
    """The best blending: ``direct`` [feed, product], ``through`` [(feed, pool), product].

    Flows in the unit of the demands; ``profit`` and ``bound`` in money; see ``Solution``.
    """

    profit: float
    bound: float
    status: str
    direct: Mapping[tuple[str, str], float]
    through: Mapping[tuple[str, str, str], float]


def best_blend(
    feeds: Sequence[Feed],
    pools: Mapping[str, Sequence[str]],
    products: Sequence[Product],
    direct: Sequence[tuple[str, str]],
    *,
    gap: float = 1e-6,
) -> Blend:
    """Return the most profitable blending, proved within *gap*.

    Parameters
    ----------
    feeds, products : with the same number of quality parameters each.
    pools : pool -> the feeds it may hold; every pool may serve every product.
    direct : (feed, product) pairs that by-pass the pools.

    Raises
    ------
    WaterError
        If a name repeats or stands for nothing, a pool is empty, or the qualities differ in number.

    >>> a, c = Feed("A", 6.0, (3.0,)), Feed("C", 10.0, (1.0,))
    >>> x = Product("X", 9.0, 100.0, (2.5,))
    >>> best_blend([a, c], {"P": ["A"]}, [x], [("C", "X")]).profit
    200.0
    """
    _check(feeds, pools, products, direct)
    model = _Model({f.name: f for f in feeds}, pools, {p.name: p for p in products}, tuple(direct))
    solved = solve_bilinear(model.programme(), gap=gap)
    return model.read(solved)


def _check(
    feeds: Sequence[Feed],
    pools: Mapping[str, Sequence[str]],
    products: Sequence[Product],
    direct: Sequence[tuple[str, str]],
) -> None:
    known, sold = {feed.name for feed in feeds}, {product.name for product in products}
    if not known or not sold:
        raise WaterError("a blend needs a feed and a product")
    if len(known) != len(feeds) or len(sold) != len(products):
        raise WaterError("two feeds or two products have the same name")
    if len({len(f.quality) for f in feeds} | {len(p.limit) for p in products}) != 1:
        raise WaterError("every feed and product needs the same qualities")
    for pool, held in pools.items():
        if not held or len(set(held)) != len(held) or not known.issuperset(held):
            raise WaterError(f"{pool} holds nothing, a feed twice, or a feed that does not exist")
    for pair in direct:
        if pair[0] not in known or pair[1] not in sold:
            raise WaterError(f"{pair[0]} to {pair[1]}: there is no such feed or product")
    if len(set(direct)) != len(direct):
        raise WaterError("a feed by-passes the pools to one product twice")


class _Model:
    """Columns: x[feed, product], y[pool, product], q[feed, pool], w[feed, pool, product]."""

    def __init__(
        self,
        feeds: Mapping[str, Feed],
        pools: Mapping[str, Sequence[str]],
        products: Mapping[str, Product],
        direct: tuple[tuple[str, str], ...],
    ) -> None:
        self.feeds, self.pools, self.products, self.direct = feeds, pools, products, direct
        self.mixed = [(i, pool) for pool, held in pools.items() for i in held]
        names: list[tuple[str, ...]] = [("x", *pair) for pair in direct]
        names += [("y", pool, j) for pool in pools for j in products]
        names += [("q", *pair) for pair in self.mixed]
        names += [("w", i, pool, j) for i, pool in self.mixed for j in products]
        self.column = {name: at for at, name in enumerate(names)}

    def programme(self) -> Bilinear:
        size = len(self.column)
        cost, high = np.zeros(size), np.zeros(size)
        for name, at in self.column.items():
            if name[0] == "q":
                high[at] = 1.0
                continue
            product = self.products[name[-1]]
            high[at] = product.demand
            if name[0] != "y":
                cost[at] = self.feeds[name[1]].cost - product.price
        rows: list[tuple[Floats, float, float]] = []
        self._supplies(rows)
        self._demands(rows)
        self._qualities(rows)
        self._proportions(rows)
        column = self.column
        return Bilinear(
            cost=cost,
            matrix=np.array([row for row, _, _ in rows]),
            row_low=np.array([low for _, low, _ in rows]),
            row_high=np.array([top for _, _, top in rows]),
            low=np.zeros(size),
            high=high,
            products=np.array(
                [
                    (column["w", i, pool, j], column["q", i, pool], column["y", pool, j])
                    for i, pool in self.mixed
                    for j in self.products
                ],
                dtype=np.int64,
            ).reshape(-1, 3),
        )

    def read(self, solved: Solution) -> Blend:
        point = solved.point

        def flows(kind: str) -> dict[tuple[str, ...], float]:
            return {
                name[1:]: float(point[at])
                for name, at in self.column.items()
                if point is not None and name[0] == kind and point[at] > 1e-9
            }

        return Blend(
            profit=-solved.value,
            bound=-solved.bound,
            status=solved.status,
            direct={(i, j): amount for (i, j), amount in flows("x").items()},
            through={(i, p, j): amount for (i, p, j), amount in flows("w").items()},
        )

    def _row(self, terms: Mapping[tuple[str, ...], float]) -> Floats:
        row = np.zeros(len(self.column))
        for name, factor in terms.items():
            row[self.column[name]] += factor
        return row

    def _supplies(self, rows: list[tuple[Floats, float, float]]) -> None:
        """sum_j x_ij + sum_lj w_ilj <= S_i"""
        for i, feed in self.feeds.items():
            if np.isfinite(feed.supply):
                terms = {name: 1.0 for name in self.column if name[0] in "xw" and name[1] == i}
                rows.append((self._row(terms), -np.inf, feed.supply))

    def _demands(self, rows: list[tuple[Floats, float, float]]) -> None:
        """sum_i x_ij + sum_l y_lj <= D_j"""
        for j, product in self.products.items():
            terms = {name: 1.0 for name in self.column if name[0] in "xy" and name[-1] == j}
            rows.append((self._row(terms), -np.inf, product.demand))

    def _qualities(self, rows: list[tuple[Floats, float, float]]) -> None:
        """sum_i (c_ik - P_jk) x_ij + sum_il (c_ik - P_jk) w_ilj <= 0"""
        for j, product in self.products.items():
            for k, limit in enumerate(product.limit):
                terms = {
                    name: self.feeds[name[1]].quality[k] - limit
                    for name in self.column
                    if name[0] in "xw" and name[-1] == j
                }
                rows.append((self._row(terms), -np.inf, 0.0))

    def _proportions(self, rows: list[tuple[Floats, float, float]]) -> None:
        """sum_i q_il = 1, and sum_i w_ilj = y_lj: the second tightens the envelopes."""
        for pool, held in self.pools.items():
            rows.append((self._row({("q", i, pool): 1.0 for i in held}), 1.0, 1.0))
            for j in self.products:
                terms: dict[tuple[str, ...], float] = {("w", i, pool, j): 1.0 for i in held}
                rows.append((self._row({**terms, ("y", pool, j): -1.0}), 0.0, 0.0))
