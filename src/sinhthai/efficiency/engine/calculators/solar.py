"""Solar roofs: what they make, what is used on site, what is sold, what is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.efficiency.engine.calculators.given import refused, require
from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class SolarRoof:
    """A year of a solar roof [MWh]; used, sold and lost add up to what is made."""

    made: float
    used: float
    sold: float
    lost: float
    """Neither used nor allowed to be sold."""


def solar_roof(
    peak: float, specific_yield: float, *, used: float, sellable: float = 0.0
) -> SolarRoof:
    """Return what a roof of *peak* [kWp] makes and where it goes.

    Parameters
    ----------
    specific_yield : kWh per kWp a year at the site.
    used : share of what is made that the site uses at the same moment; ``self_use`` finds it.
    sellable : share of what is made that may be sold (0.2 by Decree 58/2025).

    >>> roof = solar_roof(1000, 1300, used=0.75, sellable=0.2)
    >>> roof.made, roof.used, roof.sold, round(roof.lost, 1)
    (1300.0, 975.0, 260.0, 65.0)
    """
    require(
        not_negative={"peak": peak, "specific_yield": specific_yield},
        shares={"used": used, "sellable": sellable},
    )
    made = peak * specific_yield / 1000.0
    sold = made * min(sellable, 1.0 - used)
    return SolarRoof(made, made * used, sold, made * (1.0 - used) - sold)


def self_use(generation: Sequence[float], load: Sequence[float]) -> float:
    """Return the share of *generation* that *load* takes in the same step.

    Parameters
    ----------
    generation, load : of the same steps (hours), in the same unit.

    >>> self_use([0, 4, 6], [2, 5, 3])
    0.7
    """
    if len(generation) != len(load):
        raise refused(
            "load",
            Text(
                f"{len(generation)} bước phát điện, {len(load)} bước phụ tải.",
                f"{len(generation)} steps of generation, {len(load)} of load.",
            ),
            Text("Cho cùng các giờ.", "Give the same hours."),
        )
    require(
        positive={"generation": float(sum(generation))},
        not_negative={"generation": min(generation), "load": min(load)},
    )
    taken = sum(min(made, wanted) for made, wanted in zip(generation, load, strict=True))
    return taken / sum(generation)


def roof_peak(area: float, per_peak: float) -> float:
    """Return the kWp that fit on a usable *area* [m**2] at *per_peak* m**2 a kWp.

    >>> roof_peak(6000.0, 6.0)
    1000.0
    """
    require(not_negative={"area": area}, positive={"per_peak": per_peak})
    return area / per_peak
