"""Load moved between the hours of the day: money, but neither energy nor CO2."""

from __future__ import annotations

from dataclasses import dataclass

from sinhthai.efficiency.engine.calculators.given import require


@dataclass(frozen=True, slots=True)
class Shift:
    """What moving load brings in a year."""

    energy: float
    """MWh saved: none."""
    value: float
    """VND."""
    co2e: float
    """t: none. A factor of the year says nothing about the hour (Circular 38/2023 uses one)."""


def shift_value(moved: float, from_price: float, to_price: float) -> Shift:
    """Return what moving *moved* [MWh a year] between two prices [VND/kWh] brings.

    >>> shift_value(1.0, 3398, 1190)
    Shift(energy=0.0, value=2208000.0, co2e=0.0)
    """
    require(not_negative={"moved": moved, "from_price": from_price, "to_price": to_price})
    return Shift(0.0, moved * 1000.0 * (from_price - to_price), 0.0)
