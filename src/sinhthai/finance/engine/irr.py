"""The internal rate of return: every rate at which the flows are worth nothing today.

Flows that change sign more than once can have several such rates. All above -100 % are found.
The one that answers "up to which interest does it pay" is the rate at which the value falls
through zero; where exactly one does, it is the answer, and the others are named beside it.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Sequence

import numpy as np

from sinhthai.finance.engine.model import Irr
from sinhthai.finance.engine.npv import Floats, npv_profile
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

_GRID = 4096
_LOWEST, _HIGHEST = 1e-4, 1e6  # of 1 + rate
_SAME = 1e-9
_TOUCH = 1e-6
_DAYS = 365.0


def find_irr(flows: Sequence[float] | Floats) -> Irr:
    """Return the internal rate of return of yearly *flows* from year 0, or why there is none.

    >>> round(find_irr([-5000] + 5 * [1500]).value, 8)
    0.15238237
    >>> both = find_irr([-50, -100, 600, 300, -100])
    >>> both.outcome, round(both.value, 3), len(both.roots)
    ('many', 1.854, 2)
    >>> find_irr([-100, -50]).outcome
    'none'
    """
    values = np.asarray(flows, dtype=np.float64)
    if _sign_changes(values) == 1 and (only := _only_root(values.tolist())) is not None:
        return Irr(only, "one", (only,))
    return _irr(lambda rates: npv_profile(rates, values), values, _polynomial_roots(values))


def find_xirr(days: Sequence[dt.date], flows: Sequence[float]) -> Irr:
    """Return the internal rate of return of dated flows; a year has 365 days, as spreadsheets do.

    >>> dates = [dt.date(2020, 1, 1), dt.date(2021, 1, 1), dt.date(2022, 1, 1)]
    >>> round(find_xirr(dates, [-1000, 750, 500]).value, 6)
    0.175009
    """
    if len(days) != len(flows):
        raise InputError([_uneven(len(days), len(flows))])
    values = np.asarray(flows, dtype=np.float64)
    start = min(days, default=dt.date.min)
    years = np.array([(day - start).days / _DAYS for day in days])
    order = np.argsort(years, kind="stable")
    values, years = values[order], years[order]
    return _irr(
        lambda rates: (values / (1.0 + np.asarray(rates)[:, None]) ** years).sum(axis=1),
        values,
        np.empty(0),
    )


def _irr(worth: Callable[[Floats], Floats], values: Floats, guesses: Floats) -> Irr:
    if not ((values > 0).any() and (values < 0).any()):
        return Irr(None, "none", (), _NO_CHANGE)
    first = np.flatnonzero(values)[0]
    sign = -1.0 if values[first] > 0 else 1.0  # money received first: a loan, seen from its side
    roots = _roots(worth, guesses)
    if not roots:
        return Irr(None, "none", (), _NO_ROOT)
    if len(roots) == 1:
        return Irr(roots[0], "one", roots)
    edges = [-1.0 + (1.0 + roots[0]) / 2]
    edges += [(low + high) / 2 for low, high in itertools.pairwise(roots)]
    edges += [roots[-1] + 1.0 + abs(roots[-1])]
    around = sign * worth(np.array(edges))
    falling = [
        root
        for root, before, after in zip(roots, around, around[1:], strict=False)
        if before > 0 > after
    ]
    listed = "; ".join(f"{root:.2%}" for root in roots)
    note = Text(
        f"Dòng tiền đổi dấu nhiều lần: có nhiều IRR ({listed}). Xem NPV theo lãi suất.",
        f"The flows change sign more than once: several rates fit ({listed}). Look at the value "
        "by rate.",
    )
    return Irr(falling[0] if len(falling) == 1 else None, "many", roots, note)


def _roots(worth: Callable[[Floats], Floats], guesses: Floats) -> tuple[float, ...]:
    """Return all rates of zero worth: where the sign changes on a fine grid, and *guesses*."""
    from scipy.optimize import brentq

    def at(rate: float) -> float:
        return float(worth(np.array([rate]))[0])

    grid = np.geomspace(_LOWEST, _HIGHEST, _GRID) - 1.0
    grid = np.unique(np.concatenate([grid, (guesses[:-1] + guesses[1:]) / 2]))
    signs = np.sign(worth(grid))
    found = [float(rate) for rate in grid[signs == 0]]
    found += [
        float(brentq(at, grid[left], grid[left + 1], xtol=1e-15, rtol=8.9e-16))
        for left in np.flatnonzero(signs[:-1] * signs[1:] < 0)
    ]
    scale = abs(at(0.0)) + 1.0
    for guess in guesses:
        is_new = all(abs(guess - root) > _TOUCH * (1 + abs(root)) for root in found)
        if is_new and abs(at(float(guess))) < _SAME * scale:
            found.append(float(guess))  # a rate at which the worth touches zero without crossing
    merged: list[float] = []
    for root in sorted(found):
        if merged and root - merged[-1] < _TOUCH * (1 + abs(root)):
            merged[-1] = (merged[-1] + root) / 2  # two of them by rounding only: it touches zero
        else:
            merged.append(root)
    return tuple(merged)


def _sign_changes(values: Floats) -> int:
    signs = np.sign(values[values != 0])
    return int((signs[1:] != signs[:-1]).sum())


def _only_root(values: Sequence[float]) -> float | None:
    """Return the one rate of flows that change sign once (Descartes); None: beyond the limits.

    Nearly all projects are such; no grid has to be searched for them.
    """
    from scipy.optimize import brentq

    def at(factor: float) -> float:
        total = 0.0
        for value in reversed(values):
            total = total * factor + value
        return total

    here = at(1.0)
    if here == 0.0:
        return 0.0
    # Beyond factor 1 the sign of the last flow wins, below it that of the first.
    last = next(value for value in reversed(values) if value)
    step = 0.5 if (last > 0) == (here > 0) else 2.0
    low, high = 1.0, step
    while (at(high) > 0) == (here > 0):
        low, high = high, high * step
        if not 1.0 / _HIGHEST <= high <= 1.0 / _LOWEST:
            return None
    return 1.0 / float(brentq(at, low, high, xtol=1e-300, rtol=8.9e-16)) - 1.0


def _polynomial_roots(values: Floats) -> Floats:
    """Return rates from the roots of the polynomial in 1/(1+r); only as guesses."""
    roots = np.roots(np.trim_zeros(values)[::-1]) if values.any() else np.empty(0)
    real = roots[(np.abs(roots.imag) < 1e-5 * (1 + np.abs(roots))) & (roots.real > 1e-9)].real
    rates = np.sort(1.0 / real - 1.0)
    return rates[rates + 1.0 > _LOWEST].astype(np.float64)


_NO_CHANGE = Text(
    "Dòng tiền không đổi dấu nên không có IRR: cần cả khoản chi và khoản thu.",
    "The flows do not change sign, so there is no internal rate of return: it takes an outlay "
    "and a return.",
)
_NO_ROOT = Text(
    "Không có lãi suất nào làm NPV bằng 0.",
    "No rate makes the net present value zero.",
)


def _uneven(days: int, flows: int) -> Problem:
    return Problem(
        "xirr-lengths",
        Text(f"Có {days} ngày nhưng {flows} khoản tiền.", f"{days} dates but {flows} flows."),
        Text("Ghi một ngày cho mỗi khoản.", "Give one date for each flow."),
    )
