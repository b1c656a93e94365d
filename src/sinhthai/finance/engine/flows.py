"""What a proposal is worth: its flows of money year by year, before tax and after.

Year 0 holds the investment, years 1 to the life (or the horizon, where that is shorter) the
savings less the running cost. After tax a saving shrinks by the tax it causes and depreciation
gives tax back: ``saving (1 - t) + depreciation t``; the enterprise is taken to have other profits
to set a loss against.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sinhthai.finance.engine.annuity import annuity
from sinhthai.finance.engine.irr import find_irr
from sinhthai.finance.engine.model import Appraisal, Proposal, Scenario
from sinhthai.finance.engine.npv import Floats, npv, payback
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text


def appraise(proposal: Proposal, scenario: Scenario) -> Appraisal:
    """Appraise *proposal* under *scenario*.

    Raises
    ------
    InputError : every fault of the two at once: a carrier without a price, no life, a rate of
        -100 % or less, a negative investment.

    >>> vsd = Proposal("vsd", "VSD", 200e6, 10, {"electricity": 60.0})
    >>> market = Scenario(0.1, 10, 2025, prices={"electricity": 1_833_000.0},
    ...                   co2_factors={"electricity": 0.6592})
    >>> result = appraise(vsd, market)
    >>> round(result.npv), round(result.irr.value, 6), round(result.payback, 4)
    (475779490, 0.542698, 1.8185)
    >>> round(result.abatement_cost), result.co2e
    (-1957699, 39.552)
    """
    problems = faults(proposal, scenario)
    if problems:
        raise InputError(problems)
    savings = yearly_savings(proposal, scenario)
    years = np.arange(1, len(savings) + 1)
    invested = proposal.investment - proposal.grant
    growth = 1.0 if scenario.is_real else (1.0 + scenario.inflation) ** (years - 1)
    net = savings - proposal.running_cost * growth
    end = _salvage(proposal, scenario, len(savings))
    flows = np.concatenate([[-invested], net])
    flows[-1] += end
    taxed = np.concatenate([[-invested], net * (1.0 - scenario.tax)])
    taxed[1:] += _depreciation(invested, proposal, scenario, len(savings)) * scenario.tax
    taxed[-1] += end
    co2e = saved_co2e(proposal, scenario)
    first = float(net[0])
    cost = None
    if co2e is not None and co2e > 0:
        cost = (invested * annuity(scenario.rate, proposal.life) - first) / co2e
    return Appraisal(
        proposal=proposal.id,
        flows=tuple(flows.tolist()),
        flows_after_tax=tuple(taxed.tolist()),
        npv=npv(scenario.rate, flows),
        npv_after_tax=npv(scenario.rate, taxed),
        irr=find_irr(flows),
        irr_after_tax=find_irr(taxed),
        payback=payback(flows.tolist()),
        discounted_payback=payback(flows.tolist(), scenario.rate),
        yearly_saving=first,
        co2e=co2e,
        abatement_cost=cost,
    )


def yearly_savings(proposal: Proposal, scenario: Scenario) -> Floats:
    """Return what is saved in years 1, 2, … [VND] (n,): carriers at their prices, and the rest.

    Prices are of ``scenario.first_year``, which is year 1, and change by ``escalation`` (real
    where the scenario is real); what no carrier explains follows inflation.
    """
    years = min(proposal.life, scenario.horizon)
    steps = np.arange(years)
    inflation = 0.0 if scenario.is_real else scenario.inflation
    total = proposal.other_saving * (1.0 + inflation) ** steps
    for carrier, quantity in proposal.savings.items():
        price = proposal.prices.get(carrier, scenario.prices.get(carrier, 0.0))
        total = total + quantity * price * (1.0 + scenario.escalation.get(carrier, 0.0)) ** steps
    return total.astype(np.float64)


def saved_co2e(proposal: Proposal, scenario: Scenario) -> float | None:
    """Return the t CO2e saved a year; None: nothing says how much."""
    if proposal.co2e is not None:
        return proposal.co2e
    if not proposal.savings or not proposal.savings.keys() <= scenario.co2_factors.keys():
        return None  # what no carrier explains may save tonnes nobody has counted
    return sum(
        quantity * scenario.co2_factors[carrier] for carrier, quantity in proposal.savings.items()
    )


def _salvage(proposal: Proposal, scenario: Scenario, years: int) -> float:
    """What is sold at the end of the life; nothing when the horizon ends before it."""
    return proposal.salvage if years == proposal.life <= scenario.horizon else 0.0


def _depreciation(invested: float, proposal: Proposal, scenario: Scenario, years: int) -> Floats:
    """Return the yearly depreciation [VND] (years,), straight line; in a real scenario deflated."""
    lasts = scenario.depreciation_years or proposal.life
    each = np.where(np.arange(years) < lasts, invested / lasts, 0.0)
    if scenario.is_real:
        each = each / (1.0 + scenario.inflation) ** np.arange(1, years + 1)
    return np.asarray(each, dtype=np.float64)


# -- what is refused -----------------------------------------------------------------------------


def faults(proposal: Proposal, scenario: Scenario) -> list[Problem]:
    """Return everything that keeps *proposal* from being appraised."""
    found = []
    unpriced = sorted(
        carrier
        for carrier, quantity in proposal.savings.items()
        if quantity and carrier not in proposal.prices and carrier not in scenario.prices
    )
    if unpriced:
        found.append(_unpriced(proposal.name, unpriced))
    if proposal.life < 1:
        found.append(_wrong(proposal.name, "life", _LIFE))
    if proposal.investment < 0 or proposal.grant < 0:
        found.append(_wrong(proposal.name, "investment", _INVESTMENT))
    if proposal.grant > proposal.investment:
        found.append(_wrong(proposal.name, "grant", _GRANT))
    if scenario.horizon < 1:
        found.append(_wrong(proposal.name, "horizon", _HORIZON))
    if scenario.rate <= -1 or scenario.rate >= 1:
        found.append(_wrong(proposal.name, "rate", _RATE))
    if not 0 <= scenario.tax < 1:
        found.append(_wrong(proposal.name, "tax", _TAX))
    return found


def remarks(proposal: Proposal, scenario: Scenario) -> tuple[Text, ...]:
    """Return what a reader must know: nothing is wrong, but something was left out."""
    if proposal.life <= scenario.horizon:
        return ()
    return (
        Text(
            f"Tuổi thọ {proposal.life} năm dài hơn thời hạn thẩm định {scenario.horizon} năm:"
            " lợi ích sau đó không được tính.",
            f"The life of {proposal.life} years is longer than the horizon of "
            f"{scenario.horizon}: what comes after is not counted.",
        ),
    )


Says = tuple[Text, Text]
_LIFE: Says = (
    Text("Tuổi thọ phải từ 1 năm.", "The life must be one year or more."),
    Text("Ghi số năm nguyên.", "Give whole years."),
)
_INVESTMENT: Says = (
    Text("Vốn đầu tư hoặc hỗ trợ là số âm.", "The investment or grant is negative."),
    Text("Ghi số dương; khoản thu ghi ở phần tiết kiệm.", "Give it positive."),
)
_GRANT: Says = (
    Text("Hỗ trợ lớn hơn vốn đầu tư.", "The grant is larger than the investment."),
    Text("Xem lại hai số này.", "Look at the two figures again."),
)
_HORIZON: Says = (
    Text("Thời hạn thẩm định phải từ 1 năm.", "The horizon must be one year or more."),
    Text("Ghi số năm nguyên.", "Give whole years."),
)
_RATE: Says = (
    Text(
        "Lãi suất chiết khấu phải lớn hơn -100 % và nhỏ hơn 100 %.",
        "The discount rate must be above -100 % and below 100 %.",
    ),
    Text("10 % ghi là 10% hoặc 0,1.", "Write 10 % as 10% or 0.1."),
)
_TAX: Says = (
    Text("Thuế suất phải từ 0 đến dưới 100 %.", "The tax rate must be from 0 to below 100 %."),
    Text("20 % ghi là 20% hoặc 0,2.", "Write 20 % as 20% or 0.2."),
)


def _wrong(name: str, field: str, says: Says) -> Problem:
    what, cure = says
    return Problem(f"appraise-{field}", Text(f"{name}: {what.vi}", f"{name}: {what.en}"), cure)


def _unpriced(name: str, carriers: Sequence[str]) -> Problem:
    listed = ", ".join(carriers)
    return Problem(
        "appraise-price",
        Text(f"{name}: chưa có giá của {listed}.", f"{name}: no price of {listed}."),
        Text(
            "Ghi giá trong bảng, hoặc trong phần giả định chung.",
            "Give the price in the list, or among the common assumptions.",
        ),
    )
