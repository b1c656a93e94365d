"""How a proposal's worth spreads when what it rests on is uncertain: Monte Carlo, seeded.

Saving, prices, investment and running cost vary by triangular distributions around their stated
values; the life by whole years. Draws are made in a fixed order from one generator, so the same
seed gives the same numbers everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

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
    drawn = _drawn(spread or Spread(), draws, seed)
    lives = np.maximum(1, proposal.life + drawn.life)
    values = np.zeros(draws)
    for year, flow in enumerate(_flows(proposal, scenario, drawn, lives)):
        values += flow / (1.0 + scenario.rate) ** year
    p10, p50, p90 = np.percentile(values, [10, 50, 90])
    ranks = _ranks(values)
    return Risk(
        float(p10),
        float(p50),
        float(p90),
        float((values < 0).mean()),
        {name: float(np.corrcoef(of, ranks)[0, 1]) for name, of in drawn.ranks.items()},
        draws,
        seed,
    )


@dataclass(frozen=True, slots=True)
class CashBand:
    """Money put in and got back so far [VND], by year from 0 (n+1,); before tax, not discounted."""

    p10: tuple[float, ...]
    p50: tuple[float, ...]
    p90: tuple[float, ...]


def cash_band(
    proposal: Proposal,
    scenario: Scenario,
    spread: Spread | None = None,
    *,
    draws: int = 10_000,
    seed: int = 1,
) -> CashBand:
    """Return how the cumulated cash flow of *proposal* spreads; the draws are those of `simulate`.

    >>> vsd = Proposal("vsd", "VSD", 200e6, 10, other_saving=110e6)
    >>> band = cash_band(vsd, Scenario(0.1, 10, 2025), draws=500)
    >>> len(band.p50), band.p10[10] < band.p50[10] < band.p90[10]
    (11, True)
    """
    drawn = _drawn(spread or Spread(), draws, seed)
    lives = np.maximum(1, proposal.life + drawn.life)
    total, rows = np.zeros(draws), []
    for flow in _flows(proposal, scenario, drawn, lives):
        total = total + flow
        rows.append(np.percentile(total, [10, 50, 90]))
    p10, p50, p90 = np.array(rows).T
    return CashBand(tuple(p10.tolist()), tuple(p50.tolist()), tuple(p90.tolist()))


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What was drawn, as shares of what is stated (draws,); and the ranks of what varies."""

    saving: Floats
    investment: Floats
    running_cost: Floats
    escalation: Floats
    life: NDArray[np.int64]
    ranks: Mapping[str, Floats]


@lru_cache(maxsize=4)
def _drawn(spread: Spread, draws: int, seed: int) -> _Drawn:
    """Return the draws: the same for every proposal, so that they are compared like with like."""
    rng = np.random.default_rng(seed)
    shares = {
        name: _triangular(rng, getattr(spread, name), draws)
        for name in ("saving", "investment", "running_cost", "escalation")
    }
    low, high = spread.life
    life = rng.integers(low, high, endpoint=True, size=draws)
    varied = {**shares, "life": life.astype(np.float64)}
    for values in (*shares.values(), life):
        values.flags.writeable = False  # they are kept
    return _Drawn(
        **shares,
        life=life,
        ranks={name: _ranks(by) for name, by in varied.items() if np.ptp(by) > 0},
    )


def _flows(
    proposal: Proposal, scenario: Scenario, drawn: _Drawn, lives: NDArray[np.int64]
) -> Iterator[Floats]:
    """Yield the flow of year 0, 1, 2, … in every draw (draws,)."""
    longest = min(int(lives.max()), scenario.horizon)
    stated = yearly_savings(replace(proposal, life=longest), replace(scenario, horizon=longest))
    inflation = 0.0 if scenario.is_real else scenario.inflation
    yield -(proposal.investment - proposal.grant) * (1.0 + drawn.investment)
    saved_share, growth = 1.0 + drawn.saving, 1.0 + drawn.escalation
    paid_share = proposal.running_cost * (1.0 + drawn.running_cost)
    same_life = bool((lives == lives[0]).all())
    for year in range(1, longest + 1):
        flow = stated[year - 1] * saved_share - paid_share * (1.0 + inflation) ** (year - 1)
        if not same_life:
            flow = np.where(year <= lives, flow, 0.0)
        if proposal.salvage:
            flow = flow + np.where(lives == year, proposal.salvage, 0.0)
        yield flow
        saved_share = saved_share * growth


def _triangular(rng: np.random.Generator, between: tuple[float, float], draws: int) -> Floats:
    """Draw shares between *between* with the mode at zero; the same place twice does not vary."""
    low, high = between
    if low == high:
        return np.full(draws, float(low))
    return rng.triangular(low, min(max(0.0, low), high), high, size=draws)


def _ranks(values: Floats) -> Floats:
    ranks = np.empty(len(values))
    ranks[np.argsort(values, kind="stable")] = np.arange(len(values))
    return ranks
