"""What a factor is: a number with its unit, interval, dates and the card of its table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sinhthai.foundation.text import Text

Authority = Literal["plant", "national", "ipcc2006", "ipcc2019", "published", "practice"]
"""Who stands behind a table; ``practice``: nobody but engineers' memory."""

Policy = Literal["national", "ipcc2006", "ipcc2019"]
"""Which table wins: ``national`` is Circular 38/2023 Art. 18 (plant, national list, IPCC)."""

GwpName = Literal["AR4", "AR5", "AR6"]
_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a table: shown beside every number that comes from it."""

    id: str
    title: Text
    source: str
    authority: Authority
    licence: str
    checked_on: dt.date
    verified: bool
    note: Text = _NOTHING


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that is burnt, bought, leaked, treated or made, and its names."""

    id: str
    name: Text
    group: str
    """fuel, electricity, steam, refrigerant, wastewater, waste, mineral, metal, chemical."""
    unit: str
    """Base unit of its quantity: t, m**3, MWh, GJ, kg."""
    biogenic: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Factor:
    """One number of one table.

    ``low`` and ``high`` are the 95 % interval (or the default range) of the source; None: the
    source gives none. ``valid_from`` and ``valid_to`` are inclusive; None is open. ``gas`` is
    empty for what is not an emission (net calorific value, density, tariff).
    """

    id: str
    table: str
    activity: str
    quantity: str
    """ncv, emission, density, cod, water, mcf, b0, doc, docf, k, dm, carbon, fossil, toe, …"""
    value: float
    unit: str
    gas: str = ""
    category: str = ""
    """manufacturing, energy, commercial, residential, road, off-road, …; empty: any."""
    low: float | None = None
    high: float | None = None
    tier: int = 1
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    verified: bool = False
    range_verified: bool = False
    """The interval was seen in a source; else it is from memory, or there is none."""
    source: str = ""
    """Letter, table or page; the card names the publication."""

    def holds_on(self, day: dt.date) -> bool:
        """Say whether the factor is valid on *day*."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """The factor a policy chose, what else stood there, and why this one."""

    factor: Factor
    others: tuple[Factor, ...]
    reason: Text
    is_last_published: bool = False
    """A later year was asked and the caller allowed the last one published: flagged."""


@dataclass(frozen=True, slots=True)
class GwpSet:
    """Global warming potentials over 100 years, kg CO2e per kg. One inventory uses one set."""

    name: GwpName
    values: Mapping[str, float]
    outside: frozenset[str] = field(default_factory=frozenset)
    """Gases of the Montreal Protocol: reported outside the totals."""
    card: str = ""


@dataclass(frozen=True, slots=True)
class Tariff:
    """What a kWh of production costs [VND/kWh, without VAT] by the hour of the day."""

    decision: str
    valid_from: dt.date
    valid_to: dt.date | None
    voltage: str
    """110kV, 22kV, 6kV, low."""
    normal: float
    off_peak: float
    peak: float
    verified: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Hours of the day with a price of their own; every other hour is normal.

    ``end`` before ``start``: over midnight.
    """

    decision: str
    valid_from: dt.date
    valid_to: dt.date | None
    on_sundays: bool
    start: dt.time
    end: dt.time
    kind: Literal["peak", "off_peak"]
    verified: bool


@dataclass(frozen=True, slots=True)
class Price:
    """A price somebody published, for scenarios; never applied by itself."""

    id: str
    value: float
    unit: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    verified: bool
    source: str
