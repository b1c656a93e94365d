"""The arithmetic of inventories over arrays: one enterprise or a whole country, the same code.

A *key* is a way of emitting (a fuel in a kind of source in a year, with one plant's parameters):
``co2e = a * quantity + b`` with ``a`` the sum over its gases of slope times warming potential.
Lines that share a factor are fully correlated in it, so per group the error of a factor is that of
its summed activity (2006 IPCC Guidelines, Vol. 1, Ch. 3): ``sum_i (x_i u_i)^2 + sum_f (sum_i s_fi
q_i)^2``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sinhthai.carbon.engine.emission import Emission, half_width
from sinhthai.factors.model import Factor, GwpSet

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Coefficients:
    """What a unit of each key emits [t CO2e], and how it moves with each factor.

    Of K keys: ``a``, ``b`` (K,). Of F factors: ``factors``, ``half_width`` (F,) as shares. The
    terms of key k are ``start[k]:start[k + 1]`` of ``slope`` (a gas's share of ``a``), and the
    factors of term t are ``used_start[t]:used_start[t + 1]`` of ``used``.
    """

    a: Floats
    b: Floats
    factors: tuple[Factor, ...]
    half_width: Floats
    start: Ints
    slope: Floats
    used_start: Ints
    used: Ints

    @property
    def sensitivity(self) -> tuple[Ints, Ints, Floats]:
        """Return by key (start, factor, t CO2e per unit at the edge of the factor's interval)."""
        start: list[int] = [0]
        factor: list[int] = []
        moved: list[float] = []
        for key in range(len(self.a)):
            by_factor: dict[int, float] = {}
            for term in range(self.start[key], self.start[key + 1]):
                for index in self.used[self.used_start[term] : self.used_start[term + 1]]:
                    change = self.slope[term] * self.half_width[index]
                    if change:
                        by_factor[int(index)] = by_factor.get(int(index), 0.0) + change
            factor += by_factor.keys()
            moved += by_factor.values()
            start.append(len(factor))
        return (
            np.array(start, dtype=np.int32),
            np.array(factor, dtype=np.int32),
            np.array(moved, dtype=np.float64),
        )


def coefficients(keys: Sequence[Sequence[Emission]], gwp: GwpSet) -> Coefficients:
    """Return the coefficients of *keys*; what is apart from the totals weighs nothing."""
    index: dict[str, int] = {}
    factors: list[Factor] = []
    a, b, start, slope, used_start, used = [], [], [0], [], [0], []
    for emissions in keys:
        total = fixed = 0.0
        for emission in emissions:
            weight = weight_of(emission, gwp)
            if not weight:
                continue
            slope.append(emission.slope * weight)
            total += emission.slope * weight
            fixed += emission.offset * weight
            for factor in emission.factors:
                if factor.id not in index:
                    index[factor.id] = len(factors)
                    factors.append(factor)
                used.append(index[factor.id])
            used_start.append(len(used))
        a.append(total)
        b.append(fixed)
        start.append(len(slope))
    return Coefficients(
        a=np.array(a, dtype=np.float64),
        b=np.array(b, dtype=np.float64),
        factors=tuple(factors),
        half_width=np.array([half_width(factor) / 100.0 for factor in factors], dtype=np.float64),
        start=np.array(start, dtype=np.int32),
        slope=np.array(slope, dtype=np.float64),
        used_start=np.array(used_start, dtype=np.int32),
        used=np.array(used, dtype=np.int32),
    )


def weight_of(emission: Emission, gwp: GwpSet) -> float:
    """Return the t CO2e per t of the emission's gas that count in the totals."""
    if emission.is_biogenic or emission.gas in gwp.outside:
        return 0.0
    return potential(emission.gas, gwp)


def potential(gas: str, gwp: GwpSet) -> float:
    """Return the t CO2e per t of *gas*; what is stated in CO2e counts as it is."""
    return 1.0 if gas == "CO2e" else gwp.values[gas]


@dataclass(frozen=True, slots=True)
class Sums:
    """What n lines and G groups emit [t CO2e]. ``unknown`` counts lines without a quantity."""

    lines: Floats
    """(n,); NaN where the quantity is not known."""
    known: Floats
    """(G,) sum of what is known."""
    half_width: Floats
    """(G,) half of the 95 % interval of ``known``."""
    unknown: NDArray[np.int64]


def sum_lines(
    quantity: Floats,
    key: Ints,
    group: Ints,
    half: Floats,
    groups: int,
    known: Coefficients,
) -> Sums:
    """Return what each line and group emits.

    Parameters
    ----------
    quantity : (n,) in the unit of its key; NaN: not reported.
    key, group : (n,) of each line; the lines of a group stand together (sorted by group).
    half : (n,) half-width of the 95 % interval of the quantity, as a share.
    groups : how many groups there are.

    Raises
    ------
    ValueError : the lines are not sorted by group.
    """
    if len(group) and (np.diff(group) < 0).any():
        raise ValueError("lines must be sorted by group")
    start, factor, moved = known.sensitivity
    lines, total, variance, unknown = _sum(
        quantity,
        key,
        group,
        half,
        groups,
        known.a,
        known.b,
        start,
        factor,
        moved,
        len(known.factors),
    )
    return Sums(lines, total, np.sqrt(variance), unknown)


@njit(cache=True, nogil=True)
def _sum(  # type: ignore[no-untyped-def]
    quantity, key, group, half, groups, a, b, start, factor, moved, factors
):
    n = quantity.size
    lines = np.empty(n)
    total = np.zeros(groups)
    variance = np.zeros(groups)
    unknown = np.zeros(groups, np.int64)
    by_factor = np.zeros(factors)
    seen_in = np.full(factors, -1, np.int64)
    touched = np.empty(factors, np.int32)
    count = 0
    for i in range(n):
        g = group[i]
        k = key[i]
        q = quantity[i]
        if np.isnan(q):
            lines[i] = np.nan
            unknown[g] += 1
        else:
            activity = a[k] * q
            x = activity + b[k]
            lines[i] = x
            total[g] += x
            error = activity * half[i]
            variance[g] += error * error
            for j in range(start[k], start[k + 1]):
                f = factor[j]
                if seen_in[f] != g:
                    seen_in[f] = g
                    by_factor[f] = 0.0
                    touched[count] = f
                    count += 1
                by_factor[f] += moved[j] * q
        if i + 1 == n or group[i + 1] != g:
            for j in range(count):
                f = touched[j]
                variance[g] += by_factor[f] * by_factor[f]
            count = 0
    return lines, total, variance, unknown
