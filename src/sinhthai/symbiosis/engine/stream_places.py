"""Where streams are: parks to points, and points that cannot be meant.

The outline of Viet Nam is coarse on purpose (``data/land_vn.csv``: rows of a tenth of a degree,
widened by 5 km so that a port is on land): it finds typing errors, it draws no border. Of other
countries nothing is known here; a point there is told, not refused.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal, NamedTuple

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.stream_messages import problem

_STEP = 0.1  # degrees of latitude of a row of the outline
_KM_OF_DEGREE = 111.2
Ground = Literal["land", "sea", "abroad"]


class ParkPlace(NamedTuple):
    """A park that a list may name: its code and where it is (None: not known)."""

    code: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Outline:
    """Row of latitude (tenths of a degree) -> spans of longitude that are land, or open sea."""

    land: Mapping[int, tuple[tuple[float, float], ...]]
    sea: Mapping[int, tuple[tuple[float, float], ...]]

    def ground(self, lat: float, lon: float) -> Ground:
        """Return what is at a point: land of Viet Nam, the sea off its coast, or neither.

        >>> outline = load_outline()
        >>> outline.ground(10.63, 106.74), outline.ground(12.5, 111.0), outline.ground(48.2, 16.4)
        ('land', 'sea', 'abroad')
        """
        row = math.floor(lat / _STEP + 1e-9)
        if any(west <= lon <= east for west, east in self.land.get(row, ())):
            return "land"
        if any(west <= lon <= east for west, east in self.sea.get(row, ())):
            return "sea"
        return "abroad"

    def km_to_land(self, lat: float, lon: float) -> float:
        """Return roughly how far a point is from the land of the outline [km]."""
        nearest = math.inf
        for row, spans in self.land.items():
            south = row * _STEP
            away = max(south - lat, lat - south - _STEP, 0.0)
            for west, east in spans:
                across = max(west - lon, lon - east, 0.0) * math.cos(math.radians(lat))
                nearest = min(nearest, math.hypot(away, across))
        return nearest * _KM_OF_DEGREE


@lru_cache(maxsize=1)
def load_outline() -> Outline:
    """Return the shipped outline of Viet Nam."""
    text = resources.files("sinhthai.symbiosis").joinpath("data/land_vn.csv").read_text("utf-8")
    found: dict[str, dict[int, list[tuple[float, float]]]] = {"land": {}, "sea": {}}
    for row in csv.DictReader(io.StringIO(text)):
        number = round(float(row["lat_from"]) / _STEP)
        span = (float(row["lon_from"]), float(row["lon_to"]))
        found[row["kind"]].setdefault(number, []).append(span)
    land, sea = (
        {number: tuple(spans) for number, spans in found[kind].items()} for kind in ("land", "sea")
    )
    return Outline(land, sea)


def check_point(lat: float, lon: float, where: Place) -> Problem | None:
    """Return what is wrong with a point, or worth a word; None when it is on land here.

    NaN is a coordinate that was not given.

    >>> check_point(106.7, 10.6, Place()).code
    'place_swapped'
    """
    if math.isnan(lat) or math.isnan(lon):
        return problem("place_half", where)
    if lat == 0.0 and lon == 0.0:
        return problem("place_zero", where)
    outline = load_outline()
    ground = outline.ground(lat, lon)
    if ground == "land":
        return None
    said = {name: _degrees(value) for name, value in (("lat", lat), ("lon", lon))}
    if abs(lon) <= 90 and outline.ground(lon, lat) == "land":
        return problem("place_swapped", where, **said)
    if abs(lat) > 90 or abs(lon) > 180:
        return problem("place_impossible", where, **said)
    if ground == "sea":
        km = outline.km_to_land(lat, lon)
        return problem("place_at_sea", where, km=_whole(km), **said)
    return problem("place_abroad", where, **said)


def _degrees(value: float) -> Text:
    return Text(format_number(value, "vi"), format_number(value, "en"))


def _whole(km: float) -> Text:
    return Text(format_number(max(km, 1), "vi", 0), format_number(max(km, 1), "en", 0))
