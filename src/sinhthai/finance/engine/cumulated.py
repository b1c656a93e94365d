"""The money of a proposal summed up over the years, with the band it may lie in."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sinhthai.finance.engine.flows import appraise, yearly_savings
from sinhthai.finance.engine.model import Proposal, Scenario
from sinhthai.finance.engine.risk import Spread


@dataclass(frozen=True, slots=True)
class Cumulated:
    """Cumulated flows before tax, not discounted [VND], of years 0 to n; each (n + 1,)."""

    stated: tuple[float, ...]
    p10: tuple[float, ...]
    p90: tuple[float, ...]


def cumulate(
    proposal: Proposal,
    scenario: Scenario,
    spread: Spread | None = None,
    *,
    draws: int = 4_000,
    seed: int = 1,
) -> Cumulated:
    """Return the cumulated flows of *proposal* with their P10 and P90 of *draws*, seeded.

    Saving, investment, running cost and price change vary as in :func:`risk.simulate`; the life
    stands, for a curve of years that end at different times has no band.

    >>> vsd = Proposal("vsd", "VSD", 200e6, 3, other_saving=100e6)
    >>> found = cumulate(vsd, Scenario(0.1, 10, 2025), draws=500)
    >>> found.stated
    (-200000000.0, -100000000.0, 0.0, 100000000.0)
    >>> all(low <= high for low, high in zip(found.p10, found.p90))
    True
    """
    spread = replace(spread or Spread(), life=(0, 0))
    flows = np.asarray(appraise(proposal, scenario).flows)
    rng = np.random.default_rng(seed)

    def drawn(between: tuple[float, float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        low, high = between
        if low == high:
            return np.full(draws, float(low))
        return rng.triangular(low, min(max(0.0, low), high), high, size=draws)

    saving, invested = drawn(spread.saving), drawn(spread.investment)
    running, change = drawn(spread.running_cost), drawn(spread.escalation)
    savings = yearly_savings(proposal, scenario)
    steps = np.arange(len(savings))
    inflation = 0.0 if scenario.is_real else scenario.inflation
    paid = proposal.running_cost * (1.0 + inflation) ** steps
    first = flows[0] * (1.0 + invested)
    rest = savings * (1.0 + saving[:, None]) * (1.0 + change[:, None]) ** steps - paid * (
        1.0 + running[:, None]
    )
    rest[:, -1] += flows[-1] - (savings[-1] - paid[-1])  # what is sold at the end
    sums = np.cumsum(np.concatenate([first[:, None], rest], axis=1), axis=1)
    p10, p90 = np.percentile(sums, [10, 90], axis=0)
    return Cumulated(tuple(np.cumsum(flows).tolist()), tuple(p10.tolist()), tuple(p90.tolist()))
