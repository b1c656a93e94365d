r"""Water and steam by the published equations of IAPWS-IF97: regions 1, 2 and the saturation line.

Pressures are absolute [MPa], temperatures [K], enthalpies [kJ/kg]. Saturated states are known up
to 623.15 K (16.529 MPa), which holds every boiler of a process plant; above that lies region 3,
and it is refused rather than guessed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sinhthai.efficiency.engine.steam_coefficients import (
    REGION1,
    REGION2,
    REGION2_IDEAL,
    SATURATION,
)
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

GAS_CONSTANT = 0.461526
"""kJ/(kg K), of water, as IF97 fixes it."""
LOWEST, HIGHEST = 0.000611213, 16.529164
"""Absolute pressures [MPa] between which saturated states are known: 273.15 K and 623.15 K."""
_HOTTEST_LIQUID, _HOTTEST, _GREATEST = 623.15, 1073.15, 100.0


@dataclass(frozen=True, slots=True)
class Saturated:
    """Water and steam in balance at one pressure."""

    pressure: float
    """MPa, absolute."""
    temperature: float
    """K."""
    liquid: float
    """Enthalpy of boiling water [kJ/kg]."""
    steam: float
    """Enthalpy of dry saturated steam [kJ/kg]."""

    @property
    def evaporation(self) -> float:
        """Heat of evaporation [kJ/kg]."""
        return self.steam - self.liquid

    def wet(self, dryness: float) -> float:
        """Return the enthalpy [kJ/kg] of wet steam with *dryness* as a share from 0 to 1."""
        if not 0 <= dryness <= 1:
            raise _refused(
                f"độ khô {dryness:g}", f"a dryness of {dryness:g}", "0–1", "a share from 0 to 1"
            )
        return self.liquid + dryness * self.evaporation


def saturated(pressure: float) -> Saturated:
    """Return the saturated state at an absolute *pressure* [MPa].

    Raises
    ------
    InputError : the pressure is outside 0.000611–16.529 MPa.

    >>> state = saturated(1.0)
    >>> round(state.temperature - 273.15, 2), round(state.steam, 1), round(state.liquid, 1)
    (179.89, 2777.1, 762.7)
    """
    temperature = saturation_temperature(pressure)
    return Saturated(
        pressure, temperature, _liquid(pressure, temperature), _vapour(pressure, temperature)
    )


def saturation_temperature(pressure: float) -> float:
    """Return the temperature [K] at which water boils under *pressure* [MPa] (IF97, eq. 31).

    >>> round(saturation_temperature(0.1), 6), round(saturation_temperature(10.0), 6)
    (372.755919, 584.149488)
    """
    if not LOWEST <= pressure <= HIGHEST:
        raise _refused(
            f"áp suất {pressure:g} MPa",
            f"a pressure of {pressure:g} MPa",
            f"áp suất tuyệt đối {LOWEST:g}–{HIGHEST:g} MPa (1 bar = 0,1 MPa)",
            f"an absolute pressure of {LOWEST:g}–{HIGHEST:g} MPa (1 bar is 0.1 MPa)",
        )
    n = SATURATION
    beta = pressure**0.25
    e = beta * beta + n[2] * beta + n[5]
    f = n[0] * beta * beta + n[3] * beta + n[6]
    g = n[1] * beta * beta + n[4] * beta + n[7]
    d = 2.0 * g / (-f - math.sqrt(f * f - 4.0 * e * g))
    s = n[9] + d
    return float((s - math.sqrt(s * s - 4.0 * (n[8] + n[9] * d))) / 2.0)


def saturation_pressure(temperature: float) -> float:
    """Return the pressure [MPa] under which water boils at *temperature* [K] (IF97, eq. 30).

    >>> round(saturation_pressure(300.0), 11), round(saturation_pressure(500.0), 8)
    (0.00353658941, 2.63889776)
    """
    if not 273.15 <= temperature <= _HOTTEST_LIQUID:
        raise _refused(
            f"nhiệt độ {temperature:g} K",
            f"a temperature of {temperature:g} K",
            "273,15–623,15 K",
            "273.15–623.15 K (Celsius plus 273.15)",
        )
    n = SATURATION
    theta = temperature + n[8] / (temperature - n[9])
    a = theta * theta + n[0] * theta + n[1]
    b = n[2] * theta * theta + n[3] * theta + n[4]
    c = n[5] * theta * theta + n[6] * theta + n[7]
    return float((2.0 * c / (-b + math.sqrt(b * b - 4.0 * a * c))) ** 4)


def water_enthalpy(pressure: float, temperature: float) -> float:
    """Return the enthalpy [kJ/kg] of liquid water (IF97, region 1).

    Raises
    ------
    InputError : it is not liquid at that pressure and temperature.

    >>> round(water_enthalpy(3.0, 300.0), 6), round(water_enthalpy(80.0, 300.0), 6)
    (115.331273, 184.142828)
    """
    if not LOWEST <= pressure <= _GREATEST or temperature > _HOTTEST_LIQUID:
        raise _refused(
            f"{pressure:g} MPa, {temperature:g} K",
            f"{pressure:g} MPa, {temperature:g} K",
            "áp suất tuyệt đối tới 100 MPa, nhiệt độ tới 623,15 K",
            "absolute pressures up to 100 MPa, temperatures up to 623.15 K",
        )
    if pressure < saturation_pressure(temperature) * (1.0 - 1e-9):
        raise _refused(
            f"nước ở {temperature:g} K dưới {pressure:g} MPa đã sôi",
            f"water at {temperature:g} K under {pressure:g} MPa has boiled",
            "áp suất cao hơn, hoặc saturated()",
            "a higher pressure, or saturated()",
        )
    return _liquid(pressure, temperature)


def steam_enthalpy(pressure: float, temperature: float) -> float:
    """Return the enthalpy [kJ/kg] of dry or superheated steam (IF97, region 2).

    Raises
    ------
    InputError : it is wet at that pressure and temperature, or outside the region.

    >>> round(steam_enthalpy(0.0035, 300.0), 5), round(steam_enthalpy(0.0035, 700.0), 5)
    (2549.91145, 3335.68375)
    """
    if not 0 < pressure <= HIGHEST or not 273.15 <= temperature <= _HOTTEST:
        raise _refused(
            f"hơi ở {pressure:g} MPa, {temperature:g} K",
            f"steam at {pressure:g} MPa, {temperature:g} K",
            f"áp suất tuyệt đối tới {HIGHEST:g} MPa, 273,15–1073,15 K",
            f"absolute pressures up to {HIGHEST:g} MPa, 273.15–1073.15 K",
        )
    if pressure >= LOWEST and temperature < saturation_temperature(pressure) - 1e-6:
        raise _refused(
            f"hơi ở {pressure:g} MPa, {temperature:g} K đã ngưng",
            f"steam at {pressure:g} MPa, {temperature:g} K has condensed",
            "nhiệt độ cao hơn, hoặc saturated()",
            "a higher temperature, or saturated()",
        )
    return _vapour(pressure, temperature)


def _liquid(pressure: float, temperature: float) -> float:
    pi, tau = pressure / 16.53, 1386.0 / temperature
    slope = sum(n * (7.1 - pi) ** i * j * (tau - 1.222) ** (j - 1) for i, j, n in REGION1)
    return 1386.0 * GAS_CONSTANT * slope


def _vapour(pressure: float, temperature: float) -> float:
    tau = 540.0 / temperature
    ideal = sum(n * j * tau ** (j - 1) for j, n in REGION2_IDEAL)
    rest = sum(n * pressure**i * j * (tau - 0.5) ** (j - 1) for i, j, n in REGION2)
    return 540.0 * GAS_CONSTANT * (ideal + rest)


def _refused(vi: str, en: str, cure_vi: str, cure_en: str) -> InputError:
    return InputError(
        [
            Problem(
                "steam-state",
                Text(f"Không tính được {vi}.", f"Cannot compute {en}."),
                Text(f"Cho: {cure_vi}.", f"Give {cure_en}."),
            )
        ]
    )
