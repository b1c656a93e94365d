"""What one enterprise may learn of another before both agreed: bands, never figures.

The partner is made coarse *before* anything is computed (its quantity, its place), so whatever
is shown afterwards (band, order, score) depends on the coarse partner only. Asking again with
other own streams, other places or other quantities cannot tell more than those steps do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sinhthai.foundation.text import Text

CELL_DEGREES = 0.1
"""Side of the square a partner's place is known by: about 11 km."""


@dataclass(frozen=True, slots=True)
class Band:
    """A range with a stable code; ``below`` is its upper end, exclusive (inf: open)."""

    code: str
    below: float
    name: Text


DISTANCES = (
    Band("under-10-km", 10_000, Text("dưới 10 km", "under 10 km")),
    Band("10-20-km", 20_000, Text("10–20 km", "10–20 km")),
    Band("20-50-km", 50_000, Text("20–50 km", "20–50 km")),
    Band("50-100-km", 100_000, Text("50–100 km", "50–100 km")),
    Band("over-100-km", math.inf, Text("trên 100 km", "over 100 km")),
)
COVERAGES = (
    Band("under-10", 0.1, Text("dưới 10 %", "under 10 %")),
    Band("10-50", 0.5, Text("10–50 %", "10–50 %")),
    Band("50-100", 1.0 - 1e-6, Text("50–100 %", "50–100 %")),
    Band("all", math.inf, Text("toàn bộ", "all of it")),
)
VALUES = (
    Band("loss", 0.0, Text("tốn kém hơn lợi ích", "costs more than it brings")),
    Band("under-100m", 1e8, Text("dưới 100 triệu đồng", "under 100 million VND")),
    Band("100m-1bn", 1e9, Text("100 triệu – 1 tỷ đồng", "100 million – 1 billion VND")),
    Band("1-10bn", 1e10, Text("1–10 tỷ đồng", "1–10 billion VND")),
    Band("over-10bn", math.inf, Text("trên 10 tỷ đồng", "over 10 billion VND")),
)
CARBON = (
    Band("none", 1e-9, Text("không giảm", "no cut")),
    Band("under-10-t", 10, Text("dưới 10 tấn", "under 10 t")),
    Band("10-100-t", 100, Text("10–100 tấn", "10–100 t")),
    Band("100-1000-t", 1000, Text("100–1.000 tấn", "100–1,000 t")),
    Band("over-1000-t", math.inf, Text("trên 1.000 tấn", "over 1,000 t")),
)


def band_of(value: float | None, bands: tuple[Band, ...]) -> Band | None:
    """Return the band *value* lies in; None where nothing is known.

    >>> band_of(12_300, DISTANCES).code, band_of(None, VALUES)
    ('10-20-km', None)
    """
    if value is None or math.isnan(value):
        return None
    return next(band for band in bands if value < band.below or band.below == math.inf)


def coarse_quantity(quantity: float | None) -> float | None:
    """Return the nearest of 1, 2, 5 times a power of ten (by ratio); None stays None.

    >>> [coarse_quantity(value) for value in (0.0, 3.1, 3.2, 740.0, 1_000_000.0)]
    [0.0, 2.0, 5.0, 1000.0, 1000000.0]
    """
    if quantity is None or quantity <= 0 or not math.isfinite(quantity):
        return quantity
    power = 10.0 ** math.floor(math.log10(quantity))
    return min(
        (power, 2 * power, 5 * power, 10 * power), key=lambda step: abs(math.log(quantity / step))
    )


def coarse_place(lat: float | None, lon: float | None) -> tuple[float | None, float | None]:
    """Return the middle of the square [degrees] a place lies in.

    >>> coarse_place(10.6342, 106.7581)
    (10.65, 106.75)
    """
    if lat is None or lon is None:
        return None, None
    return _middle(lat), _middle(lon)


def _middle(degrees: float) -> float:
    cell = math.floor(round(degrees / CELL_DEGREES, 9))
    return round((cell + 0.5) * CELL_DEGREES, 6)
