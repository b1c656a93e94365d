"""Distances on the Earth."""

from __future__ import annotations

import math

RADIUS_M = 6_371_008.8
"""Mean radius of the Earth [m] (IUGG)."""


def great_circle(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance [m] of two places given in degrees.

    >>> round(great_circle(10.0, 106.0, 10.0, 106.1))
    10951
    """
    one, other = math.radians(lat), math.radians(lat2)
    half = math.sin((other - one) / 2) ** 2
    half += math.cos(one) * math.cos(other) * math.sin(math.radians(lon2 - lon) / 2) ** 2
    return 2 * RADIUS_M * math.asin(min(1.0, math.sqrt(half)))
