"""The same proposal in nominal money and in constant prices: both have the same worth.

Nominal money counts what is paid in each year; constant prices count everything in money of year
0. Rates, escalations and prices change together, ``1 + nominal = (1 + real)(1 + inflation)``; who
changes one and not the others gets a wrong worth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sinhthai.finance.engine.annuity import nominal
from sinhthai.finance.engine.model import Proposal, Scenario


def in_other_money(proposal: Proposal, scenario: Scenario) -> tuple[Proposal, Scenario]:
    """Return both in constant prices where they are nominal, in nominal money where they are real.

    Prices are of year 1: one year of inflation lies between them and money of year 0.

    >>> from sinhthai.finance.engine.flows import appraise
    >>> drive = Proposal("vsd", "VSD", 200e6, 10, other_saving=110e6, running_cost=5e6)
    >>> market = Scenario(0.1, 10, 2025, inflation=0.04)
    >>> here, there = appraise(drive, market), appraise(*in_other_money(drive, market))
    >>> abs(here.npv - there.npv) < 1, abs(here.npv_after_tax - there.npv_after_tax) < 1
    (True, True)
    """
    inflation = scenario.inflation
    if scenario.is_real:
        step = 1.0 + inflation
        rate = nominal(scenario.rate, inflation)
    else:
        step = 1.0 / (1.0 + inflation)
        rate = real(scenario.rate, inflation)

    def each(values: Mapping[str, float], change: Callable[[float], float]) -> dict[str, float]:
        return {name: change(value) for name, value in values.items()}

    # What no carrier explains follows inflation: constant in real terms, so only its year moves.
    return (
        replace(
            proposal,
            other_saving=proposal.other_saving * step,
            running_cost=proposal.running_cost * step,
            salvage=proposal.salvage * step**proposal.life,
            prices=each(proposal.prices, lambda price: price * step),
        ),
        replace(
            scenario,
            rate=rate,
            is_real=not scenario.is_real,
            prices=each(scenario.prices, lambda price: price * step),
            escalation={
                carrier: (1.0 + scenario.escalation.get(carrier, 0.0)) * step - 1.0
                for carrier in {*proposal.savings, *scenario.escalation}
            },
        ),
    )


def real(rate: float, inflation: float) -> float:
    """Return the real rate of a nominal one.

    >>> round(real(0.1024, 0.04), 4)
    0.06
    """
    return (1.0 + rate) / (1.0 + inflation) - 1.0
