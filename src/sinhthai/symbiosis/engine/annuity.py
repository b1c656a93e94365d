"""What an investment costs a year."""

from __future__ import annotations


def annuity(rate: float, life: float) -> float:
    r"""Return the yearly share of an investment: :math:`r / (1 - (1+r)^{-n})` [1/year].

    Parameters
    ----------
    rate : yearly interest, 0.1 for 10 %; 0 spreads the investment evenly.
    life : years over which it is spread.

    >>> round(annuity(0.1, 10), 6)
    0.162745
    >>> annuity(0, 20)
    0.05
    """
    return rate / (1.0 - (1.0 + rate) ** -life) if rate else 1.0 / life
