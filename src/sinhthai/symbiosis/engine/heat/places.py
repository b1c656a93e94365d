"""Where an enterprise lies and when it runs: what a pipe between two of them rests on."""

from __future__ import annotations

from dataclasses import dataclass

from sinhthai.symbiosis.engine.earth import great_circle

_DAY = 24.0


@dataclass(frozen=True, slots=True)
class PlantPlace:
    """An enterprise's place and running time.

    Parameters
    ----------
    zone : its name, as its streams call it.
    lat, lon : degrees.
    days : days a year it runs.
    starts, ends : hours of the day it runs between; 0 and 24 for the whole day. A shift over
        midnight ends before it starts.
    """

    zone: str
    lat: float
    lon: float
    days: float
    starts: float = 0.0
    ends: float = _DAY


def distance_between(one: PlantPlace, other: PlantPlace) -> float:
    """Return the great-circle distance [m].

    >>> at = PlantPlace("a", 10.0, 106.0, 300)
    >>> round(distance_between(at, PlantPlace("b", 10.01, 106.0, 300)))
    1112
    """
    return great_circle(one.lat, one.lon, other.lat, other.lon)


def hours_together(one: PlantPlace, other: PlantPlace) -> float:
    """Return how many hours a year both run: common hours of a day, times the fewer days.

    The days are taken to coincide, so this is the most it can be.

    >>> hours_together(PlantPlace("a", 10, 106, 300, 6, 22), PlantPlace("b", 10, 106, 330, 14, 6))
    2400.0
    """
    common = sum(
        max(0.0, min(end, end2) - max(start, start2))
        for start, end in _spans(one)
        for start2, end2 in _spans(other)
    )
    return common * min(one.days, other.days)


def _spans(place: PlantPlace) -> tuple[tuple[float, float], ...]:
    if place.ends > place.starts:
        return ((place.starts, place.ends),)
    return ((place.starts, _DAY), (0.0, place.ends))
