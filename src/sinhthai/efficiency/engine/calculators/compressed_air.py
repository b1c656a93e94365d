"""Compressed air: leaks, pressure, intake air, heat."""

from __future__ import annotations

from dataclasses import dataclass

from sinhthai.efficiency.engine.calculators.given import refused, require
from sinhthai.foundation.text import Text

HEAT_RATIO = 1.395
"""Ratio of heat capacities of air that MEASUR uses; its printed results rest on it."""
ATMOSPHERE = 0.101325
"""MPa."""


@dataclass(frozen=True, slots=True)
class Leak:
    """Air that is lost, or blown, in a year."""

    volume: float
    """m**3 of free air."""
    electricity: float
    """MWh."""


@dataclass(frozen=True, slots=True)
class RecoveredHeat:
    """Heat of a compressor that is used, and the fuel it replaces [MWh a year]."""

    heat: float
    fuel: float


def leak_saving(flow: float, specific_energy: float, hours: float) -> Leak:
    """Return the air and electricity saved by stopping a *flow*.

    Also for open blowing and drains. The compressor must be able to follow (sequencer, variable
    speed): an unloaded screw compressor still draws 15 to 30 %.

    Parameters
    ----------
    flow : m**3/h of free air that no longer flows.
    specific_energy : kWh per m**3 of free air.
    hours : a year.

    Notes
    -----
    Source: MEASUR, compressed-air reduction (printed example E5).

    >>> leak_saving(100.0, 0.1, 8000.0)
    Leak(volume=800000.0, electricity=80.0)
    """
    require(not_negative={"flow": flow, "specific_energy": specific_energy, "hours": hours})
    volume = flow * hours
    return Leak(volume, volume * specific_energy / 1000.0)


def pressure_saving(
    energy: float, before: float, after: float, *, atmosphere: float = ATMOSPHERE
) -> float:
    r"""Return the electricity saved [unit of *energy*] by compressing to a lower pressure.

    Isentropic work of one stage: :math:`W \propto (p/p_0)^{(\gamma-1)/\gamma} - 1`.

    Parameters
    ----------
    energy : of the compressor now, a year.
    before, after : gauge pressures [MPa].
    atmosphere : MPa, absolute.

    Notes
    -----
    Source: MEASUR, compressed-air pressure reduction (printed example E4). Leaks shrink with the
    pressure too; that is not counted here.

    >>> round(pressure_saving(1000.0, 0.7, 0.6), 1)
    83.6
    """
    require(
        not_negative={"energy": energy},
        positive={"before": before, "after": after, "atmosphere": atmosphere},
    )
    if after > before:
        raise refused(
            "after",
            Text("Áp suất sau cao hơn trước.", "The pressure after is above the one before."),
            Text("Đổi chỗ hai áp suất.", "Swap the two pressures."),
        )
    exponent = (HEAT_RATIO - 1.0) / HEAT_RATIO

    def work(gauge: float) -> float:
        return float(((gauge + atmosphere) / atmosphere) ** exponent - 1.0)

    return energy * (1.0 - work(after) / work(before))


def intake_saving(energy: float, before: float, after: float) -> float:
    """Return the electricity saved [unit of *energy*] by cooler intake air.

    The work per kilogram is proportional to the absolute temperature of the intake.

    Parameters
    ----------
    energy : of the compressor now, a year.
    before, after : intake temperatures [K].

    >>> round(intake_saving(1000.0, 308.15, 305.15), 2)
    9.74
    """
    require(not_negative={"energy": energy}, positive={"before": before, "after": after})
    return energy * (1.0 - after / before)


def recovered_heat(
    shaft_power: float, hours: float, *, usable: float, boiler_efficiency: float
) -> RecoveredHeat:
    """Return the heat of a compressor that replaces fuel.

    Parameters
    ----------
    shaft_power : kW.
    hours : a year in which the compressor runs and the heat is wanted.
    usable : share of the shaft power; about 0.8 (University of Connecticut handbook).
    boiler_efficiency : of what made the heat so far.

    >>> recovered_heat(100.0, 4000.0, usable=0.8, boiler_efficiency=0.8)
    RecoveredHeat(heat=320.0, fuel=400.0)
    """
    require(
        not_negative={"shaft_power": shaft_power, "hours": hours},
        shares={"usable": usable, "boiler_efficiency": boiler_efficiency},
        positive={"boiler_efficiency": boiler_efficiency},
    )
    heat = shaft_power * usable * hours / 1000.0
    return RecoveredHeat(heat, heat / boiler_efficiency)
