"""The streams a park is searched with: its own as they are, everybody else's coarse."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sinhthai.foundation.text import Text
from sinhthai.registry.models import Park
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.streams import Streams
from sinhthai.symbiosis.readers.streams import (
    COLUMNS,
    current_versions,
    made_coarse,
    streams_table,
)

_KM_PER_DEGREE = 111.2
_CELL_KM = 16.0  # a coarse place is at most this far from the real one


@dataclass(frozen=True, slots=True)
class Found:
    """A stream of a search: which version it was, whose, and whether of the park."""

    stream: int
    version: int
    own: bool
    name: str
    enterprise_name: str


@dataclass(frozen=True, slots=True)
class Sides:
    """The streams of a park and those around it."""

    own: tuple[dict[str, Any], ...]
    others: tuple[dict[str, Any], ...]
    of: Mapping[int, Found]

    def outward(self) -> Streams:
        """The park's offers against every need."""
        return _table(
            [row for row in self.own if row["stream__direction"] == "offer"],
            [row for row in (*self.own, *self.others) if row["stream__direction"] == "need"],
        )

    def inward(self) -> Streams:
        """The offers of others against the park's needs."""
        return _table(
            [row for row in self.others if row["stream__direction"] == "offer"],
            [row for row in self.own if row["stream__direction"] == "need"],
        )


def read_sides(park: Park, within_km: float) -> Sides:
    """Return the park's streams and those of others that can lie within the radius."""
    columns = (*COLUMNS, "lat", "lon", "id", "stream__enterprise__name_vi", "origin")
    rows = current_versions().values(*dict.fromkeys(columns))
    own = list(rows.filter(stream__enterprise__park=park))
    others = rows.exclude(stream__enterprise__park=park).exclude(material="")
    box = _box([(row["lat"], row["lon"]) for row in own], within_km + _CELL_KM)
    if box is not None:
        south, north, west, east = box
        others = others.filter(lat__range=(south, north), lon__range=(west, east))
    names = material_names()
    coarse = [
        made_coarse(row, name=names[row["material"]].vi if row["material"] in names else "")
        for row in others
    ]
    found = {
        row["stream_id"]: Found(
            row["stream_id"],
            row["id"],
            is_own,
            row["name"],
            row["stream__enterprise__name_vi"] if is_own else "",
        )
        for rows_, is_own in ((own, True), (coarse, False))
        for row in rows_
    }
    return Sides(tuple(own), tuple(coarse), found)


@lru_cache(maxsize=1)
def material_names() -> Mapping[str, Text]:
    """Return the name of every material of the knowledge base."""
    return {key: material.name for key, material in load_knowledge().materials.items()}


def _table(offers: Iterable[dict[str, Any]], needs: Iterable[dict[str, Any]]) -> Streams:
    return streams_table([*offers, *needs])


def _box(
    places: Iterable[tuple[float | None, float | None]], km: float
) -> tuple[float, float, float, float] | None:
    """Return south, north, west, east around *places*; None where none is known."""
    known = [(lat, lon) for lat, lon in places if lat is not None and lon is not None]
    if not known:
        return None
    lats, lons = zip(*known, strict=True)
    reach = km / _KM_PER_DEGREE
    wide = reach / max(0.2, math.cos(math.radians(max(map(abs, lats)))))
    return min(lats) - reach, max(lats) + reach, min(lons) - wide, max(lons) + wide
