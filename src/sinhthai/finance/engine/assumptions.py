"""From what a person states about a project to a proposal and a scenario, and back into words.

The price of electricity comes from the dated tariff by voltage and the hours of use, or is the
person's own; either way the result says which.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from sinhthai.factors.lookup import Factors
from sinhthai.finance.engine.bills import hours_of_day, mean_price
from sinhthai.finance.engine.model import Proposal, Scenario

ELECTRICITY, WATER = "electricity", "water"
_KWH_PER_MWH = 1000.0
_SUNDAY = 6
PriceFrom = Literal["tariff", "own"]


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What the form of an appraisal asks for; money in VND, shares as fractions, a year each."""

    investment: float
    life: int
    rate: float
    horizon: int
    first_year: int
    grant: float = 0.0
    salvage: float = 0.0
    running_cost: float = 0.0
    electricity_mwh: float = 0.0
    water_m3: float = 0.0
    other_saving: float = 0.0
    price_from: PriceFrom = "tariff"
    voltage: str = ""
    starts: str = "08:00"
    ends: str = "17:00"
    own_price: float | None = None
    """VND per kWh without VAT; where the tariff does not serve."""
    water_price: float | None = None
    """VND per m**3: supply and what the wastewater of it costs."""
    escalation: float = 0.0
    """Yearly change of the price of electricity and water."""
    inflation: float = 0.0
    is_real: bool = False
    tax: float = 0.2
    depreciation_years: int | None = None
    co2e: float | None = None
    """t CO2e saved a year; None: of the electricity alone, by ``grid_factor``."""
    grid_factor: float | None = None
    """t CO2e/MWh."""
    asked_share: float | None = None
    """Share of the investment that is to be borrowed."""
    asked_years: int | None = None
    loan_rate: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the assumptions as plain values, to be kept."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Assumptions:
        """Return kept assumptions; what a later version no longer knows is left out."""
        names = {field.name for field in dataclasses.fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in names})


@dataclass(frozen=True, slots=True)
class ElectricityPrice:
    """The price of a kWh [VND, without VAT] and where it comes from."""

    value: float
    decision: str = ""
    """The decision of the tariff; empty: the person's own."""
    verified: bool = False
    hours: tuple[float, ...] = ()
    """Normal, off-peak and peak hours of the day; of an own price none."""
    prices: tuple[float, ...] = ()
    """What a kWh costs in them [VND]."""


def electricity_price(given: Assumptions, factors: Factors, on: dt.date) -> ElectricityPrice | None:
    """Return what a kWh costs; None where none is saved.

    Raises
    ------
    NoFactor : no tariff is known for that day or voltage.

    >>> from sinhthai.factors.loading import load_factors
    >>> given = Assumptions(1, 1, 0.1, 1, 2025, electricity_mwh=1, voltage="medium",
    ...                     starts="08:00", ends="09:00")
    >>> factors = load_factors()
    >>> voltages = {tariff.voltage for tariff in factors.tariffs}
    >>> low = dataclasses.replace(given, voltage=min(voltages))
    >>> electricity_price(low, factors, dt.date(2025, 6, 2)).hours
    (1.0, 0.0, 0.0)
    """
    if not given.electricity_mwh:
        return None
    if given.price_from == "own":
        return None if given.own_price is None else ElectricityPrice(given.own_price)
    if on.weekday() == _SUNDAY:  # its hours are not those a working load pays
        on += dt.timedelta(days=1)
    tariff = factors.tariff(on, given.voltage)
    bands = factors.bands_on(on)
    hours = hours_of_day(bands, _time(given.starts), _time(given.ends))
    return ElectricityPrice(
        mean_price(tariff, hours),
        tariff.decision,
        tariff.verified and all(band.verified for band in bands),
        (hours.normal, hours.off_peak, hours.peak),
        (tariff.normal, tariff.off_peak, tariff.peak),
    )


def proposal_of(project: str, name: str, given: Assumptions) -> Proposal:
    """Return the proposal the assumptions describe."""
    savings = {ELECTRICITY: given.electricity_mwh, WATER: given.water_m3}
    return Proposal(
        project,
        name,
        given.investment,
        given.life,
        {carrier: amount for carrier, amount in savings.items() if amount},
        given.other_saving,
        given.running_cost,
        given.grant,
        given.salvage,
        saved_co2e(given),
    )


def saved_co2e(given: Assumptions) -> float | None:
    """Return the t CO2e saved a year: as stated, else of the electricity alone; None: not known.

    What water saves elsewhere (pumping, treatment) is not counted rather than taken for zero: it
    comes on top.

    >>> saved_co2e(Assumptions(1, 1, 0.1, 1, 2025, electricity_mwh=60, grid_factor=0.6592))
    39.552
    """
    if given.co2e is not None:
        return given.co2e
    if not given.electricity_mwh or given.grid_factor is None:
        return None
    return given.electricity_mwh * given.grid_factor


def scenario_of(given: Assumptions, electricity: ElectricityPrice | None) -> Scenario:
    """Return the scenario; a carrier without a price stays out, and the appraisal says so."""
    prices: dict[str, float] = {}
    if electricity is not None:
        prices[ELECTRICITY] = electricity.value * _KWH_PER_MWH
    if given.water_price is not None:
        prices[WATER] = given.water_price
    return Scenario(
        given.rate,
        given.horizon,
        given.first_year,
        given.is_real,
        given.inflation,
        given.tax,
        given.depreciation_years,
        prices,
        dict.fromkeys(prices, given.escalation),
    )


def _time(written: str) -> dt.time:
    return dt.time.fromisoformat(written)
