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
    """Keys of ``sources.csv``, with ``;`` between them."""
    confidence: Confidence

    @property
    def is_known(self) -> bool:
        """Whether the source gives any number."""
        return not (self.low is None and self.typical is None and self.high is None)

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """Lowest and highest; the typical figure where the source gives only that."""
        low = self.typical if self.low is None and self.high is None else self.low
        high = self.typical if self.low is None and self.high is None else self.high
        return low, high


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
    """L below 5, M 5 to 50, H above 50 thousand USD for a mid-size plant, or two of them (L-M);
    empty: unknown."""
    life: Figure
    """Years; ``typical`` is the one figure of a source that gives one."""
    arc: tuple[str, ...]
    """Nearest codes of the US list of recommendations (ARC 21.1); x stands for a group."""
    per: str = ""
    """The share is for each of these (``3 K``); empty: for the measure as a whole."""
    other_categories: tuple[Category, ...] = ()
    cost_confidence: Confidence = "memory"
    sectors: tuple[str, ...] = ()
    """ISIC divisions it is for; empty: any."""
    needs: tuple[str, ...] = ()
    """What must be metered or known to size it."""
    excludes: tuple[str, ...] = ()
    calculator: str = ""
    """``module.function`` of ``calculators`` that sizes it; empty: none yet."""
    note: Text = _NOTHING

    @property
    def verified(self) -> bool:
        """Whether the saving was seen in the source named."""
        return self.saving.confidence == "seen"


@dataclass(frozen=True, slots=True)
class Use:
    """What a share is of: an end use of a carrier, by its metered quantity a year."""

    id: str
    """``carrier.enduse``."""
    carrier: str
    """electricity, fuel (any), steam, heat, energy, water, wastewater, chemicals, materials,
    waste, money, co2e."""
    unit: str
    """Of the quantity; empty for ``fuel``, which has the unit of the fuel burnt."""
    name: Text
    within: str = ""
    """The use it is a part of: what is saved of a part is gone from the whole."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The measures in the order of the catalogue, with the words they are written in."""

    measures: tuple[Measure, ...]
    uses: Mapping[str, Use]
    needs: Mapping[str, Text]
    sources: Mapping[str, str]
    hash: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Saving:
    """What a measure saves a year, by carrier; money and CO2 follow from prices and factors.

    Carriers: electricity [MWh], a fuel's activity id [t or m**3], water, wastewater [m**3],
    materials, chemicals, waste [t]. A carrier that is not named is not known to change.
    """

    carriers: Mapping[str, float] = field(default_factory=dict)
    value_vnd: float | None = None
    co2e_t: float | None = None
