"""Pooling problems of the literature, their data and best profits as collected in
github.com/cog-imperial/pooling-network, pooling_network/instances/data (Apache-2.0).

Ben-Tal, Eiger, Gershovitz, Math. Program. 63 (1994); Foulds, Haugland, Jörnsten, Optimization 24
(1992); Adhya, Tawarmalani, Sahinidis, Ind. Eng. Chem. Res. 38 (1999).
"""

from __future__ import annotations

import numpy as np
import pytest

from sinhthai.symbiosis.engine.highs import SolverFailed
from sinhthai.symbiosis.engine.water.bilinear import Bilinear, solve_bilinear
from sinhthai.symbiosis.engine.water.pooling import Blend, Feed, Product, best_blend
from sinhthai.symbiosis.engine.water.processes import WaterError

Rows = list[tuple[float, ...]]

# cost, then qualities
ADHYA_1: Rows = [
    (7, 1, 6, 4, 0.5), (3, 4, 1, 3, 2), (2, 4, 5.5, 3, 0.9), (10, 3, 3, 3, 1), (5, 1, 2.7, 4, 1.6),
]  # fmt: skip
ADHYA_3: Rows = [
    (7, 1, 6, 4, 0.5, 5, 9), (3, 4, 1, 3, 2, 4, 4), (2, 4, 5.5, 3, 0.9, 7, 10),
    (10, 3, 3, 3, 1, 3, 4), (5, 1, 2.7, 4, 1.6, 3, 7), (5, 1.8, 2.7, 4, 3.5, 6.1, 3),
    (9, 5, 1, 1.7, 2.9, 3.5, 2.9), (11, 3, 3, 3, 1, 5, 2),
]  # fmt: skip
ADHYA_4: Rows = [
    (15, 0.5, 1.9, 1.3, 1), (7, 1.4, 1.8, 1.7, 1.6), (4, 1.2, 1.9, 1.4, 1.4),
    (5, 1.5, 1.2, 1.7, 1.3), (6, 1.6, 1.8, 1.6, 2), (3, 1.2, 1.1, 1.4, 2),
    (5, 1.5, 1.5, 1.5, 1.5), (5, 1.4, 1.6, 1.2, 1.6),
]  # fmt: skip
# price, demand, then limits
SOLD_1: Rows = [
    (16, 10, 3, 3, 3.25, 0.75), (25, 25, 4, 2.5, 3.5, 1.5), (15, 30, 1.5, 5.5, 3.9, 0.8),
    (10, 10, 3, 4, 4, 1.8),
]  # fmt: skip
SOLD_3: Rows = [
    (16, 10, 3, 3, 3.25, 0.75, 6, 5), (25, 25, 4, 2.5, 3.5, 1.5, 7, 6),
    (15, 30, 1.5, 5.5, 3.9, 0.8, 7, 6), (10, 10, 3, 4, 4, 1.8, 8, 6),
]  # fmt: skip
SOLD_4: Rows = [
    (10, 15, 1.2, 1.7, 1.4, 1.7), (25, 25, 1.4, 1.3, 1.8, 1.4), (30, 10, 1.3, 1.3, 1.9, 1.9),
    (6, 20, 1.2, 1.1, 1.7, 1.6), (10, 15, 1.6, 1.9, 2, 2.5),
]  # fmt: skip
BEN_TAL_5: Rows = [*[(6, 3, 1), (16, 1, 3), (15, 1.2, 5), (12, 1.5, 2.5)] * 3, (10, 2, 2.5)]
SOLD_5: Rows = [
    (18, 100, 2.5, 2), (15, 200, 1.5, 2.5), (19, 100, 2, 2.6), (16, 100, 2, 2), (14, 100, 2, 2),
]  # fmt: skip
FOULDS_2: Rows = [(6, 3), (16, 1), (10, 2), (3, 3.5), (13, 1.5), (7, 2.5)]
HAVERLY: Rows = [(9, 100, 2.5), (15, 200, 1.5)]


def blend(
    feeds: Rows, sold: Rows, pools: list[list[int]], past: list[int], supply: list[float]
) -> Blend:
    """Feeds are counted from 1; those in *past* by-pass the pools."""
    return best_blend(
        [Feed(f"c{i + 1}", row[0], row[1:], supply[i]) for i, row in enumerate(feeds)],
        {f"o{i}": [f"c{feed}" for feed in held] for i, held in enumerate(pools)},
        [Product(f"p{i}", row[0], row[1], row[2:]) for i, row in enumerate(sold)],
        [(f"c{feed}", f"p{i}") for feed in past for i in range(len(sold))],
        gap=1e-4,
    )


