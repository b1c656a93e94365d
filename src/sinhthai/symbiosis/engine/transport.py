"""What carrying a stream costs and emits per kilometre, by what it is: ``data/transport.csv``."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Haul:
    """How a medium travels.

    ``vnd`` and ``co2`` are per base unit and km of road; ``reach_km`` is the farthest sensible
    distance where no rule names one.
    """

    medium: str
    mode: str  # truck or pipe
    vnd: float
    co2: float
    reach_km: float
    source: str
    confidence: str
    verified: bool


@lru_cache(maxsize=1)
def load_hauls() -> Mapping[str, Haul]:
    """Return medium -> how it travels.

    >>> load_hauls()["heat"].mode
    'pipe'
    """
    text = resources.files("sinhthai.symbiosis").joinpath("data/transport.csv").read_text("utf-8")
    return {
        row["medium"]: Haul(
            row["medium"],
            row["mode"],
            float(row["haul_vnd"]),
            float(row["haul_co2_t"]),
            float(row["reach_km"]),
            row["source"],
            row["confidence"],
            row["verified"] == "yes",
        )
        for row in csv.DictReader(io.StringIO(text))
    }
