"""What is appraised and what comes out. Money in VND, time in whole years; year 0 invests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sinhthai.foundation.text import Text

_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A measure or exchange, as far as money is concerned.

    Quantities are per year, positive when saved: keys are carriers (electricity [MWh], a fuel's
    activity id [t or m**3], water [m**3], wastewater [m**3], material, waste [t]).
    """

    id: str
    name: str
    investment: float
    """VND in year 0; a rebate or grant stands apart."""
    life: int
    savings: Mapping[str, float] = field(default_factory=dict)
    other_saving: float = 0.0
    """VND a year that no carrier explains: labour, fees, materials priced by hand."""
    running_cost: float = 0.0
    grant: float = 0.0
    salvage: float = 0.0
    co2e: float | None = None
    """t CO2e saved a year; None: computed from the carriers' factors."""
    prices: Mapping[str, float] = field(default_factory=dict)
    """VND per unit, where the proposal states its own; else the scenario's."""
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """What all proposals of one appraisal share; printed with every result."""

    rate: float
    """Yearly discount rate, 0.1 for 10 %; nominal unless ``is_real``."""
    horizon: int
    first_year: int
    is_real: bool = False
    inflation: float = 0.0
    tax: float = 0.2
    depreciation_years: int | None = None
    """Straight line; None: the life of the proposal."""
    prices: Mapping[str, float] = field(default_factory=dict)
    """VND per unit of each carrier in ``first_year``, without VAT."""
    escalation: Mapping[str, float] = field(default_factory=dict)
    """Yearly change of a carrier's price."""
    co2_factors: Mapping[str, float] = field(default_factory=dict)
    """t CO2e per unit of each carrier."""


@dataclass(frozen=True, slots=True)
class Irr:
    """The internal rate of return, or why there is none.

    ``many``: several rates make the value zero, all are listed; ``value`` is then None.
    """

    value: float | None
    outcome: Literal["one", "none", "many"]
    roots: tuple[float, ...] = ()
    note: Text = _NOTHING


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What a proposal is worth under a scenario; before tax and after."""

    proposal: str
    flows: tuple[float, ...]
    flows_after_tax: tuple[float, ...]
    npv: float
    npv_after_tax: float
    irr: Irr
    irr_after_tax: Irr
    payback: float | None
    """Years; None: never."""
    discounted_payback: float | None
    yearly_saving: float
    co2e: float | None
    abatement_cost: float | None
    """VND per t CO2e; None where nothing is abated."""
