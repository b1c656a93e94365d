"""What is planned of an exchange, and how one plan is told from another."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sinhthai.symbiosis.actions.refusals import refuse
from sinhthai.symbiosis.models import Exchange

MOST = 1e18
"""Above every sum of VND, and every quantity, of one exchange a year."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned of an exchange, per year; None is not known. At most ``MOST`` of each."""

    quantity: float | None = None
    unit: str = ""
    value_vnd: float | None = None
    investment_vnd: float | None = None
    co2_t: float | None = None

    def check(self) -> None:
        """Raise InputError for a number no exchange can have; sums of the rest stay finite."""
        for value in (self.quantity, self.value_vnd, self.investment_vnd, self.co2_t):
            if value is not None and not abs(value) <= MOST:
                raise refuse("number-too-large")


def plan_digest(exchange: Exchange) -> str:
    """Return what tells one plan of an exchange from another."""
    said = [getattr(exchange, name) for name in ("title", "kind", *Plan.__dataclass_fields__)]
    return hashlib.sha256(repr(said).encode()).hexdigest()
