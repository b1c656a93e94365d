"""Steam between boiler and user: leaks and traps, condensate, flash steam, blowdown heat."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sinhthai.efficiency.engine.calculators.given import refused, require
from sinhthai.efficiency.engine.steam import saturated
from sinhthai.foundation.text import Text

WATER_HEAT = 4.1868
"""kJ/(kg K), of water: 1 Btu/(lb °F)."""
_NAPIER = 70 * 9.80665
"""m/s: Napier's formula W = p A / 70 (psia, square inches, lb/s) in SI."""
_CHOKED = 0.577
"""Pressure ratio below which dry saturated steam flows at the speed of sound."""


@dataclass(frozen=True, slots=True)
class Condensate:
    """What bringing condensate back saves in a year."""

    water: float
    """m**3 not bought, treated and sewered."""
    heat: float
    """MWh kept in the water."""
    fuel: float
    """MWh."""


@dataclass(frozen=True, slots=True)
class SteamLoss:
    """Steam that is lost in a year, and what making it takes."""

    steam: float
    """t."""
    fuel: float
    """MWh."""


def orifice_loss(
    diameter: float, pressure: float, *, discharge: float, outside: float = 0.101325
) -> float:
    """Return the steam [t/h] that flows through a hole or a trap that stays open.

    Napier's formula for dry saturated steam at the speed of sound.

    Parameters
    ----------
    diameter : mm.
    pressure, outside : MPa, absolute.
    discharge : coefficient, share; a trap passes less than a bare hole.

    Raises
    ------
    InputError : the pressure is too low for the speed of sound.

    >>> round(orifice_loss(3.175, 1.1356, discharge=0.73) * 1000, 1)  # kg/h
    34.4
    """
    require(positive={"diameter": diameter, "pressure": pressure}, shares={"discharge": discharge})
    if outside > _CHOKED * pressure:
        raise refused(
            "pressure",
            Text(
                f"{pressure:g} MPa quá thấp so với {outside:g} MPa bên ngoài cho công thức này.",
                f"{pressure:g} MPa is too low against {outside:g} MPa outside for this formula.",
            ),
            Text(
                "Ghi áp suất tuyệt đối (áp suất dư cộng 0,1 MPa), hoặc đo lượng hơi.",
                "Give the absolute pressure (gauge plus 0.1 MPa), or measure the steam.",
            ),
        )
    area = math.pi * (diameter / 1000.0) ** 2 / 4.0
    return discharge * pressure * 1e6 * area / _NAPIER * 3.6


def steam_loss(
    flow: float, hours: float, pressure: float, *, feed: float, boiler_efficiency: float
) -> SteamLoss:
    """Return what losing *flow* [t/h] of saturated steam takes in a year.

    Parameters
    ----------
    pressure : MPa, absolute.
    feed : temperature of the make-up water [K].

    >>> loss = steam_loss(0.0344, 8760, 1.1356, feed=303.15, boiler_efficiency=0.8)
    >>> round(loss.steam), round(loss.fuel)
    (301, 278)
    """
    require(
        not_negative={"flow": flow, "hours": hours},
        positive={"boiler_efficiency": boiler_efficiency, "feed": feed},
        shares={"boiler_efficiency": boiler_efficiency},
    )
    steam = flow * hours
    rise = saturated(pressure).steam - WATER_HEAT * (feed - 273.15)
    return SteamLoss(steam, steam * rise / 3600.0 / boiler_efficiency)


def condensate_saving(
    flow: float,
    hours: float,
    *,
    condensate: float,
    makeup: float,
    flash: float,
    boiler_efficiency: float,
    density: float = 1.0,
) -> Condensate:
    """Return what bringing back condensate saves.

    Parameters
    ----------
    flow : t/h of condensate that goes down the drain today.
    hours : a year.
    condensate, makeup : temperatures [K].
    flash : share that flashes off on the way and is lost.
    density : t/m**3 of the water.

    Notes
    -----
    Source: US DOE steam tip sheet no. 8 (printed example E14).

    >>> back = condensate_saving(2.0, 6000, condensate=355.15, makeup=303.15, flash=0.1,
    ...                          boiler_efficiency=0.8)
    >>> round(back.water), round(back.fuel)
    (10800, 816)
    """
    require(
        not_negative={"flow": flow, "hours": hours},
        positive={"boiler_efficiency": boiler_efficiency, "density": density},
        shares={"flash": flash, "boiler_efficiency": boiler_efficiency},
    )
    if condensate < makeup:
        raise refused(
            "condensate",
            Text("Nước ngưng lạnh hơn nước bổ sung.", "The condensate is colder than the make-up."),
            Text("Kiểm tra hai nhiệt độ.", "Check both temperatures."),
        )
    mass = flow * hours * (1.0 - flash)
    heat = mass * WATER_HEAT * (condensate - makeup) / 3600.0
    return Condensate(mass / density, heat, heat / boiler_efficiency)


def flash_share(pressure: float, flash_pressure: float) -> float:
    """Return the share of hot condensate that turns to steam at a lower pressure.

    :math:`(h'_1 - h'_2) / (h''_2 - h'_2)`.

    Parameters
    ----------
    pressure, flash_pressure : MPa, absolute, of condensate and flash vessel.

    >>> round(flash_share(0.8, 0.15), 4)
    0.1141
    """
    if flash_pressure > pressure:
        raise refused(
            "flash_pressure",
            Text("Áp suất bình giãn cao hơn nước ngưng.", "The vessel is above the condensate."),
            Text("Đổi chỗ hai áp suất.", "Swap the two pressures."),
        )
    hot, vessel = saturated(pressure), saturated(flash_pressure)
    return (hot.liquid - vessel.liquid) / vessel.evaporation


def blowdown_heat(
    flow: float, pressure: float, hours: float, *, makeup: float, recovered: float
) -> float:
    """Return the heat [MWh a year] that blowdown gives to the make-up water.

    Parameters
    ----------
    flow : t/h of blowdown.
    pressure : MPa, absolute, in the boiler.
    makeup : temperature of the make-up water [K].
    recovered : share; up to 0.9 (Cleaver-Brooks).

    >>> round(blowdown_heat(0.5, 1.0, 6000, makeup=303.15, recovered=0.8))
    425
    """
    require(
        not_negative={"flow": flow, "hours": hours},
        positive={"makeup": makeup},
        shares={"recovered": recovered},
    )
    rise = saturated(pressure).liquid - WATER_HEAT * (makeup - 273.15)
    return flow * hours * rise * recovered / 3600.0
