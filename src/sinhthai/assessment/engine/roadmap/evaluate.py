"""What a plan really costs and saves, year by year, with measures that share a use counted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.assessment.engine.roadmap.model import Chosen, Need, Problem


@dataclass(frozen=True, slots=True)
class Worth:
    """Net present cost [VND], and savings [VND], CO2e [t] of each year from the first."""

    cost: float
    savings: tuple[float, ...]
    co2e: tuple[float, ...]
    invested: tuple[float, ...]


def worth(problem: Problem, chosen: Sequence[Chosen]) -> Worth:
    """Return what *chosen* is worth over the horizon.

    On one use the measures at work save ``1 - (1 - s1)(1 - s2) ...`` of it; each one's own saving
    shrinks in that proportion.
    """
    first = problem.years[0]
    invested = [0.0] * problem.horizon
    savings = [0.0] * problem.horizon
    co2e = [0.0] * problem.horizon
    for one in chosen:
        invested[one.year - first] += one.option.investment
    for t in range(problem.horizon):
        working = [
            one for one in chosen
            if 0 <= t - (one.year - first) - one.option.lead < one.option.life
        ]  # fmt: skip
        alike: dict[str, list[Chosen]] = defaultdict(list)
        for one in working:
            alike[one.option.use if one.option.share else ""].append(one)
        for use, together in alike.items():
            shrink = 1.0
            if use:
                left = 1.0
                for one in together:
                    left *= 1.0 - one.option.share
                shrink = (1.0 - left) / sum(one.option.share for one in together)
            savings[t] += shrink * sum(one.option.saving for one in together)
            co2e[t] += shrink * sum(one.option.co2e for one in together)
    cost = sum(
        (spent - saved) / (1.0 + problem.rate) ** t
        for t, (spent, saved) in enumerate(zip(invested, savings, strict=True))
    )
    return Worth(cost, tuple(savings), tuple(co2e), tuple(invested[: len(problem.years)]))


def reached(need: Need, chosen: Sequence[Chosen], last: int) -> float:
    """Return how much of *need* is reached by the end of the year *last*."""
    counted: set[str] = set()
    amount = 0.0
    for one in chosen:
        given = one.option.gives.get(need.leaf, 0.0)
        if given and one.year + one.option.lead <= last:
            amount += given
            counted.update(one.option.enterprises)
    return float(len(counted)) if need.kind == "count" else amount


def met_in(problem: Problem, chosen: Sequence[Chosen]) -> int | None:
    """Return the first year by whose end every need is met; None: not within the plan."""
    for year in problem.years:
        if all(reached(need, chosen, year) >= need.missing - 1e-6 for need in problem.needs):
            return year
    return None
