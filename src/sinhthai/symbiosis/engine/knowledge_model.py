"""What the knowledge base of substitutions holds: materials, parameters, substitutions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sinhthai.foundation.text import Text

Unit = Literal["t", "m**3", "MWh"]
Medium = Literal["solid", "sludge", "liquid", "water", "gas", "heat"]
Use = Literal[
    "raw_material",
    "fuel",
    "construction",
    "treatment",
    "irrigation",
    "process_water",
    "heat",
    "energy",
    "product",
]
Confidence = Literal["high", "medium", "low"]

MEDIA = ("solid", "sludge", "liquid", "water", "gas", "heat")
USES = (
    "raw_material",
    "fuel",
    "construction",
    "treatment",
    "irrigation",
    "process_water",
    "heat",
    "energy",
    "product",
)
GROUPS = ("a", "b", "c")
"""Groups of ordinary industrial solid waste (Law 72/2020/QH14 Art 81.1)."""
HAZARDS = ("NH", "KS", "TT", "TT-R")
"""Hazardous, to be tested, ordinary, ordinary and re-usable (Circular 02/2022/TT-BTNMT)."""
CONFIDENCES = ("high", "medium", "low")
FROM_MEMORY = "from memory"
"""Words in ``source`` that bar a row from being called verified."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A property a stream is judged by. Values are in ``unit``, possible from low to high."""

    code: str
    name: Text
    unit: str  # a pint expression
    low: float | None  # the least value that can be; None: no bound
    high: float | None


@dataclass(frozen=True, slots=True)
class Material:
    """A by-product, waste, water or heat grade, or the product it replaces or becomes."""

    id: str
    name: Text
    unit: Unit  # the base unit, per year
    state: str
    family: str
    medium: Medium
    synonyms_vi: tuple[str, ...]
    synonyms_en: tuple[str, ...]
    ewc: tuple[str, ...]  # European List of Waste: six digits, or the prefix of a chapter
    vn: tuple[str, ...]  # Circular 02/2022/TT-BTNMT, Appendix III, digits only
    group: str  # a, b, c, or "" when the law's groups do not apply or the group is unknown
    hazard: str  # NH, KS, TT, TT-R, or "" for what is no waste
    hs: str  # heading of the Harmonized System, or ""
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound on one parameter, in that parameter's unit; None: no bound on this side."""

    parameter: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Span:
    """An estimate and the range it stands in."""

    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class Substitution:
    """One offer material that can take the place of one need material.

    ``ratio`` is how many units of the need one unit of the offer replaces. ``co2`` [t] and
    ``value`` [VND] are per unit of the offer, net of treatment, before transport; None where
    nobody gave a figure, which is not zero (H1).
    """

    id: str
    offer: str
    need: str
    use: Use
    receivers: tuple[str, ...]  # divisions, groups or classes of VSIC and ISIC
    givers: tuple[str, ...]
    treatment: Text  # both empty: none needed
    treatment_cost: float | None  # VND per unit of the offer
    limits: tuple[Limit, ...]
    replaces: Text
    ratio: float
    ratio_low: float
    ratio_high: float
    co2: Span | None
    value: Span | None
    reach_km: float | None
    source: str
    confidence: Confidence
    verified: bool
    note: Text


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The checked knowledge base. ``hash`` does not depend on the order of the rows (H6)."""

    materials: Mapping[str, Material]
    parameters: Mapping[str, Parameter]
    substitutions: Mapping[str, Substitution]
    by_offer: Mapping[str, tuple[Substitution, ...]]
    by_need: Mapping[str, tuple[Substitution, ...]]
    hash: str
