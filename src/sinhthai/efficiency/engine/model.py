"""A measure of the catalogue, and a saving with what it is of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sinhthai.foundation.text import Text

Category = Literal["GH", "IC", "PC", "EM", "TC", "OR", "BP", "PM"]
"""Good housekeeping, input change, process control, equipment modification, technology change,
on-site reuse, by-product, product modification."""

Confidence = Literal["seen", "partly", "memory"]

Status = Literal[
    "identified", "rejected", "planned", "in_implementation", "implemented", "verified"
]

Class = Literal["potential", "planned", "implemented", "verified"]
"""Savings of different classes are never added together."""

_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Figure:
    """A range with its source; None where the source gives nothing."""

    low: float | None
    typical: float | None
    high: float | None
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of the catalogue: what it does, to which use, how much it typically saves."""

    id: str
    number: int
    name: Text
    area: str
    """compressed_air, motors, lighting, steam, furnaces, cooling, renewables, water, sector."""
    category: Category
    use: str
    """The use the share is of: electricity.compressed_air, fuel.boiler, water.cleaning, …"""
    saving: Figure
    """Share of the use, 0 to 1."""
    payback: Figure
    """Years."""
    cost_class: str
    life: Figure
    arc: str
    sectors: tuple[str, ...] = ()
    """ISIC divisions it is for; empty: any."""
    needs: tuple[str, ...] = ()
    """What must be metered or known to size it."""
    excludes: tuple[str, ...] = ()
    calculator: str = ""
    note: Text = _NOTHING
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Saving:
    """What a measure saves a year, by carrier; money and CO2 follow from prices and factors.

    Carriers: electricity [MWh], a fuel's activity id [t or m**3], water, wastewater [m**3],
    materials, chemicals, waste [t]. A carrier that is not named is not known to change.
    """

    carriers: Mapping[str, float] = field(default_factory=dict)
    value_vnd: float | None = None
    co2e_t: float | None = None
