"""What an enterprise of an industry typically gives and asks for, before it says so itself.

Orders of magnitude per employee and year (``data/profiles.csv``), from memory: wide ranges of low
confidence, always marked *estimated*. They start a conversation; they are no report.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sinhthai.foundation.text import Text
from sinhthai.registry.engine.vsic import industries
from sinhthai.symbiosis.engine.codes import shipped
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.knowledge_model import Material
from sinhthai.symbiosis.engine.profile_files import FILE, Confidence, Profile, read_profiles
from sinhthai.symbiosis.engine.streams import Direction


@dataclass(frozen=True, slots=True)
class TypicalStream:
    """A stream an enterprise probably has. Quantities are per year, None where not to be told."""

    direction: Direction
    material: str
    name: Text
    unit: str
    quantity: float | None
    quantity_min: float | None
    quantity_max: float | None
    months: int
    state: str
    hazard: str | None
    usual: bool
    basis: Text
    source: str
    confidence: Confidence
    estimated: Literal[True] = True

    @property
    def code(self) -> str:
        """The code of its ``STREAM_SCHEMA`` row."""
        return f"material:{self.material}"

    def row(
        self,
        *,
        id: str,
        enterprise: str,
        park: str | None,
        lat: float | None,
        lon: float | None,
        language: str = "vi",
    ) -> dict[str, object]:
        """Return the stream as a row of ``STREAM_SCHEMA``; sorting and price are not known."""
        return {
            "id": id,
            "enterprise": enterprise,
            "park": park,
            "name": self.name.get(language),
            "code": self.code,
            "unit": self.unit,
            "quantity": self.quantity,
            "quantity_min": self.quantity_min,
            "quantity_max": self.quantity_max,
            "months": self.months,
            "state": self.state,
            "hazard": self.hazard,
            "sorted": None,
            "price": None,
            "lat": lat,
            "lon": lon,
            "estimated": True,
        }


def typical_streams(vsic: str, employees: int | None) -> tuple[TypicalStream, ...]:
    """Return what an enterprise of class *vsic* with so many *employees* typically has.

    Rows of the class, its group, division and section count; where two speak of the same
    material the narrower one does. The usual streams come first, then in order of the file.

    Parameters
    ----------
    vsic : four or five digits; an unknown code yields nothing.
    employees : None, or not above zero, when not known: then no quantity is given, not zero.

    >>> beer = typical_streams("1103", 200)
    >>> grains = next(one for one in beer if one.material == "brewers-grains")
    >>> grains.quantity_min, grains.quantity, grains.quantity_max, grains.unit
    (3000.0, 12000.0, 30000.0, 't')
    >>> typical_streams("1103", None)[0].quantity is None
    True
    >>> typical_streams("6201", 50)
    ()
    """
    materials = load_knowledge().materials
    chosen: dict[tuple[str, str], Profile] = {}
    for scope in _scopes(vsic):  # from wide to narrow
        for profile in load_profiles().get(scope, ()):
            chosen[profile.direction, profile.material] = profile
    found = [_typical(one, materials[one.material], employees) for one in chosen.values()]
    return tuple(sorted(found, key=lambda one: not one.usual))


@lru_cache(maxsize=1)
def load_profiles() -> Mapping[str, tuple[Profile, ...]]:
    """Return the shipped profiles by industry.

    >>> len(load_profiles()) > 25
    True
    """
    rows = read_profiles(shipped(FILE), load_knowledge().materials)
    return {
        vsic: tuple(row for row in rows if row.vsic == vsic)
        for vsic in dict.fromkeys(row.vsic for row in rows)
    }


def _scopes(vsic: str) -> Iterator[str]:
    """Yield section, division, group and class of a code, as far as they exist."""
    known = industries()
    digits = vsic.strip()
    section = next((one.section for one in known.values() if one.division == digits[:2]), None)
    if section is not None and len(digits) >= 2:
        yield section
        yield from (digits[:length] for length in (2, 3, 4) if len(digits) >= length)


def _typical(profile: Profile, material: Material, employees: int | None) -> TypicalStream:
    heads = employees if employees is not None and employees > 0 else None

    def yearly(per_head: float) -> float | None:
        return None if heads is None else _rounded(per_head * heads)

    return TypicalStream(
        profile.direction,
        profile.material,
        material.name,
        material.unit,
        yearly(profile.mid),
        yearly(profile.low),
        yearly(profile.high),
        profile.months,
        material.state,
        material.hazard or None,
        profile.usual,
        profile.basis,
        profile.source,
        profile.confidence,
    )


def _rounded(value: float) -> float:
    """Return *value* to two figures: more would claim what nobody knows."""
    return round(value, 1 - math.floor(math.log10(value)))
