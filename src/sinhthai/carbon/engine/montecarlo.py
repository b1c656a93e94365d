"""How the totals of an inventory spread: Monte Carlo, seeded, with shared factors drawn once.

Every factor is one draw for everybody who uses it: a grid that is dirtier is so for the whole
country. Given the factors, a group's total is a sum of independent lines; the normal ones add to
one normal exactly, so a group needs one number a draw however many lines it has. Lines and factors
whose interval is wider than 30 % are lognormal (IPCC 2006, Vol. 1, 3.2.3); such lines are drawn
one by one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sinhthai.carbon.engine.columns import Coefficients, Floats, Ints

WIDE = 0.30
"""Half-width as a share from which a lognormal is drawn; a normal one could fall below zero."""
_Z = 1.959963984540054  # a 95 % interval is this many standard deviations either way
_PERCENTILES = (2.5, 50.0, 97.5)
_BLOCK = 2_000  # draws held at a time: bounds the memory


@dataclass(frozen=True, slots=True)
class Drawn:
    """Mean and 2.5th, 50th, 97.5th percentiles [t CO2e] of each group, and of all together.

    ``mean`` (G,), ``percentiles`` (G, 3); the last row of both is the sum of the groups.
    """

    mean: Floats
    percentiles: Floats
    draws: int
    seed: int


def simulate(
    quantity: Floats,
    key: Ints,
    group: Ints,
    half: Floats,
    groups: int,
    known: Coefficients,
    *,
    draws: int,
    seed: int,
) -> Drawn:
    """Return how the totals of *groups* spread.

    Parameters
    ----------
    quantity, key, group : (n,) as in ``columns.sum_lines``; lines need not be sorted. Lines
        without a quantity are left out: the spread is of what is known.
    half : (n,) half-width of the 95 % interval of the quantity, as a share.
    draws, seed : the same two give the same numbers on every machine.
    """
    told = ~np.isnan(quantity)
    quantity, half = quantity[told], half[told]
    key, group = key[told], group[told]
    wide = half > WIDE
    keys = len(known.a)
    cell = group.astype(np.int64) * keys + key
    mean = np.bincount(cell, quantity, groups * keys).reshape(groups, keys)
    deviation = np.where(wide, 0.0, quantity * half / _Z)
    variance = np.bincount(cell, deviation**2, groups * keys).reshape(groups, keys)
    fixed = np.bincount(group, known.b[key], groups)
    rng = np.random.default_rng(seed)
    totals = np.empty((groups + 1, draws))
    for first in range(0, draws, _BLOCK):
        block = slice(first, min(first + _BLOCK, draws))
        size = block.stop - block.start
        unit = _unit_emissions(rng, known, size)  # (keys, size)
        spread = np.sqrt(variance @ unit**2)
        drawn = totals[:-1, block]
        np.matmul(mean, unit, out=drawn)
        spread *= rng.standard_normal(spread.shape)
        drawn += spread
        drawn += fixed[:, None]
        for i in np.flatnonzero(wide):
            drawn[group[i]] += quantity[i] * (_around_one(rng, half[i], size) - 1.0) * unit[key[i]]
    totals[:-1].sum(axis=0, out=totals[-1])
    means = totals.mean(axis=1)
    totals.sort(axis=1)
    return Drawn(means, _percentiles(totals), draws, seed)


def _unit_emissions(rng: np.random.Generator, known: Coefficients, size: int) -> Floats:
    """Draw what a unit of each key emits (keys, size): its gases, each the product of factors."""
    factor = np.empty((len(known.factors), size))
    for index, half in enumerate(known.half_width):
        factor[index] = _around_one(rng, half, size)
    unit = np.zeros((len(known.a), size))
    for key in range(len(known.a)):
        for term in range(known.start[key], known.start[key + 1]):
            used = known.used[known.used_start[term] : known.used_start[term + 1]]
            unit[key] += known.slope[term] * factor[used].prod(axis=0)
    return unit


def _around_one(rng: np.random.Generator, half: float, size: int) -> Floats:
    """Draw shares of mean one whose 95 % interval is *half* either way."""
    if half == 0:
        return np.ones(size)
    if half <= WIDE:
        return 1.0 + half / _Z * rng.standard_normal(size)
    sigma = np.sqrt(np.log1p((half / _Z) ** 2))
    return rng.lognormal(-0.5 * sigma**2, sigma, size)


def _percentiles(ordered: Floats) -> Floats:
    """Return the percentiles of rows already sorted, by linear interpolation."""
    at = np.array(_PERCENTILES) / 100.0 * (ordered.shape[1] - 1)
    low = np.floor(at).astype(np.int64)
    high = np.minimum(low + 1, ordered.shape[1] - 1)
    share = at - low
    found: Floats = ordered[:, low] * (1.0 - share) + ordered[:, high] * share
    return found
