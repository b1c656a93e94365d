"""Games with published splits; the figures are from memory of the sources named."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sinhthai.symbiosis.engine.sharing import nucleolus, shapley, stability


def game(count: int, value: Callable[[list[int]], float]) -> np.ndarray:
    """Tabulate what each group of partners 0, 1, ... earns."""
    groups = ([i for i in range(count) if mask >> i & 1] for mask in range(1 << count))
    return np.array([value(group) if group else 0.0 for group in groups])


def voting(quota: int, *weights: int) -> np.ndarray:
    return game(len(weights), lambda group: float(sum(weights[i] for i in group) >= quota))


def test_council_of_the_european_communities_1958() -> None:
    """[12; 4, 4, 4, 2, 2, 1]: Luxembourg's vote never decided anything. Brams, 1975."""
    assert shapley(voting(12, 4, 4, 4, 2, 2, 1)) * 60 == pytest.approx([14, 14, 14, 9, 9, 0])


def test_whoever_has_a_veto_gets_everything_that_is_stable() -> None:
    """[3; 2, 1, 1]: Shapley 2/3, 1/6, 1/6; the core is the veto player's."""
    values = voting(3, 2, 1, 1)
    assert shapley(values) == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert nucleolus(values) == pytest.approx([1, 0, 0], abs=1e-9)
    assert stability(values).exists


def test_dams_of_the_tennessee_valley() -> None:
    """Navigation, flood control, power: P. Straffin, J. Heaney, Int. J. Game Theory 10 (1981)."""
    cost = {1: 163_520, 2: 140_826, 4: 250_096, 3: 301_607, 5: 378_821, 6: 367_370, 7: 412_584}
    alone = np.array([cost[1], cost[2], cost[4]])
    saved = game(3, lambda group: float(alone[group].sum() - cost[sum(1 << i for i in group)]))
    assert alone - shapley(saved) == pytest.approx([117_829, 100_756.5, 193_998.5])
    assert alone - nucleolus(saved) == pytest.approx([116_234, 93_540, 202_810])
    assert stability(saved).exists


def test_two_claim_a_garment() -> None:
    """Half is contested and split: 25 and 75. Baba Metzia 2a; Aumann & Maschler 1985."""
    claims = (50, 100)
    values = game(2, lambda group: max(0.0, 100.0 - sum(claims[i] for i in {0, 1} - set(group))))
    assert nucleolus(values) == pytest.approx([25, 75])
    assert shapley(values) == pytest.approx([25, 75])