@pytest.mark.parametrize(
    ("feeds", "sold", "pools", "past", "supply", "profit"),
    [
        pytest.param(
            [(6, 3), (15, 1), (16, 1), (10, 2)], HAVERLY, [[1, 2, 3]], [4], [300, 50, 300, 300],
            450.0, id="bental4",
        ),
        pytest.param(
            BEN_TAL_5, SOLD_5, [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]], [13], [600] * 13,
            3500.0, id="bental5",
        ),
        pytest.param(
            FOULDS_2, [*HAVERLY, (6, 100, 3), (12, 200, 2)], [[1, 2], [4, 5]], [3, 6], [600] * 6,
            1100.0, id="foulds2",
        ),
        pytest.param(
            ADHYA_1, SOLD_1, [[1, 2], [3, 4, 5]], [], [75] * 5, 549.80305, id="adhya1"
        ),
        pytest.param(
            ADHYA_3[:5], SOLD_3, [[1, 2], [3, 4, 5]], [], [75] * 5, 549.80305, id="adhya2"
        ),
        pytest.param(
            ADHYA_3, SOLD_3, [[1, 2], [3, 4, 5], [6, 7, 8]], [], [75] * 8, 561.044687, id="adhya3"
        ),
        pytest.param(
            ADHYA_4, SOLD_4, [[1, 2, 3, 4], [5, 6, 7, 8]], [], [85] * 8, 877.64574, id="adhya4"
        ),
    ],
)  # fmt: skip
def test_published_pools(
    feeds: Rows,
    sold: Rows,
    pools: list[list[int]],
    past: list[int],
    supply: list[float],
    profit: float,
) -> None:
    best = blend(feeds, sold, pools, past, supply)
    assert best.status == "optimal"
    assert best.profit == pytest.approx(profit, rel=1.1e-4)
    assert best.profit <= profit * (1 + 1e-6) <= best.bound * (1 + 2e-6)


@pytest.mark.parametrize("size", [1e-9, 1e-4, 1e6, 1e9])
@pytest.mark.parametrize("money", [1e-6, 1e9])
def test_the_unit_of_flow_or_money_does_not_matter(size: float, money: float) -> None:
    """Haverly's first pool: 400, or no pool at all where a tolerance is not scaled."""
    best = best_blend(
        [Feed("A", 6 * money, (3,)), Feed("B", 16 * money, (1,)), Feed("C", 10 * money, (2,))],
        {"pool": ["A", "B"]},
        [Product("X", 9 * money, 100 * size, (2.5,)), Product("Y", 15 * money, 200 * size, (1.5,))],
        [("C", "X"), ("C", "Y")],
    )
    assert best.status == "optimal"
    assert best.profit == pytest.approx(400 * size * money, rel=1e-5)


def bilinear(cost: list[float], high: list[float]) -> Bilinear:
    """z2 = z0 z1 and a fourth variable, in one row that holds nothing back."""
    return Bilinear(
        cost=np.array(cost),
        matrix=np.array([[1.0, 1.0, 0.0, 0.0]]),
        row_low=np.array([-np.inf]),
        row_high=np.array([9.0]),
        low=np.zeros(4),
        high=np.array(high),
        products=np.array([[2, 0, 1]]),
    )


def test_without_a_limit_is_not_infeasible() -> None:
    with pytest.raises(SolverFailed, match="unbounded"):
        solve_bilinear(bilinear([0, 0, 0, -1], [1, 1, np.inf, np.inf]))


def test_what_is_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="cost holds what is not a number"):
        solve_bilinear(bilinear([0, 0, np.nan, 0], [1, 1, 9, 9]))
    with pytest.raises(ValueError, match="high holds what is not a number"):
        solve_bilinear(bilinear([0, 0, 1, 0], [1, 1, np.nan, 9]))


def test_without_products_it_is_a_linear_programme() -> None:
    plain = bilinear([-1, -2, 0, 0], [5, 6, 9, 9])
    none = Bilinear(
        plain.cost, plain.matrix, plain.row_low, plain.row_high, plain.low, plain.high,
        np.zeros((0, 3), dtype=np.int64),
    )  # fmt: skip
    solved = solve_bilinear(none)
    assert (solved.status, solved.value, solved.boxes) == ("optimal", -15.0, 1)


A, X = Feed("A", 1.0, (1.0,)), Product("X", 9.0, 10.0, (2.0,))


@pytest.mark.parametrize(
    ("feeds", "pools", "products", "direct", "words"),
    [
        ([], {}, [], [], "needs a feed"),
        ([A, A], {}, [X], [("A", "X")], "same name"),
        ([Feed("A", 1.0, (1.0, 9.0))], {}, [X], [("A", "X")], "same qualities"),
        ([A], {"P": ["Z"]}, [X], [], "P holds"),
        ([A], {"P": []}, [X], [], "P holds"),
        ([A], {"P": ["A", "A"]}, [X], [], "P holds"),
        ([A], {}, [X], [("B", "X")], "B to X"),
        ([A], {}, [X], [("A", "X"), ("A", "X")], "twice"),
    ],
)
def test_what_is_no_blend_is_refused(
    feeds: list[Feed],
    pools: dict[str, list[str]],
    products: list[Product],
    direct: list[tuple[str, str]],
    words: str,
) -> None:
    """A quality no limit was written for would be silently unlimited."""
    with pytest.raises(WaterError, match=words):
        best_blend(feeds, pools, products, direct)
