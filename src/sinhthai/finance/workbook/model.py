"""What a workbook of measures says once it is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sinhthai.factors.model import GwpName, Policy
from sinhthai.finance.engine.measures import Carrier, Measure, Use
from sinhthai.finance.engine.model import Scenario
from sinhthai.finance.engine.risk import Spread
from sinhthai.foundation.problems import Problem


@dataclass(frozen=True, slots=True)
class Given:
    """The sheet of assumptions as read; None where a cell is empty."""

    rate: float
    horizon: int
    first_year: int
    money_kind: str = "nominal"
    inflation: float = 0.0
    tax: float = 0.2
    depreciation_years: int | None = None
    voltage: str | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    days: int = 6
    tariff_on: dt.date | None = None
    factor_year: int | None = None
    gwp: GwpName = "AR5"
    policy: Policy = "national"

    @property
    def year_of_factors(self) -> int:
        """The year asked for, else the first year of savings."""
        return self.factor_year or self.first_year


@dataclass(frozen=True, slots=True)
class MeasureFile:
    """Measures, what they share, and remarks that go with the answer."""

    file: str
    sha256: str
    measures: tuple[Measure, ...]
    scenario: Scenario
    spread: Spread
    given: Given
    carriers: Mapping[str, Carrier]
    uses: Mapping[str, Use]
    remarks: tuple[Problem, ...]
    is_invented: bool
    factors_hash: str
