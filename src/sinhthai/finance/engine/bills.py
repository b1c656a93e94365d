"""What electricity costs: hours by band, tax, and the surcharge for a low power factor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sinhthai.factors.model import Band, Tariff

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Hours:
    """How many hours fall in each price band."""

    normal: float
    off_peak: float
    peak: float

    @property
    def total(self) -> float:
        """All hours."""
        return self.normal + self.off_peak + self.peak


def hours_of_day(bands: Sequence[Band], start: dt.time, end: dt.time) -> Hours:
    """Return the hours from *start* to *end* by band; the same time twice is the whole day.

    >>> from sinhthai.factors.loading import load_factors
    >>> hours_of_day(load_factors().bands_on(dt.date(2025, 6, 2)), dt.time(8), dt.time(17))
    Hours(normal=7.0, off_peak=0.0, peak=2.0)
    """
    counted: dict[str, int] = {"normal": 0, "off_peak": 0, "peak": 0}
    first, last = _minutes(start), _minutes(end)
    for minute in range(first, last if last > first else last + _DAY):
        counted[_band_at(bands, minute % _DAY)] += 1
    return Hours(counted["normal"] / 60, counted["off_peak"] / 60, counted["peak"] / 60)


def mean_price(tariff: Tariff, hours: Hours) -> float:
    """Return the price of a kWh [VND, without VAT] of a load that is even over *hours*."""
    weighed = (
        tariff.normal * hours.normal + tariff.off_peak * hours.off_peak + tariff.peak * hours.peak
    )
    return weighed / hours.total


def bill(tariff: Tariff, kwh: Mapping[str, float], vat: float = 0.0) -> float:
    """Return what *kwh* by band (normal, off_peak, peak) costs [VND] with *vat*.

    >>> low = Tariff("1279/QĐ-BCT", dt.date(2025, 5, 10), None, "low", 1987, 1300, 3640, True)
    >>> round(bill(low, {"normal": 1000}, vat=0.08))
    2145960
    """
    prices = {"normal": tariff.normal, "off_peak": tariff.off_peak, "peak": tariff.peak}
    return sum(prices[band] * amount for band, amount in kwh.items()) * (1.0 + vat)


def power_factor_surcharge(power_factor: float, required: float = 0.9) -> float:
    """Return the surcharge for reactive power as a share of the bill (Circular 15/2014/TT-BCT).

    >>> round(power_factor_surcharge(0.8), 3)
    0.125
    """
    return max(0.0, required / power_factor - 1.0)


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _band_at(bands: Sequence[Band], minute: int) -> str:
    for band in bands:
        start, end = _minutes(band.start), _minutes(band.end)
        inside = start <= minute < end if start < end else minute >= start or minute < end
        if inside:
            return band.kind
    return "normal"
