"""Money spread over years: what an investment costs a year, a loan's payment, its length."""

from __future__ import annotations

import math

_TINY = 1e-9


def annuity(rate: float, life: float) -> float:
    r"""Return the yearly share of an investment: :math:`r / (1 - (1+r)^{-n})` [1/year].

    Also called the capital recovery factor.

    Parameters
    ----------
    rate : yearly interest, 0.1 for 10 %; 0 spreads the investment evenly.
    life : years over which it is spread.

    >>> round(annuity(0.1, 10), 6)
    0.162745
    >>> annuity(0, 20), annuity(1e-300, 20)
    (0.05, 0.05)
    """
    if abs(rate) < _TINY:  # the difference below would be all rounding, or nothing
        return 1.0 / life + rate * (life + 1.0) / (2.0 * life)
    growth: float = (1.0 + rate) ** -life
    return rate / (1.0 - growth)


def payment(rate: float, periods: float, principal: float) -> float:
    """Return what is paid at the end of each period for a loan of *principal*; *rate* a period.

    >>> round(payment(0.075 / 12, 180, 200_000), 6)
    1854.02472
    """
    return principal * annuity(rate, periods)


def periods(rate: float, paid: float, principal: float) -> float | None:
    """Return in how many periods *paid* pays *principal* back; None: never, interest eats it.

    >>> round(periods(0.07 / 12, 150, 8_000), 6)
    64.073349
    """
    if rate == 0:
        return principal / paid if paid > 0 else None
    if paid <= principal * rate:
        return None
    return math.log(paid / (paid - principal * rate)) / math.log1p(rate)


def nominal(real: float, inflation: float) -> float:
    """Return the nominal rate of a *real* one: 1 + n = (1 + r)(1 + i).

    >>> round(nominal(0.06, 0.04), 4)
    0.1024
    """
    return (1.0 + real) * (1.0 + inflation) - 1.0
