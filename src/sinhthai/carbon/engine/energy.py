"""The energy of each line: what the duty to report counts, and what a Sankey draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sinhthai.carbon.engine.model import Activity, Kind
from sinhthai.carbon.engine.thresholds import Energy, energy_used
from sinhthai.factors.lookup import Factors
from sinhthai.foundation.units import UnitError, convert

ENERGY_KINDS: tuple[Kind, ...] = ("stationary", "mobile", "electricity", "heat")
_GJ_PER_TOE = 41.868


@dataclass(frozen=True, slots=True)
class EnergyUse:
    """The energy of one line [TOE]; None: it is not known."""

    line: str
    what: str
    kind: Kind
    toe: float | None


def energy_by_line(activities: Sequence[Activity], factors: Factors) -> tuple[EnergyUse, ...]:
    """Return the energy of every line of *activities* that is one of energy.

    Heat bought is its own heat; steam by the tonne goes by its enthalpy.

    >>> from sinhthai.factors.loading import load_factors
    >>> power = Activity("a", 2023, "1", "electricity", "electricity", 1000.0, "MWh", scope=2)
    >>> [round(use.toe, 1) for use in energy_by_line([power], load_factors())]
    [154.3]
    """
    return tuple(
        EnergyUse(a.line, a.what, a.kind, _toe(a, factors))
        for a in activities
        if a.kind in ENERGY_KINDS
    )


def counted_by_law(uses: Iterable[EnergyUse]) -> Energy:
    """Return the energy that the threshold counts: fuels and power, as ``energy_used``."""
    by_carrier: dict[str, float] = {}
    unknown: list[str] = []
    for use in uses:
        if use.kind == "heat":
            continue
        if use.toe is None:
            unknown.append(use.line)
        else:
            by_carrier[use.what] = by_carrier.get(use.what, 0.0) + use.toe
    return Energy(sum(by_carrier.values()), tuple(unknown), tuple(sorted(by_carrier.items())))


def _toe(activity: Activity, factors: Factors) -> float | None:
    if activity.quantity is None:
        return None
    if activity.kind != "heat":
        found = energy_used([activity], factors)
        return None if found.unknown else found.toe
    try:
        return convert(activity.quantity, activity.unit, "GJ") / _GJ_PER_TOE
    except UnitError:
        enthalpy = activity.parameters.get("enthalpy")
    try:
        tonnes = convert(activity.quantity, activity.unit, "t")
    except UnitError:
        return None
    return None if enthalpy is None else tonnes * enthalpy / 1000.0 / _GJ_PER_TOE
