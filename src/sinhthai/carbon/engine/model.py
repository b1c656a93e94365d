"""What an inventory is made of: activities in, lines and totals out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sinhthai.factors.model import GwpName, Policy
from sinhthai.foundation.problems import Place
from sinhthai.foundation.text import Text

Kind = Literal[
    "stationary",
    "mobile",
    "electricity",
    "heat",
    "refrigerant",
    "process",
    "wastewater",
    "landfill",
    "incineration",
    "biological",
    "other",
]
"""The method of a line. ``heat``: steam or heat bought. ``biological``: composting, digestion.
``other``: a chosen scope 3 category with a factor of its own."""

Scope = Literal[1, 2, 3]
_NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Activity:
    """How much of what, by one enterprise (or a park's own operation) in one year.

    ``quantity`` None: not reported; the line is then unknown and so is its total, never zero.
    ``supplier`` names the park when it sold this (power, steam, wastewater treatment): a park's
    total then counts it once.
    """

    subject: str
    year: int
    line: str
    kind: Kind
    what: str
    """Activity of ``factors``: anthracite, diesel, electricity, r-410a, clinker, …"""
    quantity: float | None
    unit: str
    """As written; brought to the base unit of what is measured, or refused."""
    scope: Scope = 1
    category: str = ""
    """Category of the factor (manufacturing, road, …), or of scope 3 (1 to 15)."""
    parameters: Mapping[str, float] = field(default_factory=dict)
    """What the plant measured itself: ncv, density, efficiency, cod, mcf, recovered, …"""
    uncertainty: float | None = None
    """Half-width of the 95 % interval of the quantity, per cent; None: by the kind of evidence."""
    supplier: str = ""
    note: str = ""
    place: Place = _NOWHERE


@dataclass(frozen=True, slots=True)
class Settings:
    """How an inventory is computed; pinned with it."""

    gwp: GwpName = "AR5"
    policy: Policy = "national"
    last_published: bool = False
    """Allow the last published grid factor for a later year: flagged on every line it touches."""
    draws: int = 0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One gas of one activity. Masses in t; None where the activity or a factor is unknown."""

    subject: str
    year: int
    line: str
    kind: Kind
    what: str
    scope: Scope
    gas: str
    mass_t: float | None
    co2e_t: float | None
    low_t: float | None
    high_t: float | None
    is_biogenic: bool
    """CO2 of biomass: apart from the scopes."""
    is_outside: bool
    """A gas of the Montreal Protocol: outside the totals."""
    supplier: str
    tier: int
    formula: Text
    factors: tuple[str, ...]
    """Ids of the factors used, in the order of the formula."""
    flags: tuple[Text, ...] = ()
    slope: float = 0.0
    """t per written unit: ``mass_t = slope * quantity + offset_t``."""
    offset_t: float = 0.0
    potential: float = 0.0
    """t CO2e per t of the gas, of the inventory's one set."""


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of lines [t CO2e] with its 95 % interval; None: some part is unknown."""

    subject: str
    year: int
    scope: Scope | None
    """None: scopes 1 and 2 together."""
    co2e_t: float | None
    low_t: float | None
    high_t: float | None
    known_t: float
    """Sum of what is known: equal to ``co2e_t`` when nothing is missing."""
    unknown: tuple[str, ...] = ()
    """Lines that are not known."""
