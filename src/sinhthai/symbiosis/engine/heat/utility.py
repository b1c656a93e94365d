"""Utilities: heat bought or carried away outside the streams, level by level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

UtilityKind = Literal["hot", "cold", "both"]


@dataclass(frozen=True, slots=True)
class Utility:
    """Steam, hot oil, cooling water: heat at a level.

    Parameters
    ----------
    name : what people call it.
    kind : ``hot`` brings heat, ``cold`` carries it away, ``both`` is a main of the site that
        takes heat from one plant and brings it to another.
    supply, target : temperatures it comes with and leaves at [°C], of a ``both`` level as it
        brings heat. Equal where it condenses or evaporates.
    price : of one megawatt-hour, in any one currency; None when not stated. Negative where
        taking heat away earns money.
    limit : most there is of it [kW]; None for no limit.
    contribution : its own part of the least temperature difference [K].
    """

    name: str
    kind: UtilityKind
    supply: float
    target: float
    price: float | None = None
    limit: float | None = None
    contribution: float = 0.0

    @property
    def as_hot(self) -> tuple[float, float]:
        """Upper and lower shifted temperature [°C] where it brings heat."""
        return (
            max(self.supply, self.target) - self.contribution,
            min(self.supply, self.target) - self.contribution,
        )

    @property
    def as_cold(self) -> tuple[float, float]:
        """Upper and lower shifted temperature [°C] where it takes heat."""
        return (
            max(self.supply, self.target) + self.contribution,
            min(self.supply, self.target) + self.contribution,
        )
