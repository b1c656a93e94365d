"""More problems with published targets, from the fixtures of OpenPinch.

github.com/waikato-ahuora-smart-energy-systems/OpenPinch, tests/fixtures/utility_targeting (MIT,
copyright 2025 Tim Walmsley), p_ut_*.json and r_ut_*.json: streams with their own contributions,
and the targets its authors hold them to.
"""

from __future__ import annotations

import pytest

from sinhthai.symbiosis.engine.heat.problem_table import problem_table
from sinhthai.symbiosis.engine.heat.streams import HeatStream, HeatStreams
from tests.symbiosis.heat.cases import flowing

# supply, target [°C], duty [kW], contribution [K]
GUNDERSEN = [
    (159, 77, 18737, 4), (267, 88, 3652, 4), (343, 90, 13611, 4), (26, 127, 9423, 4),
    (118, 265, 28827, 4),
]  # fmt: skip
AHMAD_2 = [
    (159, 77, 1873.7, 9), (267, 80, 381.48, 21), (343, 90, 1361.14, 11), (26, 127, 942.33, 63),
    (118, 265, 2882.67, 11),
]  # fmt: skip
CHEW_A = [
    (260, 210, 25000, 10), (235, 185, 17500, 10), (260, 125, 6750, 10), (240, 260, 14000, 10),
    (165, 260, 28500, 10),
]  # fmt: skip
CHEW_B = [
    (185, 140, 55350, 10), (225, 140, 35700, 10), (165, 125, 51200, 10), (223, 240, 10200, 10),
    (165, 240, 63750, 10), (120, 165, 57150, 10),
]  # fmt: skip
CHEW_C = [
    (185, 100, 22100, 10), (125, 100, 26250, 10), (165, 185, 27200, 10), (105, 185, 27200, 10),
    (105, 165, 21000, 10),
]  # fmt: skip
DAIRY = [
    (12.2, 38, 68.112, 5), (34, 35, 3.89, 5), (75, 44, 135.78, 5), (95, 78, 180.71, 5),
    (4, 35, 135.78, 5), (35, 75, 175.2, 5), (12.2, 18, 36.83, 5), (44, 36, 46.72, 5),
    (73.3, 40, 64.602, 5), (40, 38, 7.78, 5), (62.4, 25, 347.82, 5), (62.4, 25, 482.46, 5),
    (12.2, 95, 880.164, 5),
]  # fmt: skip
CONDENSING = [
    (126.85, 126.75, 4000, 2.5), (151.85, 151.25, 3000, 2.5), (136.85, 136.95, 4000, 2.5),
    (116.85, 116.95, 3000, 2.5),
]  # fmt: skip
CASEIN = [
    (80, 9, 7444.776, 1.5), (83, 45, 1763.124, 2.5), (35, 30, 231.99, 2.5), (53, 34, 224.58, 2.5),
    (45, 40, 267.52, 2.5), (40, 80, 4194.24, 1.5), (35, 30, 231.99, 2.5),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "hot", "cold", "recovery", "pinches"),
    [
        pytest.param(GUNDERSEN, 10253.282221, 8003.282221, 27996.717779, (155.0,), id="gundersen"),
        pytest.param(AHMAD_2, 1669.06, 1460.38, 2155.94, (150.0,), id="ahmad, example 2"),
        pytest.param(CHEW_A, 20000, 26750, 22500, (250.0,), id="chew, plant A"),
        pytest.param(CHEW_B, 57150, 68300, 73950, (175.0,), id="chew, plant B"),
        pytest.param(CHEW_C, 59800, 32750, 15600, (115.0,), id="chew, plant C"),
        pytest.param(DAIRY, 294.782, 260.678, 1005.194, (57.4,), id="martinez-rodriguez 1"),
        pytest.param(CONDENSING, 1000, 1000, 6000, (139.35, 124.35), id="ponce-ortega 1"),
        pytest.param(CASEIN, 221.772, 6191.512, 3972.468, (78.5,), id="fodor, casein"),
    ],
)
def test_targets_of_the_literature(rows, hot, cold, recovery, pinches):
    table = problem_table(
        HeatStreams.of(
            HeatStream(f"S{at}", supply, target, duty, supply > target, contribution)
            for at, (supply, target, duty, contribution) in enumerate(rows)
        )
    )
    assert (table.hot, table.cold, table.recovery) == pytest.approx((hot, cold, recovery), rel=1e-9)
    assert table.pinches == pytest.approx(pinches, abs=1e-9)


def test_linnhoff_and_hindmarsh_1983():
    """Chem. Eng. Sci. 38 (1983) 745: hot utility 107.5, cold 40, pinch 90/70 °C; from memory."""
    table = problem_table(
        flowing([(150, 60, 2.0), (90, 60, 8.0), (20, 125, 2.5), (25, 100, 3.0)], 20)
    )
    assert (table.hot, table.cold) == pytest.approx((107.5, 40.0), rel=1e-12)
    assert table.pinches == (80,)
