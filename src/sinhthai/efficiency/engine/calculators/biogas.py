"""Biogas from strong wastewater."""

from __future__ import annotations

from dataclasses import dataclass

from sinhthai.efficiency.engine.calculators.given import require

MOST_METHANE = 0.25
"""t CH4 per t COD removed: the theoretical most (IPCC 2006, volume 5)."""
METHANE_HEAT = 50.0
"""GJ/t, net calorific value of methane."""


@dataclass(frozen=True, slots=True)
class Biogas:
    """A year of a digester."""

    methane: float
    """t caught."""
    escaped: float
    """t not caught: it counts as an emission."""
    heat: float
    """MWh in the gas."""


def biogas(cod: float, *, removal: float, capture: float, reached: float = 1.0) -> Biogas:
    """Return the gas of a digester.

    Parameters
    ----------
    cod : t of COD that enter a year.
    removal : share of it digested.
    capture : share of the methane caught.
    reached : share of the theoretical 0.25 t/t that is reached.

    >>> found = biogas(1000.0, removal=0.8, capture=0.9)
    >>> round(found.methane), round(found.escaped), round(found.heat)
    (180, 20, 2500)
    """
    require(
        not_negative={"cod": cod},
        shares={"removal": removal, "capture": capture, "reached": reached},
    )
    made = cod * removal * MOST_METHANE * reached
    return Biogas(made * capture, made * (1.0 - capture), made * capture * METHANE_HEAT / 3.6)
