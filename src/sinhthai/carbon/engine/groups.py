"""Sums of an inventory by any label: source, gas, park; each with its interval and its spread."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from sinhthai.carbon.engine.columns import Coefficients, coefficients, sum_lines
from sinhthai.carbon.engine.inventory import Keyed, quantities_of
from sinhthai.carbon.engine.montecarlo import simulate
from sinhthai.factors.model import GwpSet

Label = TypeVar("Label", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Sum:
    """What the lines of a label emit [t CO2e]: what is known of it, and its 95 % interval.

    ``unknown`` lines have no quantity; while there are any the sum is not known, and ``low``,
    ``high`` are those of its known part.
    """

    known_t: float
    low_t: float
    high_t: float
    unknown: int

    @property
    def co2e_t(self) -> float | None:
        """The sum; None while a line of it is unknown."""
        return None if self.unknown else self.known_t


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean and percentiles of a label's draws [t CO2e]."""

    mean_t: float
    p2_5_t: float
    p50_t: float
    p97_5_t: float


def sums_by(
    keyed: Keyed, gwp: GwpSet, labels: Sequence[Label | None], *, gas: str = ""
) -> dict[Label, Sum]:
    """Return the sum of each label; shared factors are fully correlated within it.

    Parameters
    ----------
    labels : (n,) of each activity; None leaves it out.
    gas : count only this gas; empty: all that count.

    >>> from sinhthai.carbon.engine.inventory import keyed_by_method
    >>> from sinhthai.carbon.engine.model import Activity, Settings
    >>> from sinhthai.factors.loading import load_factors
    >>> factors = load_factors()
    >>> coal = Activity("a", 2023, "1", "stationary", "anthracite", 10.0, "TJ")
    >>> keyed = keyed_by_method([coal, coal], factors, Settings())
    >>> round(sums_by(keyed, factors.gwp("AR5"), ["x", "x"], gas="CO2")["x"].known_t, 6)
    1966.0
    """
    keys = [[e for e in emissions if not gas or e.gas == gas] for emissions in keyed.keys]
    known = coefficients(keys, gwp)
    quantity, half = quantities_of(keyed)
    key = np.array(keyed.key, dtype=np.int32)
    chosen, of, groups = _grouped(labels)
    if gas:  # a line without a quantity hides nothing of a gas it does not emit
        emits = known.a[key] != 0
        quantity = np.where(np.isnan(quantity) & ~emits, 0.0, quantity)
    sums = sum_lines(quantity[chosen], key[chosen], of, half[chosen], len(groups), known)
    return {
        label: Sum(
            float(sums.known[g]),
            float(sums.known[g] - sums.half_width[g]),
            float(sums.known[g] + sums.half_width[g]),
            int(sums.unknown[g]),
        )
        for label, g in groups.items()
    }


def spread_by(
    keyed: Keyed, gwp: GwpSet, labels: Sequence[Label | None], *, draws: int, seed: int
) -> tuple[dict[Label, Spread], Spread]:
    """Return how the sum of each label spreads, and the sum of all of them.

    A factor is one draw for everybody who uses it. Lines without a quantity are left out.
    """
    known: Coefficients = coefficients(keyed.keys, gwp)
    quantity, half = quantities_of(keyed)
    key = np.array(keyed.key, dtype=np.int32)
    chosen, of, groups = _grouped(labels)
    drawn = simulate(
        quantity[chosen], key[chosen], of, half[chosen], len(groups), known, draws=draws, seed=seed
    )
    spreads = [
        Spread(float(mean), *(float(p) for p in percentiles))
        for mean, percentiles in zip(drawn.mean, drawn.percentiles, strict=True)
    ]
    return {label: spreads[g] for label, g in groups.items()}, spreads[-1]


def tonnes_of_waste(quantities: Sequence[float | None]) -> float | None:
    """Return the sum of *quantities* [t]; None where one of them is not known.

    >>> tonnes_of_waste([1.0, 2.0]), tonnes_of_waste([1.0, None])
    (3.0, None)
    """
    return None if any(q is None for q in quantities) else math.fsum(q or 0.0 for q in quantities)


def _grouped(
    labels: Sequence[Label | None],
) -> tuple[np.ndarray, np.ndarray, Mapping[Label, int]]:
    """Return which activities count, the group of each in order, and the number of each label."""
    groups: dict[Label, int] = {}
    numbers = [-1 if label is None else groups.setdefault(label, len(groups)) for label in labels]
    number = np.array(numbers, dtype=np.int32)
    chosen = np.argsort(number, kind="stable")
    chosen = chosen[number[chosen] >= 0]
    return chosen, number[chosen], groups
