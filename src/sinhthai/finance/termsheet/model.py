"""What a term sheet holds, whatever its form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sinhthai.finance.engine.eligibility import Verdict
from sinhthai.finance.engine.taxonomy import Check
from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class TermSheet:
    """A project with the appraisal that holds, as plain values; nothing is worked out here."""

    title: str
    enterprise: Text
    park: Text
    invented: bool
    stage: Text
    kind: Text
    description: str
    assumptions: Mapping[str, Any]
    """As kept: :class:`sinhthai.finance.engine.assumptions.Assumptions` in plain values."""
    result: Mapping[str, Any]
    pins: Mapping[str, Any]
    appraised_at: dt.datetime
    taxonomy: Check
    verdicts: tuple[Verdict, ...]
    made_on: dt.date

    @property
    def years(self) -> int:
        """Years of use that are counted."""
        return len(self.result["flows"]) - 1

    def inputs(self) -> dict[str, float | None]:
        """Return every number the sheet is worked out from, by name."""
        given, pins = self.assumptions, self.pins
        hours = pins.get("hours") or (None, None, None)
        prices = pins.get("prices") or (None, None, None)
        return {
            **{
                name: given[name]
                for name in (
                    "investment", "grant", "salvage", "life", "horizon", "first_year", "rate",
                    "inflation", "escalation", "tax", "electricity_mwh", "water_m3", "water_price",
                    "other_saving", "running_cost", "grid_factor", "asked_share", "asked_years",
                    "loan_rate",
                )
            },
            "is_real": float(given["is_real"]),
            "depreciation_years": given["depreciation_years"] or given["life"],
            "hours_normal": hours[0],
            "hours_off_peak": hours[1],
            "hours_peak": hours[2],
            "price_normal": prices[0],
            "price_off_peak": prices[1],
            "price_peak": prices[2],
            "price": pins.get("electricity_vnd_kwh"),
            "co2e": self.result["co2e"],
        }  # fmt: skip

    def loan(self) -> dict[str, float | None]:
        """Return loan, even yearly debt service and its coverage; None where not stated."""
        given = self.assumptions
        share, years, rate = given["asked_share"], given["asked_years"], given["loan_rate"]
        loan = None if share is None else share * given["investment"]
        if loan is None or not years or rate is None:
            return {"loan": loan, "debt_service": None, "coverage": None}
        service = loan * (rate / (1 - (1 + rate) ** -years) if rate else 1 / years)
        first = self.result["flows_after_tax"][1]
        return {
            "loan": loan,
            "debt_service": service,
            "coverage": first / service if service else None,
        }
