"""How a proposal's worth spreads when what it rests on is uncertain: Monte Carlo, seeded.

Saving, prices, investment and running cost vary by triangular distributions around their stated
values; the life by whole years. Draws are made in a fixed order from one generator, so the same
seed gives the same numbers everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from sinhthai.finance.engine.flows import yearly_savings
from sinhthai.finance.engine.model import Proposal, Scenario
from sinhthai.finance.engine.npv import Floats

INPUTS = ("saving", "investment", "running_cost", "escalation", "life")


@dataclass(frozen=True, slots=True)
class Spread:
    """How far each input may be from what was stated, as shares (low, high) of it.

    ``(-0.2, 0.1)``: between 20 % less and 10 % more. ``escalation`` is added to the yearly change
    of every price; ``life`` is in years.
    """

    saving: tuple[float, float] = (-0.2, 0.1)
    investment: tuple[float, float] = (-0.1, 0.3)
    running_cost: tuple[float, float] = (-0.1, 0.2)
    escalation: tuple[float, float] = (-0.02, 0.02)
    life: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Risk:
    """The spread of a net present value [VND]."""

    p10: float
    p50: float
    p90: float
    chance_of_loss: float
    """Share of the draws in which the value is below zero."""
    rank_correlation: Mapping[str, float] = field(default_factory=dict)
    """Spearman's, of the value with each input that varies."""
    draws: int = 0
    seed: int = 0


def simulate(
    proposal: Proposal,
    scenario: Scenario,
    spread: Spread | None = None,
    *,
    draws: int = 10_000,
    seed: int = 1,
) -> Risk:
    """Return how the net present value before tax of *proposal* spreads.

    >>> vsd = Proposal("vsd", "VSD", 200e6, 10, other_saving=110e6)
    >>> risk = simulate(vsd, Scenario(0.1, 10, 2025), draws=2000)
    >>> risk.p10 < risk.p50 < risk.p90, risk.chance_of_loss
    (True, 0.0)
    """
    spread = spread or Spread()
    rng = np.random.default_rng(seed)
    drawn = {
        name: _triangular(rng, getattr(spread, name), draws)
        for name in ("saving", "investment", "running_cost", "escalation")
    }
    low, high = spread.life
    lives = np.maximum(1, proposal.life + rng.integers(low, high, endpoint=True, size=draws))
    values = _values(proposal, scenario, drawn, lives)
    p10, p50, p90 = np.percentile(values, [10, 50, 90])
    varied = {**drawn, "life": lives.astype(np.float64)}
    return Risk(
        float(p10),
        float(p50),
        float(p90),
        float((values < 0).mean()),
        {name: _spearman(by, values) for name, by in varied.items() if np.ptp(by) > 0},
        draws,
        seed,
    )


def _values(
    proposal: Proposal,
    scenario: Scenario,
    drawn: Mapping[str, Floats],
    lives: NDArray[np.int64],
) -> Floats:
    longest = min(int(lives.max()), scenario.horizon)
    stated = yearly_savings(replace(proposal, life=longest), replace(scenario, horizon=longest))
    inflation = 0.0 if scenario.is_real else scenario.inflation
    invested = (proposal.investment - proposal.grant) * (1.0 + drawn["investment"])
    total = -invested
    for year in range(1, longest + 1):
        saved = stated[year - 1] * (1.0 + drawn["saving"])
        saved = saved * (1.0 + drawn["escalation"]) ** (year - 1)
        paid = proposal.running_cost * (1.0 + drawn["running_cost"])
        paid = paid * (1.0 + inflation) ** (year - 1)
        total = total + np.where(year <= lives, saved - paid, 0.0) / (1.0 + scenario.rate) ** year
    sold = np.where(lives <= scenario.horizon, proposal.salvage, 0.0)
    total = total + sold / (1.0 + scenario.rate) ** lives
    return np.asarray(total, dtype=np.float64)


def _triangular(rng: np.random.Generator, between: tuple[float, float], draws: int) -> Floats:
    """Draw shares between *between* with the mode at zero; the same place twice does not vary."""
    low, high = between
    if low == high:
        return np.full(draws, float(low))
    return rng.triangular(low, min(max(0.0, low), high), high, size=draws)


def _spearman(one: Floats, other: Floats) -> float:
    ranks = [np.argsort(np.argsort(values, kind="stable")) for values in (one, other)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])
