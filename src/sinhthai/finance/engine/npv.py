"""What flows of money at the ends of years are worth today. Year 0 is not discounted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def npv(rate: float, flows: Sequence[float] | Floats) -> float:
    r"""Return the net present value :math:`\sum_t f_t / (1+r)^t` [unit of the flows].

    The first flow is of today; a spreadsheet's NPV function discounts it by one year already.

    Parameters
    ----------
    rate : yearly, above -1.
    flows : one a year, from year 0.

    >>> round(npv(0.1, [-5000] + 5 * [1500]), 6)
    686.180154
    """
    return float(npv_profile(np.array([rate]), flows)[0])


def npv_profile(rates: Floats, flows: Sequence[float] | Floats) -> Floats:
    """Return the net present value at each of *rates* (m,); by Horner's rule.

    >>> npv_profile(np.array([0.0, 0.1]), [-100.0, 110.0]).round(9).tolist()
    [10.0, 0.0]
    """
    factor = 1.0 / (1.0 + np.asarray(rates, dtype=np.float64))
    total = np.zeros_like(factor)
    for flow in reversed(np.asarray(flows, dtype=np.float64)):
        total = total * factor + flow
    return total


def payback(flows: Sequence[float], rate: float = 0.0) -> float | None:
    """Return the years until the flows have paid themselves back; None: never.

    Inside a year the flow is taken as even. With *rate* the flows are discounted first. The last
    crossing counts: a later loss takes it back.

    >>> payback([-20_000, 5_000, 8_000, 10_000])
    2.7
    >>> payback([-100, 40, 40]) is None
    True
    """
    total, crossed = 0.0, None
    for year, flow in enumerate(flows):
        worth = flow / (1.0 + rate) ** year
        before, total = total, total + worth
        if total < 0:
            crossed = None
        elif before < 0:
            crossed = year - 1 + -before / worth
        elif crossed is None:
            crossed = 0.0
    return crossed


def mirr(flows: Sequence[float], finance_rate: float, reinvest_rate: float) -> float | None:
    """Return the modified internal rate of return; None without both an outlay and a return.

    Outlays are discounted to today at *finance_rate*, returns carried to the end at
    *reinvest_rate*.

    >>> round(mirr([-1000, 300, 420, 680], 0.1, 0.12), 4)
    0.1515
    """
    values = np.asarray(flows, dtype=np.float64)
    last = len(values) - 1
    spent = -npv(finance_rate, np.minimum(values, 0.0))
    returned = npv(reinvest_rate, np.maximum(values, 0.0)) * (1.0 + reinvest_rate) ** last
    if spent <= 0 or returned <= 0 or last < 1:
        return None
    return float((returned / spent) ** (1.0 / last) - 1.0)
