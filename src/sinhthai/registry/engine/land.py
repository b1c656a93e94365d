"""Land use of a park: totals by use, and the occupancy of Article 2.22 of Decree 35/2022."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

INDUSTRIAL, SERVICE = "industrial", "service"
GREENERY, ROADS, TECHNICAL, SOCIAL = "greenery", "roads", "technical", "social"
USES = (INDUSTRIAL, SERVICE, GREENERY, ROADS, TECHNICAL, SOCIAL)
SHARED = (GREENERY, ROADS, TECHNICAL, SOCIAL)  # Art 37.3.a counts these four together
LEASABLE = (INDUSTRIAL, SERVICE)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A plot: its use, its area [ha], and whether an investor has leased it."""

    use: str
    area_ha: Decimal
    leased: bool = False


@dataclass(frozen=True, slots=True)
class LandUse:
    """Areas [ha] of the plots entered; a use with no plot is zero *of what was entered*."""

    by_use: dict[str, Decimal]
    leased_ha: Decimal

    @property
    def total_ha(self) -> Decimal:
        """The area of all plots [ha]."""
        return sum(self.by_use.values(), Decimal(0))

    @property
    def shared_ha(self) -> Decimal:
        """Greenery, roads, technical areas and shared social infrastructure [ha]."""
        return sum((self.by_use[use] for use in SHARED), Decimal(0))

    @property
    def leasable_ha(self) -> Decimal:
        """Industrial and service land [ha]."""
        return sum((self.by_use[use] for use in LEASABLE), Decimal(0))

    @property
    def occupancy(self) -> Decimal | None:
        """Leased over leasable land, a fraction (Art 2.22); None with nothing to lease."""
        return self.leased_ha / self.leasable_ha if self.leasable_ha else None

    def share(self, use: str) -> Decimal | None:
        """The area of *use* over the total, a fraction; None of an empty list of plots."""
        return self.by_use[use] / self.total_ha if self.total_ha else None


def land_use(parcels: Iterable[Parcel]) -> LandUse:
    """Add up *parcels* by use.

    Only leased industrial and service land counts as leased: a leased green strip does not fill
    a park.

    Raises
    ------
    ValueError
        An unknown use or a negative area.

    >>> use = land_use([Parcel("industrial", Decimal(60), leased=True),
    ...                 Parcel("service", Decimal(20)), Parcel("greenery", Decimal(20))])
    >>> use.occupancy, use.shared_ha
    (Decimal('0.75'), Decimal('20'))
    """
    by_use = dict.fromkeys(USES, Decimal(0))
    leased = Decimal(0)
    for parcel in parcels:
        if parcel.use not in by_use:
            raise ValueError(f"unknown land use: {parcel.use!r}")
        if parcel.area_ha < 0:
            raise ValueError(f"negative area: {parcel.area_ha} ha")
        by_use[parcel.use] += parcel.area_ha
        if parcel.leased and parcel.use in LEASABLE:
            leased += parcel.area_ha
    return LandUse(by_use, leased)
